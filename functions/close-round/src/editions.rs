//! The editions of a closed round: each that is due is scored from the kept rows and kept.

use crate::App;
use crate::frozen::{EarlierRounds, FrozenRound};
use crate::score::{RankedEdition, ScoredEdition, score, try_edition};
use contest::decision::{Decision, Ruling};
use contest::edition::{Basis, Edition, Known, due};
use contest::ids::{ContestId, RoundId};
use contest::lots::LotDraw;
use contest::seal::sha256_hex;
use store::{EditionRecord, ObjectRef, RoundRecord, keys};

/// A closed round, and what is known of it besides its kept rows.
pub(crate) struct ClosedRound<'a> {
    pub(crate) contest: &'a ContestId,
    pub(crate) round: &'a RoundId,
    pub(crate) record: &'a RoundRecord,
    /// Those about this round.
    pub(crate) decisions: &'a [&'a Decision],
    pub(crate) earlier: &'a EarlierRounds,
}

impl ClosedRound<'_> {
    /// The edition that is due after another one.
    pub(crate) fn due_after(&self, newest: Option<&EditionRecord>) -> Option<Edition> {
        let passed_over = self.earlier.winners_sha256();
        let known = Known {
            decisions: self.decisions,
            drawn: self.record.editions.draw.is_some(),
            earlier_changed: newest.is_some_and(|newest| newest.passed_over != passed_over),
        };
        due(self.round, newest.map(Into::into), known)
    }

    pub(crate) async fn read(&self, app: &App) -> anyhow::Result<FrozenRound> {
        FrozenRound::read(app, self.contest, self.round, self.record, self.earlier).await
    }

    fn score(&self, frozen: &FrozenRound, edition: &Edition) -> anyhow::Result<ScoredEdition> {
        let (ruling, drawn) = self.basis(frozen, edition)?;
        score(frozen, edition, &ruling, drawn.as_ref())
    }

    /// Scores an edition that nobody keeps.
    pub(crate) fn try_edition(&self, frozen: &FrozenRound, edition: &Edition) -> anyhow::Result<RankedEdition> {
        let (ruling, drawn) = self.basis(frozen, edition)?;
        try_edition(frozen, edition, &ruling, drawn.as_ref())
    }

    fn basis(&self, frozen: &FrozenRound, edition: &Edition) -> anyhow::Result<(Ruling, Option<LotDraw>)> {
        let Self { round, record, decisions, .. } = self;
        let ruling = Ruling::of_decisions(&decisions[..edition.decisions as usize], round);
        let draw = record.editions.draw.as_ref().filter(|_| edition.drawn);
        let drawn = draw.map(|draw| draw.with_secret(frozen.contest.keys.lot_secret(round))).transpose()?;
        Ok((ruling, drawn))
    }
}

/// Scores the edition that is due, and adds it to the round's. Returns it, or `None` where none is due: nor is one where
/// others won in an earlier round and here the same people win the same.
pub(crate) async fn add_next(app: &App, closed: &ClosedRound<'_>) -> anyhow::Result<Option<Edition>> {
    let ClosedRound { contest, round, record, earlier, .. } = *closed;
    let before = &record.editions.scored;
    let Some(edition) = closed.due_after(before.last()) else { return Ok(None) };
    let scored = closed.score(&closed.read(app).await?, &edition)?;
    let (mut after, passed_over) = (before.clone(), earlier.winners_sha256());
    if let Some(newest) = after.last_mut().filter(|newest| scored.outcome.changes_nothing(&edition, newest)) {
        newest.passed_over = passed_over;
        app.control.keep_editions(contest, round, before, &after).await?;
        return Ok(None);
    }
    let ScoredEdition { ranked, ledger, outcome: RankedEdition { winners_sha256, awaits_draw, .. } } = scored;
    // It waits in the vault until the results are published: its salts open receipts.
    app.vault.put_named(&ranked.ledger.path, ledger).await?;
    let bytes = ranked.encode()?;
    let sha256 = sha256_hex(&bytes);
    let ranked = ObjectRef { path: keys::ranked(contest, round, &sha256), sha256 };
    app.vault.put_named(&ranked.path, bytes).await?;
    let (edition_made, site) = (edition.clone(), Some(app.site_url.clone()));
    after.push(EditionRecord { edition: edition_made, awaits_draw, ranked, winners_sha256, passed_over, site });
    app.control.keep_editions(contest, round, before, &after).await?;
    Ok(Some(edition))
}

impl RankedEdition {
    /// Whether an edition was due for other winners of an earlier round alone, and comes to what stands already.
    pub(crate) fn changes_nothing(&self, edition: &Edition, newest: &EditionRecord) -> bool {
        edition.basis == Basis::EarlierRound
            && (&self.winners_sha256, self.awaits_draw) == (&newest.winners_sha256, newest.awaits_draw)
    }
}

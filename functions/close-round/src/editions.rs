//! The editions of a closed round: each that is due is scored from the kept rows and kept; a decision can be tried
//! before.

use crate::App;
use crate::frozen::{EarlierRounds, FrozenRound, Records};
use crate::score::{ScoredEdition, score};
use anyhow::Context;
use contest::decision::{Decision, Ruling, of_round};
use contest::edition::{Edition, Known, due};
use contest::ids::{ContestId, RoundId};
use contest::seal::sha256_hex;
use store::{ContestSnapshot, EditionRecord, ObjectRef, RankedRound, RoundRecord, keys};

/// What a decision would come to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// The edition that would be made.
    pub edition: Edition,
    /// Codes of the people who win an individual prize in the newest edition.
    pub winners_now: Vec<String>,
    /// Codes of those who would.
    pub winners_then: Vec<String>,
}

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
    fn due_after(&self, newest: Option<&EditionRecord>) -> Option<Edition> {
        let passed_over = self.earlier.winners_sha256();
        let known = Known {
            decisions: self.decisions,
            drawn: self.record.editions.draw.is_some(),
            earlier_changed: newest.is_some_and(|newest| newest.passed_over != passed_over),
        };
        due(self.round, newest.map(Into::into), known)
    }

    async fn score(&self, app: &App, edition: &Edition) -> anyhow::Result<ScoredEdition> {
        let Self { contest, round, record, decisions, earlier } = self;
        let frozen = FrozenRound::read(app, contest, round, record, earlier).await?;
        let ruling = Ruling::of_decisions(&decisions[..edition.decisions as usize], round);
        let draw = record.editions.draw.as_ref().filter(|_| edition.drawn);
        let drawn = draw.map(|draw| draw.with_secret(frozen.contest.keys.lot_secret(round))).transpose()?;
        score(&frozen, edition, &ruling, drawn.as_ref())
    }
}

/// Scores the edition that is due, and adds it to the round's. Returns it, or `None` where none is due.
pub(crate) async fn add_next(app: &App, closed: &ClosedRound<'_>) -> anyhow::Result<Option<Edition>> {
    let ClosedRound { contest, round, record, earlier, .. } = *closed;
    let Some(edition) = closed.due_after(record.editions.scored.last()) else { return Ok(None) };
    let ScoredEdition { ranked, winners_sha256, awaits_draw, ledger } = closed.score(app, &edition).await?;
    // It waits in the vault until the results are published: its salts open receipts.
    app.vault.put_named(&ranked.ledger.path, ledger).await?;
    let bytes = ranked.encode()?;
    let sha256 = sha256_hex(&bytes);
    let ranked = ObjectRef { path: keys::ranked(contest, round, &sha256), sha256 };
    app.vault.put_named(&ranked.path, bytes).await?;
    let passed_over = earlier.winners_sha256();
    let next = EditionRecord { edition: edition.clone(), awaits_draw, ranked, winners_sha256, passed_over };
    app.control.add_edition(contest, round, &record.editions.scored, next).await?;
    Ok(Some(edition))
}

/// What the next edition but for those that are due would be if something were decided now. Writes nothing.
pub(crate) async fn preview(
    app: &App,
    contest: &ContestSnapshot,
    round: &RoundId,
    decision: Decision,
) -> anyhow::Result<Preview> {
    let id = &contest.plan.id;
    let of_plan = contest.plan.round(round).context("the contest has no such round")?;
    let mut records = Records::new();
    for round in contest.plan.rounds_before(of_plan).chain([of_plan]) {
        let record = app.control.round(id, &round.id).await?.context("the round has no record")?;
        records.insert(round.id.clone(), record);
    }
    let earlier = EarlierRounds::of(&contest.plan, of_plan, &records)?;
    let earlier = earlier.context("an earlier round has not drawn its lots yet")?;
    let record = &records[round];
    let newest = record.editions.scored.last().context("the round is not ranked yet")?;
    let mut decisions = contest.decisions().await?;
    decisions.push(decision);
    let decisions = of_round(&decisions, round);
    let closed = ClosedRound { contest: id, round, record, decisions: &decisions, earlier: &earlier };
    let mut edition = newest.edition.clone();
    while (edition.decisions as usize) < decisions.len() {
        let before = EditionRecord { edition, ..newest.clone() };
        edition = closed.due_after(Some(&before)).context("a decision without an edition")?;
    }
    let winners_then = closed.score(app, &edition).await?.ranked.winners;
    let winners_now = RankedRound::load(&app.vault, newest).await?.winners;
    Ok(Preview { edition, winners_now, winners_then })
}

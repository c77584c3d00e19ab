//! The editions of a closed round: each that is due is scored from the kept rows and kept; a decision can be tried
//! before.

use crate::App;
use crate::frozen::FrozenRound;
use crate::score::{ScoredEdition, score};
use anyhow::Context;
use contest::decision::{Decision, Ruling, of_round};
use contest::edition::{Edition, due};
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

/// Scores the edition that is due, and adds it to the round's. Returns it, or `None` where none is due or an earlier
/// round must hold its draw first.
pub(crate) async fn add_next(
    app: &App,
    contest: &ContestId,
    round: &RoundId,
    record: &RoundRecord,
    decisions: &[Decision],
) -> anyhow::Result<Option<Edition>> {
    let (earlier, decisions) = (&record.editions.scored, of_round(decisions, round));
    let newest = earlier.last().map(Into::into);
    let Some(edition) = due(round, newest, &decisions, record.editions.draw.is_some()) else { return Ok(None) };
    let Some(scored) = score_edition(app, (contest, round), record, &edition, &decisions).await? else {
        return Ok(None);
    };
    let ScoredEdition { ranked, awaits_draw, ledger } = scored;
    // It waits in the vault until the results are published: its salts open receipts.
    app.vault.put_named(&ranked.ledger.path, ledger).await?;
    let bytes = ranked.encode()?;
    let sha256 = sha256_hex(&bytes);
    let ranked = ObjectRef { path: keys::ranked(contest, round, &sha256), sha256 };
    app.vault.put_named(&ranked.path, bytes).await?;
    let next = EditionRecord { edition: edition.clone(), awaits_draw, ranked };
    app.control.add_edition(contest, round, earlier, next).await?;
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
    let record = app.control.round(id, round).await?.context("the round has no record")?;
    let newest = record.editions.scored.last().context("the round is not ranked yet")?;
    let mut decisions = contest.decisions().await?;
    decisions.push(decision);
    let decisions = of_round(&decisions, round);
    let mut edition = newest.edition.clone();
    while (edition.decisions as usize) < decisions.len() {
        let before = EditionRecord { edition, ..newest.clone() };
        edition = due(round, Some((&before).into()), &decisions, false).context("a decision without an edition")?;
    }
    let scored = score_edition(app, (id, round), &record, &edition, &decisions).await?;
    let scored = scored.context("an earlier round has not drawn its lots yet")?;
    let winners_now = RankedRound::load(&app.vault, newest).await?.winners;
    Ok(Preview { edition, winners_now, winners_then: scored.ranked.winners })
}

async fn score_edition(
    app: &App,
    (contest, round): (&ContestId, &RoundId),
    record: &RoundRecord,
    edition: &Edition,
    decisions: &[&Decision],
) -> anyhow::Result<Option<ScoredEdition>> {
    let Some(frozen) = FrozenRound::read(app, contest, round, record).await? else { return Ok(None) };
    let ruling = Ruling::of(&decisions[..edition.decisions as usize], round);
    let draw = record.editions.draw.as_ref().filter(|_| edition.drawn);
    let drawn = draw.map(|draw| draw.with_secret(frozen.contest.keys.lot_secret(round))).transpose()?;
    score(&frozen, edition, &ruling, drawn.as_ref()).map(Some)
}

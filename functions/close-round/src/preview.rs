//! What decisions would come to: the editions that they would make, scored by the functions that make them, and kept
//! nowhere.

use crate::App;
use crate::editions::ClosedRound;
use crate::frozen::{EarlierRounds, FrozenRound, Records, Tried};
use crate::score::{Ranking, ScoredEdition};
use anyhow::{Context, ensure};
use contest::decision::{Decision, of_round};
use contest::edition::Edition;
use contest::ids::RoundId;
use contest::plan::Round;
use contest::time::Timestamp;
use documents::site::results_json::results_json;
use documents::site::{RoundVersion, VersionBefore, ranking_csv};
use documents::words::preview as words;
use std::collections::BTreeMap;
use store::{ContestSnapshot, EditionRecord};

/// What would follow in one round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PreviewedRound {
    pub round: RoundId,
    /// The newest edition now.
    pub newest: Edition,
    /// The one that would be the newest.
    pub then: Edition,
    /// `results.json` as that edition would publish it, but for the names of winners; its `changes` are against the
    /// newest edition.
    pub results: Vec<u8>,
}

/// Tries decisions after those in force; returns every round that would have another edition, in the order of closing.
pub(crate) async fn preview(
    app: &App,
    contest: &ContestSnapshot,
    new: Vec<Decision>,
) -> anyhow::Result<Vec<PreviewedRound>> {
    let id = &contest.plan.id;
    let mut decisions = contest.decisions().await?;
    let is_tried = |round: &RoundId| !of_round(&new, round).is_empty();
    decisions.extend(new.clone());
    let (mut now, mut then, mut tried) = (Records::new(), Records::new(), Tried::new());
    let mut previewed = Vec::new();
    let mut rounds: Vec<&Round> = contest.plan.rounds.iter().collect();
    rounds.sort_by_key(|round| round.closes);
    for round in rounds {
        let (about, id_of) = (of_round(&decisions, &round.id), &round.id);
        let record = app.control.round(id, id_of).await?.context("a round without a record")?;
        let Some(newest) = record.editions.scored.last().cloned() else {
            ensure!(!is_tried(id_of), words::not_ranked(id_of));
            continue;
        };
        let awaits = words::AWAITS_DRAW;
        let (before, after) = (
            EarlierRounds::of(&contest.plan, round, &now, &Tried::new())?.context(awaits)?,
            EarlierRounds::of(&contest.plan, round, &then, &tried)?.context(awaits)?,
        );
        let closed = |earlier| ClosedRound { contest: id, round: id_of, record: &record, decisions: &about, earlier };
        let mut record_then = record.clone();
        if let Some(round) = try_round(app, &closed(&before), &closed(&after), &newest).await? {
            previewed.push(round.previewed);
            tried.insert(id_of.clone(), round.winners);
            record_then.editions.scored.push(round.record);
        }
        then.insert(id_of.clone(), record_then);
        now.insert(id_of.clone(), record);
    }
    Ok(previewed)
}

/// A round that would have another edition.
struct TriedRound {
    previewed: PreviewedRound,
    /// Codes of those who would win in it.
    winners: Vec<String>,
    record: EditionRecord,
}

/// Scores the newest edition as it stands, and the one that would be; `None` where there would be none.
async fn try_round(
    app: &App,
    before: &ClosedRound<'_>,
    after: &ClosedRound<'_>,
    newest: &EditionRecord,
) -> anyhow::Result<Option<TriedRound>> {
    let Some(edition) = last_due(after, newest) else { return Ok(None) };
    let frozen = after.read(app).await?;
    let scored = after.score(&frozen, &edition)?;
    if scored.changes_nothing(&edition, newest) {
        return Ok(None);
    }
    let frozen_before = before.read(app).await?;
    let standing = before.score(&frozen_before, &newest.edition)?;
    let told = before_of(&frozen_before, &newest.edition, &standing.ranking)?;
    let ScoredEdition { ranked, winners_sha256, ranking, .. } = scored;
    let results = results_json(&version(&frozen, &edition, &ranking, Some(&told))?, &BTreeMap::new()).bytes;
    let previewed =
        PreviewedRound { round: after.round.clone(), newest: newest.edition.clone(), then: edition.clone(), results };
    let record = EditionRecord { edition, winners_sha256, ..newest.clone() };
    Ok(Some(TriedRound { previewed, winners: ranked.winners, record }))
}

/// The edition after which none is due; `None` where none is due at all.
fn last_due(closed: &ClosedRound<'_>, newest: &EditionRecord) -> Option<Edition> {
    let mut last = newest.clone();
    while let Some(edition) = closed.due_after(Some(&last)) {
        last = EditionRecord { edition, passed_over: closed.earlier.winners_sha256(), ..last };
    }
    (last.edition != newest.edition).then_some(last.edition)
}

fn before_of(frozen: &FrozenRound, edition: &Edition, ranking: &Ranking) -> anyhow::Result<VersionBefore> {
    let version = version(frozen, edition, ranking, None)?;
    let results = results_json(&version, &BTreeMap::new());
    Ok(VersionBefore::read(&results.bytes, &ranking_csv::ranking_csv(&version).bytes)?)
}

fn version<'a>(
    frozen: &'a FrozenRound,
    edition: &'a Edition,
    ranking: &'a Ranking,
    before: Option<&'a VersionBefore>,
) -> anyhow::Result<RoundVersion<'a>> {
    let (plan, round) = (&frozen.contest.plan, frozen.round()?);
    Ok(RoundVersion {
        contest: &plan.id,
        round: &round.id,
        number: edition.number,
        rounding: plan.rounding,
        input: ranking.input(&plan.rules, &frozen.units),
        result: &ranking.result,
        earlier: &[],
        before,
        reason: edition.reason.as_deref(),
        status: edition.status,
        closed_at: Timestamp::from_millis(frozen.manifest.closed_at_ms),
        published_at: round.publishes,
    })
}

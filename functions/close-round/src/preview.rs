//! What decisions would come to: the editions that they would make, scored by the functions that make them, and kept
//! nowhere.

mod over_contest;

use crate::App;
use crate::editions::ClosedRound;
use crate::frozen::{EarlierRounds, FrozenRound, Records, Tried};
use crate::score::{RankedEdition, Ranking};
use anyhow::{Context, ensure};
use contest::decision::{Decision, of_round};
use contest::edition::{Edition, Status};
use contest::ids::{ContestantId, Pseudonym, RoundId};
use contest::moved::{MovedPrize, MovedRank, moved_prizes, moved_ranks};
use contest::plan::{Round, Scope};
use contest::taken::TakenRound;
use contest::time::Timestamp;
use documents::site::results_json::results_json;
use documents::site::{RoundVersion, VersionBefore, ranking_csv};
use documents::words::preview as words;
use std::collections::{BTreeMap, BTreeSet};
use store::{ContestSnapshot, EditionRecord};

/// What would follow in one round, or over the contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Previewed {
    /// The round, or [`RoundId::overall`].
    pub round: RoundId,
    /// Number of the newest edition now.
    pub newest: u32,
    /// Number of the one that would be the newest.
    pub then: u32,
    /// What the results would be.
    pub status: Status,
    /// Why, where that is not only that others won in an earlier round.
    pub reason: Option<String>,
    /// `results.json` as that edition would publish it, but for the names of winners; its `changes` are against the
    /// newest edition.
    pub results: Vec<u8>,
    /// Hash of who would win what; none over the contest.
    pub winners_sha256: Option<String>,
    /// Whose ranks would move: those who stand highest, before or then.
    pub moved: Vec<MovedRank>,
    /// Units whose prizes would pass.
    pub collective: Vec<MovedPrize>,
    /// Codes of those of whom this tells, and of those whom the decisions are about, by public name.
    pub codes: BTreeMap<String, ContestantId>,
    /// Their names, where they were asked for. For organizers: the public does not learn who loses a prize.
    pub names: BTreeMap<String, String>,
}

/// People whose ranks are told by name, in each round: those of whom somebody asks.
const MOST_MOVED: usize = 50;

/// Why nothing can be tried.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Untried {
    /// A round, or the contest as a whole, has no results yet.
    #[error("{}", words::not_ranked(.0))]
    NotRanked(String),
    /// An earlier round waits for its draw.
    #[error("{}", words::AWAITS_DRAW)]
    AwaitsDraw,
}

/// Tries decisions after those in force; returns every round that would have another edition, in the order of closing, and
/// then what follows over the contest.
pub(crate) async fn preview(
    app: &App,
    contest: &ContestSnapshot,
    new: Vec<Decision>,
) -> anyhow::Result<Vec<Previewed>> {
    let id = &contest.plan.id;
    let mut decisions = contest.decisions().await?;
    let is_tried = |round: &RoundId| !of_round(&new, round).is_empty();
    decisions.extend(new.clone());
    let (mut now, mut then, mut tried) = (Records::new(), Records::new(), Tried::new());
    let mut tried_rounds = Vec::new();
    let mut rounds: Vec<&Round> = contest.plan.rounds.iter().collect();
    rounds.sort_by_key(|round| round.closes);
    for round in rounds {
        let (about, id_of) = (of_round(&decisions, &round.id), &round.id);
        let record = app.control.round(id, id_of).await?.context("a round without a record")?;
        let Some(newest) = record.editions.scored.last().cloned() else {
            ensure!(!is_tried(id_of), Untried::NotRanked(id_of.to_string()));
            continue;
        };
        let awaits = Untried::AwaitsDraw;
        let (before, after) = (
            EarlierRounds::of(&contest.plan, round, &now, &Tried::new())?.context(awaits.clone())?,
            EarlierRounds::of(&contest.plan, round, &then, &tried)?.context(awaits)?,
        );
        let closed = |earlier| ClosedRound { contest: id, round: id_of, record: &record, decisions: &about, earlier };
        let mut record_then = record.clone();
        if let Some(round) = try_round(app, &closed(&before), &closed(&after), &newest).await? {
            tried.insert(id_of.clone(), round.winners.clone());
            record_then.editions.scored.push(round.record.clone());
            tried_rounds.push(round);
        }
        then.insert(id_of.clone(), record_then);
        now.insert(id_of.clone(), record);
    }
    let over = over_contest::preview(app, contest, &decisions, (&now, &tried_rounds)).await?;
    ensure!(over.is_some() || !is_tried(&RoundId::overall()), Untried::NotRanked(words::OVERALL.to_owned()));
    Ok(tried_rounds.into_iter().map(|tried| tried.previewed).chain(over).collect())
}

/// A round that would have another edition.
struct TriedRound {
    previewed: Previewed,
    /// What it would add, where something is ranked over the contest.
    taken: Option<TakenRound>,
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
    let scored = after.try_edition(&frozen, &edition)?;
    if scored.changes_nothing(&edition, newest) {
        return Ok(None);
    }
    let (frozen_before, plan) = (before.read(app).await?, &frozen.contest.plan);
    let standing = before.try_edition(&frozen_before, &newest.edition)?;
    let told = before_of(&frozen_before, &newest.edition, &standing.ranking)?;
    let RankedEdition { winners, winners_sha256, ranking, .. } = scored;
    let moved = moved_ranks(standing.ranking.ranks(), ranking.ranks(), MOST_MOVED);
    let tables = (&plan.rules, &frozen.units, Scope::Round);
    let collective = moved_prizes(tables, &standing.ranking.result.units, &ranking.result.units);
    let results = results_json(&version(&frozen, &edition, &ranking, Some(&told))?, &BTreeMap::new()).bytes;
    let round = after.round;
    let input = ranking.input(plan, frozen.round()?, &frozen.units);
    let taken = plan.rules.are_over_the_contest().then(|| TakenRound::of(round, &input, &ranking.result));
    let everybody = frozen.people.iter().map(|person| (person.pseudonym.clone(), &person.contestant));
    let added = after.decisions.get(newest.edition.decisions as usize..).unwrap_or_default();
    let of_decisions = added.iter().flat_map(|decision| people_of(decision, round));
    let previewed = Previewed {
        winners_sha256: Some(winners_sha256.clone()),
        codes: codes(&results, (&moved, of_decisions), everybody)?,
        moved,
        collective,
        names: BTreeMap::new(),
        round: round.clone(),
        newest: newest.edition.number,
        then: edition.number,
        status: edition.status,
        reason: edition.reason.clone(),
        results,
    };
    let record = EditionRecord { edition, winners_sha256, ..newest.clone() };
    Ok(Some(TriedRound { previewed, taken, winners, record }))
}

/// Whom a decision is about in a round.
fn people_of<'a>(decision: &'a Decision, round: &'a RoundId) -> impl Iterator<Item = &'a ContestantId> {
    decision.in_round(round).filter_map(|change| change.action.contestant())
}

/// Those of `everybody` whose prizes change in `results`, whose ranks move, or whom the decisions are about.
fn codes<'a>(
    results: &[u8],
    (moved, decided): (&[MovedRank], impl Iterator<Item = &'a ContestantId>),
    everybody: impl Iterator<Item = (Pseudonym, &'a ContestantId)>,
) -> anyhow::Result<BTreeMap<String, ContestantId>> {
    let told: serde_json::Value = serde_json::from_slice(results)?;
    let changes = told["changes"].as_array().map_or(&[][..], Vec::as_slice);
    let mut public: BTreeSet<&str> = changes.iter().filter_map(|change| change["contestant"].as_str()).collect();
    public.extend(moved.iter().map(|moved| moved.pseudonym.as_str()));
    let decided: BTreeSet<&ContestantId> = decided.collect();
    let told = everybody.filter(|(pseudonym, code)| public.contains(pseudonym.as_str()) || decided.contains(code));
    Ok(told.map(|(pseudonym, code)| (pseudonym.to_string(), code.clone())).collect())
}

/// The names of the people of these codes.
pub(crate) async fn names(
    app: &App,
    contest: &ContestSnapshot,
    codes: &BTreeMap<String, ContestantId>,
) -> anyhow::Result<BTreeMap<String, String>> {
    let (mut names, id) = (BTreeMap::new(), &contest.plan.id);
    let shards = app.control.people_shards(id).await?;
    for (pseudonym, contestant) in codes {
        let profile = app.people.profile(id, contest.keys.shard(contestant, shards), contestant).await?;
        names.extend(profile.and_then(|profile| Some((pseudonym.clone(), profile.full_name?))));
    }
    Ok(names)
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
    let ranked = (ranking.input(plan, round, &frozen.units), &ranking.result);
    let closed_at = Timestamp::from_millis(frozen.manifest.closed_at_ms);
    Ok(RoundVersion { before, ..RoundVersion::of_edition((plan, round), edition, ranked, closed_at) })
}

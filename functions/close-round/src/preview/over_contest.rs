//! What decisions would come to over the contest: prizes that follow from other results of rounds, or that were decided about
//! themselves.

use super::{MOST_MOVED, Previewed, TriedRound, codes, people_of};
use crate::App;
use crate::frozen::Records;
use contest::decision::{Decision, Ruling, of_round, reasons};
use contest::edition::over_contest::{self, OverallEdition};
use contest::edition::{Followed, Status};
use contest::ids::{Pseudonym, RoundId};
use contest::moved::{moved_prizes, moved_ranks};
use contest::overall::{ContestInput, ContestResult, ContestRuling, rank_contest};
use contest::plan::Scope;
use contest::result::Rank;
use contest::taken::TakenRound;
use documents::site::{ContestStanding, OverallVersion, VersionBefore, overall_files};
use std::collections::BTreeMap;
use store::{ContestSnapshot, OverContest, OverallBasis, OverallRecord};

/// `decisions` are all, the new ones last; `tried` are the rounds that would have another edition. `None` where nothing is
/// ranked over the contest, or nothing of it is published yet.
pub(super) async fn preview(
    app: &App,
    contest: &ContestSnapshot,
    decisions: &[Decision],
    (records, tried): (&Records, &[TriedRound]),
) -> anyhow::Result<Option<Previewed>> {
    let (plan, id) = (&contest.plan, RoundId::overall());
    let record = app.control.overall(&plan.id).await?;
    let Some(edition) = newest(contest, records, &record) else { return Ok(None) };
    let about = of_round(decisions, &id);
    let added = about.get(edition.decisions as usize..).unwrap_or_default();
    if tried.is_empty() && added.is_empty() {
        return Ok(None);
    }
    let editions = |round: &RoundId| records.get(round).map(|record| record.editions.clone());
    let basis = OverallBasis { plan, edition: &edition, decisions };
    let over = OverContest::read((&app.vault, &app.secrets), &basis, editions).await?;
    let newer = |round: &RoundId| tried.iter().find(|tried| tried.previewed.round == *round);
    let taken_then = |taken: &TakenRound| newer(&taken.round).and_then(|tried| tried.taken.clone());
    let taken: Vec<TakenRound> =
        over.taken.iter().map(|taken| taken_then(taken).unwrap_or_else(|| taken.clone())).collect();
    let status_then = |followed: &Followed| {
        let now = records.get(&followed.round).and_then(|record| record.editions.scored.last());
        let now = now.map_or(Status::Provisional, |newest| newest.edition.status);
        newer(&followed.round).map_or(now, |tried| tried.previewed.status)
    };
    let ruling = ContestRuling {
        lots: over.ruling.lots.clone(),
        ..ContestRuling::of(&Ruling::of_decisions(&about, &id), |who| contest.keys.pseudonym(who))
    };
    let status =
        over_contest::status(edition.follows.iter().map(status_then), about.last().map(|last| last.recognizes(&id)));
    let newest = u32::try_from(record.editions.len())?;
    let then = newest + u32::from(!tried.is_empty()) + u32::try_from(added.len())?;
    let why = tried.iter().filter_map(|tried| tried.previewed.reason.clone());
    let why: Vec<String> = why.chain(added.iter().map(|decision| decision.reason(&id))).collect();
    let (standing, now) = files(&over, &over.input(), (newest, None));
    let [results, ranking] = ["results.json", "ranking.csv"].map(|name| now.get(name).map_or(&[][..], Vec::as_slice));
    let before = VersionBefore::read(results, ranking)?;
    let input = ContestInput { rounds: &taken, ruling: &ruling, ..over.input() };
    let (ranked, mut after) = files(&over, &input, (then, Some(&before)));
    let moved = moved_ranks(ranks(&standing), ranks(&ranked), MOST_MOVED);
    let tables = (&plan.rules, input.units, Scope::Contest);
    let results = after.remove("results.json").unwrap_or_default();
    let everybody = over.took_part.values().flatten().map(|who| (contest.keys.pseudonym(who), who));
    Ok(Some(Previewed {
        winners_sha256: None,
        codes: codes(&results, (&moved, added.iter().flat_map(|decision| people_of(decision, &id))), everybody)?,
        collective: moved_prizes(tables, &standing.units, &ranked.units),
        moved,
        names: BTreeMap::new(),
        round: id,
        newest,
        then,
        status,
        reason: (!why.is_empty()).then(|| reasons(why.iter().map(String::as_str))),
        results,
    }))
}

/// What the newest version follows from now; none before every round is scored and a version is there.
fn newest(contest: &ContestSnapshot, records: &Records, record: &OverallRecord) -> Option<OverallEdition> {
    let newest = record.editions.last().filter(|_| contest.plan.rules.are_over_the_contest())?;
    let follow = |of: &Followed| {
        let scored = &records.get(&of.round)?.editions.scored;
        Some(Followed { round: of.round.clone(), edition: u32::try_from(scored.len()).ok()? })
    };
    let follows = newest.follows.iter().map(follow).collect::<Option<_>>()?;
    Some(OverallEdition { follows, ..newest.clone() })
}

/// Everyone's rank over the contest by public name; nobody's where people are not ranked over it.
fn ranks(result: &ContestResult) -> impl Iterator<Item = (Pseudonym, Rank)> {
    result.ranking.iter().flatten().map(|line| (line.pseudonym.clone(), line.rank))
}

/// A result, and the files of its version by name, but for names of winners and links.
fn files(
    over: &OverContest,
    input: &ContestInput<'_>,
    (number, before): (u32, Option<&VersionBefore>),
) -> (ContestResult, BTreeMap<&'static str, Vec<u8>>) {
    let result = rank_contest(input);
    let version = OverallVersion {
        standing: ContestStanding {
            contest: &over.plan.id,
            rounding: over.plan.rounding,
            input: *input,
            result: &result,
            follows: &[],
            winner_names: &BTreeMap::new(),
        },
        number,
        earlier: &[],
        before,
        reason: None,
        status: over.status,
        closed_at: over.closed_at,
        rules_sha256: "",
        decisions: None,
        drawn: None,
    };
    let files = overall_files(&version).into_iter().map(|file| (file.name, file.bytes)).collect();
    (result, files)
}

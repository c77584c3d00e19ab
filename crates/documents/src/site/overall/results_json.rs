//! `overall/v{n}/results.json`: totals and winners over the contest, in the form of a round's.

use super::{ContestStanding, OverallVersion};
use crate::site::changes::{After, Change, changes};
use crate::site::results_json::{TotalsJson, totals};
use crate::site::{PublishedFile, WireNumber, json_bytes};
use contest::edition::Status;
use contest::ids::OVERALL;
use contest::plan::PrizeTier;
use contest::result::UnitTable;
use serde::Serialize;

#[derive(Serialize)]
struct Results<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'static str,
    version: u32,
    #[serde(with = "crate::site::status")]
    status: Status,
    closed_at: String,
    rounds: Vec<&'a str>,
    totals: TotalsJson,
    /// Always none: what is predicted is predicted of a round.
    prediction: Option<()>,
    winners: Vec<WinnerJson<'a>>,
    collective: Vec<CollectiveJson<'a>>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
struct WinnerJson<'a> {
    rank: u64,
    tier: &'a str,
    prize: &'a str,
    amount: u64,
    contestant: &'a str,
    full_name: Option<&'a str>,
    unit: Option<&'a str>,
    unit_name: Option<&'a str>,
    score: WireNumber,
    perfect_attempts: u32,
    duration_ms: u64,
    rounds: u32,
}

#[derive(Serialize)]
struct CollectiveJson<'a> {
    id: &'a str,
    winners: Vec<UnitJson<'a>>,
}

#[derive(Serialize)]
struct UnitJson<'a> {
    rank: Option<u64>,
    prize: &'a str,
    amount: u64,
    unit: &'a str,
    name: &'a str,
}

pub(super) fn overall_results_json(version: &OverallVersion<'_>) -> PublishedFile {
    let standing = &version.standing;
    let results = Results {
        schema: "hoithi/results/1",
        contest: standing.contest.as_str(),
        round: OVERALL,
        version: version.number,
        status: version.status,
        closed_at: version.closed_at.rfc3339(),
        rounds: standing.input.rounds.iter().map(|taken| taken.round.as_str()).collect(),
        totals: totals(standing.rounding, &standing.result.totals),
        prediction: None,
        winners: standing.prize_by_place().into_iter().map(|(place, tier)| winner(standing, place, tier)).collect(),
        collective: standing.result.units.iter().filter_map(|table| collective(standing, table)).collect(),
        changes: changes(version.before, &after(standing)),
    };
    PublishedFile { name: "results.json", bytes: json_bytes(&results) }
}

fn winner<'a>(standing: &ContestStanding<'a>, place: u32, tier: &'a PrizeTier) -> WinnerJson<'a> {
    let line = &standing.lines()[place as usize];
    WinnerJson {
        rank: line.rank.0,
        tier: &tier.tier,
        prize: &tier.name,
        amount: tier.amount,
        contestant: line.pseudonym.as_str(),
        full_name: standing.full_name(line),
        unit: line.unit.as_ref().map(|code| code.as_str()),
        unit_name: standing.unit_of(line).map(|unit| unit.name.as_str()),
        score: WireNumber::of(line.score),
        perfect_attempts: line.perfect_attempts,
        duration_ms: line.duration_ms,
        rounds: line.rounds,
    }
}

/// The units that win a prize in a competition.
fn collective<'a>(standing: &ContestStanding<'a>, table: &'a UnitTable) -> Option<CollectiveJson<'a>> {
    let rules = &standing.input.rules.collective[table.collective?];
    let winners = table.standings.iter().filter_map(|of| {
        let (unit, prize) = (&standing.input.units.units()[of.unit], standing.unit_prize(table, of)?);
        let rank = of.rank.map(|rank| rank.0);
        Some(UnitJson { rank, prize: &prize.name, amount: prize.amount, unit: unit.code.as_str(), name: &unit.name })
    });
    Some(CollectiveJson { id: rules.id.as_str(), winners: winners.collect() })
}

fn after<'a>(standing: &ContestStanding<'a>) -> After<'a> {
    let name = |place: u32| standing.lines()[place as usize].pseudonym.as_str();
    After {
        totals: &standing.result.totals,
        actual: None,
        winners: standing.prize_by_place().into_iter().map(|(place, tier)| (name(place), tier)).collect(),
        ranks: standing.lines().iter().map(|line| (line.pseudonym.as_str(), line.rank)).collect(),
    }
}

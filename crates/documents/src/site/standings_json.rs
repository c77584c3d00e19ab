//! `{c}/standings.json`, schema `hoithi/standings/1`: what stands over the rounds published so far, for competitions
//! and the ranking that are decided over the contest. Replaced after each edition.

use super::follows::{self, FollowsLine};
use super::overall::{ContestStanding, FollowedVersion};
use super::{PublishedFile, WireNumber, json_bytes};
use contest::edition::Followed;
use contest::fraction::Fraction;
use contest::overall::OverallLine;
use contest::result::UnitTable;
use serde::Serialize;

/// Most lines of the ranking that stand in the file; `overall/` has all of them.
const MOST_LINES: usize = 1_000;

/// The schema of the file.
pub const SCHEMA: &str = "hoithi/standings/1";

#[derive(Serialize)]
struct Standings<'a> {
    schema: &'static str,
    contest: &'a str,
    rounds: Vec<&'a str>,
    follows: Vec<FollowsLine<'a>>,
    status: &'static str,
    collective: Vec<CollectiveJson<'a>>,
    overall: Option<Vec<OverallJson<'a>>>,
}

#[derive(Serialize)]
struct CollectiveJson<'a> {
    id: &'a str,
    units: Vec<UnitJson<'a>>,
}

#[derive(Serialize)]
struct UnitJson<'a> {
    rank: Option<u64>,
    unit: &'a str,
    name: &'a str,
    level: Option<&'a str>,
    members: Option<u64>,
    contestants: u64,
    attempts: u64,
    perfect_contestants: u64,
    mean_score: Option<String>,
    rate_percent: Option<String>,
    winners: u64,
    points: Option<String>,
    prize: Option<&'a str>,
}

#[derive(Serialize)]
struct OverallJson<'a> {
    rank: u64,
    contestant: &'a str,
    unit: Option<&'a str>,
    score: WireNumber,
    perfect_attempts: u32,
    duration_ms: u64,
    prize: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    full_name: Option<&'a str>,
}

/// Writes the file; `overall` is the version of the results over the contest whose prizes stand in it, where one is published.
pub fn standings_json(standing: &ContestStanding<'_>, overall: Option<&FollowedVersion>) -> PublishedFile {
    let tables = standing.result.units.iter();
    let standings = Standings {
        schema: SCHEMA,
        contest: standing.contest.as_str(),
        rounds: standing.follows.iter().map(|followed| followed.round.as_str()).collect(),
        follows: standing.follows.iter().chain(overall).map(FollowsLine::from).collect(),
        status: standings_status(standing.input.is_final),
        collective: tables.filter_map(|table| collective(standing, table)).collect(),
        overall: standing.result.ranking.as_deref().map(|lines| people(standing, lines)),
    };
    PublishedFile { name: "standings.json", bytes: json_bytes(&standings) }
}

/// What the standings are: final once every round is among those that they follow from.
pub const fn standings_status(is_final: bool) -> &'static str {
    if is_final { "final" } else { "provisional" }
}

/// Reads back which versions of rounds a file follows from, and which of the results over the contest.
///
/// # Errors
/// Where it is no file of this schema.
pub fn followed(bytes: &[u8]) -> serde_json::Result<Vec<Followed>> {
    follows::followed(bytes, SCHEMA)
}

fn collective<'a>(standing: &ContestStanding<'a>, table: &'a UnitTable) -> Option<CollectiveJson<'a>> {
    let printed = |ratio: Option<Fraction>| ratio.map(|ratio| ratio.two_decimals(standing.rounding));
    let units = table.standings.iter().map(|of| {
        let unit = &standing.input.units.units()[of.unit];
        UnitJson {
            rank: of.rank.map(|rank| rank.0),
            unit: unit.code.as_str(),
            name: &unit.name,
            level: unit.level.as_deref(),
            members: of.members,
            contestants: of.contestants,
            attempts: of.attempts,
            perfect_contestants: of.perfect_contestants,
            mean_score: printed(of.mean_score),
            rate_percent: printed(of.rate_percent),
            winners: of.winners,
            points: printed(of.points),
            prize: standing.unit_prize(table, of).map(|prize| prize.name.as_str()),
        }
    });
    let rules = &standing.input.rules.collective[table.collective?];
    Some(CollectiveJson { id: rules.id.as_str(), units: units.collect() })
}

fn people<'a>(standing: &ContestStanding<'a>, lines: &'a [OverallLine]) -> Vec<OverallJson<'a>> {
    let prizes = standing.prize_by_place();
    let line = |(place, line): (u32, &'a OverallLine)| {
        let prize = prizes.get(&place).map(|tier| tier.name.as_str());
        OverallJson {
            rank: line.rank.0,
            contestant: line.pseudonym.as_str(),
            unit: line.unit.as_ref().map(|code| code.as_str()),
            score: WireNumber::of(line.score),
            perfect_attempts: line.perfect_attempts,
            duration_ms: line.duration_ms,
            prize,
            full_name: standing.full_name(line).filter(|_| prize.is_some()),
        }
    };
    (0..).zip(lines).take(MOST_LINES).map(line).collect()
}

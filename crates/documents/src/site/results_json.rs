//! `results.json`, schema `hoithi/results/1`: totals, the predicted number and the winners.

use super::changes::{After, Change, changes};
use super::number::WireNumber;
use super::{PublishedFile, RoundVersion, json_bytes, prediction};
use contest::edition::Status;
use contest::fraction::{Fraction, RoundingMode};
use contest::ids::ContestantId;
use contest::result::{RankedPerson, Totals, Winner};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

#[derive(Serialize)]
struct Results<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    version: u32,
    #[serde(with = "super::status")]
    status: Status,
    closed_at: String,
    totals: TotalsJson,
    prediction: Option<PredictionJson>,
    winners: Vec<WinnerJson<'a>>,
    changes: Vec<Change<'a>>,
}

#[derive(Serialize)]
pub(super) struct TotalsJson {
    registered: u64,
    contestants: u64,
    attempts: u64,
    perfect_attempts: u64,
    perfect_contestants: u64,
    perfect_attempts_percent: String,
}

#[derive(Serialize)]
struct PredictionJson {
    target: &'static str,
    actual: WireNumber,
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
    prediction: Option<WireNumber>,
    prediction_distance: Option<WireNumber>,
    duration_ms: u64,
    submitted_at: String,
}

pub fn results_json(version: &RoundVersion<'_>, winner_names: &BTreeMap<ContestantId, String>) -> PublishedFile {
    let result = version.result;
    let results = Results {
        schema: "hoithi/results/1",
        contest: version.contest.as_str(),
        round: version.round.as_str(),
        version: version.number,
        status: version.status,
        closed_at: version.closed_at.rfc3339(),
        totals: totals(version.rounding, &result.totals),
        prediction: result
            .prediction
            .map(|p| PredictionJson { target: p.target.as_str(), actual: WireNumber::of(p.actual) }),
        winners: result.winners.iter().map(|w| winner(version, w, winner_names)).collect(),
        changes: changes(version.before, &after(version)),
    };
    PublishedFile { name: "results.json", bytes: json_bytes(&results) }
}

fn after<'a>(version: &RoundVersion<'a>) -> After<'a> {
    let RoundVersion { input, result, .. } = version;
    let name = |line: &RankedPerson| line.person.of(input.people).pseudonym.as_str();
    let winner = |winner: &Winner| (name(winner.place.of(&result.ranking)), input.rules.tier(winner.tier));
    After {
        totals: &result.totals,
        actual: result.prediction.map(|prediction| prediction.actual),
        winners: result.winners.iter().map(winner).collect(),
        ranks: result.ranking.iter().map(|line| (name(line), line.rank)).collect(),
    }
}

/// Reads the names of winners back, by pseudonym.
pub fn winner_names(bytes: &[u8]) -> serde_json::Result<BTreeMap<String, String>> {
    #[derive(Deserialize)]
    struct Named {
        winners: Vec<Winner>,
    }
    #[derive(Deserialize)]
    struct Winner {
        contestant: String,
        full_name: Option<String>,
    }
    let named: Named = serde_json::from_slice(bytes)?;
    Ok(named.winners.into_iter().filter_map(|winner| Some((winner.contestant, winner.full_name?))).collect())
}

pub(super) fn totals(rounding: RoundingMode, totals: &Totals) -> TotalsJson {
    TotalsJson {
        registered: totals.registered,
        contestants: totals.contestants,
        attempts: totals.attempts,
        perfect_attempts: totals.perfect_attempts,
        perfect_contestants: totals.perfect_contestants,
        // A round that nobody played has no ratio; readers of one text format see it as zero.
        perfect_attempts_percent: totals
            .perfect_attempts_percent()
            .unwrap_or(Fraction::whole(0))
            .two_decimals(rounding),
    }
}

fn winner<'a>(
    version: &RoundVersion<'a>,
    winner: &Winner,
    names: &'a BTreeMap<ContestantId, String>,
) -> WinnerJson<'a> {
    let line = winner.place.of(&version.result.ranking);
    let person = line.person.of(version.input.people);
    let tier = version.input.rules.tier(winner.tier);
    let unit = version.unit_of(line.person);
    WinnerJson {
        rank: line.rank.0,
        tier: &tier.tier,
        prize: &tier.name,
        amount: tier.amount,
        contestant: person.pseudonym.as_str(),
        full_name: names.get(&person.contestant).map(String::as_str),
        unit: person.unit.as_ref().map(|code| code.as_str()),
        unit_name: unit.map(|unit| unit.name.as_str()),
        score: WireNumber::of(line.score),
        prediction: prediction(version, line),
        prediction_distance: line.prediction_distance.map(WireNumber::of),
        duration_ms: line.duration_ms,
        submitted_at: line.submitted_at.rfc3339(),
    }
}

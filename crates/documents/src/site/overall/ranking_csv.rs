//! `overall/v{n}/ranking.csv`: everyone ranked over the contest, by rank and then pseudonym.

use super::ContestStanding;
use crate::site::{PublishedFile, WireNumber, csv_bytes};
use contest::overall::OverallLine;

const HEADER: [&str; 7] = ["rank", "contestant", "unit", "score", "perfect_attempts", "duration_ms", "rounds"];

pub(super) fn overall_ranking_csv(standing: &ContestStanding<'_>) -> PublishedFile {
    let row = |line: &OverallLine| {
        [
            line.rank.to_string(),
            line.pseudonym.to_string(),
            line.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
            WireNumber::of(line.score).to_string(),
            line.perfect_attempts.to_string(),
            line.duration_ms.to_string(),
            line.rounds.to_string(),
        ]
    };
    PublishedFile { name: "ranking.csv", bytes: csv_bytes(&HEADER, standing.lines().iter().map(row)) }
}

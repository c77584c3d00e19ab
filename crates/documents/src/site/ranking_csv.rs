//! `ranking.csv`: everyone ranked, by rank and then pseudonym.

use super::number::WireNumber;
use super::{PublishedFile, RoundVersion, csv_bytes, prediction};
use contest::result::RankedPerson;

const HEADER: [&str; 10] = [
    "rank",
    "contestant",
    "unit",
    "score",
    "perfect",
    "prediction",
    "prediction_distance",
    "duration_ms",
    "submitted_at",
    "attempt",
];

pub fn ranking_csv(version: &RoundVersion<'_>) -> PublishedFile {
    let rows = version.result.ranking.iter().map(|line| row(version, line));
    PublishedFile { name: "ranking.csv", bytes: csv_bytes(&HEADER, rows) }
}

fn row(version: &RoundVersion<'_>, line: &RankedPerson) -> [String; HEADER.len()] {
    let person = line.person.of(version.input.people);
    [
        line.rank.to_string(),
        person.pseudonym.to_string(),
        person.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
        WireNumber::of(line.score).to_string(),
        line.perfect.to_string(),
        prediction(version, line).map(|p| p.to_string()).unwrap_or_default(),
        line.prediction_distance.map(|d| WireNumber::of(d).to_string()).unwrap_or_default(),
        line.duration_ms.to_string(),
        line.submitted_at.rfc3339(),
        line.attempt.to_string(),
    ]
}

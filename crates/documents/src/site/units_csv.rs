//! `units.csv`: the units of this round, by rank and then code, unranked ones last.

use super::{PublishedFile, RoundVersion, csv_bytes};
use contest::plan::Scope;
use contest::result::{UnitStanding, UnitTable};

const HEADER: [&str; 11] = [
    "rank",
    "unit",
    "name",
    "level",
    "members",
    "contestants",
    "attempts",
    "perfect_contestants",
    "mean_score",
    "rate_percent",
    "prize",
];

/// Writes the file: the first competition that is decided in each round, else the first one.
pub fn units_csv(version: &RoundVersion<'_>) -> PublishedFile {
    let tables = &version.result.units;
    let table = tables.iter().find(|table| table.scope == Scope::Round).or(tables.first());
    let rows = table.iter().flat_map(|table| table.standings.iter().map(|unit| row(version, table, unit)));
    PublishedFile { name: "units.csv", bytes: csv_bytes(&HEADER, rows) }
}

fn row(version: &RoundVersion<'_>, table: &UnitTable, standing: &UnitStanding) -> [String; HEADER.len()] {
    let unit = &version.input.units.units()[standing.unit];
    let rank = standing.rank.map(|rank| rank.to_string()).unwrap_or_default();
    let text = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
    [
        rank,
        unit.code.to_string(),
        unit.name.clone(),
        unit.level.clone().unwrap_or_default(),
        text(standing.members),
        standing.contestants.to_string(),
        standing.attempts.to_string(),
        standing.perfect_contestants.to_string(),
        standing.mean_score.map(|f| f.two_decimals(version.rounding)).unwrap_or_default(),
        standing.rate_percent.map(|f| f.two_decimals(version.rounding)).unwrap_or_default(),
        prize(version, table, standing).unwrap_or_default().to_owned(),
    ]
}

/// The prize of a unit, in competitions that each round decides; others are decided by standings.
fn prize<'a>(version: &RoundVersion<'a>, table: &UnitTable, standing: &UnitStanding) -> Option<&'a str> {
    let (Scope::Round, Some(collective), Some(prize)) = (table.scope, table.collective, standing.prize) else {
        return None;
    };
    Some(&version.input.rules.collective[collective].prize(prize).name)
}

//! `units.csv`: the units of a round or of the contest, by rank and then code, unranked ones last.

use super::overall::ContestStanding;
use super::{PublishedFile, RoundVersion, csv_bytes};
use contest::fraction::{Fraction, RoundingMode};
use contest::overall::ContestInput;
use contest::plan::{Rules, Scope};
use contest::result::{UnitStanding, UnitTable};
use contest::units::UnitTree;

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

/// Writes the file of a round: the first competition that is decided in each round, else the first one.
pub fn units_csv(version: &RoundVersion<'_>) -> PublishedFile {
    let RoundVersion { result, input, rounding, .. } = version;
    let table = result.units.iter().find(|table| table.scope == Scope::Round).or(result.units.first());
    let given = Given { rules: input.rules, units: input.units, rounding: *rounding, scope: Scope::Round };
    given.file(table)
}

/// Writes the file of the contest: the first competition that is decided over it.
pub(super) fn contest_units_csv(standing: &ContestStanding<'_>) -> PublishedFile {
    let ContestInput { rules, units, .. } = standing.input;
    let given = Given { rules, units, rounding: standing.rounding, scope: Scope::Contest };
    given.file(standing.result.units.first())
}

/// What a table is written with.
struct Given<'a> {
    rules: &'a Rules,
    units: &'a UnitTree,
    rounding: RoundingMode,
    /// The prizes of competitions with another scope are given elsewhere.
    scope: Scope,
}

impl Given<'_> {
    fn file(&self, table: Option<&UnitTable>) -> PublishedFile {
        let rows = table.iter().flat_map(|table| table.standings.iter().map(|unit| self.row(table, unit)));
        PublishedFile { name: "units.csv", bytes: csv_bytes(&HEADER, rows) }
    }

    fn row(&self, table: &UnitTable, standing: &UnitStanding) -> [String; HEADER.len()] {
        let unit = &self.units.units()[standing.unit];
        let text = |number: Option<u64>| number.map(|n| n.to_string()).unwrap_or_default();
        let ratio = |ratio: Option<Fraction>| ratio.map(|f| f.two_decimals(self.rounding)).unwrap_or_default();
        [
            text(standing.rank.map(|rank| rank.0)),
            unit.code.to_string(),
            unit.name.clone(),
            unit.level.clone().unwrap_or_default(),
            text(standing.members),
            standing.contestants.to_string(),
            standing.attempts.to_string(),
            standing.perfect_contestants.to_string(),
            ratio(standing.mean_score),
            ratio(standing.rate_percent),
            self.prize(table, standing).unwrap_or_default().to_owned(),
        ]
    }

    fn prize(&self, table: &UnitTable, standing: &UnitStanding) -> Option<&str> {
        let (collective, prize) = table.collective.zip(standing.prize).filter(|_| table.scope == self.scope)?;
        Some(&self.rules.collective[collective].prize(prize).name)
    }
}

//! `units.xlsx`: every unit with everybody in it and below it, and what it wins.

use super::first_page::saved;
use super::sheet::{Cell, Table, workbook};
use crate::words::{format, officials as words};
use contest::fraction::{Fraction, RoundingMode};
use contest::participation::UnitParticipation;
use contest::plan::Plan;
use contest::result::UnitTable;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;

/// What the file is made from.
pub(super) struct UnitsReport<'a> {
    pub(super) plan: &'a Plan,
    pub(super) units: &'a UnitTree,
    /// Stands in place of a round's name.
    pub(super) over: &'a str,
    /// Which edition it is.
    pub(super) edition_line: String,
    pub(super) published_at: Timestamp,
    /// By [`contest::participation::by_unit`].
    pub(super) lines: &'a [UnitParticipation],
    /// Tables whose prizes are given now.
    pub(super) tables: Vec<&'a UnitTable>,
}

impl UnitsReport<'_> {
    /// Writes the file.
    ///
    /// # Errors
    /// Where a text is longer than a cell may be (32 767 characters).
    pub(super) fn write(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = workbook(self.plan, self.published_at)?;
        let prizes = self.prizes();
        let rows = (1..).zip(self.lines).map(|(place, line)| self.row(place, line, prizes.get(&line.unit)));
        let rows: Vec<Vec<Cell>> = rows.collect();
        let title = [
            self.plan.organizer.clone(),
            words::UNITS_TITLE.to_owned(),
            format!("{} - {}", self.plan.name, self.over),
            self.edition_line.clone(),
            words::WITH_THOSE_BELOW.to_owned(),
        ];
        let closing = Some(words::units_listed(rows.len() as u64));
        let columns = &words::UNITS_COLUMNS;
        let table = Table { title: &title, columns, rows: &rows, sums: &[], closing, signed: None };
        table.write(workbook.add_worksheet().set_name(words::UNITS_SHEET)?)?;
        saved(workbook)
    }

    /// By place of the unit.
    fn prizes(&self) -> BTreeMap<usize, String> {
        let mut prizes: BTreeMap<usize, String> = BTreeMap::new();
        for table in &self.tables {
            for standing in &table.standings {
                let Some((competition, prize)) = table.collective.zip(standing.prize) else { continue };
                let name = &self.plan.rules.collective[competition].prize(prize).name;
                let won = prizes.entry(standing.unit).or_default();
                let comma = if won.is_empty() { "" } else { "; " };
                won.push_str(&format!("{comma}{name}"));
            }
        }
        prizes
    }

    fn row(&self, place: u64, line: &UnitParticipation, prize: Option<&String>) -> Vec<Cell> {
        let units = self.units.units();
        let unit = &units[line.unit];
        let above = unit.parent.as_ref().and_then(|code| self.units.find(code)).map(|place| units[place].name.clone());
        let mut row = unit_cells((place, unit), line, self.plan.rounding);
        row.insert(3, Cell::Text(above.unwrap_or_default()));
        row.push(Cell::Text(prize.cloned().unwrap_or_default()));
        row
    }
}

/// Which unit it is and how it took part, as every table of units has it.
pub(super) fn unit_cells((place, unit): (u64, &Unit), line: &UnitParticipation, rounding: RoundingMode) -> Vec<Cell> {
    let ratio = |ratio: Option<Fraction>| ratio.map(|ratio| format::decimal(ratio, rounding)).unwrap_or_default();
    vec![
        Cell::Count(place),
        Cell::Text(unit.name.clone()),
        Cell::Text(unit.code.to_string()),
        line.members.map_or(Cell::Text(String::new()), Cell::Count),
        Cell::Count(line.registered),
        Cell::Count(line.contestants),
        Cell::Figure(ratio(line.rate_percent)),
        Cell::Count(line.attempts),
        Cell::Count(line.perfect_contestants),
        Cell::Figure(ratio(line.mean_score)),
    ]
}

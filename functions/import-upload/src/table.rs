//! The table of an upload: the sheet that has its headers, whatever their order, language and case.

use crate::readers::{Cell, Row, Sheet, address};
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::{clean, looks_legacy_encoded, search_key};

/// How many rows from the top may hold a title before the headers.
const TITLE_ROWS: usize = 20;

/// A column that a table may have.
#[derive(Debug)]
pub struct Column {
    /// Name in the program.
    pub key: &'static str,
    /// Header as it is asked for in reports.
    pub header: &'static str,
    /// Every header that is understood, as [`search_key`]s.
    pub names: &'static [&'static str],
    /// Whether a table without it is refused.
    pub required: bool,
}

/// The rows below the headers.
#[derive(Debug)]
pub struct Table<'a> {
    sheet: &'a Sheet,
    /// Number and header as written of every known column, by [`Column::key`].
    columns: Vec<(&'static str, u32, String)>,
    header_place: usize,
}

/// A cell's text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    /// The text, cleaned; empty where the cell is.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

impl<'a> Table<'a> {
    /// Finds the table among the sheets: the first sheet with every required header.
    ///
    /// # Errors
    /// The columns missing in the sheet that comes nearest, or the sheets that were seen.
    pub fn find(sheets: &'a [Sheet], known: &'static [Column]) -> Result<Self, Vec<Problem>> {
        let candidates: Vec<Candidate<'a>> =
            sheets.iter().filter_map(|sheet| Candidate::best_of(sheet, known)).collect();
        let Some(best) = candidates.iter().max_by_key(|c| (c.missing.is_empty(), c.columns.len())) else {
            let needed = known.iter().filter(|column| column.required).map(|column| column.header).collect();
            let sheets = sheets.iter().filter_map(|sheet| sheet.name.clone()).collect();
            return Err(vec![Problem::of_file(ProblemKind::NoSuchTable { needed, sheets })]);
        };
        // `max_by_key` gives the last of equals; the first is wanted.
        let rank = |c: &Candidate<'_>| (c.missing.is_empty(), c.columns.len());
        let first = candidates.iter().find(|c| rank(c) == rank(best)).unwrap_or(best);
        let row = first.sheet.rows[first.header_place].number;
        let place = |column: String| Place { sheet: first.sheet.name.clone(), row: Some(row), column: Some(column) };
        let missing = first
            .missing
            .iter()
            .map(|&header| Problem { place: place(header.to_owned()), kind: ProblemKind::MissingColumn { header } });
        let doubled = first
            .doubled
            .iter()
            .map(|header| Problem { place: place(header.clone()), kind: ProblemKind::DuplicateColumn });
        let problems: Vec<Problem> = missing.chain(doubled).collect();
        if !problems.is_empty() {
            return Err(problems);
        }
        let table = Self { sheet: first.sheet, columns: first.columns.clone(), header_place: first.header_place };
        if table.rows().next().is_none() {
            return Err(vec![Problem { place: place(String::new()), kind: ProblemKind::NoRows }]);
        }
        Ok(table)
    }

    /// Rows with at least one cell in a known column.
    pub fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        self.sheet.rows[self.header_place + 1..]
            .iter()
            .filter(|row| row.cells.iter().any(|(column, _)| self.columns.iter().any(|(_, known, _)| known == column)))
            .map(|row| TableRow { table: self, row })
    }

    /// Cells that make the table unreadable: formulas, errors, old encodings, text without a header.
    pub fn unreadable(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for row in &self.sheet.rows[self.header_place + 1..] {
            for (column, cell) in &row.cells {
                let known = self.columns.iter().find(|(_, at, _)| at == column);
                let address = address(row.number - 1, *column);
                let kind = match cell {
                    Cell::Formula => ProblemKind::FormulaCell { cell: address.clone() },
                    Cell::Error => ProblemKind::ErrorCell { cell: address.clone() },
                    Cell::Text(text) if known.is_some() && looks_legacy_encoded(text) => ProblemKind::LegacyEncoding,
                    // In a CSV file an unquoted comma moves every cell after it; in a workbook a note
                    // beside the table is harmless.
                    Cell::Text(_) if self.sheet.name.is_none() && *column > self.last_header() => {
                        ProblemKind::CellWithoutHeader
                    }
                    Cell::Text(_) => continue,
                };
                let column = known.map_or(address, |(_, _, header)| header.clone());
                let place = Place { sheet: self.sheet.name.clone(), row: Some(row.number), column: Some(column) };
                problems.push(Problem { place, kind });
            }
        }
        problems
    }

    fn last_header(&self) -> u32 {
        self.sheet.rows[self.header_place].cells.last().map_or(0, |(column, _)| *column)
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub struct TableRow<'a> {
    table: &'a Table<'a>,
    row: &'a Row,
}

impl TableRow<'_> {
    /// The row's number as Excel counts.
    pub fn number(&self) -> u32 {
        self.row.number
    }

    /// The cell in a column; empty where the table has no such column.
    pub fn cell(&self, key: &str) -> Text {
        let column = self.table.columns.iter().find(|(known, _, _)| *known == key);
        let place = Place {
            sheet: self.table.sheet.name.clone(),
            row: Some(self.row.number),
            column: column.map(|(_, _, header)| header.clone()),
        };
        let found = column.and_then(|(_, at, _)| self.row.cells.iter().find(|(number, _)| number == at));
        let text = match found {
            Some((_, Cell::Text(text))) => clean(text),
            _ => String::new(),
        };
        Text { text, place }
    }

    /// Whether the cell is refused by [`Table::unreadable`], so that nothing more is said of it.
    pub fn is_unreadable(&self, key: &str) -> bool {
        let column = self.table.columns.iter().find(|(known, _, _)| *known == key);
        let cell = column.and_then(|(_, at, _)| self.row.cells.iter().find(|(number, _)| number == at));
        matches!(cell, Some((_, Cell::Formula | Cell::Error)))
    }
}

impl Text {
    /// A problem with this cell.
    pub fn problem(&self, kind: ProblemKind) -> Problem {
        Problem { place: self.place.clone(), kind }
    }

    /// The text, or `None` where the cell is empty.
    pub fn some(&self) -> Option<&str> {
        (!self.text.is_empty()).then_some(&self.text)
    }
}

/// A row that may be the headers.
struct Candidate<'a> {
    sheet: &'a Sheet,
    header_place: usize,
    columns: Vec<(&'static str, u32, String)>,
    missing: Vec<&'static str>,
    doubled: Vec<String>,
}

impl<'a> Candidate<'a> {
    /// The row near the top of a sheet with most known headers, if it has at least one required one.
    fn best_of(sheet: &'a Sheet, known: &'static [Column]) -> Option<Self> {
        let rows = 0..sheet.rows.len().min(TITLE_ROWS);
        let candidates = rows.filter_map(|place| Self::at(sheet, place, known));
        // Of equal rows the upper one.
        candidates.reduce(|best, next| if next.columns.len() > best.columns.len() { next } else { best })
    }

    fn at(sheet: &'a Sheet, header_place: usize, known: &'static [Column]) -> Option<Self> {
        let mut columns: Vec<(&'static str, u32, String)> = Vec::new();
        let mut doubled = Vec::new();
        for (at, cell) in &sheet.rows[header_place].cells {
            let Cell::Text(written) = cell else { continue };
            let name = search_key(written);
            let Some(column) = known.iter().find(|column| column.names.contains(&name.as_str())) else { continue };
            if columns.iter().any(|(key, _, _)| *key == column.key) {
                doubled.push(clean(written));
            } else {
                columns.push((column.key, *at, clean(written)));
            }
        }
        let has = |column: &&Column| columns.iter().any(|(key, _, _)| *key == column.key);
        let required: Vec<&Column> = known.iter().filter(|column| column.required).collect();
        let (found, missing): (Vec<&Column>, Vec<&Column>) = required.into_iter().partition(has);
        let missing = missing.into_iter().map(|column| column.header).collect();
        // One match alone is chance: `Tên` heads any list. So are letters alone: `A`, `B` may be answers.
        let telling = found.iter().any(|column| column.key.len() > 1) && columns.len() >= 2;
        telling.then_some(Self { sheet, header_place, columns, missing, doubled })
    }
}

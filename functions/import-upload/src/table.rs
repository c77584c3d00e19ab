//! The table of an upload: the sheet that has its headers, whatever their order, language and case.

use crate::readers::{Cell, Row, Worksheet, address};
use contest::problem::{Place, Problem, ProblemKind, Written};
use contest::text::{clean, looks_broken, looks_legacy_encoded, search_key};
use documents::words::import::headers::Header;

/// How many rows from the top may hold a title before the headers.
const TITLE_ROWS: usize = 20;

/// A column that a table may have. What it is understood by are [`header_key`]s.
#[derive(Debug)]
pub(crate) struct Column {
    header: Header,
    is_required: bool,
}

impl Column {
    /// A column without which a table is refused.
    pub(crate) const fn required(header: Header) -> Self {
        Self { header, is_required: true }
    }

    /// A column that may be missing.
    pub(crate) const fn optional(header: Header) -> Self {
        Self { header, is_required: false }
    }
}

/// The rows below the headers.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    sheet: &'a Worksheet,
    /// Number and header as written of every known column, by [`Header::key`].
    columns: Vec<(&'static str, u32, String)>,
    header_place: usize,
}

impl<'a> Table<'a> {
    /// Finds the one table among the sheets.
    ///
    /// # Errors
    /// As for [`Table::all`], and where several sheets have a table.
    pub(crate) fn find(sheets: &'a [Worksheet], known: &'static [Column]) -> Result<Self, Vec<Problem>> {
        let mut tables = Self::all(sheets, known)?;
        if tables.len() > 1 {
            let sheets = tables.iter().filter_map(|table| table.sheet.name.clone()).collect();
            return Err(vec![Problem::of_file(ProblemKind::SeveralTables { sheets })]);
        }
        Ok(tables.swap_remove(0))
    }

    /// Every sheet with every required header and a row below them; at least one.
    ///
    /// # Errors
    /// The columns missing in the sheet that comes nearest, or the sheets that were seen.
    pub(crate) fn all(sheets: &'a [Worksheet], known: &'static [Column]) -> Result<Vec<Self>, Vec<Problem>> {
        let candidates: Vec<Candidate<'a>> =
            sheets.iter().filter_map(|sheet| Candidate::best_of(sheet, known)).collect();
        let whole = candidates.iter().filter(|candidate| candidate.missing.is_empty());
        let tables: Vec<Self> = whole
            .clone()
            .filter(|c| c.doubled.is_empty())
            .map(|c| c.table())
            .filter(|table| table.has_rows())
            .collect();
        let doubled: Vec<Problem> = whole.clone().flat_map(|candidate| candidate.doubled()).collect();
        if !doubled.is_empty() {
            return Err(doubled);
        }
        if !tables.is_empty() {
            return Ok(tables);
        }
        if let Some(empty) = whole.clone().next() {
            return Err(vec![Problem { place: empty.place(None), kind: ProblemKind::NoRows }]);
        }
        if let Some(spoiled) = spoiled_headers(sheets) {
            return Err(vec![spoiled]);
        }
        // `max_by_key` gives the last of equals; the first is wanted.
        let Some(nearest) = candidates.iter().rev().max_by_key(|candidate| candidate.columns.len()) else {
            let needed = known.iter().filter(|column| column.is_required).map(|column| column.header.shown).collect();
            let seen = sheets.iter().filter(|sheet| !sheet.hidden);
            let sheets = seen.filter_map(|sheet| sheet.name.clone()).collect();
            return Err(vec![Problem::of_file(ProblemKind::NoSuchTable { needed, sheets })]);
        };
        Err([nearest.missing(), nearest.doubled()].concat())
    }

    /// Name of the sheet as it is written in a plan; `None` in CSV.
    pub(crate) fn sheet(&self) -> Option<String> {
        self.sheet.name.as_deref().map(clean)
    }

    /// Cells of known columns that hold dates or times: `2/9` is one where a text was meant.
    pub(crate) fn dates(&self) -> Vec<Written> {
        let is_date = |row: &TableRow<'_>, key: &str| {
            let column = self.columns.iter().find(|(known, _, _)| *known == key);
            let cell = column.and_then(|(_, at, _)| row.row.cells.iter().find(|(number, _)| number == at));
            matches!(cell, Some((_, Cell::Date(_))))
        };
        let of_row = |row: TableRow<'_>| {
            let keys = self.columns.iter().map(|(key, _, _)| *key).filter(|key| is_date(&row, key));
            keys.map(|key| row.written(key)).collect::<Vec<_>>()
        };
        self.rows().flat_map(of_row).collect()
    }

    /// Columns with a header that is not understood and text below it, by their headers.
    pub(crate) fn unread_columns(&self) -> Vec<Written> {
        let header = &self.sheet.rows[self.header_place];
        let rows = &self.sheet.rows[self.header_place + 1..];
        let is_unread = |at: u32| {
            let has_text = rows.iter().any(|row| row.cells.iter().any(|(column, _)| *column == at));
            has_text && self.columns.iter().all(|(_, known, _)| *known != at)
        };
        let text = |(at, cell): &(u32, Cell)| match cell {
            Cell::Text(text) if is_unread(*at) => {
                let text = clean(text);
                let (sheet, column) = (self.sheet.name.clone(), Some(text.clone()));
                let place = Place::Cell { sheet, row: header.number, column };
                Some(Written { text, place, refused: false })
            }
            _ => None,
        };
        header.cells.iter().filter_map(text).collect()
    }

    /// A warning for each of [`Table::unread_columns`].
    pub(crate) fn unread(&self) -> Vec<Problem> {
        self.unread_columns().iter().map(|header| header.problem(ProblemKind::ColumnNotRead)).collect()
    }

    fn has_rows(&self) -> bool {
        self.rows().next().is_some()
    }

    /// Rows with at least one cell in a known column.
    pub(crate) fn rows(&self) -> impl Iterator<Item = TableRow<'_>> {
        self.sheet.rows[self.header_place + 1..]
            .iter()
            .filter(|row| row.cells.iter().any(|(column, _)| self.columns.iter().any(|(_, known, _)| known == column)))
            .map(|row| TableRow { table: self, row })
    }

    /// Cells that make the table unreadable: formulas, errors, old encodings, text without a header.
    pub(crate) fn unreadable(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for row in &self.sheet.rows[self.header_place + 1..] {
            for (column, cell) in &row.cells {
                let known = self.columns.iter().find(|(_, at, _)| at == column);
                let address = address(row.number - 1, *column);
                let kind = match cell {
                    Cell::Formula => ProblemKind::FormulaCell { cell: address.clone() },
                    Cell::Error => ProblemKind::ErrorCell { cell: address.clone() },
                    Cell::Date(_) => continue,
                    Cell::Text(text) => {
                        // In a CSV file an unquoted comma moves every cell after it; in a workbook a note
                        // beside the table is harmless.
                        let outside = self.sheet.name.is_none() && *column > self.last_header();
                        let spoiled = known.and_then(|_| spoiled(text));
                        match spoiled.or(outside.then_some(ProblemKind::CellWithoutHeader)) {
                            Some(kind) => kind,
                            None => continue,
                        }
                    }
                };
                let column = known.map_or(address, |(_, _, header)| header.clone());
                let place = Place::Cell { sheet: self.sheet.name.clone(), row: row.number, column: Some(column) };
                problems.push(Problem { place, kind });
            }
        }
        problems
    }

    fn last_header(&self) -> u32 {
        self.sheet.rows[self.header_place].cells.last().map_or(0, |(column, _)| *column)
    }
}

/// What a header is compared by: its words without remarks in brackets, without what follows a dash, and without
/// characters at the ends that are neither letters nor figures. `Đáp án đúng (A/B/C/D) *` is `dap an dung`.
pub(crate) fn header_key(written: &str) -> String {
    let mut depth = 0_u32;
    let outside: String = clean(written)
        .chars()
        .filter(|c| {
            depth = if *c == '(' || *c == '[' { depth + 1 } else { depth };
            let keep = depth == 0;
            depth = if *c == ')' || *c == ']' { depth.saturating_sub(1) } else { depth };
            keep
        })
        .collect();
    let key = search_key(&outside);
    let key = key.split(" - ").next().unwrap_or_default();
    key.trim_matches(|c: char| !c.is_alphanumeric()).to_owned()
}

/// Why no header of a file is understood: its letters are not what they were.
fn spoiled_headers(sheets: &[Worksheet]) -> Option<Problem> {
    let rows = sheets.iter().flat_map(|sheet| sheet.rows.iter().take(TITLE_ROWS).map(move |row| (sheet, row)));
    rows.flat_map(|(sheet, row)| row.cells.iter().map(move |cell| (sheet, row, cell))).find_map(|(sheet, row, cell)| {
        let (column, Cell::Text(text)) = cell else { return None };
        let column = Some(address(row.number - 1, *column));
        let place = Place::Cell { sheet: sheet.name.clone(), row: row.number, column };
        spoiled(text).map(|kind| Problem { place, kind })
    })
}

/// Whether a text was typed for a font from before Unicode, or lost its letters on the way.
fn spoiled(text: &str) -> Option<ProblemKind> {
    if looks_legacy_encoded(text) {
        Some(ProblemKind::LegacyEncoding)
    } else {
        looks_broken(text).then_some(ProblemKind::BrokenText)
    }
}

/// One row of a [`Table`].
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableRow<'a> {
    table: &'a Table<'a>,
    row: &'a Row,
}

impl TableRow<'_> {
    /// The row's number as Excel counts.
    pub(crate) fn number(&self) -> u32 {
        self.row.number
    }

    /// The row as a whole.
    pub(crate) fn place(&self) -> Place {
        Place::Cell { sheet: self.table.sheet.name.clone(), row: self.row.number, column: None }
    }

    /// The cell in a column; empty where the table has no such column, and refused where [`Table::unreadable`]
    /// names it.
    pub(crate) fn cell(&self, header: Header) -> Written {
        self.written(header.key)
    }

    fn written(&self, key: &str) -> Written {
        let column = self.table.columns.iter().find(|(known, _, _)| *known == key);
        let header = column.map(|(_, _, header)| header.clone());
        let place = Place::Cell { sheet: self.table.sheet.name.clone(), row: self.row.number, column: header };
        let found = column.and_then(|(_, at, _)| self.row.cells.iter().find(|(number, _)| number == at));
        let text = match found {
            Some((_, Cell::Text(text) | Cell::Date(text))) => clean(text),
            _ => String::new(),
        };
        Written { text, place, refused: matches!(found, Some((_, Cell::Formula | Cell::Error))) }
    }
}

/// A row that may be the headers.
struct Candidate<'a> {
    sheet: &'a Worksheet,
    header_place: usize,
    columns: Vec<(&'static str, u32, String)>,
    missing: Vec<&'static str>,
    doubled: Vec<String>,
}

impl<'a> Candidate<'a> {
    fn table(&self) -> Table<'a> {
        Table { sheet: self.sheet, columns: self.columns.clone(), header_place: self.header_place }
    }

    fn place(&self, column: Option<String>) -> Place {
        let row = self.sheet.rows[self.header_place].number;
        Place::Cell { sheet: self.sheet.name.clone(), row, column }
    }

    fn missing(&self) -> Vec<Problem> {
        let problem = |&header: &&'static str| Problem {
            place: self.place(Some(header.to_owned())),
            kind: ProblemKind::MissingColumn { header },
        };
        self.missing.iter().map(problem).collect()
    }

    fn doubled(&self) -> Vec<Problem> {
        let problem =
            |header: &String| Problem { place: self.place(Some(header.clone())), kind: ProblemKind::DuplicateColumn };
        self.doubled.iter().map(problem).collect()
    }

    /// The row near the top of a sheet with most known headers, if it has at least one required one.
    fn best_of(sheet: &'a Worksheet, known: &'static [Column]) -> Option<Self> {
        let rows = 0..sheet.rows.len().min(TITLE_ROWS);
        let candidates = rows.filter_map(|place| Self::at(sheet, place, known));
        // Of equal rows the upper one.
        candidates.reduce(|best, next| if next.columns.len() > best.columns.len() { next } else { best })
    }

    fn at(sheet: &'a Worksheet, header_place: usize, known: &'static [Column]) -> Option<Self> {
        let mut columns: Vec<(&'static str, u32, String)> = Vec::new();
        let mut doubled = Vec::new();
        for (at, cell) in &sheet.rows[header_place].cells {
            let Cell::Text(written) = cell else { continue };
            let name = header_key(written);
            let Some(header) =
                known.iter().map(|column| column.header).find(|header| header.names.contains(&name.as_str()))
            else {
                continue;
            };
            if columns.iter().any(|(key, _, _)| *key == header.key) {
                doubled.push(clean(written));
            } else {
                columns.push((header.key, *at, clean(written)));
            }
        }
        let has = |column: &&Column| columns.iter().any(|(key, _, _)| *key == column.header.key);
        let required: Vec<&Column> = known.iter().filter(|column| column.is_required).collect();
        let (found, missing): (Vec<&Column>, Vec<&Column>) = required.into_iter().partition(has);
        let missing = missing.into_iter().map(|column| column.header.shown).collect();
        // One match alone is chance: `Tên` heads any list. So are letters alone: `A`, `B` may be answers.
        let telling = found.iter().any(|column| column.header.key.len() > 1) && columns.len() >= 2;
        telling.then_some(Self { sheet, header_place, columns, missing, doubled })
    }
}

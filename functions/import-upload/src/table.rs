//! The table of an upload: the sheet that has its headers, whatever their order, language and case.

mod candidate;

use crate::readers::{Cell, Marks, Row, Unsure, Worksheet, address};
use candidate::{Candidate, TITLE_ROWS};
use contest::problem::{Place, Problem, ProblemKind, Written};
use contest::text::{clean, clean_lines, looks_broken, looks_legacy_encoded, search_key};
use documents::words::import::headers::Header;
use std::collections::BTreeSet;

/// A column that a table may have. What it is understood by are [`header_key`]s.
#[derive(Debug)]
pub(crate) struct Column {
    header: Header,
    is_required: bool,
    /// Whether a formula in it is no content: numbers of rows are.
    is_counted: bool,
}

impl Column {
    /// A column without which a table is refused.
    pub(crate) const fn required(header: Header) -> Self {
        Self { header, is_required: true, is_counted: false }
    }

    /// A column that may be missing.
    pub(crate) const fn optional(header: Header) -> Self {
        Self { header, is_required: false, is_counted: false }
    }

    /// A column that may be missing, and whose numbers a program may compute.
    pub(crate) const fn counted(header: Header) -> Self {
        Self { header, is_required: false, is_counted: true }
    }
}

/// The rows below the headers.
#[derive(Debug)]
pub(crate) struct Table<'a> {
    sheet: &'a Worksheet,
    /// Number and header as written of every known column, by [`Header::key`].
    columns: Vec<(&'static str, u32, String)>,
    /// Every header as written, by its column.
    headers: Vec<(u32, String)>,
    /// Columns whose formulas are no content.
    counted: Vec<u32>,
    /// Place of the headers, of the lower ones where there are two rows of them.
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

    /// Cells of known columns of which it is not sure what they show: `2/9` is a date where a text was meant.
    pub(crate) fn unsure(&self) -> Vec<(Written, Unsure)> {
        let mut unsure = Vec::new();
        for row in self.rows() {
            for (at, cell) in &row.row.cells {
                let known = self.columns.iter().find(|(_, known, _)| known == at);
                if let (Cell::Unsure { why, .. }, Some((key, ..))) = (cell, known) {
                    unsure.push((row.written(key, clean), *why));
                }
            }
        }
        unsure
    }

    /// Columns with a header that is not understood and text below it, by their headers.
    pub(crate) fn unread_columns(&self) -> Vec<Written> {
        let rows = &self.sheet.rows[self.header_place + 1..];
        let is_unread = |at: u32| {
            let has_text = rows.iter().any(|row| row.cells.iter().any(|(column, _)| *column == at));
            has_text && self.columns.iter().all(|(_, known, _)| *known != at)
        };
        let unread = self.headers.iter().filter(|(at, _)| is_unread(*at));
        let written = unread.map(|(_, text)| {
            let (sheet, column) = (self.sheet.name.clone(), Some(text.clone()));
            let place = Place::Cell { sheet, row: self.sheet.rows[self.header_place].number, column };
            Written { text: text.clone(), place, refused: false }
        });
        written.collect()
    }

    /// A warning for each of [`Table::unread_columns`], and one for rows that nobody sees.
    pub(crate) fn warnings(&self) -> Vec<Problem> {
        let rows: Vec<u32> =
            self.rows().map(|row| row.number()).filter(|row| self.sheet.looks.hidden_rows.contains(row)).collect();
        let place = self.sheet.name.clone().map_or(Place::File, Place::Sheet);
        let hidden = (!rows.is_empty()).then_some(Problem { place, kind: ProblemKind::HiddenRows { rows } });
        let unread = self.unread_columns().into_iter().map(|header| header.problem(ProblemKind::ColumnNotRead));
        unread.chain(hidden).collect()
    }

    /// An error for each picture that lies over the rows.
    pub(crate) fn pictures(&self) -> Vec<Problem> {
        let rows = || self.rows().map(|row| row.number());
        let (Some(first), Some(last)) = (rows().next(), rows().last()) else { return Vec::new() };
        let over = self.sheet.looks.pictures.iter().filter(|rows| *rows.start() <= last && *rows.end() >= first);
        let rows: BTreeSet<u32> = over.map(|rows| first.max(*rows.start())).collect();
        let problem = |row: u32| {
            let place = Place::Cell { sheet: self.sheet.name.clone(), row, column: None };
            Problem { place, kind: ProblemKind::Picture }
        };
        rows.into_iter().map(problem).collect()
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

    /// Cells that make the table unreadable: formulas, errors, old encodings, text without a header. What a workbook has
    /// beside the table is no part of it.
    pub(crate) fn unreadable(&self) -> Vec<Problem> {
        let mut problems = Vec::new();
        for row in &self.sheet.rows[self.header_place + 1..] {
            for (column, cell) in &row.cells {
                let known = self.columns.iter().find(|(_, at, _)| at == column);
                let address = address(row.number - 1, *column);
                let is_content = known.is_some() && !self.counted.contains(column);
                let kind = match cell {
                    Cell::Formula if is_content => ProblemKind::FormulaCell { cell: address.clone() },
                    Cell::Error if is_content => ProblemKind::ErrorCell { cell: address.clone() },
                    Cell::Formula | Cell::Error | Cell::Unsure { .. } => continue,
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
        self.headers.last().map_or(0, |(column, _)| *column)
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
        self.written(header.key, clean)
    }

    /// The cell in a column with the lines that it has.
    pub(crate) fn lines(&self, header: Header) -> Written {
        self.written(header.key, clean_lines)
    }

    /// The cell in a column, or the one with which it is joined.
    pub(crate) fn joined(&self, header: Header) -> Written {
        let own = self.cell(header);
        let Some(at) = self.column(header).filter(|_| own.is_missing()) else { return own };
        let sheet = self.table.sheet;
        let whole = sheet.looks.merged.iter().find(|m| m.rows.contains(&self.row.number) && m.columns.contains(&at));
        let above = whole.and_then(|whole| sheet.rows.iter().find(|row| row.number == *whole.rows.start()));
        above.map_or(own, |row| TableRow { table: self.table, row }.cell(header))
    }

    /// How the cell in a column is marked.
    pub(crate) fn marks(&self, header: Header) -> Marks {
        let marks = self.column(header).and_then(|at| self.table.sheet.looks.marks.get(&(self.row.number, at)));
        marks.copied().unwrap_or_default()
    }

    /// Whether the row says the headers again.
    pub(crate) fn repeats_headers(&self) -> bool {
        let known = self.table.columns.iter().filter_map(|(key, at, header)| {
            let (_, cell) = self.row.cells.iter().find(|(column, _)| column == at)?;
            Some((key, header, cell))
        });
        let same = |(_, header, cell): (&&str, &String, &Cell)| match cell {
            Cell::Text(text) => header_key(text) == header_key(header),
            Cell::Unsure { .. } | Cell::Formula | Cell::Error => false,
        };
        let cells: Vec<bool> = known.map(same).collect();
        cells.len() >= 2 && cells.iter().all(|same| *same)
    }

    fn column(&self, header: Header) -> Option<u32> {
        self.table.columns.iter().find(|(known, _, _)| *known == header.key).map(|(_, at, _)| *at)
    }

    fn written(&self, key: &str, clean: fn(&str) -> String) -> Written {
        let column = self.table.columns.iter().find(|(known, _, _)| *known == key);
        let header = column.map(|(_, _, header)| header.clone());
        let place = Place::Cell { sheet: self.table.sheet.name.clone(), row: self.row.number, column: header };
        let found = column.and_then(|(_, at, _)| self.row.cells.iter().find(|(number, _)| number == at));
        let text = match found {
            Some((_, Cell::Text(text) | Cell::Unsure { text, .. })) => clean(text),
            _ => String::new(),
        };
        Written { text, place, refused: matches!(found, Some((_, Cell::Formula | Cell::Error))) }
    }
}

//! The tables of a contest folder, each judged row by row with every fault at once
//! (`CONTRACT.md` 3.3).

use crate::readers::{self, Format, Worksheet};
use crate::table::{Column, Table, TableRow};
use contest::bank::{ReadQuestion, Tally};
use contest::problem::{Problem, ProblemKind, Written};
use documents::report::BankRead;
use documents::words::import::headers::Header;
use std::collections::HashMap;

/// What reading one table leads to.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The content, where there are no errors. Where there are, it may be what other files are judged against all the same,
    /// so that one slip hides no other.
    pub content: Option<T>,
    /// Rows below the headers.
    pub rows: u64,
    /// Names of the sheets that were read.
    pub sheets: Vec<String>,
    /// Of a bank the questions that can be read, whatever is wrong with others.
    pub parts: Vec<BankPart>,
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

/// What can be read of one bank of a file.
#[derive(Clone, Debug)]
pub struct BankPart {
    /// The sheet that holds it; `None` where the file is one bank.
    pub sheet: Option<String>,
    /// In the order of the file.
    pub questions: Vec<ReadQuestion>,
}

impl<T> Reading<T> {
    /// What was read of a bank, in figures; nothing where the file is none, or nothing of it can be read.
    pub fn bank_read(&self) -> Option<BankRead> {
        let parts = self.parts.iter().map(|part| (part.sheet.as_deref(), Tally::of(&part.questions)));
        (!self.parts.is_empty()).then(|| BankRead::of(parts, &self.warnings))
    }

    /// A file that cannot be read at all.
    pub fn unreadable(errors: Vec<Problem>) -> Self {
        Self { content: None, rows: 0, sheets: Vec::new(), parts: Vec::new(), errors, warnings: Vec::new() }
    }

    /// The reading with its content as something else.
    pub(crate) fn map<U>(self, of: impl FnOnce(T) -> U) -> Reading<U> {
        let Self { content, rows, sheets, parts, errors, warnings } = self;
        Reading { content: content.map(of), rows, sheets, parts, errors, warnings }
    }

    /// A table, or what can be read of one with errors; these are put in the order of rows.
    pub(crate) fn of(content: T, table: &Table<'_>, mut errors: Vec<Problem>, mut warnings: Vec<Problem>) -> Self {
        warnings.extend(table.warnings());
        errors.sort_by_key(|problem| problem.place.row());
        Self {
            content: Some(content),
            rows: table.rows().count() as u64,
            sheets: table.sheet().into_iter().collect(),
            parts: Vec::new(),
            errors,
            warnings,
        }
    }
}

impl<T> Reading<Vec<T>> {
    /// The reading of a list of which the last line may be taken away again; nobody means a roster, units or a bank
    /// without a row.
    pub(crate) fn or_empty(self) -> Self {
        match self.errors.as_slice() {
            [Problem { kind: ProblemKind::NoRows, .. }] => {
                Self { content: Some(Vec::new()), errors: Vec::new(), ..self }
            }
            _ => self,
        }
    }
}

/// Reads a workbook or a CSV file, and names what of it was passed over.
pub(crate) fn of_sheets<T>(format: Format, bytes: &[u8], read: impl FnOnce(&[Worksheet]) -> Reading<T>) -> Reading<T> {
    match readers::read(format, bytes) {
        Ok(all) => {
            let mut reading = read(&all);
            reading.warnings.extend(not_read(&all, &reading.sheets, reading.content.is_some()));
            reading
        }
        Err(problems) => Reading::unreadable(problems),
    }
}

/// Names every sheet that was not read: the hidden ones, and beside a table those that are none.
fn not_read(all: &[Worksheet], read: &[String], has_table: bool) -> Vec<Problem> {
    let problem = |sheet: &Worksheet| {
        let name = contest::text::clean(sheet.name.as_deref()?);
        let seen = has_table && !sheet.rows.is_empty() && !read.contains(&name);
        match sheet.hidden {
            true => Some(Problem::of_file(ProblemKind::HiddenSheet { sheet: name })),
            false => seen.then(|| Problem::of_file(ProblemKind::SheetNotRead { sheet: name })),
        }
    };
    all.iter().filter_map(problem).collect()
}

/// One row of a table while it is read, with what was found up to it.
pub(crate) struct Line<'a> {
    pub(crate) row: TableRow<'a>,
    pub(crate) errors: &'a mut Vec<Problem>,
    pub(crate) warnings: &'a mut Vec<Problem>,
    /// Values that must differ from row to row, by column, with the row of the first.
    seen: &'a mut HashMap<(&'static str, String), u32>,
}

/// Reads a table in which each row says something by itself; there are lines exactly where there are no errors.
pub(crate) fn read_lines<T>(
    format: Format,
    bytes: &[u8],
    columns: &'static [Column],
    read: impl Fn(&mut Line<'_>) -> Option<T>,
) -> Reading<Vec<T>> {
    let reading = read_all_lines(format, bytes, columns, read);
    Reading { content: reading.content.filter(|_| reading.errors.is_empty()), ..reading }
}

/// The same with what can be read of a table with errors.
pub(crate) fn read_all_lines<T>(
    format: Format,
    bytes: &[u8],
    columns: &'static [Column],
    read: impl Fn(&mut Line<'_>) -> Option<T>,
) -> Reading<Vec<T>> {
    of_sheets(format, bytes, |sheets| {
        let table = match Table::find(sheets, columns) {
            Ok(table) => table,
            Err(problems) => return Reading::unreadable(problems),
        };
        let (mut errors, mut warnings, mut seen) = (table.unreadable(), Vec::new(), HashMap::new());
        let mut lines = Vec::new();
        for row in table.rows() {
            lines.extend(read(&mut Line { row, errors: &mut errors, warnings: &mut warnings, seen: &mut seen }));
        }
        Reading::of(lines, &table, errors, warnings)
    })
}

impl Line<'_> {
    /// A value that must be there.
    pub(crate) fn required<T>(
        &mut self,
        header: Header,
        parse: impl FnOnce(&str) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        let cell = self.row.cell(header);
        if cell.is_missing() {
            self.errors.push(cell.problem(ProblemKind::Empty));
        }
        self.parsed(&cell, parse)
    }

    /// A value that may be missing.
    pub(crate) fn optional<T>(
        &mut self,
        header: Header,
        parse: impl FnOnce(&str) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        self.parsed(&self.row.cell(header), parse)
    }

    /// A value that may be missing, and that no other row has.
    pub(crate) fn unique<T>(
        &mut self,
        header: Header,
        parse: impl FnOnce(&str) -> Result<T, ProblemKind>,
    ) -> Option<T> {
        let cell = self.row.cell(header);
        let value = self.parsed(&cell, parse)?;
        if let Some(first_row) = self.seen.insert((header.key, cell.text.clone()), self.row.number()) {
            let kind = ProblemKind::Duplicate { value: cell.text.clone(), first_row: Some(first_row) };
            self.errors.push(cell.problem(kind));
        }
        Some(value)
    }

    fn parsed<T>(&mut self, cell: &Written, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T> {
        parse(cell.some()?).map_err(|kind| self.errors.push(cell.problem(kind))).ok()
    }
}

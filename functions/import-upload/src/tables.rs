//! The tables of a contest folder, each judged row by row with every fault at once
//! (`CONTRACT.md` 3.3).

pub mod people;
pub mod reveals;
pub mod units;

use crate::readers::{self, Format, Worksheet};
use crate::table::Table;
use contest::problem::{Problem, ProblemKind};

/// What reading one table leads to.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The content, present exactly where there are no errors.
    pub content: Option<T>,
    /// What could be read of a plan with errors, to judge it and others against each other.
    pub draft: Option<T>,
    /// Rows below the headers.
    pub rows: u64,
    /// Names of the sheets that were read.
    pub sheets: Vec<String>,
    /// Every error.
    pub errors: Vec<Problem>,
    /// Every warning.
    pub warnings: Vec<Problem>,
}

impl<T> Reading<T> {
    /// A file that cannot be read at all.
    pub fn unreadable(errors: Vec<Problem>) -> Self {
        Self { content: None, draft: None, rows: 0, sheets: Vec::new(), errors, warnings: Vec::new() }
    }

    /// The reading with its content as something else.
    pub(crate) fn map<U>(self, of: impl Fn(T) -> U) -> Reading<U> {
        let Self { content, draft, rows, sheets, errors, warnings } = self;
        Reading { content: content.map(&of), draft: draft.map(of), rows, sheets, errors, warnings }
    }

    /// A table that was read; errors are put in the order of rows.
    fn of(content: T, table: &Table<'_>, mut errors: Vec<Problem>, mut warnings: Vec<Problem>) -> Self {
        warnings.extend(table.unread());
        errors.sort_by_key(|problem| problem.place.row());
        Self {
            content: errors.is_empty().then_some(content),
            draft: None,
            rows: table.rows().count() as u64,
            sheets: table.sheet().into_iter().collect(),
            errors,
            warnings,
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

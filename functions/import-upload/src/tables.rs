//! The tables of a contest folder, each judged row by row with every fault at once
//! (`CONTRACT.md` 3.3).

pub mod bank;
pub mod people;
pub mod reveals;
pub mod units;

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
    /// Every doubt.
    pub warnings: Vec<Problem>,
}

impl<T> Reading<T> {
    /// A file that cannot be read at all.
    pub fn unreadable(errors: Vec<Problem>) -> Self {
        Self { content: None, draft: None, rows: 0, sheets: Vec::new(), errors, warnings: Vec::new() }
    }

    /// A table that was read; errors are put in the order of rows.
    fn of(content: T, table: &Table<'_>, mut errors: Vec<Problem>, mut warnings: Vec<Problem>) -> Self {
        warnings.extend(table.unread_columns().iter().map(|header| header.problem(ProblemKind::ColumnNotRead)));
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

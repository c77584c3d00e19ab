//! The tables of a contest folder, each judged row by row with every fault at once
//! (`CONTRACT.md` 3.3).

pub mod bank;
pub mod people;
pub mod reveals;
pub mod units;

use contest::problem::Problem;

/// What reading one table leads to.
#[derive(Clone, Debug)]
pub struct Reading<T> {
    /// The content, present exactly where there are no errors.
    pub content: Option<T>,
    /// Rows below the headers.
    pub rows: u64,
    /// Every error.
    pub errors: Vec<Problem>,
    /// Every doubt.
    pub warnings: Vec<Problem>,
}

impl<T> Reading<T> {
    /// A file that cannot be read at all.
    pub fn unreadable(errors: Vec<Problem>) -> Self {
        Self { content: None, rows: 0, errors, warnings: Vec::new() }
    }

    /// A table that was read; errors are put in the order of rows.
    fn of(content: T, rows: u64, mut errors: Vec<Problem>, warnings: Vec<Problem>) -> Self {
        errors.sort_by_key(|problem| problem.place.row);
        Self { content: errors.is_empty().then_some(content), rows, errors, warnings }
    }
}

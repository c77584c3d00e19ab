//! What has a place: a problem, and a piece of text that may have one.

use super::{Place, ProblemKind};

/// One error or warning, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it stands.
    pub place: Place,
    /// What it is.
    pub kind: ProblemKind,
}

impl Problem {
    /// A problem of the file as a whole.
    pub fn of_file(kind: ProblemKind) -> Self {
        Self { place: Place::File, kind }
    }

    /// A problem in one cell of a table without sheets; the row counted from 1.
    pub fn at(row: u32, column: impl Into<String>, kind: ProblemKind) -> Self {
        Self { place: Place::Cell { sheet: None, row, column: Some(column.into()) }, kind }
    }
}

/// What stands at some place of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The text, cleaned; empty where nothing stands.
    pub text: String,
    /// Where it stands, or would.
    pub place: Place,
    /// Whether the reader has refused what stands there, so that nothing more is said of it.
    pub refused: bool,
}

impl Written {
    /// A problem with this piece.
    pub fn problem(&self, kind: ProblemKind) -> Problem {
        Problem { place: self.place.clone(), kind }
    }

    /// The text, or `None` where it is empty.
    pub fn some(&self) -> Option<&str> {
        (!self.text.is_empty()).then_some(&self.text)
    }

    /// Whether nothing is written here, and nothing refused.
    pub fn is_missing(&self) -> bool {
        self.text.is_empty() && !self.refused
    }
}

//! Questions as they are written, before anything is judged.

use super::OptionSet;
use crate::problem::{Place, Written};

/// One question of a file, of whatever format: a reader says what is written and where, and [`super::check`] says what
/// it means and whether it will do. So a rule about questions stands once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuestionDraft {
    /// Where the question stands as a whole.
    pub place: Place,
    /// Its number or identifier; `None` in a file that numbers no question.
    pub number: Option<Written>,
    /// What is asked.
    pub stem: Written,
    /// The options in order; empty ones at the end are none.
    pub options: Vec<Written>,
    /// The right options: letters, numbers, or the whole text of one.
    pub answer: Written,
    /// The right options where the format marks each of them by itself, options that are there: then nothing is to be
    /// understood, and `answer` is only the place.
    pub right: Option<OptionSet>,
    /// Why they are right.
    pub explanation: Option<String>,
    /// The document and article.
    pub source: Option<String>,
    /// Topic for quotas.
    pub topic: Option<String>,
    /// How hard it is said to be. Nothing is drawn by it: it is told and counted.
    pub level: Option<String>,
    /// Whether the options are to stand in this order on every paper.
    pub fixed_order: bool,
}

//! What a document was found to hold, before anything is judged.

use super::question::RawQuestion;
use contest::bank::OptionSet;
use contest::problem::{ContentFault, Place, Problem, ProblemKind, QuestionPlace};
use documents::words::import::content as words;

/// What the answers behind the questions say of one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct KeyEntry {
    pub(super) number: u32,
    pub(super) right: OptionSet,
}

/// Everything that was found.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) questions: Vec<RawQuestion>,
    /// Answers behind questions, with the questions that they are about.
    pub(super) entries: Vec<(usize, KeyEntry)>,
    pub(super) errors: Vec<Problem>,
    pub(super) warnings: Vec<Problem>,
    /// Whether the last warning is about lines that stand just above.
    pub(super) in_headings: bool,
}

impl Found {
    /// Lines that are passed over: one warning for all that follow each other.
    pub(super) fn heading(&mut self) {
        if !self.in_headings {
            let place = self.place_between();
            let kind = ProblemKind::Content(ContentFault::HeadingNotRead);
            self.warnings.push(Problem { place, kind });
        }
        self.in_headings = true;
    }

    /// Something else has begun.
    pub(super) fn end_headings(&mut self) {
        self.in_headings = false;
    }

    /// A fault of what stands outside questions.
    pub(super) fn fault_between(&mut self, kind: ProblemKind) {
        let place = self.place_between();
        let problem = Problem { place, kind };
        if self.errors.last() != Some(&problem) {
            self.errors.push(problem);
        }
    }

    fn place_between(&self) -> Place {
        let last = self.questions.last();
        let number = last.map(RawQuestion::shown_number);
        Place::Question(Box::new(QuestionPlace {
            part: last.and_then(|question| question.part.clone()),
            number: None,
            piece: Some(words::place_between(number)),
        }))
    }
}

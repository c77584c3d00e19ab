//! Question banks: the questions that contestants see, and apart from them the key that they must
//! not see before the round is closed. Readers of files give drafts, and one judge makes both of them.

mod answer;
mod check;
mod draft;
mod format;
mod marks;
mod position;
mod tally;

pub use answer::{Answer, AnswerFault, is_numbers, read_answer};
pub use check::{Checked, ReadQuestion, check};
pub use draft::QuestionDraft;
pub use format::BankFormat;
pub use marks::{without_letters, without_number};
pub use position::speaks_of_others;
pub use tally::Tally;

use crate::ids::QuestionId;
use std::collections::BTreeMap;

/// A question without its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicQuestion {
    /// Identifier in the bank.
    pub id: QuestionId,
    /// The question.
    pub text: String,
    /// The options in the order of the file; option 0 is `a`.
    pub options: Vec<String>,
    /// How many options are right, at least 1: shown, so that a contestant knows how many to choose.
    pub choose: u8,
    /// Topic for quotas.
    pub topic: Option<String>,
    /// Whether the options stand in this order on every paper.
    pub fixed_order: bool,
}

/// What everyone may know of a bank before its round is over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankFacts {
    /// Questions in the bank.
    pub question_count: u64,
    /// Commitment to the answer key ([`crate::seal::key_commitment`]), 64 lower-case hexadecimal digits.
    pub key_commitment: String,
}

/// What two questions that ask the same have in common: the text, whatever its capitals, and the options
/// in any order. Capitals of options may be what is asked for.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Likeness(String, Vec<String>);

impl Likeness {
    /// The likeness of a question.
    pub fn of(text: &str, options: &[String]) -> Self {
        let mut options = options.to_vec();
        options.sort_unstable();
        Self(text.to_lowercase(), options)
    }
}

/// A set of options of one question: bit 0 is `a`. Empty where the question was left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OptionSet(pub u8);

impl OptionSet {
    /// The set without options: an unanswered question.
    pub const EMPTY: Self = Self(0);

    /// The place of an option's letter, `a` to `f` in either case.
    pub fn place_of(letter: &str) -> Option<u8> {
        match letter.as_bytes() {
            [byte] => match byte.to_ascii_lowercase() {
                lower @ b'a'..=b'f' => Some(lower - b'a'),
                _ => None,
            },
            _ => None,
        }
    }

    /// This set with the option at a place (0 to 5).
    pub const fn with(self, place: u8) -> Self {
        Self(self.0 | (1 << place))
    }

    /// Whether the option at a place is in the set.
    pub const fn contains(self, place: u8) -> bool {
        self.0 & (1 << place) != 0
    }

    /// How many options are in the set.
    pub const fn len(self) -> u32 {
        self.0.count_ones()
    }

    /// Whether nothing was chosen.
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// The set of these letters; `None` where one of them is no letter of an option.
    pub fn of_letters<'a>(letters: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        letters.into_iter().try_fold(Self::EMPTY, |set, letter| Some(set.with(Self::place_of(letter)?)))
    }

    /// The letters in order: `["a", "c"]`.
    pub fn letters(self) -> impl Iterator<Item = &'static str> {
        (0..6u8).filter(move |&place| self.contains(place)).map(|place| LETTERS[place as usize])
    }
}

/// Identifiers of options on the wire.
pub const LETTERS: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

/// The right options of every question of a bank, ordered by question so that it has one form.
pub type AnswerKey = BTreeMap<QuestionId, OptionSet>;

/// What an upload holds before it is parted into questions and key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bank {
    /// Questions in the order of the file.
    pub questions: Vec<PublicQuestion>,
    /// The key, in which every question of the bank has at least one right option.
    pub key: AnswerKey,
    /// Explanation and source of each question, published with the key.
    pub notes: BTreeMap<QuestionId, Notes>,
    /// How hard each question is said to be, where the file says it.
    pub levels: BTreeMap<QuestionId, String>,
}

/// What is told about a question once its key is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes {
    /// Why the right options are right.
    pub explanation: Option<String>,
    /// The document and article.
    pub source: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_counts_its_options() {
        let set = OptionSet::EMPTY.with(0).with(2).with(2).with(5);
        assert_eq!((OptionSet::EMPTY.len(), set.len()), (0, 3));
        assert_eq!(set.letters().collect::<String>(), "acf");
        assert!(set.contains(5) && !set.contains(1) && !set.is_empty());
    }
}

//! Marks that are looks: an underlined letter, a coloured option.
//!
//! A look is a mark where at least one option of a question has it and not all. Underline, colour and background come
//! first; bold and italic count only in files that mark by none of those, since they are layout everywhere else.

use super::lines::Letter;
use super::question::{RawOption, RawQuestion};
use crate::readers::docx::{Colour, Look};
use contest::bank::OptionSet;
use contest::problem::AnswerSource;

/// What a look says of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// These options have it.
    Options(OptionSet),
    /// Options have it in different colours, or letters and texts differ.
    Different,
    /// Only words of some options have it.
    Part,
}

const STRONG: [AnswerSource; 3] = [AnswerSource::Underline, AnswerSource::Colour, AnswerSource::Background];
const WEAK: [AnswerSource; 2] = [AnswerSource::Bold, AnswerSource::Italic];

/// Which looks are marks in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Marking {
    /// Underline, colour and background.
    Strong,
    /// Bold and italic as well.
    Any,
}

impl Marking {
    /// What the questions of a file are marked by.
    pub(super) fn of(questions: &[RawQuestion]) -> Self {
        let is_strong = |question: &RawQuestion| STRONG.iter().any(|source| mark(question, *source).is_some());
        if questions.iter().any(is_strong) { Self::Strong } else { Self::Any }
    }
}

/// Every mark of a question.
pub(super) fn marks(question: &RawQuestion, marking: Marking) -> Vec<(AnswerSource, Mark)> {
    let weak = WEAK.into_iter().filter(|_| marking == Marking::Any);
    STRONG.into_iter().chain(weak).filter_map(|source| Some((source, mark(question, source)?))).collect()
}

/// How much of something has a look; colours differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Extent {
    None,
    Part,
    Whole(Option<Colour>),
}

fn mark(question: &RawQuestion, source: AnswerSource) -> Option<Mark> {
    let texts: Vec<Extent> = question.options.iter().map(|option| of_text(option, source)).collect();
    let letters: Vec<Extent> = question.options.iter().map(|option| of_letter(option, source)).collect();
    match (judged(&texts), judged(&letters)) {
        (None, found) | (found, None) => found,
        (Some(text), Some(letter)) if text == letter => Some(text),
        // A letter that is marked says enough where the words are marked in part.
        (Some(Mark::Part), Some(Mark::Options(right))) if part_is_within(&texts, right) => Some(Mark::Options(right)),
        (Some(Mark::Part), Some(_)) => Some(Mark::Part),
        (Some(_), Some(_)) => Some(Mark::Different),
    }
}

fn part_is_within(texts: &[Extent], right: OptionSet) -> bool {
    (0..6).zip(texts).all(|(place, extent)| *extent == Extent::None || right.contains(place))
}

fn judged(extents: &[Extent]) -> Option<Mark> {
    let whole: Vec<(u8, Option<Colour>)> = (0..6)
        .zip(extents)
        .filter_map(|(at, e)| if let Extent::Whole(colour) = e { Some((at, *colour)) } else { None })
        .collect();
    let parts = extents.iter().filter(|extent| **extent == Extent::Part).count();
    let is_one_colour = whole.iter().all(|(_, colour)| *colour == whole[0].1);
    match (whole.len(), parts) {
        (0, 0) => None,
        // Words of every option are stressed, as in questions about pronunciation.
        (0, parts) if parts == extents.len() => None,
        (_, 1..) => Some(Mark::Part),
        (all, 0) if all == extents.len() => (!is_one_colour).then_some(Mark::Different),
        _ if !is_one_colour => Some(Mark::Different),
        _ => Some(Mark::Options(whole.iter().fold(OptionSet::EMPTY, |set, (at, _)| set.with(*at)))),
    }
}

fn of_letter(option: &RawOption, source: AnswerSource) -> Extent {
    option.letter.map_or(Extent::None, |letter| extent(&[letter], source))
}

fn of_text(option: &RawOption, source: AnswerSource) -> Extent {
    extent(&option.lines.concat(), source)
}

fn extent(letters: &[Letter], source: AnswerSource) -> Extent {
    let seen = || letters.iter().filter(|letter| !letter.c.is_whitespace());
    // Points and brackets at the ends are often left out of a mark.
    let has_words = seen().any(|letter| letter.c.is_alphanumeric());
    let telling = || seen().filter(|letter| !has_words || letter.c.is_alphanumeric());
    let marked: Vec<Option<Colour>> = telling().filter_map(|letter| has(letter.look, source)).collect();
    match marked.len() {
        0 => Extent::None,
        count if count < telling().count() => Extent::Part,
        _ if marked.iter().any(|colour| *colour != marked[0]) => Extent::Part,
        _ => Extent::Whole(marked[0]),
    }
}

/// Whether a character has a look, and in what colour.
fn has(look: Look, source: AnswerSource) -> Option<Option<Colour>> {
    let flag = |is: bool| is.then_some(None);
    match source {
        AnswerSource::Underline => flag(look.underline),
        AnswerSource::Colour => look.colour.map(Some),
        AnswerSource::Background => look.background.map(Some),
        AnswerSource::Bold => flag(look.bold),
        AnswerSource::Italic => flag(look.italic),
        AnswerSource::Star | AnswerSource::Line | AnswerSource::Table | AnswerSource::Repeated => None,
    }
}

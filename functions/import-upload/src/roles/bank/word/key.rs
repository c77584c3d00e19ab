//! Which options are right, from every place of a document that says so. All of them must agree.

use super::found::KeyEntry;
use super::lines::text;
use super::looks::{Mark, Marking, marks};
use super::question::{Piece, RawQuestion};
use contest::bank::{OptionSet, read_answer};
use contest::problem::{AnswerSource, ContentFault};

/// What is written as the answer of a question, for the judge.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// These options, for sure.
    Options(OptionSet),
    /// A text that only the judge can read.
    Text(String),
    /// It was refused, with a fault of the question.
    Refused,
}

/// The key of a question. `texts` are its options; `entries` are what answers behind the questions say of it.
pub(super) fn resolve(question: &mut RawQuestion, texts: &[String], marking: Marking, entries: &[&KeyEntry]) -> Key {
    let mut sources = written(question);
    let mut unread = None;
    for line in &question.answers {
        let line = text(line);
        match read_answer(&line, texts, false) {
            Ok(answer) => sources.push((AnswerSource::Line, answer.right)),
            Err(_) => unread = Some(line),
        }
    }
    sources.extend(entries.iter().map(|entry| (AnswerSource::Table, entry.right)));
    let mut faults = Vec::new();
    // Lines without letters have looks of their own; only what is written says what is right.
    if !question.has_no_letters || !sources.is_empty() {
        for (source, mark) in marks(question, marking) {
            match mark {
                Mark::Options(right) => sources.push((source, right)),
                Mark::Different => faults.push(ContentFault::AnswersContradict { first: source, second: source }),
                Mark::Part => faults.push(ContentFault::MarkOnPart { source }),
            }
        }
    }
    if let (Some((first, right)), true) = (sources.first().copied(), faults.is_empty()) {
        let other = sources.iter().find(|(_, other)| *other != right);
        faults.extend(other.map(|(second, _)| ContentFault::AnswersContradict { first, second: *second }));
    }
    if faults.is_empty() && sources.is_empty() && unread.is_none() {
        faults.push(ContentFault::NoAnswer);
    }
    if !faults.is_empty() {
        faults.into_iter().for_each(|fault| question.fault(Piece::Answer, fault));
        return Key::Refused;
    }
    match (unread, sources.first()) {
        (Some(text), _) => Key::Text(text),
        (None, Some((_, right))) => Key::Options(*right),
        (None, None) => Key::Refused,
    }
}

/// What stars say, and lines that repeat an option.
fn written(question: &RawQuestion) -> Vec<(AnswerSource, OptionSet)> {
    let set = |places: &mut dyn Iterator<Item = usize>| {
        places.filter_map(|at| u8::try_from(at).ok().filter(|at| *at < 6)).fold(OptionSet::EMPTY, OptionSet::with)
    };
    let starred = set(&mut (0..question.options.len()).filter(|&at| question.options[at].has_star));
    let repeated = set(&mut question.repeated.iter().copied());
    let sources = [(AnswerSource::Star, starred), (AnswerSource::Repeated, repeated)];
    sources.into_iter().filter(|(_, right)| !right.is_empty()).collect()
}

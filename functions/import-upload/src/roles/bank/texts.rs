//! Banks as other programs write them: a module for each format, each from a text to drafts.

mod aiken;
mod gift;
mod markup;
mod moodle;
mod qti;
mod weights;

use super::BankDraft;
use crate::readers::{decode, xml};
use contest::bank::{OptionSet, QuestionDraft};
use contest::limits::MAX_OPTIONS;
use contest::problem::{Place, Problem, ProblemKind, Written};
use contest::text::{clean, clean_lines, looks_broken, looks_legacy_encoded};
use documents::words::import::headers::bank::{FALSE, TRUE};
use std::borrow::Cow;

/// Most bytes of a text whose lines are questions.
pub(super) const MAX_TEXT_BYTES: usize = xml::MAX_TEXT_BYTES;

/// Reads GIFT.
pub(super) fn gift(bytes: &[u8]) -> Result<BankDraft, Problem> {
    Ok(gift::read(&lines(bytes)?))
}

/// Reads Aiken or GIFT, whichever the text is.
pub(super) fn aiken_or_gift(bytes: &[u8]) -> Result<BankDraft, Problem> {
    let text = lines(bytes)?;
    let begins = |is: fn(&str) -> bool| text.lines().any(is);
    if begins(|line| line.starts_with(aiken::ANSWER)) {
        return Ok(aiken::read(&text));
    }
    if text.contains('{') && text.contains('}') {
        return Ok(gift::read(&text));
    }
    match begins(aiken::starts_with_answer) {
        true => Ok(aiken::read(&text)),
        false => Err(Problem::of_file(ProblemKind::UnknownText)),
    }
}

/// Reads Moodle XML, or an item of QTI.
pub(super) fn xml(bytes: &[u8]) -> Result<BankDraft, Problem> {
    let root = xml::parse(&xml_text(bytes)?)?;
    match root.name.as_str() {
        "quiz" => Ok(moodle::read(&root)),
        _ => qti::item(&root, None),
    }
}

/// Reads a package of QTI.
pub(super) fn package(bytes: &[u8]) -> Result<BankDraft, Problem> {
    qti::package(bytes)
}

/// A text whose lines end alike.
fn lines(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > MAX_TEXT_BYTES {
        return Err(Problem::of_file(ProblemKind::FileTooLarge { most: MAX_TEXT_BYTES as u64 }));
    }
    Ok(decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n"))
}

/// The text of an XML file, which says itself in what it is written.
fn xml_text(bytes: &[u8]) -> Result<Cow<'_, str>, Problem> {
    let text = decode(bytes)?;
    let declared =
        text.trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")).and_then(|(head, _)| {
            let (_, value) = head.split_once("encoding")?;
            Some(value.trim_start_matches(['=', ' ', '"', '\'']).split(['"', '\'']).next()?.to_ascii_lowercase())
        });
    let is_true = declared.is_none_or(|name| match name.as_str() {
        "utf-8" | "utf8" => true,
        "utf-16" => matches!(text, Cow::Owned(_)),
        _ => text.is_ascii(),
    });
    if is_true { Ok(text) } else { Err(Problem::of_file(ProblemKind::NotUtf8)) }
}

/// Counted from 1.
fn line_number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}

/// The last step of `$course$/top/Lịch sử`, which is what a question is about.
fn topic(category: &str) -> Option<String> {
    // Two strokes stand for one in a name.
    let steps = category.replace("//", "\u{1}");
    let last = clean(&steps.rsplit('/').next()?.replace('\u{1}', "/"));
    (!last.is_empty() && last != "top" && !last.starts_with('$')).then_some(last)
}

/// A question while it is read.
struct Draft {
    place: Place,
    stem: String,
    options: Vec<Written>,
    right: OptionSet,
    answer: Place,
    explanation: Option<String>,
    topic: Option<String>,
    fixed_order: bool,
}

impl Draft {
    fn new(place: Place, stem: &str) -> Self {
        let (answer, options) = (place.clone(), Vec::new());
        let (right, explanation, topic) = (OptionSet::EMPTY, None, None);
        Self { place, stem: clean_lines(stem), options, right, answer, explanation, topic, fixed_order: false }
    }

    fn option(&mut self, place: Place, text: &str) {
        self.options.push(Written { text: clean_lines(text), place, refused: false });
    }

    /// An option, and whether it is right. The judge refuses more options than there are letters for.
    fn choice(&mut self, place: Place, text: &str, is_right: bool) {
        let letter = u8::try_from(self.options.len()).ok().filter(|letter| usize::from(*letter) < MAX_OPTIONS);
        if let Some(letter) = letter.filter(|_| is_right) {
            self.right = self.right.with(letter);
        }
        self.option(place, text);
    }

    /// The two options of a sentence that is true or false. They stand in that order, as people expect them.
    fn true_or_false(&mut self, is_true: bool) {
        let place = self.place.clone();
        self.choice(place.clone(), TRUE, is_true);
        self.choice(place, FALSE, !is_true);
        self.fixed_order = true;
    }

    fn finish(self) -> QuestionDraft {
        let Self { place, stem, options, right, answer, explanation, topic, fixed_order } = self;
        QuestionDraft {
            stem: Written { text: stem, place: place.clone(), refused: false },
            place,
            number: None,
            options,
            answer: Written { text: String::new(), place: answer, refused: false },
            right: Some(right),
            explanation,
            source: None,
            topic,
            level: None,
            fixed_order,
        }
    }
}

/// Texts whose letters are not what they were, each question once.
pub(super) fn spoiled(questions: &[QuestionDraft]) -> Vec<Problem> {
    let of_question = |draft: &QuestionDraft| {
        let mut texts = draft.options.iter().map(|option| &option.text).chain([&draft.stem.text]);
        let kind = texts.find_map(|text| match () {
            () if looks_legacy_encoded(text) => Some(ProblemKind::LegacyEncoding),
            () if looks_broken(text) => Some(ProblemKind::BrokenText),
            () => None,
        })?;
        Some(Problem { place: draft.place.clone(), kind })
    };
    questions.iter().filter_map(of_question).collect()
}

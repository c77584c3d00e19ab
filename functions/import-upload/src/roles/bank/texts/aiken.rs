//! Aiken: a stem of one line, options `A. ` or `A) ` in order, `ANSWER: B`.

use super::{Draft, line_number};
use crate::roles::bank::BankDraft;
use contest::bank::{LETTERS, OptionSet};
use contest::limits::MAX_OPTIONS;
use contest::problem::{Place, ProblemKind};

/// How the line with the answer begins.
pub(super) const ANSWER: &str = "ANSWER:";

/// Reads a whole text.
pub(super) fn read(text: &str) -> BankDraft {
    let mut reader = Reader::default();
    for (place, line) in text.lines().enumerate() {
        reader.line(line_number(place), line.trim_end());
    }
    reader.end();
    reader.bank
}

#[derive(Default)]
struct Reader {
    bank: BankDraft,
    open: Option<Draft>,
    /// Whether something of the open question was refused, so that it is none.
    spoiled: bool,
}

impl Reader {
    fn line(&mut self, line: u32, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if starts_with_answer(text) {
            return self.answer(line, text);
        }
        let expected = self.open.as_ref().map_or(0, |open| open.options.len());
        if let (Some((place, behind)), true) = (option(text), self.open.is_some()) {
            let is_spaced = behind.starts_with([' ', '\t']);
            if place == expected || is_spaced {
                let fault = match (place == expected, is_spaced) {
                    (false, _) => Some(ProblemKind::AikenLine),
                    (true, false) => Some(ProblemKind::AikenNoSpace),
                    (true, true) => None,
                };
                self.refuse(line, fault);
                if let Some(open) = &mut self.open {
                    open.option(Place::Line(line), behind);
                }
                return;
            }
        }
        match &self.open {
            Some(open) if open.options.is_empty() => self.refuse(line, Some(ProblemKind::AikenLine)),
            _ => {
                self.end();
                self.open = Some(Draft::new(Place::Line(line), text));
            }
        }
    }

    fn answer(&mut self, line: u32, text: &str) {
        let Some(mut open) = self.open.take() else {
            return self.refuse(line, Some(ProblemKind::AikenLine));
        };
        let letter = text.strip_prefix(ANSWER).map(str::trim);
        let place = LETTERS.iter().position(|known| letter == Some(&known.to_uppercase()));
        match place.filter(|place| *place < open.options.len()).and_then(|place| u8::try_from(place).ok()) {
            Some(place) => open.right = OptionSet::EMPTY.with(place),
            None => self.refuse(line, Some(ProblemKind::AikenAnswer)),
        }
        open.answer = Place::Line(line);
        let spoiled = std::mem::take(&mut self.spoiled);
        self.bank.questions.extend((!spoiled).then(|| open.finish()));
    }

    /// A question that goes on without its answer.
    fn end(&mut self) {
        if let Some(open) = self.open.take() {
            self.refuse_at(open.place, ProblemKind::NoAnswer);
        }
        self.spoiled = false;
    }

    fn refuse(&mut self, line: u32, fault: Option<ProblemKind>) {
        if let Some(kind) = fault {
            self.refuse_at(Place::Line(line), kind);
        }
    }

    fn refuse_at(&mut self, place: Place, kind: ProblemKind) {
        self.bank.error(place, kind);
        self.spoiled = true;
    }
}

/// Whether a line is meant as the one with the answer, in whatever letters.
pub(super) fn starts_with_answer(text: &str) -> bool {
    text.get(..ANSWER.len()).is_some_and(|head| head.eq_ignore_ascii_case(ANSWER))
}

/// The place of the letter that begins a line, and what stands behind `X.` or `X)`.
fn option(text: &str) -> Option<(usize, &str)> {
    let (letter, behind) = text.split_once(['.', ')'])?;
    let place = match letter.as_bytes() {
        [letter @ b'A'..=b'Z'] => usize::from(letter - b'A'),
        _ => return None,
    };
    (place <= MAX_OPTIONS && !behind.trim().is_empty()).then_some((place, behind))
}

//! GIFT, the text of Moodle: questions of choice, and true or false.

mod answers;
mod escapes;

use super::markup::{has_formula, of_html, of_loose_text};
use super::{Draft, line_number};
use crate::roles::bank::BankDraft;
use answers::{Answers, Read, answers};
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::clean_lines;
use escapes::Chars;

/// Reads a whole text. Blank lines part its questions.
pub(super) fn read(text: &str) -> BankDraft {
    let mut bank = BankDraft::default();
    let mut topic = None;
    let mut unit: Option<(u32, String)> = None;
    for (place, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if trimmed.starts_with("//") {
            continue;
        }
        if let Some(category) = trimmed.strip_prefix("$CATEGORY:").filter(|_| unit.is_none()) {
            topic = super::topic(category);
        } else if trimmed.is_empty() {
            question(unit.take(), topic.as_ref(), &mut bank);
        } else {
            let (_, text) = unit.get_or_insert_with(|| (line_number(place), String::new()));
            text.push_str(line);
            text.push('\n');
        }
    }
    question(unit.take(), topic.as_ref(), &mut bank);
    bank
}

/// How a text is marked up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// Marks may stand in it.
    Loose,
    Html,
    Plain,
}

fn question(unit: Option<(u32, String)>, topic: Option<&String>, bank: &mut BankDraft) {
    let Some((line, text)) = unit else { return };
    let place = Place::Line(line);
    let parts = match Parts::of(&text) {
        Ok(parts) => parts,
        Err(kind) => return bank.error(place, kind),
    };
    let mut writer = Writer { form: parts.form, errors: Vec::new(), warnings: Vec::new() };
    // Behind the braces the sentence goes on: between them is its gap.
    let stem = match parts.behind.trim().is_empty() {
        true => parts.stem,
        false => parts.stem.joined("_____", parts.behind),
    };
    let mut draft = Draft::new(place.clone(), &writer.write(&stem));
    draft.topic = topic.cloned();
    match answers(&parts.answers) {
        Ok(Answers { read, explanation, has_feedback }) => {
            match read {
                Read::TrueFalse(right) => draft.true_or_false(right),
                Read::Choices(choices) => {
                    for (text, is_right) in &choices {
                        draft.choice(place.clone(), &writer.write(text), *is_right);
                    }
                }
            }
            draft.explanation = explanation.map(|text| writer.write(&text)).filter(|text| !text.is_empty());
            if has_feedback {
                writer.warnings.push(ProblemKind::FeedbackDropped);
            }
        }
        Err(kind) => writer.errors.push(kind),
    }
    let Writer { errors, warnings, .. } = writer;
    let at = |kind: ProblemKind| Problem { place: place.clone(), kind };
    bank.warnings.extend(warnings.into_iter().map(at));
    match errors.is_empty() {
        true => bank.questions.push(draft.finish()),
        false => bank.errors.extend(errors.into_iter().map(at)),
    }
}

/// Texts of one question in plain lines, with what is wrong with them.
struct Writer {
    form: Form,
    errors: Vec<ProblemKind>,
    warnings: Vec<ProblemKind>,
}

impl Writer {
    fn write(&mut self, chars: &Chars) -> String {
        let (form, chars) = without_form(chars.clone()).unwrap_or((self.form, chars.clone()));
        for escape in chars.unknown() {
            let kind = ProblemKind::UnknownEscape { escape };
            if !self.warnings.contains(&kind) {
                self.warnings.push(kind);
            }
        }
        let text = chars.written();
        let (lines, faults) = match form {
            Form::Loose => of_loose_text(&text),
            Form::Html => of_html(&text),
            Form::Plain if has_formula(&text) => (String::new(), vec![ProblemKind::Formula]),
            Form::Plain => (clean_lines(&text), Vec::new()),
        };
        let new = faults.into_iter().filter(|fault| !self.errors.contains(fault)).collect::<Vec<_>>();
        self.errors.extend(new);
        lines
    }
}

/// A question in its parts.
struct Parts {
    form: Form,
    stem: Chars,
    answers: Chars,
    behind: Chars,
}

impl Parts {
    fn of(text: &str) -> Result<Self, ProblemKind> {
        let mut chars = Chars::of(text);
        if let Some(titled) = chars.strip("::") {
            let (_, rest) = titled.split_once("::").ok_or(ProblemKind::BrokenQuestion)?;
            chars = rest;
        }
        let (form, chars) = without_form(chars.clone()).unwrap_or((Form::Loose, chars));
        let Some((stem, rest)) = chars.split_once("{") else {
            let is_closed = chars.split_once("}").is_some();
            let name = "description".to_owned();
            return Err(if is_closed { ProblemKind::BrokenQuestion } else { ProblemKind::UnsupportedType { name } });
        };
        let (answers, behind) = rest.split_once("}").ok_or(ProblemKind::BrokenQuestion)?;
        let is_odd = |chars: &Chars| chars.split_once("{").is_some() || chars.split_once("}").is_some();
        if is_odd(&stem) || is_odd(&answers) || is_odd(&behind) {
            return Err(ProblemKind::BrokenQuestion);
        }
        Ok(Self { form, stem, answers, behind })
    }
}

/// `[html]` before a text.
fn without_form(chars: Chars) -> Option<(Form, Chars)> {
    let forms =
        [("[html]", Form::Html), ("[moodle]", Form::Loose), ("[plain]", Form::Plain), ("[markdown]", Form::Plain)];
    forms.into_iter().find_map(|(mark, form)| Some((form, chars.strip(mark)?)))
}

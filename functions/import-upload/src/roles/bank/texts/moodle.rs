//! Moodle XML: questions of choice, and true or false.

use super::markup::{Markup, of_html, of_loose_text};
use super::weights::right_of;
use super::{Draft, topic};
use crate::readers::xml::Element;
use crate::roles::bank::BankDraft;
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::clean;

/// Reads the questions of a `quiz`.
pub(super) fn read(quiz: &Element) -> BankDraft {
    let mut bank = BankDraft::default();
    let mut of = None;
    for element in quiz.elements() {
        let kind = element.attribute("type").unwrap_or_default();
        if element.name == "question" && kind == "category" {
            of = element.named("category").next().and_then(|category| topic(&text_of(category)));
        } else {
            question(element, kind, of.as_ref(), &mut bank);
        }
    }
    bank
}

fn question(element: &Element, kind: &str, topic: Option<&String>, bank: &mut BankDraft) {
    let name = element.named("name").next().map(|name| clean(&text_of(name))).filter(|name| !name.is_empty());
    let place = Place::Element { file: None, line: element.line, name };
    if element.name != "question" || !matches!(kind, "multichoice" | "truefalse") {
        let name = if kind.is_empty() { element.name.clone() } else { kind.to_owned() };
        return bank.error(place, ProblemKind::UnsupportedType { name });
    }
    let mut faults = Vec::new();
    let mut lines = |part: Option<&Element>| {
        let (text, found) = part.map(formatted).unwrap_or_default();
        let new: Vec<ProblemKind> = found.into_iter().filter(|fault| !faults.contains(fault)).collect();
        faults.extend(new);
        text
    };
    let mut draft = Draft::new(place.clone(), &lines(element.named("questiontext").next()));
    draft.topic = topic.cloned();
    draft.explanation = Some(lines(element.named("generalfeedback").next())).filter(|text| !text.is_empty());
    let answers: Vec<(&Element, String)> =
        element.named("answer").map(|answer| (answer, lines(Some(answer)))).collect();
    let told: Vec<String> =
        answers.iter().flat_map(|(answer, _)| answer.named("feedback")).map(|told| lines(Some(told))).collect();
    let weights: Vec<String> =
        answers.iter().map(|(answer, _)| answer.attribute("fraction").unwrap_or("0").to_owned()).collect();
    match right_of(&weights) {
        Ok(right) if kind == "truefalse" => match truth(&answers, &right) {
            Some(is_true) => draft.true_or_false(is_true),
            None => faults.push(ProblemKind::BrokenQuestion),
        },
        Ok(right) => {
            for ((answer, text), is_right) in answers.iter().zip(right) {
                let place = Place::Element { file: None, line: answer.line, name: place.column().map(str::to_owned) };
                draft.choice(place, text, is_right);
            }
            let shuffled = element.named("shuffleanswers").next().map(|value| value.text());
            draft.fixed_order = shuffled.is_some_and(|value| matches!(value.trim(), "0" | "false"));
        }
        Err(kind) => faults.push(kind),
    }
    let at = |kind: ProblemKind| Problem { place: place.clone(), kind };
    if told.iter().any(|text| !text.is_empty()) {
        bank.warnings.push(at(ProblemKind::FeedbackDropped));
    }
    match faults.is_empty() {
        true => bank.questions.push(draft.finish()),
        false => bank.errors.extend(faults.into_iter().map(at)),
    }
}

/// Whether the answer `true` is the right one of two.
fn truth(answers: &[(&Element, String)], right: &[bool]) -> Option<bool> {
    let right_of = |word: &str| answers.iter().zip(right).find(|((_, text), _)| text == word).map(|(_, right)| *right);
    let (truth, falsehood) = (right_of("true")?, right_of("false")?);
    (answers.len() == 2 && truth != falsehood).then_some(truth)
}

/// The text of an element: in a `text` within it.
fn text_of(element: &Element) -> String {
    element.named("text").map(Element::text).collect()
}

/// A text in lines, as its form says, and what of it cannot be read.
fn formatted(element: &Element) -> (String, Vec<ProblemKind>) {
    let text = text_of(element);
    let (lines, mut faults) = match element.attribute("format") {
        Some("plain_text" | "markdown") => {
            let mut markup = Markup::default();
            markup.lines(&text);
            markup.finish()
        }
        Some("moodle_auto_format") => of_loose_text(&text),
        _ => of_html(&text),
    };
    let is_picture = |fault: &ProblemKind| *fault == ProblemKind::Picture;
    if element.named("file").next().is_some() && !faults.iter().any(is_picture) {
        faults.push(ProblemKind::Picture);
    }
    (lines, faults)
}

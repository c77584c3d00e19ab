//! The plain form: a question, its options in lines of their own with a star before every right one, and a blank line
//! before the next.

use super::found::Found;
use super::headings;
use super::layout;
use super::lines::{Item, Line, text};
use super::marks;
use super::numbered::unknown_layout;
use super::question::{Letters, Piece, RawQuestion};
use contest::problem::{ContentFault, ProblemKind};

/// Reads a document in this form.
pub(super) fn read(items: Vec<Item>, mut found: Found) -> Found {
    let mut block = Vec::new();
    for item in items {
        match item {
            Item::Line(line) if line.is_blank() => close(&mut block, &mut found),
            Item::Line(line) => block.push(line),
            Item::Table(table) => {
                close(&mut block, &mut found);
                match layout::is_letterhead(&table) {
                    true => found.heading(),
                    false => {
                        let problem = unknown_layout(found.questions.last());
                        found.errors.push(problem);
                    }
                }
            }
        }
    }
    close(&mut block, &mut found);
    found
}

fn close(block: &mut Vec<Line>, found: &mut Found) {
    let lines = std::mem::take(block);
    if lines.is_empty() {
        return;
    }
    let is_first = found.questions.is_empty();
    if lines.iter().all(|line| is_heading(line, is_first)) {
        return found.heading();
    }
    if lines.iter().any(|line| marks::is_shared_passage(&line.letters)) {
        return found.fault_between(ProblemKind::Content(ContentFault::SharedPassage));
    }
    found.end_headings();
    let ordinal = u32::try_from(found.questions.len()).unwrap_or(u32::MAX).saturating_add(1);
    let begins = |line: &Line| Letters::Capitals.mark(&line.letters).is_some_and(|mark| mark.place == 0);
    let is_lettered = lines.iter().skip(1).any(begins);
    let mut question = if is_lettered { lettered(lines) } else { RawQuestion::of_lines(spaced(lines)) };
    question.ordinal = ordinal;
    if question.has_no_letters && is_torn(&question) {
        question.fault(Piece::Stem, ContentFault::MissingBlankLine);
    }
    found.questions.push(question);
}

/// A line that is passed over: nobody marks a heading.
fn is_heading(line: &Line, is_first: bool) -> bool {
    let written = text(&line.letters);
    let in_brackets = is_first && written.starts_with('(') && written.ends_with(')');
    line.faults.iter().all(|kind| matches!(kind, ProblemKind::Content(_)))
        && !written.starts_with(['*', '>'])
        && (in_brackets || headings::is_heading(&line.letters) || headings::is_end(&line.letters))
}

fn lettered(lines: Vec<Line>) -> RawQuestion {
    let mut question = RawQuestion::default();
    for (place, line) in lines.into_iter().enumerate() {
        match place {
            0 => question.begin(line, 0, Letters::Capitals),
            _ => question.take(line, Letters::Capitals),
        }
    }
    question.end()
}

/// Bullets that Word shows before every option are no part of them.
fn spaced(mut lines: Vec<Line>) -> Vec<Line> {
    let is_bullet = |line: &Line| line.letters.iter().find(|l| !l.c.is_whitespace()).is_some_and(|l| l.c == '•');
    if lines.len() > 1 && lines[1..].iter().all(is_bullet) {
        for line in &mut lines[1..] {
            let bullet = line.letters.iter().position(|letter| letter.c == '•').unwrap_or(0);
            line.letters.drain(..=bullet);
        }
    }
    lines
}

/// Whether lines of two questions stand together, or of one question apart, as far as can be seen: a question mark within
/// the options, a star within an explanation or before the question, options without a question.
fn is_torn(question: &RawQuestion) -> bool {
    let begins_with_star = |line: &Vec<super::lines::Letter>| text(line).starts_with('*');
    let asks = question.options.iter().any(|option| text(&option.lines.concat()).ends_with(['?', ':']));
    asks || question.explanation.iter().any(begins_with_star)
        || question.stem.iter().any(begins_with_star)
        || question.options.is_empty()
}

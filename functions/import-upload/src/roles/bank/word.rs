//! Banks in documents of Word: document, lines, questions, key, drafts, each from the one before.
//!
//! [`lines`] decides what is text, [`marks`] and [`headings`] what a line begins, [`numbered`] and [`starred`] which lines are
//! one question, [`key`] which options are right. Whatever may mean two things is refused, and both are said.

mod answers;
mod drafts;
mod found;
mod headings;
mod key;
mod layout;
mod lines;
mod looks;
mod marks;
mod numbered;
mod question;
mod starred;
mod tables;

use super::BankDraft;
use crate::readers::docx;
use contest::problem::{ContentFault, Problem, ProblemKind};
use found::Found;

/// The drafts of a document.
///
/// # Errors
/// Where it cannot be read, or holds no question.
pub(super) fn drafts(bytes: &[u8]) -> Result<Vec<BankDraft>, Vec<Problem>> {
    let document = docx::read(bytes).map_err(|problem| vec![problem])?;
    let warnings = warnings(&document);
    let items = lines::items(document);
    if let Some(mut of_tables) = tables::drafts(&items)? {
        if let Some(first) = of_tables.first_mut() {
            first.warnings.extend(warnings);
        }
        return Ok(of_tables);
    }
    let found = Found { warnings, ..Found::default() };
    let found = if numbered::is_form_of(&items) { numbered::read(items, found) } else { starred::read(items, found) };
    drafts::of(found).map(|draft| vec![draft])
}

fn warnings(document: &docx::Document) -> Vec<Problem> {
    let seen = [
        (document.has_tracked_changes, ContentFault::TrackedChanges),
        (document.has_comments, ContentFault::CommentsNotRead),
    ];
    let warned = seen.into_iter().filter(|(is_seen, _)| *is_seen);
    warned.map(|(_, fault)| Problem::of_file(ProblemKind::Content(fault))).collect()
}

#[cfg(test)]
mod tests;

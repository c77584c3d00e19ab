//! What stands in the braces of a question of GIFT.

use super::escapes::Chars;
use crate::roles::bank::texts::weights::right_of;
use contest::problem::ProblemKind;

/// The answers of a question.
pub(super) struct Answers {
    pub(super) read: Read,
    /// What is told of the question as a whole.
    pub(super) explanation: Option<Chars>,
    /// Whether something is told of single options.
    pub(super) has_feedback: bool,
}

/// Which they are.
pub(super) enum Read {
    /// Whether the sentence is true.
    TrueFalse(bool),
    /// Options, and whether each is right.
    Choices(Vec<(Chars, bool)>),
}

/// Reads them.
///
/// # Errors
/// Where the question is none of choice, or its weights do not say what is right.
pub(super) fn answers(braces: &Chars) -> Result<Answers, ProblemKind> {
    let (braces, explanation) = match braces.split_once("####") {
        Some((before, behind)) => (before.trim(), Some(behind.trim())),
        None => (braces.trim(), None),
    };
    let kind = |name: &str| Err(ProblemKind::UnsupportedType { name: name.to_owned() });
    if braces.is_empty() {
        return kind("essay");
    }
    if braces.strip("#").is_some() {
        return kind("numerical");
    }
    let (before, pieces) = braces.pieces(['=', '~']);
    if pieces.is_empty() {
        return true_false(&before, explanation);
    }
    if !before.trim().is_empty() {
        return Err(ProblemKind::BrokenQuestion);
    }
    if pieces.iter().all(|(mark, _)| *mark == '=') {
        let are_pairs = pieces.iter().all(|(_, piece)| piece.split_once("->").is_some());
        return kind(if are_pairs { "matching" } else { "short answer" });
    }
    let mut has_feedback = false;
    let (mut texts, mut weights) = (Vec::new(), Vec::new());
    for (mark, piece) in pieces {
        let (weight, piece) = weight(&piece)?;
        let (text, feedback) = piece.split_once("#").unwrap_or((piece, Chars::default()));
        has_feedback |= !feedback.trim().is_empty();
        texts.push(text.trim());
        weights.push(weight.unwrap_or(if mark == '=' { "100".to_owned() } else { "0".to_owned() }));
    }
    let right = right_of(&weights)?;
    let read = Read::Choices(texts.into_iter().zip(right).collect());
    Ok(Answers { read, explanation, has_feedback })
}

fn true_false(word: &Chars, explanation: Option<Chars>) -> Result<Answers, ProblemKind> {
    let (word, feedback) = word.split_once("#").unwrap_or((word.clone(), Chars::default()));
    let right = match word.trim().written().to_uppercase().as_str() {
        "T" | "TRUE" => true,
        "F" | "FALSE" => false,
        _ => return Err(ProblemKind::BrokenQuestion),
    };
    Ok(Answers { read: Read::TrueFalse(right), explanation, has_feedback: !feedback.trim().is_empty() })
}

/// `%50%` before an option.
fn weight(piece: &Chars) -> Result<(Option<String>, Chars), ProblemKind> {
    match piece.strip("%") {
        None => Ok((None, piece.clone())),
        Some(behind) => {
            let (weight, rest) = behind.split_once("%").ok_or(ProblemKind::BrokenQuestion)?;
            Ok((Some(weight.written()), rest))
        }
    }
}

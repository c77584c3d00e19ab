//! What perfect sheets tell of a key that is kept secret (`reveal_key = "never"`): a review is made without it.

use super::Sheet;
use crate::bank::OptionSet;
use crate::result::ScoredAttempt;

/// The right options of each of `questions` questions, where a perfect sheet had it; `attempts` and `sheets` go together.
/// Says nothing of voided questions, which are right whatever was chosen: the caller leaves these out.
pub fn right_by_perfect_sheets(
    questions: usize,
    attempts: &[ScoredAttempt],
    sheets: &[Sheet],
) -> Vec<Option<OptionSet>> {
    let mut right = vec![None; questions];
    for (_, sheet) in attempts.iter().zip(sheets).filter(|(attempt, _)| attempt.is_perfect()) {
        for (question, chosen) in &sheet.answers {
            right[usize::from(*question)] = Some(*chosen);
        }
    }
    right
}

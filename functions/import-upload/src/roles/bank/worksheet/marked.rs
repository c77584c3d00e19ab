//! Options that a workbook marks by their look, against the answers that it gives.

use crate::readers::Marks;
use crate::table::TableRow;
use contest::bank::{OptionSet, QuestionDraft, is_numbers, read_answer, without_letters};
use contest::problem::{Problem, ProblemKind};
use documents::words::import::headers::bank as headers;

/// A warning for each question of which other options are marked than its answer names.
pub(super) fn contradictions(questions: &[(TableRow<'_>, QuestionDraft)]) -> Vec<Problem> {
    let in_numbers = questions.iter().filter_map(|(_, draft)| draft.answer.some()).all(is_numbers);
    let marked: Vec<Vec<OptionSet>> =
        questions.iter().map(|(row, draft)| Marks::EACH.map(|mark| having(row, draft, mark)).to_vec()).collect();
    // A look that every question has on the same options is how the table is laid out.
    let is_layout = |kind: usize| {
        let mut sets = marked.iter().map(|sets| sets[kind]);
        let first = sets.next();
        questions.len() > 1 && sets.all(|set| Some(set) == first)
    };
    let telling: Vec<usize> = (0..Marks::EACH.len()).filter(|kind| !is_layout(*kind)).collect();
    let contradicts = |((_, draft), sets): &(&(TableRow<'_>, QuestionDraft), &Vec<OptionSet>)| {
        let options = draft.options.iter().filter(|option| !option.is_missing()).map(|option| option.text.clone());
        let options = without_letters(options.collect());
        let right = read_answer(&draft.answer.text, &options, in_numbers).map(|answer| answer.right);
        let mut sets = telling.iter().map(|kind| sets[*kind]);
        right.is_ok_and(|right| sets.any(|set| !set.is_empty() && (set.len() as usize) < options.len() && set != right))
    };
    let found = questions.iter().zip(&marked).filter(contradicts);
    found.map(|((_, draft), _)| draft.answer.problem(ProblemKind::MarkContradictsAnswer)).collect()
}

/// The options of a question with a mark.
fn having(row: &TableRow<'_>, draft: &QuestionDraft, mark: Marks) -> OptionSet {
    let options = (0_u8..).zip(headers::OPTIONS.iter().zip(&draft.options));
    let marked = options.filter(|(_, (header, option))| !option.is_missing() && row.marks(**header).has(mark));
    marked.fold(OptionSet::EMPTY, |set, (place, _)| set.with(place))
}

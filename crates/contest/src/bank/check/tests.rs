//! The judge over drafts as a reader of some text gives them: places are lines, and nothing is a cell.

use super::*;
use crate::bank::Tally;

fn written(line: u32, text: &str) -> Written {
    Written { text: text.to_owned(), place: Place::Line(line), refused: false }
}

/// A question that begins in a line, with an option in each of the next, and then its answer.
fn draft(line: u32, stem: &str, options: &[&str], answer: &str) -> QuestionDraft {
    let last = line + 1 + u32::try_from(options.len()).expect("a few options");
    QuestionDraft {
        place: Place::Line(line),
        number: None,
        stem: written(line, stem),
        options: (line + 1..).zip(options).map(|(line, option)| written(line, option)).collect(),
        answer: written(last, answer),
        right: None,
        explanation: None,
        source: None,
        topic: None,
        level: None,
        fixed_order: false,
    }
}

/// Codes and lines of the errors, then of the warnings; a bank is there exactly without errors.
fn found(drafts: &[QuestionDraft]) -> Vec<(&'static str, Option<u32>)> {
    let Checked { bank, errors, warnings, .. } = check(drafts).expect("few questions");
    assert_eq!(bank.is_some(), errors.is_empty());
    errors.iter().chain(&warnings).map(|problem| (problem.kind.code(), problem.place.row())).collect()
}

#[test]
fn drafts_become_a_bank_with_its_key_and_notes() {
    let mut first = draft(1, "Một cộng một?", &["hai", "ba", "", ""], "A");
    first.explanation = Some("Đếm.".to_owned());
    let mut second = draft(9, "Chọn hai", &["x", "y", "Cả A và B"], "a, C");
    second.topic = Some("Toán".to_owned());
    let Checked { bank, warnings, .. } = check(&[first, second]).expect("few questions");
    let bank = bank.expect("a bank");
    let [first, second] = &bank.questions[..] else { panic!("{bank:?}") };
    assert_eq!((first.id.as_str(), first.options.len(), first.choose), ("q01", 2, 1));
    assert_eq!((second.choose, second.topic.as_deref(), second.fixed_order), (2, Some("Toán"), true));
    assert_eq!(bank.key.values().map(|right| right.letters().collect()).collect::<Vec<String>>(), ["a", "ac"]);
    assert_eq!(bank.notes[&first.id].explanation.as_deref(), Some("Đếm."));
    assert_eq!(warnings.iter().map(|warning| warning.place.row()).collect::<Vec<_>>(), [Some(12)]);
}

#[test]
fn every_fault_has_the_place_that_the_reader_gave() {
    assert_eq!(
        found(&[draft(1, "", &["x"], "B")]),
        [("too_few_options", Some(1)), ("answer_without_option", Some(3)), ("empty", Some(1)),]
    );
    assert_eq!(
        found(&[draft(1, "Ai?", &["x", "", "x"], "")]),
        [("gap_in_options", Some(3)), ("equal_options", Some(4)), ("empty", Some(5)),]
    );
    let twice = [draft(1, "Ai?", &["x", "y"], "A"), draft(7, "AI?", &["y", "x"], "A")];
    let Checked { errors, .. } = check(&twice).expect("few questions");
    assert_eq!(errors[0].kind, ProblemKind::EqualQuestions { first: Place::Line(1) });
}

#[test]
fn a_seventh_option_is_refused_and_never_read() {
    let options = ["1", "2", "3", "4", "5", "6", "7", "8"];
    assert_eq!(found(&[draft(1, "Ai?", &options[..6], "A")]), []);
    assert_eq!(found(&[draft(1, "Ai?", &options, "A")]), [("too_many_options", Some(8))]);
}

#[test]
fn what_the_reader_has_refused_is_not_named_again_and_never_becomes_a_question() {
    let refused = |change: fn(&mut QuestionDraft)| {
        let mut draft = draft(1, "Ai?", &["x", "y", ""], "C");
        change(&mut draft);
        let Checked { bank, errors, .. } = check(&[draft]).expect("few questions");
        (bank.is_some(), errors.len())
    };
    assert_eq!(refused(|_| ()), (false, 1), "there is no C");
    assert_eq!(refused(|draft| draft.options[2].refused = true), (false, 0));
    assert_eq!(refused(|draft| draft.answer.refused = true), (false, 0));
}

#[test]
fn numbers_are_kept_where_a_file_has_them() {
    let numbered = |numbers: &[&str]| {
        let drafts: Vec<QuestionDraft> = (1..)
            .zip(numbers)
            .map(|(at, number)| QuestionDraft {
                number: Some(written(at, number)),
                ..draft(at, &format!("Câu hỏi {at}?"), &["x", "y"], "A")
            })
            .collect();
        let Checked { bank, errors, .. } = check(&drafts).expect("few questions");
        let ids = bank.map(|bank| bank.questions.iter().map(|question| question.id.to_string()).collect::<Vec<_>>());
        ids.unwrap_or_else(|| errors.iter().map(|problem| problem.kind.code().to_owned()).collect())
    };
    assert_eq!(numbered(&["Câu 1", "", "3."]), ["q01", "q02", "q03"]);
    assert_eq!(numbered(&["7", "123"]), ["q007", "q123"]);
    assert_eq!(numbered(&["1", "1"]), ["duplicate"]);
    assert_eq!(numbered(&["số một"]), ["invalid_id"]);
}

#[test]
fn a_format_that_marks_its_right_options_needs_no_answer_that_is_read() {
    let marked =
        |right: OptionSet| QuestionDraft { right: Some(right), ..draft(1, "Nhóm máu nào?", &["B", "A", "AB"], "") };
    let Checked { read, .. } = check(&[marked(OptionSet(0b101))]).expect("few questions");
    assert_eq!(read[0].right_letters().collect::<Vec<_>>(), ["A", "C"]);
    assert_eq!(found(&[marked(OptionSet::EMPTY)]), [("no_answer", Some(5))]);
    assert_eq!(found(&[marked(OptionSet(0b1001))]), [("answer_without_option", Some(5))]);
}

#[test]
fn a_bank_whose_answers_are_all_on_one_letter_is_looked_at_again() {
    let bank = |answers: &[&str]| {
        let drafts: Vec<QuestionDraft> = (1..)
            .zip(answers)
            .map(|(at, answer)| draft(at * 5, &format!("{at} là gì?"), &["x", "y"], answer))
            .collect();
        found(&drafts)
    };
    assert_eq!(bank(&["B"; 5]), [("one_letter_key", None)]);
    assert_eq!(bank(&["B"; 4]), []);
    assert_eq!(bank(&["B", "B", "B", "B", "A"]), []);
    assert_eq!(bank(&["A,B"; 5]), [], "several are not one letter");
}

#[test]
fn what_can_be_read_is_told_in_figures_whatever_is_wrong_with_the_rest() {
    let drafts =
        [draft(1, "Một?", &["x", "y", "z"], "A"), draft(9, "Hai?", &["x", "y"], "A,B"), draft(15, "Ba?", &["x"], "A")];
    let Checked { bank, read, .. } = check(&drafts).expect("few questions");
    let tally = Tally::of(&read);
    assert_eq!((bank, tally.questions, tally.options, tally.several), (None, 2, 5, 1));
    assert_eq!(tally.letters().collect::<Vec<_>>(), [('A', 2), ('B', 1), ('C', 0)]);
}

#[test]
fn levels_are_kept_beside_the_questions() {
    let easy = QuestionDraft { level: Some("Dễ".to_owned()), ..draft(1, "Một?", &["x", "y"], "A") };
    let Checked { bank, .. } = check(&[easy, draft(9, "Hai?", &["x", "y"], "B")]).expect("few questions");
    let levels: Vec<(String, String)> =
        bank.expect("a bank").levels.into_iter().map(|(id, level)| (id.to_string(), level)).collect();
    assert_eq!(levels, [("q01".to_owned(), "Dễ".to_owned())]);
}

#[test]
fn a_bank_has_so_many_questions_and_no_more() {
    let drafts: Vec<QuestionDraft> =
        (0..=1_000).map(|n| draft(n * 4 + 1, &format!("{n} là gì?"), &["x", "y"], "A")).collect();
    let most = check(&drafts[..MAX_BANK]).map(|checked| checked.bank.map(|bank| bank.questions.len()));
    assert_eq!(most, Ok(Some(MAX_BANK)));
    assert_eq!(check(&drafts).err().map(|problem| problem.kind.code()), Some("too_many"));
}

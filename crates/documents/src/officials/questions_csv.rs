//! `questions.csv`: how each question was answered: the share right, that of each option, and what may be a wrong key.

use super::ranking_csv::for_spreadsheets;
use super::{Dossier, Reviewed};
use crate::words::review as words;
use contest::bank::{LETTERS, PublicQuestion};
use contest::review::{AskedQuestion, QuestionFigures};

/// Identifier, text, answer, sheets and share right; a share for each option; left out, remarks.
const COLUMNS: usize = words::QUESTION_COLUMNS.len() + LETTERS.len() + 2;

pub(super) fn questions_csv(dossier: &Dossier<'_>, reviewed: &Reviewed<'_>) -> Vec<u8> {
    let options = LETTERS.map(|letter| words::option_column(letter.to_uppercase()));
    let mut header: Vec<&str> = words::QUESTION_COLUMNS.to_vec();
    header.extend(options.iter().map(String::as_str));
    header.extend([words::BLANK_COLUMN, words::QUESTION_REMARKS_COLUMN]);
    let header: [&str; COLUMNS] = header.try_into().expect("as many as are counted above");
    let questions = reviewed.bank.iter().zip(reviewed.questions).zip(reviewed.figures);
    let rows = questions.map(|((question, asked), figures)| row(dossier, question, (asked, figures)));
    for_spreadsheets(&header, rows)
}

fn row(
    dossier: &Dossier<'_>,
    question: &PublicQuestion,
    (asked, figures): (&AskedQuestion, &QuestionFigures),
) -> [String; COLUMNS] {
    let share = |sheets: u64| words::percent(figures.percent(sheets), dossier.plan.rounding);
    let answer = match asked.right {
        _ if asked.voided => words::VOIDED.to_owned(),
        Some(right) => right.letters().map(str::to_uppercase).collect::<Vec<_>>().join(","),
        None => String::new(),
    };
    let mut cells = vec![
        question.id.to_string(),
        question.text.clone(),
        answer,
        figures.shown.to_string(),
        figures.right.map(share).unwrap_or_default(),
    ];
    let options =
        (0..LETTERS.len()).map(|option| figures.options.get(option).map(|count| share(*count)).unwrap_or_default());
    cells.extend(options);
    cells.extend([share(figures.blank), remarks(asked, figures)]);
    cells.try_into().expect("as many as are counted above")
}

/// A question that counts as right for everyone was looked at already.
fn remarks(asked: &AskedQuestion, figures: &QuestionFigures) -> String {
    if asked.voided {
        return String::new();
    }
    let few = figures.few_right.then(|| words::FEW_RIGHT.to_owned());
    let beaten = figures.beaten_by.map(|option| words::beaten(LETTERS[usize::from(option)].to_uppercase()));
    few.into_iter().chain(beaten).collect::<Vec<_>>().join("; ")
}

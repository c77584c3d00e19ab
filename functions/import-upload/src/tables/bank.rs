//! Question banks.

use super::Reading;
use crate::readers::Sheet;
use crate::table::{Column, Table, TableRow, Text};
use contest::bank::{AnswerKey, Bank, Notes, OptionSet, PublicQuestion};
use contest::ids::QuestionId;
use contest::limits::{MAX_BANK, MAX_OPTIONS};
use contest::problem::{Problem, ProblemKind};
use std::collections::{BTreeMap, HashMap};

/// Keys of the option columns, in the order of their letters.
const OPTIONS: [&str; MAX_OPTIONS] = ["a", "b", "c", "d", "e", "f"];

macro_rules! option_column {
    ($letter:literal, $header:literal, $required:literal) => {
        Column {
            key: $letter,
            header: $header,
            names: &[
                $letter,
                concat!("phuong an ", $letter),
                concat!("option ", $letter),
                concat!("lua chon ", $letter),
            ],
            required: $required,
        }
    };
}

const COLUMNS: &[Column] = &[
    Column { key: "id", header: "STT", names: &["stt", "id", "so thu tu", "tt", "ma cau hoi"], required: false },
    Column {
        key: "question", header: "Câu hỏi", names: &["cau hoi", "question", "noi dung cau hoi"], required: true
    },
    option_column!("a", "A", true),
    option_column!("b", "B", true),
    option_column!("c", "C", false),
    option_column!("d", "D", false),
    option_column!("e", "E", false),
    option_column!("f", "F", false),
    Column { key: "answer", header: "Đáp án", names: &["dap an", "answer", "dap an dung"], required: true },
    Column { key: "topic", header: "Chủ đề", names: &["chu de", "topic"], required: false },
    Column { key: "level", header: "Mức độ", names: &["muc do", "level"], required: false },
    Column { key: "explanation", header: "Giải thích", names: &["giai thich", "explanation"], required: false },
    Column { key: "source", header: "Nguồn", names: &["nguon", "source", "nguon trich dan"], required: false },
];

/// Reads a bank.
pub fn read(sheets: &[Sheet]) -> Reading<Bank> {
    let table = match Table::find(sheets, COLUMNS) {
        Ok(table) => table,
        Err(problems) => return Reading::unreadable(problems),
    };
    let rows: Vec<TableRow<'_>> = table.rows().collect();
    if rows.len() > MAX_BANK {
        // Nobody wants twenty thousand lines about a table that is no bank.
        return Reading::unreadable(vec![Problem::of_file(ProblemKind::TooMany { most: MAX_BANK })]);
    }
    let mut errors = table.unreadable();
    let ids = ids(&rows, &mut errors);
    let mut bank = Bank { questions: Vec::new(), key: AnswerKey::new(), notes: BTreeMap::new() };
    let mut seen: HashMap<String, u32> = HashMap::new();
    for (row, id) in rows.iter().zip(ids) {
        let question = row.cell("question");
        if let Some(first_row) = question.some().and_then(|text| seen.insert(text.to_lowercase(), row.number())) {
            errors.push(question.problem(ProblemKind::EqualQuestions { first_row }));
        }
        let (options, answer) = options_and_answer(row, &mut errors);
        if question.text.is_empty() && !row.is_unreadable("question") {
            errors.push(question.problem(ProblemKind::Empty));
        }
        let (Some(id), Some(answer)) = (id, answer) else { continue };
        bank.key.insert(id.clone(), answer);
        bank.notes.insert(id.clone(), notes(row));
        bank.questions.push(PublicQuestion {
            id,
            text: question.text,
            options,
            choose: u8::try_from(answer.len()).expect("at most six options"),
            topic: row.cell("topic").some().map(str::to_owned),
        });
    }
    Reading::of(bank, rows.len() as u64, errors, Vec::new())
}

fn notes(row: &TableRow<'_>) -> Notes {
    let note = |key: &str| row.cell(key).some().map(str::to_owned);
    Notes { explanation: note("explanation"), source: note("source") }
}

/// The options in order, and the right ones where the answer names options that are there.
fn options_and_answer(row: &TableRow<'_>, errors: &mut Vec<Problem>) -> (Vec<String>, Option<OptionSet>) {
    let cells: Vec<Text> = OPTIONS.iter().map(|letter| row.cell(letter)).collect();
    let refused = OPTIONS.map(|letter| row.is_unreadable(letter));
    let filled = cells.iter().zip(refused).rposition(|(cell, refused)| refused || !cell.text.is_empty());
    let count = filled.map_or(0, |last| last + 1);
    let mut sound = !refused.contains(&true);
    for (place, cell) in cells.iter().enumerate().take(count) {
        if cell.text.is_empty() && !refused[place] {
            errors.push(cell.problem(ProblemKind::GapInOptions { letter: letter(place) }));
            sound = false;
        }
        let same = |earlier: &&Text| !cell.text.is_empty() && earlier.text.to_lowercase() == cell.text.to_lowercase();
        if let Some(first) = cells[..place].iter().position(|earlier| same(&earlier)) {
            errors.push(cell.problem(ProblemKind::EqualOptions { first: letter(first), second: letter(place) }));
            sound = false;
        }
    }
    if count < 2 {
        errors.push(cells[count].problem(ProblemKind::TooFewOptions));
        sound = false;
    }
    let answer = answer(row, &cells, refused, errors);
    let options = cells.into_iter().take(count).map(|cell| cell.text).collect();
    (options, answer.filter(|_| sound))
}

/// The options that the answer names: `B`, `A,C`, `a; c`, `AC`.
fn answer(
    row: &TableRow<'_>,
    options: &[Text],
    refused: [bool; MAX_OPTIONS],
    errors: &mut Vec<Problem>,
) -> Option<OptionSet> {
    let cell = row.cell("answer");
    if row.is_unreadable("answer") {
        return None;
    }
    if cell.text.is_empty() {
        errors.push(cell.problem(ProblemKind::Empty));
        return None;
    }
    let mut set = OptionSet::EMPTY;
    for sign in cell.text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | ';' | '.' | '/' | '+' | '&')) {
        let place = OptionSet::place_of(sign.encode_utf8(&mut [0; 4]));
        let Some(place) = place.filter(|place| !set.contains(*place)) else {
            errors.push(cell.problem(ProblemKind::InvalidAnswer { answer: cell.text.clone() }));
            return None;
        };
        set = set.with(place);
    }
    let absent: Vec<u8> = (0..OPTIONS.len() as u8)
        .filter(|&place| set.contains(place))
        .filter(|&place| options[usize::from(place)].text.is_empty() && !refused[usize::from(place)])
        .collect();
    for &place in &absent {
        errors.push(cell.problem(ProblemKind::AnswerWithoutOption { letter: letter(usize::from(place)) }));
    }
    if set.is_empty() {
        errors.push(cell.problem(ProblemKind::InvalidAnswer { answer: cell.text.clone() }));
    }
    (absent.is_empty() && !set.is_empty()).then_some(set)
}

fn letter(place: usize) -> char {
    ['A', 'B', 'C', 'D', 'E', 'F'][place]
}

/// The identifier of every row: `q07` of a running number, the text itself of any other id, the place
/// of the row where the table has no such column.
fn ids(rows: &[TableRow<'_>], errors: &mut Vec<Problem>) -> Vec<Option<QuestionId>> {
    let cells: Vec<Text> = rows.iter().map(|row| row.cell("id")).collect();
    let has_column = cells.first().is_some_and(|cell| cell.place.column.is_some());
    let number = |cell: &Text| cell.text.trim_end_matches('.').parse::<u32>().ok();
    let largest = if has_column { cells.iter().filter_map(number).max() } else { u32::try_from(rows.len()).ok() };
    let width = largest.unwrap_or(0).to_string().len().max(2);
    let mut seen: HashMap<QuestionId, u32> = HashMap::new();
    let mut ids = Vec::with_capacity(rows.len());
    for (place, (row, cell)) in (1u32..).zip(rows.iter().zip(&cells)) {
        let text = match (has_column, number(cell)) {
            (false, _) => format!("q{place:0width$}"),
            (true, Some(number)) => format!("q{number:0width$}"),
            (true, None) => cell.text.to_lowercase(),
        };
        let id = QuestionId::parse(&text).ok();
        if has_column && id.is_none() && !row.is_unreadable("id") {
            let kind = if cell.text.is_empty() { ProblemKind::Empty } else { ProblemKind::InvalidId };
            errors.push(cell.problem(kind));
        }
        if let Some(first_row) = id.as_ref().and_then(|id| seen.insert(id.clone(), row.number())) {
            errors.push(cell.problem(ProblemKind::Duplicate { value: cell.text.clone(), first_row: Some(first_row) }));
        }
        ids.push(id);
    }
    ids
}

#[cfg(test)]
mod tests;

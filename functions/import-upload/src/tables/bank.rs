//! Question banks.

use super::Reading;
use crate::readers::Sheet;
use crate::table::{Column, Table, TableRow, header_key};
use contest::bank::{
    AnswerFault, AnswerKey, Bank, Likeness, Notes, OptionSet, PublicQuestion, is_numbers, read_answer,
    speaks_of_others, without_letters, without_number,
};
use contest::ids::QuestionId;
use contest::limits::{MAX_BANK, MAX_OPTIONS};
use contest::problem::{Place, Problem, ProblemKind, Written};
use contest::text::search_key;
use std::collections::{BTreeMap, HashMap, HashSet};

/// Keys of the option columns, in the order of their letters.
const OPTIONS: [&str; MAX_OPTIONS] = ["a", "b", "c", "d", "e", "f"];

macro_rules! option_column {
    ($letter:literal, $number:literal, $header:literal, $required:literal) => {
        Column {
            key: $letter,
            header: $header,
            names: &[
                $letter,
                concat!("phuong an ", $letter),
                concat!("option ", $letter),
                concat!("lua chon ", $letter),
                concat!("cau tra loi ", $letter),
                concat!("dap an ", $letter),
                concat!("answer ", $letter),
                concat!("pa ", $letter),
                concat!("phuong an ", $number),
                concat!("option ", $number),
                concat!("lua chon ", $number),
                concat!("cau tra loi ", $number),
                concat!("dap an ", $number),
                concat!("answer ", $number),
                concat!("pa ", $number),
            ],
            required: $required,
        }
    };
}

const COLUMNS: &[Column] = &[
    Column { key: "id", header: "STT", names: &["stt", "id", "so thu tu", "tt", "ma cau hoi", "no"], required: false },
    Column {
        key: "question",
        header: "Câu hỏi",
        names: &["cau hoi", "question", "noi dung cau hoi", "noi dung", "question text"],
        required: true,
    },
    option_column!("a", "1", "A", true),
    option_column!("b", "2", "B", true),
    option_column!("c", "3", "C", false),
    option_column!("d", "4", "D", false),
    option_column!("e", "5", "E", false),
    option_column!("f", "6", "F", false),
    Column {
        key: "answer",
        header: "Đáp án",
        names: &["dap an", "answer", "dap an dung", "da", "correct answer", "phuong an dung", "cau tra loi dung"],
        required: true,
    },
    Column {
        key: "topic", header: "Chủ đề", names: &["chu de", "topic", "chuyen de", "linh vuc"], required: false
    },
    Column { key: "level", header: "Mức độ", names: &["muc do", "level"], required: false },
    Column {
        key: "explanation",
        header: "Giải thích",
        names: &["giai thich", "explanation", "answer explanation", "giai thich dap an"],
        required: false,
    },
    Column { key: "source", header: "Nguồn", names: &["nguon", "source", "nguon trich dan"], required: false },
    Column {
        key: "fixed_order",
        header: "Giữ thứ tự",
        names: &["giu thu tu", "fixed_order", "fixed order", "khong xao tron"],
        required: false,
    },
];

/// One bank of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankTable {
    /// The sheet that holds it; `None` in CSV.
    pub sheet: Option<String>,
    /// Its questions and key.
    pub bank: Bank,
}

/// Reads every bank of a file: a workbook may hold one in each of several sheets, and the plan says
/// which round draws from which.
pub fn read(sheets: &[Sheet]) -> Reading<Vec<BankTable>> {
    let tables = match Table::all(sheets, COLUMNS) {
        Ok(tables) => tables,
        Err(problems) => return Reading::unreadable(problems),
    };
    let mut whole = Reading {
        content: Some(Vec::new()),
        draft: None,
        rows: 0,
        sheets: Vec::new(),
        errors: Vec::new(),
        warnings: Vec::new(),
    };
    for table in &tables {
        let Reading { content, rows, sheets, errors, warnings, .. } = read_table(table);
        let bank = content.map(|bank| BankTable { sheet: table.sheet(), bank });
        whole.content = whole.content.zip(bank).map(|(mut banks, bank)| {
            banks.push(bank);
            banks
        });
        whole.rows += rows;
        whole.sheets.extend(sheets);
        whole.errors.extend(errors);
        whole.warnings.extend(warnings);
    }
    whole
}

fn read_table(table: &Table<'_>) -> Reading<Bank> {
    let rows: Vec<TableRow<'_>> = table.rows().collect();
    if rows.len() > MAX_BANK {
        // Nobody wants twenty thousand lines about a table that is no bank.
        return Reading::unreadable(vec![Problem::of_file(ProblemKind::TooMany { most: MAX_BANK })]);
    }
    let (mut errors, mut warnings) = (table.unreadable(), Vec::new());
    errors.extend(more_options(table));
    errors
        .extend(table.dates().into_iter().map(|cell| cell.problem(ProblemKind::DateCell { shown: cell.text.clone() })));
    let ids = ids(&rows, &mut errors);
    let numbered =
        rows.iter().map(|row| row.cell("answer").text).filter(|text| !text.is_empty()).all(|t| is_numbers(&t));
    let counted = rows.iter().all(|row| without_number(&row.cell("question").text).is_some());
    let mut bank = Bank { questions: Vec::new(), key: AnswerKey::new(), notes: BTreeMap::new() };
    let mut seen: HashMap<Likeness, Place> = HashMap::new();
    for (row, id) in rows.iter().zip(ids) {
        let mut judged = Judged { row, numbered, errors: &mut errors, warnings: &mut warnings };
        let mut question = row.cell("question");
        if counted {
            question.text = without_number(&question.text).unwrap_or(&question.text).to_owned();
        }
        let (options, answer) = judged.options_and_answer();
        let fixed_order = judged.fixed_order(&options);
        let likeness = question.some().map(|text| Likeness::of(text, &options));
        if let Some(first) = likeness.and_then(|likeness| seen.insert(likeness, question.place.clone())) {
            errors.push(question.problem(ProblemKind::EqualQuestions { first }));
        }
        if question.is_missing() {
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
            fixed_order,
        });
    }
    Reading::of(bank, table, errors, warnings)
}

/// Columns of options beyond the last that a question may have.
fn more_options(table: &Table<'_>) -> Vec<Problem> {
    let is_option = |header: &Written| {
        let key = header_key(&header.text);
        let (name, mark) = key.rsplit_once(' ').unwrap_or(("", key.as_str()));
        let named =
            matches!(name, "" | "phuong an" | "option" | "lua chon" | "cau tra loi" | "dap an" | "answer" | "pa");
        named && (matches!(mark, "g" | "h" | "i" | "k") || !name.is_empty() && matches!(mark, "7" | "8" | "9" | "10"))
    };
    let more = table.unread_columns().into_iter().filter(is_option);
    more.map(|header| header.problem(ProblemKind::TooManyOptions { most: MAX_OPTIONS })).collect()
}

fn notes(row: &TableRow<'_>) -> Notes {
    let note = |key: &str| row.cell(key).some().map(str::to_owned);
    Notes { explanation: note("explanation"), source: note("source") }
}

/// One row, and what is found out about it.
struct Judged<'a> {
    row: &'a TableRow<'a>,
    /// Whether every answer of the table is a list of numbers.
    numbered: bool,
    errors: &'a mut Vec<Problem>,
    warnings: &'a mut Vec<Problem>,
}

impl Judged<'_> {
    /// The options in order, and the right ones where the answer names options that are there.
    fn options_and_answer(&mut self) -> (Vec<String>, Option<OptionSet>) {
        let cells: Vec<Written> = OPTIONS.iter().map(|letter| self.row.cell(letter)).collect();
        let refused = OPTIONS.map(|letter| self.row.cell(letter).refused);
        let filled = cells.iter().zip(refused).rposition(|(cell, refused)| refused || !cell.text.is_empty());
        let count = filled.map_or(0, |last| last + 1);
        let before = self.errors.len();
        for (place, cell) in cells.iter().enumerate().take(count) {
            if cell.text.is_empty() && !refused[place] {
                self.errors.push(cell.problem(ProblemKind::GapInOptions { letter: letter(place) }));
            }
            self.compare(&cells[..place], cell);
        }
        if count < 2 {
            self.errors.push(cells[count].problem(ProblemKind::TooFewOptions));
        }
        let sound = self.errors.len() == before && !refused.contains(&true);
        let options = without_letters(cells.into_iter().take(count).map(|cell| cell.text).collect());
        let answer = self.answer(&options, refused);
        (options, answer.filter(|_| sound))
    }

    /// Two options may differ in capitals alone, where a question asks how a name is written.
    fn compare(&mut self, earlier: &[Written], cell: &Written) {
        let (second, lower) = (letter(earlier.len()), cell.text.to_lowercase());
        if cell.text.is_empty() {
            return;
        }
        if let Some(first) = earlier.iter().position(|earlier| earlier.text == cell.text) {
            self.errors.push(cell.problem(ProblemKind::EqualOptions { first: letter(first), second }));
        } else if let Some(first) = earlier.iter().position(|earlier| earlier.text.to_lowercase() == lower) {
            self.warnings.push(cell.problem(ProblemKind::OptionsDifferInCase { first: letter(first), second }));
        }
    }

    fn answer(&mut self, options: &[String], refused: [bool; MAX_OPTIONS]) -> Option<OptionSet> {
        let cell = self.row.cell("answer");
        if cell.refused {
            return None;
        }
        if cell.text.is_empty() {
            self.errors.push(cell.problem(ProblemKind::Empty));
            return None;
        }
        let answer = cell.text.clone();
        let kind = match read_answer(&cell.text, options, self.numbered) {
            Ok(read) => {
                if read.look_alike {
                    self.warnings.push(cell.problem(ProblemKind::LookAlikeLetters { answer }));
                }
                return Some(read.right);
            }
            // The option is there, and refused for what it holds.
            Err(AnswerFault::NoOption(place)) if refused[usize::from(place)] => return None,
            Err(AnswerFault::NoOption(place)) => {
                ProblemKind::AnswerWithoutOption { letter: letter(usize::from(place)) }
            }
            Err(AnswerFault::Ambiguous) => ProblemKind::AmbiguousAnswer { answer },
            Err(AnswerFault::Unreadable) => ProblemKind::InvalidAnswer { answer },
        };
        self.errors.push(cell.problem(kind));
        None
    }

    /// Whether the options keep their order: because the organizers say so, or an option speaks of others.
    fn fixed_order(&mut self, options: &[String]) -> bool {
        let cell = self.row.cell("fixed_order");
        let asked = match search_key(&cell.text).as_str() {
            "" | "khong" | "no" | "false" | "0" => false,
            "x" | "co" | "yes" | "true" | "1" => true,
            _ => {
                let allowed = vec!["x", "có", "không"];
                self.errors.push(cell.problem(ProblemKind::UnknownWord { word: cell.text.clone(), allowed }));
                false
            }
        };
        let speaking = speaks_of_others(options);
        if let Some(place) = speaking.filter(|_| !asked) {
            let option = self.row.cell(OPTIONS[place]);
            self.warnings.push(option.problem(ProblemKind::PositionInOption { letter: letter(place) }));
        }
        asked || speaking.is_some()
    }
}

fn letter(place: usize) -> char {
    ['A', 'B', 'C', 'D', 'E', 'F'][place]
}

/// The identifier of every row: `q07` of a running number, the text itself of any other id, the place
/// of the row where the table has no such column. A number left out between others is the one that follows.
fn ids(rows: &[TableRow<'_>], errors: &mut Vec<Problem>) -> Vec<Option<QuestionId>> {
    let cells: Vec<Written> = rows.iter().map(|row| row.cell("id")).collect();
    let has_column = cells.first().is_some_and(|cell| cell.place.column().is_some());
    let numbers = if has_column { numbers(&cells) } else { (1..).take(rows.len()).map(Some).collect() };
    let width = numbers.iter().flatten().max().map_or(0, |largest| largest.to_string().len()).max(2);
    let mut seen: HashMap<QuestionId, u32> = HashMap::new();
    let mut ids = Vec::with_capacity(rows.len());
    for ((row, cell), number) in rows.iter().zip(&cells).zip(numbers) {
        let text = number.map_or_else(|| cell.text.to_lowercase(), |number| format!("q{number:0width$}"));
        let id = QuestionId::parse(&text).ok();
        if has_column && id.is_none() && !cell.refused {
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

/// Running numbers as written (`7`, `7.`, `Câu 7`), with those left out.
fn numbers(cells: &[Written]) -> Vec<Option<u32>> {
    let written = |cell: &Written| {
        let key = search_key(&cell.text);
        let number =
            key.strip_prefix("cau").unwrap_or(&key).trim_matches(|c: char| c.is_whitespace() || matches!(c, '.' | ':'));
        number.parse::<u32>().ok()
    };
    let mut numbers: Vec<Option<u32>> = cells.iter().map(written).collect();
    let all: HashSet<u32> = numbers.iter().copied().flatten().collect();
    for place in 1..numbers.len() {
        let next = numbers[place - 1].and_then(|before| before.checked_add(1)).filter(|next| !all.contains(next));
        if cells[place].text.is_empty() {
            numbers[place] = next;
        }
    }
    numbers
}

#[cfg(test)]
mod tests;

//! Banks in workbooks and CSV files: one in each table, a question in each row.

use super::BankDraft;
use crate::readers::Worksheet;
use crate::table::{Column, Table, TableRow, header_key};
use contest::bank::QuestionDraft;
use contest::limits::MAX_OPTIONS;
use contest::problem::{Problem, ProblemKind, Written};
use contest::text::search_key;

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

/// The drafts of every table: a workbook may hold one in each of several sheets, and the plan says which round draws
/// from which.
///
/// # Errors
/// Where no sheet has a table.
pub(super) fn drafts(sheets: &[Worksheet]) -> Result<Vec<BankDraft>, Vec<Problem>> {
    Ok(Table::all(sheets, COLUMNS)?.iter().map(bank).collect())
}

fn bank(table: &Table<'_>) -> BankDraft {
    let mut errors = table.unreadable();
    errors.extend(more_options(table));
    errors
        .extend(table.dates().into_iter().map(|cell| cell.problem(ProblemKind::DateCell { shown: cell.text.clone() })));
    let questions = table.rows().map(|row| question(&row, &mut errors)).collect();
    BankDraft { sheet: table.sheet(), questions, errors, warnings: table.unread() }
}

fn question(row: &TableRow<'_>, errors: &mut Vec<Problem>) -> QuestionDraft {
    let text = |key: &str| row.cell(key).some().map(str::to_owned);
    let number = row.cell("id");
    QuestionDraft {
        place: row.place(),
        number: number.place.column().is_some().then_some(number),
        stem: row.cell("question"),
        options: OPTIONS.iter().map(|letter| row.cell(letter)).collect(),
        answer: row.cell("answer"),
        explanation: text("explanation"),
        source: text("source"),
        topic: text("topic"),
        level: text("level"),
        fixed_order: is_fixed(&row.cell("fixed_order"), errors),
    }
}

fn is_fixed(cell: &Written, errors: &mut Vec<Problem>) -> bool {
    match search_key(&cell.text).as_str() {
        "" | "khong" | "no" | "false" | "0" => false,
        "x" | "co" | "yes" | "true" | "1" => true,
        _ => {
            let allowed = vec!["x", "có", "không"];
            errors.push(cell.problem(ProblemKind::UnknownWord { word: cell.text.clone(), allowed }));
            false
        }
    }
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

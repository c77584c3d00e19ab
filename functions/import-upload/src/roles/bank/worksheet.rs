//! Banks in workbooks and CSV files: one in each table, a question in each row.

use super::BankDraft;
use crate::readers::Worksheet;
use crate::table::{Column, Table, TableRow, header_key};
use contest::bank::QuestionDraft;
use contest::limits::MAX_OPTIONS;
use contest::problem::{Problem, ProblemKind, Written};
use contest::text::search_key;
use documents::words::import::headers::{Header, bank as headers};

const COLUMNS: &[Column] = &[
    Column::optional(headers::NUMBER),
    Column::required(headers::QUESTION),
    Column::required(headers::OPTIONS[0]),
    Column::required(headers::OPTIONS[1]),
    Column::optional(headers::OPTIONS[2]),
    Column::optional(headers::OPTIONS[3]),
    Column::optional(headers::OPTIONS[4]),
    Column::optional(headers::OPTIONS[5]),
    Column::required(headers::ANSWER),
    Column::optional(headers::TOPIC),
    Column::optional(headers::LEVEL),
    Column::optional(headers::EXPLANATION),
    Column::optional(headers::SOURCE),
    Column::optional(headers::FIXED_ORDER),
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
    errors.extend(table.dates().iter().map(|cell| cell.problem(ProblemKind::DateCell)));
    let questions = table.rows().map(|row| question(&row, &mut errors)).collect();
    BankDraft { sheet: table.sheet(), questions, errors, warnings: table.unread() }
}

fn question(row: &TableRow<'_>, errors: &mut Vec<Problem>) -> QuestionDraft {
    let text = |header: Header| row.cell(header).some().map(str::to_owned);
    let number = row.cell(headers::NUMBER);
    QuestionDraft {
        place: row.place(),
        number: number.place.column().is_some().then_some(number),
        stem: row.cell(headers::QUESTION),
        options: headers::OPTIONS.iter().map(|option| row.cell(*option)).collect(),
        answer: row.cell(headers::ANSWER),
        explanation: text(headers::EXPLANATION),
        source: text(headers::SOURCE),
        topic: text(headers::TOPIC),
        level: text(headers::LEVEL),
        fixed_order: is_fixed(&row.cell(headers::FIXED_ORDER), errors),
    }
}

fn is_fixed(cell: &Written, errors: &mut Vec<Problem>) -> bool {
    match search_key(&cell.text).as_str() {
        "" | "khong" | "no" | "false" | "0" => false,
        "x" | "co" | "yes" | "true" | "1" => true,
        _ => {
            let allowed = headers::FIXED_ORDER_WORDS.to_vec();
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

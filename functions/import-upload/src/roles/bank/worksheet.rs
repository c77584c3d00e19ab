//! Banks in workbooks and CSV files: one in each table, a question in each row.

mod heading;
mod marked;

use super::BankDraft;
use crate::readers::{Unsure, Worksheet};
use crate::table::{Column, Table, TableRow, header_key};
use contest::bank::QuestionDraft;
use contest::limits::MAX_OPTIONS;
use contest::problem::{Problem, ProblemKind, Written};
use contest::text::search_key;
use documents::words::import::headers::bank as headers;
use heading::{RowKind, kind_of};
use std::collections::BTreeSet;

const COLUMNS: &[Column] = &[
    Column::counted(headers::NUMBER),
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
    let (mut errors, mut warnings) = (Vec::new(), Vec::new());
    let mut questions = Vec::new();
    let mut others = BTreeSet::new();
    for row in table.rows() {
        match kind_of(&row) {
            RowKind::Question => {
                let draft = question(&row, &mut errors);
                questions.push((row, draft));
                continue;
            }
            RowKind::Heading => warnings.push(Problem { place: row.place(), kind: ProblemKind::NotAQuestion }),
            RowKind::Unclear => errors.push(Problem { place: row.place(), kind: ProblemKind::IncompleteQuestion }),
        }
        others.insert(row.number());
    }
    let cells = table.unreadable().into_iter().chain(table.unsure().into_iter().map(|(cell, why)| {
        cell.problem(match why {
            Unsure::Date => ProblemKind::DateCell,
            Unsure::Number => ProblemKind::NumberFormat,
            Unsure::Letters => ProblemKind::FormattedText,
        })
    }));
    errors.extend(cells.filter(|problem| problem.place.row().is_none_or(|row| !others.contains(&row))));
    errors.extend(more_options(table));
    errors.extend(table.pictures());
    warnings.extend(marked::contradictions(&questions));
    warnings.extend(table.warnings());
    let mut questions: Vec<QuestionDraft> = questions.into_iter().map(|(_, draft)| draft).collect();
    // Numbers that a program has computed are none that somebody gave.
    if questions.iter().all(|draft| draft.number.as_ref().is_none_or(|number| number.text.is_empty())) {
        questions.iter_mut().for_each(|draft| draft.number = None);
    }
    BankDraft { sheet: table.sheet(), questions, errors, warnings }
}

fn question(row: &TableRow<'_>, errors: &mut Vec<Problem>) -> QuestionDraft {
    let text = |cell: Written| cell.some().map(str::to_owned);
    let number = Written { refused: false, ..row.cell(headers::NUMBER) };
    QuestionDraft {
        place: row.place(),
        number: number.place.column().is_some().then_some(number),
        stem: row.lines(headers::QUESTION),
        options: headers::OPTIONS.iter().map(|option| row.lines(*option)).collect(),
        answer: row.cell(headers::ANSWER),
        right: None,
        explanation: text(row.lines(headers::EXPLANATION)),
        source: text(row.joined(headers::SOURCE)),
        topic: text(row.joined(headers::TOPIC)),
        level: text(row.joined(headers::LEVEL)),
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

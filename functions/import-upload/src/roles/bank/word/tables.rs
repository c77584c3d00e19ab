//! Banks in tables with the headers of a workbook, read as one.

use super::layout::cell_lines;
use super::lines::{Item, text};
use super::{answers, numbered};
use crate::readers::docx::{Table, TableCell};
use crate::readers::{Cell, Row, Worksheet, address};
use crate::roles::bank::{BankDraft, worksheet};
use crate::table::header_key;
use contest::problem::{ContentFault, Place, Problem, ProblemKind};
use documents::words::import::content::name_of_table;
use documents::words::import::headers::bank as headers;

/// Rows from the top in which headers may stand.
const TITLE_ROWS: usize = 20;

/// The bank of a document that holds one in a table; `None` where it holds none.
///
/// # Errors
/// Where it cannot be read as one, or it is not the only content.
pub(super) fn drafts(items: &[Item]) -> Result<Option<Vec<BankDraft>>, Vec<Problem>> {
    let tables = items.iter().filter_map(|item| match item {
        Item::Table(table) => Some(table),
        Item::Line(_) => None,
    });
    let banks: Vec<(usize, &Table)> = (1..).zip(tables).filter(|(_, table)| has_headers(table)).collect();
    let [(_, table)] = banks[..] else {
        return match banks.len() {
            0 => Ok(None),
            _ => {
                let sheets = banks.iter().map(|(number, _)| name_of_table(*number)).collect();
                Err(vec![Problem::of_file(ProblemKind::SeveralTables { sheets })])
            }
        };
    };
    let (sheet, mut faults) = sheet_of(table);
    if let Some(problem) = beside(items, table) {
        faults.push(problem);
    }
    let mut drafts = worksheet::drafts(&[sheet]).map_err(|mut problems| {
        problems.append(&mut faults);
        problems
    })?;
    let has_text = items.iter().any(|item| matches!(item, Item::Line(line) if !line.is_blank()));
    if let Some(draft) = drafts.first_mut() {
        draft.errors.append(&mut faults);
        if has_text {
            draft.warnings.push(Problem::of_file(ProblemKind::Content(ContentFault::HeadingNotRead)));
        }
    }
    Ok(Some(drafts))
}

/// Questions outside the table: one of both would be lost.
fn beside(items: &[Item], table: &Table) -> Option<Problem> {
    let is_other = |item: &Item| match item {
        Item::Line(line) => {
            super::marks::start(&line.letters).is_some_and(|start| start.beginning == super::marks::Beginning::Question)
        }
        Item::Table(other) => !std::ptr::eq(other, table) && !super::layout::is_letterhead(other),
    };
    items.iter().any(is_other).then(|| numbered::unknown_layout(None))
}

fn has_headers(table: &Table) -> bool {
    if answers::of_table(table).is_some() {
        return false;
    }
    table.rows.iter().take(TITLE_ROWS).any(|row| {
        let keys: Vec<String> = row.iter().map(|cell| header_key(&cell_text(cell))).collect();
        let has = |names: &[&str]| keys.iter().any(|key| names.contains(&key.as_str()));
        has(headers::QUESTION.names) && (has(headers::ANSWER.names) || headers::OPTIONS.iter().any(|of| has(of.names)))
    })
}

fn cell_text(cell: &TableCell) -> String {
    let lines = cell_lines(cell).unwrap_or_default();
    lines.iter().map(|line| text(&line.letters)).collect::<Vec<_>>().join("\n")
}

/// The table as a sheet, and what of its cells cannot be read.
fn sheet_of(table: &Table) -> (Worksheet, Vec<Problem>) {
    let mut sheet = Worksheet::default();
    let mut faults = Vec::new();
    let mut above: Vec<(u32, String)> = Vec::new();
    for (number, row) in (1..).zip(&table.rows) {
        let mut cells = Vec::new();
        for cell in row {
            let place = || Place::Cell { sheet: None, row: number, column: Some(address(number - 1, cell.column)) };
            let kinds: Vec<ProblemKind> = match cell_lines(cell) {
                None => vec![ProblemKind::Content(ContentFault::UnknownLayout)],
                // What cannot be read of spoiled text is said where the table is read.
                Some(lines) => lines
                    .into_iter()
                    .flat_map(|line| line.faults)
                    .filter(|kind| matches!(kind, ProblemKind::Content(_)))
                    .collect(),
            };
            faults.extend(kinds.into_iter().map(|kind| Problem { place: place(), kind }));
            // A cell that spans rows counts for each of them.
            let written = match above.iter().find(|(column, _)| cell.goes_on && *column == cell.column) {
                Some((_, text)) => text.clone(),
                None => cell_text(cell),
            };
            above.retain(|(column, _)| *column != cell.column);
            above.push((cell.column, written.clone()));
            if !written.is_empty() {
                cells.push((cell.column, Cell::Text(written)));
            }
        }
        if !cells.is_empty() {
            sheet.rows.push(Row { number, cells });
        }
    }
    (sheet, faults)
}

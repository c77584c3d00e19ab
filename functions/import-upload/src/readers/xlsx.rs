//! Workbooks, read cell by cell: a far cell costs nothing but its own line.

mod numbers;
mod package;
mod styles;
mod views;

use super::bounds::{self, MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES};
use super::{Cell, Row, Unsure, Worksheet, address};
use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxError};
use contest::problem::{Place, Problem, ProblemKind};
use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;
use views::View;

/// Signature of an archive.
const ZIP: &[u8] = b"PK\x03\x04";
/// Signature of the container of old and of encrypted workbooks.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0";

/// Reads every sheet.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Worksheet>, Problem> {
    if bytes.starts_with(OLE) {
        return Err(Problem::of_file(ProblemKind::OldOrEncrypted));
    }
    if !bytes.starts_with(ZIP) {
        return Err(Problem::of_file(ProblemKind::WrongSignature));
    }
    bounds::check_archive(bytes, bounds::Kind::Workbook).map_err(Problem::of_file)?;
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let mut text_bytes = 0;
    let mut sheets = Vec::new();
    let mut views = views::read(bytes).map_err(Problem::of_file)?.into_iter();
    for calamine::Sheet { name, visible, .. } in workbook.sheets_metadata().to_vec() {
        let view = views.next().unwrap_or_default();
        if visible != SheetVisible::Visible {
            sheets.push(Worksheet { name: Some(name), hidden: true, ..Worksheet::default() });
            continue;
        }
        match sheet(&mut workbook, &name, view, &mut text_bytes) {
            Ok(sheet) => sheets.push(sheet),
            // A chart or a macro sheet has no cells.
            Err(Fault::Workbook(XlsxError::NotAWorksheet(_))) => {}
            Err(Fault::Workbook(error)) => return Err(broken(error)),
            Err(Fault::Bound(problem)) => return Err(problem),
        }
    }
    Ok(sheets)
}

fn broken(_: XlsxError) -> Problem {
    Problem::of_file(ProblemKind::BrokenWorkbook)
}

enum Fault {
    Workbook(XlsxError),
    Bound(Problem),
}

impl From<XlsxError> for Fault {
    fn from(error: XlsxError) -> Self {
        Self::Workbook(error)
    }
}

fn sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    view: View,
    text_bytes: &mut usize,
) -> Result<Worksheet, Fault> {
    let forms = number_forms(workbook, name)?;
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let mut rows: BTreeMap<u32, Vec<(u32, Cell)>> = BTreeMap::new();
    let mut count = 0;
    while let Some(found) = reader.next_cell_with_formula_metadata()? {
        let (row, column) = found.pos;
        let bound = |kind: ProblemKind| {
            let place = Place::Cell {
                sheet: Some(name.to_owned()),
                row: row.saturating_add(1),
                column: Some(address(row, column)),
            };
            Fault::Bound(Problem { place, kind })
        };
        count += 1;
        if count > MAX_CELLS {
            return Err(bound(ProblemKind::TooManyCells { most: MAX_CELLS }));
        }
        let cell = match (&found.formula, cell(&found.value, forms.get(&found.pos))) {
            (Some(_), _) => Cell::Formula,
            (None, Cell::Text(text)) => match view.text(found.pos, text.clone()) {
                Some(text) => Cell::Text(text),
                None => Cell::Unsure { text, why: Unsure::Letters },
            },
            (None, cell) => cell,
        };
        if matches!(&cell, Cell::Text(text) if text.trim().is_empty()) {
            continue;
        }
        if row >= MAX_ROWS {
            return Err(bound(ProblemKind::TooManyRows { most: MAX_ROWS }));
        }
        if column >= MAX_COLUMNS {
            return Err(bound(ProblemKind::TooManyColumns { most: MAX_COLUMNS }));
        }
        if let Cell::Text(text) | Cell::Unsure { text, .. } = &cell {
            *text_bytes += text.len();
            if text.chars().count() > MAX_CELL_CHARS {
                return Err(bound(ProblemKind::CellTooLong { most: MAX_CELL_CHARS }));
            }
            if *text_bytes > MAX_TEXT_BYTES {
                return Err(bound(ProblemKind::InflatesTooFar));
            }
        }
        rows.entry(row).or_default().push((column, cell));
    }
    let rows = rows.into_iter().map(|(row, mut cells)| {
        cells.sort_by_key(|(column, _)| *column);
        Row { number: row + 1, cells }
    });
    Ok(Worksheet { name: Some(name.to_owned()), hidden: false, rows: rows.collect(), looks: view.looks })
}

/// The form in which each cell shows a number, where it is not the plain one: values alone do not tell.
fn number_forms(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<HashMap<(u32, u32), String>, Fault> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let forms: Vec<Option<String>> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map(|format| format.format_code.clone()))
        .map(|form| form.filter(|form| !form.eq_ignore_ascii_case("general")))
        .collect();
    let mut found = HashMap::new();
    let mut count = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        count += 1;
        if count > MAX_CELLS {
            break; // the reader of values names the place
        }
        let number = matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_));
        if let Some(form) = forms.get(style).and_then(Option::as_ref).filter(|_| number) {
            found.insert(cell.get_position(), form.clone());
        }
    }
    Ok(found)
}

/// A value as Vietnamese Excel shows it: decimal comma, `dd/mm/yyyy`.
fn cell(value: &DataRef<'_>, form: Option<&String>) -> Cell {
    let number = |number: f64| match numbers::shown(number, form.map_or("", String::as_str)) {
        Some(text) => Cell::Text(text),
        None => Cell::Unsure { text: numbers::decimal(number), why: Unsure::Number },
    };
    let date = |text: String| Cell::Unsure { text, why: Unsure::Date };
    match value {
        DataRef::Error(_) => Cell::Error,
        DataRef::Empty => Cell::Text(String::new()),
        DataRef::String(text) => Cell::Text(text.clone()),
        DataRef::SharedString(text) => Cell::Text((*text).to_owned()),
        DataRef::Int(whole) => number(*whole as f64),
        DataRef::Float(value) => number(*value),
        DataRef::Bool(true) => Cell::Text("TRUE".to_owned()),
        DataRef::Bool(false) => Cell::Text("FALSE".to_owned()),
        DataRef::DateTime(moment) => date(moment_text(moment)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => date(text.clone()),
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let time =
        if second == 0 { format!("{hour:02}:{minute:02}") } else { format!("{hour:02}:{minute:02}:{second:02}") };
    let days = moment.as_f64();
    if days < 1.0 {
        time
    } else if days.fract() == 0.0 {
        format!("{day:02}/{month:02}/{year:04}")
    } else {
        format!("{day:02}/{month:02}/{year:04} {time}")
    }
}

#[cfg(test)]
mod tests;

//! Workbooks, read cell by cell: a far cell costs nothing but its own line.

use super::bounds::{self, MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT_BYTES};
use super::{Cell, Row, Worksheet, address};
use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Xlsx, XlsxError};
use contest::problem::{Place, Problem, ProblemKind};
use std::collections::{BTreeMap, HashSet};
use std::io::Cursor;

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
    for calamine::Sheet { name, visible, .. } in workbook.sheets_metadata().to_vec() {
        if visible != SheetVisible::Visible {
            sheets.push(Worksheet { name: Some(name), hidden: true, rows: Vec::new() });
            continue;
        }
        match sheet(&mut workbook, &name, &mut text_bytes) {
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

fn sheet(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str, text_bytes: &mut usize) -> Result<Worksheet, Fault> {
    let percents = percents(workbook, name)?;
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
        let cell = match (&found.formula, &found.value) {
            (Some(_), _) => Cell::Formula,
            (None, DataRef::Error(_)) => Cell::Error,
            (None, value @ (DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_))) => {
                Cell::Date(shown(value, false))
            }
            (None, value) => Cell::Text(shown(value, percents.contains(&found.pos))),
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
        if let Cell::Text(text) = &cell {
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
    Ok(Worksheet { name: Some(name.to_owned()), hidden: false, rows: rows.collect() })
}

/// Cells that show a number in percent, which the value alone does not tell.
fn percents(workbook: &mut Xlsx<Cursor<&[u8]>>, name: &str) -> Result<HashSet<(u32, u32)>, Fault> {
    let mut reader = workbook.worksheet_cells_reader(name)?;
    let in_percent: Vec<bool> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().is_some_and(|format| format.format_code.contains('%')))
        .collect();
    let mut found = HashSet::new();
    let mut count = 0;
    while let Some((cell, style)) = reader.next_cell_with_style_id()? {
        count += 1;
        if count > MAX_CELLS {
            break; // the reader of values names the place
        }
        let number = matches!(cell.get_value(), DataRef::Float(_) | DataRef::Int(_));
        if number && in_percent.get(style).copied().unwrap_or(false) {
            found.insert(cell.get_position());
        }
    }
    Ok(found)
}

/// A value as Vietnamese Excel shows it: decimal comma, `dd/mm/yyyy`.
fn shown(value: &DataRef<'_>, percent: bool) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) if percent => format!("{}%", number.saturating_mul(100)),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if percent => format!("{}%", decimal(number * 100.0)),
        DataRef::Float(number) => decimal(*number),
        DataRef::Bool(true) => "TRUE".to_owned(),
        DataRef::Bool(false) => "FALSE".to_owned(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
    }
}

/// Fifteen significant digits, as Excel keeps them: 0.1 + 0.2 is 0,3.
fn decimal(number: f64) -> String {
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return format!("{number:.0}");
    }
    let digits = number.abs().log10().floor();
    let places = (14.0 - digits).clamp(0.0, 15.0) as usize;
    let text = format!("{number:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    text.replace('.', ",")
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

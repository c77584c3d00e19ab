//! A sheet with a title, one table and perhaps a sum, ready to print on A4.

use super::cell::formula_safe;
use super::winners_xlsx::{A4, text_format};
use crate::words::officials as words;
use rust_xlsxwriter::{Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// A column by its heading and its width in characters.
pub(super) type Column = (&'static str, f64);

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    Count(u64),
    /// Đồng, with points between thousands.
    Money(u64),
}

/// A sheet to be written.
pub(super) struct Table<'a> {
    /// Lines above the table, the first two in bold.
    pub(super) title: &'a [String],
    pub(super) columns: &'a [Column],
    pub(super) rows: &'a [Vec<Cell>],
    /// Of the last column.
    pub(super) sum: u64,
}

impl Table<'_> {
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last_column = self.columns.len() as u16 - 1;
        let heading_row = self.title.len() as u32 + 1;
        self.page_setup(sheet, heading_row)?;
        let centered = text_format().set_align(FormatAlign::Center).set_text_wrap();
        for (row, line) in (0..).zip(self.title) {
            let format = if row < 3 { centered.clone().set_bold() } else { centered.clone() };
            sheet.merge_range(row, 0, row, last_column, &formula_safe(line), &format)?;
            sheet.set_row_height(row, if line.chars().count() > 100 { 36.0 } else { 20.0 })?;
        }
        let bordered =
            text_format().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter).set_text_wrap();
        let heading = bordered.clone().set_bold().set_align(FormatAlign::Center);
        let money = bordered.clone().set_num_format("#,##0");
        for (column, (title, _)) in (0..).zip(self.columns) {
            sheet.write_string_with_format(heading_row, column, *title, &heading)?;
        }
        let mut row = heading_row;
        for cells in self.rows {
            row += 1;
            for (column, cell) in (0..).zip(cells) {
                write_cell(sheet, (row, column), cell, (&bordered, &money))?;
            }
        }
        row += 1;
        sheet.merge_range(row, 0, row, last_column - 1, words::SUM, &heading)?;
        sheet.write_number_with_format(row, last_column, whole(self.sum), &money.set_bold())?;
        Ok(())
    }

    fn page_setup(&self, sheet: &mut Worksheet, heading_row: u32) -> Result<(), XlsxError> {
        for (column, (_, width)) in (0..).zip(self.columns) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.4, 0.6, 0.6, 0.3, 0.3);
        sheet.set_footer("&C&P/&N");
        sheet.set_repeat_rows(heading_row, heading_row)?;
        sheet.set_freeze_panes(heading_row + 1, 0)?;
        Ok(())
    }
}

fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    (bordered, money): (&Format, &Format),
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) => sheet.write_string_with_format(row, column, formula_safe(text), bordered)?,
        Cell::Count(number) => sheet.write_number_with_format(row, column, whole(*number), bordered)?,
        Cell::Money(amount) => sheet.write_number_with_format(row, column, whole(*amount), money)?,
    };
    Ok(())
}

/// Spreadsheet numbers are binary64, which holds whole numbers exactly up to 2^53.
fn whole(number: u64) -> f64 {
    number as f64
}

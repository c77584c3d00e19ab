//! A long table to be searched and filtered: its heading stands in the first row and stays in sight, every column has a
//! filter and a width that fits what is in it.
//!
//! 100 000 rows of a ranking take 350 MB while they are written. The library's mode that needs less writes a file instead,
//! and this crate writes none.

use super::cell::formula_safe;
use super::first_page::saved;
use super::sheet::{Cell, height, print_setup, text_format, workbook, write_cell};
use crate::words::officials as words;
use contest::plan::Plan;
use contest::time::Timestamp;
use rust_xlsxwriter::{FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Most rows below a heading: a sheet has 1 048 576.
pub(super) const MOST_ROWS: usize = 1_048_575;
/// Widths in characters.
const NARROWEST: usize = 8;
const WIDEST: usize = 60;

/// A table that may be longer than a sheet.
pub(super) struct Listing<'a> {
    pub(super) plan: &'a Plan,
    pub(super) published_at: Timestamp,
    pub(super) sheet: &'a str,
    pub(super) columns: &'a [&'a str],
    /// How many rows there are.
    pub(super) rows: usize,
    /// How many of them are written, the first ones; [`MOST_ROWS`] but in tests.
    pub(super) most_rows: usize,
}

impl Listing<'_> {
    /// Writes the workbook. Where it cannot hold every row a first sheet says so, and which file does.
    pub(super) fn write(&self, rows: impl Iterator<Item = Vec<Cell>>) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = workbook(self.plan, self.published_at)?;
        if self.rows > self.most_rows {
            self.notice(&mut workbook)?;
        }
        let sheet = workbook.add_worksheet().set_name(self.sheet)?;
        let heading = text_format().set_bold().set_text_wrap().set_border(FormatBorder::Thin);
        let heading = heading.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        for (column, title) in (0..).zip(self.columns) {
            sheet.write_string_with_format(0, column, *title, &heading)?;
        }
        let last_row = self.rows.min(self.most_rows) as u32;
        self.body(sheet, rows)?;
        let last_column = self.columns.len() as u16 - 1;
        sheet.autofilter(0, 0, last_row, last_column)?;
        print_setup(sheet, 0, (last_row, last_column))?;
        saved(workbook)
    }

    fn body(&self, sheet: &mut Worksheet, rows: impl Iterator<Item = Vec<Cell>>) -> Result<(), XlsxError> {
        let plain = text_format();
        let mut widths = vec![NARROWEST; self.columns.len()];
        for (row, cells) in (1..).zip(rows.take(self.most_rows)) {
            for ((column, width), cell) in (0..).zip(&mut widths).zip(&cells) {
                *width = (*width).max(length(cell));
                write_cell(sheet, (row, column), cell, &plain)?;
            }
        }
        // Beside the text there is some room, and the mark of the filter.
        let widths: Vec<f64> = widths.into_iter().map(|width| width.min(WIDEST) as f64 + 3.0).collect();
        for (column, width) in (0..).zip(&widths) {
            sheet.set_column_width(column, *width)?;
        }
        sheet.set_row_height(0, height(self.columns.iter().copied().zip(widths)))?;
        Ok(())
    }

    fn notice(&self, workbook: &mut Workbook) -> Result<(), XlsxError> {
        let sheet = workbook.add_worksheet().set_name(words::INCOMPLETE_SHEET)?;
        sheet.set_column_width(0, 100)?;
        let text = words::incomplete(self.rows as u64, self.most_rows as u64);
        sheet.write_string_with_format(0, 0, formula_safe(&text), &text_format().set_bold().set_text_wrap())?;
        Ok(())
    }
}

/// In characters.
fn length(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) | Cell::Figure(text) => text.chars().count(),
        Cell::Count(number) | Cell::Money(number) => number.checked_ilog10().unwrap_or_default() as usize + 1,
    }
}

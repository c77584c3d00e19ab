//! A sheet with a title, one table and perhaps sums and a signature, ready to print on A4.

use super::cell::formula_safe;
use super::head::Head;
use crate::words::{letters, officials as words};
use contest::plan::Plan;
use contest::time::Timestamp;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

const A4: u8 = 9;
/// Rows between the signer's title and name.
const ROOM_TO_SIGN: u32 = 4;

/// A column by its heading and its width in characters.
pub(super) type Column<'a> = (&'a str, f64);

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    /// A figure that is text, such as `83,33` or a day.
    Figure(String),
    Count(u64),
    /// Đồng, with points between thousands.
    Money(u64),
}

impl Cell {
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Figure(text) => Some(text),
            Self::Count(_) | Self::Money(_) => None,
        }
    }
}

/// A sheet to be written.
pub(super) struct Table<'a> {
    /// Lines above the table, the first three in bold.
    pub(super) title: &'a [String],
    pub(super) columns: &'a [Column<'a>],
    pub(super) rows: &'a [Vec<Cell>],
    /// Sums in đồng of the last columns; none for a table without them.
    pub(super) sums: &'a [u64],
    /// The sentence below, in lists.
    pub(super) closing: Option<String>,
    /// Who signs below, where it is annexed to something.
    pub(super) signed: Option<&'a Head>,
}

impl Table<'_> {
    pub(super) fn write(&self, sheet: &mut Worksheet) -> Result<(), XlsxError> {
        let last_column = self.columns.len() as u16 - 1;
        let heading_row = self.title.len() as u32 + 1;
        for (column, (_, width)) in (0..).zip(self.columns) {
            sheet.set_column_width(column, *width)?;
        }
        title(sheet, self.title, self.columns)?;
        let heading = bordered().set_bold().set_align(FormatAlign::Center);
        for (column, (title, _)) in (0..).zip(self.columns) {
            sheet.write_string_with_format(heading_row, column, formula_safe(title), &heading)?;
        }
        sheet.set_row_height(heading_row, height(self.columns.iter().copied()))?;
        let mut row = self.body(sheet, heading_row)?;
        if !self.sums.is_empty() {
            row += 1;
            let first_sum = self.columns.len() as u16 - self.sums.len() as u16;
            sheet.merge_range(row, 0, row, first_sum - 1, words::SUM, &heading)?;
            let money = bordered().set_num_format(THOUSANDS).set_bold();
            for (column, sum) in (first_sum..).zip(self.sums) {
                sheet.write_number_with_format(row, column, whole(*sum), &money)?;
            }
        }
        if let Some(sentence) = &self.closing {
            row += 1;
            closing(sheet, (row, last_column), sentence)?;
        }
        if let Some(head) = self.signed {
            row = signature(sheet, (row + 2, last_column), head)?;
        }
        print_setup(sheet, heading_row, (row, last_column))
    }

    /// Returns the last row.
    fn body(&self, sheet: &mut Worksheet, heading_row: u32) -> Result<u32, XlsxError> {
        let bordered = bordered();
        let centered = bordered.clone().set_align(FormatAlign::Center);
        let money = bordered.clone().set_num_format(THOUSANDS);
        let mut row = heading_row;
        for cells in self.rows {
            row += 1;
            for (column, cell) in (0..).zip(cells) {
                let format = match cell {
                    Cell::Text(_) => &bordered,
                    Cell::Figure(_) | Cell::Count(_) => &centered,
                    Cell::Money(_) => &money,
                };
                write_cell(sheet, (row, column), cell, format)?;
            }
            let texts = cells.iter().zip(self.columns).filter_map(|(cell, (_, width))| Some((cell.text()?, *width)));
            sheet.set_row_height(row, height(texts))?;
        }
        Ok(row)
    }
}

/// Points between thousands, as the reader's country writes them.
const THOUSANDS: &str = "#,##0";

/// A workbook that says what it is and when that was published, which is its only date.
pub(super) fn workbook(plan: &Plan, published_at: Timestamp) -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(published_at.millis().div_euclid(1_000))?;
    let properties = DocProperties::new().set_title(&plan.name).set_author(&plan.organizer);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    Ok(workbook)
}

fn title(sheet: &mut Worksheet, lines: &[String], columns: &[Column<'_>]) -> Result<(), XlsxError> {
    let centered = text_format().set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter).set_text_wrap();
    let width = columns.iter().map(|(_, width)| width).sum();
    for (row, line) in (0..).zip(lines) {
        let format = if row < 3 { centered.clone().set_bold() } else { centered.clone() };
        sheet.merge_range(row, 0, row, columns.len() as u16 - 1, &formula_safe(line), &format)?;
        sheet.set_row_height(row, height(std::iter::once((line.as_str(), width))))?;
    }
    Ok(())
}

/// The sentence with which a list ends, below its last row.
pub(super) fn closing(sheet: &mut Worksheet, (row, last_column): (u32, u16), sentence: &str) -> Result<(), XlsxError> {
    sheet.merge_range(row, 0, row, last_column, sentence, &text_format().set_align(FormatAlign::VerticalCenter))?;
    sheet.set_row_height(row, height(std::iter::empty()))?;
    Ok(())
}

/// Place, date and signer in the right half; returns the last row.
fn signature(sheet: &mut Worksheet, (row, last_column): (u32, u16), head: &Head) -> Result<u32, XlsxError> {
    let centered = text_format().set_align(FormatAlign::Center).set_text_wrap();
    let bold = centered.clone().set_bold();
    let from = last_column.div_ceil(2) + 1;
    let mut line = |row: u32, text: &str, format: &Format| {
        sheet.merge_range(row, from, row, last_column, &formula_safe(text), format).map(|_| ())
    };
    line(row, &letters::place_and_date(head.place()), &centered.clone().set_italic())?;
    line(row + 1, head.signer_title(), &bold)?;
    let last = row + 2 + ROOM_TO_SIGN;
    line(last, head.signer_name(), &bold)?;
    Ok(last)
}

/// A4 across, as a table may be (Nghị định 30/2020/NĐ-CP, Phụ lục I, Mục I): margins of 20 mm above and below, 30 on the
/// left, 15 on the right; the page's number top centre in 13 points from the second page on (see [`super::first_page`]); headings on every page.
pub(super) fn print_setup(
    sheet: &mut Worksheet,
    heading_row: u32,
    (last_row, last_column): (u32, u16),
) -> Result<(), XlsxError> {
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0);
    // In inches: left, right, top, bottom, header, footer.
    sheet.set_margins(1.19, 0.6, 0.79, 0.79, 0.4, 0.4);
    sheet.set_header("&C&\"Times New Roman,Regular\"&13&P");
    sheet.set_repeat_rows(heading_row, heading_row)?;
    sheet.set_print_area(0, 0, last_row, last_column)?;
    sheet.set_freeze_panes(heading_row + 1, 0)?;
    Ok(())
}

pub(super) fn write_cell(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    cell: &Cell,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Text(text) | Cell::Figure(text) => {
            sheet.write_string_with_format(row, column, formula_safe(text), format)?
        }
        Cell::Count(number) | Cell::Money(number) => {
            sheet.write_number_with_format(row, column, whole(*number), format)?
        }
    };
    Ok(())
}

/// The height of a row in points, with room for every text in a column of its width. Programs that open a workbook do not
/// all make room themselves.
pub(super) fn height<'a>(texts: impl Iterator<Item = (&'a str, f64)>) -> f64 {
    let lines = texts.map(|(text, width)| lines(text, width as usize)).max().unwrap_or_default();
    f64::from(lines.max(1)) * 15.75 + 2.25
}

/// How many lines of so many characters a text takes, broken between words and, where one is too long, within.
fn lines(text: &str, characters: usize) -> u32 {
    let (mut lines, mut used) = (1, 0);
    for word in text.split_whitespace().map(|word| word.chars().count()) {
        let room = characters.saturating_sub(used);
        if word < room {
            used += word + 1;
        } else {
            lines += u32::from(used > 0) + (word.saturating_sub(1) / characters.max(1)) as u32;
            used = word % characters.max(1) + 1;
        }
    }
    lines
}

/// Offices print in Times New Roman, 12 points in tables (Nghị định 30/2020/NĐ-CP).
pub(super) fn text_format() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

/// A cell of a table.
pub(super) fn bordered() -> Format {
    text_format().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter).set_text_wrap()
}

/// Spreadsheet numbers are binary64, which holds whole numbers exactly up to 2^53, nine quadrillion.
fn whole(number: u64) -> f64 {
    number as f64
}

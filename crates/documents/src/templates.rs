//! Files that organizers download, fill in and upload. What stands in them imports without a word: there is no title and no
//! second sheet, since both would be named as not read, and whatever there is to know of a column stands in a note on its header.

use crate::officials::docx::{Docx, Look, Properties};
use crate::words::templates::{BANK_DOCX, BANK_NOTES, BANK_TITLE, QUESTIONS, TABLES, TableTemplate};
use contest::time::Timestamp;
use rust_xlsxwriter::{
    DataValidation, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Note, Workbook, XlsxError,
};

/// Seconds of the only date in the files, 2026-01-01: they are the same whenever they are made.
const CREATED_S: i64 = 1_767_225_600;
/// As a spreadsheet program keeps what is typed.
const AS_TEXT: &str = "@";
const A4: u8 = 9;
/// As far down as a list of words is offered.
const LAST_CHOICE: u32 = 1_000;
const HEADING: u32 = 0x006B_1212;
const WHITE: u32 = 0x00FF_FFFF;

/// A file by its name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Template {
    /// As it is uploaded.
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

/// Every template, the same bytes each time.
///
/// # Errors
/// Where a workbook cannot be written.
pub fn templates() -> Result<Vec<Template>, XlsxError> {
    let tables = TABLES.iter().map(|table| Ok(Template { name: table.file, bytes: workbook(table)? }));
    let document = Template { name: BANK_DOCX, bytes: bank_document() };
    tables.chain([Ok(document)]).collect()
}

fn workbook(table: &TableTemplate) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(CREATED_S)?;
    workbook.set_properties(&DocProperties::new().set_title(table.title).set_creation_datetime(&created));
    let heading = Format::new()
        .set_bold()
        .set_font_color(WHITE)
        .set_background_color(HEADING)
        .set_border(FormatBorder::Thin)
        .set_text_wrap()
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter);
    let texts = Format::new().set_num_format(AS_TEXT).set_text_wrap().set_align(FormatAlign::Top);
    let figures = Format::new().set_align(FormatAlign::Top);
    let sheet = workbook.add_worksheet();
    sheet.set_name(table.title)?;
    for (column, of) in (0..).zip(table.columns) {
        sheet.set_column_width(column, of.width)?;
        sheet.set_column_format(column, if of.is_figure { &figures } else { &texts })?;
        sheet.write_string_with_format(0, column, of.header.shown, &heading)?;
        sheet.insert_note(0, column, &Note::new(of.note).add_author_prefix(false).set_width(260))?;
        if !of.choices.is_empty() {
            let choice = DataValidation::new().allow_list_strings(of.choices)?.show_error_message(false);
            sheet.add_data_validation(1, column, LAST_CHOICE, column, &choice)?;
        }
    }
    for (row, cells) in (1..).zip(table.rows) {
        for (column, (of, text)) in (0..).zip(table.columns.iter().zip(*cells)) {
            match text.parse::<u32>() {
                Ok(figure) if of.is_figure => sheet.write_number_with_format(row, column, figure, &figures)?,
                _ if text.is_empty() => continue,
                _ => sheet.write_string_with_format(row, column, *text, &texts)?,
            };
        }
    }
    sheet.set_row_height(0, 32)?;
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_repeat_rows(0, 0)?;
    workbook.save_to_buffer()
}

fn bank_document() -> Vec<u8> {
    let mut document = Docx::default();
    for question in QUESTIONS {
        document.paragraph(question.question, Look::BODY.left().bold().kept());
        for line in question.lines {
            document.paragraph(line, Look::BODY.left());
        }
    }
    let created = Timestamp::from_millis(CREATED_S * 1_000);
    document.finish_below(&Properties { title: BANK_TITLE, author: "", created }, BANK_NOTES)
}

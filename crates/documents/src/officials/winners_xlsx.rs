//! `winners.xlsx`: the list of winners as it is annexed to a decision, ready to print on A4.
//!
//! Cells are typed: text stays text and money is a number. The only date inside the file is that of
//! the publication, so that the same results give the same bytes.

use super::cell::formula_safe;
use super::{Dossier, Identity};
use crate::site::{WireNumber, prediction};
use crate::words::{format, officials as words};
use contest::plan::PrizeTier;
use contest::result::RankedPerson;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError,
};

/// Width in characters of each of [`words::WINNERS_COLUMNS`].
const WIDTHS: [f64; words::WINNERS_COLUMNS.len()] =
    [5.0, 6.0, 26.0, 12.0, 34.0, 20.0, 8.0, 11.0, 11.0, 10.0, 24.0, 18.0, 16.0];
const LAST_COLUMN: u16 = WIDTHS.len() as u16 - 1;
/// Lines of the title block; the heading of the table follows after an empty row.
const TITLE_ROWS: u32 = 5;
const HEADING_ROW: u32 = TITLE_ROWS + 1;
pub(super) const A4: u8 = 9;

/// Writes the file.
///
/// # Errors
/// Where a text is longer than a cell may be (32 767 characters).
pub(super) fn winners_xlsx(dossier: &Dossier<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let created = ExcelDateTime::from_timestamp(dossier.version.published_at.millis().div_euclid(1_000))?;
    let plan = dossier.plan;
    let properties = DocProperties::new().set_title(&plan.name).set_author(&plan.organizer);
    workbook.set_properties(&properties.set_creation_datetime(&created));
    let sheet = workbook.add_worksheet();
    sheet.set_name(words::WINNERS_SHEET)?;
    page_setup(sheet)?;
    title_block(sheet, dossier)?;
    table(sheet, dossier)?;
    workbook.save_to_buffer()
}

fn page_setup(sheet: &mut Worksheet) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    sheet.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.5, 0.4, 0.6, 0.6, 0.3, 0.3);
    sheet.set_footer("&C&P/&N");
    sheet.set_repeat_rows(HEADING_ROW, HEADING_ROW)?;
    sheet.set_freeze_panes(HEADING_ROW + 1, 0)?;
    Ok(())
}

fn title_block(sheet: &mut Worksheet, dossier: &Dossier<'_>) -> Result<(), XlsxError> {
    let Dossier { plan, round, version, .. } = *dossier;
    let centered = text_format().set_align(FormatAlign::Center).set_text_wrap();
    let bold = centered.clone().set_bold();
    let lines: [(String, &Format); TITLE_ROWS as usize] = [
        (plan.organizer.clone(), &bold),
        (words::WINNERS_TITLE.to_owned(), &bold),
        (format!("{} - {}", plan.name, round.name), &bold),
        (words::publication_line(version, plan.time_zone), &centered),
        (words::totals_line(version), &centered),
    ];
    for (row, (text, format)) in (0..).zip(lines) {
        sheet.merge_range(row, 0, row, LAST_COLUMN, &formula_safe(&text), format)?;
        sheet.set_row_height(row, 20.0)?;
    }
    Ok(())
}

fn table(sheet: &mut Worksheet, dossier: &Dossier<'_>) -> Result<(), XlsxError> {
    let bordered = text_format().set_border(FormatBorder::Thin).set_align(FormatAlign::VerticalCenter).set_text_wrap();
    let heading = bordered.clone().set_bold().set_align(FormatAlign::Center);
    let amount = bordered.clone().set_num_format("#,##0");
    for (column, title) in (0..).zip(words::WINNERS_COLUMNS) {
        sheet.write_string_with_format(HEADING_ROW, column, title, &heading)?;
    }
    let version = dossier.version;
    let mut row = HEADING_ROW;
    let mut sum = 0;
    for (place, winner) in (1u32..).zip(&version.result.winners) {
        row += 1;
        let line = winner.place.of(&version.result.ranking);
        let tier = version.input.rules.tier(winner.tier);
        sum += tier.amount;
        sheet.write_number_with_format(row, 0, place, &bordered)?;
        for (column, text) in (1..).zip(text_cells(dossier, line, tier)) {
            sheet.write_string_with_format(row, column, formula_safe(&text), &bordered)?;
        }
        sheet.write_number_with_format(row, LAST_COLUMN, whole(tier.amount), &amount)?;
    }
    row += 1;
    sheet.merge_range(row, 0, row, LAST_COLUMN - 1, words::SUM, &heading)?;
    sheet.write_number_with_format(row, LAST_COLUMN, whole(sum), &amount.set_bold())?;
    Ok(())
}

/// The cells between the number and the money.
fn text_cells(dossier: &Dossier<'_>, line: &RankedPerson, tier: &PrizeTier) -> [String; WIDTHS.len() - 2] {
    let version = dossier.version;
    let person = line.person.of(version.input.people);
    let identity = dossier.identities.get(&person.contestant);
    [
        line.rank.to_string(),
        identity.map(|i| i.full_name.clone()).unwrap_or_default(),
        birth_date(identity),
        version.unit_of(line.person).map(|unit| unit.name.clone()).unwrap_or_default(),
        person.pseudonym.to_string(),
        format::score(line.score),
        prediction(version, line).map(|p| shown(&p)).unwrap_or_default(),
        line.prediction_distance.map(format::score).unwrap_or_default(),
        format::duration(line.duration_ms),
        format::instant_in_table(line.submitted_at, dossier.plan.time_zone),
        tier.name.clone(),
    ]
}

pub(super) fn birth_date(identity: Option<&Identity>) -> String {
    identity.and_then(|i| i.birth_date).map(format::day_in_table).unwrap_or_default()
}

/// A prediction as people write it: `3.200`, `87,65432`.
fn shown(prediction: &WireNumber) -> String {
    match prediction {
        WireNumber::Whole(number) => format::grouped(*number),
        WireNumber::Decimal(text) => text.replace('.', ","),
    }
}

/// Offices print in Times New Roman, 12 points in tables (Nghị định 30/2020/NĐ-CP).
pub(super) fn text_format() -> Format {
    Format::new().set_font_name("Times New Roman").set_font_size(12)
}

/// Spreadsheet numbers are binary64, which holds whole đồng exactly up to 2^53, nine quadrillion.
fn whole(amount: u64) -> f64 {
    amount as f64
}

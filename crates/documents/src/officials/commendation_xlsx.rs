//! `commendation.xlsx`: for the emulation council, who fulfils what a `[[commendation]]` asks for and who lacks only one
//! thing, with the accounts that each of them brought in. A pair of sheets for each list, ready to print on A4.
//!
//! Counts are numbers and everything else is text. The only date of the file is that of the publication.

use super::cell::formula_safe;
use super::first_page::saved;
use super::sheet::{bordered, closing, height, print_setup, text_format, workbook};
use super::{Identities, birth_date, full_name};
use crate::words::officials as words;
use contest::commendation::{Candidate, CommendationList, Lacking, Participation, Referred, Verdict};
use contest::ids::{ContestantId, UnitCode};
use contest::plan::{Plan, Round};
use contest::text::NameOrder;
use contest::time::Timestamp;
use contest::units::UnitTree;
use rust_xlsxwriter::{Format, FormatAlign, Worksheet, XlsxError};

/// Width in characters of each column; the last stands in the sheet of what is lacking alone.
const WIDTHS: [f64; words::COMMENDATION_COLUMNS.len() + 2] = [6.0, 28.0, 12.0, 36.0, 10.0, 10.0, 12.0, 14.0, 44.0];

/// What the workbook is made from.
#[derive(Clone, Copy)]
pub struct CommendationReport<'a> {
    /// The plan by which the lists were made.
    pub plan: &'a Plan,
    /// The units of the contest.
    pub units: &'a UnitTree,
    /// The round with whose results the lists are made; none where they are over the contest.
    pub round: Option<&'a Round>,
    /// When these results were published.
    pub published_at: Timestamp,
    /// The lists, in the order of the plan; at least one.
    pub lists: &'a [CommendationList<'a>],
    /// Who is who.
    pub identities: &'a Identities,
}

/// The sheets of a list.
#[derive(Clone, Copy)]
enum Part {
    Fulfilled,
    Lacking,
}

impl Part {
    const fn holds(self, verdict: &Verdict) -> bool {
        match (self, verdict) {
            (Self::Fulfilled, Verdict::Fulfils) | (Self::Lacking, Verdict::Lacks(_)) => true,
            (Self::Fulfilled, Verdict::Lacks(_)) | (Self::Lacking, Verdict::Fulfils) => false,
        }
    }

    const fn sheet(self) -> &'static str {
        match self {
            Self::Fulfilled => words::FULFILLED_SHEET,
            Self::Lacking => words::LACKING_SHEET,
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Fulfilled => words::FULFILLED_TITLE,
            Self::Lacking => words::LACKING_TITLE,
        }
    }

    const fn last_column(self) -> u16 {
        match self {
            Self::Fulfilled => WIDTHS.len() as u16 - 2,
            Self::Lacking => WIDTHS.len() as u16 - 1,
        }
    }
}

/// Writes the file.
///
/// # Errors
/// Where a text is longer than a cell may be (32 767 characters), or a list than a sheet (1 048 576 rows).
pub(super) fn commendation_xlsx(report: &CommendationReport<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(report.plan, report.published_at)?;
    for (number, list) in (1..).zip(report.lists) {
        for part in [Part::Fulfilled, Part::Lacking] {
            let name = words::sheet_name(part.sheet(), number, report.lists.len());
            write_sheet(workbook.add_worksheet().set_name(name)?, report, list, part)?;
        }
    }
    saved(workbook)
}

fn write_sheet(
    sheet: &mut Worksheet,
    report: &CommendationReport<'_>,
    list: &CommendationList<'_>,
    part: Part,
) -> Result<(), XlsxError> {
    // An empty row stands between the title and the heading.
    let heading_row = title_block(sheet, report, list, part)? + 1;
    for (column, width) in (0..=part.last_column()).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
    }
    heading(sheet, heading_row, list, part)?;
    let mut table = Table { sheet, report, list, part, row: heading_row };
    let candidates = by_name(&list.candidates, report.identities, |candidate| &candidate.contestant);
    let held: Vec<&Candidate> = candidates.into_iter().filter(|candidate| part.holds(&candidate.verdict)).collect();
    let people = held.len() as u64;
    if held.is_empty() {
        table.row += 1;
        table.sheet.merge_range(table.row, 0, table.row, part.last_column(), words::NOBODY, &bordered())?;
    }
    (1..).zip(held).try_for_each(|(place, candidate)| table.candidate(place, candidate))?;
    let last_row = table.row + 1;
    closing(sheet, (last_row, part.last_column()), &words::people_listed(people))?;
    print_setup(sheet, heading_row, (last_row, part.last_column()))
}

/// Returns how many rows it has.
fn title_block(
    sheet: &mut Worksheet,
    report: &CommendationReport<'_>,
    list: &CommendationList<'_>,
    part: Part,
) -> Result<u32, XlsxError> {
    let centered = text_format().set_align(FormatAlign::Center).set_text_wrap();
    let bold = centered.clone().set_bold();
    let over = report.round.map_or(words::WHOLE_CONTEST, |round| &round.name);
    let asked = list.commendation;
    let mut lines = vec![(report.plan.organizer.clone(), &bold), (part.title().to_owned(), &bold)];
    lines.extend(asked.form.as_ref().map(|form| (words::form_line(form), &centered)));
    lines.extend([
        (format!("{} - {over}", report.plan.name), &bold),
        (words::asked_line(asked, unit_name(&asked.unit, report.units)), &centered),
        (words::counted_line(list.rounds, report.published_at, report.plan.time_zone), &centered),
    ]);
    let rows = lines.len() as u32;
    for (row, (text, format)) in (0..).zip(lines) {
        sheet.merge_range(row, 0, row, part.last_column(), &formula_safe(&text), format)?;
        let width = WIDTHS[..=usize::from(part.last_column())].iter().sum();
        sheet.set_row_height(row, height(std::iter::once((text.as_str(), width))))?;
    }
    Ok(rows)
}

fn heading(sheet: &mut Worksheet, row: u32, list: &CommendationList<'_>, part: Part) -> Result<(), XlsxError> {
    let format = bordered().set_bold().set_align(FormatAlign::Center);
    let reached = words::reached_column(list.commendation.consecutive_rounds);
    let titles = words::COMMENDATION_COLUMNS.into_iter().chain([reached.as_str(), words::LACKING_COLUMN]);
    sheet.set_row_height(row, height(titles.clone().zip(WIDTHS)))?;
    for (column, title) in (0..=part.last_column()).zip(titles) {
        sheet.write_string_with_format(row, column, title, &format)?;
    }
    Ok(())
}

/// The rows below the heading.
struct Table<'a> {
    sheet: &'a mut Worksheet,
    report: &'a CommendationReport<'a>,
    list: &'a CommendationList<'a>,
    part: Part,
    /// The row last written.
    row: u32,
}

impl Table<'_> {
    /// A person, and beneath the accounts brought in.
    fn candidate(&mut self, place: u32, candidate: &Candidate) -> Result<(), XlsxError> {
        let bold = bordered().set_bold();
        let identity = self.report.identities.get(&candidate.contestant);
        self.next_row()?;
        let (name, unit) = (full_name(identity), unit_name(&candidate.unit, self.report.units));
        let lacking = match &candidate.verdict {
            Verdict::Fulfils => None,
            Verdict::Lacks(lacking) => Some(self.lacking(lacking)),
        };
        let figure = bold.clone().set_align(FormatAlign::Center);
        self.sheet.write_number_with_format(self.row, 0, place, &figure)?;
        self.text(1, name, &bold)?;
        self.text(2, &birth_date(identity), &figure)?;
        self.text(3, unit, &bold)?;
        self.took(candidate.took, &figure)?;
        self.sheet.write_number_with_format(self.row, 6, candidate.referred.len() as u32, &figure)?;
        self.sheet.write_number_with_format(self.row, 7, candidate.reached, &figure)?;
        if let Some(lacking) = &lacking {
            self.text(8, lacking, &bold)?;
        }
        self.make_room(name, unit, lacking.as_deref().unwrap_or_default())?;
        let referred = by_name(&candidate.referred, self.report.identities, |referred| &referred.contestant);
        (1..).zip(referred).try_for_each(|(number, referred)| self.referred(place, number, referred))
    }

    fn referred(&mut self, place: u32, number: u32, referred: &Referred) -> Result<(), XlsxError> {
        let plain = bordered();
        let unit = referred.unit.as_ref().map(|unit| unit_name(unit, self.report.units)).unwrap_or_default();
        let (name, figure) =
            (full_name(self.report.identities.get(&referred.contestant)), bordered().set_align(FormatAlign::Center));
        self.next_row()?;
        self.text(0, &format!("{place}.{number}"), &figure)?;
        self.text(1, name, &bordered().set_indent(1))?;
        self.text(3, unit, &plain)?;
        self.took(referred.took, &figure)?;
        self.make_room(name, unit, "")
    }

    /// For the texts of the row.
    fn make_room(&mut self, name: &str, unit: &str, lacking: &str) -> Result<(), XlsxError> {
        // Names are set in by two characters.
        let texts = [(name, WIDTHS[1] - 2.0), (unit, WIDTHS[3]), (lacking, WIDTHS[8])];
        self.sheet.set_row_height(self.row, height(texts.into_iter()))?;
        Ok(())
    }

    /// Goes on to a row of which every cell has its lines.
    fn next_row(&mut self) -> Result<(), XlsxError> {
        self.row += 1;
        for column in 0..=self.part.last_column() {
            self.sheet.write_blank(self.row, column, &bordered())?;
        }
        Ok(())
    }

    fn took(&mut self, took: Participation, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_number_with_format(self.row, 4, took.rounds, format)?;
        self.sheet.write_number_with_format(self.row, 5, took.longest, format)?;
        Ok(())
    }

    fn text(&mut self, column: u16, text: &str, format: &Format) -> Result<(), XlsxError> {
        self.sheet.write_string_with_format(self.row, column, formula_safe(text), format)?;
        Ok(())
    }

    fn lacking(&self, lacking: &Lacking) -> String {
        let asked = self.list.commendation.consecutive_rounds;
        match lacking {
            Lacking::Account => words::lacks_account(asked),
            Lacking::RoundsInARow(nearest) => {
                let name = full_name(self.report.identities.get(&nearest.contestant));
                words::lacks_rounds(name, nearest.took.longest, asked)
            }
        }
    }
}

/// In the order of given names; people of one name, or of none, by code.
pub(super) fn by_name<'a, T>(
    people: &'a [T],
    identities: &Identities,
    code: impl Fn(&T) -> &ContestantId,
) -> Vec<&'a T> {
    let order = NameOrder::new();
    let name = |person: &T| full_name(identities.get(code(person)));
    let mut sorted: Vec<&T> = people.iter().collect();
    sorted.sort_by(|a, b| order.compare_names(name(a), name(b)).then_with(|| code(a).cmp(code(b))));
    sorted
}

pub(super) fn unit_name<'a>(code: &'a UnitCode, units: &'a UnitTree) -> &'a str {
    units.find(code).map_or(code.as_str(), |place| &units.units()[place].name)
}

#[cfg(test)]
mod tests;

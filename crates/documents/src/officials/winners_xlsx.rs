//! `winners.xlsx`: the list of winners as it is annexed to a decision, ready to print on A4 and to be signed.
//!
//! Cells are typed: text stays text and money is a number. The only date inside the file is that of
//! the publication, so that the same results give the same bytes.

use super::first_page::saved;
use super::sheet::{Cell, Table, workbook};
use super::{Dossier, birth_date, full_name};
use crate::site::{RoundVersion, WireNumber, prediction};
use crate::words::{format, officials as words};
use contest::plan::PrizeTier;
use contest::result::RankedPerson;
use rust_xlsxwriter::XlsxError;

/// Writes the file.
///
/// # Errors
/// Where a text is longer than a cell may be (32 767 characters).
pub(super) fn winners_xlsx(dossier: &Dossier<'_>) -> Result<Vec<u8>, XlsxError> {
    let Dossier { plan, round, version, head, .. } = *dossier;
    let mut workbook = workbook(plan, version.published_at)?;
    let mut sum = 0;
    let rows = (1..).zip(&version.result.winners).map(|(place, winner)| {
        let tier = version.input.rules.tier(winner.tier);
        sum += tier.amount;
        row(dossier, place, winner.place.of(&version.result.ranking), tier)
    });
    let rows: Vec<Vec<Cell>> = rows.collect();
    let title = [
        plan.organizer.clone(),
        words::WINNERS_TITLE.to_owned(),
        format!("{} - {}", plan.name, round.name),
        words::ANNEXED_TO.to_owned(),
        words::publication_line(version, plan.time_zone),
        words::totals_line(version),
    ];
    let columns = &words::WINNERS_COLUMNS;
    let closing = Some(words::people_listed(rows.len() as u64));
    let table = Table { title: &title, columns, rows: &rows, sums: &[sum], closing, signed: Some(head) };
    table.write(workbook.add_worksheet().set_name(words::WINNERS_SHEET)?)?;
    saved(workbook)
}

fn row(dossier: &Dossier<'_>, place: u64, line: &RankedPerson, tier: &PrizeTier) -> Vec<Cell> {
    let version = dossier.version;
    let person = line.person.of(version.input.people);
    let identity = dossier.identities.get(&person.contestant);
    vec![
        Cell::Count(place),
        Cell::Figure(line.rank.to_string()),
        Cell::Text(full_name(identity).to_owned()),
        Cell::Figure(birth_date(identity)),
        Cell::Text(version.unit_of(line.person).map(|unit| unit.name.clone()).unwrap_or_default()),
        Cell::Text(person.pseudonym.to_string()),
        Cell::Figure(format::score(line.score)),
        Cell::Figure(predicted(version, line).unwrap_or_default()),
        Cell::Figure(line.prediction_distance.map(format::score).unwrap_or_default()),
        Cell::Figure(format::duration(line.duration_ms)),
        Cell::Figure(format::instant_in_table(line.submitted_at, dossier.plan.time_zone)),
        Cell::Text(tier.name.clone()),
        Cell::Money(tier.amount),
    ]
}

/// The prediction of a line as people write it: `3.200`, `87,65432`.
pub fn predicted(version: &RoundVersion<'_>, line: &RankedPerson) -> Option<String> {
    prediction(version, line).map(|prediction| shown(&prediction))
}

/// A prediction as people write it.
pub(super) fn shown(prediction: &WireNumber) -> String {
    match prediction {
        WireNumber::Whole(number) => format::grouped(*number),
        WireNumber::Decimal(text) => text.replace('.', ","),
    }
}

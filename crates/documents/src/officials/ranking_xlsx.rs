//! `ranking.xlsx`: what `ranking.csv` has, for people who read it: durations in words, numbers as the country writes them.

use super::listing::{Listing, MOST_ROWS};
use super::sheet::Cell;
use super::winners_xlsx::shown;
use super::{Dossier, full_name};
use crate::site::prediction;
use crate::words::{format, officials as words};
use contest::plan::PrizeTier;
use contest::result::{PersonIndex, RankedPerson, RankingPlace};
use rust_xlsxwriter::XlsxError;
use std::collections::HashMap;

/// Questions right and questions asked, of an attempt.
type Right = HashMap<(PersonIndex, u16), (u16, u16)>;

/// Writes the file.
///
/// # Errors
/// Where a text is longer than a cell may be (32 767 characters).
pub(super) fn ranking_xlsx(dossier: &Dossier<'_>) -> Result<Vec<u8>, XlsxError> {
    bounded(dossier, MOST_ROWS)
}

pub(super) fn bounded(dossier: &Dossier<'_>, most_rows: usize) -> Result<Vec<u8>, XlsxError> {
    let version = dossier.version;
    let attempts = version.input.attempts.iter();
    let right: Right = attempts.map(|of| ((of.person, of.number), (of.right, of.questions))).collect();
    let prizes = version.prize_by_place();
    let rows = RankingPlace::all(&version.result.ranking)
        .map(|(place, line)| row(dossier, line, &right, prizes.get(&place).copied()));
    let listing = Listing {
        plan: dossier.plan,
        published_at: version.published_at,
        sheet: words::RANKING_SHEET,
        columns: &words::RANKING_XLSX_COLUMNS,
        rows: version.result.ranking.len(),
        most_rows,
    };
    listing.write(rows)
}

fn row(dossier: &Dossier<'_>, line: &RankedPerson, right: &Right, prize: Option<&PrizeTier>) -> Vec<Cell> {
    let version = dossier.version;
    let person = line.person.of(version.input.people);
    let right = right.get(&(line.person, line.attempt));
    vec![
        Cell::Count(line.rank.0),
        Cell::Text(full_name(dossier.identities.get(&person.contestant)).to_owned()),
        Cell::Text(person.unit.as_ref().map(ToString::to_string).unwrap_or_default()),
        Cell::Text(version.unit_of(line.person).map(|unit| unit.name.clone()).unwrap_or_default()),
        Cell::Text(person.pseudonym.to_string()),
        Cell::Text(format::score(line.score)),
        Cell::Text(right.map(|(right, questions)| format!("{right}/{questions}")).unwrap_or_default()),
        Cell::Text(format::minutes_and_seconds(line.duration_ms)),
        Cell::Text(prediction(version, line).map(|p| shown(&p)).unwrap_or_default()),
        Cell::Text(line.prediction_distance.map(format::score).unwrap_or_default()),
        Cell::Text(format::instant_in_table(line.submitted_at, dossier.plan.time_zone)),
        Cell::Count(line.attempt.into()),
        Cell::Count(line.attempts_used.into()),
        Cell::Text(prize.map(|tier| tier.name.clone()).unwrap_or_default()),
    ]
}

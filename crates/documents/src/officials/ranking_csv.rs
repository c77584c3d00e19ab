//! `ranking.csv` for officials: everyone ranked, with names, for a spreadsheet program: UTF-8 with
//! BOM, CRLF, semicolons, since the comma stands in numbers here. It says of everybody no more than who they are
//! and what they came to: the birthday that tells namesakes apart stands in the list of winners.
//!
//! Cells of a CSV have no type, so every value has a form that no locale reads as something else
//! (`DOMAIN.md` N6): `05:30` would turn into half past five, `3.200` into 3.2 and `09/03` into a day
//! in September. A score that is no whole number keeps the comma of the country.

use super::cell::formula_safe;
use super::{Dossier, full_name};
use crate::site::number::WireNumber;
use crate::site::prediction;
use crate::words::format;
use crate::words::officials::{RANKING_COLUMNS, yes_or_no};
use contest::result::{RankedPerson, RankingPlace};

pub(super) fn ranking_csv(dossier: &Dossier<'_>) -> Vec<u8> {
    let version = dossier.version;
    let prizes = version.prize_by_place();
    let rows = RankingPlace::all(&version.result.ranking).map(|(place, line)| {
        let prize = prizes.get(&place).map_or("", |tier| tier.name.as_str());
        row(dossier, line, prize)
    });
    for_spreadsheets(&RANKING_COLUMNS, rows)
}

/// A table for a spreadsheet program; no cell of it begins a formula.
pub(super) fn for_spreadsheets<const COLUMNS: usize>(
    header: &[&str; COLUMNS],
    rows: impl Iterator<Item = [String; COLUMNS]>,
) -> Vec<u8> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut writer =
        csv::WriterBuilder::new().delimiter(b';').terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
    writer.write_record(header).expect("a Vec takes every byte");
    for row in rows {
        let cells = row.map(|cell| formula_safe(&cell));
        writer.write_record(&cells).expect("a Vec takes every byte and every row has the header's length");
    }
    writer.flush().expect("a Vec takes every byte");
    drop(writer);
    bytes
}

fn row(dossier: &Dossier<'_>, line: &RankedPerson, prize: &str) -> [String; RANKING_COLUMNS.len()] {
    let version = dossier.version;
    let person = line.person.of(version.input.people);
    let identity = dossier.identities.get(&person.contestant);
    [
        line.rank.to_string(),
        full_name(identity).to_owned(),
        person.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
        version.unit_of(line.person).map(|unit| unit.name.clone()).unwrap_or_default(),
        person.pseudonym.to_string(),
        plain(&WireNumber::of(line.score)),
        yes_or_no(line.perfect).to_owned(),
        prediction(version, line).map(|p| plain(&p)).unwrap_or_default(),
        line.prediction_distance.map(|d| plain(&WireNumber::of(d))).unwrap_or_default(),
        line.duration_ms.to_string(),
        format::instant_in_table(line.submitted_at, dossier.plan.time_zone),
        line.attempt.to_string(),
        line.attempts_used.to_string(),
        prize.to_owned(),
    ]
}

/// A number without points between thousands, and with the comma of the country.
fn plain(number: &WireNumber) -> String {
    number.to_string().replace('.', ",")
}

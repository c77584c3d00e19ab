//! `review.csv`: what people should look at in a round, a line each. Nobody is removed by it, and its heading says so.

#[cfg(test)]
mod tests;

use super::Dossier;
use super::ranking_csv::for_spreadsheets;
use crate::words::officials::yes_or_no;
use crate::words::review as words;
use contest::ids::UnitCode;
use contest::result::PersonIndex;
use contest::review::{Mark, Review, Signal};
use contest::units::UnitTree;

pub(super) fn review_csv(dossier: &Dossier<'_>, review: &Review) -> Vec<u8> {
    let what = words::what_to_look_at(review.left_out);
    let [number, kind, wins, people, figures] = words::REVIEW_COLUMNS;
    let rows = (1_u32..).zip(&review.marks).map(|(number, mark)| row(dossier, number, mark));
    for_spreadsheets(&[number, kind, wins, people, figures, &what], rows)
}

fn row(dossier: &Dossier<'_>, number: u32, mark: &Mark) -> [String; words::REVIEW_COLUMNS.len() + 1] {
    let zone = dossier.plan.time_zone;
    [
        number.to_string(),
        words::kind(mark.signal.kind()).to_owned(),
        yes_or_no(mark.wins).to_owned(),
        people(dossier, &mark.people),
        words::figures(mark, dossier.version.input.attempt.min_seconds, zone),
        words::sentence(mark, &unit_of_signal(dossier.version.input.units, &mark.signal), zone),
    ]
}

fn people(dossier: &Dossier<'_>, people: &[PersonIndex]) -> String {
    let named = people.iter().take(words::MOST_NAMED).map(|person| named(dossier, *person));
    let mut named: Vec<String> = named.collect();
    if people.len() > named.len() {
        named.push(words::and_others(people.len() - named.len()));
    }
    named.join("; ")
}

fn named(dossier: &Dossier<'_>, index: PersonIndex) -> String {
    let person = index.of(dossier.version.input.people);
    let name = dossier.identities.get(&person.contestant).map_or(words::ERASED, |identity| identity.full_name.as_str());
    let unit = dossier.version.unit_of(index).map_or(words::NO_UNIT, |unit| unit.name.as_str());
    words::person(name, unit, &person.pseudonym)
}

/// The name of the unit that a signal is about.
pub(crate) fn unit_of_signal(units: &UnitTree, signal: &Signal) -> String {
    let name = |code: &UnitCode| units.find(code).map_or_else(|| code.to_string(), |at| units.units()[at].name.clone());
    match signal {
        Signal::PerfectJump { unit, .. } | Signal::RegistrationBurst { unit, .. } => name(unit),
        Signal::CommonWrongAnswers { .. }
        | Signal::Corrected { .. }
        | Signal::SharedPhone
        | Signal::SamePerson
        | Signal::TooFast(_)
        | Signal::UnderFloor(_)
        | Signal::UnbrokenTie { .. } => String::new(),
    }
}

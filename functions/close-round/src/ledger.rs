//! The public ledger of a round, made from the kept rows: every accepted attempt, no matter whose it is.

use crate::score::Reading;
use anyhow::{Context, bail};
use contest::attempt::Attempt;
use contest::ids::UnitCode;
use contest::ledger::{self, LEAST_PEOPLE_OF_A_UNIT, Sealing};
use contest::paper::recompose;
use contest::result::Person;
use std::collections::{BTreeMap, HashSet};

/// The bytes of `ledger.jsonl`: one line each, by pseudonym and attempt, which hides the order of arrival.
pub(crate) fn ledger(reading: &Reading<'_>, rows: &[Attempt], people: &[Person]) -> anyhow::Result<Vec<u8>> {
    let places = reading.places(people);
    let mut accepted: Vec<(&Person, &Attempt)> = Vec::new();
    for row in rows.iter().filter(|row| reading.accepted(row).is_some()) {
        let Some(&place) = places.get(&row.contestant) else {
            bail!("an attempt of nobody: {}", reading.keys.pseudonym(&row.contestant))
        };
        accepted.push((place.of(people), row));
    }
    accepted.sort_unstable_by_key(|(person, row)| (&person.pseudonym, row.number));
    let small = small_units(&accepted);
    let Reading { plan, round, keys, bank } = reading;
    let sealing = Sealing { plan, round, keys, bank };
    let secret = keys.paper_secret(&round.id);
    let mut bytes = Vec::new();
    for (person, row) in accepted {
        let unit = person.unit.as_ref().filter(|unit| !small.contains(unit));
        let paper = recompose(plan.paper_of(round), bank, &secret, row);
        let sealed = sealing.submission(&paper, row).context("a row without a submission")?;
        bytes.extend_from_slice(ledger::line(&sealed, unit).as_bytes());
        bytes.push(b'\n');
    }
    Ok(bytes)
}

/// Units of which fewer people took part than may be told apart.
fn small_units<'a>(accepted: &[(&'a Person, &Attempt)]) -> HashSet<&'a UnitCode> {
    let mut people: BTreeMap<&UnitCode, HashSet<&str>> = BTreeMap::new();
    for (person, _) in accepted {
        if let Some(unit) = &person.unit {
            people.entry(unit).or_default().insert(person.pseudonym.as_str());
        }
    }
    people.into_iter().filter(|(_, people)| people.len() < LEAST_PEOPLE_OF_A_UNIT).map(|(unit, _)| unit).collect()
}

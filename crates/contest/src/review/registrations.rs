//! Accounts that look as if one person had made several of them, or one device many.

use super::{ReviewInput, Seen, Signal};
use crate::ids::UnitCode;
use crate::result::PersonIndex;
use crate::time::Timestamp;
use std::collections::BTreeMap;

/// Registrations of one unit within a minute from which on they are worth a look.
const LEAST_REGISTRATIONS: usize = 20;
const MINUTE_MS: i64 = 60_000;

/// Accounts with the same name and date of birth. Each has a number of its own, or the second would have been refused.
pub(super) fn same_person(input: &ReviewInput<'_>) -> Vec<Seen> {
    let told = input.registered().filter_map(|(person, account)| {
        let (name, born) = account.name_key.as_deref().zip(account.birth_date)?;
        Some(((name, born), person))
    });
    input.groups(told, 2).into_iter().map(|people| (Signal::SamePerson, people)).collect()
}

/// Minutes in which a unit registered many people; minutes that overlap are one line.
pub(super) fn bursts(input: &ReviewInput<'_>) -> Vec<Seen> {
    let mut by_unit: BTreeMap<&UnitCode, Vec<(Timestamp, PersonIndex)>> = BTreeMap::new();
    for (place, person) in PersonIndex::all(input.round.people) {
        if let Some(unit) = &person.unit {
            by_unit.entry(unit).or_default().push((person.registered_at, place));
        }
    }
    let mut seen = Vec::new();
    for (unit, mut registered) in by_unit {
        registered.sort_unstable_by_key(|(at, person)| (*at, input.name(*person)));
        for burst in dense(&registered) {
            let (from, until) = (burst[0].0, burst[burst.len() - 1].0);
            let mut people: Vec<PersonIndex> = burst.iter().map(|(_, person)| *person).collect();
            people.sort_unstable_by_key(|person| input.name(*person));
            seen.push((Signal::RegistrationBurst { unit: unit.clone(), from, until }, people));
        }
    }
    seen.sort_by_key(|(_, people)| std::cmp::Reverse(people.len()));
    seen
}

/// The stretches of which every registration stands in a minute with [`LEAST_REGISTRATIONS`].
fn dense(registered: &[(Timestamp, PersonIndex)]) -> Vec<&[(Timestamp, PersonIndex)]> {
    let mut stretches: Vec<std::ops::Range<usize>> = Vec::new();
    let mut end = 0;
    for start in 0..registered.len() {
        let over = registered[start].0.plus_millis(MINUTE_MS);
        while end < registered.len() && registered[end].0 < over {
            end += 1;
        }
        if end - start < LEAST_REGISTRATIONS {
            continue;
        }
        match stretches.last_mut() {
            Some(last) if start < last.end => last.end = end,
            _ => stretches.push(start..end),
        }
    }
    stretches.into_iter().map(|stretch| &registered[stretch]).collect()
}

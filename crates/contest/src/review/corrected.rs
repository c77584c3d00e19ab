//! A wrong sheet and, within a minute, a perfect one by the same person: nobody reads a whole paper in a minute, so the second
//! one was known.

use super::{ReviewInput, Seen, Signal};
use crate::result::{PersonIndex, ScoredAttempt};
use std::collections::BTreeMap;

const MINUTE_MS: u64 = 60_000;

/// One line for each person, with the shortest time between the two; the shortest first.
pub(super) fn corrected(input: &ReviewInput<'_>) -> Vec<Seen> {
    let mut by_person: BTreeMap<PersonIndex, Vec<&ScoredAttempt>> = BTreeMap::new();
    for (_, attempt) in input.counted() {
        by_person.entry(attempt.person).or_default().push(attempt);
    }
    let mut found: Vec<(u64, [u16; 2], PersonIndex)> = Vec::new();
    for (person, mut attempts) in by_person {
        attempts.sort_unstable_by_key(|attempt| (attempt.submitted_at, attempt.number));
        let pairs = attempts.windows(2).filter(|pair| !pair[0].is_perfect() && pair[1].is_perfect());
        let told = pairs.map(|pair| {
            let apart_ms = pair[1].submitted_at.millis().abs_diff(pair[0].submitted_at.millis());
            (apart_ms, [pair[0].number, pair[1].number], person)
        });
        found.extend(told.min().filter(|(apart_ms, ..)| *apart_ms <= MINUTE_MS));
    }
    found.sort_unstable_by_key(|(apart_ms, _, person)| (*apart_ms, input.name(*person)));
    let seen = |(apart_ms, attempts, person)| (Signal::Corrected { attempts, apart_ms }, vec![person]);
    found.into_iter().map(seen).collect()
}

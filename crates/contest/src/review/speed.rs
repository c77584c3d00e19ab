//! Sheets that nobody can have read: under the announced floor, or faster than two seconds a question whatever the floor
//! (`DOMAIN.md` N22: twenty right of twenty in 45 seconds).

use super::{FastSheet, ReviewInput, Seen, Signal};
use crate::result::PersonIndex;
use std::collections::BTreeMap;

/// Reading a question and its options takes longer, even to somebody who knows them.
const LEAST_MS_A_QUESTION: u64 = 2_000;

/// One line for each person, with the fastest sheet; the fastest person first.
pub(super) fn fast_sheets(input: &ReviewInput<'_>) -> Vec<Seen> {
    let floor_ms = u64::from(input.round.attempt.min_seconds) * 1_000;
    let mut fastest: BTreeMap<PersonIndex, FastSheet> = BTreeMap::new();
    for (_, attempt) in input.counted() {
        let least_ms = floor_ms.max(LEAST_MS_A_QUESTION * u64::from(attempt.questions));
        if attempt.duration_ms >= least_ms {
            continue;
        }
        let (number, duration_ms) = (attempt.number, attempt.duration_ms);
        let sheet =
            FastSheet { attempt: number, duration_ms, right: attempt.right, questions: attempt.questions, sheets: 1 };
        let kept = fastest.entry(attempt.person).or_insert(FastSheet { sheets: 0, ..sheet });
        let sheets = kept.sheets + 1;
        let faster = (sheet.duration_ms, sheet.attempt) < (kept.duration_ms, kept.attempt);
        *kept = FastSheet { sheets, ..if faster { sheet } else { *kept } };
    }
    let mut fastest: Vec<(PersonIndex, FastSheet)> = fastest.into_iter().collect();
    fastest.sort_unstable_by_key(|(person, sheet)| (sheet.duration_ms, input.name(*person)));
    let seen = |(person, sheet): (PersonIndex, FastSheet)| {
        let too_fast = sheet.duration_ms < LEAST_MS_A_QUESTION * u64::from(sheet.questions);
        (if too_fast { Signal::TooFast(sheet) } else { Signal::UnderFloor(sheet) }, vec![person])
    };
    fastest.into_iter().map(seen).collect()
}

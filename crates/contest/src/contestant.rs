//! The contestants of a round, each with the attempt that counts.

use crate::plan::{Counted, RankingKey};
use crate::prediction::Prediction;
use crate::result::{Person, RoundInput, ScoredAttempt};
use crate::scoring::share_weight;
use crate::time::Timestamp;
use std::cmp::Ordering;

/// A ranked person with at least one accepted attempt in the round that is valid. Attempts that are not are none of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Contestant {
    /// [`crate::ids::Pseudonym::number`]
    pub(crate) pseudonym: u128,
    pub(crate) registered_at: Timestamp,
    /// The attempt that is ranked.
    pub(crate) counted: ScoredAttempt,
    /// The accepted attempt with the lowest number, and its prediction.
    first: (u16, Option<Prediction>),
    /// Accepted attempts.
    pub(crate) attempts: u32,
    pub(crate) perfect_attempts: u32,
}

/// Everybody who counts, in the order of [`RoundInput::people`].
pub(crate) fn contestants(input: &RoundInput<'_>) -> Vec<Contestant> {
    let mut by_person: Vec<Option<Contestant>> = vec![None; input.people.len()];
    for attempt in input.attempts {
        let person = attempt.person.of(input.people);
        match &mut by_person[attempt.person.0 as usize] {
            _ if !person.ranked || !attempt.is_valid() => {}
            Some(contestant) => contestant.add(attempt, input),
            none => *none = Some(Contestant::new(person, attempt)),
        }
    }
    by_person.into_iter().flatten().collect()
}

impl Contestant {
    fn new(person: &Person, attempt: &ScoredAttempt) -> Self {
        Self {
            pseudonym: person.pseudonym.number(),
            registered_at: person.registered_at,
            counted: *attempt,
            first: (attempt.number, attempt.prediction),
            attempts: 1,
            perfect_attempts: u32::from(attempt.is_perfect()),
        }
    }

    fn add(&mut self, attempt: &ScoredAttempt, input: &RoundInput<'_>) {
        self.attempts += 1;
        self.perfect_attempts += u32::from(attempt.is_perfect());
        if attempt.number < self.first.0 {
            self.first = (attempt.number, attempt.prediction);
        }
        if compare_attempts(attempt, &self.counted, input).is_lt() {
            self.counted = *attempt;
        }
    }

    /// The prediction of the first accepted attempt of the round.
    pub(crate) const fn first_prediction(&self) -> Option<Prediction> {
        self.first.1
    }
}

/// The one that counts first. Attempt numbers of a person differ, so this is a total order and the
/// order in which attempts arrive says nothing.
fn compare_attempts(a: &ScoredAttempt, b: &ScoredAttempt, input: &RoundInput<'_>) -> Ordering {
    match input.attempt.counted {
        Counted::Best => compare_quality(a, b, &input.rules.ranking.order).then(a.number.cmp(&b.number)),
        Counted::First => a.number.cmp(&b.number),
        Counted::Last => b.number.cmp(&a.number),
    }
}

/// Highest score, then the ranking's keys that belong to one attempt. The distance of a prediction
/// is not among them: else spraying predictions over many attempts would pay.
fn compare_quality(a: &ScoredAttempt, b: &ScoredAttempt, order: &[RankingKey]) -> Ordering {
    let score = |attempt: &ScoredAttempt| share_weight(attempt.right, attempt.questions);
    let by_key = |key: &RankingKey| match key {
        RankingKey::Duration => a.duration_ms.cmp(&b.duration_ms),
        RankingKey::StartedAt => a.started_at.cmp(&b.started_at),
        RankingKey::SubmittedAt => a.submitted_at.cmp(&b.submitted_at),
        _ => Ordering::Equal,
    };
    let later_keys = || order.iter().map(by_key).find(|by_key| by_key.is_ne()).unwrap_or(Ordering::Equal);
    score(b).cmp(&score(a)).then_with(later_keys)
}

//! The ranking of a round: a pure function of the rules and the frozen attempts (`DOMAIN.md` I4).
//!
//! People equal in every key of `ranking.order` share a rank, 1-2-2-4 (`CONTRACT.md` 3.2). Nothing
//! depends on the order in which people and attempts are given: what the keys leave equal is listed
//! by pseudonym.

mod prediction;

#[cfg(test)]
mod any_game;
#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod properties;
#[cfg(test)]
mod tests;

use crate::contestant::{Contestant, contestants};
use crate::plan::{Eligible, OnePrize, PredictionRules, RankingKey, Rules};
use crate::prizes::{Candidate, Occasion};
use crate::result::{PersonIndex, PredictionOutcome, Rank, RankedPerson, RoundInput, RoundResult, Totals};
use crate::time::Timestamp;
use crate::{prizes, scoring, standings};
use prediction::Yardstick;
use std::cmp::Ordering;
use std::collections::HashMap;

/// Ranks a round: totals, ranking, prizes and units.
///
/// A prediction is measured against the totals of this very input, but for later editions with
/// `actual = "at_closing"` ([`RoundInput::at_closing`]).
///
/// # Panics
/// Where an attempt names a person that is not in [`RoundInput::people`].
pub fn rank_round(input: &RoundInput<'_>) -> RoundResult {
    let mut contestants = contestants(input);
    let totals = totals(input, &contestants);
    let mut units = standings::UnitSums::of_round(input, &contestants);
    let order = Order::new(input.rules, &totals, input.at_closing.as_ref());
    if input.rules.ranking.eligible == Eligible::Perfect {
        contestants.retain(|contestant| contestant.counted.is_perfect());
    }
    contestants.sort_unstable_by(|a, b| order.compare(a, b).then(a.pseudonym.cmp(&b.pseudonym)));
    let ranking = ranked_people(&contestants, &order, input.attempt.points);
    let drawn: HashMap<PersonIndex, [u8; 32]> =
        input.lots.unwrap_or_default().iter().map(|ticket| (ticket.person, ticket.value)).collect();
    let occasion = Occasion::Round(input.round);
    let awards = prizes::award(input.rules, occasion, &ranking, |line| candidate(input, line, drawn.get(&line.person)));
    for winner in &awards.winners {
        let person = winner.place.of(&ranking).person.of(input.people);
        units.add_prize(input.units, person.unit.as_ref(), winner.tier);
    }
    RoundResult {
        totals,
        prediction: order.yardstick.map(|yardstick| yardstick.outcome()),
        ranking,
        winners: awards.winners,
        waiting: awards.waiting,
        units: standings::round_tables(input.rules, input.units, &units),
    }
}

/// Who forfeits keeps the rank but is passed over, and so does a winner of an earlier round where one prize is all a
/// person may win.
fn candidate(input: &RoundInput<'_>, line: &RankedPerson, ticket: Option<&[u8; 32]>) -> Candidate {
    let person = line.person.of(input.people);
    let may_win_again = input.rules.ranking.one_prize_per_person == OnePrize::None;
    Candidate {
        rank: line.rank,
        may_win: !person.forfeits && (may_win_again || !person.won_before),
        decided_place: person.decided_place,
        ticket: ticket.copied(),
    }
}

fn totals(input: &RoundInput<'_>, contestants: &[Contestant]) -> Totals {
    let mut totals = Totals { registered: input.people.len() as u64, ..Totals::default() };
    for contestant in contestants {
        totals.contestants += 1;
        totals.attempts += u64::from(contestant.attempts);
        totals.perfect_attempts += u64::from(contestant.perfect_attempts);
        totals.perfect_contestants += u64::from(contestant.counted.is_perfect());
    }
    totals
}

/// `contestants` are sorted by `order`.
fn ranked_people(contestants: &[Contestant], order: &Order<'_>, points: u32) -> Vec<RankedPerson> {
    let mut ranking: Vec<RankedPerson> = Vec::with_capacity(contestants.len());
    for (place, contestant) in contestants.iter().enumerate() {
        let shared = place.checked_sub(1).filter(|&above| order.compare(&contestants[above], contestant).is_eq());
        let rank = shared.map_or(Rank::below(place), |above| ranking[above].rank);
        ranking.push(order.ranked(contestant, rank, points));
    }
    ranking
}

/// The total preorder of a contest.
struct Order<'a> {
    keys: &'a [RankingKey],
    /// Missing in contests without a prediction, where [`RankingKey::PredictionDistance`] says nothing.
    yardstick: Option<Yardstick>,
}

impl<'a> Order<'a> {
    fn new(rules: &'a Rules, totals: &Totals, at_closing: Option<&Totals>) -> Self {
        let yardstick = |prediction: &PredictionRules| Yardstick::new(prediction, totals, at_closing);
        Self { keys: &rules.ranking.order, yardstick: rules.prediction.as_ref().map(yardstick) }
    }

    /// Better first; equal means a shared rank.
    fn compare(&self, a: &Contestant, b: &Contestant) -> Ordering {
        let by_key = |&key: &RankingKey| self.weight(key, a).cmp(&self.weight(key, b));
        self.keys.iter().map(by_key).find(|by_key| by_key.is_ne()).unwrap_or(Ordering::Equal)
    }

    /// What a contestant weighs in one key, whatever its direction: less is better.
    fn weight(&self, key: RankingKey, contestant: &Contestant) -> u128 {
        let counted = &contestant.counted;
        match key {
            RankingKey::Score => u128::from(u64::MAX - scoring::share_weight(counted.right, counted.questions)),
            RankingKey::PredictionDistance => match &self.yardstick {
                Some(yardstick) => yardstick.weight(contestant),
                None => 0,
            },
            RankingKey::Duration => u128::from(counted.duration_ms),
            RankingKey::SubmittedAt => instant_weight(counted.submitted_at),
            RankingKey::StartedAt => instant_weight(counted.started_at),
            RankingKey::FewerAttempts => u128::from(contestant.attempts),
            RankingKey::MoreAttempts => u128::from(u32::MAX - contestant.attempts),
            RankingKey::RegisteredAt => instant_weight(contestant.registered_at),
            RankingKey::PerfectAttempts => u128::from(u32::MAX - contestant.perfect_attempts),
        }
    }

    fn ranked(&self, contestant: &Contestant, rank: Rank, points: u32) -> RankedPerson {
        let Contestant { counted, attempts, .. } = contestant;
        let prediction = self.yardstick.as_ref().and_then(|yardstick| yardstick.prediction(contestant));
        RankedPerson {
            rank,
            person: counted.person,
            attempt: counted.number,
            score: scoring::score(points, counted.right, counted.questions),
            perfect: counted.is_perfect(),
            prediction,
            prediction_distance: self.yardstick.as_ref().zip(prediction).map(|(y, predicted)| y.distance(predicted)),
            duration_ms: counted.duration_ms,
            submitted_at: counted.submitted_at,
            attempts_used: *attempts,
        }
    }
}

impl Yardstick {
    fn outcome(&self) -> PredictionOutcome {
        PredictionOutcome { target: self.rules.target, actual: self.actual }
    }
}

/// Instants as whole numbers from 0 on, earlier ones smaller.
fn instant_weight(instant: Timestamp) -> u128 {
    u128::from(instant.millis().abs_diff(i64::MIN))
}

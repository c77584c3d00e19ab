//! What whoever publishes a round should know before: of its winners alone, without a judgement.

use super::{Review, Signal};
use crate::ids::RoundId;
use crate::plan::{PrizeTier, Rules};
use crate::result::{PersonIndex, RoundResult};
use std::collections::BTreeSet;

/// Something to know before results are published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// So many winners have a sheet under the announced floor.
    UnderFloor {
        /// At least one.
        winners: u64,
    },
    /// So many winners have a sheet that nobody can have read.
    TooFast {
        /// At least one.
        winners: u64,
    },
    /// Extra prizes of a tie cost more than the plan has for the round, in đồng.
    AbovePlannedSum {
        /// What is given.
        given: u64,
        /// What the plan has.
        planned: u64,
    },
}

/// The warnings about a ranked round, the prizes last.
pub fn warnings(rules: &Rules, round: &RoundId, result: &RoundResult, review: &Review) -> Vec<Warning> {
    let winners: BTreeSet<PersonIndex> =
        result.winners.iter().map(|winner| winner.place.of(&result.ranking).person).collect();
    let marked = |is_meant: fn(&Signal) -> bool| {
        let people = review.marks.iter().filter(|mark| is_meant(&mark.signal)).flat_map(|mark| &mark.people);
        people.filter(|person| winners.contains(person)).count() as u64
    };
    let under_floor = marked(|signal| matches!(signal, Signal::UnderFloor(_)));
    let too_fast = marked(|signal| matches!(signal, Signal::TooFast(_)));
    let given: u64 = result.winners.iter().map(|winner| rules.tier(winner.tier).amount).sum();
    let planned: u64 = rules.prizes.iter().filter(|prize| prize.is_given_in(round)).map(PrizeTier::worth).sum();
    let told = [
        (under_floor > 0).then_some(Warning::UnderFloor { winners: under_floor }),
        (too_fast > 0).then_some(Warning::TooFast { winners: too_fast }),
        (given > planned).then_some(Warning::AbovePlannedSum { given, planned }),
    ];
    told.into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::super::made::{Made, Size};
    use super::*;
    use crate::plan::Scope;

    #[test]
    fn a_fast_winner_is_told_and_a_fast_loser_is_not() {
        let mut made = Made::honest(5, Size { people: 30, bank: 20, paper: 10 });
        let prize = |amount| PrizeTier {
            tier: "first".to_owned(),
            name: "Giải Nhất".to_owned(),
            count: 1,
            amount,
            scope: Scope::Round,
            rounds: Vec::new(),
        };
        made.game.rules.prizes = vec![prize(1_000)];
        let before = made.review();
        assert_eq!(warnings(&made.game.rules, &made.game.round, &made.ranked(), &before), []);
        // Somebody who guesses at random in eight seconds, and somebody who has the key.
        let (loser, winner) = (made.join(900, "don-vi-1"), made.join(901, "don-vi-1"));
        let guesses = made.guesses(10);
        made.send(loser, 1, (8_000, 1_000), guesses);
        let key = made.key_with_faults(10, &[]);
        made.send(winner, 1, (9_000, 2_000), key);
        let (result, review) = (made.ranked(), made.review());
        assert_eq!(warnings(&made.game.rules, &made.game.round, &result, &review), [Warning::TooFast { winners: 1 }]);
        made.game.attempt.min_seconds = 60;
        made.game.attempts.last_mut().expect("a sheet").duration_ms = 59_000;
        let (result, review) = (made.ranked(), made.review());
        assert_eq!(
            warnings(&made.game.rules, &made.game.round, &result, &review),
            [Warning::UnderFloor { winners: 1 }]
        );
        // The plan has less now than was given under it.
        let cheaper =
            crate::plan::Rules { prizes: vec![PrizeTier { count: 0, ..prize(1_000) }], ..made.game.rules.clone() };
        let told = warnings(&cheaper, &made.game.round, &result, &Review::default());
        assert_eq!(told, [Warning::AbovePlannedSum { given: 1_000, planned: 0 }]);
    }
}

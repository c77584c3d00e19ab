//! What a round adds to a contest: for everyone who counts in it, no more than is summed over rounds.

use crate::contestant::{Contestant, contestants};
use crate::ids::{Pseudonym, RoundId, UnitCode};
use crate::result::{PersonIndex, PrizeStep, Rank, RoundInput, RoundResult};
use std::collections::HashMap;

/// A round of which the results are known, as standings and the ranking over the contest take it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakenRound {
    /// The round.
    pub round: RoundId,
    /// Points of a full submission in it.
    pub points: u32,
    /// Accounts when the round was frozen.
    pub registered: u64,
    /// Ranked people with an accepted attempt, by public name.
    pub people: Vec<Taken>,
}

/// What one person did in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// Public name.
    pub pseudonym: Pseudonym,
    /// Unit chosen at registration.
    pub unit: Option<UnitCode>,
    /// Questions right in the counted attempt.
    pub right: u16,
    /// Questions on its paper, at least 1.
    pub questions: u16,
    /// Of the counted attempt.
    pub duration_ms: u64,
    /// Accepted attempts.
    pub attempts: u32,
    /// Those of them with every question right.
    pub perfect_attempts: u32,
    /// What the person won in the round.
    pub won: Option<PrizeStep>,
    /// In the round; none where only perfect people are ranked, and this one is not.
    pub rank: Option<Rank>,
}

impl Taken {
    /// Whether every question of the counted attempt is right.
    pub const fn is_perfect(&self) -> bool {
        self.right == self.questions
    }

    fn of(contestant: &Contestant, input: &RoundInput<'_>) -> Self {
        let Contestant { counted, attempts, perfect_attempts, .. } = contestant;
        let person = counted.person.of(input.people);
        Self {
            pseudonym: person.pseudonym.clone(),
            unit: person.unit.clone(),
            right: counted.right,
            questions: counted.questions,
            duration_ms: counted.duration_ms,
            attempts: *attempts,
            perfect_attempts: *perfect_attempts,
            won: None,
            rank: None,
        }
    }
}

impl TakenRound {
    /// What a round adds, from what it was ranked from and what came out.
    ///
    /// # Panics
    /// Where an attempt names a person that is not in [`RoundInput::people`].
    pub fn of(round: &RoundId, input: &RoundInput<'_>, result: &RoundResult) -> Self {
        let won = |winner: &crate::result::Winner| (winner.place.of(&result.ranking).person, winner.tier);
        let won: HashMap<PersonIndex, PrizeStep> = result.winners.iter().map(won).collect();
        let ranks: HashMap<PersonIndex, Rank> = result.ranking.iter().map(|line| (line.person, line.rank)).collect();
        let taken = |contestant: &Contestant| {
            let person = contestant.counted.person;
            let (won, rank) = (won.get(&person).copied(), ranks.get(&person).copied());
            Taken { won, rank, ..Taken::of(contestant, input) }
        };
        let mut people: Vec<Taken> = contestants(input).iter().map(taken).collect();
        people.sort_unstable_by(|a, b| a.pseudonym.cmp(&b.pseudonym));
        let (round, points) = (round.clone(), input.attempt.points);
        Self { round, points, registered: result.totals.registered, people }
    }
}

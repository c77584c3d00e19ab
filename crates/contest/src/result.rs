//! What ranking takes and what it gives: frozen facts in, one version of a round's results out.

use crate::fraction::Fraction;
use crate::ids::{ContestantId, Pseudonym, RoundId, UnitCode};
use crate::plan::{AttemptRules, Collective, CollectivePrize, Measure, PredictionTarget, PrizeTier, Rules, Scope};
use crate::prediction::Prediction;
use crate::time::Timestamp;
use crate::units::UnitTree;
use std::fmt;

/// Place of a person in [`RoundInput::people`], from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PersonIndex(pub u32);

impl PersonIndex {
    /// Everybody with the index.
    pub fn all(people: &[Person]) -> impl Iterator<Item = (Self, &Person)> {
        (0..).map(Self).zip(people)
    }

    /// The person.
    ///
    /// # Panics
    /// Where these are not the people among whom it was counted.
    pub fn of(self, people: &[Person]) -> &Person {
        &people[self.0 as usize]
    }
}

/// A rank, from 1: people or units that are equal share one, 1-2-2-4 (`CONTRACT.md` 3.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rank(pub u64);

impl Rank {
    /// The rank below so many.
    pub const fn below(above: usize) -> Self {
        Self(above as u64 + 1)
    }
}

impl fmt::Display for Rank {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Place of a line in [`RoundResult::ranking`], from 0. People who share a rank have places of their own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RankingPlace(pub u32);

impl RankingPlace {
    /// Every line with its place.
    pub fn all(ranking: &[RankedPerson]) -> impl Iterator<Item = (Self, &RankedPerson)> {
        (0..).map(Self).zip(ranking)
    }

    /// The line.
    ///
    /// # Panics
    /// Where this is not the ranking in which it was counted.
    pub fn of(self, ranking: &[RankedPerson]) -> &RankedPerson {
        &ranking[self.0 as usize]
    }
}

/// A step of a ladder of prizes, [`Rules::prizes`] or [`Collective::prizes`], from 0, which is the best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PrizeStep(pub u32);

impl Rules {
    /// The individual prize of a step.
    ///
    /// # Panics
    /// Where these are not the rules under which it was won.
    pub fn tier(&self, step: PrizeStep) -> &PrizeTier {
        &self.prizes[step.0 as usize]
    }
}

impl Collective {
    /// The prize of a step.
    ///
    /// # Panics
    /// Where this is not the competition in which it was won.
    pub fn prize(&self, step: PrizeStep) -> &CollectivePrize {
        &self.prizes[step.0 as usize]
    }
}

/// A person with an account when the round was frozen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Code known to the person and the organizers.
    pub contestant: ContestantId,
    /// Public name.
    pub pseudonym: Pseudonym,
    /// Unit chosen at registration.
    pub unit: Option<UnitCode>,
    /// When the account was made.
    pub registered_at: Timestamp,
    /// Neither excluded nor disqualified: only such people are ranked and counted.
    pub ranked: bool,
    /// Won an individual prize in an earlier round of the contest.
    pub won_before: bool,
    /// Keeps the rank and wins nothing: a decision passes the prize on.
    pub forfeits: bool,
    /// Place that a decision gives among those who are equal in every key.
    pub decided_place: Option<u32>,
}

/// An accepted attempt with its score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScoredAttempt {
    /// Whose it is.
    pub person: PersonIndex,
    /// 1 for the first attempt of the round.
    pub number: u16,
    /// When it started.
    pub started_at: Timestamp,
    /// Received − started, at most the minutes.
    pub duration_ms: u64,
    /// When the submission was received.
    pub submitted_at: Timestamp,
    /// Questions right.
    pub right: u16,
    /// Questions on the paper, at least 1.
    pub questions: u16,
    /// The prediction.
    pub prediction: Option<Prediction>,
    /// Disqualified alone, without its person: it counts in no figure.
    pub struck: bool,
    /// A question is left open, and the plan asks for all of them: it counts in no figure.
    pub incomplete: bool,
}

impl ScoredAttempt {
    /// Whether it counts where its person does.
    pub const fn is_valid(&self) -> bool {
        !self.struck && !self.incomplete
    }

    /// Whether every question is right.
    pub const fn is_perfect(&self) -> bool {
        self.right == self.questions
    }
}

/// Everything a round's results follow from.
#[derive(Clone, Copy, Debug)]
pub struct RoundInput<'a> {
    /// The rules.
    pub rules: &'a Rules,
    /// What an attempt of this round is.
    pub attempt: &'a AttemptRules,
    /// Which round it is: it decides which prizes are given.
    pub round: &'a RoundId,
    /// Units as frozen.
    pub units: &'a UnitTree,
    /// Everybody with an account.
    pub people: &'a [Person],
    /// Accepted attempts of this round, in any order.
    pub attempts: &'a [ScoredAttempt],
    /// The draw for `unbroken_tie = "lot"`, once it is known: people by ascending value.
    pub lots: Option<&'a [LotTicket]>,
    /// Totals of the round's first edition, in every later one: with `actual = "at_closing"` predictions stay measured
    /// by them (`DOMAIN.md` 2.3).
    pub at_closing: Option<Totals>,
}

/// A drawn value for one person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LotTicket {
    /// Whose it is.
    pub person: PersonIndex,
    /// Drawn value; smaller comes first.
    pub value: [u8; 32],
}

/// One version of a round's results.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundResult {
    /// Figures of the round.
    pub totals: Totals,
    /// The predicted number, in contests with a prediction.
    pub prediction: Option<PredictionOutcome>,
    /// Everyone ranked, by rank and then pseudonym.
    pub ranking: Vec<RankedPerson>,
    /// Prizes, by rank and then pseudonym.
    pub winners: Vec<Winner>,
    /// People whose prize waits for a draw or for the organizers.
    pub waiting: Vec<RankingPlace>,
    /// The units of this round, one table for each competition, at least one.
    pub units: Vec<UnitTable>,
}

/// Figures of a round; people, attempts and accounts are different numbers (`DOMAIN.md` I6).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Totals {
    /// All accounts.
    pub registered: u64,
    /// Ranked people with an accepted attempt.
    pub contestants: u64,
    /// Their accepted attempts.
    pub attempts: u64,
    /// Their perfect attempts.
    pub perfect_attempts: u64,
    /// Those whose counted attempt is perfect.
    pub perfect_contestants: u64,
}

impl Totals {
    /// Perfect attempts in percent of attempts; `None` without attempts.
    pub fn perfect_attempts_percent(&self) -> Option<Fraction> {
        Fraction::new(self.perfect_attempts * 100, self.attempts)
    }
}

/// The predicted number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PredictionOutcome {
    /// What was predicted.
    pub target: PredictionTarget,
    /// What it came to; a whole number but for [`PredictionTarget::PerfectPercent`].
    pub actual: Fraction,
}

/// One line of the ranking.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RankedPerson {
    /// 1-2-2-4.
    pub rank: Rank,
    /// Who it is.
    pub person: PersonIndex,
    /// Number of the counted attempt.
    pub attempt: u16,
    /// Points × right / questions.
    pub score: Fraction,
    /// Every question right.
    pub perfect: bool,
    /// The prediction that counts.
    pub prediction: Option<Prediction>,
    /// |prediction − actual| in the target's own unit (people, attempts, percent); `None` is infinitely far.
    pub prediction_distance: Option<Fraction>,
    /// Of the counted attempt.
    pub duration_ms: u64,
    /// Of the counted attempt.
    pub submitted_at: Timestamp,
    /// Accepted attempts of the round.
    pub attempts_used: u32,
}

/// One individual prize.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Winner {
    /// Whose line of the ranking wins.
    pub place: RankingPlace,
    /// What is won, a step of [`Rules::prizes`].
    pub tier: PrizeStep,
}

/// Units compared at one level.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitTable {
    /// Place in [`Rules::collective`], or `None` for the plain table of a contest without one.
    pub collective: Option<usize>,
    /// Whether the prizes of the table are given now.
    pub scope: Scope,
    /// Keys of comparison.
    pub measure: Vec<Measure>,
    /// By rank, then code; unranked units last.
    pub standings: Vec<UnitStanding>,
}

/// One unit in a [`UnitTable`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitStanding {
    /// 1-2-2-4; `None` where a per-member measure has no members figure or the least rate is missed.
    pub rank: Option<Rank>,
    /// Place in [`UnitTree::units`].
    pub unit: usize,
    /// Own figure or the sum below.
    pub members: Option<u64>,
    /// Ranked people with an accepted attempt.
    pub contestants: u64,
    /// Their accepted attempts.
    pub attempts: u64,
    /// Those whose counted attempt is perfect.
    pub perfect_contestants: u64,
    /// Counted scores over contestants; `None` without contestants.
    pub mean_score: Option<Fraction>,
    /// 100 × contestants / members.
    pub rate_percent: Option<Fraction>,
    /// Đồng won by its people in this scope.
    pub prize_points: u64,
    /// Individual prizes won by its people in this scope.
    pub winners: u64,
    /// Points as the plan gives them; `None` where it gives none, or gives them for a share of members that are not
    /// known.
    pub points: Option<Fraction>,
    /// A step of [`Collective::prizes`].
    pub prize: Option<PrizeStep>,
}

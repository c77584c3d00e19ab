//! Prizes for people and for units, and lists for commendations: what a plan gives for results.

use crate::ids::{RoundId, UnitCode};
use crate::words::worded;
use std::collections::BTreeMap;

worded! {
    /// Over what a prize or standing is counted.
    pub enum Scope {
        /// One round.
        Round = "round",
        /// The rounds published so far.
        Contest = "contest",
    }
}

/// `[[prizes]]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrizeTier {
    /// Word of the tier, such as `first`.
    pub tier: String,
    /// Name as announced.
    pub name: String,
    /// Prizes of this tier.
    pub count: u32,
    /// Đồng for each.
    pub amount: u64,
    /// Per round, or once for the contest.
    pub scope: Scope,
    /// The rounds that give it; empty for all of them, and for [`Scope::Contest`].
    pub rounds: Vec<RoundId>,
}

impl PrizeTier {
    /// Whether a round gives it.
    pub fn is_given_in(&self, round: &RoundId) -> bool {
        self.scope == Scope::Round && (self.rounds.is_empty() || self.rounds.contains(round))
    }

    /// Whether some round gives both, or both are given over the contest.
    pub fn meets(&self, other: &Self) -> bool {
        let is_everywhere = |tier: &Self| tier.rounds.is_empty();
        let share_a_round = self.rounds.iter().any(|round| other.rounds.contains(round));
        self.scope == other.scope && (is_everywhere(self) || is_everywhere(other) || share_a_round)
    }

    /// How often it is given in a contest of so many rounds: once over the contest, or in each round that gives it.
    pub const fn times(&self, rounds: u64) -> u64 {
        match self.scope {
            Scope::Contest => 1,
            Scope::Round if self.rounds.is_empty() => rounds,
            Scope::Round => self.rounds.len() as u64,
        }
    }

    /// Đồng for all its prizes, given once.
    pub fn worth(&self) -> u64 {
        u64::from(self.count) * self.amount
    }
}

/// `[[collective]]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Collective {
    /// Identifier of the same form as a round's.
    pub id: RoundId,
    /// Levels of the unit tree that compete, together where there are several; at least one.
    pub levels: Vec<String>,
    /// Per round, or over the contest.
    pub scope: Scope,
    /// Keys in the order of their weight; at least one.
    pub measure: Vec<Measure>,
    /// What a point is given for; present where [`Measure::Points`] is a key.
    pub points: Option<UnitPoints>,
    /// Least contestants / members, in percent, to be considered.
    pub min_rate_percent: u32,
    /// Prizes, best first.
    pub prizes: Vec<CollectivePrize>,
}

worded! {
    /// A key by which units compete; each compares exact fractions, larger first.
    pub enum Measure {
        /// Accepted attempts.
        Attempts = "attempts desc",
        /// Sum of the counted scores over contestants.
        MeanScore = "mean_score desc",
        /// People with an accepted attempt.
        Contestants = "contestants desc",
        /// People whose counted attempt is perfect.
        PerfectContestants = "perfect_contestants desc",
        /// Attempts over members.
        AttemptsPerMember = "attempts_per_member desc",
        /// Contestants over members.
        ContestantsPerMember = "contestants_per_member desc",
        /// Đồng won by the unit's people.
        PrizePoints = "prize_points desc",
        /// Individual prizes won by the unit's people.
        Winners = "winners desc",
        /// Points as the plan gives them ([`UnitPoints`]).
        Points = "points desc",
    }
}

/// `collective.points`: what a unit is given points for (`DOMAIN.md` 2.6).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitPoints {
    /// For each percent point of contestants / members; 0 for none.
    pub contestants_percent: u32,
    /// For each individual prize that its people win, by [`PrizeTier::tier`]; a tier that is not named gives none.
    pub tiers: BTreeMap<String, u32>,
}

impl Collective {
    /// Đồng for all its prizes, given once.
    pub fn worth(&self) -> u64 {
        worth(&self.prizes)
    }
}

impl Commendation {
    /// Đồng for all its prizes, given once.
    pub fn worth(&self) -> u64 {
        worth(&self.prizes)
    }
}

fn worth(prizes: &[CollectivePrize]) -> u64 {
    prizes.iter().map(|prize| u64::from(prize.count) * prize.amount).sum()
}

/// One prize of a [`Collective`] or a [`Commendation`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollectivePrize {
    /// Name as announced.
    pub name: String,
    /// Prizes of this kind.
    pub count: u32,
    /// Đồng for each.
    pub amount: u64,
}

/// `[[commendation]]` (`DOMAIN.md` R1-R5)
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commendation {
    /// Identifier of the same form as a round's.
    pub id: RoundId,
    /// Unit to which the account must belong, itself or below it.
    pub unit: UnitCode,
    /// Accounts brought in, each of which …
    pub referrals: u32,
    /// … took part in so many rounds in a row.
    pub consecutive_rounds: u32,
    /// Whether the list is made after every round, of the rounds until then, or once over the contest.
    pub scope: Scope,
    /// What may be given to the people on the list, best first; the council decides who gets what.
    pub prizes: Vec<CollectivePrize>,
    /// The form that the list follows, as the decree in force calls it.
    pub form: Option<String>,
}

//! Sums over the people of each unit, before units are compared.

use super::PublishedRound;
use crate::contestant::{Contestant, contestants};
use crate::fraction::Fraction;
use crate::plan::Rules;
use crate::result::{PersonIndex, RankedPerson, RoundInput, UnitStanding, Winner};
use crate::units::UnitTree;

/// What the people registered directly under each unit add up to, in one round or several.
pub(crate) struct UnitSums {
    /// By place in the tree.
    own: Vec<Sums>,
    /// Who took part, as (unit, pseudonym), once for each round.
    took_part: Vec<(usize, u128)>,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    attempts: u64,
    /// Counted submissions: one for each person and round.
    submissions: u64,
    perfect_contestants: u64,
    score: ExactSum,
    prize_points: u64,
}

impl UnitSums {
    /// No round yet.
    pub(crate) fn none(units: &UnitTree) -> Self {
        Self { own: vec![Sums::default(); units.units().len()], took_part: Vec::new() }
    }

    /// The sums of one round, still without [`Self::add_prizes`].
    pub(crate) fn of_round(input: &RoundInput<'_>, contestants: &[Contestant]) -> Self {
        let mut sums = Self::none(input.units);
        sums.add_contestants(input.units, input, contestants);
        sums
    }

    /// Adds a published round. Its people are found in `units`, the tree in force now, so that one
    /// table speaks of one tree.
    pub(crate) fn add_round(&mut self, units: &UnitTree, round: &PublishedRound<'_>) {
        let input = RoundInput { units, ..round.input };
        self.add_contestants(units, &input, &contestants(&input));
        self.add_prizes(&input, &round.result.ranking, &round.result.winners);
    }

    fn add_contestants(&mut self, units: &UnitTree, input: &RoundInput<'_>, contestants: &[Contestant]) {
        for contestant in contestants {
            let Some(unit) = unit_of(units, input, contestant.counted.person) else { continue };
            self.own[unit].add_contestant(contestant, input.rules);
            self.took_part.push((unit, contestant.pseudonym));
        }
    }

    /// Adds the đồng that people won in the round; `winners` name places in `ranking`.
    pub(crate) fn add_prizes(&mut self, input: &RoundInput<'_>, ranking: &[RankedPerson], winners: &[Winner]) {
        for winner in winners {
            if let Some(unit) = unit_of(input.units, input, winner.place.of(ranking).person) {
                self.own[unit].prize_points += input.rules.tier(winner.tier).amount;
            }
        }
    }

    /// The `listed` units without ranks and prizes. `counts_for` names the unit for which people of
    /// a unit count; people who count for none are left out.
    pub(crate) fn standings(
        &self,
        units: &UnitTree,
        counts_for: impl Fn(usize) -> Option<usize>,
        listed: Vec<usize>,
    ) -> Vec<UnitStanding> {
        let targets: Vec<Option<usize>> = (0..self.own.len()).map(counts_for).collect();
        let mut sums = vec![Sums::default(); self.own.len()];
        for (own, target) in self.own.iter().zip(&targets) {
            if let Some(target) = *target {
                sums[target].add(own);
            }
        }
        let contestants = self.distinct_people(&targets);
        let members = units.members();
        listed.into_iter().map(|unit| sums[unit].standing(unit, contestants[unit], members[unit])).collect()
    }

    /// People who took part, by the unit for which they count, each once however many rounds.
    fn distinct_people(&self, targets: &[Option<usize>]) -> Vec<u64> {
        let counting = |&(unit, pseudonym): &(usize, u128)| targets[unit].map(|target| (target, pseudonym));
        let mut people: Vec<(usize, u128)> = self.took_part.iter().filter_map(counting).collect();
        people.sort_unstable();
        people.dedup();
        let mut counts = vec![0; targets.len()];
        for (target, _) in people {
            counts[target] += 1;
        }
        counts
    }
}

impl Sums {
    fn add_contestant(&mut self, contestant: &Contestant, rules: &Rules) {
        let counted = &contestant.counted;
        self.attempts += u64::from(contestant.attempts);
        self.submissions += 1;
        self.perfect_contestants += u64::from(counted.is_perfect());
        let points = u128::from(rules.attempt.points) * u128::from(counted.right);
        self.score.add(ExactSum { numerator: points, denominator: u128::from(counted.questions.max(1)) });
    }

    fn add(&mut self, other: &Self) {
        self.attempts += other.attempts;
        self.submissions += other.submissions;
        self.perfect_contestants += other.perfect_contestants;
        self.score.add(other.score);
        self.prize_points += other.prize_points;
    }

    fn standing(&self, unit: usize, contestants: u64, members: Option<u64>) -> UnitStanding {
        UnitStanding {
            rank: None,
            unit,
            members,
            contestants,
            attempts: self.attempts,
            perfect_contestants: self.perfect_contestants,
            mean_score: self.score.over(self.submissions),
            rate_percent: members.and_then(|members| Fraction::new(100 * contestants, members)),
            prize_points: self.prize_points,
            prize: None,
        }
    }
}

fn unit_of(units: &UnitTree, input: &RoundInput<'_>, person: PersonIndex) -> Option<usize> {
    person.of(input.people).unit.as_ref().and_then(|code| units.find(code))
}

/// A running sum of fractions. Papers of a contest have one length, or a few after a question was
/// voided, so the common denominator stays small.
#[derive(Clone, Copy)]
struct ExactSum {
    numerator: u128,
    denominator: u128,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self { numerator: 0, denominator: 1 }
    }
}

impl ExactSum {
    fn add(&mut self, other: Self) {
        let common =
            self.denominator / greatest_common_divisor(self.denominator, other.denominator) * other.denominator;
        self.numerator = self.numerator * (common / self.denominator) + other.numerator * (common / other.denominator);
        self.denominator = common;
    }

    /// The mean of `count` values that add up to this; `None` of no values.
    fn over(self, count: u64) -> Option<Fraction> {
        let whole = self.denominator * u128::from(count);
        let divisor = greatest_common_divisor(self.numerator, whole).max(1);
        let (numerator, denominator) = (self.numerator / divisor, whole / divisor);
        // Both fit for every length of paper and number of people that a contest can have; were they
        // ever larger, the mean would be cut at the same binary place on every machine.
        let excess = 64_u32.saturating_sub(numerator.max(denominator).leading_zeros());
        Fraction::new(low_half(numerator >> excess), low_half(denominator >> excess))
    }
}

fn low_half(number: u128) -> u64 {
    u64::try_from(number).expect("a number of at most 64 bits")
}

const fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

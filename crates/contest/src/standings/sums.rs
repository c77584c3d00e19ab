//! Sums over the people of each unit, before units are compared.

use crate::contestant::Contestant;
use crate::fraction::Fraction;
use crate::ids::UnitCode;
use crate::plan::{Rules, UnitPoints};
use crate::result::{PrizeStep, RoundInput, UnitStanding};
use crate::taken::TakenRound;
use crate::units::UnitTree;

/// What the people registered directly under each unit add up to, in one round or several.
pub(crate) struct UnitSums {
    /// By place in the tree.
    own: Vec<Sums>,
    /// Who took part, as (unit, pseudonym), once for each round.
    took_part: Vec<(usize, u128)>,
    /// Individual prizes, as (unit, prize).
    won: Vec<(usize, PrizeStep)>,
}

#[derive(Clone, Copy, Default)]
struct Sums {
    attempts: u64,
    /// Counted submissions: one for each person and round.
    submissions: u64,
    perfect_contestants: u64,
    score: ExactSum,
}

impl UnitSums {
    /// No round yet.
    pub(crate) fn none(units: &UnitTree) -> Self {
        Self { own: vec![Sums::default(); units.units().len()], took_part: Vec::new(), won: Vec::new() }
    }

    /// The sums of one round, still without [`Self::add_prize`].
    pub(crate) fn of_round(input: &RoundInput<'_>, contestants: &[Contestant]) -> Self {
        let mut sums = Self::none(input.units);
        for Contestant { counted, attempts, pseudonym, .. } in contestants {
            let Some(unit) = place_of(input.units, counted.person.of(input.people).unit.as_ref()) else { continue };
            sums.own[unit].add_share(*attempts, input.attempt.points, counted.right, counted.questions);
            sums.took_part.push((unit, *pseudonym));
        }
        sums
    }

    /// Adds a round with its prizes. Its people are found in `units`, the tree in force now, so that one table speaks of
    /// one tree. Of whatever points the round has, everybody adds their share of these `points`: no round weighs more.
    pub(crate) fn add_round(&mut self, units: &UnitTree, points: u32, round: &TakenRound) {
        for taken in &round.people {
            let Some(unit) = place_of(units, taken.unit.as_ref()) else { continue };
            self.own[unit].add_share(taken.attempts, points, taken.right, taken.questions);
            self.took_part.push((unit, taken.pseudonym.number()));
            self.won.extend(taken.won.map(|prize| (unit, prize)));
        }
    }

    /// Adds an individual prize of somebody registered under `unit`.
    pub(crate) fn add_prize(&mut self, units: &UnitTree, unit: Option<&UnitCode>, prize: PrizeStep) {
        self.won.extend(place_of(units, unit).map(|unit| (unit, prize)));
    }

    /// The `listed` units without ranks and prizes. `counts_for` names the unit for which people of a unit count; people
    /// who count for none are left out.
    pub(crate) fn standings(
        &self,
        (rules, points): (&Rules, Option<&UnitPoints>),
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
        let won = self.prizes(rules, points, &targets);
        let members = units.members();
        let standing = |unit: usize| {
            let Won { winners, amount, points: from_prizes } = won[unit];
            let counted = points.map(|points| (points.contestants_percent, from_prizes));
            UnitStanding {
                winners,
                prize_points: amount,
                points: counted.and_then(|counted| sum_of_points(counted, contestants[unit], members[unit])),
                ..sums[unit].standing(unit, contestants[unit], members[unit])
            }
        };
        listed.into_iter().map(standing).collect()
    }

    /// Every unit with all people in it and below it, in the order uploaded, without ranks, prizes and what was won.
    pub(crate) fn with_below(&self, units: &UnitTree) -> Vec<UnitStanding> {
        let mut sums = vec![Sums::default(); self.own.len()];
        for (place, own) in self.own.iter().enumerate() {
            units.self_and_ancestors(place).for_each(|above| sums[above].add(own));
        }
        let mut took_part = self.took_part.clone();
        took_part.sort_unstable();
        took_part.dedup();
        let above = |&(unit, pseudonym): &(usize, u128)| units.self_and_ancestors(unit).map(move |at| (at, pseudonym));
        // Once more, since a person may have changed from one unit below to another.
        let contestants = counted(took_part.iter().flat_map(above).collect(), self.own.len());
        let members = units.members();
        let standing = |(unit, sums): (usize, &Sums)| sums.standing(unit, contestants[unit], members[unit]);
        sums.iter().enumerate().map(standing).collect()
    }

    /// People who took part, by the unit for which they count, each once however many rounds.
    fn distinct_people(&self, targets: &[Option<usize>]) -> Vec<u64> {
        let counting = |&(unit, pseudonym): &(usize, u128)| targets[unit].map(|target| (target, pseudonym));
        counted(self.took_part.iter().filter_map(counting).collect(), targets.len())
    }

    /// What people won, by the unit for which they count.
    fn prizes(&self, rules: &Rules, points: Option<&UnitPoints>, targets: &[Option<usize>]) -> Vec<Won> {
        let mut won = vec![Won::default(); targets.len()];
        for &(unit, prize) in &self.won {
            let Some(target) = targets[unit] else { continue };
            let (tier, of) = (rules.tier(prize), &mut won[target]);
            of.winners += 1;
            of.amount += tier.amount;
            of.points += points.and_then(|points| points.tiers.get(&tier.tier)).copied().map_or(0, u64::from);
        }
        won
    }
}

/// What the people of a unit won.
#[derive(Clone, Copy, Default)]
struct Won {
    /// Prizes.
    winners: u64,
    /// Đồng.
    amount: u64,
    /// Points for prizes.
    points: u64,
}

/// Points for the share of members who took part, and for prizes; `None` where the share counts and is not known.
fn sum_of_points((each_percent, from_prizes): (u32, u64), contestants: u64, members: Option<u64>) -> Option<Fraction> {
    if each_percent == 0 {
        return Some(Fraction::whole(from_prizes));
    }
    let members = members?;
    Fraction::new(u64::from(each_percent) * 100 * contestants + from_prizes * members, members)
}

impl Sums {
    fn add_share(&mut self, attempts: u32, points: u32, right: u16, questions: u16) {
        self.attempts += u64::from(attempts);
        self.submissions += 1;
        self.perfect_contestants += u64::from(right == questions);
        let numerator = u128::from(points) * u128::from(right);
        self.score.add(ExactSum { numerator, denominator: u128::from(questions.max(1)) });
    }

    fn add(&mut self, other: &Self) {
        self.attempts += other.attempts;
        self.submissions += other.submissions;
        self.perfect_contestants += other.perfect_contestants;
        self.score.add(other.score);
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
            prize_points: 0,
            winners: 0,
            points: None,
            prize: None,
        }
    }
}

/// Distinct people of each unit.
fn counted(mut people: Vec<(usize, u128)>, units: usize) -> Vec<u64> {
    people.sort_unstable();
    people.dedup();
    let mut counts = vec![0; units];
    for (unit, _) in people {
        counts[unit] += 1;
    }
    counts
}

fn place_of(units: &UnitTree, unit: Option<&UnitCode>) -> Option<usize> {
    unit.and_then(|code| units.find(code))
}

/// A running sum of fractions. Papers of a contest have one length, or a few after a question was
/// voided, so the common denominator stays small.
#[derive(Clone, Copy)]
pub(crate) struct ExactSum {
    pub(crate) numerator: u128,
    pub(crate) denominator: u128,
}

impl Default for ExactSum {
    fn default() -> Self {
        Self { numerator: 0, denominator: 1 }
    }
}

impl ExactSum {
    fn add(&mut self, other: Self) {
        let common = least_common_multiple(self.denominator, other.denominator);
        self.numerator = self.numerator * (common / self.denominator) + other.numerator * (common / other.denominator);
        self.denominator = common;
    }

    /// The mean of `count` values that add up to this; `None` of no values.
    pub(crate) fn over(self, count: u64) -> Option<Fraction> {
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

/// Fits for all lengths of papers together: that of 1 to 60 has 83 bits.
pub(crate) const fn least_common_multiple(a: u128, b: u128) -> u128 {
    a / greatest_common_divisor(a, b) * b
}

const fn greatest_common_divisor(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

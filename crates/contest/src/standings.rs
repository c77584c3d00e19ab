//! Units compared: the tables of a round, and the standings of a contest so far (`CONTRACT.md` 3.2).
//!
//! Every figure is a sum over ranked people with an accepted attempt, eligible for individual prizes or
//! not. Keys compare exact fractions: rounding before comparing makes false ties (`DOMAIN.md` 2.6).

mod sums;

#[cfg(test)]
mod tests;

use crate::fraction::Fraction;
use crate::plan::{Collective, Measure, Rules, Scope};
use crate::prizes::PrizeStock;
use crate::result::{PrizeStep, Rank, UnitStanding, UnitTable};
use crate::units::UnitTree;
use std::cmp::Ordering;
pub(crate) use sums::{ExactSum, UnitSums, least_common_multiple};

/// How units compare in a contest without `[[collective]]`.
const PLAIN_MEASURE: [Measure; 2] = [Measure::Attempts, Measure::MeanScore];

/// The tables of one round: one for each collective competition of the plan, in its order, with the
/// figures of this round whatever the scope; or else one of the contestants' own units. Prizes are
/// given in tables of `scope = "round"` only.
pub(crate) fn round_tables(rules: &Rules, units: &UnitTree, round: &UnitSums) -> Vec<UnitTable> {
    if rules.collective.is_empty() {
        return vec![plain_table(rules, units, round)];
    }
    let tables = rules.collective.iter().enumerate().map(|(place, collective)| {
        let mut table = collective_table(place, rules, units, round);
        if collective.scope == Scope::Round {
            give_prizes(collective, &mut table.standings);
        }
        table
    });
    tables.collect()
}

/// The tables of the contest: one for each competition with `scope = "contest"`, in the order of the plan, over the
/// rounds that are in `sums` ([`crate::overall::rank_contest`]). Figures are summed, only `contestants` counts distinct
/// people, and `mean_score` stays the mean of the counted submissions. Prizes are given where every round is in.
pub(crate) fn contest_tables(rules: &Rules, units: &UnitTree, sums: &UnitSums, is_final: bool) -> Vec<UnitTable> {
    let over_the_contest = rules.collective.iter().enumerate().filter(|(_, of)| of.scope == Scope::Contest);
    let tables = over_the_contest.map(|(place, collective)| {
        let mut table = collective_table(place, rules, units, sums);
        if is_final {
            give_prizes(collective, &mut table.standings);
        }
        table
    });
    tables.collect()
}

fn plain_table(rules: &Rules, units: &UnitTree, sums: &UnitSums) -> UnitTable {
    let own: Vec<usize> = (0..units.units().len()).collect();
    let mut standings = sums.standings((rules, None), units, Some, own);
    standings.retain(|standing| standing.contestants > 0);
    rank_units(&mut standings, units, &PLAIN_MEASURE, 0);
    UnitTable { collective: None, scope: Scope::Round, measure: PLAIN_MEASURE.to_vec(), standings }
}

/// Every unit of the levels, ranked and without prizes.
fn collective_table(place: usize, rules: &Rules, units: &UnitTree, sums: &UnitSums) -> UnitTable {
    let Collective { levels, measure, scope, min_rate_percent, points, .. } = &rules.collective[place];
    let listed = (0..units.units().len()).filter(|&unit| units.is_at_level(unit, levels)).collect();
    let counts_for = |unit| units.at_level(unit, levels);
    let mut standings = sums.standings((rules, points.as_ref()), units, counts_for, listed);
    rank_units(&mut standings, units, measure, *min_rate_percent);
    UnitTable { collective: Some(place), scope: *scope, measure: measure.clone(), standings }
}

/// Sorts by rank, then code, with the unranked last; equal in every key shares a rank, 1-2-2-4.
fn rank_units(standings: &mut [UnitStanding], units: &UnitTree, measure: &[Measure], min_rate_percent: u32) {
    let unranked = |unit: &UnitStanding| !is_ranked(unit, measure, min_rate_percent);
    let code = |unit: &UnitStanding| &units.units()[unit.unit].code;
    standings.sort_unstable_by(|a, b| {
        let by_measure = || if unranked(a) { Ordering::Equal } else { compare(a, b, measure) };
        unranked(a).cmp(&unranked(b)).then_with(by_measure).then_with(|| code(a).cmp(code(b)))
    });
    for place in 0..standings.len() {
        let (above, rest) = standings.split_at_mut(place);
        let unit = &mut rest[0];
        if unranked(unit) {
            break;
        }
        let shared = above.last().filter(|above| compare(above, unit, measure).is_eq());
        unit.rank = shared.map_or(Some(Rank::below(place)), |above| above.rank);
    }
}

/// A per-member measure and a least rate both need a figure of members, and so do points for a share of them.
fn is_ranked(unit: &UnitStanding, measure: &[Measure], min_rate_percent: u32) -> bool {
    let lacks = |key: &Measure| match key {
        Measure::AttemptsPerMember | Measure::ContestantsPerMember => unit.rate_percent.is_none(),
        Measure::Points => unit.points.is_none(),
        Measure::Attempts
        | Measure::MeanScore
        | Measure::Contestants
        | Measure::PerfectContestants
        | Measure::PrizePoints
        | Measure::Winners => false,
    };
    let is_under = |rate| rate < Fraction::whole(u64::from(min_rate_percent));
    !measure.iter().any(lacks) && (min_rate_percent == 0 || unit.rate_percent.is_some_and(|rate| !is_under(rate)))
}

/// The better unit first.
fn compare(a: &UnitStanding, b: &UnitStanding, measure: &[Measure]) -> Ordering {
    let by_key = |&key: &Measure| figure(b, key).cmp(&figure(a, key));
    measure.iter().map(by_key).find(|by_key| by_key.is_ne()).unwrap_or(Ordering::Equal)
}

/// What a unit has in one key; a unit without the figure comes after one with a zero.
fn figure(unit: &UnitStanding, key: Measure) -> Option<Fraction> {
    match key {
        Measure::Attempts => Some(Fraction::whole(unit.attempts)),
        Measure::MeanScore => unit.mean_score,
        Measure::Contestants => Some(Fraction::whole(unit.contestants)),
        Measure::PerfectContestants => Some(Fraction::whole(unit.perfect_contestants)),
        Measure::AttemptsPerMember => unit.members.and_then(|members| Fraction::new(unit.attempts, members)),
        Measure::ContestantsPerMember => unit.members.and_then(|members| Fraction::new(unit.contestants, members)),
        Measure::PrizePoints => Some(Fraction::whole(unit.prize_points)),
        Measure::Winners => Some(Fraction::whole(unit.winners)),
        Measure::Points => unit.points,
    }
}

/// Prizes down the ranks: units that share a rank get the tier in which the first of them falls, and
/// the next tier keeps its count. A unit in which nobody took part wins nothing.
fn give_prizes(rules: &Collective, standings: &mut [UnitStanding]) {
    let mut stock = PrizeStock::new((0..).map(PrizeStep).zip(rules.prizes.iter().map(|prize| prize.count)));
    for tied in standings.chunk_by_mut(|a, b| a.rank == b.rank) {
        let may_win = |unit: &UnitStanding| unit.rank.is_some() && unit.contestants > 0;
        let group_size = tied.iter().filter(|unit| may_win(unit)).count() as u64;
        if group_size == 0 {
            continue;
        }
        let prize = stock.take_together(group_size);
        tied.iter_mut().filter(|unit| may_win(unit)).for_each(|unit| unit.prize = prize);
    }
}

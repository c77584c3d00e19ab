//! What is reported of an edition of a round when a contest is over: figures without anybody's name.

use crate::edition::Status;
use crate::ids::{RoundId, UnitCode};
use crate::participation::registered;
use crate::plan::{Plan, Scope};
use crate::result::{PrizeStep, RoundInput, RoundResult, Totals};
use crate::time::Timestamp;
use chrono::Timelike;
use chrono_tz::Tz;
use std::collections::BTreeMap;

/// Figures of a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundFigures {
    /// The round.
    pub round: RoundId,
    /// Number of the edition, from 1.
    pub edition: u32,
    /// What the edition is.
    pub status: Status,
    /// Figures of the round.
    pub totals: Totals,
    /// Accounts of each unit, without those below it; people without a unit are in none.
    pub registered: BTreeMap<UnitCode, u64>,
    /// The attempts of [`Totals::attempts`] by the hour of the day, 0 to 23, in which they were submitted.
    pub hours: [u64; 24],
    /// Individual prizes given in the round, by step of [`crate::plan::Rules::prizes`].
    pub prizes: Vec<u64>,
    /// Collective prizes given in the round, by competition and step of its prizes.
    pub collective: Vec<Vec<u64>>,
    /// People whose prize waits.
    pub waiting: u64,
}

impl RoundFigures {
    /// The figures of an edition, from what it was ranked from and what came out; hours are those of `zone`.
    ///
    /// # Panics
    /// Where an attempt names a person that is not in [`RoundInput::people`].
    pub fn of(
        (round, edition, status): (&RoundId, u32, Status),
        input: &RoundInput<'_>,
        result: &RoundResult,
        zone: Tz,
    ) -> Self {
        let mut hours = [0; 24];
        let counts =
            |attempt: &&crate::result::ScoredAttempt| attempt.person.of(input.people).ranked && attempt.is_valid();
        for attempt in input.attempts.iter().filter(counts) {
            hours[hour(attempt.submitted_at, zone)] += 1;
        }
        Self {
            round: round.clone(),
            edition,
            status,
            totals: result.totals,
            registered: registered(input.people),
            hours,
            prizes: counted(input.rules.prizes.len(), result.winners.iter().map(|winner| winner.tier)),
            collective: collective(input, result),
            waiting: result.waiting.len() as u64,
        }
    }
}

fn hour(at: Timestamp, zone: Tz) -> usize {
    at.utc().with_timezone(&zone).hour() as usize
}

/// How many prizes there are of each step.
fn counted(steps: usize, given: impl Iterator<Item = PrizeStep>) -> Vec<u64> {
    let mut counts = vec![0; steps];
    given.for_each(|step| counts[step.0 as usize] += 1);
    counts
}

fn collective(input: &RoundInput<'_>, result: &RoundResult) -> Vec<Vec<u64>> {
    let competitions = input.rules.collective.iter().enumerate().map(|(place, of)| {
        let decided =
            |table: &&crate::result::UnitTable| table.collective == Some(place) && table.scope == Scope::Round;
        let tables = result.units.iter().filter(decided);
        counted(of.prizes.len(), tables.flat_map(|table| &table.standings).filter_map(|unit| unit.prize))
    });
    competitions.collect()
}

/// One prize of the plan, and how often it is planned and was given over the whole contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrizeUse {
    /// Name as announced.
    pub name: String,
    /// The competition of units that gives it, a place in [`crate::plan::Rules::collective`]; none for people.
    pub collective: Option<usize>,
    /// Given in each round, or once.
    pub scope: Scope,
    /// Đồng for each.
    pub amount: u64,
    /// As planned, over all rounds.
    pub planned: u64,
    /// As given, with the extra prizes of ties.
    pub given: u64,
}

/// Every prize for people and then for units, in the order of the plan.
pub fn prizes_used(plan: &Plan, rounds: &[RoundFigures], over: &crate::overall::ContestResult) -> Vec<PrizeUse> {
    let times = |scope: Scope| match scope {
        Scope::Round => plan.rounds.len() as u64,
        Scope::Contest => 1,
    };
    let mut used = Vec::new();
    let at = |counts: &[u64], step: usize| counts.get(step).copied().unwrap_or_default();
    for (step, tier) in plan.rules.prizes.iter().enumerate() {
        let in_rounds: u64 = rounds.iter().map(|round| at(&round.prizes, step)).sum();
        let once = over.winners.iter().filter(|winner| winner.tier.0 as usize == step).count() as u64;
        used.push(PrizeUse {
            name: tier.name.clone(),
            collective: None,
            scope: tier.scope,
            amount: tier.amount,
            planned: u64::from(tier.count) * tier.times(plan.rounds.len() as u64),
            given: in_rounds + once,
        });
    }
    for (place, competition) in plan.rules.collective.iter().enumerate() {
        let of_contest = over.units.iter().filter(|table| table.collective == Some(place));
        let once: Vec<PrizeStep> =
            of_contest.flat_map(|table| &table.standings).filter_map(|unit| unit.prize).collect();
        for (step, prize) in competition.prizes.iter().enumerate() {
            let in_round = |round: &RoundFigures| round.collective.get(place).map_or(0, |counts| at(counts, step));
            let in_rounds: u64 = rounds.iter().map(in_round).sum();
            used.push(PrizeUse {
                name: prize.name.clone(),
                collective: Some(place),
                scope: competition.scope,
                amount: prize.amount,
                planned: u64::from(prize.count) * times(competition.scope),
                given: in_rounds + once.iter().filter(|given| given.0 as usize == step).count() as u64,
            });
        }
    }
    used
}

#[cfg(test)]
mod tests;

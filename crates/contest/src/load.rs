//! How much a round can bring in its busiest minutes, and how much of it a deployment carries.
//!
//! Half of all attempts come in the last ten minutes (`RELIABILITY.md` 6.2); an attempt is a start and a submission.
//! One function makes the figures of the checker, of the check at the opening and of the table in the runbook.

use crate::plan::{AttemptRules, Plan, RegistrationMode};
use crate::units::UnitTree;

/// Seconds in which half of all attempts come.
const BUSY_SECONDS: u64 = 600;

/// A start and a submission, each one request and one write.
const REQUESTS: u64 = 2;

/// Strong reads of an attempt: the contest in force and its round at the start, the gate at the submission.
const READS: u64 = 3;

/// Requests a second that one instance of the function answers.
const ANSWERED_BY_ONE: u64 = 10;

/// Attempts of each person that are counted where the plan has no limit: the most of any contest with one
/// (`DOMAIN.md`: 1, 2, 7 or 10 a round).
const WITHOUT_LIMIT: u64 = 10;

/// Writes a second to one key of a table, whatever the table takes (`RELIABILITY.md` 6.2).
const WRITES_OF_A_SHARD: u64 = 1_000;

/// Strong reads a second of one key.
const READS_OF_A_GATE: u64 = 3_000;

/// What comes in the busiest minutes, or what is carried: in each second, rounded up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Load {
    /// Requests to the gateway.
    pub requests: u64,
    /// Instances of the function at work at once.
    pub concurrency: u64,
    /// Writes to the table of attempts.
    pub writes: u64,
    /// Strong reads.
    pub reads: u64,
}

impl Load {
    /// What so many attempts of one round bring.
    pub fn of(attempts: u64) -> Self {
        let in_a_second = |calls: u64| attempts.saturating_mul(calls).div_ceil(2 * BUSY_SECONDS);
        let requests = in_a_second(REQUESTS);
        Self { requests, concurrency: requests.div_ceil(ANSWERED_BY_ONE), writes: requests, reads: in_a_second(READS) }
    }

    /// What a stack carries whose parameters nobody has changed, in an account that has Lambda's usual quota.
    pub const BY_DEFAULT: Self = Self { requests: 2_000, concurrency: 1_000, writes: 4_000, reads: 12_000 };

    /// What is carried where a round is spread over so many shards and gates: each takes only so much.
    #[must_use]
    pub fn spread_over(self, shards: u16, gates: u8) -> Self {
        // Half of the requests are submissions, and each reads one gate.
        let requests = self.requests.min(2 * u64::from(gates) * READS_OF_A_GATE);
        Self { requests, writes: self.writes.min(u64::from(shards) * WRITES_OF_A_SHARD), ..self }
    }

    /// Where `self` is not carried by what carries `most`: the limit, what is needed, what there is.
    pub fn beyond(self, most: Self) -> Vec<(Limit, u64, u64)> {
        let each = [
            (Limit::Requests, self.requests, most.requests),
            (Limit::Concurrency, self.concurrency, most.concurrency),
            (Limit::Writes, self.writes, most.writes),
            (Limit::Reads, self.reads, most.reads),
        ];
        each.into_iter().filter(|(_, needed, carried)| needed > carried).collect()
    }
}

/// What a deployment has only so much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Requests a second.
    Requests,
    /// Instances of functions at once.
    Concurrency,
    /// Writes a second.
    Writes,
    /// Strong reads a second.
    Reads,
}

impl Limit {
    /// The parameter of the deployment that says how much there is.
    pub const fn parameter(self) -> &'static str {
        match self {
            Self::Requests => "RequestsPerSecond",
            Self::Concurrency => "ConcurrentExecutions",
            Self::Writes => "WarmWriteUnits",
            Self::Reads => "WarmReadUnits",
        }
    }
}

/// The attempts that the round with the most can have, and what they bring; `None` where the organizers' files do not say how many
/// people there are. `roster` counts the lines of the roster.
pub fn expected(plan: &Plan, roster: Option<u64>, units: Option<&UnitTree>) -> Option<(u64, Load)> {
    let people = people(plan, roster, units)?;
    let attempts = plan.rounds.iter().map(|round| attempts(plan.attempt_of(round), people)).max()?;
    Some((attempts, Load::of(attempts)))
}

/// How many people can take part, as far as the organizers' files tell: the lines of the roster where only its
/// people may, else the headcounts of the units. `None` where neither is there.
pub fn people(plan: &Plan, roster: Option<u64>, units: Option<&UnitTree>) -> Option<u64> {
    if plan.registration.mode == RegistrationMode::Roster {
        return roster;
    }
    let units = units?;
    let counted = units.members();
    let top = units.units().iter().zip(counted).filter(|(unit, _)| unit.parent.is_none());
    top.filter_map(|(_, members)| members).reduce(u64::saturating_add)
}

/// The attempts that so many people can bring to one round.
fn attempts(rules: &AttemptRules, people: u64) -> u64 {
    let each = if rules.per_round == 0 { WITHOUT_LIMIT } else { u64::from(rules.per_round) };
    people.saturating_mul(each)
}

#[cfg(test)]
mod tests;

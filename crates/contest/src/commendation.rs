//! Who fulfils what a plan asks of people who bring others in, and who lacks only one thing (`DOMAIN.md` R1-R5, X7).
//! The council that commends decides who of them is commended.
//!
//! An account counts for the one referrer that it named at registration, whatever its own unit. Any accepted attempt that
//! counts is taking part. The referrer needs no rounds in a row. Accounts that are excluded or erased are neither listed nor
//! counted.

use crate::contestant::contestants;
use crate::ids::{ContestantId, UnitCode};
use crate::plan::{Commendation, Scope};
use crate::result::RoundInput;
use crate::units::UnitTree;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};

/// Somebody with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Code known to the person and the organizers.
    pub contestant: ContestantId,
    /// Unit chosen at registration.
    pub unit: Option<UnitCode>,
    /// Who brought this person in, as said at registration.
    pub referrer: Option<ContestantId>,
    /// Neither excluded nor erased: only such accounts are listed and counted.
    pub counts: bool,
}

/// What a list follows from.
#[derive(Clone, Copy, Debug)]
pub struct CommendationInput<'a> {
    /// The units of the contest.
    pub units: &'a UnitTree,
    /// Everybody with an account, in any order.
    pub accounts: &'a [Account],
    /// By round of the plan, in its order: who took part ([`took_part`]), once the round is published. A round that is not
    /// published parts the rounds around it.
    pub rounds: &'a [Option<HashSet<ContestantId>>],
}

/// When a list may be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion {
    /// With the results of the round at this place of the plan, from 0.
    Round(usize),
    /// With the results of the whole contest.
    Contest,
}

impl Occasion {
    /// Whether lists of a scope are made on it.
    pub const fn is_of(self, scope: Scope) -> bool {
        matches!((scope, self), (Scope::Round, Self::Round(_)) | (Scope::Contest, Self::Contest))
    }
}

/// How much somebody took part.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Participation {
    /// Rounds taken.
    pub rounds: u32,
    /// The longest run of rounds in a row among them.
    pub longest: u32,
}

/// An account that somebody brought in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referred {
    /// Whose account it is.
    pub contestant: ContestantId,
    /// Its unit, which may be any.
    pub unit: Option<UnitCode>,
    /// Its own participation.
    pub took: Participation,
}

/// What a person with everything asked for, but one account, lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lacking {
    /// So many accounts were not brought in: one more is needed, with its rounds in a row.
    Account,
    /// There are accounts enough, one of which needs more rounds in a row: this one comes nearest.
    RoundsInARow(Referred),
}

/// How far a person on the list came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Everything that the plan asks for.
    Fulfils,
    /// All of it but one thing.
    Lacks(Lacking),
}

/// A person on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Whose account it is.
    pub contestant: ContestantId,
    /// Its unit, the one that the plan names or one below it.
    pub unit: UnitCode,
    /// The person's own participation.
    pub took: Participation,
    /// The accounts brought in, by code.
    pub referred: Vec<Referred>,
    /// How many of them took part in enough rounds in a row.
    pub reached: u32,
    /// Whether that is enough.
    pub verdict: Verdict,
}

/// The list of one `[[commendation]]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommendationList<'a> {
    /// What was asked for.
    pub commendation: &'a Commendation,
    /// Published rounds of which it is made.
    pub rounds: u32,
    /// Everybody who fulfils it or lacks one thing, by code.
    pub candidates: Vec<Candidate>,
}

/// Everybody whose part in a round counts: ranked people with a valid accepted attempt.
///
/// # Panics
/// Where an attempt names a person that is not in [`RoundInput::people`].
pub fn took_part(input: &RoundInput<'_>) -> HashSet<ContestantId> {
    contestants(input).iter().map(|contestant| contestant.counted.person.of(input.people).contestant.clone()).collect()
}

/// The list, where one is made on this occasion.
pub fn list<'a>(
    commendation: &'a Commendation,
    occasion: Occasion,
    input: &CommendationInput<'_>,
) -> Option<CommendationList<'a>> {
    let rounds = match (commendation.scope, occasion) {
        (Scope::Round, Occasion::Round(place)) => input.rounds.get(..=place)?,
        (Scope::Contest, Occasion::Contest) => input.rounds,
        (Scope::Round, Occasion::Contest) | (Scope::Contest, Occasion::Round(_)) => return None,
    };
    let brought = brought_in(input.accounts);
    let candidate = |account: &Account| {
        let referred = brought.get(&account.contestant)?;
        let unit = account.unit.as_ref().filter(|unit| belongs(unit, &commendation.unit, input.units))?;
        candidate(account, unit, referred, commendation, rounds)
    };
    let counted = input.accounts.iter().filter(|account| account.counts);
    let mut candidates: Vec<Candidate> = counted.filter_map(candidate).collect();
    candidates.sort_unstable_by(|a, b| a.contestant.cmp(&b.contestant));
    Some(CommendationList { commendation, rounds: rounds.iter().flatten().count() as u32, candidates })
}

/// Accounts that count, by who brought them in, each list by code.
fn brought_in(accounts: &[Account]) -> HashMap<&ContestantId, Vec<&Account>> {
    let mut brought: HashMap<&ContestantId, Vec<&Account>> = HashMap::new();
    for account in accounts.iter().filter(|account| account.counts) {
        if let Some(referrer) = &account.referrer {
            brought.entry(referrer).or_default().push(account);
        }
    }
    brought.values_mut().for_each(|accounts| accounts.sort_unstable_by(|a, b| a.contestant.cmp(&b.contestant)));
    brought
}

/// Whether a unit is another, or stands below it.
fn belongs(unit: &UnitCode, to: &UnitCode, units: &UnitTree) -> bool {
    units.find(unit).is_some_and(|place| units.self_and_ancestors(place).any(|at| units.units()[at].code == *to))
}

fn candidate(
    account: &Account,
    unit: &UnitCode,
    referred: &[&Account],
    commendation: &Commendation,
    rounds: &[Option<HashSet<ContestantId>>],
) -> Option<Candidate> {
    let referred: Vec<Referred> = referred
        .iter()
        .map(|account| Referred {
            contestant: account.contestant.clone(),
            unit: account.unit.clone(),
            took: participation(&account.contestant, rounds),
        })
        .collect();
    let reaches = |account: &&Referred| account.took.longest >= commendation.consecutive_rounds;
    let reached = referred.iter().filter(reaches).count() as u32;
    let verdict = verdict(&referred, reached, commendation)?;
    let (contestant, took) = (account.contestant.clone(), participation(&account.contestant, rounds));
    Some(Candidate { contestant, unit: unit.clone(), took, referred, reached, verdict })
}

/// `None` where more than one thing is lacking.
fn verdict(referred: &[Referred], reached: u32, commendation: &Commendation) -> Option<Verdict> {
    match commendation.referrals.saturating_sub(reached) {
        0 => Some(Verdict::Fulfils),
        1 => Some(Verdict::Lacks(lacking(referred, commendation))),
        _ => None,
    }
}

/// What one account lacks: its rounds, where as many were brought in as are asked for, or itself.
fn lacking(referred: &[Referred], commendation: &Commendation) -> Lacking {
    let short = referred.iter().filter(|account| account.took.longest < commendation.consecutive_rounds);
    // Of several that come as near, the first by code.
    match short.min_by_key(|account| Reverse(account.took.longest)) {
        Some(nearest) => Lacking::RoundsInARow(nearest.clone()),
        None => Lacking::Account,
    }
}

/// How much somebody took part in these rounds.
fn participation(contestant: &ContestantId, rounds: &[Option<HashSet<ContestantId>>]) -> Participation {
    let (mut took, mut run) = (Participation::default(), 0);
    for round in rounds {
        if round.as_ref().is_some_and(|people| people.contains(contestant)) {
            run += 1;
            took.rounds += 1;
            took.longest = took.longest.max(run);
        } else {
            run = 0;
        }
    }
    took
}

#[cfg(test)]
mod tests;

//! What rows add up to. Rows and accounts may come in any order and from any shard: every figure is a sum.

use super::Band;
use crate::attempt::{BARRED, accepted_before, in_time};
use crate::fraction::Fraction;
use crate::ids::{ContestantId, UnitCode};
use crate::plan::{AttemptRules, Plan, Round};
use crate::time::Timestamp;
use crate::units::UnitTree;
use chrono::Timelike;
use chrono_tz::Tz;
use std::collections::{BTreeMap, HashMap, HashSet};

/// An attempt without what was answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttemptRow {
    /// Whose it is.
    pub contestant: ContestantId,
    /// 1 for the first of the round; [`BARRED`] for none.
    pub number: u16,
    /// Gateway receipt time of the start.
    pub started_at: Timestamp,
    /// A submission must be received before this instant, unless the round's end was moved.
    pub accepted_before: Timestamp,
    /// Gateway receipt time of the submission, once one was accepted.
    pub submitted_at: Option<Timestamp>,
}

/// An account without anything by which its owner is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Whose it is.
    pub contestant: ContestantId,
    /// Unit chosen at registration.
    pub unit: Option<UnitCode>,
    /// Not on the organizers' list of excluded people: only such people are counted as taking part, as in results.
    pub counts: bool,
}

/// What is known of the round that is counted.
#[derive(Clone, Copy, Debug)]
pub struct WatchedRound<'a> {
    rules: &'a AttemptRules,
    closes: Timestamp,
    zone: Tz,
    units: &'a UnitTree,
}

impl<'a> WatchedRound<'a> {
    /// A round of a plan, over the units in force.
    pub fn of(plan: &'a Plan, round: &'a Round, units: &'a UnitTree) -> Self {
        Self { rules: plan.attempt_of(round), closes: round.closes, zone: plan.time_zone, units }
    }
}

/// Figures of a round at an instant.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// All accounts.
    pub registered: u64,
    /// People with an accepted attempt.
    pub contestants: u64,
    /// Their accepted attempts.
    pub attempts: u64,
    /// Attempts for which a submission may still come.
    pub under_way: u64,
    /// Every unit with everybody in it and below it, in the order uploaded.
    pub units: Vec<UnitFigures>,
    /// Who is in no unit of the tree, and who registered after the accounts were read.
    pub without_unit: UnitSum,
    /// Hours in which something happened, in their order.
    pub hours: Vec<HourFigures>,
    /// Rows that were read for it.
    pub rows: u64,
}

/// Sums over some people.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct UnitSum {
    /// Accounts.
    pub registered: u64,
    /// Those of them with an accepted attempt.
    pub contestants: u64,
    /// Their accepted attempts.
    pub attempts: u64,
}

impl UnitSum {
    const fn add(&mut self, other: &Self) {
        self.registered += other.registered;
        self.contestants += other.contestants;
        self.attempts += other.attempts;
    }
}

/// One unit, with everybody in it and below it, as in tables over a contest ([`crate::participation`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFigures {
    /// Place in [`UnitTree::units`].
    pub unit: usize,
    /// Own figure or the sum below.
    pub members: Option<u64>,
    /// Its people.
    pub sum: UnitSum,
    /// 100 × contestants / members.
    pub rate_percent: Option<Fraction>,
    /// How far it has come; none where the members are not known.
    pub band: Option<Band>,
}

/// One hour of the clocks in the contest's zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HourFigures {
    /// When it begins.
    pub from: Timestamp,
    /// Attempts accepted in it.
    pub attempts: u64,
    /// Attempts started in it.
    pub starts: u64,
}

/// Where the people of an account are counted.
#[derive(Clone, Copy)]
struct Seat {
    /// Place in the tree.
    unit: Option<usize>,
    counts: bool,
}

/// A count under way.
pub struct Count<'a> {
    round: WatchedRound<'a>,
    as_of: Timestamp,
    seats: HashMap<&'a ContestantId, Seat>,
    /// Sums of each unit without those below it.
    own: Vec<UnitSum>,
    without_unit: UnitSum,
    took_part: HashSet<ContestantId>,
    under_way: u64,
    /// Accepted attempts and starts.
    hours: BTreeMap<Timestamp, (u64, u64)>,
    rows: u64,
}

impl<'a> Count<'a> {
    /// A count among these accounts, each given once. `as_of` tells which attempts are under way.
    pub fn among(accounts: &'a [Account], round: WatchedRound<'a>, as_of: Timestamp) -> Self {
        let mut count = Self {
            round,
            as_of,
            seats: HashMap::with_capacity(accounts.len()),
            own: vec![UnitSum::default(); round.units.units().len()],
            without_unit: UnitSum::default(),
            took_part: HashSet::new(),
            under_way: 0,
            hours: BTreeMap::new(),
            rows: 0,
        };
        for account in accounts {
            let unit = account.unit.as_ref().and_then(|code| round.units.find(code));
            count.sum_of(unit).registered += 1;
            count.seats.insert(&account.contestant, Seat { unit, counts: account.counts });
        }
        count
    }

    /// Adds a row; each may be given once.
    pub fn add(&mut self, row: AttemptRow) {
        self.rows += 1;
        // Somebody who registered since the accounts were read is in no unit yet.
        let seat = self.seats.get(&row.contestant).copied().unwrap_or(Seat { unit: None, counts: true });
        if row.number == BARRED || !seat.counts {
            return;
        }
        self.hours.entry(self.hour(row.started_at)).or_default().1 += 1;
        let Some(submitted_at) = row.submitted_at else {
            self.under_way += u64::from(in_time(self.as_of, self.end(&row)));
            return;
        };
        self.hours.entry(self.hour(submitted_at)).or_default().0 += 1;
        let is_first = self.took_part.insert(row.contestant);
        let sum = self.sum_of(seat.unit);
        sum.attempts += 1;
        sum.contestants += u64::from(is_first);
    }

    /// What all rows add up to.
    pub fn figures(self) -> Figures {
        let units = self.round.units;
        let (mut sums, mut all) = (vec![UnitSum::default(); self.own.len()], self.without_unit);
        for (place, own) in self.own.iter().enumerate() {
            all.add(own);
            units.self_and_ancestors(place).for_each(|above| sums[above].add(own));
        }
        let line = |((unit, sum), members): ((usize, UnitSum), Option<u64>)| {
            let rate_percent = members.and_then(|members| Fraction::new(100 * sum.contestants, members));
            UnitFigures { unit, members, sum, rate_percent, band: Band::of(sum.contestants, rate_percent) }
        };
        let hour = |(from, (attempts, starts))| HourFigures { from, attempts, starts };
        Figures {
            registered: all.registered,
            contestants: all.contestants,
            attempts: all.attempts,
            under_way: self.under_way,
            units: sums.into_iter().enumerate().zip(units.members()).map(line).collect(),
            without_unit: self.without_unit,
            hours: self.hours.into_iter().map(hour).collect(),
            rows: self.rows,
        }
    }

    fn sum_of(&mut self, unit: Option<usize>) -> &mut UnitSum {
        match unit {
            Some(place) => &mut self.own[place],
            None => &mut self.without_unit,
        }
    }

    /// The instant before which a submission must come: a round's end may have been moved since the start.
    fn end(&self, row: &AttemptRow) -> Timestamp {
        row.accepted_before.max(accepted_before(self.round.rules, self.round.closes, row.started_at))
    }

    fn hour(&self, at: Timestamp) -> Timestamp {
        let local = at.utc().with_timezone(&self.round.zone);
        let into_hour = i64::from(local.minute()) * 60_000 + i64::from(local.second()) * 1_000;
        at.plus_millis(-into_hour - i64::from(local.timestamp_subsec_millis()))
    }
}

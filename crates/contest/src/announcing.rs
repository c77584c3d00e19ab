//! When a contest becomes public: once it is complete, and not before the moment that its plan announces (`CONSOLE.md` 9).
//! Until then it is a draft, which nobody but its organizers sees. What is public stays public, whatever is uploaded later.

use crate::ids::RoundId;
use crate::plan::{Field, Plan, Round};
use crate::time::Timestamp;

/// What of a contest was accepted, besides its plan.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    /// The tree of units.
    pub units: bool,
    /// The questions of [`first_round`].
    pub first_bank: bool,
}

/// Whether a draft may become public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcing {
    /// It is complete, and its time has come.
    Due,
    /// It is complete, and becomes public by itself at this moment.
    At(Timestamp),
    /// At least one thing is missing, in the order in which organizers are told of it.
    Lacks(Vec<Lack>),
    /// Nobody can take part in any round any more.
    Over,
}

/// What a draft lacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lack {
    /// Units, since contestants are asked for theirs.
    Units,
    /// The questions of the round that opens first.
    FirstBank(RoundId),
}

/// The round that opens first; every plan that was accepted has one.
pub fn first_round(plan: &Plan) -> Option<&Round> {
    plan.rounds.iter().min_by_key(|round| round.opens)
}

/// Whether a draft with this plan may become public at `now`.
pub fn may_be_public(plan: &Plan, accepted: Accepted, now: Timestamp) -> Announcing {
    if plan.closes() <= now {
        return Announcing::Over;
    }
    let mut lacks = Vec::new();
    if plan.registration.fields.contains(&Field::Unit) && !accepted.units {
        lacks.push(Lack::Units);
    }
    if !accepted.first_bank {
        lacks.extend(first_round(plan).map(|round| Lack::FirstBank(round.id.clone())));
    }
    match plan.announced {
        _ if !lacks.is_empty() => Announcing::Lacks(lacks),
        Some(at) if now < at => Announcing::At(at),
        _ => Announcing::Due,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file;

    const PLAN: &str = include_str!("../../../contests/song-cong-cchc-2021/contest.toml");

    fn plan(announced: Option<&str>) -> Plan {
        let line = announced.map(|at| format!("announced = \"{at}\"\n")).unwrap_or_default();
        plan_file::read(&format!("{line}{PLAN}")).plan.expect("a plan")
    }

    fn at(text: &str) -> Timestamp {
        Timestamp::parse_rfc3339(text).expect("an instant")
    }

    #[test]
    fn a_contest_is_public_when_it_is_complete_and_its_time_has_come() {
        let (early, due) = (at("2021-12-09T07:59:59.999+07:00"), at("2021-12-09T08:00:00+07:00"));
        let first = || Lack::FirstBank(RoundId::parse("tuan-1").expect("an id"));
        let announced = Some("2021-12-09T08:00");
        let table = [
            (None, true, true, early, Announcing::Due),
            (announced, true, true, early, Announcing::At(due)),
            (announced, true, true, due, Announcing::Due),
            (None, false, true, due, Announcing::Lacks(vec![Lack::Units])),
            (None, true, false, due, Announcing::Lacks(vec![first()])),
            // What is missing matters more than the time, which organizers know.
            (announced, false, false, early, Announcing::Lacks(vec![Lack::Units, first()])),
            (announced, false, false, due, Announcing::Lacks(vec![Lack::Units, first()])),
        ];
        for (announced, units, first_bank, now, expected) in table {
            let found = may_be_public(&plan(announced), Accepted { units, first_bank }, now);
            assert_eq!(found, expected, "{announced:?}, units {units}, bank {first_bank}, {now:?}");
        }
    }

    #[test]
    fn units_are_waited_for_only_where_contestants_are_asked_for_theirs() {
        let mut plan = plan(None);
        plan.registration.fields.retain(|field| *field != Field::Unit);
        let accepted = Accepted { units: false, first_bank: true };
        assert_eq!(may_be_public(&plan, accepted, plan.registration.opens), Announcing::Due);
    }

    #[test]
    fn the_first_round_is_the_one_that_opens_first_wherever_it_stands() {
        let mut plan = plan(None);
        plan.rounds.reverse();
        assert_eq!(first_round(&plan).map(|round| round.id.as_str()), Some("tuan-1"));
    }

    #[test]
    fn what_is_over_becomes_public_no_more() {
        let plan = plan(None);
        let accepted = Accepted { units: true, first_bank: true };
        assert_eq!(may_be_public(&plan, accepted, plan.closes()), Announcing::Over);
        assert_eq!(may_be_public(&plan, accepted, plan.closes().plus_millis(-1)), Announcing::Due);
    }
}

//! Which changes of files two people carry, and which one does (`CONSOLE.md` 3.5). What may change at all is the importer's
//! to say.

use crate::plan::{Plan, Round};
use crate::time::Timestamp;

/// How long before its round opens a bank is replaced by one person, in milliseconds.
const BANK_MS: i64 = 24 * 60 * 60 * 1_000;

/// What another plan asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanChange {
    /// Nobody plays yet, or nothing changes: one person, as any upload.
    Free,
    /// A round that is under way ends, or has its results, later, and nothing else changes: one lead, since there is no time
    /// for two.
    Extension,
    /// Anything else: two people.
    NeedsTwo,
}

/// What it takes to put another plan in the place of one.
pub fn plan_change(before: &Plan, after: &Plan, now: Timestamp) -> PlanChange {
    if now < before.opens() || before == after {
        return PlanChange::Free;
    }
    let are_same_rounds = before.rounds.len() == after.rounds.len();
    let extends = |(old, new): (&Round, &Round)| old == new || is_extended(old, new, now);
    let rest = Plan { rounds: before.rounds.clone(), ..after.clone() };
    if are_same_rounds && rest == *before && before.rounds.iter().zip(&after.rounds).all(extends) {
        PlanChange::Extension
    } else {
        PlanChange::NeedsTwo
    }
}

fn is_extended(old: &Round, new: &Round, now: Timestamp) -> bool {
    let is_under_way = old.opens <= now && now < old.closes;
    let rest = Round { closes: old.closes, publishes: old.publishes, ..new.clone() };
    is_under_way && new.closes >= old.closes && new.publishes >= old.publishes && rest == *old
}

/// Whether another file in the place of a bank takes two people: one of its rounds opens within a day, or has opened.
pub fn bank_needs_two(plan: &Plan, file: &str, now: Timestamp) -> bool {
    let of_file = |round: &&Round| round.bank.split_once('#').map_or(round.bank.as_str(), |(of, _)| of) == file;
    plan.rounds.iter().filter(of_file).any(|round| now >= round.opens.plus_millis(-BANK_MS))
}

/// Whether another unit of a contestant takes two people: once a round has closed, results of units rest on it.
pub fn unit_needs_two(plan: &Plan, now: Timestamp) -> bool {
    plan.rounds.iter().any(|round| round.closes <= now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file;

    const TEXT: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");

    fn plan(text: &str) -> Plan {
        plan_file::read(text).plan.expect("a plan")
    }

    fn at(now: &str) -> Timestamp {
        Timestamp::parse_rfc3339(now).expect("an instant")
    }

    #[test]
    fn one_lead_moves_an_end_later_and_two_people_do_the_rest() {
        use PlanChange::{Extension, Free, NeedsTwo};
        let (before, open) = ("2021-12-13T08:29:59.999+07:00", "2021-12-13T08:30:00+07:00");
        let closed = "2021-12-19T16:30:00+07:00";
        let end = "closes = \"2021-12-19T16:30\"";
        let later = "closes = \"2021-12-19T17:30\"";
        let results = ("publishes = \"2021-12-20T08:00\"", "publishes = \"2021-12-20T09:00\"");
        for (now, from, to, expected) in [
            (before, "minutes = 15", "minutes = 20", Free),
            (before, end, "closes = \"2021-12-18T16:30\"", Free),
            (open, end, end, Free),
            (open, end, later, Extension),
            (open, results.0, results.1, Extension),
            (open, end, "closes = \"2021-12-19T16:29\"", NeedsTwo),
            (open, "minutes = 15", "minutes = 20", NeedsTwo),
            (open, "organizer = \"UBND", "organizer = \"Ủy ban", NeedsTwo),
            (open, "opens = \"2021-12-20T08:30\"", "opens = \"2021-12-20T09:30\"", NeedsTwo),
            (open, "bank-tuan-1.xlsx", "bank-khac.xlsx", NeedsTwo),
            (closed, end, later, NeedsTwo),
            (closed, results.0, results.1, NeedsTwo),
        ] {
            assert!(TEXT.contains(from), "{from}");
            let after = plan(&TEXT.replacen(from, to, 1));
            assert_eq!(plan_change(&plan(TEXT), &after, at(now)), expected, "{now} {from} {to}");
        }
        let both = TEXT.replacen(end, later, 1).replacen("minutes = 15", "minutes = 20", 1);
        assert_eq!(plan_change(&plan(TEXT), &plan(&both), at(open)), NeedsTwo);
    }

    #[test]
    fn a_bank_is_replaced_by_one_person_until_a_day_before_its_round() {
        let plan = plan(TEXT);
        let bank = plan.rounds[0].bank.split_once('#').map_or(plan.rounds[0].bank.as_str(), |(file, _)| file);
        let opens = plan.rounds[0].opens;
        for (ahead_ms, expected) in [(BANK_MS + 1, false), (BANK_MS, true), (0, true), (-1, true)] {
            assert_eq!(bank_needs_two(&plan, bank, opens.plus_millis(-ahead_ms)), expected, "{ahead_ms}");
        }
        assert!(!bank_needs_two(&plan, "bank-khac.xlsx", opens));
    }
}

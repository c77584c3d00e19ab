//! What may still change, and until when: a table of (file x stage of the contest). Whatever a round was
//! opened or frozen with is all that counts for it; what changes afterwards is a decision with a reason.
//!
//! | file | nobody has registered | somebody has | the first round has opened | a round of it has closed |
//! |---|---|---|---|---|
//! | plan | everything | not `mode`, `unique` | rounds ahead; a later end; words | its round: a later publication |
//! | bank | everything | everything | not the bank of a round that has opened | not even a first one |
//! | units | everything | no unit is left out | names, and units without a headcount of others | the same |
//! | roster | everything | nobody gets another code | the same | the same |
//! | excluded | everything | everything | nothing | nothing |
//! | reveals | | | | from the publication on |

use crate::cross_check::at_key;
use crate::tables::people::RosterLine;
use crate::tables::reveals::RevealLine;
use contest::plan::{Plan, Round};
use contest::problem::{Problem, ProblemKind};
use contest::time::Timestamp;
use contest::units::{UnitChange, UnitTree};
use documents::words::import::headers::{people, reveals};
use std::collections::HashMap;
use store::RosterPerson;

/// How far a contest has come, as far as its files must know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Stage {
    /// Nobody depends on anything yet.
    Planned,
    /// Somebody has an account.
    Registered,
    /// The first round has opened.
    Begun,
}

impl Stage {
    /// The stage of a contest whose rounds are known to people.
    pub(crate) fn of(plan: &Plan, registered: bool, now: Timestamp) -> Self {
        match registered {
            _ if now >= plan.opens() => Self::Begun,
            true => Self::Registered,
            false => Self::Planned,
        }
    }
}

/// Faults of replacing the plan `old` by `new`, which was read from `text`.
pub(crate) fn plan(old: &Plan, new: &Plan, text: &str, stage: Stage, now: Timestamp) -> Vec<Problem> {
    match stage {
        Stage::Planned => Vec::new(),
        Stage::Registered => {
            let (old, new) = (&old.registration, &new.registration);
            // Who has an account under the one rule could get a second one under the other.
            let rules =
                [("registration.mode", old.mode == new.mode), ("registration.unique", old.unique == new.unique)];
            let changed = rules.iter().filter(|(_, same)| !same);
            changed.map(|(key, _)| at_key(Some(text), key, ProblemKind::RegistrationHasBegun)).collect()
        }
        Stage::Begun => plan_of_begun(old, new, text, now),
    }
}

fn plan_of_begun(old: &Plan, new: &Plan, text: &str, now: Timestamp) -> Vec<Problem> {
    let round_fault = |round: &Round| {
        let place = new.rounds.iter().position(|other| other.id == round.id);
        let key = place.map_or_else(|| "rounds".to_owned(), |place| format!("rounds.{place}"));
        let name = round.name.clone();
        let has_ended = old.round(&round.id).is_some_and(|old| old.closes <= now);
        let kind = if has_ended {
            ProblemKind::RoundHasEnded { round: name }
        } else {
            ProblemKind::RoundHasBegun { round: name }
        };
        at_key(Some(text), &key, kind)
    };
    let begun = old.rounds.iter().filter(|round| round.opens <= now);
    let broken = begun.filter(|round| !only_extended(round, new.round(&round.id), now));
    let mut faults: Vec<Problem> = broken.map(round_fault).collect();
    // A round put before one that has begun would itself have begun without anyone's knowing.
    let late = new.rounds.iter().filter(|round| old.round(&round.id).is_none() && round.opens <= now);
    faults.extend(late.map(round_fault));
    let rules = [
        ("time_zone", old.time_zone == new.time_zone),
        ("rounding", old.rounding == new.rounding),
        ("registration", old.registration == new.registration),
        ("attempt", old.paper == new.paper && old.rules.attempt == new.rules.attempt),
        ("prediction", old.rules.prediction == new.rules.prediction),
        ("ranking", old.rules.ranking == new.rules.ranking),
        ("prizes", old.rules.prizes == new.rules.prizes),
        ("collective", old.rules.collective == new.rules.collective),
    ];
    let changed = rules.iter().filter(|(_, same)| !same);
    faults.extend(changed.map(|(key, _)| at_key(Some(text), key, ProblemKind::ContestHasBegun)));
    faults
}

/// Whether a round that has begun stays as it is, but for a later end. Once closed, its end stands;
/// results may still come later than announced.
fn only_extended(old: &Round, new: Option<&Round>, now: Timestamp) -> bool {
    let Some(new) = new else { return false };
    let end_holds = if now < old.closes { new.closes >= old.closes } else { new.closes == old.closes };
    let results_hold =
        if now < old.publishes { new.publishes >= old.publishes } else { new.publishes == old.publishes };
    let rest = Round { closes: old.closes, publishes: old.publishes, ..new.clone() };
    end_holds && results_hold && rest == *old
}

/// Faults of a bank in its file, where it `replaces` another one or is the first.
pub(crate) fn bank(plan: &Plan, file: &str, replaces: bool, now: Timestamp) -> Vec<Problem> {
    let of_it = plan.rounds.iter().filter(|round| round.bank == file);
    let fault = |round: &Round| {
        let name = round.name.clone();
        match () {
            () if round.closes <= now => Some(ProblemKind::RoundHasEnded { round: name }),
            () if round.opens <= now && replaces => Some(ProblemKind::RoundHasBegun { round: name }),
            () => None,
        }
    };
    of_it.filter_map(fault).map(Problem::of_file).collect()
}

/// Faults of units that replace those in force.
pub(crate) fn units(old: &UnitTree, new: &UnitTree, stage: Stage) -> Vec<Problem> {
    let counts = |change: &UnitChange| match stage {
        Stage::Planned => false,
        Stage::Registered => *change == UnitChange::LeftOut,
        Stage::Begun => true,
    };
    let fault = |(place, change): (usize, UnitChange)| {
        let unit = old.units()[place].code.to_string();
        Problem::of_file(match change {
            UnitChange::LeftOut => ProblemKind::UnitLeftOut { unit },
            UnitChange::Moved => ProblemKind::UnitMoved { unit },
            UnitChange::OtherLevel => ProblemKind::UnitHasOtherLevel { unit },
            UnitChange::OtherMembers => ProblemKind::UnitHasOtherMembers { unit },
        })
    };
    new.changes_of(old).into_iter().filter(|(_, change)| counts(change)).map(fault).collect()
}

/// Faults of a roster, compiled from `lines`, that replaces the one in force: a person whose code changes
/// could register once more.
pub(crate) fn roster(old: &[RosterPerson], new: &[RosterPerson], lines: &[RosterLine], stage: Stage) -> Vec<Problem> {
    if stage == Stage::Planned {
        return Vec::new();
    }
    fn identity(person: &RosterPerson) -> (&str, &str, &str) {
        (&person.name_key, &person.birth_date, &person.unit)
    }
    let mut codes: HashMap<_, Vec<&str>> = HashMap::new();
    for person in old {
        codes.entry(identity(person)).or_default().push(&person.code);
    }
    let other = |person: &RosterPerson| {
        codes.get(&identity(person)).is_some_and(|codes| !codes.contains(&person.code.as_str()))
    };
    let changed = new.iter().zip(lines).filter(|(person, _)| other(person));
    changed.map(|(_, line)| Problem::at(line.row, people::CODE.shown, ProblemKind::RosterCodeChanged)).collect()
}

/// Faults of a changed list of excluded people.
pub(crate) fn excluded(stage: Stage) -> Vec<Problem> {
    match stage {
        Stage::Planned | Stage::Registered => Vec::new(),
        Stage::Begun => vec![Problem::of_file(ProblemKind::ExclusionIsADecision)],
    }
}

/// Faults of witnesses' values: who knew one before the ledger is public could bend a draw.
pub(crate) fn reveals(plan: &Plan, lines: &[RevealLine], now: Timestamp) -> Vec<Problem> {
    let early = lines.iter().filter(|line| plan.round(&line.round).is_some_and(|round| now < round.publishes));
    let fault = |line: &RevealLine| {
        Problem::at(line.row, reveals::ROUND.shown, ProblemKind::RevealTooEarly { round: line.round.to_string() })
    };
    early.map(fault).collect()
}

/// Warnings about a plan that comes after rounds of it are over, where nobody has heard of these rounds before.
pub(crate) fn past(plan: &Plan, text: &str, now: Timestamp) -> Vec<Problem> {
    if is_over(plan, now) {
        return vec![at_key(Some(text), "rounds", ProblemKind::AllRoundsAreOver)];
    }
    let over = (0..).zip(&plan.rounds).filter(|(_, round)| round.closes <= now);
    let doubt = |(place, round): (usize, &Round)| {
        at_key(Some(text), &format!("rounds.{place}"), ProblemKind::RoundIsOver { round: round.name.clone() })
    };
    over.map(doubt).collect()
}

/// Whether nobody can take part in any round any more.
pub(crate) fn is_over(plan: &Plan, now: Timestamp) -> bool {
    plan.closes() <= now
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::plan_file;

    const TEXT: &str = include_str!("../../../contests/song-cong-cchc-2021/contest.toml");

    fn codes(from: &str, to: &str, now: &str) -> Vec<&'static str> {
        assert!(TEXT.contains(from), "{from}");
        let plan = |text: &str| plan_file::read(text).plan.expect("a plan");
        let now = Timestamp::parse_rfc3339(now).expect("an instant");
        let text = TEXT.replacen(from, to, 1);
        let old = plan(TEXT);
        let stage = Stage::of(&old, false, now);
        let faults = super::plan(&old, &plan(&text), &text, stage, now);
        let lines: Vec<&str> = text.lines().collect();
        for fault in &faults {
            let line = lines[fault.place.row().expect("a line") as usize - 1];
            assert!(line.starts_with('['), "{line} is where the table begins");
        }
        faults.iter().map(|p| p.kind.code()).collect()
    }

    const BEFORE: &str = "2021-12-13T08:29:59.999+07:00";
    const OPEN: &str = "2021-12-13T08:30:00+07:00";
    const CLOSED: &str = "2021-12-19T16:30:00+07:00";

    #[test]
    fn before_the_first_opening_everything_may_change() {
        assert!(codes("minutes = 15", "minutes = 20", BEFORE).is_empty());
        assert!(codes("closes = \"2021-12-19T16:30\"", "closes = \"2021-12-18T16:30\"", BEFORE).is_empty());
    }

    #[test]
    fn an_open_round_may_only_end_later() {
        let end = "closes = \"2021-12-19T16:30\"";
        assert!(codes(end, "closes = \"2021-12-19T16:31\"", OPEN).is_empty());
        assert_eq!(codes(end, "closes = \"2021-12-19T16:29\"", OPEN), ["round_has_begun"]);
        assert_eq!(codes(end, "closes = \"2021-12-19T17:30\"", CLOSED), ["round_has_ended"]);
        let publication = "publishes = \"2021-12-20T08:00\"";
        assert!(codes(publication, "publishes = \"2021-12-20T08:01\"", OPEN).is_empty());
        assert_eq!(codes(publication, "publishes = \"2021-12-20T07:59\"", OPEN), ["round_has_begun"]);
        assert_eq!(codes("bank-tuan-1.xlsx", "bank-khac.xlsx", OPEN), ["round_has_begun"]);
        assert_eq!(codes("opens = \"2021-12-13T08:30\"", "opens = \"2021-12-13T08:31\"", OPEN), ["round_has_begun"]);
        assert_eq!(codes("id = \"tuan-1\"", "id = \"tuan-0\"", OPEN), ["round_has_begun", "round_has_begun"]);
    }

    #[test]
    fn the_rules_stand_from_the_first_opening_and_rounds_ahead_are_free() {
        assert_eq!(codes("minutes = 15", "minutes = 20", OPEN), ["contest_has_begun"]);
        assert_eq!(codes("amount = 800000", "amount = 700000", OPEN), ["contest_has_begun"]);
        assert!(codes("opens = \"2021-12-20T08:30\"", "opens = \"2021-12-21T08:30\"", OPEN).is_empty());
        assert!(codes("organizer = \"UBND", "organizer = \"Ủy ban", OPEN).is_empty());
    }
}

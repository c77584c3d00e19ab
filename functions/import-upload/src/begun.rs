//! What may still change once rounds have begun: an end may move later, and rounds ahead are free.

use crate::fit::at_key;
use contest::plan::{Plan, Round};
use contest::problem::{Problem, ProblemKind};
use contest::time::Timestamp;

/// Faults of replacing `old` by `new`, which was read from `text`, at `now`.
pub(crate) fn check_change(old: &Plan, new: &Plan, text: &str, now: Timestamp) -> Vec<Problem> {
    let round_fault = |round: &Round| {
        let place = new.rounds.iter().position(|other| other.id == round.id);
        let key = place.map_or_else(|| "rounds".to_owned(), |place| format!("rounds.{place}"));
        at_key(Some(text), &key, ProblemKind::RoundHasBegun { round: round.name.clone() })
    };
    let begun: Vec<&Round> = old.rounds.iter().filter(|round| round.opens <= now).collect();
    let mut faults: Vec<Problem> = begun
        .iter()
        .filter(|round| !only_extended(round, new.round(&round.id), now))
        .map(|round| round_fault(round))
        .collect();
    if begun.is_empty() {
        return faults;
    }
    // A round put before one that has begun would itself have begun without anyone's knowing.
    let late = new.rounds.iter().filter(|round| old.round(&round.id).is_none() && round.opens <= now);
    faults.extend(late.map(round_fault));
    let rules = [
        ("time_zone", old.time_zone == new.time_zone),
        ("rounding", old.rounding == new.rounding),
        ("registration", old.registration == new.registration),
        ("attempt", old.attempt == new.attempt),
        ("prediction", old.prediction == new.prediction),
        ("ranking", old.ranking == new.ranking),
        ("prizes", old.prizes == new.prizes),
        ("collective", old.collective == new.collective),
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
    let rest = Round { closes: old.closes, publishes: old.publishes, ..new.clone() };
    end_holds && new.publishes >= old.publishes && rest == *old
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
        let faults = check_change(&plan(TEXT), &plan(&text), &text, now);
        let lines: Vec<&str> = text.lines().collect();
        for fault in &faults {
            let line = lines[fault.place.row.expect("a line") as usize - 1];
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
        assert_eq!(codes(end, "closes = \"2021-12-19T17:30\"", CLOSED), ["round_has_begun"]);
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

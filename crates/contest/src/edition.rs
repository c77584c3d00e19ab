//! The editions of a round: each version of its results that is published, and what it rests on.

pub mod over_contest;

use crate::decision::{Action, Change, Decision};
use crate::ids::RoundId;
use crate::plan::Round;
use crate::time::Timestamp;
use crate::words::worded;

worded! {
    /// What an edition came from.
    pub enum Basis {
        /// The closing of the round.
        First = "first",
        /// Lots that were drawn for the prizes that waited for them.
        Draw = "draw",
        /// A decision that changes results.
        Decision = "decision",
        /// A decision that does nothing but make the results official.
        Recognition = "recognition",
        /// Other winners of an earlier round, where nobody may win twice.
        EarlierRound = "earlier_round",
    }
}

worded! {
    /// What the results of an edition are.
    pub enum Status {
        /// Until a decision recognizes them (`DOMAIN.md` W2).
        Provisional = "provisional",
        /// Recognized by a decision.
        Official = "official",
    }
}

/// One version of a round's results, before anything of it is computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// From 1; the number of the published version.
    pub number: u32,
    /// What it came from.
    pub basis: Basis,
    /// Provisional or official.
    pub status: Status,
    /// The reasons of the decision that it came from.
    pub reason: Option<String>,
    /// When that decision was put in force.
    pub decided_at: Option<Timestamp>,
    /// On how many of the round's decisions it rests, in their order.
    pub decisions: u32,
    /// Whether it rests on the draw.
    pub drawn: bool,
}

impl Edition {
    /// The instant that stands on its documents: the promised one, or that of the decision that came later.
    pub fn announced_at(&self, round: &Round) -> Timestamp {
        self.decided_at.map_or(round.publishes, |decided_at| decided_at.max(round.publishes))
    }

    /// The decision that made it official, of those about its round in their order; `None` where it is provisional, or
    /// rests on more of them than these.
    pub fn recognized_by<'a>(&self, decisions: &[&'a Decision]) -> Option<&'a Decision> {
        let last = (self.decisions as usize).checked_sub(1)?;
        decisions.get(last).copied().filter(|_| self.status == Status::Official)
    }
}

/// An edition of a round from which something else follows: an earlier one whose winners are passed over
/// (`one_prize_per_person`), or any for the standings of the contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// The round, or [`RoundId::overall`].
    pub round: RoundId,
    /// The number of its edition, from 1.
    pub edition: u32,
}

/// Whether what follows from `these` editions is newer than what follows from `those`: no round is missing or older, and
/// one is newer or was not there. Of two that are not comparable, which only runs that know different halves can make,
/// neither is newer.
pub fn are_newer(these: &[Followed], those: &[Followed]) -> bool {
    let known =
        |those: &Followed| these.iter().any(|these| these.round == those.round && these.edition >= those.edition);
    those.iter().all(known) && these != those
}

/// The newest edition of a round, and what scoring it has shown.
#[derive(Clone, Copy, Debug)]
pub struct Newest<'a> {
    /// The edition.
    pub edition: &'a Edition,
    /// Whether it leaves prizes to a draw.
    pub awaits_draw: bool,
}

/// What is known of a closed round besides its editions.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// Every decision about the round, in their order.
    pub decisions: &'a [&'a Decision],
    /// Whether its lots are drawn.
    pub drawn: bool,
    /// Whether those who won in earlier rounds are others than those whom the newest edition passes over.
    pub earlier_changed: bool,
}

/// The edition of a closed round that is to be made next, from the newest one and what is known. `None` means that
/// everything known is in the newest one.
///
/// The first edition is always the round as it closed: predictions may be measured by it (`actual = "at_closing"`), and
/// everyone sees what a decision has changed. Each decision has an edition of its own; each edition passes over those
/// who won in the newest editions of earlier rounds; and the draw comes after what is known by then, since a decision
/// may leave nothing to draw. Nor is an edition due where less is known than the newest one rests on: another run, which
/// knew more, made it.
pub fn due(round: &RoundId, newest: Option<Newest<'_>>, known: Known<'_>) -> Option<Edition> {
    let Some(Newest { edition: before, awaits_draw }) = newest else { return Some(first()) };
    if known.decisions.len() < before.decisions as usize {
        return None;
    }
    let next = |basis| Edition {
        number: before.number + 1,
        basis,
        decisions: before.decisions,
        drawn: before.drawn,
        ..first()
    };
    if let Some(decision) = known.decisions.get(before.decisions as usize) {
        let recognizes = |change: &Change| matches!(change.action, Action::Recognize);
        let basis = if decision.in_round(round).all(recognizes) { Basis::Recognition } else { Basis::Decision };
        let official = decision.recognizes(round);
        return Some(Edition {
            status: if official { Status::Official } else { Status::Provisional },
            reason: Some(decision.reason(round)),
            decided_at: Some(decision.at),
            decisions: before.decisions + 1,
            ..next(basis)
        });
    }
    if known.earlier_changed {
        return Some(next(Basis::EarlierRound));
    }
    let draws = awaits_draw && known.drawn && !before.drawn;
    draws.then(|| Edition { drawn: true, ..next(Basis::Draw) })
}

fn first() -> Edition {
    Edition {
        number: 1,
        basis: Basis::First,
        status: Status::Provisional,
        reason: None,
        decided_at: None,
        decisions: 0,
        drawn: false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::decision::of_round;
    use crate::ids::ContestantId;

    fn round(id: &str) -> RoundId {
        RoundId::parse(id).unwrap()
    }

    fn disqualify(code: &str) -> Action {
        Action::Disqualify(ContestantId::parse(code).unwrap(), None)
    }

    fn decision(id: &str, changes: &[(&str, Action)]) -> Decision {
        let change = |(of, action): &(&str, Action)| Change {
            round: round(of),
            action: action.clone(),
            reason: format!("theo {id}"),
        };
        Decision {
            number: Some(id.to_owned()),
            decided_on: None,
            at: Timestamp::from_millis(7_000),
            changes: changes.iter().map(change).collect(),
        }
    }

    /// Every edition that comes from the decisions, with basis, status and reason; before the draw is known and after.
    fn story(decisions: &[Decision], awaits_draw: bool) -> Vec<String> {
        let of = round("tuan-1");
        let decisions = of_round(decisions, &of);
        let mut editions: Vec<Edition> = Vec::new();
        for drawn in [false, true] {
            loop {
                let newest =
                    editions.last().map(|edition| Newest { edition, awaits_draw: awaits_draw && !edition.drawn });
                let known = Known { decisions: &decisions, drawn, earlier_changed: false };
                let Some(next) = due(&of, newest, known) else { break };
                editions.push(next);
            }
        }
        let line = |edition: &Edition| {
            let Edition { number, basis, status, reason, decisions, drawn, .. } = edition;
            format!("{number} {basis} {status} {decisions} {drawn} {}", reason.as_deref().unwrap_or("-"))
        };
        editions.iter().map(line).collect()
    }

    #[test]
    fn what_follows_from_newer_editions_is_newer() {
        let of = |rounds: &[(&str, u32)]| -> Vec<Followed> {
            rounds.iter().map(|&(id, edition)| Followed { round: round(id), edition }).collect()
        };
        let newer = |these: &[(&str, u32)], those: &[(&str, u32)]| are_newer(&of(these), &of(those));
        assert!(newer(&[("tuan-1", 1)], &[]));
        assert!(newer(&[("tuan-1", 1), ("tuan-2", 1)], &[("tuan-1", 1)]));
        assert!(newer(&[("tuan-1", 2), ("tuan-2", 1)], &[("tuan-1", 1), ("tuan-2", 1)]));
        assert!(!newer(&[("tuan-1", 1)], &[("tuan-1", 1)]));
        assert!(!newer(&[("tuan-1", 2)], &[("tuan-1", 1), ("tuan-2", 1)]));
        assert!(!newer(&[("tuan-1", 2), ("tuan-2", 1)], &[("tuan-1", 1), ("tuan-2", 2)]));
    }

    #[test]
    fn a_round_without_decisions_has_one_edition_and_with_a_draw_two() {
        assert_eq!(story(&[], false), ["1 first provisional 0 false -"]);
        assert_eq!(story(&[], true), ["1 first provisional 0 false -", "2 draw provisional 0 true -"]);
    }

    #[test]
    fn each_decision_has_an_edition_and_the_last_one_says_what_the_results_are() {
        let decisions = [
            decision("1/QĐ", &[("tuan-1", disqualify("NGUOI-001"))]),
            decision("2/QĐ", &[("tuan-2", Action::Recognize)]),
            decision("3/QĐ", &[("tuan-1", Action::Recognize)]),
            decision("4/QĐ", &[("tuan-1", disqualify("NGUOI-002"))]),
            decision("5/QĐ", &[("tuan-1", disqualify("NGUOI-003")), ("tuan-1", Action::Recognize)]),
        ];
        let expected = [
            "1 first provisional 0 false -",
            "2 decision provisional 1 false theo 1/QĐ",
            "3 recognition official 2 false theo 3/QĐ",
            "4 decision provisional 3 false theo 4/QĐ",
            "5 decision official 4 false theo 5/QĐ",
        ];
        assert_eq!(story(&decisions, false), expected);
    }

    #[test]
    fn an_official_edition_names_the_decision_that_made_it_so() {
        let decisions = [
            decision("1/QĐ", &[("tuan-1", disqualify("NGUOI-001"))]),
            decision("2/QĐ", &[("tuan-1", Action::Recognize)]),
            decision("3/QĐ", &[("tuan-1", disqualify("NGUOI-002"))]),
        ];
        let decisions = of_round(&decisions, &round("tuan-1")).into_iter().collect::<Vec<_>>();
        let edition = |decisions, status| Edition { decisions, status, ..first() };
        let number = |edition: &Edition| edition.recognized_by(&decisions).and_then(|by| by.number.as_deref());
        assert_eq!(number(&edition(2, Status::Official)), Some("2/QĐ"));
        assert_eq!(number(&edition(3, Status::Provisional)), None);
        assert_eq!(number(&edition(0, Status::Provisional)), None);
        assert_eq!(number(&edition(4, Status::Official)), None, "not known here yet");
    }

    #[test]
    fn the_draw_comes_after_the_decisions_that_are_known_and_stays() {
        let early = decision("1/QĐ", &[("tuan-1", disqualify("NGUOI-001"))]);
        let expected = [
            "1 first provisional 0 false -",
            "2 decision provisional 1 false theo 1/QĐ",
            "3 draw provisional 1 true -",
        ];
        assert_eq!(story(std::slice::from_ref(&early), true), expected);
        let late = decision("2/QĐ", &[("tuan-1", Action::Recognize)]);
        let drawn = Edition { number: 3, basis: Basis::Draw, decisions: 1, drawn: true, ..first() };
        let newest = Some(Newest { edition: &drawn, awaits_draw: false });
        let known = Known { decisions: &[&early, &late], drawn: true, earlier_changed: true };
        let next = due(&round("tuan-1"), newest, known).unwrap();
        assert_eq!((next.number, next.basis, next.drawn), (4, Basis::Recognition, true));
        assert_eq!(next.decided_at, Some(Timestamp::from_millis(7_000)));
    }

    #[test]
    fn who_knows_less_than_the_newest_edition_makes_none() {
        let newest = Edition { number: 2, basis: Basis::Decision, decisions: 1, ..first() };
        let known = Known { decisions: &[], drawn: true, earlier_changed: true };
        assert_eq!(due(&round("tuan-1"), Some(Newest { edition: &newest, awaits_draw: true }), known), None);
    }

    #[test]
    fn other_winners_of_an_earlier_round_have_an_edition_before_the_draw() {
        let decided =
            Edition { number: 2, basis: Basis::Recognition, status: Status::Official, decisions: 1, ..first() };
        let newest = Some(Newest { edition: &decided, awaits_draw: true });
        let taken = decision("1/QĐ", &[("tuan-1", Action::Recognize)]);
        let decisions = [&taken];
        let known = |earlier_changed| Known { decisions: &decisions, drawn: true, earlier_changed };
        let of = round("tuan-1");
        let next = due(&of, newest, known(true)).unwrap();
        assert_eq!((next.number, next.basis, next.status), (3, Basis::EarlierRound, Status::Provisional));
        assert_eq!((next.decisions, next.drawn, next.reason), (1, false, None));
        assert_eq!(due(&of, newest, known(false)).map(|edition| edition.basis), Some(Basis::Draw));
    }
}

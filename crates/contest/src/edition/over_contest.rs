//! The editions of the results over a contest, `overall/`: they follow from editions of its rounds, and rest on what was
//! decided and drawn about the contest as a whole.

use super::{Followed, Status, are_newer};

/// One version of the results over a contest, before anything of it is computed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverallEdition {
    /// The editions of all rounds, in the order of the plan.
    pub follows: Vec<Followed>,
    /// On how many of the decisions about the contest as a whole it rests, in their order.
    pub decisions: u32,
    /// Whether it rests on the draw.
    pub drawn: bool,
}

/// What an edition has that the one before has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Newer editions of rounds.
    Rounds,
    /// One more decision about the contest.
    Decision,
    /// The draw.
    Draw,
}

/// What is known of a contest of which every round is published.
#[derive(Clone, Copy, Debug)]
pub struct Known<'a> {
    /// The newest published edition of each round, in the order of the plan.
    pub live: &'a [Followed],
    /// How many decisions about the contest as a whole there are.
    pub decisions: u32,
    /// Whether lots are drawn for which the newest edition waits.
    pub drawn: bool,
}

impl OverallEdition {
    /// What this edition has that `before` has not: exactly one thing, and nothing less.
    pub fn step_from(&self, before: &Self) -> Option<Step> {
        let next = |step| before.next(step, &self.follows);
        let is_newer = are_newer(&self.follows, &before.follows);
        let steps = [(Step::Rounds, is_newer), (Step::Decision, true), (Step::Draw, !before.drawn)];
        steps.into_iter().find(|&(step, may_be)| may_be && *self == next(step)).map(|(step, _)| step)
    }

    fn next(&self, step: Step, live: &[Followed]) -> Self {
        match step {
            Step::Rounds => Self { follows: live.to_vec(), ..self.clone() },
            Step::Decision => Self { decisions: self.decisions + 1, ..self.clone() },
            Step::Draw => Self { drawn: true, ..self.clone() },
        }
    }

    /// The edition that is to be made next, from the newest one and what is known; `None` where everything known is in it,
    /// or less is known than it rests on. As in a round the first one knows no decision, each decision has an edition of
    /// its own, and the draw comes last.
    pub fn due(newest: Option<&Self>, known: Known<'_>) -> Option<Self> {
        let Some(newest) = newest else { return Some(Self { follows: known.live.to_vec(), ..Self::default() }) };
        let step = if are_newer(known.live, &newest.follows) {
            Step::Rounds
        } else if known.decisions > newest.decisions {
            Step::Decision
        } else if known.drawn && !newest.drawn {
            Step::Draw
        } else {
            return None;
        };
        Some(newest.next(step, known.live))
    }
}

/// What results over a contest are, from those of its rounds and the newest decision about the contest as a whole: whether it
/// recognizes them, `None` where there is no decision.
pub fn status(rounds: impl IntoIterator<Item = Status>, recognizes: Option<bool>) -> Status {
    let are_official = rounds.into_iter().all(|status| status == Status::Official);
    if are_official && recognizes != Some(false) { Status::Official } else { Status::Provisional }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RoundId;

    fn live(first: u32, second: u32) -> Vec<Followed> {
        let of = |round: &str, edition| Followed { round: RoundId::parse(round).unwrap(), edition };
        vec![of("tuan-1", first), of("tuan-2", second)]
    }

    fn edition((first, second): (u32, u32), decisions: u32, drawn: bool) -> OverallEdition {
        OverallEdition { follows: live(first, second), decisions, drawn }
    }

    #[test]
    fn rounds_come_first_then_each_decision_and_the_draw_last() {
        let known = live(2, 1);
        let known = Known { live: &known, decisions: 2, drawn: true };
        let mut editions: Vec<OverallEdition> = Vec::new();
        while let Some(next) = OverallEdition::due(editions.last(), known) {
            editions.push(next);
        }
        let expected =
            [edition((2, 1), 0, false), edition((2, 1), 1, false), edition((2, 1), 2, false), edition((2, 1), 2, true)];
        assert_eq!(editions, expected);
        let newer = live(2, 2);
        let next = OverallEdition::due(editions.last(), Known { live: &newer, decisions: 3, ..known }).unwrap();
        assert_eq!(next, edition((2, 2), 2, true));
        let less = live(1, 1);
        assert_eq!(OverallEdition::due(editions.last(), Known { live: &less, decisions: 1, drawn: false }), None);
    }

    #[test]
    fn an_edition_is_one_step_from_the_one_before() {
        let before = edition((1, 1), 1, false);
        let step = |after: OverallEdition| after.step_from(&before);
        assert_eq!(step(edition((2, 1), 1, false)), Some(Step::Rounds));
        assert_eq!(step(edition((1, 1), 2, false)), Some(Step::Decision));
        assert_eq!(step(edition((1, 1), 1, true)), Some(Step::Draw));
        assert_eq!(step(before.clone()), None);
        assert_eq!(step(edition((2, 1), 2, false)), None, "two steps at once");
        assert_eq!(step(edition((1, 1), 3, false)), None, "two decisions at once");
        assert_eq!(step(edition((1, 1), 0, false)), None);
        assert_eq!(step(edition((0, 2), 1, false)), None, "an older round");
        let drawn = edition((1, 1), 1, true);
        assert_eq!(edition((1, 1), 1, false).step_from(&drawn), None, "a draw stays");
        assert_eq!(drawn.step_from(&drawn), None, "and comes once");
    }

    #[test]
    fn results_are_official_where_all_rounds_are_and_nothing_else_was_decided_since() {
        let official = |rounds: &[Status], recognizes| status(rounds.iter().copied(), recognizes) == Status::Official;
        let (both, one) = ([Status::Official; 2], [Status::Official, Status::Provisional]);
        assert!(official(&both, None) && official(&both, Some(true)));
        assert!(!official(&both, Some(false)) && !official(&one, None) && !official(&one, Some(true)));
    }
}

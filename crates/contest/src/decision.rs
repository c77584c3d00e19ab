//! Decisions of the organizers about a closed round (`CONTRACT.md` 3.2): each is kept whole, with its reasons, and what
//! follows from it is computed from the kept rows again, never patched.

pub mod written;

use crate::bank::OptionSet;
use crate::ids::{ContestantId, QuestionId, RoundId};
use crate::result::{Person, ScoredAttempt};
use crate::scoring::Marking;
use crate::time::Timestamp;
use crate::words::worded;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// A decision, as it was put in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number, as officials write it (`12/QĐ-BTC`, `DOMAIN.md` W6); none where nobody gave it one.
    pub number: Option<String>,
    /// The day that is written on it.
    pub decided_on: Option<NaiveDate>,
    /// When it was put in force.
    pub at: Timestamp,
    /// What it changes, in one round or several; at least one.
    pub changes: Vec<Change>,
}

/// One change that a decision makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The round in which it changes something, or [`RoundId::overall`].
    pub round: RoundId,
    /// What it changes there.
    pub action: Action,
    /// Why. Published with every version that follows from it.
    pub reason: String,
}

/// What a decision may do in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The person, or one attempt of theirs, is no longer ranked, counted or given a prize.
    Disqualify(ContestantId, Option<u16>),
    /// The person, or one attempt of theirs, counts after all.
    Reinstate(ContestantId, Option<u16>),
    /// A question counts as right for everyone who had it.
    Void(QuestionId),
    /// Other options of a question are right.
    Rekey(QuestionId, OptionSet),
    /// The place of a person, from 1, among those who are equal in every key and wait for the organizers.
    Order(ContestantId, u32),
    /// The person keeps the rank, and the prize passes on.
    Forfeit(ContestantId),
    /// The results are official from now on, as long as nothing else is decided.
    Recognize,
}

worded! {
    /// The words of [`Action`], in tables and published files.
    pub enum ActionKind {
        /// [`Action::Disqualify`]
        Disqualify = "disqualify",
        /// [`Action::Reinstate`]
        Reinstate = "reinstate",
        /// [`Action::Void`]
        Void = "void",
        /// [`Action::Rekey`]
        Rekey = "rekey",
        /// [`Action::Order`]
        Order = "order",
        /// [`Action::Forfeit`]
        Forfeit = "forfeit",
        /// [`Action::Recognize`]
        Recognize = "recognize",
    }
}

impl Action {
    /// Its word.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Disqualify(..) => ActionKind::Disqualify,
            Self::Reinstate(..) => ActionKind::Reinstate,
            Self::Void(_) => ActionKind::Void,
            Self::Rekey(..) => ActionKind::Rekey,
            Self::Order(..) => ActionKind::Order,
            Self::Forfeit(_) => ActionKind::Forfeit,
            Self::Recognize => ActionKind::Recognize,
        }
    }

    /// The person whom it is about.
    pub const fn contestant(&self) -> Option<&ContestantId> {
        match self {
            Self::Disqualify(contestant, _)
            | Self::Reinstate(contestant, _)
            | Self::Order(contestant, _)
            | Self::Forfeit(contestant) => Some(contestant),
            Self::Void(_) | Self::Rekey(..) | Self::Recognize => None,
        }
    }

    /// The one attempt that it is about; none where it is about all of a person.
    pub const fn attempt(&self) -> Option<u16> {
        match self {
            Self::Disqualify(_, attempt) | Self::Reinstate(_, attempt) => *attempt,
            Self::Void(_) | Self::Rekey(..) | Self::Order(..) | Self::Forfeit(_) | Self::Recognize => None,
        }
    }

    /// The question that it is about.
    pub const fn question(&self) -> Option<&QuestionId> {
        match self {
            Self::Void(question) | Self::Rekey(question, _) => Some(question),
            Self::Disqualify(..) | Self::Reinstate(..) | Self::Order(..) | Self::Forfeit(_) | Self::Recognize => None,
        }
    }
}

impl Decision {
    /// What it changes in one round.
    pub fn in_round<'a>(&'a self, round: &'a RoundId) -> impl Iterator<Item = &'a Change> {
        self.changes.iter().filter(move |change| change.round == *round)
    }

    /// Whether it makes the results of a round official.
    pub fn recognizes(&self, round: &RoundId) -> bool {
        self.in_round(round).any(|change| matches!(change.action, Action::Recognize))
    }

    /// Its reasons in one round, each once.
    pub fn reason(&self, round: &RoundId) -> String {
        reasons(self.in_round(round).map(|change| change.reason.as_str()))
    }
}

/// Reasons as one text, each once.
pub fn reasons<'a>(of: impl Iterator<Item = &'a str>) -> String {
    let mut reasons: Vec<&str> = Vec::new();
    for reason in of {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    }
    reasons.join("; ")
}

/// Those of `decisions` that change something in a round, in their order.
pub fn of_round<'a>(decisions: &'a [Decision], round: &RoundId) -> Vec<&'a Decision> {
    decisions.iter().filter(|decision| decision.in_round(round).next().is_some()).collect()
}

/// What the decisions about a round come to together; a later one prevails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// Whether a person is ranked, where that was decided.
    pub ranked: BTreeMap<ContestantId, bool>,
    /// Attempts that do not count.
    pub struck: BTreeSet<(ContestantId, u16)>,
    /// Questions that count as right for everyone.
    pub voided: BTreeSet<QuestionId>,
    /// Right options in the place of others.
    pub rekeyed: BTreeMap<QuestionId, OptionSet>,
    /// Places among equals.
    pub places: BTreeMap<ContestantId, u32>,
    /// People whose prize passes on.
    pub forfeits: BTreeSet<ContestantId>,
}

impl Ruling {
    /// The ruling of these actions, the earliest first.
    pub fn of<'a>(actions: impl IntoIterator<Item = &'a Action>) -> Self {
        let mut ruling = Self::default();
        actions.into_iter().for_each(|action| ruling.add(action));
        ruling
    }

    /// The ruling of decisions in a round.
    pub fn of_decisions(decisions: &[&Decision], round: &RoundId) -> Self {
        Self::of(decisions.iter().flat_map(|decision| decision.in_round(round)).map(|change| &change.action))
    }

    fn add(&mut self, action: &Action) {
        match action {
            Action::Disqualify(contestant, None) => {
                self.ranked.insert(contestant.clone(), false);
            }
            Action::Disqualify(contestant, Some(attempt)) => {
                self.struck.insert((contestant.clone(), *attempt));
            }
            Action::Reinstate(contestant, None) => {
                self.ranked.insert(contestant.clone(), true);
                self.forfeits.remove(contestant);
            }
            Action::Reinstate(contestant, Some(attempt)) => {
                self.struck.remove(&(contestant.clone(), *attempt));
            }
            Action::Void(question) => {
                self.rekeyed.remove(question);
                self.voided.insert(question.clone());
            }
            Action::Rekey(question, right) => {
                self.voided.remove(question);
                self.rekeyed.insert(question.clone(), *right);
            }
            Action::Order(contestant, place) => {
                self.places.insert(contestant.clone(), *place);
            }
            Action::Forfeit(contestant) => {
                self.forfeits.insert(contestant.clone());
            }
            Action::Recognize => {}
        }
    }

    /// A person as the ruling leaves them.
    pub fn person(&self, person: &Person) -> Person {
        Person {
            ranked: self.ranked.get(&person.contestant).copied().unwrap_or(person.ranked),
            forfeits: self.forfeits.contains(&person.contestant),
            decided_place: self.places.get(&person.contestant).copied(),
            ..person.clone()
        }
    }

    /// Marks the attempts that do not count.
    pub fn strike(&self, people: &[Person], attempts: &mut [ScoredAttempt]) {
        let struck: BTreeSet<(&ContestantId, u16)> = self.struck.iter().map(|(who, number)| (who, *number)).collect();
        for attempt in attempts.iter_mut().filter(|_| !struck.is_empty()) {
            attempt.struck = struck.contains(&(&attempt.person.of(people).contestant, attempt.number));
        }
    }

    /// What answers are measured by, where `key` is the one that was fixed before the round.
    pub fn marking(&self, mut key: BTreeMap<QuestionId, OptionSet>) -> Marking {
        key.extend(self.rekeyed.clone());
        Marking { key, voided: self.voided.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(code: &str) -> ContestantId {
        ContestantId::parse(code).unwrap()
    }

    #[test]
    fn a_later_action_prevails() {
        use Action::*;
        let (an, question) = (person("NGUOI-001"), QuestionId::parse("q1").unwrap());
        let rekey = |right| Rekey(question.clone(), OptionSet(right));
        let ruling = |actions: &[Action]| Ruling::of(actions);
        assert!(!ruling(&[Disqualify(an.clone(), None)]).ranked[&an]);
        let back = ruling(&[Disqualify(an.clone(), None), Forfeit(an.clone()), Reinstate(an.clone(), None)]);
        assert_eq!((back.ranked[&an], back.forfeits.len()), (true, 0));
        assert_eq!(ruling(&[Disqualify(an.clone(), Some(2))]).struck, [(an.clone(), 2)].into());
        let both = [Disqualify(an.clone(), Some(2)), Reinstate(an.clone(), Some(2))];
        assert_eq!(ruling(&both), Ruling::default(), "another attempt of theirs is not touched");
        assert_eq!(ruling(&[rekey(1), rekey(2)]).rekeyed[&question], OptionSet(2));
        let voided = ruling(&[rekey(1), Void(question.clone())]);
        assert_eq!((voided.rekeyed.len(), voided.voided.contains(&question)), (0, true));
        assert_eq!(ruling(&[Void(question.clone()), rekey(1)]).voided, BTreeSet::new());
        assert_eq!(ruling(&[Order(an.clone(), 2), Order(an.clone(), 1)]).places[&an], 1);
        assert_eq!(ruling(&[Recognize]), Ruling::default());
    }

    #[test]
    fn a_decision_tells_each_reason_once_and_of_each_round_its_own() {
        let change = |round: &str, reason: &str| Change {
            round: RoundId::parse(round).unwrap(),
            action: Action::Recognize,
            reason: reason.to_owned(),
        };
        let decision = Decision {
            number: None,
            decided_on: None,
            at: Timestamp::from_millis(0),
            changes: vec![
                change("tuan-1", "Thi hộ"),
                change("tuan-2", "Câu sai"),
                change("tuan-1", "Thi hộ"),
                change("tuan-1", "Trùng"),
            ],
        };
        assert_eq!(decision.reason(&RoundId::parse("tuan-1").unwrap()), "Thi hộ; Trùng");
        assert_eq!(decision.reason(&RoundId::parse("tuan-2").unwrap()), "Câu sai");
    }
}

//! Decisions of the organizers about a closed round (`CONTRACT.md` 3.2): each is kept whole, with its reason, and what
//! follows from it is computed from the kept rows again, never patched.

use crate::bank::{AnswerKey, OptionSet};
use crate::ids::{ContestantId, QuestionId, RoundId};
use crate::time::Timestamp;
use std::collections::BTreeSet;

/// A decision, as it was taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// Its number, as officials write it: `12/QĐ-BTC`.
    pub id: String,
    /// Why it was taken. Published with every version that follows from it.
    pub reason: String,
    /// Who took it, by role.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What it changes, in one round or several.
    pub changes: Vec<Change>,
}

/// One change that a decision makes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The round in which it changes something.
    pub round: RoundId,
    /// What it changes there.
    pub action: Action,
}

/// What a decision may do in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// The person is no longer ranked, counted or given a prize.
    Disqualify(ContestantId),
    /// Other options of a question are right.
    Rekey {
        /// The question.
        question: QuestionId,
        /// Its right options.
        right: OptionSet,
    },
    /// The results are official from now on, as long as nothing else is decided.
    Recognize,
}

impl Decision {
    /// What it changes in one round.
    pub fn actions<'a>(&'a self, round: &'a RoundId) -> impl Iterator<Item = &'a Action> {
        self.changes.iter().filter(move |change| change.round == *round).map(|change| &change.action)
    }
}

/// Those of `decisions` that change something in a round, in their order.
pub fn of_round<'a>(decisions: &'a [Decision], round: &RoundId) -> Vec<&'a Decision> {
    decisions.iter().filter(|decision| decision.actions(round).next().is_some()).collect()
}

/// What the decisions about a round come to together; a later one prevails.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ruling {
    /// People who are not ranked.
    pub disqualified: BTreeSet<ContestantId>,
    /// Questions of which other options are right.
    pub rekeyed: AnswerKey,
}

impl Ruling {
    /// The ruling of these decisions in a round.
    pub fn of(decisions: &[&Decision], round: &RoundId) -> Self {
        let mut ruling = Self::default();
        for action in decisions.iter().flat_map(|decision| decision.actions(round)) {
            match action {
                Action::Disqualify(contestant) => {
                    ruling.disqualified.insert(contestant.clone());
                }
                Action::Rekey { question, right } => {
                    ruling.rekeyed.insert(question.clone(), *right);
                }
                Action::Recognize => {}
            }
        }
        ruling
    }
}

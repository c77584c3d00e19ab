//! Decisions about closed rounds, as they lie in the vault. The list only grows: an edition names how many of them it
//! rests on.

use crate::error::StoreError;
use contest::bank::OptionSet;
use contest::decision::{Action, ActionKind, Change, Decision};
use contest::ids::{ContestantId, QuestionId, RoundId};
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::fmt::Display;

/// Every decision of a contest, in the order in which they were put in force.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDecisions {
    decisions: Vec<StoredDecision>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredDecision {
    number: Option<String>,
    /// `2021-12-24`
    decided_on: Option<String>,
    at_ms: i64,
    changes: Vec<StoredChange>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredChange {
    round: String,
    action: String,
    contestant: Option<String>,
    attempt: Option<u16>,
    question: Option<String>,
    /// Letters of options.
    right: Option<Vec<String>>,
    place: Option<u32>,
    reason: String,
}

impl StoredDecisions {
    pub fn of(decisions: &[Decision]) -> Self {
        let stored = |decision: &Decision| StoredDecision {
            number: decision.number.clone(),
            decided_on: decision.decided_on.map(|day| day.to_string()),
            at_ms: decision.at.millis(),
            changes: decision.changes.iter().map(StoredChange::of).collect(),
        };
        Self { decisions: decisions.iter().map(stored).collect() }
    }

    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let decision = |stored: &StoredDecision| {
            Ok(Decision {
                number: stored.number.clone(),
                decided_on: stored.decided_on.as_deref().map(str::parse).transpose().map_err(corrupt)?,
                at: Timestamp::from_millis(stored.at_ms),
                changes: stored.changes.iter().map(StoredChange::change).collect::<Result<_, _>>()?,
            })
        };
        self.decisions.iter().map(decision).collect()
    }
}

impl StoredChange {
    fn of(change: &Change) -> Self {
        let action = &change.action;
        let (right, place) = match action {
            Action::Rekey(_, right) => (Some(right.letters().map(str::to_owned).collect()), None),
            Action::Order(_, place) => (None, Some(*place)),
            _ => (None, None),
        };
        Self {
            round: change.round.to_string(),
            action: action.kind().to_string(),
            contestant: action.contestant().map(ToString::to_string),
            attempt: action.attempt(),
            question: action.question().map(ToString::to_string),
            right,
            place,
            reason: change.reason.clone(),
        }
    }

    fn change(&self) -> Result<Change, StoreError> {
        let lacks = |what: &str| StoreError::corrupt("the decisions", format!("{} without {what}", self.action));
        let contestant =
            || ContestantId::parse(self.contestant.as_ref().ok_or_else(|| lacks("a person"))?).map_err(corrupt);
        let question =
            || QuestionId::parse(self.question.as_ref().ok_or_else(|| lacks("a question"))?).map_err(corrupt);
        let right = || {
            let letters = self.right.iter().flatten().map(String::as_str);
            OptionSet::of_letters(letters).ok_or_else(|| lacks("right options"))
        };
        let action = match ActionKind::parse(&self.action).ok_or_else(|| corrupt(&self.action))? {
            ActionKind::Disqualify => Action::Disqualify(contestant()?, self.attempt),
            ActionKind::Reinstate => Action::Reinstate(contestant()?, self.attempt),
            ActionKind::Void => Action::Void(question()?),
            ActionKind::Rekey => Action::Rekey(question()?, right()?),
            ActionKind::Order => Action::Order(contestant()?, self.place.ok_or_else(|| lacks("a place"))?),
            ActionKind::Forfeit => Action::Forfeit(contestant()?),
            ActionKind::Recognize => Action::Recognize,
        };
        Ok(Change { round: RoundId::parse(&self.round).map_err(corrupt)?, action, reason: self.reason.clone() })
    }
}

fn corrupt(detail: impl Display) -> StoreError {
    StoreError::corrupt("the decisions", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_come_back_as_they_were_taken() {
        let round = RoundId::parse("tuan-1").unwrap();
        let (person, question) = (ContestantId::parse("NGUOI-001").unwrap(), QuestionId::parse("q07").unwrap());
        let actions = [
            Action::Disqualify(person.clone(), None),
            Action::Disqualify(person.clone(), Some(2)),
            Action::Reinstate(person.clone(), Some(2)),
            Action::Void(question.clone()),
            Action::Rekey(question, OptionSet(5)),
            Action::Order(person.clone(), 3),
            Action::Forfeit(person),
            Action::Recognize,
        ];
        let kinds: Vec<ActionKind> = actions.iter().map(Action::kind).collect();
        assert!(ActionKind::ALL.iter().all(|kind| kinds.contains(kind)), "one of each kind");
        let reason = "Dùng hai tài khoản".to_owned();
        let decision = Decision {
            number: Some("12/QĐ-BTC".to_owned()),
            decided_on: "2021-12-24".parse().ok(),
            at: Timestamp::from_millis(1_640_308_800_000),
            changes: actions.map(|action| Change { round: round.clone(), action, reason: reason.clone() }).to_vec(),
        };
        let json = serde_json::to_vec(&StoredDecisions::of(std::slice::from_ref(&decision))).unwrap();
        let read: StoredDecisions = serde_json::from_slice(&json).unwrap();
        assert_eq!(read.decisions().unwrap(), [decision]);
    }
}

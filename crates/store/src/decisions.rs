//! Decisions about closed rounds, as they lie in the vault. The list only grows: an edition names how many of them it
//! rests on.

use crate::error::StoreError;
use contest::bank::OptionSet;
use contest::decision::{Action, Change, Decision};
use contest::ids::{ContestantId, QuestionId, RoundId};
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Every decision of a contest, in the order in which they were taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDecisions {
    decisions: Vec<StoredDecision>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredDecision {
    id: String,
    reason: String,
    by: String,
    at_ms: i64,
    changes: Vec<StoredChange>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredChange {
    round: String,
    action: StoredAction,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum StoredAction {
    Disqualify { contestant: String },
    Rekey { question: String, right: Vec<String> },
    Recognize,
}

impl StoredDecisions {
    pub fn of(decisions: &[Decision]) -> Self {
        Self { decisions: decisions.iter().map(StoredDecision::of).collect() }
    }

    pub fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        let fault = |detail: String| StoreError::corrupt("the decisions", detail);
        self.decisions.iter().map(|stored| stored.decision().map_err(fault)).collect()
    }
}

impl StoredDecision {
    fn of(decision: &Decision) -> Self {
        let change = |change: &Change| StoredChange {
            round: change.round.to_string(),
            action: match &change.action {
                Action::Disqualify(contestant) => StoredAction::Disqualify { contestant: contestant.to_string() },
                Action::Rekey { question, right } => StoredAction::Rekey {
                    question: question.to_string(),
                    right: right.letters().map(str::to_owned).collect(),
                },
                Action::Recognize => StoredAction::Recognize,
            },
        };
        Self {
            id: decision.id.clone(),
            reason: decision.reason.clone(),
            by: decision.by.clone(),
            at_ms: decision.at.millis(),
            changes: decision.changes.iter().map(change).collect(),
        }
    }

    fn decision(&self) -> Result<Decision, String> {
        Ok(Decision {
            id: self.id.clone(),
            reason: self.reason.clone(),
            by: self.by.clone(),
            at: Timestamp::from_millis(self.at_ms),
            changes: self.changes.iter().map(StoredChange::change).collect::<Result<_, _>>()?,
        })
    }
}

impl StoredChange {
    fn change(&self) -> Result<Change, String> {
        let action = match &self.action {
            StoredAction::Disqualify { contestant } => {
                Action::Disqualify(ContestantId::parse(contestant).map_err(|e| e.to_string())?)
            }
            StoredAction::Rekey { question, right } => Action::Rekey {
                question: QuestionId::parse(question).map_err(|e| e.to_string())?,
                right: OptionSet::of_letters(right.iter().map(String::as_str)).ok_or("right options")?,
            },
            StoredAction::Recognize => Action::Recognize,
        };
        Ok(Change { round: RoundId::parse(&self.round).map_err(|e| e.to_string())?, action })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decisions_come_back_as_they_were_taken() {
        let round = RoundId::parse("tuan-1").unwrap();
        let question = QuestionId::parse("q07").unwrap();
        let actions = [
            Action::Disqualify(ContestantId::parse("A-001").unwrap()),
            Action::Rekey { question, right: OptionSet(5) },
            Action::Recognize,
        ];
        let decision = Decision {
            id: "12/QĐ-BTC".to_owned(),
            reason: "Dùng hai tài khoản".to_owned(),
            by: "Trưởng ban tổ chức".to_owned(),
            at: Timestamp::from_millis(1_640_308_800_000),
            changes: actions.map(|action| Change { round: round.clone(), action }).to_vec(),
        };
        let json = serde_json::to_vec(&StoredDecisions::of(std::slice::from_ref(&decision))).unwrap();
        let read: StoredDecisions = serde_json::from_slice(&json).unwrap();
        assert_eq!(read.decisions().unwrap(), [decision]);
    }
}

//! What is proposed, as it was asked for.

use contest::decision::ActionKind;
use contest::decision::written::{Fault, Part, Parts, WrittenChange, read};
use contest::organizers::ProposalKind;
use contest::problem::ProblemKind;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Proposed {
    Decisions {
        changes: Vec<ProposedChange>,
        decision: Option<ProposedDecision>,
    },
    Reset {
        /// Code.
        contestant: String,
        /// Word for how it was seen who asks.
        checked: String,
    },
    Unit {
        /// Code.
        contestant: String,
        /// Code of the unit.
        unit: String,
    },
    Roles {
        /// Account.
        person: String,
        /// Words of roles by `*` or the id of a contest.
        roles: BTreeMap<String, BTreeSet<String>>,
        disabled: bool,
    },
    Plan {
        /// The whole text.
        toml: String,
    },
    /// A bank never rests where the console could read it: its hash is proposed, and the bytes come once it is approved.
    Bank {
        file: String,
        sha256: String,
    },
    /// In force already: another lead says that they have seen it.
    Extension {
        before: PlanText,
        after: PlanText,
    },
}

/// A plan by its hash, and its lines that the other one of two has not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanText {
    /// In hexadecimal, of the text as it is kept.
    pub sha256: String,
    pub lines: Vec<String>,
}

/// A change of decisions, as it was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedChange {
    pub action: String,
    pub round: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contestant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub attempt: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<u32>,
}

/// The decision on paper that is carried out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposedDecision {
    /// `12/QĐ-BTC`
    pub number: String,
    /// Day, in any form that tables take.
    pub date: String,
}

impl Proposed {
    /// Its kind.
    pub const fn kind(&self) -> ProposalKind {
        match self {
            Self::Decisions { .. } => ProposalKind::Decisions,
            Self::Reset { .. } => ProposalKind::Reset,
            Self::Unit { .. } => ProposalKind::Unit,
            Self::Roles { .. } => ProposalKind::Roles,
            Self::Plan { .. } => ProposalKind::Plan,
            Self::Bank { .. } => ProposalKind::Bank,
            Self::Extension { .. } => ProposalKind::Extension,
        }
    }
}

impl ProposedChange {
    /// Reads it as a row of the table of decisions is read; everything that is wrong with it where it cannot be.
    pub fn read(&self, reason: &str, decision: Option<&ProposedDecision>) -> Result<WrittenChange, Vec<Fault>> {
        let mut form = Form { change: self, reason, decision, faults: Vec::new() };
        let written = read(&mut form, action);
        written.filter(|_| form.faults.is_empty()).ok_or(form.faults)
    }
}

fn action(word: &str) -> Result<ActionKind, ProblemKind> {
    ActionKind::parse(word).ok_or_else(|| ProblemKind::UnknownWord {
        word: word.to_owned(),
        allowed: ActionKind::ALL.iter().map(|kind| kind.as_str()).collect(),
    })
}

/// A change whose parts are read one by one.
struct Form<'a> {
    change: &'a ProposedChange,
    reason: &'a str,
    decision: Option<&'a ProposedDecision>,
    faults: Vec<Fault>,
}

impl Form<'_> {
    /// As a cell of a table would have it.
    fn part(&self, part: Part) -> String {
        let Self { change, decision, .. } = self;
        let written = match part {
            Part::Contestant => change.contestant.clone(),
            Part::Round => Some(change.round.clone()),
            Part::Attempt => change.attempt.map(|number| number.to_string()),
            Part::Action => Some(change.action.clone()),
            Part::Question => change.question.clone(),
            Part::Answer => change.answer.clone(),
            Part::Place => change.place.map(|number| number.to_string()),
            Part::Reason => Some(self.reason.to_owned()),
            Part::Number => decision.map(|decision| decision.number.clone()),
            Part::DecidedOn => decision.map(|decision| decision.date.clone()),
        };
        contest::text::clean(&written.unwrap_or_default())
    }
}

impl Parts for Form<'_> {
    fn required<T>(&mut self, part: Part, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T> {
        if self.part(part).is_empty() {
            self.faults.push(Fault { part, kind: ProblemKind::Empty });
        }
        self.optional(part, parse)
    }

    fn optional<T>(&mut self, part: Part, parse: impl FnOnce(&str) -> Result<T, ProblemKind>) -> Option<T> {
        let written = self.part(part);
        if written.is_empty() {
            return None;
        }
        parse(&written).map_err(|kind| self.faults.push(Fault { part, kind })).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_a_row_is() {
        let change = ProposedChange {
            action: "disqualify".into(),
            round: " vong-1".into(),
            contestant: Some("an-001".into()),
            attempt: Some(2),
            ..ProposedChange::default()
        };
        let written = change.read(" Dùng  hai tài khoản ", None).unwrap();
        assert_eq!(written.contestant().map(|who| who.as_str()), Some("AN-001"));
        let wrong = |change: ProposedChange, decision| -> Vec<(Part, &'static str)> {
            let faults = change.read(" ", decision).unwrap_err();
            faults.iter().map(|fault| (fault.part, fault.kind.code())).collect()
        };
        let nothing = ProposedChange { action: "tha".into(), attempt: Some(0), ..ProposedChange::default() };
        let expected = [(Part::Round, "empty"), (Part::Action, "unknown_word"), (Part::Reason, "empty")];
        assert_eq!(wrong(nothing, None), expected);
        let recognize =
            ProposedChange { action: "recognize".into(), round: "vong-1".into(), ..ProposedChange::default() };
        let decision = ProposedDecision { number: "12/QĐ".into(), date: "hôm qua".into() };
        assert_eq!(wrong(recognize, Some(&decision)), [(Part::Reason, "empty"), (Part::DecidedOn, "not_a_day")]);
    }
}

//! What organizers send about proposals, field by field. A name that no form has is refused.

use contest::decision::written::{Fault, Part};
use contest::form::{FormFault, FormField, WrongField};
use contest::people::ValueFault;
use contest::problem::ProblemKind;
use serde::Deserialize;
use store::{ProposedChange, ProposedDecision};

/// `POST …/proposals`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ProposalForm {
    /// `decisions` where nothing is said.
    pub(super) kind: Option<String>,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) changes: Vec<ChangeForm>,
    pub(super) decision: Option<DecisionForm>,
    pub(super) toml: Option<String>,
    pub(super) file: Option<String>,
    pub(super) sha256: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ChangeForm {
    action: String,
    #[serde(default)]
    round: String,
    contestant: Option<String>,
    attempt: Option<u32>,
    question: Option<String>,
    answer: Option<String>,
    place: Option<u32>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionForm {
    number: String,
    date: String,
}

/// `POST …/approve`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ApproveForm {
    pub(super) preview_sha256: String,
    pub(super) round_name: Option<String>,
}

/// `POST …/reject`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RejectForm {
    pub(super) reason: String,
}

/// `POST …/contestants/{id}/resets`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ResetForm {
    pub(super) reason: String,
    pub(super) checked: String,
}

/// `PATCH …/contestants/{id}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitForm {
    pub(super) unit: String,
    pub(super) reason: String,
}

impl From<ChangeForm> for ProposedChange {
    fn from(form: ChangeForm) -> Self {
        let ChangeForm { action, round, contestant, attempt, question, answer, place } = form;
        Self { action, round, contestant, attempt, question, answer, place }
    }
}

impl From<DecisionForm> for ProposedDecision {
    fn from(DecisionForm { number, date }: DecisionForm) -> Self {
        Self { number, date }
    }
}

/// A field by its path.
pub(super) fn wrong(path: &str, fault: impl Into<FormFault>) -> WrongField {
    WrongField::new(FormField::named(path), fault)
}

/// A fault of a part of the change at a place (from 0).
pub(super) fn wrong_part(at: usize, fault: &Fault) -> WrongField {
    let of_change = |name: &str| format!("changes.{at}.{name}");
    let path = match fault.part {
        Part::Contestant => of_change("contestant"),
        Part::Round => of_change("round"),
        Part::Attempt => of_change("attempt"),
        Part::Action => of_change("action"),
        Part::Question => of_change("question"),
        Part::Answer => of_change("answer"),
        Part::Place => of_change("place"),
        Part::Reason => "reason".to_owned(),
        Part::Number => "decision.number".to_owned(),
        Part::DecidedOn => "decision.date".to_owned(),
    };
    let kind = match fault.kind {
        ProblemKind::Empty => FormFault::Missing,
        ProblemKind::UnknownWord { .. } | ProblemKind::UnknownRound { .. } => FormFault::UnknownWord,
        ProblemKind::NotOverContest => FormFault::NotAsked,
        ProblemKind::TooLong { .. } => FormFault::Value(ValueFault::TooLong),
        _ => FormFault::WrongType,
    };
    wrong(&path, kind)
}

/// A reason: a sentence or two.
pub(crate) fn reason(typed: &str) -> Result<String, WrongField> {
    let text = contest::text::clean(typed);
    match text.chars().count() {
        0 => Err(wrong("reason", FormFault::Missing)),
        1..=contest::decision::written::MAX_TEXT => Ok(text),
        _ => Err(wrong("reason", ValueFault::TooLong)),
    }
}

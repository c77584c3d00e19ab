//! `decisions.json`, schema `hoithi/decisions/1`: every decision on which a version rests, as everyone may know it.
//! Right options that a decision puts in the place of others stand in `key.json`, where the key may be shown.

use super::{PublishedFile, json_bytes};
use contest::decision::{Action, Change, Decision};
use contest::ids::{ContestId, ContestantId, Pseudonym, RoundId};
use serde::Serialize;

#[derive(Serialize)]
struct DecisionsJson<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    /// In the order in which they were put in force.
    decisions: Vec<DecisionJson<'a>>,
}

#[derive(Serialize)]
struct DecisionJson<'a> {
    number: Option<&'a str>,
    decided_on: Option<String>,
    at: String,
    changes: Vec<ChangeJson<'a>>,
}

#[derive(Serialize)]
struct ChangeJson<'a> {
    action: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contestant: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<u16>,
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<u32>,
    reason: &'a str,
}

/// Writes the decisions about a round, with the public names of people.
pub fn decisions_json(
    contest: &ContestId,
    round: &RoundId,
    decisions: &[&Decision],
    pseudonym: impl Fn(&ContestantId) -> Pseudonym,
) -> PublishedFile {
    let json = DecisionsJson {
        schema: "hoithi/decisions/1",
        contest: contest.as_str(),
        round: round.as_str(),
        decisions: decisions.iter().map(|decision| DecisionJson::of(decision, round, &pseudonym)).collect(),
    };
    PublishedFile { name: "decisions.json", bytes: json_bytes(&json) }
}

impl<'a> DecisionJson<'a> {
    fn of(decision: &'a Decision, round: &'a RoundId, pseudonym: impl Fn(&ContestantId) -> Pseudonym) -> Self {
        Self {
            number: decision.number.as_deref(),
            decided_on: decision.decided_on.map(|day| day.to_string()),
            at: decision.at.rfc3339(),
            changes: decision.in_round(round).map(|change| ChangeJson::of(change, &pseudonym)).collect(),
        }
    }
}

impl<'a> ChangeJson<'a> {
    fn of(Change { action, reason, .. }: &'a Change, pseudonym: impl Fn(&ContestantId) -> Pseudonym) -> Self {
        Self {
            action: action.kind().as_str(),
            contestant: action.contestant().map(|contestant| pseudonym(contestant).to_string()),
            attempt: action.attempt(),
            question: action.question().map(|question| question.as_str()),
            place: if let Action::Order(_, place) = action { Some(*place) } else { None },
            reason,
        }
    }
}

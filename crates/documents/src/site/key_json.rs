//! `key.json`, schema `hoithi/key/1`: the answer key and the nonce that opens its commitment.

use super::{PublishedFile, json_bytes};
use contest::bank::{AnswerKey, Notes};
use contest::ids::{ContestId, QuestionId, RoundId};
use data_encoding::HEXLOWER;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// A key that may be shown.
#[derive(Clone, Copy, Debug)]
pub struct OpenedKey<'a> {
    /// Right options of every question of the bank, as committed to before the round.
    pub key: &'a AnswerKey,
    /// Right options that decisions put in the place of others.
    pub rekeyed: &'a AnswerKey,
    /// Questions that count as right for everyone who had them.
    pub voided: &'a BTreeSet<QuestionId>,
    /// Explanations and sources.
    pub notes: &'a BTreeMap<QuestionId, Notes>,
    /// Nonce of the commitment.
    pub nonce: &'a [u8; 32],
}

#[derive(Serialize)]
struct KeyJson<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    nonce: String,
    key: BTreeMap<&'a str, Vec<&'static str>>,
    /// Left out where nothing was.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    rekeyed: BTreeMap<&'a str, Vec<&'static str>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    voided: Vec<&'a str>,
    notes: BTreeMap<&'a str, NotesJson<'a>>,
}

#[derive(Serialize)]
struct NotesJson<'a> {
    explanation: Option<&'a str>,
    source: Option<&'a str>,
}

fn letters(key: &AnswerKey) -> BTreeMap<&str, Vec<&'static str>> {
    key.iter().map(|(id, right)| (id.as_str(), right.letters().collect())).collect()
}

pub fn key_json(contest: &ContestId, round: &RoundId, opened: &OpenedKey<'_>) -> PublishedFile {
    let json = KeyJson {
        schema: "hoithi/key/1",
        contest: contest.as_str(),
        round: round.as_str(),
        nonce: HEXLOWER.encode(opened.nonce),
        key: letters(opened.key),
        rekeyed: letters(opened.rekeyed),
        voided: opened.voided.iter().map(|question| question.as_str()).collect(),
        notes: opened
            .notes
            .iter()
            .map(|(id, notes)| {
                (id.as_str(), NotesJson { explanation: notes.explanation.as_deref(), source: notes.source.as_deref() })
            })
            .collect(),
    };
    PublishedFile { name: "key.json", bytes: json_bytes(&json) }
}

//! What organizers look at in a round.

use super::reviews::{QuestionLine, WarningLine};
use crate::api::Paper;
use serde::Serialize;
use serde_json::Value;

contest::masked!(NamedPerson, ResultsShown, ReviewShown);

/// Figures that are being counted.
#[derive(Debug, Serialize)]
pub struct CountAsked {
    pub status: &'static str,
    /// Seconds after which a page asks for them.
    pub again_after_seconds: u64,
}

/// A paper as contestants are given one.
#[derive(Debug, Serialize)]
pub struct PaperShown {
    pub round: String,
    pub round_name: String,
    /// The same seed shows the same paper as long as the bank is the same.
    pub seed: u32,
    pub minutes: u32,
    /// Whether the round has opened.
    pub is_open: bool,
    pub paper: Paper,
}

/// What a round is sealed with, as its record on paper says it.
#[derive(Debug, Serialize)]
pub struct Seal {
    pub contest_name: String,
    pub organizer: String,
    pub round_name: String,
    /// RFC 3339.
    pub opens: String,
    /// The bank as the plan names it: a file, and the sheet where one is named.
    pub bank: String,
    /// When the file came that is sealed, RFC 3339; none where a later one came and was refused.
    pub sealed_at: Option<String>,
    /// Of the file; none where it came another way than by the console, or where a later one came and was refused.
    pub sha256: Option<String>,
    pub key_commitment: String,
    pub questions: u64,
    /// In the order in which the bank first names them.
    pub topics: Vec<TopicLine>,
    /// The same of its levels; empty of a bank that names none, or that came before levels were counted.
    pub levels: Vec<LevelLine>,
}

/// Questions of one level.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct LevelLine {
    /// None for those without one.
    pub level: Option<String>,
    pub questions: u64,
}

/// Questions of one topic.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct TopicLine {
    /// None for those without one.
    pub topic: Option<String>,
    pub questions: u64,
}

/// Somebody of a ranked round.
#[derive(Serialize)]
pub struct NamedPerson {
    pub code: Option<String>,
    /// Public name.
    pub contestant: String,
    /// None of an erased account.
    pub full_name: Option<String>,
    pub unit: Option<String>,
    pub unit_name: Option<String>,
}

/// What came out of a round, before it is published or after.
#[derive(Serialize)]
pub struct ResultsShown {
    pub round: String,
    pub round_name: String,
    pub edition: u32,
    pub is_published: bool,
    pub status: &'static str,
    pub awaits_draw: bool,
    /// `results.json` with codes and names of winners.
    pub results: Value,
    pub ties: Vec<Tie>,
    pub warnings: Vec<WarningLine>,
}

/// People equal in every key, who have prizes or wait for them.
#[derive(Serialize)]
pub struct Tie {
    pub rank: u64,
    pub people: Vec<NamedPerson>,
}

/// Whom to look at.
#[derive(Serialize)]
pub struct ReviewShown {
    pub edition: u32,
    pub note: String,
    /// Marks beyond the most that a list holds.
    pub left_out: u64,
    /// Lines of the list.
    pub total: u64,
    pub lines: Vec<NamedMark>,
    /// Number of the first line after these; none at the end.
    pub next: Option<u64>,
}

#[derive(Serialize)]
pub struct NamedMark {
    /// From 1.
    pub number: u64,
    pub kind: String,
    pub name: String,
    pub wins: bool,
    pub people: Vec<NamedPerson>,
    /// How many more there are.
    pub others: u64,
    pub figures: String,
    pub sentence: String,
}

/// How questions were answered.
#[derive(Debug, Serialize)]
pub struct Items {
    pub edition: u32,
    pub questions: Vec<QuestionLine>,
}

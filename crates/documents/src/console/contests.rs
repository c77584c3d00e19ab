//! Contests as organizers see them.

use super::proposals::ProposalLine;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Contests {
    pub contests: Vec<ContestLine>,
    /// RFC 3339: the clock that everything goes by.
    pub now: String,
}

/// One contest in the list.
#[derive(Debug, Serialize)]
pub struct ContestLine {
    pub id: String,
    /// None while no plan was accepted.
    pub name: Option<String>,
    pub organizer: Option<String>,
    pub phase: &'static str,
}

/// A contest with its files and rounds.
#[derive(Debug, Serialize)]
pub struct Overview {
    #[serde(flatten)]
    pub line: ContestLine,
    pub now: String,
    pub time_zone: Option<String>,
    /// When personal data of contestants goes, RFC 3339; none while no plan was accepted.
    pub erases_at: Option<String>,
    pub checklist: Vec<Check>,
    pub files: Vec<FileLine>,
    pub rounds: Vec<RoundLine>,
    /// Proposals that wait for somebody.
    pub proposals: Vec<ProposalLine>,
}

/// A line of the checklist; computed, never ticked.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct Check {
    pub code: &'static str,
    pub is_met: bool,
    /// A sentence: what is so, or what to do.
    pub text: String,
}

/// A file of the contest's folder.
#[derive(Debug, Serialize)]
pub struct FileLine {
    pub name: String,
    /// By which it is replaced: the value of `If-Match`.
    pub etag: String,
    /// Bytes.
    pub size: u64,
    /// RFC 3339.
    pub uploaded_at: String,
    /// Of its bytes; none of a file that came another way than by the console.
    pub sha256: Option<String>,
    /// `accepted`, `rejected`, or `judging`.
    pub status: &'static str,
    pub errors: usize,
    pub warnings: usize,
}

/// A round.
#[derive(Debug, Serialize)]
pub struct RoundLine {
    pub id: String,
    pub name: String,
    pub opens: String,
    pub closes: String,
    pub publishes: String,
    /// Word of where it is.
    pub phase: &'static str,
    pub bank: String,
    /// Commitment to the key; none while the bank was not accepted.
    pub key_commitment: Option<String>,
    pub questions: Option<u64>,
    /// Version that is published.
    pub version: Option<u32>,
}

/// An upload that was taken.
#[derive(Debug, Serialize)]
pub struct Uploaded {
    pub version_id: Option<String>,
    pub etag: String,
}

/// An upload that is being judged.
#[derive(Debug, Serialize)]
pub struct Judging {
    pub status: &'static str,
}

//! Documents as organizers take them.

use serde::Serialize;

/// `GET /v1/organizer/contests/{c}/documents`
#[derive(Debug, Serialize)]
pub struct Documents {
    pub versions: Vec<Version>,
}

/// A published version.
#[derive(Debug, Serialize)]
pub struct Version {
    /// A round, `overall`, or `contest` for what belongs to no version.
    pub round: String,
    /// None where it is no round.
    pub round_name: Option<String>,
    /// 0 for what belongs to no version.
    pub version: u32,
    /// Provisional or official.
    pub status: Option<&'static str>,
    /// Whether no later one is published: offices hand on this one.
    pub is_newest: bool,
    /// None while they are being made.
    pub files: Vec<DocumentLine>,
}

/// A document.
#[derive(Debug, Serialize)]
pub struct DocumentLine {
    pub name: String,
    /// `ready` or `failed`.
    pub status: String,
    /// Why it could not be made.
    pub detail: Option<String>,
    /// Bytes.
    pub size: Option<u64>,
    pub sha256: Option<String>,
    /// How many parts it is taken in.
    pub parts: Option<u64>,
    /// Whether a second factor is asked for: dates of birth are in it.
    pub needs_step_up: bool,
}

//! `documents.json`, schema `hoithi/documents/1`: which documents of a version there are, and why one is not. Written
//! last, so where it stands nothing of the version is missing any more.

use crate::site::follows::{self, FollowsLine};
use crate::site::{json_bytes, sha256_hex};
use contest::edition::Followed;
use serde::{Deserialize, Serialize};

/// Name of the file.
pub const NAME: &str = "documents.json";
/// Name of the list beside the report over a contest.
pub const REPORT: &str = "report.json";
/// Name of the list beside the slips of a roster.
pub const ROSTER_CODES: &str = "roster-codes.json";

/// One document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    name: String,
    sha256: Option<String>,
    status: &'static str,
    detail: Option<String>,
}

impl Line {
    /// A document with this content.
    pub fn ready(name: &str, bytes: &[u8]) -> Self {
        Self { name: name.to_owned(), sha256: Some(sha256_hex(bytes)), status: "ready", detail: None }
    }

    /// A document that cannot be made, and why.
    pub fn failed(name: &str, detail: impl ToString) -> Self {
        Self { name: name.to_owned(), sha256: None, status: "failed", detail: Some(detail.to_string()) }
    }
}

#[derive(Serialize)]
struct Documents<'a> {
    schema: &'static str,
    /// Only beside the report over a contest, which is replaced by one of newer editions.
    #[serde(skip_serializing_if = "Option::is_none")]
    follows: Option<Vec<FollowsLine<'a>>>,
    /// Only beside the slips of a roster, which are replaced by those of a newer one.
    #[serde(skip_serializing_if = "Option::is_none")]
    shows: Option<&'a Shown>,
    files: &'a [Line],
}

/// What slips of a roster were made from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    /// Hash of the compiled roster.
    pub roster_sha256: String,
    /// Hash of the compiled units, where there are any.
    pub units_sha256: Option<String>,
    /// Name of the contest.
    pub contest: String,
    /// Where contestants register, where that is known.
    pub page: Option<String>,
}

const SCHEMA: &str = "hoithi/documents/1";

/// A document of a list that is read back.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct ListedDocument {
    pub name: String,
    /// None where it could not be made.
    pub sha256: Option<String>,
    /// `ready` or `failed`.
    pub status: String,
    pub detail: Option<String>,
}

/// Reads the documents of a list back.
///
/// # Errors
/// Where it is no list of this schema.
pub fn listed(bytes: &[u8]) -> serde_json::Result<Vec<ListedDocument>> {
    #[derive(Deserialize)]
    struct List {
        schema: String,
        files: Vec<ListedDocument>,
    }
    let list: List = serde_json::from_slice(bytes)?;
    let malformed = || serde::de::Error::custom("no list of documents");
    Some(list.files).filter(|_| list.schema == SCHEMA).ok_or_else(malformed)
}

/// Writes the file.
pub fn documents_json(files: &[Line]) -> Vec<u8> {
    json_bytes(&Documents { schema: SCHEMA, follows: None, shows: None, files })
}

/// Writes the list beside the report over a contest, with the editions of rounds that the report follows from.
pub fn report_json(follows: &[Followed], files: &[Line]) -> Vec<u8> {
    let follows = follows.iter().map(FollowsLine::from).collect();
    json_bytes(&Documents { schema: SCHEMA, follows: Some(follows), shows: None, files })
}

/// Reads back from [`report_json`] what a report follows from.
///
/// # Errors
/// Where it is no list of this schema.
pub fn followed(bytes: &[u8]) -> serde_json::Result<Vec<Followed>> {
    follows::followed(bytes, SCHEMA)
}

/// Writes the list beside the slips of a roster, with what they show.
pub fn roster_codes_json(shown: &Shown, files: &[Line]) -> Vec<u8> {
    json_bytes(&Documents { schema: SCHEMA, follows: None, shows: Some(shown), files })
}

/// Reads back from [`roster_codes_json`] what slips show.
///
/// # Errors
/// Where it is no list of this schema.
pub fn shown(bytes: &[u8]) -> serde_json::Result<Shown> {
    #[derive(Deserialize)]
    struct List {
        schema: String,
        shows: Shown,
    }
    let list: List = serde_json::from_slice(bytes)?;
    let malformed = || serde::de::Error::custom("no list of slips");
    Some(list.shows).filter(|_| list.schema == SCHEMA).ok_or_else(malformed)
}

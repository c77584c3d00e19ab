//! `follows`: the versions from which a published file, or a document, follows.

use contest::edition::Followed;
use contest::ids::RoundId;
use serde::{Deserialize, Serialize};

/// One of them.
#[derive(Serialize)]
pub(crate) struct FollowsLine<'a> {
    round: &'a str,
    version: u32,
    /// Left out where nothing is published over rounds.
    #[serde(skip_serializing_if = "Option::is_none")]
    manifest_sha256: Option<&'a str>,
}

impl<'a> From<&'a Followed> for FollowsLine<'a> {
    fn from(followed: &'a Followed) -> Self {
        Self { round: followed.round.as_str(), version: followed.edition, manifest_sha256: None }
    }
}

impl<'a> From<&'a super::FollowedVersion> for FollowsLine<'a> {
    fn from(followed: &'a super::FollowedVersion) -> Self {
        let super::FollowedVersion { round, version, manifest_sha256 } = followed;
        Self { round: round.as_str(), version: *version, manifest_sha256: Some(manifest_sha256) }
    }
}

/// Reads back what a file of a schema follows from.
///
/// # Errors
/// Where it is no file of this schema.
pub(crate) fn followed(bytes: &[u8], schema: &str) -> serde_json::Result<Vec<Followed>> {
    #[derive(Deserialize)]
    struct File {
        schema: String,
        follows: Vec<Line>,
    }
    #[derive(Deserialize)]
    struct Line {
        round: String,
        version: u32,
    }
    let file: File = serde_json::from_slice(bytes)?;
    let line = |line: Line| Some(Followed { round: RoundId::parse(&line.round).ok()?, edition: line.version });
    let follows: Option<_> = file.follows.into_iter().map(line).collect();
    let malformed = || serde::de::Error::custom("nothing of this schema that follows from versions");
    follows.filter(|_| file.schema == schema).ok_or_else(malformed)
}

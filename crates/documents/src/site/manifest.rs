//! `manifest.json`, schema `hoithi/manifest/1`: the fingerprint of every file of a version and of
//! the version before, so that the pointer's one hash fixes all of them.

use super::{Evidence, PointerEntry, PublishedFile, RoundVersion, json_bytes};
use crate::words::{rules, rules_sha256};
use data_encoding::HEXLOWER;
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    version: u32,
    previous: Option<&'a str>,
    rules_sha256: String,
    ledger_root: String,
    /// Why there is a new version; none for the first.
    reason: Option<&'a str>,
    /// The versions before, so that the pointer's one hash fixes its history too.
    history: &'a [PointerEntry],
    /// Versions of earlier rounds whose winners are passed over; left out in contests where nobody is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    follows: Vec<FollowsLine<'a>>,
    files: Vec<FileLine>,
}

#[derive(Serialize)]
struct FollowsLine<'a> {
    round: &'a str,
    version: u32,
}

#[derive(Serialize)]
struct FileLine {
    name: &'static str,
    sha256: String,
    size: usize,
}

/// Writes the manifest of `files`, which are all files of the version but itself.
pub fn manifest(version: &RoundVersion<'_>, evidence: &Evidence<'_>, files: &[PublishedFile]) -> PublishedFile {
    let mut lines: Vec<FileLine> =
        files.iter().map(|f| FileLine { name: f.name, sha256: f.sha256(), size: f.bytes.len() }).collect();
    lines.sort_by_key(|line| line.name);
    let manifest = Manifest {
        schema: "hoithi/manifest/1",
        contest: version.contest.as_str(),
        round: version.round.as_str(),
        version: version.number,
        previous: version.earlier.last().map(|entry| entry.manifest_sha256.as_str()),
        rules_sha256: rules_sha256(&rules(evidence.plan, version.input.units)),
        ledger_root: HEXLOWER.encode(evidence.ledger_root),
        reason: version.reason,
        history: version.earlier,
        follows: evidence.follows.iter().map(|f| FollowsLine { round: f.round.as_str(), version: f.edition }).collect(),
        files: lines,
    };
    PublishedFile { name: "manifest.json", bytes: json_bytes(&manifest) }
}

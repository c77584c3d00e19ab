//! `manifest.json`, schema `hoithi/manifest/1`: the fingerprint of every file of a version and of
//! the version before, so that the pointer's one hash fixes all of them.

use super::follows::FollowsLine;
use super::overall::OverallVersion;
use super::{Evidence, PointerEntry, PublishedFile, RoundVersion, json_bytes};
use crate::words::{rules, rules_sha256};
use contest::ids::OVERALL;
use data_encoding::HEXLOWER;
use serde::Serialize;

const SCHEMA: &str = "hoithi/manifest/1";

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    version: u32,
    previous: Option<&'a str>,
    rules_sha256: &'a str,
    /// Left out where no ledger is among the files.
    #[serde(skip_serializing_if = "Option::is_none")]
    ledger_root: Option<String>,
    /// Why there is a new version; none for the first.
    reason: Option<&'a str>,
    /// The versions before, so that the pointer's one hash fixes its history too.
    history: &'a [PointerEntry],
    /// Versions of other rounds from which something follows; left out where nothing does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    follows: Vec<FollowsLine<'a>>,
    files: Vec<FileLine>,
}

#[derive(Serialize)]
struct FileLine {
    name: &'static str,
    sha256: String,
    size: usize,
}

/// Writes the manifest of `files`, which are all files of the version but itself.
pub fn manifest(version: &RoundVersion<'_>, evidence: &Evidence<'_>, files: &[PublishedFile]) -> PublishedFile {
    written(Manifest {
        schema: SCHEMA,
        contest: version.contest.as_str(),
        round: version.round.as_str(),
        version: version.number,
        previous: version.earlier.last().map(|entry| entry.manifest_sha256.as_str()),
        rules_sha256: &rules_sha256(&rules(evidence.plan, version.input.units)),
        ledger_root: Some(HEXLOWER.encode(evidence.ledger_root)),
        reason: version.reason,
        history: version.earlier,
        follows: evidence.follows.iter().map(FollowsLine::from).collect(),
        files: lines(files),
    })
}

/// Writes the manifest of a version of the results over the contest.
pub(super) fn overall_manifest(version: &OverallVersion<'_>, files: &[PublishedFile]) -> PublishedFile {
    written(Manifest {
        schema: SCHEMA,
        contest: version.standing.contest.as_str(),
        round: OVERALL,
        version: version.number,
        previous: version.earlier.last().map(|entry| entry.manifest_sha256.as_str()),
        rules_sha256: version.rules_sha256,
        ledger_root: None,
        reason: version.reason,
        history: version.earlier,
        follows: version.standing.follows.iter().map(FollowsLine::from).collect(),
        files: lines(files),
    })
}

fn lines(files: &[PublishedFile]) -> Vec<FileLine> {
    let line = |file: &PublishedFile| FileLine { name: file.name, sha256: file.sha256(), size: file.bytes.len() };
    let mut lines: Vec<FileLine> = files.iter().map(line).collect();
    lines.sort_by_key(|line| line.name);
    lines
}

fn written(manifest: Manifest<'_>) -> PublishedFile {
    PublishedFile { name: "manifest.json", bytes: json_bytes(&manifest) }
}

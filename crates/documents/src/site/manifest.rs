//! `manifest.json`, schema `hoithi/manifest/1`: the fingerprint of every file of a version and of
//! the version before, so that the pointer's one hash fixes all of them.

use super::{PublishedFile, RoundVersion, json_bytes};
use crate::words::{rules, rules_sha256};
use serde::Serialize;

#[derive(Serialize)]
struct Manifest<'a> {
    schema: &'static str,
    contest: &'a str,
    round: &'a str,
    version: u32,
    previous: Option<&'a str>,
    rules_sha256: String,
    /// Root of the ledger, in versions that have one.
    ledger_root: Option<&'a str>,
    files: Vec<FileLine>,
}

#[derive(Serialize)]
struct FileLine {
    name: &'static str,
    sha256: String,
    size: usize,
}

/// Writes the manifest of `files`, which are all files of the version but itself.
pub fn manifest(version: &RoundVersion<'_>, previous: Option<&str>, files: &[PublishedFile]) -> PublishedFile {
    let (plan, units) = (version.input.plan, version.input.units);
    let mut lines: Vec<FileLine> =
        files.iter().map(|f| FileLine { name: f.name, sha256: f.sha256(), size: f.bytes.len() }).collect();
    lines.sort_by_key(|line| line.name);
    let manifest = Manifest {
        schema: "hoithi/manifest/1",
        contest: plan.id.as_str(),
        round: version.input.round.id.as_str(),
        version: version.number,
        previous,
        rules_sha256: rules_sha256(&rules(plan, units)),
        ledger_root: None,
        files: lines,
    };
    PublishedFile { name: "manifest.json", bytes: json_bytes(&manifest) }
}

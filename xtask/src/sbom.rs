//! What the shipped programs are linked from, for anyone who must know before a vulnerability has a name.

use crate::setup;
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// As it is deployed.
const PLATFORM: &str = "aarch64-unknown-linux-gnu";

/// The packages of the seven functions and of the program `hoithi`.
const PROGRAMS: [&str; 8] = [
    "api",
    "import-upload",
    "close-round",
    "publish-results",
    "make-documents",
    "watch-round",
    "organizer-api",
    "local",
];

/// `cargo xtask sbom`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    let python = setup::sbom(shell)?;
    let resolved = cmd!(shell, "cargo metadata --locked --format-version 1 --filter-platform {PLATFORM}").read()?;
    let write = cmd!(shell, "{python} xtask/python/sbom.py Cargo.lock target/hoithi.cdx.json {PROGRAMS...}");
    write.stdin(resolved).run().context("no bill of materials")
}

//! Whether the tests notice when the rules say something else: cargo-mutants changes what decides on acceptance, scores,
//! ranks and closing, one place at a time.

use crate::setup;
use anyhow::{Context, Result, ensure};
use serde_json::Value;
use xshell::{Shell, cmd};

const VERSION: &str = "27.1.0";

/// What decides whether a submission counts, for how much, in which place, and when a round is over.
const FILES: [&str; 6] =
    ["attempt.rs", "scoring.rs", "ranking.rs", "ranking/contestant.rs", "ranking/prediction.rs", "closing.rs"];

/// Of a hundred changes so many are noticed, at least.
const NOTICED: u64 = 95;

/// `cargo xtask mutants`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    setup::programs(shell)?;
    let root = shell.current_dir().join("target/mutants");
    cmd!(shell, "cargo install cargo-mutants --version {VERSION} --locked --quiet --root {root}").run()?;
    let program = root.join("bin/cargo-mutants");
    let files = FILES.iter().flat_map(|file| ["--file".to_owned(), format!("crates/contest/src/{file}")]);
    let options = ["--package", "contest", "--test-tool", "nextest", "--output", "target/mutants"];
    // It fails where one change is not noticed; here their share decides.
    cmd!(shell, "{program} mutants {options...} {files...}").ignore_status().run()?;
    let outcomes = shell.read_file("target/mutants/mutants.out/outcomes.json").context("it has not run to its end")?;
    let outcomes: Value = serde_json::from_str(&outcomes)?;
    let count = |name: &str| outcomes[name].as_u64().unwrap_or_default();
    let (noticed, missed) = (count("caught") + count("timeout"), count("missed"));
    println!("{noticed} of {} changes noticed", noticed + missed);
    ensure!(noticed > 0 && noticed * 100 >= (noticed + missed) * NOTICED, "fewer than {NOTICED} of a hundred");
    Ok(())
}

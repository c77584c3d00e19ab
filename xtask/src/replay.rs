//! The Thái Nguyên contest at a tenth of its size, through the real functions.
//!
//! The seed fixes every person, answer and moment, so the figures are compared letter by letter. At full
//! size the same contest has 17 201 people, 27 084 attempts and 11 429 perfect ones.

use crate::setup;
use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

const GOLDEN: &str = "tests/golden/replay/thai-nguyen-tenth.txt";

/// `cargo xtask replay`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    setup::programs(shell)?;
    cmd!(shell, "cargo build --locked --workspace --all-targets").run()?;
    let out = shell.create_temp_dir()?;
    let out = out.path();
    let figures = cmd!(
        shell,
        "target/debug/hoithi replay contests/thai-nguyen-2021 --contestants 1720 --attempts 2708 --perfect 1143 --seed 1 --out {out}"
    )
    .read()?;
    println!("{figures}");
    let (python, site) = (setup::verifiers(shell), out.join("site"));
    cmd!(shell, "{python} tests/verifier/outside.py {site}").run().context("a verifier from outside does not agree")?;
    if shell.var("UPDATE_GOLDEN").is_ok() {
        shell.write_file(GOLDEN, figures + "\n")?;
        return Ok(());
    }
    let golden = shell.read_file(GOLDEN).context("no golden figures; `cargo xtask golden` writes them")?;
    compare(golden.trim_end(), &figures)
}

/// Names the first line that differs.
fn compare(golden: &str, figures: &str) -> Result<()> {
    let mut seen = figures.lines();
    for (at, wanted) in golden.lines().enumerate() {
        let line = seen.next().unwrap_or_default();
        if line != wanted {
            bail!("{GOLDEN}:{} differs\n  expected  {wanted}\n  played    {line}", at + 1);
        }
    }
    match seen.next() {
        Some(line) => bail!("{GOLDEN} lacks the line\n  {line}"),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named() {
        assert!(compare("a 1\nb 2", "a 1\nb 2").is_ok());
        let changed = compare("a 1\nb 2", "a 1\nb 3").unwrap_err().to_string();
        assert!(changed.contains(":2 differs") && changed.contains("b 3"), "{changed}");
        assert!(compare("a 1\nb 2", "a 1").is_err());
        assert!(compare("a 1", "a 1\nb 2").is_err());
    }
}

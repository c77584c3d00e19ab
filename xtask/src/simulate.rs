//! Simulated contests on bad networks: seeds until the time is over, or one seed again.

use crate::setup;
use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// How long a run of every check tells stories.
const SECONDS: &str = "120";

/// `cargo xtask simulate [--seed N] [--seconds S] [--first N]`
pub(crate) fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    setup::programs(shell)?;
    shell.set_var("SIMULATE_SECONDS", SECONDS);
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { bail!("{} wants a number", pair[0]) };
        let variable = match name.as_str() {
            "--seed" => "SIMULATE_SEED",
            "--seconds" => "SIMULATE_SECONDS",
            "--first" => "SIMULATE_FIRST",
            other => bail!("`cargo xtask simulate` takes --seed, --seconds and --first, not {other}"),
        };
        value.parse::<u64>().with_context(|| format!("{name} wants a number, not {value}"))?;
        shell.set_var(variable, value);
    }
    // The whole workspace, so that nothing is compiled again with other features.
    let filter = ["-E", "binary_id(tests::it) and test(/^simulation::/)", "--no-capture"];
    Ok(cmd!(shell, "cargo nextest run --locked --workspace {filter...}").run()?)
}

//! Simulated contests on bad networks: so many seeds, or one seed again. A number and not a time, so that a slower
//! machine tests no less.

use crate::setup;
use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// How many stories a run of every check tells.
const SEEDS: &str = "40";

/// `cargo xtask simulate [--seed N] [--seeds N] [--first N]`
pub(crate) fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    setup::programs(shell)?;
    shell.set_var("SIMULATE_SEEDS", SEEDS);
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { bail!("{} wants a number", pair[0]) };
        let variable = match name.as_str() {
            "--seed" => "SIMULATE_SEED",
            "--seeds" => "SIMULATE_SEEDS",
            "--first" => "SIMULATE_FIRST",
            other => bail!("`cargo xtask simulate` takes --seed, --seeds and --first, not {other}"),
        };
        value.parse::<u64>().with_context(|| format!("{name} wants a number, not {value}"))?;
        shell.set_var(variable, value);
    }
    // The whole workspace, so that nothing is compiled again with other features.
    let filter = ["-E", "binary_id(tests::it) and test(/^simulation::/)", "--no-capture"];
    Ok(cmd!(shell, "cargo nextest run --locked --workspace {filter...}").run()?)
}

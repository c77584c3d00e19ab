//! The Thái Nguyên contest at a tenth of its size, through the real functions.

use anyhow::{Result, bail};
use xshell::{Shell, cmd};

/// `cargo xtask replay`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    let out = shell.create_temp_dir()?;
    let out = out.path();
    cmd!(shell, "cargo build --locked --package local --bin hoithi").run()?;
    cmd!(shell, "target/debug/hoithi replay contests/thai-nguyen-2021 --contestants 1720 --attempts 2708 --perfect 1143 --seed 1 --out {out}").run()?;
    bail!("compare")
}

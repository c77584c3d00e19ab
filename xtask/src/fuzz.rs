//! Fuzzing of what reads a stranger's bytes: uploads, documents, tokens, bodies, signed notes. What it finds goes into the
//! corpus, which the tests replay.

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

const TARGETS: [&str; 10] = ["upload", "gift", "aiken", "moodle", "qti", "package", "word", "token", "body", "note"];

/// How long each target is fuzzed.
const SECONDS: &str = "60";

const FOLDER: &str = "tests/fuzz";

/// `cargo xtask fuzz [TARGET] [--seconds S]`
pub(crate) fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    let (targets, seconds) = match arguments {
        [] => (TARGETS.to_vec(), SECONDS),
        [flag, seconds] if flag == "--seconds" => (TARGETS.to_vec(), seconds.as_str()),
        [target] => (vec![known(target)?], SECONDS),
        [target, flag, seconds] if flag == "--seconds" => (vec![known(target)?], seconds.as_str()),
        _ => bail!("`cargo xtask fuzz` takes a target and --seconds"),
    };
    let seconds: u64 = seconds.parse().with_context(|| format!("--seconds wants a number, not {seconds}"))?;
    cmd!(shell, "cargo +nightly fuzz --version").quiet().ignore_stdout().run().context(
        "fuzzing needs `rustup toolchain install nightly` and `cargo install cargo-fuzz --locked --version 0.13.2`",
    )?;
    for target in targets {
        println!("== {target}, {seconds} s ==");
        let time = format!("-max_total_time={seconds}");
        cmd!(shell, "cargo +nightly fuzz run --fuzz-dir {FOLDER} {target} -- {time} -print_final_stats=1").run()?;
    }
    Ok(())
}

fn known(target: &str) -> Result<&str> {
    if TARGETS.contains(&target) { Ok(target) } else { bail!("no target {target}; there are {}", TARGETS.join(", ")) }
}

//! The checks, in the order in which they find mistakes soonest.

use crate::beside::Beside;
use crate::steps::Steps;
use crate::{browser, contract, deployed, lint, replay, setup, simulate};
use anyhow::{Result, bail};
use xshell::{Shell, cmd};

/// Every test outside `tests/`, and of those inside only the ones about the tree itself.
const FAST_TESTS: &str = "not binary_id(tests::it) or test(/^tidy::/)";

/// `cargo xtask ci [--fast]`
pub(crate) fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    let fast = match arguments {
        [] => false,
        [flag] if flag == "--fast" => true,
        _ => bail!("`cargo xtask ci` takes `--fast` and nothing else"),
    };
    lint_while_compiling(shell);
    let mut steps = Steps::default();
    let outcome = if fast { fast_steps(shell, &mut steps) } else { all_steps(shell, &mut steps) };
    steps.print_summary();
    outcome
}

fn fast_steps(shell: &Shell, steps: &mut Steps) -> Result<()> {
    steps.run("format", || format(shell))?;
    steps.run("build", || build(shell))?;
    steps.run("tests", || test(shell, &["-E".to_owned(), FAST_TESTS.to_owned()]))
}

fn all_steps(shell: &Shell, steps: &mut Steps) -> Result<()> {
    // Asked for before the build, which puts a new file in the place of this program's.
    let program = std::env::current_exe()?;
    // Installs what all need, compiles in its own folder, and then mostly waits: for the tests, for a round to close.
    // The build alone would leave a core idle for a third of its time.
    let deployed = Beside::start(shell, &program, "deployed", &[deployed::UNOPTIMIZED])?;
    steps.run("format", || format(shell))?;
    steps.run("build", || build(shell))?;
    steps.run("lint", || lint::run(shell, &[]))?;
    steps.run("tests", || test(shell, &[]))?;
    steps.run("simulate", || simulate::run(shell, &[]))?;
    // Each keeps one core busy.
    let replay = Beside::start(shell, &program, "replay", &[])?;
    steps.run("contract", || contract::run(shell, &[]))?;
    steps.run("replay", || replay.finish())?;
    steps.run("browser", || browser::test(shell, &[]))?;
    steps.run("deployed", || deployed.finish())
}

fn format(shell: &Shell) -> Result<()> {
    Ok(cmd!(shell, "cargo fmt --all --check").run()?)
}

/// From now on Clippy stands in the compiler's place for the crates of the workspace, and refuses every warning.
/// `cargo clippy` would check all dependencies again before the tests compile them: two minutes of two cores.
fn lint_while_compiling(shell: &Shell) {
    shell.set_var("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    // As `cargo clippy -- -D warnings` passes it on.
    shell.set_var("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__");
}

/// Compiles everything once. The steps that follow use what was built here.
fn build(shell: &Shell) -> Result<()> {
    Ok(cmd!(shell, "cargo build --locked --workspace --all-targets").run()?)
}

/// `cargo xtask test [FILTER]`
pub(crate) fn test(shell: &Shell, filter: &[String]) -> Result<()> {
    setup::programs(shell)?;
    Ok(cmd!(shell, "cargo nextest run --locked --workspace {filter...}").run()?)
}

/// `cargo xtask exhaustive [FILTER]`: the tests that are too long for every run, for a release.
pub(crate) fn exhaustive(shell: &Shell, filter: &[String]) -> Result<()> {
    setup::programs(shell)?;
    let large = ["--ignore-default-filter", "-E", "test(/large_/)", "--success-output", "final"];
    Ok(cmd!(shell, "cargo nextest run --locked --workspace {large...} {filter...}").run()?)
}

/// `cargo xtask golden`: the tests that compare write down what they see instead.
pub(crate) fn refresh_golden(shell: &Shell, _: &[String]) -> Result<()> {
    let _expect = shell.push_env("UPDATE_EXPECT", "1");
    let _golden = shell.push_env("UPDATE_GOLDEN", "1");
    test(shell, &[])?;
    browser::test(shell, &[])?;
    replay::run(shell, &[])?;
    Ok(cmd!(shell, "git status --short tests crates functions infra").run()?)
}

/// `cargo xtask templates`: the test that compares them writes them down instead.
pub(crate) fn refresh_templates(shell: &Shell, _: &[String]) -> Result<()> {
    let _golden = shell.push_env("UPDATE_GOLDEN", "1");
    test(shell, &["templates_to_download".to_owned()])
}

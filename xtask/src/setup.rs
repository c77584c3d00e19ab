//! What the tests need beside Rust: installed where that is allowed, else named with the exact command.

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// The test runner, pinned: its filter language and time limits are part of the test command.
const NEXTEST_VERSION: &str = "0.9.143";

/// Debian packages, each with a program that it brings.
const PACKAGES: &[(&str, &str)] = &[("nodejs", "node"), ("npm", "npm"), ("chromium", "chromium")];

/// `cargo xtask setup`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    packages(shell)?;
    nextest(shell)?;
    browser_modules(shell)
}

/// The browser and what drives it, from Debian.
fn packages(shell: &Shell) -> Result<()> {
    let missing: Vec<&str> =
        PACKAGES.iter().filter(|(_, program)| !is_on_path(shell, program)).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        println!("node, npm, chromium: present");
        return Ok(());
    }
    let install = format!("apt-get update && apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if cmd!(shell, "id -u").quiet().read()? != "0" {
        bail!("missing {}; run this and try again:\n    sudo sh -c '{install}'", missing.join(", "));
    }
    shell.set_var("DEBIAN_FRONTEND", "noninteractive");
    cmd!(shell, "sh -c {install}").run().with_context(|| format!("cannot install {}", missing.join(", ")))
}

/// The test runner, by Cargo: no root needed.
pub(crate) fn nextest(shell: &Shell) -> Result<()> {
    if cmd!(shell, "cargo nextest --version").quiet().ignore_stderr().read().is_ok() {
        println!("cargo-nextest: present");
        return Ok(());
    }
    let version = NEXTEST_VERSION;
    cmd!(shell, "cargo install --locked cargo-nextest --version {version}").run().with_context(|| {
        format!("cannot install the test runner; run:\n    cargo install --locked cargo-nextest --version {version}")
    })
}

/// The pinned modules of the browser tests, from npm. `npm ci` writes `.package-lock.json` last, so a
/// copy that is not older than the pinned list is complete.
fn browser_modules(shell: &Shell) -> Result<()> {
    let folder = shell.current_dir().join("tests/browser");
    let time = |file: &str| std::fs::metadata(folder.join(file)).and_then(|meta| meta.modified()).ok();
    if let (Some(installed), Some(pinned)) = (time("node_modules/.package-lock.json"), time("package-lock.json"))
        && installed >= pinned
    {
        println!("modules of the browser tests: present");
        return Ok(());
    }
    let _in_folder = shell.push_dir(folder);
    cmd!(shell, "npm ci --no-audit --no-fund --ignore-scripts")
        .run()
        .context("cannot install the modules of the browser tests; run:\n    cd tests/browser && npm ci")
}

fn is_on_path(shell: &Shell, program: &str) -> bool {
    cmd!(shell, "which {program}").quiet().ignore_stdout().ignore_stderr().run().is_ok()
}

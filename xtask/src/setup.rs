//! What the tests need beside Rust: installed where that is allowed, else named with the exact command.

use anyhow::{Context, Result, bail, ensure};
use std::fs::{self, File};
use std::process::{Child, Command};
use xshell::{Shell, cmd};

/// Debian packages, each with a command that works once it is there.
const PACKAGES: &[(&str, &str)] = &[
    ("chromium-headless-shell", "test -x /usr/bin/chromium-headless-shell"),
    ("python3-venv", "python3 -c 'import ensurepip, venv'"),
];

/// Where programs from PyPI are installed, below the workspace.
const TOOLS: &str = "target/tools";

/// Their pinned list; a copy of it says what is installed.
const PINNED: &str = "xtask/python.txt";
const INSTALLED: &str = "target/tools/installed.txt";

const LOG: &str = "target/setup.log";

/// `cargo xtask setup`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    packages(shell)?;
    programs(shell)?;
    browser_modules(shell)
}

/// Setup beside something else: it waits for the network, compiling for the processor.
pub(crate) struct Setup(Child);

impl Setup {
    /// Starts it as a process of its own.
    pub(crate) fn start() -> Result<Self> {
        fs::create_dir_all("target")?;
        let log = File::create(LOG)?;
        let mut command = Command::new(std::env::current_exe()?);
        let child = command.arg("setup").stdout(log.try_clone()?).stderr(log).spawn();
        Ok(Self(child.context("cannot start the setup")?))
    }

    /// Waits for it and says what it said.
    pub(crate) fn finish(mut self) -> Result<()> {
        let status = self.0.wait()?;
        print!("{}", fs::read_to_string(LOG)?);
        ensure!(status.success(), "setup failed");
        Ok(())
    }
}

/// Puts what setup installed before whatever else has the same name.
pub(crate) fn use_programs(shell: &Shell) -> Result<()> {
    let programs = shell.current_dir().join(TOOLS).join("bin");
    let path = shell.var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(programs).chain(std::env::split_paths(&path)))?;
    shell.set_var("PATH", path);
    Ok(())
}

/// The browser, and Python for its package manager, from Debian.
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

/// The test runner and Node, from PyPI.
pub(crate) fn programs(shell: &Shell) -> Result<()> {
    let pinned = shell.read_file(PINNED)?;
    if shell.read_file(INSTALLED).is_ok_and(|installed| installed == pinned) {
        println!("cargo-nextest, node: present");
        return Ok(());
    }
    cmd!(shell, "python3 -m venv --clear {TOOLS}")
        .run()
        .context("cannot make a folder for programs; run:\n    cargo xtask setup")?;
    cmd!(shell, "{TOOLS}/bin/pip install --quiet --disable-pip-version-check --require-hashes -r {PINNED}")
        .run()
        .context("cannot install the test runner and Node from PyPI")?;
    Ok(shell.write_file(INSTALLED, pinned)?)
}

/// The pinned modules of the browser tests, from npm. `npm ci` writes `.package-lock.json` last, so a
/// copy that is not older than the pinned list is complete.
fn browser_modules(shell: &Shell) -> Result<()> {
    let folder = shell.current_dir().join("tests/browser");
    let time = |file: &str| fs::metadata(folder.join(file)).and_then(|meta| meta.modified()).ok();
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

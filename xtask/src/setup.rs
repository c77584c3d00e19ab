//! What the tests need beside Rust: installed where that is allowed, else named with the exact command.

use anyhow::{Context, Result, bail};
use std::fs::{self, File};
use std::path::PathBuf;
use xshell::{Shell, cmd};

/// Debian packages, each with a command that works once it is there.
const PACKAGES: &[(&str, &str)] = &[
    ("chromium-headless-shell", "test -x /usr/bin/chromium-headless-shell"),
    ("python3-venv", "python3 -c 'import ensurepip, venv'"),
    ("poppler-utils", "pdftotext -v"),
];

/// Lists of programs from PyPI, each pinned in `xtask/python/X.txt` and installed into `target/X`: apart,
/// because each wants other versions of the same modules.
const INSTALLER: &str = "uv";
const TOOLS: &str = "tools";
const EMULATOR: &str = "emulator";
const CHECKOV: &str = "checkov";
const CONTRACT: &str = "contract";
const VERIFIERS: &str = "verifiers";
const SBOM: &str = "sbom";

/// `cargo xtask setup`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    packages(shell)?;
    for list in [TOOLS, EMULATOR, CHECKOV, CONTRACT, VERIFIERS, SBOM] {
        python(shell, list)?;
    }
    browser_modules(shell)
}

/// Puts what setup installed before whatever else has the same name.
pub(crate) fn use_programs(shell: &Shell) -> Result<()> {
    let programs = program(shell, TOOLS, "");
    let path = shell.var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(programs).chain(std::env::split_paths(&path)))?;
    shell.set_var("PATH", path);
    Ok(())
}

/// The browser, Python for its package manager, and readers of PDF, from Debian.
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

/// The test runner, and what else is called by name.
pub(crate) fn programs(shell: &Shell) -> Result<()> {
    packages(shell)?;
    python(shell, TOOLS)?;
    python(shell, VERIFIERS)
}

/// A program of a list, by its full path.
pub(crate) fn program(shell: &Shell, list: &str, name: &str) -> PathBuf {
    shell.current_dir().join("target").join(list).join("bin").join(name)
}

/// The emulator of AWS.
pub(crate) fn emulator(shell: &Shell) -> PathBuf {
    program(shell, EMULATOR, "ministack")
}

/// The checker of templates.
pub(crate) fn checkov(shell: &Shell) -> PathBuf {
    program(shell, CHECKOV, "checkov")
}

/// The program that tries the API out against its description.
pub(crate) fn schemathesis(shell: &Shell) -> PathBuf {
    program(shell, CONTRACT, "schemathesis")
}

/// Python with the libraries of the check from outside.
pub(crate) fn verifiers(shell: &Shell) -> PathBuf {
    program(shell, VERIFIERS, "python")
}

/// Python with the library that writes bills of materials.
pub(crate) fn sbom(shell: &Shell) -> Result<PathBuf> {
    python(shell, SBOM)?;
    Ok(program(shell, SBOM, "python"))
}

/// Installs a list, by uv: it takes seconds where pip takes minutes.
fn python(shell: &Shell, list: &str) -> Result<()> {
    install(shell, list, |shell, folder, pinned| {
        install(shell, INSTALLER, by_pip)?;
        let uv = program(shell, INSTALLER, "uv");
        cmd!(shell, "{uv} venv --quiet --clear --no-project {folder}").run()?;
        let python = format!("{folder}/bin/python");
        Ok(cmd!(shell, "{uv} pip install --quiet --python {python} --no-deps --require-hashes -r {pinned}").run()?)
    })
}

fn by_pip(shell: &Shell, folder: &str, pinned: &str) -> Result<()> {
    cmd!(shell, "python3 -m venv --clear {folder}").run()?;
    let pip = format!("{folder}/bin/pip");
    Ok(cmd!(shell, "{pip} install --quiet --disable-pip-version-check --no-deps --require-hashes -r {pinned}").run()?)
}

/// Commands run beside each other: one installs something, the others wait for it, until this file is closed.
fn one_at_a_time(shell: &Shell, what: &str) -> Result<File> {
    let lock = File::create(shell.create_dir("target")?.join(format!("{what}.lock")))?;
    lock.lock()?;
    Ok(lock)
}

/// Installs a list where it is not there yet; a copy of it, written last, says that all of it is.
fn install(shell: &Shell, list: &str, how: impl Fn(&Shell, &str, &str) -> Result<()>) -> Result<()> {
    let _lock = one_at_a_time(shell, list)?;
    let (folder, pinned) = (format!("target/{list}"), format!("xtask/python/{list}.txt"));
    let (installed, wanted) = (format!("{folder}/installed.txt"), shell.read_file(&pinned)?);
    if shell.read_file(&installed).is_ok_and(|installed| installed == wanted) {
        println!("programs of {pinned}: present");
        return Ok(());
    }
    println!("programs of {pinned}: installing into {folder}");
    how(shell, &folder, &pinned)
        .with_context(|| format!("cannot install {pinned} from PyPI; try again with:\n    cargo xtask setup"))?;
    Ok(shell.write_file(installed, wanted)?)
}

/// The pinned modules of the browser tests, from npm. `npm ci` writes `.package-lock.json` last, so a
/// copy that is not older than the pinned list is complete.
fn browser_modules(shell: &Shell) -> Result<()> {
    let _lock = one_at_a_time(shell, "browser")?;
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

//! The page in Debian's Chromium, driven by Node: tests, and the pictures of the README.

use crate::server::Server;
use crate::setup;
use anyhow::{Result, bail};
use xshell::{Shell, cmd};

/// Before every sample contest, so that the tests can move the clock to any moment of them.
const CLOCK: &str = "2021-01-04T00:00:00Z";

/// The moment of the pictures, so that two takings differ only by what changed.
const PICTURED: &str = "2026-11-16T01:30:00Z";

/// `cargo xtask browser [FILE]`
pub(crate) fn test(shell: &Shell, files: &[String]) -> Result<()> {
    setup::run(shell, &[])?;
    let files = if files.is_empty() { test_files(shell)? } else { files.to_vec() };
    let data = shell.create_temp_dir()?;
    let data = data.path().display().to_string();
    let server = Server::start(shell, &["--data", &data, "--clock", CLOCK])?;
    let _base = shell.push_env("BASE_URL", &server.base_url);
    let _s3 = shell.push_env("S3_URL", &server.s3_url);
    // Two files at a time: only the story moves the server's clock, the others bring their own stand-in.
    Ok(cmd!(shell, "node --test --test-concurrency=2 {files...}").run()?)
}

/// `cargo xtask screenshot`
pub(crate) fn screenshot(shell: &Shell, _: &[String]) -> Result<()> {
    setup::run(shell, &[])?;
    let server = Server::start(shell, &["--clock", PICTURED])?;
    let _base = shell.push_env("BASE_URL", &server.base_url);
    shell.create_dir("docs/images")?;
    // First what organizers see, before a visitor takes part.
    cmd!(shell, "node tests/browser/screenshot-console.mjs").run()?;
    Ok(cmd!(shell, "node tests/browser/screenshot.mjs").run()?)
}

fn test_files(shell: &Shell) -> Result<Vec<String>> {
    let mut files: Vec<String> = shell
        .read_dir("tests/browser")?
        .into_iter()
        .map(|path| path.display().to_string())
        .filter(|path| path.ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("no tests in tests/browser");
    }
    Ok(files)
}

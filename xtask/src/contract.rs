//! The contestants' API against its description, by a program that nobody here wrote: examples that fit it, and
//! examples that do not.

use crate::server::Server;
use crate::setup;
use anyhow::{Context, Result};
use xshell::{Shell, cmd};

/// While the first round of the sample contest is open.
const CLOCK: &str = "2021-12-13T02:00:00Z";

/// `cargo xtask contract`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    setup::run(shell, &[])?;
    let schemathesis = setup::schemathesis(shell);
    let description = shell.current_dir().join("docs/openapi.yaml");
    let kept = shell.current_dir().join("target/hypothesis");
    let data = shell.create_temp_dir()?;
    let data = data.path().display().to_string();
    let server = Server::start(shell, &["--data", &data, "--clock", CLOCK, "--contests", "contests"])?;
    let _base = shell.push_env("BASE_URL", &server.base_url);
    let url = &server.base_url;
    // Where its configuration and its hooks are.
    let _folder = shell.push_dir("tests/contract");
    cmd!(shell, "{schemathesis} run {description} --url {url}")
        .env("PYTHONPATH", ".")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("HYPOTHESIS_STORAGE_DIRECTORY", kept)
        .run()
        .context("the API is not as docs/openapi.yaml says")
}

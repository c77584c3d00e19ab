//! Checks of what is deployed and of what is linked, by programs that others wrote. None of them asks the
//! network.

use crate::{sbom, setup};
use anyhow::{Context, Result};
use std::path::Path;
use xshell::{Shell, cmd};

const TEMPLATE: &str = "infra/template.yaml";

const CHECKOV: &str = "infra/checkov.yaml";

/// Security advisories as a checkout of their repository, beside ours.
const ADVISORIES: &str = "../shared/advisory-db";

/// `cargo xtask lint`
pub(crate) fn run(shell: &Shell, _: &[String]) -> Result<()> {
    setup::run(shell, &[])?;
    template(shell)?;
    dependencies(shell)
}

fn template(shell: &Shell) -> Result<()> {
    // Any region will do: nothing is asked of it.
    let _region = shell.push_env("AWS_DEFAULT_REGION", "ap-southeast-1");
    let _telemetry = shell.push_env("SAM_CLI_TELEMETRY", "0");
    cmd!(shell, "cfn-lint -a cfn_lint_serverless.rules -t {TEMPLATE}").run()?;
    cmd!(shell, "sam validate --lint --template-file {TEMPLATE}").run()?;
    let checkov = setup::checkov(shell);
    Ok(cmd!(shell, "{checkov} --config-file {CHECKOV} --skip-download --framework cloudformation --file {TEMPLATE} --compact --quiet").run()?)
}

fn dependencies(shell: &Shell) -> Result<()> {
    // cargo-deny reads the manifests of all platforms' dependencies.
    cmd!(shell, "cargo fetch --locked --quiet").run()?;
    cmd!(shell, "cargo deny --offline check licenses bans sources").run()?;
    sbom::run(shell, &[])?;
    if !Path::new(ADVISORIES).is_dir() {
        println!(
            "cargo audit: left out, since {ADVISORIES} is not there. To run it:\n    git clone --depth 1 https://github.com/RustSec/advisory-db {ADVISORIES}"
        );
        return Ok(());
    }
    // RUSTSEC-2023-0071: private keys of `rsa` can be told by time, and there is no remedy. It came with webauthn-rs, which only
    // verifies, by public keys (docs/adr/0028).
    let audit = cmd!(shell, "cargo audit --no-fetch --db {ADVISORIES} --ignore RUSTSEC-2023-0071");
    audit.run().context("a dependency has a known vulnerability")
}

//! The real template and the real binaries: built by SAM as for AWS, deployed onto an emulator, and played.

use crate::emulator::{self, Emulator};
use crate::{keys, setup};
use anyhow::{Context, Result, bail};
use serde_json::Value;
use xshell::{Shell, cmd};

const REGION: &str = "ap-southeast-1";
const STACK: &str = "hoithi";
/// Somebody is told, so that what tells them is deployed too.
const ALARMS_TO: &str = "AlarmEmail=it@example.gov.vn";

const BUILT: &str = ".aws-sam/build/template.yaml";

/// The tests that need what is built and deployed here; `cargo xtask test` leaves them out.
const STORY: &str = "test(/^deployed::/)";

/// Builds programs that are larger and slower and do the same, in a quarter of the time.
pub(crate) const UNOPTIMIZED: &str = "--unoptimized";

/// `cargo xtask deployed [--unoptimized]`
pub(crate) fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    let unoptimized = match arguments {
        [] => false,
        [flag] if flag == UNOPTIMIZED => true,
        _ => bail!("`cargo xtask deployed` takes `{UNOPTIMIZED}` and nothing else"),
    };
    setup::run(shell, &[])?;
    let _region = shell.push_env("AWS_DEFAULT_REGION", REGION);
    let _telemetry = shell.push_env("SAM_CLI_TELEMETRY", "0");
    let _id = shell.push_env("AWS_ACCESS_KEY_ID", "test");
    let _key = shell.push_env("AWS_SECRET_ACCESS_KEY", "test");
    // The tests know how large a program may be.
    let _built = shell.push_env("UNOPTIMIZED", unoptimized.to_string());
    build(shell, unoptimized)?;
    emulator::adapt(shell, BUILT)?;
    let emulator = Emulator::start(shell, &setup::emulator(shell), REGION)?;
    let _endpoint = shell.push_env("AWS_ENDPOINT_URL", &emulator.url);
    let secret = emulator::make_secret(shell, &keys::new_secret()?)?;
    deploy(shell, &secret)?;
    let outputs = listed(shell, "stack-outputs", "OutputKey", "OutputValue")?;
    let mut resources = listed(shell, "resources", "LogicalResourceId", "PhysicalResourceId")?;
    resources["SecretArn"] = secret.into();
    let _outputs = shell.push_env("STACK_OUTPUTS", outputs.to_string());
    let _resources = shell.push_env("STACK_RESOURCES", resources.to_string());
    cmd!(shell, "cargo nextest run --locked --workspace --ignore-default-filter --no-capture -E {STORY}")
        .run()
        .with_context(|| format!("the deployed contest failed; what the functions said stands in {}", emulator::LOG))
}

/// What the template calls this machine's architecture.
const ARCHITECTURE: &str = if cfg!(target_arch = "aarch64") { "arm64" } else { "x86_64" };

/// What differs from the profile that ships, and costs three quarters of the time.
const QUICKLY: [(&str, &str); 3] = [
    ("CARGO_PROFILE_RELEASE_LTO", "off"),
    ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
    ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"),
];

/// Compiles the functions, with the profile that ships or without its optimization.
fn build(shell: &Shell, unoptimized: bool) -> Result<()> {
    let changed: &[(&str, &str)] = if unoptimized { &QUICKLY } else { &[] };
    Ok(cmd!(shell, "sam build --parameter-overrides Architecture={ARCHITECTURE}")
        .envs(changed.iter().copied())
        // Lints were done; and with them the compiler's artifacts would be others.
        .env_remove("RUSTC_WORKSPACE_WRAPPER")
        .env_remove("CLIPPY_ARGS")
        .run()?)
}

/// Deploys as `docs/DEPLOY.md` says.
fn deploy(shell: &Shell, secret: &str) -> Result<()> {
    let parameters = ["Architecture=".to_owned() + ARCHITECTURE, format!("SecretArn={secret}"), ALARMS_TO.to_owned()];
    Ok(cmd!(shell, "sam deploy --no-progressbar --parameter-overrides {parameters...}").run()?)
}

/// What SAM lists of the stack: one member as the name of another.
fn listed(shell: &Shell, what: &str, name: &str, value: &str) -> Result<Value> {
    // Of the two only `resources` reads a template, and takes an option for it.
    let template: &[&str] = if what == "resources" { &["--template-file", BUILT] } else { &[] };
    let listed = cmd!(shell, "sam list {what} {template...} --stack-name {STACK} --output json").read()?;
    let listed: Vec<Value> = serde_json::from_str(&listed).context("SAM lists as JSON")?;
    Ok(listed.iter().map(|one| (one[name].as_str().unwrap_or_default().to_owned(), one[value].clone())).collect())
}

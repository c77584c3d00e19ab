//! A crowd at the deadline, on the program as it is given away.

use crate::server::Server;
use crate::setup;
use anyhow::{Context, Result, bail};
use xshell::{Shell, cmd};

/// `cargo xtask load [--seconds S] [--peak R]`
pub(crate) fn run(shell: &Shell, arguments: &[String]) -> Result<()> {
    setup::programs(shell)?;
    for pair in arguments.chunks(2) {
        let [name, value] = pair else { bail!("{} wants a number", pair[0]) };
        let variable = match name.as_str() {
            "--seconds" => "LOAD_SECONDS",
            "--peak" => "LOAD_PEAK",
            other => bail!("`cargo xtask load` takes --seconds and --peak, not {other}"),
        };
        value.parse::<u32>().with_context(|| format!("{name} wants a number, not {value}"))?;
        shell.set_var(variable, value);
    }
    let data = shell.create_temp_dir()?;
    let data = data.path().display().to_string();
    let server = Server::start_release(shell, &["--data", &data, "--clock", "2026-03-01T02:00:00Z"])?;
    let _base = shell.push_env("BASE_URL", &server.base_url);
    let _s3 = shell.push_env("S3_URL", &server.s3_url);
    let _dynamodb = shell.push_env("DYNAMODB_URL", &server.dynamodb_url);
    let filter = ["--ignore-default-filter", "-E", "test(/^load::/)", "--no-capture"];
    Ok(cmd!(shell, "cargo nextest run --locked -p tests {filter...}").run()?)
}

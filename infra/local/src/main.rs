//! `hoithi`: the local world, the plan checker and the replay.

use clap::Parser;
use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    local::commands::Cli::parse().run().await
}

//! The project's automation: `cargo xtask COMMAND`.
//!
//! Depends on no other crate of the workspace, so that it builds in seconds and can report a
//! workspace that does not compile.

#![expect(clippy::print_stdout, reason = "a program for the terminal")]

mod beside;
mod browser;
mod ci;
mod contract;
mod cost;
mod deployed;
mod emulator;
mod fuzz;
mod keys;
mod lint;
mod load;
mod mutants;
mod prices;
mod replay;
mod sbom;
mod server;
mod setup;
mod simulate;
mod steps;

use anyhow::{Context, Result, bail};
use std::path::Path;
use std::process::ExitCode;
use xshell::Shell;

/// One word after `cargo xtask`.
struct Command {
    name: &'static str,
    arguments: &'static str,
    does: &'static str,
    run: fn(&Shell, &[String]) -> Result<()>,
}

const COMMANDS: &[Command] = &[
    Command {
        name: "ci",
        arguments: "[--fast]",
        does: "everything that must hold before a merge; --fast: format, lints, tidy and unit tests only",
        run: ci::run,
    },
    Command {
        name: "setup",
        arguments: "",
        does: "installs what the tests need, or names the command that does",
        run: setup::run,
    },
    Command {
        name: "test",
        arguments: "[FILTER]",
        does: "the Rust tests of the workspace, or those whose name holds FILTER",
        run: ci::test,
    },
    Command {
        name: "lint",
        arguments: "",
        does: "the template and the dependencies, checked by cfn-lint, sam, checkov, cargo-deny and cargo-audit",
        run: lint::run,
    },
    Command {
        name: "sbom",
        arguments: "",
        does: "a CycloneDX bill of materials of the shipped programs, target/hoithi.cdx.json",
        run: sbom::run,
    },
    Command {
        name: "deployed",
        arguments: "[--unoptimized]",
        does: "builds with sam, deploys onto an emulator of AWS, and plays a contest on what stands there",
        run: deployed::run,
    },
    Command {
        name: "simulate",
        arguments: "[--seed N]",
        does: "contests on bad networks, from seeds: 40 of them, or one again (--seeds, --first)",
        run: simulate::run,
    },
    Command {
        name: "fuzz",
        arguments: "[TARGET]",
        does: "readers of uploads, tokens, bodies and notes under a fuzzer, a minute each (--seconds)",
        run: fuzz::run,
    },
    Command {
        name: "load",
        arguments: "[--peak R]",
        does: "a crowd that doubles into the deadline, on a release build; prints throughput and latency (--seconds)",
        run: load::run,
    },
    Command {
        name: "exhaustive",
        arguments: "[FILTER]",
        does: "whatever takes minutes: the models at their larger sizes, every call of AWS failing in every way",
        run: ci::exhaustive,
    },
    Command {
        name: "mutants",
        arguments: "",
        does: "changes what accepts, scores, ranks and closes, and sees whether the tests notice; an hour",
        run: mutants::run,
    },
    Command {
        name: "replay",
        arguments: "",
        does: "plays the Thái Nguyên contest at a tenth of its size and compares the figures",
        run: replay::run,
    },
    Command {
        name: "contract",
        arguments: "",
        does: "the contestants' API against docs/openapi.yaml, by schemathesis",
        run: contract::run,
    },
    Command {
        name: "browser",
        arguments: "[FILE]",
        does: "the page in Chromium against a running hoithi",
        run: browser::test,
    },
    Command {
        name: "golden",
        arguments: "",
        does: "writes golden files anew; read the difference before you commit it",
        run: ci::refresh_golden,
    },
    Command {
        name: "templates",
        arguments: "",
        does: "writes static-site/templates anew: the tables and the document that organizers begin from",
        run: ci::refresh_templates,
    },
    Command {
        name: "cost",
        arguments: "",
        does: "writes docs/COST.md from counted calls and price lists",
        run: cost::run,
    },
    Command {
        name: "screenshot",
        arguments: "",
        does: "takes the pictures of the README from the running demo",
        run: browser::screenshot,
    },
    Command {
        name: "keys",
        arguments: "[rotate]",
        does: "prints a new secret for a deployment; rotate: reads one and gives it a new session key",
        run: keys::run,
    },
    Command { name: "help", arguments: "", does: "this table", run: help },
];

fn main() -> ExitCode {
    match dispatch() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            println!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (name, rest) = match arguments.split_first() {
        Some((name, rest)) => (name.as_str(), rest),
        None => ("help", &[][..]),
    };
    let shell = Shell::new()?;
    shell.change_dir(workspace_root()?);
    setup::use_programs(&shell)?;
    match COMMANDS.iter().find(|command| command.name == name) {
        Some(command) => (command.run)(&shell, rest),
        None => bail!("no command `{name}`; `cargo xtask help` lists them"),
    }
}

/// The folder of the workspace's Cargo.toml, wherever the command is called from.
fn workspace_root() -> Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in the workspace")
}

fn help(_: &Shell, _: &[String]) -> Result<()> {
    println!("cargo xtask COMMAND\n");
    for command in COMMANDS {
        println!("  {:<18}  {}", format!("{} {}", command.name, command.arguments), command.does);
    }
    Ok(())
}

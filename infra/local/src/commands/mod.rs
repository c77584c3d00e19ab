//! The commands of `hoithi`.

pub mod check;
pub mod decide;
pub mod demo;
pub mod import;
pub mod invite;
pub mod log;
mod progress;
pub mod replay;
pub mod serve;
pub mod verify;

use self::verify::verify;
use crate::play::Cast;
use check::Format;
use clap::{Args, Parser, Subcommand};
use contest::time::Timestamp;
use replay::{Replay, replay};
use serve::{Serve, serve};
use std::io::Write;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

/// Of a hundred attempts, how many are perfect where nothing is said: as in Thái Nguyên in 2021.
const PERFECT_PERCENT: usize = 42;

/// Of a hundred further attempts, how many a replay makes in a later round.
const RETURNING_PERCENT: u64 = 10;

/// Knowledge contests: a whole platform on this machine, a checker of plans, a replay at full size.
#[derive(Debug, Parser)]
#[command(name = "hoithi", version, args_conflicts_with_subcommands = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    serve: ServeArgs,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve a whole contest platform on this machine; without --data, a demo
    Serve(ServeArgs),
    /// Check a contest folder as it would be uploaded; exit 0 without errors, 1 with, 2 if it cannot be read
    Check(CheckArgs),
    /// Show what is read of one file of questions, with its answers; exit 0 if it is accepted, 1 if not, 2 if it cannot be
    /// read
    Import(ImportArgs),
    /// Play a whole contest through the real functions on a simulated clock
    Replay(ReplayArgs),
    /// Try a table of decisions on a data folder or a running program, and say what it would change
    Decide(DecideArgs),
    /// Print an invitation code for an organizer
    Invite(InviteArgs),
    /// Recompute published rounds from their public files alone; exit 0 if everything holds, 1 with the first
    /// difference named, 2 if there is nothing to check
    Verify(VerifyArgs),
}

#[derive(Args, Debug)]
struct ServeArgs {
    /// Address of the page and the API; port 0 picks a free one
    #[arg(long, default_value = "127.0.0.1:8080", value_name = "HOST:PORT")]
    listen: SocketAddr,
    /// Address of the S3 engine
    #[arg(long, default_value = "127.0.0.1:8081", value_name = "HOST:PORT")]
    s3_listen: SocketAddr,
    /// Address of the DynamoDB engine
    #[arg(long, default_value = "127.0.0.1:8082", value_name = "HOST:PORT")]
    dynamodb_listen: SocketAddr,
    /// Keep everything in this folder; a restart goes on where it stopped
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Start the clock there
    #[arg(long, value_name = "RFC3339", value_parser = instant)]
    clock: Option<Timestamp>,
    /// Upload every contest folder found there
    #[arg(long, value_name = "DIR")]
    contests: Option<PathBuf>,
}

#[derive(Args, Debug)]
struct CheckArgs {
    /// The contest folder
    dir: PathBuf,
    /// How the report is printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Args, Debug)]
struct ImportArgs {
    /// The file, as .xlsx, .csv, .gift, .txt, .xml or .zip
    file: PathBuf,
    /// How it is shown
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

#[derive(Args, Debug)]
struct ReplayArgs {
    /// The contest folder
    dir: PathBuf,
    /// People who take part at least once
    #[arg(long, value_name = "N")]
    contestants: usize,
    /// Accepted attempts over all rounds
    #[arg(long, value_name = "M")]
    attempts: usize,
    /// Perfect attempts; without it 42 of a hundred
    #[arg(long, value_name = "P")]
    perfect: Option<usize>,
    /// Perfect attempts that do not count by a decision after the results
    #[arg(long, value_name = "D", default_value_t = 0)]
    strike: usize,
    /// The same seed tells the same story
    #[arg(long, value_name = "S", default_value_t = 2021)]
    seed: u64,
    /// Where the published site and the officials' files are left
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

#[derive(Args, Debug)]
struct DecideArgs {
    /// A data folder, or the address of a running `hoithi serve`
    #[arg(value_name = "DIR-or-URL")]
    target: String,
    /// The table: adjudications.xlsx or adjudications.csv, with every row that is in force
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Write nothing, and say what would change; decisions are put in force by uploading the table
    #[arg(long, required = true)]
    preview: bool,
    /// Which contest, where there are several
    #[arg(long, value_name = "ID")]
    contest: Option<String>,
}

#[derive(Args, Debug)]
struct InviteArgs {
    /// The folder in which `serve` keeps everything; the program must not be running on it
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
    /// lead, organizer, author, official, auditor or it
    #[arg(long, default_value = "lead")]
    role: String,
    /// For one contest; for all without it
    #[arg(long, value_name = "ID")]
    contest: Option<String>,
}

#[derive(Args, Debug)]
struct VerifyArgs {
    /// A site, contest or round: its address, or a folder with its files
    #[arg(value_name = "URL-or-DIR")]
    target: String,
    /// Look for the sheet of this receipt too
    #[arg(long, value_name = "FILE")]
    receipt: Option<PathBuf>,
}

impl Cli {
    /// Runs the command. The error of a command that failed is on standard error already.
    pub async fn run(self) -> ExitCode {
        let done = match self.command.unwrap_or(Command::Serve(self.serve)) {
            Command::Serve(args) => {
                // What the demo does while it is prepared is told by its progress.
                log::begin(if args.data.is_some() { "warn,local=info" } else { "warn" });
                serve(args.into()).await.map(|()| ExitCode::SUCCESS)
            }
            Command::Check(args) => check::check(&args.dir, args.format),
            Command::Import(args) => import::import(&args.file, args.format),
            Command::Decide(args) => {
                log::begin("error");
                let DecideArgs { target, file, preview: _, contest } = args;
                decide::decide(decide::Decide { target, file, contest }).await
            }
            Command::Invite(InviteArgs { data, role, contest }) => {
                log::begin("error");
                invite::invite(&data, role, contest).await.map(|()| ExitCode::SUCCESS)
            }
            Command::Verify(args) => Ok(verify(&args.target, args.receipt.as_deref())),
            Command::Replay(args) => {
                log::begin("error");
                run_replay(args).await.map(|()| ExitCode::SUCCESS)
            }
        };
        done.unwrap_or_else(|error| {
            complain(&error);
            ExitCode::FAILURE
        })
    }
}

async fn run_replay(args: ReplayArgs) -> anyhow::Result<()> {
    let cast = Cast {
        contestants: args.contestants,
        attempts: args.attempts,
        perfect: args.perfect.unwrap_or(args.attempts * PERFECT_PERCENT / 100),
        returning_percent: RETURNING_PERCENT,
        seed: args.seed,
    };
    let table = replay(&Replay { folder: args.dir, cast, struck: args.strike, out: args.out }).await?;
    std::io::stdout().write_all(table.as_bytes())?;
    Ok(())
}

fn complain(error: &anyhow::Error) {
    // Nobody is left to be told where standard error is gone.
    let _unheard = writeln!(std::io::stderr(), "hoithi: {error:#}");
}

fn instant(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse_rfc3339(text)
        .ok_or_else(|| format!("{text:?} is no RFC 3339 instant, such as 2021-12-13T08:30:00+07:00"))
}

impl From<ServeArgs> for Serve {
    fn from(args: ServeArgs) -> Self {
        let ServeArgs { listen, s3_listen, dynamodb_listen, data, clock, contests } = args;
        Self { listen, s3_listen, dynamodb_listen, data, clock, contests }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_hold_together() {
        Cli::command().debug_assert();
    }

    #[test]
    fn without_a_command_it_serves() {
        let cli = Cli::parse_from(["hoithi", "--listen", "127.0.0.1:0"]);
        assert!(cli.command.is_none());
        assert_eq!(cli.serve.listen.port(), 0);
        assert!(Cli::try_parse_from(["hoithi", "serve", "--clock", "yesterday"]).is_err());
    }
}

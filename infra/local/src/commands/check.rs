//! `hoithi check`: judges a contest folder as its upload would be judged, and prints every problem.

use crate::world::clock::machine_time;
use anyhow::Context;
use clap::ValueEnum;
use contest::problem::Problem;
use documents::console::plan::Facts;
use documents::report::{BankRead, ReportLine};
use documents::words::{import, plan_facts};
use import_upload::{CheckReport, FileReport, check_folder};
use serde::Serialize;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// The folder cannot be read; `clap` ends with the same code for unusable arguments.
pub(super) const UNUSABLE: u8 = 2;

/// How a report is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people; ✗ is an error, ! a warning
    Text,
    /// One JSON object.
    Json,
}

#[derive(Serialize)]
struct CheckDocument<'a> {
    schema: &'static str,
    status: &'static str,
    missing: &'a [String],
    files: Vec<FileDocument<'a>>,
    prizes: Option<PrizesDocument>,
    load: Option<LoadDocument>,
    /// As in the console, where the plan has no errors.
    facts: Option<&'a Facts>,
}

#[derive(Serialize)]
struct FileDocument<'a> {
    file: &'a str,
    rows: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    read: Option<&'a BankRead>,
    errors: Vec<ReportLine>,
    warnings: Vec<ReportLine>,
}

#[derive(Serialize)]
struct PrizesDocument {
    each_round: u64,
    rounds: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    some_rounds: Option<u64>,
    contest: u64,
    collective: u64,
    commendation: u64,
    total: u64,
}

/// The most that a round can bring, by the second in its last ten minutes.
#[derive(Serialize)]
struct LoadDocument {
    attempts: u64,
    requests: u64,
    concurrency: u64,
    writes: u64,
    reads: u64,
}

/// Checks a folder and prints the report on standard output.
///
/// # Errors
/// Where the report cannot be printed; a folder that cannot be read is an exit code.
pub fn check(folder: &Path, format: Format) -> anyhow::Result<ExitCode> {
    let (files, others) = match read_files(folder) {
        Ok(read) => read,
        Err(error) => {
            writeln!(std::io::stderr(), "hoithi: {error:#}")?;
            return Ok(ExitCode::from(UNUSABLE));
        }
    };
    let mut report = check_folder(&files, machine_time());
    report.files.extend(others.iter().map(|name| FileReport::not_a_file(name)));
    let printed = match format {
        Format::Text => text(&report)?,
        Format::Json => json(&report)?,
    };
    std::io::stdout().write_all(printed.as_bytes())?;
    Ok(if report.has_errors() { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

type Files = Vec<(String, Vec<u8>)>;

/// Every ordinary file of the folder by name, and the names of all else: a link may lead anywhere, and a pipe
/// may never end.
fn read_files(folder: &Path) -> anyhow::Result<(Files, Vec<String>)> {
    let cannot_read = || format!("cannot read {}", folder.display());
    let (mut files, mut others) = (Vec::new(), Vec::new());
    for entry in std::fs::read_dir(folder).with_context(cannot_read)? {
        let entry = entry.with_context(cannot_read)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type()?.is_file() {
            files.push((name.clone(), std::fs::read(entry.path()).with_context(|| format!("cannot read {name}"))?));
        } else {
            others.push(name);
        }
    }
    files.sort();
    others.sort();
    Ok((files, others))
}

fn text(report: &CheckReport) -> anyhow::Result<String> {
    let mut out = String::new();
    let (mut errors, mut warnings) = (0, 0);
    for file in &report.files {
        for problem in &file.errors {
            writeln!(out, "✗ {}", line(&file.file, problem))?;
        }
        for problem in &file.warnings {
            writeln!(out, "! {}", line(&file.file, problem))?;
        }
        if let Some(read) = &file.read {
            writeln!(out, "· {}: {}.", file.file, import::echo::read_line(read))?;
        }
        errors += file.errors.len();
        warnings += file.warnings.len();
    }
    // What was understood is told where nothing has to be mended first.
    let facts = report.facts.as_ref().filter(|_| errors == 0);
    if let Some((zone, facts)) = facts {
        writeln!(out, "{}{}", if out.is_empty() { "" } else { "\n" }, plan_facts::overview(facts, *zone))?;
    }
    let rows: u64 = report.files.iter().map(|file| file.rows).sum();
    let figures = import::CheckFigures {
        files: report.files.len() as u64,
        rows,
        errors: errors as u64,
        warnings: warnings as u64,
        prize_total: report.prizes.filter(|_| facts.is_none()).map(|prizes| prizes.total()),
        load: report.load.filter(|_| facts.is_none()).map(|(attempts, load)| (attempts, load.requests)),
    };
    writeln!(out, "{}", import::check_summary(figures, &report.missing))?;
    Ok(out)
}

/// `bank.xlsx (Sheet1):7 [Đáp án] sentence (code)`
pub(super) fn line(file: &str, problem: &Problem) -> String {
    let place = &problem.place;
    let sheet = place.sheet().map_or(String::new(), |sheet| format!(" ({sheet})"));
    let row = place.row().map_or(String::new(), |row| format!(":{row}"));
    let column = place.column().map_or(String::new(), |column| format!(" [{column}]"));
    format!("{file}{sheet}{row}{column} {} ({})", import::message(&problem.kind), problem.kind.code())
}

fn json(report: &CheckReport) -> anyhow::Result<String> {
    let lines = |problems: &[Problem]| problems.iter().map(ReportLine::of).collect();
    let files = report.files.iter().map(|file| FileDocument {
        file: &file.file,
        rows: file.rows,
        read: file.read.as_ref(),
        errors: lines(&file.errors),
        warnings: lines(&file.warnings),
    });
    let document = CheckDocument {
        schema: "hoithi/check/1",
        status: match (report.has_errors(), report.missing.is_empty()) {
            (true, _) => "rejected",
            (false, false) => "incomplete",
            (false, true) => "accepted",
        },
        missing: &report.missing,
        files: files.collect(),
        prizes: report.prizes.map(|prizes| PrizesDocument {
            each_round: prizes.each_round,
            rounds: prizes.rounds,
            some_rounds: Some(prizes.some_rounds).filter(|amount| *amount > 0),
            contest: prizes.contest,
            collective: prizes.collective,
            commendation: prizes.commendation,
            total: prizes.total(),
        }),
        load: report.load.map(|(attempts, load)| LoadDocument {
            attempts,
            requests: load.requests,
            concurrency: load.concurrency,
            writes: load.writes,
            reads: load.reads,
        }),
        facts: report.facts.as_ref().map(|(_, facts)| facts),
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

#[cfg(test)]
mod printed;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ordinary_files_are_read_and_all_else_is_named() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("units.csv"), "Mã,Tên\na,A\n").expect("a file");
        std::fs::create_dir(path("cu")).expect("a folder in it");
        std::os::unix::fs::symlink(path("units.csv"), path("bank.csv")).expect("a link");
        let _socket = std::os::unix::net::UnixListener::bind(path("roster.csv")).expect("a socket");
        let (files, others) = read_files(folder.path()).expect("readable");
        assert_eq!(files.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["units.csv"]);
        assert_eq!(others, ["bank.csv", "cu", "roster.csv"]);
        let report = FileReport::not_a_file("bank.csv");
        assert_eq!(report.warnings[0].kind.code(), "not_a_file");
    }
}

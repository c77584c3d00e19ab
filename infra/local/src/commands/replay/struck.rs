//! What organizers decide after the results: some of the perfect sheets do not count, as in Thái Nguyên in 2021, where
//! 11 447 announced ones became 11 429.

use crate::engines::s3::UPLOADS;
use crate::world::World;
use crate::world::upload::import_report;
use anyhow::{Context, ensure};
use contest::plan::Plan;
use documents::words::format;
use documents::words::program::{STRUCK_NUMBER, STRUCK_REASON};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const FILE: &str = "adjudications.csv";
const HEADER: &str = "contestant;round;attempt;action;reason;decision;decided_on";

/// Columns of a published `ranking.csv`.
const PSEUDONYM: usize = 1;
const PERFECT: usize = 4;
const ATTEMPT: usize = 9;

/// Uploads a decision by which so many perfect sheets do not count any more, and lets what follows be published. They are
/// taken evenly from all that are perfect, the first winner's among them.
///
/// # Errors
/// Where there are not so many perfect sheets in the rankings, or the decision is rejected.
pub(super) async fn strike(world: &World, plan: &Plan, site: &Path, count: usize) -> anyhow::Result<()> {
    let mut perfect = Vec::new();
    for round in &plan.rounds {
        let path = site.join(format!("contests/{}/rounds/{}/v1/ranking.csv", plan.id, round.id));
        let ranking = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let lines = ranking.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect::<Vec<_>>());
        perfect.extend(lines.filter(|cells| cells[PERFECT] == "true").map(|cells| (round, cells)));
    }
    ensure!(perfect.len() >= count, "{count} of {} perfect sheets cannot be struck", perfect.len());
    let (mut table, date) = (format!("{HEADER}\n"), format::date(world.clock.now(), plan.time_zone));
    for (round, cells) in (0..count).map(|place| &perfect[place * perfect.len() / count]) {
        let (pseudonym, attempt) = (&cells[PSEUDONYM], &cells[ATTEMPT]);
        writeln!(table, "{pseudonym};{};{attempt};disqualify;{STRUCK_REASON};{STRUCK_NUMBER};{date}", round.id)?;
    }
    let put = world.s3.put_object().bucket(UPLOADS).key(format!("{}/{FILE}", plan.id));
    put.body(table.into_bytes().into()).send().await?;
    let report = import_report(&world.s3, plan.id.as_str(), FILE).await?.context("no report about the decision")?;
    ensure!(report["status"] == "accepted", "the decision was rejected: {report}");
    world.sweep().await?;
    Ok(())
}

/// What the newest version of each round says of itself, where there is another one before it.
///
/// # Errors
/// Where a pointer is not there.
pub(super) fn versions(plan: &Plan, site: &Path) -> anyhow::Result<String> {
    let mut told = String::new();
    for round in &plan.rounds {
        let path = site.join(format!("contests/{}/rounds/{}/index.json", plan.id, round.id));
        let pointer: serde_json::Value = serde_json::from_slice(&fs::read(&path)?)?;
        let history = pointer["history"].as_array().context("a pointer without a history")?;
        for entry in history.iter().skip(1) {
            let reason = entry["reason"].as_str().unwrap_or_default();
            writeln!(told, "{:<14}version {}: {reason}", round.id.as_str(), entry["version"])?;
        }
    }
    Ok(told)
}

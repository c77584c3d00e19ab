//! `hoithi replay`: plays a whole contest at full size and leaves what it published.

mod commended;
mod struck;

use super::progress::Progress;
use crate::play::{Cast, Stage, advance, secret_of, uploaded_at};
use crate::world::upload::ContestFolder;
use crate::world::{ClockStart, World, WorldOptions};
use anyhow::{Context, ensure};
use contest::fraction::Fraction;
use contest::plan::Plan;
use documents::words::format::{grouped, money};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Where certificates lead, whatever the port: the same replay leaves the same bytes.
const SITE: &str = "https://replay.example";

#[derive(Clone, Debug)]
pub struct Replay {
    pub folder: PathBuf,
    pub cast: Cast,
    /// How many of the perfect sheets do not count by a decision after the results.
    pub struck: usize,
    /// Where the published files are left.
    pub out: PathBuf,
}

/// Plays the contest and returns the table of its figures.
///
/// # Errors
/// Where the folder is rejected, a request is refused, or the published figures are not those asked
/// for.
pub async fn replay(replay: &Replay) -> anyhow::Result<String> {
    let mut stage = Stage::new(ContestFolder::read(&replay.folder)?, replay.cast)?;
    let plan = stage.plan().clone();
    let options = WorldOptions {
        clock: ClockStart::Frozen(uploaded_at(&plan)),
        secret: Some(secret_of(replay.cast.seed)),
        site_url: Some(SITE.to_owned()),
        ..WorldOptions::default()
    };
    let world = World::start(options).await?;
    let told = play(&mut stage, &world, replay).await;
    world.stop().await;
    told
}

async fn play(stage: &mut Stage, world: &World, replay: &Replay) -> anyhow::Result<String> {
    let plan = stage.plan().clone();
    let progress = Progress::of_attempts(replay.cast.attempts as u64)?;
    progress.now("uploading");
    stage.enter(world).await?;
    let mut order: Vec<usize> = (0..plan.rounds.len()).collect();
    order.sort_by_key(|&place| plan.rounds[place].opens);
    for place in order {
        progress.now(&plan.rounds[place].name);
        stage.play_round(world, place, || progress.step()).await?;
    }
    progress.now("closing and publishing");
    let published = plan.rounds.iter().map(|round| round.publishes).max().context("a plan without rounds")?;
    advance(world, published).await?;
    // A draw of the last round is published by the sweep after it.
    world.sweep().await?;
    progress.finish();

    let (site, officials) = (replay.out.join("site"), replay.out.join("officials"));
    copy_published(world, &plan, &site).await?;
    let figures = read_figures(&plan, &site)?;
    check(&figures, replay.cast)?;
    let mut told = table(&plan, &figures, replay.cast)?;
    if replay.struck > 0 {
        struck::strike(world, &plan, &site, replay.struck).await?;
        copy_published(world, &plan, &site).await?;
        writeln!(told, "{} perfect sheets do not count, by a decision:", replay.struck)?;
        told += &table(&plan, &read_figures(&plan, &site)?, replay.cast)?;
        told += &struck::versions(&plan, &site)?;
    }
    copy_bucket(&world.s3, "officials", "", &officials).await?;
    told += &prizes_over_the_contest(&plan, &site)?;
    told += &commended::commended(&plan, &officials)?;
    Ok(told)
}

async fn copy_published(world: &World, plan: &Plan, site: &Path) -> anyhow::Result<()> {
    copy_bucket(&world.s3, "site", &format!("contests/{}/", plan.id), site).await?;
    copy_bucket(&world.s3, "site", "contests/index.json", site).await
}

async fn copy_bucket(s3: &aws_sdk_s3::Client, bucket: &str, prefix: &str, to: &Path) -> anyhow::Result<()> {
    let mut pages = s3.list_objects_v2().bucket(bucket).prefix(prefix).into_paginator().send();
    while let Some(page) = pages.try_next().await? {
        for key in page.contents().iter().filter_map(|object| object.key()) {
            let bytes = s3.get_object().bucket(bucket).key(key).send().await?.body.collect().await?.into_bytes();
            let path = to.join(key);
            fs::create_dir_all(path.parent().context("a path without a folder")?)?;
            fs::write(&path, &bytes).with_context(|| format!("cannot write {}", path.display()))?;
        }
    }
    Ok(())
}

/// What one round published.
struct Figures {
    contestants: u64,
    attempts: u64,
    perfect: u64,
    percent: String,
    /// Winners by tier.
    winners: BTreeMap<String, u64>,
    /// Đồng that they won.
    amount: u64,
}

/// The newest results below a folder of the contest.
fn read_results(plan: &Plan, site: &Path, folder: &str) -> anyhow::Result<Value> {
    let read = |path: String| -> anyhow::Result<Value> {
        let bytes = fs::read(site.join(&path)).with_context(|| format!("{path} was not published"))?;
        Ok(serde_json::from_slice(&bytes)?)
    };
    let folder = format!("contests/{}/{folder}", plan.id);
    let pointer = read(format!("{folder}/index.json"))?;
    let version = pointer["path"].as_str().context("a pointer without a path")?;
    read(format!("{folder}/{version}results.json"))
}

fn read_figures(plan: &Plan, site: &Path) -> anyhow::Result<Vec<Figures>> {
    let of_round = |round: &contest::plan::Round| {
        let results = read_results(plan, site, &format!("rounds/{}", round.id))?;
        let total = |name: &str| results["totals"][name].as_u64().with_context(|| format!("no total {name}"));
        let (mut winners, mut amount) = (BTreeMap::new(), 0);
        for winner in list(&results["winners"]) {
            *winners.entry(text(&winner["tier"])).or_insert(0) += 1;
            amount += winner["amount"].as_u64().unwrap_or_default();
        }
        Ok(Figures {
            contestants: total("contestants")?,
            attempts: total("attempts")?,
            perfect: total("perfect_attempts")?,
            percent: results["totals"]["perfect_attempts_percent"].as_str().unwrap_or("-").to_owned(),
            winners,
            amount,
        })
    };
    plan.rounds.iter().map(of_round).collect()
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What was published must be what was played.
fn check(figures: &[Figures], cast: Cast) -> anyhow::Result<()> {
    let attempts: u64 = figures.iter().map(|figures| figures.attempts).sum();
    let perfect: u64 = figures.iter().map(|figures| figures.perfect).sum();
    ensure!(attempts == cast.attempts as u64, "{} attempts were accepted, {attempts} are published", cast.attempts);
    ensure!(perfect == cast.perfect as u64, "{} attempts were perfect, {perfect} are published", cast.perfect);
    Ok(())
}

fn table(plan: &Plan, figures: &[Figures], cast: Cast) -> anyhow::Result<String> {
    let mut tiers: Vec<&str> = Vec::new();
    for tier in &plan.rules.prizes {
        // One tier may stand several times: for other rounds, and over the contest.
        if !tiers.contains(&tier.tier.as_str()) {
            tiers.push(&tier.tier);
        }
    }
    let mut text = String::new();
    writeln!(
        text,
        "{:<14}{:>12}{:>12}{:>12}{:>10}   winners ({})",
        "round",
        "contestants",
        "attempts",
        "perfect",
        "%",
        tiers.join("-")
    )?;
    let line = |text: &mut String, name: &str, figures: &Figures| {
        let by_tier: Vec<u64> =
            tiers.iter().map(|tier| figures.winners.get(*tier).copied().unwrap_or_default()).collect();
        let sum: u64 = by_tier.iter().sum();
        let by_tier: Vec<String> = by_tier.iter().map(u64::to_string).collect();
        let Figures { contestants, attempts, perfect, percent, .. } = figures;
        let percent = percent.replace('.', ",");
        writeln!(
            text,
            "{name:<14}{contestants:>12}{attempts:>12}{perfect:>12}{percent:>10}   {sum} ({})",
            by_tier.join("-")
        )
    };
    let mut all = Figures {
        contestants: cast.contestants as u64,
        attempts: 0,
        perfect: 0,
        percent: "-".to_owned(),
        winners: BTreeMap::new(),
        amount: 0,
    };
    for (round, figures) in plan.rounds.iter().zip(figures) {
        line(&mut text, round.id.as_str(), figures)?;
        all.attempts += figures.attempts;
        all.perfect += figures.perfect;
        all.amount += figures.amount;
        for (tier, count) in &figures.winners {
            *all.winners.entry(tier.clone()).or_insert(0) += count;
        }
    }
    if let Some(percent) = Fraction::new(all.perfect * 100, all.attempts) {
        all.percent = percent.two_decimals(plan.rounding);
    }
    line(&mut text, "all", &all)?;
    writeln!(text, "contestants of all rounds: different people")?;
    writeln!(text, "prizes of all rounds: {}", money(all.amount))?;
    Ok(text)
}

/// Who won over the contest: people, and the units of each competition, each with what it won.
fn prizes_over_the_contest(plan: &Plan, site: &Path) -> anyhow::Result<String> {
    let mut told = String::new();
    if !plan.rules.are_over_the_contest() {
        return Ok(told);
    }
    let results = read_results(plan, site, "overall")?;
    let mut section = |title: &str, winners: &Value, name: &str| -> anyhow::Result<()> {
        let amount = list(winners).filter_map(|winner| winner["amount"].as_u64()).sum();
        writeln!(told, "{title}: {} prizes, {}", list(winners).count(), money(amount))?;
        for winner in list(winners) {
            let (rank, prize) = (winner["rank"].to_string(), text(&winner["prize"]));
            let amount = grouped(winner["amount"].as_u64().unwrap_or_default());
            writeln!(told, "{rank:>6}  {prize:<20}{amount:>12}  {}", text(&winner[name]))?;
        }
        Ok(())
    };
    if plan.rules.overall.is_some() {
        section("people over the contest", &results["winners"], "full_name")?;
    }
    for of in list(&results["collective"]) {
        section(&format!("units over the contest ({})", text(&of["id"])), &of["winners"], "name")?;
    }
    Ok(told)
}

//! The demo: sample contests already played and published, and one whose round is open now.

use super::progress::Progress;
use crate::play::{Cast, Stage, advance, uploaded_at};
use crate::world::World;
use crate::world::upload::{ContestFolder, PLAN};
use anyhow::Context;
use contest::time::Timestamp;
use documents::words::program as words;

/// People of each played contest: enough for every prize and for a table of units worth reading.
const CAST: Cast = Cast { contestants: 60, attempts: 130, perfect: 55, returning_percent: 60, seed: 2021 };

/// The contest that is open now, and the sample of which it is a copy.
const OPEN_ID: &str = "thi-thu";
const OPEN_SAMPLE: &str = "song-cong-cchc-2021";

const HOUR_MS: i64 = 60 * 60 * 1_000;
const DAY_MS: i64 = 24 * HOUR_MS;

/// One thing that happens in the demo before it goes live.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Scene {
    Enter {
        contest: usize,
    },
    Round {
        contest: usize,
        round: usize,
    },
    /// The contest that is open at the end is uploaded, before it opens.
    Open,
}

/// When the world of a demo starts: before the first contest is uploaded, or at `until`.
///
/// # Errors
/// Where a plan has errors.
pub fn begins(folders: &[ContestFolder], until: Timestamp) -> anyhow::Result<Timestamp> {
    let mut begins = open_uploaded_at(until);
    for folder in folders {
        begins = begins.min(uploaded_at(&folder.plan()?));
    }
    Ok(begins)
}

/// Plays the contests in a frozen world that stands at [`begins`], up to `until`, and uploads the one
/// that is open then. What lies after `until` is uploaded and not played.
///
/// # Errors
/// Where an upload is rejected, a schedule fails or a request is refused.
pub async fn play(world: &World, folders: Vec<ContestFolder>, until: Timestamp) -> anyhow::Result<()> {
    let mut stages = folders.into_iter().map(|folder| Stage::new(folder, CAST)).collect::<anyhow::Result<Vec<_>>>()?;
    let scenes = timeline(&stages, until);
    let progress = Progress::of_steps(scenes.len() as u64)?;
    progress.now(words::PREPARING);
    for (at, scene) in scenes {
        match scene {
            Scene::Enter { contest } => {
                progress.now(&words::uploading(&stages[contest].plan().name));
                advance(world, at).await?;
                stages[contest].enter(world).await?;
            }
            Scene::Round { contest, round } => {
                let plan = stages[contest].plan();
                progress.step_begins(words::playing(&plan.name, &plan.rounds[round].name));
                advance(world, at).await?;
                stages[contest].play_round(world, round, || {}).await?;
            }
            Scene::Open => {
                progress.now(words::OPENING);
                advance(world, at).await?;
                if let Some(folder) = open_contest(until)? {
                    folder.upload_whole(&world.s3).await?;
                }
            }
        }
        progress.step_is_done();
    }
    advance(world, until).await?;
    progress.finish();
    progress.now(words::PREPARED);
    Ok(())
}

/// When the contest is uploaded whose first round has been open for an hour at `until`: a few minutes before,
/// since nobody is taken out of a contest after its opening.
fn open_uploaded_at(until: Timestamp) -> Timestamp {
    until.plus_millis(-HOUR_MS - 5 * 60 * 1_000)
}

/// Uploads and rounds by time. A round that is still open at the end is left to the visitors.
fn timeline(stages: &[Stage], until: Timestamp) -> Vec<(Timestamp, Scene)> {
    let mut scenes = vec![(open_uploaded_at(until), Scene::Open)];
    for (contest, stage) in stages.iter().enumerate() {
        scenes.push((uploaded_at(stage.plan()).min(until), Scene::Enter { contest }));
        let played = stage.plan().rounds.iter().enumerate().filter(|(_, round)| round.closes <= until);
        scenes.extend(played.map(|(place, round)| (round.opens, Scene::Round { contest, round: place })));
    }
    scenes.sort();
    scenes
}

/// A copy of a sample with two rounds, the first of which opened an hour before `now`.
fn open_contest(now: Timestamp) -> anyhow::Result<Option<ContestFolder>> {
    let samples = ContestFolder::samples()?;
    let Some(sample) = samples.iter().find(|sample| sample.id == OPEN_SAMPLE) else { return Ok(None) };
    let plan = open_plan(sample.plan_text()?, now)?;
    let files = sample.files.iter().map(|(name, bytes)| {
        let bytes = if name == PLAN { plan.clone().into_bytes() } else { bytes.clone() };
        (name.clone(), bytes)
    });
    Ok(Some(ContestFolder::new(OPEN_ID, files)))
}

/// The text of the sample's plan with another id, another name and other days.
fn open_plan(text: &str, now: Timestamp) -> anyhow::Result<String> {
    let first_closes = now.plus_millis(7 * DAY_MS);
    let second_opens = first_closes.plus_millis(16 * HOUR_MS);
    let second_closes = second_opens.plus_millis(6 * DAY_MS);
    let mut times = [
        ("opens", now.plus_millis(-4 * DAY_MS)),
        ("opens", now.plus_millis(-HOUR_MS)),
        ("closes", first_closes),
        ("publishes", first_closes.plus_millis(15 * HOUR_MS)),
        ("opens", second_opens),
        ("closes", second_closes),
        ("publishes", second_closes.plus_millis(15 * HOUR_MS)),
    ]
    .into_iter()
    .peekable();
    let mut plan = String::new();
    for line in text.lines() {
        let key = line.split_once('=').map_or("", |(key, _)| key.trim());
        if key == "id" && line.contains(OPEN_SAMPLE) {
            plan.push_str(&format!("id = \"{OPEN_ID}\"\n"));
        } else if key == "name" && !plan.contains("\nname = ") {
            let name = line.split_once('"').map_or("", |(_, name)| name);
            plan.push_str(&format!("name = \"{}\n", words::trial(name)));
        } else if let Some((_, at)) = times.next_if(|(name, _)| *name == key) {
            let local = at.utc().with_timezone(&chrono_tz::Asia::Ho_Chi_Minh);
            plan.push_str(&format!("{key} = \"{}\"\n", local.format("%Y-%m-%dT%H:%M")));
        } else {
            plan.push_str(line);
            plan.push('\n');
        }
    }
    anyhow::ensure!(times.next().is_none(), "the sample {OPEN_SAMPLE} has other dates than the demo moves");
    contest::plan_file::read(&plan).plan.context("the moved plan has errors")?;
    Ok(plan)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_open_contest_is_open_now_and_for_seven_days() {
        let now = Timestamp::parse_rfc3339("2026-03-04T05:06:07Z").expect("a time");
        let folder = open_contest(now).expect("readable").expect("the sample");
        let plan = folder.plan().expect("a plan");
        assert_eq!(plan.id.as_str(), "thi-thu");
        assert!(plan.name.starts_with("Thi thử: Cuộc thi"), "{}", plan.name);
        assert_eq!(plan.rounds.len(), 2);
        assert!(plan.registration.opens < plan.rounds[0].opens && plan.rounds[0].opens < now);
        assert!(plan.rounds[0].closes > now.plus_millis(7 * DAY_MS - 60_000));
        assert!(plan.rounds[1].opens > plan.rounds[0].publishes);
        assert_eq!(folder.files.len(), 5, "plan, two banks, units, excluded people");
    }

    #[test]
    fn what_lies_after_the_end_is_uploaded_and_not_played() {
        let folders = ContestFolder::samples().expect("samples");
        let stages: Vec<Stage> = folders.into_iter().map(|folder| Stage::new(folder, CAST).expect("a plan")).collect();
        let until = Timestamp::parse_rfc3339("2021-12-20T00:00:00Z").expect("a time");
        let scenes = timeline(&stages, until);
        let entered = scenes.iter().filter(|(_, scene)| matches!(scene, Scene::Enter { .. })).count();
        let played = scenes.iter().filter(|(_, scene)| matches!(scene, Scene::Round { .. })).count();
        assert_eq!((entered, played), (3, 5), "four rounds of Thái Nguyên, one of Sông Công");
        assert!(scenes.is_sorted() && scenes.iter().all(|(at, _)| *at <= until));
    }
}

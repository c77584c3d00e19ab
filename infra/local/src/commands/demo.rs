//! The demo: sample contests already played and published, one of them recognized as official, and copies that are going on
//! now: one before its opening, one whose round is open, one that has closed and waits for a decision.

mod copies;
mod office;

pub use copies::{CLOSED_ID, COMING_ID, OPEN_ID};

use super::progress::Progress;
use crate::play::{Cast, Stage, advance, uploaded_at};
use crate::world::World;
use crate::world::upload::ContestFolder;
use contest::time::Timestamp;
use copies::{DAY_MS, HOUR_MS, MINUTE_MS};
use documents::words::program as words;
use office::Office;

/// People of each played contest: enough for every prize and for a table of units worth reading.
const CAST: Cast = Cast { contestants: 60, attempts: 130, perfect: 55, returning_percent: 60, seed: 2021 };

/// People of a copy: enough for every prize, and few, since everyone's account costs a password's hash.
const SMALL_CAST: Cast = Cast { contestants: 20, attempts: 30, perfect: 12, returning_percent: 0, seed: 2026 };

/// The sample whose results are recognized.
pub const OFFICIAL_ID: &str = "song-cong-cchc-2021";

/// How long after the last results they are recognized.
const RECOGNIZED_AFTER_MS: i64 = 3 * DAY_MS;

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
    /// Its results are recognized by a decision.
    Recognize {
        contest: usize,
    },
    /// The contest that is not complete yet is uploaded, as far as it is there.
    Prepare,
    /// Somebody is proposed not to be ranked.
    Propose {
        contest: usize,
    },
    /// The figures of the round that is open are counted.
    Count {
        contest: usize,
    },
}

/// When the world of a demo starts: before the first contest is uploaded, or at `until`.
///
/// # Errors
/// Where a plan has errors.
pub fn begins(folders: &[ContestFolder], until: Timestamp) -> anyhow::Result<Timestamp> {
    let mut begins = until;
    for folder in folders.iter().chain(&[copies::open(until)?, copies::closed(until)?]) {
        begins = begins.min(uploaded_at(&folder.plan()?));
    }
    Ok(begins)
}

/// Plays the contests in a frozen world that stands at [`begins`], up to `until`, and uploads the copies
/// that are going on then. What lies after `until` is uploaded and not played.
///
/// # Errors
/// Where an upload is rejected, a schedule fails or a request is refused.
pub async fn play(world: &World, folders: Vec<ContestFolder>, until: Timestamp) -> anyhow::Result<()> {
    let mut stages = stages(folders, until)?;
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
            Scene::Recognize { contest } => {
                progress.step_begins(words::recognizing(&stages[contest].plan().name));
                advance(world, at).await?;
                Office::open(world).await?.recognize(stages[contest].plan()).await?;
            }
            Scene::Prepare => {
                let folder = copies::coming(until)?;
                progress.now(&words::uploading(&folder.plan()?.name));
                advance(world, at).await?;
                folder.upload_whole(&world.s3).await?;
            }
            Scene::Propose { contest } => {
                progress.step_begins(words::PROPOSING.to_owned());
                advance(world, at).await?;
                Office::open(world).await?.propose_to_disqualify(stages[contest].plan()).await?;
            }
            Scene::Count { contest } => {
                progress.step_begins(words::COUNTING.to_owned());
                advance(world, at).await?;
                Office::open(world).await?.count(stages[contest].plan()).await?;
            }
        }
        progress.step_is_done();
    }
    advance(world, until).await?;
    progress.finish();
    progress.now(words::PREPARED);
    Ok(())
}

/// The contests that are played: those of the folders, and the copies with people of their own.
fn stages(folders: Vec<ContestFolder>, until: Timestamp) -> anyhow::Result<Vec<Stage>> {
    let mut stages = folders.into_iter().map(|folder| Stage::new(folder, CAST)).collect::<anyhow::Result<Vec<_>>>()?;
    stages.push(Stage::new(copies::closed(until)?, SMALL_CAST)?);
    stages.push(Stage::until(copies::open(until)?, SMALL_CAST, until)?);
    Ok(stages)
}

/// Uploads, rounds and what the organizers do, by time. A round of a folder that is still open at the end is left to the
/// visitors.
fn timeline(stages: &[Stage], until: Timestamp) -> Vec<(Timestamp, Scene)> {
    let before = |millis: i64| until.plus_millis(-millis);
    let mut scenes = vec![(before(HOUR_MS), Scene::Prepare)];
    for (contest, stage) in stages.iter().enumerate() {
        let plan = stage.plan();
        scenes.push((uploaded_at(plan).min(until), Scene::Enter { contest }));
        for (place, round) in plan.rounds.iter().enumerate() {
            if stage.is_played_by(place, until) {
                scenes.push((round.opens, Scene::Round { contest, round: place }));
            }
        }
        let last = plan.rounds.iter().map(|round| round.publishes).max().unwrap_or(until);
        match plan.id.as_str() {
            OFFICIAL_ID if last.plus_millis(RECOGNIZED_AFTER_MS) < before(HOUR_MS) => {
                scenes.push((last.plus_millis(RECOGNIZED_AFTER_MS), Scene::Recognize { contest }));
            }
            CLOSED_ID => scenes.push((before(30 * MINUTE_MS), Scene::Propose { contest })),
            OPEN_ID => scenes.push((before(2 * MINUTE_MS), Scene::Count { contest })),
            _ => {}
        }
    }
    scenes.sort();
    scenes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sample_stages(until: Timestamp) -> Vec<Stage> {
        stages(ContestFolder::samples().expect("samples"), until).expect("plans")
    }

    fn count(scenes: &[(Timestamp, Scene)], is_meant: impl Fn(&Scene) -> bool) -> usize {
        scenes.iter().filter(|(_, scene)| is_meant(scene)).count()
    }

    #[test]
    fn what_lies_after_the_end_is_uploaded_and_not_played() {
        let until = Timestamp::parse_rfc3339("2021-12-20T00:00:00Z").expect("a time");
        let scenes = timeline(&sample_stages(until), until);
        let entered = count(&scenes, |scene| matches!(scene, Scene::Enter { .. }));
        let of_samples = count(&scenes, |scene| matches!(scene, Scene::Round { contest: 0..=2, .. }));
        assert_eq!((entered, of_samples), (5, 5), "four rounds of Thái Nguyên, one of Sông Công");
        let of_copies = count(&scenes, |scene| matches!(scene, Scene::Round { contest: 3.., .. }));
        assert_eq!(of_copies, 2, "the round that has closed and the round that is open");
        assert_eq!(count(&scenes, |scene| matches!(scene, Scene::Recognize { .. })), 0, "there are no results yet");
        assert!(scenes.is_sorted() && scenes.iter().all(|(at, _)| *at <= until));
    }

    #[test]
    fn results_are_recognized_once_all_are_public_and_a_copy_is_decided_about_once_it_has_closed() {
        let until = Timestamp::parse_rfc3339("2026-03-04T05:06:07Z").expect("a time");
        let stages = sample_stages(until);
        let scenes = timeline(&stages, until);
        let at = |is_meant: fn(&Scene) -> bool| {
            let mut found = scenes.iter().filter(|(_, scene)| is_meant(scene));
            let (at, scene) = found.next().copied().expect("such a scene");
            assert!(found.next().is_none(), "{scene:?} is there once");
            (at, scene)
        };
        let (recognized_at, Scene::Recognize { contest }) = at(|scene| matches!(scene, Scene::Recognize { .. })) else {
            panic!("another scene")
        };
        assert_eq!(stages[contest].plan().id.as_str(), "song-cong-cchc-2021");
        assert!(stages[contest].plan().rounds.iter().all(|round| round.publishes < recognized_at));
        let (proposed_at, Scene::Propose { contest }) = at(|scene| matches!(scene, Scene::Propose { .. })) else {
            panic!("another scene")
        };
        let round = &stages[contest].plan().rounds[0];
        assert!(round.closes < proposed_at && proposed_at < round.publishes);
        assert!(
            begins(&ContestFolder::samples().expect("samples"), until).expect("plans") < scenes[0].0.plus_millis(1)
        );
    }
}

//! Plays contests in simulated time through the real functions: uploads, registrations, attempts,
//! closings and publications, each at its own instant.

mod dice;
mod persona;
mod player;
mod script;

pub(crate) use player::call;
pub use script::Cast;

use crate::engines::secrets::Secret;
use crate::world::World;
use crate::world::scheduler_run::{Fired, Outcome};
use crate::world::upload::ContestFolder;
use anyhow::{Context, ensure};
use contest::plan::Plan;
use contest::time::Timestamp;
use dice::Dice;
use player::Player;
use script::Script;
use std::sync::Arc;

/// Before the registration opens, the organizers upload their folder.
const UPLOADED_BEFORE_MS: i64 = 60 * 60 * 1_000;

/// A secret that a replay with the same seed has again.
pub fn secret_of(seed: u64) -> Secret {
    Secret::from_bytes(&Dice::new(seed).bytes64())
}

/// When the organizers of a played contest upload their folder.
pub fn uploaded_at(plan: &Plan) -> Timestamp {
    plan.registration.opens.min(plan.opens()).plus_millis(-UPLOADED_BEFORE_MS)
}

/// A contest on the stage.
pub struct Stage {
    folder: ContestFolder,
    plan: Plan,
    cast: Cast,
    /// Where the story stops; at the end of the contest without one.
    until: Option<Timestamp>,
    player: Option<Arc<Player>>,
}

impl Stage {
    /// A contest to be played by a cast.
    ///
    /// # Errors
    /// Where the plan has errors.
    pub fn new(folder: ContestFolder, cast: Cast) -> anyhow::Result<Self> {
        let plan = folder.plan()?;
        Ok(Self { folder, plan, cast, until: None, player: None })
    }

    /// A contest that a cast plays up to an instant, in the middle of a round too.
    ///
    /// # Errors
    /// Where the plan has errors.
    pub fn until(folder: ContestFolder, cast: Cast, until: Timestamp) -> anyhow::Result<Self> {
        Ok(Self { until: Some(until), ..Self::new(folder, cast)? })
    }

    /// Whether a round has been played by an instant.
    pub fn is_played_by(&self, place: usize, at: Timestamp) -> bool {
        let played = self.played();
        played.rounds.get(place).is_some_and(|round| round.closes <= at)
    }

    /// The plan as far as it is played.
    fn played(&self) -> Plan {
        let mut plan = self.plan.clone();
        if let Some(until) = self.until {
            plan.rounds.retain(|round| round.opens < until);
            for round in &mut plan.rounds {
                round.closes = round.closes.min(until);
            }
        }
        plan
    }

    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Uploads the folder and writes the script.
    ///
    /// # Errors
    /// Where an upload is rejected or the cast does not fit the plan.
    pub async fn enter(&mut self, world: &World) -> anyhow::Result<()> {
        let script = Script::write(&self.played(), self.cast)?;
        self.folder.upload_whole(&world.s3).await?;
        if let Some(announced) = self.plan.announced {
            advance(world, announced).await?;
        }
        let mut dice = Dice::new(self.cast.seed.wrapping_add(1));
        self.player = Some(Arc::new(Player::new(world.front_door(), &self.folder, script, &mut dice).await?));
        Ok(())
    }

    /// Opens a round, by its schedule, and plays it; `played` hears of every accepted attempt.
    ///
    /// # Errors
    /// Where a schedule fails or a request is refused.
    pub async fn play_round(&self, world: &World, place: usize, played: impl Fn()) -> anyhow::Result<()> {
        let round = &self.plan.rounds[place];
        advance(world, round.opens).await?;
        let player = self.player.as_ref().context("nothing is played before the folder is uploaded")?;
        player.play_round(place, played).await.with_context(|| format!("round {}", round.id))
    }
}

/// Moves the clock, unless it is there already, and expects that everything fired well.
///
/// # Errors
/// The first schedule that failed.
pub async fn advance(world: &World, to: Timestamp) -> anyhow::Result<()> {
    let fired = world.scheduler_run.advance_to(to.max(world.clock.now())).await?;
    let failed: Option<&Fired> = fired.iter().find(|fired| fired.outcome == Outcome::Error);
    ensure!(failed.is_none(), "a schedule failed: {failed:?}");
    Ok(())
}

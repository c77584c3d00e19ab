//! Fires what is due: in the order of (time, name), one after the other, the clock standing at least
//! at the time of what is fired, and no request of before still unanswered.

use super::clock::{Backwards, Clock};
use super::data::DataFolder;
use super::in_flight::InFlight;
use crate::engines::schedules::{Schedule, Schedules};
use contest::time::Timestamp;
use serde::Serialize;
use std::pin::Pin;
use std::sync::Arc;
use tokio::sync::Mutex;

/// What calling a function comes to: a line for the log, or the error it returned.
pub type Called = Pin<Box<dyn Future<Output = anyhow::Result<String>> + Send>>;

/// Calls the function that a schedule names, at the time of the clock.
pub type Call = Box<dyn Fn(&Schedule, Timestamp) -> Called + Send + Sync>;

/// One run of a schedule, as `POST /_local/clock` reports it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fired {
    pub schedule: String,
    /// The time for which it was due, RFC 3339.
    pub at: String,
    pub outcome: Outcome,
    /// What the function said, or the chain of its error.
    pub detail: String,
}

/// How a run went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    Ok,
    /// The function failed; the schedule is tried again a minute later, three times at most.
    Error,
}

/// Why the clock was not moved.
#[derive(Debug, thiserror::Error)]
pub enum NotMoved {
    /// It is past there already.
    #[error(transparent)]
    Backwards(#[from] Backwards),
    /// The data folder cannot be written.
    #[error("the clock cannot be kept")]
    NotKept(#[source] anyhow::Error),
}

/// Fires schedules, one at a time.
pub struct SchedulerRun {
    clock: Arc<Clock>,
    schedules: Arc<Schedules>,
    in_flight: Arc<InFlight>,
    call: Call,
    /// Where the clock is kept.
    data: Option<Arc<DataFolder>>,
    turn: Mutex<()>,
}

impl std::fmt::Debug for SchedulerRun {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SchedulerRun").field("schedules", &self.schedules).finish_non_exhaustive()
    }
}

impl SchedulerRun {
    /// Fires by this clock, calling functions in this way.
    pub fn new(clock: Arc<Clock>, schedules: Arc<Schedules>, in_flight: Arc<InFlight>, call: Call) -> Self {
        Self { clock, schedules, in_flight, call, data: None, turn: Mutex::new(()) }
    }

    /// The same, keeping in a data folder where the clock was moved to.
    pub fn kept_in(self, data: Option<Arc<DataFolder>>) -> Self {
        Self { data, ..self }
    }

    /// Moves the clock forwards to `target`, stopping at every schedule on the way, those included
    /// that a fired function creates.
    ///
    /// # Errors
    /// [`NotMoved`]; nothing is fired then.
    pub async fn advance_to(&self, target: Timestamp) -> Result<Vec<Fired>, NotMoved> {
        let _turn = self.turn.lock().await;
        let now = self.clock.now();
        if target < now {
            return Err(Backwards { now }.into());
        }
        // Kept before anything fires: after a crash the clock stands at the target and fires the rest.
        if let Some(data) = &self.data {
            data.keep_clock(target).map_err(NotMoved::NotKept)?;
        }
        let fired = self.fire_until(target).await;
        self.clock.advance_to_at_least(target);
        Ok(fired)
    }

    /// Fires what has become due while the clock ticked.
    pub async fn fire_due(&self) -> Vec<Fired> {
        let _turn = self.turn.lock().await;
        self.fire_until(self.clock.now()).await
    }

    /// Runs something in the scheduler's turn, so that nothing fires meanwhile.
    pub async fn in_turn<T>(&self, work: impl Future<Output = T>) -> T {
        let _turn = self.turn.lock().await;
        work.await
    }

    async fn fire_until(&self, target: Timestamp) -> Vec<Fired> {
        let mut all = Vec::new();
        while let Some(schedule) = self.schedules.next_due(target).await {
            self.clock.advance_to_at_least(schedule.due());
            self.in_flight.drain(&self.clock).await;
            let result = self.call(&schedule).await;
            let noted = match &result {
                Ok(_) => self.schedules.fired(&schedule).await,
                Err(_) => self.schedules.failed(&schedule).await,
            };
            all.push(report(&schedule, result));
            if let Err(error) = noted {
                // Running it again and again would not help: the next tick tries anew.
                tracing::error!("cannot note that {} was fired: {error:#}", schedule.name);
                break;
            }
        }
        all
    }

    async fn call(&self, schedule: &Schedule) -> anyhow::Result<String> {
        let call = (self.call)(schedule, self.clock.now());
        // A task of its own turns a panic into an error, as the Lambda runtime does.
        crate::engines::task::spawn(call).await.unwrap_or_else(|panic| Err(anyhow::Error::new(panic)))
    }
}

fn report(schedule: &Schedule, result: anyhow::Result<String>) -> Fired {
    let (outcome, detail) = match result {
        Ok(summary) => (Outcome::Ok, summary),
        Err(error) => (Outcome::Error, format!("{error:#}")),
    };
    match outcome {
        Outcome::Ok => tracing::info!(schedule = %schedule.name, "fired: {detail}"),
        Outcome::Error => {
            tracing::error!(schedule = %schedule.name, failures = schedule.failures + 1, "failed: {detail}")
        }
    }
    Fired { schedule: schedule.name.clone(), at: schedule.due().rfc3339(), outcome, detail }
}

#[cfg(test)]
mod tests;

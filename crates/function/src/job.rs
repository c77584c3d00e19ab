//! Functions that a schedule or an upload wakes. Each event is one line of the log; each contest is looked at whatever
//! becomes of the others.

use crate::log::{self, JobMetrics};
use anyhow::anyhow;
use contest::ids::ContestId;
use contest::time::Timestamp;
use lambda_runtime::{Error, LambdaEvent, run, service_fn};
use serde::de::DeserializeOwned;
use std::time::{SystemTime, UNIX_EPOCH};
use store::wakeup::Wakeup;
use store::{Control, StoreError, metered};

/// Handles each event that Lambda has, with the time at which it came.
///
/// # Errors
/// Where Lambda cannot be asked.
pub async fn serve<E: DeserializeOwned>(
    handle: impl AsyncFn(E, Timestamp) -> anyhow::Result<String>,
) -> Result<(), Error> {
    let handle = &handle;
    run(service_fn(move |event: LambdaEvent<E>| async move {
        #[expect(clippy::disallowed_methods, reason = "the clock of a job is read here, once")]
        let elapsed = SystemTime::now().duration_since(UNIX_EPOCH)?;
        let now = Timestamp::from_millis(i64::try_from(elapsed.as_millis())?);
        Ok::<_, Error>(handle(event.payload, now).await?)
    }))
    .await
}

/// A function that brings every contest to the state that the time demands, however often it is woken.
pub trait Reconciler: Sync {
    /// Its name in the log.
    const NAME: &'static str;

    /// Whether it is noted that it has looked at everything and all was well, for those who watch over the platform.
    const NOTES_SWEEPS: bool = false;

    /// The table that knows which contests there are.
    fn control(&self) -> &Control;

    /// Brings one contest to the state that `now` demands, and returns in a line each what was done.
    fn reconcile(
        &self,
        contest: &ContestId,
        wakeup: &Wakeup,
        now: Timestamp,
        metrics: &mut JobMetrics,
    ) -> impl Future<Output = anyhow::Result<Vec<String>>> + Send;
}

/// Looks at the contest that a wake-up is about, or at every contest, and says in one line of the log what was done.
///
/// # Errors
/// What went wrong, after everything else was tried: the scheduler calls again.
pub async fn for_each_contest<R: Reconciler>(function: &R, wakeup: &Wakeup, now: Timestamp) -> anyhow::Result<String> {
    let mut metrics = JobMetrics::default();
    let (outcome, used) = metered(Box::pin(all(function, wakeup, now, &mut metrics))).await;
    log::job(R::NAME, outcome, &used, Some(metrics))
}

async fn all<R: Reconciler>(
    function: &R,
    wakeup: &Wakeup,
    now: Timestamp,
    metrics: &mut JobMetrics,
) -> anyhow::Result<String> {
    let contests = match &wakeup.contest {
        Some(contest) => vec![ContestId::parse(contest)?],
        None => function.control().query_contests().await?,
    };
    let (mut done, mut faults) = (Vec::new(), Vec::new());
    for contest in contests {
        match function.reconcile(&contest, wakeup, now, metrics).await {
            Ok(lines) => done.extend(lines),
            Err(fault) => {
                metrics.broken_invariants += u64::from(StoreError::is_corruption(fault.as_ref()));
                faults.push(format!("{contest}: {fault:#}"));
            }
        }
    }
    if !faults.is_empty() {
        return Err(anyhow!("{}", faults.join("; ")));
    }
    if wakeup.sweep && R::NOTES_SWEEPS {
        function.control().note_sweep(R::NAME, now).await?;
    }
    Ok(done.join("; "))
}

//! Figures of rounds under way, counted from rows that are read page by page, and kept as one object a round
//! (`DOMAIN.md` N19). No result depends on them.
//!
//! A reconciler: whatever woke it, the table says whether somebody looks, and [`contest::watch::due`] whether it is time.
//! It may run twice, late, early, or after a crash at any line: figures of a later instant are never replaced by earlier
//! ones, and those that are lost are counted again.

mod config;
mod people;
mod read;
mod replace;

pub use config::Config;

use anyhow::Context;
use contest::ids::ContestId;
use contest::plan::{Plan, Round};
use contest::time::Timestamp;
use contest::watch::due::{Wait, Watch, may_be_counted};
use contest::watch::{Count, WatchedRound};
use documents::watch::{counted, watch_json};
use function::job::{Reconciler, for_each_contest};
use function::log::JobMetrics;
use people::Accounts;
use read::TableBusy;
use store::wakeup::Wakeup;
use store::{Attempts, Bucket, ContestState, Control, People, RoundRecord, Sdk, Tagged, keys};

pub struct App {
    attempts: Attempts,
    control: Control,
    people: People,
    vault: Bucket,
}

impl App {
    pub fn new(config: Config, sdk: &Sdk) -> Self {
        Self {
            attempts: Attempts::new(sdk, config.attempts_table),
            control: Control::new(sdk, config.control_table),
            people: People::new(sdk, config.people_table),
            vault: Bucket::new(sdk, config.vault_bucket),
        }
    }

    /// Counts the rounds that are due. Returns one line that says what was done.
    ///
    /// # Errors
    /// What went wrong, after everything else was tried. A table that has no time is no error: the next wake-up asks again.
    pub async fn handle(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        for_each_contest(self, &wakeup, now).await
    }
}

impl Reconciler for App {
    const NAME: &'static str = "watch-round";

    fn control(&self) -> &Control {
        &self.control
    }

    async fn reconcile(
        &self,
        contest: &ContestId,
        wakeup: &Wakeup,
        now: Timestamp,
        _: &mut JobMetrics,
    ) -> anyhow::Result<Vec<String>> {
        let Some(state) = self.control.state(contest).await? else { return Ok(Vec::new()) };
        let Some(plan) = state.load_plan(&self.vault).await? else { return Ok(Vec::new()) };
        let is_meant = |round: &&Round| wakeup.round.as_deref().is_none_or(|id| id == round.id.as_str());
        let mut done = Vec::new();
        for round in plan.rounds.iter().filter(is_meant).filter(|round| may_be_counted(round, now)) {
            let watched = Watched { app: self, state: &state, plan: &plan, round };
            let said = watched.count_if_due(now).await.with_context(|| format!("round {}", round.id))?;
            done.extend(said.map(|said| format!("{contest}/{}: {said}", round.id)));
        }
        Ok(done)
    }
}

/// A round that may be counted.
struct Watched<'a> {
    app: &'a App,
    state: &'a ContestState,
    plan: &'a Plan,
    round: &'a Round,
}

impl Watched<'_> {
    /// Returns what was done, or why nothing was; nothing where nobody looks.
    async fn count_if_due(&self, now: Timestamp) -> anyhow::Result<Option<String>> {
        let Self { app, plan, round, .. } = self;
        let marks = app.control.watch_marks(&plan.id, &round.id).await?;
        if !marks.are_looked_at(now) {
            return Ok(None);
        }
        let record = app.control.round(&plan.id, &round.id).await?.context("a round without a record")?;
        let latest = app.vault.get_tagged(&keys::watch_latest(&plan.id, &round.id)).await?;
        let last = latest.as_ref().and_then(|latest| counted(&latest.bytes));
        match (Watch { round, phase: record.phase, marks, counted: last }).due(now) {
            Err(Wait::NobodyLooked) => Ok(None),
            Err(wait) => Ok(Some(format!("waits: {wait}"))),
            Ok(()) => match self.count(&record, latest, now).await {
                // Nothing more is read until a later wake-up: whoever hands something in needs the table more.
                Err(fault) if fault.is::<TableBusy>() => {
                    app.control.watch_busy(&plan.id, &round.id, now).await?;
                    Ok(Some(format!("{fault:#}")))
                }
                outcome => outcome.map(Some),
            },
        }
    }

    async fn count(&self, record: &RoundRecord, latest: Option<Tagged>, now: Timestamp) -> anyhow::Result<String> {
        let Self { app, state, plan, round } = self;
        let Accounts { accounts, read_at } = people::accounts(self, now).await?;
        let units = state.load_units(&app.vault).await?;
        let mut count = Count::among(&accounts, WatchedRound::of(plan, round, &units), now);
        for shard in 0..record.spread.shards {
            read::attempts(self, shard, |row| count.add(row)).await?;
        }
        let figures = count.figures();
        let bytes = watch_json(&figures, &units, [now, read_at]);
        let path = keys::watch_latest(&plan.id, &round.id);
        let is_as_new = |stands: &[u8]| counted(stands).is_some_and(|stands| stands.as_of >= now);
        let replaced = replace::replace(&app.vault, &path, (latest, bytes), is_as_new).await?;
        let rows = figures.rows;
        Ok(if replaced { format!("counted {rows} rows") } else { format!("counted {rows} rows, later than another") })
    }
}

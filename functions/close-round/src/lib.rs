//! Closing a round: shut its gates, keep its rows, score and rank them; later, whatever decisions and draws change.
//!
//! A reconciler: the event only wakes it up, the table says what is to be done, and every step is
//! either put-if-absent or a compare-and-swap. It may run twice, late, early, or after a crash at any
//! line (`RELIABILITY.md` 2.4).

mod config;
mod editions;
mod freeze;
mod frozen;
mod ledger;
mod opening;
mod preview;
mod proposals;
#[cfg(test)]
mod protocol;
mod review;
mod score;

pub use config::Config;
pub use preview::Previewed;

use crate::editions::ClosedRound;
use crate::frozen::{EarlierRounds, Records, Tried};
use anyhow::{Context, bail, ensure};
use contest::closing::{Phase, Step, is_late, next_step, wait_before_closing_ms};
use contest::decision::{Decision, of_round};
use contest::ids::{ContestId, RoundId};
use contest::load::Load;
use contest::plan::Round;
use contest::time::Timestamp;
use function::job::{Reconciler, for_each_contest};
use function::log::JobMetrics;
use std::time::Duration;
use store::wakeup::{Wakeup, WakeupStep};
use store::{Advance, Attempts, Bucket, ContestSnapshot, Control, People, RoundRecord, Sdk, Secrets};

/// Times that the table's clock is asked before closing gives up until the next trigger.
const CLOCK_READINGS: usize = 4;

/// The longest wait inside the function: the drain of a minute, and clocks a minute apart.
const LONGEST_WAIT_MS: u64 = 120_000;

pub struct App {
    secrets: Secrets,
    attempts: Attempts,
    control: Control,
    people: People,
    vault: Bucket,
    site: Bucket,
    site_url: String,
    drain_ms: i64,
    carried: Load,
}

impl App {
    /// Reads the deployment's secret.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        Ok(Self {
            secrets: Secrets::load(sdk, &config.secret_id).await?,
            attempts: Attempts::new(sdk, config.attempts_table),
            control: Control::new(sdk, config.control_table),
            people: People::new(sdk, config.people_table),
            vault: Bucket::new(sdk, config.vault_bucket),
            site: Bucket::new(sdk, config.site_bucket),
            site_url: config.site_url,
            drain_ms: config.drain_seconds * 1_000,
            carried: config.carried,
        })
    }

    /// Brings the rounds that the wake-up is about to the state that `now` demands. Returns one line that
    /// says what was done.
    ///
    /// # Errors
    /// What went wrong, after everything else was tried: the scheduler calls again.
    pub async fn handle(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        for_each_contest(self, &wakeup, now).await
    }

    /// What decisions about ranked rounds would change, in every round and over the contest. Writes nothing.
    ///
    /// # Errors
    /// Where one of the rounds is not ranked yet, or cannot be read.
    pub async fn preview(&self, contest: &ContestId, new: Vec<Decision>) -> anyhow::Result<Vec<Previewed>> {
        let state = self.control.state(contest).await?.context("there is no such contest")?;
        let snapshot = ContestSnapshot::of(state, &self.vault, &self.secrets).await?;
        let snapshot = snapshot.context("the contest has no plan")?;
        let mut previewed = preview::preview(self, &snapshot, new).await?;
        for round in &mut previewed {
            round.names = preview::names(self, &snapshot, &round.codes).await?;
        }
        Ok(previewed)
    }
}

impl Reconciler for App {
    const NAME: &'static str = "close-round";
    const NOTES_SWEEPS: bool = true;

    fn control(&self) -> &Control {
        &self.control
    }

    async fn reconcile(
        &self,
        contest: &ContestId,
        wakeup: &Wakeup,
        now: Timestamp,
        metrics: &mut JobMetrics,
    ) -> anyhow::Result<Vec<String>> {
        let Some(state) = self.control.state(contest).await? else { return Ok(Vec::new()) };
        // Where nothing drains the clock can be set, and says nothing of the table's.
        let other = self.control.reply_time().filter(|_| self.drain_ms > 0);
        metrics.clock_skew_ms = metrics.clock_skew_ms.or(other.map(|other| now.millis().abs_diff(other.millis())));
        let snapshot = ContestSnapshot::of(state, &self.vault, &self.secrets).await?;
        let Some(contest) = snapshot else { return Ok(Vec::new()) };
        if wakeup.step == Some(WakeupStep::Open) {
            let round = wakeup.round.as_deref().context("an opening without a round")?;
            return opening::check(self, &contest, &RoundId::parse(round)?, now).await.map(|line| vec![line]);
        }
        // Nobody could take part, and its rounds may still be moved: they are neither closed nor ranked.
        if contest.state.is_draft() {
            return Ok(Vec::new());
        }
        if wakeup.step == Some(WakeupStep::Preview) {
            return proposals::try_asked(self, &contest, now).await;
        }
        let decisions = contest.decisions().await?;
        // In order of closing, since a winner of an earlier round may be passed over in a later one.
        let mut rounds: Vec<&Round> = contest.plan.rounds.iter().collect();
        rounds.sort_by_key(|round| round.closes);
        let (mut done, mut records) = (Vec::new(), Records::new());
        for round in rounds.iter().filter(|round| now >= round.closes) {
            let closed = self.close(&contest, round, &decisions, &mut records, now).await;
            if let Ok(Some(record)) = self.control.round(&contest.plan.id, &round.id).await {
                metrics.late_rounds += u64::from(is_late(round, record.phase, now));
            }
            done.extend(closed.with_context(|| format!("round {}", round.id))?);
        }
        // Whatever a lost wake-up left; there is nothing to decide about before a round has closed.
        if wakeup.sweep && contest.plan.rounds.iter().any(|round| round.closes <= now) {
            done.extend(proposals::try_asked(self, &contest, now).await?);
        }
        // Last, when nobody waits any more, and as long as somebody is known.
        for round in rounds.iter().filter(|_| now < contest.plan.erases()) {
            let Some(record) = records.get(&round.id) else { continue };
            let reviewed = review::make_missing(self, &contest, (round, record), &decisions).await;
            done.extend(reviewed.with_context(|| format!("the review of round {}", round.id))?);
        }
        Ok(done)
    }
}

impl App {
    async fn close(
        &self,
        contest: &ContestSnapshot,
        round: &Round,
        decisions: &[Decision],
        records: &mut Records,
        now: Timestamp,
    ) -> anyhow::Result<Vec<String>> {
        let id = &contest.plan.id;
        let mut record = self.control.round(id, &round.id).await?.context("the round has no record")?;
        let now = if record.phase == Phase::Open { self.wait_for_the_drain(contest, round, now).await? } else { now };
        let (begun, mut done, decisions) = (record.phase, Vec::new(), of_round(decisions, &round.id));
        loop {
            match next_step(round, record.phase, now, self.drain_ms) {
                Some(Step::BeginClosing) => {
                    self.control.advance_phase(id, &round.id, Advance::BeginClosing).await?;
                }
                Some(Step::ShutGates) => self.shut_gates(contest, round, &record).await?,
                Some(Step::Freeze) => {
                    self.secrets.require_published_key(&self.site, id).await?;
                    freeze::freeze(self, contest, round, &record).await?;
                }
                // What an older program has published has no editions, and stays as it is.
                None if record.phase == Phase::Published && record.editions.scored.is_empty() => break,
                // What is frozen has editions, before and after they are published.
                Some(Step::Rank | Step::Publish) | None if record.frozen_sha256.is_some() => {
                    let Some(earlier) = EarlierRounds::of(&contest.plan, round, records, &Tried::new())? else { break };
                    let (round, record, decisions) = (&round.id, &record, decisions.as_slice());
                    let closed = ClosedRound { contest: id, round, record, decisions, earlier: &earlier };
                    let Some(edition) = editions::add_next(self, &closed).await? else { break };
                    if edition.number > 1 {
                        done.push(format!("scored edition {} of {id}/{round}", edition.number));
                    }
                }
                Some(Step::Rank | Step::Publish) | None => break,
            }
            record = self.control.round(id, &round.id).await?.context("the round's record is gone")?;
        }
        if record.phase != begun {
            done.insert(0, format!("closed {id}/{} to {}", round.id, record.phase));
        }
        records.insert(round.id.clone(), record);
        Ok(done)
    }

    /// Waits until the end and the drain have passed by this function's clock and by the table's; where
    /// nothing drains, by this function's alone, since that one can be set. Returns what time it is then.
    async fn wait_for_the_drain(
        &self,
        contest: &ContestSnapshot,
        round: &Round,
        now: Timestamp,
    ) -> anyhow::Result<Timestamp> {
        let mut now = now;
        for _ in 0..CLOCK_READINGS {
            let other = if self.drain_ms > 0 { self.control.reply_time().unwrap_or(now) } else { now };
            let wait_ms = wait_before_closing_ms(round, self.drain_ms, [now, other]);
            if wait_ms == 0 {
                return Ok(now);
            }
            ensure!(wait_ms <= LONGEST_WAIT_MS, "the table's clock is {wait_ms} ms before the end of the drain");
            tokio::time::sleep(Duration::from_millis(wait_ms)).await;
            now = now.plus_millis(i64::try_from(wait_ms)?);
            // Any strong read: its reply carries the table's time.
            self.control.round(&contest.plan.id, &round.id).await?;
        }
        bail!("the table's clock does not move")
    }

    /// Every copy is set shut and read back before the phase says so: whatever was acknowledged was
    /// written before its gate was shut, so the rows read afterwards hold it.
    async fn shut_gates(&self, contest: &ContestSnapshot, round: &Round, record: &RoundRecord) -> anyhow::Result<()> {
        for copy in 0..record.spread.gates {
            self.control.shut_gate(&contest.plan.id, &round.id, copy).await?;
        }
        Ok(self.control.advance_phase(&contest.plan.id, &round.id, Advance::Shut).await?)
    }
}

//! What follows from a contest's state: records, gates and schedules of its rounds, and what the
//! public may know. Safe to repeat; it always ends with the newest state.

use crate::roles::plan::is_over;
use crate::{App, spread};
use anyhow::{Context, bail};
use contest::closing::Phase;
use contest::decision::{Decision, of_round};
use contest::ids::ContestId;
use contest::plan::{Plan, Round};
use contest::time::Timestamp;
use function::public::Describer;
use store::wakeup::WakeupStep;
use store::{ContestSnapshot, Schedule, Target};

/// How often everything is brought up to date again after another importer was faster.
const TRIES: u32 = 20;

/// When a wake-up comes whose time had passed before the plan arrived.
const SOON_MS: i64 = 60_000;

/// When one comes for which somebody waits; what publishes follows it [soon](SOON_MS).
const AT_ONCE_MS: i64 = 1_000;

impl App {
    /// Brings everything that follows from the state of a contest up to date. `old` is the plan that
    /// was in force before: rounds that are no longer planned lose their schedules. Should that be cut
    /// short, a schedule of an unplanned round wakes a function that finds nothing to do.
    pub(crate) async fn apply_schedules(
        &self,
        contest: &ContestId,
        old: Option<&Plan>,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        for _ in 0..TRIES {
            let state = self.control.state(contest).await?.context("a contest without a state")?;
            let snapshot = ContestSnapshot::of(state, &self.vault, &self.secrets).await?;
            let Some(snapshot) = snapshot else { return Ok(()) };
            let plan = &snapshot.plan;
            if is_over(plan, now) && !self.is_known(contest, &snapshot.state).await? {
                return Ok(());
            }
            self.control.put_contest(contest).await?;
            let decisions = snapshot.decisions().await?;
            for round in &plan.rounds {
                self.apply_round(&snapshot, round, &decisions, now).await?;
            }
            let gone = old.iter().flat_map(|old| &old.rounds).filter(|round| plan.round(&round.id).is_none());
            for round in gone {
                for step in [WakeupStep::Open, WakeupStep::Close, WakeupStep::Publish] {
                    self.schedules.delete_schedule(contest, &round.id, step).await?;
                }
            }
            let describer = Describer { control: &self.control, vault: &self.vault, secrets: &self.secrets };
            match plan.announced.filter(|_| snapshot.state.is_draft()) {
                Some(at) if now < at => {
                    let target = Target { arn: &self.publish_results_arn };
                    self.schedules.put_announcement(contest, at, target).await?;
                }
                _ if snapshot.state.is_draft() => {}
                _ => describer.publish(&self.site, &snapshot).await?,
            }
            // Another upload may have been accepted while this one wrote: then its bytes must win.
            if describer.is_newest(contest, snapshot.state.version).await? {
                return Ok(());
            }
        }
        bail!("other uploads to {contest} were always faster")
    }

    async fn apply_round(
        &self,
        snapshot: &ContestSnapshot,
        round: &Round,
        decisions: &[Decision],
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let contest = &snapshot.plan.id;
        let record = match self.control.round(contest, &round.id).await? {
            Some(record) => record,
            None => {
                self.control.insert_round(contest, &round.id, spread::OF_A_ROUND).await?;
                // Another importer may have been faster, and have made it otherwise.
                self.control.round(contest, &round.id).await?.context("a round without a record")?
            }
        };
        if record.phase == Phase::Open {
            for copy in 0..record.spread.gates {
                self.control.open_gate(contest, &round.id, copy, snapshot.state.version).await?;
            }
        }
        // What a witness has shown may be all that a draw waits for.
        let draw_due = record.editions.await_draw();
        let phase = record.phase;
        let closing_due = matches!(phase, Phase::Open | Phase::Closing | Phase::Shut | Phase::Frozen);
        // What was decided after the newest edition makes another one. Later rounds that it changes are closed with it.
        let newest = record.editions.scored.last().map(|newest| newest.edition.decisions as usize);
        let decided = newest.is_some_and(|rests_on| of_round(decisions, &round.id).len() > rests_on);
        // A point that has passed while its work is undone comes soon.
        let soon = |at: Timestamp| if at > now { at } else { now.plus_millis(SOON_MS) };
        let closes = if decided { now.plus_millis(AT_ONCE_MS) } else { soon(round.closes) };
        let publish_due = phase != Phase::Published || draw_due || decided;
        // A round that was not ready when it opened is looked at again: this upload may be what it lacked.
        let is_unready = record.ready_at.is_none() && phase == Phase::Open && now < round.closes;
        let opening_due = now < round.opens || (is_unready && !snapshot.state.is_draft());
        let points = [
            (WakeupStep::Open, soon(round.opens), &self.close_round_arn, opening_due),
            (WakeupStep::Close, closes, &self.close_round_arn, closing_due || decided),
            (WakeupStep::Publish, soon(round.publishes), &self.publish_results_arn, publish_due),
        ];
        for (step, at, arn, due) in points {
            if due {
                let schedule = Schedule { contest, round: &round.id, step, at };
                self.schedules.put_schedule(&schedule, Target { arn }).await?;
            }
        }
        Ok(())
    }
}

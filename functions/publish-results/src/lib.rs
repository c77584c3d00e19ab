//! Publishing: a contest at the moment that its plan announces, and a ranked round: files of a version that never change, then
//! the pointer that names it.
//!
//! A reconciler like closing. It cannot read an answer key: what is revealed of one was laid into the
//! ranked results by the function that closed the round.

mod announce;
mod audit_head;
mod beacon;
mod config;
mod draw;
mod named;
mod over_contest;
#[cfg(test)]
mod protocol;
mod publish;
mod retain;
mod version;

pub use config::Config;

use anyhow::{Context, bail};
use contest::closing::{Phase, is_draw_late, is_late};
use contest::decision::{Decision, of_round};
use contest::ids::ContestId;
use contest::plan::{Round, UnbrokenTie};
use contest::time::Timestamp;
use function::job::{Reconciler, for_each_contest};
use function::log::JobMetrics;
use over_contest::PublishedRound;
use store::wakeup::Wakeup;
use store::{Audit, Bucket, ContestSnapshot, Control, People, RoundRecord, Sdk, Secrets};
use version::Publication;

pub struct App {
    secrets: Secrets,
    control: Control,
    people: People,
    vault: Bucket,
    site: Bucket,
    officials: Bucket,
    audit: Audit,
    beacon_url: String,
}

impl App {
    /// Reads the deployment's secret.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        let control = Control::new(sdk, config.control_table);
        let vault = Bucket::new(sdk, config.vault_bucket);
        Ok(Self {
            secrets: Secrets::load(sdk, &config.secret_id).await?,
            audit: Audit::new(control.clone(), vault.clone()),
            control,
            people: People::new(sdk, config.people_table),
            vault,
            site: Bucket::new(sdk, config.site_bucket),
            officials: Bucket::new(sdk, config.officials_bucket),
            beacon_url: config.beacon_url,
        })
    }

    /// Publishes the rounds that are due. Returns one line that says what was done.
    ///
    /// # Errors
    /// What went wrong, after everything else was tried; a round that is due but not ranked yet is one
    /// of these, so that the scheduler calls again.
    pub async fn handle(&self, wakeup: Wakeup, now: Timestamp) -> anyhow::Result<String> {
        for_each_contest(self, &wakeup, now).await
    }
}

impl Reconciler for App {
    const NAME: &'static str = "publish-results";
    const NOTES_SWEEPS: bool = true;

    fn control(&self) -> &Control {
        &self.control
    }

    async fn reconcile(
        &self,
        contest: &ContestId,
        _: &Wakeup,
        now: Timestamp,
        metrics: &mut JobMetrics,
    ) -> anyhow::Result<Vec<String>> {
        let Some(state) = self.control.state(contest).await? else { return Ok(Vec::new()) };
        let snapshot = ContestSnapshot::of(state, &self.vault, &self.secrets).await?;
        let Some(snapshot) = snapshot else { return Ok(Vec::new()) };
        let (snapshot, announced) = announce::announce_due(self, snapshot, now).await.context("making it public")?;
        let (mut done, mut published) = (Vec::from_iter(announced), Vec::new());
        // Nobody could take part in a draft, and nobody learns of it by a file.
        if snapshot.state.is_draft() {
            done.extend(retain::line(contest, retain::erase_due(self, &snapshot, now).await?));
            return Ok(done);
        }
        for round in snapshot.plan.rounds.iter().filter(|round| now >= round.publishes) {
            let mut record = self.record(contest, round).await?;
            metrics.late_rounds += u64::from(is_late(round, record.phase, now));
            // What an older program has published has no editions, and stays as it is.
            if record.editions.scored.is_empty() && record.phase != Phase::Published {
                bail!("round {} is due for publication but still {}", round.id, record.phase);
            }
            if record.editions.unpublished().is_empty() {
                published.push(PublishedRound { round, record });
                continue;
            }
            let decisions = self.decisions(contest).await?;
            let decisions = &of_round(&decisions, &round.id);
            let editions = &record.editions;
            for record in editions.unpublished() {
                let publication = Publication { contest, round, record, editions, decisions };
                let published = publish::publish(self, &publication, now).await;
                done.push(published.with_context(|| format!("round {}", round.id))?);
            }
            record.editions.published = u32::try_from(record.editions.scored.len())?;
            published.push(PublishedRound { round, record });
        }
        let over = over_contest::publish(self, &snapshot, &published, now).await.context("over the contest")?;
        done.extend(over.done);
        done.extend(retain::line(contest, retain::erase_due(self, &snapshot, now).await?));
        done.extend(audit_head::publish_due(self, contest, now).await.context("the head of the log")?);
        // Last, since a beacon that cannot be read must hold up nothing else.
        done.extend(self.hold_draws(&snapshot, over.awaits_draw, now, metrics).await?);
        Ok(done)
    }
}

impl App {
    /// Draws lots for rounds that wait for them; those of the last round where prizes over the contest do (`for_contest`).
    async fn hold_draws(
        &self,
        contest: &ContestSnapshot,
        for_contest: bool,
        now: Timestamp,
        metrics: &mut JobMetrics,
    ) -> anyhow::Result<Vec<String>> {
        let (plan, mut done) = (&contest.plan, Vec::new());
        if plan.rules.ranking.unbroken_tie != UnbrokenTie::Lot {
            return Ok(done);
        }
        for round in plan.rounds.iter().filter(|round| now >= round.publishes) {
            let record = self.record(&plan.id, round).await?;
            let is_last = plan.rounds.last().is_some_and(|last| last.id == round.id);
            if record.editions.await_draw() || (is_last && for_contest && record.editions.draw.is_none()) {
                metrics.late_rounds += u64::from(is_draw_late(round, now));
                let held = draw::hold(self, contest, round, now);
                done.push(held.await.with_context(|| format!("draw of round {}", round.id))?);
            }
        }
        Ok(done)
    }

    /// Every decision in force: read after the record of editions that rest on some, since those were in force before the
    /// editions were made.
    async fn decisions(&self, contest: &ContestId) -> anyhow::Result<Vec<Decision>> {
        let state = self.control.state(contest).await?.context("the state is gone")?;
        Ok(state.load_decisions(&self.vault).await?)
    }

    async fn record(&self, contest: &ContestId, round: &Round) -> anyhow::Result<RoundRecord> {
        let record = self.control.round(contest, &round.id).await?;
        record.with_context(|| format!("round {} has no record", round.id))
    }
}

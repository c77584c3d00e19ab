//! Documents for officials, made when a version is complete (`CONTRACT.md` 6).
//!
//! A reconciler: publishing never waits for it, and whatever woke it, it makes what is missing of every version. It reads what was kept and published, and writes officials' files and nothing else.

mod commended;
mod config;
mod event;
mod over_contest;
mod printed;
mod put;
mod report;
mod review;
mod roster_codes;
mod round;
mod wished;

pub use config::Config;
pub use event::{Event, Wished};

use anyhow::Context;
use contest::closing::are_documents_late;
use contest::commendation::Account;
use contest::decision::Decision;
use contest::ids::{ContestId, ContestantId, RoundId, UnitCode};
use contest::time::Timestamp;
use documents::officials::{Identities, Identity};
use function::job::{Reconciler, for_each_contest};
use function::log::JobMetrics;
use std::collections::BTreeMap;
use store::wakeup::Wakeup;
use store::{Bucket, ContestSnapshot, Control, Editions, People, Profile, Sdk, Secrets, StoreError, StoredExcluded};

pub struct App {
    secrets: Secrets,
    control: Control,
    people: People,
    vault: Bucket,
    officials: Bucket,
    /// Where contestants look, where that is known.
    site_url: Option<String>,
}

impl App {
    /// Reads the deployment's secret.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        Ok(Self {
            secrets: Secrets::load(sdk, &config.secret_id).await?,
            control: Control::new(sdk, config.control_table),
            people: People::new(sdk, config.people_table),
            vault: Bucket::new(sdk, config.vault_bucket),
            officials: Bucket::new(sdk, config.officials_bucket),
            site_url: config.site_url,
        })
    }

    /// Makes what is missing for the contests that an event is about, or the certificate that somebody wishes. Returns one
    /// line that says what was done.
    ///
    /// # Errors
    /// What went wrong, after everything else was tried: the event is then delivered again.
    pub async fn handle(&self, event: Event, now: Timestamp) -> anyhow::Result<String> {
        if let Event::Wished(wished) = &event {
            let Some(wish) = wished.wish() else { return Ok(String::new()) };
            return wished::print(self, &wish).await;
        }
        let mut done = Vec::new();
        for wakeup in event.wakeups() {
            done.push(for_each_contest(self, &wakeup, now).await?);
        }
        Ok(done.join("; "))
    }

    /// Every decision in force: read after the edition that rests on some, since those were in force before it was made.
    async fn decisions(&self, contest: &ContestId) -> anyhow::Result<Vec<Decision>> {
        let state = self.control.state(contest).await?.context("the state is gone")?;
        Ok(state.load_decisions(&self.vault).await?)
    }

    /// Everybody who has an account, as the uploads in force have it.
    async fn everybody(&self, contest: &ContestSnapshot) -> anyhow::Result<Everybody> {
        let (mut everybody, excluded) = (Everybody::default(), contest.excluded().await?);
        let id = &contest.plan.id;
        for shard in 0..self.control.people_shards(id).await? {
            for (code, profile) in self.people.query_shard(id, shard).await? {
                everybody.add(code, profile, &excluded)?;
            }
        }
        Ok(everybody)
    }
}

/// Who is who, and who brought whom in.
#[derive(Default)]
struct Everybody {
    identities: Identities,
    accounts: Vec<Account>,
    /// What each registered with; of an erased account what is left of it.
    registered: BTreeMap<ContestantId, contest::review::Account>,
}

impl Everybody {
    fn add(&mut self, code: ContestantId, profile: Profile, excluded: &StoredExcluded) -> anyhow::Result<()> {
        let corrupt = |what: &str| StoreError::corrupt("a profile", what);
        let registered = profile.registered()?;
        let birth_date = registered.birth_date;
        self.registered.insert(code.clone(), registered);
        let Some(full_name) = profile.full_name else { return Ok(()) };
        let unit = profile.unit.as_deref().map(UnitCode::parse).transpose().map_err(|_| corrupt("a unit"))?;
        let referrer = profile.referrer.as_deref().map(ContestantId::parse).transpose();
        let referrer = referrer.map_err(|_| corrupt("a referrer"))?;
        let counts = !excluded.names(profile.citizen_id.as_deref(), profile.phone.as_deref());
        self.accounts.push(Account { contestant: code.clone(), unit, referrer, counts });
        self.identities.insert(code, Identity { full_name, birth_date });
        Ok(())
    }
}

/// The editions of rounds whose results are due.
pub(crate) type Records = BTreeMap<RoundId, Editions>;

impl Reconciler for App {
    const NAME: &'static str = "make-documents";

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
        // Once nobody is known any more there is nobody to name.
        let Some(snapshot) = snapshot.filter(|snapshot| now < snapshot.plan.erases()) else { return Ok(Vec::new()) };
        let (mut records, mut made) = (Records::new(), Made::default());
        made.note(roster_codes::make(self, &snapshot, now).await.context("the slips of the roster"));
        for round in snapshot.plan.rounds.iter().filter(|round| now >= round.publishes) {
            let record = self.control.round(contest, &round.id).await?.context("a round without a record")?;
            // From the promised minute on whatever is scored is published as it is, whether that is recorded yet or not:
            // this function may be woken by the pointer before the publisher has said so.
            records.insert(round.id.clone(), record.editions);
            for edition in &records[&round.id].scored {
                let of_round = round::make(self, &snapshot, round, &records, edition).await;
                let was_missing = !matches!(of_round, Ok(None));
                let is_late = are_documents_late(edition.edition.announced_at(round), now);
                metrics.late_rounds += u64::from(was_missing && is_late);
                made.note(of_round.with_context(|| format!("round {}", round.id)));
            }
        }
        made.note(over_contest::make(self, &snapshot, &records).await.context("over the contest"));
        made.note(report::make(self, &snapshot, &records).await.context("the report"));
        made.all()
    }
}

/// What was made, and what could not be: nothing waits for documents of another version.
#[derive(Default)]
struct Made {
    done: Vec<String>,
    failed: Vec<anyhow::Error>,
}

impl Made {
    fn note<T: IntoIterator<Item = String>>(&mut self, made: anyhow::Result<T>) {
        match made {
            Ok(lines) => self.done.extend(lines),
            Err(error) => self.failed.push(error),
        }
    }

    fn all(mut self) -> anyhow::Result<Vec<String>> {
        match self.failed.len() {
            0 => Ok(self.done),
            1 => Err(self.failed.remove(0)),
            more => Err(self.failed.remove(0).context(format!("the first of {more} that failed"))),
        }
    }
}

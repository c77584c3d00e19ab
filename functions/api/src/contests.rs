//! Contests as the function keeps them in memory. Every compiled object is immutable and named by its
//! content, so only the small item that says which of them are in force can be stale.

use crate::error::ApiError;
use contest::bank::PublicQuestion;
use contest::ids::{ContestId, ContestantId, RoundId};
use contest::plan::Round;
use contest::seal::sha256_hex;
use contest::units::UnitTree;
use documents::api::{Moment, Refusal};
use documents::words;
use std::collections::HashMap;
use std::ops::Deref;
use std::sync::{Arc, RwLock};
use store::{
    AccountPlace, Bucket, ContestSnapshot, ContestState, Control, Secrets, SigningKey, Spread, StoreError,
    StoredExcluded, StoredRoster,
};

/// One contest in force.
pub(crate) struct Contest {
    snapshot: ContestSnapshot,
    pub(crate) units: UnitTree,
    pub(crate) roster: StoredRoster,
    pub(crate) excluded: StoredExcluded,
    pub(crate) signer: SigningKey,
    pub(crate) consent_sha256: String,
    people_shards: u16,
    banks: RwLock<HashMap<String, Arc<Vec<PublicQuestion>>>>,
    spreads: RwLock<HashMap<RoundId, Spread>>,
}

/// The plan, the keys and the state are the contest's own.
impl Deref for Contest {
    type Target = ContestSnapshot;

    fn deref(&self) -> &ContestSnapshot {
        &self.snapshot
    }
}

impl Contest {
    /// Shard of the account of a contestant.
    pub(crate) fn people_shard(&self, contestant: &ContestantId) -> u16 {
        self.keys.shard(contestant, self.people_shards)
    }

    /// Where the account of a contestant lies.
    pub(crate) fn place<'a>(&'a self, contestant: &'a ContestantId) -> AccountPlace<'a> {
        AccountPlace { contest: &self.plan.id, shard: self.people_shard(contestant), contestant }
    }

    /// An instant in the contest's zone.
    pub(crate) fn moment(&self, at: contest::time::Timestamp) -> Moment {
        Moment { at, zone: self.plan.time_zone }
    }
}

/// The cache.
pub(crate) struct Contests {
    control: Control,
    vault: Bucket,
    secrets: Secrets,
    kept: RwLock<HashMap<ContestId, Arc<Contest>>>,
}

impl Contests {
    pub(crate) fn new(control: Control, vault: Bucket, secrets: Secrets) -> Self {
        Self { control, vault, secrets, kept: RwLock::default() }
    }

    /// The contest as it is in force now: one small read.
    pub(crate) async fn fresh(&self, id: &ContestId) -> Result<Arc<Contest>, ApiError> {
        let Some(state) = self.control.state(id).await? else { return Err(Refusal::NoSuchContest.into()) };
        // To everyone but its organizers a draft is not there.
        if state.is_draft() {
            return Err(Refusal::NoSuchContest.into());
        }
        if let Some(kept) = self.kept(id).filter(|kept| kept.state == state) {
            return Ok(kept);
        }
        let Some(contest) = self.load(id, state).await? else { return Err(Refusal::NoSuchContest.into()) };
        let contest = Arc::new(contest);
        self.kept.write().expect("no panic while writing").insert(id.clone(), contest.clone());
        Ok(contest)
    }

    /// The contest as it was in force when it was last read, which is enough to accept by: an open
    /// round can only end later. Nobody is refused from it.
    pub(crate) async fn recent(&self, id: &ContestId) -> Result<Arc<Contest>, ApiError> {
        match self.kept(id) {
            Some(kept) => Ok(kept),
            None => self.fresh(id).await,
        }
    }

    /// The questions of a round, or `None` where its bank has not been uploaded.
    pub(crate) async fn bank(
        &self,
        contest: &Contest,
        round: &Round,
    ) -> Result<Option<Arc<Vec<PublicQuestion>>>, StoreError> {
        let Some(bank) = contest.state.banks.get(&round.bank) else { return Ok(None) };
        let path = &bank.questions.path;
        if let Some(kept) = contest.banks.read().expect("no panic while reading").get(path) {
            return Ok(Some(kept.clone()));
        }
        let Some(questions) = contest.bank(round).await? else { return Ok(None) };
        let questions = Arc::new(questions);
        contest.banks.write().expect("no panic while writing").insert(path.clone(), questions.clone());
        Ok(Some(questions))
    }

    /// How widely a round is spread, as its record says; `None` where it has none yet, and so nobody has
    /// started anything in it.
    pub(crate) async fn spread(&self, contest: &Contest, round: &Round) -> Result<Option<Spread>, StoreError> {
        if let Some(kept) = contest.spreads.read().expect("no panic while reading").get(&round.id) {
            return Ok(Some(*kept));
        }
        let Some(record) = self.control.round(&contest.plan.id, &round.id).await? else { return Ok(None) };
        contest.spreads.write().expect("no panic while writing").insert(round.id.clone(), record.spread);
        Ok(Some(record.spread))
    }

    fn kept(&self, id: &ContestId) -> Option<Arc<Contest>> {
        self.kept.read().expect("no panic while reading").get(id).cloned()
    }

    /// `None` while `contest.toml` has not arrived.
    async fn load(&self, id: &ContestId, state: ContestState) -> Result<Option<Contest>, StoreError> {
        let snapshot = ContestSnapshot::of(state, &self.vault, &self.secrets).await?;
        let Some(snapshot) = snapshot else { return Ok(None) };
        Ok(Some(Contest {
            units: snapshot.units().await?,
            roster: snapshot.roster().await?,
            excluded: snapshot.excluded().await?,
            consent_sha256: sha256_hex(words::consent_text(&snapshot.plan).as_bytes()),
            signer: self.secrets.signing_key(id),
            people_shards: self.control.people_shards(id).await?,
            banks: RwLock::default(),
            spreads: RwLock::default(),
            snapshot,
        }))
    }
}

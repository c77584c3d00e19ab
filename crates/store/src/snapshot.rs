//! A contest as its uploads have it at one time. Every compiled object is immutable, so a snapshot says the same
//! however late it is asked.

use crate::compiled::{ContestState, StoredAnnouncements, StoredBank, StoredExcluded, StoredReveals, StoredRoster};
use crate::error::StoreError;
use crate::objects::Bucket;
use crate::secrets::Secrets;
use contest::announcement::Announcement;
use contest::bank::PublicQuestion;
use contest::decision::Decision;
use contest::ids::RoundId;
use contest::plan::{Plan, Round};
use contest::seal::ContestKeys;
use contest::units::UnitTree;

/// What the uploads of one state say, and the contest's keys. The plan is read at once, since everything follows from
/// it; the rest is read when it is asked for, since each read is paid.
pub struct ContestSnapshot {
    /// Which uploads these are.
    pub state: ContestState,
    pub plan: Plan,
    pub keys: ContestKeys,
    vault: Bucket,
}

impl ContestSnapshot {
    /// The contest of a state; `None` while `contest.toml` has not arrived.
    pub async fn of(state: ContestState, vault: &Bucket, secrets: &Secrets) -> Result<Option<Self>, StoreError> {
        let Some(plan) = state.load_plan(vault).await? else { return Ok(None) };
        let keys = secrets.of_contest(&plan.id);
        Ok(Some(Self { state, plan, keys, vault: vault.clone() }))
    }

    /// The contest of a state that was frozen with a round, and so has a plan.
    pub async fn frozen(state: &ContestState, vault: &Bucket, secrets: &Secrets) -> Result<Self, StoreError> {
        let frozen = Self::of(state.clone(), vault, secrets).await?;
        frozen.ok_or_else(|| StoreError::corrupt("the frozen state of a round", "no plan"))
    }

    /// The round as this plan has it.
    pub fn frozen_round(&self, round: &RoundId) -> Result<&Round, StoreError> {
        self.plan.round(round).ok_or_else(|| StoreError::corrupt("the frozen plan", format!("no round {round}")))
    }

    pub async fn units(&self) -> Result<UnitTree, StoreError> {
        self.state.load_units(&self.vault).await
    }

    pub async fn roster(&self) -> Result<StoredRoster, StoreError> {
        self.state.load_roster(&self.vault).await
    }

    /// The excluded people; none while `excluded.*` has not arrived.
    pub async fn excluded(&self) -> Result<StoredExcluded, StoreError> {
        match &self.state.excluded {
            Some(object) => self.vault.referred_json(object).await,
            None => Ok(StoredExcluded::default()),
        }
    }

    /// What its page tells, in the order of the file.
    pub async fn announcements(&self) -> Result<Vec<Announcement>, StoreError> {
        match &self.state.announcements {
            Some(object) => self.vault.referred_json::<StoredAnnouncements>(object).await?.announcements(),
            None => Ok(Vec::new()),
        }
    }

    /// What witnesses have shown so far.
    pub async fn reveals(&self) -> Result<StoredReveals, StoreError> {
        match &self.state.reveals {
            Some(object) => self.vault.referred_json(object).await,
            None => Ok(StoredReveals::default()),
        }
    }

    /// What was decided about closed rounds so far.
    pub async fn decisions(&self) -> Result<Vec<Decision>, StoreError> {
        self.state.load_decisions(&self.vault).await
    }

    /// The questions of a round; `None` while its bank has not arrived.
    pub async fn bank(&self, round: &Round) -> Result<Option<Vec<PublicQuestion>>, StoreError> {
        match self.state.banks.get(&round.bank) {
            Some(bank) => self.vault.referred_json::<StoredBank>(&bank.questions).await?.questions().map(Some),
            None => Ok(None),
        }
    }
}

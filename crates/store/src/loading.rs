//! Reading the uploads that a state names.

use crate::compiled::{ContestState, StoredBank, StoredExcluded, StoredReveals, StoredRoster, StoredUnits};
use crate::error::StoreError;
use crate::objects::Bucket;
use contest::bank::PublicQuestion;
use contest::plan::{Plan, Round};
use contest::plan_file;
use contest::units::UnitTree;

impl ContestState {
    /// The plan; `None` while `contest.toml` has not arrived.
    pub async fn load_plan(&self, vault: &Bucket) -> Result<Option<Plan>, StoreError> {
        let Some(object) = &self.plan else { return Ok(None) };
        let (path, bytes) = (&object.path, vault.referred(object).await?);
        let text = String::from_utf8(bytes).map_err(|e| StoreError::corrupt(path, e))?;
        let reading = plan_file::read(&text);
        let faults = format!("{:?}", reading.errors);
        reading.plan.map(Some).ok_or_else(|| StoreError::corrupt(path, faults))
    }

    /// The units; none while `units.*` has not arrived.
    pub async fn load_units(&self, vault: &Bucket) -> Result<UnitTree, StoreError> {
        match &self.units {
            Some(object) => vault.referred_json::<StoredUnits>(object).await?.tree(),
            None => Ok(UnitTree::default()),
        }
    }

    /// The roster; empty while `roster.*` has not arrived.
    pub async fn load_roster(&self, vault: &Bucket) -> Result<StoredRoster, StoreError> {
        match &self.roster {
            // An empty one has taken its place where the contest's personal data is gone.
            Some(object) => vault.referred_or_emptied(object, StoredRoster::default()).await,
            None => Ok(StoredRoster::default()),
        }
    }

    /// The excluded people; none while `excluded.*` has not arrived.
    pub async fn load_excluded(&self, vault: &Bucket) -> Result<StoredExcluded, StoreError> {
        match &self.excluded {
            Some(object) => vault.referred_json(object).await,
            None => Ok(StoredExcluded::default()),
        }
    }

    /// What witnesses have shown so far.
    pub async fn load_reveals(&self, vault: &Bucket) -> Result<StoredReveals, StoreError> {
        match &self.reveals {
            Some(object) => vault.referred_json(object).await,
            None => Ok(StoredReveals::default()),
        }
    }

    /// The questions of a round; `None` while its bank has not arrived.
    pub async fn load_bank(&self, vault: &Bucket, round: &Round) -> Result<Option<Vec<PublicQuestion>>, StoreError> {
        match self.banks.get(&round.bank) {
            Some(bank) => vault.referred_json::<StoredBank>(&bank.questions).await?.questions().map(Some),
            None => Ok(None),
        }
    }
}

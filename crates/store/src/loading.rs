//! Reading what an importer needs before there is a plan, and a [`crate::ContestSnapshot`] after.

use crate::compiled::{ContestState, StoredRoster, StoredUnits};
use crate::decisions::StoredDecisions;
use crate::error::StoreError;
use crate::objects::Bucket;
use contest::decision::Decision;
use contest::plan::Plan;
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

    /// What was decided about closed rounds so far.
    pub async fn load_decisions(&self, vault: &Bucket) -> Result<Vec<Decision>, StoreError> {
        match &self.decisions {
            Some(object) => vault.referred_json::<StoredDecisions>(object).await?.decisions(),
            None => Ok(Vec::new()),
        }
    }
}

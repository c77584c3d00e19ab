//! What is published over a contest: which versions of its rounds the standings follow from, and the editions of
//! `overall/`, each fixed before it is published.

use crate::conditional::{carried_out, unless_raced};
use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Reader, key, number, text};
use crate::keys;
use contest::edition::Followed;
use contest::ids::{ContestId, RoundId};
use serde::{Deserialize, Serialize};

/// Attributes of the record.
const EDITIONS: &str = "editions";
const PUBLISHED: &str = "published";
const STANDINGS: &str = "standings";

/// The record; empty before anything is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverallRecord {
    /// The editions of `overall/`, the first one first: what each follows from.
    pub editions: Vec<Vec<Followed>>,
    /// How many of them are published.
    pub published: u32,
    /// What the standings follow from.
    pub standings: Vec<Followed>,
}

/// The form in the record.
#[derive(Serialize, Deserialize)]
struct StoredFollowed {
    round: String,
    edition: u32,
}

impl StoredFollowed {
    fn of(followed: &Followed) -> Self {
        Self { round: followed.round.to_string(), edition: followed.edition }
    }

    fn followed(self) -> Result<Followed, StoreError> {
        let round = RoundId::parse(&self.round).map_err(|e| StoreError::corrupt("the record of a contest", e))?;
        Ok(Followed { round, edition: self.edition })
    }
}

fn written(editions: &[Vec<Followed>]) -> Result<String, StoreError> {
    let stored = |edition: &Vec<Followed>| edition.iter().map(StoredFollowed::of).collect();
    let stored: Vec<Vec<StoredFollowed>> = editions.iter().map(stored).collect();
    serde_json::to_string(&stored).map_err(StoreError::failed("write the editions of a contest"))
}

fn read(json: Option<&str>) -> Result<Vec<Vec<Followed>>, StoreError> {
    let Some(json) = json else { return Ok(Vec::new()) };
    let stored: Vec<Vec<StoredFollowed>> =
        serde_json::from_str(json).map_err(|e| StoreError::unparsed("the record of a contest", &e))?;
    stored.into_iter().map(|edition| edition.into_iter().map(StoredFollowed::followed).collect()).collect()
}

impl Control {
    /// What is published over a contest, read strongly.
    pub async fn overall(&self, contest: &ContestId) -> Result<OverallRecord, StoreError> {
        let Some(item) = self.get(key(keys::contest(contest), keys::OVERALL)).await? else {
            return Ok(OverallRecord::default());
        };
        let reader = Reader(&item);
        Ok(OverallRecord {
            editions: read(reader.optional_text(EDITIONS))?,
            published: reader.optional_number(PUBLISHED)?.unwrap_or(0),
            standings: read(reader.optional_text(STANDINGS))?.pop().unwrap_or_default(),
        })
    }

    /// Adds an edition to those that a contest has.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where these are not its editions any more.
    pub async fn add_overall_edition(
        &self,
        contest: &ContestId,
        before: &[Vec<Followed>],
        follows: &[Followed],
    ) -> Result<(), StoreError> {
        let after = [before, &[follows.to_vec()]].concat();
        let update = self
            .update_overall(contest)
            .update_expression("SET editions = :after")
            .expression_attribute_values(":after", text(written(&after)?));
        let update = match before {
            [] => update.condition_expression("attribute_not_exists(editions)"),
            before => update
                .condition_expression("editions = :before")
                .expression_attribute_values(":before", text(written(before)?)),
        };
        unless_raced("keep an edition of a contest", || format!("editions of {contest}"), update.send().await)
    }

    /// Records that an edition is live, unless that of a later one is recorded.
    pub async fn record_overall_publication(&self, contest: &ContestId, edition: u32) -> Result<(), StoreError> {
        let update = self
            .update_overall(contest)
            .update_expression("SET published = :edition")
            .condition_expression("attribute_not_exists(published) OR published < :edition")
            .expression_attribute_values(":edition", number(edition));
        carried_out("record a publication", update.send().await).map(|_was_earlier| ())
    }

    /// Records what the published standings follow from. It spares a look at them, and decides nothing.
    pub async fn record_standings(&self, contest: &ContestId, follows: &[Followed]) -> Result<(), StoreError> {
        let update = self
            .update_overall(contest)
            .update_expression("SET standings = :follows")
            .expression_attribute_values(":follows", text(written(&[follows.to_vec()])?));
        update.send().await.map_err(StoreError::service("record the standings of a contest"))?;
        Ok(())
    }
}

//! What is published over a contest: which versions of its rounds the standings follow from, and the editions of
//! `overall/`, each fixed before it is published.

use crate::conditional::{carried_out, unless_raced};
use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Reader, key, number, text};
use crate::keys;
use contest::edition::Followed;
use contest::edition::over_contest::OverallEdition;
use contest::ids::{ContestId, RoundId};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// Attributes of the record.
const EDITIONS: &str = "editions";
const PUBLISHED: &str = "published";
const AWAITS_DRAW: &str = "awaits_draw";
const STANDINGS: &str = "standings";

/// The record; empty before anything is published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OverallRecord {
    /// The editions of `overall/`, the first one first.
    pub editions: Vec<OverallEdition>,
    /// How many of them are published.
    pub published: u32,
    /// Whether the last of these leaves prizes to a draw.
    pub awaits_draw: bool,
    /// What the standings follow from: editions of rounds, then that of `overall/`, where one is published.
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

/// The form in the record.
#[derive(Serialize, Deserialize)]
struct StoredEdition {
    follows: Vec<StoredFollowed>,
    decisions: u32,
    drawn: bool,
}

impl StoredEdition {
    fn of(OverallEdition { follows, decisions, drawn }: &OverallEdition) -> Self {
        let follows = follows.iter().map(StoredFollowed::of).collect();
        Self { follows, decisions: *decisions, drawn: *drawn }
    }

    fn edition(self) -> Result<OverallEdition, StoreError> {
        let Self { follows, decisions, drawn } = self;
        let follows = follows.into_iter().map(StoredFollowed::followed).collect::<Result<_, _>>()?;
        Ok(OverallEdition { follows, decisions, drawn })
    }
}

fn written<T: Serialize>(stored: impl Iterator<Item = T>) -> Result<String, StoreError> {
    serde_json::to_string(&stored.collect::<Vec<T>>()).map_err(StoreError::failed("write the record of a contest"))
}

fn read<T: DeserializeOwned, U>(
    json: Option<&str>,
    as_known: impl Fn(T) -> Result<U, StoreError>,
) -> Result<Vec<U>, StoreError> {
    let Some(json) = json else { return Ok(Vec::new()) };
    let stored: Vec<T> = serde_json::from_str(json).map_err(|e| StoreError::unparsed("the record of a contest", &e))?;
    stored.into_iter().map(as_known).collect()
}

fn editions(editions: &[OverallEdition]) -> Result<String, StoreError> {
    written(editions.iter().map(StoredEdition::of))
}

impl Control {
    /// What is published over a contest, read strongly.
    pub async fn overall(&self, contest: &ContestId) -> Result<OverallRecord, StoreError> {
        let Some(item) = self.get(key(keys::contest(contest), keys::OVERALL)).await? else {
            return Ok(OverallRecord::default());
        };
        let reader = Reader(&item);
        Ok(OverallRecord {
            editions: read(reader.optional_text(EDITIONS), StoredEdition::edition)?,
            published: reader.optional_number(PUBLISHED)?.unwrap_or(0),
            awaits_draw: reader.optional_number(AWAITS_DRAW)?.unwrap_or(0) > 0,
            standings: read(reader.optional_text(STANDINGS), StoredFollowed::followed)?,
        })
    }

    /// Adds an edition to those that a contest has.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where these are not its editions any more.
    pub async fn add_overall_edition(
        &self,
        contest: &ContestId,
        before: &[OverallEdition],
        edition: &OverallEdition,
    ) -> Result<(), StoreError> {
        let after = [before, std::slice::from_ref(edition)].concat();
        let update = self
            .update_overall(contest)
            .update_expression("SET editions = :after")
            .expression_attribute_values(":after", text(editions(&after)?));
        let update = match before {
            [] => update.condition_expression("attribute_not_exists(editions)"),
            before => update
                .condition_expression("editions = :before")
                .expression_attribute_values(":before", text(editions(before)?)),
        };
        unless_raced("keep an edition of a contest", || format!("editions of {contest}"), update.send().await)
    }

    /// Records that an edition is live, and whether it leaves prizes to a draw, unless that of a later one is recorded.
    pub async fn record_overall_publication(
        &self,
        contest: &ContestId,
        edition: u32,
        awaits_draw: bool,
    ) -> Result<(), StoreError> {
        let update = self
            .update_overall(contest)
            .update_expression("SET published = :edition, awaits_draw = :awaits")
            .condition_expression("attribute_not_exists(published) OR published < :edition")
            .expression_attribute_values(":awaits", number(u32::from(awaits_draw)))
            .expression_attribute_values(":edition", number(edition));
        carried_out("record a publication", update.send().await).map(|_was_earlier| ())
    }

    /// Records what the published standings follow from. It spares a look at them, and decides nothing.
    pub async fn record_standings(&self, contest: &ContestId, follows: &[Followed]) -> Result<(), StoreError> {
        let update = self
            .update_overall(contest)
            .update_expression("SET standings = :follows")
            .expression_attribute_values(":follows", text(written(follows.iter().map(StoredFollowed::of))?));
        update.send().await.map_err(StoreError::service("record the standings of a contest"))?;
        Ok(())
    }
}

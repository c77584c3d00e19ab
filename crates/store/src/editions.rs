//! Which editions a round has, in its record: made one after the other, published one after the other.

use crate::compiled::ObjectRef;
use crate::conditional::{carried_out, unless_raced};
use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Reader, number, text};
use contest::closing::Phase;
use contest::edition::{Basis, Edition, Newest, Status};
use contest::ids::{ContestId, RoundId};
use contest::lots::{Beacon, LotDraw};
use contest::plan_file::hash;
use contest::time::Timestamp;
use data_encoding::HEXLOWER;
use serde::{Deserialize, Serialize};

/// Attributes of a round's record.
const EDITIONS: &str = "editions";
const DRAW: &str = "draw";
const PUBLISHED: &str = "published";
const REVIEWED: &str = "reviewed";

/// An edition that was scored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EditionRecord {
    /// What it rests on.
    pub edition: Edition,
    /// Whether it leaves prizes to a draw.
    pub awaits_draw: bool,
    /// [`crate::RankedRound`]: all that its results follow from.
    pub ranked: ObjectRef,
    /// Hash of who wins which individual prize in it.
    pub winners_sha256: String,
    /// Those of the editions of earlier rounds, one after the other, with which it was last compared.
    pub passed_over: Vec<String>,
    /// Address of the site on which it is published, for papers that lead there; none in editions of the time before it
    /// was kept.
    pub site: Option<String>,
}

impl<'a> From<&'a EditionRecord> for Newest<'a> {
    fn from(record: &'a EditionRecord) -> Self {
        Self { edition: &record.edition, awaits_draw: record.awaits_draw }
    }
}

/// The form in the record; the number of an edition is its place.
#[derive(Serialize, Deserialize)]
struct StoredEdition {
    basis: String,
    status: String,
    reason: Option<String>,
    decided_at_ms: Option<i64>,
    decisions: u32,
    drawn: bool,
    awaits_draw: bool,
    ranked: ObjectRef,
    winners_sha256: String,
    passed_over: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<String>,
}

impl StoredEdition {
    fn of(record: &EditionRecord) -> Self {
        let EditionRecord { edition, awaits_draw, ranked, winners_sha256, passed_over, site } = record;
        Self {
            basis: edition.basis.to_string(),
            status: edition.status.to_string(),
            reason: edition.reason.clone(),
            decided_at_ms: edition.decided_at.map(Timestamp::millis),
            decisions: edition.decisions,
            drawn: edition.drawn,
            awaits_draw: *awaits_draw,
            ranked: ranked.clone(),
            winners_sha256: winners_sha256.clone(),
            passed_over: passed_over.clone(),
            site: site.clone(),
        }
    }

    fn record(self, number: u32) -> Result<EditionRecord, StoreError> {
        let unknown = |word: &str| StoreError::corrupt("the editions of a round", word);
        let edition = Edition {
            number,
            basis: Basis::parse(&self.basis).ok_or_else(|| unknown(&self.basis))?,
            status: Status::parse(&self.status).ok_or_else(|| unknown(&self.status))?,
            reason: self.reason,
            decided_at: self.decided_at_ms.map(Timestamp::from_millis),
            decisions: self.decisions,
            drawn: self.drawn,
        };
        let Self { awaits_draw, ranked, winners_sha256, passed_over, site, .. } = self;
        Ok(EditionRecord { edition, awaits_draw, ranked, winners_sha256, passed_over, site })
    }
}

/// What a draw came from, but for the functions' own value, which follows from the contest's keys.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredDraw {
    witnessed: Vec<String>,
    beacon: Option<StoredBeacon>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredBeacon {
    round: u64,
    signature: String,
}

impl StoredDraw {
    fn of(drawn: &LotDraw) -> Self {
        let beacon =
            |beacon: &Beacon| StoredBeacon { round: beacon.round, signature: HEXLOWER.encode(&beacon.signature) };
        Self {
            witnessed: drawn.witnessed.iter().map(|value| HEXLOWER.encode(value)).collect(),
            beacon: drawn.beacon.as_ref().map(beacon),
        }
    }

    /// The draw, with the functions' own value.
    pub fn with_secret(&self, secret: [u8; 32]) -> Result<LotDraw, StoreError> {
        let corrupt = || StoreError::corrupt("a draw", "no value");
        let beacon = |stored: &StoredBeacon| {
            let signature = HEXLOWER.decode(stored.signature.as_bytes()).map_err(|_| corrupt())?;
            Ok(Beacon { round: stored.round, signature })
        };
        let witnessed = self.witnessed.iter().map(|value| hash(value).map_err(|_| corrupt()));
        Ok(LotDraw {
            secret,
            witnessed: witnessed.collect::<Result<_, _>>()?,
            beacon: self.beacon.as_ref().map(beacon).transpose()?,
        })
    }
}

/// What a round's record says of its editions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Editions {
    /// Scored, from [`Phase::Ranked`] on; the first one first.
    pub scored: Vec<EditionRecord>,
    /// The draw, once it is held.
    pub draw: Option<StoredDraw>,
    /// How many of them are published.
    pub published: u32,
    /// The newest one whose review is kept; 0 before the first.
    pub reviewed: u32,
}

impl Editions {
    /// Whether prizes wait for lots that nobody has drawn yet.
    pub fn await_draw(&self) -> bool {
        self.draw.is_none() && self.scored.last().is_some_and(|newest| newest.awaits_draw)
    }

    /// Those that are not published yet, the first of them first.
    pub fn unpublished(&self) -> &[EditionRecord] {
        self.scored.get(self.published as usize..).unwrap_or_default()
    }

    pub(crate) fn read(read: &Reader<'_>) -> Result<Self, StoreError> {
        let stored: Vec<StoredEdition> = match read.optional_text(EDITIONS) {
            Some(json) => {
                serde_json::from_str(json).map_err(|e| StoreError::unparsed("the editions of a round", &e))?
            }
            None => Vec::new(),
        };
        let draw = read.optional_text(DRAW).map(serde_json::from_str).transpose();
        let scored = (1..).zip(stored).map(|(number, stored)| stored.record(number));
        Ok(Self {
            scored: scored.collect::<Result<_, _>>()?,
            draw: draw.map_err(|e| StoreError::unparsed("the draw of a round", &e))?,
            published: read.optional_number(PUBLISHED)?.unwrap_or(0),
            reviewed: read.optional_number(REVIEWED)?.unwrap_or(0),
        })
    }
}

fn json(editions: &[EditionRecord]) -> Result<String, StoreError> {
    let stored: Vec<StoredEdition> = editions.iter().map(StoredEdition::of).collect();
    serde_json::to_string(&stored).map_err(StoreError::failed("write the editions of a round"))
}

impl Control {
    /// Keeps other editions in the place of those that a round has; the first one moves the round to [`Phase::Ranked`].
    ///
    /// # Errors
    /// [`StoreError::Raced`] where these are not the round's editions any more.
    pub async fn keep_editions(
        &self,
        contest: &ContestId,
        round: &RoundId,
        before: &[EditionRecord],
        after: &[EditionRecord],
    ) -> Result<(), StoreError> {
        let update = self.update_round(contest, round).expression_attribute_values(":after", text(json(after)?));
        let update = if before.is_empty() {
            update
                .update_expression("SET editions = :after, phase = :ranked")
                .condition_expression("phase = :frozen AND attribute_not_exists(editions)")
                .expression_attribute_values(":frozen", text(Phase::Frozen.as_str()))
                .expression_attribute_values(":ranked", text(Phase::Ranked.as_str()))
        } else {
            update
                .update_expression("SET editions = :after")
                .condition_expression("editions = :before")
                .expression_attribute_values(":before", text(json(before)?))
        };
        unless_raced("keep an edition", || format!("editions of {contest}/{round}"), update.send().await)
    }

    /// Records what a draw came from. The same draw again changes nothing.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where another draw stands, or nothing is published that it could follow.
    pub async fn record_draw(&self, contest: &ContestId, round: &RoundId, drawn: &LotDraw) -> Result<(), StoreError> {
        let draw = serde_json::to_string(&StoredDraw::of(drawn)).map_err(StoreError::failed("write a draw"))?;
        let update = self
            .update_round(contest, round)
            .update_expression("SET draw = :draw")
            .condition_expression("phase = :published AND (attribute_not_exists(draw) OR draw = :draw)")
            .expression_attribute_values(":published", text(Phase::Published.as_str()))
            .expression_attribute_values(":draw", text(draw));
        unless_raced("record a draw", || format!("draw of {contest}/{round}"), update.send().await)
    }

    /// Records that an edition is live, unless that of a later one is recorded; the first one moves the round to
    /// [`Phase::Published`].
    pub async fn record_publication(
        &self,
        contest: &ContestId,
        round: &RoundId,
        edition: u32,
    ) -> Result<(), StoreError> {
        let update = self
            .update_round(contest, round)
            .update_expression("SET published = :edition, phase = :published")
            .condition_expression(
                "(phase = :ranked OR phase = :published) AND (attribute_not_exists(published) OR published < :edition)",
            )
            .expression_attribute_values(":edition", number(edition))
            .expression_attribute_values(":ranked", text(Phase::Ranked.as_str()))
            .expression_attribute_values(":published", text(Phase::Published.as_str()));
        carried_out("record a publication", update.send().await).map(|_was_earlier| ())
    }

    /// Notes that the review of an edition is kept, unless that of a later one is.
    pub async fn note_review(&self, contest: &ContestId, round: &RoundId, edition: u32) -> Result<(), StoreError> {
        let update = self
            .update_round(contest, round)
            .update_expression("SET reviewed = :edition")
            .condition_expression(
                "attribute_exists(editions) AND (attribute_not_exists(reviewed) OR reviewed < :edition)",
            )
            .expression_attribute_values(":edition", number(edition));
        carried_out("note a review", update.send().await).map(|_was_earlier| ())
    }
}

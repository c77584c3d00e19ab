//! Table `control`: which uploads are in force, how far each round has come, and the gates
//! (`RELIABILITY.md` 2.1, T2).

use crate::compiled::ContestState;
use crate::conditional::{carried_out, unless_raced};
use crate::editions::Editions;
use crate::error::StoreError;
use crate::item::{Item, Reader, key, number, text};
use crate::keys;
use crate::reply_clock::ReplyClock;
use crate::sdk::Sdk;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use aws_sdk_dynamodb::types::AttributeValue;
use contest::closing::Phase;
use contest::ids::{ContestId, RoundId};
use contest::time::Timestamp;

/// The table of states and gates.
#[derive(Clone, Debug)]
pub struct Control {
    pub(crate) client: aws_sdk_dynamodb::Client,
    reply_clock: ReplyClock,
    pub(crate) table: String,
}

/// How far a round has come, and where its kept files are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundRecord {
    /// Forward only.
    pub phase: Phase,
    /// Fixed when the round is made.
    pub spread: Spread,
    /// Hash of the frozen manifest, from [`Phase::Frozen`] on.
    pub frozen_sha256: Option<String>,
    /// From [`Phase::Ranked`] on.
    pub editions: Editions,
    /// When it was found to be ready at its opening; none where it was not, or the opening is ahead.
    pub ready_at: Option<Timestamp>,
}

/// How widely the hot items of a round are spread. Code that looks for them takes these numbers from the round's
/// record: a program that was built to make rounds with others still finds every submission.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spread {
    /// Shards of its attempts.
    pub shards: u16,
    /// Copies of its gate.
    pub gates: u8,
}

/// Shards of the people of contests that were made before the number was kept.
const UNRECORDED_PEOPLE_SHARDS: u16 = 16;

/// A step of a round to its next phase, with what that phase keeps. What follows comes with its editions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Advance<'a> {
    /// From [`Phase::Open`] to [`Phase::Closing`].
    BeginClosing,
    /// To [`Phase::Shut`].
    Shut,
    /// To [`Phase::Frozen`].
    Freeze {
        /// Hash of the frozen manifest.
        manifest_sha256: &'a str,
    },
}

/// An [`Advance`] in the words of the table.
struct Move<'a> {
    from: Phase,
    to: Phase,
    /// An attribute that is written along.
    kept: Option<(&'static str, &'a str)>,
}

impl<'a> From<Advance<'a>> for Move<'a> {
    fn from(advance: Advance<'a>) -> Self {
        let (from, to, kept) = match advance {
            Advance::BeginClosing => (Phase::Open, Phase::Closing, None),
            Advance::Shut => (Phase::Closing, Phase::Shut, None),
            Advance::Freeze { manifest_sha256 } => (Phase::Shut, Phase::Frozen, Some((FROZEN, manifest_sha256))),
        };
        Self { from, to, kept }
    }
}

/// Attribute of a round's record.
const FROZEN: &str = "frozen";

/// One copy of a gate, read strongly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gate {
    /// Whether submissions that were written may be acknowledged.
    pub open: bool,
    /// [`ContestState::version`] in force when the gate was last written.
    pub state_version: u64,
}

impl Control {
    /// The table of this name.
    pub fn new(sdk: &Sdk, table: impl Into<String>) -> Self {
        Self { client: sdk.dynamodb.clone(), reply_clock: sdk.reply_clock.clone(), table: table.into() }
    }

    /// What time it was by the service's own clock when it last replied; `None` before the first reply.
    pub fn reply_time(&self) -> Option<Timestamp> {
        self.reply_clock.last()
    }

    /// Reads an item that is not there, strongly: the connection, its TLS and the table's keys are paid for
    /// when a function starts and not by the first contestant.
    pub async fn warm_up(&self) -> Result<(), StoreError> {
        self.get(key(keys::WARM_UP, keys::WARM_UP)).await.map(|_absent| ())
    }

    /// Which uploads of a contest are in force; `None` where none ever was accepted.
    pub async fn state(&self, contest: &ContestId) -> Result<Option<ContestState>, StoreError> {
        let Some(item) = self.get(key(keys::contest(contest), keys::STATE)).await? else {
            return Ok(None);
        };
        let json = Reader(&item).text("state")?;
        serde_json::from_str(json).map(Some).map_err(|e| StoreError::unparsed(format!("state of {contest}"), &e))
    }

    /// Puts a state in force if the one before it still is.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where another upload was accepted meanwhile: judge again.
    pub async fn advance_state(&self, contest: &ContestId, state: &ContestState) -> Result<(), StoreError> {
        let json = serde_json::to_string(state).map_err(StoreError::failed("write a contest's state"))?;
        let mut item = key(keys::contest(contest), keys::STATE);
        item.insert("state".to_owned(), text(json));
        item.insert("version".to_owned(), number(state.version));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = match state.version {
            1 => put.condition_expression("attribute_not_exists(pk)"),
            later => {
                put.condition_expression("version = :before").expression_attribute_values(":before", number(later - 1))
            }
        };
        unless_raced("write a contest's state", || format!("state of {contest}"), put.send().await)
    }

    /// Makes a draft public if its state still is in force. Returns the state in force then.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where an upload was accepted meanwhile: that decides anew.
    pub async fn make_public(&self, contest: &ContestId, draft: &ContestState) -> Result<ContestState, StoreError> {
        let public = ContestState { version: draft.version + 1, is_public: Some(true), ..draft.clone() };
        let json = serde_json::to_string(&public).map_err(StoreError::failed("write a contest's state"))?;
        let update = self.client.update_item().table_name(&self.table);
        let update = update.set_key(Some(key(keys::contest(contest), keys::STATE)));
        let reply = update
            .update_expression("SET #state = :state, version = :version")
            .condition_expression("version = :before")
            .expression_attribute_names("#state", "state")
            .expression_attribute_values(":state", text(json))
            .expression_attribute_values(":version", number(public.version))
            .expression_attribute_values(":before", number(draft.version))
            .send()
            .await;
        unless_raced("make a contest public", || format!("state of {contest}"), reply)?;
        Ok(public)
    }

    /// Lists a contest for [`Self::query_contests`]. Safe to repeat.
    pub async fn put_contest(&self, contest: &ContestId) -> Result<(), StoreError> {
        let item = key(keys::CONTESTS, contest.as_str());
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        put.send().await.map_err(StoreError::service("list a contest"))?;
        Ok(())
    }

    /// Every contest, by id.
    pub async fn query_contests(&self) -> Result<Vec<ContestId>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", text(keys::CONTESTS));
        let (mut items, mut contests) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::service("read the contests"))?;
            let id = Reader(&item).text("sk")?;
            contests.push(ContestId::parse(id).map_err(|e| StoreError::corrupt("the list of contests", e))?);
        }
        Ok(contests)
    }

    /// Fixes in how many shards the people of a contest lie, unless that is fixed.
    pub async fn insert_people_shards(&self, contest: &ContestId, shards: u16) -> Result<(), StoreError> {
        let mut item = key(keys::contest(contest), keys::PEOPLE);
        item.insert("shards".to_owned(), number(shards));
        self.put_if_absent("fix the shards of a contest's people", item).await
    }

    /// In how many shards the people of a contest lie. It never changes, so a caller that has read it may keep it.
    pub async fn people_shards(&self, contest: &ContestId) -> Result<u16, StoreError> {
        match self.get(key(keys::contest(contest), keys::PEOPLE)).await? {
            Some(item) => Reader(&item).number("shards"),
            None => Ok(UNRECORDED_PEOPLE_SHARDS),
        }
    }

    /// Makes the record of a round unless it has one.
    pub async fn insert_round(&self, contest: &ContestId, round: &RoundId, spread: Spread) -> Result<(), StoreError> {
        let mut item = key(keys::round(contest, round), keys::PHASE);
        item.insert("phase".to_owned(), text(Phase::Open.as_str()));
        item.insert("shards".to_owned(), number(spread.shards));
        item.insert("gates".to_owned(), number(spread.gates));
        self.put_if_absent("make a round", item).await
    }

    /// How far a round has come, read strongly; `None` before its plan was accepted.
    pub async fn round(&self, contest: &ContestId, round: &RoundId) -> Result<Option<RoundRecord>, StoreError> {
        let Some(item) = self.get(key(keys::round(contest, round), keys::PHASE)).await? else {
            return Ok(None);
        };
        let read = Reader(&item);
        let word = read.text("phase")?;
        Ok(Some(RoundRecord {
            phase: Phase::parse(word).ok_or_else(|| StoreError::corrupt("a phase", word))?,
            spread: Spread { shards: read.number("shards")?, gates: read.number("gates")? },
            frozen_sha256: read.optional_text(FROZEN).map(str::to_owned),
            editions: Editions::read(&read)?,
            ready_at: read.optional_number("ready_ms")?.map(Timestamp::from_millis),
        }))
    }

    /// Moves a round on to its next phase.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where the round is not in the phase before any more.
    pub async fn advance_phase(
        &self,
        contest: &ContestId,
        round: &RoundId,
        advance: Advance<'_>,
    ) -> Result<(), StoreError> {
        let Move { from, to, kept } = advance.into();
        let mut change = String::from("SET phase = :to");
        let mut update = self
            .update_round(contest, round)
            .condition_expression("phase = :from")
            .expression_attribute_values(":from", text(from.as_str()))
            .expression_attribute_values(":to", text(to.as_str()));
        if let Some((name, value)) = kept {
            change.push_str(", #kept = :kept");
            update = update.expression_attribute_names("#kept", name).expression_attribute_values(":kept", text(value));
        }
        let reply = update.update_expression(change).send().await;
        unless_raced("move a round on", || format!("phase of {contest}/{round}"), reply)
    }

    /// Writes one copy of a gate open, with the state in force, unless it was shut.
    pub async fn open_gate(
        &self,
        contest: &ContestId,
        round: &RoundId,
        copy: u8,
        state_version: u64,
    ) -> Result<(), StoreError> {
        let update = self
            .gate_update(contest, round, copy)
            .update_expression("SET #open = :open, state_version = :version")
            .condition_expression("attribute_not_exists(pk) OR #open = :open")
            .expression_attribute_values(":open", AttributeValue::Bool(true))
            .expression_attribute_values(":version", number(state_version));
        // A gate that was shut stays shut.
        carried_out("open a gate", update.send().await).map(|_was_open| ())
    }

    /// Shuts one copy of a gate for good and reads it back strongly.
    pub async fn shut_gate(&self, contest: &ContestId, round: &RoundId, copy: u8) -> Result<(), StoreError> {
        self.gate_update(contest, round, copy)
            .update_expression("SET #open = :shut, state_version = if_not_exists(state_version, :none)")
            .expression_attribute_values(":shut", AttributeValue::Bool(false))
            .expression_attribute_values(":none", number(0))
            .send()
            .await
            .map_err(StoreError::service("shut a gate"))?;
        match self.gate(contest, round, copy).await? {
            Some(Gate { open: false, .. }) => Ok(()),
            _ => Err(StoreError::corrupt(format!("gate {copy} of {contest}/{round}"), "open after it was shut")),
        }
    }

    /// One copy of a gate, read strongly.
    pub async fn gate(&self, contest: &ContestId, round: &RoundId, copy: u8) -> Result<Option<Gate>, StoreError> {
        let Some(item) = self.get(key(keys::gate(contest, round, copy), keys::GATE)).await? else {
            return Ok(None);
        };
        let read = Reader(&item);
        Ok(Some(Gate { open: read.flag("open")?, state_version: read.number("state_version")? }))
    }

    pub(crate) fn update_round(&self, contest: &ContestId, round: &RoundId) -> UpdateItemFluentBuilder {
        let update = self.client.update_item().table_name(&self.table);
        update.set_key(Some(key(keys::round(contest, round), keys::PHASE)))
    }

    pub(crate) fn update_overall(&self, contest: &ContestId) -> UpdateItemFluentBuilder {
        let update = self.client.update_item().table_name(&self.table);
        update.set_key(Some(key(keys::contest(contest), keys::OVERALL)))
    }

    fn gate_update(&self, contest: &ContestId, round: &RoundId, copy: u8) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(keys::gate(contest, round, copy), keys::GATE)))
            .expression_attribute_names("#open", "open")
    }

    async fn put_if_absent(&self, action: &'static str, item: Item) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let reply = put.condition_expression("attribute_not_exists(pk)").send().await;
        carried_out(action, reply).map(|_was_absent| ())
    }

    pub(crate) async fn get(&self, key: Item) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key)).consistent_read(true);
        let reply = get.send().await.map_err(StoreError::service("read from control"))?;
        Ok(reply.item)
    }
}

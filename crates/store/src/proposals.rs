//! Proposals in `control`: what one person wishes to have done and another puts in force (`CONSOLE.md` 3.5). Every step is a
//! write over what it was judged from; that nobody decides about their own stands in the condition besides.

mod proposed;

pub use proposed::{PlanText, Proposed, ProposedChange, ProposedDecision};

use crate::conditional::carried_out;
use crate::control::Control;
use crate::decisions::StoredDecisions;
use crate::error::StoreError;
use crate::item::{Item, Reader, key, number, text};
use crate::keys;
use contest::ids::ProposalId;
use contest::organizers::{Chain, ProposalStatus, Standing};
use contest::plan::Plan;
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    pub what: Proposed,
    /// Why; of decisions it is published.
    pub reason: String,
    /// Account of whoever proposed it.
    pub proposer: String,
    pub proposed_at_ms: i64,
    #[serde(with = "status_word")]
    pub status: ProposalStatus,
    /// When somebody asked that it be tried, until it was.
    pub asked_at_ms: Option<i64>,
    /// What was last shown of it.
    pub shown: Option<ShownPreview>,
    /// Who put it in force or rejected it.
    pub decided: Option<DecidedBy>,
    pub applied: Option<AppliedAs>,
    /// A sentence: why it has not taken effect although it was approved, or why it was rejected.
    pub problem: Option<String>,
    /// Raised by each write.
    #[serde(skip)]
    pub revision: u64,
}

/// What was shown to those who decide.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownPreview {
    /// Hash of its bytes, which an approval names.
    pub sha256: String,
    /// The bytes, where they do not lie in the vault.
    pub text: Option<String>,
    /// Of decisions.
    pub tried: Option<TriedProposal>,
}

/// What decisions came to when they were tried. It is kept beside the bytes that were shown, since a later run may replace
/// those.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriedProposal {
    pub inputs: ProposalInputs,
    /// What would be in force besides what is; people, questions and answers as they are known, not as they were written.
    pub decisions: StoredDecisions,
    /// The version that each round would come to.
    pub outcomes: Vec<Outcome>,
    /// Whether it cannot be done, so that nobody can approve it.
    pub refused: bool,
}

/// What a proposal was tried against.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProposalInputs {
    /// [`crate::ContestState::version`].
    pub state: u64,
    /// How many editions each round has.
    pub rounds: BTreeMap<String, u32>,
    /// How many the contest as a whole has.
    pub overall: u32,
}

/// The newest version of a round, as it would be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    pub round: String,
    pub version: u32,
    /// Hash of who wins what; none over the contest.
    pub winners_sha256: Option<String>,
}

/// Who decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedBy {
    /// Account.
    pub by: String,
    pub at_ms: i64,
    /// Hash of the entry of the log in which it stands.
    pub entry_sha256: String,
}

/// How it took effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppliedAs {
    pub at_ms: i64,
    pub versions: Vec<Outcome>,
    /// Rounds in which other people won than was shown.
    pub differs: Vec<String>,
}

/// What a write of a decision asks for besides that nothing else was written.
#[derive(Clone, Copy, Debug)]
pub enum Over<'a> {
    /// Nothing.
    Any,
    /// That somebody else proposed it.
    Of(&'a str),
    /// That somebody else proposed it, and that this is what was shown.
    Shown(&'a str, &'a str),
}

impl Proposal {
    /// As far as its steps depend on it.
    pub fn standing(&self) -> Standing<'_> {
        Standing {
            status: self.status,
            proposer: &self.proposer,
            proposed_at: Timestamp::from_millis(self.proposed_at_ms),
            preview: self.shown.as_ref().map(|shown| shown.sha256.as_str()),
        }
    }

    /// Whether it waits to be tried.
    pub fn is_asked(&self, now: Timestamp) -> bool {
        self.asked_at_ms.is_some() && self.standing().status_at(now) == ProposalStatus::Draft
    }
}

impl ProposalInputs {
    /// As they are now.
    pub async fn read(control: &Control, plan: &Plan, state: u64) -> Result<Self, StoreError> {
        let count = |editions: usize| u32::try_from(editions).unwrap_or(u32::MAX);
        let mut rounds = BTreeMap::new();
        for round in &plan.rounds {
            let record = control.round(&plan.id, &round.id).await?;
            rounds.insert(round.id.to_string(), record.map_or(0, |record| count(record.editions.scored.len())));
        }
        Ok(Self { state, rounds, overall: count(control.overall(&plan.id).await?.editions.len()) })
    }
}

impl Control {
    /// Keeps a new proposal; `false` where one of this identifier is there.
    pub async fn insert_proposal(&self, of: &Chain, id: &ProposalId, proposal: &Proposal) -> Result<bool, StoreError> {
        let mut item = key(keys::proposals(of), id.as_str());
        item.insert("proposal".to_owned(), text(json(proposal)?));
        item.insert("proposer".to_owned(), text(&*proposal.proposer));
        item.insert("status".to_owned(), text(proposal.status.as_str()));
        item.insert("revision".to_owned(), number(proposal.revision));
        if let Some(shown) = &proposal.shown {
            item.insert("shown".to_owned(), text(&*shown.sha256));
        }
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("attribute_not_exists(pk)");
        Ok(carried_out("keep a proposal", put.send().await)? || self.proposal(of, id).await?.as_ref() == Some(proposal))
    }

    /// A proposal, read strongly.
    pub async fn proposal(&self, of: &Chain, id: &ProposalId) -> Result<Option<Proposal>, StoreError> {
        self.get(key(keys::proposals(of), id.as_str())).await?.as_ref().map(read).transpose()
    }

    /// Every proposal of a contest, or of the platform.
    pub async fn proposals(&self, of: &Chain) -> Result<Vec<(ProposalId, Proposal)>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", text(keys::proposals(of)));
        let (mut items, mut proposals) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::service("read the proposals"))?;
            let id = ProposalId::parse(Reader(&item).text("sk")?);
            proposals.push((id.map_err(|e| StoreError::corrupt("the proposals", e))?, read(&item)?));
        }
        Ok(proposals)
    }

    /// Writes a proposal anew over the one that was read; returns whether that one still stood there. A decision asks for more
    /// in the same condition.
    pub async fn replace_proposal(
        &self,
        (of, id): (&Chain, &ProposalId),
        seen: &Proposal,
        next: &Proposal,
        over: Over<'_>,
    ) -> Result<bool, StoreError> {
        let mut condition = "revision = :seen".to_owned();
        let update = self.client.update_item().table_name(&self.table);
        let mut update = update
            .set_key(Some(key(keys::proposals(of), id.as_str())))
            .update_expression("SET proposal = :proposal, #status = :status, revision = :next, shown = :shown")
            .expression_attribute_names("#status", "status")
            .expression_attribute_values(":seen", number(seen.revision))
            .expression_attribute_values(":next", number(seen.revision + 1))
            .expression_attribute_values(":proposal", text(json(next)?))
            .expression_attribute_values(":status", text(next.status.as_str()))
            .expression_attribute_values(":shown", text(next.shown.as_ref().map_or("", |shown| &shown.sha256)));
        if let Over::Of(by) | Over::Shown(by, _) = over {
            condition.push_str(" AND proposer <> :by");
            update = update.expression_attribute_values(":by", text(by));
        }
        if let Over::Shown(_, read) = over {
            condition.push_str(" AND shown = :read AND #status = :previewed");
            update = update.expression_attribute_values(":read", text(read));
            let previewed = text(ProposalStatus::Previewed.as_str());
            update = update.expression_attribute_values(":previewed", previewed);
        }
        if carried_out("take a proposal on", update.condition_expression(condition).send().await)? {
            return Ok(true);
        }
        // Carried out already where only the reply was lost and the client sent it again.
        let written = Proposal { revision: seen.revision + 1, ..next.clone() };
        Ok(self.proposal(of, id).await? == Some(written))
    }
}

fn json(proposal: &Proposal) -> Result<String, StoreError> {
    serde_json::to_string(proposal).map_err(StoreError::failed("write a proposal"))
}

fn read(item: &Item) -> Result<Proposal, StoreError> {
    let reader = Reader(item);
    let read = serde_json::from_str::<Proposal>(reader.text("proposal")?);
    let read = read.map_err(|e| StoreError::unparsed("a proposal", &e))?;
    Ok(Proposal { revision: reader.number("revision")?, ..read })
}

mod status_word {
    use contest::organizers::ProposalStatus;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
    pub(super) fn serialize<S: Serializer>(status: &ProposalStatus, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(status.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<ProposalStatus, D::Error> {
        let word = String::deserialize(from)?;
        ProposalStatus::parse(&word).ok_or_else(|| D::Error::custom("no status of a proposal"))
    }
}

//! Putting a judged upload in force, and everything that follows from it.
//!
//! Two halves, so that a crash between them is repaired by the next delivery of any upload: the state
//! of the contest moves by compare-and-swap, and what follows from it (public description, rounds,
//! gates, schedules) is brought to it by writes that are safe to repeat.

use crate::config::Config;
use anyhow::Context;
use contest::bank::Bank;
use contest::closing::Phase;
use contest::ids::{ContestId, RoundId};
use contest::plan::{Plan, Round};
use contest::seal::{Purpose, key_commitment, keyed, sha256_hex};
use contest::text::search_key;
use contest::time::Timestamp;
use contest::units::UnitTree;
use data_encoding::HEXLOWER;
use documents::site::{BankFacts, ContestLine, ContestsIndex, contest_json};
use serde::Serialize;
use std::collections::BTreeMap;
use store::limits::{ATTEMPT_SHARDS, GATE_COPIES};
use store::wakeup::WakeupStep;
use store::{
    BankRef, Bucket, ContestState, Control, ObjectRef, Schedule, Schedules, Sdk, Secrets, StoredBank, StoredExcluded,
    StoredKey, StoredRoster, StoredUnits, Target, TopicCount, keys,
};

/// Tries to move a shared object that others move too.
const SWAP_TRIES: usize = 8;

/// What a judged upload changes.
pub(crate) enum Change {
    /// The text of `contest.toml`, as it is stored.
    Plan(String),
    /// Units.
    Units(UnitTree),
    /// People who may register.
    Roster(StoredRoster),
    /// People who may not take part or win.
    Excluded(StoredExcluded),
    /// A bank under its file name.
    Bank(String, Bank),
}

/// The resources that uploads take effect in.
pub(crate) struct InForce {
    pub(crate) control: Control,
    pub(crate) vault: Bucket,
    site: Bucket,
    schedules: Schedules,
    pub(crate) secrets: Secrets,
    close_round_arn: String,
    publish_results_arn: String,
}

impl InForce {
    pub(crate) fn new(config: &Config, sdk: &Sdk, secrets: Secrets) -> Self {
        Self {
            control: Control::new(sdk, &config.control_table),
            vault: Bucket::new(sdk, &config.vault_bucket),
            site: Bucket::new(sdk, &config.site_bucket),
            schedules: Schedules::new(sdk, &config.schedule_group, &config.scheduler_role_arn),
            secrets,
            close_round_arn: config.close_round_arn.clone(),
            publish_results_arn: config.publish_results_arn.clone(),
        }
    }

    /// Puts a change in force after `before`, the state against which it was judged.
    ///
    /// # Errors
    /// [`store::StoreError::Raced`] in the chain where another upload came between: judge again.
    pub(crate) async fn apply(
        &self,
        contest: &ContestId,
        before: &ContestState,
        change: Change,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let mut after = self.stage(contest, before, change).await?;
        if after != *before {
            after.version = before.version + 1;
            self.control.advance_state(contest, &after).await?;
        }
        self.follow(contest, before, &after, now).await
    }

    /// Writes the compiled form of a change, and answers the state that names it. Nothing refers to
    /// these objects until the state is in force.
    async fn stage(&self, contest: &ContestId, before: &ContestState, change: Change) -> anyhow::Result<ContestState> {
        let mut state = before.clone();
        match change {
            Change::Plan(text) => state.plan = Some(self.keep(contest, "plan", text.into_bytes()).await?),
            Change::Units(tree) => state.units = Some(self.keep_json(contest, "units", &StoredUnits::of(&tree)).await?),
            Change::Roster(roster) => state.roster = Some(self.keep_json(contest, "roster", &roster).await?),
            Change::Excluded(people) => state.excluded = Some(self.keep_json(contest, "excluded", &people).await?),
            Change::Bank(file, bank) => {
                let bank = self.keep_bank(contest, &bank).await?;
                state.banks.insert(file, bank);
            }
        }
        Ok(state)
    }

    async fn keep_bank(&self, contest: &ContestId, bank: &Bank) -> anyhow::Result<BankRef> {
        let questions = self.keep_json(contest, "bank", &StoredBank::of(&bank.questions)).await?;
        // The nonce follows from the key, so that the same bank always has the same commitment; without
        // the master secret it cannot be guessed.
        let nonces = self.secrets.of_contest(contest).derive(Purpose::Nonce);
        let nonce = keyed(&nonces, &[&questions.sha256, &contest::seal::canonical_key(&bank.key)]);
        let bytes = serde_json::to_vec(&StoredKey::of(&nonce, &bank.key, &bank.notes))?;
        let sha256 = sha256_hex(&bytes);
        let path = keys::answer_key(contest, &sha256);
        self.vault.put_if_absent(&path, bytes).await?;
        Ok(BankRef {
            questions,
            key: ObjectRef { path, sha256 },
            key_commitment: HEXLOWER.encode(&key_commitment(&nonce, &bank.key)),
            question_count: u32::try_from(bank.questions.len())?,
            topics: topics(bank),
        })
    }

    async fn keep_json(&self, contest: &ContestId, kind: &str, value: &impl Serialize) -> anyhow::Result<ObjectRef> {
        self.keep(contest, kind, serde_json::to_vec(value)?).await
    }

    async fn keep(&self, contest: &ContestId, kind: &str, bytes: Vec<u8>) -> anyhow::Result<ObjectRef> {
        let sha256 = sha256_hex(&bytes);
        let path = keys::compiled(contest, kind, &sha256);
        self.vault.put_if_absent(&path, bytes).await?;
        Ok(ObjectRef { path, sha256 })
    }

    /// Brings everything that follows from a state to it. Does nothing while the plan is not there.
    async fn follow(
        &self,
        contest: &ContestId,
        before: &ContestState,
        state: &ContestState,
        now: Timestamp,
    ) -> anyhow::Result<()> {
        let Some(plan) = state.load_plan(&self.vault).await? else { return Ok(()) };
        self.control.put_contest(contest).await?;
        for round in &plan.rounds {
            self.control.insert_round(contest, &round.id, ATTEMPT_SHARDS, GATE_COPIES).await?;
            for copy in 0..GATE_COPIES {
                self.control.open_gate(contest, &round.id, copy, state.version).await?;
            }
        }
        self.describe(&plan, state).await?;
        for round in &plan.rounds {
            self.schedule(contest, round, now).await.with_context(|| format!("schedules of {}", round.id))?;
        }
        let dropped = before.load_plan(&self.vault).await?.map(|plan| plan.rounds).unwrap_or_default();
        for round in dropped.iter().filter(|round| plan.round(&round.id).is_none()) {
            for step in [WakeupStep::Open, WakeupStep::Close, WakeupStep::Publish] {
                self.schedules.delete_schedule(contest, &round.id, step).await?;
            }
        }
        Ok(())
    }

    /// `contest.json`, and the contest's line in `contests/index.json`.
    async fn describe(&self, plan: &Plan, state: &ContestState) -> anyhow::Result<()> {
        let units = state.load_units(&self.vault).await?;
        let banks = bank_facts(plan, state)?;
        let public_key = self.secrets.signing_key(&plan.id).verifier();
        let public = contest_json(plan, &units, &banks, &public_key);
        self.site.put(&keys::contest_json(&plan.id), public.bytes).await?;
        for _ in 0..SWAP_TRIES {
            let seen = self.site.get_tagged(keys::CONTESTS_INDEX).await?;
            let mut index = match &seen {
                Some(seen) => ContestsIndex::from_json(&seen.bytes)?,
                None => ContestsIndex::default(),
            };
            index.put(ContestLine::from(plan));
            let tag = seen.as_ref().map(|seen| seen.tag.as_str());
            if self.site.swap(keys::CONTESTS_INDEX, tag, index.to_json()).await? {
                return Ok(());
            }
        }
        anyhow::bail!("{} was moved by others {SWAP_TRIES} times", keys::CONTESTS_INDEX)
    }

    /// Creates or moves the schedules of what is still ahead of a round. A point that has passed while
    /// its work is undone is scheduled at once.
    async fn schedule(&self, contest: &ContestId, round: &Round, now: Timestamp) -> anyhow::Result<()> {
        let record = self.control.round(contest, &round.id).await?.context("the round has no record")?;
        let closing_due = matches!(record.phase, Phase::Open | Phase::Closing | Phase::Shut | Phase::Frozen);
        let points = [
            (WakeupStep::Open, round.opens, now < round.opens),
            (WakeupStep::Close, round.closes, closing_due),
            (WakeupStep::Publish, round.publishes, record.phase != Phase::Published),
        ];
        for (step, at, due) in points {
            if due {
                let arn = if step == WakeupStep::Publish { &self.publish_results_arn } else { &self.close_round_arn };
                let schedule = Schedule { contest, round: &round.id, step, at: at.max(now) };
                self.schedules.put_schedule(&schedule, Target { arn }).await?;
            }
        }
        Ok(())
    }
}

fn bank_facts(plan: &Plan, state: &ContestState) -> anyhow::Result<BTreeMap<RoundId, BankFacts>> {
    let mut facts = BTreeMap::new();
    for round in &plan.rounds {
        let Some(bank) = state.banks.get(&round.bank) else { continue };
        let commitment = HEXLOWER.decode(bank.key_commitment.as_bytes())?;
        let key_commitment = <[u8; 32]>::try_from(commitment).ok().context("a commitment of 32 bytes")?;
        let question_count = u64::from(bank.question_count);
        facts.insert(round.id.clone(), BankFacts { question_count, key_commitment });
    }
    Ok(facts)
}

fn topics(bank: &Bank) -> Vec<TopicCount> {
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for question in &bank.questions {
        *counts.entry(question.topic.as_deref().map(search_key).unwrap_or_default()).or_default() += 1;
    }
    counts.into_iter().map(|(topic, count)| TopicCount { topic, count }).collect()
}

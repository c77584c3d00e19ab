//! What everyone may know of a contest: `contest.json` and its line in the list of contests. Whoever finds a contest complete
//! writes them, be it the last upload or the moment that the plan announces.

use anyhow::{Context, bail};
use contest::bank::BankFacts;
use contest::ids::{ContestId, RoundId};
use contest::lots;
use documents::site::{Beside, Commitments, ContestLine, ContestsIndex, contest_json};
use std::collections::BTreeMap;
use store::{Bucket, ContestSnapshot, Control, FrozenManifest, Secrets, StoreError, keys};

/// How often the list of contests is swapped again after another was faster.
const TRIES: u32 = 20;

/// What a contest is described from.
pub struct Describer<'a> {
    /// How far its rounds have come.
    pub control: &'a Control,
    /// What they were frozen with.
    pub vault: &'a Bucket,
    /// Its public key, and what it commits to.
    pub secrets: &'a Secrets,
}

impl Describer<'_> {
    /// The bytes of `contest.json`, whether or not the contest is public.
    ///
    /// # Errors
    /// Where something that the state names cannot be read.
    pub async fn describe(&self, contest: &ContestSnapshot) -> Result<Vec<u8>, StoreError> {
        let plan = &contest.plan;
        let units = contest.units().await?;
        let public_key = self.secrets.signing_key(&plan.id).verifier();
        let banks = self.bank_facts(contest).await?;
        let lots = lots::commitments(plan, &contest.keys);
        let commitments = Commitments { banks: &banks, lots: &lots, public_key: &public_key };
        let announcements = contest.announcements().await?;
        let beside = Beside { announcements: &announcements, pictures: contest.state.pictures() };
        Ok(contest_json(plan, &units, &commitments, &beside).bytes)
    }

    /// Writes `contest.json`, then the list of contests. Safe to repeat.
    ///
    /// # Errors
    /// Where the contest was published with another key before, or what it takes cannot be read or written.
    pub async fn publish(&self, site: &Bucket, contest: &ContestSnapshot) -> anyhow::Result<()> {
        let plan = &contest.plan;
        self.secrets.refuse_other_key(site, &plan.id).await?;
        let bytes = self.describe(contest).await?;
        site.put(&keys::contest_json(&plan.id), bytes).await.context("cannot write contest.json")?;
        for _ in 0..TRIES {
            let (mut index, tag) = listed(site).await?;
            let before = index.to_json();
            index.put(ContestLine::from(plan));
            let bytes = index.to_json();
            if tag.is_some() && before == bytes {
                return Ok(());
            }
            if site.swap(keys::CONTESTS_INDEX, tag.as_deref(), bytes).await? {
                return Ok(());
            }
        }
        bail!("others always swapped the list of contests first")
    }

    /// Whether the list of contests, which is written last, names the contest.
    ///
    /// # Errors
    /// Where the list cannot be read.
    pub async fn is_listed(&self, site: &Bucket, contest: &ContestId) -> Result<bool, StoreError> {
        let (index, _) = listed(site).await?;
        Ok(index.contests().iter().any(|line| line.id == contest.as_str()))
    }

    /// Whether no upload was accepted since this state was read: otherwise what was written from it is old.
    ///
    /// # Errors
    /// Where the state cannot be read.
    pub async fn is_newest(&self, contest: &ContestId, version: u64) -> Result<bool, StoreError> {
        let newest = self.control.state(contest).await?;
        Ok(newest.is_some_and(|newest| newest.version == version))
    }

    /// What everyone may know of each round's bank: of a frozen round what it was frozen with, so that
    /// `contest.json` and the round's version never speak of it in other words.
    async fn bank_facts(&self, contest: &ContestSnapshot) -> Result<BTreeMap<RoundId, BankFacts>, StoreError> {
        let plan = &contest.plan;
        let mut facts = BTreeMap::new();
        for round in &plan.rounds {
            let record = self.control.round(&plan.id, &round.id).await?;
            let frozen = match record.and_then(|record| record.frozen_sha256) {
                Some(sha256) => {
                    let path = keys::frozen_manifest(&plan.id, &round.id);
                    Some(FrozenManifest::load(self.vault, path, sha256).await?)
                }
                None => None,
            };
            let state = frozen.as_ref().map_or(&contest.state, |frozen| &frozen.state);
            let known = state.bank_facts(round);
            facts.extend(known.map(|known| (round.id.clone(), known)));
        }
        Ok(facts)
    }
}

/// The list of contests as it stands, with its tag; an empty one where there is none.
async fn listed(site: &Bucket) -> Result<(ContestsIndex, Option<String>), StoreError> {
    match site.get_tagged(keys::CONTESTS_INDEX).await? {
        Some(seen) => {
            let index = ContestsIndex::from_json(&seen.bytes);
            Ok((index.map_err(|e| StoreError::unparsed(keys::CONTESTS_INDEX, &e))?, Some(seen.tag)))
        }
        None => Ok((ContestsIndex::default(), None)),
    }
}

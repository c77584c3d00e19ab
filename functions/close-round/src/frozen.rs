//! What was kept of a frozen round, read: the uploads that were in force then, its rows, its key, and who won before.

use crate::App;
use anyhow::Context;
use contest::attempt::Attempt;
use contest::bank::PublicQuestion;
use contest::edition::Followed;
use contest::ids::{ContestId, RoundId};
use contest::plan::{OnePrize, Plan, Round};
use contest::result::Person;
use contest::seal::key_commitment;
use contest::time::Timestamp;
use contest::units::UnitTree;
use std::collections::HashSet;
use store::{
    BankRef, ContestSnapshot, FrozenManifest, FrozenPartition, FrozenPerson, RankedRound, RoundRecord, StoreError,
    StoredKey, keys,
};

/// All that editions of a round follow from, besides decisions and draws.
pub(crate) struct FrozenRound {
    pub(crate) manifest: FrozenManifest,
    /// The uploads that were in force when the round was frozen, whatever came since.
    pub(crate) contest: ContestSnapshot,
    pub(crate) units: UnitTree,
    pub(crate) people: Vec<Person>,
    pub(crate) rows: Vec<Attempt>,
    pub(crate) bank: Vec<PublicQuestion>,
    /// The key; none where the round never had a bank.
    pub(crate) opened: Option<StoredKey>,
    /// Editions of earlier rounds whose winners are passed over.
    pub(crate) follows: Vec<Followed>,
    round: RoundId,
}

impl FrozenRound {
    /// Reads it; `None` while an earlier round, whose winners are passed over, awaits its draw.
    pub(crate) async fn read(
        app: &App,
        id: &ContestId,
        round: &RoundId,
        record: &RoundRecord,
    ) -> anyhow::Result<Option<Self>> {
        let sha256 = record.frozen_sha256.clone().context("a frozen round without a manifest")?;
        let manifest = FrozenManifest::load(&app.vault, keys::frozen_manifest(id, round), sha256).await?;
        let contest = ContestSnapshot::frozen(&manifest.state, &app.vault, &app.secrets).await?;
        let of_plan = contest.frozen_round(round)?;
        let Some((follows, won_before)) = winners_before(app, &contest.plan, of_plan).await? else { return Ok(None) };
        let people = read_people(app, &contest, &manifest, &won_before).await?;
        let rows = read_attempts(app, &manifest).await?;
        let opened = match contest.state.banks.get(&of_plan.bank) {
            Some(bank) => Some(open_key(app, bank).await?),
            None => None,
        };
        let bank = contest.bank(of_plan).await?.unwrap_or_default();
        let units = contest.units().await?;
        let round = round.clone();
        Ok(Some(Self { manifest, contest, units, people, rows, bank, opened, follows, round }))
    }

    /// The round as its kept plan has it.
    pub(crate) fn round(&self) -> Result<&Round, StoreError> {
        self.contest.frozen_round(&self.round)
    }
}

/// The key of a bank, if it opens the commitment that was published before the round.
pub(crate) async fn open_key(app: &App, bank: &BankRef) -> Result<StoredKey, StoreError> {
    let path = &bank.key.path;
    let key: StoredKey = app.vault.referred_json(&bank.key).await?;
    let commitment = key_commitment(&key.nonce_bytes()?, &key.key()?);
    let opens = data_encoding::HEXLOWER.encode(&commitment) == bank.key_commitment;
    if opens { Ok(key) } else { Err(StoreError::corrupt(path, "the key does not open its commitment")) }
}

async fn read_people(
    app: &App,
    contest: &ContestSnapshot,
    manifest: &FrozenManifest,
    won_before: &HashSet<String>,
) -> anyhow::Result<Vec<Person>> {
    let excluded = contest.excluded().await?;
    let mut people = Vec::new();
    for file in &manifest.people {
        for frozen in FrozenPerson::decode(&app.vault.referred(&file.object).await?)? {
            let contestant = frozen.contestant()?;
            people.push(Person {
                pseudonym: contest.keys.pseudonym(&contestant),
                unit: frozen.unit_code()?,
                registered_at: Timestamp::from_millis(frozen.registered_at_ms),
                ranked: !excluded.names(frozen.citizen_id.as_deref(), frozen.phone.as_deref()),
                won_before: won_before.contains(contestant.as_str()),
                contestant,
            });
        }
    }
    Ok(people)
}

async fn read_attempts(app: &App, manifest: &FrozenManifest) -> anyhow::Result<Vec<Attempt>> {
    let mut attempts = Vec::new();
    for file in &manifest.attempts {
        attempts.extend(FrozenPartition::decode(&app.vault.referred(&file.object).await?)?.attempts()?);
    }
    Ok(attempts)
}

/// The newest editions of the rounds that closed before this one, and codes of their winners; `None` while one of these
/// awaits its draw.
async fn winners_before(
    app: &App,
    plan: &Plan,
    round: &Round,
) -> anyhow::Result<Option<(Vec<Followed>, HashSet<String>)>> {
    let (mut follows, mut winners) = (Vec::new(), HashSet::new());
    if plan.rules.ranking.one_prize_per_person == OnePrize::None {
        return Ok(Some((follows, winners)));
    }
    for earlier in plan.rounds_before(round) {
        let record = app.control.round(&plan.id, &earlier.id).await?;
        let newest = record.and_then(|mut record| record.editions.scored.pop());
        let newest = newest.with_context(|| format!("round {} is not ranked yet", earlier.id))?;
        if newest.awaits_draw {
            return Ok(None);
        }
        winners.extend(RankedRound::load(&app.vault, &newest).await?.winners);
        follows.push(Followed { round: earlier.id.clone(), edition: newest.edition.number });
    }
    Ok(Some((follows, winners)))
}

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
use std::collections::{BTreeMap, HashSet};
use store::{
    BankRef, ContestSnapshot, EditionRecord, FrozenManifest, FrozenPartition, FrozenPerson, RankedRound, RoundRecord,
    StoreError, StoredKey, keys,
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

/// What is recorded of closed rounds.
pub(crate) type Records = BTreeMap<RoundId, RoundRecord>;

/// The newest editions of the rounds that closed before another one, whose winners are passed over in it.
pub(crate) struct EarlierRounds(Vec<EarlierRound>);

struct EarlierRound {
    round: RoundId,
    newest: EditionRecord,
    /// Codes of its winners, where it was scored and is not kept.
    winners: Option<Vec<String>>,
}

/// Codes of the winners of editions that were scored and are not kept: those of a preview.
pub(crate) type Tried = BTreeMap<RoundId, Vec<String>>;

impl EarlierRounds {
    /// Finds them among the records of rounds; `None` while one of them awaits its draw. There are none where anybody may
    /// win twice.
    pub(crate) fn of(plan: &Plan, round: &Round, records: &Records, tried: &Tried) -> anyhow::Result<Option<Self>> {
        let mut editions = Vec::new();
        let counts = plan.rules.ranking.one_prize_per_person == OnePrize::Contest;
        for earlier in plan.rounds_before(round).filter(|_| counts) {
            let newest = records.get(&earlier.id).and_then(|record| record.editions.scored.last());
            let newest = newest.with_context(|| format!("round {} is not ranked yet", earlier.id))?;
            if newest.awaits_draw {
                return Ok(None);
            }
            let winners = tried.get(&earlier.id).cloned();
            editions.push(EarlierRound { round: earlier.id.clone(), newest: newest.clone(), winners });
        }
        Ok(Some(Self(editions)))
    }

    /// What tells whether other people won.
    pub(crate) fn winners_sha256(&self) -> Vec<String> {
        self.0.iter().map(|earlier| earlier.newest.winners_sha256.clone()).collect()
    }

    fn followed(&self) -> Vec<Followed> {
        let followed =
            |earlier: &EarlierRound| Followed { round: earlier.round.clone(), edition: earlier.newest.edition.number };
        self.0.iter().map(followed).collect()
    }

    /// Codes of everybody who won in one of them.
    async fn winners(&self, app: &App) -> anyhow::Result<HashSet<String>> {
        let mut winners = HashSet::new();
        for EarlierRound { newest, winners: tried, .. } in &self.0 {
            match tried {
                Some(tried) => winners.extend(tried.iter().cloned()),
                None => winners.extend(RankedRound::load(&app.vault, newest).await?.winners),
            }
        }
        Ok(winners)
    }
}

impl FrozenRound {
    pub(crate) async fn read(
        app: &App,
        id: &ContestId,
        round: &RoundId,
        record: &RoundRecord,
        earlier: &EarlierRounds,
    ) -> anyhow::Result<Self> {
        let sha256 = record.frozen_sha256.clone().context("a frozen round without a manifest")?;
        let manifest = FrozenManifest::load(&app.vault, keys::frozen_manifest(id, round), sha256).await?;
        let contest = ContestSnapshot::frozen(&manifest.state, &app.vault, &app.secrets).await?;
        let of_plan = contest.frozen_round(round)?;
        let people = read_people(app, &contest, &manifest, &earlier.winners(app).await?).await?;
        let rows = read_attempts(app, &manifest).await?;
        let opened = match contest.state.banks.get(&of_plan.bank) {
            Some(bank) => Some(open_key(app, bank).await?),
            None => None,
        };
        let bank = contest.bank(of_plan).await?.unwrap_or_default();
        let units = contest.units().await?;
        let (follows, round) = (earlier.followed(), round.clone());
        Ok(Self { manifest, contest, units, people, rows, bank, opened, follows, round })
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
                forfeits: false,
                decided_place: None,
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

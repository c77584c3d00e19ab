//! Scoring and ranking kept rows. Reads nothing that can still change: the same round gives the same
//! bytes however often it is ranked.

use crate::App;
use crate::ledger::ledger;
use anyhow::{Context, bail, ensure};
use contest::attempt::{Attempt, Sheet, accepted_before, duration_ms, in_time};
use contest::bank::{AnswerKey, PublicQuestion};
use contest::ids::{ContestId, ContestantId};
use contest::lots;
use contest::paper::redraw;
use contest::plan::{OnePrize, Plan, RevealKey, Round, UnbrokenTie};
use contest::ranking::rank_round;
use contest::result::{Person, PersonIndex, RankingPlace, RoundInput, RoundResult, ScoredAttempt};
use contest::scoring::count_right;
use contest::seal::{ContestKeys, key_commitment, sha256_hex};
use contest::time::Timestamp;
use std::collections::{HashMap, HashSet};
use store::{
    Advance, BankRef, ContestSnapshot, FrozenFile, FrozenManifest, FrozenPerson, FrozenRound, Lots, ObjectRef,
    RankedRound, RoundRecord, StoreError, StoredKey, keys,
};

/// What scoring a sheet takes.
pub(crate) struct Marking<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) round: &'a Round,
    pub(crate) keys: &'a ContestKeys,
    pub(crate) bank: Vec<PublicQuestion>,
    key: AnswerKey,
}

/// Scores and ranks the kept rows, then moves the round to `Phase::Ranked`. Returns `false` where an earlier
/// round must hold its draw first.
pub(crate) async fn rank(app: &App, id: &ContestId, round: &Round, record: &RoundRecord) -> anyhow::Result<bool> {
    let manifest = read_manifest(app, id, round, record).await?;
    // The uploads that were in force when the round was frozen, whatever came since.
    let contest = ContestSnapshot::kept(&manifest.state, &app.vault, &app.secrets).await?;
    let (plan, round) = (&contest.plan, contest.kept_round(round)?);
    let units = contest.units().await?;
    let Some(won_before) = winners_before(app, plan, round).await? else { return Ok(false) };
    let people = read_people(app, &contest, &manifest.people, &won_before).await?;
    let rows = read_attempts(app, &manifest).await?;
    let opened = match contest.state.banks.get(&round.bank) {
        Some(bank) => Some(open_key(app, bank).await?),
        None => None,
    };
    let marking = Marking {
        bank: contest.bank(round).await?.unwrap_or_default(),
        key: opened.as_ref().map(StoredKey::key).transpose()?.unwrap_or_default(),
        keys: &contest.keys,
        plan,
        round,
    };
    let attempts = marking.score_all(&rows, &people)?;
    let input = RoundInput { rules: &plan.rules, units: &units, people: &people, attempts: &attempts, lots: None };
    let result = rank_round(&input);
    let awaits_draw = plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot && !result.waiting.is_empty();
    let awards = (winners_of(&result, &people), awaits_draw);
    let revealed = opened.filter(|_| plan.rules.attempt.reveal_key == RevealKey::Published);
    let ledger = keep_ledger(app, &marking, &rows, &people).await?;
    let ranked = RankedRound::new(&manifest, &people, &attempts, awards, revealed, ledger).encode()?;
    let path = keys::ranked(id, &round.id, &sha256_hex(&ranked));
    app.vault.put_named(&path, ranked).await?;
    app.control.advance_phase(id, &round.id, Advance::Rank { path: &path }).await?;
    Ok(true)
}

fn winners_of(result: &RoundResult, people: &[Person]) -> Vec<String> {
    let winner = |place: RankingPlace| place.of(&result.ranking).person.of(people).contestant.to_string();
    result.winners.iter().map(|won| winner(won.place)).collect()
}

/// The ledger waits in the vault until the results are published: its salts open receipts.
async fn keep_ledger(
    app: &App,
    marking: &Marking<'_>,
    rows: &[Attempt],
    people: &[Person],
) -> anyhow::Result<ObjectRef> {
    let bytes = ledger(marking, rows, people)?;
    let sha256 = sha256_hex(&bytes);
    let path = keys::ledger(&marking.plan.id, &marking.round.id, &sha256);
    app.vault.put_named(&path, bytes).await?;
    Ok(ObjectRef { path, sha256 })
}

async fn read_manifest(
    app: &App,
    id: &ContestId,
    round: &Round,
    record: &RoundRecord,
) -> anyhow::Result<FrozenManifest> {
    let path = keys::frozen_manifest(id, &round.id);
    let sha256 = record.frozen_sha256.clone().context("a frozen round without a manifest")?;
    Ok(FrozenManifest::load(&app.vault, path, sha256).await?)
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
    kept: &[FrozenFile],
    won_before: &HashSet<String>,
) -> anyhow::Result<Vec<Person>> {
    let excluded = contest.excluded().await?;
    let mut people = Vec::new();
    for file in kept {
        for kept in FrozenPerson::decode(&app.vault.referred(&file.object).await?)? {
            let contestant = kept.contestant()?;
            let unit = kept.unit_code()?;
            people.push(Person {
                pseudonym: contest.keys.pseudonym(&contestant),
                unit,
                registered_at: Timestamp::from_millis(kept.registered_at_ms),
                ranked: !excluded.names(kept.citizen_id.as_deref(), kept.phone.as_deref()),
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
        attempts.extend(FrozenRound::decode(&app.vault.referred(&file.object).await?)?.attempts()?);
    }
    Ok(attempts)
}

/// Codes of the winners of rounds that closed before this one; `None` while one of these awaits its draw.
async fn winners_before(app: &App, plan: &Plan, round: &Round) -> anyhow::Result<Option<HashSet<String>>> {
    let mut winners = HashSet::new();
    if plan.rules.ranking.one_prize_per_person == OnePrize::None {
        return Ok(Some(winners));
    }
    for earlier in plan.rounds.iter().filter(|earlier| earlier.closes < round.closes) {
        let record = app.control.round(&plan.id, &earlier.id).await?;
        let (path, lots) = record.map_or((None, None), |record| (record.ranked_path, record.lots));
        let path = path.with_context(|| format!("round {} is not ranked yet", earlier.id))?;
        let bytes = app.vault.get(&path).await?.with_context(|| format!("{path} is gone"))?;
        let ranked = RankedRound::decode(&bytes)?;
        match lots {
            _ if !ranked.awaits_draw => winners.extend(ranked.winners),
            Some(Lots::Drawn(value)) => winners.extend(drawn_winners(app, &ranked, &value).await?),
            _ => return Ok(None),
        }
    }
    Ok(Some(winners))
}

/// Codes of everybody who won in a round whose draw was held with this value.
async fn drawn_winners(app: &App, ranked: &RankedRound, value: &[u8; 32]) -> anyhow::Result<Vec<String>> {
    let contest = ContestSnapshot::kept(&ranked.state, &app.vault, &app.secrets).await?;
    let units = contest.units().await?;
    let people = ranked.people(&contest.keys)?;
    let attempts = ranked.attempts();
    let ledger = app.vault.referred(&ranked.ledger).await?;
    let root = contest::ledger::root(std::str::from_utf8(&ledger)?.lines());
    let tickets = lots::tickets(&people, value, &root);
    let lots = Some(&tickets[..]);
    let result = rank_round(&RoundInput {
        rules: &contest.plan.rules,
        units: &units,
        people: &people,
        attempts: &attempts,
        lots,
    });
    Ok(winners_of(&result, &people))
}

impl Marking<'_> {
    /// Scores every sheet that was in time. Rows without one, or late, stay kept and do not count.
    fn score_all(&self, rows: &[Attempt], people: &[Person]) -> anyhow::Result<Vec<ScoredAttempt>> {
        let places = self.places(people);
        let secret = self.keys.paper_secret(&self.round.id);
        let mut scored = Vec::new();
        for row in rows {
            let Some(sheet) = self.accepted(row) else { continue };
            let Some(&person) = places.get(&row.contestant) else {
                bail!("an attempt of nobody: {}", self.keys.pseudonym(&row.contestant))
            };
            let paper = redraw(&self.plan.paper, &self.bank, &secret, row);
            ensure!(!paper.questions.is_empty(), "a sheet without a bank");
            scored.push(ScoredAttempt {
                person,
                number: row.number,
                duration_ms: duration_ms(&self.plan.rules.attempt, row.started_at, sheet.received_at),
                submitted_at: sheet.received_at,
                right: count_right(&paper.key(&self.bank, &self.key), &sheet.answers),
                questions: u16::try_from(paper.questions.len())?,
                prediction: sheet.prediction,
            });
        }
        Ok(scored)
    }

    /// Where each person stands in `people`.
    pub(crate) fn places<'p>(&self, people: &'p [Person]) -> HashMap<&'p ContestantId, PersonIndex> {
        PersonIndex::all(people).map(|(index, person)| (&person.contestant, index)).collect()
    }

    /// The sheet of a row if it was in time: the verdict again, from stored fields and the plan alone.
    pub(crate) fn accepted<'r>(&self, row: &'r Attempt) -> Option<&'r Sheet> {
        let before = accepted_before(&self.plan.rules.attempt, self.round.closes, row.started_at);
        row.sheet.as_ref().filter(|sheet| row.started_at >= self.round.opens && in_time(sheet.received_at, before))
    }
}

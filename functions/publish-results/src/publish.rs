//! One version of a round, from ranked results to the moved pointer.

use crate::App;
use anyhow::{Context, ensure};
use chrono::NaiveDate;
use contest::bank::{AnswerKey, Notes};
use contest::closing::Phase;
use contest::ids::{ContestId, QuestionId, RoundId};
use contest::ledger;
use contest::plan::{Plan, Round};
use contest::ranking::rank_round;
use contest::result::{Person, RoundInput};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use documents::officials::{self, Identities, Identity};
use documents::site::{self, BankFacts, Evidence, OpenedKey, PublishedFile, RoundPointer, RoundVersion, Status};
use std::collections::BTreeMap;
use store::limits::PEOPLE_SHARDS;
use store::{BankRef, Bucket, ObjectRef, RankedRound, SigningKey, StoreError, StoredKey, Tagged, keys};

/// The first version of every round.
const FIRST: u32 = 1;

/// Publishes a ranked round and moves it to [`Phase::Published`].
pub(crate) async fn publish(
    app: &App,
    contest: &ContestId,
    round: &Round,
    ranked_path: &str,
    now: Timestamp,
) -> anyhow::Result<String> {
    let bytes = app.vault.get(ranked_path).await?.with_context(|| format!("{ranked_path} is gone"))?;
    let ranked = RankedRound::decode(&bytes)?;
    let identities = identities(app, contest).await?;
    let (public, officials) = files(app, contest, round, &ranked, &identities).await?;
    for file in &public {
        put_once(&app.site, &keys::version_file(contest, &round.id, FIRST, file.name), file).await?;
    }
    for file in officials {
        // What stands there stays: accounts may have been erased since a run before this one wrote it.
        app.officials.put_named(&keys::officials_file(contest, &round.id, FIRST, file.name), file.bytes).await?;
    }
    let manifest = public.last().context("a version without a manifest")?;
    move_pointer(app, contest, round, &manifest.sha256(), now).await?;
    app.control.advance_phase(contest, &round.id, Phase::Ranked, Phase::Published, None).await?;
    Ok(format!("published {contest}/{} v{FIRST}", round.id))
}

/// The version's files for everyone, manifest last, and those for officials.
async fn files(
    app: &App,
    contest: &ContestId,
    round: &Round,
    ranked: &RankedRound,
    identities: &Identities,
) -> anyhow::Result<(Vec<PublishedFile>, Vec<PublishedFile>)> {
    let plan = ranked.state.load_plan(&app.vault).await?.context("ranked results without a plan")?;
    let frozen_round = plan.round(&round.id).context("the ranked plan has no such round")?;
    let units = ranked.state.load_units(&app.vault).await?;
    let people = ranked.people(&app.secrets.of_contest(contest))?;
    let attempts = ranked.attempts();
    let input = RoundInput {
        plan: &plan,
        round: frozen_round,
        units: &units,
        people: &people,
        attempts: &attempts,
        lots: None,
    };
    let result = rank_round(&input);
    let version = RoundVersion {
        input,
        result: &result,
        earlier: &[],
        reason: None,
        status: Status::Provisional,
        closed_at: Timestamp::from_millis(ranked.closed_at_ms),
        // The promised instant, not the clock: a repeated run must write the same bytes.
        published_at: frozen_round.publishes,
    };
    let winners = result.winners.iter().map(|winner| &people[result.ranking[winner.place].person]);
    let published = published_names(app, contest, round).await?;
    let name = |person: &Person| match &published {
        Some(published) => published.get(person.pseudonym.as_str()).cloned(),
        None => identities.get(&person.contestant).map(|identity| identity.full_name.clone()),
    };
    let names = winners.filter_map(|person| Some((person.contestant.clone(), name(person)?))).collect();
    let opened = ranked.opened_key.as_ref().map(open).transpose()?;
    // Adjudications, which change keys, come with later versions.
    let rekeyed = &AnswerKey::new();
    let opened = opened.as_ref().map(|(nonce, key, notes)| OpenedKey { nonce, key, rekeyed, notes });
    let ledger = read_ledger(app, ranked).await?;
    let signer = app.secrets.signing_key(contest);
    let sealed = seal_ledger(&signer, &ledger::origin(contest, &round.id), &ledger)?;
    let evidence = Evidence {
        ledger: &ledger,
        ledger_root: &sealed.root,
        checkpoint: &sealed.checkpoint,
        banks: &bank_facts(ranked, &plan),
        public_key: &signer.verifier(),
    };
    let public = site::version_files(&version, &names, opened.as_ref(), &evidence);
    let officials = vec![officials::winners_xlsx(&version, identities)?, officials::ranking_csv(&version, identities)];
    Ok((public, officials))
}

/// Names of winners by pseudonym, if a run before this one has published them. A version never changes:
/// who was erased since then stays named in it, as the text of the consent says.
async fn published_names(
    app: &App,
    contest: &ContestId,
    round: &Round,
) -> anyhow::Result<Option<BTreeMap<String, String>>> {
    let path = keys::version_file(contest, &round.id, FIRST, "results.json");
    let Some(bytes) = app.site.get(&path).await? else { return Ok(None) };
    site::results_json::winner_names(&bytes).map(Some).with_context(|| format!("{path} is not readable"))
}

/// The ledger as it was made at closing.
async fn read_ledger(app: &App, ranked: &RankedRound) -> anyhow::Result<Vec<u8>> {
    let ObjectRef { path, sha256 } = &ranked.ledger;
    let bytes = app.vault.get(path).await?.with_context(|| format!("{path} is gone"))?;
    if sha256_hex(&bytes) == *sha256 { Ok(bytes) } else { Err(other_bytes(path)) }
}

/// The root of a ledger and the note that signs it.
struct SealedLedger {
    root: [u8; 32],
    checkpoint: String,
}

fn seal_ledger(signer: &SigningKey, origin: &str, ledger: &[u8]) -> anyhow::Result<SealedLedger> {
    let lines = std::str::from_utf8(ledger)?;
    let root = ledger::root(lines.lines());
    let checkpoint = signer.sign(&ledger::checkpoint_text(origin, lines.lines().count() as u64, &root));
    Ok(SealedLedger { root, checkpoint })
}

/// The banks that were there when the round was frozen.
fn bank_facts(ranked: &RankedRound, plan: &Plan) -> BTreeMap<RoundId, BankFacts> {
    let facts = |bank: &BankRef| BankFacts {
        question_count: u64::from(bank.question_count),
        key_commitment: bank.key_commitment.clone(),
    };
    ranked.state.banks_of(plan).map(|(round, bank)| (round.id.clone(), facts(bank))).collect()
}

/// Nonce, right options and notes of a key that may be shown.
type Opened = ([u8; 32], AnswerKey, BTreeMap<QuestionId, Notes>);

fn open(key: &StoredKey) -> anyhow::Result<Opened> {
    Ok((key.nonce_bytes()?, key.key()?, key.notes()?))
}

/// Who is who, for the officials' lists and for the names of winners.
async fn identities(app: &App, contest: &ContestId) -> anyhow::Result<Identities> {
    let mut identities = Identities::new();
    for shard in 0..PEOPLE_SHARDS {
        for (code, profile) in app.people.query_shard(contest, shard).await? {
            let Some(full_name) = profile.full_name else { continue };
            let birth_date = profile.birth_date.map(|date| date.parse::<NaiveDate>()).transpose()?;
            identities.insert(code, Identity { full_name, birth_date });
        }
    }
    Ok(identities)
}

/// Below `v{n}/` nothing ever changes: a repeated run must find its own bytes.
async fn put_once(bucket: &Bucket, path: &str, file: &PublishedFile) -> anyhow::Result<()> {
    let stands = bucket.put_if_absent(path, file.bytes.clone()).await?;
    if stands == file.bytes { Ok(()) } else { Err(other_bytes(path)) }
}

fn other_bytes(path: &str) -> anyhow::Error {
    StoreError::Corrupt { what: path.to_owned(), detail: "it stands there with other bytes".to_owned() }.into()
}

/// Makes the version live, unless it or a later one is. The pointer moves only from what was read.
async fn move_pointer(
    app: &App,
    contest: &ContestId,
    round: &Round,
    manifest_sha256: &str,
    now: Timestamp,
) -> anyhow::Result<()> {
    let path = keys::round_index(contest, &round.id);
    let live: Option<Tagged> = app.site.get_tagged(&path).await?;
    if let Some(live) = &live {
        let pointer = RoundPointer::from_json(&live.bytes)?;
        let same = pointer.version != FIRST || pointer.manifest_sha256 == manifest_sha256;
        return if same { Ok(()) } else { Err(other_bytes(&path)) };
    }
    let pointer = RoundPointer::moved(None, FIRST, Status::Provisional, manifest_sha256, None, now);
    let moved = app.site.swap(&path, None, pointer.to_json()).await?;
    ensure!(moved, "{path} was moved meanwhile");
    Ok(())
}

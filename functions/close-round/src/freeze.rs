//! Keeping the rows of a round: each shard is read strongly and written to a file that never changes.
//! The manifest is made by reading those files back, so that a second run keeps the first one's rows.

use crate::App;
use contest::attempt::Attempt;
use contest::plan::Round;
use contest::seal::sha256_hex;
use store::{
    Advance, AttemptPartition, ContestSnapshot, FrozenFile, FrozenManifest, FrozenPartition, FrozenPerson, ObjectRef,
    RoundRecord, keys,
};

/// Keeps attempts and people, then moves the round to `Phase::Frozen`.
pub(crate) async fn freeze(
    app: &App,
    contest: &ContestSnapshot,
    round: &Round,
    record: &RoundRecord,
) -> anyhow::Result<()> {
    let mut attempts = Vec::new();
    for shard in 0..record.spread.shards {
        attempts.push(keep_attempts(app, contest, round, shard).await?);
    }
    let mut people = Vec::new();
    for shard in 0..app.control.people_shards(&contest.plan.id).await? {
        people.push(keep_people(app, contest, round, shard).await?);
    }
    let manifest =
        FrozenManifest { state: contest.state.clone(), closed_at_ms: round.closes.millis(), attempts, people };
    let path = keys::frozen_manifest(&contest.plan.id, &round.id);
    let bytes = serde_json::to_vec(&manifest)?;
    let frozen = app.vault.put_if_absent(&path, bytes).await?;
    let sha256 = sha256_hex(&frozen);
    let advance = Advance::Freeze { manifest_sha256: &sha256 };
    Ok(app.control.advance_phase(&contest.plan.id, &round.id, advance).await?)
}

async fn keep_attempts(app: &App, contest: &ContestSnapshot, round: &Round, shard: u16) -> anyhow::Result<FrozenFile> {
    let path = keys::run(&contest.plan.id, &round.id, shard);
    let frozen = match app.vault.get(&path).await? {
        Some(frozen) => frozen,
        None => {
            let partition = AttemptPartition { contest: &contest.plan.id, round: &round.id, shard };
            let rows: Vec<Attempt> = app.attempts.query_shard(partition).await?;
            app.vault.put_if_absent(&path, FrozenPartition::of(&rows).encode()?).await?
        }
    };
    let rows = FrozenPartition::decode(&frozen)?.len();
    Ok(file(path, &frozen, rows))
}

async fn keep_people(app: &App, contest: &ContestSnapshot, round: &Round, shard: u16) -> anyhow::Result<FrozenFile> {
    let path = keys::people_run(&contest.plan.id, &round.id, shard);
    let frozen = match app.vault.get(&path).await? {
        Some(frozen) => frozen,
        None => {
            let people = app.people.query_shard(&contest.plan.id, shard).await?;
            let people: Vec<FrozenPerson> =
                people.iter().map(|(code, profile)| FrozenPerson::of(code, profile)).collect();
            app.vault.put_if_absent(&path, FrozenPerson::encode(&people)?).await?
        }
    };
    let rows = FrozenPerson::decode(&frozen)?.len();
    Ok(file(path, &frozen, rows))
}

fn file(path: String, bytes: &[u8], rows: usize) -> FrozenFile {
    FrozenFile { object: ObjectRef { path, sha256: sha256_hex(bytes) }, rows: rows as u64 }
}

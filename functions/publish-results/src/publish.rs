//! One edition of a round, from ranked results to the moved pointer.

use crate::App;
use crate::version::{Files, Publication, files};
use anyhow::{Context, ensure};
use contest::ids::ContestId;
use contest::plan::Round;
use contest::time::Timestamp;
use documents::site::{PointerEntry, PublishedFile, RoundPointer};
use store::{Bucket, StoreError, Tagged, keys};

/// Writes the files of an edition, makes it live unless it or a later one is, and records that.
pub(crate) async fn publish(app: &App, publication: &Publication<'_>, now: Timestamp) -> anyhow::Result<String> {
    let Publication { contest, round, record, .. } = publication;
    app.secrets.require_published_key(&app.site, contest).await?;
    let number = record.edition.number;
    let earlier = earlier(app, contest, round, number).await?;
    let Files { public, officials } = files(app, publication, &earlier).await?;
    for file in &public {
        put_once(&app.site, &keys::version_file(contest, &round.id, number, file.name), file).await?;
    }
    for file in officials {
        // What stands there stays: accounts may have been erased since a run before this one wrote it.
        app.officials.put_named(&keys::officials_file(contest, &round.id, number, file.name), file.bytes).await?;
    }
    let manifest = public.last().context("a version without a manifest")?;
    move_pointer(app, publication, &manifest.sha256(), now).await?;
    app.control.record_publication(contest, &round.id, number).await?;
    Ok(format!("published {contest}/{} edition {number}", round.id))
}

/// The versions before this one, as the pointer's history has them: the only source of what was published.
async fn earlier(app: &App, contest: &ContestId, round: &Round, number: u32) -> anyhow::Result<Vec<PointerEntry>> {
    if number == 1 {
        return Ok(Vec::new());
    }
    let (_, live) = pointer(app, contest, round).await?.context("a later edition before anything is published")?;
    Ok(live.history.into_iter().take_while(|entry| entry.version < number).collect())
}

/// Below `v{n}/` nothing ever changes: a repeated run must find its own bytes.
async fn put_once(bucket: &Bucket, path: &str, file: &PublishedFile) -> anyhow::Result<()> {
    let existing = bucket.put_if_absent(path, file.bytes.clone()).await?;
    if existing == file.bytes { Ok(()) } else { Err(StoreError::other_bytes(path).into()) }
}

/// The pointer as it stands.
pub(crate) async fn pointer(
    app: &App,
    contest: &ContestId,
    round: &Round,
) -> anyhow::Result<Option<(Tagged, RoundPointer)>> {
    let path = keys::round_index(contest, &round.id);
    let Some(live) = app.site.get_tagged(&path).await? else { return Ok(None) };
    let pointer = RoundPointer::from_json(&live.bytes).map_err(|e| StoreError::unparsed(path, &e))?;
    Ok(Some((live, pointer)))
}

/// Makes the version live, unless it or a later one is. The pointer moves only from what was read.
async fn move_pointer(
    app: &App,
    publication: &Publication<'_>,
    manifest_sha256: &str,
    now: Timestamp,
) -> anyhow::Result<()> {
    let Publication { contest, round, .. } = publication;
    let path = keys::round_index(contest, &round.id);
    let live = pointer(app, contest, round).await?;
    let number = publication.record.edition.number;
    if let Some((_, live)) = &live
        && let Some(entry) = live.history.iter().find(|entry| entry.version == number)
    {
        let same = entry.manifest_sha256 == manifest_sha256;
        return if same { Ok(()) } else { Err(StoreError::other_bytes(&path).into()) };
    }
    let before = live.as_ref().map(|(_, pointer)| pointer);
    let live_version = before.map_or(0, |pointer| pointer.version);
    ensure!(live_version + 1 == number, "{path} names version {live_version}, and {number} cannot follow");
    let moved = RoundPointer::moved(
        before,
        number,
        publication.record.edition.status,
        manifest_sha256,
        publication.reason(),
        now,
    );
    let swapped = app.site.swap(&path, live.as_ref().map(|(live, _)| live.tag.as_str()), moved.to_json()).await?;
    ensure!(swapped, "{path} was moved meanwhile");
    Ok(())
}

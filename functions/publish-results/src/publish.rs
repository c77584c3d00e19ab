//! One version, from its files to the moved pointer: of a round, or of the results over the contest.

use crate::App;
use crate::named::Named;
use crate::version::{Publication, files};
use anyhow::{Context, ensure};
use contest::edition::Status;
use contest::time::Timestamp;
use documents::site::{PointerEntry, PublishedFile, RoundPointer, VersionBefore};
use store::{StoreError, Tagged, keys};

/// Writes the files of a round's edition, makes it live unless it or a later one is, and records that.
pub(crate) async fn publish(app: &App, publication: &Publication<'_>, now: Timestamp) -> anyhow::Result<String> {
    let Publication { contest, round, record, .. } = publication;
    app.secrets.require_published_key(&app.site, contest).await?;
    let (number, status) = (record.edition.number, record.edition.status);
    let index = keys::round_index(contest, &round.id);
    let earlier = earlier(app, &index, number).await?;
    let (files, named) = files(app, publication, &earlier).await?;
    let folder = keys::version_file(contest, &round.id, number, "");
    let version = Version { index, folder, number, status, reason: publication.reason(), files: &files, named };
    version.put(app).await?;
    version.make_live(app, now).await?;
    app.control.record_publication(contest, &round.id, number).await?;
    Ok(format!("published {contest}/{} edition {number}", round.id))
}

/// The versions before this one, as the pointer's history has them: the only source of what was published.
pub(crate) async fn earlier(app: &App, index: &str, number: u32) -> anyhow::Result<Vec<PointerEntry>> {
    if number == 1 {
        return Ok(Vec::new());
    }
    let (_, live) = pointer(app, index).await?.context("a later edition before anything is published")?;
    Ok(live.history.into_iter().take_while(|entry| entry.version < number).collect())
}

/// What the last of the earlier versions says; `folder` names where a version stands.
pub(crate) async fn version_before(
    app: &App,
    earlier: &[PointerEntry],
    folder: impl Fn(u32) -> String,
) -> anyhow::Result<Option<VersionBefore>> {
    let Some(last) = earlier.last() else { return Ok(None) };
    let path = |name: &str| format!("{}{name}", folder(last.version));
    let file = async |name: &str| app.site.get(&path(name)).await?.ok_or_else(|| StoreError::missing(path(name)));
    let before = VersionBefore::read(&file("results.json").await?, &file("ranking.csv").await?);
    Ok(before.map(Some).map_err(|e| StoreError::unparsed(path("results.json"), &e))?)
}

/// The pointer as it stands.
pub(crate) async fn pointer(app: &App, index: &str) -> anyhow::Result<Option<(Tagged, RoundPointer)>> {
    let Some(live) = app.site.get_tagged(index).await? else { return Ok(None) };
    let pointer = RoundPointer::from_json(&live.bytes).map_err(|e| StoreError::unparsed(index, &e))?;
    Ok(Some((live, pointer)))
}

/// A version on its way out.
pub(crate) struct Version<'a> {
    /// Path of the pointer.
    pub(crate) index: String,
    /// Path under which the files stand.
    pub(crate) folder: String,
    pub(crate) number: u32,
    pub(crate) status: Status,
    pub(crate) reason: Option<&'a str>,
    /// The manifest last.
    pub(crate) files: &'a [PublishedFile],
    pub(crate) named: Named,
}

impl Version<'_> {
    /// Below the folder nothing ever changes: a repeated run must find its own bytes.
    pub(crate) async fn put(&self, app: &App) -> anyhow::Result<()> {
        for file in self.files {
            let path = format!("{}{}", self.folder, file.name);
            let existing = app.site.put_if_absent(&path, file.bytes.clone()).await?;
            if existing == file.bytes {
                continue;
            }
            // Another publisher knew of a later edition, or of an erasure, and its names stand.
            let is_raced = self.named == Named::Anew && file.name == "results.json";
            let error = if is_raced { StoreError::Raced { what: path } } else { StoreError::other_bytes(&path) };
            return Err(error.into());
        }
        Ok(())
    }

    /// Makes the version live, unless it or a later one is. The pointer moves only from what was read.
    pub(crate) async fn make_live(&self, app: &App, now: Timestamp) -> anyhow::Result<()> {
        let Self { index, number, .. } = self;
        let manifest_sha256 = self.files.last().context("a version without a manifest")?.sha256();
        let live = pointer(app, index).await?;
        if let Some((_, live)) = &live
            && let Some(entry) = live.history.iter().find(|entry| entry.version == *number)
        {
            let same = entry.manifest_sha256 == manifest_sha256;
            return if same { Ok(()) } else { Err(StoreError::other_bytes(index).into()) };
        }
        let before = live.as_ref().map(|(_, pointer)| pointer);
        let live_version = before.map_or(0, |pointer| pointer.version);
        ensure!(live_version + 1 == *number, "{index} names version {live_version}, and {number} cannot follow");
        let moved = RoundPointer::moved(before, *number, self.status, &manifest_sha256, self.reason, now);
        let swapped = app.site.swap(index, live.as_ref().map(|(live, _)| live.tag.as_str()), moved.to_json()).await?;
        ensure!(swapped, "{index} was moved meanwhile");
        Ok(())
    }
}

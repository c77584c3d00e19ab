//! `GET /v1/organizer/contests/{c}/documents`: every published version with its documents.

use super::{CONTEST, Folder, PART};
use crate::App;
use crate::caller::Caller;
use crate::contests::snapshot;
use crate::error::ApiError;
use contest::decision::{Decision, of_round};
use contest::edition::{Status, over_contest};
use contest::ids::RoundId;
use contest::organizers::Action;
use documents::console::Refusal;
use documents::console::downloads::{DocumentLine, Documents, Version};
use documents::officials::documents_json::ListedDocument;
use documents::officials::has_birth_dates;
use function::http::{Reply, Request};
use std::collections::BTreeMap;
use store::keys::VersionFolder;
use store::{ContestSnapshot, Editions, OverallRecord, StoreError};

pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (_, id) = Caller::in_contest(app, request, Action::Download).await?;
    let contest = snapshot(app, &id).await?.ok_or(Refusal::NoSuchContest)?;
    let mut records: BTreeMap<RoundId, Editions> = BTreeMap::new();
    let mut versions = Vec::new();
    for round in &contest.plan.rounds {
        let Some(record) = app.control.round(&id, &round.id).await? else { continue };
        let published = record.editions.published;
        for number in 1..=published {
            let folder = VersionFolder { contest: id.clone(), round: Some(round.id.clone()), version: number };
            let edition = record.editions.scored.get(number as usize - 1);
            versions.push(Version {
                round: round.id.to_string(),
                round_name: Some(round.name.clone()),
                version: number,
                status: edition.map(|edition| edition.edition.status.as_str()),
                is_newest: number == published,
                files: files(app, &Folder::Version(folder)).await?,
            });
        }
        records.insert(round.id.clone(), record.editions);
    }
    versions.extend(over_contest_versions(app, &contest, &records).await?);
    let files = files(app, &Folder::Contest(id)).await?;
    if !files.is_empty() {
        let round = CONTEST.to_owned();
        versions.push(Version { round, round_name: None, version: 0, status: None, is_newest: true, files });
    }
    Ok(Reply::ok(&Documents { versions }))
}

async fn over_contest_versions(
    app: &App,
    contest: &ContestSnapshot,
    records: &BTreeMap<RoundId, Editions>,
) -> Result<Vec<Version>, StoreError> {
    let id = &contest.plan.id;
    let overall = app.control.overall(id).await?;
    let decisions = contest.decisions().await?;
    let mut versions = Vec::new();
    for number in 1..=overall.published {
        let folder = VersionFolder { contest: id.clone(), round: None, version: number };
        versions.push(Version {
            round: RoundId::overall().to_string(),
            round_name: None,
            version: number,
            status: status(&overall, number, (records, &decisions)).map(Status::as_str),
            is_newest: number == overall.published,
            files: files(app, &Folder::Version(folder)).await?,
        });
    }
    Ok(versions)
}

/// As that of the editions which a version over the contest follows from, and of what was decided about it.
fn status(
    overall: &OverallRecord,
    number: u32,
    (records, decisions): (&BTreeMap<RoundId, Editions>, &[Decision]),
) -> Option<Status> {
    let edition = overall.editions.get(number as usize - 1)?;
    let mut rounds = Vec::new();
    for followed in &edition.follows {
        let scored = &records.get(&followed.round)?.scored;
        rounds.push(scored.get(followed.edition as usize - 1)?.edition.status);
    }
    let overall = RoundId::overall();
    let about = of_round(decisions, &overall);
    let last = about.get(..edition.decisions as usize)?.last();
    Some(over_contest::status(rounds, last.map(|decision| decision.recognizes(&overall))))
}

/// The documents of a folder; none while they are being made.
async fn files(app: &App, folder: &Folder) -> Result<Vec<DocumentLine>, StoreError> {
    let documents = folder.documents(&app.officials).await?;
    if documents.is_empty() {
        return Ok(Vec::new());
    }
    let sizes: BTreeMap<String, u64> =
        app.officials.list_folder(&folder.file("")).await?.into_iter().map(|of| (of.path, of.size)).collect();
    let line = |document: ListedDocument| {
        let size = sizes.get(&folder.file(&document.name)).copied().filter(|_| document.sha256.is_some());
        DocumentLine {
            needs_step_up: has_birth_dates(&document.name),
            parts: size.map(|size| size.div_ceil(PART).max(1)),
            size,
            name: document.name,
            status: document.status,
            detail: document.detail,
            sha256: document.sha256,
        }
    };
    Ok(documents.into_iter().map(line).collect())
}

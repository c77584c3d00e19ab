//! `GET` and `PUT /v1/organizer/contests/{c}/files/{name}`: what an AWS client would put there, by the same rules of the same
//! bucket. Whoever writes says what they replace, so that nobody loses what somebody else wrote.

use super::four_eyes;
use crate::App;
use crate::caller::Caller;
use crate::error::{ApiError, of_body};
use crate::log::Done;
use crate::proposals::{Place, ask_another, bank_taken, not_extended};
use contest::ids::ContestId;
use contest::organizers::{Chain, FileKind};
use contest::seal::sha256_hex;
use data_encoding::{BASE64, HEXLOWER};
use documents::console::Refusal;
use documents::console::contests::Uploaded;
use function::http::{BadBody, Reply, Request};
use store::{UploadRecord, Written, keys};

/// Largest file: a request of Lambda takes six megabytes, in base 64.
const MAX_FILE: usize = 4 * 1024 * 1024;

pub(crate) async fn read(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (caller, contest, name) = named(app, request).await?;
    let kind = FileKind::of(name).ok_or(Refusal::NoSuchFile)?;
    caller.require(kind.read().ok_or(Refusal::BanksStayIn)?, Some(&contest))?;
    let file = app.uploads.get_tagged(&keys::upload(&contest, name)).await?.ok_or(Refusal::NoSuchFile)?;
    Ok(Reply::file(file.bytes, &file.tag))
}

pub(crate) async fn write(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (caller, contest, name) = named(app, request).await?;
    let kind = FileKind::of(name).ok_or(Refusal::UnknownFileName)?;
    caller.require(kind.write().ok_or(Refusal::DecisionsAreProposed)?, Some(&contest))?;
    let seen = match (request.if_match(), request.only_if_absent()) {
        (Some(tag), false) => Some(tag),
        (None, true) => None,
        _ => return Err(Refusal::ConditionMissing.into()),
    };
    let bytes = request.bytes_up_to(MAX_FILE).map_err(|bad| match bad {
        BadBody::TooLarge => Refusal::FileTooLarge,
        other => of_body(other),
    })?;
    if bytes.is_empty() {
        return Err(Refusal::EmptyFile.into());
    }
    let sha256 = sha256_hex(&bytes);
    let stated = request.stated_sha256().and_then(|stated| BASE64.decode(stated.as_bytes()).ok());
    if stated.map(|stated| HEXLOWER.encode(&stated)).as_deref() != Some(&*sha256) {
        return Err(Refusal::DigestMismatch.into());
    }
    let held = four_eyes::hold(&caller, &contest, (kind, name), (&bytes, &sha256)).await?;
    let done = Done { action: held.action, subject: name, reason: held.reason.as_deref(), ..Done::default() };
    let done = Done { proposal: held.proposal.as_ref().map(|(id, _)| id.as_str()), ..done };
    let upload = Upload { name, seen, sha256: &sha256, done };
    let place = Place { caller, of: Chain::Contest(contest.clone()) };
    let written = match held.extends {
        true => extend(&place, &contest, upload, bytes).await?,
        false => put(&place.caller, &contest, upload, bytes).await?,
    };
    if let Some((id, proposal)) = &held.proposal {
        bank_taken(&place, (id, proposal)).await?;
    }
    Ok(Reply::json(202, &Uploaded { version_id: written.version, etag: written.tag }))
}

/// Moves an end later, after another lead was asked to look at it. Where it is not known whether it came, they look all the
/// same: it may have come, and whoever sends it again is not asked to extend what stands there.
async fn extend(
    place: &Place<'_>,
    contest: &ContestId,
    upload: Upload<'_>,
    bytes: Vec<u8>,
) -> Result<Written, ApiError> {
    let asked = ask_another(place, &String::from_utf8_lossy(&bytes)).await?;
    match put(&place.caller, contest, upload, bytes).await {
        Ok(written) => Ok(written),
        Err(ApiError::Refused(refusal)) => {
            not_extended(place, &asked).await?;
            Err(refusal.into())
        }
        Err(unknown @ ApiError::Store(_)) => Err(unknown),
    }
}

/// A file that is about to be written.
pub(crate) struct Upload<'a> {
    pub(crate) name: &'a str,
    /// Tag of what it replaces; none where nothing may stand there.
    pub(crate) seen: Option<&'a str>,
    /// Of its bytes, in hexadecimal.
    pub(crate) sha256: &'a str,
    /// What the log says of it.
    pub(crate) done: Done<'a>,
}

/// Logs the upload, makes it, and notes which one it was.
pub(crate) async fn put(
    caller: &Caller<'_>,
    contest: &ContestId,
    upload: Upload<'_>,
    bytes: Vec<u8>,
) -> Result<Written, ApiError> {
    let Upload { name, seen, sha256, done } = upload;
    let app = caller.app;
    let path = keys::upload(contest, name);
    let noted = app.control.noted_uploads(contest).await?.remove(name);
    let before = noted.filter(|noted| Some(noted.tag.as_str()) == seen).map(|noted| noted.sha256);
    let done = Done { before_sha256: before.as_deref(), after_sha256: Some(sha256), ..done };
    caller.log(&Chain::Contest(contest.clone()), done).await?;
    let checksum = HEXLOWER.decode(sha256.as_bytes()).map(|hash| BASE64.encode(&hash)).unwrap_or_default();
    let written = app.uploads.swap_checked(&path, seen, bytes, &checksum).await?.ok_or(Refusal::ChangedMeanwhile)?;
    let listed = app.uploads.list(&path).await?.into_iter().find(|listed| listed.path == path);
    // Where another upload was faster than this list, the note would be of the other: it is left out, and the report is
    // told by its time.
    if let Some(listed) = listed.filter(|listed| listed.tag == written.tag) {
        let record = UploadRecord {
            tag: listed.tag,
            written_s: listed.written_s,
            version: written.version.clone(),
            sha256: sha256.to_owned(),
            received_ms: Some(caller.now().millis()),
        };
        app.control.note_upload(contest, name, &record).await?;
    }
    Ok(written)
}

/// Whoever asks, and the file that the path names.
pub(super) async fn named<'a>(
    app: &'a App,
    request: &'a Request,
) -> Result<(Caller<'a>, ContestId, &'a str), ApiError> {
    let caller = Caller::of(app, request).await?;
    let contest = ContestId::parse(request.part("c")).map_err(|_| Refusal::NoSuchContest)?;
    Ok((caller, contest, request.part("name")))
}

//! `GET /v1/organizer/contests/{c}/documents/{r}/{v}/{file}/parts/{n}`: a document, four megabytes at a time. Who takes one
//! stands in the log; where dates of birth are in it a second factor is asked for.

use super::{Folder, PART};
use crate::App;
use crate::caller::Caller;
use crate::error::ApiError;
use crate::log::Done;
use contest::organizers::{Action, Chain};
use data_encoding::{BASE64, HEXLOWER};
use documents::console::Refusal;
use documents::officials::has_birth_dates;
use function::http::{FilePart, Reply, Request};
use store::StoreError;

pub(crate) async fn part(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (caller, contest) = Caller::in_contest(app, request, Action::Download).await?;
    let (round, version, file) = (request.part("r"), request.part("v"), request.part("file"));
    let folder = Folder::parse(&contest, round, version).ok_or(Refusal::NoSuchFile)?;
    let number: u64 = request.part("n").parse().ok().filter(|number| *number > 0).ok_or(Refusal::NoSuchFile)?;
    if has_birth_dates(file) {
        caller.require_step_up()?;
    }
    // Only what a list names is read: neither another folder nor what people get of their own.
    let documents = folder.documents(&app.officials).await?;
    let sha256 = documents.into_iter().find(|document| document.name == file).and_then(|document| document.sha256);
    let sha256 = sha256.ok_or(Refusal::NoSuchFile)?;
    let subject = format!("{round}/v{version}/{file} {number}");
    caller.log(&Chain::Contest(contest), Done { action: "download", subject: &subject, ..Done::default() }).await?;
    let from = (number - 1).checked_mul(PART).ok_or(Refusal::NoSuchFile)?;
    let read = app.officials.get_part(&folder.file(file), from, PART).await?.ok_or(Refusal::NoSuchFile)?;
    let digest = HEXLOWER.decode(sha256.as_bytes()).map_err(|e| StoreError::corrupt("a list of documents", e))?;
    Ok(Reply::part(FilePart {
        from,
        size: read.size,
        parts: read.size.div_ceil(PART).max(1),
        sha256_base64: BASE64.encode(&digest),
        bytes: read.bytes,
    }))
}

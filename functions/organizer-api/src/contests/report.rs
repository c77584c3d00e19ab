//! `GET /v1/organizer/contests/{c}/files/{name}/report`: what the importer said of the newest version of a file.

use super::files::named;
use crate::App;
use crate::error::ApiError;
use contest::ids::ContestId;
use contest::organizers::{Action, FileKind};
use contest::problem::ProblemKind;
use documents::console::Refusal;
use documents::console::contests::Judging;
use function::http::{Reply, Request};
use serde_json::Value;
use store::{Listed, StoreError, UploadRecord, keys};

/// What is said of a bank whose answers are all on one letter.
const ONE_LETTER: &str = ProblemKind::OneLetterKey { letter: 'A' }.code();

/// Seconds after which a page asks again.
const AGAIN_SECONDS: u64 = 1;

pub(crate) async fn report(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (caller, contest, name) = named(app, request).await?;
    let kind = FileKind::of(name).ok_or(Refusal::NoSuchFile)?;
    caller.require(kind.read_report(), Some(&contest))?;
    let path = keys::upload(&contest, name);
    let listed = app.uploads.list(&path).await?.into_iter().find(|listed| listed.path == path);
    let listed = listed.ok_or(Refusal::NoSuchFile)?;
    let noted = app.control.noted_uploads(&contest).await?.remove(name);
    let knows_answers = caller.require(Action::WriteBank, Some(&contest)).is_ok();
    Ok(match judged(app, (&contest, name), &listed, noted.as_ref()).await? {
        Some(report) if kind == FileKind::Bank && !knows_answers => Reply::ok(&without_letters(report)),
        Some(report) => Reply::ok(&report),
        None => Reply::json(202, &Judging { status: "judging" }).again_after(AGAIN_SECONDS),
    })
}

/// A report on a bank for those who may not know what is right: without how many answers fall on each letter, which would tell
/// all where it is one letter.
fn without_letters(mut report: Value) -> Value {
    // By pointers: an index would put in what an older report does not have.
    if let Some(letters) = report.pointer_mut("/read/letters").and_then(Value::as_object_mut) {
        letters.clear();
    }
    if let Some(warnings) = report.pointer_mut("/warnings").and_then(Value::as_array_mut) {
        warnings.retain(|warning| warning["code"] != ONE_LETTER);
    }
    report
}

/// The report on an upload, or none while it is judged. An upload of the console is told by its version; any other, and one
/// whose reply was lost with its version, by the time of its report, which the importer writes after the bucket has taken the
/// file.
pub(crate) async fn judged(
    app: &App,
    (contest, name): (&ContestId, &str),
    upload: &Listed,
    noted: Option<&UploadRecord>,
) -> Result<Option<Value>, StoreError> {
    let path = keys::import_report(contest, name);
    let Some(bytes) = app.officials.get(&path).await? else { return Ok(None) };
    let report: Value = serde_json::from_slice(&bytes).map_err(|e| StoreError::unparsed(&path, &e))?;
    let noted = noted.filter(|noted| noted.is_of(upload));
    if let Some(version) = noted.and_then(|noted| noted.version.as_deref()) {
        return Ok((report["version_id"].as_str() == Some(version)).then_some(report));
    }
    let written = app.officials.list(&path).await?.into_iter().find(|listed| listed.path == path);
    Ok(written.is_some_and(|written| written.written_s >= upload.written_s).then_some(report))
}

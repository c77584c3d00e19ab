//! What somebody does with their own account.

use super::by_passkey::checked_passkey;
use super::forms::{CodeForm, SecretForm, StepUpForm};
use super::{Tried, count_try, new_card, use_second};
use crate::App;
use crate::caller::{self, Caller, open_session};
use crate::error::{ApiError, expect_no_content, form, invalid};
use crate::log::Done;
use ::accounts::secret_hash;
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::{Chain, staff_secret};
use contest::people::Secret;
use documents::console::Refusal;
use documents::console::sessions::{Opened, SessionLine, Sessions};
use function::http::{Reply, Request};
use serde_json::json;
use store::{Identified, Organizer, StoreError};

/// `GET /v1/organizer/me`
pub(crate) async fn me(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    Ok(Reply::ok(&caller::me(&caller.account)))
}

/// `POST /v1/organizer/me/step-up`: a second factor once more, for what asks for one: a code, or a passkey.
pub(crate) async fn step_up(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let mut caller = Caller::of(app, request).await?;
    let used = match form(request)? {
        StepUpForm { code: Some(code), passkey: None } => checked_second(&caller, &code).await?,
        StepUpForm { code: None, passkey: Some(passkey) } => checked_passkey(&caller, passkey).await?,
        StepUpForm { code: None, passkey: None } => return Err(one_of_both(FormFault::Missing)),
        StepUpForm { code: Some(_), passkey: Some(_) } => return Err(one_of_both(FormFault::NotAsked)),
    };
    if !app.organizers.replace_once(&caller.account.id, &used).await? {
        return Err(StoreError::Raced { what: "an organizer's account".into() }.into());
    }
    caller.session.times.stepped_up = caller.now();
    if !app.organizers.note_session(&caller.account.id, &caller.session).await? {
        return Err(Refusal::NoSession.into());
    }
    Ok(Reply::ok(&json!({ "stepped_up_at": caller.now().rfc3339() })))
}

/// `GET /v1/organizer/me/sessions`
pub(crate) async fn sessions(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let line = |session: &store::StoredSession| SessionLine {
        id: session.sha256[..16].to_owned(),
        opened_at: session.times.opened.rfc3339(),
        seen_at: session.times.seen.rfc3339(),
        is_this: session.sha256 == caller.session.sha256,
    };
    Ok(Reply::ok(&Sessions { sessions: caller.sessions.iter().map(line).collect() }))
}

/// `DELETE /v1/organizer/me/sessions/{s}`
pub(crate) async fn end_session(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let named = request.part("s");
    let ended = caller.sessions.iter().find(|session| named.len() == 16 && session.sha256.starts_with(named));
    if let Some(session) = ended {
        let done = Done { action: "end_session", subject: &caller.account.id, ..Done::default() };
        caller.log(&Chain::Platform, done).await?;
        app.organizers.end_session(&caller.account.id, &session.sha256).await?;
    }
    Ok(Reply::nothing())
}

/// `DELETE /v1/organizer/sessions`: signs out.
pub(crate) async fn sign_out(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let caller = Caller::of(app, request).await?;
    app.organizers.end_session(&caller.account.id, &caller.session.sha256).await?;
    Ok(Reply::nothing())
}

/// `PUT /v1/organizer/me/secret`: every other session ends.
pub(crate) async fn change_secret(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let form: SecretForm = form(request)?;
    let now = request.received_at;
    let wrong = |fault| invalid(vec![WrongField::new(FormField::NewSecret, fault)]);
    let new = staff_secret(&form.new_secret).map_err(|fault| wrong(FormFault::Value(fault)))?;
    if new.is_common() {
        return Err(wrong(FormFault::TooCommon));
    }
    let counted = count_try(app, Tried::Login, &caller.account.what.login, now).await?;
    let old = Secret::parse(&form.secret).map_err(|_| Refusal::WrongCredentials)?;
    if !secret_hash::verify(old, Some(&caller.account.what.secret_hash)).await? {
        return Err(Refusal::WrongCredentials.into());
    }
    app.organizers.forget_tries(&counted).await?;
    let mut changed = caller.account.what.clone();
    changed.secret_hash = secret_hash::hash(new, crate::random::random()?).await?;
    let done = Done { action: "change_secret", subject: &caller.account.id, ..Done::default() };
    Ok(Reply::ok(&change_factor(&caller, changed, done, None).await?))
}

/// Writes what somebody signs in with from now on, once it stands in the log and the ticket that led here, where there is
/// one, is used up. Every session ends, and another one is opened.
pub(super) async fn change_factor(
    caller: &Caller<'_>,
    mut changed: Organizer,
    done: Done<'_>,
    ticket: Option<(&str, Refusal)>,
) -> Result<Opened, ApiError> {
    changed.version += 1;
    caller.log(&Chain::Platform, done).await?;
    if let Some((token, over)) = ticket
        && !caller.app.organizers.use_ticket(token).await?
    {
        return Err(over.into());
    }
    replace(caller, &changed).await?;
    let account = Identified { id: caller.account.id.clone(), what: changed };
    Ok(open_session(caller.app, &account, caller.now()).await?)
}

fn one_of_both(fault: FormFault) -> ApiError {
    invalid(vec![WrongField::new(FormField::Code, fault)])
}

/// `POST /v1/organizer/me/recovery`: a new card; the old one is worth nothing any more.
pub(crate) async fn new_recovery(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let CodeForm { code } = form(request)?;
    let mut changed = checked_second(&caller, &code).await?;
    let (codes, salt, hashes) = new_card().await?;
    (changed.recovery_salt, changed.recovery) = (salt, hashes);
    let done = Done { action: "new_recovery_card", subject: &caller.account.id, ..Done::default() };
    caller.log(&Chain::Platform, done).await?;
    replace(&caller, &changed).await?;
    Ok(Reply::ok(&json!({ "recovery": codes })))
}

/// The account once a second factor is used up.
async fn checked_second(caller: &Caller<'_>, code: &str) -> Result<Organizer, ApiError> {
    let Caller { app, account, .. } = caller;
    let counted = count_try(app, Tried::Second, &account.id, caller.now()).await?;
    let used = use_second(app, &account.id, &account.what, code, caller.now()).await?;
    let used = used.ok_or(Refusal::WrongCode)?;
    app.organizers.forget_tries(&counted).await?;
    Ok(used)
}

async fn replace(caller: &Caller<'_>, changed: &Organizer) -> Result<(), StoreError> {
    let Caller { app, account, .. } = caller;
    match app.organizers.replace(&account.id, changed).await? {
        true => Ok(()),
        false => Err(StoreError::Raced { what: "an organizer's account".into() }),
    }
}

//! `POST /v1/organizer/sessions` and `…/second`: a secret, then a code of the app or of the recovery card.

use super::forms::{SecondForm, SignInForm};
use super::{Tried, count_try, use_second};
use crate::App;
use crate::caller::open_session;
use crate::error::{ApiError, form};
use crate::log::{Done, write};
use ::accounts::secret_hash;
use contest::organizers::{Chain, Login, TICKET_MS};
use contest::people::Secret;
use contest::seal::sha256_hex;
use documents::console::Refusal;
use documents::console::log::Actor;
use documents::console::sessions::FirstStep;
use function::http::{Reply, Request};
use store::{Identified, StoreError, Ticket};

/// Whether somebody has the login or not, the same is done and told in the same time.
pub(crate) async fn sign_in(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: SignInForm = form(request)?;
    let now = request.received_at;
    let (Ok(login), Ok(secret)) = (Login::parse(&form.login), Secret::parse(&form.secret)) else {
        return Err(Refusal::WrongCredentials.into());
    };
    let counted = count_try(app, Tried::Login, login.as_str(), now).await?;
    let known = app.organizers.by_login(login.as_str()).await?;
    let enabled = known.filter(|account| account.what.disabled_at_ms.is_none());
    let stored = enabled.as_ref().map(|account| account.what.secret_hash.as_str());
    let is_right = secret_hash::verify(secret, stored).await?;
    let account = enabled.filter(|_| is_right).ok_or(Refusal::WrongCredentials)?;
    app.organizers.forget_tries(&counted).await?;
    let token = crate::random::token()?;
    let ticket = Ticket::SignIn { id: account.id, version: account.what.version };
    app.organizers.issue_ticket(&sha256_hex(token.as_bytes()), &ticket, now.plus_millis(TICKET_MS)).await?;
    let mut second = vec!["totp"];
    second.extend((!account.what.recovery.is_empty()).then_some("recovery"));
    Ok(Reply::ok(&FirstStep { ticket: token, second }))
}

/// The code is used up by the same write that notes the sign-in: of two who use one code, one comes in.
pub(crate) async fn second(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: SecondForm = form(request)?;
    let now = request.received_at;
    let token = sha256_hex(form.ticket.as_bytes());
    let Some(Ticket::SignIn { id, version }) = app.organizers.ticket(&token, now).await? else {
        return Err(Refusal::WrongCredentials.into());
    };
    let counted = count_try(app, Tried::Second, &id, now).await?;
    let account = app.organizers.account(&id).await?.filter(|account| account.disabled_at_ms.is_none());
    let account = account.filter(|account| account.version == version).ok_or(Refusal::WrongCredentials)?;
    let mut used = use_second(app, &id, &account, &form.code, now).await?.ok_or(Refusal::WrongCredentials)?;
    used.signed_in_at_ms = Some(now.millis());
    let done = Done { action: "sign_in", subject: &id, ..Done::default() };
    let actor = Actor { id: Some(id.clone()), role: None };
    write(app, &Chain::Platform, actor, (&request.id, now.rfc3339()), done).await?;
    if !app.organizers.use_ticket(&token).await? {
        return Err(Refusal::WrongCredentials.into());
    }
    if !app.organizers.replace_once(&id, &used).await? {
        return Err(StoreError::Raced { what: "an organizer's account".into() }.into());
    }
    app.organizers.forget_tries(&counted).await?;
    let opened = open_session(app, &Identified { id, what: used }, now).await?;
    Ok(Reply::json(201, &opened))
}

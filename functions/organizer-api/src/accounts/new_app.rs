//! Another authenticator app for the same account: on a new phone, say. It counts once it has shown a code.

use super::forms::ConfirmForm;
use super::me::change_factor;
use super::{Tried, count_try};
use crate::caller::Caller;
use crate::error::{ApiError, expect_no_content, form};
use crate::log::Done;
use crate::{App, random};
use contest::organizers::TICKET_MS;
use contest::seal::sha256_hex;
use data_encoding::HEXLOWER;
use documents::console::Refusal;
use documents::console::sessions::Enrolment;
use function::http::{Reply, Request};
use store::Ticket;

/// `POST /v1/organizer/me/totp`: what the new app reads. The old one still counts.
pub(crate) async fn new_app(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let caller = Caller::of(app, request).await?;
    caller.require_step_up()?;
    let account = &caller.account;
    let totp_nonce = HEXLOWER.encode(&random::random::<16>()?);
    let authenticator = app.authenticator(&account.id, &totp_nonce, &account.what.login);
    let ticket = Ticket::NewApp { id: account.id.clone(), version: account.what.version, totp_nonce };
    let token = random::token()?;
    let until = caller.now().plus_millis(TICKET_MS);
    app.organizers.issue_ticket(&sha256_hex(token.as_bytes()), &ticket, until).await?;
    let (totp_uri, totp_qr) = (authenticator.uri(), authenticator.picture());
    Ok(Reply::ok(&Enrolment { ticket: token, totp_uri, totp_qr }))
}

/// `PUT /v1/organizer/me/totp`: a code of the new app; from now on those of the old one do not count.
pub(crate) async fn confirm_app(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let form: ConfirmForm = form(request)?;
    let (account, now) = (&caller.account, caller.now());
    let token = sha256_hex(form.ticket.as_bytes());
    count_try(app, Tried::Second, &token, now).await?;
    let nonce = match app.organizers.ticket(&token, now).await? {
        Some(Ticket::NewApp { id, version, totp_nonce }) if id == account.id && version == account.what.version => {
            totp_nonce
        }
        _ => return Err(Refusal::WrongCode.into()),
    };
    let authenticator = app.authenticator(&account.id, &nonce, &account.what.login);
    let step = authenticator.step(&form.totp, now, None).ok_or(Refusal::WrongCode)?;
    let mut changed = account.what.clone();
    (changed.totp_nonce, changed.totp_step) = (nonce, Some(step));
    let done = Done { action: "change_app", subject: &account.id, ..Done::default() };
    Ok(Reply::ok(&change_factor(&caller, changed, done, Some((&token, Refusal::WrongCode))).await?))
}

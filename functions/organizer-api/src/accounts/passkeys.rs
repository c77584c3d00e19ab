//! One's own passkeys: adding one, and removing one. Whoever changes what they sign in with ends their other sessions.

use super::by_passkey::{keep, keys_of, unread};
use super::forms::NewPasskeyForm;
use super::me::change_factor;
use crate::App;
use crate::caller::Caller;
use crate::error::{ApiError, expect_no_content, form, invalid};
use crate::log::Done;
use crate::passkey::{NewKey, Owner};
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::MOST_PASSKEYS;
use contest::people::ShortText;
use contest::seal::sha256_hex;
use documents::console::Refusal;
use function::http::{Reply, Request};
use store::{PasskeyPurpose, StoredPasskey, Ticket};

/// `POST /v1/organizer/me/passkeys/options`: what a browser makes a new key of.
pub(crate) async fn new_options(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let caller = Caller::of(app, request).await?;
    caller.require_step_up()?;
    let account = &caller.account;
    if account.what.passkeys.len() >= MOST_PASSKEYS {
        return Err(Refusal::TooManyPasskeys.into());
    }
    let owner = Owner { id: &account.id, login: &account.what.login, name: &account.what.name };
    let others: Vec<&str> = keys_of(&account.what).collect();
    let asked = app.relying_party.ask_for_new(&owner, &others)?;
    keep(app, asked, (PasskeyPurpose::Register, Some(account.id.clone())), caller.now()).await
}

/// `POST /v1/organizer/me/passkeys`
pub(crate) async fn add(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let form: NewPasskeyForm = form(request)?;
    caller.require_step_up()?;
    let name = ShortText::parse(&form.name);
    let name = name.map_err(|fault| invalid(vec![WrongField::new(FormField::Name, FormFault::Value(fault))]))?;
    let answer = NewKey::parse(form.passkey).ok_or_else(unread)?;
    let token = sha256_hex(answer.challenge().ok_or_else(unread)?.as_bytes());
    let (account, now) = (&caller.account, caller.now());
    let state = match app.organizers.ticket(&token, now).await? {
        Some(Ticket::Passkey { state, purpose: PasskeyPurpose::Register, of: Some(of) }) if of == account.id => state,
        _ => return Err(Refusal::WrongPasskey.into()),
    };
    let key = app.relying_party.new_key(&state, &answer)?;
    let mut changed = account.what.clone();
    let name = name.as_str().to_owned();
    let stored = StoredPasskey { name, key: key.json, added_at_ms: now.millis(), used_at_ms: None };
    changed.passkeys.insert(key.id.clone(), stored);
    if changed.passkeys.len() > MOST_PASSKEYS {
        return Err(Refusal::TooManyPasskeys.into());
    }
    let subject = format!("{} {}", account.id, key.id);
    let done = Done { action: "add_passkey", subject: &subject, ..Done::default() };
    let opened = change_factor(&caller, changed, done, Some((&token, Refusal::WrongPasskey))).await?;
    Ok(Reply::json(201, &opened))
}

/// `DELETE /v1/organizer/me/passkeys/{k}`
pub(crate) async fn remove(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let caller = Caller::of(app, request).await?;
    caller.require_step_up()?;
    let mut changed = caller.account.what.clone();
    let key = request.part("k");
    changed.passkeys.remove(key).ok_or(Refusal::NoSuchPasskey)?;
    let subject = format!("{} {key}", caller.account.id);
    let done = Done { action: "remove_passkey", subject: &subject, ..Done::default() };
    Ok(Reply::ok(&change_factor(&caller, changed, done, None).await?))
}

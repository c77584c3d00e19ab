//! Signing in by a passkey, and giving one as second factor. A key that was used after a look at the person (its PIN, a
//! finger, the face) is both factors: who holds it, and who they are to their device.

use super::forms::{PasskeyForm, PasskeyOptionsForm};
use super::{Tried, count_try};
use crate::App;
use crate::caller::{Caller, open_session};
use crate::error::{ApiError, expect_no_content, form, invalid};
use crate::log::{Done, write};
use crate::passkey::{self, Answer, Asked, PasskeyFault};
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::{Chain, Login, PASSKEY_MS};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use documents::console::Refusal;
use documents::console::log::Actor;
use documents::console::sessions::PasskeyAsked;
use function::http::{Reply, Request};
use serde_json::Value;
use store::{Identified, Organizer, PasskeyPurpose, StoreError, StoredPasskey, Ticket};

/// `POST /v1/organizer/sessions/passkey/options`: what a browser is to sign. With a login, the keys of that account are named,
/// and as many made-up ones for a login without any: whether somebody has it is not told.
pub(crate) async fn sign_in_options(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let PasskeyOptionsForm { login } = form(request)?;
    let now = request.received_at;
    let Some(login) = login else {
        let asked = app.relying_party.ask(&[])?;
        return keep(app, asked, (PasskeyPurpose::SignIn, None), now).await;
    };
    let login = Login::parse(&login);
    let login = login.map_err(|fault| invalid(vec![WrongField::new(FormField::Login, FormFault::Value(fault))]))?;
    let known = app.organizers.by_login(login.as_str()).await?;
    if known.is_none() {
        // As many reads as for a login that somebody has.
        app.organizers.account(login.as_str()).await?;
    }
    let with_keys =
        |account: &Identified<Organizer>| account.what.disabled_at_ms.is_none() && !account.what.passkeys.is_empty();
    let (of, names) = match known.filter(with_keys) {
        Some(account) => (Some(account.id), passkey::names(keys_of(&account.what))?),
        None => (None, passkey::made_up_names(&app.secrets.made_up_passkeys(), login.as_str())?),
    };
    keep(app, app.relying_party.ask(&names)?, (PasskeyPurpose::SignIn, of), now).await
}

/// `POST /v1/organizer/sessions/passkey`: a session, as after both steps of signing in. The challenge is used up by a write of
/// its own, so that of two who send one answer, one comes in.
pub(crate) async fn sign_in_by_passkey(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let PasskeyForm { passkey } = form(request)?;
    let now = request.received_at;
    let given = Given::read(app, passkey, PasskeyPurpose::SignIn, now).await?;
    let id = given.owner().ok_or(Refusal::WrongPasskey)?;
    let counted = count_try(app, Tried::Passkey, &id, now).await?;
    let account = app.organizers.account(&id).await?.filter(|account| account.disabled_at_ms.is_none());
    let account = Identified { id, what: account.ok_or(Refusal::WrongPasskey)? };
    let mut used = given.used_by(app, &account, request).await?;
    used.signed_in_at_ms = Some(now.millis());
    let done = Done { action: "sign_in", subject: &account.id, ..Done::default() };
    let actor = Actor { id: Some(account.id.clone()), role: None };
    write(app, &Chain::Platform, actor, (&request.id, now.rfc3339()), done).await?;
    given.use_up(app).await?;
    if !app.organizers.replace(&account.id, &used).await? {
        return Err(StoreError::Raced { what: "an organizer's account".into() }.into());
    }
    app.organizers.forget_tries(&counted).await?;
    let opened = open_session(app, &Identified { what: used, ..account }, now).await?;
    Ok(Reply::json(201, &opened))
}

/// `POST /v1/organizer/me/step-up/options`: what one of one's own keys is to sign.
pub(crate) async fn step_up_options(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let caller = Caller::of(app, request).await?;
    let names = passkey::names(keys_of(&caller.account.what))?;
    if names.is_empty() {
        return Err(Refusal::NoSuchPasskey.into());
    }
    let of = Some(caller.account.id.clone());
    keep(app, app.relying_party.ask(&names)?, (PasskeyPurpose::StepUp, of), caller.now()).await
}

/// The account once one of its keys is used as second factor.
pub(super) async fn checked_passkey(caller: &Caller<'_>, passkey: Value) -> Result<Organizer, ApiError> {
    let Caller { app, account, request, .. } = caller;
    let given = Given::read(app, passkey, PasskeyPurpose::StepUp, caller.now()).await?;
    if given.owner().as_ref() != Some(&account.id) {
        return Err(Refusal::WrongPasskey.into());
    }
    let counted = count_try(app, Tried::Passkey, &account.id, caller.now()).await?;
    let used = given.used_by(app, account, request).await?;
    given.use_up(app).await?;
    app.organizers.forget_tries(&counted).await?;
    Ok(used)
}

/// Keeps what was asked until it is answered, and tells the browser.
pub(super) async fn keep(
    app: &App,
    asked: Asked,
    (purpose, of): (PasskeyPurpose, Option<String>),
    now: Timestamp,
) -> Result<Reply, ApiError> {
    let ticket = Ticket::Passkey { state: asked.state, purpose, of };
    let until = now.plus_millis(PASSKEY_MS);
    app.organizers.issue_ticket(&sha256_hex(asked.challenge.as_bytes()), &ticket, until).await?;
    Ok(Reply::ok(&PasskeyAsked { public_key: asked.public_key }))
}

/// What is kept of each key of an account.
pub(super) fn keys_of(account: &Organizer) -> impl Iterator<Item = &str> {
    account.passkeys.values().map(|StoredPasskey { key, .. }| key.as_str())
}

/// The answer is not what `PublicKeyCredential.toJSON()` gives.
pub(super) fn unread() -> ApiError {
    invalid(vec![WrongField::new(FormField::named("passkey"), FormFault::WrongType)])
}

/// An answer, with what it is held against.
struct Given {
    answer: Answer,
    /// Hash of the challenge.
    token: String,
    state: String,
    of: Option<String>,
}

impl Given {
    /// An answer to what was asked for the same purpose, less than five minutes ago, and not answered since.
    async fn read(app: &App, passkey: Value, purpose: PasskeyPurpose, now: Timestamp) -> Result<Self, ApiError> {
        let answer = Answer::parse(passkey).ok_or_else(unread)?;
        let token = sha256_hex(answer.challenge().ok_or_else(unread)?.as_bytes());
        match app.organizers.ticket(&token, now).await? {
            Some(Ticket::Passkey { state, purpose: asked, of }) if asked == purpose => {
                Ok(Self { answer, token, state, of })
            }
            _ => Err(Refusal::WrongPasskey.into()),
        }
    }

    /// Whose key it is: as it was asked, and as the device says.
    fn owner(&self) -> Option<String> {
        match (self.of.as_deref(), self.answer.owner()) {
            (Some(asked), Some(said)) if asked != said => None,
            (asked, said) => asked.or(said).map(str::to_owned),
        }
    }

    /// The account once its key is used, where the answer is right.
    async fn used_by(
        &self,
        app: &App,
        account: &Identified<Organizer>,
        request: &Request,
    ) -> Result<Organizer, ApiError> {
        let key = self.answer.key();
        let mut used = account.what.clone();
        let stored = used.passkeys.get_mut(&key).ok_or(Refusal::WrongPasskey)?;
        match app.relying_party.check(&self.state, &self.answer, &stored.key) {
            Ok(kept) => stored.key = kept.json,
            Err(PasskeyFault::CountedBack) => {
                // Whoever reads the log is to know that there may be two of it.
                let subject = format!("{} {key}", account.id);
                let done = Done { action: "passkey_counted_back", subject: &subject, ..Done::default() };
                let actor = Actor { id: Some(account.id.clone()), role: None };
                write(app, &Chain::Platform, actor, (&request.id, request.received_at.rfc3339()), done).await?;
                self.use_up(app).await?;
                return Err(Refusal::PasskeyCountedBack.into());
            }
            Err(fault) => return Err(fault.into()),
        }
        stored.used_at_ms = Some(request.received_at.millis());
        Ok(used)
    }

    async fn use_up(&self, app: &App) -> Result<(), ApiError> {
        if app.organizers.use_ticket(&self.token).await? { Ok(()) } else { Err(Refusal::WrongPasskey.into()) }
    }
}

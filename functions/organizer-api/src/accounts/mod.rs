//! Accounts: made from an invitation, opened by two factors, kept by their owner and by leads.

mod by_passkey;
mod demo;
mod enrol;
mod forms;
mod invite;
mod me;
mod new_app;
mod passkeys;
mod people;
mod sign_in;

pub(crate) use by_passkey::{sign_in_by_passkey, sign_in_options, step_up_options};
pub use demo::DemoPerson;
pub(crate) use demo::open_demo;
pub(crate) use enrol::{confirm, enrol};
pub(crate) use invite::{invite, invite_directly};
pub(crate) use me::{change_secret, end_session, me, new_recovery, sessions, sign_out, step_up};
pub(crate) use new_app::{confirm_app, new_app};
pub(crate) use passkeys::{add as add_passkey, new_options as new_passkey_options, remove as remove_passkey};
pub(crate) use people::{change, end_sessions, leads, list};
pub(crate) use sign_in::{second, sign_in};

use crate::App;
use crate::error::ApiError;
use ::accounts::recovery;
use contest::throttle::Throttle;
use contest::time::Timestamp;
use documents::console::Refusal;
use std::collections::BTreeMap;
use store::{Organizer, StoreError};

/// What a try is counted under.
#[derive(Clone, Copy)]
enum Tried {
    /// A login, known or not.
    Login,
    /// The second factor of an account.
    Second,
    /// The passkeys of an account: counted by themselves, so that a stranger who tries one does not keep its owner from
    /// signing in by a secret and a code.
    Passkey,
    /// An invitation.
    Invitation,
}

impl Tried {
    const fn word(self) -> &'static str {
        match self {
            Self::Login => "login",
            Self::Second => "second",
            Self::Passkey => "passkey",
            Self::Invitation => "invitation",
        }
    }
}

/// Counts a try, or refuses it; returns the name under which it stands.
async fn count_try(app: &App, tried: Tried, of: &str, now: Timestamp) -> Result<String, ApiError> {
    let name = app.secrets.organizer_tries(tried.word(), of);
    match app.organizers.count_try((Throttle::Identifier, &name), now).await? {
        Ok(()) => Ok(name),
        Err(until) => {
            let wait_ms = until.millis().saturating_sub(now.millis()).max(1).unsigned_abs();
            Err(Refusal::TooManyTries { wait_seconds: wait_ms.div_ceil(1_000) }.into())
        }
    }
}

/// A second factor that was right, and the account as it stands once it is used up.
async fn use_second(
    app: &App,
    id: &str,
    account: &Organizer,
    code: &str,
    now: Timestamp,
) -> Result<Option<Organizer>, StoreError> {
    let mut used = account.clone();
    let app_of = app.authenticator(id, &account.totp_nonce, &account.login);
    if let Some(step) = app_of.step(code, now, account.totp_step) {
        used.totp_step = Some(step);
        return Ok(Some(used));
    }
    let card = recovery::CardHashes {
        salt: account.recovery_salt.clone(),
        hashes: account.recovery.values().cloned().collect(),
    };
    let Some(at) = recovery::place(code, &card).await? else { return Ok(None) };
    let place = account.recovery.keys().nth(at).copied();
    Ok(place.and_then(|place| used.recovery.remove(&place)).map(|_| used))
}

/// A recovery card that is made anew: what is shown, and what is stored.
async fn new_card() -> Result<(Vec<String>, String, BTreeMap<usize, String>), StoreError> {
    let mut random = [[0; 7]; recovery::CODES];
    for code in &mut random {
        *code = crate::random::random()?;
    }
    let card = recovery::make(random, crate::random::random()?).await?;
    Ok((card.codes, card.hashes.salt, card.hashes.hashes.into_iter().enumerate().collect()))
}

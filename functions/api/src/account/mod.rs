//! The account of a contestant: made, opened by a session, shown, taken along, erased.

mod certificates;
mod correct;
mod device;
mod end_sessions;
mod erase;
mod export;
mod identified;
mod me;
mod register;
mod roster;
mod secrets;
pub(crate) mod session;
mod sign_in;

pub(crate) use certificates::{certificate, certificates};
pub(crate) use correct::correct;
pub(crate) use end_sessions::end_sessions;
pub(crate) use erase::erase;
pub(crate) use export::export;
pub(crate) use me::me;
pub(crate) use register::register;
pub(crate) use secrets::{change_secret, use_slip};
pub(crate) use sign_in::sign_in;

use crate::App;
use crate::contests::Contest;
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use contest::ids::ContestantId;
use contest::time::Timestamp;
use documents::api::{Refusal, Session};
use session::SessionToken;
use store::{Account, Profile};

/// The account of a session; an erased one has none.
async fn account_of(who: &SignedIn<'_>) -> Result<Account, ApiError> {
    let account = who.account().await?.filter(|account| account.profile.erased_at_ms.is_none());
    Ok(account.ok_or(Refusal::NoSession)?)
}

async fn profile_of(who: &SignedIn<'_>) -> Result<Profile, ApiError> {
    Ok(account_of(who).await?.profile)
}

/// A new session of an account, and the token by which this device is known from now on.
fn opened(app: &App, contest: &Contest, (contestant, version): (ContestantId, u32), now: Timestamp) -> Session {
    let keys = app.secrets.session_keys();
    let of = SessionToken { contestant, version };
    let (session, expires) = session::issue(keys, &contest.plan.id, &of, now);
    Session {
        contestant: of.contestant.to_string(),
        session,
        expires_at: expires.rfc3339(),
        device: device::issue(keys, &contest.plan.id, &of.contestant, now),
    }
}

fn too_many(until: Timestamp, now: Timestamp) -> Refusal {
    let wait_ms = until.millis().saturating_sub(now.millis()).max(1).unsigned_abs();
    Refusal::TooManyTries { wait_seconds: wait_ms.div_ceil(1_000) }
}

//! The account of a contestant: made, opened by a session, shown, taken along, erased.

mod certificates;
mod device;
mod erase;
mod export;
mod me;
mod register;
mod roster;
mod secret_hash;
pub(crate) mod session;
mod sign_in;

pub(crate) use certificates::{certificate, certificates};
pub(crate) use erase::erase;
pub(crate) use export::export;
pub(crate) use me::me;
pub(crate) use register::register;
pub(crate) use sign_in::sign_in;

use crate::App;
use crate::contests::Contest;
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use contest::ids::ContestantId;
use contest::time::Timestamp;
use documents::api::{Refusal, Session};
use store::Profile;

/// The account of a session; an erased one has none.
async fn profile_of(who: &SignedIn<'_>) -> Result<Profile, ApiError> {
    let shard = who.contest.people_shard(&who.contestant);
    let profile = who.app.people.profile(&who.contest.plan.id, shard, &who.contestant).await?;
    Ok(profile.filter(|profile| profile.erased_at_ms.is_none()).ok_or(Refusal::NoSession)?)
}

/// A new session of an account, and the token by which this device is known from now on.
fn opened(app: &App, contest: &Contest, contestant: &ContestantId, now: Timestamp) -> Session {
    let keys = app.secrets.session_keys();
    let (session, expires) = session::issue(keys, &contest.plan.id, contestant, now);
    Session {
        contestant: contestant.to_string(),
        session,
        expires_at: expires.rfc3339(),
        device: device::issue(keys, &contest.plan.id, contestant, now),
    }
}

fn too_many(until: Timestamp, now: Timestamp) -> Refusal {
    let wait_ms = until.millis().saturating_sub(now.millis()).max(1).unsigned_abs();
    Refusal::TooManyTries { wait_seconds: wait_ms.div_ceil(1_000) }
}

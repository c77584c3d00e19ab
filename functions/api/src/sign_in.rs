//! `POST /v1/contests/{c}/sessions`

use crate::contests::Contest;
use crate::refused::Refused;
use crate::reply::Reply;
use crate::wire::{Request, SignInForm};
use crate::{App, secret_hash, session};
use contest::ids::ContestantId;
use contest::people::{CitizenId, Email, PhoneNumber, Secret};
use contest::text::clean;
use documents::api::{Refusal, Session};
use store::SignInBrake;

/// Five tries in fifteen minutes for one identifier.
const BRAKE: SignInBrake = SignInBrake { tries: 5, window_ms: 15 * 60 * 1_000 };

/// Accounts that may share a phone; each costs one hash.
const MOST_SHARING: i32 = 5;

/// Opens a session. An unknown identifier and a wrong secret are answered alike, and take alike long.
pub(crate) async fn sign_in(app: &App, request: &Request) -> Result<Reply, Refused> {
    let form: SignInForm = request.form(Refusal::InvalidFields)?;
    let contest = app.contests.fresh(&request.contest()?).await?;
    let now = request.received_at;
    let Ok(secret) = Secret::parse(&form.secret) else { return Err(Refusal::WrongCredentials.into()) };
    let (kind, hash) = identify(&contest, &form.identifier);
    let tried = app.people.count_sign_in(&contest.plan.id, &hash, now, BRAKE).await?;
    if let Err(until) = tried {
        let wait_ms = until.millis().saturating_sub(now.millis()).max(1).unsigned_abs();
        return Err(Refusal::TooManyTries { wait_seconds: wait_ms.div_ceil(1_000) }.into());
    }
    let known = app.people.query_by_identifier(&contest.plan.id, kind, &hash, MOST_SHARING).await?;
    let Some(contestant) = find_by_secret(app, &contest, &known, secret).await? else {
        return Err(Refusal::WrongCredentials.into());
    };
    app.people.forget_sign_ins(&contest.plan.id, &hash).await?;
    let (session, expires) = session::issue(app.secrets.session_keys(), &contest.plan.id, &contestant, now);
    Ok(Reply::ok(&Session { contestant: contestant.to_string(), session, expires_at: expires.rfc3339() }))
}

/// What the identifier is taken for, and the keyed hash by which it is found.
fn identify(contest: &Contest, identifier: &str) -> (&'static str, String) {
    let cleaned = clean(identifier);
    let (kind, value) = if let Ok(id) = CitizenId::parse(&cleaned) {
        ("citizen_id", id.as_str().to_owned())
    } else if let Ok(phone) = PhoneNumber::parse(&cleaned) {
        ("phone", phone.e164().to_string())
    } else if let Ok(email) = Email::parse(&cleaned) {
        ("email", email.as_str().to_owned())
    } else {
        ("code", cleaned.replace(' ', "").to_uppercase())
    };
    (kind, contest.keys.lookup(kind, &value))
}

async fn find_by_secret(
    app: &App,
    contest: &Contest,
    known: &[ContestantId],
    secret: Secret,
) -> Result<Option<ContestantId>, Refused> {
    let mut found = None;
    for contestant in known {
        let shard = contest.keys.shard(contestant, crate::PEOPLE_SHARDS);
        let profile = app.people.profile(&contest.plan.id, shard, contestant).await?;
        let stored = profile.filter(|profile| profile.erased_at_ms.is_none()).map(|profile| profile.secret_hash);
        if secret_hash::verify(secret.clone(), stored.as_deref()).await? && found.is_none() {
            found = Some(contestant.clone());
        }
    }
    if known.is_empty() {
        secret_hash::verify(secret, None).await?;
    }
    Ok(found)
}

//! `POST /v1/contests/{c}/sessions`

use super::{device, opened, secret_hash, too_many};
use crate::contests::Contest;
use crate::error::{ApiError, form};
use crate::forms::SignInForm;
use crate::{App, path};
use contest::ids::ContestantId;
use contest::people::{IdentifierKind, Secret};
use contest::throttle::Throttle;
use contest::time::Timestamp;
use documents::api::Refusal;
use function::http::{Reply, Request};

/// Accounts that are looked up: the second one tells that the identifier is shared.
const TO_TELL_SHARING: i32 = 2;

/// Opens a session. Whether nobody, one account or several have the identifier, the same calls and exactly one
/// hash are made, so that the time tells nothing ([ADR 16](../../../../docs/adr/0016-what-sign-in-throttles-count.md)).
pub(crate) async fn sign_in(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: SignInForm = form(request, Refusal::InvalidFields)?;
    let contest = app.contests.fresh(&path::contest(request)?).await?;
    let now = request.received_at;
    let Ok(secret) = Secret::parse(&form.secret) else { return Err(Refusal::WrongCredentials.into()) };
    let identifier = Identified::of(&contest, &form.identifier);
    let id = &contest.plan.id;
    let known = app.people.query_by_identifier(id, identifier.kind, &identifier.hash, TO_TELL_SHARING).await?;
    let contestant = match known.as_slice() {
        [alone] => alone.clone(),
        _ => contest.keys.nobody(&identifier.hash),
    };
    let counted = names_of_tries(app, &contest, (&identifier, &contestant), form.device.as_deref(), now);
    for (throttle, name) in &counted {
        app.people.count_try(id, (*throttle, name), now).await?.map_err(|until| too_many(until, now))?;
    }
    let shard = contest.people_shard(&contestant);
    let profile = app.people.profile(id, shard, &contestant).await?;
    let stored = profile.filter(|profile| profile.erased_at_ms.is_none()).map(|profile| profile.secret_hash);
    let is_right = secret_hash::verify(secret, stored.as_deref()).await?;
    if known.len() > 1 {
        return Err(Refusal::SharedIdentifier(identifier.kind).into());
    }
    if !is_right {
        return Err(Refusal::WrongCredentials.into());
    }
    for (_, name) in &counted {
        app.people.forget_tries(id, name).await?;
    }
    Ok(Reply::ok(&opened(app, &contest, &contestant, now)))
}

/// What a try is counted under. A device that opened a session of the account before is counted alone: the tries
/// of strangers do not keep it out, and its success does not give strangers new ones.
fn names_of_tries(
    app: &App,
    contest: &Contest,
    (identifier, contestant): (&Identified, &ContestantId),
    device: Option<&str>,
    now: Timestamp,
) -> Vec<(Throttle, String)> {
    let account = (&contest.plan.id, contestant);
    match device.filter(|token| device::holds(app.secrets.session_keys(), token, account, now)) {
        Some(token) => vec![(Throttle::Device, contest.keys.lookup("device", token))],
        None => vec![
            (Throttle::Identifier, identifier.hash.clone()),
            (Throttle::Account, contest.keys.lookup("account", contestant.as_str())),
        ],
    }
}

/// What was typed to name an account.
struct Identified {
    kind: IdentifierKind,
    /// Keyed hash by which the account is found.
    hash: String,
}

impl Identified {
    fn of(contest: &Contest, typed: &str) -> Self {
        let (kind, value) = IdentifierKind::meant(typed);
        Self { kind, hash: kind.hash(&contest.keys, &value) }
    }
}

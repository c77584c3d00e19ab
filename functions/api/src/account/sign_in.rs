//! `POST /v1/contests/{c}/sessions`

use super::end_sessions::take_over;
use super::identified::{Identified, Named};
use super::{device, opened, too_many};
use crate::contests::Contest;
use crate::error::{ApiError, form};
use crate::forms::SignInForm;
use crate::signed_in::SignedIn;
use crate::{App, path};
use accounts::secret_hash;
use contest::ids::ContestantId;
use contest::people::Secret;
use contest::throttle::Throttle;
use contest::time::Timestamp;
use documents::api::Refusal;
use function::http::{Reply, Request};
use std::sync::Arc;

/// Opens a session. Whether nobody, one account or several have the identifier, the same calls and exactly one
/// hash are made, so that the time tells nothing ([ADR 16](../../../../docs/adr/0016-what-sign-in-throttles-count.md)).
pub(crate) async fn sign_in(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: SignInForm = form(request, Refusal::InvalidFields)?;
    let contest = app.contests.fresh(&path::contest(request)?).await?;
    let now = request.received_at;
    let Ok(secret) = Secret::parse(&form.secret) else { return Err(Refusal::WrongCredentials.into()) };
    let identifier = Identified::of(&contest, &form.identifier);
    let id = &contest.plan.id;
    let Named { contestant, is_shared } = identifier.named(app, &contest).await?;
    let counted = names_of_tries(app, &contest, (&identifier, &contestant), form.device.as_deref(), now);
    for (throttle, name) in &counted {
        app.people.count_try(id, (*throttle, name), now).await?.map_err(|until| too_many(until, now))?;
    }
    let account = app.people.account(contest.place(&contestant)).await?;
    let profile = account.map(|account| account.profile).filter(|profile| profile.erased_at_ms.is_none());
    let is_right = secret_hash::verify(secret, profile.as_ref().map(|profile| profile.secret_hash.as_str())).await?;
    if is_shared {
        return Err(Refusal::SharedIdentifier(identifier.kind).into());
    }
    let Some(version) = profile.filter(|_| is_right).map(|profile| profile.version) else {
        return Err(Refusal::WrongCredentials.into());
    };
    for (_, name) in &counted {
        app.people.forget_tries(id, name).await?;
    }
    if version > 0 {
        // Where ending the sessions before this one broke off, it is done with here.
        let who = SignedIn { app, request, contest: Arc::clone(&contest), contestant: contestant.clone(), version };
        take_over(&who).await?;
    }
    Ok(Reply::ok(&opened(app, &contest, (contestant, version), now)))
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

//! Another secret in place of one that is known, or of one that is lost. Either way every session of before ends.

use super::identified::{Identified, Named};
use super::register::random;
use super::{account_of, opened, too_many};
use crate::contests::Contest;
use crate::error::{ApiError, form};
use crate::forms::{SecretForm, SlipForm};
use crate::signed_in::SignedIn;
use crate::{App, path};
use accounts::secret_hash;
use contest::form::{FormFault, FormField, WrongField};
use contest::people::Secret;
use contest::registration::secret::{Owner, chosen};
use contest::slip_code::SlipCode;
use contest::throttle::Throttle;
use contest::time::{Timestamp, local_date};
use documents::api::Refusal;
use function::http::{Reply, Request};
use store::{Account, Profile};
use subtle::ConstantTimeEq;

/// `PUT /v1/contests/{c}/me/secret`
pub(crate) async fn change_secret(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let account = account_of(&who).await?;
    let form: SecretForm = form(request, Refusal::InvalidFields)?;
    let (id, now) = (&who.contest.plan.id, request.received_at);
    let wrong = |fault| wrong(FormField::NewSecret, fault);
    let new = chosen(&form.new_secret).map_err(wrong)?;
    check_owner(&who.contest, &account.profile, &new, now).map_err(wrong)?;
    let Ok(secret) = Secret::parse(&form.secret) else { return Err(Refusal::WrongCredentials.into()) };
    // Whoever holds a session is counted alone, as on a device that is known: strangers do not keep them out.
    let name = who.contest.keys.lookup("change_secret", who.contestant.as_str());
    app.people.count_try(id, (Throttle::Device, &name), now).await?.map_err(|until| too_many(until, now))?;
    if !secret_hash::verify(secret, Some(&account.profile.secret_hash)).await? {
        return Err(Refusal::WrongCredentials.into());
    }
    app.people.forget_tries(id, &name).await?;
    let secret_hash = secret_hash::hash(new, random::<16>()?).await?;
    // A slip that was asked for is needed no longer, and somebody may have found it.
    let next = Profile { secret_hash, reset: None, ..account.profile.clone() };
    session_after(who, &account, next, Refusal::NoSession).await
}

/// `POST /v1/contests/{c}/secrets`. Whether nobody, one account or several have the identifier, and whatever is wrong
/// with the code, the same calls are made and nothing is hashed, so that the time tells nothing.
pub(crate) async fn use_slip(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: SlipForm = form(request, Refusal::InvalidFields)?;
    let contest = app.contests.fresh(&path::contest(request)?).await?;
    let now = request.received_at;
    let wrong = |fault| wrong(FormField::Secret, fault);
    let secret = chosen(&form.secret).map_err(wrong)?;
    let identifier = Identified::of(&contest, &form.identifier);
    let Named { contestant, is_shared } = identifier.named(app, &contest).await?;
    // Counted apart from tries to sign in, which somebody who has lost a secret has used up.
    let id = contest.plan.id.clone();
    let counted = [
        (Throttle::Identifier, contest.keys.lookup("slip", &identifier.hash)),
        (Throttle::Account, contest.keys.lookup("slip_account", contestant.as_str())),
    ];
    for (throttle, name) in &counted {
        app.people.count_try(&id, (*throttle, name), now).await?.map_err(|until| too_many(until, now))?;
    }
    let account = app.people.account(contest.place(&contestant)).await?;
    let account = account.filter(|account| opens(&account.profile, &form.code, now));
    if is_shared {
        return Err(Refusal::SharedIdentifier(identifier.kind).into());
    }
    let account = account.ok_or(Refusal::WrongCredentials)?;
    check_owner(&contest, &account.profile, &secret, now).map_err(wrong)?;
    for (_, name) in &counted {
        app.people.forget_tries(&id, name).await?;
    }
    let secret_hash = secret_hash::hash(secret, random::<16>()?).await?;
    let next = Profile { secret_hash, reset: None, secret_reset_at_ms: Some(now.millis()), ..account.profile.clone() };
    let who = SignedIn { app, request, contest, contestant, version: account.profile.version };
    session_after(who, &account, next, Refusal::WrongCredentials).await
}

/// Whether a code as it was typed is that of the slip that an account has now.
fn opens(profile: &Profile, typed: &str, now: Timestamp) -> bool {
    let typed = SlipCode::parse(typed).map(|code| code.sha256()).unwrap_or_default();
    let Some(reset) = &profile.reset else { return false };
    let is_this: bool = reset.code_sha256.as_bytes().ct_eq(typed.as_bytes()).into();
    is_this && now < Timestamp::from_millis(reset.until_ms)
}

/// What is known of the owner is no secret.
fn check_owner(contest: &Contest, profile: &Profile, secret: &Secret, now: Timestamp) -> Result<(), FormFault> {
    let owner = Owner {
        citizen_id: profile.citizen_id.as_deref(),
        phone: profile.phone.as_deref(),
        birth_date: profile.birth_date.as_deref(),
    };
    owner.check(secret, &contest.keys, local_date(now, contest.plan.time_zone))
}

fn wrong(field: FormField, fault: FormFault) -> Refusal {
    Refusal::InvalidFields(vec![WrongField::new(field, fault)])
}

/// The first session under another secret.
async fn session_after(who: SignedIn<'_>, from: &Account, to: Profile, too_late: Refusal) -> Result<Reply, ApiError> {
    let SignedIn { app, request, contest, contestant, version } = who.replaced(from, to, too_late).await?;
    Ok(Reply::ok(&opened(app, &contest, (contestant, version), request.received_at)))
}

//! Everyone who has an account, as leads and technicians see and change it.

use super::forms::PersonForm;
use crate::App;
use crate::caller::Caller;
use crate::error::{ApiError, expect_no_content, form, invalid};
use crate::log::Done;
use crate::proposals::{Place, Wish, propose_plainly, proposed, reason};
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::{Action, Chain, Grants, Role, Scope, may, may_grant};
use contest::time::Timestamp;
use documents::console::Refusal;
use documents::console::sessions::{People, Person};
use function::http::{Reply, Request};
use std::collections::{BTreeMap, BTreeSet};
use store::{Identified, Organizer, Proposed, StoreError};

/// `GET /v1/organizer/people`: those with whom somebody shares a contest, or everyone.
pub(crate) async fn list(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let mut people = Vec::new();
    for Identified { id, what } in app.organizers.accounts().await? {
        let grants = what.grants()?;
        let seen = grants.keys().any(|scope| sees(&caller.grants, scope));
        if !seen && id != caller.account.id {
            continue;
        }
        let sessions = app.organizers.with_sessions(&id).await?.map_or_else(Vec::new, |(_, sessions)| sessions);
        let held = sessions.iter().filter(|s| s.version == what.version && s.times.holds(caller.now())).count();
        people.push(Person {
            id,
            name: what.name,
            login: what.login,
            roles: what.roles,
            enrolled_at: Timestamp::from_millis(what.enrolled_at_ms).rfc3339(),
            signed_in_at: what.signed_in_at_ms.map(|at| Timestamp::from_millis(at).rfc3339()),
            disabled: what.disabled_at_ms.is_some(),
            sessions: held,
        });
    }
    Ok(Reply::ok(&People { people }))
}

/// `PATCH /v1/organizer/people/{id}`: roles, and whether the account is enabled. Nobody changes
/// their own, and nobody those of a lead alone.
pub(crate) async fn change(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let form: PersonForm = form(request)?;
    let id = request.part("id");
    if id == caller.account.id {
        return Err(Refusal::OwnRights.into());
    }
    let account = app.organizers.account(id).await?.ok_or(Refusal::NoSuchPerson)?;
    let before = account.grants()?;
    let after = form.roles.as_ref().map_or_else(|| Ok(before.clone()), read_roles)?;
    // Whatever changes, on either side, must be theirs to give.
    let touched = |scope: &&Scope| form.disabled.is_some() || before.get(*scope) != after.get(*scope);
    for scope in before.keys().chain(after.keys()).filter(touched) {
        let contest = match scope {
            Scope::Everywhere => None,
            Scope::Contest(contest) => Some(contest),
        };
        caller.require(Action::ManagePeople, contest)?;
        if !may_grant(&caller.grants, scope) {
            return Err(Refusal::NotYourRole(Action::ManagePeople).into());
        }
    }
    let mut changed = account.clone();
    changed.roles = Organizer::words_of(&after);
    match form.disabled {
        Some(true) => changed.disabled_at_ms = changed.disabled_at_ms.or(Some(request.received_at.millis())),
        Some(false) => changed.disabled_at_ms = None,
        None => {}
    }
    if changed == account {
        // Whoever heard no answer asks again; sessions that were opened since go on.
        return Ok(Reply::nothing());
    }
    changed.version += 1;
    if leads(&account)? != leads(&changed)? {
        let (person, disabled) = (id.to_owned(), changed.disabled_at_ms.is_some());
        let what = Proposed::Roles { person, roles: changed.roles, disabled };
        let reason = reason(&form.reason).map_err(|wrong| invalid(vec![wrong]))?;
        let place = Place { caller, of: Chain::Platform };
        return propose_plainly(&place, Wish { what, reason }).await.map(|id| proposed(&id));
    }
    let done = Done { action: "change_person", subject: id, reason: Some(&form.reason), ..Done::default() };
    caller.log(&Chain::Platform, Done { role: Some(Role::Lead.as_str()), ..done }).await?;
    if !app.organizers.replace(id, &changed).await? {
        return Err(StoreError::Raced { what: "an organizer's account".into() }.into());
    }
    Ok(Reply::nothing())
}

/// `DELETE /v1/organizer/people/{id}/sessions`
pub(crate) async fn end_sessions(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let caller = Caller::of(app, request).await?;
    let id = request.part("id");
    let (account, sessions) = app.organizers.with_sessions(id).await?.ok_or(Refusal::NoSuchPerson)?;
    let scopes = account.what.grants()?;
    let is_theirs = scopes.keys().all(|scope| match scope {
        Scope::Everywhere => may(&caller.grants, Action::EndSessions, None),
        Scope::Contest(contest) => may(&caller.grants, Action::EndSessions, Some(contest)),
    });
    if !is_theirs {
        return Err(Refusal::NotYourRole(Action::EndSessions).into());
    }
    caller.log(&Chain::Platform, Done { action: "end_sessions", subject: id, ..Done::default() }).await?;
    for session in sessions {
        app.organizers.end_session(id, &session.sha256).await?;
    }
    Ok(Reply::nothing())
}

fn sees(grants: &Grants, scope: &Scope) -> bool {
    match scope {
        Scope::Everywhere => may(grants, Action::SeePeople, None),
        Scope::Contest(contest) => may(grants, Action::SeePeople, Some(contest)),
    }
}

fn read_roles(words: &BTreeMap<String, BTreeSet<String>>) -> Result<Grants, ApiError> {
    let wrong = || invalid(vec![WrongField::new(FormField::named("roles"), FormFault::UnknownWord)]);
    let mut grants = Grants::new();
    for (scope, roles) in words {
        let scope = Scope::parse(scope).ok_or_else(wrong)?;
        let roles = roles.iter().map(|word| Role::parse(word).ok_or_else(wrong)).collect::<Result<BTreeSet<_>, _>>()?;
        if !roles.is_empty() {
            grants.insert(scope, roles);
        }
    }
    Ok(grants)
}

/// Where somebody is a lead that can act.
pub(crate) fn leads(account: &Organizer) -> Result<BTreeSet<Scope>, StoreError> {
    let is_enabled = account.disabled_at_ms.is_none();
    let grants = account.grants()?.into_iter();
    Ok(grants.filter(|(_, roles)| is_enabled && roles.contains(&Role::Lead)).map(|(scope, _)| scope).collect())
}

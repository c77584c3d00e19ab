//! Invitations: by a lead, or by whoever may call the function directly.

use super::people::leads;
use crate::caller::Caller;
use crate::error::{ApiError, form, invalid};
use crate::log::{Done, write};
use crate::{App, Invite, random};
use anyhow::Context;
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::{Action, Chain, INVITATION_MS, Role, Scope, may_grant};
use contest::people::ShortText;
use contest::slip_code::SlipCode;
use contest::time::Timestamp;
use documents::console::Refusal;
use documents::console::log::Actor;
use documents::console::sessions::Invited;
use function::http::{Reply, Request};
use store::{Invitation, StoreError};

/// `POST /v1/organizer/people`
pub(crate) async fn invite(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let form: Invite = form(request)?;
    let mut wrong = Vec::new();
    let mut unknown = |name| wrong.push(WrongField::new(FormField::named(name), FormFault::UnknownWord));
    let (role, scope) = (Role::parse(&form.role), Scope::parse(&form.scope));
    if role.is_none() {
        unknown("role");
    }
    if scope.is_none() {
        unknown("scope");
    }
    let name = ShortText::parse(&form.name);
    if let Err(fault) = &name {
        wrong.push(WrongField::new(FormField::Name, FormFault::Value(*fault)));
    }
    let (Some(role), Some(scope), Ok(name)) = (role, scope, name) else { return Err(invalid(wrong)) };
    let contest = match &scope {
        Scope::Everywhere => None,
        Scope::Contest(contest) => Some(contest),
    };
    caller.require(Action::ManagePeople, contest)?;
    if !may_grant(&caller.grants, &scope) {
        return Err(Refusal::NotYourRole(Action::ManagePeople).into());
    }
    // Whoever could make another lead alone could approve what they propose.
    if role == Role::Lead && another_leads_everywhere(app, &caller.account.id).await? {
        return Err(Refusal::LeadIsProposed.into());
    }
    let invitation = Invitation {
        name: name.as_str().to_owned(),
        role: role.as_str().to_owned(),
        scope: scope.to_string(),
        invited_by: Some(caller.account.id.clone()),
    };
    let actor = Actor { id: Some(caller.account.id.clone()), role: Some(Role::Lead.as_str().to_owned()) };
    let (id, now) = (request.id.as_str(), request.received_at);
    Ok(Reply::json(201, &keep(app, &invitation, actor, id, now).await?))
}

/// Whether somebody else could approve another lead.
async fn another_leads_everywhere(app: &App, id: &str) -> Result<bool, StoreError> {
    for account in app.organizers.accounts().await? {
        if account.id != id && leads(&account.what)?.contains(&Scope::Everywhere) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Without an inviter.
pub(crate) async fn invite_directly(app: &App, invite: &Invite, now: Timestamp) -> anyhow::Result<Invited> {
    let role = Role::parse(&invite.role).with_context(|| format!("no role {:?}", invite.role))?;
    let scope = Scope::parse(&invite.scope).with_context(|| format!("no scope {:?}", invite.scope))?;
    let invitation = Invitation {
        name: invite.name.clone(),
        role: role.as_str().to_owned(),
        scope: scope.to_string(),
        invited_by: None,
    };
    let actor = Actor { id: None, role: None };
    Ok(keep(app, &invitation, actor, &format!("direct-{}", random::identifier()?), now).await?)
}

async fn keep(
    app: &App,
    invitation: &Invitation,
    actor: Actor,
    request: &str,
    now: Timestamp,
) -> Result<Invited, StoreError> {
    let code = SlipCode::of(random::random()?);
    let subject = format!("{} {}", invitation.role, invitation.scope);
    let done = Done { action: "invite", subject: &subject, ..Done::default() };
    write(app, &Chain::Platform, actor, (request, now.rfc3339()), done).await?;
    let until = now.plus_millis(INVITATION_MS);
    app.organizers.invite(&code.sha256(), invitation, until).await?;
    Ok(Invited { code: code.to_string(), expires_at: until.rfc3339() })
}

//! `POST /v1/organizer/enrolments` and `…/confirm`: from an invitation to an account, in two steps. Nothing is used up before
//! the second: whoever stops in the middle begins again with the same slip.

use super::forms::{ConfirmForm, EnrolmentForm};
use super::{Tried, count_try, new_card};
use crate::caller::open_session;
use crate::error::{ApiError, form, invalid};
use crate::log::{Done, append};
use crate::{App, random};
use ::accounts::secret_hash;
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::{Chain, Login, TICKET_MS, staff_secret};
use contest::people::{Secret, ShortText};
use contest::seal::sha256_hex;
use contest::slip_code::SlipCode;
use data_encoding::HEXLOWER;
use documents::console::Refusal;
use documents::console::sessions::{Enrolled, Enrolment};
use function::http::{Reply, Request};
use std::collections::{BTreeMap, BTreeSet};
use store::{Identified, Invitation, NewOrganizer, Organizer, Ticket};

/// What a person states about themselves.
struct Stated {
    login: Login,
    name: String,
    secret: Secret,
}

pub(crate) async fn enrol(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: EnrolmentForm = form(request)?;
    let now = request.received_at;
    let code = SlipCode::parse(&form.code).ok_or(Refusal::WrongCode)?.sha256();
    count_try(app, Tried::Invitation, &code, now).await?;
    app.organizers.invitation(&code, now).await?.ok_or(Refusal::WrongCode)?;
    let stated = stated(&form)?;
    if app.organizers.by_login(stated.login.as_str()).await?.is_some() {
        return Err(Refusal::LoginTaken.into());
    }
    let (id, nonce) = (random::identifier()?, HEXLOWER.encode(&random::random::<16>()?));
    let authenticator = app.authenticator(&id, &nonce, stated.login.as_str());
    let ticket = Ticket::Enrolment {
        id,
        invitation: code,
        name: stated.name,
        login: stated.login.as_str().to_owned(),
        secret_hash: secret_hash::hash(stated.secret, random::random()?).await?,
        totp_nonce: nonce,
    };
    let token = random::token()?;
    app.organizers.issue_ticket(&sha256_hex(token.as_bytes()), &ticket, now.plus_millis(TICKET_MS)).await?;
    let (totp_uri, totp_qr) = (authenticator.uri(), authenticator.picture());
    Ok(Reply::ok(&Enrolment { ticket: token, totp_uri, totp_qr }))
}

pub(crate) async fn confirm(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: ConfirmForm = form(request)?;
    let now = request.received_at;
    let token = sha256_hex(form.ticket.as_bytes());
    count_try(app, Tried::Second, &token, now).await?;
    let Some(Ticket::Enrolment { id, invitation, name, login, secret_hash, totp_nonce }) =
        app.organizers.ticket(&token, now).await?
    else {
        return Err(Refusal::WrongCode.into());
    };
    let step = app.authenticator(&id, &totp_nonce, &login).step(&form.totp, now, None).ok_or(Refusal::WrongCode)?;
    let invited = app.organizers.invitation(&invitation, now).await?.ok_or(Refusal::WrongCode)?;
    let (recovery, recovery_salt, hashes) = new_card().await?;
    let Invitation { role, scope, invited_by, .. } = invited;
    let account = Organizer {
        name,
        login,
        roles: BTreeMap::from([(scope.clone(), BTreeSet::from([role.clone()]))]),
        secret_hash,
        totp_nonce,
        totp_step: Some(step),
        recovery_salt,
        recovery: hashes,
        passkeys: BTreeMap::new(),
        version: 1,
        invited_by,
        enrolled_at_ms: now.millis(),
        signed_in_at_ms: Some(now.millis()),
        disabled_at_ms: None,
        revision: 0,
    };
    let subject = format!("{id} {role} {scope}");
    append(app, &Chain::Platform, None, request, Done { action: "enrol", subject: &subject, ..Done::default() })
        .await?;
    if !app.organizers.insert(&NewOrganizer { id: &id, account: &account, invitation: &invitation }).await? {
        // Either somebody took the login meanwhile, or somebody used the slip.
        let is_left = app.organizers.invitation(&invitation, now).await?.is_some();
        return Err(if is_left { Refusal::LoginTaken } else { Refusal::WrongCode }.into());
    }
    app.organizers.use_ticket(&token).await?;
    let opened = open_session(app, &Identified { id, what: account }, now).await?;
    Ok(Reply::json(201, &Enrolled { opened, recovery }))
}

fn stated(form: &EnrolmentForm) -> Result<Stated, ApiError> {
    let mut wrong = Vec::new();
    let mut fault = |field, fault| wrong.push(WrongField::new(field, fault));
    let login = Login::parse(&form.login).map_err(|e| fault(FormField::Login, FormFault::Value(e)));
    let name = ShortText::parse(&form.name).map_err(|e| fault(FormField::Name, FormFault::Value(e)));
    let secret = staff_secret(&form.secret).map_err(|e| fault(FormField::Secret, FormFault::Value(e)));
    if secret.as_ref().is_ok_and(Secret::is_common) {
        fault(FormField::Secret, FormFault::TooCommon);
    }
    match (login, name, secret) {
        (Ok(login), Ok(name), Ok(secret)) if wrong.is_empty() => {
            Ok(Stated { login, name: name.as_str().to_owned(), secret })
        }
        _ => Err(invalid(wrong)),
    }
}

//! The people of the demo: whoever sits at the machine on which it runs is one of them, without factors. No event of Lambda
//! and no request of the gateway leads here.

use crate::caller::open_session;
use crate::log::{Done, write};
use crate::{App, random};
use ::accounts::secret_hash;
use anyhow::Context;
use contest::organizers::{Chain, Role, staff_secret};
use contest::time::Timestamp;
use data_encoding::HEXLOWER;
use documents::console::log::Actor;
use documents::console::sessions::Opened;
use documents::words::console as words;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use store::{Invitation, NewOrganizer, Organizer};

/// Somebody of the demo.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum DemoPerson {
    /// Who sees everything but the banks.
    #[default]
    Lead,
    /// Another lead, who approves what the first has proposed.
    Second,
    /// Who has written the questions.
    Author,
}

impl DemoPerson {
    /// Everybody of the demo.
    pub const ALL: [Self; 3] = [Self::Lead, Self::Second, Self::Author];

    const fn login(self) -> &'static str {
        match self {
            Self::Lead => "trinh-dien",
            Self::Second => "trinh-dien.2",
            Self::Author => "trinh-dien.de",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Lead => words::DEMO_LEAD,
            Self::Second => words::DEMO_SECOND,
            Self::Author => words::DEMO_AUTHOR,
        }
    }

    const fn role(self) -> Role {
        match self {
            Self::Lead | Self::Second => Role::Lead,
            Self::Author => Role::Author,
        }
    }
}

/// A session of somebody of the demo, whose account is made the first time.
pub(crate) async fn open_demo(app: &App, person: DemoPerson, now: Timestamp) -> anyhow::Result<Opened> {
    if app.organizers.by_login(person.login()).await?.is_none() {
        make(app, person, now).await?;
    }
    let account = app.organizers.by_login(person.login()).await?.context("somebody of the demo has no account")?;
    Ok(open_session(app, &account, now).await?)
}

/// Makes an account whose secret nobody knows.
async fn make(app: &App, person: DemoPerson, now: Timestamp) -> anyhow::Result<()> {
    let id = random::identifier()?;
    let (role, scope) = (person.role().as_str().to_owned(), "*".to_owned());
    let secret = staff_secret(&random::token()?).ok().context("a token is no secret")?;
    let account = Organizer {
        name: person.name().to_owned(),
        login: person.login().to_owned(),
        roles: BTreeMap::from([(scope.clone(), BTreeSet::from([role.clone()]))]),
        secret_hash: secret_hash::hash(secret, random::random()?).await?,
        totp_nonce: HEXLOWER.encode(&random::random::<16>()?),
        totp_step: None,
        recovery_salt: String::new(),
        recovery: BTreeMap::new(),
        passkeys: BTreeMap::new(),
        version: 1,
        invited_by: None,
        enrolled_at_ms: now.millis(),
        signed_in_at_ms: Some(now.millis()),
        disabled_at_ms: None,
        revision: 0,
    };
    let invitation = random::token()?;
    let invited = Invitation { name: account.name.clone(), role, scope, invited_by: None };
    app.organizers.invite(&invitation, &invited, now.plus_millis(1)).await?;
    let done = Done { action: "enrol", subject: &format!("{id} {}", invited.role), ..Done::default() };
    write(app, &Chain::Platform, Actor { id: None, role: None }, ("demo", now.rfc3339()), done).await?;
    app.organizers.insert(&NewOrganizer { id: &id, account: &account, invitation: &invitation }).await?;
    Ok(())
}

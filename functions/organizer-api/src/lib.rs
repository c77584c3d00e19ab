//! The organizers' API (`CONTRACT.md` 7, `CONSOLE.md`): accounts and sessions of the people who hold a contest, the files that
//! they upload, what is wrong with them, and the log of all that.
//!
//! It is a client of the bucket of uploads and no second way in: what takes effect is a file that the importer judges. What
//! it does is written into the log first, and done afterwards.

mod accounts;
mod caller;
mod config;
mod contestants;
mod contests;
mod downloads;
mod error;
mod health;
mod log;
mod passkey;
mod proposals;
mod random;
mod rounds;
mod routes;

pub use accounts::DemoPerson;
pub use config::Config;
pub use routes::routes;

use ::accounts::totp::Authenticator;
use anyhow::Context;
use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use contest::time::Timestamp;
use documents::console::sessions::{Invited, Opened};
use passkey::RelyingParty;
use serde::{Deserialize, Serialize};
use store::{Attempts, Audit, Bucket, Control, Organizers, People, Schedules, Sdk, Secrets};

/// The function with its clients.
pub struct App {
    secrets: Secrets,
    organizers: Organizers,
    control: Control,
    people: People,
    attempts: Attempts,
    schedules: Schedules,
    /// The function that tries proposals.
    close_round_arn: String,
    audit: Audit,
    uploads: Bucket,
    vault: Bucket,
    officials: Bucket,
    /// Function that counts while rounds are open.
    watch_round_arn: String,
    /// For whom passkeys are made.
    relying_party: RelyingParty,
}

/// What wakes the function: a request of the gateway, or somebody who may call it directly.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Event {
    /// `aws lambda invoke`: who may do this has AWS's own second factor.
    Invite(InviteEvent),
    /// By the gateway.
    Request(Box<ApiGatewayV2httpRequest>),
}

/// `{"invite":{"name":"…","role":"lead","scope":"*"}}`
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InviteEvent {
    invite: Invite,
}

/// Whom to invite to what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Invite {
    /// Of whom the inviter thinks.
    #[serde(default)]
    pub name: String,
    /// Word of a role.
    pub role: String,
    /// `*` or the id of a contest.
    #[serde(default = "everywhere")]
    pub scope: String,
}

fn everywhere() -> String {
    "*".to_owned()
}

/// What the function answers.
#[derive(Serialize)]
#[serde(untagged)]
pub enum Answer {
    /// To an invitation.
    Invited(Invited),
    /// To the gateway.
    Response(Box<ApiGatewayV2httpResponse>),
}

impl App {
    /// Reads the deployment's secret and, at the same time, the table that every request reads.
    ///
    /// # Errors
    /// Where the secret or the table cannot be read, or the site has no name.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        let relying_party = RelyingParty::new(&config.site_url, documents::words::console::ISSUER);
        let relying_party = relying_party.with_context(|| format!("SITE_URL {:?} has no name", config.site_url))?;
        let control = Control::new(sdk, config.control_table);
        let (secrets, ()) = tokio::try_join!(Secrets::load(sdk, &config.secret_id), control.warm_up())?;
        let vault = Bucket::new(sdk, config.vault_bucket);
        Ok(Self {
            organizers: Organizers::new(sdk, config.organizers_table),
            people: People::new(sdk, config.people_table),
            attempts: Attempts::new(sdk, config.attempts_table),
            schedules: Schedules::new(sdk, config.schedule_group, config.scheduler_role_arn, config.dead_letters_arn),
            close_round_arn: config.close_round_arn,
            audit: Audit::new(control.clone(), vault.clone()),
            uploads: Bucket::new(sdk, config.uploads_bucket),
            officials: Bucket::new(sdk, config.officials_bucket),
            watch_round_arn: config.watch_round_arn,
            relying_party,
            control,
            vault,
            secrets,
        })
    }

    /// Answers whoever woke it.
    ///
    /// # Errors
    /// Where a direct call asks for what cannot be.
    pub async fn handle(&self, event: Event) -> anyhow::Result<Answer> {
        match event {
            Event::Request(request) => Ok(Answer::Response(Box::new(self.answer(*request).await))),
            Event::Invite(InviteEvent { invite }) => {
                // No gateway has stamped this call; the table's replies tell the time.
                self.control.warm_up().await?;
                let now = self.control.reply_time().context("no reply has told the time yet")?;
                Ok(Answer::Invited(self.invite_directly(&invite, now).await?))
            }
        }
    }

    /// Answers one request of API Gateway, and says so in one line of the log.
    pub async fn answer(&self, request: ApiGatewayV2httpRequest) -> ApiGatewayV2httpResponse {
        routes::API.answer(self, request).await
    }

    /// Invites somebody without an inviter: the first lead, or one that the operators add.
    ///
    /// # Errors
    /// Where there is no such role or scope, or the store cannot be written.
    pub async fn invite_directly(&self, invite: &Invite, now: Timestamp) -> anyhow::Result<Invited> {
        accounts::invite_directly(self, invite, now).await
    }

    /// Opens a session of somebody of the demo, without factors.
    ///
    /// # Errors
    /// Where the store cannot be read or written.
    pub async fn open_demo(&self, person: DemoPerson, now: Timestamp) -> anyhow::Result<Opened> {
        accounts::open_demo(self, person, now).await
    }

    /// Whether anybody has an account.
    ///
    /// # Errors
    /// Where the table cannot be read.
    pub async fn has_anybody(&self) -> anyhow::Result<bool> {
        Ok(self.organizers.has_any().await?)
    }

    /// What an organizer's app shows and reads.
    fn authenticator(&self, id: &str, nonce: &str, login: &str) -> Authenticator {
        Authenticator::new(&self.secrets.totp_seed(id, nonce), documents::words::console::ISSUER, login)
    }
}

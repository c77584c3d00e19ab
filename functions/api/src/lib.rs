//! The contestants' HTTP API (`CONTRACT.md` 4): register, sign in, start, submit, look up.
//!
//! Every command has one shape: parse, load, decide, save with a condition, render. The only clock is
//! the gateway's receipt time in the event; the contestant comes from the session alone.

mod account;
mod attempts;
mod config;
mod contests;
mod error;
mod forms;
pub mod fuzzing;
mod path;
mod routes;
mod signed_in;

pub use config::Config;
pub use routes::routes;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use contests::Contests;
use store::{Attempts, Bucket, Control, People, Sdk, Secrets};

/// The function with its clients and caches.
pub struct App {
    secrets: Secrets,
    attempts: Attempts,
    control: Control,
    people: People,
    vault: Bucket,
    officials: Bucket,
    contests: Contests,
    reveal_score_on_submit: bool,
}

impl App {
    /// Reads the deployment's secret and, at the same time, the table that every request reads: connections
    /// and credentials are paid for here and not by the first contestant.
    ///
    /// # Errors
    /// Where the secret or the table cannot be read.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        let control = Control::new(sdk, config.control_table);
        let (secrets, ()) = tokio::try_join!(Secrets::load(sdk, &config.secret_id), control.warm_up())?;
        let vault = Bucket::new(sdk, config.vault_bucket);
        Ok(Self {
            attempts: Attempts::new(sdk, config.attempts_table),
            people: People::new(sdk, config.people_table),
            contests: Contests::new(control.clone(), vault.clone(), secrets.clone()),
            officials: Bucket::new(sdk, config.officials_bucket),
            reveal_score_on_submit: config.reveal_score_on_submit,
            control,
            vault,
            secrets,
        })
    }

    /// Answers one request of API Gateway, and says so in one line of the log.
    pub async fn handle(&self, event: ApiGatewayV2httpRequest) -> ApiGatewayV2httpResponse {
        routes::API.answer(self, event).await
    }
}

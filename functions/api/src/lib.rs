//! The contestants' HTTP API (`CONTRACT.md` 4): register, sign in, start, submit, look up.
//!
//! Every command has one shape: parse, load, decide, save with a condition, render. The only clock is
//! the gateway's receipt time in the event; the contestant comes from the session alone.

mod attempt_status;
mod config;
mod contests;
mod me;
mod receipt;
mod refused;
mod register;
mod reply;
pub mod router;
mod secret_hash;
mod session;
mod sign_in;
mod start_attempt;
mod submit_attempt;
mod wire;

pub use config::Config;

use aws_lambda_events::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use contest::ids::ContestantId;
use contests::{Contest, Contests};
use documents::api::Refusal;
use refused::Refused;
use std::sync::Arc;
use store::limits::{ATTEMPT_SHARDS, GATE_COPIES, PEOPLE_SHARDS};
use store::{Attempts, Bucket, Control, People, Sdk, Secrets};
use tracing::{error, info};
use wire::Request;

/// The function with its clients and caches.
pub struct App {
    secrets: Secrets,
    attempts: Attempts,
    control: Control,
    people: People,
    vault: Bucket,
    contests: Contests,
    reveal_score_on_submit: bool,
}

impl App {
    /// Reads the deployment's secret, which is the first signed call: TLS and credentials are paid for
    /// here and not by the first contestant.
    ///
    /// # Errors
    /// Where the secret cannot be read.
    pub async fn start(config: Config, sdk: &Sdk) -> anyhow::Result<Self> {
        let secrets = Secrets::load(sdk, &config.secret_id).await?;
        let control = Control::new(sdk, config.control_table);
        let vault = Bucket::new(sdk, config.vault_bucket);
        Ok(Self {
            attempts: Attempts::new(sdk, config.attempts_table),
            people: People::new(sdk, config.people_table),
            contests: Contests::new(control.clone(), vault.clone(), secrets.clone()),
            reveal_score_on_submit: config.reveal_score_on_submit,
            control,
            vault,
            secrets,
        })
    }

    /// The contestant of the request's session.
    fn session(&self, request: &Request) -> Result<ContestantId, Refused> {
        let contest = request.contest()?;
        let token = request.bearer().ok_or(Refusal::NoSession)?;
        let contestant = session::verify(self.secrets.session_keys(), token, &contest, request.received_at);
        contestant.ok_or(Refused::Answer(Refusal::NoSession))
    }

    /// The contest as it is in force, and the contestant of the request's session.
    async fn signed_in(&self, request: &Request) -> Result<(Arc<Contest>, ContestantId), Refused> {
        let contestant = self.session(request)?;
        Ok((self.contests.fresh(&request.contest()?).await?, contestant))
    }

    /// Answers one request of API Gateway.
    pub async fn handle(&self, event: ApiGatewayV2httpRequest) -> ApiGatewayV2httpResponse {
        let request = Request::of(event);
        let answer = router::route(self, &request).await;
        let refusal = match answer {
            Ok(reply) => {
                info!(route = request.route, req = request.id, status = reply.status, "answered {}", request.route);
                return reply.into_response();
            }
            Err(Refused::Answer(refusal)) => refusal,
            Err(Refused::Store(fault)) => {
                error!(
                    route = request.route,
                    req = request.id,
                    error = refused::chain(&fault),
                    "cannot answer {}",
                    request.route
                );
                refused::of_fault(&fault, &request.id)
            }
        };
        info!(route = request.route, req = request.id, code = refusal.code(), "refused {}", request.route);
        reply::Reply::refusal(&refusal).into_response()
    }
}

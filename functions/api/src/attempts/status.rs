//! `GET /v1/contests/{c}/rounds/{r}/attempts/{n}`: what became of an attempt. Settles what a lost
//! reply left open.

use super::{Seat, acknowledge};
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use crate::{App, path};
use contest::attempt::{AttemptState, ends_at};
use documents::api::{Refusal, UnfinishedAttempt};
use function::http::{Reply, Request};
use store::StoreError;

/// The receipt again, or that the attempt is open, or that its time is over.
pub(crate) async fn status(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let round = who.round()?;
    let seat = Seat::of(&who, round).await?.ok_or(Refusal::NoSuchAttempt)?;
    let (account, attempt) = tokio::try_join!(who.account(), seat.attempt(path::attempt(request)?))?;
    account.ok_or(Refusal::NoSession)?;
    let attempt = attempt.ok_or(Refusal::NoSuchAttempt)?;
    let mut state = attempt.state_at(request.received_at);
    if state == AttemptState::Submitted {
        let missing = || StoreError::missing(format!("the bank of {}/{}", who.contest.plan.id, round.id));
        let sitting = seat.sit(seat.bank().await?.ok_or_else(missing)?, attempt.number);
        if let Some(accepted) = acknowledge(&sitting, &attempt).await? {
            return Ok(Reply::accepted(&accepted).of_shard(seat.partition.shard));
        }
        // The round was frozen without the submission.
        state = AttemptState::Expired;
    }
    let ends_at = ends_at(seat.rules(), round.closes, attempt.started_at).rfc3339();
    Ok(Reply::ok(&UnfinishedAttempt { status: state.as_str(), ends_at }))
}

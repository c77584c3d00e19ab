//! `GET /v1/contests/{c}/rounds/{r}/attempts/{n}`: what became of an attempt. Settles what a lost
//! reply left open.

use super::receipt::settle;
use crate::refused::Refused;
use crate::{App, path};
use contest::attempt::{AttemptState, ends_at};
use documents::api::{Refusal, UnfinishedAttempt};
use function::http::{Reply, Request};

/// The receipt again, or that the attempt is open, or that its time is over.
pub(crate) async fn status(app: &App, request: &Request) -> Result<Reply, Refused> {
    let (contest, contestant) = app.signed_in(request).await?;
    let round = contest.round(&path::round(request)?)?;
    let shelf = app.contests.shelf(&contest, round, &contestant).await?.ok_or(Refusal::NoSuchAttempt)?;
    let attempt =
        app.attempts.attempt(shelf, &contestant, path::attempt(request)?).await?.ok_or(Refusal::NoSuchAttempt)?;
    let attempt = contest.extended(round, attempt);
    let mut state = attempt.state_at(request.received_at);
    if state == AttemptState::Submitted {
        if let Some(settled) = settle(app, &contest, round, &attempt, &request.id).await? {
            return Ok(Reply::accepted(&settled).of_shard(shelf.shard));
        }
        // The round was frozen without the sheet.
        state = AttemptState::Expired;
    }
    let ends_at = ends_at(&contest.plan.rules.attempt, round.closes, attempt.started_at).rfc3339();
    Ok(Reply::ok(&UnfinishedAttempt { status: state.as_str(), ends_at }))
}

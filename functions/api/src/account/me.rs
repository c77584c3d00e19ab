//! `GET /v1/contests/{c}/me`

use super::profile_of;
use crate::App;
use crate::attempts::Seat;
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use contest::attempt::{Attempt, attempts_left};
use contest::plan::Round;
use contest::slip_code::RESET_TOLD_MS;
use contest::time::Timestamp;
use documents::api::{Me, MyAttempt, MyRound};
use function::http::{Reply, Request};
use store::Profile;

/// What the contestant may know of themselves.
pub(crate) async fn me(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let profile = profile_of(&who).await?;
    Ok(Reply::ok(&known(&who, profile).await?))
}

/// The same of an account that was read.
pub(super) async fn known(who: &SignedIn<'_>, profile: Profile) -> Result<Me, ApiError> {
    let SignedIn { app, contest, contestant, request, .. } = who;
    let referrals = app.people.count_referred(&contest.plan.id, contestant).await?;
    let mut rounds = Vec::with_capacity(contest.plan.rounds.len());
    for round in &contest.plan.rounds {
        rounds.push(my_round(who, round).await?);
    }
    let reset_at = profile.secret_reset_at_ms.map(Timestamp::from_millis);
    let reset_at = reset_at.filter(|at| request.received_at < at.plus_millis(RESET_TOLD_MS));
    Ok(Me {
        pseudonym: contest.keys.pseudonym(contestant).to_string(),
        contestant: contestant.to_string(),
        full_name: profile.full_name,
        unit: profile.unit,
        unit_basis: profile.unit_basis,
        phone_last3: profile.phone_last3,
        email: profile.email,
        secret_reset_at: reset_at.map(|at| at.rfc3339()),
        referral_code: profile.referral_code,
        referrals,
        rounds,
    })
}

async fn my_round(who: &SignedIn<'_>, round: &Round) -> Result<MyRound, ApiError> {
    let now = who.request.received_at;
    let mut attempts = Vec::new();
    // Before a round opens nobody has an attempt of it: no read for it.
    if now >= round.opens
        && let Some(seat) = Seat::of(who, round).await?
    {
        attempts = seat.attempts().await?;
    }
    let plan = &who.contest.plan;
    Ok(MyRound {
        round: round.id.to_string(),
        attempts: attempts.iter().map(|attempt| my_attempt(attempt, now)).collect(),
        attempts_left: attempts_left(plan.attempt_of(round), plan.time_zone, &attempts, now),
    })
}

fn my_attempt(attempt: &Attempt, now: Timestamp) -> MyAttempt {
    MyAttempt {
        attempt: attempt.number,
        status: attempt.state_at(now).as_str(),
        started_at: attempt.started_at.rfc3339(),
        submitted_at: attempt.submission.as_ref().map(|submission| submission.received_at.rfc3339()),
    }
}

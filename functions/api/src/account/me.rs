//! `GET /v1/contests/{c}/me`

use super::profile_of;
use crate::App;
use crate::attempts::Seat;
use crate::error::ApiError;
use crate::signed_in::SignedIn;
use contest::attempt::Attempt;
use contest::plan::Round;
use contest::time::Timestamp;
use documents::api::{Me, MyAttempt, MyRound};
use function::http::{Reply, Request};

/// What the contestant may know of themselves.
pub(crate) async fn me(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let SignedIn { contest, contestant, .. } = &who;
    let profile = profile_of(&who).await?;
    let referrals = app.people.count_referred(&contest.plan.id, contestant).await?;
    let mut rounds = Vec::with_capacity(contest.plan.rounds.len());
    for round in &contest.plan.rounds {
        rounds.push(my_round(&who, round).await?);
    }
    Ok(Reply::ok(&Me {
        pseudonym: contest.keys.pseudonym(contestant).to_string(),
        contestant: contestant.to_string(),
        full_name: profile.full_name,
        unit: profile.unit,
        referral_code: profile.referral_code,
        referrals,
        rounds,
    }))
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
    let used = u32::try_from(attempts.len()).unwrap_or(u32::MAX);
    let per_round = who.contest.plan.rules.attempt.per_round;
    Ok(MyRound {
        round: round.id.to_string(),
        attempts: attempts.iter().map(|attempt| my_attempt(attempt, now)).collect(),
        attempts_left: (per_round > 0).then(|| per_round.saturating_sub(used)),
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

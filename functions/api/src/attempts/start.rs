//! `POST /v1/contests/{c}/rounds/{r}/attempts`

use super::Seat;
use super::seat::Sitting;
use crate::App;
use crate::contests::Contest;
use crate::error::{ApiError, expect_no_content};
use crate::signed_in::SignedIn;
use contest::attempt::{Attempt, RoundPhase, StartDecision, accepted_before, decide_start, ends_at, phase_at};
use contest::plan::Round;
use contest::time::Timestamp;
use documents::api::{Paper, Refusal, StartedAttempt};
use function::http::{Reply, Request};
use store::StartWrite;

/// Starts an attempt, or returns the one that is still open.
pub(crate) async fn start(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let who = SignedIn::now(app, request).await?;
    let (round, now) = (who.round()?, request.received_at);
    check_open(&who.contest, round, now)?;
    let seat = Seat::of(&who, round).await?.ok_or(Refusal::RoundNotReady)?;
    let bank = seat.bank().await?.ok_or(Refusal::RoundNotReady)?;
    let rules = who.contest.plan.attempt_of(round);
    // Both at once: whether the session was ended costs a read and no time.
    let (account, attempts) = tokio::try_join!(who.account(), seat.attempts())?;
    account.ok_or(Refusal::NoSession)?;
    let number = match decide_start(rules, who.contest.plan.time_zone, &attempts, now) {
        StartDecision::Resume(attempt) => return resume(seat.sit(bank, attempt.number), &attempt).await,
        StartDecision::UsedUp => return Err(Refusal::AttemptsUsedUp(rules.per_round).into()),
        StartDecision::UsedUpToday(tomorrow) => return Err(used_up_today(&who.contest, round, tomorrow).into()),
        StartDecision::New(number) => number,
    };
    let accepted_before = accepted_before(rules, round.closes, now);
    let (contestant, session_version) = (who.contestant.clone(), who.version);
    let attempt = Attempt { contestant, number, started_at: now, accepted_before, session_version, submission: None };
    let sitting = seat.sit(bank, number);
    match app.attempts.insert_attempt(seat.partition, &attempt).await? {
        StartWrite::Written => Ok(reply(201, &sitting, &attempt)),
        // A request in parallel won: the same attempt, the same paper, the same start.
        StartWrite::Existing(existing) => resume(sitting, &existing).await,
    }
}

/// The one that is open. Where a session that was ended meanwhile started it, no such session hands it in.
async fn resume(sitting: Sitting<'_>, attempt: &Attempt) -> Result<Reply, ApiError> {
    let version = sitting.who.version;
    if version < attempt.session_version {
        return Err(Refusal::NoSession.into());
    }
    if attempt.session_version < version {
        sitting.who.app.attempts.raise_session_version(sitting.partition, attempt, version).await?;
    }
    Ok(reply(200, &sitting, attempt))
}

fn check_open(contest: &Contest, round: &Round, now: Timestamp) -> Result<(), Refusal> {
    match phase_at(round, now) {
        RoundPhase::Ahead => Err(Refusal::RoundAhead(contest.moment(round.opens))),
        RoundPhase::Open => Ok(()),
        RoundPhase::Closed => Err(Refusal::RoundClosed(contest.moment(round.closes))),
    }
}

/// Where the round closes before the day ends, there is no other day of it.
fn used_up_today(contest: &Contest, round: &Round, tomorrow: Timestamp) -> Refusal {
    let per_day = contest.plan.attempt_of(round).per_day;
    let again = (tomorrow < round.closes).then(|| contest.moment(tomorrow));
    Refusal::AttemptsOfDayUsedUp { per_day, again }
}

fn reply(status: u16, sitting: &Sitting<'_>, attempt: &Attempt) -> Reply {
    let prediction = sitting.who.contest.plan.rules.prediction.as_ref();
    let started = StartedAttempt {
        attempt: attempt.number,
        started_at: attempt.started_at.rfc3339(),
        ends_at: ends_at(sitting.rules(), sitting.round.closes, attempt.started_at).rfc3339(),
        server_time: sitting.who.request.received_at.rfc3339(),
        paper: Paper::of(&sitting.paper, &sitting.bank, prediction),
    };
    Reply::json(status, &started).of_shard(sitting.partition.shard)
}

//! `GET` and `POST /v1/organizer/contests/{c}/rounds/{r}/watch`: figures while a round is open. They are counted by a
//! function of its own (ADR 26); here somebody looks at them, or asks for new ones.

use super::Asked;
use crate::App;
use crate::error::{ApiError, expect_no_content};
use contest::organizers::Action;
use contest::watch::due::{ASKED_EVERY_MS, Watch};
use documents::console::Refusal;
use documents::console::rounds::CountAsked;
use documents::watch::{answer, counted};
use function::http::{Reply, Request};
use store::wakeup::WakeupStep;
use store::{Schedule, StoreError, Target, keys};

/// How far ahead the function is woken: the scheduler takes no instant that has passed, and clocks differ.
const WAKE_AFTER_MS: i64 = 30_000;

/// The last figures, and why they are old. Whoever looks at them has them counted again.
pub(crate) async fn figures(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let Asked { caller, contest, round } = Asked::of(app, request, Action::Watch).await?;
    let (id, now) = (&contest.plan.id, caller.now());
    let record = app.control.round(id, &round.id).await?.ok_or(Refusal::NoSuchRound)?;
    let marks = app.control.watch_marks(id, &round.id).await?;
    app.control.watch_opened(id, &round.id, now).await?;
    let path = keys::watch_latest(id, &round.id);
    let latest = app.vault.get(&path).await?;
    let counted = latest.as_deref().and_then(counted);
    let why_old = Watch { round: &round, phase: record.phase, marks, counted }.why_old(now);
    let figures = answer(latest.as_deref(), why_old).map_err(|e| StoreError::unparsed(path, &e))?;
    Ok(Reply::written(figures))
}

/// Has them counted now, give or take a minute. Where somebody else asked within the minute the function is woken already:
/// the schedule comes before the note of it, so that there is none without the other.
pub(crate) async fn ask(app: &App, request: &Request) -> Result<Reply, ApiError> {
    expect_no_content(request)?;
    let Asked { caller, contest, round } = Asked::of(app, request, Action::Watch).await?;
    let (id, now) = (&contest.plan.id, caller.now());
    let asked_at = app.control.watch_marks(id, &round.id).await?.asked_at;
    if asked_at.is_none_or(|at| at.plus_millis(ASKED_EVERY_MS) <= now) {
        let at = now.plus_millis(WAKE_AFTER_MS);
        let schedule = Schedule { contest: id, round: &round.id, step: WakeupStep::Watch, at };
        app.schedules.put_schedule(&schedule, Target { arn: &app.watch_round_arn }).await?;
        let _or_somebody_else_did = app.control.watch_asked(id, &round.id, now).await?;
    }
    let again_after_seconds = ASKED_EVERY_MS.unsigned_abs() / 1_000;
    Ok(Reply::json(202, &CountAsked { status: "asked", again_after_seconds }).again_after(again_after_seconds))
}

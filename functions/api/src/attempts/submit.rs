//! `PUT /v1/contests/{c}/rounds/{r}/attempts/{n}`: write, then read the gate, then acknowledge.
//!
//! The order is the promise (`RELIABILITY.md` 1.1): an acknowledgement means that the submission was
//! written before its gate was shut, and closing reads every submission after every gate is shut.

use super::seat::Sitting;
use super::{Seat, acknowledge};
use crate::error::{ApiError, form};
use crate::forms::{SheetForm, prediction};
use crate::signed_in::SignedIn;
use crate::{App, path};
use contest::attempt::{Attempt, Submission, SubmissionDecision, decide_refused_submission};
use contest::form::{FormFault, FormField, WrongField};
use documents::api::Refusal;
use function::http::{Reply, Request};
use store::{SentSubmission, SubmissionWrite};

/// Accepts a submission, or gives the first receipt of the same submission again.
pub(crate) async fn submit(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: SheetForm = form(request, Refusal::InvalidAnswers)?;
    let recent = SignedIn::recently(app, request).await?;
    let number = path::attempt(request)?;
    let renewed;
    let (sitting, recorded) = match hand_in(&recent, number, &form).await {
        // Never refuse from what was kept in memory: an upload may have moved the end or added a round.
        Err(ApiError::Refused(refusal)) => {
            renewed = recent.renewed().await?.ok_or(refusal)?;
            hand_in(&renewed, number, &form).await?
        }
        handed_in => handed_in?,
    };
    let closed = || Refusal::RoundClosed(sitting.who.contest.moment(sitting.round.closes));
    let accepted = acknowledge(&sitting, &recorded.attempt).await?.ok_or_else(closed)?;
    if !recorded.is_this {
        return Err(Refusal::AlreadySubmitted { receipt: accepted.receipt }.into());
    }
    Ok(Reply::accepted(&accepted).of_shard(sitting.partition.shard))
}

/// What stands in the table after the write, before the gate has been read.
struct Recorded {
    attempt: Attempt,
    /// Whether the submission in it is this one, or another that was accepted before.
    is_this: bool,
}

async fn hand_in<'a>(
    who: &'a SignedIn<'a>,
    number: u16,
    form: &SheetForm,
) -> Result<(Sitting<'a>, Recorded), ApiError> {
    let seat = Seat::of(who, who.round()?).await?.ok_or(Refusal::NoSuchAttempt)?;
    let bank = seat.bank().await?.ok_or(Refusal::NoSuchAttempt)?;
    let sitting = seat.sit(bank, number);
    let submission = read_submission(&sitting, form).await?;
    let recorded = record(&sitting, &submission).await?;
    Ok((sitting, recorded))
}

/// The submission of a form. What does not fit the paper is told to those only who have the attempt.
async fn read_submission(sitting: &Sitting<'_>, form: &SheetForm) -> Result<Submission, ApiError> {
    let sent = form.answers.iter().map(|(id, options)| (id.as_str(), options.as_slice()));
    let mut faults = Vec::new();
    let answers = sitting.paper.read_answers(&sitting.bank, sent).unwrap_or_else(|wrong| {
        faults = wrong;
        Vec::new()
    });
    let guess = match (&form.prediction, &sitting.who.contest.plan.rules.prediction) {
        (Some(raw), Some(rules)) => prediction(raw.get(), rules.target),
        (Some(raw), None) if raw.get() != "null" => Err(FormFault::NotAsked),
        _ => Ok(None),
    };
    let prediction = guess.unwrap_or_else(|fault| {
        faults.push(WrongField::new(FormField::Prediction, fault));
        None
    });
    if faults.is_empty() {
        return Ok(Submission { received_at: sitting.who.request.received_at, answers, prediction });
    }
    let refusal = match sitting.attempt(sitting.number).await? {
        None => Refusal::NoSuchAttempt,
        Some(stored) if sitting.who.version < stored.session_version => Refusal::NoSession,
        Some(_) => Refusal::InvalidAnswers(faults),
    };
    Err(refusal.into())
}

/// The conditional write, and what its refusal means. A submission that looks late is written all the same:
/// what stands there shows whether an earlier one landed and only its reply was lost.
async fn record(sitting: &Sitting<'_>, submission: &Submission) -> Result<Recorded, ApiError> {
    let SignedIn { app, contest, contestant, version, .. } = sitting.who;
    let session_version = *version;
    let mut sent = SentSubmission { contestant, attempt: sitting.number, session_version, submission, later_end: None };
    loop {
        let existing = match app.attempts.record_submission(sitting.partition, &sent).await? {
            SubmissionWrite::Written(attempt) => return Ok(Recorded { attempt, is_this: true }),
            SubmissionWrite::NoAttempt => return Err(Refusal::NoSuchAttempt.into()),
            SubmissionWrite::Refused(existing) => existing,
        };
        let end_by_plan = sitting.accepted_before(&existing);
        let extended = end_by_plan > existing.accepted_before && sent.later_end.is_none();
        match decide_refused_submission(existing, submission, session_version) {
            SubmissionDecision::SessionEnded => return Err(Refusal::NoSession.into()),
            SubmissionDecision::Repeated(attempt) => return Ok(Recorded { attempt, is_this: true }),
            SubmissionDecision::Conflict(attempt) => return Ok(Recorded { attempt, is_this: false }),
            SubmissionDecision::Late if extended => sent.later_end = Some(end_by_plan),
            SubmissionDecision::Late if submission.received_at >= sitting.round.closes => {
                return Err(Refusal::RoundClosed(contest.moment(sitting.round.closes)).into());
            }
            SubmissionDecision::Late => return Err(Refusal::AttemptExpired(contest.moment(end_by_plan)).into()),
        }
    }
}

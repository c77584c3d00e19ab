//! `PUT /v1/contests/{c}/rounds/{r}/attempts/{n}`: write, then read the gate, then acknowledge.
//!
//! The order is the promise (`RELIABILITY.md` 1.1): an acknowledgement means that the sheet was
//! written before its gate was shut, and closing reads every sheet after every gate is shut.

use super::receipt::settle;
use crate::App;
use crate::contests::Contest;
use crate::forms::{SheetForm, prediction};
use crate::path;
use crate::refused::{Refused, form};
use contest::attempt::Attempt;
use contest::attempt::{Sheet, SheetDecision, accepted_before, decide_refused_sheet};
use contest::form::{FormFault, FormField, WrongField};
use contest::ids::ContestantId;
use contest::paper::{AnswerFault, draw};
use contest::plan::Round;
use documents::api::Refusal;
use function::http::{Reply, Request};
use std::sync::Arc;
use store::{SheetWrite, Shelf};

/// What a sheet came to, before the gate.
enum Outcome {
    /// With the shard in which it lies.
    Accepted(Attempt, u16),
    Conflict(Attempt),
}

/// Accepts a sheet, or gives the first receipt of the same sheet again.
pub(crate) async fn submit(app: &App, request: &Request) -> Result<Reply, Refused> {
    let form: SheetForm = form(request, Refusal::InvalidAnswers)?;
    let contestant = app.session(request)?;
    let contest = app.contests.recent(&path::contest(request)?).await?;
    let number = path::attempt(request)?;
    match record(app, request, &contest, &contestant, number, &form).await {
        // Never refuse from what was kept in memory: an upload may have moved the end or added a round.
        Err(Refused::Answer(refusal)) => {
            let fresh = app.contests.fresh(&contest.plan.id).await?;
            if Arc::ptr_eq(&fresh, &contest) {
                return Err(Refused::Answer(refusal));
            }
            let outcome = record(app, request, &fresh, &contestant, number, &form).await?;
            answer(app, request, &fresh, outcome).await
        }
        outcome => answer(app, request, &contest, outcome?).await,
    }
}

async fn answer(app: &App, request: &Request, contest: &Contest, outcome: Outcome) -> Result<Reply, Refused> {
    let round = contest.round(&path::round(request)?)?;
    match outcome {
        Outcome::Accepted(attempt, shard) => {
            let Some(settled) = settle(app, contest, round, &attempt, &request.id).await? else {
                return Err(Refusal::RoundClosed(contest.moment(round.closes)).into());
            };
            Ok(Reply::accepted(&settled).of_shard(shard))
        }
        Outcome::Conflict(attempt) => {
            let Some(first) = settle(app, contest, round, &attempt, &request.id).await? else {
                return Err(Refusal::RoundClosed(contest.moment(round.closes)).into());
            };
            Err(Refusal::AlreadySubmitted { receipt: first.receipt }.into())
        }
    }
}

async fn record(
    app: &App,
    request: &Request,
    contest: &Contest,
    contestant: &ContestantId,
    number: u16,
    form: &SheetForm,
) -> Result<Outcome, Refused> {
    let round = contest.round(&path::round(request)?)?;
    let shelf = app.contests.shelf(contest, round, contestant).await?.ok_or(Refusal::NoSuchAttempt)?;
    let Some(bank) = app.contests.bank(contest, round).await? else { return Err(Refusal::NoSuchAttempt.into()) };
    let secret = contest.keys.paper_secret(&round.id);
    let paper = draw(&contest.plan.paper, &bank, &secret, contestant, number);
    let sent = form.answers.iter().map(|(id, options)| (id.as_str(), options.as_slice()));
    let mut faults = Vec::new();
    let answers = paper.read_answers(&bank, sent).unwrap_or_else(|wrong| {
        faults.extend(wrong.into_iter().map(answer_fault));
        Vec::new()
    });
    let guess = match (&form.prediction, &contest.plan.rules.prediction) {
        (Some(raw), Some(rules)) => prediction(raw.get(), rules.target),
        (Some(raw), None) if raw.get() != "null" => Err(FormFault::NotAsked),
        _ => Ok(None),
    };
    let prediction = guess.unwrap_or_else(|fault| {
        faults.push(WrongField::new(FormField::Prediction, fault));
        None
    });
    if !faults.is_empty() {
        let stands = app.attempts.attempt(shelf, contestant, number).await?;
        return Err(if stands.is_some() { Refusal::InvalidAnswers(faults) } else { Refusal::NoSuchAttempt }.into());
    }
    let sheet = Sheet { received_at: request.received_at, answers, prediction };
    write(app, contest, round, shelf, contestant, number, &sheet).await
}

/// The conditional write, and what its refusal means. A sheet that looks late is written all the same:
/// what stands there shows whether an earlier one landed and only its reply was lost.
async fn write(
    app: &App,
    contest: &Contest,
    round: &Round,
    shelf: Shelf<'_>,
    contestant: &ContestantId,
    number: u16,
    sheet: &Sheet,
) -> Result<Outcome, Refused> {
    let mut later_end = None;
    loop {
        let stood = match app.attempts.record_sheet(shelf, contestant, number, sheet, later_end).await? {
            SheetWrite::Written(attempt) => return Ok(Outcome::Accepted(attempt, shelf.shard)),
            SheetWrite::NoAttempt => return Err(Refusal::NoSuchAttempt.into()),
            SheetWrite::Refused(stood) => stood,
        };
        let started_at = stood.started_at;
        let end_by_plan = accepted_before(&contest.plan.rules.attempt, round.closes, started_at);
        let extended = end_by_plan > stood.accepted_before && later_end.is_none();
        match decide_refused_sheet(stood, sheet) {
            SheetDecision::Repeated(attempt) => return Ok(Outcome::Accepted(attempt, shelf.shard)),
            SheetDecision::Conflict(attempt) => return Ok(Outcome::Conflict(attempt)),
            SheetDecision::Late if extended => later_end = Some(end_by_plan),
            SheetDecision::Late if sheet.received_at >= round.closes => {
                return Err(Refusal::RoundClosed(contest.moment(round.closes)).into());
            }
            SheetDecision::Late => return Err(Refusal::AttemptExpired(contest.moment(end_by_plan)).into()),
        }
    }
}

fn answer_fault(fault: AnswerFault) -> WrongField {
    let (question, fault) = match fault {
        AnswerFault::UnknownQuestion { question } => (question, FormFault::UnknownQuestion),
        AnswerFault::UnknownOption { question } => (question, FormFault::UnknownOption),
        AnswerFault::RepeatedOption { question } => (question, FormFault::RepeatedOption),
        AnswerFault::TooManyOptions { question } => (question, FormFault::TooManyOptions),
    };
    WrongField::new(FormField::answer(&question), fault)
}

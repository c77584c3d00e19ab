//! `POST /v1/contests/{c}/rounds/{r}/attempts`

use crate::App;
use crate::contests::Contest;
use crate::path;
use crate::refused::{Refused, expect_no_content};
use contest::attempt::{Attempt, RoundPhase, StartDecision, accepted_before, decide_start, ends_at, phase_at};
use contest::bank::{LETTERS, PublicQuestion};
use contest::paper::redraw;
use contest::plan::Round;
use contest::time::Timestamp;
use documents::api::{AnswerOption, Paper, PredictionField, Question, Refusal, StartedAttempt};
use documents::words;
use function::http::{Reply, Request};
use store::StartWrite;

/// Starts an attempt, or returns the one that is still open.
pub(crate) async fn start(app: &App, request: &Request) -> Result<Reply, Refused> {
    expect_no_content(request)?;
    let (contest, contestant) = app.signed_in(request).await?;
    let round = contest.round(&path::round(request)?)?;
    let now = request.received_at;
    check_open(&contest, round, now)?;
    let bank = app.contests.bank(&contest, round).await?.ok_or(Refusal::RoundNotReady)?;
    let rules = &contest.plan.rules.attempt;
    let shelf = app.contests.shelf(&contest, round, &contestant).await?.ok_or(Refusal::RoundNotReady)?;
    let stored = app.attempts.query_attempts_of(shelf, &contestant).await?;
    let stored: Vec<Attempt> = stored.into_iter().map(|attempt| contest.extended(round, attempt)).collect();
    let reply = |attempt: &Attempt, status| reply(&contest, round, &bank, attempt, now, status).of_shard(shelf.shard);
    let number = match decide_start(rules, &stored, now) {
        StartDecision::Resume(attempt) => return Ok(reply(&attempt, 200)),
        StartDecision::UsedUp => return Err(Refusal::AttemptsUsedUp(rules.per_round).into()),
        StartDecision::New(number) => number,
    };
    let accepted_before = accepted_before(rules, round.closes, now);
    let attempt = Attempt { contestant, number, started_at: now, accepted_before, sheet: None };
    match app.attempts.insert_attempt(shelf, &attempt).await? {
        StartWrite::Written => Ok(reply(&attempt, 201)),
        // A request in parallel won: the same attempt, the same paper, the same start.
        StartWrite::Stood(stood) => Ok(reply(&stood, 200)),
    }
}

fn check_open(contest: &Contest, round: &Round, now: Timestamp) -> Result<(), Refusal> {
    match phase_at(round, now) {
        RoundPhase::Ahead => Err(Refusal::RoundAhead(contest.moment(round.opens))),
        RoundPhase::Open => Ok(()),
        RoundPhase::Closed => Err(Refusal::RoundClosed(contest.moment(round.closes))),
    }
}

fn reply(
    contest: &Contest,
    round: &Round,
    bank: &[PublicQuestion],
    attempt: &Attempt,
    now: Timestamp,
    status: u16,
) -> Reply {
    let rules = &contest.plan.rules.attempt;
    let paper = redraw(&contest.plan.paper, bank, &contest.keys.paper_secret(&round.id), attempt);
    let question = |q: &contest::paper::PaperQuestion| {
        let of_bank = &bank[q.question];
        let option = |&place: &u8| AnswerOption {
            id: LETTERS[usize::from(place)].to_owned(),
            text: of_bank.options[usize::from(place)].clone(),
        };
        Question {
            id: of_bank.id.to_string(),
            text: of_bank.text.clone(),
            choose: of_bank.choose,
            options: q.options.iter().map(option).collect(),
        }
    };
    let prediction = contest.plan.rules.prediction.map(|rules| PredictionField {
        target: rules.target.as_str(),
        prompt: words::prediction_prompt(rules.target).to_owned(),
    });
    let started = StartedAttempt {
        attempt: attempt.number,
        started_at: attempt.started_at.rfc3339(),
        ends_at: ends_at(rules, round.closes, attempt.started_at).rfc3339(),
        server_time: now.rfc3339(),
        paper: Paper { questions: paper.questions.iter().map(question).collect(), prediction },
    };
    Reply::json(status, &started)
}

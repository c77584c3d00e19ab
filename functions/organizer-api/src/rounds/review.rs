//! `GET /v1/organizer/contests/{c}/rounds/{r}/review`, `…/review/{from}` and `…/items`: whom to look at, and how questions
//! were answered. What is right stands in neither.

use super::Asked;
use super::named::{Names, Ranked};
use crate::App;
use crate::error::ApiError;
use crate::log::Done;
use contest::organizers::{Action, Chain};
use contest::plan::Round;
use contest::time::Timestamp;
use documents::console::Refusal;
use documents::console::reviews::MarkLine;
use documents::console::rounds::{Items, NamedMark, ReviewShown};
use function::http::{Reply, Request};
use store::ContestSnapshot;

/// Lines of an answer.
const PAGE: u64 = 50;

pub(crate) async fn review(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let asked = Asked::of(app, request, Action::Review).await?;
    let from: u64 = match request.part("from") {
        "" => 1,
        from => from.parse().ok().filter(|from| *from > 0).ok_or(Refusal::NoSuchRoute)?,
    };
    let Asked { caller, contest, round } = &asked;
    let Ranked { file, .. } = Ranked::of(app, &asked).await?;
    let subject = format!("{}/v{} {from}", round.id, file.edition);
    let done = Done { action: "see_review", subject: &subject, ..Done::default() };
    caller.log(&Chain::Contest(contest.plan.id.clone()), done).await?;
    let until = from.saturating_add(PAGE);
    let page: Vec<&MarkLine> = file.marks.iter().filter(|mark| from <= mark.number && mark.number < until).collect();
    let public = page.iter().flat_map(|mark| &mark.people).map(|person| &person.contestant);
    let names = Names::of(app, contest, public.filter_map(|name| file.codes.get(name))).await?;
    let line = |mark: &&MarkLine| NamedMark {
        number: mark.number,
        kind: mark.kind.clone(),
        name: mark.name.clone(),
        wins: mark.wins,
        people: mark.people.iter().map(|person| names.person(&file, person)).collect(),
        others: mark.others,
        figures: mark.figures.clone(),
        sentence: mark.sentence.clone(),
    };
    let total = file.marks.len() as u64;
    Ok(Reply::ok(&ReviewShown {
        edition: file.edition,
        lines: page.iter().map(line).collect(),
        next: (until <= total).then_some(until),
        note: file.note,
        left_out: file.left_out,
        total,
    }))
}

pub(crate) async fn items(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let asked = Asked::of(app, request, Action::Review).await?;
    if is_bank_still_asked(&asked.contest, &asked.round, asked.caller.now()) {
        return Err(Refusal::BankStillAsked.into());
    }
    let Ranked { file, .. } = Ranked::of(app, &asked).await?;
    Ok(Reply::ok(&Items { edition: file.edition, questions: file.questions }))
}

/// Whether another round draws from the same questions and has not closed: what was answered most tells what is right.
fn is_bank_still_asked(contest: &ContestSnapshot, round: &Round, now: Timestamp) -> bool {
    let questions = |of: &Round| contest.state.banks.get(&of.bank).map(|bank| &bank.questions.sha256);
    let is_same =
        |other: &&Round| other.bank == round.bank || questions(other).is_some_and(|own| questions(round) == Some(own));
    contest.plan.rounds.iter().filter(is_same).any(|other| now < other.closes)
}

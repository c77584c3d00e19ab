//! `POST /v1/organizer/contests/{c}/rounds/{r}/paper`: a paper as contestants are given one. What it is drawn from has no
//! answers in it: the function that reads these is another one.

use super::Asked;
use crate::App;
use crate::error::{ApiError, form};
use crate::log::Done;
use contest::organizers::{Action, Chain};
use contest::paper::compose_to_show;
use documents::api::Paper;
use documents::console::Refusal;
use documents::console::rounds::PaperShown;
use function::http::{Reply, Request};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PaperForm {
    seed: u32,
}

/// Before the opening only those see one who made the questions.
pub(crate) async fn paper(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let Asked { caller, contest, round } = Asked::of(app, request, Action::SeePaper).await?;
    let PaperForm { seed } = form(request)?;
    // Whatever the time is: a draft is open to nobody.
    let (plan, is_open) = (&contest.plan, round.opens <= caller.now() && !contest.state.is_draft());
    if !is_open {
        caller.require(Action::SeePaperBeforeOpening, Some(&plan.id))?;
    }
    let bank = contest.bank(&round).await?.ok_or(Refusal::NoBank)?;
    let done = Done { action: "see_paper", subject: round.id.as_str(), ..Done::default() };
    caller.log(&Chain::Contest(plan.id.clone()), done).await?;
    let drawn = compose_to_show(plan.paper_of(&round), &bank, &contest.keys.paper_secret(&round.id), seed);
    Ok(Reply::ok(&PaperShown {
        round: round.id.to_string(),
        round_name: round.name.clone(),
        seed,
        minutes: plan.attempt_of(&round).minutes,
        is_open,
        paper: Paper::of(&drawn, &bank, plan.rules.prediction.as_ref()),
    }))
}

//! `GET /v1/organizer/plan-form` and `POST /v1/organizer/plan`: the form of a plan, and what follows from its text. Nothing
//! is kept.

use crate::App;
use crate::caller::Caller;
use crate::error::{ApiError, of_body};
use contest::plan_file;
use documents::console::Refusal;
use documents::console::plan::{Beside, PlanRequest, respond};
use documents::console::plan_form::form;
use function::http::{Reply, Request};
use store::ContestSnapshot;

/// Longest request: a plan of a hundred rounds has some tens of kilobytes.
const MAX_BODY: usize = 256 * 1024;

pub(crate) async fn plan_form(app: &App, request: &Request) -> Result<Reply, ApiError> {
    Caller::of(app, request).await?;
    Ok(Reply::ok(&form()))
}

/// Beside the units and the roster of the contest that the text names, where somebody may read them.
pub(crate) async fn plan(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let asked: PlanRequest = request.form_up_to(MAX_BODY).map_err(of_body)?;
    let contest = plan_file::read(&asked.toml).plan.map(|plan| plan.id);
    let contest =
        contest.filter(|contest| caller.require(contest::organizers::Action::ReadFiles, Some(contest)).is_ok());
    let state = match &contest {
        Some(contest) => app.control.state(contest).await?,
        None => None,
    };
    let snapshot = match state {
        Some(state) => ContestSnapshot::of(state, &app.vault, &app.secrets).await?,
        None => None,
    };
    let units = match &snapshot {
        Some(snapshot) if snapshot.state.units.is_some() => Some(snapshot.units().await?),
        _ => None,
    };
    let answered = respond(asked, Beside { units: units.as_ref(), ..Beside::default() });
    Ok(Reply::ok(&answered.map_err(|fault| Refusal::PlanNotEdited { code: fault.code(), detail: fault.detail() })?))
}

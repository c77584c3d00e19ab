//! `GET /v1/organizer/contests/{c}/public`: what contestants read of the contest, or will read once it is public. The bytes are
//! those of `contest.json`, made anew and kept nowhere.

use super::snapshot;
use crate::App;
use crate::caller::Caller;
use crate::error::ApiError;
use contest::organizers::Action;
use documents::console::Refusal;
use function::http::{Reply, Request};
use function::public::Describer;

pub(crate) async fn public(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (_, id) = Caller::in_contest(app, request, Action::SeeContest).await?;
    let contest = snapshot(app, &id).await?.ok_or(Refusal::NoSuchContest)?;
    let describer = Describer { control: &app.control, vault: &app.vault, secrets: &app.secrets };
    Ok(Reply::written(describer.describe(&contest).await?))
}

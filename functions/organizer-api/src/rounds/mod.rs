//! One round as organizers look at it: its figures while it is open, a paper of it, and what came out.

mod named;
mod paper;
mod results;
mod review;
mod seal;
mod watch;

pub(crate) use paper::paper;
pub(crate) use results::results;
pub(crate) use review::{items, review};
pub(crate) use seal::seal;
pub(crate) use watch::{ask, figures};

use crate::App;
use crate::caller::Caller;
use crate::contests::snapshot;
use crate::error::ApiError;
use contest::ids::RoundId;
use contest::organizers::Action;
use contest::plan::Round;
use documents::console::Refusal;
use function::http::Request;
use store::ContestSnapshot;

/// Who asks, and the round that the path names, as the plan in force has it.
pub(crate) struct Asked<'a> {
    pub(crate) caller: Caller<'a>,
    pub(crate) contest: ContestSnapshot,
    pub(crate) round: Round,
}

impl<'a> Asked<'a> {
    /// Where they may do this in the contest.
    pub(crate) async fn of(app: &'a App, request: &'a Request, action: Action) -> Result<Self, ApiError> {
        let (caller, id) = Caller::in_contest(app, request, action).await?;
        let contest = snapshot(app, &id).await?.ok_or(Refusal::NoSuchContest)?;
        let round = RoundId::parse(request.part("r")).ok().and_then(|id| contest.plan.round(&id).cloned());
        Ok(Self { caller, round: round.ok_or(Refusal::NoSuchRound)?, contest })
    }
}

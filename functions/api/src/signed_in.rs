//! Who asks, and in which contest. The contestant comes from the session alone.

use crate::account::session;
use crate::contests::Contest;
use crate::error::ApiError;
use crate::{App, path};
use contest::ids::ContestantId;
use contest::plan::Round;
use documents::api::Refusal;
use function::http::Request;
use std::sync::Arc;

/// A contestant whose session holds, with what they ask.
pub(crate) struct SignedIn<'a> {
    pub(crate) app: &'a App,
    pub(crate) request: &'a Request,
    pub(crate) contest: Arc<Contest>,
    pub(crate) contestant: ContestantId,
}

impl<'a> SignedIn<'a> {
    /// In the contest as it is in force now.
    pub(crate) async fn now(app: &'a App, request: &'a Request) -> Result<Self, ApiError> {
        let contestant = contestant_of(app, request)?;
        let contest = app.contests.fresh(&path::contest(request)?).await?;
        Ok(Self { app, request, contest, contestant })
    }

    /// In the contest as it was in force when it was last read: without a read, and nobody is refused from it.
    pub(crate) async fn recently(app: &'a App, request: &'a Request) -> Result<Self, ApiError> {
        let contestant = contestant_of(app, request)?;
        let contest = app.contests.recent(&path::contest(request)?).await?;
        Ok(Self { app, request, contest, contestant })
    }

    /// In the contest as it is in force now, if that is another than this.
    pub(crate) async fn renewed(&self) -> Result<Option<Self>, ApiError> {
        let contest = self.app.contests.fresh(&self.contest.plan.id).await?;
        let is_same = Arc::ptr_eq(&contest, &self.contest);
        Ok((!is_same).then(|| Self { contest, contestant: self.contestant.clone(), ..*self }))
    }

    /// The round that the path names.
    pub(crate) fn round(&self) -> Result<&Round, Refusal> {
        let id = path::round(self.request)?;
        self.contest.plan.round(&id).ok_or(Refusal::NoSuchRound)
    }
}

fn contestant_of(app: &App, request: &Request) -> Result<ContestantId, Refusal> {
    let contest = path::contest(request)?;
    let token = request.bearer().ok_or(Refusal::NoSession)?;
    let contestant = session::verify(app.secrets.session_keys(), token, &contest, request.received_at);
    contestant.ok_or(Refusal::NoSession)
}

//! Who asks, and in which contest. The contestant comes from the session alone.

use crate::account::session::{self, SessionToken};
use crate::contests::Contest;
use crate::error::ApiError;
use crate::{App, path};
use contest::ids::ContestantId;
use contest::plan::Round;
use documents::api::Refusal;
use function::http::Request;
use std::sync::Arc;
use store::{Account, AccountPlace, StoreError};

/// A contestant whose session holds, with what they ask.
pub(crate) struct SignedIn<'a> {
    pub(crate) app: &'a App,
    pub(crate) request: &'a Request,
    pub(crate) contest: Arc<Contest>,
    pub(crate) contestant: ContestantId,
    /// Of the session; see [`SessionToken`].
    pub(crate) version: u32,
}

impl<'a> SignedIn<'a> {
    /// In the contest as it is in force now.
    pub(crate) async fn now(app: &'a App, request: &'a Request) -> Result<Self, ApiError> {
        let SessionToken { contestant, version } = session_of(app, request)?;
        let contest = app.contests.fresh(&path::contest(request)?).await?;
        Ok(Self { app, request, contest, contestant, version })
    }

    /// In the contest as it was in force when it was last read: without a read, and nobody is refused from it.
    pub(crate) async fn recently(app: &'a App, request: &'a Request) -> Result<Self, ApiError> {
        let SessionToken { contestant, version } = session_of(app, request)?;
        let contest = app.contests.recent(&path::contest(request)?).await?;
        Ok(Self { app, request, contest, contestant, version })
    }

    /// In the contest as it is in force now, if that is another than this.
    pub(crate) async fn renewed(&self) -> Result<Option<Self>, ApiError> {
        let contest = self.app.contests.fresh(&self.contest.plan.id).await?;
        let is_same = Arc::ptr_eq(&contest, &self.contest);
        Ok((!is_same).then(|| Self { contest, contestant: self.contestant.clone(), ..*self }))
    }

    /// Where the account lies.
    pub(crate) fn place(&self) -> AccountPlace<'_> {
        self.contest.place(&self.contestant)
    }

    /// The account, erased or not; none where the session was ended.
    pub(crate) async fn account(&self) -> Result<Option<Account>, StoreError> {
        let account = self.app.people.account(self.place()).await?;
        Ok(account.filter(|account| account.profile.version <= self.version))
    }

    /// The round that the path names.
    pub(crate) fn round(&self) -> Result<&Round, Refusal> {
        let id = path::round(self.request)?;
        self.contest.plan.round(&id).ok_or(Refusal::NoSuchRound)
    }
}

fn session_of(app: &App, request: &Request) -> Result<SessionToken, Refusal> {
    let contest = path::contest(request)?;
    let token = request.bearer().ok_or(Refusal::NoSession)?;
    let said = session::verify(app.secrets.session_keys(), token, &contest, request.received_at);
    said.ok_or(Refusal::NoSession)
}

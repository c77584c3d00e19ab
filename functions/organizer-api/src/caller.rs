//! Who asks: the session, the account in its version, and what its roles allow. One strong read.

use crate::error::ApiError;
use crate::log::Done;
use crate::{App, random};
use contest::ids::ContestId;
use contest::organizers::{Action, Chain, Grants, Head, SessionTimes, may};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use documents::console::Refusal;
use documents::console::sessions::{Me, Opened, PasskeyLine};
use function::http::Request;
use store::{Identified, Organizer, StoreError, StoredSession};

/// An organizer whose session holds, with what they ask.
pub(crate) struct Caller<'a> {
    pub(crate) app: &'a App,
    pub(crate) request: &'a Request,
    pub(crate) account: Identified<Organizer>,
    pub(crate) grants: Grants,
    pub(crate) session: StoredSession,
    /// Every session of the account that holds.
    pub(crate) sessions: Vec<StoredSession>,
}

impl<'a> Caller<'a> {
    /// Whoever the session of a request belongs to.
    pub(crate) async fn of(app: &'a App, request: &'a Request) -> Result<Self, ApiError> {
        let now = request.received_at;
        let (id, token) = request.bearer().and_then(|token| token.split_once('.')).ok_or(Refusal::NoSession)?;
        let (account, mut sessions) = app.organizers.with_sessions(id).await?.ok_or(Refusal::NoSession)?;
        sessions.retain(|session| session.version == account.what.version && session.times.holds(now));
        let sha256 = sha256_hex(token.as_bytes());
        let session = sessions.iter().find(|session| session.sha256 == sha256);
        let mut session = session.filter(|_| account.what.disabled_at_ms.is_none()).ok_or(Refusal::NoSession)?.clone();
        if session.times.is_to_be_noted(now) {
            session.times.seen = now;
            if !app.organizers.note_session(id, &session).await? {
                return Err(Refusal::NoSession.into());
            }
        }
        Ok(Self { app, request, grants: account.what.grants()?, account, session, sessions })
    }

    /// Whoever asks, where they may do this in the contest that the path names.
    pub(crate) async fn in_contest(
        app: &'a App,
        request: &'a Request,
        action: Action,
    ) -> Result<(Self, ContestId), ApiError> {
        let caller = Self::of(app, request).await?;
        let contest = ContestId::parse(request.part("c")).map_err(|_| Refusal::NoSuchContest)?;
        caller.require(action, Some(&contest))?;
        Ok((caller, contest))
    }

    /// Refuses what the roles do not allow, and what asks for a second factor that was not given lately.
    pub(crate) fn require(&self, action: Action, contest: Option<&ContestId>) -> Result<(), Refusal> {
        if !may(&self.grants, action, contest) {
            return Err(Refusal::NotYourRole(action));
        }
        if action.needs_step_up() { self.require_step_up() } else { Ok(()) }
    }

    /// Refuses where no second factor was given lately.
    pub(crate) fn require_step_up(&self) -> Result<(), Refusal> {
        if self.session.times.is_stepped_up(self.now()) { Ok(()) } else { Err(Refusal::StepUpNeeded) }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.request.received_at
    }

    /// Writes into the log what is about to be done.
    pub(crate) async fn log(&self, chain: &Chain, done: Done<'_>) -> Result<Head, StoreError> {
        crate::log::append(self.app, chain, Some(self), self.request, done).await
    }
}

/// A new session of an account.
pub(crate) async fn open_session(
    app: &App,
    account: &Identified<Organizer>,
    now: Timestamp,
) -> Result<Opened, StoreError> {
    let token = random::token()?;
    let times = SessionTimes::opened_at(now);
    let session = StoredSession { sha256: sha256_hex(token.as_bytes()), version: account.what.version, times };
    app.organizers.open_session(&account.id, &session).await?;
    Ok(Opened {
        session: format!("{}.{token}", account.id),
        expires_at: times.ends().rfc3339(),
        idle_seconds: contest::organizers::IDLE_MS / 1_000,
        me: me(account),
    })
}

/// What somebody is told of their own account.
pub(crate) fn me(account: &Identified<Organizer>) -> Me {
    let Identified { id, what } = account;
    let instant = |at| Timestamp::from_millis(at).rfc3339();
    let passkeys = what.passkeys.iter().map(|(id, passkey)| PasskeyLine {
        id: id.clone(),
        name: passkey.name.clone(),
        added_at: instant(passkey.added_at_ms),
        used_at: passkey.used_at_ms.map(instant),
    });
    Me {
        id: id.clone(),
        name: what.name.clone(),
        login: what.login.clone(),
        roles: what.roles.clone(),
        recovery_left: what.recovery.len(),
        passkeys: passkeys.collect(),
    }
}

//! The log of what organizers do: written before it is done.

use crate::App;
use crate::caller::Caller;
use crate::error::ApiError;
use contest::organizers::Head;
use contest::organizers::{Action, Chain};
use documents::console::Refusal;
use documents::console::log::{Actor, Entries, Entry, Heads, Shown, ShownHead};
use function::http::{Reply, Request};
use std::collections::BTreeMap;
use store::StoreError;

/// Entries of an answer.
const PAGE: u64 = 100;

/// What is about to be done.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Done<'a> {
    /// Word for it.
    pub(crate) action: &'static str,
    /// On what.
    pub(crate) subject: &'a str,
    pub(crate) before_sha256: Option<&'a str>,
    pub(crate) after_sha256: Option<&'a str>,
    pub(crate) reason: Option<&'a str>,
    /// The proposal that it is a step of, or carries out.
    pub(crate) proposal: Option<&'a str>,
    /// The role by which it is allowed, where one is.
    pub(crate) role: Option<&'static str>,
}

/// Adds an entry to a log.
pub(crate) async fn append(
    app: &App,
    chain: &Chain,
    by: Option<&Caller<'_>>,
    request: &Request,
    done: Done<'_>,
) -> Result<Head, StoreError> {
    let actor = Actor { id: by.map(|by| by.account.id.clone()), role: done.role.map(str::to_owned) };
    write(app, chain, actor, (&request.id, request.received_at.rfc3339()), done).await
}

/// Adds an entry that no request led to.
pub(crate) async fn write(
    app: &App,
    chain: &Chain,
    actor: Actor,
    (request, at): (&str, String),
    done: Done<'_>,
) -> Result<Head, StoreError> {
    let owned = |text: Option<&str>| text.map(str::to_owned);
    let entry = |seq: u64, previous: &str| {
        let entry = Entry {
            schema: Entry::SCHEMA.to_owned(),
            seq,
            at: at.clone(),
            actor: actor.clone(),
            action: done.action.to_owned(),
            subject: done.subject.to_owned(),
            before_sha256: owned(done.before_sha256),
            after_sha256: owned(done.after_sha256),
            reason: owned(done.reason),
            proposal: owned(done.proposal),
            request: request.to_owned(),
            previous: previous.to_owned(),
        };
        entry.to_json()
    };
    app.audit.append(chain, entry).await
}

/// `GET /v1/organizer/contests/{c}/audit/{from}`
pub(crate) async fn of_contest(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (_, contest) = Caller::in_contest(app, request, Action::ReadAudit).await?;
    page(app, &Chain::Contest(contest), request).await
}

/// `GET /v1/organizer/audit/{from}`
pub(crate) async fn of_platform(app: &App, request: &Request) -> Result<Reply, ApiError> {
    Caller::of(app, request).await?.require(Action::ReadAudit, None)?;
    page(app, &Chain::Platform, request).await
}

/// `GET /v1/organizer/contests/{c}/audit/heads`
pub(crate) async fn heads_of_contest(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let (_, contest) = Caller::in_contest(app, request, Action::ReadAudit).await?;
    heads(app, &Chain::Contest(contest)).await
}

/// `GET /v1/organizer/audit/heads`
pub(crate) async fn heads_of_platform(app: &App, request: &Request) -> Result<Reply, ApiError> {
    Caller::of(app, request).await?.require(Action::ReadAudit, None)?;
    heads(app, &Chain::Platform).await
}

async fn heads(app: &App, chain: &Chain) -> Result<Reply, ApiError> {
    let newest = app.audit.head(chain).await?;
    Ok(Reply::ok(&Heads { newest: newest.map(|head| ShownHead { seq: head.seq, sha256: head.sha256 }) }))
}

async fn page(app: &App, chain: &Chain, request: &Request) -> Result<Reply, ApiError> {
    let from: u64 = request.part("from").parse().ok().filter(|from| *from > 0).ok_or(Refusal::NoSuchRoute)?;
    let texts = app.audit.entries(chain, from, PAGE).await?;
    let mut names: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut entries = Vec::new();
    for bytes in &texts {
        let entry: Entry = serde_json::from_slice(bytes).map_err(|e| StoreError::unparsed("an entry of a log", &e))?;
        let name = match &entry.actor.id {
            None => None,
            Some(id) => match names.get(id) {
                Some(name) => name.clone(),
                None => {
                    let name = app.organizers.account(id).await?.map(|account| account.name);
                    names.entry(id.clone()).or_insert(name).clone()
                }
            },
        };
        let text = String::from_utf8_lossy(bytes).into_owned();
        entries.push(Shown { entry, text, name });
    }
    let next = (texts.len() as u64 == PAGE).then_some(from.saturating_add(PAGE));
    Ok(Reply::ok(&Entries { entries, next }))
}

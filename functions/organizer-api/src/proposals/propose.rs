//! `POST …/proposals`, and proposals that come by routes of their own.

use super::forms::{ChangeForm, ProposalForm, reason, wrong, wrong_part};
use super::{Place, plain};
use crate::App;
use crate::error::{ApiError, invalid, of_body};
use crate::log::Done;
use crate::random;
use contest::decision::written::Known;
use contest::form::{FormFault, WrongField};
use contest::ids::{ContestId, ProposalId, RoundId};
use contest::organizers::{Action, FileKind, ProposalKind, ProposalStatus};
use contest::people::ValueFault;
use contest::plan_file;
use contest::seal::sha256_hex;
use documents::console::{Refusal, proposals};
use documents::words::import::headers::adjudications as headers;
use function::http::{Reply, Request};
use store::{ContestSnapshot, Proposal, Proposed, ProposedDecision, ShownPreview, StoreError};

/// Longest request, and longest text of a plan in it: one of a hundred rounds has some tens of kilobytes, and a proposal is
/// one item of at most 400 KB.
const MAX_BODY: usize = 160 * 1024;
const MAX_PLAN: usize = 96 * 1024;

/// Most changes of one proposal: a decision about a round lists some dozens.
const MAX_CHANGES: usize = 200;

/// What somebody wishes to have done.
pub(crate) struct Wish {
    pub(crate) what: Proposed,
    pub(crate) reason: String,
}

/// `POST /v1/organizer/contests/{c}/proposals`
pub(crate) async fn propose(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::of(app, request).await?;
    // Whoever may propose nothing is told so before their form is read.
    if !place.may(Action::WriteBank) {
        place.caller.require(Action::Propose, place.contest())?;
    }
    let form: ProposalForm = request.form_up_to(MAX_BODY).map_err(of_body)?;
    let kind = form.kind.as_deref().map_or(Some(ProposalKind::Decisions), ProposalKind::parse);
    let unknown = || invalid(vec![wrong("kind", FormFault::UnknownWord)]);
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?.clone();
    let snapshot = snapshot(app, &contest).await?;
    let (action, what) = match kind {
        Some(ProposalKind::Decisions) => (Action::Propose, None),
        Some(ProposalKind::Plan) => (Action::Propose, Some(plan(&form, &contest)?)),
        Some(ProposalKind::Bank) => (Action::WriteBank, Some(bank(&form)?)),
        Some(ProposalKind::Reset | ProposalKind::Unit | ProposalKind::Roles | ProposalKind::Extension) | None => {
            return Err(unknown());
        }
    };
    place.caller.require(action, Some(&contest))?;
    let reason = reason(&form.reason).map_err(|wrong| invalid(vec![wrong]))?;
    match what {
        Some(what) => propose_plainly(&place, Wish { what, reason }).await.map(made),
        None => {
            let (changes, decision) = (form.changes, form.decision.map(Into::into));
            let what = decisions(app, &snapshot, changes, (decision, &reason)).await?;
            let wish = Wish { what, reason };
            match waiting(&place, &wish).await? {
                Some(id) => Ok(made(id)),
                None => keep(&place, &new_id()?, wish, None).await.map(made),
            }
        }
    }
}

/// A contest that has a plan.
pub(super) async fn snapshot(app: &App, contest: &ContestId) -> Result<ContestSnapshot, ApiError> {
    let state = app.control.state(contest).await?.ok_or(Refusal::NoSuchContest)?;
    Ok(ContestSnapshot::of(state, &app.vault, &app.secrets).await?.ok_or(Refusal::NoSuchContest)?)
}

fn made(id: ProposalId) -> Reply {
    Reply::json(201, &proposals::Proposed { proposal: id.to_string() })
}

/// Makes a proposal whose preview is made here and at once.
pub(crate) async fn propose_plainly(place: &Place<'_>, wish: Wish) -> Result<ProposalId, ApiError> {
    if let Some(id) = waiting(place, &wish).await? {
        return Ok(id);
    }
    let id = new_id()?;
    let text = plain::preview(place, &id, &wish.what).await?;
    let shown = ShownPreview { sha256: sha256_hex(text.as_bytes()), text: Some(text), tried: None };
    keep(place, &id, wish, Some(shown)).await
}

/// The same wish of the same person that still waits: whoever heard no answer asks again, and is given that one.
async fn waiting(place: &Place<'_>, wish: &Wish) -> Result<Option<ProposalId>, StoreError> {
    use ProposalStatus::{Draft, Previewed, Stale};
    let (by, now) = (&place.caller.account.id, place.caller.now());
    let is_same = |of: &Proposal| of.proposer == *by && of.what == wish.what && of.reason == wish.reason;
    let waits = |of: &Proposal| matches!(of.standing().status_at(now), Draft | Previewed | Stale);
    let proposals = place.app().control.proposals(&place.of).await?;
    Ok(proposals.into_iter().find(|(_, of)| is_same(of) && waits(of)).map(|(id, _)| id))
}

fn new_id() -> Result<ProposalId, StoreError> {
    ProposalId::parse(&random::identifier()?).map_err(|e| StoreError::failed("draw at random")(e))
}

async fn keep(
    place: &Place<'_>,
    id: &ProposalId,
    Wish { what, reason }: Wish,
    shown: Option<ShownPreview>,
) -> Result<ProposalId, ApiError> {
    let caller = &place.caller;
    let kind = what.kind();
    let done = Done {
        action: "propose",
        subject: kind.as_str(),
        reason: Some(&reason),
        proposal: Some(id.as_str()),
        after_sha256: shown.as_ref().map(|shown| shown.sha256.as_str()),
        ..Done::default()
    };
    caller.log(&place.of, done).await?;
    let proposal = Proposal {
        what,
        reason,
        proposer: caller.account.id.clone(),
        proposed_at_ms: caller.now().millis(),
        status: if shown.is_some() { ProposalStatus::Previewed } else { ProposalStatus::Draft },
        asked_at_ms: None,
        shown,
        decided: None,
        applied: None,
        problem: None,
        revision: 0,
    };
    if place.app().control.insert_proposal(&place.of, id, &proposal).await? {
        return Ok(id.clone());
    }
    Err(StoreError::Raced { what: "a new proposal".into() }.into())
}

fn plan(form: &ProposalForm, contest: &ContestId) -> Result<Proposed, ApiError> {
    let text = form.toml.as_deref().unwrap_or_default();
    let refuse = |fault: FormFault| invalid(vec![wrong("toml", fault)]);
    if text.len() > MAX_PLAN {
        return Err(refuse(ValueFault::TooLong.into()));
    }
    let reading = plan_file::read(text);
    match reading.plan.filter(|_| reading.errors.is_empty()) {
        Some(plan) if plan.id == *contest => Ok(Proposed::Plan { toml: text.to_owned() }),
        Some(_) => Err(refuse(FormFault::UnknownWord)),
        None => Err(refuse(if text.is_empty() { FormFault::Missing } else { FormFault::WrongType })),
    }
}

fn bank(form: &ProposalForm) -> Result<Proposed, ApiError> {
    let (file, sha256) = (form.file.clone().unwrap_or_default(), form.sha256.clone().unwrap_or_default());
    if FileKind::of(&file) != Some(FileKind::Bank) {
        return Err(invalid(vec![wrong("file", FormFault::UnknownWord)]));
    }
    if plan_file::hash(&sha256).is_err() {
        return Err(invalid(vec![wrong("sha256", FormFault::WrongType)]));
    }
    Ok(Proposed::Bank { file, sha256 })
}

/// Reads changes as rows of the table of decisions are read, as far as that needs neither people nor questions.
async fn decisions(
    app: &App,
    contest: &ContestSnapshot,
    forms: Vec<ChangeForm>,
    (decision, reason): (Option<ProposedDecision>, &str),
) -> Result<Proposed, ApiError> {
    if forms.is_empty() {
        return Err(invalid(vec![wrong("changes", FormFault::Missing)]));
    }
    if forms.len() > MAX_CHANGES {
        return Err(invalid(vec![wrong("changes", ValueFault::TooLong)]));
    }
    let known = Known { plan: Some(&contest.plan), overall: &headers::OVERALL, ..Known::default() };
    let changes: Vec<store::ProposedChange> = forms.into_iter().map(Into::into).collect();
    let (mut faults, mut rounds): (Vec<WrongField>, Vec<RoundId>) = (Vec::new(), Vec::new());
    for (at, change) in changes.iter().enumerate() {
        let read = change.read(reason, decision.as_ref());
        match read.and_then(|written| written.round(&known).map_err(|fault| vec![fault])) {
            Ok(round) => rounds.push(round),
            Err(of_change) => faults.extend(of_change.iter().map(|fault| wrong_part(at, fault))),
        }
    }
    if !faults.is_empty() {
        faults.dedup();
        return Err(invalid(faults));
    }
    for round in &rounds {
        if !is_ranked(app, &contest.plan.id, round).await? {
            return Err(Refusal::RoundNotRanked.into());
        }
    }
    Ok(Proposed::Decisions { changes, decision })
}

async fn is_ranked(app: &App, contest: &ContestId, round: &RoundId) -> Result<bool, StoreError> {
    if round.is_overall() {
        return Ok(!app.control.overall(contest).await?.editions.is_empty());
    }
    let record = app.control.round(contest, round).await?;
    Ok(record.is_some_and(|record| !record.editions.scored.is_empty()))
}

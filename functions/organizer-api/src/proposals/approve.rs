//! `POST …/proposals/{p}/approve`: another person puts in force exactly what they were shown.

use super::carry_on::{Carried, carry_on, effect, keep_problem};
use super::forms::{ApproveForm, wrong};
use super::propose::snapshot;
use super::{Place, plain, refusal};
use crate::App;
use crate::error::{ApiError, form, invalid};
use crate::log::Done;
use contest::form::FormFault;
use contest::ids::ProposalId;
use contest::organizers::{Action, ProposalStatus, ProposalStep};
use contest::seal::sha256_hex;
use contest::text::search_key;
use documents::console::Refusal;
use documents::console::proposals::Stepped;
use function::http::{Reply, Request};
use store::{DecidedBy, Over, Proposal, ProposalInputs, Proposed, TriedProposal, keys};

pub(crate) async fn approve(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::for_action(app, request, Action::Approve).await?;
    let ApproveForm { preview_sha256: read, round_name } = form(request)?;
    let (id, proposal) = place.named().await?;
    let (by, now) = (place.caller.account.id.as_str(), place.caller.now());
    // Approved and cut short: whoever approved it asks again.
    if proposal.status == ProposalStatus::Approved && proposal.decided.as_ref().is_some_and(|of| of.by == by) {
        return effect(&place, &id, proposal).await.map(told);
    }
    let step = ProposalStep::Approve { by, read: &read };
    let status = proposal.standing().after(step, now).map_err(refusal)?;
    if matches!(&proposal.what, Proposed::Roles { person, .. } if person == by) {
        return Err(Refusal::OwnRights.into());
    }
    if let Some(name) = round_name {
        is_named(&place, &proposal, &name).await?;
    }
    if !rests_on_what_stands(&place, &id, &proposal, &read).await? {
        let status = proposal.standing().after(ProposalStep::Outdate, now).map_err(refusal)?;
        let next = Proposal { status, ..proposal.clone() };
        place.replace(&id, (&proposal, &next), Over::Any).await?;
        return Err(Refusal::StalePreview.into());
    }
    let kind = proposal.what.kind();
    let done = Done { after_sha256: Some(&read), ..plain::done("approve", kind.as_str(), (&id, &proposal.reason)) };
    let logged = place.caller.log(&place.of, done).await?;
    let decided = Some(DecidedBy { by: by.to_owned(), at_ms: now.millis(), entry_sha256: logged.sha256 });
    let next = Proposal { status, decided, ..proposal.clone() };
    let approved = place.replace(&id, (&proposal, &next), Over::Shown(by, &read)).await?;
    effect(&place, &id, approved).await.map(told)
}

fn told(Carried { proposal, slip }: Carried) -> Reply {
    Reply::ok(&Stepped { status: proposal.status.as_str(), slip })
}

/// Whether what was shown would come of it now. What changes between this look and the effect shows afterwards, when what
/// came is held against it.
async fn rests_on_what_stands(
    place: &Place<'_>,
    id: &ProposalId,
    proposal: &Proposal,
    read: &str,
) -> Result<bool, ApiError> {
    let tried = proposal.shown.as_ref().and_then(|shown| shown.tried.as_ref());
    let (Some(TriedProposal { inputs, refused, .. }), Some(contest)) = (tried, place.contest()) else {
        return Ok(sha256_hex(plain::preview(place, id, &proposal.what).await?.as_bytes()) == read);
    };
    if *refused {
        return Err(Refusal::PreviewRefused.into());
    }
    let app = place.app();
    let plan = snapshot(app, contest).await?;
    let now = ProposalInputs::read(&app.control, &plan.plan, plan.state.version).await?;
    // The bytes that were read must be those that are kept.
    let bytes = app.vault.get(&keys::preview(contest, id)).await?.unwrap_or_default();
    Ok(now == *inputs && sha256_hex(&bytes) == read)
}

/// Refuses a name that is not that of the first round that the decisions are about.
async fn is_named(place: &Place<'_>, proposal: &Proposal, typed: &str) -> Result<(), ApiError> {
    let tried = proposal.shown.as_ref().and_then(|shown| shown.tried.as_ref());
    let (Some(tried), Some(contest)) = (tried, place.contest()) else { return Ok(()) };
    let first = tried.outcomes.first().map(|outcome| outcome.round.as_str()).unwrap_or_default();
    let plan = snapshot(place.app(), contest).await?.plan;
    let round = plan.rounds.iter().find(|round| round.id.as_str() == first);
    let name = round.map_or(plan.name.as_str(), |round| round.name.as_str());
    if search_key(name) == search_key(typed) {
        return Ok(());
    }
    Err(invalid(vec![wrong("round_name", FormFault::UnknownWord)]))
}

/// Carries on what was approved and cut short, for a lead who looks at it.
pub(super) async fn looked_at(place: &Place<'_>, id: &ProposalId, proposal: Proposal) -> Result<Proposal, ApiError> {
    if proposal.status != ProposalStatus::Approved || !place.may(Action::Approve) {
        return Ok(proposal);
    }
    let carried = match carry_on(place, id, proposal.clone()).await {
        // Nobody who looks at a list is to blame for it, so it stands there and not in the way.
        Err(ApiError::Refused(refusal)) if refusal != Refusal::AlreadyDecided => {
            let problem = Some(documents::words::console::detail(&refusal));
            keep_problem(place, id, proposal, problem).await
        }
        carried => carried,
    };
    match carried {
        // Somebody else has carried it on meanwhile: what stands now is shown.
        Err(ApiError::Refused(Refusal::AlreadyDecided)) => {
            Ok(place.app().control.proposal(&place.of, id).await?.ok_or(Refusal::NoSuchProposal)?)
        }
        carried => carried,
    }
}

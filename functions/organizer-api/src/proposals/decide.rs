//! `POST …/proposals/{p}/reject` and `DELETE …/proposals/{p}`: it is over without any effect.

use super::forms::{RejectForm, reason};
use super::{Place, plain, refusal};
use crate::App;
use crate::error::{ApiError, expect_no_content, form, invalid};
use contest::organizers::{Action, ProposalStep};
use documents::console::Refusal;
use documents::console::proposals::Stepped;
use function::http::{Reply, Request};
use store::{DecidedBy, Over, Proposal, Proposed};

pub(crate) async fn reject(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::for_action(app, request, Action::Approve).await?;
    let form: RejectForm = form(request)?;
    let why = reason(&form.reason).map_err(|wrong| invalid(vec![wrong]))?;
    let (id, proposal) = place.named().await?;
    let (by, now) = (place.caller.account.id.as_str(), place.caller.now());
    let status = proposal.standing().after(ProposalStep::Reject { by }, now).map_err(refusal)?;
    let kind = proposal.what.kind();
    let logged = place.caller.log(&place.of, plain::done("reject", kind.as_str(), (&id, &why))).await?;
    let decided = Some(DecidedBy { by: by.to_owned(), at_ms: now.millis(), entry_sha256: logged.sha256 });
    let next = Proposal { status, decided, asked_at_ms: None, problem: Some(why.clone()), ..proposal.clone() };
    place.replace(&id, (&proposal, &next), Over::Of(by)).await?;
    Ok(Reply::ok(&Stepped { status: status.as_str(), slip: None }))
}

pub(crate) async fn withdraw(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::of(app, request).await?;
    let (id, proposal) = place.own_or(Action::ReadProposals).await?;
    expect_no_content(request)?;
    // It is in force: whoever made it cannot make that nobody else looks at it.
    if matches!(proposal.what, Proposed::Extension { .. }) {
        return Err(Refusal::OwnProposal.into());
    }
    let (by, now) = (place.caller.account.id.as_str(), place.caller.now());
    let status = proposal.standing().after(ProposalStep::Withdraw { by }, now).map_err(refusal)?;
    let kind = proposal.what.kind();
    place.caller.log(&place.of, plain::done("withdraw", kind.as_str(), (&id, &proposal.reason))).await?;
    let next = Proposal { status, asked_at_ms: None, ..proposal.clone() };
    place.replace(&id, (&proposal, &next), Over::Any).await?;
    Ok(Reply::nothing())
}

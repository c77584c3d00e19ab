//! An end that one lead moves later is in force at once, since there is no time for two; another lead is asked to look at it
//! (`CONSOLE.md` 3.5). They are asked first: an extension of which nobody hears there is none.

use super::Place;
use super::plain::plan_texts;
use super::propose::{Wish, propose_plainly};
use crate::error::ApiError;
use contest::ids::ProposalId;
use contest::organizers::ProposalStatus;
use documents::words::proposals as words;
use store::{Over, Proposal, Proposed};

/// Asks another lead to look at the plan that is about to be put in force.
pub(crate) async fn ask_another(place: &Place<'_>, toml: &str) -> Result<ProposalId, ApiError> {
    let (before, after) = plan_texts(place, toml).await?;
    let reason = place.caller.request.reason().unwrap_or_else(|| words::NO_REASON.to_owned());
    propose_plainly(place, Wish { what: Proposed::Extension { before, after }, reason }).await
}

/// Nobody need look at it: it was not put in force.
pub(crate) async fn not_extended(place: &Place<'_>, id: &ProposalId) -> Result<(), ApiError> {
    let Some(asked) = place.app().control.proposal(&place.of, id).await? else { return Ok(()) };
    let next = Proposal { status: ProposalStatus::Withdrawn, ..asked.clone() };
    place.replace(id, (&asked, &next), Over::Any).await?;
    Ok(())
}

//! `POST …/proposals/{p}/preview`: has a proposal tried, or tried again.

use super::{Place, plain, refusal};
use crate::App;
use crate::error::{ApiError, expect_no_content};
use contest::organizers::{Action, ProposalStatus, ProposalStep};
use contest::seal::sha256_hex;
use documents::console::proposals::Stepped;
use function::http::{Reply, Request};
use store::{Over, Proposal, Proposed, ShownPreview, Target};

/// When the function is woken: soon, and not before the gateway's second is over.
const SOON_MS: i64 = 5_000;

/// Seconds after which a page asks whether it was tried.
const AGAIN_SECONDS: u64 = 2;

pub(crate) async fn preview(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::of(app, request).await?;
    let (id, proposal) = place.own_or(Action::Propose).await?;
    expect_no_content(request)?;
    let now = place.caller.now();
    let asked = proposal.standing().after(ProposalStep::Ask, now).map_err(refusal)?;
    match (&proposal.what, place.contest()) {
        (Proposed::Decisions { .. }, Some(contest)) => {
            // The wish first, then the wake-up: where that is lost, the sweep finds the wish.
            let asked_at_ms = Some(now.millis());
            let next = Proposal { status: asked, asked_at_ms, shown: None, ..proposal.clone() };
            place.replace(&id, (&proposal, &next), Over::Any).await?;
            let target = Target { arn: &app.close_round_arn };
            app.schedules.put_preview(contest, &id, now.plus_millis(SOON_MS), target).await?;
            Ok(Reply::json(202, &Stepped { status: ProposalStatus::Draft.as_str(), slip: None })
                .again_after(AGAIN_SECONDS))
        }
        (what, _) => {
            let text = plain::preview(&place, &id, what).await?;
            let status = proposal.standing().after(ProposalStep::Preview, now).map_err(refusal)?;
            let shown = Some(ShownPreview { sha256: sha256_hex(text.as_bytes()), text: Some(text), tried: None });
            let next = Proposal { status, shown, ..proposal.clone() };
            place.replace(&id, (&proposal, &next), Over::Any).await?;
            Ok(Reply::ok(&Stepped { status: status.as_str(), slip: None }))
        }
    }
}

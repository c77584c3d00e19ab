//! Files that two people carry: they come by a proposal, or not at all (`CONSOLE.md` 3.5).

use crate::caller::Caller;
use crate::error::ApiError;
use contest::ids::{ContestId, ProposalId};
use contest::organizers::{Action, Chain, FileKind, PlanChange, ProposalStatus, bank_needs_two, plan_change};
use contest::plan_file;
use documents::console::Refusal;
use store::{ContestState, Proposal, Proposed, StoreError, keys};

/// A file that one person may put there now.
pub(super) struct Held {
    /// Word of the log.
    pub(super) action: &'static str,
    pub(super) reason: Option<String>,
    /// Whether it only moves an end later.
    pub(super) extends: bool,
    /// The proposal by which another person has put it in force.
    pub(super) proposal: Option<(ProposalId, Proposal)>,
}

/// Refuses what takes two people. What may change at all is the importer's to say.
pub(super) async fn hold(
    caller: &Caller<'_>,
    contest: &ContestId,
    (kind, name): (FileKind, &str),
    (bytes, sha256): (&[u8], &str),
) -> Result<Held, ApiError> {
    let free = Held { action: "upload", reason: caller.request.reason(), extends: false, proposal: None };
    let app = caller.app;
    let state = app.control.state(contest).await?.unwrap_or_default();
    match kind {
        FileKind::Plan => match change(caller, &state, bytes).await? {
            PlanChange::Free => Ok(free),
            PlanChange::Extension => {
                caller.require(Action::Extend, Some(contest))?;
                Ok(Held { action: "extend", extends: true, ..free })
            }
            PlanChange::NeedsTwo => Err(Refusal::PlanIsProposed.into()),
        },
        FileKind::Bank => {
            let Some(plan) = state.load_plan(&app.vault).await? else { return Ok(free) };
            // The first bank of a round replaces none: without it the round would open empty.
            let stands =
                state.banks.keys().any(|bank| bank.split_once('#').map_or(bank.as_str(), |(of, _)| of) == name);
            if !stands || !bank_needs_two(&plan, name, caller.now()) {
                return Ok(free);
            }
            match approved(caller, contest, (name, sha256)).await? {
                Some(of) => Ok(Held { proposal: Some(of), ..free }),
                None if stands_already(caller, contest, (name, sha256)).await? => Ok(free),
                None => Err(Refusal::BankIsProposed.into()),
            }
        }
        FileKind::Table | FileKind::Picture | FileKind::Decisions => Ok(free),
    }
}

async fn change(caller: &Caller<'_>, state: &ContestState, bytes: &[u8]) -> Result<PlanChange, StoreError> {
    // Nobody takes part in a draft, whatever its plan says of the time.
    let before = if state.is_draft() { None } else { state.load_plan(&caller.app.vault).await? };
    let Some(before) = before else { return Ok(PlanChange::Free) };
    let after = std::str::from_utf8(bytes).ok().and_then(|text| plan_file::read(text).plan);
    // What is no plan changes nothing: the importer says what is wrong with it.
    Ok(after.map_or(PlanChange::Free, |after| plan_change(&before, &after, caller.now())))
}

/// Whether these very bytes came last, by the console: whoever heard no answer sends them again, and nothing changes.
async fn stands_already(
    caller: &Caller<'_>,
    contest: &ContestId,
    (name, hash): (&str, &str),
) -> Result<bool, StoreError> {
    let path = keys::upload(contest, name);
    let noted = caller.app.control.noted_uploads(contest).await?.remove(name);
    let Some(noted) = noted.filter(|noted| noted.sha256 == hash) else { return Ok(false) };
    Ok(caller.app.uploads.list(&path).await?.iter().any(|listed| listed.path == path && listed.tag == noted.tag))
}

/// The proposal by which these very bytes may come.
async fn approved(
    caller: &Caller<'_>,
    contest: &ContestId,
    (name, hash): (&str, &str),
) -> Result<Option<(ProposalId, Proposal)>, StoreError> {
    let proposals = caller.app.control.proposals(&Chain::Contest(contest.clone())).await?;
    let is_meant = |(_, proposal): &(ProposalId, Proposal)| {
        proposal.status == ProposalStatus::Approved
            && matches!(&proposal.what, Proposed::Bank { file, sha256 } if file == name && sha256 == hash)
    };
    Ok(proposals.into_iter().find(is_meant))
}

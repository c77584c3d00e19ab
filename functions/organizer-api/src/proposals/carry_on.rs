//! What an approved proposal asks for, done once.

use super::contestants::{account, give_slip, set_unit};
use super::{Place, decisions, plain};
use crate::contests::{Upload, judged, put};
use crate::error::ApiError;
use contest::ids::ProposalId;
use contest::organizers::{ProposalStatus, ProposalStep};
use contest::plan_file;
use contest::seal::sha256_hex;
use documents::console::Refusal;
use documents::console::proposals::Slip;
use documents::words::proposals as words;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use store::{AppliedAs, Over, Proposal, Proposed, StoreError, keys};

/// A proposal after its effect, or as far as that has come.
pub(super) struct Carried {
    pub(super) proposal: Proposal,
    /// For the approver alone.
    pub(super) slip: Option<Slip>,
}

/// For whoever approved it: the slip of a reset is shown to nobody else.
pub(super) async fn effect(place: &Place<'_>, id: &ProposalId, proposal: Proposal) -> Result<Carried, ApiError> {
    if let Proposed::Reset { contestant, .. } = &proposal.what {
        // A slip takes the place of one that was given before, so that of two only the one that is shown last holds.
        let slip = give_slip(place, (id, &proposal), contestant).await?;
        let proposal = apply(place, id, &proposal, none_differs(place)).await?;
        return Ok(Carried { proposal, slip: Some(slip) });
    }
    Ok(Carried { proposal: carry_on(place, id, proposal).await?, slip: None })
}

/// For whoever asks next. What was replaced since it was shown is left as it is: it was in force, or something later is.
pub(super) async fn carry_on(place: &Place<'_>, id: &ProposalId, proposal: Proposal) -> Result<Proposal, ApiError> {
    let shown = shown(&proposal)?;
    let of = (id, &proposal);
    let carried = match &proposal.what {
        Proposed::Decisions { .. } => return decisions::carry_on(place, id, proposal).await,
        Proposed::Unit { contestant, unit } => change_unit(place, of, (contestant, unit), &shown).await?,
        Proposed::Roles { person, roles, disabled } => set_roles(place, of, (person, roles, *disabled), &shown).await?,
        Proposed::Plan { toml } => write_plan(place, of, toml, &shown).await?,
        Proposed::Bank { file, sha256 } => bank_stands(place, file, sha256).await?,
        Proposed::Extension { after, .. } => extension_stands(place, &after.sha256).await?,
        // For whoever approved it.
        Proposed::Reset { .. } => Progress::Waits,
    };
    let at_ms = place.caller.now().millis();
    let applied = |differs| AppliedAs { at_ms, versions: Vec::new(), differs };
    match carried {
        Progress::Waits => Ok(proposal),
        Progress::NotTaken(why) => keep_problem(place, id, proposal, Some(why)).await,
        Progress::Done => apply(place, id, &proposal, applied(Vec::new())).await,
        Progress::Overtaken => apply(place, id, &proposal, applied(vec![words::OVERTAKEN.to_owned()])).await,
    }
}

/// How far an effect has come.
enum Progress {
    /// Somebody else's turn.
    Waits,
    /// The importer did not take it: why.
    NotTaken(String),
    Done,
    /// Something later stands there.
    Overtaken,
}

/// What was approved, where its bytes are kept with it.
fn shown(proposal: &Proposal) -> Result<Value, StoreError> {
    let text = proposal.shown.as_ref().and_then(|shown| shown.text.as_deref());
    let read = text.map(serde_json::from_str).transpose();
    Ok(read.map_err(|e| StoreError::unparsed("a preview", &e))?.unwrap_or_default())
}

/// Keeps on the proposal why it has not taken effect.
pub(super) async fn keep_problem(
    place: &Place<'_>,
    id: &ProposalId,
    proposal: Proposal,
    problem: Option<String>,
) -> Result<Proposal, ApiError> {
    if proposal.problem == problem {
        return Ok(proposal);
    }
    let next = Proposal { problem, ..proposal.clone() };
    place.replace(id, (&proposal, &next), Over::Any).await
}

async fn change_unit(
    place: &Place<'_>,
    (id, proposal): (&ProposalId, &Proposal),
    (contestant, unit): (&str, &str),
    shown: &Value,
) -> Result<Progress, ApiError> {
    let (_, account) = account(place, contestant).await?;
    let stands = account.profile.unit.as_deref();
    if stands == Some(unit) {
        return Ok(Progress::Done);
    }
    if stands != shown["before"]["unit"].as_str() {
        return Ok(Progress::Overtaken);
    }
    set_unit(place, contestant, unit, plain::done("change_unit", contestant, (id, &proposal.reason))).await?;
    Ok(Progress::Done)
}

fn none_differs(place: &Place<'_>) -> AppliedAs {
    AppliedAs { at_ms: place.caller.now().millis(), versions: Vec::new(), differs: Vec::new() }
}

/// Notes that it has taken effect. Somebody else may have noted the same meanwhile.
pub(super) async fn apply(
    place: &Place<'_>,
    id: &ProposalId,
    proposal: &Proposal,
    applied: AppliedAs,
) -> Result<Proposal, ApiError> {
    let Ok(status) = proposal.standing().after(ProposalStep::Apply, place.caller.now()) else {
        return Err(Refusal::AlreadyDecided.into());
    };
    let next = Proposal { status, applied: Some(applied), problem: None, ..proposal.clone() };
    let control = &place.app().control;
    if control.replace_proposal((&place.of, id), proposal, &next, Over::Any).await? {
        return Ok(next);
    }
    Ok(control.proposal(&place.of, id).await?.ok_or(Refusal::NoSuchProposal)?)
}

async fn set_roles(
    place: &Place<'_>,
    (id, proposal): (&ProposalId, &Proposal),
    (person, roles, disabled): (&str, &BTreeMap<String, BTreeSet<String>>, bool),
    shown: &Value,
) -> Result<Progress, ApiError> {
    let app = place.app();
    let account = app.organizers.account(person).await?.ok_or(Refusal::NoSuchPerson)?;
    if account.roles == *roles && account.disabled_at_ms.is_some() == disabled {
        return Ok(Progress::Done);
    }
    if shown["inputs"]["version"].as_u64() != Some(account.version) {
        return Ok(Progress::Overtaken);
    }
    let mut changed = account;
    changed.roles.clone_from(roles);
    changed.disabled_at_ms = match disabled {
        true => changed.disabled_at_ms.or(Some(place.caller.now().millis())),
        false => None,
    };
    changed.version += 1;
    place.caller.log(&place.of, plain::done("change_person", person, (id, &proposal.reason))).await?;
    if app.organizers.replace(person, &changed).await? {
        return Ok(Progress::Done);
    }
    Err(StoreError::Raced { what: "an organizer's account".into() }.into())
}

const PLAN: &str = "contest.toml";

async fn write_plan(
    place: &Place<'_>,
    (id, proposal): (&ProposalId, &Proposal),
    toml: &str,
    shown: &Value,
) -> Result<Progress, ApiError> {
    let (app, contest) = (place.app(), place.contest().ok_or(Refusal::NoSuchContest)?);
    let path = keys::upload(contest, PLAN);
    for is_written in [false, true] {
        let state = app.control.state(contest).await?.unwrap_or_default();
        let in_force = state.plan.map(|plan| plan.sha256).unwrap_or_default();
        if in_force == sha256_hex(plan_file::clean(toml).as_bytes()) {
            return Ok(Progress::Done);
        }
        if shown["inputs"]["plan"].as_str() != Some(&in_force) {
            return Ok(Progress::Overtaken);
        }
        let standing = app.uploads.get_tagged(&path).await?;
        if let Some(tag) = standing.as_ref().filter(|of| of.bytes == toml.as_bytes()).map(|of| &of.tag) {
            let listed = app.uploads.list(&path).await?.into_iter().find(|of| of.path == path && of.tag == *tag);
            let Some(listed) = listed else { return Ok(Progress::Waits) };
            let noted = app.control.noted_uploads(contest).await?.remove(PLAN);
            let report = judged(app, (contest, PLAN), &listed, noted.as_ref()).await?;
            return Ok(report.map_or(Progress::Waits, |report| Progress::NotTaken(words::not_taken(errors(&report)))));
        }
        if is_written {
            break;
        }
        let bytes = toml.as_bytes().to_vec();
        let upload = Upload {
            name: PLAN,
            seen: standing.as_ref().map(|standing| standing.tag.as_str()),
            sha256: &sha256_hex(&bytes),
            done: plain::done("upload", PLAN, (id, &proposal.reason)),
        };
        match put(&place.caller, contest, upload, bytes).await {
            // Somebody else was faster: another look tells whether what they wrote was taken.
            Ok(_) | Err(ApiError::Refused(Refusal::ChangedMeanwhile)) => {}
            Err(fault) => return Err(fault),
        }
    }
    Ok(Progress::Waits)
}

/// What a report says is wrong, in one text.
pub(super) fn errors(report: &Value) -> String {
    let errors = report["errors"].as_array().into_iter().flatten();
    errors.filter_map(|error| error["message"].as_str()).collect::<Vec<_>>().join(" ")
}

/// Whether the bytes have come, and only the note of it is missing.
async fn bank_stands(place: &Place<'_>, file: &str, sha256: &str) -> Result<Progress, ApiError> {
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let noted = place.app().control.noted_uploads(contest).await?.remove(file);
    let stands = noted.is_some_and(|noted| noted.sha256 == sha256);
    Ok(if stands { Progress::Done } else { Progress::Waits })
}

/// Whether the plan with the later end is the one in force.
async fn extension_stands(place: &Place<'_>, sha256: &str) -> Result<Progress, ApiError> {
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let state = place.app().control.state(contest).await?.unwrap_or_default();
    let stands = state.plan.is_some_and(|plan| plan.sha256 == sha256);
    Ok(if stands { Progress::Done } else { Progress::Overtaken })
}

/// An approved bank has come: these bytes, and so the proposal is carried out.
pub(crate) async fn bank_taken(place: &Place<'_>, (id, proposal): (&ProposalId, &Proposal)) -> Result<(), ApiError> {
    if proposal.status == ProposalStatus::Approved {
        apply(place, id, proposal, none_differs(place)).await?;
    }
    Ok(())
}

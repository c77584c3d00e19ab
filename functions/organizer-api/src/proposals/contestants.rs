//! What is changed of a contestant by organizers: another unit, or a slip that sets another secret.

use super::Place;
use super::forms::{ResetForm, UnitForm, reason, wrong};
use super::propose::{Wish, propose_plainly, snapshot};
use crate::App;
use crate::error::{ApiError, form, invalid};
use crate::log::Done;
use crate::random;
use contest::form::{FormFault, FormField, WrongField};
use contest::ids::{ContestId, ContestantId, ProposalId, UnitCode};
use contest::organizers::{Action, unit_needs_two};
use contest::plan::Field;
use contest::slip_code::{RESET_VALID_MS, SlipCode};
use documents::console::Refusal;
use documents::console::proposals::{Proposed as Made, Slip};
use function::http::{Reply, Request};
use store::{Account, AccountPlace, AttemptPartition, ContestSnapshot, Profile, Proposal, Proposed, Reset, StoreError};

/// How it was seen that whoever asks for another secret is who they say.
const CHECKS: [&str; 2] = ["in_person", "through_unit"];

/// `POST /v1/organizer/contests/{c}/contestants/{id}/resets`
pub(crate) async fn reset(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::for_action(app, request, Action::CorrectContestant).await?;
    let form: ResetForm = form(request)?;
    let reason = reason(&form.reason).map_err(|wrong| invalid(vec![wrong]))?;
    if !CHECKS.contains(&form.checked.as_str()) {
        return Err(invalid(vec![wrong("checked", FormFault::UnknownWord)]));
    }
    let contestant = request.part("id").to_uppercase();
    let what = Proposed::Reset { contestant, checked: form.checked };
    propose_plainly(&place, Wish { what, reason }).await.map(|id| proposed(&id))
}

/// `PATCH /v1/organizer/contests/{c}/contestants/{id}`
pub(crate) async fn change_unit(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let place = Place::for_action(app, request, Action::CorrectContestant).await?;
    let form: UnitForm = form(request)?;
    let reason = reason(&form.reason).map_err(|wrong| invalid(vec![wrong]))?;
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let snapshot = snapshot(app, contest).await?;
    let code = UnitCode::parse(form.unit.trim()).ok();
    let units = snapshot.units().await?;
    let Some(unit) = code.filter(|code| units.find(code).is_some()) else {
        return Err(invalid(vec![WrongField::new(FormField::Stated(Field::Unit), FormFault::UnknownUnit)]));
    };
    let contestant = request.part("id").to_uppercase();
    if unit_needs_two(&snapshot.plan, place.caller.now()) {
        let what = Proposed::Unit { contestant, unit: unit.to_string() };
        return propose_plainly(&place, Wish { what, reason }).await.map(|id| proposed(&id));
    }
    let done = Done { action: "change_unit", subject: &contestant, reason: Some(&reason), ..Done::default() };
    set_unit(&place, &contestant, unit.as_str(), done).await?;
    Ok(Reply::nothing())
}

pub(crate) fn proposed(id: &ProposalId) -> Reply {
    Reply::json(202, &Made { proposal: id.to_string() })
}

/// The account of a code, and where it lies.
pub(super) async fn account(place: &Place<'_>, code: &str) -> Result<((u16, ContestantId), Account), ApiError> {
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let contestant = ContestantId::parse(code).map_err(|_| Refusal::NoSuchContestant)?;
    let app = place.app();
    let shards = app.control.people_shards(contest).await?;
    let shard = app.secrets.of_contest(contest).shard(&contestant, shards);
    let account = app.people.account(AccountPlace { contest, shard, contestant: &contestant }).await?;
    let account = account.filter(|account| account.profile.erased_at_ms.is_none()).ok_or(Refusal::NoSuchContestant)?;
    Ok(((shard, contestant), account))
}

/// Sets somebody's unit, after the log has it; nothing where it is theirs already.
pub(super) async fn set_unit(place: &Place<'_>, code: &str, unit: &str, done: Done<'_>) -> Result<(), ApiError> {
    let ((shard, contestant), account) = account(place, code).await?;
    if account.profile.unit.as_deref() == Some(unit) {
        return Ok(());
    }
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    place.caller.log(&place.of, done).await?;
    let next = Profile { unit: Some(unit.to_owned()), ..account.profile.clone() };
    let at = AccountPlace { contest, shard, contestant: &contestant };
    if place.app().people.change_account(at, &account, &next).await? {
        return Ok(());
    }
    Err(StoreError::Raced { what: "the account".into() }.into())
}

/// Gives somebody a slip, after the log has it.
pub(super) async fn give_slip(
    place: &Place<'_>,
    (id, proposal): (&ProposalId, &Proposal),
    code: &str,
) -> Result<Slip, ApiError> {
    let ((shard, contestant), _) = account(place, code).await?;
    refuse_while_playing(place, code).await?;
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let slip = SlipCode::of(random::random()?);
    let until = place.caller.now().plus_millis(RESET_VALID_MS);
    place.caller.log(&place.of, super::plain::done("give_slip", code, (id, &proposal.reason))).await?;
    let approved_by = place.caller.account.id.clone();
    let reset = Reset { code_sha256: slip.sha256(), until_ms: until.millis(), approved_by };
    let at = AccountPlace { contest, shard, contestant: &contestant };
    if !place.app().people.give_reset(at, reset).await? {
        return Err(Refusal::NoSuchContestant.into());
    }
    Ok(Slip { code: slip.to_string(), valid_until: until.rfc3339() })
}

/// Refuses while the person has an attempt that can still be handed in: another secret ends the session that would.
pub(super) async fn refuse_while_playing(place: &Place<'_>, code: &str) -> Result<(), ApiError> {
    let contest = place.contest().ok_or(Refusal::NoSuchContest)?;
    let contestant = ContestantId::parse(code).map_err(|_| Refusal::NoSuchContestant)?;
    let snapshot = snapshot(place.app(), contest).await?;
    if plays(place, contest, &snapshot, &contestant).await? { Err(Refusal::AttemptOpen.into()) } else { Ok(()) }
}

async fn plays(
    place: &Place<'_>,
    contest: &ContestId,
    snapshot: &ContestSnapshot,
    contestant: &ContestantId,
) -> Result<bool, StoreError> {
    let (app, now) = (place.app(), place.caller.now());
    for round in snapshot.plan.rounds.iter().filter(|round| round.opens <= now && now < round.closes) {
        let Some(record) = app.control.round(contest, &round.id).await? else { continue };
        let shard = snapshot.keys.shard(contestant, record.spread.shards);
        let partition = AttemptPartition { contest, round: &round.id, shard };
        let attempts = app.attempts.query_attempts_of(partition, contestant).await?;
        if attempts.iter().any(|attempt| attempt.submission.is_none() && now < attempt.accepted_before) {
            return Ok(true);
        }
    }
    Ok(false)
}

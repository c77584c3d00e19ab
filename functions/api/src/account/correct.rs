//! `PATCH /v1/contests/{c}/me`: what somebody wrote of themselves and may put right.

use super::account_of;
use super::me::known;
use super::register::ineligible;
use crate::App;
use crate::error::{ApiError, form};
use crate::forms::CorrectionForm;
use crate::signed_in::SignedIn;
use contest::ids::UnitCode;
use contest::people::{Identifier, IdentifierKind};
use contest::plan::RegistrationMode;
use contest::registration::correction::{Correction, Uncorrected};
use contest::registration::roster::Stated;
use contest::registration::{Candidate, check_eligible};
use documents::api::Refusal;
use function::http::{Reply, Request};
use store::{CorrectionWrite, Profile, StoreError};

/// Corrects the account, and answers what is known of it now.
pub(crate) async fn correct(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let who = SignedIn::now(app, request).await?;
    let account = account_of(&who).await?;
    let form: CorrectionForm = form(request, Refusal::InvalidFields)?;
    let (plan, units) = (&who.contest.plan, &who.contest.units);
    let read = Correction::read(&form.sent(), plan, units, request.received_at);
    let correction = read.map_err(|why| match why {
        Uncorrected::TooLate(until) => Refusal::TooLateToChange(who.contest.moment(until)),
        Uncorrected::Wrong(fields) => Refusal::InvalidFields(fields),
    })?;
    // Where the unit stays, so does the judgement of when it was named.
    let named = correction.unit.clone();
    let corrected = corrected(&who, &account.profile, correction);
    check_person(&who, &corrected, named.as_ref())?;
    let found_by =
        |profile: &Profile| profile.identifiers(&who.contest.keys, &plan.registration.unique, &who.contestant);
    let (before, after) = (found_by(&account.profile), found_by(&corrected));
    let only = |some: &[Identifier], others: &[Identifier]| -> Vec<Identifier> {
        some.iter().filter(|identifier| !others.contains(identifier)).cloned().collect()
    };
    let (gone, come) = (only(&before, &after), only(&after, &before));
    let write = app.people.correct_account(who.place(), (&account, &corrected), (&gone, &come));
    match write.await? {
        CorrectionWrite::Written => Ok(Reply::ok(&known(&who, corrected).await?)),
        CorrectionWrite::Taken => Err(Refusal::AlreadyRegistered.into()),
        CorrectionWrite::Raced => Err(StoreError::Raced { what: "the account".into() }.into()),
    }
}

fn corrected(who: &SignedIn<'_>, profile: &Profile, correction: Correction) -> Profile {
    let mut corrected = profile.clone();
    if let Some(unit) = correction.unit {
        corrected.unit = Some(unit.to_string());
    }
    if let Some(basis) = correction.unit_basis {
        corrected.unit_basis = Some(basis.as_str().to_owned());
    }
    if let Some(phone) = correction.phone {
        corrected.phone = Some(IdentifierKind::Phone.hash(&who.contest.keys, phone.e164()));
        corrected.phone_last3 = Some(phone.last3().to_owned());
    }
    if let Some(email) = correction.email {
        corrected.email = Some(email.as_str().to_owned());
    }
    corrected
}

/// Who would not have been let in as they are now is not let in by a correction.
fn check_person(who: &SignedIn<'_>, corrected: &Profile, named: Option<&UnitCode>) -> Result<(), Refusal> {
    let contest = &who.contest;
    let (citizen_id, phone) = (corrected.citizen_id.as_deref(), corrected.phone.as_deref());
    let is_excluded = contest.excluded.names(citizen_id, phone);
    let candidate = Candidate { age: None, unit: named, is_excluded };
    check_eligible(&contest.plan.registration, &contest.units, &candidate).map_err(|why| ineligible(contest, why))?;
    if contest.plan.registration.mode == RegistrationMode::Open {
        return Ok(());
    }
    let stated = Stated {
        full_name: corrected.full_name.as_deref(),
        birth_date: corrected.birth_date.as_deref(),
        citizen_id,
        phone,
        unit: corrected.unit.as_deref(),
    };
    let own = |line: &&store::RosterPerson| line.code == who.contestant.as_str();
    let is_on_roster = contest.roster.people.iter().filter(own).any(|line| stated.fits(&line.line()));
    if is_on_roster { Ok(()) } else { Err(Refusal::NotOnRoster) }
}

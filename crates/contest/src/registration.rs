//! Who may register: what a form must hold, and whom the plan lets in. Decided from values; the commands that register
//! read and write.

pub mod correction;
pub mod roster;
pub mod secret;

use crate::form::{FormFault, FormField, WrongField};
use crate::ids::UnitCode;
use crate::people::{BirthDate, CitizenId, Email, FullName, Gender, PhoneNumber, Secret, ShortText};
use crate::plan::{Exclusion, Field, Plan, Registration, UnitBasis};
use crate::time::{Timestamp, local_date};
use crate::units::UnitTree;

/// A registration as it was sent. Nothing is checked yet.
#[derive(Clone, Copy, Default)]
pub struct Form<'a> {
    /// Full name.
    pub full_name: Option<&'a str>,
    /// Date of birth.
    pub birth_date: Option<&'a str>,
    /// Citizen id.
    pub citizen_id: Option<&'a str>,
    /// Telephone number.
    pub phone: Option<&'a str>,
    /// Code of the unit.
    pub unit: Option<&'a str>,
    /// Word of the ground on which somebody belongs to the unit.
    pub unit_basis: Option<&'a str>,
    /// Word of the gender.
    pub gender: Option<&'a str>,
    /// E-mail address.
    pub email: Option<&'a str>,
    /// Postal address.
    pub address: Option<&'a str>,
    /// Occupation.
    pub occupation: Option<&'a str>,
    /// The secret chosen.
    pub secret: Option<&'a str>,
    /// What was consented to.
    pub consent: Option<Consent<'a>>,
}

/// What was consented to.
#[derive(Clone, Copy)]
pub struct Consent<'a> {
    /// Whether the person consents.
    pub accepted: bool,
    /// Hash of the text that was read.
    pub text_sha256: &'a str,
    /// Whether a guardian consents.
    pub guardian: bool,
}

/// What a contest asks for.
#[derive(Clone, Copy)]
pub struct Asked<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// Its units.
    pub units: &'a UnitTree,
    /// Hash of the text to which one consents.
    pub consent_sha256: &'a str,
}

/// A registration whose every field is of its type. What the contest does not ask for is not in it.
pub struct Entry {
    /// Full name.
    pub full_name: Option<FullName>,
    /// Date of birth.
    pub birth_date: Option<BirthDate>,
    /// Citizen id.
    pub citizen_id: Option<CitizenId>,
    /// Telephone number.
    pub phone: Option<PhoneNumber>,
    /// The unit, which the contest has.
    pub unit: Option<UnitCode>,
    /// The ground on which somebody belongs to the unit.
    pub unit_basis: Option<UnitBasis>,
    /// Gender.
    pub gender: Option<Gender>,
    /// E-mail address.
    pub email: Option<Email>,
    /// Postal address.
    pub address: Option<ShortText>,
    /// Occupation.
    pub occupation: Option<ShortText>,
    /// The secret.
    pub secret: Secret,
    /// Whether a guardian consented.
    pub guardian: bool,
    /// Whole years of age on the day on which the contest opens.
    pub age: Option<u32>,
}

crate::masked!(Form<'_>, Consent<'_>, Entry);

/// Why somebody cannot register although the form is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ineligible {
    /// Registration opens at this time.
    Ahead(Timestamp),
    /// Registration closed at this time.
    Over(Timestamp),
    /// Younger than this age, in years, on the day on which the contest opens.
    TooYoung(u32),
    /// Older than this age, in years, on that day.
    TooOld(u32),
    /// The unit stands neither at one of the levels that the contest is for nor below.
    OutsideLevels,
    /// On the list of those who take no part.
    Excluded,
}

/// Who asks to be let in, as far as the plan judges it.
#[derive(Clone, Copy, Default)]
pub struct Candidate<'a> {
    /// Whole years of age on the day on which the contest opens; none where it asks for no birth date, or where it was
    /// judged before.
    pub age: Option<u32>,
    /// The unit; none under the same conditions.
    pub unit: Option<&'a UnitCode>,
    /// Whether they are on the list of those who take no part.
    pub is_excluded: bool,
}

crate::masked!(Candidate<'_>);

/// Whether registration is open: from its opening until it closes.
///
/// # Errors
/// [`Ineligible::Ahead`] or [`Ineligible::Over`].
pub fn check_window(plan: &Plan, now: Timestamp) -> Result<(), Ineligible> {
    match () {
        () if now < plan.registration.opens => Err(Ineligible::Ahead(plan.registration.opens)),
        () if now >= plan.registration_closes() => Err(Ineligible::Over(plan.registration_closes())),
        () => Ok(()),
    }
}

/// Whether the plan lets somebody in, whose unit is one of `units`.
///
/// # Errors
/// The first reason why not, in the order of [`Ineligible`].
pub fn check_eligible(
    registration: &Registration,
    units: &UnitTree,
    candidate: &Candidate<'_>,
) -> Result<(), Ineligible> {
    check_age(registration, candidate.age)?;
    let is_outside = |code: &UnitCode| !is_at_levels(units, &registration.levels, code);
    if candidate.unit.is_some_and(is_outside) {
        return Err(Ineligible::OutsideLevels);
    }
    let is_barred = candidate.is_excluded && registration.excluded == Exclusion::Bar;
    if is_barred { Err(Ineligible::Excluded) } else { Ok(()) }
}

fn check_age(registration: &Registration, age: Option<u32>) -> Result<(), Ineligible> {
    let (least, most) = (registration.min_age, registration.max_age);
    match age {
        Some(age) if age < least => Err(Ineligible::TooYoung(least)),
        Some(age) if most > 0 && age > most => Err(Ineligible::TooOld(most)),
        Some(_) | None => Ok(()),
    }
}

/// Whether a unit stands at or below one of `levels`; every unit does where there are none.
pub fn is_at_levels(units: &UnitTree, levels: &[String], code: &UnitCode) -> bool {
    levels.is_empty() || units.find(code).is_some_and(|place| units.at_level(place, levels).is_some())
}

impl Entry {
    /// Reads the fields that the contest asks for, at the time of the registration.
    ///
    /// # Errors
    /// Every wrong field.
    pub fn read(form: &Form<'_>, asked: &Asked<'_>, now: Timestamp) -> Result<Self, Vec<WrongField>> {
        let (plan, registration) = (asked.plan, &asked.plan.registration);
        let today = local_date(now, plan.time_zone);
        let mut fields = Fields { asked: &registration.fields, wrong: Vec::new() };
        let full_name = fields.stated(Field::FullName, form.full_name, FullName::parse);
        let birth_date = fields.stated(Field::BirthDate, form.birth_date, |text| BirthDate::parse(text, today));
        let citizen_id = fields.stated(Field::CitizenId, form.citizen_id, CitizenId::parse);
        let phone = fields.stated(Field::Phone, form.phone, PhoneNumber::parse);
        let unit = fields.stated(Field::Unit, form.unit, |text| known_unit(asked.units, text));
        let gender =
            fields.stated(Field::Gender, form.gender, |text| Gender::parse(text).ok_or(FormFault::UnknownWord));
        let email = fields.stated(Field::Email, form.email, Email::parse);
        let address = fields.stated(Field::Address, form.address, ShortText::parse);
        let occupation = fields.stated(Field::Occupation, form.occupation, ShortText::parse);
        let unit_basis = fields.unit_basis(&registration.unit_basis, form.unit_basis);
        let secret = fields.required(FormField::Secret, form.secret, Secret::parse);
        let age = birth_date.map(|birth| birth.age_on(local_date(plan.opens(), plan.time_zone)));
        let guardian = fields.consent(asked, form.consent.as_ref(), age);
        // Who is too young or too old by the birth date is told that instead.
        let fits_age = check_age(registration, age).is_ok();
        let agreed = citizen_id.as_ref().map_or(Ok(()), |id| id.agrees_with(birth_date, gender));
        if let (true, Err(fault)) = (fits_age, agreed) {
            fields.fault(FormField::Stated(Field::CitizenId), fault);
        }
        if secret.as_ref().is_some_and(Secret::is_common) {
            fields.fault(FormField::Secret, FormFault::TooCommon);
        }
        if secret.as_ref().is_some_and(|s| s.is_known_number(citizen_id.as_ref(), phone.as_ref(), birth_date)) {
            fields.fault(FormField::Secret, FormFault::KnownNumber);
        }
        let (Some(secret), true) = (secret, fields.wrong.is_empty()) else { return Err(fields.wrong) };
        Ok(Self {
            full_name,
            birth_date,
            citizen_id,
            phone,
            unit,
            unit_basis,
            gender,
            email,
            address,
            occupation,
            secret,
            guardian,
            age,
        })
    }
}

fn known_unit(units: &UnitTree, text: &str) -> Result<UnitCode, FormFault> {
    let code = UnitCode::parse(text.trim()).map_err(|_| FormFault::UnknownUnit)?;
    units.find(&code).map(|_| code).ok_or(FormFault::UnknownUnit)
}

/// Reads fields and gathers what is wrong with them.
struct Fields<'a> {
    asked: &'a [Field],
    wrong: Vec<WrongField>,
}

impl Fields<'_> {
    fn stated<T, E: Into<FormFault>>(
        &mut self,
        field: Field,
        sent: Option<&str>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.asked.contains(&field) { self.required(FormField::Stated(field), sent, parse) } else { None }
    }

    fn required<T, E: Into<FormFault>>(
        &mut self,
        field: FormField,
        sent: Option<&str>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        match sent.map(parse) {
            Some(Ok(value)) => return Some(value),
            Some(Err(fault)) => self.fault(field, fault),
            None => self.fault(field, FormFault::Missing),
        }
        None
    }

    /// The affiliation chosen; the first one allowed where nothing is said.
    fn unit_basis(&mut self, allowed: &[UnitBasis], sent: Option<&str>) -> Option<UnitBasis> {
        let Some(word) = sent else { return allowed.first().copied() };
        let basis = UnitBasis::parse(word);
        let fits = basis.filter(|basis| allowed.is_empty() || allowed.contains(basis));
        if fits.is_none() {
            self.fault(FormField::UnitBasis, FormFault::UnknownWord);
        }
        fits.filter(|basis| allowed.contains(basis))
    }

    /// Checks the consents; returns whether a guardian's was given.
    fn consent(&mut self, asked: &Asked<'_>, sent: Option<&Consent<'_>>, age: Option<u32>) -> bool {
        let Some(consent) = sent else {
            self.fault(FormField::Consent, FormFault::Missing);
            return false;
        };
        if !consent.accepted {
            self.fault(FormField::ConsentAccepted, FormFault::NotAccepted);
        }
        if consent.text_sha256 != asked.consent_sha256 {
            self.fault(FormField::ConsentText, FormFault::OtherText);
        }
        let registration = &asked.plan.registration;
        let needed = age.is_some_and(|age| age < registration.guardian_consent_under);
        let fits_age = check_age(registration, age).is_ok();
        if needed && !consent.guardian && fits_age {
            self.fault(FormField::GuardianConsent, FormFault::GuardianMissing);
        }
        consent.guardian
    }

    fn fault(&mut self, field: FormField, fault: impl Into<FormFault>) {
        self.wrong.push(WrongField::new(field, fault));
    }
}

#[cfg(test)]
mod tests;

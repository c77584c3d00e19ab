//! `POST /v1/contests/{c}/contestants`

use crate::contests::Contest;
use crate::refused::Refused;
use crate::reply::Reply;
use crate::sign_in::opened;
use crate::wire::{ConsentForm, RegistrationForm, Request};
use crate::{App, roster, secret_hash};
use contest::ids::{ContestantId, UnitCode};
use contest::people::{
    BirthDate, CitizenId, Email, FieldFault as Fault, FullName, Gender, Identifier, IdentifierKind, PhoneNumber, Secret,
    ShortText,
};
use contest::plan::{Exclusion, Field, RegistrationMode, UnitBasis};
use contest::time::{Timestamp, local_date};
use documents::api::{FieldFault, Refusal};
use store::{NewPerson, Profile, StoreError};

/// Letters and digits of a contestant code: none that is mistaken for another on paper.
const CODE_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LEN: usize = 8;
/// Tries to find a free code: with 10^6 accounts one of 6·10^11 codes is taken once in 650 000 tries.
const CODE_TRIES: usize = 4;

/// Registers a person and opens a session.
pub(crate) async fn register(app: &App, request: &Request) -> Result<Reply, Refused> {
    let form: RegistrationForm = request.form(Refusal::InvalidFields)?;
    let contest = app.contests.fresh(&request.contest()?).await?;
    let now = request.received_at;
    check_window(&contest, now)?;
    let entry = Entry::parse(&contest, &form, now).map_err(Refusal::InvalidFields)?;
    check_eligible(&contest, &entry)?;
    let roster_code = match contest.plan.registration.mode {
        RegistrationMode::Open => None,
        RegistrationMode::Roster => {
            Some(roster::code_of(app, &contest, &entry.stated(form.code.as_deref()), now).await?)
        }
    };
    let referrer = find_referrer(app, &contest, form.referrer.as_deref()).await?;
    let salt = random::<16>()?;
    let secret_hash = secret_hash::hash(entry.secret.clone(), salt).await?;
    for _ in 0..CODE_TRIES {
        let code = match &roster_code {
            Some(code) => code.clone(),
            None => random_code()?,
        };
        let profile = entry.profile(&contest, &code, referrer.as_ref(), &secret_hash, now);
        let identifiers = profile.identifiers(&contest.keys, &contest.plan.registration.unique, &code);
        let person = NewPerson {
            contest: &contest.plan.id,
            contestant: &code,
            shard: contest.people_shard(&code),
            profile: &profile,
            identifiers: &identifiers,
            referrer: referrer.as_ref(),
        };
        if app.people.insert_person(&person).await? {
            return Ok(Reply::json(201, &opened(app, &contest, &code, now)));
        }
        if roster_code.is_some() || is_registered(app, &contest, &identifiers).await? {
            return Err(Refusal::AlreadyRegistered.into());
        }
    }
    Err(StoreError::failed("find a free contestant code")("every code that was drawn is taken").into())
}

fn check_window(contest: &Contest, now: Timestamp) -> Result<(), Refusal> {
    let (opens, closes) = (contest.plan.registration.opens, contest.plan.closes());
    if now < opens {
        return Err(Refusal::RegistrationAhead(contest.moment(opens)));
    }
    if now >= closes {
        return Err(Refusal::RegistrationEnded(contest.moment(closes)));
    }
    Ok(())
}

/// A registration whose every field is of its type.
struct Entry {
    full_name: Option<FullName>,
    birth_date: Option<BirthDate>,
    phone: Option<PhoneNumber>,
    unit: Option<UnitCode>,
    unit_basis: Option<UnitBasis>,
    gender: Option<Gender>,
    email: Option<Email>,
    address: Option<ShortText>,
    occupation: Option<ShortText>,
    secret: Secret,
    guardian: bool,
    age: Option<u32>,
    citizen_hash: Option<String>,
    phone_hash: Option<String>,
}

impl Entry {
    /// Parses the fields that the contest asks for, and names every wrong one. What a contest does not
    /// ask for is not kept.
    fn parse(contest: &Contest, form: &RegistrationForm, now: Timestamp) -> Result<Self, Vec<FieldFault>> {
        let plan = &contest.plan;
        let today = local_date(now, plan.time_zone);
        let mut fields = Fields { asked: &plan.registration.fields, faults: Vec::new() };
        let full_name = fields.read(Field::FullName, &form.full_name, FullName::parse);
        let birth_date = fields.read(Field::BirthDate, &form.birth_date, |text| BirthDate::parse(text, today));
        let citizen_id = fields.read(Field::CitizenId, &form.citizen_id, CitizenId::parse);
        let phone = fields.read(Field::Phone, &form.phone, PhoneNumber::parse);
        let unit = fields.read(Field::Unit, &form.unit, |text| known_unit(contest, text));
        let gender = fields.read(Field::Gender, &form.gender, |text| Gender::parse(text).ok_or("unknown_word"));
        let email = fields.read(Field::Email, &form.email, Email::parse);
        let address = fields.read(Field::Address, &form.address, ShortText::parse);
        let occupation = fields.read(Field::Occupation, &form.occupation, ShortText::parse);
        let unit_basis = fields.unit_basis(&plan.registration.unit_basis, form.unit_basis.as_deref());
        let secret = fields.required("secret", form.secret.as_deref(), Secret::parse);
        let age = birth_date.map(|birth| birth.age_on(local_date(plan.opens(), plan.time_zone)));
        let guardian = fields.consent(contest, form.consent.as_ref().map(|consent| &consent.0), age);
        // Who is too young by the birth date is told that instead.
        let is_old_enough = age.is_none_or(|age| age >= plan.registration.min_age);
        let agreed = citizen_id.as_ref().map_or(Ok(()), |id| id.agrees_with(birth_date, gender));
        if let (true, Err(fault)) = (is_old_enough, agreed) {
            fields.fault("citizen_id", fault.code());
        }
        if secret.as_ref().is_some_and(Secret::is_common) {
            fields.fault("secret", "too_common");
        }
        if secret.as_ref().is_some_and(|s| s.is_known_number(citizen_id.as_ref(), phone.as_ref(), birth_date)) {
            fields.fault("secret", "known_number");
        }
        let (Some(secret), true) = (secret, fields.faults.is_empty()) else { return Err(fields.faults) };
        let citizen_hash = citizen_id.as_ref().map(|id| IdentifierKind::CitizenId.hash(&contest.keys, id.as_str()));
        let phone_hash = phone.as_ref().map(|phone| IdentifierKind::Phone.hash(&contest.keys, phone.e164()));
        Ok(Self {
            full_name,
            birth_date,
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
            citizen_hash,
            phone_hash,
        })
    }

    fn stated<'a>(&'a self, code: Option<&'a str>) -> roster::Stated<'a> {
        roster::Stated {
            full_name: self.full_name.as_ref().map(FullName::as_str),
            birth_date: self.birth_date.map(|v| v.date().to_string()),
            citizen_id: self.citizen_hash.as_deref(),
            phone: self.phone_hash.as_deref(),
            unit: self.unit.as_ref().map(UnitCode::as_str),
            code,
        }
    }

    fn profile(
        &self,
        contest: &Contest,
        code: &ContestantId,
        referrer: Option<&ContestantId>,
        secret_hash: &str,
        now: Timestamp,
    ) -> Profile {
        Profile {
            full_name: self.full_name.as_ref().map(|v| v.as_str().to_owned()),
            birth_date: self.birth_date.map(|v| v.date().to_string()),
            citizen_id: self.citizen_hash.clone(),
            phone: self.phone_hash.clone(),
            phone_last3: self.phone.as_ref().map(|v| v.last3().to_owned()),
            unit: self.unit.as_ref().map(ToString::to_string),
            unit_basis: self.unit_basis.map(|v| v.as_str().to_owned()),
            gender: self.gender.map(|v| v.as_str().to_owned()),
            email: self.email.as_ref().map(|v| v.as_str().to_owned()),
            address: self.address.as_ref().map(|v| v.as_str().to_owned()),
            occupation: self.occupation.as_ref().map(|v| v.as_str().to_owned()),
            referral_code: contest.keys.referral_code(code),
            referrer: referrer.map(ToString::to_string),
            secret_hash: secret_hash.to_owned(),
            consent_sha256: contest.consent_sha256.clone(),
            guardian_consent: self.guardian,
            registered_at_ms: now.millis(),
            erased_at_ms: None,
        }
    }
}

/// Reads fields and gathers what is wrong with them.
struct Fields<'a> {
    asked: &'a [Field],
    faults: Vec<FieldFault>,
}

/// The fixed word of a fault.
trait Code {
    fn code(&self) -> &'static str;
}

impl Code for Fault {
    fn code(&self) -> &'static str {
        self.as_str()
    }
}

impl Code for &'static str {
    fn code(&self) -> &'static str {
        self
    }
}

impl Fields<'_> {
    fn read<T, E: Code>(
        &mut self,
        field: Field,
        sent: &Option<String>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        if !self.asked.contains(&field) {
            return None;
        }
        self.required(field.as_str(), sent.as_deref(), parse)
    }

    fn required<T, E: Code>(
        &mut self,
        name: &str,
        sent: Option<&str>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        let Some(text) = sent else {
            self.fault(name, "missing");
            return None;
        };
        parse(text).map_err(|fault| self.fault(name, fault.code())).ok()
    }

    /// The affiliation chosen; the first one allowed where nothing is said.
    fn unit_basis(&mut self, allowed: &[UnitBasis], sent: Option<&str>) -> Option<UnitBasis> {
        let Some(word) = sent else { return allowed.first().copied() };
        let basis = UnitBasis::parse(word);
        let fits = basis.filter(|basis| allowed.is_empty() || allowed.contains(basis));
        if fits.is_none() {
            self.fault("unit_basis", "unknown_word");
        }
        fits.filter(|basis| allowed.contains(basis))
    }

    /// Checks the consents; answers whether a guardian's was given.
    fn consent(&mut self, contest: &Contest, sent: Option<&ConsentForm>, age: Option<u32>) -> bool {
        let Some(consent) = sent else {
            self.fault("consent", "missing");
            return false;
        };
        if !consent.accepted {
            self.fault("consent.accepted", "not_accepted");
        }
        if consent.text_sha256 != contest.consent_sha256 {
            self.fault("consent.text_sha256", "other_text");
        }
        let guardian = consent.guardian.as_ref().is_some_and(|guardian| guardian.0.accepted);
        let needed = age.is_some_and(|age| age < contest.plan.registration.guardian_consent_under);
        let too_young = age.is_some_and(|age| age < contest.plan.registration.min_age);
        if needed && !guardian && !too_young {
            self.fault("consent.guardian", "guardian_missing");
        }
        guardian
    }

    fn fault(&mut self, field: &str, code: &'static str) {
        self.faults.push(FieldFault::new(field, code));
    }
}

fn known_unit(contest: &Contest, text: &str) -> Result<UnitCode, &'static str> {
    let code = UnitCode::parse(text.trim()).map_err(|_| "unknown_unit")?;
    contest.units.find(&code).map(|_| code).ok_or("unknown_unit")
}

/// Age and exclusion.
fn check_eligible(contest: &Contest, entry: &Entry) -> Result<(), Refusal> {
    let registration = &contest.plan.registration;
    if entry.age.is_some_and(|age| age < registration.min_age) {
        return Err(Refusal::TooYoung(registration.min_age));
    }
    let listed = contest.excluded.names(entry.citizen_hash.as_deref(), entry.phone_hash.as_deref());
    if listed && registration.excluded == Exclusion::Bar {
        return Err(Refusal::Excluded);
    }
    Ok(())
}

async fn find_referrer(app: &App, contest: &Contest, code: Option<&str>) -> Result<Option<ContestantId>, Refused> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    let kind = IdentifierKind::Referral;
    let hash = kind.hash(&contest.keys, &code.to_lowercase());
    let found = app.people.query_by_identifier(&contest.plan.id, kind, &hash, 1).await?;
    match found.into_iter().next() {
        Some(referrer) => Ok(Some(referrer)),
        None => Err(Refusal::InvalidFields(vec![FieldFault::new("referrer", "unknown_referrer")]).into()),
    }
}

/// Whether a unique value that the person states is taken; what the contest gives is another matter.
async fn is_registered(app: &App, contest: &Contest, identifiers: &[Identifier]) -> Result<bool, StoreError> {
    for identifier in identifiers.iter().filter(|i| i.unique && i.kind.field().is_some()) {
        let found = app.people.query_by_identifier(&contest.plan.id, identifier.kind, &identifier.hash, 1).await?;
        if !found.is_empty() {
            return Ok(true);
        }
    }
    Ok(false)
}

fn random_code() -> Result<ContestantId, StoreError> {
    let bytes = random::<{ CODE_LEN * 8 }>()?;
    // Each character from eight bytes: the bias of the remainder is below 2^-58.
    let letters = bytes.chunks_exact(8).map(|chunk| {
        let number = u64::from_be_bytes(chunk.try_into().expect("chunks of eight"));
        let place = usize::try_from(number % CODE_ALPHABET.len() as u64).expect("below thirty");
        char::from(CODE_ALPHABET[place])
    });
    let code: String = letters.collect();
    Ok(ContestantId::parse(&code).expect("eight capital letters and digits"))
}

fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::failed("draw at random")(e.to_string()))?;
    Ok(bytes)
}

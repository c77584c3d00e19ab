//! `POST /v1/contests/{c}/contestants`

use super::{opened, roster};
use crate::contests::Contest;
use crate::error::{ApiError, form};
use crate::forms::RegistrationForm;
use crate::{App, path};
use accounts::secret_hash;
use contest::form::{FormFault, FormField, WrongField};
use contest::ids::{ContestantId, UnitCode};
use contest::people::{FullName, Identifier, IdentifierKind};
use contest::plan::RegistrationMode;
use contest::registration::roster::Stated;
use contest::registration::{Asked, Candidate, Entry, Ineligible, check_eligible, check_window};
use contest::time::Timestamp;
use documents::api::Refusal;
use function::http::{Reply, Request};
use store::{NewPerson, Profile, StoreError};

/// Letters and digits of a contestant code: none that is mistaken for another on paper.
const CODE_ALPHABET: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE_LEN: usize = 8;
/// Tries to find a free code: with 10^6 accounts one of 6·10^11 codes is taken once in 650 000 tries.
const CODE_TRIES: usize = 4;

/// Registers a person and opens a session.
pub(crate) async fn register(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let form: RegistrationForm = form(request, Refusal::InvalidFields)?;
    let contest = app.contests.fresh(&path::contest(request)?).await?;
    let now = request.received_at;
    let ineligible = |why| ineligible(&contest, why);
    check_window(&contest.plan, now).map_err(ineligible)?;
    let asked = Asked { plan: &contest.plan, units: &contest.units, consent_sha256: &contest.consent_sha256 };
    let entry = Entry::read(&form.stated(), &asked, now).map_err(Refusal::InvalidFields)?;
    let person = Person::of(&contest, entry);
    let is_excluded = contest.excluded.names(person.citizen_id.as_deref(), person.phone.as_deref());
    let candidate = Candidate { age: person.entry.age, unit: person.entry.unit.as_ref(), is_excluded };
    check_eligible(&contest.plan.registration, &contest.units, &candidate).map_err(ineligible)?;
    let roster_code = match contest.plan.registration.mode {
        RegistrationMode::Open => None,
        RegistrationMode::Roster => Some(person.code_on_roster(app, &contest, form.code.as_deref(), now).await?),
    };
    let referrer = find_referrer(app, &contest, form.referrer.as_deref()).await?;
    let secret_hash = secret_hash::hash(person.entry.secret.clone(), random::<16>()?).await?;
    for _ in 0..CODE_TRIES {
        let code = match &roster_code {
            Some(code) => code.clone(),
            None => random_code()?,
        };
        let profile = person.profile(&contest, &code, referrer.as_ref(), &secret_hash, now);
        let identifiers = profile.identifiers(&contest.keys, &contest.plan.registration.unique, &code);
        let account = NewPerson {
            contest: &contest.plan.id,
            contestant: &code,
            shard: contest.people_shard(&code),
            profile: &profile,
            identifiers: &identifiers,
            referrer: referrer.as_ref(),
        };
        if app.people.insert_person(&account).await? {
            return Ok(Reply::json(201, &opened(app, &contest, (code, 0), now)));
        }
        if roster_code.is_some() || is_registered(app, &contest, &identifiers).await? {
            return Err(Refusal::AlreadyRegistered.into());
        }
    }
    Err(StoreError::failed("find a free contestant code")("every code that was drawn is taken").into())
}

/// In the words of the API.
pub(super) fn ineligible(contest: &Contest, why: Ineligible) -> Refusal {
    match why {
        Ineligible::Ahead(opens) => Refusal::RegistrationAhead(contest.moment(opens)),
        Ineligible::Over(closes) => Refusal::RegistrationEnded(contest.moment(closes)),
        Ineligible::TooYoung(age) => Refusal::TooYoung(age),
        Ineligible::TooOld(age) => Refusal::TooOld(age),
        Ineligible::OutsideLevels => Refusal::OutsideLevels,
        Ineligible::Excluded => Refusal::Excluded,
    }
}

/// Who registers, with the keyed hashes under which their numbers are kept.
struct Person {
    entry: Entry,
    citizen_id: Option<String>,
    phone: Option<String>,
}

impl Person {
    fn of(contest: &Contest, entry: Entry) -> Self {
        let citizen_id = entry.citizen_id.as_ref().map(|id| IdentifierKind::CitizenId.hash(&contest.keys, id.as_str()));
        let phone = entry.phone.as_ref().map(|phone| IdentifierKind::Phone.hash(&contest.keys, phone.e164()));
        Self { entry, citizen_id, phone }
    }

    async fn code_on_roster(
        &self,
        app: &App,
        contest: &Contest,
        printed: Option<&str>,
        now: Timestamp,
    ) -> Result<ContestantId, ApiError> {
        let birth_date = self.entry.birth_date.map(|birth| birth.date().to_string());
        let stated = Stated {
            full_name: self.entry.full_name.as_ref().map(FullName::as_str),
            birth_date: birth_date.as_deref(),
            citizen_id: self.citizen_id.as_deref(),
            phone: self.phone.as_deref(),
            unit: self.entry.unit.as_ref().map(UnitCode::as_str),
        };
        roster::code_of(app, contest, (&stated, printed), now).await
    }

    fn profile(
        &self,
        contest: &Contest,
        code: &ContestantId,
        referrer: Option<&ContestantId>,
        secret_hash: &str,
        now: Timestamp,
    ) -> Profile {
        let Self { entry, citizen_id, phone } = self;
        Profile {
            full_name: entry.full_name.as_ref().map(|v| v.as_str().to_owned()),
            birth_date: entry.birth_date.map(|v| v.date().to_string()),
            citizen_id: citizen_id.clone(),
            phone: phone.clone(),
            phone_last3: entry.phone.as_ref().map(|v| v.last3().to_owned()),
            unit: entry.unit.as_ref().map(ToString::to_string),
            unit_basis: entry.unit_basis.map(|v| v.as_str().to_owned()),
            gender: entry.gender.map(|v| v.as_str().to_owned()),
            email: entry.email.as_ref().map(|v| v.as_str().to_owned()),
            address: entry.address.as_ref().map(|v| v.as_str().to_owned()),
            occupation: entry.occupation.as_ref().map(|v| v.as_str().to_owned()),
            referral_code: contest.keys.referral_code(code),
            referrer: referrer.map(ToString::to_string),
            secret_hash: secret_hash.to_owned(),
            consent_sha256: contest.consent_sha256.clone(),
            guardian_consent: entry.guardian,
            registered_at_ms: now.millis(),
            erased_at_ms: None,
            version: 0,
            reset: None,
            secret_reset_at_ms: None,
        }
    }
}

async fn find_referrer(app: &App, contest: &Contest, code: Option<&str>) -> Result<Option<ContestantId>, ApiError> {
    let Some(code) = code.map(str::trim).filter(|code| !code.is_empty()) else { return Ok(None) };
    let kind = IdentifierKind::Referral;
    let hash = kind.hash(&contest.keys, &code.to_lowercase());
    let found = app.people.query_by_identifier(&contest.plan.id, kind, &hash, 1).await?;
    match found.into_iter().next() {
        Some(referrer) => Ok(Some(referrer)),
        None => {
            let unknown = WrongField::new(FormField::Referrer, FormFault::UnknownReferrer);
            Err(Refusal::InvalidFields(vec![unknown]).into())
        }
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

pub(super) fn random<const N: usize>() -> Result<[u8; N], StoreError> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|e| StoreError::failed("draw at random")(e.to_string()))?;
    Ok(bytes)
}

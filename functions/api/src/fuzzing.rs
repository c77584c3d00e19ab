//! What reads a stranger's bytes, without a store behind it: for fuzzers, and for the tests that replay what
//! these have found. Each panics where something is accepted that nobody made.

use crate::account::session::{SessionToken, issue, verify};
use crate::forms::{CorrectionForm, RegistrationForm, SheetForm, SignInForm, SlipForm, prediction};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64URL;
use contest::ids::{ContestId, ContestantId, QuestionId};
use contest::people::{BirthDate, CitizenId, FullName, PhoneNumber};
use contest::plan::PredictionTarget;
use contest::prediction::Prediction;
use contest::slip_code::SlipCode;
use contest::time::Timestamp;
use function::http::Object;
use store::SessionKey;

const KEYS: [SessionKey; 2] = [SessionKey { kid: 2, key: [2; 32] }, SessionKey { kid: 1, key: [1; 32] }];
const NOW: Timestamp = Timestamp::from_millis(1_772_330_400_000);

/// A bearer token.
///
/// # Panics
/// Where a token holds that was not issued under one of two keys.
pub fn token(bytes: &[u8]) {
    let (Ok(token), Ok(contest)) = (std::str::from_utf8(bytes), ContestId::parse("thi-thu")) else { return };
    let Some(of) = verify(&KEYS, token, &contest, NOW) else { return };
    let body = BASE64URL.decode(token).expect("it held");
    let issued = Timestamp::from_millis(i64::from_be_bytes(body[2..10].try_into().expect("eight bytes")));
    let again: Vec<String> = KEYS.iter().map(|key| issue(std::slice::from_ref(key), &contest, &of, issued).0).collect();
    assert!(again.iter().any(|again| again == token), "nobody issued {token}");
}

/// A token that holds, to begin from.
///
/// # Panics
/// Never.
pub fn sound_token() -> String {
    let contest = ContestId::parse("thi-thu").expect("an id");
    let of = SessionToken { contestant: ContestantId::parse("K7MQ42XH").expect("a code"), version: 1 };
    issue(&KEYS, &contest, &of, NOW).0
}

/// The body of a request, as each of the forms.
///
/// # Panics
/// Where a value is read that is not written the same again.
pub fn body(bytes: &[u8]) {
    if let Ok(Object(form)) = serde_json::from_slice::<Object<RegistrationForm>>(bytes) {
        registration(&form);
    }
    if let Ok(Object(form)) = serde_json::from_slice::<Object<SignInForm>>(bytes) {
        person_field(&form.identifier);
    }
    if let Ok(Object(form)) = serde_json::from_slice::<Object<SlipForm>>(bytes) {
        person_field(&form.identifier);
        if let Some(code) = SlipCode::parse(&form.code) {
            assert!(SlipCode::parse(&code.to_string()) == Some(code), "{}", form.code);
        }
    }
    if let Ok(Object(form)) = serde_json::from_slice::<Object<CorrectionForm>>(bytes) {
        [&form.unit, &form.phone, &form.email].into_iter().flatten().for_each(|text| person_field(text));
    }
    if let Ok(Object(form)) = serde_json::from_slice::<Object<SheetForm>>(bytes) {
        form.answers.keys().for_each(|id| drop(QuestionId::parse(id)));
        let raw = form.prediction.as_ref().map_or("null", |raw| raw.get());
        for &target in PredictionTarget::ALL {
            let read = prediction(raw, target).ok().flatten();
            assert!(read.is_none_or(|read| read <= Prediction::most(target)), "{raw}");
        }
    }
}

fn registration(form: &RegistrationForm) {
    let fields = [&form.full_name, &form.birth_date, &form.citizen_id, &form.phone, &form.unit];
    fields.into_iter().flatten().for_each(|text| person_field(text));
}

/// What is read from a field is read the same from what it is written as.
fn person_field(text: &str) {
    if let Ok(name) = FullName::parse(text) {
        assert_eq!(FullName::parse(name.as_str()).as_ref(), Ok(&name), "{text:?}");
    }
    if let Ok(id) = CitizenId::parse(text) {
        assert_eq!(CitizenId::parse(id.as_str()).as_ref(), Ok(&id), "{text:?}");
    }
    if let Ok(phone) = PhoneNumber::parse(text) {
        assert_eq!(PhoneNumber::parse(phone.e164()).as_ref(), Ok(&phone), "{text:?}");
    }
    let today = NOW.utc().date_naive();
    if let Ok(date) = BirthDate::parse(text, today) {
        assert_eq!(BirthDate::parse(&date.date().to_string(), today).as_ref(), Ok(&date), "{text:?}");
    }
}

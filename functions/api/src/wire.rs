//! What contestants send: strings become types here, once.

use crate::refused::Refused;
use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use contest::attempt::BARRED;
use contest::form::{FormFault, FormField, WrongField};
use contest::ids::{ContestId, RoundId};
use contest::plan::PredictionTarget;
use contest::prediction::Prediction;
use contest::registration;
use contest::time::Timestamp;
use documents::api::Refusal;
use serde::de::{DeserializeOwned, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

/// Longest body: a sheet of sixty questions is under two kilobytes, a registration under one.
pub(crate) const MAX_BODY: usize = 32 * 1024;

/// `1-67891233-abcdef012345678912345678`: the header comes from outside and may be longer.
const LONGEST_TRACE: usize = 35;

/// `gzip, deflate, br`; `gzip;q=0` is a refusal.
fn accepts_gzip(header: &str) -> bool {
    header.split(',').any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, "q=1"));
        let weight = weight.trim().strip_prefix("q=").and_then(|weight| weight.parse::<f32>().ok());
        name.trim().eq_ignore_ascii_case("gzip") && weight.is_some_and(|weight| weight > 0.0)
    })
}

/// `application/json`, with parameters or without.
fn is_json(header: &str) -> bool {
    header.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}

/// The parts of an event that commands use.
pub(crate) struct Request {
    /// For logs and for people who report a fault.
    pub(crate) id: String,
    /// Trace of the gateway, without what was sampled.
    pub(crate) trace: Option<String>,
    /// Route key as the gateway matched it.
    pub(crate) route: String,
    /// The gateway's receipt time.
    pub(crate) received_at: Timestamp,
    /// Whether the answer may be packed.
    pub(crate) accepts_gzip: bool,
    path: HashMap<String, String>,
    authorization: Option<String>,
    is_json: bool,
    body: Option<String>,
    is_base64: bool,
}

impl Request {
    /// Takes an event apart.
    pub(crate) fn of(event: ApiGatewayV2httpRequest) -> Self {
        let header = |name| event.headers.get(name).and_then(|value| value.to_str().ok());
        let authorization = header("authorization").map(str::to_owned);
        let trace = header("x-amzn-trace-id").and_then(|trace| trace.split(';').find_map(|t| t.strip_prefix("Root=")));
        Self {
            accepts_gzip: header("accept-encoding").is_some_and(accepts_gzip),
            trace: trace.map(|trace| trace.chars().take(LONGEST_TRACE).collect()),
            id: event.request_context.request_id.unwrap_or_default(),
            route: event.request_context.route_key.or(event.route_key).unwrap_or_default(),
            received_at: Timestamp::from_millis(event.request_context.time_epoch),
            path: event.path_parameters,
            authorization,
            is_json: header("content-type").is_some_and(is_json),
            body: event.body,
            is_base64: event.is_base64_encoded,
        }
    }

    /// The bearer token, if the header has that form.
    pub(crate) fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.authorization.as_deref()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// `{c}`; what has not the form of an id names no contest.
    pub(crate) fn contest(&self) -> Result<ContestId, Refusal> {
        ContestId::parse(self.part("c")).map_err(|_| Refusal::NoSuchContest)
    }

    /// `{r}`
    pub(crate) fn round(&self) -> Result<RoundId, Refusal> {
        RoundId::parse(self.part("r")).map_err(|_| Refusal::NoSuchRound)
    }

    /// `{n}`, a number from 1 without sign or leading zero; that of erased accounts is nobody's.
    pub(crate) fn attempt(&self) -> Result<u16, Refusal> {
        let text = self.part("n");
        let number = text.parse().ok().filter(|n: &u16| (1..BARRED).contains(n) && n.to_string() == text);
        number.ok_or(Refusal::NoSuchAttempt)
    }

    fn part(&self, name: &str) -> &str {
        self.path.get(name).map(String::as_str).unwrap_or_default()
    }

    /// The body as bytes, within the limit.
    fn bytes(&self) -> Result<Vec<u8>, Refusal> {
        let body = self.body.as_deref().unwrap_or_default();
        let bytes = if self.is_base64 {
            BASE64.decode(body).map_err(|_| Refusal::BrokenJson)?
        } else {
            body.as_bytes().to_vec()
        };
        if bytes.len() > MAX_BODY { Err(Refusal::BodyTooLarge) } else { Ok(bytes) }
    }

    /// The body as a form. What is JSON but not this form is refused by `refuse`.
    pub(crate) fn form<T: DeserializeOwned>(&self, refuse: fn(Vec<WrongField>) -> Refusal) -> Result<T, Refused> {
        let bytes = self.bytes()?;
        if !self.is_json {
            return Err(Refusal::NotJson.into());
        }
        let read = serde_json::from_slice::<NoRepeats>(&bytes).and_then(|NoRepeats| serde_json::from_slice(&bytes));
        read.map(|Object(form)| form).map_err(|error| {
            let shape = error.is_data();
            let refusal = if shape { refuse(vec![shape_fault(&error)]) } else { Refusal::BrokenJson };
            Refused::Answer(refusal)
        })
    }

    /// A start has nothing to say: no body, or an empty object.
    pub(crate) fn expect_no_content(&self) -> Result<(), Refused> {
        if self.bytes()?.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        self.form::<Nothing>(Refusal::InvalidFields).map(|Nothing {}| ())
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

/// A JSON object, and nothing else: derived readers of structs also take an array of their fields in
/// order, which no contract names and a reordered field would change the meaning of.
pub(crate) struct Object<T>(pub(crate) T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(reader)?;
        if !raw.get().starts_with('{') {
            return Err(D::Error::custom("not an object"));
        }
        serde_json::from_str(raw.get()).map(Object).map_err(D::Error::custom)
    }
}

/// Any JSON value in which no object has a name twice: a map would keep the last of two without a word.
pub(crate) struct NoRepeats;

/// How the fault of [`NoRepeats`] begins; the name follows in backquotes, as in serde's own.
const REPEATED: &str = "repeated field";

impl<'de> Deserialize<'de> for NoRepeats {
    fn deserialize<D: Deserializer<'de>>(reader: D) -> Result<Self, D::Error> {
        reader.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for NoRepeats {
    type Value = Self;

    fn expecting(&self, form: &mut fmt::Formatter<'_>) -> fmt::Result {
        form.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self, A::Error> {
        let mut names = HashSet::new();
        while let Some(name) = members.next_key::<String>()? {
            members.next_value::<Self>()?;
            if names.contains(&name) {
                let shown: String = name.chars().filter(|sign| *sign != '`').take(32).collect();
                return Err(A::Error::custom(format!("{REPEATED} `{shown}`")));
            }
            names.insert(name);
        }
        Ok(Self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while items.next_element::<Self>()?.is_some() {}
        Ok(Self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(Self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(Self)
    }
}

/// Names the field of a JSON value of the wrong shape, as far as the reader of JSON does.
fn shape_fault(error: &serde_json::Error) -> WrongField {
    let text = error.to_string();
    let faults = [
        (REPEATED, FormFault::RepeatedField),
        ("unknown field", FormFault::UnknownField),
        ("missing field", FormFault::Missing),
    ];
    let told = faults.iter().find(|(begins, _)| text.starts_with(begins));
    let named = text.split('`').nth(1).filter(|_| told.is_some()).unwrap_or_default();
    WrongField::new(FormField::named(named), told.map_or(FormFault::WrongType, |(_, fault)| *fault))
}

/// `POST …/contestants`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RegistrationForm {
    pub(crate) full_name: Option<String>,
    pub(crate) birth_date: Option<String>,
    pub(crate) citizen_id: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) unit: Option<String>,
    pub(crate) unit_basis: Option<String>,
    pub(crate) gender: Option<String>,
    pub(crate) email: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) occupation: Option<String>,
    pub(crate) secret: Option<String>,
    pub(crate) code: Option<String>,
    pub(crate) referrer: Option<String>,
    pub(crate) consent: Option<Object<ConsentForm>>,
}

impl RegistrationForm {
    /// As the rules of registering read it.
    pub(crate) fn stated(&self) -> registration::Form<'_> {
        registration::Form {
            full_name: self.full_name.as_deref(),
            birth_date: self.birth_date.as_deref(),
            citizen_id: self.citizen_id.as_deref(),
            phone: self.phone.as_deref(),
            unit: self.unit.as_deref(),
            unit_basis: self.unit_basis.as_deref(),
            gender: self.gender.as_deref(),
            email: self.email.as_deref(),
            address: self.address.as_deref(),
            occupation: self.occupation.as_deref(),
            secret: self.secret.as_deref(),
            consent: self.consent.as_ref().map(|Object(consent)| registration::Consent {
                accepted: consent.accepted,
                text_sha256: &consent.text_sha256,
                guardian: consent.guardian.as_ref().is_some_and(|Object(guardian)| guardian.accepted),
            }),
        }
    }
}

/// What was consented to.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConsentForm {
    pub(crate) accepted: bool,
    pub(crate) text_sha256: String,
    pub(crate) guardian: Option<Object<GuardianForm>>,
}

/// A guardian's consent.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct GuardianForm {
    pub(crate) accepted: bool,
}

/// `POST …/sessions`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignInForm {
    pub(crate) identifier: String,
    pub(crate) secret: String,
    pub(crate) device: Option<String>,
}

/// `PUT …/attempts/{n}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SheetForm {
    pub(crate) answers: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    pub(crate) prediction: Option<Box<RawValue>>,
}

/// Reads a prediction from the text of its JSON value.
pub(crate) fn prediction(raw: &str, target: PredictionTarget) -> Result<Option<Prediction>, FormFault> {
    if raw == "null" {
        return Ok(None);
    }
    Prediction::parse(raw, target).map(Some).map_err(FormFault::Prediction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_media_type_of_json_is_json() {
        for json in ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"] {
            assert!(is_json(json), "{json}");
        }
        for other in ["", "text/plain", "application/json-seq", "text/plain; application/json", "application/jsonp"] {
            assert!(!is_json(other), "{other}");
        }
    }
}

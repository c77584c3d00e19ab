//! What contestants send, field by field. A name that no form has is refused.

use contest::form::FormFault;
use contest::plan::PredictionTarget;
use contest::prediction::Prediction;
use contest::registration;
use contest::registration::correction;
use function::http::Object;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

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

/// `PUT …/me/secret`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SecretForm {
    pub(crate) secret: String,
    pub(crate) new_secret: String,
}

/// `POST …/secrets`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct SlipForm {
    pub(crate) identifier: String,
    pub(crate) code: String,
    pub(crate) secret: String,
}

/// `PATCH …/me`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct CorrectionForm {
    pub(crate) unit: Option<String>,
    pub(crate) unit_basis: Option<String>,
    pub(crate) phone: Option<String>,
    pub(crate) email: Option<String>,
}

impl CorrectionForm {
    /// As the rules of correcting read it.
    pub(crate) fn sent(&self) -> correction::Sent<'_> {
        correction::Sent {
            unit: self.unit.as_deref(),
            unit_basis: self.unit_basis.as_deref(),
            phone: self.phone.as_deref(),
            email: self.email.as_deref(),
        }
    }
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

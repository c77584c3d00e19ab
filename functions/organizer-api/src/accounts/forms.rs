//! What organizers send about accounts, field by field. A name that no form has is refused.

use serde::Deserialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// `POST /v1/organizer/enrolments`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct EnrolmentForm {
    pub(super) code: String,
    pub(super) login: String,
    pub(super) name: String,
    pub(super) secret: String,
}

/// `POST /v1/organizer/enrolments/confirm`, `PUT /v1/organizer/me/totp`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConfirmForm {
    pub(super) ticket: String,
    pub(super) totp: String,
}

/// `POST /v1/organizer/sessions`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SignInForm {
    pub(super) login: String,
    pub(super) secret: String,
}

/// `POST /v1/organizer/sessions/second`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecondForm {
    pub(super) ticket: String,
    pub(super) code: String,
}

/// `POST /v1/organizer/sessions/passkey/options`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasskeyOptionsForm {
    pub(super) login: Option<String>,
}

/// `POST /v1/organizer/sessions/passkey`: what `PublicKeyCredential.toJSON()` gives.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PasskeyForm {
    pub(super) passkey: Value,
}

/// `POST /v1/organizer/me/passkeys`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPasskeyForm {
    pub(super) name: String,
    pub(super) passkey: Value,
}

/// `POST /v1/organizer/me/step-up`: one of both.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepUpForm {
    pub(super) code: Option<String>,
    pub(super) passkey: Option<Value>,
}

/// `POST /v1/organizer/me/recovery`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeForm {
    pub(super) code: String,
}

/// `PUT /v1/organizer/me/secret`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SecretForm {
    pub(super) secret: String,
    pub(super) new_secret: String,
}

/// `PATCH /v1/organizer/people/{id}`
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonForm {
    pub(super) roles: Option<BTreeMap<String, BTreeSet<String>>>,
    pub(super) disabled: Option<bool>,
    pub(super) reason: String,
}

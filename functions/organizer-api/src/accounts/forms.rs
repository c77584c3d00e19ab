//! What organizers send about accounts, field by field. A name that no form has is refused.

use serde::Deserialize;
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

/// `POST /v1/organizer/enrolments/confirm`
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

/// `POST /v1/organizer/me/step-up`, `POST /v1/organizer/me/recovery`
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

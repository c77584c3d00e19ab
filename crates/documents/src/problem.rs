//! Problem documents (RFC 9457), as every HTTP API tells why it does not answer as asked.

use serde::Serialize;
use std::borrow::Cow;

#[derive(Serialize)]
pub struct Problem<'a> {
    /// [`Problem::KIND`]: the code tells problems apart.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// A few words that name the kind of problem.
    pub title: &'static str,
    pub status: u16,
    /// Fixed word for programs.
    pub code: &'static str,
    /// One or two sentences for the person.
    pub detail: String,
    /// Why, where one code has several reasons.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<&'static str>,
    /// The receipt of what was accepted before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipt: Option<&'a str>,
    /// By which the log finds a fault.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_id: Option<&'a str>,
    /// What is wrong with which field.
    pub errors: Vec<FieldError<'a>>,
    /// For the header: whole seconds after which the request may be sent again.
    #[serde(skip)]
    pub retry_after_seconds: Option<u64>,
}

impl Problem<'_> {
    /// No page describes problems one by one.
    pub const KIND: &'static str = "about:blank";
}

contest::masked!(Problem<'_>);

/// What is wrong with one field.
#[derive(Debug, Serialize)]
pub struct FieldError<'a> {
    /// Its path in the JSON of the form.
    pub field: Cow<'a, str>,
    /// Fixed word for programs.
    pub code: &'static str,
    /// A sentence for the person.
    pub message: String,
}

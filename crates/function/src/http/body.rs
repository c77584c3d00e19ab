//! The body of a request, within its limit, as a form.

use super::json::{NoRepeats, Object, shape_fault};
use super::request::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use contest::form::WrongField;
use serde::Deserialize;
use serde::de::DeserializeOwned;

/// Longest body: a submission of sixty questions is under two kilobytes, a registration under one.
const MAX_BODY: usize = 32 * 1024;

/// Why a body is no form.
#[derive(Debug)]
pub enum BadBody {
    /// Longer than its limit: 32 KiB where nothing else is said.
    TooLarge,
    /// It does not say that it is JSON.
    NotJson,
    Broken,
    /// It is JSON of another shape.
    Shape(WrongField),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

impl Request {
    /// The body as a form.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn form<T: DeserializeOwned>(&self) -> Result<T, BadBody> {
        self.form_up_to(MAX_BODY)
    }

    /// The body as a form that may be longer.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn form_up_to<T: DeserializeOwned>(&self, limit: usize) -> Result<T, BadBody> {
        let bytes = self.bytes_up_to(limit)?;
        if !self.is_json {
            return Err(BadBody::NotJson);
        }
        let read = serde_json::from_slice::<NoRepeats>(&bytes).and_then(|NoRepeats| serde_json::from_slice(&bytes));
        read.map(|Object(form)| form)
            .map_err(|error| if error.is_data() { BadBody::Shape(shape_fault(&error)) } else { BadBody::Broken })
    }

    /// Some requests have nothing to say: no body, or an empty object.
    ///
    /// # Errors
    /// What is said all the same.
    pub fn expect_no_content(&self) -> Result<(), BadBody> {
        if self.bytes_up_to(MAX_BODY)?.iter().all(u8::is_ascii_whitespace) {
            return Ok(());
        }
        self.form::<Nothing>().map(|Nothing {}| ())
    }

    /// The body as it was sent.
    ///
    /// # Errors
    /// Where it is longer than `limit` bytes, or broken.
    pub fn bytes_up_to(&self, limit: usize) -> Result<Vec<u8>, BadBody> {
        let body = self.body.as_deref().unwrap_or_default();
        let bytes =
            if self.is_base64 { BASE64.decode(body).map_err(|_| BadBody::Broken)? } else { body.as_bytes().to_vec() };
        if bytes.len() > limit { Err(BadBody::TooLarge) } else { Ok(bytes) }
    }
}

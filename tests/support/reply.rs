//! An HTTP answer, and what tests ask of it.

use bytes::Bytes;
use http::{HeaderMap, Response};
use serde_json::Value;

/// An answer of the gateway.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Reply {
    /// Takes an answer apart.
    pub fn of(response: Response<Bytes>) -> Self {
        let (parts, body) = response.into_parts();
        Self { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body of an answer with this status.
    #[track_caller]
    pub fn expect(&self, status: u16) -> Value {
        assert_eq!(self.status, status, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|e| panic!("no JSON ({e}): {}", self.text()))
    }

    /// The problem document of a refusal with this status and code.
    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) -> Value {
        let problem = self.expect(status);
        assert_eq!(problem["code"], code, "{problem}");
        assert_eq!(problem["status"], status, "{problem}");
        assert_eq!(self.header("content-type").split(';').next(), Some("application/problem+json"));
        let detail = problem["detail"].as_str().unwrap_or_default();
        assert!(!detail.is_empty(), "a refusal without a sentence: {problem}");
        problem
    }

    /// Fields and codes of a refusal's wrong fields, in the order given.
    #[track_caller]
    pub fn faults(&self, status: u16, code: &str) -> Vec<(String, String)> {
        let problem = self.refused(status, code);
        let errors = problem["errors"].as_array().expect("errors are a list");
        let word = |value: &Value| value.as_str().expect("a text").to_owned();
        assert!(errors.iter().all(|error| !word(&error["message"]).is_empty()), "{problem}");
        errors.iter().map(|error| (word(&error["field"]), word(&error["code"]))).collect()
    }

    /// A header, or nothing.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// Names of an object's members, in their order.
#[track_caller]
pub fn members(value: &Value) -> Vec<&str> {
    value.as_object().unwrap_or_else(|| panic!("no object: {value}")).keys().map(String::as_str).collect()
}

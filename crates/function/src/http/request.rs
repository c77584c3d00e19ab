//! The parts of API Gateway's event that commands use.

use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use contest::time::Timestamp;
use std::collections::HashMap;

/// `1-67891233-abcdef012345678912345678`: the header comes from outside and may be longer.
const LONGEST_TRACE: usize = 35;

/// Characters of a reason that are kept.
const LONGEST_REASON: usize = 500;

/// A request, as the gateway passes it on.
pub struct Request {
    /// For logs and for people who report a fault.
    pub id: String,
    /// The gateway's receipt time.
    pub received_at: Timestamp,
    /// Route key as the gateway matched it.
    pub(super) route: String,
    /// Trace of the gateway, without what was sampled.
    pub(super) trace: Option<String>,
    /// Whether the answer may be packed.
    pub(super) accepts_gzip: bool,
    pub(super) is_json: bool,
    pub(super) body: Option<String>,
    pub(super) is_base64: bool,
    path: HashMap<String, String>,
    /// What `If-Match`, `If-None-Match` and `Content-Digest` say.
    conditions: [Option<String>; 3],
    reason: Option<String>,
    authorization: Option<String>,
}

contest::masked!(Request);

impl Request {
    /// Takes an event apart.
    pub(super) fn of(event: ApiGatewayV2httpRequest) -> Self {
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
            conditions: ["if-match", "if-none-match", "content-digest"].map(|name| header(name).map(str::to_owned)),
            reason: header("reason").map(str::to_owned),
            authorization,
            is_json: header("content-type").is_some_and(is_json),
            body: event.body,
            is_base64: event.is_base64_encoded,
        }
    }

    /// The bearer token, if the header has that form.
    pub fn bearer(&self) -> Option<&str> {
        let (scheme, token) = self.authorization.as_deref()?.split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
    }

    /// The version that the request replaces, as `If-Match` names it.
    pub fn if_match(&self) -> Option<&str> {
        self.conditions[0].as_deref()
    }

    /// Whether nothing may stand there yet: `If-None-Match: *`.
    pub fn only_if_absent(&self) -> bool {
        self.conditions[1].as_deref().is_some_and(|value| value.trim() == "*")
    }

    /// The SHA-256 of the body that `Content-Digest` states (RFC 9530), in base64.
    pub fn stated_sha256(&self) -> Option<&str> {
        let parts = self.conditions[2].as_deref()?.split(',');
        parts.filter_map(|part| part.trim().strip_prefix("sha-256=:")).find_map(|rest| rest.strip_suffix(':'))
    }

    /// Why, in the words of whoever sends a body that has no place for it: `Reason`, in UTF-8 with percent signs.
    pub fn reason(&self) -> Option<String> {
        let text = contest::text::clean(&decoded(self.reason.as_deref()?)?);
        Some(text.chars().take(LONGEST_REASON).collect()).filter(|text: &String| !text.is_empty())
    }

    /// A part of the path, by its name in the route's pattern; empty where there is none.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map(String::as_str).unwrap_or_default()
    }
}

/// Text of UTF-8 with percent signs; `None` where it is none.
fn decoded(text: &str) -> Option<String> {
    let (mut bytes, mut rest) = (Vec::new(), text.bytes());
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'%' => {
                let digits = [rest.next()?, rest.next()?];
                u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?
            }
            plain => plain,
        });
    }
    String::from_utf8(bytes).ok()
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_has_its_letters_back() {
        assert_eq!(decoded("M%E1%BA%A5t%20%C4%91i%E1%BB%87n").as_deref(), Some("Mất điện"));
        for broken in ["%", "%4", "%zz", "%ff"] {
            assert_eq!(decoded(broken), None, "{broken}");
        }
    }

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

//! The parts of API Gateway's event that commands use.

use aws_lambda_events::apigw::ApiGatewayV2httpRequest;
use contest::time::Timestamp;
use std::collections::HashMap;

/// `1-67891233-abcdef012345678912345678`: the header comes from outside and may be longer.
const LONGEST_TRACE: usize = 35;

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

    /// A part of the path, by its name in the route's pattern; empty where there is none.
    pub fn part(&self, name: &str) -> &str {
        self.path.get(name).map(String::as_str).unwrap_or_default()
    }
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
    fn only_the_media_type_of_json_is_json() {
        for json in ["application/json", "application/json; charset=utf-8", "Application/JSON ;charset=UTF-8"] {
            assert!(is_json(json), "{json}");
        }
        for other in ["", "text/plain", "application/json-seq", "text/plain; application/json", "application/jsonp"] {
            assert!(!is_json(other), "{other}");
        }
    }
}

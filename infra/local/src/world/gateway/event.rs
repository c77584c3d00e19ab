//! HTTP to API Gateway's event (payload format 2.0) and the function's answer back to HTTP.

use super::routes::Found;
use crate::engines::{ACCOUNT, REGION};
use anyhow::Context;
use aws_lambda_events::encodings::Body;
use aws_lambda_events::event::apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, Response, StatusCode, header};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use contest::time::Timestamp;
use serde_json::{Map, Value, json};
use std::net::IpAddr;

/// Where and when a request came in.
#[derive(Clone, Debug)]
pub(crate) struct Receipt {
    /// Receipt time, by the local clock.
    pub at: Timestamp,
    pub from: IpAddr,
    pub request_id: String,
}

/// The event that the deployed gateway would make of a request: real JSON, read back by the type that
/// the function uses.
pub(crate) fn of_request(
    request: &Request<Bytes>,
    route: &Found,
    receipt: &Receipt,
) -> anyhow::Result<ApiGatewayV2httpRequest> {
    let headers = joined_headers(request.headers());
    let (body, is_base64) = match std::str::from_utf8(request.body()) {
        Ok("") => (Value::Null, false),
        Ok(text) => (json!(text), false),
        Err(_) => (json!(STANDARD.encode(request.body())), true),
    };
    let path = request.uri().path();
    let json = json!({
        "version": "2.0",
        "routeKey": route.key,
        "rawPath": path,
        "rawQueryString": request.uri().query().unwrap_or(""),
        "requestContext": {
            "accountId": ACCOUNT,
            "apiId": "local",
            "domainName": format!("local.execute-api.{REGION}.amazonaws.com"),
            "domainPrefix": "local",
            "http": {
                "method": request.method().as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": receipt.from.to_string(),
                "userAgent": headers.get("user-agent").cloned().unwrap_or_else(|| json!("")),
            },
            "requestId": receipt.request_id,
            "routeKey": route.key,
            "stage": "$default",
            "time": receipt.at.utc().format("%d/%b/%Y:%H:%M:%S +0000").to_string(),
            "timeEpoch": receipt.at.millis(),
        },
        "headers": headers,
        "pathParameters": route.parameters,
        "body": body,
        "isBase64Encoded": is_base64,
    });
    serde_json::from_value(json).context("the gateway event type does not read a gateway event")
}

/// Names in lower case, values of the same name joined by commas, as the gateway does.
fn joined_headers(headers: &HeaderMap) -> Map<String, Value> {
    let mut joined = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()));
        joined.insert(name.as_str().to_owned(), json!(values.collect::<Vec<_>>().join(",")));
    }
    joined
}

/// The HTTP answer of a function's answer.
pub(crate) fn to_response(answer: ApiGatewayV2httpResponse) -> anyhow::Result<Response<Bytes>> {
    let body = match answer.body {
        None | Some(Body::Empty) => Bytes::new(),
        Some(Body::Text(text)) if answer.is_base64_encoded => {
            STANDARD.decode(text).context("a body that is not base64")?.into()
        }
        Some(Body::Text(text)) => text.into(),
        Some(Body::Binary(bytes)) => bytes.into(),
        Some(other) => anyhow::bail!("a body of unknown kind: {other:?}"),
    };
    let mut response = Response::new(body);
    *response.status_mut() = u16::try_from(answer.status_code)
        .ok()
        .and_then(|code| StatusCode::from_u16(code).ok())
        .with_context(|| format!("{} is no status", answer.status_code))?;
    let headers = response.headers_mut();
    let named: Vec<(&HeaderName, &HeaderValue)> =
        answer.headers.iter().chain(answer.multi_value_headers.iter()).collect();
    for (name, value) in named {
        headers.append(name.clone(), value.clone());
    }
    for cookie in &answer.cookies {
        headers.append(header::SET_COOKIE, HeaderValue::from_str(cookie)?);
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::gateway::routes::{Answers, Routes};
    use axum::http::Method;

    #[test]
    fn the_event_carries_what_the_deployed_gateway_would_send() {
        let request = Request::builder()
            .method(Method::PUT)
            .uri("/v1/contests/c/rounds/r/attempts/1?x=1&y")
            .header("Authorization", "Bearer s")
            .header("X-Twice", "1")
            .header("X-Twice", "2")
            .body(Bytes::from_static("{\"answers\":\"đ\"}".as_bytes()))
            .expect("a request");
        let routes = Routes::new([("PUT /v1/contests/{c}/rounds/{r}/attempts/{n}".to_owned(), Answers::Contestants)]);
        let route = routes.find(request.method(), request.uri().path()).expect("a route");
        let receipt = Receipt {
            at: Timestamp::from_millis(1_639_906_200_123),
            from: [127, 0, 0, 1].into(),
            request_id: "id-1".to_owned(),
        };
        let event = of_request(&request, &route, &receipt).expect("an event");
        assert_eq!(event.route_key.as_deref(), Some("PUT /v1/contests/{c}/rounds/{r}/attempts/{n}"));
        assert_eq!(event.raw_path.as_deref(), Some("/v1/contests/c/rounds/r/attempts/1"));
        assert_eq!(event.raw_query_string.as_deref(), Some("x=1&y"));
        assert_eq!(event.path_parameters.get("n").map(String::as_str), Some("1"));
        assert_eq!(event.headers["authorization"], "Bearer s");
        assert_eq!(event.headers["x-twice"], "1,2");
        assert_eq!(event.body.as_deref(), Some("{\"answers\":\"đ\"}"));
        let context = &event.request_context;
        assert_eq!((context.time_epoch, context.http.method.as_str()), (1_639_906_200_123, "PUT"));
        assert_eq!(context.http.source_ip.as_deref(), Some("127.0.0.1"));
        assert_eq!(context.time.as_deref(), Some("19/Dec/2021:09:30:00 +0000"));
        assert_eq!((context.stage.as_deref(), context.request_id.as_deref()), (Some("$default"), Some("id-1")));
    }

    #[test]
    fn a_body_that_is_not_text_travels_as_base64() {
        let request = Request::builder()
            .method("POST")
            .uri("/v1/time")
            .body(Bytes::from_static(&[0xff, 0x00]))
            .expect("a request");
        let route =
            Found { key: "POST /v1/time".to_owned(), parameters: Default::default(), answers: Answers::Contestants };
        let receipt = Receipt { at: Timestamp::from_millis(0), from: [127, 0, 0, 1].into(), request_id: String::new() };
        let event = of_request(&request, &route, &receipt).expect("an event");
        assert!(event.is_base64_encoded);
        assert_eq!(event.body.as_deref(), Some("/wA="));
    }
}

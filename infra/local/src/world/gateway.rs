//! What stands between the network and the function: API Gateway for `/v1/`, the CDN for everything
//! else, and the clock that only the local world has.

mod event;
mod routes;

use super::clock::{Backwards, Clock};
use super::functions::Functions;
use super::in_flight::InFlight;
use super::scheduler_run::{NotMoved, SchedulerRun};
use super::site;
use super::sweep;
use anyhow::Context;
use axum::body::Body;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderValue, Method, Request, Response, StatusCode, header};
use base64::Engine;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use contest::time::Timestamp;
use documents::api::Refusal;
use event::Receipt;
use http_body_util::LengthLimitError;
use routes::{Found, Routes};
use serde::Deserialize;
use serde_json::{Value, json};
use std::error::Error as _;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// Largest request that an HTTP API takes. The function has a smaller limit of its own.
const MAX_BODY_BYTES: usize = 10 * 1024 * 1024;

/// How long an HTTP API waits for its function.
const INTEGRATION_LIMIT: Duration = Duration::from_secs(30);

/// How long a client may take to send its request; the gateway's own idle limit.
const REQUEST_LIMIT: Duration = Duration::from_secs(30);

const CLOCK_PATH: &str = "/_local/clock";
const DECIDE_PATH: &str = "/_local/decide";

/// The front door.
pub struct Gateway {
    functions: Functions,
    routes: Routes,
    clock: Arc<Clock>,
    in_flight: Arc<InFlight>,
    scheduler_run: Arc<SchedulerRun>,
    s3: aws_sdk_s3::Client,
    request_count: AtomicU64,
}

/// What the gateway works with.
pub(crate) struct Parts {
    pub(crate) functions: Functions,
    pub(crate) clock: Arc<Clock>,
    pub(crate) in_flight: Arc<InFlight>,
    pub(crate) scheduler_run: Arc<SchedulerRun>,
    pub(crate) s3: aws_sdk_s3::Client,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SetClock {
    now: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TryDecisions {
    contest: Option<String>,
    file: String,
    content: String,
}

impl TryDecisions {
    fn asked(self) -> Option<super::decide::Asked> {
        let content = BASE64.decode(self.content.as_bytes()).ok()?;
        Some(super::decide::Asked { contest: self.contest, file: self.file, content })
    }
}

impl Gateway {
    pub(crate) fn new(parts: Parts) -> Self {
        let Parts { functions, clock, in_flight, scheduler_run, s3 } = parts;
        let routes = Routes::new(api::routes().map(|(key, _)| key));
        Self { functions, routes, clock, in_flight, scheduler_run, s3, request_count: AtomicU64::new(0) }
    }

    /// Answers a request that is received now.
    pub async fn handle(&self, request: Request<Bytes>, from: IpAddr) -> Response<Bytes> {
        self.answer(request, from, None).await
    }

    /// Answers a request as if it had been received at an instant of a simulation.
    pub async fn handle_at(&self, request: Request<Bytes>, received_at: Timestamp) -> Response<Bytes> {
        self.answer(request, Ipv4Addr::LOCALHOST.into(), Some(received_at)).await
    }

    async fn answer(&self, request: Request<Bytes>, from: IpAddr, received_at: Option<Timestamp>) -> Response<Bytes> {
        // Boxed: each of the three is deep enough by itself for the compiler.
        let path = request.uri().path();
        let answered = if path == "/v1" || path.starts_with("/v1/") {
            Ok(Box::pin(self.call_api(request, from, received_at)).await)
        } else if path == CLOCK_PATH {
            Ok(Box::pin(self.answer_clock(request)).await)
        } else if path == DECIDE_PATH {
            Ok(Box::pin(self.try_decisions(request)).await)
        } else {
            Box::pin(site::answer(&self.s3, request.method(), path, request.headers())).await
        };
        let mut response = answered.unwrap_or_else(|error| {
            tracing::error!("gateway: {error:#}");
            refusal(&Refusal::Busy { wait_seconds: 1 })
        });
        site::secure(response.headers_mut());
        response
    }

    async fn call_api(&self, request: Request<Bytes>, from: IpAddr, received_at: Option<Timestamp>) -> Response<Bytes> {
        let Some(route) = self.routes.find(request.method(), request.uri().path()) else {
            return refusal(&Refusal::NoSuchRoute);
        };
        let entered = self.in_flight.enter(&self.clock);
        let receipt = Receipt {
            at: received_at.unwrap_or_else(|| entered.received_at()),
            from,
            request_id: format!(
                "{:x}-{:x}",
                entered.received_at().millis(),
                self.request_count.fetch_add(1, Ordering::Relaxed)
            ),
        };
        match self.invoke(&request, &route, &receipt).await {
            Ok(response) => response,
            Err(error) => {
                tracing::error!(req = receipt.request_id, "function api failed: {error:#}");
                refusal(&Refusal::Fault { request_id: receipt.request_id })
            }
        }
    }

    async fn invoke(
        &self,
        request: &Request<Bytes>,
        route: &Found,
        receipt: &Receipt,
    ) -> anyhow::Result<Response<Bytes>> {
        let event = event::of_request(request, route, receipt)?;
        let functions = self.functions.clone();
        // A task of its own turns a panic into an error, as the Lambda runtime does.
        let call = crate::engines::task::spawn(boxed(functions.answer(event)));
        let answer = tokio::time::timeout(INTEGRATION_LIMIT, call)
            .await
            .context("no answer within 30 s")?
            .context("it panicked")?;
        event::to_response(answer)
    }

    async fn answer_clock(&self, request: Request<Bytes>) -> Response<Bytes> {
        match *request.method() {
            Method::GET => json_reply(StatusCode::OK, &json!({ "now": self.clock.now().rfc3339() })),
            Method::POST => self.set_clock(request.body()).await,
            _ => refusal(&Refusal::NoSuchRoute),
        }
    }

    /// What a table of decisions would come to, for `hoithi decide`.
    async fn try_decisions(&self, request: Request<Bytes>) -> Response<Bytes> {
        if request.method() != Method::POST {
            return refusal(&Refusal::NoSuchRoute);
        }
        let Some(asked) = serde_json::from_slice::<TryDecisions>(request.body()).ok().and_then(TryDecisions::asked)
        else {
            let detail = "the body must be {\"contest\": an id or null, \"file\": a name, \"content\": base64}";
            return local_problem(StatusCode::BAD_REQUEST, "invalid_fields", detail, None);
        };
        match super::decide::try_decisions(&self.functions, &self.s3, &asked, self.clock.now()).await {
            Ok(tried) => json_reply(StatusCode::OK, &tried),
            Err(error) => local_problem(StatusCode::CONFLICT, "cannot_be_tried", &format!("{error:#}"), None),
        }
    }

    async fn set_clock(&self, body: &[u8]) -> Response<Bytes> {
        let wanted = serde_json::from_slice::<SetClock>(body).ok().and_then(|form| Timestamp::parse_rfc3339(&form.now));
        let Some(target) = wanted else {
            return local_problem(
                StatusCode::BAD_REQUEST,
                "invalid_fields",
                "the body must be {\"now\": an RFC 3339 instant}",
                None,
            );
        };
        let fired = match self.scheduler_run.advance_to(target).await {
            Ok(fired) => fired,
            Err(NotMoved::Backwards(Backwards { now })) => {
                let detail = Backwards { now }.to_string();
                return local_problem(StatusCode::CONFLICT, "clock_backwards", &detail, Some(now));
            }
            Err(error @ NotMoved::NotKept(_)) => {
                tracing::error!("{:#}", anyhow::Error::new(error));
                return refusal(&Refusal::Busy { wait_seconds: 1 });
            }
        };
        // What has no schedule becomes due as well: the end of a retention, or what failed before. A person
        // who holds the clock decides when to sweep.
        if self.clock.is_ticking()
            && let Err(error) = sweep(&self.functions, &self.scheduler_run, &self.in_flight, &self.clock).await
        {
            tracing::error!("the sweep failed: {error:#}");
        }
        json_reply(StatusCode::OK, &json!({ "now": self.clock.now().rfc3339(), "fired": fired }))
    }
}

/// The gateway on a port.
pub(crate) fn router(gateway: Arc<Gateway>) -> axum::Router {
    axum::Router::new().fallback(serve).with_state(gateway)
}

async fn serve(
    State(gateway): State<Arc<Gateway>>,
    ConnectInfo(client): ConnectInfo<SocketAddr>,
    request: Request<Body>,
) -> Response<Body> {
    let (parts, body) = request.into_parts();
    let read = tokio::time::timeout(REQUEST_LIMIT, axum::body::to_bytes(body, MAX_BODY_BYTES)).await;
    let body = match read {
        Ok(Ok(body)) => body,
        unread => {
            let is_large =
                matches!(&unread, Ok(Err(error)) if error.source().is_some_and(|e| e.is::<LengthLimitError>()));
            // A client that stopped in the middle of a body does not read a sentence.
            let mut refused = if is_large { refusal(&Refusal::BodyTooLarge) } else { Response::new(Bytes::new()) };
            if !is_large {
                *refused.status_mut() = StatusCode::REQUEST_TIMEOUT;
            }
            site::secure(refused.headers_mut());
            return refused.map(Body::from);
        }
    };
    // A client that hangs up does not stop a function.
    let answer =
        crate::engines::task::spawn(async move { gateway.handle(Request::from_parts(parts, body), client.ip()).await });
    let response = answer.await.unwrap_or_else(|panic| {
        tracing::error!("gateway panicked: {panic}");
        refusal(&Refusal::Busy { wait_seconds: 1 })
    });
    response.map(Body::from)
}

/// Forgets what a function's future is made of, which the compiler would spell out in every caller.
fn boxed<T>(work: impl Future<Output = T> + Send + 'static) -> Pin<Box<dyn Future<Output = T> + Send>> {
    Box::pin(work)
}

fn refusal(refusal: &Refusal) -> Response<Bytes> {
    let status = StatusCode::from_u16(refusal.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    // A problem document is text and numbers.
    let body = serde_json::to_vec(&refusal.problem()).unwrap_or_default();
    let mut response = reply(status, "application/problem+json; charset=utf-8", body);
    if let Some(seconds) = refusal.retry_after_seconds() {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    }
    response
}

/// Problems of what only this machine has are read by people who run it, not by contestants: they are English.
fn local_problem(status: StatusCode, code: &str, detail: &str, now: Option<Timestamp>) -> Response<Bytes> {
    let body = json!({
        "type": "about:blank",
        "title": status.canonical_reason(),
        "status": status.as_u16(),
        "code": code,
        "detail": detail,
        "now": now.map(Timestamp::rfc3339),
    });
    reply(status, "application/problem+json; charset=utf-8", body.to_string().into_bytes())
}

fn json_reply(status: StatusCode, body: &Value) -> Response<Bytes> {
    reply(status, "application/json; charset=utf-8", body.to_string().into_bytes())
}

fn reply(status: StatusCode, content_type: &'static str, body: Vec<u8>) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

#[cfg(test)]
mod tests;

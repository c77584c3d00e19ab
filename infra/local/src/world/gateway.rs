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
use documents::console::sessions::Opened;
use event::Receipt;
use http_body_util::LengthLimitError;
use organizer_api::{DemoPerson, Invite};
use routes::{Answers, Found, Routes};
use serde::{Deserialize, Serialize};
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
const INVITE_PATH: &str = "/_local/invite";
const DEMO_PATH: &str = "/_local/organizer-session";

/// The front door.
pub struct Gateway {
    functions: Functions,
    routes: Routes,
    clock: Arc<Clock>,
    in_flight: Arc<InFlight>,
    scheduler_run: Arc<SchedulerRun>,
    s3: aws_sdk_s3::Client,
    is_demo: bool,
    request_count: AtomicU64,
}

/// What the gateway works with.
pub(crate) struct Parts {
    pub(crate) functions: Functions,
    pub(crate) clock: Arc<Clock>,
    pub(crate) in_flight: Arc<InFlight>,
    pub(crate) scheduler_run: Arc<SchedulerRun>,
    pub(crate) s3: aws_sdk_s3::Client,
    pub(crate) is_demo: bool,
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LocalInvite {
    role: String,
    contest: Option<String>,
    #[serde(default)]
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct OpenDemo {
    person: DemoPerson,
}

impl LocalInvite {
    fn meant(self) -> Invite {
        Invite { name: self.name, role: self.role, scope: self.contest.unwrap_or_else(|| "*".to_owned()) }
    }
}

/// Whether a request names this machine, at whatever port: a page elsewhere whose name was made to lead here names itself.
fn is_this_machine(host: &str) -> bool {
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}

/// A session of the demo, as the API tells of any other.
#[derive(Serialize)]
struct Shown {
    #[serde(flatten)]
    opened: Opened,
    person: DemoPerson,
}

/// Whether a request comes from this machine, and not from a page of another site that has got a name for this machine.
fn is_from_here(request: &Request<Bytes>, from: IpAddr) -> bool {
    let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST && from.is_loopback() && is_this_machine(host)
}

impl TryDecisions {
    fn asked(self) -> Option<super::decide::Asked> {
        let content = BASE64.decode(self.content.as_bytes()).ok()?;
        Some(super::decide::Asked { contest: self.contest, file: self.file, content })
    }
}

impl Gateway {
    pub(crate) fn new(parts: Parts) -> Self {
        let Parts { functions, clock, in_flight, scheduler_run, s3, is_demo } = parts;
        let contestants = api::routes().map(|(key, _)| (key, Answers::Contestants));
        let routes = Routes::new(contestants.chain(organizer_api::routes().map(|(key, _)| (key, Answers::Organizers))));
        Self { functions, routes, clock, in_flight, scheduler_run, s3, is_demo, request_count: AtomicU64::new(0) }
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
        } else if path == INVITE_PATH {
            Ok(Box::pin(self.invite(request, from)).await)
        } else if path == DEMO_PATH && self.is_demo {
            Ok(Box::pin(self.open_demo(request, from)).await)
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
                tracing::error!(req = receipt.request_id, function = ?route.answers, "a function failed: {error:#}");
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
        let call = crate::engines::task::spawn(match route.answers {
            Answers::Contestants => boxed(functions.answer(event)),
            Answers::Organizers => boxed(functions.answer_organizer(event)),
        });
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

    /// Opens a session of somebody of the demo, for whoever sits at this machine. No other site's page reads the answer.
    async fn open_demo(&self, request: Request<Bytes>, from: IpAddr) -> Response<Bytes> {
        if !is_from_here(&request, from) {
            return refusal(&Refusal::NoSuchRoute);
        }
        let asked = if request.body().is_empty() { b"{}" } else { &**request.body() };
        let Ok(OpenDemo { person }) = serde_json::from_slice(asked) else {
            let detail = "the body must be {\"person\": \"lead\", \"second\" or \"author\"}";
            return local_problem(StatusCode::BAD_REQUEST, "invalid_fields", detail, None);
        };
        match self.functions.open_demo(person, self.clock.now()).await {
            Ok(opened) => json_reply(StatusCode::OK, &json!(Shown { opened, person })),
            Err(error) => {
                tracing::error!("the demo: {error:#}");
                refusal(&Refusal::Busy { wait_seconds: 1 })
            }
        }
    }

    /// Invites an organizer: for whoever sits at this machine.
    async fn invite(&self, request: Request<Bytes>, from: IpAddr) -> Response<Bytes> {
        // A page of another site may not send JSON without leave.
        let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !is_from_here(&request, from) || !kind.is_some_and(|kind| kind.starts_with("application/json")) {
            return refusal(&Refusal::NoSuchRoute);
        }
        let Ok(invite) = serde_json::from_slice::<LocalInvite>(request.body()) else {
            let detail = "the body must be {\"role\": a role, \"contest\": an id or absent}";
            return local_problem(StatusCode::BAD_REQUEST, "invalid_fields", detail, None);
        };
        match self.functions.invite(&invite.meant(), self.clock.now()).await {
            Ok(invited) => {
                json_reply(StatusCode::OK, &json!({ "code": invited.code, "expires_at": invited.expires_at }))
            }
            Err(error) => local_problem(StatusCode::BAD_REQUEST, "invalid_fields", &format!("{error:#}"), None),
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

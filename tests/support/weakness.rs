//! Programs that break a promise, made by what passes between functions and engines: a simulation that does not
//! notice them notices nothing (`RELIABILITY.md` G2).

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt, Collected};
use serde_json::Value;
use std::collections::HashSet;
use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How a program is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weakness {
    /// The API looks at the gate before it writes the sheet, and not afterwards.
    CheckThenWrite,
    /// The API looks at each gate once, and remembers it.
    CachedGate,
    /// A closer that begins anew reads the rows again and keeps them in place of what was kept.
    RescanOnRetry,
    /// A publisher moves the pointer whatever stands there.
    BlindPointer,
}

/// Marks what is read as if nothing had been kept; no engine knows it.
const RESCANNED: &str = "x-rescanned";

/// One wrong program, with what is known of its calls.
#[derive(Debug)]
pub(crate) struct Weak {
    weakness: Weakness,
    /// Reaches the engines by itself.
    s3: aws_sdk_s3::Client,
    seen: Mutex<Seen>,
}

#[derive(Debug, Default)]
struct Seen {
    /// Gates that are shut.
    shut: HashSet<String>,
    /// A gate that its closer reads back next.
    read_back: Option<String>,
    /// The gates that were shut when the sheet under way was sent.
    shut_before: HashSet<String>,
    is_frozen: bool,
}

impl Weak {
    pub(crate) fn new(weakness: Weakness, s3: aws_sdk_s3::Client) -> Self {
        Self { weakness, s3, seen: Mutex::default() }
    }

    /// The call is about to be sent: what a wrong program decides too early, it decides now.
    pub(crate) fn sends(&self, request: &mut HttpRequest) {
        if is_sheet(request) {
            let mut seen = self.seen();
            seen.shut_before = seen.shut.clone();
        }
        let is_kept = request.method() == "GET" && request.uri().contains("/vault/runs/");
        if self.weakness == Weakness::RescanOnRetry && is_kept && !self.seen().is_frozen {
            request.headers_mut().insert(RESCANNED, "yes");
        }
    }

    /// The reply that the wrong program gets or makes for itself, where it is not the right one's. Sent on is what
    /// is answered with `None`.
    pub(crate) async fn answers(&self, request: &HttpRequest) -> Option<HttpResponse> {
        let path = request.uri().split('?').next().unwrap_or_default();
        let (method, body) = (request.method(), request.body().bytes().unwrap_or_default().to_vec());
        let object = |bucket: &str| path.split_once(&format!("/{bucket}/")).map(|(_, key)| key.to_owned());
        match self.weakness {
            Weakness::BlindPointer if method == "PUT" && path.ends_with("/index.json") => {
                let key = object("site").filter(|key| key.contains("/rounds/"))?;
                self.put("site", key, body).await
            }
            Weakness::RescanOnRetry => {
                let key = object("vault").filter(|key| key.starts_with("runs/"))?;
                match method {
                    "PUT" => self.put("vault", key, body).await,
                    "GET" if request.headers().get(RESCANNED).is_some() => {
                        Some(reply(404, "<Error><Code>NoSuchKey</Code><Message>none</Message></Error>"))
                    }
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The reply as the wrong program understands it.
    pub(crate) async fn hears(&self, request: Call, response: HttpResponse) -> Result<HttpResponse, ConnectorError> {
        let Call { target, body } = request;
        let gate = body["Key"]["pk"]["S"].as_str().filter(|key| key.starts_with("G#")).map(str::to_owned);
        let is_done = response.status().is_success();
        match (target.as_str(), gate) {
            ("UpdateItem", Some(gate)) if is_done && body["ExpressionAttributeValues"][":shut"].is_object() => {
                let mut seen = self.seen();
                seen.shut.insert(gate.clone());
                seen.read_back = Some(gate);
            }
            ("UpdateItem", None) if is_done && body["ExpressionAttributeNames"]["#kept"] == "frozen" => {
                self.seen().is_frozen = true;
            }
            ("GetItem", Some(gate)) if self.seen().read_back.take() != Some(gate.clone()) => {
                let opens = match self.weakness {
                    Weakness::CachedGate => true,
                    Weakness::CheckThenWrite => !self.seen().shut_before.contains(&gate),
                    Weakness::RescanOnRetry | Weakness::BlindPointer => false,
                };
                if opens {
                    return open(response).await;
                }
            }
            _ => {}
        }
        Ok(response)
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn put(&self, bucket: &str, key: String, bytes: Vec<u8>) -> Option<HttpResponse> {
        let put = self.s3.put_object().bucket(bucket).key(key).body(bytes.into()).send().await;
        put.ok().map(|_| reply(200, ""))
    }
}

/// What a call asks of a table.
pub(crate) struct Call {
    target: String,
    body: Value,
}

impl Call {
    pub(crate) fn of(request: &HttpRequest) -> Self {
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let body = serde_json::from_slice(request.body().bytes().unwrap_or_default()).unwrap_or_default();
        Self { target: target.rsplit('.').next().unwrap_or_default().to_owned(), body }
    }
}

fn is_sheet(request: &HttpRequest) -> bool {
    let Call { target, body } = Call::of(request);
    target == "UpdateItem" && body["ExpressionAttributeValues"][":answers"].is_object()
}

/// The reply of a shut gate as that of an open one.
async fn open(mut response: HttpResponse) -> Result<HttpResponse, ConnectorError> {
    let body = response.take_body().collect().await.map(Collected::to_bytes);
    let body = body.map_err(|error| ConnectorError::io(io::Error::other(error).into()))?;
    let text = String::from_utf8_lossy(&body).replace(r#"{"BOOL":false}"#, r#"{"BOOL":true}"#);
    for header in ["content-length", "x-amz-crc32"] {
        response.headers_mut().remove(header);
    }
    *response.body_mut() = SdkBody::from(text);
    Ok(response)
}

fn reply(status: u16, body: &'static str) -> HttpResponse {
    let mut response = HttpResponse::new(StatusCode::try_from(status).expect("a status"), SdkBody::from(body));
    response.headers_mut().insert("etag", "\"weak\"");
    response
}

//! The door of a contest: requests as they are, and what anybody may ask without an account.

use crate::contestant::{Contestant, Form};
use crate::reply::Reply;
use bytes::Bytes;
use contest::time::Timestamp;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use local::world::World;
use local::world::clock::Clock;
use local::world::gateway::Gateway;
use serde_json::{Value, json};
use std::sync::Arc;
use tokio::task::JoinSet;

/// Where requests about a contest are sent.
#[derive(Clone)]
pub struct Door {
    /// The contest.
    pub contest: String,
    /// Bearer token of the one who asks.
    pub session: Option<String>,
    /// Hash of the consent that the contest asks for.
    pub(crate) consent_sha256: String,
    /// When requests are received; now, where nothing is said.
    received_at: Option<Timestamp>,
    gateway: Arc<Gateway>,
    clock: Arc<Clock>,
    http_url: String,
}

/// An instant as such, or in RFC 3339.
pub trait Instant {
    /// The instant.
    fn instant(self) -> Timestamp;
}

impl Instant for Timestamp {
    fn instant(self) -> Timestamp {
        self
    }
}

impl Instant for &str {
    #[track_caller]
    fn instant(self) -> Timestamp {
        instant(self)
    }
}

/// An instant from RFC 3339.
#[track_caller]
pub fn instant(text: &str) -> Timestamp {
    Timestamp::parse_rfc3339(text).unwrap_or_else(|| panic!("{text:?} is no instant"))
}

/// Runs requests at once; returns what they came to, in the order in which they ended.
pub async fn at_once<T: Send + 'static>(
    requests: impl IntoIterator<Item = impl Future<Output = T> + Send + 'static>,
) -> Vec<T> {
    requests.into_iter().collect::<JoinSet<T>>().join_all().await
}

impl Door {
    pub(crate) fn of(world: &World) -> Self {
        Self {
            contest: String::new(),
            session: None,
            consent_sha256: String::new(),
            received_at: None,
            gateway: world.front_door(),
            clock: Arc::clone(&world.clock),
            http_url: world.http_url.clone(),
        }
    }

    /// The same for what is received at an instant.
    #[track_caller]
    pub fn at(&self, received_at: impl Instant) -> Self {
        Self { received_at: Some(received_at.instant()), ..self.clone() }
    }

    /// The same for somebody who is signed in, or for nobody.
    pub fn with_session(&self, session: Option<&str>) -> Self {
        Self { session: session.map(str::to_owned), ..self.clone() }
    }

    /// A path below the contest; one that begins with a slash is whole.
    fn path(&self, path: &str) -> String {
        if path.starts_with('/') { path.to_owned() } else { format!("/v1/contests/{}/{path}", self.contest) }
    }

    /// Sends a request.
    pub async fn call(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        self.send(method, path, body.map(Value::to_string).unwrap_or_default()).await
    }

    /// Sends bytes.
    pub async fn send(&self, method: Method, path: &str, body: impl Into<Bytes>) -> Reply {
        self.send_with(&[("content-type", "application/json")], method, path, body).await
    }

    /// Sends bytes with these headers and no others but for the session.
    pub async fn send_with(
        &self,
        headers: &[(&str, &str)],
        method: Method,
        path: &str,
        body: impl Into<Bytes>,
    ) -> Reply {
        let mut request = Request::builder().method(method).uri(self.path(path));
        if let Some(session) = &self.session {
            request = request.header("authorization", format!("Bearer {session}"));
        }
        request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let request = request.body(body.into()).expect("a request");
        let received_at = self.received_at.unwrap_or_else(|| self.clock.now());
        Reply::of(self.gateway.handle_at(request, received_at).await)
    }

    /// Sends a request through the port, as a browser does.
    pub async fn over_the_wire(&self, method: Method, path: &str, body: Option<&Value>) -> Reply {
        let request = Request::builder().method(method).uri(format!("{}{path}", self.http_url));
        let body = Full::new(Bytes::from(body.map(Value::to_string).unwrap_or_default()));
        let request = request.header("content-type", "application/json").body(body).expect("a request");
        let client = Client::builder(TokioExecutor::new()).build_http();
        let (parts, body) = client.request(request).await.expect("the gateway answers").into_parts();
        Reply::of(Response::from_parts(parts, body.collect().await.expect("a whole answer").to_bytes()))
    }

    /// The consent that the contest asks for.
    pub fn consent(&self) -> Value {
        json!({ "accepted": true, "text_sha256": self.consent_sha256 })
    }

    /// Sends a registration as it is, with the consent where the form has none.
    pub async fn try_register(&self, form: &Form) -> Reply {
        let mut form = form.clone();
        form.entry("consent").or_insert_with(|| self.consent());
        self.call(Method::POST, "contestants", Some(&Value::Object(form))).await
    }

    /// Registers somebody who must be accepted.
    pub async fn register(&self, form: &Form) -> Contestant {
        let reply = self.try_register(form).await.expect(201);
        let code = reply["contestant"].as_str().expect("a code").to_owned();
        Contestant { code, door: self.with_session(reply["session"].as_str()) }
    }

    /// Registers everybody; they must be accepted.
    pub async fn register_all(&self, forms: impl IntoIterator<Item = Form>) -> Vec<Contestant> {
        let mut people = Vec::new();
        for form in forms {
            people.push(self.register(&form).await);
        }
        people
    }

    /// Tries to set another secret by the code of a slip.
    pub async fn use_slip(&self, identifier: &str, code: &str, secret: &str) -> Reply {
        let body = json!({ "identifier": identifier, "code": code, "secret": secret });
        self.call(Method::POST, "secrets", Some(&body)).await
    }

    /// Tries to sign in.
    pub async fn sign_in(&self, identifier: &str, secret: &str) -> Reply {
        self.call(Method::POST, "sessions", Some(&json!({ "identifier": identifier, "secret": secret }))).await
    }
}

//! A server of its own process, spoken to as phones speak to it.

use bytes::Bytes;
use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::TokioExecutor;
use serde_json::{Value, json};
use std::sync::Arc;
use tests::{CONTEST, Folder, person};
use tokio::task::JoinSet;

/// The server.
#[derive(Clone)]
pub(crate) struct Server {
    base: Arc<str>,
    http: Client<HttpConnector, Full<Bytes>>,
}

impl Server {
    /// The server that listens here.
    pub(crate) fn at(base: &str) -> Self {
        let http = Client::builder(TokioExecutor::new()).pool_max_idle_per_host(64).build_http();
        Self { base: base.into(), http }
    }

    /// Sends a request; status 0 where the connection breaks, which is an answer too.
    pub(crate) async fn call(
        &self,
        method: Method,
        path: &str,
        session: Option<&str>,
        body: Option<&Value>,
    ) -> (u16, Value) {
        let mut request = Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("content-type", "application/json");
        if let Some(session) = session {
            request = request.header("authorization", format!("Bearer {session}"));
        }
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = request.body(Full::new(Bytes::from(body))).expect("a request");
        let Ok(response) = self.http.request(request).await else { return (0, Value::Null) };
        let status = response.status().as_u16();
        let Ok(body) = response.into_body().collect().await else { return (0, Value::Null) };
        (status, serde_json::from_slice(&body.to_bytes()).unwrap_or_default())
    }

    /// Moves the clock; whatever fires must end well.
    pub(crate) async fn clock(&self, now: &str) {
        let (status, fired) = self.call(Method::POST, "/_local/clock", None, Some(&json!({ "now": now }))).await;
        let fired_well = fired["fired"].as_array().is_some_and(|fired| fired.iter().all(|f| f["outcome"] == "ok"));
        assert!(status == 200 && fired_well, "{status} {fired}");
    }

    /// A published file of the contest, as JSON.
    pub(crate) async fn published(&self, path: &str) -> Value {
        self.call(Method::GET, &format!("/contests/{CONTEST}/{path}"), None, None).await.1
    }

    /// Registers so many people, and returns their sessions.
    pub(crate) async fn register(&self, people: u32) -> Vec<String> {
        let consent = self.published("contest.json").await["consent"]["text_sha256"].clone();
        let mut tasks = JoinSet::new();
        for number in 1..=people {
            let (server, consent) = (self.clone(), consent.clone());
            tasks.spawn(async move {
                let mut form = person(number, "Nguyễn Văn An", "bac");
                form.insert("consent".to_owned(), json!({ "accepted": true, "text_sha256": consent }));
                let path = format!("/v1/contests/{CONTEST}/contestants");
                let (status, session) = server.call(Method::POST, &path, None, Some(&Value::Object(form))).await;
                assert_eq!(status, 201, "{session}");
                session["session"].as_str().expect("a session").to_owned()
            });
        }
        tasks.join_all().await
    }
}

/// Uploads a contest folder into the bucket of the organizers.
pub(crate) async fn upload(s3: &aws_sdk_s3::Client, folder: Folder) {
    for (name, bytes) in folder.files {
        let put = s3.put_object().bucket("uploads").key(format!("{CONTEST}/{name}")).body(bytes.into());
        put.send().await.expect("it is uploaded");
    }
}

//! What `sam build` built and `sam deploy` deployed, asked from outside by an ordinary AWS client. Only
//! `cargo xtask deployed` runs these tests: it builds, starts the emulator, deploys, and says where all of
//! it is.

mod bootstraps;
mod console;
mod measured;
mod page;
mod program;
mod story;

use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use bytes::Bytes;
use contest::time::Timestamp;
use function::Variables;
use http::{Method, Request, Response};
use http_body_util::{BodyExt, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use serde_json::{Map, Value};
use std::time::{Duration, SystemTime, UNIX_EPOCH};
use tests::reply::Reply;
use tests::storage;
use tokio::net::TcpStream;

/// What the test command tells of a deployed stack.
struct Stack {
    /// `host:port` of every service of the emulator.
    address: String,
    outputs: Map<String, Value>,
    /// Physical ids by the template's names.
    resources: Map<String, Value>,
    s3: aws_sdk_s3::Client,
}

impl Stack {
    fn of_this_run() -> Self {
        let variables = Variables::from_env();
        let told = |name| variables.text(name).unwrap_or_else(|e| panic!("{e}; run `cargo xtask deployed`"));
        let endpoint = told("AWS_ENDPOINT_URL");
        let object = |name| match serde_json::from_str(&told(name)) {
            Ok(Value::Object(members)) => members,
            other => panic!("{name} holds {other:?}"),
        };
        let s3 = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::v2026_01_12())
            .region(Region::new(told("AWS_DEFAULT_REGION")))
            .credentials_provider(Credentials::new("test", "test", None, None, "test"))
            .endpoint_url(&endpoint)
            .http_client(store::https_client());
        Self {
            address: endpoint.trim_start_matches("http://").to_owned(),
            outputs: object("STACK_OUTPUTS"),
            resources: object("STACK_RESOURCES"),
            s3: aws_sdk_s3::Client::from_conf(s3.build()),
        }
    }

    fn output(&self, name: &str) -> &str {
        self.outputs[name].as_str().expect("outputs are texts")
    }

    /// The bytes of an object in the bucket that an output names.
    async fn object(&self, bucket: &str, key: &str) -> Option<Vec<u8>> {
        storage::object_bytes(&self.s3, self.output(bucket), key).await
    }

    /// Waits for an object, which must come within a limit.
    async fn wait_for(&self, bucket: &str, key: &str, limit: Duration) -> Value {
        let bytes = eventually(limit, key, || self.object(bucket, key)).await;
        serde_json::from_slice(&bytes).expect("it is JSON")
    }

    /// Calls the deployed API. Its name resolves nowhere: the emulator tells APIs apart by the header.
    async fn call(&self, method: Method, path: &str, session: Option<&str>, body: Option<&Value>) -> Reply {
        let body = body.map(Value::to_string).unwrap_or_default();
        self.call_with(&[("content-type", "application/json")], (method, path), session, body.into()).await
    }

    /// The same with other headers, and bytes as they are.
    async fn call_with(
        &self,
        headers: &[(&str, &str)],
        (method, path): (Method, &str),
        session: Option<&str>,
        body: Bytes,
    ) -> Reply {
        let host = self.output("ApiUrl").trim_start_matches("http://").split(':').next().expect("a host");
        let mut request = Request::builder().method(method).uri(path).header("host", host);
        if let Some(session) = session {
            request = request.header("authorization", format!("Bearer {session}"));
        }
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        self.send(request.body(Full::new(body))).await
    }

    /// Lets a function do whatever is due, as `docs/RUNBOOK.md` says. The emulator tells services apart by what a request
    /// is signed for, and reads no signature.
    async fn sweep(&self, function: &str) {
        self.invoke(function, r#"{"sweep":true}"#).await;
    }

    /// Calls a function directly, as whoever runs the platform may.
    async fn invoke(&self, function: &str, event: &str) -> Reply {
        let name = self.resources[function].as_str().expect("a name");
        let path = format!("/2015-03-31/functions/{name}/invocations");
        let scope = "AWS4-HMAC-SHA256 Credential=test/20260101/ap-southeast-1/lambda/aws4_request";
        let request = Request::builder().method(Method::POST).uri(path).header("host", &self.address);
        let request = request.header("authorization", scope).body(Full::new(Bytes::from(event.to_owned())));
        let reply = self.send(request).await;
        assert_eq!(reply.status, 200, "{function}: {}", reply.text());
        assert!(!reply.text().contains("errorMessage"), "{function}: {}", reply.text());
        reply
    }

    async fn send(&self, request: http::Result<Request<Full<Bytes>>>) -> Reply {
        let stream = TcpStream::connect(&self.address).await.expect("the emulator listens");
        let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.expect("it speaks HTTP");
        let exchange = async {
            let response = sender.send_request(request.expect("a request")).await.expect("it answers");
            let (parts, body) = response.into_parts();
            let body = body.collect().await.expect("a whole answer").to_bytes();
            drop(sender);
            Response::from_parts(parts, body)
        };
        let (response, connection) = tokio::join!(exchange, connection);
        connection.expect("the connection ends well");
        Reply::of(response)
    }
}

/// Asks again until there is an answer.
async fn eventually<T, F: Future<Output = Option<T>>>(limit: Duration, what: &str, ask: impl Fn() -> F) -> T {
    let asked = async {
        loop {
            if let Some(answer) = ask().await {
                return answer;
            }
            tokio::time::sleep(Duration::from_millis(300)).await;
        }
    };
    tokio::time::timeout(limit, asked).await.unwrap_or_else(|_| panic!("{what} did not come within {limit:?}"))
}

/// The emulator's clock is the machine's.
#[expect(clippy::disallowed_methods, reason = "what is deployed has no clock that could be set")]
fn now() -> Timestamp {
    let elapsed = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Timestamp::from_millis(i64::try_from(elapsed.as_millis()).expect("this age"))
}

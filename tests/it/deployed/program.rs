//! A built program alone, against a Runtime API of our own.

use super::Stack;
use crate::template::template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use contest::time::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;

/// Longer than any event takes here, the cold start with it.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);

/// Where SAM has put a function's program.
pub(super) fn built(function: &str) -> PathBuf {
    crate::tidy::tree::root().join(".aws-sam/build").join(function).join("bootstrap")
}

fn told(function: &str) -> Value {
    template()["Resources"][function]["Properties"]["Environment"]["Variables"].clone()
}

/// Whether the template tells a function this in some stacks alone.
pub(super) fn is_optional(function: &str, variable: &str) -> bool {
    told(function)[variable].to_string().contains("AWS::NoValue")
}

/// What the template tells a function, with the deployed stack's names in it.
pub(super) fn variables(stack: &Stack, function: &str) -> BTreeMap<String, String> {
    let (template, told) = (template(), told(function));
    let resolved = |value: &Value| match value["!Ref"].as_str() {
        Some(name) => match stack.resources.get(name).unwrap_or(&template["Parameters"][name]["Default"]) {
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            _ => panic!("no resource {name}, no parameter with a default"),
        },
        // Names that the first event does not come to use; an address has to look like one.
        None if value.to_string().contains("https://") => "https://unused.example".to_owned(),
        None => value.as_str().unwrap_or("arn:aws:service:region:account:unused").to_owned(),
    };
    told.as_object().expect("variables").iter().map(|(name, value)| (name.clone(), resolved(value))).collect()
}

/// The program as Lambda starts it, told these variables.
pub(super) fn command(function: &str, runtime_api: &str, variables: &BTreeMap<String, String>) -> Command {
    let mut command = Command::new(built(function));
    command
        .env_clear()
        .envs(variables)
        .env("AWS_LAMBDA_RUNTIME_API", runtime_api)
        .env("AWS_LAMBDA_FUNCTION_NAME", function)
        .env("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512")
        .env("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST")
        .env("AWS_LAMBDA_LOG_GROUP_NAME", "group")
        .env("AWS_LAMBDA_LOG_STREAM_NAME", "stream")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let inherited = function::Variables::from_env();
    for name in ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        command.env(name, inherited.text(name).expect("told by the test command"));
    }
    command.env("AWS_REGION", inherited.text("AWS_DEFAULT_REGION").expect("told by the test command"));
    command
}

/// The event of a request to a route, received at an instant.
pub(super) fn request(
    route: &str,
    parameters: &[(&str, &str)],
    session: Option<&str>,
    body: Option<&Value>,
    at: Timestamp,
) -> Value {
    let (method, path) = route.split_once(' ').expect("a method and a path");
    let filled = |path: String, (name, value): &(&str, &str)| path.replace(&format!("{{{name}}}"), value);
    let path = parameters.iter().fold(path.to_owned(), filled);
    let mut headers = json!({
        "content-type": "application/json",
        "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678",
    });
    if let Some(session) = session {
        headers["authorization"] = format!("Bearer {session}").into();
    }
    let http =
        json!({ "method": method, "path": path, "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "" });
    json!({
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "headers": headers,
        "pathParameters": parameters.iter().copied().collect::<BTreeMap<_, _>>(),
        "requestContext": {
            "routeKey": route, "stage": "$default", "requestId": "r", "time": "", "timeEpoch": at.millis(), "http": http,
        },
        "body": body.map(Value::to_string),
        "isBase64Encoded": false,
    })
}

/// A running program and what it asks for work.
pub(super) struct Program {
    child: Child,
    runtime: RuntimeApi,
}

impl Program {
    pub(super) async fn start(stack: &Stack, function: &str) -> Self {
        let runtime = RuntimeApi::start().await;
        let mut command = command(function, &runtime.address, &variables(stack, function));
        // A log that nobody reads would fill the pipe and stop the program.
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        Self { child, runtime }
    }

    /// Hands an event over and waits for the answer, which must not be a failure.
    pub(super) async fn ask(&mut self, event: &Value) -> Value {
        self.runtime.events.send(event.clone()).expect("the Runtime API stands");
        let reply =
            tokio::time::timeout(ANSWERS_WITHIN, self.runtime.replies.recv()).await.expect("it answers in time");
        let (path, body) = reply.expect("the Runtime API stands");
        assert!(path.ends_with("/response"), "{path}: {body}");
        serde_json::from_str(&body).expect("functions answer with JSON")
    }

    pub(super) fn peak_memory_mb(&self) -> u64 {
        let status = std::fs::read_to_string(self.proc().join("status")).expect("Linux");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
        peak.trim().trim_end_matches(" kB").parse::<u64>().expect("kilobytes") / 1_024
    }

    /// How long all its threads have computed so far, in microseconds.
    pub(super) fn computed_us(&self) -> u64 {
        let threads = std::fs::read_dir(self.proc().join("task")).expect("Linux");
        let computed_ns = |thread: std::fs::DirEntry| -> u64 {
            let text = std::fs::read_to_string(thread.path().join("schedstat")).expect("a kernel that counts");
            text.split(' ').next().and_then(|ns| ns.parse().ok()).expect("nanoseconds")
        };
        threads.map(|thread| computed_ns(thread.expect("a thread"))).sum::<u64>() / 1_000
    }

    pub(super) async fn stop(mut self) {
        self.child.kill().await.expect("it runs until it is stopped");
    }

    fn proc(&self) -> PathBuf {
        PathBuf::from(format!("/proc/{}", self.child.id().expect("it runs")))
    }
}

/// Lambda's Runtime API: one event after the other, as they are sent.
struct RuntimeApi {
    address: String,
    events: mpsc::UnboundedSender<Value>,
    replies: mpsc::UnboundedReceiver<(String, String)>,
    /// Ends with this.
    _server: JoinSet<()>,
}

#[derive(Clone)]
struct Invocations {
    events: Arc<Mutex<mpsc::UnboundedReceiver<Value>>>,
    replies: mpsc::UnboundedSender<(String, String)>,
}

impl RuntimeApi {
    async fn start() -> Self {
        let (sender, replies) = mpsc::unbounded_channel();
        let (events, received) = mpsc::unbounded_channel();
        let state = Invocations { events: Arc::new(Mutex::new(received)), replies: sender };
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/{*path}", post(replied))
            .with_state(state);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.expect("it serves until it is dropped") });
        Self { address, events, replies, _server: server }
    }
}

async fn next(State(state): State<Invocations>) -> Response {
    let Some(event) = state.events.lock().await.recv().await else { return std::future::pending().await };
    let headers = [
        ("lambda-runtime-aws-request-id", "00000000-0000-0000-0000-000000000001"),
        ("lambda-runtime-deadline-ms", "4102444800000"),
        ("lambda-runtime-invoked-function-arn", "arn:aws:lambda:ap-southeast-1:000000000000:function:f"),
    ];
    (headers, event.to_string()).into_response()
}

async fn replied(State(state): State<Invocations>, uri: axum::http::Uri, body: Bytes) -> StatusCode {
    let body = String::from_utf8_lossy(&body).into_owned();
    state.replies.send((uri.path().to_owned(), body)).expect("somebody waits");
    StatusCode::ACCEPTED
}

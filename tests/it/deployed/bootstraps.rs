//! Each built program alone, against a Runtime API of our own: does it start, how soon does it answer, how
//! much memory has it taken; and does it stop with the name of what it was not told.

use super::Stack;
use crate::template::{of_type, template};
use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use zip::write::SimpleFileOptions;

/// Largest zip of `api` that keeps a cold start short.
const MAX_API_ZIP: usize = 4_000_000;

/// A megabyte more than a starting function may miss: twice what was seen.
const STARTS_WITHIN: Duration = Duration::from_secs(30);

/// One event for each function; jobs find nothing to do.
fn event_of(function: &str) -> Value {
    match function {
        "ApiFunction" => json!({
            "version": "2.0",
            "routeKey": "GET /v1/time",
            "rawPath": "/v1/time",
            "rawQueryString": "",
            "headers": { "x-amzn-trace-id": "Root=1-67891233-abcdef012345678912345678" },
            "requestContext": {
                "routeKey": "GET /v1/time", "stage": "$default", "requestId": "r", "time": "", "timeEpoch": 1_700_000_000_000_u64,
                "http": { "method": "GET", "path": "/v1/time", "protocol": "HTTP/1.1", "sourceIp": "127.0.0.1", "userAgent": "" },
            },
            "isBase64Encoded": false,
        }),
        "ImportUploadFunction" => json!({ "Records": [] }),
        _ => json!({ "sweep": true }),
    }
}

fn built(function: &str) -> PathBuf {
    crate::tidy::tree::root().join(".aws-sam/build").join(function).join("bootstrap")
}

#[tokio::test]
async fn each_program_answers_its_first_event_alone() {
    let stack = Stack::of_this_run();
    println!("{:<24} {:>10} {:>14} {:>10}", "function", "zip, MB", "first reply", "memory");
    for function in functions() {
        let mut runtime = RuntimeApi::start(event_of(&function)).await;
        let began = Instant::now();
        let mut program = start(&function, &runtime.address, &variables(&stack, &function)).spawn().expect("it starts");
        let reply = tokio::time::timeout(STARTS_WITHIN, runtime.replies.recv()).await.expect("it answers in time");
        let took = began.elapsed();
        let memory = peak_memory_mb(&program);
        program.kill().await.expect("it runs until it is stopped");
        let (path, body) = reply.expect("the Runtime API stands");
        assert!(path.ends_with("/response"), "{function} answered {path}: {body}");
        let zip = zipped(&function).len() as u64;
        println!(
            "{function:<24} {:>7}.{:02} {:>11} ms {:>7} MB",
            zip / 1_000_000,
            zip % 1_000_000 / 10_000,
            took.as_millis(),
            memory
        );
    }
}

#[tokio::test]
async fn a_function_that_was_not_told_everything_stops_and_names_what_is_missing() {
    let stack = Stack::of_this_run();
    for function in functions() {
        let told = variables(&stack, &function);
        for missing in told.keys() {
            let mut rest = told.clone();
            rest.remove(missing);
            let output = start(&function, "127.0.0.1:9", &rest).output().await.expect("it runs");
            assert!(!output.status.success(), "{function} started without {missing}");
            assert!(said(&output).contains(missing), "{function} without {missing} said {:?}", said(&output));
        }
    }
}

#[test]
fn the_contestants_api_is_small_enough_to_start_at_once() {
    let size = zipped("ApiFunction").len();
    assert!(size <= MAX_API_ZIP, "the zip of api has {size} bytes, more than {MAX_API_ZIP}");
}

fn functions() -> Vec<String> {
    of_type(&template(), "AWS::Serverless::Function").map(|(name, _)| name.clone()).collect()
}

/// What the template tells a function, with the deployed stack's names in it.
fn variables(stack: &Stack, function: &str) -> BTreeMap<String, String> {
    let template = template();
    let told = &template["Resources"][function]["Properties"]["Environment"]["Variables"];
    let resolved = |value: &Value| match value["!Ref"].as_str() {
        Some(name) => {
            let told = [&stack.resources[name], &template["Parameters"][name]["Default"]];
            let told = told.into_iter().find_map(Value::as_str);
            told.unwrap_or_else(|| panic!("no resource {name}, no parameter with a default")).to_owned()
        }
        // Names that the first event does not come to use.
        None => value.as_str().unwrap_or("arn:aws:service:region:account:unused").to_owned(),
    };
    told.as_object().expect("variables").iter().map(|(name, value)| (name.clone(), resolved(value))).collect()
}

fn start(function: &str, runtime_api: &str, variables: &BTreeMap<String, String>) -> Command {
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
    let inherited = store::Variables::from_env();
    for name in ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"] {
        command.env(name, inherited.text(name).expect("told by the test command"));
    }
    command.env("AWS_REGION", inherited.text("AWS_DEFAULT_REGION").expect("told by the test command"));
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn peak_memory_mb(program: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id().expect("it runs"))).expect("Linux");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    peak.trim().trim_end_matches(" kB").parse::<u64>().expect("kilobytes") / 1_024
}

fn zipped(function: &str) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    zip.start_file("bootstrap", SimpleFileOptions::default()).expect("a file");
    zip.write_all(&std::fs::read(built(function)).expect("sam built it")).expect("memory");
    zip.finish().expect("memory").into_inner()
}

/// Lambda's Runtime API: one event, then silence.
struct RuntimeApi {
    address: String,
    replies: mpsc::UnboundedReceiver<(String, String)>,
    /// Ends with this.
    _server: JoinSet<()>,
}

#[derive(Clone)]
struct Invocations {
    event: Arc<Mutex<Option<Value>>>,
    replies: mpsc::UnboundedSender<(String, String)>,
}

impl RuntimeApi {
    async fn start(event: Value) -> Self {
        let (sender, replies) = mpsc::unbounded_channel();
        let state = Invocations { event: Arc::new(Mutex::new(Some(event))), replies: sender };
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/{*path}", post(replied))
            .with_state(state);
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let mut server = JoinSet::new();
        server.spawn(async move { axum::serve(listener, router).await.expect("it serves until it is dropped") });
        Self { address, replies, _server: server }
    }
}

async fn next(State(state): State<Invocations>) -> Response {
    let Some(event) = state.event.lock().await.take() else { return std::future::pending().await };
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

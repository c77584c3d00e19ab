//! How long the shipped programs compute for what is paid for: Lambda bills that, and the waiting for calls.

use super::program::{Program, request};
use super::{Stack, now, story};
use contest::time::Timestamp;
use serde_json::{Map, Value, json};
use std::io::Write;
use tests::{FIRST, SECRET, person};
use tests::{golden, sheet};

/// A contest beside that of the story.
const MEASURED: &str = "do-thoi-gian";

/// So many of each are done; every thousandth of a second of the golden file is a mean of them.
const EACH: u32 = 20;

const DAY_MS: i64 = 86_400_000;

/// The contestants' program, and how long it has computed for each kind of request.
struct Measured {
    api: Program,
    computed_us: Map<String, Value>,
}

impl Measured {
    /// Does it for each contestant, and notes the mean.
    async fn each<T>(&mut self, what: &str, of: &[T], event: impl Fn(&T) -> Value) -> Vec<Value> {
        let before = self.api.computed_us();
        let mut answers = Vec::new();
        for one in of {
            let answer = self.api.ask(&event(one)).await;
            assert!(matches!(answer["statusCode"].as_u64(), Some(200 | 201)), "{what}: {answer}");
            let body = answer["body"].as_str().expect("a text");
            answers.push(serde_json::from_str(body).expect("JSON"));
        }
        let mean = (self.api.computed_us() - before) / of.len() as u64;
        self.note(what, mean);
        answers
    }

    fn note(&mut self, what: &str, mean: u64) {
        let mut out = std::io::stdout();
        writeln!(out, "{what:<26} {:>5}.{:02} ms", mean / 1_000, mean % 1_000 / 10).expect("somebody listens");
        self.computed_us.insert(what.to_owned(), mean.into());
    }
}

/// Only `UPDATE_GOLDEN=1` keeps the figures, for `cargo xtask cost`: no two machines measure the same.
#[tokio::test]
async fn what_is_paid_for_is_measured() {
    let stack = Stack::of_this_run();
    let opens = now().plus_millis(DAY_MS);
    let folder = story::folder(opens, opens.plus_millis(DAY_MS)).named(MEASURED);
    let public = story::upload(&stack, &folder).await;
    let mut measured = Measured { api: Program::start(&stack, "ApiFunction").await, computed_us: Map::new() };
    // The first answer comes with the reading of plans and keys.
    measured.api.ask(&request("GET /v1/time", &[], None, None, opens)).await;
    requests(&mut measured, &public["consent"]["text_sha256"], opens).await;
    sweeps(&stack, &mut measured).await;
    let bytes = serde_json::to_string_pretty(&measured.computed_us).expect("JSON") + "\n";
    golden::refresh("cost/computed-us.json", bytes.as_bytes());
}

async fn requests(measured: &mut Measured, consent: &Value, opens: Timestamp) {
    let of_contest = [("c", MEASURED)];
    let of_round = [("c", MEASURED), ("r", FIRST)];
    let of_attempt = [("c", MEASURED), ("r", FIRST), ("n", "1")];
    let numbers: Vec<u32> = (1..=EACH).collect();
    measured.each("time", &numbers, |_| request("GET /v1/time", &[], None, None, opens)).await;
    let form = |number: &u32| {
        let mut form = person(*number, "Nguyễn Văn An", "bac");
        form.insert("consent".to_owned(), json!({ "accepted": true, "text_sha256": consent }));
        request("POST /v1/contests/{c}/contestants", &of_contest, None, Some(&Value::Object(form)), opens)
    };
    let registered = measured.each("register", &numbers, form).await;
    let signed_in = measured.each("sign_in", &registered, |registered| {
        let form = json!({ "identifier": registered["contestant"], "secret": SECRET });
        request("POST /v1/contests/{c}/sessions", &of_contest, None, Some(&form), opens)
    });
    let sessions = signed_in.await;
    let session = |answer: &Value| answer["session"].as_str().expect("a session").to_owned();
    let sessions: Vec<String> = sessions.iter().map(session).collect();
    measured
        .each("me", &sessions, |session| request("GET /v1/contests/{c}/me", &of_contest, Some(session), None, opens))
        .await;
    let start = "POST /v1/contests/{c}/rounds/{r}/attempts";
    let started = measured.each("start", &sessions, |session| request(start, &of_round, Some(session), None, opens));
    let started = started.await;
    let sheets: Vec<(&String, Value)> = std::iter::zip(&sessions, started.iter())
        .map(|(session, started)| {
            (session, json!({ "answers": sheet::answers(&started["paper"], 4), "prediction": 1 }))
        })
        .collect();
    let attempt = |method: &str| format!("{method} /v1/contests/{{c}}/rounds/{{r}}/attempts/{{n}}");
    measured
        .each("submit", &sheets, |(session, sheet)| {
            request(&attempt("PUT"), &of_attempt, Some(session), Some(sheet), opens.plus_millis(60_000))
        })
        .await;
    let status = |session: &String| request(&attempt("GET"), &of_attempt, Some(session), None, opens);
    measured.each("status", &sessions, status).await;
}

/// Jobs that find nothing to do.
async fn sweeps(stack: &Stack, measured: &mut Measured) {
    let sweep = json!({ "sweep": true });
    for (what, function) in [
        ("idle sweep of closing", "CloseRoundFunction"),
        ("idle sweep of publishing", "PublishResultsFunction"),
        ("idle sweep of documents", "MakeDocumentsFunction"),
        ("idle sweep of watching", "WatchRoundFunction"),
    ] {
        let mut job = Program::start(stack, function).await;
        job.ask(&sweep).await;
        let before = job.computed_us();
        for _ in 0..EACH {
            job.ask(&sweep).await;
        }
        measured.note(what, (job.computed_us() - before) / u64::from(EACH));
        job.stop().await;
    }
}

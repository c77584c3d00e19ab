//! A whole contest on the deployed stack: uploaded, played, closed and published by the real schedules.

use super::{Stack, eventually, now, page};
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use std::time::Duration;
use tests::sheet;
use tests::{CONTEST, FIRST, Folder, SECRET, person};

/// Cold starts of four functions on two busy cores.
pub(super) const SOON: Duration = Duration::from_secs(60);

/// The drain of a minute, a schedule that is a minute late, and a sweep.
pub(super) const PUBLISHED_WITHIN: Duration = Duration::from_secs(300);

/// A plan's time, as an organizer in Vietnam writes it.
fn local(at: Timestamp) -> String {
    at.plus_millis(7 * 3_600_000).rfc3339()[..19].to_owned()
}

/// The small contest with its first round open from `opens` to `closes` and published when it closes; the
/// second lies days ahead.
pub(super) fn folder(opens: Timestamp, closes: Timestamp) -> Folder {
    let days = |days: i64| local(closes.plus_millis(days * 86_400_000));
    Folder::small()
        .with_plan("2026-03-01T08:00", &local(opens.plus_millis(-3_600_000)))
        .with_plan("2026-03-02T08:00", &local(opens))
        .with_plan("2026-03-08T16:00", &local(closes))
        .with_plan("2026-03-08T17:00", &local(closes))
        .with_plan("2026-03-09T08:00", &days(1))
        .with_plan("2026-03-15T16:00", &days(5))
        .with_plan("2026-03-15T17:00", &days(6))
}

#[tokio::test]
async fn a_contest_is_played_closed_and_published_on_what_was_deployed() {
    let stack = Stack::of_this_run();
    page::every_page_opens(&stack).await;
    let opens = now().plus_millis(15_000);
    let closes = opens.plus_millis(45_000);
    let public = upload(&stack, &folder(opens, closes)).await;
    println!("uploaded: four files judged and accepted, the contest is public");

    let session = register(&stack, &public).await;
    refusals(&stack, &session).await;
    eventually(SOON, "the opening", async || (now() >= opens).then_some(())).await;
    let receipt = play(&stack, &session, &public).await;
    println!("played: registered, started, handed in, receipt verified");

    let index = format!("contests/{CONTEST}/rounds/{FIRST}/index.json");
    let pointer = stack.wait_for("SiteBucket", &index, PUBLISHED_WITHIN).await;
    println!("published {} s after the end", (now().millis() - closes.millis()) / 1_000);
    assert_eq!((&pointer["version"], &pointer["path"]), (&json!(1), &json!("v1/")));
    published(&stack).await;
    status_after_closing(&stack, &session, &receipt).await;
    recognized(&stack).await;
    println!("recognized: the second version is official, with documents of its own");
}

/// Uploads a folder and waits for its reports; returns the public description.
pub(super) async fn upload(stack: &Stack, folder: &Folder) -> Value {
    for (name, bytes) in &folder.files {
        let put = stack.s3.put_object().bucket(stack.output("UploadsBucket")).key(format!("{}/{name}", folder.id));
        put.body(bytes.clone().into()).send().await.expect("an organizer may upload");
    }
    for (name, _) in &folder.files {
        let report =
            stack.wait_for("OfficialsBucket", &format!("{}/imports/{name}.report.json", folder.id), SOON).await;
        assert_eq!(report["status"], "accepted", "{report}");
    }
    let complete = |public: &Value| public["rounds"].as_array().is_some_and(|rounds| rounds.len() == 2);
    let public = stack.wait_for("SiteBucket", &format!("contests/{}/contest.json", folder.id), SOON).await;
    assert!(complete(&public), "{public}");
    public
}

async fn register(stack: &Stack, public: &Value) -> String {
    let mut form = person(1, "Nguyễn Văn An", "bac");
    form.insert("consent".to_owned(), json!({ "accepted": true, "text_sha256": public["consent"]["text_sha256"] }));
    let form = Value::Object(form);
    let path = format!("/v1/contests/{CONTEST}/contestants");
    let registered = stack.call(Method::POST, &path, None, Some(&form)).await.expect(201);
    stack.call(Method::POST, &path, None, Some(&form)).await.refused(409, "already_registered");
    let sign_in = json!({ "identifier": registered["contestant"], "secret": SECRET });
    let path = format!("/v1/contests/{CONTEST}/sessions");
    let signed_in = stack.call(Method::POST, &path, None, Some(&sign_in)).await.expect(200);
    signed_in["session"].as_str().expect("a session").to_owned()
}

/// What the gateway and the function must refuse before the round opens.
async fn refusals(stack: &Stack, session: &str) {
    let attempts = format!("/v1/contests/{CONTEST}/rounds/{FIRST}/attempts");
    stack.call(Method::POST, &attempts, Some(session), None).await.refused(403, "round_not_open");
    stack.call(Method::POST, &attempts, None, None).await.refused(401, "no_session");
    stack.call(Method::POST, &attempts, Some("AQEA"), None).await.refused(401, "no_session");
    // No function is started for a path that is no route: this is the gateway's own answer.
    let unknown = stack.call(Method::GET, "/v1/unknown", None, None).await;
    assert_eq!((unknown.status, unknown.text().as_str()), (404, r#"{"message":"Not Found"}"#));
    assert!(stack.call(Method::GET, "/v1/time", None, None).await.expect(200)["now"].is_string());
}

/// One attempt with every answer right; the same sheet again brings the same receipt.
async fn play(stack: &Stack, session: &str, public: &Value) -> String {
    let attempts = format!("/v1/contests/{CONTEST}/rounds/{FIRST}/attempts");
    let started = stack.call(Method::POST, &attempts, Some(session), None).await.expect(201);
    let sheet = json!({ "answers": sheet::answers(&started["paper"], 4), "prediction": 1 });
    let path = format!("{attempts}/{}", started["attempt"]);
    let accepted = stack.call(Method::PUT, &path, Some(session), Some(&sheet)).await.expect(200);
    let again = stack.call(Method::PUT, &path, Some(session), Some(&sheet)).await.expect(200);
    assert_eq!(again, accepted);
    let receipt = accepted["receipt"].as_str().expect("a receipt").to_owned();
    let text = sheet::open_note(&receipt, public["public_key"].as_str().expect("a key")).expect("it is signed");
    assert!(text.starts_with(&format!("hoithi/receipt/1\n{CONTEST}\n{FIRST}\n")), "{text}");
    let me = stack.call(Method::GET, &format!("/v1/contests/{CONTEST}/me"), Some(session), None).await.expect(200);
    assert_eq!(me["rounds"][0]["attempts"][0]["status"], "submitted", "{me}");
    receipt
}

async fn published(stack: &Stack) {
    let version = format!("contests/{CONTEST}/rounds/{FIRST}/v1");
    let read = async |name: &str| stack.object("SiteBucket", &format!("{version}/{name}")).await.expect("published");
    let results: Value = serde_json::from_slice(&read("results.json").await).expect("JSON");
    assert_eq!(results["totals"]["perfect_attempts"], 1, "{results}");
    assert_eq!(results["prediction"], json!({ "target": "contestants", "actual": 1 }));
    assert_eq!(results["winners"][0]["full_name"], "Nguyễn Văn An", "{results}");
    for name in ["manifest.json", "ranking.csv", "units.csv", "key.json"] {
        assert!(!read(name).await.is_empty(), "{name}");
    }
    made(stack, "v1").await;
}

/// The documents come after the results, woken by the pointer that has moved; the list of them comes last.
async fn made(stack: &Stack, version: &str) {
    let version = format!("{CONTEST}/rounds/{FIRST}/{version}");
    let listed = stack.wait_for("OfficialsBucket", &format!("{version}/documents.json"), SOON).await;
    let files = listed["files"].as_array().expect("a list of files");
    for name in ["winners.xlsx", "notice.docx", "annex.pdf", "certificates.pdf", "review.csv"] {
        assert!(files.iter().any(|file| file["name"] == name && file["status"] == "ready"), "{name}: {listed}");
    }
    for file in files {
        let name = file["name"].as_str().expect("a name");
        let bytes = stack.object("OfficialsBucket", &format!("{version}/{name}")).await;
        assert!(bytes.is_some_and(|bytes| !bytes.is_empty()), "{name} is listed");
    }
    let read = async |name: &str| stack.object("OfficialsBucket", &format!("{version}/{name}")).await;
    assert_eq!(read("winners.xlsx").await.expect("for officials")[..2], *b"PK");
    assert_eq!(read("annex.pdf").await.expect("for officials")[..5], *b"%PDF-");
}

/// A decision recognizes the round: the second version is official, and has documents of its own.
async fn recognized(stack: &Stack) {
    let today = local(now());
    let table = format!(
        "round;action;reason;decision;decided_on\n{FIRST};recognize;Kết quả đúng quy định;08/QĐ-UBND;{}\n",
        &today[..10]
    );
    let key = format!("{CONTEST}/adjudications.csv");
    let put = stack.s3.put_object().bucket(stack.output("UploadsBucket")).key(key);
    put.body(table.into_bytes().into()).send().await.expect("an organizer may upload");
    let report = format!("{CONTEST}/imports/adjudications.csv.report.json");
    let report = stack.wait_for("OfficialsBucket", &report, SOON).await;
    assert_eq!(report["status"], "accepted", "{report}");
    // As an operator who does not wait for the next sweeps.
    for function in ["CloseRoundFunction", "PublishResultsFunction"] {
        stack.sweep(function).await;
    }
    let index = format!("contests/{CONTEST}/rounds/{FIRST}/index.json");
    let official = async || {
        let pointer = stack.object("SiteBucket", &index).await?;
        let pointer: Value = serde_json::from_slice(&pointer).expect("JSON");
        (pointer["version"] == 2).then_some(pointer)
    };
    let pointer = eventually(SOON, "the official version", official).await;
    assert_eq!(pointer["status"], "official", "{pointer}");
    made(stack, "v2").await;
}

/// From the kept rows, with the same bytes.
async fn status_after_closing(stack: &Stack, session: &str, receipt: &str) {
    let path = format!("/v1/contests/{CONTEST}/rounds/{FIRST}/attempts/1");
    let status = stack.call(Method::GET, &path, Some(session), None).await.expect(200);
    assert_eq!(status["receipt"], receipt);
    let attempts = format!("/v1/contests/{CONTEST}/rounds/{FIRST}/attempts");
    stack.call(Method::POST, &attempts, Some(session), None).await.refused(403, "round_closed");
}

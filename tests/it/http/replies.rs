//! The shape of every success: exactly the members that the contract names.

use super::{anybody, open_stage, started};
use flate2::read::GzDecoder;
use http::Method;
use serde_json::{Value, json};
use std::io::Read;
use tests::reply::members;
use tests::sheet::answers;
use tests::{FIRST, Folder, OPENS, SECRET, Stage};

#[track_caller]
fn check(value: &Value, expected: &[&str]) {
    assert_eq!(members(value), expected, "{value}");
}

#[tokio::test]
async fn the_time_is_the_gateways_and_travels_over_the_wire() {
    let stage = Stage::empty(OPENS).await;
    let reply = stage.door.over_the_wire(Method::GET, "/v1/time", None).await;
    assert_eq!(reply.expect(200), json!({ "now": "2026-03-02T01:00:00.000Z" }));
    assert_eq!(reply.header("cache-control"), "no-store");
}

#[tokio::test]
async fn registering_and_signing_in_answer_a_session_with_its_end() {
    let stage = Stage::with(&Folder::small()).await;
    let registered = stage.door.try_register(&anybody()).await.expect(201);
    check(&registered, &["contestant", "device", "expires_at", "session"]);
    assert_eq!(registered["expires_at"], "2026-03-15T02:00:00.000Z", "fourteen days later");
    let signed_in = stage.door.sign_in("001090000001", SECRET).await.expect(200);
    check(&signed_in, &["contestant", "device", "expires_at", "session"]);
    assert_eq!(signed_in["contestant"], registered["contestant"]);
}

#[tokio::test]
async fn me_tells_name_unit_codes_rounds_and_attempts() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let paper = started(&contestant).await;
    let me = contestant.me().await;
    let own = ["contestant", "email", "full_name", "phone_last3", "pseudonym", "referral_code", "referrals", "rounds"];
    let members: Vec<&str> = own.into_iter().chain(["secret_reset_at", "unit", "unit_basis"]).collect();
    check(&me, &members);
    assert_eq!((&me["phone_last3"], &me["email"], &me["secret_reset_at"]), (&json!("001"), &Value::Null, &Value::Null));
    assert_eq!((&me["full_name"], &me["unit"], &me["referrals"]), (&json!("Nguyễn Văn An"), &json!("bac"), &json!(0)));
    assert_eq!(me["contestant"], contestant.code.as_str());
    check(&me["rounds"][0], &["attempts", "attempts_left", "round"]);
    let open = json!({ "attempt": 1, "status": "open", "started_at": paper["started_at"], "submitted_at": null });
    assert_eq!(me["rounds"][0]["attempts"], json!([open]));
    assert_eq!(me["rounds"][0]["attempts_left"], 2);
    assert_eq!(me["rounds"][1], json!({ "round": "vong-2", "attempts": [], "attempts_left": 3 }));
}

#[tokio::test]
async fn accounts_brought_in_are_counted_for_the_referrer() {
    let stage = Stage::with(&Folder::small()).await;
    let referrer = stage.door.register(&anybody()).await;
    let code = referrer.me().await["referral_code"].clone();
    let mut friend = tests::person(2, "Trần Thị Bình", "nam");
    friend.insert("referrer".into(), code);
    stage.door.register(&friend).await;
    assert_eq!(referrer.me().await["referrals"], 1);
}

#[tokio::test]
async fn a_start_answers_times_and_a_paper() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let started = started(&contestant).await;
    check(&started, &["attempt", "ends_at", "paper", "server_time", "started_at"]);
    assert_eq!(started["attempt"], 1);
    assert_eq!(started["started_at"], "2026-03-02T01:00:00.000Z");
    assert_eq!(started["server_time"], "2026-03-02T01:00:00.000Z");
    assert_eq!(started["ends_at"], "2026-03-02T01:15:00.000Z", "without the grace");
    let paper = &started["paper"];
    check(paper, &["prediction", "questions"]);
    check(&paper["prediction"], &["prompt", "target"]);
    assert_eq!(paper["prediction"]["target"], "contestants");
    let questions = paper["questions"].as_array().expect("a list");
    assert_eq!(questions.len(), 4);
    for question in questions {
        check(question, &["choose", "id", "options", "text"]);
        assert_eq!(question["options"].as_array().expect("a list").len(), 3);
        question["options"].as_array().expect("a list").iter().for_each(|option| check(option, &["id", "text"]));
        let key = tests::sheet::key_of(question["id"].as_str().expect("an id"));
        assert_eq!(question["choose"], key.len());
    }
}

#[tokio::test]
async fn a_contest_without_prediction_asks_for_none() {
    let folder = Folder::small().with_plan(
        "[prediction]\ntarget = \"contestants\"\ncounted = \"first\"\nactual = \"at_publication\"\nequidistant = \"tie\"\n",
        "",
    );
    let folder = folder.with_plan("\"prediction_distance asc\", ", "");
    let (_stage, contestant) = open_stage(&folder).await;
    let started = started(&contestant).await;
    assert_eq!(started["paper"]["prediction"], Value::Null);
    let sheet = json!({ "answers": {}, "prediction": 5 });
    let refused = contestant.submit(FIRST, 1, &sheet).await;
    assert_eq!(refused.faults(422, "invalid_answers"), [("prediction".into(), "not_asked".into())]);
    let sheet = json!({ "answers": {} });
    contestant.submit(FIRST, 1, &sheet).await.expect(200);
}

#[tokio::test]
async fn an_accepted_sheet_answers_its_receipt_and_the_status_route_the_same_bytes() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let started = started(&contestant).await;
    let open = contestant.status(FIRST, 1).await.expect(200);
    assert_eq!(open, json!({ "status": "open", "ends_at": started["ends_at"] }));
    let sheet = json!({ "answers": answers(&started["paper"], 4), "prediction": 3 });
    let accepted = contestant.at("2026-03-02T08:05:00+07:00").submit(FIRST, 1, &sheet).await;
    let body = accepted.expect(200);
    check(&body, &["duration_ms", "receipt", "received_at", "score", "status"]);
    assert_eq!((&body["status"], &body["score"]), (&json!("accepted"), &Value::Null));
    assert_eq!((&body["duration_ms"], &body["received_at"]), (&json!(300_000), &json!("2026-03-02T01:05:00.000Z")));
    assert_eq!(contestant.status(FIRST, 1).await.body, accepted.body);
}

#[tokio::test]
async fn the_score_is_told_at_submission_where_the_plan_says_so() {
    let folder = Folder::small()
        .with_plan("reveal_score = \"published\"", "reveal_score = \"submitted\"")
        .with_plan("questions = 4", "questions = 3")
        .with_plan("shuffle_questions = true", "shuffle_questions = false");
    let (_stage, contestant) = open_stage(&folder).await;
    for (right, score) in [(3, json!(100)), (2, json!("66.66")), (0, json!(0))] {
        let started = started(&contestant).await;
        let sheet = json!({ "answers": answers(&started["paper"], right) });
        let number = started["attempt"].as_u64().expect("a number");
        let reply = contestant.submit(FIRST, number, &sheet).await.expect(200);
        assert_eq!(reply["score"], score, "{right} right");
        assert_eq!(contestant.status(FIRST, number).await.expect(200)["score"], score);
    }
}

#[tokio::test]
async fn an_unknown_route_is_a_problem_document() {
    let stage = Stage::empty(OPENS).await;
    for (method, path) in [(Method::GET, "/v1/contests"), (Method::DELETE, "/v1/time"), (Method::GET, "/v1/nothing")] {
        stage.door.call(method, path, None).await.refused(404, "no_such_route");
    }
}

#[tokio::test]
async fn a_fault_of_the_service_tells_nothing_of_its_inside() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    for path in stage.objects("vault").await.into_keys().filter(|path| path.contains("/bank-")) {
        stage.world.s3.delete_object().bucket("vault").key(path).send().await.expect("deleted");
    }
    let reply = contestant.at(OPENS).start(FIRST).await;
    assert!(reply.status >= 500, "{}", reply.text());
    reply.refused(reply.status, reply.expect(reply.status)["code"].as_str().expect("a code"));
    for inside in ["compiled", "bank-", "vault", "Missing", "store", "dynamodb", "s3", "127.0.0.1"] {
        assert!(!reply.text().contains(inside), "{inside} in {}", reply.text());
    }
}

#[tokio::test]
async fn a_long_answer_is_packed_for_those_who_ask_for_it() {
    let (_stage, contestant) = open_stage(&Folder::small().with_plan("questions = 4", "questions = 6")).await;
    let plain = contestant.start(FIRST).await;
    for (asked, packed) in [("br, gzip;q=0.5", true), ("gzip;q=0", false), ("br", false)] {
        let headers = [("accept-encoding", asked)];
        let reply = contestant.door.send_with(&headers, Method::POST, "rounds/vong-1/attempts", "").await;
        assert_eq!(reply.header("content-encoding") == "gzip", packed, "{asked}");
        let mut body = Vec::new();
        if packed {
            assert!(reply.body.len() < plain.body.len() / 2, "{} of {} bytes", reply.body.len(), plain.body.len());
            GzDecoder::new(&reply.body[..]).read_to_end(&mut body).expect("it is gzip");
        } else {
            body.extend_from_slice(&reply.body);
        }
        let again: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(again["paper"], plain.expect(201)["paper"], "{asked}");
    }
}

//! The log: one line a request, with these fields and no others, in at most 300 bytes, and nothing of a
//! person in it.

use http::Method;
use local::world::WorldOptions;
use local::world::functions::Book;
use serde_json::json;
use std::sync::Arc;
use tests::logbook::{Line, Paper};
use tests::reply::members;
use tests::sheet;
use tests::{CANARY, CLOSES, FIRST, Folder, OPENS, PUBLISHES, Play, SECRET, START, Stage, person};
use tracing::Dispatch;

/// Longest line of a request that went well (`RELIABILITY.md` 7).
const MAX_LINE: usize = 300;

/// A round whose id is as long as an id may be.
const LONG: &str = "vong-1-co-ten-rat-dai-de-xem-dong-nhat-ky-dai-00";

#[tokio::test]
async fn a_request_that_went_well_leaves_one_short_line_with_these_fields() {
    let stage = Stage::with(&Folder::small().with_plan("id = \"vong-1\"", &format!("id = \"{LONG}\""))).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    stage.clock_well(OPENS).await;
    let (started, lines) = stage.logbook.logged(contestant.at(OPENS).start(LONG)).await;
    let common = ["code", "cold", "lvl", "ms", "outcome", "rcu", "req", "round", "route", "shard", "ts", "wcu"];
    check(&lines, "start", &common);
    let sheet = json!({ "answers": sheet::answers(&started.expect(201)["paper"], 4) });
    let (accepted, lines) = stage.logbook.logged(contestant.at(OPENS).submit(LONG, 1, &sheet)).await;
    let receipt = accepted.expect(200)["receipt"].as_str().expect("a receipt").to_owned();
    let mut with_leaf = common.to_vec();
    with_leaf.insert(2, "leaf8");
    check(&lines, "submit", &with_leaf);
    let leaf8 = lines[0].fields["leaf8"].as_str().expect("a hash");
    assert!(leaf8.len() == 16 && receipt.lines().nth(6).expect("a hash").starts_with(leaf8), "{receipt}");
    assert_eq!((&lines[0].fields["wcu"], &lines[0].fields["rcu"]), (&json!(1), &json!(1)));
    let (_, lines) = stage.logbook.logged(contestant.status(LONG, 1)).await;
    assert_eq!(lines[0].fields["leaf8"], leaf8, "a receipt that is shown again is logged again");
}

#[track_caller]
fn check(lines: &[Line], route: &str, fields: &[&str]) {
    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
    assert_eq!(lines.len(), 1, "{texts:#?}");
    let line = &lines[0];
    assert_eq!((&line.fields["route"], &line.fields["outcome"]), (&json!(route), &json!("ok")), "{}", line.text);
    assert_eq!(members(&line.fields), fields, "{}", line.text);
    // The gateway of AWS names a trace as well, and requests by sixteen letters.
    let request = line.fields["req"].as_str().expect("a text").len();
    let on_aws = line.text.len() + 1 + r#","trace":"1-67891233-abcdef012345678912345678""#.len() + 16 - request;
    assert!(on_aws <= MAX_LINE, "{on_aws} bytes: {}", line.text);
}

#[tokio::test]
async fn a_refusal_is_logged_by_its_code_and_a_first_answer_as_cold() {
    let stage = Stage::with(&Folder::small()).await;
    let (_, lines) = stage.logbook.logged(stage.door.call(Method::GET, "/v1/time", None)).await;
    assert_eq!((&lines[0].fields["cold"], &lines[0].fields["route"]), (&json!(true), &json!("time")));
    let (_, lines) = stage.logbook.logged(stage.door.sign_in("KHONGCO1", SECRET)).await;
    assert_eq!(lines.len(), 1, "{:#?}", lines.iter().map(|line| &line.text).collect::<Vec<_>>());
    let fields = &lines[0].fields;
    assert_eq!((&fields["code"], &fields["outcome"]), (&json!(401), &json!("wrong_credentials")));
    assert_eq!((&fields["cold"], &fields["lvl"]), (&json!(false), &json!("INFO")));
    assert_eq!(fields.get("round"), None);
}

/// The units that stand there parse, and are not those that were accepted.
#[tokio::test]
async fn an_upload_that_would_be_judged_by_other_bytes_than_were_accepted_raises_the_alarm() {
    let stage = Stage::with(&Folder::small()).await;
    let vault = stage.objects("vault").await;
    let (path, units) = vault.iter().find(|(path, _)| path.contains("/units-")).expect("compiled units");
    let other = String::from_utf8(units.clone()).expect("JSON").replacen("\"members\":", "\"members\":9", 1);
    assert_ne!(other.as_bytes(), units);
    stage.put("vault", path, other).await;
    let plan = format!("{}\n# The same plan.\n", Folder::small().text("contest.toml"));
    let ((), lines) = stage.logbook.logged(stage.put("uploads", "thi-thu/contest.toml", plan)).await;
    let line = lines.iter().find(|line| line.fields["job"] == "import-upload").expect("the import is logged");
    assert_eq!(line.fields["broken_invariants"], 1, "{}", line.text);
    assert!(line.fields["error"].as_str().is_some_and(|error| error.contains("other bytes")), "{}", line.text);
    stage.logbook.expect_broken_invariants();
    stage.logbook.expect_undelivered();
}

#[tokio::test]
async fn jobs_tell_what_they_did_and_what_they_noticed_as_metrics() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(OPENS).await;
    let (_, lines) = stage.logbook.logged(stage.clock_well(CLOSES)).await;
    let line = lines.iter().find(|line| line.fields["job"] == "close-round").expect("closing is logged");
    let done = format!("closed thi-thu/{FIRST} to RANKED; reviewed edition 1 of thi-thu/{FIRST}");
    assert_eq!(line.fields["done"], done, "{}", line.text);
    assert_eq!((&line.fields["late_rounds"], &line.fields["broken_invariants"]), (&json!(0), &json!(0)));
    let metrics = &line.fields["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(metrics["Metrics"], json!([{ "Name": "late_rounds" }, { "Name": "broken_invariants" }]));
    // What should have been published an hour ago is not there, and the kept rows are other rows.
    let path = format!("runs/thi-thu/{FIRST}/0000.bin");
    stage.put("vault", &path, "other").await;
    stage.round(FIRST).set_phase("FROZEN").await;
    let now = "2026-03-08T18:00:00+07:00";
    let (_, lines) = stage.logbook.logged(stage.close(now)).await;
    let fields = &lines[0].fields;
    assert_eq!((&fields["late_rounds"], &fields["broken_invariants"]), (&json!(1), &json!(1)), "{}", lines[0].text);
    assert!(fields["error"].as_str().is_some_and(|error| error.contains("other bytes")), "{}", lines[0].text);
    // Nor is the list of what was kept the one that the round's record names.
    let path = format!("frozen/thi-thu/{FIRST}/manifest.json");
    stage.put("vault", &path, "{}").await;
    let (_, lines) = stage.logbook.logged(stage.close(now)).await;
    assert_eq!(lines[0].fields["broken_invariants"], 1, "{}", lines[0].text);
    stage.logbook.expect_broken_invariants();
}

#[tokio::test]
#[should_panic(expected = "events are undelivered")]
async fn a_stage_does_not_end_well_with_an_event_that_nobody_has_taken() {
    Stage::with(&Folder::small().without("bank-1.csv")).await.clock(OPENS).await;
}

/// Whether a job has met it or a request.
#[tokio::test]
#[should_panic(expected = "broken invariants were logged")]
async fn a_stage_does_not_end_well_with_a_broken_invariant() {
    let stage = Stage::with(&Folder::small()).await;
    for path in stage.objects("vault").await.keys().filter(|path| path.contains("/plan-")) {
        stage.put("vault", path, "?").await;
    }
    stage.close(CLOSES).await.expect_err("the plan cannot be read");
    stage.logbook.expect_broken_invariants();
    stage.door.sign_in("KHONGCO1", SECRET).await.expect(500);
}

#[tokio::test]
async fn nothing_of_a_person_and_no_answer_stands_in_the_log() {
    let mut stage = Stage::empty(START).await;
    play_with_canaries(&mut stage).await;
    let lines = stage.logbook.lines();
    let text: String = lines.iter().map(|line| line.text.as_str()).collect();
    assert!(lines.len() > 12, "{text}");
    for secret in CANARIES {
        assert!(!text.contains(secret), "{secret:?} stands in the log");
    }
}

/// The engines and clients of one machine hold everything in the clear, and are asked to tell all they do.
#[tokio::test]
async fn nothing_of_a_person_stands_in_the_log_of_the_program_whatever_is_asked_for() {
    let paper = Paper::default();
    let open = paper.clone();
    let log = Dispatch::new(local::commands::log::lines("trace", move || open.clone()));
    let guard = tracing::dispatcher::set_default(&log);
    let options = WorldOptions { book: Arc::new(Book::logging_to(log)), ..WorldOptions::default() };
    play_with_canaries(&mut Stage::of(options, START).await).await;
    drop(guard);
    let text = paper.text();
    assert!(text.lines().count() > 12, "{text}");
    for secret in CANARIES {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "{secret:?} stands in the log");
    }
}

/// What stands in no log.
const CANARIES: [&str; 12] = [
    "Chim",
    "Hoàng",
    "chim hoang",
    "001090000077",
    "0912000077",
    "912000077",
    "1990-05-17",
    "17/05/1990",
    SECRET,
    "argon2id",
    "hoithi/receipt",
    CANARY,
];

/// Somebody whose every particular would be recognized, on a roster too, and who wins.
async fn play_with_canaries(stage: &mut Stage) {
    let roster =
        "Họ và tên,Ngày sinh,Căn cước,Điện thoại,Đơn vị\nChim Hoàng Yến,17/05/1990,001090000077,0912000077,bac\n";
    stage.add(&Folder::small().with_file("roster.csv", roster)).await;
    let form = person(77, "Chim Hoàng Yến", "bac");
    let contestant = stage.door.register(&form).await;
    stage.door.try_register(&form).await.refused(409, "already_registered");
    stage.door.sign_in("001090000077", "sai").await.refused(401, "wrong_credentials");
    stage.door.sign_in("0912000077", SECRET).await;
    stage.clock_well(OPENS).await;
    contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) }).await;
    contestant.me().await;
    stage.clock_well(CLOSES).await;
    stage.clock_well(PUBLISHES).await;
}

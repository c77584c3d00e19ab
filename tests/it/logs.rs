//! The log: one line a request, with these fields and no others, in at most 300 bytes, and nothing of a
//! person in it.

use http::Method;
use serde_json::{Value, json};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tests::reply::members;
use tests::sheet;
use tests::{CANARY, CLOSES, FIRST, Folder, OPENS, PUBLISHES, SECRET, Stage, instant, person};

/// Longest line of a request that went well (`RELIABILITY.md` 7).
const MAX_LINE: usize = 300;

/// A line of the log.
pub(crate) struct Line {
    pub(crate) fields: Value,
    pub(crate) bytes: usize,
    text: String,
}

#[derive(Clone, Default)]
struct Paper(Arc<Mutex<Vec<u8>>>);

impl Write for Paper {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panics while writing").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Does something and reads what functions wrote into their log meanwhile. Only for tests on one thread,
/// which `#[tokio::test]` is.
pub(crate) async fn logged<T>(done: impl Future<Output = T>) -> (T, Vec<Line>) {
    let paper = Paper::default();
    let open = paper.clone();
    let guard = tracing::subscriber::set_default(function::log::lines(move || open.clone()));
    let result = done.await;
    drop(guard);
    let text = String::from_utf8(paper.0.lock().expect("nobody panics while writing").clone()).expect("UTF-8");
    let line = |text: &str| Line {
        fields: serde_json::from_str(text).expect("a line is JSON"),
        bytes: text.len() + 1,
        text: text.to_owned(),
    };
    (result, text.lines().map(line).collect())
}

/// A round whose id is as long as an id may be.
const LONG: &str = "vong-1-co-ten-rat-dai-de-xem-dong-nhat-ky-dai-00";

#[tokio::test]
async fn a_request_that_went_well_leaves_one_short_line_with_these_fields() {
    let stage = Stage::with(&Folder::small().with_plan("id = \"vong-1\"", &format!("id = \"{LONG}\""))).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    stage.clock_well(OPENS).await;
    let (started, lines) = logged(contestant.at(OPENS).start(LONG)).await;
    let common = ["code", "cold", "lvl", "ms", "outcome", "rcu", "req", "round", "route", "shard", "ts", "wcu"];
    check(&lines, "start", &common);
    let sheet = json!({ "answers": sheet::answers(&started.expect(201)["paper"], 4) });
    let (accepted, lines) = logged(contestant.at(OPENS).submit(LONG, 1, &sheet)).await;
    let receipt = accepted.expect(200)["receipt"].as_str().expect("a receipt").to_owned();
    let mut with_leaf = common.to_vec();
    with_leaf.insert(2, "leaf8");
    check(&lines, "submit", &with_leaf);
    let leaf8 = lines[0].fields["leaf8"].as_str().expect("a hash");
    assert!(leaf8.len() == 16 && receipt.lines().nth(6).expect("a hash").starts_with(leaf8), "{receipt}");
    assert_eq!((&lines[0].fields["wcu"], &lines[0].fields["rcu"]), (&json!(1), &json!(1)));
    let (_, lines) = logged(contestant.status(LONG, 1)).await;
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
    let on_aws = line.bytes + r#","trace":"1-67891233-abcdef012345678912345678""#.len() + 16 - request;
    assert!(on_aws <= MAX_LINE, "{on_aws} bytes: {}", line.text);
}

#[tokio::test]
async fn a_refusal_is_logged_by_its_code_and_a_first_answer_as_cold() {
    let stage = Stage::with(&Folder::small()).await;
    let (_, lines) = logged(stage.door.call(Method::GET, "/v1/time", None)).await;
    assert_eq!((&lines[0].fields["cold"], &lines[0].fields["route"]), (&json!(true), &json!("time")));
    let (_, lines) = logged(stage.door.sign_in("KHONGCO1", SECRET)).await;
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
    let ((), lines) = logged(stage.put("uploads", "thi-thu/contest.toml", plan)).await;
    let line = lines.iter().find(|line| line.fields["job"] == "import-upload").expect("the import is logged");
    assert_eq!(line.fields["broken_invariants"], 1, "{}", line.text);
    assert!(line.fields["error"].as_str().is_some_and(|error| error.contains("other bytes")), "{}", line.text);
}

#[tokio::test]
async fn jobs_tell_what_they_did_and_what_they_noticed_as_metrics() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(OPENS).await;
    let (_, lines) = logged(stage.clock_well(CLOSES)).await;
    let line = lines.iter().find(|line| line.fields["job"] == "close-round").expect("closing is logged");
    assert_eq!(line.fields["done"], format!("closed thi-thu/{FIRST} to RANKED"), "{}", line.text);
    assert_eq!((&line.fields["late_rounds"], &line.fields["broken_invariants"]), (&json!(0), &json!(0)));
    let metrics = &line.fields["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(metrics["Metrics"], json!([{ "Name": "late_rounds" }, { "Name": "broken_invariants" }]));
    // What should have been published an hour ago is not there, and the kept rows are other rows.
    let path = format!("runs/thi-thu/{FIRST}/0000.bin");
    stage.put("vault", &path, "other").await;
    stage.round(FIRST).set_phase("FROZEN").await;
    let now = instant("2026-03-08T18:00:00+07:00");
    let (_, lines) = logged(stage.world.functions.close(store::wakeup::Wakeup::for_sweep(), now)).await;
    let fields = &lines[0].fields;
    assert_eq!((&fields["late_rounds"], &fields["broken_invariants"]), (&json!(1), &json!(1)), "{}", lines[0].text);
    assert!(fields["error"].as_str().is_some_and(|error| error.contains("other bytes")), "{}", lines[0].text);
    // Nor is the list of what was kept the one that the round's record names.
    let path = format!("frozen/thi-thu/{FIRST}/manifest.json");
    stage.put("vault", &path, "{}").await;
    let (_, lines) = logged(stage.world.functions.close(store::wakeup::Wakeup::for_sweep(), now)).await;
    assert_eq!(lines[0].fields["broken_invariants"], 1, "{}", lines[0].text);
}

#[tokio::test]
async fn nothing_of_a_person_and_no_answer_stands_in_the_log() {
    let stage = Stage::empty(tests::START).await;
    let ((), lines) = logged(play_with_canaries(stage)).await;
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
    let guard = tracing::subscriber::set_default(local::commands::log::lines("trace", move || open.clone()));
    play_with_canaries(Stage::empty(tests::START).await).await;
    drop(guard);
    let text = String::from_utf8(paper.0.lock().expect("nobody panics while writing").clone()).expect("UTF-8");
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
async fn play_with_canaries(mut stage: Stage) {
    let roster =
        "Họ và tên,Ngày sinh,Căn cước,Điện thoại,Đơn vị\nChim Hoàng Yến,17/05/1990,001090000077,0912000077,bac\n";
    stage.add(&Folder::small().with_file("roster.csv", roster)).await;
    let form = person(77, "Chim Hoàng Yến", "bac");
    let contestant = stage.door.register(&form).await;
    stage.door.try_register(&form).await.refused(409, "already_registered");
    stage.door.sign_in("001090000077", "sai").await.refused(401, "wrong_credentials");
    stage.door.sign_in("0912000077", SECRET).await;
    stage.clock_well(OPENS).await;
    let play = tests::Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) };
    contestant.play(play).await;
    contestant.me().await;
    stage.clock_well(CLOSES).await;
    stage.clock_well(PUBLISHES).await;
}

//! What happens by itself: the clock route, and closing and publishing whatever the trigger does.

use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use store::wakeup::{Wakeup, WakeupStep};
use tests::reply::members;
use tests::storage::Objects;
use tests::{CLOSES, Contestant, FIRST, Folder, Form, OPENS, PUBLISHES, Play, Stage, instant, person};

/// A contest with printed codes, so that two stages come to the same bytes.
fn folder() -> Folder {
    Folder::small().with_roster(people())
}

fn people() -> [Form; 2] {
    [person(1, "Nguyễn Văn An", "bac"), person(2, "Trần Thị Bình", "nam")]
}

/// Two people play the first round; the clock stands a moment before its end.
async fn played() -> (Stage, Contestant) {
    let stage = Stage::with(&folder()).await;
    let mut people = stage.door.register_all(people()).await;
    stage.clock_well(OPENS).await;
    for (contestant, right) in people.iter().zip([4, 2]) {
        contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right, prediction: Some(2) }).await;
    }
    stage.clock_well("2026-03-08T15:59:59.999+07:00").await;
    (stage, people.swap_remove(0))
}

/// Objects of `site`, `vault` and `officials`, and the items of `control`.
type Outcome = (Objects, Objects, Objects, Vec<String>);

/// Everything that closing and publishing write.
async fn outcome(stage: &Stage) -> Outcome {
    let mut control = stage.tables().await.remove("control").expect("the table");
    // When the last sweep was is no outcome.
    control.retain(|item| !item.contains("SWEEPS"));
    let mut officials = stage.objects("officials").await;
    // Reports name the version of the upload, which storage makes up.
    officials.retain(|path, _| !path.contains("/imports/"));
    (stage.objects("site").await, stage.objects("vault").await, officials, control)
}

/// Compares with what an undisturbed contest comes to, and names the objects that differ.
#[track_caller]
fn check_same(found: &Outcome, expected: &Outcome, when: &str) {
    for (found, expected) in [(&found.0, &expected.0), (&found.1, &expected.1), (&found.2, &expected.2)] {
        let paths: BTreeSet<&String> = found.keys().chain(expected.keys()).collect();
        let differ: Vec<_> = paths.into_iter().filter(|path| found.get(*path) != expected.get(*path)).collect();
        assert!(differ.is_empty(), "{when}: {differ:?} differ");
    }
    assert_eq!(found.3, expected.3, "{when}");
}

/// What an undisturbed contest comes to.
async fn undisturbed() -> Outcome {
    let (stage, _) = played().await;
    stage.clock_well(CLOSES).await;
    stage.clock_well(PUBLISHES).await;
    assert!(stage.round(FIRST).is_published().await);
    outcome(&stage).await
}

async fn close(stage: &Stage, now: &str) -> Result<String, String> {
    let wakeup = Wakeup::of_round("thi-thu", FIRST, WakeupStep::Close);
    stage.world.functions.close(wakeup, instant(now)).await.map_err(|e| format!("{e:#}"))
}

async fn publish(stage: &Stage, now: &str) -> Result<String, String> {
    let wakeup = Wakeup::of_round("thi-thu", FIRST, WakeupStep::Publish);
    stage.world.functions.publish(wakeup, instant(now)).await.map_err(|e| format!("{e:#}"))
}

/// Beginnings of the names of what was fired, with their times.
fn points(fired: &[Value]) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let step = |name: String| name.rsplit_once('-').expect("a hash at the end").0.to_owned();
    fired.iter().map(|fired| (step(text(&fired["schedule"])), text(&fired["at"]))).collect()
}

#[tokio::test]
async fn the_clock_is_read_and_set_and_never_goes_back() {
    let stage = Stage::with(&folder()).await;
    let read = async || stage.door.over_the_wire(Method::GET, "/_local/clock", None).await.expect(200);
    assert_eq!(read().await, json!({ "now": "2026-03-01T02:00:00.000Z" }));
    let body = json!({ "now": "2026-03-01T10:00:00+07:00" });
    let set = stage.door.over_the_wire(Method::POST, "/_local/clock", Some(&body)).await.expect(200);
    assert_eq!(set, json!({ "now": "2026-03-01T03:00:00.000Z", "fired": [] }));
    let back = json!({ "now": "2026-03-01T09:59:59.999+07:00" });
    assert_eq!(stage.door.over_the_wire(Method::POST, "/_local/clock", Some(&back)).await.status, 409);
    stage.door.over_the_wire(Method::POST, "/_local/clock", Some(&body)).await.expect(200);
    for wrong in [json!({}), json!({ "now": "gestern" }), json!({ "now": 5 }), json!({ "now": "x", "y": 1 })] {
        let reply = stage.door.over_the_wire(Method::POST, "/_local/clock", Some(&wrong)).await;
        assert_eq!(reply.status, 400, "{wrong}");
    }
    assert_eq!(read().await, json!({ "now": "2026-03-01T03:00:00.000Z" }));
}

#[tokio::test]
async fn everything_due_is_fired_in_order_and_reported() {
    let stage = Stage::with(&folder()).await;
    let fired = stage.clock_well("2026-04-01T00:00:00+07:00").await;
    assert_eq!(members(&fired[0]), ["at", "detail", "outcome", "schedule"]);
    let expected = [
        ("1-open", "2026-03-02T01:00:00.000Z"),
        ("2-close", "2026-03-08T09:00:00.000Z"),
        ("3-publish", "2026-03-08T10:00:00.000Z"),
        ("1-open", "2026-03-09T01:00:00.000Z"),
        ("2-close", "2026-03-15T09:00:00.000Z"),
        ("3-publish", "2026-03-15T10:00:00.000Z"),
    ];
    assert_eq!(points(&fired), expected.map(|(step, at)| (step.to_owned(), at.to_owned())));
    assert!(stage.schedules().await.is_empty(), "what was fired is gone");
    for round in ["vong-1", "vong-2"] {
        assert_eq!(stage.round(round).json("index.json").await["version"], 1);
    }
}

#[tokio::test]
async fn an_opening_without_a_bank_is_an_error_that_is_reported() {
    let stage = Stage::with(&folder().without("bank-1.csv")).await;
    let fired = stage.clock(OPENS).await;
    assert_eq!((fired.len(), &fired[0]["outcome"]), (1, &json!("error")), "{fired:?}");
    assert!(fired[0]["detail"].as_str().expect("a text").contains("bank-1.csv"));
    stage.logbook.expect_undelivered();
}

#[tokio::test]
async fn an_opening_of_more_than_the_deployment_carries_is_refused_with_what_to_raise() {
    let units = Folder::small().text("units.csv").replacen(",10\n", ",400000\n", 1);
    let stage = Stage::with(&Folder::small().with_file("units.csv", units)).await;
    let report = stage.report("units.csv").await.expect("a report");
    assert_eq!(report["warnings"][0]["code"], "heavy_rounds", "{report}");
    let fired = stage.clock(OPENS).await;
    assert_eq!((fired.len(), &fired[0]["outcome"]), (1, &json!("error")), "{fired:?}");
    let detail = fired[0]["detail"].as_str().expect("a text");
    assert!(detail.contains("RequestsPerSecond") && detail.contains("not 2000"), "{detail}");
    stage.logbook.expect_undelivered();
}

#[tokio::test]
async fn results_are_public_at_the_promised_minute_and_not_before() {
    let (stage, _) = played().await;
    stage.clock_well("2026-03-08T16:59:59.999+07:00").await;
    assert!(!stage.round(FIRST).is_published().await);
    let site = stage.objects("site").await;
    assert!(!site.keys().any(|path| path.contains("/rounds/")), "{:?}", site.keys());
    stage.clock_well(PUBLISHES).await;
    assert_eq!(stage.round(FIRST).json("index.json").await["published_at"], "2026-03-08T10:00:00.000Z");
}

#[tokio::test]
async fn what_was_decided_is_published_within_two_minutes_and_waits_for_no_sweep() {
    let sheets = [(1, 4, 60, Some(4)), (2, 4, 70, Some(4))];
    let (stage, people) = crate::publishing::published(&crate::publishing::folder(), &sheets).await;
    let version = async || stage.round(FIRST).json("index.json").await["version"].clone();
    let decided = format!("Mã dự thi,Vòng,Xử lý,Lý do\n{},{FIRST},disqualify,Dùng hai tài khoản\n", people[0].code);
    stage.accept("adjudications.csv", decided).await;
    let fired = stage.clock_well("2026-03-08T17:02:00+07:00").await;
    let steps: Vec<String> = points(&fired).into_iter().map(|(step, _)| step).collect();
    assert_eq!((steps, version().await), (vec!["2-close".to_owned(), "3-publish".to_owned()], json!(2)));
    // What is accepted again has nothing to wake.
    let units = stage.object("uploads", "thi-thu/units.csv").await.expect("uploaded");
    stage.accept("units.csv", String::from_utf8(units).expect("text")).await;
    assert_eq!(stage.clock_well("2026-03-08T17:10:00+07:00").await, Vec::<Value>::new());
}

#[tokio::test]
async fn a_contest_may_publish_at_its_closing_minute() {
    let same = folder().with_plan("publishes = \"2026-03-08T17:00\"", "publishes = \"2026-03-08T16:00\"");
    let stage = Stage::with(&same).await;
    let fired = stage.clock_well(CLOSES).await;
    let steps: Vec<String> = points(&fired).into_iter().map(|(step, _)| step).collect();
    assert_eq!(steps, ["1-open", "2-close", "3-publish"]);
    assert!(stage.round(FIRST).is_published().await);
}

#[tokio::test]
async fn an_early_trigger_closes_nothing() {
    let (stage, contestant) = played().await;
    let before = outcome(&stage).await;
    close(&stage, "2026-03-08T15:59:59.999+07:00").await.expect("nothing to do");
    publish(&stage, "2026-03-08T15:59:59.999+07:00").await.expect("nothing to do");
    check_same(&outcome(&stage).await, &before, "afterwards");
    contestant.at("2026-03-08T15:59:59.999+07:00").start(FIRST).await.expect(201);
}

#[tokio::test]
async fn an_early_publication_publishes_nothing() {
    let (stage, _) = played().await;
    stage.clock_well(CLOSES).await;
    let before = outcome(&stage).await;
    publish(&stage, "2026-03-08T16:59:59.999+07:00").await.expect("nothing to do");
    check_same(&outcome(&stage).await, &before, "afterwards");
}

#[tokio::test]
async fn a_publication_that_is_due_before_the_round_is_ranked_fails_and_can_be_repeated() {
    let (stage, _) = played().await;
    let refused = publish(&stage, PUBLISHES).await.expect_err("not ranked yet");
    assert!(refused.contains("vong-1"), "{refused}");
    assert!(!stage.round(FIRST).is_published().await);
    close(&stage, PUBLISHES).await.expect("closed late");
    publish(&stage, PUBLISHES).await.expect("published");
    assert!(stage.round(FIRST).is_published().await);
}

#[tokio::test]
async fn a_second_trigger_changes_nothing() {
    let (stage, _) = played().await;
    stage.clock_well(CLOSES).await;
    let closed = outcome(&stage).await;
    close(&stage, CLOSES).await.expect("closed already");
    check_same(&outcome(&stage).await, &closed, "afterwards");
    stage.clock_well(PUBLISHES).await;
    let published = outcome(&stage).await;
    for _ in 0..2 {
        close(&stage, PUBLISHES).await.expect("closed already");
        publish(&stage, "2026-03-08T18:00:00+07:00").await.expect("published already");
    }
    check_same(&outcome(&stage).await, &published, "afterwards");
}

#[tokio::test]
async fn late_and_doubled_triggers_come_to_the_bytes_of_an_undisturbed_contest() {
    let (stage, _) = played().await;
    stage.clock_well(CLOSES).await;
    let (first, second) = tokio::join!(publish(&stage, PUBLISHES), publish(&stage, PUBLISHES));
    assert!(first.is_ok() || second.is_ok(), "{first:?} {second:?}");
    publish(&stage, PUBLISHES).await.expect("published");
    check_same(&outcome(&stage).await, &undisturbed().await, "in the end");
}

#[tokio::test]
async fn two_closers_at_once_come_to_the_bytes_of_an_undisturbed_contest() {
    let (stage, _) = played().await;
    let (first, second) = tokio::join!(close(&stage, CLOSES), close(&stage, CLOSES));
    assert!(first.is_ok() || second.is_ok(), "one of them gets through: {first:?} {second:?}");
    stage.clock_well(PUBLISHES).await;
    check_same(&outcome(&stage).await, &undisturbed().await, "in the end");
}

#[tokio::test]
async fn closing_goes_on_from_every_phase_to_the_same_bytes() {
    let expected = undisturbed().await;
    let (stage, _) = played().await;
    stage.clock_well(PUBLISHES).await;
    // A crash after a step's writes and before its phase was recorded leaves exactly this.
    for phase in ["RANKED", "FROZEN", "SHUT", "CLOSING", "OPEN"] {
        stage.round(FIRST).set_phase(phase).await;
        close(&stage, PUBLISHES).await.unwrap_or_else(|e| panic!("from {phase}: {e}"));
        publish(&stage, PUBLISHES).await.unwrap_or_else(|e| panic!("from {phase}: {e}"));
        check_same(&outcome(&stage).await, &expected, phase);
    }
}

async fn lose_triggers(stage: &Stage) {
    for schedule in stage.world.schedules.all().await {
        let deleted = stage.world.schedules.delete(&(schedule.group, schedule.name)).await;
        assert!(deleted.expect("the table answers"), "a schedule was there");
    }
}

#[tokio::test]
async fn a_sweep_repairs_what_lost_triggers_left() {
    let (stage, _) = played().await;
    lose_triggers(&stage).await;
    assert_eq!(stage.clock_well(PUBLISHES).await, Vec::<Value>::new());
    assert!(!stage.round(FIRST).is_published().await);
    stage.world.sweep().await.expect("the sweep works");
    check_same(&outcome(&stage).await, &undisturbed().await, "in the end");
}

#[tokio::test]
async fn contests_do_not_wait_for_each_other() {
    let mut stage = Stage::empty(tests::START).await;
    stage.add(&folder().named("a-thieu-de").without("bank-1.csv")).await;
    stage.add(&folder()).await;
    let fired = stage.clock(PUBLISHES).await;
    assert!(fired.iter().any(|fired| fired["outcome"] == "error"), "the opening without a bank");
    stage.logbook.expect_undelivered();
    assert!(stage.round(FIRST).is_published().await);
}

#[tokio::test]
async fn a_sweep_goes_on_after_a_contest_that_cannot_be_read() {
    let mut stage = Stage::empty(tests::START).await;
    stage.add(&folder().named("a-hong")).await;
    stage.add(&folder()).await;
    lose_triggers(&stage).await;
    stage.clock_well(PUBLISHES).await;
    let vault = stage.objects("vault").await;
    for path in vault.keys().filter(|path| path.contains("a-hong/plan-")) {
        stage.put("vault", path, "?").await;
    }
    for outcome in [stage.close(PUBLISHES).await, stage.publish(PUBLISHES).await] {
        let fault = format!("{:#}", outcome.expect_err("one contest cannot be read"));
        assert!(fault.starts_with("a-hong: "), "{fault}");
    }
    stage.logbook.expect_broken_invariants();
    assert!(stage.round(FIRST).is_published().await);
}

#[tokio::test]
async fn a_round_that_nobody_played_is_published_too() {
    let stage = Stage::with(&folder()).await;
    stage.clock_well(PUBLISHES).await;
    let results = stage.round(FIRST).json("v1/results.json").await;
    assert_eq!((&results["totals"]["attempts"], &results["winners"]), (&json!(0), &json!([])));
    assert_eq!(results["totals"]["perfect_attempts_percent"], "0.00");
}

//! Figures of a round under way, as organizers ask for them.

use crate::publishing::golden_round_played;
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use tests::{CANARY, Staff, Stage, instant};

const PATH: &str = "contests/thi-thu/rounds/vong-1/watch";

/// When the golden round has been played.
const PLAYED: &str = "2026-03-04T10:00:00+07:00";

fn minutes(count: i64) -> Timestamp {
    instant(PLAYED).plus_millis(count * 60_000)
}

async fn watched() -> (Stage, Staff) {
    let (stage, _) = golden_round_played().await;
    stage.clock_well(PLAYED).await;
    let organizer = stage.staff("hai", "organizer", "thi-thu", minutes(0)).await;
    (stage, organizer)
}

async fn ask(who: &Staff) -> Value {
    who.call(Method::POST, PATH, None).await.expect(202)
}

#[tokio::test]
async fn whoever_looks_has_the_figures_counted_and_reads_why_they_are_old() {
    let (stage, organizer) = watched().await;
    let first = organizer.get(PATH).await.expect(200);
    assert_eq!([&first["as_of"], &first["why_old"]], [&Value::Null, &json!("nobody_looked")]);
    let second = organizer.get(PATH).await.expect(200);
    assert_eq!(second["why_old"], "coming", "whoever looked before is noted");
    stage.watch(minutes(1)).await.expect("it counts");
    let reply = organizer.at(minutes(1)).get(PATH).await;
    let figures = reply.expect(200);
    assert_eq!(
        [&figures["attempts"], &figures["under_way"], &figures["why_old"]],
        [&json!(6), &json!(0), &Value::Null]
    );
    assert_eq!(figures["units"].as_array().map(Vec::len), Some(4));
    assert_eq!(reply.header("content-type"), "application/json; charset=utf-8");
    assert!(!reply.text().contains(CANARY) && !reply.text().contains("Nguyễn"), "sums alone");
}

#[tokio::test]
async fn a_count_that_is_asked_for_comes_within_a_minute_and_once() {
    let (stage, organizer) = watched().await;
    let before = stage.schedules().await.len();
    assert_eq!(ask(&organizer).await, json!({ "status": "asked", "again_after_seconds": 60 }));
    assert_eq!(ask(&organizer).await["status"], "asked");
    let schedules = stage.schedules().await;
    let watch: Vec<&String> = schedules.iter().filter(|schedule| schedule.starts_with("5-watch-")).collect();
    assert_eq!((watch.len(), schedules.len()), (1, before + 1), "{schedules:?}");
    let fired = stage.clock_well(&minutes(1).rfc3339()).await;
    assert_eq!(fired[0]["detail"], "thi-thu/vong-1: counted 8 rows");
    let figures = organizer.at(minutes(1)).get(PATH).await.expect(200);
    assert_eq!(
        [&figures["as_of"], &figures["why_old"]],
        [&json!(minutes(0).plus_millis(30_000).rfc3339()), &Value::Null]
    );
}

#[tokio::test]
async fn there_are_figures_of_rounds_that_are_planned_and_for_those_who_may() {
    let (stage, organizer) = watched().await;
    organizer.get("contests/thi-thu/rounds/vong-9/watch").await.refused(404, "no_such_round");
    organizer.get("contests/thi-thu/rounds/VONG/watch").await.refused(404, "no_such_round");
    for role in ["author", "it", "official"] {
        let other = stage.staff(&format!("staff-{role}"), role, "thi-thu", minutes(0)).await;
        other.get(PATH).await.refused(403, "not_your_role");
        other.call(Method::POST, PATH, None).await.refused(403, "not_your_role");
    }
    let later = organizer.get("contests/thi-thu/rounds/vong-2/watch").await.expect(200);
    assert_eq!(later["why_old"], "not_open");
}

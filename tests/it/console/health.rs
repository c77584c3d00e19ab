//! How the platform is, and what a contest's checklist says of it.

use crate::publishing::folder;
use contest::time::Timestamp;
use serde_json::{Value, json};
use tests::{CLOSES, Folder, OPENS, START, Staff, Stage, instant};

fn after(text: &str, minutes: i64) -> Timestamp {
    instant(text).plus_millis(minutes * 60_000)
}

fn check(overview: &Value, code: &str) -> Option<bool> {
    let mut checks = overview["checklist"].as_array().expect("a list").iter().filter(|check| check["code"] == code);
    let is_met = checks.next()?["is_met"].as_bool();
    assert!(checks.next().is_none(), "one line of {code}");
    is_met
}

async fn overview(who: &Staff) -> Value {
    who.get("contests/thi-thu").await.expect(200)
}

#[tokio::test]
async fn sweeps_and_late_rounds_are_told_to_those_who_may_know_them() {
    let stage = Stage::with(&Folder::small()).await;
    let at = after(CLOSES, 20);
    let technician = stage.staff("ky-thuat", "it", "*", at).await;
    let lead = stage.staff("mai", "lead", "thi-thu", at).await;
    let other = stage.staff("xa-khac", "lead", "cuoc-thi-khac", at).await;
    let before = technician.get("health").await.expect(200);
    let sweeps: Vec<(&Value, &Value)> =
        before["sweeps"].as_array().expect("a list").iter().map(|s| (&s["at"], &s["is_late"])).collect();
    assert_eq!(sweeps, [(&Value::Null, &json!(true)), (&Value::Null, &json!(true))]);
    let late =
        json!([{ "contest": "thi-thu", "round": "vong-1", "phase": "OPEN", "since": instant(CLOSES).rfc3339() }]);
    assert_eq!(
        [&before["late_rounds"], &before["contests"], &before["not_available"]],
        [&late, &json!(1), &json!(["dead_letters"])]
    );
    let seen = lead.get("health").await.expect(200);
    assert_eq!([&seen["late_rounds"], &seen["contests"]], [&late, &Value::Null]);
    assert_eq!(other.get("health").await.expect(200)["late_rounds"], json!([]));
    for role in ["author", "official", "auditor"] {
        let nobody = stage.staff(&format!("staff-{role}"), role, "thi-thu", at).await;
        nobody.get("health").await.refused(403, "not_your_role");
    }
    stage.sweep_alone(at).await.expect("it closes");
    let after_it = technician.at(after(CLOSES, 21)).get("health").await.expect(200);
    assert_eq!(after_it["late_rounds"], json!([]));
    for sweep in after_it["sweeps"].as_array().expect("a list") {
        assert_eq!([&sweep["at"], &sweep["is_late"]], [&json!(at.rfc3339()), &json!(false)], "{sweep}");
    }
}

#[tokio::test]
async fn the_checklist_tells_whether_functions_swept_and_a_round_was_ready() {
    let stage = Stage::with(&Folder::small()).await;
    let ahead = stage.staff("mai", "lead", "thi-thu", instant(START)).await;
    let seen = overview(&ahead).await;
    assert_eq!([check(&seen, "sweep"), check(&seen, "opening")], [Some(false), None]);
    stage.close(START).await.expect("it sweeps");
    assert_eq!(check(&overview(&ahead).await, "sweep"), Some(true));
    let open = stage.staff("lan", "lead", "thi-thu", instant(OPENS)).await;
    assert_eq!(check(&overview(&open).await, "opening"), Some(false), "nobody has looked yet");
    stage.clock_well(OPENS).await;
    assert_eq!(check(&overview(&open).await, "opening"), Some(true));
    assert_eq!(check(&overview(&open).await, "sweep"), Some(false), "a day ago");
}

#[tokio::test]
async fn the_checklist_compares_those_who_hold_the_contest_with_the_excluded_list() {
    let names = |lines: &str| format!("Họ và tên,Căn cước,Vai trò\n{lines}");
    let listed = folder().with_file("excluded.csv", names("Cô hoa,001090000006,Tổ ra đề\nCô hai,,Tổ thư ký\n"));
    let stage = Stage::with(&listed).await;
    let lead = stage.staff("mai", "lead", "thi-thu", instant(START)).await;
    assert_eq!(check(&overview(&lead).await, "excluded_names"), Some(true), "a lead may take part");
    stage.staff("hoa", "author", "thi-thu", instant(START)).await;
    assert_eq!(check(&overview(&lead).await, "excluded_names"), Some(true));
    stage.staff("hai", "organizer", "*", instant(START)).await;
    let seen = overview(&lead).await;
    assert_eq!(check(&seen, "excluded_names"), Some(false), "a name without a number bars nobody");
    let text = seen["checklist"].to_string();
    assert!(text.contains("01 người của Tổ ra đề, Tổ thư ký"), "{text}");
    stage.accept("excluded.csv", names("CÔ HOA,001090000006,Tổ ra đề\nCô hai,001090000007,Tổ thư ký\n")).await;
    assert_eq!(check(&overview(&lead).await, "excluded_names"), Some(true));
    for object in stage.objects("vault").await.into_iter().filter(|(path, _)| path.contains("excluded")) {
        let text = String::from_utf8_lossy(&object.1).to_lowercase();
        assert!(!text.contains("cô ") && !text.contains("001090"), "{}: {text}", object.0);
    }
}

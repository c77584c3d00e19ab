//! Another secret and the end of every session: what is ended opens nothing any more, and no sheet is lost.

use super::sessions::check;
use super::{anybody, open_stage, started};
use serde_json::{Value, json};
use tests::sheet;
use tests::{Contestant, FIRST, Folder, OPENS, SECRET, Stage, at_once, person};

const NEW: &str = "mật khẩu mới";
const MINUTE: &str = "2026-03-02T08:01:00+07:00";
const LATER: &str = "2026-03-02T08:02:00+07:00";

fn answers(started: &Value) -> Value {
    json!({ "answers": sheet::answers(&started["paper"], 3), "prediction": 2 })
}

#[tokio::test]
async fn another_secret_ends_every_session_but_the_new_one() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let second = first.in_session(stage.door.sign_in(&first.code, SECRET).await);
    started(&first).await;
    let changed = first.in_session(first.change_secret(SECRET, NEW).await);
    for ended in [&first, &second] {
        check(&stage, OPENS, ended.door.session.as_deref()).await;
    }
    changed.me().await;
    stage.door.sign_in(&first.code, SECRET).await.refused(401, "wrong_credentials");
    first.in_session(stage.door.sign_in(&first.code, NEW).await).me().await;
}

#[tokio::test]
async fn every_session_ends_on_request_and_the_secret_stays() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let second = first.in_session(stage.door.sign_in(&first.code, SECRET).await);
    started(&first).await;
    let ended = second.end_sessions().await;
    assert_eq!((ended.status, ended.text().as_str()), (204, ""));
    for ended in [&first, &second] {
        check(&stage, OPENS, ended.door.session.as_deref()).await;
    }
    first.in_session(stage.door.sign_in(&first.code, SECRET).await).me().await;
}

#[tokio::test]
async fn what_was_begun_in_a_session_that_was_ended_is_handed_in_by_the_next() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let sheet = answers(&started(&first).await);
    first.end_sessions().await;
    let tables = stage.tables().await;
    first.at(MINUTE).submit(FIRST, 1, &sheet).await.refused(401, "no_session");
    let unknown = json!({ "answers": { "q99": ["a"] } });
    first.at(MINUTE).submit(FIRST, 1, &unknown).await.refused(401, "no_session");
    assert_eq!(stage.tables().await, tables);
    let next = first.in_session(stage.door.sign_in(&first.code, SECRET).await);
    let resumed = next.at(MINUTE).start(FIRST).await.expect(200);
    assert_eq!(answers(&resumed), sheet, "the same paper");
    let accepted = next.at(MINUTE).submit(FIRST, 1, &sheet).await.expect(200);
    first.at(LATER).submit(FIRST, 1, &sheet).await.refused(401, "no_session");
    let again = next.at(LATER).submit(FIRST, 1, &sheet).await.expect(200);
    assert_eq!(again["receipt"], accepted["receipt"]);
    assert_eq!(next.status(FIRST, 1).await.expect(200)["receipt"], accepted["receipt"]);
}

#[tokio::test]
async fn a_sheet_accepted_before_the_end_keeps_its_receipt_in_the_next_session() {
    let (_stage, first) = open_stage(&Folder::small()).await;
    let sheet = answers(&started(&first).await);
    let accepted = first.at(MINUTE).submit(FIRST, 1, &sheet).await.expect(200);
    let next = first.in_session(first.change_secret(SECRET, NEW).await);
    let again = next.at(LATER).submit(FIRST, 1, &sheet).await.expect(200);
    assert_eq!(again["receipt"], accepted["receipt"]);
    assert_eq!(next.export().await.expect(200)["rounds"][0]["attempts"][0]["receipt"], accepted["receipt"]);
}

/// A start that was on its way while the sessions were ended leaves an attempt of a version before.
#[tokio::test]
async fn whoever_goes_on_takes_the_attempt_from_sessions_that_were_ended() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let sheet = answers(&started(&first).await);
    first.end_sessions().await;
    stage.round(FIRST).forget_session_version(&first.code).await;
    let next = first.in_session(stage.door.sign_in(&first.code, SECRET).await);
    first.at(MINUTE).submit(FIRST, 1, &sheet).await.refused(401, "no_session");
    stage.round(FIRST).forget_session_version(&first.code).await;
    next.at(MINUTE).start(FIRST).await.expect(200);
    first.at(MINUTE).submit(FIRST, 1, &sheet).await.refused(401, "no_session");
    next.at(MINUTE).submit(FIRST, 1, &sheet).await.expect(200);
}

#[tokio::test]
async fn a_new_secret_keeps_the_rules_of_the_first_one() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&anybody()).await;
    let tables = stage.tables().await;
    for (new, fault) in [
        ("", "empty"),
        ("ngắn", "too_short"),
        ("12345678", "too_common"),
        ("001 090 000 001", "known_number"),
        ("0912.000.001", "known_number"),
        ("17/05/1990", "known_number"),
    ] {
        let reply = contestant.change_secret(SECRET, new).await;
        assert_eq!(reply.faults(422, "invalid_fields"), [("new_secret".to_owned(), fault.to_owned())], "{new}");
    }
    contestant.correct(&json!({ "track": "a" })).await.refused(422, "invalid_fields");
    assert_eq!(stage.tables().await, tables);
}

#[tokio::test]
async fn the_secret_of_before_is_tried_five_times_whoever_signs_in_meanwhile() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&anybody()).await;
    for wrong in ["mật khẩu sai", "ngắn", "mật khẩu sai", "mật khẩu sai", "mật khẩu sai", "mật khẩu sai"]
    {
        contestant.change_secret(wrong, NEW).await.refused(401, "wrong_credentials");
        stage.door.sign_in(&contestant.code, SECRET).await.expect(200);
    }
    let refused = contestant.change_secret(SECRET, NEW).await;
    refused.refused(429, "too_many_tries");
    assert_eq!(refused.header("retry-after"), "900");
    contestant.me().await;
    contestant.at("2026-03-01T09:15:00+07:00").change_secret(SECRET, NEW).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_changes_at_once_one_takes_place() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&anybody()).await;
    let one = |number: u32| {
        let contestant = contestant.clone();
        async move { (number, contestant.change_secret(SECRET, &format!("mật khẩu thứ {number}")).await.status) }
    };
    let ended = at_once((1..=3).map(one)).await;
    let won: Vec<u32> = ended.iter().filter(|(_, status)| *status == 200).map(|(number, _)| *number).collect();
    assert_eq!(won.len(), 1, "{ended:?}");
    assert!(ended.iter().all(|(_, status)| matches!(status, 200 | 401)), "{ended:?}");
    for number in 1..=3 {
        let status = stage.door.sign_in(&contestant.code, &format!("mật khẩu thứ {number}")).await.status;
        assert_eq!(status == 200, won == [number], "{number}");
    }
}

#[tokio::test]
async fn the_sessions_of_others_go_on() {
    let (stage, first) = open_stage(&Folder::small()).await;
    let other: Contestant = stage.door.register(&person(2, "Trần Thị Bình", "nam")).await;
    started(&other).await;
    first.end_sessions().await;
    other.me().await;
    other.at(OPENS).start(FIRST).await.expect(200);
}

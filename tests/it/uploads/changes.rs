//! Uploading again: the same, something else before a round opens, and something else after it.

use super::refuse;
use serde_json::{Value, json};
use tests::{CLOSES, FIRST, Folder, Stage, bank, instant, person};

const DURING: &str = "2026-03-08T15:50:00+07:00";

#[tokio::test]
async fn the_same_bytes_again_change_nothing() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    let before = stage.in_force().await;
    for (name, bytes) in &folder.files {
        stage.accept(name, bytes.clone()).await;
        assert!(stage.in_force().await == before, "{name} again changed something");
    }
}

#[tokio::test]
async fn the_same_bytes_again_change_nothing_while_a_round_is_open_and_after_it() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    for at in [DURING, "2026-03-08T16:00:00+07:00", "2026-03-08T17:00:00+07:00"] {
        stage.clock_well(at).await;
        let before = stage.in_force().await;
        for (name, bytes) in &folder.files {
            stage.accept(name, bytes.clone()).await;
            assert!(stage.in_force().await == before, "{name} again at {at} changed something");
        }
    }
}

#[tokio::test]
async fn a_changed_bank_before_the_opening_has_another_commitment() {
    let stage = Stage::with(&Folder::small()).await;
    let before = stage.contest_json().await["rounds"].clone();
    stage.upload("bank-1.csv", bank(3, 7)).await;
    let after = stage.contest_json().await["rounds"].clone();
    assert_ne!(after[0]["key_commitment"], before[0]["key_commitment"]);
    assert_eq!(after[0]["question_count_in_bank"], 7);
    assert_eq!(after[1], before[1]);
}

#[tokio::test]
async fn schedules_are_made_moved_and_deleted_with_the_rounds() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    let schedules = stage.schedules().await;
    let times = |schedules: &[String]| -> Vec<String> {
        schedules.iter().map(|line| line.split(' ').nth(1).expect("a time").to_owned()).collect()
    };
    assert_eq!(schedules.len(), 6);
    let moved = folder.clone().with_plan("2026-03-09T08:00", "2026-03-09T09:30");
    stage.upload("contest.toml", moved.text("contest.toml")).await;
    let after = stage.schedules().await;
    assert_eq!(after.len(), 6, "moved, not added");
    assert!(times(&after).contains(&"2026-03-09T02:30:00.000Z".to_owned()), "{after:#?}");
    assert!(!times(&after).contains(&"2026-03-09T01:00:00.000Z".to_owned()), "{after:#?}");
    let plan = folder.text("contest.toml");
    let (head, rest) = plan.split_once("[[rounds]]\nid = \"vong-2\"").expect("a second round");
    let (_, tail) = rest.split_once("[[prizes]]").expect("prizes");
    stage.upload("contest.toml", format!("{head}[[prizes]]{tail}")).await;
    let left = stage.schedules().await;
    assert_eq!(left.len(), 3, "{left:#?}");
    assert!(left.iter().all(|line| line.contains("vong-1")), "{left:#?}");
}

#[tokio::test]
async fn of_an_open_round_only_the_end_may_move_and_only_later() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    stage.clock_well(DURING).await;
    for (from, to, code) in [
        ("2026-03-08T16:00", "2026-03-08T15:55", "round_has_begun"),
        ("2026-03-02T08:00", "2026-03-02T07:00", "round_has_begun"),
        ("bank = \"bank-1.csv\"", "bank = \"bank-3.csv\"", "round_has_begun"),
        ("id = \"vong-1\"", "id = \"vong-0\"", "round_has_begun"),
        ("minutes = 15", "minutes = 60", "contest_has_begun"),
        ("questions = 4", "questions = 3", "contest_has_begun"),
        ("per_round = 3", "per_round = 4", "contest_has_begun"),
        ("\"score desc\", ", "", "contest_has_begun"),
        ("amount = 1000000", "amount = 9000000", "contest_has_begun"),
        ("min_age = 16", "min_age = 18", "contest_has_begun"),
        ("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"lot\"", "contest_has_begun"),
    ] {
        refuse(&stage, "contest.toml", &folder.clone().with_plan(from, to).text("contest.toml"), code).await;
    }
    refuse(&stage, "bank-1.csv", &bank(9, 6), "round_has_begun").await;
}

#[tokio::test]
async fn attempts_in_progress_get_the_later_end() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    stage.clock_well(DURING).await;
    let started = contestant.at(DURING).start(FIRST).await.expect(201);
    assert_eq!(started["ends_at"], "2026-03-08T09:00:00.000Z");
    let later = folder.with_plan("2026-03-08T16:00", "2026-03-08T16:30");
    stage.accept("contest.toml", later.text("contest.toml")).await;
    stage.clock_well(CLOSES).await;
    let again = contestant.at(CLOSES).start(FIRST).await.expect(200);
    assert_eq!((&again["attempt"], &again["ends_at"]), (&json!(1), &json!("2026-03-08T09:05:00.000Z")));
    let at = instant("2026-03-08T16:05:09.999+07:00");
    contestant.at(at).submit(FIRST, 1, &json!({ "answers": {} })).await.expect(200);
    let other = stage.door.register(&person(2, "Trần Thị Bình", "nam")).await;
    other.at("2026-03-08T16:29:59.999+07:00").start(FIRST).await.expect(201);
    other.at("2026-03-08T16:30:00+07:00").start(FIRST).await.refused(403, "round_closed");
}

#[tokio::test]
async fn a_later_end_moves_the_closing() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    stage.clock_well(DURING).await;
    let later = folder.with_plan("2026-03-08T16:00", "2026-03-08T16:30");
    stage.upload("contest.toml", later.text("contest.toml")).await;
    let fired = stage.clock_well("2026-03-08T16:29:59+07:00").await;
    assert_eq!(fired, Vec::<Value>::new(), "nothing closes at the old end");
    let fired = stage.clock_well("2026-03-08T16:30:00+07:00").await;
    assert_eq!(fired.len(), 1, "{fired:?}");
}

#[tokio::test]
async fn a_round_that_closed_cannot_be_opened_again() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    stage.clock_well(CLOSES).await;
    let later = folder.with_plan("2026-03-08T16:00", "2026-03-08T16:30").text("contest.toml");
    refuse(&stage, "contest.toml", &later, "round_has_ended").await;
}

#[tokio::test]
async fn the_next_round_may_change_while_one_is_open() {
    let folder = Folder::small();
    let stage = Stage::with(&folder).await;
    stage.clock_well(DURING).await;
    stage.accept("bank-2.csv", bank(8, 9)).await;
    let moved = folder.with_plan("2026-03-15T16:00", "2026-03-15T15:00").text("contest.toml");
    stage.accept("contest.toml", moved).await;
}

#[tokio::test]
async fn a_point_that_has_passed_is_woken_up_for_a_minute_later() {
    let mut stage = Stage::empty("2026-03-08T18:00:00+07:00").await;
    Folder::small().id.clone_into(&mut stage.door.contest);
    stage.upload("contest.toml", Folder::small().text("contest.toml")).await;
    let schedules: Vec<String> = stage.schedules().await.into_iter().filter(|line| line.contains(FIRST)).collect();
    let steps: Vec<&str> = schedules.iter().map(|line| &line[..7]).collect();
    assert_eq!(steps, ["2-close", "3-publi"], "{schedules:#?}");
    for line in &schedules {
        assert_eq!(line.split(' ').nth(1), Some("2026-03-08T11:01:00.000Z"), "{line}");
    }
}

//! Handing in: in time, twice, differently, late, and after the round is kept.

use super::{open_stage, started};
use http::Method;
use serde_json::{Value, json};
use tests::sheet::{answers, open_note};
use tests::{CLOSES, Contestant, FIRST, Folder, OPENS, Stage, instant, person};

fn sheet_of(started: &Value, right: usize) -> Value {
    json!({ "answers": answers(&started["paper"], right), "prediction": 3 })
}

#[tokio::test]
async fn the_same_sheet_again_gets_the_same_bytes() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let sheet = sheet_of(&started(&contestant).await, 4);
    let first = contestant.at("2026-03-02T08:05:00+07:00").submit(FIRST, 1, &sheet).await;
    first.expect(200);
    let tables = stage.tables().await;
    for at in ["2026-03-02T08:05:00.001+07:00", "2026-03-02T09:00:00+07:00", "2026-03-08T15:59:59.999+07:00"] {
        let again = contestant.at(at).submit(FIRST, 1, &sheet).await;
        assert_eq!((again.status, &again.body), (200, &first.body), "sent again at {at}");
    }
    assert_eq!(stage.tables().await, tables, "a repetition writes nothing");
}

#[tokio::test]
async fn the_order_of_options_does_not_make_another_sheet() {
    // Every question of the bank, so that the one with two right options is among them.
    let (_stage, contestant) = open_stage(&Folder::small().with_plan("questions = 4", "questions = 6")).await;
    let started = started(&contestant).await;
    let questions = started["paper"]["questions"].as_array().expect("a list");
    let question = questions.iter().find(|question| question["choose"] == 2).expect("one of them has two");
    let id = question["id"].as_str().expect("an id");
    let turned = json!({ "answers": { id: ["c", "a"] }, "prediction": null });
    let accepted = contestant.at(OPENS).submit(FIRST, 1, &json!({ "answers": { id: ["a", "c"] } })).await;
    let again = contestant.at(OPENS).submit(FIRST, 1, &turned).await;
    assert_eq!((accepted.status, &accepted.body), (200, &again.body));
}

#[tokio::test]
async fn another_sheet_is_a_conflict_that_carries_the_first_receipt() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let started = started(&contestant).await;
    let at = instant("2026-03-02T08:05:00+07:00");
    let first = contestant.at(at).submit(FIRST, 1, &sheet_of(&started, 2)).await.expect(200);
    let tables = stage.tables().await;
    let mut other_prediction = sheet_of(&started, 2);
    other_prediction["prediction"] = json!(4);
    for other in [sheet_of(&started, 4), other_prediction, json!({ "answers": {} })] {
        let refused = contestant.at(at).submit(FIRST, 1, &other).await.refused(409, "already_submitted");
        assert_eq!(refused["receipt"], first["receipt"]);
    }
    assert_eq!(stage.tables().await, tables);
}

/// An attempt started at one instant and handed in at another.
async fn check(started_at: &str, received_at: &str, refused: Option<&str>) {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let started = contestant.at(started_at).start(FIRST).await.expect(201);
    let tables = stage.tables().await;
    let sheet = sheet_of(&started, 4);
    let reply = contestant.at(received_at).submit(FIRST, 1, &sheet).await;
    match refused {
        None => drop(reply.expect(200)),
        Some(code) => {
            reply.refused(403, code);
            assert_eq!(stage.tables().await, tables, "a late sheet is not written");
        }
    }
}

#[tokio::test]
async fn a_sheet_is_in_time_until_the_grace_is_over() {
    check(OPENS, "2026-03-02T08:15:09.999+07:00", None).await;
}

#[tokio::test]
async fn a_sheet_is_late_when_the_grace_is_over() {
    for late in ["2026-03-02T08:15:10.000+07:00", "2026-03-02T08:15:10.001+07:00", "2026-03-05T12:00:00+07:00"] {
        check(OPENS, late, Some("attempt_expired")).await;
    }
}

#[tokio::test]
async fn a_sheet_is_in_time_one_millisecond_before_the_round_ends() {
    check("2026-03-08T15:59:00+07:00", "2026-03-08T15:59:59.999+07:00", None).await;
}

#[tokio::test]
async fn a_sheet_is_late_when_the_round_ends_whatever_the_grace() {
    for late in ["2026-03-08T16:00:00.000+07:00", "2026-03-08T16:00:00.001+07:00", "2026-03-09T12:00:00+07:00"] {
        check("2026-03-08T15:45:00+07:00", late, Some("round_closed")).await;
    }
}

#[tokio::test]
async fn the_duration_is_at_most_the_minutes() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let sheet = sheet_of(&started(&contestant).await, 4);
    let at = instant("2026-03-02T08:15:09.999+07:00");
    let accepted = contestant.at(at).submit(FIRST, 1, &sheet).await.expect(200);
    assert_eq!(accepted["duration_ms"], 15 * 60 * 1_000);
    assert_eq!(accepted["received_at"], "2026-03-02T01:15:09.999Z");
}

#[tokio::test]
async fn without_minutes_an_attempt_lasts_as_long_as_its_round() {
    let (_stage, contestant) = open_stage(&Folder::small().with_plan("minutes = 15", "minutes = 0")).await;
    let started = started(&contestant).await;
    assert_eq!(started["ends_at"], "2026-03-08T09:00:00.000Z");
    let at = instant("2026-03-08T15:59:59.999+07:00");
    let accepted = contestant.at(at).submit(FIRST, 1, &sheet_of(&started, 4)).await.expect(200);
    assert_eq!(accepted["duration_ms"], 6 * 86_400_000 + 8 * 3_600_000 - 1);
}

#[tokio::test]
async fn a_receipt_verifies_with_the_published_key_and_names_the_sheet() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let sheet = sheet_of(&started(&contestant).await, 4);
    let at = instant("2026-03-02T08:05:00.007+07:00");
    let accepted = contestant.at(at).submit(FIRST, 1, &sheet).await.expect(200);
    let receipt = accepted["receipt"].as_str().expect("a text");
    let public = stage.contest_json().await;
    let key = public["public_key"].as_str().expect("a text");
    let text = open_note(receipt, key).expect("the receipt holds");
    let pseudonym = contestant.me().await["pseudonym"].as_str().expect("a text").to_owned();
    let expected = ["hoithi/receipt/1", "thi-thu", "vong-1", &pseudonym, "1", "2026-03-02T01:05:00.007Z"];
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..6], expected);
    assert_eq!(lines[6].len(), 64, "the commitment to the sheet");
    let tampered = receipt.replace("\n1\n", "\n2\n");
    assert!(open_note(&tampered, key).is_err());
}

/// One attempt handed in, another left open, at the end of the round.
async fn played_to_the_end() -> (Stage, Contestant, Value, tests::reply::Reply, Contestant) {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let sheet = sheet_of(&started(&contestant).await, 3);
    let at = instant("2026-03-02T08:05:00+07:00");
    let accepted = contestant.at(at).submit(FIRST, 1, &sheet).await;
    accepted.expect(200);
    let idle = stage.door.register(&person(2, "Trần Thị Bình", "nam")).await;
    idle.at("2026-03-08T15:50:00+07:00").start(FIRST).await.expect(201);
    (stage, contestant, sheet, accepted, idle)
}

#[tokio::test]
async fn after_freezing_the_kept_rows_answer_with_the_same_bytes() {
    let (stage, contestant, sheet, accepted, _) = played_to_the_end().await;
    for at in ["2026-03-08T16:00:00+07:00", "2026-03-08T17:00:00+07:00"] {
        stage.clock_well(at).await;
        let again = contestant.submit(FIRST, 1, &sheet).await;
        assert_eq!((again.status, &again.body), (200, &accepted.body), "at {at}");
        assert_eq!(contestant.status(FIRST, 1).await.body, accepted.body, "at {at}");
        let refused = contestant.submit(FIRST, 1, &json!({ "answers": {} })).await;
        assert_eq!(refused.refused(409, "already_submitted")["receipt"], accepted.expect(200)["receipt"]);
    }
}

#[tokio::test]
async fn after_freezing_an_open_attempt_cannot_be_handed_in() {
    let (stage, _, _, _, idle) = played_to_the_end().await;
    stage.clock_well(CLOSES).await;
    let tables = stage.tables().await;
    idle.submit(FIRST, 1, &json!({ "answers": {} })).await.refused(403, "round_closed");
    assert_eq!(idle.status(FIRST, 1).await.expect(200)["status"], "expired");
    assert_eq!(stage.tables().await, tables);
}

#[tokio::test]
async fn between_shutting_the_gates_and_freezing_nobody_is_told_yes_or_no() {
    let (stage, contestant, sheet, accepted, _) = played_to_the_end().await;
    stage.clock_well(CLOSES).await;
    stage.round(FIRST).set_phase("SHUT").await;
    let at = stage.world.clock.now();
    let busy = contestant.at(at).submit(FIRST, 1, &sheet).await;
    busy.refused(503, "busy");
    assert!(!busy.header("retry-after").is_empty());
    contestant.status(FIRST, 1).await.refused(503, "busy");
    stage.round(FIRST).set_phase("FROZEN").await;
    assert_eq!(contestant.status(FIRST, 1).await.body, accepted.body);
}

#[tokio::test]
async fn unanswered_questions_and_no_prediction_are_accepted() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    started(&contestant).await;
    contestant.at(OPENS).submit(FIRST, 1, &json!({ "answers": {} })).await.expect(200);
}

/// A prediction as it is sent, and the word by which it is refused.
async fn check_prediction(target: &str, sent: &str, refused: Option<&str>) {
    let folder = Folder::small().with_plan("target = \"contestants\"", &format!("target = \"{target}\""));
    let (_stage, contestant) = open_stage(&folder).await;
    started(&contestant).await;
    let body = format!("{{\"answers\":{{}},\"prediction\":{sent}}}");
    let reply = contestant.door.at(OPENS).send(Method::PUT, "rounds/vong-1/attempts/1", body).await;
    match refused {
        None => assert_eq!(reply.status, 200, "{target} {sent}: {}", reply.text()),
        Some(code) => {
            assert_eq!(reply.faults(422, "invalid_answers"), [("prediction".into(), code.into())], "{target} {sent}");
        }
    }
}

#[tokio::test]
async fn predictions_of_counts_are_whole_numbers() {
    check_prediction("attempts", "3200", None).await;
    check_prediction("attempts", "null", None).await;
    for bad in ["3.2", "-1", "\"3200\"", "[]", "1e3"] {
        check_prediction("attempts", bad, Some("not_a_number")).await;
    }
    check_prediction("attempts", "99999999999", Some("too_large")).await;
}

#[tokio::test]
async fn predictions_of_a_percentage_have_decimals() {
    check_prediction("perfect_percent", "42.19", None).await;
    check_prediction("perfect_percent", "100.01", Some("too_large")).await;
    check_prediction("perfect_percent", "42.1234567", Some("not_a_number")).await;
}

//! Starting an attempt: when, how often, and what the paper shows.

use super::{anybody, open_stage, started};
use http::Method;
use serde_json::{Value, json};
use tests::{CANARY, CLOSES, Contestant, FIRST, Folder, OPENS, SECOND, SECOND_OPENS, Stage, at_once};

/// The number of attempts that exist of the first round.
async fn attempts(contestant: &Contestant) -> usize {
    contestant.me().await["rounds"][0]["attempts"].as_array().expect("a list").len()
}

async fn hand_in(contestant: &Contestant, number: u64) {
    contestant.submit(FIRST, number, &json!({ "answers": {} })).await.expect(200);
}

#[tokio::test]
async fn a_round_is_open_from_its_opening_to_the_millisecond_before_its_end() {
    let stage = Stage::with(&Folder::small().with_plan("per_round = 3", "per_round = 0")).await;
    let contestant = stage.door.register(&anybody()).await;
    contestant.at("2026-03-02T07:59:59.999+07:00").start(FIRST).await.refused(403, "round_not_open");
    contestant.at(OPENS).start(FIRST).await.expect(201);
    let last = contestant.at("2026-03-08T15:59:59.999+07:00").start(FIRST).await.expect(201);
    assert_eq!(last["ends_at"], "2026-03-08T09:00:00.000Z", "the round's end, not fifteen minutes later");
    contestant.at(CLOSES).start(FIRST).await.refused(403, "round_closed");
    assert_eq!(stage.tables().await["attempts"].len(), 2);
}

#[tokio::test]
async fn a_round_whose_bank_is_missing_is_not_open() {
    let stage = Stage::with(&Folder::small().without("bank-2.csv")).await;
    let contestant = stage.door.register(&anybody()).await;
    contestant.at(SECOND_OPENS).start(SECOND).await.refused(403, "round_not_open");
    assert!(stage.tables().await["attempts"].is_empty());
}

#[tokio::test]
async fn an_open_attempt_is_answered_again_with_its_paper_and_its_start() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let mut first = started(&contestant).await;
    let again = contestant.at("2026-03-02T08:14:00+07:00").start(FIRST).await.expect(200);
    first["server_time"] = json!("2026-03-02T01:14:00.000Z");
    assert_eq!(again, first, "all but the server's time");
}

#[tokio::test]
async fn an_attempt_past_its_grace_is_over_and_the_next_one_has_its_own_number() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    started(&contestant).await;
    let in_grace = contestant.at("2026-03-02T08:15:09.999+07:00").start(FIRST).await;
    assert_eq!(in_grace.expect(200)["attempt"], 1);
    let over = contestant.at("2026-03-02T08:15:10.000+07:00").start(FIRST).await;
    assert_eq!(over.expect(201)["attempt"], 2);
    stage.clock_well("2026-03-02T08:15:10.000+07:00").await;
    assert_eq!(contestant.me().await["rounds"][0]["attempts"][0]["status"], "expired");
    assert_eq!(contestant.status(FIRST, 1).await.expect(200)["status"], "expired");
}

#[tokio::test]
async fn attempts_are_counted_and_used_up() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    for number in 1..=3 {
        assert_eq!(started(&contestant).await["attempt"], number);
        hand_in(&contestant, number).await;
    }
    contestant.at(OPENS).start(FIRST).await.refused(409, "attempts_used_up");
    assert_eq!(contestant.me().await["rounds"][0]["attempts_left"], 0);
    assert_eq!(attempts(&contestant).await, 3);
}

#[tokio::test]
async fn zero_attempts_per_round_means_any_number() {
    let (_stage, contestant) = open_stage(&Folder::small().with_plan("per_round = 3", "per_round = 0")).await;
    for number in 1..=12 {
        assert_eq!(started(&contestant).await["attempt"], number);
        hand_in(&contestant, number).await;
    }
    assert_eq!(contestant.me().await["rounds"][0]["attempts_left"], Value::Null);
}

/// 101 starts at once by one person; returns the statuses and the bodies.
async fn hundred_and_one_starts(contestant: &Contestant) -> Vec<(u16, Value)> {
    let one = |_| {
        let contestant = contestant.at(OPENS);
        async move {
            let reply = contestant.start(FIRST).await;
            (reply.status, serde_json::from_slice(&reply.body).expect("JSON"))
        }
    };
    at_once((0..101).map(one)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_101_starts_at_once_one_is_new_and_all_show_the_same_paper() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let replies = hundred_and_one_starts(&contestant).await;
    assert_eq!(replies.iter().filter(|(status, _)| *status == 201).count(), 1);
    assert_eq!(replies.iter().filter(|(status, _)| *status == 200).count(), 100);
    assert!(replies.iter().all(|(_, body)| *body == replies[0].1), "one paper, one start");
    assert_eq!(attempts(&contestant).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_many_starts_are_sent_no_more_attempts_exist_than_the_plan_allows() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    for number in 1..=3 {
        hundred_and_one_starts(&contestant).await;
        hand_in(&contestant, number).await;
    }
    let refused = hundred_and_one_starts(&contestant).await;
    assert!(refused.iter().all(|(status, body)| *status == 409 && body["code"] == "attempts_used_up"));
    assert_eq!(attempts(&contestant).await, 3, "exactly per_round");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn however_many_starts_are_sent_no_more_are_of_one_day_than_the_plan_allows() {
    let folder = Folder::small().with_plan("per_round = 3", "per_round = 3\nper_day = 2");
    let (_stage, contestant) = open_stage(&folder).await;
    assert_eq!(contestant.me().await["rounds"][0]["attempts_left"], 2);
    for number in 1..=2 {
        hundred_and_one_starts(&contestant).await;
        hand_in(&contestant, number).await;
    }
    let refused = hundred_and_one_starts(&contestant).await;
    assert!(refused.iter().all(|(status, body)| *status == 409 && body["code"] == "attempts_used_up"));
    let said = refused[0].1["detail"].as_str().expect("a sentence");
    assert!(said.contains("hôm nay") && said.contains("00h00"), "{said}");
    assert_eq!((attempts(&contestant).await, &contestant.me().await["rounds"][0]["attempts_left"]), (2, &json!(0)));
    let tomorrow = contestant.at("2026-03-03T00:00:00+07:00");
    assert_eq!(tomorrow.me().await["rounds"][0]["attempts_left"], 1, "of the round");
    assert_eq!(tomorrow.start(FIRST).await.expect(201)["attempt"], 3);
    tomorrow.submit(FIRST, 3, &json!({ "answers": {} })).await.expect(200);
    let used_up = tomorrow.start(FIRST).await.refused(409, "attempts_used_up");
    assert!(used_up["detail"].as_str().expect("a sentence").contains("vòng này"), "{used_up}");
}

#[tokio::test]
async fn on_the_last_day_of_a_round_nobody_is_told_to_come_tomorrow() {
    let folder = Folder::small().with_plan("per_round = 3", "per_round = 3\nper_day = 1");
    let (_stage, contestant) = open_stage(&folder).await;
    let last_day = contestant.at("2026-03-08T09:00:00+07:00");
    last_day.start(FIRST).await.expect(201);
    last_day.submit(FIRST, 1, &json!({ "answers": {} })).await.expect(200);
    let said = last_day.start(FIRST).await.refused(409, "attempts_used_up");
    assert!(said["detail"].as_str().expect("a sentence").contains("đóng trước"), "{said}");
}

#[tokio::test]
async fn nothing_that_a_contestant_is_sent_tells_the_key() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let started = contestant.at(OPENS).start(FIRST).await;
    let id = started.expect(201)["attempt"].as_u64().expect("a number");
    let accepted = contestant.at(OPENS).submit(FIRST, id, &json!({ "answers": {} })).await;
    let status = contestant.status(FIRST, id).await;
    let me = contestant.door.call(Method::GET, "me", None).await;
    for reply in [started, accepted, status, me] {
        let text = reply.text();
        for secret in [CANARY, "answer\"", "right", "correct", "explanation", "\"key\""] {
            assert!(!text.contains(secret), "{secret} in {text}");
        }
    }
}

#[tokio::test]
async fn a_start_says_nothing_and_something_else_is_refused() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    let (door, path) = (contestant.door.at(OPENS), "rounds/vong-1/attempts");
    for (body, status) in [("{\"attempt\":7}", 422), ("{", 400), ("[]", 422), ("[1]", 422), ("null", 422)] {
        let reply = door.send(Method::POST, path, body).await;
        assert_eq!(reply.status, status, "{body}: {}", reply.text());
    }
    assert_eq!(attempts(&contestant).await, 0);
    door.send(Method::POST, path, "{}").await.expect(201);
}

//! A secret that is lost: a slip from the organizers sets another one, once.

use super::sessions::check;
use super::{anybody, open_stage, started};
use contest::slip_code::{RESET_VALID_MS, SlipCode};
use serde_json::{Value, json};
use tests::sheet;
use tests::{Contestant, FIRST, Folder, OPENS, SECRET, START, Stage, at_once, instant, person};

const NEW: &str = "mật khẩu mới";
const ID: &str = "001090000001";

fn code() -> SlipCode {
    SlipCode::of([7; 15])
}

/// Somebody with a slip that was given now.
async fn with_slip() -> (Stage, Contestant, String) {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&anybody()).await;
    stage.give_slip(&contestant.code, &code(), instant(START).plus_millis(RESET_VALID_MS)).await;
    (stage, contestant, code().to_string())
}

#[tokio::test]
async fn a_slip_sets_another_secret_once_and_ends_every_session() {
    let (stage, contestant, code) = with_slip().await;
    stage.door.sign_in(ID, SECRET).await.expect(200);
    let typed = code.to_lowercase().replace('-', " ");
    let reset = contestant.in_session(stage.door.use_slip("0912 000 001", &typed, NEW).await);
    reset.me().await;
    contestant.door.call(http::Method::GET, "me", None).await.refused(401, "no_session");
    stage.door.sign_in(ID, SECRET).await.refused(401, "wrong_credentials");
    stage.door.sign_in(ID, NEW).await.expect(200);
    stage.door.use_slip(ID, &code, "mật khẩu khác").await.refused(401, "wrong_credentials");
}

#[tokio::test]
async fn for_seven_days_its_owner_is_told() {
    let (stage, contestant, code) = with_slip().await;
    assert_eq!(contestant.me().await["secret_reset_at"], Value::Null);
    let export = contestant.export().await.expect(200);
    assert_eq!(export["slip_valid_until"], "2026-03-03T02:00:00.000Z");
    let reset = contestant.in_session(stage.door.use_slip(ID, &code, NEW).await);
    let at = reset.me().await["secret_reset_at"].clone();
    assert_eq!(at, "2026-03-01T02:00:00.000Z");
    assert_eq!(reset.at("2026-03-08T08:59:59.999+07:00").me().await["secret_reset_at"], at);
    assert_eq!(reset.at("2026-03-08T09:00:00.000+07:00").me().await["secret_reset_at"], Value::Null);
    let export = reset.export().await.expect(200);
    assert_eq!((&export["secret_reset_at"], &export["slip_valid_until"]), (&at, &Value::Null));
    reset.erase().await.expect(202);
    assert!(!stage.tables().await["people"].join("").contains("secret_reset_at"));
}

#[tokio::test]
async fn whatever_is_wrong_with_identifier_or_code_is_answered_alike() {
    let (stage, contestant, code) = with_slip().await;
    let other = stage.door.register(&person(2, "Trần Thị Bình", "nam")).await;
    let wrong = stage.door.use_slip(ID, &SlipCode::of([8; 15]).to_string(), NEW).await;
    wrong.refused(401, "wrong_credentials");
    for (identifier, code) in [
        ("001090999999", code.as_str()),
        ("KHONGCO1", &code),
        ("", &code),
        (&other.code, &code),
        (ID, ""),
        (ID, "không phải mã"),
        (ID, &code[..28]),
    ] {
        let reply = stage.door.use_slip(identifier, code, NEW).await;
        assert_eq!((reply.status, &reply.body), (wrong.status, &wrong.body), "{identifier:?} {code:?}");
    }
    let late = stage.door.at("2026-03-03T09:00:00.000+07:00").use_slip(ID, &code, NEW).await;
    assert_eq!((late.status, &late.body), (wrong.status, &wrong.body), "48 hours are over");
    contestant.me().await;
    contestant.in_session(stage.door.at("2026-03-03T08:59:59.999+07:00").use_slip(ID, &code, NEW).await);
}

#[tokio::test]
async fn tries_of_codes_wait_like_tries_of_secrets_and_neither_uses_up_the_other() {
    let (stage, contestant, code) = with_slip().await;
    for _ in 0..5 {
        stage.door.sign_in(ID, "mật khẩu sai").await.refused(401, "wrong_credentials");
    }
    stage.door.sign_in(ID, SECRET).await.refused(429, "too_many_tries");
    for _ in 0..5 {
        stage.door.use_slip(ID, "1234", NEW).await.refused(401, "wrong_credentials");
        stage.door.use_slip("001090999999", "1234", NEW).await.refused(401, "wrong_credentials");
    }
    let waits = stage.door.use_slip(ID, &code, NEW).await;
    waits.refused(429, "too_many_tries");
    assert_eq!(waits.header("retry-after"), "900");
    stage.door.use_slip("001090999999", &code, NEW).await.refused(429, "too_many_tries");
    contestant.in_session(stage.door.use_slip(&contestant.code, &code, NEW).await);
}

#[tokio::test]
async fn a_secret_that_a_slip_sets_keeps_the_rules_and_a_refusal_leaves_the_slip() {
    let (stage, contestant, code) = with_slip().await;
    for (secret, fault) in [("ngắn", "too_short"), ("12345678", "too_common"), ("0912000001", "known_number")] {
        let reply = stage.door.use_slip(ID, &code, secret).await;
        assert_eq!(reply.faults(422, "invalid_fields"), [("secret".to_owned(), fault.to_owned())], "{secret}");
    }
    contestant.in_session(stage.door.use_slip(ID, &code, NEW).await);
}

#[tokio::test]
async fn a_newer_slip_or_a_change_of_the_secret_takes_the_place_of_a_slip() {
    let (stage, contestant, code) = with_slip().await;
    let newer = SlipCode::of([9; 15]);
    stage.give_slip(&contestant.code, &newer, instant(START).plus_millis(RESET_VALID_MS)).await;
    stage.door.use_slip(ID, &code, NEW).await.refused(401, "wrong_credentials");
    contestant.in_session(contestant.change_secret(SECRET, NEW).await);
    stage.door.use_slip(ID, &newer.to_string(), SECRET).await.refused(401, "wrong_credentials");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_use_a_slip_at_once_one_sets_the_secret() {
    let (stage, contestant, code) = with_slip().await;
    let one = |number: u32| {
        let (door, code) = (stage.door.clone(), code.clone());
        async move { (number, door.use_slip(ID, &code, &format!("mật khẩu thứ {number}")).await.status) }
    };
    let ended = at_once((1..=3).map(one)).await;
    let won: Vec<u32> = ended.iter().filter(|(_, status)| *status == 200).map(|(number, _)| *number).collect();
    assert_eq!(won.len(), 1, "{ended:?}");
    assert!(ended.iter().all(|(_, status)| matches!(status, 200 | 401)), "{ended:?}");
    stage.door.sign_in(&contestant.code, &format!("mật khẩu thứ {}", won[0])).await.expect(200);
}

#[tokio::test]
async fn what_is_under_way_goes_on_in_the_session_that_a_slip_opened() {
    let (stage, contestant) = open_stage(&Folder::small()).await;
    let paper = started(&contestant).await["paper"].clone();
    stage.give_slip(&contestant.code, &code(), instant(OPENS).plus_millis(RESET_VALID_MS)).await;
    let reset = contestant.in_session(stage.door.at(OPENS).use_slip(ID, &code().to_string(), NEW).await);
    check(&stage, OPENS, contestant.door.session.as_deref()).await;
    let sheet = json!({ "answers": sheet::answers(&paper, 2), "prediction": null });
    reset.at("2026-03-02T08:01:00+07:00").submit(FIRST, 1, &sheet).await.expect(200);
}

#[tokio::test]
async fn a_shared_phone_asks_for_something_else_even_with_the_code() {
    let (stage, contestant, code) = with_slip().await;
    let mut form = person(2, "Trần Thị Bình", "nam");
    form.insert("phone".into(), json!("0912000001"));
    stage.door.register(&form).await;
    stage.door.use_slip("0912000001", &code, NEW).await.refused(401, "shared_identifier");
    contestant.in_session(stage.door.use_slip(ID, &code, NEW).await);
}

//! What tries to sign in are counted under, and who is kept out by whose.

use super::anybody;
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use tests::reply::Reply;
use tests::{Contestant, Door, Folder, SECRET, START, Stage, instant, person};

const ID: &str = "001090000001";
const PHONE: &str = "0912000001";
const WRONG: &str = "mật khẩu sai";

fn minute(minute: i64) -> Timestamp {
    instant(START).plus_millis(minute * 60_000)
}

async fn sign_in(door: &Door, form: Value) -> Reply {
    door.call(Method::POST, "sessions", Some(&form)).await
}

/// Somebody else who states the phone of the person `anybody`.
async fn sharer(stage: &Stage, number: u32) -> Contestant {
    let mut form = person(number, "Trần Thị Bình", "nam");
    form.insert("phone".into(), json!(PHONE));
    form.insert("secret".into(), json!("mật khẩu của kẻ lạ"));
    stage.door.register(&form).await
}

/// A stranger registers with the phone of a victim, guesses by it, and signs in as himself in between.
#[tokio::test]
async fn whoever_registers_with_a_strangers_phone_gets_no_more_guesses_by_his_own_successes() {
    let stage = Stage::with(&Folder::small()).await;
    let victim = stage.door.register(&anybody()).await;
    let stranger = sharer(&stage, 2).await;
    let mut answers = Vec::new();
    for guess in 0..16 {
        // Even the right guess opens nothing.
        let secret = if guess == 3 { SECRET } else { WRONG };
        answers.push(stage.door.sign_in(PHONE, secret).await);
        if guess % 4 == 3 {
            stage.door.sign_in(PHONE, "mật khẩu của kẻ lạ").await;
            stage.door.sign_in(&stranger.code, "mật khẩu của kẻ lạ").await.expect(200);
        }
    }
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses[..4], [401; 4], "{statuses:?}");
    assert_eq!(statuses[4..], [429; 12], "the stranger's own try was the fifth: {statuses:?}");
    assert!(answers.iter().all(|answer| !answer.text().contains(&victim.code)));
    stage.door.sign_in(ID, SECRET).await.expect(200);
    stage.door.sign_in(&victim.code, SECRET).await.expect(200);
}

#[tokio::test]
async fn a_shared_phone_asks_for_something_else_and_tries_no_secret() {
    let stage = Stage::with(&Folder::small()).await;
    let owner = stage.door.register(&anybody()).await;
    sharer(&stage, 2).await;
    for secret in [SECRET, "mật khẩu của kẻ lạ", WRONG] {
        let refused = stage.door.sign_in(PHONE, secret).await.refused(401, "shared_identifier");
        assert_eq!(refused["detail"], "Số điện thoại này dùng chung, xin nhập căn cước hoặc mã dự thi.");
    }
    assert_eq!(stage.door.sign_in(ID, SECRET).await.expect(200)["contestant"], owner.code.as_str());
}

#[tokio::test]
async fn every_try_costs_one_hash_and_the_same_calls_however_many_have_the_identifier() {
    let mut all = Vec::new();
    for sharing in [0, 1, 2, 5] {
        let stage = Stage::with(&Folder::small()).await;
        for number in 1..=sharing {
            sharer(&stage, number).await;
        }
        // Somebody else fills the cache of contests.
        stage.door.sign_in("KHONGCO1", WRONG).await;
        let before = stage.logbook.book.calls().remove("api").expect("it was called");
        let (_, lines) = stage.logbook.logged(stage.door.sign_in(PHONE, WRONG)).await;
        let mut calls = stage.logbook.book.calls().remove("api").expect("it was called");
        calls.iter_mut().for_each(|(call, count)| *count -= before.get(call).copied().unwrap_or_default());
        calls.retain(|_, count| *count > 0);
        all.push((sharing, lines[0].fields["hashes"].clone(), calls));
    }
    for (sharing, hashes, calls) in &all {
        assert_eq!(*hashes, json!(1), "{sharing} share the phone");
        assert_eq!(calls, &all[0].2, "{sharing} share the phone");
    }
}

#[tokio::test]
async fn an_account_takes_ten_tries_in_a_window_by_whatever_they_come() {
    let stage = Stage::with(&Folder::small()).await;
    let person = stage.door.register(&anybody()).await;
    for identifier in [PHONE, &person.code] {
        for _ in 0..5 {
            stage.door.sign_in(identifier, WRONG).await.refused(401, "wrong_credentials");
        }
    }
    let braked = stage.door.sign_in(ID, SECRET).await;
    braked.refused(429, "too_many_tries");
    assert_eq!(braked.header("retry-after"), "900");
    stage.door.at(minute(15)).sign_in(ID, SECRET).await.expect(200);
}

#[tokio::test]
async fn an_account_takes_thirty_wrong_tries_a_day_and_an_unknown_identifier_too() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    for identifier in [ID, "001090999999"] {
        for n in 0..30 {
            stage.door.at(minute(n * 20)).sign_in(identifier, WRONG).await.refused(401, "wrong_credentials");
        }
        let braked = stage.door.at(minute(600)).sign_in(identifier, SECRET).await;
        assert_eq!(
            braked.refused(429, "too_many_tries")["detail"],
            "Đã thử quá nhiều lần. Xin chờ 14 giờ rồi thử lại."
        );
        assert_eq!(braked.header("retry-after"), (14 * 3_600).to_string());
    }
    stage.door.at(minute(600)).sign_in(PHONE, SECRET).await.refused(429, "too_many_tries");
    stage.door.at(minute(24 * 60)).sign_in(PHONE, SECRET).await.expect(200);
}

#[tokio::test]
async fn a_success_by_one_identifier_forgets_no_tries_by_another() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    for _ in 0..4 {
        stage.door.sign_in(PHONE, WRONG).await.refused(401, "wrong_credentials");
    }
    stage.door.sign_in(ID, SECRET).await.expect(200);
    stage.door.sign_in(PHONE, WRONG).await.refused(401, "wrong_credentials");
    stage.door.sign_in(PHONE, SECRET).await.refused(429, "too_many_tries");
}

/// The token that a registration gave.
async fn registered_device(stage: &Stage) -> String {
    stage.door.try_register(&anybody()).await.expect(201)["device"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn five_wrong_tries_of_a_stranger_do_not_keep_out_a_device_that_signed_in_before() {
    let stage = Stage::with(&Folder::small()).await;
    let device = registered_device(&stage).await;
    for _ in 0..5 {
        stage.door.sign_in(PHONE, WRONG).await.refused(401, "wrong_credentials");
    }
    stage.door.sign_in(PHONE, SECRET).await.refused(429, "too_many_tries");
    let known = json!({ "identifier": PHONE, "secret": SECRET, "device": device });
    let opened = sign_in(&stage.door, known).await.expect(200);
    // Its success gives the stranger nothing, and what it was given holds in its turn.
    stage.door.sign_in(PHONE, WRONG).await.refused(429, "too_many_tries");
    let again = json!({ "identifier": ID, "secret": SECRET, "device": opened["device"] });
    sign_in(&stage.door, again).await.expect(200);
}

#[tokio::test]
async fn a_device_has_five_tries_of_its_own_and_no_more() {
    let stage = Stage::with(&Folder::small()).await;
    let device = registered_device(&stage).await;
    let with = |secret: &str| json!({ "identifier": PHONE, "secret": secret, "device": device });
    for _ in 0..5 {
        sign_in(&stage.door, with(WRONG)).await.refused(401, "wrong_credentials");
    }
    sign_in(&stage.door, with(SECRET)).await.refused(429, "too_many_tries");
    stage.door.sign_in(PHONE, SECRET).await.expect(200);
    sign_in(&stage.door.at(minute(15)), with(SECRET)).await.expect(200);
}

#[tokio::test]
async fn a_device_token_of_another_account_or_of_nobody_changes_nothing() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    let other = stage.door.try_register(&person(2, "Trần Thị Bình", "nam")).await.expect(201)["device"].clone();
    for device in [other, json!("x"), json!(""), json!("A".repeat(30_000)), Value::Null] {
        let form = json!({ "identifier": PHONE, "secret": WRONG, "device": device });
        sign_in(&stage.door, form).await.refused(401, "wrong_credentials");
    }
    stage.door.sign_in(PHONE, SECRET).await.refused(429, "too_many_tries");
}

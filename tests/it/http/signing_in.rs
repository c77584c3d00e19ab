//! Signing in: by what, how often, and what an attacker learns.

use super::anybody;
use tests::{Folder, SECRET, START, Stage, at_once};

const ID: &str = "001090000001";

#[tokio::test]
async fn people_sign_in_by_citizen_id_phone_or_code_however_written() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&anybody()).await;
    let lower = contestant.code.to_lowercase();
    let spaced = format!(" {} ", contestant.code);
    for identifier in [ID, "001 090 000 001", "0912000001", "+84 912.000.001", &contestant.code, &lower, &spaced] {
        let reply = stage.door.sign_in(identifier, SECRET).await;
        assert_eq!(reply.status, 200, "{identifier}: {}", reply.text());
        assert_eq!(reply.expect(200)["contestant"], contestant.code.as_str());
    }
}

#[tokio::test]
async fn a_secret_is_the_same_typed_composed_or_decomposed() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    stage.door.sign_in(ID, "ma\u{323}\u{302}t kha\u{302}\u{309}u thu\u{31b}\u{309}").await.expect(200);
}

#[tokio::test]
async fn an_unknown_identifier_is_answered_like_a_wrong_secret() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    let wrong = stage.door.sign_in(ID, "mật khẩu sai").await;
    wrong.refused(401, "wrong_credentials");
    for (identifier, secret) in
        [("001090999999", SECRET), ("0999999999", SECRET), ("KHONGCO1", SECRET), ("", SECRET), (ID, "ngắn")]
    {
        let unknown = stage.door.sign_in(identifier, secret).await;
        assert_eq!((unknown.status, &unknown.body), (wrong.status, &wrong.body), "{identifier:?}");
    }
}

#[tokio::test]
async fn the_sixth_try_in_fifteen_minutes_waits_even_with_the_right_secret() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    for _ in 0..5 {
        stage.door.sign_in(ID, "mật khẩu sai").await.refused(401, "wrong_credentials");
    }
    let braked = stage.door.sign_in(ID, SECRET).await;
    braked.refused(429, "too_many_tries");
    assert_eq!(braked.header("retry-after"), "900");
    let later = stage.door.at("2026-03-01T09:14:59.999+07:00").sign_in(ID, SECRET).await;
    later.refused(429, "too_many_tries");
    assert_eq!(later.header("retry-after"), "1");
    stage.door.at("2026-03-01T09:15:00.000+07:00").sign_in(ID, SECRET).await.expect(200);
}

#[tokio::test]
async fn a_success_forgets_the_tries_before_it() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    for _ in 0..3 {
        for _ in 0..4 {
            stage.door.at(START).sign_in(ID, "mật khẩu sai").await.refused(401, "wrong_credentials");
        }
        stage.door.at(START).sign_in(ID, SECRET).await.expect(200);
    }
}

#[tokio::test]
async fn tries_for_an_unknown_identifier_are_braked_alike_and_others_are_not() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    for _ in 0..5 {
        stage.door.sign_in("001090999999", SECRET).await.refused(401, "wrong_credentials");
    }
    stage.door.sign_in("001 090 999 999", SECRET).await.refused(429, "too_many_tries");
    stage.door.sign_in(ID, SECRET).await.expect(200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn many_wrong_tries_at_once_are_not_more_than_five() {
    let stage = Stage::with(&Folder::small()).await;
    stage.door.register(&anybody()).await;
    let one = |_| {
        let door = stage.door.clone();
        async move { door.sign_in(ID, "mật khẩu sai").await.status }
    };
    let statuses = at_once((0..12).map(one)).await;
    assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 5, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 7, "{statuses:?}");
}

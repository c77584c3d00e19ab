//! What somebody wrote of themselves and puts right, and until when.

use super::{anybody, open_stage};
use serde_json::json;
use tests::{Contestant, Folder, Form, OPENS, SECRET, Stage, at_once, person};

const CLOSED: &str = "2026-03-15T16:00:00+07:00";

fn with_email(number: u32, email: &str) -> Form {
    let mut form = person(number, "Nguyễn Văn An", "bac");
    form.insert("email".to_owned(), email.into());
    form
}

async fn an(folder: &Folder) -> (Stage, Contestant) {
    let stage = Stage::with(folder).await;
    let contestant = stage.door.register(&with_email(1, "an@example.vn")).await;
    (stage, contestant)
}

#[tokio::test]
async fn unit_phone_and_address_of_mail_are_corrected_before_the_first_round() {
    let (stage, contestant) = an(&Folder::small().with_email()).await;
    let correction = json!({ "unit": "nam", "phone": "0987 654 321", "email": "An.Moi@example.vn" });
    let corrected = contestant.correct(&correction).await.expect(200);
    assert_eq!(corrected, contestant.me().await);
    for (member, value) in [("unit", "nam"), ("phone_last3", "321"), ("email", "an.moi@example.vn")] {
        assert_eq!(corrected[member], value, "{member}");
    }
    stage.door.sign_in("0987654321", SECRET).await.expect(200);
    stage.door.sign_in("an.moi@example.vn", SECRET).await.expect(200);
    for before in ["0912000001", "an@example.vn"] {
        stage.door.sign_in(before, SECRET).await.refused(401, "wrong_credentials");
    }
    let tables = stage.tables().await;
    assert_eq!(contestant.correct(&json!({})).await.expect(200), corrected);
    contestant.correct(&correction).await.expect(200);
    assert_eq!(stage.tables().await, tables, "said again, nothing changes");
}

#[tokio::test]
async fn the_unit_stays_from_the_first_opening_and_the_phone_from_the_last_closing() {
    let (stage, contestant) = an(&Folder::small().with_email()).await;
    contestant.at("2026-03-02T07:59:59.999+07:00").correct(&json!({ "unit": "nam" })).await.expect(200);
    let tables = stage.tables().await;
    for late in [json!({ "unit": "bac" }), json!({ "unit_basis": "residence" }), json!({ "unit": "bac", "phone": "1" })]
    {
        contestant.at(OPENS).correct(&late).await.refused(403, "too_late_to_change");
    }
    assert_eq!(stage.tables().await, tables);
    let last = "2026-03-15T15:59:59.999+07:00";
    let contestant =
        contestant.in_session(stage.door.at("2026-03-14T00:00:00+07:00").sign_in(&contestant.code, SECRET).await);
    contestant.at(last).correct(&json!({ "phone": "0987654321", "email": "moi@example.vn" })).await.expect(200);
    for late in [json!({ "phone": "0912000001" }), json!({ "email": "an@example.vn" })] {
        contestant.at(CLOSED).correct(&late).await.refused(403, "too_late_to_change");
    }
}

#[tokio::test]
async fn what_is_no_value_or_not_asked_for_is_refused_and_changes_nothing() {
    let (stage, contestant) = an(&Folder::small()).await;
    let tables = stage.tables().await;
    for (correction, field, fault) in [
        (json!({ "unit": "tay" }), "unit", "unknown_unit"),
        (json!({ "unit_basis": "birth" }), "unit_basis", "unknown_word"),
        (json!({ "phone": "12" }), "phone", "not_a_phone_number"),
        (json!({ "email": "an@example.vn" }), "email", "unknown_field"),
        (json!({ "track": "can-bo" }), "track", "unknown_field"),
        (json!({ "full_name": "Trần Văn Khác" }), "full_name", "unknown_field"),
        (json!({ "citizen_id": "001090000002" }), "citizen_id", "unknown_field"),
        (json!({ "phone": 1 }), "", "wrong_type"),
    ] {
        let reply = contestant.correct(&correction).await;
        assert_eq!(reply.faults(422, "invalid_fields"), [(field.to_owned(), fault.to_owned())], "{correction}");
    }
    assert_eq!(stage.tables().await, tables);
}

#[tokio::test]
async fn a_value_that_one_account_alone_may_have_is_not_taken_twice_and_comes_free() {
    let folder =
        Folder::small().with_email().with_plan("unique = [\"citizen_id\"]", "unique = [\"citizen_id\", \"phone\"]");
    let (stage, contestant) = an(&folder).await;
    let other = stage.door.register(&with_email(2, "binh@example.vn")).await;
    let tables = stage.tables().await;
    let taken = json!({ "phone": "0912000002", "email": "moi@example.vn" });
    contestant.correct(&taken).await.refused(409, "already_registered");
    assert_eq!(stage.tables().await, tables, "all of it or nothing");
    other.correct(&json!({ "phone": "0987654321" })).await.expect(200);
    contestant.correct(&taken).await.expect(200);
    contestant.in_session(stage.door.sign_in("0912000002", SECRET).await);
    let mut third = with_email(3, "cuong@example.vn");
    third.insert("phone".into(), json!("0912000001"));
    stage.door.register(&third).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_take_a_number_at_once_one_has_it() {
    let folder = Folder::small().with_plan("unique = [\"citizen_id\"]", "unique = [\"citizen_id\", \"phone\"]");
    let stage = Stage::with(&folder).await;
    let people = stage.door.register_all((1..=3).map(|number| person(number, "Nguyễn Văn An", "bac"))).await;
    let ended = at_once(
        people
            .iter()
            .cloned()
            .map(|contestant| async move { contestant.correct(&json!({ "phone": "0987654321" })).await.status }),
    )
    .await;
    assert_eq!(ended.iter().filter(|status| **status == 200).count(), 1, "{ended:?}");
    assert!(ended.iter().all(|status| matches!(status, 200 | 409 | 503)), "{ended:?}");
    stage.door.sign_in("0987654321", SECRET).await.expect(200);
}

#[tokio::test]
async fn nobody_becomes_by_a_correction_who_would_not_have_been_let_in() {
    let folder = Folder::small()
        .with_file("excluded.csv", "Họ và tên,Điện thoại,Vai trò\nTrần Thị Bí,0987654321,Ban Tổ chức\n")
        .with_plan("mode = \"open\"", "mode = \"roster\"")
        .with_file("roster.csv", "Họ và tên,Ngày sinh,Đơn vị\nNguyễn Văn An,1990-05-17,bac\n");
    let stage = Stage::with(&folder).await;
    let contestant = stage.door.register(&anybody()).await;
    let refused = contestant.correct(&json!({ "unit": "nam" })).await.refused(403, "not_eligible");
    assert_eq!(refused["reason"], "not_on_roster");
    let refused = contestant.correct(&json!({ "phone": "0987654321" })).await.refused(403, "not_eligible");
    assert_eq!(refused["reason"], "excluded");
    contestant.correct(&json!({ "phone": "0912000009" })).await.expect(200);
}

#[tokio::test]
async fn a_correction_keeps_the_session_and_what_is_under_way() {
    let (_stage, contestant) = open_stage(&Folder::small()).await;
    super::started(&contestant).await;
    contestant.at(OPENS).correct(&json!({ "phone": "0987654321" })).await.expect(200);
    contestant.at(OPENS).start(tests::FIRST).await.expect(200);
}

#[tokio::test]
async fn a_unit_outside_the_levels_is_not_chosen_by_a_correction_and_one_of_before_stays() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "thanh-pho")).await;
    let narrowed = Folder::small().with_plan("min_age = 16", "min_age = 16\nlevels = [\"ward\"]");
    assert_eq!(stage.upload("contest.toml", narrowed.text("contest.toml")).await["status"], "accepted");
    contestant.correct(&json!({ "phone": "0987654321" })).await.expect(200);
    contestant.correct(&json!({ "unit": "nam" })).await.expect(200);
    let refused = contestant.correct(&json!({ "unit": "thanh-pho" })).await.refused(403, "not_eligible");
    assert_eq!(refused["reason"], "unit");
}

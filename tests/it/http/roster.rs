//! Who is kept out, and contests for people on a list only.

use serde_json::json;
use tests::{Folder, Form, SECRET, Stage, person};

const EXCLUDED: &str = "Họ và tên,Căn cước,Điện thoại,Vai trò
Lê Văn Tổ,001090000001,,Tổ ra đề
Lê Thị Chức,,0912 000 002,Ban Tổ chức
";

const ROSTER: &str = "Họ và tên,Ngày sinh,Căn cước,Điện thoại,Đơn vị,Mã dự thi
Nguyễn Văn An,17/5/1990,001090000001,,bac,AB-001
Trần Thị Bình,17/5/1990,,,Phường Nam,AB-002
Phạm Văn Cường,17/5/1990,,,nam,
";

fn with_code(mut form: Form, code: &str) -> Form {
    form.insert("code".into(), json!(code));
    form
}

fn roster_folder() -> Folder {
    Folder::small().with_plan("mode = \"open\"", "mode = \"roster\"").with_file("roster.csv", ROSTER)
}

#[tokio::test]
async fn excluded_people_are_barred_by_either_number() {
    let stage = Stage::with(&Folder::small().with_file("excluded.csv", EXCLUDED)).await;
    for number in [1, 2] {
        let refused = stage.door.try_register(&person(number, "Lê Văn Khác", "bac")).await.refused(403, "not_eligible");
        assert_eq!(refused["reason"], "excluded");
    }
    stage.door.register(&person(3, "Lê Văn Tổ", "bac")).await;
}

#[tokio::test]
async fn excluded_people_may_play_where_the_plan_only_leaves_them_unranked() {
    let folder = Folder::small().with_plan("excluded = \"bar\"", "excluded = \"unranked\"");
    let stage = Stage::with(&folder.with_file("excluded.csv", EXCLUDED)).await;
    stage.door.register(&person(1, "Lê Văn Tổ", "bac")).await;
}

#[tokio::test]
async fn people_on_the_roster_get_the_code_printed_there() {
    let stage = Stage::with(&roster_folder()).await;
    let wrong = with_code(person(1, "Nguyễn Văn An", "bac"), "AB-002");
    assert_eq!(
        stage.door.try_register(&wrong).await.faults(422, "invalid_fields"),
        [("code".into(), "wrong_code".into())]
    );
    let by_citizen_id = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    assert_eq!(by_citizen_id.code, "AB-001");
    let by_name_and_birth = stage.door.register(&with_code(person(2, "TRẦN THỊ BÌNH", "nam"), " ab-002 ")).await;
    assert_eq!(by_name_and_birth.code, "AB-002");
    let signed_in = stage.door.sign_in("ab-002", SECRET).await.expect(200);
    assert_eq!(signed_in["contestant"], "AB-002");
}

#[tokio::test]
async fn a_person_on_the_roster_without_a_code_gets_one_that_stays_the_same() {
    let stage = Stage::with(&roster_folder()).await;
    let contestant = stage.door.register(&person(3, "Phạm Văn Cường", "nam")).await;
    let other = Stage::with(&roster_folder()).await;
    assert_eq!(contestant.code, other.door.register(&person(3, "Phạm Văn Cường", "nam")).await.code);
}

#[tokio::test]
async fn nobody_else_registers_in_a_contest_with_a_roster() {
    let stage = Stage::with(&roster_folder()).await;
    let strangers = [
        (9, "Nguyễn Văn An", "bac", "1990-05-17"),
        (9, "Trần Thị Bình", "nam", "1990-05-18"),
        (9, "Trần Thị Bình", "bac", "1990-05-17"),
        (9, "Trần Thị Bàng", "nam", "1990-05-17"),
    ];
    for (number, name, unit, birth_date) in strangers {
        let mut form = person(number, name, unit);
        form.insert("birth_date".into(), json!(birth_date));
        let reply = stage.door.try_register(&form).await;
        assert_eq!(reply.status, 403, "{form:?} {}", reply.text());
        assert_eq!(reply.refused(403, "not_eligible")["reason"], "not_on_roster");
    }
}

#[tokio::test]
async fn a_place_on_the_roster_is_taken_once() {
    let stage = Stage::with(&roster_folder()).await;
    stage.door.register(&with_code(person(2, "Trần Thị Bình", "nam"), "AB-002")).await;
    let again = with_code(person(8, "Trần Thị Bình", "nam"), "AB-002");
    stage.door.try_register(&again).await.refused(409, "already_registered");
}

#[tokio::test]
async fn whoever_knows_name_and_birth_date_alone_does_not_take_a_place_with_a_code() {
    let stage = Stage::with(&roster_folder()).await;
    let tables = stage.tables().await;
    let form = person(8, "Trần Thị Bình", "nam");
    let fault = |code: &str| [("code".to_owned(), code.to_owned())];
    assert_eq!(stage.door.try_register(&form).await.faults(422, "invalid_fields"), fault("missing"));
    assert_eq!(stage.tables().await, tables);
    for guess in ["AB-001", "AB-003", "AB-0022", "x", "AB-00"] {
        let guessed = with_code(form.clone(), guess);
        assert_eq!(
            stage.door.try_register(&guessed).await.faults(422, "invalid_fields"),
            fault("wrong_code"),
            "{guess}"
        );
    }
    let right = with_code(form, "AB-002");
    stage.door.try_register(&right).await.refused(429, "too_many_tries");
    stage.clock_well("2026-03-01T09:15:00+07:00").await;
    assert_eq!(stage.door.register(&right).await.code, "AB-002");
}

#[tokio::test]
async fn people_whose_names_differ_by_a_tone_alone_are_two() {
    let roster = "Họ và tên,Ngày sinh,Đơn vị\nLê Văn An,17/5/1990,bac\nLê Văn Ân,17/5/1990,bac\n";
    let stage = Stage::with(&roster_folder().with_file("roster.csv", roster)).await;
    let (an, other) = (person(1, "Lê Văn An", "bac"), person(2, "Lê Văn Ân", "bac"));
    let (an, other) = (stage.door.register(&an).await, stage.door.register(&other).await);
    assert_ne!(an.code, other.code);
    assert_eq!(
        stage.door.try_register(&person(3, "Lê Văn Ấn", "bac")).await.refused(403, "not_eligible")["reason"],
        "not_on_roster"
    );
}

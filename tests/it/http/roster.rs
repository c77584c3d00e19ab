//! Who is kept out, and contests for people on a list only.

use serde_json::json;
use tests::folder::Folder;
use tests::stage::{SECRET, Stage, person};

const EXCLUDED: &str = "Họ và tên,Căn cước,Điện thoại,Vai trò
Lê Văn Tổ,001090000001,,Tổ ra đề
Lê Thị Chức,,0912 000 002,Ban Tổ chức
";

const ROSTER: &str = "Họ và tên,Ngày sinh,Căn cước,Điện thoại,Đơn vị,Mã dự thi
Nguyễn Văn An,17/5/1990,001090000001,,bac,AB-001
Trần Thị Bình,17/5/1990,,,Phường Nam,AB-002
Phạm Văn Cường,17/5/1990,,,nam,
";

fn roster_folder() -> Folder {
    Folder::small().with_plan("mode = \"open\"", "mode = \"roster\"").with_file("roster.csv", ROSTER)
}

#[tokio::test]
async fn excluded_people_are_barred_by_either_number() {
    let stage = Stage::with(&Folder::small().with_file("excluded.csv", EXCLUDED)).await;
    for number in [1, 2] {
        let refused = stage.try_register(&person(number, "Lê Văn Khác", "bac")).await.refused(403, "not_eligible");
        assert_eq!(refused["reason"], "excluded");
    }
    stage.register(&person(3, "Lê Văn Tổ", "bac")).await;
}

#[tokio::test]
async fn excluded_people_may_play_where_the_plan_only_leaves_them_unranked() {
    let folder = Folder::small().with_plan("excluded = \"bar\"", "excluded = \"unranked\"");
    let stage = Stage::with(&folder.with_file("excluded.csv", EXCLUDED)).await;
    stage.register(&person(1, "Lê Văn Tổ", "bac")).await;
}

#[tokio::test]
async fn people_on_the_roster_get_the_code_printed_there() {
    let stage = Stage::with(&roster_folder()).await;
    let by_citizen_id = stage.register(&person(1, "Nguyễn Văn An", "bac")).await;
    assert_eq!(by_citizen_id.code, "AB-001");
    let by_name_and_birth = stage.register(&person(2, "TRẦN THỊ BÌNH", "nam")).await;
    assert_eq!(by_name_and_birth.code, "AB-002");
    let signed_in = stage.sign_in("ab-002", SECRET).await.expect(200);
    assert_eq!(signed_in["contestant"], "AB-002");
}

#[tokio::test]
async fn a_person_on_the_roster_without_a_code_gets_one_that_stays_the_same() {
    let stage = Stage::with(&roster_folder()).await;
    let contestant = stage.register(&person(3, "Phạm Văn Cường", "nam")).await;
    let other = Stage::with(&roster_folder()).await;
    assert_eq!(contestant.code, other.register(&person(3, "Phạm Văn Cường", "nam")).await.code);
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
        let reply = stage.try_register(&form).await;
        assert_eq!(reply.status, 403, "{form:?} {}", reply.text());
        assert_eq!(reply.refused(403, "not_eligible")["reason"], "not_on_roster");
    }
}

#[tokio::test]
async fn a_place_on_the_roster_is_taken_once() {
    let stage = Stage::with(&roster_folder()).await;
    stage.register(&person(2, "Trần Thị Bình", "nam")).await;
    stage.try_register(&person(8, "Trần Thị Bình", "nam")).await.refused(409, "already_registered");
}

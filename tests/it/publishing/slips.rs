//! Slips with the codes of a roster, before a contest.

use super::folder;
use contest::ids::ContestId;
use serde_json::{Value, json};
use store::{Control, ObjectRef};
use tests::{Folder, SECOND_PUBLISHES, Stage, pdf, person};

const ROSTER: &str = "Họ và tên,Ngày sinh,Căn cước,Đơn vị,Mã dự thi
Trần Thị Bình,17/5/1990,001090000002,nam,AB-002
Nguyễn Văn An,17/5/1990,001090000001,bac,
Lê Văn Tám,17/5/1990,001090000003,to-1,AB-003
Phạm Văn Ánh,1/2/1991,001090000004,nam,AB-004
";

fn of_roster(roster: &str) -> Folder {
    folder().with_file("roster.csv", roster)
}

async fn slips(stage: &Stage, name: &str) -> Option<Vec<u8>> {
    stage.object("officials", &format!("thi-thu/{name}")).await
}

async fn list(stage: &Stage) -> Value {
    serde_json::from_slice(&slips(stage, "roster-codes.json").await.expect("a list")).expect("JSON")
}

async fn swept(stage: &Stage) -> String {
    stage.world.sweep().await.expect("slips are made")
}

#[tokio::test]
async fn a_roster_gets_its_slips_with_the_next_sweep_and_again_when_it_changes() {
    let stage = Stage::with(&of_roster(ROSTER)).await;
    assert_eq!(slips(&stage, "roster-codes.pdf").await, None);
    assert!(swept(&stage).await.contains("made 4 slips of thi-thu"));
    let first = slips(&stage, "roster-codes.pdf").await.expect("slips");
    let pages = pdf::pages(&first);
    let an = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    // Units in the order of their file, people by given name.
    let order = [
        "Phiếu mã dự thi - Cuộc thi thử",
        "Phường Bắc, Thành phố: 1 phiếu",
        "Nguyễn Văn An Ngày sinh: 17/05/1990 Đơn vị: Phường Bắc Mã dự thi: ",
        &an.code,
        "Đăng ký tại: https://thi.example.vn/contest.html?c=thi-thu",
        "Phường Nam, Thành phố: 2 phiếu",
        "Phạm Văn Ánh",
        "AB-004",
        "Trần Thị Bình",
        "AB-002",
        "Tổ dân phố 1, Phường Nam, Thành phố: 1 phiếu",
        "Lê Văn Tám",
        "AB-003",
    ];
    let mut rest = pages[0].as_str();
    for said in order {
        rest = rest.split_once(said).unwrap_or_else(|| panic!("no {said:?} in {rest:?} of {pages:?}")).1;
    }
    let listed = list(&stage).await;
    assert_eq!(listed["schema"], "hoithi/documents/1");
    let sha256 = contest::seal::sha256_hex(&first);
    assert_eq!(
        listed["files"],
        json!([{ "name": "roster-codes.pdf", "sha256": sha256, "status": "ready", "detail": null }])
    );

    assert!(!swept(&stage).await.contains("slips"), "they show the roster in force");
    stage.accept("roster.csv", format!("{ROSTER}Lê Thị Dung,3/4/1992,001090000005,bac,\n")).await;
    assert!(swept(&stage).await.contains("made 5 slips"));
    assert_ne!(list(&stage).await["shows"]["roster_sha256"], listed["shows"]["roster_sha256"]);
    let second = pdf::pages(&slips(&stage, "roster-codes.pdf").await.expect("slips")).concat();
    assert!(second.contains("Lê Thị Dung") && second.contains(&an.code), "{second}");
    // Another name of a unit stands on slips too.
    let units = folder().text("units.csv").replace("Phường Nam", "Phường Nam Sơn");
    stage.accept("units.csv", units).await;
    assert!(swept(&stage).await.contains("made 5 slips"));
}

#[tokio::test]
async fn files_of_a_longer_roster_before_say_that_they_count_no_more() {
    let stage = Stage::with(&of_roster(ROSTER)).await;
    // As a roster of more than 2 000 people has left them.
    for name in ["roster-codes-002.pdf", "roster-codes-003.pdf"] {
        stage.put("officials", &format!("thi-thu/{name}"), "codes of before").await;
    }
    swept(&stage).await;
    for name in ["roster-codes-002.pdf", "roster-codes-003.pdf"] {
        let pages = pdf::pages(&slips(&stage, name).await.expect("a file"));
        assert!(pages[0].contains("tệp này không còn phiếu nào"), "{pages:?}");
    }
    assert_eq!(list(&stage).await["files"].as_array().map(Vec::len), Some(1));
    assert_eq!(slips(&stage, "roster-codes-004.pdf").await, None);
}

#[tokio::test]
async fn a_roster_from_before_names_were_kept_says_what_to_do() {
    let stage = Stage::with(&of_roster(ROSTER)).await;
    let vault = stage.objects("vault").await;
    let (path, compiled) = vault.iter().find(|(path, _)| path.contains("/roster-")).expect("a roster");
    let mut before: Value = serde_json::from_slice(compiled).expect("JSON");
    for person in before["people"].as_array_mut().expect("people") {
        person.as_object_mut().expect("a person").remove("full_name").expect("a name");
    }
    let before = serde_json::to_vec(&before).expect("JSON");
    let (old, new) = (contest::seal::sha256_hex(compiled), contest::seal::sha256_hex(&before));
    stage.put("vault", &path.replace(&old, &new), before).await;
    let (control, id) = (Control::new(&stage.world.sdk, "control"), ContestId::parse("thi-thu").expect("an id"));
    let mut state = control.state(&id).await.expect("it is read").expect("a state");
    state.roster = Some(ObjectRef { path: path.replace(&old, &new), sha256: new });
    state.version += 1;
    control.advance_state(&id, &state).await.expect("it is in force");
    swept(&stage).await;
    let failed = &list(&stage).await["files"][0];
    assert_eq!(failed["status"], "failed");
    assert!(failed["detail"].as_str().is_some_and(|why| why.contains("hãy nạp lại chính tệp đó")), "{failed}");
    assert_eq!(slips(&stage, "roster-codes.pdf").await, None);
    assert!(!swept(&stage).await.contains("slips"), "trying again would change nothing");
    stage.accept("roster.csv", ROSTER).await;
    swept(&stage).await;
    assert!(slips(&stage, "roster-codes.pdf").await.is_some());
}

#[tokio::test]
async fn nobody_gets_slips_where_no_roster_counts_or_the_contest_is_over() {
    let open = Folder::small().with_file("roster.csv", ROSTER);
    let stage = Stage::with(&open).await;
    swept(&stage).await;
    assert_eq!(slips(&stage, "roster-codes.json").await, None);
    let stage = Stage::with(&of_roster(ROSTER)).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    for name in ["roster-codes.json", "roster-codes.pdf"] {
        let delete = stage.world.s3.delete_object().bucket("officials").key(format!("thi-thu/{name}"));
        delete.send().await.expect("it is deleted");
    }
    swept(&stage).await;
    assert_eq!(slips(&stage, "roster-codes.json").await, None);
}

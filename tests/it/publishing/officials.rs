//! What officials get of what was published, and what nobody else does.

use super::editions::{decision, disqualify};
use super::over_contest::over_contest;
use super::{everybody, play_all};
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use tests::{Contestant, FIRST, Folder, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

/// What is written in the cells of a workbook.
fn texts(workbook: Vec<u8>) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(workbook)).expect("a workbook is an archive");
    let mut texts = String::new();
    archive.by_name("xl/sharedStrings.xml").expect("it has texts").read_to_string(&mut texts).expect("UTF-8");
    texts
}

async fn file(stage: &Stage, path: &str) -> Vec<u8> {
    let path = format!("thi-thu/{path}");
    stage.object("officials", &path).await.unwrap_or_else(|| panic!("officials have no {path}"))
}

/// The names in a list of documents, all of them ready.
async fn listed(stage: &Stage, version: &str) -> Vec<String> {
    let list: Value = serde_json::from_slice(&file(stage, &format!("{version}/documents.json")).await).expect("JSON");
    let mut names = Vec::new();
    for line in list["files"].as_array().expect("a list of files") {
        let name = line["name"].as_str().expect("a name");
        assert_eq!(line["status"], "ready", "{line}");
        assert!(!file(stage, &format!("{version}/{name}")).await.is_empty(), "{name} is listed");
        names.push(name.to_owned());
    }
    names
}

/// An, of the ward whose people are commended, brought Dung in.
async fn commended(folder: &Folder) -> (Stage, Vec<Contestant>) {
    let stage = Stage::with(folder).await;
    let (mut people, mut forms) = (Vec::new(), everybody());
    people.push(stage.door.register(&forms.next().expect("An")).await);
    let code = people[0].me().await["referral_code"].clone();
    for (place, mut form) in (2..).zip(forms) {
        if place == 4 {
            form.insert("referrer".to_owned(), code.clone());
        }
        people.push(stage.door.register(&form).await);
    }
    (stage, people)
}

#[tokio::test(flavor = "multi_thread")]
async fn officials_get_what_is_won_and_commended_over_the_contest() {
    let commendation = "[[commendation]]\nid = \"van-dong\"\nunit = \"bac\"\nreferrals = 1\nconsecutive_rounds = 2\n\n";
    let folder = over_contest().with_plan("[[collective]]", &format!("{commendation}[[collective]]"));
    let (stage, people) = commended(&folder).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &[(1, 4, 60, Some(3)), (2, 3, 70, None), (4, 2, 60, None), (5, 1, 90, None)]).await;
    stage.clock_well(PUBLISHES).await;
    let of_round = listed(&stage, &format!("rounds/{FIRST}/v1")).await;
    assert!(!of_round.iter().any(|name| name.starts_with("commendation")), "it is over the contest: {of_round:?}");
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &[(2, 4, 60, Some(2)), (4, 1, 90, None)]).await;
    stage.clock_well(SECOND_PUBLISHES).await;

    let names = listed(&stage, "overall/v1").await;
    for name in ["winners.xlsx", "ranking.csv", "commendation.xlsx"] {
        assert!(names.iter().any(|listed| listed == name), "no {name} in {names:?}");
    }
    // The others have won in rounds, and nobody wins twice.
    let winners = texts(file(&stage, "overall/v1/winners.xlsx").await);
    assert!(winners.contains("Hoàng Văn Đức") && winners.contains("Giải Nhất tập thể"), "{winners}");
    let ranking = String::from_utf8(file(&stage, "overall/v1/ranking.csv").await).expect("UTF-8");
    assert_eq!(ranking.lines().count(), 5, "a heading and four people: {ranking}");
    let commended = texts(file(&stage, "overall/v1/commendation.xlsx").await);
    assert!(commended.contains("Nguyễn Văn An") && commended.contains("Lê Thị Dung"), "{commended}");

    // Without Dung's first round nobody is commended, and An lacks one thing.
    stage.decide(decision(1, "2026-03-16T09:00:00+07:00", &[disqualify(&people[3])])).await;
    stage.world.sweep().await.expect("editions are made");
    assert_eq!(listed(&stage, "overall/v2").await, names);
    let commended = texts(file(&stage, "overall/v2/commendation.xlsx").await);
    assert!(commended.contains("Tài khoản của Lê Thị Dung có chuỗi dài nhất 01 vòng"), "{commended}");
    let public = stage.objects("site").await;
    assert!(!public.keys().any(|path| path.contains("commendation") || path.ends_with(".xlsx")), "{:?}", public.keys());
    let index: Value = serde_json::from_slice(&stage.site("overall/index.json").await).expect("JSON");
    assert_eq!(index["version"], json!(2));
}

//! What a good folder comes to, in whatever order and form its files arrive.

use serde_json::{Value, json};
use std::sync::Arc;
use tests::reply::members;
use tests::{CONTEST, Folder, START, Stage, at_once, person};

/// A stage on which the folder's files were uploaded in this order.
async fn uploaded(order: &[&str]) -> Stage {
    let folder = Folder::small();
    let mut stage = Stage::empty(START).await;
    stage.door.contest = CONTEST.to_owned();
    for name in order {
        stage.accept(name, folder.text(name)).await;
    }
    stage
}

fn codes(report: &Value, list: &str) -> Vec<String> {
    let lines = report[list].as_array().expect("a list");
    lines.iter().map(|line| line["code"].as_str().expect("a code").to_owned()).collect()
}

#[tokio::test]
async fn the_order_of_files_does_not_matter() {
    let orders = [
        ["contest.toml", "units.csv", "bank-1.csv", "bank-2.csv"],
        ["contest.toml", "bank-2.csv", "bank-1.csv", "units.csv"],
        ["units.csv", "contest.toml", "bank-1.csv", "bank-2.csv"],
        ["units.csv", "bank-1.csv", "bank-2.csv", "contest.toml"],
        ["bank-1.csv", "contest.toml", "units.csv", "bank-2.csv"],
        ["bank-2.csv", "units.csv", "bank-1.csv", "contest.toml"],
    ];
    let first = uploaded(&orders[0]).await;
    let (site, vault, schedules) = (first.objects("site").await, first.objects("vault").await, first.schedules().await);
    assert_eq!(schedules.len(), 6, "three points of each of two rounds");
    for order in &orders[1..] {
        let other = uploaded(order).await;
        assert_eq!(other.contest_json().await, first.contest_json().await, "{order:?}");
        assert!(other.objects("site").await == site, "{order:?}");
        assert!(other.objects("vault").await == vault, "{order:?}");
        assert_eq!(other.schedules().await, schedules, "{order:?}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_uploaded_at_once_come_to_the_same() {
    let mut stage = Stage::empty(START).await;
    stage.door.contest = CONTEST.to_owned();
    let stage = Arc::new(stage);
    let one = |(name, bytes): (String, Vec<u8>)| {
        let stage = Arc::clone(&stage);
        async move { stage.upload(&name, bytes).await["status"].clone() }
    };
    let statuses = at_once(Folder::small().files.into_iter().map(one)).await;
    assert!(statuses.iter().all(|status| status == "accepted"), "{statuses:?}");
    assert_eq!(stage.contest_json().await, Stage::with(&Folder::small()).await.contest_json().await);
}

#[tokio::test]
async fn a_file_that_needs_another_waits_for_it_and_says_so() {
    let folder = Folder::small();
    let mut stage = Stage::empty(START).await;
    stage.door.contest = CONTEST.to_owned();
    for (name, waiting) in [
        ("bank-1.csv", vec!["waiting_for"]),
        ("units.csv", vec!["waiting_for"]),
        ("contest.toml", vec!["waiting_for"]),
        ("bank-2.csv", vec![]),
    ] {
        let report = stage.upload(name, folder.text(name)).await;
        assert_eq!((&report["status"], &report["errors"]), (&json!("accepted"), &json!([])), "{name}");
        assert_eq!(codes(&report, "warnings"), waiting, "{name}: {report}");
        let published = stage.object("site", "contests/thi-thu/contest.json").await.is_some();
        assert_eq!(published, matches!(name, "contest.toml" | "bank-2.csv"), "after {name}");
    }
    let rounds = stage.contest_json().await["rounds"].clone();
    assert!(rounds.as_array().expect("a list").iter().all(|round| round["key_commitment"].is_string()));
}

#[tokio::test]
async fn a_report_has_exactly_the_members_of_the_contract() {
    let stage = Stage::with(&Folder::small()).await;
    let report = stage.report("bank-1.csv").await.expect("a report");
    let of_all = ["errors", "file", "rows", "schema", "status", "version_id", "warnings"];
    assert_eq!(members(&stage.report("units.csv").await.expect("a report")), of_all);
    assert_eq!(members(&report), ["errors", "file", "read", "rows", "schema", "status", "version_id", "warnings"]);
    assert_eq!(members(&report["read"]), ["letters", "not_read", "parts", "several"]);
    assert_eq!(report["read"]["parts"], json!([{ "name": null, "questions": 6, "options": 18 }]));
    assert_eq!((&report["schema"], &report["file"]), (&json!("hoithi/import/1"), &json!("bank-1.csv")));
    assert_eq!((&report["rows"], &report["status"]), (&json!(6), &json!("accepted")));
}

#[tokio::test]
async fn the_list_of_contests_names_each_contest_once() {
    let mut stage = Stage::with(&Folder::small()).await;
    stage.add(&Folder::small().named("a-thi")).await;
    stage.add(&Folder::small()).await;
    let index = stage.object("site", "contests/index.json").await.expect("the list");
    let index: Value = serde_json::from_slice(&index).expect("JSON");
    assert_eq!(index["schema"], "hoithi/contests/1");
    let contests = index["contests"].as_array().expect("a list");
    let mut ids: Vec<&str> = contests.iter().filter_map(|contest| contest["id"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids, ["a-thi", "thi-thu"]);
    contests.iter().for_each(|contest| assert_eq!(members(contest), ["closes", "id", "name", "opens", "organizer"]));
}

/// A bank in another form comes to the very same public contest and key.
async fn check_same_bank(name: &str, bytes: Vec<u8>) {
    let folder = Folder::small().with_plan("bank-1.csv", name);
    let mut plain = Stage::empty(START).await;
    plain.add(&folder.clone().with_file(name, Folder::small().text("bank-1.csv"))).await;
    let mut other = Stage::empty(START).await;
    other.add(&folder.with_file(name, bytes)).await;
    let questions = |objects: tests::storage::Objects| -> Vec<(String, Vec<u8>)> {
        objects.into_iter().filter(|(path, _)| path.contains("/bank-")).collect()
    };
    assert_eq!(questions(other.objects("vault").await), questions(plain.objects("vault").await));
}

#[tokio::test]
async fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let text = format!("\u{feff}{}", Folder::small().text("bank-1.csv").replace('\n', "\r\n"));
    check_same_bank("bank-1a.csv", text.into_bytes()).await;
}

#[tokio::test]
async fn semicolons_and_english_headers_change_nothing() {
    let text = Folder::small().text("bank-1.csv");
    let (_, rows) = text.split_once('\n').expect("a header");
    let rows = rows.replace("\"A,C\"", "A und C").replace("\"", "").replace(',', ";").replace("A und C", "A,C");
    check_same_bank("bank-1a.csv", format!("id;QUESTION;a;b;c;Answer;explanation;source\n{rows}").into_bytes()).await;
}

#[tokio::test]
async fn decomposed_letters_and_odd_spaces_are_mended() {
    let text = Folder::small().text("bank-1.csv");
    let decomposed = text.replace("Câu", "Ca\u{302}u").replace("Phương án", "Phu\u{31b}o\u{31b}ng\u{a0}  án");
    assert_ne!(decomposed, text);
    check_same_bank("bank-1a.csv", decomposed.into_bytes()).await;
}

#[tokio::test]
async fn times_as_plans_write_them_are_read() {
    let plain = Stage::with(&Folder::small()).await.contest_json().await;
    for written in ["2026-03-02 08h00’", "08h00’ ngày 02/3/2026", "02/3/2026 08:00"] {
        let stage = Stage::with(&Folder::small().with_plan("2026-03-02T08:00", written)).await;
        assert_eq!(stage.contest_json().await["rounds"], plain["rounds"], "{written}");
    }
}

#[tokio::test]
async fn announcements_stand_on_the_page_of_the_contest_the_newest_first() {
    let stage = Stage::with(&Folder::small()).await;
    assert!(stage.contest_json().await.get("announcements").is_none(), "an old page meets nothing new");
    let written =
        "Ngày;Nội dung\n27/02/2026;Vòng 1 mở lúc 08h00.\n28/02/2026;Đổi hội trường.\n27/02/2026;Có tài liệu mới.\n";
    stage.accept("announcements.csv", written).await;
    let line = |date: &str, text: &str| json!({"date": date, "text": text});
    let newest = line("2026-02-28", "Đổi hội trường.");
    let others = [line("2026-02-27", "Có tài liệu mới."), line("2026-02-27", "Vòng 1 mở lúc 08h00.")];
    assert_eq!(stage.contest_json().await["announcements"], json!([newest, others[0], others[1]]));
    stage.accept("announcements.csv", "Ngày;Nội dung\n").await;
    assert!(stage.contest_json().await.get("announcements").is_none());
}

#[tokio::test]
async fn pictures_stand_on_the_page_once_the_plan_names_them() {
    let png = include_bytes!("../../../functions/import-upload/golden/pixel.png");
    let stage = Stage::with(&Folder::small()).await;
    let unnamed = stage.accept("logo.png", png.as_slice()).await;
    assert_eq!(codes(&unnamed, "warnings"), ["picture_not_named"]);
    assert!(stage.contest_json().await.get("page").is_none(), "an old page meets nothing new");
    let plan = Folder::small()
        .with_plan("[registration]", "[page]\nlogo = \"logo.png\"\nbanner = \"banner.jpg\"\n[registration]");
    let waiting = stage.accept("contest.toml", plan.text("contest.toml")).await;
    assert!(codes(&waiting, "warnings").contains(&"waiting_for".to_owned()), "{waiting}");
    let page = stage.contest_json().await["page"].clone();
    assert_eq!(members(&page), ["logo"]);
    assert_eq!((&page["logo"]["width"], &page["logo"]["height"]), (&json!(3), &json!(2)));
    let path = page["logo"]["path"].as_str().expect("a path");
    assert!(path.starts_with("media/") && path.ends_with(".png") && path.len() > 64, "{path}");
    assert!(stage.site(path).await.starts_with(b"\x89PNG"));
    let refused = stage.upload("banner.jpg", "<svg/>").await;
    assert_eq!(codes(&refused, "errors"), ["not_a_picture"]);
    assert_eq!(stage.contest_json().await["page"], page);
}

#[tokio::test]
async fn a_list_of_excluded_people_can_be_emptied() {
    let excluded = "Họ và tên,Căn cước,Vai trò\nNguyễn Văn An,001090000001,Ban Tổ chức\n";
    let stage = Stage::with(&Folder::small().with_file("excluded.csv", excluded)).await;
    stage.door.try_register(&person(1, "Nguyễn Văn An", "bac")).await.refused(403, "not_eligible");
    let report = stage.upload("excluded.csv", "Họ và tên,Căn cước,Vai trò\n").await;
    assert_eq!((&report["status"], &report["rows"]), (&json!("accepted"), &json!(0)), "{report}");
    stage.door.try_register(&person(1, "Nguyễn Văn An", "bac")).await.expect(201);
}

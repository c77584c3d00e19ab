//! Every bad file is refused with the code and place of every fault, and changes nothing.

use serde_json::{Value, json};
use tests::{CONTEST, Folder, Stage, bank};

/// A fault: code, row, column.
type Fault<'a> = (&'a str, Option<u32>, Option<&'a str>);

/// Uploads a file beside the small contest; it is refused with these faults.
async fn check(name: &str, bytes: impl Into<Vec<u8>>, expected: &[Fault<'_>]) {
    let stage = Stage::with(&Folder::small()).await;
    check_on(&stage, name, bytes, expected).await;
}

async fn check_on(stage: &Stage, name: &str, bytes: impl Into<Vec<u8>>, expected: &[Fault<'_>]) {
    let before = stage.in_force().await;
    let report = stage.upload(name, bytes).await;
    assert_eq!(report["status"], "rejected", "{expected:?}: {report}");
    let found: Vec<(String, Value, Value)> = report["errors"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|e| (e["code"].as_str().expect("a code").to_owned(), e["row"].clone(), e["column"].clone()))
        .collect();
    let expected: Vec<(String, Value, Value)> =
        expected.iter().map(|(code, row, column)| ((*code).to_owned(), json!(row), json!(column))).collect();
    assert_eq!(found, expected, "{report}");
    let errors = report["errors"].as_array().expect("a list");
    assert!(errors.iter().all(|error| error["message"].as_str().is_some_and(|m| m.len() > 10)), "{report}");
    assert!(stage.in_force().await == before, "{name} changed something");
}

/// The small bank with one text replaced.
fn changed_bank(from: &str, to: &str) -> String {
    let text = bank(1, 6);
    assert!(text.contains(from), "{from} is not in the bank");
    text.replacen(from, to, 1)
}

#[tokio::test]
async fn a_missing_column_is_named() {
    let text = changed_bank("Đáp án", "Ghi chú");
    check("bank-1.csv", text, &[("missing_column", Some(1), Some("Đáp án"))]).await;
}

#[tokio::test]
async fn an_answer_without_its_option_is_named() {
    check("bank-1.csv", changed_bank("\"B\"", "\"D\""), &[("answer_without_option", Some(2), Some("Đáp án"))]).await;
}

#[tokio::test]
async fn an_answer_that_is_no_letter_is_named() {
    check("bank-1.csv", changed_bank("\"B\"", "\"hai\""), &[("invalid_answer", Some(2), Some("Đáp án"))]).await;
}

#[tokio::test]
async fn two_identical_questions_are_named_however_they_are_typed() {
    let text = changed_bank(
        "Câu 4 của bộ 1?,Phương án một 4,Phương án hai 4,Phương án ba 4",
        "CA\u{302}U 2 của  bộ 1?,Phương án ba 2,Phương án một 2,Phương án hai 2",
    );
    check("bank-1.csv", text, &[("equal_questions", Some(5), Some("Câu hỏi"))]).await;
}

#[tokio::test]
async fn fewer_questions_than_a_paper_needs_are_refused() {
    check("bank-1.csv", bank(1, 3), &[("too_few_questions", None, None)]).await;
}

#[tokio::test]
async fn a_plan_that_needs_more_questions_than_a_bank_has_is_refused() {
    let text = Folder::small().with_plan("questions = 4", "questions = 7").text("contest.toml");
    let faults = ["bank-1.csv", "bank-2.csv"].map(|bank| {
        let place = text.lines().position(|line| line.contains(bank)).expect("the round names its bank");
        ("too_few_questions", u32::try_from(place + 1).ok(), Some("rounds.bank"))
    });
    check("contest.toml", text, &faults).await;
}

#[tokio::test]
async fn every_fault_of_a_bank_is_named_at_once() {
    let text = changed_bank("\"B\"", "\"D\"")
        .replace(
            "Câu 4 của bộ 1?,Phương án một 4,Phương án hai 4,Phương án ba 4",
            "Câu 2 của bộ 1?,Phương án một 2,Phương án hai 2,Phương án ba 2",
        )
        .replace("Phương án hai 6", "Phương án một 6");
    let faults = [
        ("answer_without_option", Some(2), Some("Đáp án")),
        ("equal_questions", Some(5), Some("Câu hỏi")),
        ("equal_options", Some(7), Some("B")),
    ];
    check("bank-1.csv", text, &faults).await;
}

#[tokio::test]
async fn every_fault_of_a_plan_is_named_at_once_with_its_line() {
    let text = Folder::small()
        .with_plan("opens = \"2026-03-02T08:00\"", "opens = \"02-03\"")
        .with_plan("min_seconds = 0", "min_secnds = 0")
        .with_plan("counted = \"best\"", "counted = \"worst\"")
        .with_plan("points = 100", "points = \"100\"")
        .text("contest.toml");
    let line = |needle: &str| {
        let place = text.lines().position(|line| line.contains(needle)).expect("the line is there");
        Some(u32::try_from(place + 1).expect("a short plan"))
    };
    let faults = [
        ("wrong_type", line("points ="), Some("attempt.points")),
        ("unknown_word", line("worst"), Some("attempt.counted")),
        ("unknown_key", line("min_secnds"), Some("attempt.min_secnds")),
        ("invalid_time", line("02-03"), Some("rounds.opens")),
    ];
    check("contest.toml", text.clone(), &faults).await;
}

#[tokio::test]
async fn a_plan_that_is_not_toml_or_not_text_is_refused() {
    let stage = Stage::with(&Folder::small()).await;
    check_on(&stage, "contest.toml", "[registration\n", &[("syntax", Some(1), None)]).await;
    check_on(&stage, "contest.toml", [0xff, 0xfe, b'i', 0], &[("utf16", None, None)]).await;
    check_on(&stage, "contest.toml", [b'#', 0xc3, 0x28], &[("not_utf8", Some(1), None)]).await;
}

#[tokio::test]
async fn the_folder_must_be_the_contests_id() {
    let text = Folder::small().text("contest.toml").replace("\"thi-thu\"", "\"thi-that\"");
    check("contest.toml", text, &[("id_is_not_folder", Some(2), Some("id"))]).await;
}

#[tokio::test]
async fn files_that_no_contest_has_are_refused_by_name() {
    let stage = Stage::with(&Folder::small()).await;
    for (name, code) in [
        ("de-thi.csv", "unknown_file"),
        ("contest.json", "unknown_file"),
        ("bank-1.pdf", "format_not_read"),
        ("units.txt", "format_not_read"),
        ("adjudications.pdf", "format_not_read"),
        ("Contest.toml", "wrong_file_name"),
    ] {
        check_on(&stage, name, "x", &[(code, None, None)]).await;
    }
}

#[tokio::test]
async fn the_checker_says_of_every_file_what_its_upload_says() {
    let folder = Folder::small();
    let mut files = folder.files.clone();
    let others = [
        "Thumbs.db",
        ".DS_Store",
        "desktop.ini",
        "~$bank-1.xlsx",
        "README.md",
        "bank-3.docx",
        "bank-3.doc",
        "bank-3.ods",
        "bank-3.xls",
        "bank-3.pdf",
        "adjudications.docx",
        "units.docx",
        "roster.xls",
        "contest.toml.txt",
        "Bank 4.xlsx",
        "ghi-chu.txt",
        "bank-5.csv",
    ];
    files.extend(others.iter().map(|name| ((*name).to_owned(), b"x".to_vec())));
    let checked = import_upload::check_folder(&files, tests::instant(tests::START));
    let stage = Stage::with(&folder).await;
    for report in checked.files {
        let (_, bytes) = files.iter().find(|(name, _)| *name == report.file).expect("the file");
        let key = format!("{}/{}", folder.id, report.file);
        stage.put("uploads", &key, bytes.clone()).await;
        // No name of a report begins with a dot.
        let name = report.file.strip_prefix('.').map_or_else(|| report.file.clone(), |rest| format!("_{rest}"));
        let uploaded = stage.report(&name).await.unwrap_or_else(|| panic!("no report about {key}"));
        let codes = |list: &str| {
            let lines = uploaded[list].as_array().expect("a list").iter();
            lines.map(|line| line["code"].as_str().expect("a code").to_owned()).collect::<Vec<_>>()
        };
        let own = |problems: &[contest::problem::Problem]| {
            problems.iter().map(|problem| problem.kind.code().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(
            (own(&report.errors), own(&report.warnings)),
            (codes("errors"), codes("warnings")),
            "{}",
            report.file
        );
    }
}

#[tokio::test]
async fn objects_outside_a_contests_folder_are_ignored() {
    let stage = Stage::with(&Folder::small()).await;
    let before = stage.in_force().await;
    let officials = stage.objects("officials").await;
    for key in ["contest.toml", "Thi Thu/contest.toml", "thi-thu%2f/units.csv"] {
        stage.put("uploads", key, "x").await;
    }
    assert!(stage.in_force().await == before);
    assert_eq!(stage.objects("officials").await, officials, "no report about what is no upload");
}

#[tokio::test]
async fn a_file_in_a_folder_of_the_folder_is_refused_with_a_report_that_stays_in_the_folder() {
    let stage = Stage::with(&Folder::small()).await;
    let before = stage.in_force().await;
    for (key, report) in [("sub/contest.toml", "sub_contest.toml"), ("../contest.toml", "_._contest.toml")] {
        let put =
            stage.world.s3.put_object().bucket("uploads").key(format!("thi-thu/{key}")).body(b"x".to_vec().into());
        if put.send().await.is_err() {
            // Storage itself refuses paths that climb.
            assert!(key.starts_with(".."), "{key} cannot be uploaded");
            continue;
        }
        let report = stage.report(report).await.unwrap_or_else(|| panic!("no report about {key}"));
        assert_eq!((&report["status"], &report["errors"][0]["code"]), (&json!("rejected"), &json!("unknown_file")));
    }
    assert!(stage.in_force().await == before);
}

#[tokio::test]
async fn units_that_do_not_hold_together_are_refused() {
    let stage = Stage::with(&Folder::small()).await;
    let header = "Mã,Tên,Đơn vị cấp trên,Cấp,Số thành viên\n";
    let check = async |rows: &str, faults: &[Fault<'_>]| {
        check_on(&stage, "units.csv", format!("{header}{rows}"), faults).await;
    };
    check("a,Phường A,khong-co,ward,1\n", &[("unknown_parent", Some(2), Some("Đơn vị cấp trên"))]).await;
    check("a,Phường A,,ward,1\na,Phường B,,ward,1\n", &[("duplicate", Some(3), Some("Mã"))]).await;
    check("a,Phường A,,ward,mười\n", &[("invalid_number", Some(2), Some("Số thành viên"))]).await;
    check(&format!("{},Phường A,,ward,1\n", "a".repeat(65)), &[("invalid_unit_code", Some(2), Some("Mã"))]).await;
    let plan = Folder::small().text("contest.toml");
    let row = plan.lines().position(|line| line.starts_with("level =")).and_then(|at| u32::try_from(at + 1).ok());
    check("a,Phường A,,commune,1\n", &[("unknown_level", row, Some("collective.level"))]).await;
    check("", &[("no_rows", Some(1), None)]).await;
}

#[tokio::test]
async fn a_plan_for_levels_that_no_unit_has_is_refused() {
    let plan =
        Folder::small().with_plan("min_age = 16", "levels = [\"ward\", \"bloc\"]\nmin_age = 16").text("contest.toml");
    let row = plan.lines().position(|line| line.starts_with("levels")).and_then(|place| u32::try_from(place + 1).ok());
    check("contest.toml", plan, &[("unknown_level", row, Some("registration.levels"))]).await;
}

#[tokio::test]
async fn rosters_and_lists_of_excluded_people_are_judged_row_by_row() {
    let stage = Stage::with(&Folder::small()).await;
    let roster = "Họ và tên,Ngày sinh,Căn cước,Đơn vị\nAn,1990-05-17,1,bac\nTrần Bình,31/02/1990,,khong-co\n";
    let faults = [
        ("invalid_name", Some(2), Some("Họ và tên")),
        ("invalid_citizen_id", Some(2), Some("Căn cước")),
        ("invalid_date", Some(3), Some("Ngày sinh")),
        ("unknown_unit", Some(3), Some("Đơn vị")),
    ];
    check_on(&stage, "roster.csv", roster, &faults).await;
    let excluded = "Họ và tên,Căn cước,Điện thoại,Vai trò\nLê,001090000001,,Tổ ra đề\nLê Thị Hai,,123,Tổ ra đề\n";
    let faults = [("invalid_name", Some(2), Some("Họ và tên")), ("invalid_phone", Some(3), Some("Điện thoại"))];
    check_on(&stage, "excluded.csv", excluded, &faults).await;
}

#[tokio::test]
async fn a_first_plan_that_is_refused_makes_no_contest() {
    let mut stage = Stage::empty(tests::START).await;
    stage.door.contest = CONTEST.to_owned();
    let text = Folder::small().with_plan("points = 100", "points = -1").text("contest.toml");
    let report = stage.upload("contest.toml", text).await;
    assert_eq!(report["status"], "rejected");
    let (site, vault, control, schedules) = stage.in_force().await;
    assert!(!site.keys().any(|path| path.starts_with("contests/")), "{:?}", site.keys());
    assert!(vault.is_empty() && control.is_empty() && schedules.is_empty());
}

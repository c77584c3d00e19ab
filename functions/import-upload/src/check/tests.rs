use super::*;
use std::path::Path;

fn folder(name: &str) -> Vec<(String, Vec<u8>)> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../contests").join(name);
    let entries = std::fs::read_dir(path).expect("a sample contest");
    let mut files: Vec<(String, Vec<u8>)> = entries
        .map(|entry| entry.expect("an entry"))
        .map(|entry| (entry.file_name().into_string().expect("UTF-8"), std::fs::read(entry.path()).expect("a file")))
        .collect();
    files.sort();
    files
}

fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2021-07-01T00:00:00Z").expect("an instant")
}

/// `file: code row column` of every problem.
fn listed(report: &CheckReport, of: impl Fn(&FileReport) -> &Vec<Problem>) -> Vec<String> {
    let line = |file: &FileReport, p: &Problem| {
        let row = p.place.row.map(|row| format!(" {row}")).unwrap_or_default();
        let column = p.place.column.as_ref().map(|column| format!(" {column}")).unwrap_or_default();
        format!("{}: {}{row}{column}", file.file, p.kind.code())
    };
    report.files.iter().flat_map(|file| of(file).iter().map(|p| line(file, p)).collect::<Vec<_>>()).collect()
}

fn errors(files: &[(String, Vec<u8>)]) -> Vec<String> {
    listed(&check_folder(files, now()), |file| &file.errors)
}

fn replace(files: &mut [(String, Vec<u8>)], file: &str, from: &str, to: &str) {
    let (_, bytes) = files.iter_mut().find(|(name, _)| name == file).expect("the file");
    let text = String::from_utf8(bytes.clone()).expect("UTF-8");
    assert!(text.contains(from), "{from}");
    *bytes = text.replacen(from, to, 1).into_bytes();
}

#[test]
fn the_sample_contests_have_no_errors() {
    for name in ["song-cong-cchc-2021", "thai-nguyen-2021", "lang-son-dan-van-kheo-2024"] {
        let report = check_folder(&folder(name), now());
        assert_eq!(listed(&report, |file| &file.errors), Vec::<String>::new(), "{name}");
        assert!(report.prizes.is_some(), "{name}");
    }
}

#[test]
fn nothing_is_waited_for_in_a_whole_folder() {
    let report = check_folder(&folder("song-cong-cchc-2021"), now());
    assert_eq!(listed(&report, |file| &file.warnings), ["README.md: unknown_file"]);
}

#[test]
fn the_prizes_of_song_cong_come_to_what_its_plan_says() {
    let prizes = check_folder(&folder("song-cong-cchc-2021"), now()).prizes.expect("a plan");
    assert_eq!((prizes.each_round, prizes.rounds, prizes.collective), (3_800_000, 2, 8_500_000));
    assert_eq!(prizes.total(), 16_100_000);
}

#[test]
fn files_that_are_not_there_are_waited_for() {
    let files: Vec<_> = folder("song-cong-cchc-2021").into_iter().filter(|(name, _)| name == "contest.toml").collect();
    let report = check_folder(&files, now());
    assert!(!report.has_errors());
    assert_eq!(
        listed(&report, |file| &file.warnings),
        ["contest.toml: waiting_for", "contest.toml: waiting_for", "contest.toml: waiting_for"]
    );
    let without: Vec<_> = folder("song-cong-cchc-2021").into_iter().filter(|(name, _)| name == "units.csv").collect();
    assert_eq!(listed(&check_folder(&without, now()), |file| &file.warnings), ["units.csv: waiting_for"]);
}

#[test]
fn files_are_judged_against_each_other() {
    let mut files = folder("song-cong-cchc-2021");
    replace(&mut files, "contest.toml", "level = \"ward\"", "level = \"phuong\"");
    replace(&mut files, "contest.toml", "questions = 10", "questions = 31");
    let bank = "STT,Câu hỏi,A,B,Đáp án\n1,Câu,x,y,A\n";
    files.push(("bank-khac.csv".to_owned(), bank.as_bytes().to_vec()));
    files.push(("units.xlsx".to_owned(), b"x".to_vec()));
    assert_eq!(
        errors(&files),
        [
            "units.csv: unknown_level collective.level",
            "units.xlsx: wrong_signature",
            "bank-tuan-1.xlsx: too_few_questions"
        ]
    );
    let warnings = listed(&check_folder(&files, now()), |file| &file.warnings);
    for expected in ["README.md: unknown_file", "bank-khac.csv: bank_not_named", "units.xlsx: same_role"] {
        assert!(warnings.iter().any(|warning| warning == expected), "{expected} in {warnings:?}");
    }
}

#[test]
fn quota_need_enough_questions_of_each_topic() {
    let mut files = folder("song-cong-cchc-2021");
    let quota = "[[attempt.quota]]\ntopic = \"Không có chủ đề này\"\ncount = 10\n\n[prediction]";
    replace(&mut files, "contest.toml", "[prediction]", quota);
    assert_eq!(errors(&files), ["bank-tuan-1.xlsx: too_few_questions", "bank-tuan-2.xlsx: too_few_questions"]);
}

#[test]
fn rosters_may_name_units_by_code_or_by_a_name_that_is_theirs_alone() {
    let mut files = folder("song-cong-cchc-2021");
    let roster = "Họ và tên,Ngày sinh,Đơn vị\nLê Văn Tư,01/01/1990,bach-quang\nLê Văn Năm,01/01/1990,phường Bách Quang\nLê Văn Sáu,01/01/1990,Phường Nào\n";
    files.push(("roster.csv".to_owned(), roster.as_bytes().to_vec()));
    assert_eq!(errors(&files), ["roster.csv: unknown_unit 4 Đơn vị"]);
}

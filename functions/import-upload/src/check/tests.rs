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
        let row = p.place.row().map(|row| format!(" {row}")).unwrap_or_default();
        let column = p.place.column().map(|column| format!(" {column}")).unwrap_or_default();
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
    assert_eq!(listed(&report, |file| &file.warnings), ["README.md: ignored_file"]);
}

#[test]
fn the_prizes_of_song_cong_come_to_what_its_plan_says() {
    let prizes = check_folder(&folder("song-cong-cchc-2021"), now()).prizes.expect("a plan");
    assert_eq!((prizes.each_round, prizes.rounds, prizes.collective), (3_800_000, 2, 8_500_000));
    assert_eq!(prizes.total(), 16_100_000);
}

#[test]
fn a_folder_says_what_it_can_bring_and_warns_of_what_is_not_carried_by_default() {
    let mut files = folder("thai-nguyen-2021");
    let report = check_folder(&files, now());
    let load = |attempts| Some((attempts, Load::of(attempts)));
    assert_eq!(report.load, load(3 * 5_285));
    let heavy = |files: &[(String, Vec<u8>)]| {
        let mut warnings = listed(&check_folder(files, now()), |file| &file.warnings);
        warnings.retain(|warning| warning.contains("heavy_rounds"));
        warnings
    };
    assert_eq!(heavy(&files), [""; 0]);
    // 400 000 people, three attempts each, are just what is carried.
    replace(&mut files, "units.csv", ",base,118", ",base,394833");
    assert_eq!(heavy(&files), [""; 0]);
    replace(&mut files, "units.csv", "394833", "394834");
    assert_eq!(heavy(&files), ["units.csv: heavy_rounds"]);
    // Where only people on the list may play, the list counts.
    replace(&mut files, "contest.toml", "mode = \"open\"", "mode = \"roster\"");
    assert_eq!(heavy(&files), [""; 0]);
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
            "contest.toml: unknown_level 135 collective.level",
            "units.xlsx: wrong_signature",
            "bank-tuan-1.xlsx: too_few_questions"
        ]
    );
    let warnings = listed(&check_folder(&files, now()), |file| &file.warnings);
    for expected in ["README.md: ignored_file", "bank-khac.csv: bank_not_named", "units.xlsx: same_role"] {
        assert!(warnings.iter().any(|warning| warning == expected), "{expected} in {warnings:?}");
    }
}

#[test]
fn each_level_of_a_list_is_that_of_some_unit() {
    let with_levels = |levels: &str| {
        let mut files = folder("song-cong-cchc-2021");
        replace(&mut files, "contest.toml", "level = \"ward\"", &format!("level = [{levels}]"));
        errors(&files)
    };
    assert_eq!(with_levels("\"ward\""), Vec::<String>::new());
    let unknown = "contest.toml: unknown_level 135 collective.level";
    assert_eq!(with_levels("\"ward\", \"phuong\""), [unknown]);
    assert_eq!(with_levels("\"xa\", \"phuong\""), [unknown, unknown]);
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

/// A workbook with a bank of ten questions in each sheet, numbered from `first`. A sheet whose name begins with
/// `-` is hidden, one with `!` holds a note.
fn workbook(sheets: &[(&str, u32)]) -> Vec<u8> {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    for (name, first) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(name.trim_start_matches(['-', '!'])).expect("a name").set_hidden(name.starts_with('-'));
        if name.starts_with('!') {
            sheet.write(0, 0, "Điền vào trang sau").expect("a note");
            continue;
        }
        if !name.starts_with('-') {
            sheet.set_active(true);
        }
        let headers = ["STT", "Câu hỏi", "A", "B", "Đáp án", "Chủ đề"].map(str::to_owned);
        let question = |n: u32| {
            let answer = if n.is_multiple_of(2) { "A" } else { "B" };
            ["x", "y"].map(|option| format!("{option} {n}")).into_iter().chain([answer.to_owned(), "Luật".to_owned()])
        };
        let rows = (*first..first + 10).map(|n| {
            [format!("{}", n - first + 1), format!("Câu {n}?")].into_iter().chain(question(n)).collect::<Vec<_>>()
        });
        for (row, cells) in (0..).zip([headers.to_vec()].into_iter().chain(rows)) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write(row, column, cell).expect("a small sheet");
            }
        }
    }
    workbook.save_to_buffer().expect("a workbook")
}

/// The sample whose rounds draw from these banks, and these files.
fn with_banks(rounds: [&str; 2], files: &[(&str, Vec<u8>)]) -> Vec<(String, Vec<u8>)> {
    let mut folder: Vec<_> = folder("song-cong-cchc-2021").into_iter().filter(|(n, _)| n.ends_with("toml")).collect();
    for (from, to) in ["bank-tuan-1.xlsx", "bank-tuan-2.xlsx"].into_iter().zip(rounds) {
        replace(&mut folder, "contest.toml", from, to);
    }
    folder.extend(files.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.clone())));
    folder
}

fn warnings(files: &[(String, Vec<u8>)]) -> Vec<String> {
    let all = listed(&check_folder(files, now()), |file| &file.warnings);
    all.into_iter().filter(|line| !line.contains("waiting_for")).collect()
}

#[test]
fn hidden_sheets_are_never_read_and_are_named() {
    let banks = [
        ("bank-1.xlsx", workbook(&[("-Nháp", 50), ("Tuần 1", 1)])),
        ("bank-2.xlsx", workbook(&[("!Ghi chú", 0), ("-Tuần 2", 20)])),
    ];
    let files = with_banks(["bank-1.xlsx", "bank-2.xlsx"], &banks);
    assert_eq!(errors(&files), ["bank-2.xlsx: no_such_table"]);
    assert_eq!(warnings(&files), ["bank-1.xlsx: hidden_sheet", "bank-2.xlsx: hidden_sheet"]);
    let noted = workbook(&[("!Ghi chú", 0), ("Tuần 1", 1)]);
    let files = with_banks(["bank-1.xlsx", "bank-2.xlsx"], &[("bank-1.xlsx", noted)]);
    assert_eq!((errors(&files), warnings(&files)), (vec![], vec!["bank-1.xlsx: sheet_not_read".to_owned()]));
}

#[test]
fn several_tables_are_read_where_the_plan_says_which_is_which() {
    let weeks = workbook(&[("Tuần 1", 1), ("Tuần 2", 20)]);
    let file = |name: &'static str| [(name, weeks.clone())];
    let both = with_banks(["bank.xlsx#Tuần 1", "bank.xlsx#Tuần 2"], &file("bank.xlsx"));
    assert_eq!((errors(&both), warnings(&both)), (vec![], vec![]));
    let unsaid = with_banks(["bank.xlsx", "bank-2.xlsx"], &file("bank.xlsx"));
    assert_eq!(errors(&unsaid), ["bank.xlsx: several_tables"]);
    let wrong = with_banks(["bank.xlsx#Tuần 1", "bank.xlsx#Tuần 3"], &file("bank.xlsx"));
    assert_eq!(errors(&wrong), ["bank.xlsx: no_such_sheet"]);
    assert_eq!(warnings(&wrong), ["bank.xlsx: bank_not_named"], "the second sheet");
    let unknown = with_banks(["bank-1.xlsx", "bank-2.xlsx"], &file("bank.xlsx"));
    assert_eq!(errors(&unknown), ["bank.xlsx: several_tables"]);
    let one = with_banks(["bank.xlsx#Tuần 1", "bank-2.xlsx"], &[("bank.xlsx", workbook(&[("Tuần 1", 1)]))]);
    assert_eq!(errors(&one), [] as [&str; 0], "a sheet may be named where it is the only one");
    let csv = with_banks(["bank.csv#Tuần 1", "bank-2.xlsx"], &[]);
    assert_eq!(errors(&csv), ["contest.toml: invalid_file_name 95 rounds.bank"]);
}

#[test]
fn a_workbook_of_several_tables_waits_for_its_plan() {
    let weeks = workbook(&[("Tuần 1", 1), ("Tuần 2", 20)]);
    let alone = [("bank.xlsx".to_owned(), weeks.clone())];
    assert_eq!(errors(&alone), [] as [&str; 0]);
    assert_eq!(warnings(&alone), ["bank.xlsx: several_tables"]);
    let today = local_date(now(), chrono_tz::UTC);
    let content =
        |name: &str, bytes: &[u8]| Role::of(name).expect("a role").read(name, bytes, today).0.expect("readable");
    let mut folder = Folder::default();
    content("bank.xlsx", &weeks).put(&mut folder);
    for (rounds, expected) in [
        (["bank.xlsx#Tuần 1", "bank.xlsx#Tuần 2"], vec![]),
        (["bank.xlsx", "bank.xlsx#Tuần 2"], vec!["several_tables"]),
        (["bank.xlsx#Tuần 1", "bank.xlsx#Tuần 7"], vec!["no_such_sheet"]),
        (["bank.xlsx#Tuần 1", "bank.xlsx#Tuần 1"], vec!["bank_shared"]),
    ] {
        let plan = content("contest.toml", &with_banks(rounds, &[])[0].1);
        let mut found = Verdict::default();
        plan.cross_check(&folder, &mut found);
        assert_eq!(found.errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>(), expected, "{rounds:?}");
        assert!(found.errors.iter().all(|p| p.place.column() == Some("rounds.bank") && p.place.row().is_some()));
    }
}

#[test]
fn rounds_that_ask_the_same_questions_are_an_error_and_some_of_them_a_warning() {
    let names = ["bank-1.xlsx", "bank-2.xlsx"];
    let banks = |one: u32, other: u32| {
        let second = workbook(&[("Trang tính khác", other)]);
        with_banks(names, &[("bank-1.xlsx", workbook(&[("Tuần 1", one)])), ("bank-2.xlsx", second)])
    };
    assert_eq!(errors(&banks(1, 1)), ["bank-2.xlsx: bank_shared"], "content is compared, not bytes");
    assert_eq!(
        (errors(&banks(1, 6)), warnings(&banks(1, 6))),
        (vec![], vec!["bank-2.xlsx: questions_shared".to_owned()])
    );
    assert_eq!((errors(&banks(1, 11)), warnings(&banks(1, 11))), (vec![], vec![]));
    let one_name = with_banks(["bank-1.xlsx"; 2], &[("bank-1.xlsx", workbook(&[("Tuần 1", 1)]))]);
    assert_eq!(errors(&one_name), ["contest.toml: bank_shared 105 rounds.bank"]);
    let mut secret = banks(1, 1);
    replace(&mut secret, "contest.toml", "reveal_key = \"published\"", "reveal_key = \"never\"");
    assert_eq!((errors(&secret), warnings(&secret)), (vec![], vec!["bank-2.xlsx: bank_shared".to_owned()]));
}

#[test]
fn what_is_missing_is_said_of_the_folder() {
    let missing = |files: &[(String, Vec<u8>)]| check_folder(files, now()).missing;
    let whole = folder("song-cong-cchc-2021");
    assert_eq!(missing(&whole), [] as [&str; 0]);
    assert_eq!(missing(&[]), ["contest.toml"]);
    let without = |gone: &str| whole.iter().filter(|(name, _)| name != gone).cloned().collect::<Vec<_>>();
    assert_eq!(missing(&without("contest.toml")), ["contest.toml"]);
    assert_eq!(missing(&without("bank-tuan-2.xlsx")), ["bank-tuan-2.xlsx"]);
    let mut misnamed = without("contest.toml");
    misnamed.push(("contest.toml.txt".to_owned(), Vec::new()));
    assert_eq!(errors(&misnamed), ["contest.toml.txt: wrong_file_name"]);
}

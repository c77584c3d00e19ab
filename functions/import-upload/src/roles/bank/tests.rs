mod workbooks;

use super::*;
use crate::readers::{Cell, read as read_file};
use contest::bank::Bank;
use contest::ids::QuestionId;
use contest::limits::MAX_BANK;
use contest::problem::ProblemKind;

const HEADER: &str = "STT;Câu hỏi;A;B;C;D;Đáp án;Chủ đề\n";

/// The bank of a file with one table.
fn bank(rows: &str) -> Reading<Bank> {
    sole(read(BankFormat::Csv, format!("{HEADER}{rows}").as_bytes()))
}

fn sole(reading: Reading<Vec<BankTable>>) -> Reading<Bank> {
    reading.map(|mut tables| tables.remove(0).bank)
}

fn codes(rows: &str) -> Vec<String> {
    let reading = bank(rows);
    assert_eq!(reading.content.is_some(), reading.errors.is_empty());
    let line = |p: &Problem| {
        format!("{} {} {}", p.kind.code(), p.place.row().unwrap_or(0), p.place.column().unwrap_or_default())
    };
    reading.errors.iter().map(line).collect()
}

#[test]
fn a_bank_is_read_with_its_key_apart() {
    let read = bank("1;Một  cộng một?;hai;ba;;;A;Toán\n10;Chọn hai;x;y;z;t;a, C;Toán\n").content.expect("a bank");
    assert_eq!(read.questions[0].id.as_str(), "q01");
    assert_eq!(read.questions[0].text, "Một cộng một?");
    assert_eq!(read.questions[0].options, ["hai", "ba"]);
    assert_eq!((read.questions[1].id.as_str(), read.questions[1].choose), ("q10", 2));
    let letters = |id: &str| read.key[&QuestionId::parse(id).expect("an id")].letters().collect::<Vec<_>>();
    assert_eq!((letters("q01"), letters("q10")), (vec!["a"], vec!["a", "c"]));
}

#[test]
fn numbers_are_as_wide_as_the_largest() {
    let read = bank("7;C1;x;y;;;A;\n123;C2;x;y;;;A;\n").content.expect("a bank");
    assert_eq!(read.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["q007", "q123"]);
    let without = "Question,Option A,Option B,Answer\nC1,x,y,A\nC2,x,y,B\n";
    let read = sole(super::read(BankFormat::Csv, without.as_bytes())).content.expect("a bank");
    assert_eq!(read.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["q01", "q02"]);
}

#[test]
fn every_bad_row_has_its_code_and_place() {
    let cases: &[(&str, &[&str])] = &[
        ("1;Câu;x;y;;;E;\n", &["answer_without_option 2 Đáp án"]),
        ("1;Câu;x;y;;;C;\n", &["answer_without_option 2 Đáp án"]),
        ("1;Câu;x;y;z;;A,D;\n", &["answer_without_option 2 Đáp án"]),
        ("1;Câu;x;y;;;G;\n", &["invalid_answer 2 Đáp án"]),
        ("1;Câu;x;y;;;A A;\n", &["invalid_answer 2 Đáp án"]),
        ("1;Câu;x;y;;;,;\n", &["invalid_answer 2 Đáp án"]),
        ("1;Câu;x;y;;;;\n", &["empty 2 Đáp án"]),
        ("1;;x;y;;;A;\n", &["empty 2 Câu hỏi"]),
        ("1;Câu;x;;;;A;\n", &["too_few_options 2 B"]),
        ("1;Câu;x;;z;;A;\n", &["gap_in_options 2 B"]),
        ("1;Câu;x;y;x;;A;\n", &["equal_options 2 C"]),
        ("1;Câu;x;y;;;A;\n2;câu ;y;x;;;A;\n", &["equal_questions 3 Câu hỏi"]),
        ("1;Câu;O;A;B;;A;\n", &["ambiguous_answer 2 Đáp án"]),
        ("1;Th? ?ô nào?;x;y;;;A;\n", &["broken_text 2 Câu hỏi"]),
        ("1;Câu một;x;y;;;A;\n1;Câu hai;t;u;;;A;\n", &["duplicate 3 STT"]),
        ("b;Câu một;x;y;;;A;\n;Câu hai;t;u;;;A;\n", &["empty 3 STT"]),
        ("1;Câu một;x;y;;;A;\n;Câu hai;t;u;;;A;\n2;Câu ba;r;s;;;A;\n", &["empty 3 STT"]),
        ("số một;Câu một;x;y;;;A;\n", &["invalid_id 2 STT"]),
        ("1;Câu, một;x;y;;;A;;thừa\n", &["cell_without_header 2 I2"]),
        ("1;Nghị quyết;NguyÔn V¨n An;y;;;A;\n", &["legacy_encoding 2 A"]),
        (
            "1;;x;x;;;Z;\n2;Câu;a;b;;;A;\n2;Câu;;;;;;\n",
            &["equal_options 2 B", "invalid_answer 2 Đáp án", "empty 2 Câu hỏi", "incomplete_question 4 "],
        ),
    ];
    for (rows, expected) in cases {
        let mut found = codes(rows);
        found.sort();
        let mut expected: Vec<String> = expected.iter().map(|&line| line.to_owned()).collect();
        expected.sort();
        assert_eq!(found, expected, "{rows}");
    }
}

#[test]
fn nfd_and_no_break_spaces_are_cleaned_silently() {
    use unicode_normalization::UnicodeNormalization;
    let nfd: String = "1;Nghị\u{a0}quyết số nào?;Ba;Bốn;;;A;\n".nfd().collect();
    let read = bank(&nfd).content.expect("a bank");
    assert_eq!(read.questions[0].text, "Nghị quyết số nào?");
    assert_eq!(codes(&format!("{nfd}2;Nghị quyết số nào?;Ba;Bốn;;;A;\n")), ["equal_questions 3 Câu hỏi"]);
}

#[test]
fn titles_above_the_headers_and_other_tables_are_passed_over() {
    let titled = format!("NGÂN HÀNG CÂU HỎI\n;;\n{HEADER}1;Câu;x;y;;;A;\n");
    let reading = read(BankFormat::Csv, titled.as_bytes());
    assert_eq!((reading.rows, reading.errors.len()), (1, 0));
    let other = read(BankFormat::Csv, "Mã,Tên\na,b\n".as_bytes());
    assert_eq!(other.errors[0].kind.code(), "no_such_table");
    let missing = read(BankFormat::Csv, "STT,Câu hỏi,A,B\n1,c,x,y\n".as_bytes());
    assert_eq!(missing.errors[0].kind, ProblemKind::MissingColumn { header: "Đáp án" });
}

#[test]
fn a_bank_may_have_so_many_questions_and_no_more() {
    let rows = |count: usize| (1..=count).map(|n| format!("{n};Câu {n};x;y;;;A;\n")).collect::<String>();
    assert_eq!(bank(&rows(MAX_BANK)).content.map(|b| b.questions.len()), Some(MAX_BANK));
    assert_eq!(bank(&rows(MAX_BANK + 1)).errors[0].kind.code(), "too_many");
}

#[test]
fn an_error_of_excel_is_named_by_its_cell() {
    let mut sheets = read_file(Format::Csv, format!("{HEADER}1;Câu;x;y;;;A;\n").as_bytes()).expect("readable");
    let error = sheets[0].rows[1].cells.iter_mut().find(|(column, _)| *column == 3).expect("the cell of option B");
    error.1 = Cell::Error;
    let kinds: Vec<ProblemKind> =
        judged(worksheet::drafts(&sheets)).errors.into_iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::ErrorCell { cell: "D2".to_owned() }]);
}

/// Codes and rows of the warnings about rows.
fn warnings(header: &str, rows: &str) -> Vec<String> {
    let text = format!("{header}{rows}");
    let reading = sole(read(BankFormat::Csv, text.as_bytes()));
    assert!(reading.errors.is_empty(), "{rows}: {:?}", reading.errors);
    reading.warnings.iter().map(|p| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0))).collect()
}

#[test]
fn questions_with_one_text_differ_by_their_options() {
    assert_eq!(codes("1;Ai ký?;x;y;;;A;\n2;Ai ký?;x;z;;;A;\n"), [] as [&str; 0]);
    assert_eq!(codes("1;Ai ký?;x;y;;;A;\n2;Ai ký?;y;x;;;A;\n"), ["equal_questions 3 Câu hỏi"]);
}

#[test]
fn options_that_differ_in_capitals_alone_are_a_warning() {
    assert_eq!(warnings(HEADER, "1;Viết thế nào?;Ủy ban;ủy ban;;;B;\n"), ["options_differ_in_case 2"]);
}

#[test]
fn letters_of_another_alphabet_are_read_and_named() {
    assert_eq!(warnings(HEADER, "1;Ai ký?;x;y;;;В;\n"), ["look_alike_letters 2"]);
}

#[test]
fn options_that_speak_of_others_keep_their_order_and_so_does_a_column() {
    let rows = "1;Ai ký?;x;y;Cả A và B;;C;\n";
    assert_eq!(warnings(HEADER, rows), ["position_in_option 2"]);
    assert!(bank(rows).content.expect("a bank").questions[0].fixed_order);
    let header = "STT;Câu hỏi;A;B;C;Đáp án;Giữ thứ tự\n";
    let rows = "1;Ai ký?;x;y;z;C;x\n2;Ai đọc?;x;y;z;C;\n3;Ai gửi?;x;y;Cả A và B;C;có\n";
    assert_eq!(warnings(header, rows), [] as [&str; 0], "what is meant is no warning");
    let text = format!("{header}{rows}");
    let reading = sole(read(BankFormat::Csv, text.as_bytes()));
    let fixed: Vec<bool> = reading.content.expect("a bank").questions.iter().map(|q| q.fixed_order).collect();
    assert_eq!(fixed, [true, false, true]);
    let wrong = format!("{header}1;Ai ký?;x;y;z;C;nửa\n");
    let reading = read(BankFormat::Csv, wrong.as_bytes());
    assert_eq!(reading.errors[0].kind.code(), "unknown_word");
}

#[test]
fn numbers_are_read_as_lists_write_them() {
    let read = bank("Câu 1;Một?;x;y;;;A;\n;Hai?;x;y;;;A;\n3.;Ba?;x;y;;;A;\n").content.expect("a bank");
    assert_eq!(read.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["q01", "q02", "q03"]);
}

#[test]
fn marks_of_a_file_are_no_part_of_its_questions() {
    let read = bank("1;Câu 1: Ai ký?;A. x;B. y;;;A;\n2;Câu 2: Ai đọc?;A. x;y;;;A;\n").content.expect("a bank");
    assert_eq!(
        (&*read.questions[0].text, &*read.questions[0].options),
        ("Ai ký?", &["x".to_owned(), "y".to_owned()][..])
    );
    assert_eq!(read.questions[1].options, ["A. x", "y"], "one without its letter");
    let read = bank("1;Câu 1: Ai ký?;x;y;;;A;\n2;Ai đọc?;x;y;;;A;\n").content.expect("a bank");
    assert_eq!(read.questions[0].text, "Câu 1: Ai ký?");
}

#[test]
fn headers_are_understood_with_their_remarks() {
    for header in [
        "No.;Question Text;Option 1;Option 2;Option 3;Option 4;Correct Answer",
        "TT;Nội dung;PA A;PA B;PA C;PA D;ĐA",
        "STT;Câu hỏi (*);Đáp án A;Đáp án B;Đáp án C;Đáp án D;Đáp án đúng (A/B/C/D)",
        "STT;Câu hỏi:;A.;B.;C.;D.;Đáp án",
        "STT;Question - max 120 characters;Answer 1 - max 75;Answer 2 - max 75;Answer 3;Answer 4;Correct answer(s) - choose one",
    ] {
        let reading = sole(read(BankFormat::Csv, format!("{header}\n1;Ai?;x;y;z;t;A\n").as_bytes()));
        assert_eq!((reading.errors, reading.warnings), (vec![], vec![]), "{header}");
    }
}

#[test]
fn no_column_is_passed_over_in_silence() {
    let read_with = |header: &str, cell: &str| {
        let text = format!("STT;Câu hỏi;A;B;Đáp án;{header}\n1;Ai?;x;y;A;{cell}\n");
        let reading = read(BankFormat::Csv, text.as_bytes());
        let codes = |problems: &[Problem]| problems.iter().map(|p| p.kind.code()).collect::<Vec<_>>();
        (codes(&reading.errors), codes(&reading.warnings))
    };
    assert_eq!(read_with("Ghi chú", "xem lại"), (vec![], vec!["column_not_read"]));
    assert_eq!(read_with("Ghi chú", ""), (vec![], vec![]));
    assert_eq!(read_with("Phương án G", "z").0, ["too_many_options"]);
    assert_eq!(read_with("G", "z").0, ["too_many_options"]);
}

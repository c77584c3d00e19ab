use super::*;
use crate::readers::{Cell, Format, read as read_file};

const HEADER: &str = "STT;Câu hỏi;A;B;C;D;Đáp án;Chủ đề\n";

fn bank(rows: &str) -> Reading<Bank> {
    read(&read_file(Format::Csv, format!("{HEADER}{rows}").as_bytes()).expect("readable"))
}

fn codes(rows: &str) -> Vec<String> {
    let reading = bank(rows);
    assert_eq!(reading.content.is_some(), reading.errors.is_empty());
    let line = |p: &Problem| {
        format!("{} {} {}", p.kind.code(), p.place.row.unwrap_or(0), p.place.column.as_deref().unwrap_or_default())
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
    let read = super::read(&read_file(Format::Csv, without.as_bytes()).expect("readable")).content.expect("a bank");
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
        ("1;Câu;x;y;X;;A;\n", &["equal_options 2 C"]),
        ("1;Câu;x;y;;;A;\n2;câu ;t;u;;;A;\n", &["equal_questions 3 Câu hỏi"]),
        ("1;Câu một;x;y;;;A;\n1;Câu hai;t;u;;;A;\n", &["duplicate 3 STT"]),
        ("1;Câu một;x;y;;;A;\n;Câu hai;t;u;;;A;\n", &["empty 3 STT"]),
        ("câu 1;Câu một;x;y;;;A;\n", &["invalid_id 2 STT"]),
        ("1;Câu, một;x;y;;;A;;thừa\n", &["cell_without_header 2 I2"]),
        ("1;Nghị quyết;NguyÔn V¨n An;y;;;A;\n", &["legacy_encoding 2 A"]),
        (
            "1;;x;x;;;Z;\n2;Câu;a;b;;;A;\n2;Câu;;;;;;\n",
            &[
                "equal_options 2 B",
                "invalid_answer 2 Đáp án",
                "empty 2 Câu hỏi",
                "duplicate 4 STT",
                "equal_questions 4 Câu hỏi",
                "too_few_options 4 A",
                "empty 4 Đáp án",
            ],
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
    let nfd: String = "1;Nghị\u{a0}quyết số nào?;Một;Hai;;;A;\n".nfd().collect();
    let read = bank(&nfd).content.expect("a bank");
    assert_eq!(read.questions[0].text, "Nghị quyết số nào?");
    assert_eq!(codes(&format!("{nfd}2;Nghị quyết số nào?;Ba;Bốn;;;A;\n")), ["equal_questions 3 Câu hỏi"]);
}

#[test]
fn titles_above_the_headers_and_other_tables_are_passed_over() {
    let titled = format!("NGÂN HÀNG CÂU HỎI\n;;\n{HEADER}1;Câu;x;y;;;A;\n");
    let reading = read(&read_file(Format::Csv, titled.as_bytes()).expect("readable"));
    assert_eq!((reading.rows, reading.errors.len()), (1, 0));
    let other = read(&read_file(Format::Csv, "Mã,Tên\na,b\n".as_bytes()).expect("readable"));
    assert_eq!(other.errors[0].kind.code(), "no_such_table");
    let missing = read(&read_file(Format::Csv, "STT,Câu hỏi,A,B\n1,c,x,y\n".as_bytes()).expect("readable"));
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
    let kinds: Vec<ProblemKind> = read(&sheets).errors.into_iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::ErrorCell { cell: "D2".to_owned() }]);
}

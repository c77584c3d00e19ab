//! Tables: banks, arrangements of options, and what is neither.

use super::*;

const HEADERS: &[&str] = &["STT", "Câu hỏi", "A", "B", "Đáp án"];

#[test]
fn a_table_with_headers_is_read_as_a_workbook() {
    let docx = Docx::default().table(&[HEADERS, &["1", "Ai?", "x", "y", "B"], &["2", "Gì?", "x", "y", "A"]]);
    assert_eq!(read_whole(&docx), ["Ai? | x | y = B", "Gì? | x | y = A"]);
    let titled = Docx::of(&["NGÂN HÀNG CÂU HỎI"]).table(&[HEADERS, &["1", "Ai?", "x", "y", "B"]]);
    assert_eq!(warned(&titled), ["heading_not_read"]);
    let missing = Docx::default().table(&[&["STT", "Câu hỏi", "A", "Đáp án"], &["1", "Ai?", "x", "A"]]);
    assert_eq!(refused(&missing), ["missing_column 1"]);
    let wrong = Docx::default().table(&[HEADERS, &["1", "Ai?", "x", "y", "E"], &["2", "{s:Gì}?", "x", "y", "A"]]);
    assert_eq!(refused(&wrong), ["answer_without_option 2", "formatted_text 3"]);
}

#[test]
fn several_banks_and_questions_beside_one_are_refused() {
    let rows = [HEADERS, &["1", "Ai?", "x", "y", "B"]];
    assert_eq!(refused(&Docx::default().table(&rows).table(&rows)), ["several_tables"]);
    let both = Docx::default().table(&rows).lines(&["Câu 2: Gì?", "A. x", "{u:B. y}"]);
    assert_eq!(refused(&both), ["unknown_layout 1"]);
}

#[test]
fn a_table_may_arrange_the_options_of_a_question() {
    for rows in [
        &[&["A. x", "{u:B. y}"][..], &["C. z", "D. t"]][..],
        &[&["A. x", "C. z"], &["{u:B. y}", "D. t"]],
        &[&["A. x", "{u:B. y}", "C. z", "D. t"]],
        &[&["A. x"], &["{u:B. y}"], &["C. z"], &["D. t"]],
        &[&["A.", "x", "{u:B.}", "{u:y}"], &["C.", "z", "D.", "t"]],
    ] {
        let docx = Docx::of(&["Câu 1: Ai?"]).table(rows).lines(&["Câu 2: Gì?", "A. x", "{u:B. y}"]);
        assert_eq!(read_whole(&docx), ["Ai? | x | y | z | t = B", "Gì? | x | y = B"], "{rows:?}");
    }
}

#[test]
fn any_other_table_is_refused_and_the_head_of_a_letter_is_passed_over() {
    let data =
        Docx::of(&["Câu 1: Xét bảng:"]).table(&[&["Năm", "Số dân"], &["2020", "97"]]).lines(&["A. x", "{u:B. y}"]);
    assert_eq!(refused(&data), ["unknown_layout 1"]);
    let behind = Docx::of(&["Câu 1: Ai?", "A. x", "{u:B. y}"]).table(&[&["Ghi chú", "khác"]]);
    assert_eq!(refused(&behind), ["unknown_layout 1"]);
    let alone = Docx::default().table(&[&["Câu 1", "Ai?"], &["A", "x"], &["B", "y"], &["Đáp án", "A"]]);
    assert_eq!(refused(&alone), ["unknown_layout 1"]);
    let nested = "<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>";
    assert_eq!(refused(&Docx::of(&["Câu 1: Ai?"]).raw(nested).lines(&["A. x", "{u:B. y}"])), ["unknown_layout 1"]);
    let head = [&["UBND XÃ MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"][..]];
    let letter = Docx::default().table(&head).lines(&["Câu 1: Ai?", "A. x", "{u:B. y}"]);
    assert_eq!(warned(&letter), ["heading_not_read"]);
    let starred = Docx::of(&["Ai?", "x", "*y", ""]).table(&[&["Ghi chú", "khác"]]);
    assert_eq!(refused(&starred), ["unknown_layout 1"]);
}

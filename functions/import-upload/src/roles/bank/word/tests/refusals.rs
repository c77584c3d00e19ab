//! What no text can be, and what no bank can hold.

use super::build::{archive, run};
use super::*;
use contest::problem::{ContentFault, ProblemKind};

fn stem(inside: &str) -> Docx {
    let stem = format!("<w:p>{}{inside}</w:p>", run("", "Câu 1: Hỏi "));
    Docx::default().raw(&stem).lines(&["A. x", "{u:B. y}"])
}

#[test]
fn what_is_no_text_is_refused_with_its_question() {
    let in_run = |inside: &str| format!("<w:r>{inside}</w:r>");
    for (inside, expected) in [
        (in_run("<w:drawing><pic:pic/></w:drawing>"), "picture 1"),
        (in_run("<w:drawing><wps:wsp/></w:drawing>"), "drawing 1"),
        (in_run("<w:drawing><wps:wsp><w:txbxContent><w:p/></w:txbxContent></wps:wsp></w:drawing>"), "text_box 1"),
        (in_run("<w:pict><v:shape><v:imagedata/></v:shape></w:pict>"), "picture 1"),
        (in_run("<w:pict><v:oval/></w:pict>"), "drawing 1"),
        (in_run("<mc:AlternateContent><mc:Choice><w:drawing><wps:wsp/></w:drawing></mc:Choice><mc:Fallback><w:pict/></mc:Fallback></mc:AlternateContent>"), "drawing 1"),
        (in_run("<w:object><v:shape><v:imagedata/></v:shape><o:OLEObject ProgID=\"Equation.3\"/></w:object>"), "equation 1"),
        (in_run("<w:object><o:OLEObject ProgID=\"Excel.Sheet.12\"/></w:object>"), "embedded_object 1"),
        ("<m:oMath><m:r><m:t>2</m:t></m:r></m:oMath>".to_owned(), "equation 1"),
        ("<m:oMathPara><m:oMath/></m:oMathPara>".to_owned(), "equation 1"),
        ("<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>EQ \\f(1,2)</w:instrText></w:r><w:r><w:fldChar w:fldCharType=\"end\"/></w:r>".to_owned(), "equation 1"),
        (in_run("<w:footnoteReference w:id=\"1\"/>"), "footnote 1"),
        (in_run("<w:sym w:font=\"Symbol\" w:char=\"F0B3\"/>"), "symbol 1"),
        (in_run("<w:t>\u{f0b3}</w:t>"), "symbol 1"),
        (in_run("<w:rPr><w:rFonts w:ascii=\"Wingdings\"/></w:rPr><w:t>x</w:t>"), "symbol 1"),
        (in_run("<w:ruby/>"), "unknown_object 1"),
        (in_run("<w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t>"), "hidden_text 1"),
        (in_run("<w:rPr><w:strike/></w:rPr><w:t>bỏ</w:t>"), "formatted_text 1"),
        (in_run("<w:rPr><w:vertAlign w:val=\"superscript\"/></w:rPr><w:t>x</w:t>"), "formatted_text 1"),
        (in_run("<w:rPr><w:position w:val=\"6\"/></w:rPr><w:t>2</w:t>"), "formatted_text 1"),
    ] {
        assert_eq!(refused(&stem(&inside)), [expected], "{inside}");
    }
    let rule = in_run("<w:pict><v:rect o:hr=\"t\"/></w:pict>");
    assert_eq!(read_whole(&stem(&rule)), ["Hỏi | x | y = B"]);
    let everywhere = Docx::of(&["Câu 1: {s:Hỏi}?", "A. {v:x}", "{u:B. y}"]);
    assert_eq!(refused(&everywhere), ["formatted_text 1", "hidden_text 1"]);
}

#[test]
fn raised_and_lowered_digits_have_characters_of_their_own() {
    let docx = Docx::of(&["Câu 1: 10{^:6} m{^:2}, H{_:2}O, 2{^:-1}?", "A. x", "{u:B. y}"]);
    assert_eq!(read_whole(&docx), ["10⁶ m², H₂O, 2⁻¹? | x | y = B"]);
}

#[test]
fn text_of_another_time_or_with_lost_letters_is_refused() {
    assert_eq!(refused(&Docx::of(&["{.:C©u 1: Thñ ®«?}", "{.:A. Hµ Néi}", "{.u:B. HuÕ}"])), ["legacy_encoding 1"]);
    assert_eq!(refused(&Docx::of(&["Câu 1: Thñ ®« cña n\u{ad}íc ta?", "A. x", "{u:B. y}"])), ["legacy_encoding 1"]);
    assert_eq!(refused(&Docx::of(&["Câu 1: Th? ?ô c?a n??c?", "A. x", "{u:B. y}"])), ["broken_text 1"]);
    let unicode = Docx::of(&["{.:Câu 1: Thủ đô của nước ta?}", "{.:A. x}", "{.u:B. y}"]);
    assert_eq!(read_whole(&unicode), ["Thủ đô của nước ta? | x | y = B"], "the font's name alone");
}

#[test]
fn questions_of_other_kinds_are_refused_by_name() {
    for (lines, expected) in [
        (&["Câu 1: Nêu cảm nghĩ."][..], "unsupported_type 1"),
        (&["Câu 1: Có bao nhiêu?", "Đáp án: 6"], "unsupported_type 1"),
        (&["Câu 1: Xét:", "{u:a) một}", "b) hai", "{u:c) ba}"], "unsupported_type 1"),
        (&["PHẦN II. Câu đúng sai", "Câu 1: Xét:", "{u:a) một}", "b) hai"], "unsupported_type PHẦN II 1"),
        (&["Câu 1: Ai?", "A. x", "{u:B. y}", "Câu 2: Xét:", "{u:a) một}", "b) hai"], "unsupported_type 2"),
    ] {
        assert_eq!(refused(&Docx::of(lines)), [expected], "{lines:?}");
    }
    for passage in [
        "Đọc đoạn văn sau và trả lời câu hỏi từ 2 đến 4:",
        "Câu 2 đến câu 4: dựa vào bảng",
        "Sử dụng dữ kiện sau cho câu 2, 3",
    ] {
        let lines = ["Câu 1: Ai?", "A. x", "{u:B. y}", passage, "Câu 2: Gì?", "A. x", "{u:B. y}"];
        assert_eq!(refused(&Docx::of(&lines)), ["shared_passage"], "{passage}");
    }
    let parts = [
        "PHẦN I. Thí sinh trả lời từ câu 1 đến câu 2.",
        "Câu 1: Ai?",
        "A. x",
        "{u:B. y}",
        "PHẦN II. Chọn",
        "Câu 1: Gì?",
        "A. x",
        "{u:B. y}",
    ];
    assert_eq!(warned(&Docx::of(&parts)), ["heading_not_read", "heading_not_read PHẦN I"]);
}

#[test]
fn faults_of_questions_are_those_of_every_format() {
    assert_eq!(refused(&Docx::of(&["Câu 1: Ai?", "{u:A. x}"])), ["no_answer 1", "too_few_options 1"]);
    assert_eq!(refused(&Docx::of(&["Câu 1: Ai?", "{u:A. x}", "B. x"])), ["equal_options 1"]);
    let options = ["A. a1", "{u:B. b1}", "C. c1", "D. d1", "E. e1", "F. f1", "G. g1"];
    assert_eq!(refused(&Docx::of(&[&["Câu 1: Ai?"], &options[..]].concat())), ["too_many_options 1"]);
    let twice = ["Câu 1: Ai?", "A. x", "{u:B. y}", "Câu 2: Ai?", "{u:A. y}", "B. x"];
    assert_eq!(refused(&Docx::of(&twice)), ["equal_questions 2"]);
}

#[test]
fn what_is_no_document_is_told() {
    let codes = |bytes: &[u8]| codes(&reading(bytes).errors);
    assert_eq!(codes(b"plain"), ["not_a_document"]);
    assert_eq!(codes(b"\xD0\xCF\x11\xE0old"), ["old_or_encrypted"]);
    assert_eq!(codes(&Docx::of(&["x"]).bytes()[..200]), ["broken_document"]);
    let file = |name: &str, content: &str| (name.to_owned(), content.to_owned());
    assert_eq!(codes(&archive(&[file("xl/workbook.xml", "<x/>")])), ["not_a_document"]);
    let relations = r#"<R><Relationship Type="x/officeDocument" Target="word/document.xml"/></R>"#;
    let with = |document: &str| archive(&[file("_rels/.rels", relations), file("word/document.xml", document)]);
    assert_eq!(codes(&with("<x/>")), ["not_a_document"]);
    assert_eq!(
        codes(&with("<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>")),
        ["broken_document"]
    );
    assert_eq!(codes(&with("<!DOCTYPE x [<!ENTITY a 'b'>]><x/>")), ["document_type"]);
    assert_eq!(codes(&with(&"<x>".repeat(65))), ["broken_document"], "too deep");
    let elsewhere = r#"<R><Relationship Type="x/officeDocument" Target="word/document.bin"/></R>"#;
    assert_eq!(
        codes(&archive(&[file("_rels/.rels", elsewhere), file("word/document.bin", "<x/>")])),
        ["broken_document"]
    );
}

#[test]
fn text_has_a_bound() {
    let filler = "Hỏi dài ".repeat(1_000);
    let lines =
        |count: usize| Docx::of(&[&["Câu 1: Hỏi?"], &vec![filler.as_str(); count][..], &["A. x", "{u:B. y}"]].concat());
    assert_eq!(refused(&lines(90)), [""; 0]);
    let kind = reading(&lines(110).bytes()).errors.remove(0).kind;
    assert_eq!(kind, ProblemKind::InflatesTooFar);
    assert_ne!(kind, ProblemKind::Content(ContentFault::BrokenDocument));
}

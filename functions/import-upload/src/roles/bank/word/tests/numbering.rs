//! Numbers that Word makes, and what else stands between a paragraph and its text.

use super::build::{paragraph, run};
use super::*;

const LISTS: &str = concat!(
    r#"<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Câu %1:"/></w:lvl>"#,
    r#"<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>"#,
    r#"<w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperLetter"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>"#,
    r#"<w:abstractNum w:abstractNumId="3"><w:lvl w:ilvl="0"><w:start w:val="11"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>"#,
    r#"<w:abstractNum w:abstractNumId="4"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val=""/></w:lvl></w:abstractNum>"#,
    r#"<w:abstractNum w:abstractNumId="5"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>"#,
    r#"<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>"#,
    r#"<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>"#,
    r#"<w:num w:numId="3"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>"#,
    r#"<w:num w:numId="4"><w:abstractNumId w:val="3"/></w:num>"#,
    r#"<w:num w:numId="5"><w:abstractNumId w:val="4"/></w:num>"#,
    r#"<w:num w:numId="6"><w:abstractNumId w:val="5"/></w:num>"#,
);

fn list(number: u32, level: u32) -> String {
    format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{number}\"/></w:numPr>")
}

#[test]
fn numbers_of_levels_begin_anew_below_each_question() {
    let mut docx = Docx::default().numbering(LISTS);
    for n in 1..=2 {
        docx = docx.with(&list(1, 0), &format!("Hỏi {n}?")).with(&list(1, 1), "x").with(&list(1, 1), "{u:y}");
    }
    assert_eq!(read_whole(&docx), ["Hỏi 1? | x | y = B", "Hỏi 2? | x | y = B"]);
}

#[test]
fn lists_begin_where_they_say_and_begin_anew_where_they_say() {
    let docx = Docx::default().numbering(LISTS);
    let docx = docx.with(&list(4, 0), "Hỏi?").with(&list(2, 0), "x").with(&list(2, 0), "{u:y}");
    let docx = docx.with(&list(4, 0), "Nữa?").with(&list(3, 0), "{u:x}").with(&list(3, 0), "y");
    let bank = bank(&docx.bytes());
    assert_eq!(bank.questions.iter().map(|q| q.id.as_str()).collect::<Vec<_>>(), ["q11", "q12"]);
    assert_eq!(shown(&bank), ["Hỏi? | x | y = B", "Nữa? | x | y = A"]);
}

#[test]
fn a_list_that_goes_on_over_questions_is_refused() {
    let docx =
        Docx::default().numbering(LISTS).lines(&["Câu 1: Hỏi?"]).with(&list(2, 0), "x").with(&list(2, 0), "{u:y}");
    let docx = docx.lines(&["Câu 2: Nữa?"]).with(&list(2, 0), "x").with(&list(2, 0), "{u:y}");
    assert!(refused(&docx).contains(&"option_out_of_order 2".to_owned()), "{:?}", refused(&docx));
}

#[test]
fn a_style_may_number_its_paragraphs_and_a_paragraph_may_say_that_it_has_none() {
    let styles = format!(
        r#"<w:style w:type="paragraph" w:styleId="Q"><w:pPr>{}</w:pPr></w:style>"#,
        "<w:numPr><w:numId w:val=\"1\"/></w:numPr>"
    );
    let docx = Docx::default().numbering(LISTS).styles(&styles);
    let docx = docx.with("<w:pStyle w:val=\"Q\"/>", "Hỏi?").lines(&["A. x", "{u:B. y}"]);
    let none = "<w:pStyle w:val=\"Q\"/><w:numPr><w:numId w:val=\"0\"/></w:numPr>";
    assert_eq!(
        read_whole(&docx.with(none, "Câu 2: Nữa?").lines(&["A. x", "{u:B. y}"])),
        ["Hỏi? | x | y = B", "Nữa? | x | y = B"]
    );
}

#[test]
fn a_letter_that_word_makes_looks_as_the_end_of_its_paragraph() {
    let marked = format!("{}<w:rPr><w:u w:val=\"single\"/></w:rPr>", list(2, 0));
    let docx = Docx::default().numbering(LISTS).lines(&["Câu 1: Hỏi?"]);
    let docx = docx.with(&list(2, 0), "x").with(&marked, "y").with(&list(2, 0), "z");
    assert_eq!(read_whole(&docx), ["Hỏi? | x | y | z = B"]);
}

#[test]
fn bullets_are_seen_and_unknown_numbers_are_refused() {
    let docx = Docx::default().numbering(LISTS).lines(&["Câu 1: Xét:"]).with(&list(5, 0), "một");
    assert_eq!(read_whole(&docx.lines(&["A. x", "{u:B. y}"])), ["Xét:\n• một | x | y = B"]);
    let docx = Docx::default().numbering(LISTS).lines(&["Câu 1: Xét:"]).with(&list(6, 0), "một");
    assert_eq!(refused(&docx.lines(&["A. x", "{u:B. y}"])), ["unknown_number 1"]);
}

/// The question of a paragraph with two options below it.
fn stem(inside: &str) -> Docx {
    Docx::default().raw(&format!("<w:p>{inside}</w:p>")).lines(&["A. x", "{u:B. y}"])
}

#[test]
fn text_is_read_through_what_is_woven_around_it() {
    let text = |text: &str| run("", text);
    let field = |kind: &str| format!("<w:r><w:fldChar w:fldCharType=\"{kind}\"/></w:r>");
    let instruction = "<w:r><w:instrText> SEQ Câu </w:instrText></w:r>";
    let nested = format!("{}<w:r><w:instrText>IF {}</w:instrText></w:r>{}", field("begin"), field("x"), text("ẩn"));
    for inside in [
        text("Câu 1: Hỏi?"),
        format!("{}{}", text("Câu 1: H"), text("ỏi?")),
        format!("<w:hyperlink>{}</w:hyperlink>", text("Câu 1: Hỏi?")),
        format!("<w:smartTag>{}</w:smartTag>", text("Câu 1: Hỏi?")),
        format!("<w:sdt><w:sdtPr><w:alias w:val=\"x\"/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>", text("Câu 1: Hỏi?")),
        format!("<w:fldSimple w:instr=\"SEQ x\">{}</w:fldSimple>{}", text("Câu 1"), text(": Hỏi?")),
        format!("{}{}{instruction}{}{}{}{}", text("Câu "), field("begin"), field("separate"), text("1"), field("end"), text(": Hỏi?")),
        format!("{}{}{}{}{}", nested, field("separate"), text("Câu 1"), field("end"), text(": Hỏi?")),
        "<w:r><w:t>Câu 1: Hỏ</w:t><w:softHyphen/><w:t>i?</w:t></w:r>".to_owned(),
        "<w:r><w:t>Câu 1: H\u{ad}ỏ\u{200b}i?</w:t></w:r>".to_owned(),
        "<w:r><w:t>Câu 1: Ho\u{309}i?</w:t></w:r>".to_owned(),
        "<w:r><w:t>Câu 1: Ho</w:t></w:r><w:r><w:t>\u{309}i?</w:t></w:r>".to_owned(),
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"x\"/><mc:Fallback><w:t>Câu 1: Hỏi?</w:t></mc:Fallback></mc:AlternateContent></w:r>".to_owned(),
        "<w:r><mc:AlternateContent><mc:Choice Requires=\"x\"><w:t>Câu 1: Hỏi?</w:t></mc:Choice><mc:Fallback><w:t>Khác</w:t></mc:Fallback></mc:AlternateContent></w:r>".to_owned(),
        "<w:proofErr w:type=\"spellStart\"/><w:bookmarkStart w:id=\"0\"/><w:r><w:lastRenderedPageBreak/><w:t>Câu 1: Hỏi?</w:t></w:r>".to_owned(),
        "<w:r><w:rPr><w:caps/></w:rPr><w:t>câu 1: </w:t></w:r><w:r><w:t>Hỏi?</w:t></w:r>".to_owned(),
    ] {
        assert_eq!(read_whole(&stem(&inside)), ["Hỏi? | x | y = B"], "{inside}");
    }
    let framed = format!("<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", paragraph("", "Câu 1: Hỏi?"));
    assert_eq!(read_whole(&Docx::default().raw(&framed).lines(&["A. x", "{u:B. y}"])), ["Hỏi? | x | y = B"]);
    let quotes = Docx::of(&["Câu 1: “Ai” là ‘gì’ – hỏi…?", "A. x", "{u:B. y}"]);
    assert_eq!(read_whole(&quotes), ["“Ai” là ‘gì’ – hỏi…? | x | y = B"]);
}

#[test]
fn changes_are_read_as_if_they_were_accepted_and_warned_of() {
    let changed = format!(
        "{}<w:ins>{}</w:ins><w:del><w:r><w:delText>Cũ</w:delText></w:r></w:del>",
        run("", "Câu 1: "),
        run("", "Hỏi?")
    );
    assert_eq!(warned(&stem(&changed)), ["tracked_changes"]);
    assert_eq!(shown(&bank(&stem(&changed).bytes())), ["Hỏi? | x | y = B"]);
    let marked = "<w:r><w:rPr><w:u w:val=\"single\"/><w:rPrChange><w:rPr><w:b/></w:rPr></w:rPrChange></w:rPr><w:t>B. y</w:t></w:r>";
    let docx = Docx::of(&["Câu 1: Hỏi?", "A. x"]).raw(&format!("<w:p>{marked}</w:p>"));
    assert_eq!(
        (warned(&docx), shown(&bank(&docx.bytes()))),
        (vec!["tracked_changes".to_owned()], vec!["Hỏi? | x | y = B".to_owned()])
    );
    let joined = Docx::default().with("<w:rPr><w:del/></w:rPr>", "Câu 1: ").lines(&["Hỏi?", "A. x", "{u:B. y}"]);
    assert_eq!(shown(&bank(&joined.bytes())), ["Hỏi? | x | y = B"]);
    let remark = format!("<w:commentRangeStart w:id=\"0\"/>{}<w:commentRangeEnd w:id=\"0\"/>", run("", "Câu 1: Hỏi?"));
    assert_eq!(warned(&stem(&remark)), ["comments_not_read"]);
}

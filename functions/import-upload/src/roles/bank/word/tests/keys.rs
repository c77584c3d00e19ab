//! Where a document says what is right, and what where two places differ.

use super::*;

/// One question of three options with what follows it.
fn question(options: [&str; 3], behind: &[&str]) -> Docx {
    Docx::of(&[&["Câu 1: Ai?"], &options[..], behind].concat())
}

/// The letters of the right options, or the codes of what is wrong.
fn key(docx: &Docx) -> String {
    let errors = refused(docx);
    if !errors.is_empty() {
        return errors.join(", ");
    }
    let bank = bank(&docx.bytes());
    bank.key.values().map(|right| right.letters().collect::<String>().to_uppercase()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_look_is_a_mark_where_some_options_have_it_and_not_all() {
    for (options, expected) in [
        (["A. x", "{u:B. y}", "C. z"], "B"),
        (["A. x", "{u:B}. y", "C. z"], "B"),
        (["A. x", "B. {u:y}", "C. z"], "B"),
        (["A. x", "{r:B. y}", "C. z"], "B"),
        (["A. x", "{h:B. y}", "C. z"], "B"),
        (["A. x", "{b:B. y}", "C. z"], "B"),
        (["A. x", "{i:B. y}", "C. z"], "B"),
        (["A. x", "{u:B. y}", "{u:C. z}"], "BC"),
        (["{b:A.} x", "{b:B.} {u:y}", "{b:C.} z"], "B"),
        (["{b:A.} x", "{b:B. y}", "{b:C.} z"], "B"),
        (["{r:A.} x", "{r:B. y}", "{r:C.} z"], "B"),
        (["{b:A. x}", "{u:B. y}", "C. z"], "B"),
        (["A. x", "{ub:B. y}", "C. z"], "B"),
        (["A. x", "B. {u:Hà Nội}.", "C. z"], "B"),
        (["{g:A. x}", "{u:B. y}", "C. z"], "B"),
        (["{g:A. x}", "B. y", "C. z"], "no_answer 1"),
        (["{b:A. x}", "{b:B. y}", "{b:C. z}"], "no_answer 1"),
        (["{u:A. x}", "{r:B. y}", "C. z"], "answers_contradict 1"),
        (["{r:A. x}", "{k:B. y}", "C. z"], "answers_contradict 1"),
        (["{r:A. x}", "{k:B. y}", "{k:C. z}"], "answers_contradict 1"),
        (["{u:A}. x", "B. {u:y}", "C. z"], "answers_contradict 1"),
        (["A. x", "B. y {u:không} t", "C. z"], "mark_on_part 1"),
        (["A. x{u:a}x", "B. y{u:a}y", "C. z{u:a}z"], "no_answer 1"),
        (["A. +", "B. {u:-}", "C. ="], "B"),
    ] {
        assert_eq!(key(&question(options, &[])), expected, "{options:?}");
    }
}

#[test]
fn bold_counts_only_in_a_file_that_marks_by_nothing_else() {
    let first = ["Câu 1: Ai?", "{u:A. x}", "B. y"];
    let second = ["Câu 2: Gì?", "A. x", "{b:B. y}"];
    assert_eq!(key(&Docx::of(&[first, second].concat())), "no_answer 2");
    assert_eq!(key(&Docx::of(&second)), "B");
}

#[test]
fn lines_stars_and_repeated_options_name_the_answer() {
    let plain = ["A. x", "B. yy", "C. z"];
    for (behind, expected) in [
        ("Đáp án: B", "B"),
        ("Đáp án B", "B"),
        ("ĐÁP ÁN: B.", "B"),
        ("ĐA: B", "B"),
        ("Đ/A: B", "B"),
        ("Đáp án đúng: B", "B"),
        ("Đáp án đúng là B.", "B"),
        ("Đáp án: (B)", "B"),
        ("Đáp án: b", "B"),
        ("Đáp án: B. yy", "B"),
        ("Đáp án: yy", "B"),
        ("Đáp án: A, C", "AC"),
        ("Đáp án: A và C", "AC"),
        ("Đáp án: AC", "AC"),
        ("Chọn B", "B"),
        ("=> Chọn B", "B"),
        ("Chọn đáp án B.", "B"),
        ("Answer: B", "B"),
        ("{b:Đáp án:} {r:B}", "B"),
        ("Đ\u{61}\u{301}p án: B", "B"),
        ("- yy", "B"),
        ("• B. yy", "B"),
        ("→ yy.", "B"),
        ("Đáp án: E", "answer_without_option 1"),
        ("Đáp án: Huế", "invalid_answer 1"),
        ("Đáp án: A. yy", "ambiguous_answer 1"),
        ("- khác", "text_not_read 1, no_answer 1"),
    ] {
        let behind: Vec<&str> = behind.split('\n').collect();
        let mut found = key(&question(plain, &behind));
        if found.contains(", ") {
            let mut codes: Vec<&str> = found.split(", ").collect();
            codes.sort_by(|a, b| b.cmp(a));
            found = codes.join(", ");
        }
        assert_eq!(found, expected, "{behind:?}");
    }
    for star in ["*B. yy", "* B. yy", "B. *yy", "B.* yy"] {
        assert_eq!(key(&question(["A. x", star, "C. z"], &[])), "B", "{star}");
    }
}

#[test]
fn two_places_must_agree() {
    assert_eq!(key(&question(["A. x", "{u:B. y}", "C. z"], &["Đáp án: B"])), "B");
    assert_eq!(key(&question(["A. x", "*{u:B. y}", "C. z"], &["Đáp án: B", "- y"])), "B");
    for (options, behind) in [
        (["A. x", "{u:B. y}", "C. z"], &["Đáp án: A"][..]),
        (["*A. x", "{u:B. y}", "C. z"], &[]),
        (["*A. x", "B. y", "C. z"], &["Đáp án: B"]),
        (["A. x", "{u:B. y}", "C. z"], &["- x"]),
        (["A. x", "{u:B. y}", "C. z"], &["HẾT", "1.C"]),
        (["A. x", "B. y", "C. z"], &["Đáp án: A", "Đáp án: B"]),
    ] {
        assert_eq!(key(&question(options, behind)), "answers_contradict 1", "{options:?} {behind:?}");
    }
}

#[test]
fn letters_that_are_texts_of_other_options_are_no_doubt_where_an_option_is_marked() {
    assert_eq!(key(&Docx::of(&["Câu 1: Nhóm máu?", "A. O", "{u:B. A}", "C. AB", "D. B"])), "B");
    let said = ["Câu 1: Nhóm máu?", "A. O", "B. A", "C. AB", "D. B", "Đáp án: B"];
    assert!(key(&Docx::of(&said)).ends_with("_answer 1"), "B is an option, and the letter of another");
}

/// Three questions without marks, and what stands behind them.
fn three() -> Docx {
    let questions = (1..=3).flat_map(|n| [format!("Câu {n}: Hỏi {n}?"), "A. x".into(), "B. y".into(), "C. z".into()]);
    let lines: Vec<String> = questions.collect();
    Docx::of(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

#[test]
fn lines_of_answers_behind_the_questions_are_the_key() {
    for lines in [
        &["HẾT", "1.A 2-B 3c"][..],
        &["----- Hết -----", "ĐÁP ÁN", "1A, 2B, 3C"],
        &["BẢNG ĐÁP ÁN", "Câu 1: A", "Câu 2: B", "Câu 3: C"],
        &["ĐÁP ÁN", "1. A\t2. B\t3. C"],
        &["ĐÁP ÁN", "1-A; 2-B; 3-C."],
        &["Đáp án: 1.A 2.B 3.C"],
        &["1.A 2.B 3.C"],
        &["ĐÁP ÁN", "Câu 1. Chọn A", "Câu 2. Chọn B", "Câu 3. Đáp án C"],
        &["ĐÁP ÁN ĐỀ SỐ 1", "1/A 2/B 3/C"],
    ] {
        assert_eq!(key(&three().lines(lines)), "A B C", "{lines:?}");
    }
    assert_eq!(key(&three().lines(&["HẾT", "1.AC 2.A, B 3.C"])), "AC AB C");
    assert_eq!(key(&three().lines(&["HẾT", "1.A 2.B"])), "no_answer 3");
    assert_eq!(key(&three().lines(&["HẾT", "1.A 2.B 3.C 4.D"])), "answer_without_question 4");
    assert_eq!(key(&three().lines(&["HẾT", "1.A 2.B 3.C 3.A"])), "answers_contradict 3");
    assert_eq!(key(&three().lines(&["HẾT", "1.A 2.B 3.E"])), "answer_without_option 3");
    assert!(key(&three().lines(&["HẾT", "1.A 2.B 3.C", "4 điểm mỗi câu"])).contains("text_not_read"));
}

#[test]
fn tables_of_answers_are_the_key_whichever_way_they_run() {
    for rows in [
        &[&["1", "2", "3"][..], &["A", "B", "C"]][..],
        &[&["Câu", "1", "2", "3"], &["Đáp án", "A", "B", "C"]],
        &[&["1", "2"], &["A", "B"], &["3", ""], &["C", ""]],
        &[&["1", "A"], &["2", "B"], &["3", "C"]],
        &[&["Câu", "Đáp án"], &["1", "A"], &["2", "B"], &["3", "C"]],
        &[&["Câu", "ĐA", "Câu", "ĐA"], &["1", "A", "3", "C"], &["2", "B", "", ""]],
        &[&["1.A", "2.B", "3.C"]],
        &[&["1-A", "2-B"], &["3-C", ""]],
        &[&["Câu 1", "Câu 2", "Câu 3"], &["{b:A}", "b", "C."]],
    ] {
        assert_eq!(key(&three().lines(&["BẢNG ĐÁP ÁN"]).table(rows)), "A B C", "{rows:?}");
        assert_eq!(key(&three().table(rows)), "A B C", "without a head: {rows:?}");
    }
    let several = [&["Câu", "Mã 101", "Mã 102"][..], &["1", "A", "B"], &["2", "B", "C"], &["3", "C", "A"]];
    assert!(key(&three().table(&several)).contains("unknown_layout"));
    let numbers = [&["Câu", "Đáp án"][..], &["1", "A", "B"]];
    assert!(key(&three().table(&numbers)).contains("unknown_layout"), "two answers to one number");
}

#[test]
fn answers_by_number_need_numbers_that_are_told_apart() {
    let docx = Docx::of(&["Câu 1: Ai?", "A. x", "B. y", "Câu 1: Gì?", "A. z", "B. t", "HẾT", "1.A"]);
    assert!(key(&docx).contains("repeated_number 1"), "{}", key(&docx));
    let parts = ["Câu 1: Ai?", "A. x", "B. y", "ĐÁP ÁN", "1.A", "Câu 1: Gì?", "A. z", "B. t", "ĐÁP ÁN", "1.B"];
    assert_eq!(key(&Docx::of(&parts)), "A B", "each list is about the questions above it");
}

#[test]
fn styles_and_themes_give_looks() {
    let styles = concat!(
        r#"<w:docDefaults><w:rPrDefault><w:rPr><w:color w:val="000000"/></w:rPr></w:rPrDefault></w:docDefaults>"#,
        r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"/>"#,
        r#"<w:style w:type="paragraph" w:styleId="Right"><w:basedOn w:val="Base"/></w:style>"#,
        r#"<w:style w:type="paragraph" w:styleId="Base"><w:rPr><w:u w:val="wave"/></w:rPr></w:style>"#,
        r#"<w:style w:type="paragraph" w:styleId="Bold"><w:rPr><w:b/></w:rPr></w:style>"#,
        r#"<w:style w:type="character" w:styleId="Strong"><w:rPr><w:b/></w:rPr></w:style>"#,
        r#"<w:style w:type="character" w:styleId="Hyperlink"><w:rPr><w:color w:val="0563C1"/><w:u w:val="single"/></w:rPr></w:style>"#,
    );
    let strong = "<w:rPr><w:rStyle w:val=\"Strong\"/></w:rPr>";
    let run = |properties: &str, text: &str| format!("<w:r>{properties}<w:t xml:space=\"preserve\">{text}</w:t></w:r>");
    let of = |second: &str| {
        let docx = Docx::of(&["Câu 1: Ai?", "A. x"]).raw(second).lines(&["C. z"]);
        docx.styles(styles).theme(r#"<a:dk1><a:sysClr val="windowText" lastClr="000000"/></a:dk1><a:accent2><a:srgbClr val="ED7D31"/></a:accent2>"#)
    };
    let paragraph =
        |style: &str, inside: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{inside}</w:p>");
    for (second, expected) in [
        (paragraph("Right", &run("", "B. y")), "B"),
        (paragraph("Normal", &run(strong, "B. y")), "B"),
        (paragraph("Bold", &run("", "B. y")), "B"),
        (paragraph("Bold", &run(strong, "B. y")), "no_answer 1"),
        (paragraph("Bold", &run("<w:rPr><w:b w:val=\"0\"/></w:rPr>", "B. y")), "no_answer 1"),
        (paragraph("Right", &run("<w:rPr><w:u w:val=\"none\"/></w:rPr>", "B. y")), "no_answer 1"),
        (paragraph("Normal", &run("<w:rPr><w:u/></w:rPr>", "B. y")), "no_answer 1"),
        (paragraph("Normal", &run("<w:rPr><w:color w:val=\"auto\" w:themeColor=\"accent2\"/></w:rPr>", "B. y")), "B"),
        (
            paragraph("Normal", &run("<w:rPr><w:color w:val=\"FF0000\" w:themeColor=\"text1\"/></w:rPr>", "B. y")),
            "no_answer 1",
        ),
        (paragraph("Normal", &run("<w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr>", "B. y")), "no_answer 1"),
        (paragraph("Normal", &run("<w:rPr><w:shd w:val=\"clear\" w:fill=\"FFFF00\"/></w:rPr>", "B. y")), "B"),
        (paragraph("Normal", &run("<w:rPr><w:shd w:val=\"clear\" w:fill=\"FFFFFF\"/></w:rPr>", "B. y")), "no_answer 1"),
        (paragraph("Normal", &run("<w:rPr><w:highlight w:val=\"none\"/></w:rPr>", "B. y")), "no_answer 1"),
        (format!("<w:p><w:pPr><w:shd w:val=\"clear\" w:fill=\"D9E2F3\"/></w:pPr>{}</w:p>", run("", "B. y")), "B"),
        (
            paragraph(
                "Normal",
                &format!(
                    "<w:hyperlink>{}</w:hyperlink>",
                    run("<w:rPr><w:rStyle w:val=\"Hyperlink\"/></w:rPr>", "B. y")
                ),
            ),
            "no_answer 1",
        ),
    ] {
        assert_eq!(key(&of(&second)), expected, "{second}");
    }
}

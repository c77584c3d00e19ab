//! How questions and options are written.

use super::*;

const CAPITAL: &str = "Thủ đô? | Huế | Hà Nội | Vinh = B";

#[test]
fn questions_are_seen_however_their_numbers_are_written() {
    for start in [
        "Câu 1: ",
        "Câu 1. ",
        "Câu 1) ",
        "Câu 1/ ",
        "Câu 1 ",
        "Câu 1 : ",
        "Câu 1- ",
        "Câu 1 – ",
        "CÂU 1: ",
        "câu 1: ",
        "Câu1: ",
        "Câu 01: ",
        "Câu hỏi 1: ",
        "Câu số 1: ",
        "Câu hỏi số 1: ",
        "Bài 1: ",
        "Question 1. ",
        "1. ",
        "1) ",
        "1/ ",
        "1: ",
        "1.",
        "Câu 1.",
        "Câu\u{a0}1: ",
        "[NB] Câu 1: ",
        "Câu 1: [VD] ",
        "  Câu 1: ",
        "Ca\u{302}u 1: ",
    ] {
        let docx = Docx::of(&[&format!("{start}Thủ đô?"), "A. Huế", "{u:B. Hà Nội}", "C. Vinh"]);
        assert_eq!(read_whole(&docx), [CAPITAL], "{start}");
    }
}

#[test]
fn options_are_seen_however_their_letters_are_written() {
    for options in [
        &["A. Huế", "{u:B. Hà Nội}", "C. Vinh"][..],
        &["A) Huế", "{u:B) Hà Nội}", "C) Vinh"],
        &["A/ Huế", "{u:B/ Hà Nội}", "C/ Vinh"],
        &["A: Huế", "{u:B: Hà Nội}", "C: Vinh"],
        &["(A) Huế", "{u:(B) Hà Nội}", "(C) Vinh"],
        &["A .Huế", "{u:B .Hà Nội}", "C .Vinh"],
        &["A.Huế", "{u:B.Hà Nội}", "C.Vinh"],
        &["a) Huế", "{u:b) Hà Nội}", "c) Vinh"],
        &["a. Huế", "{u:b. Hà Nội}", "c. Vinh"],
        &["a/ Huế", "{u:b/ Hà Nội}", "c/ Vinh"],
        &["A. Huế\t{u:B. Hà Nội}\tC. Vinh"],
        &["A. Huế\t\t{u:B. Hà Nội}\n C. Vinh"],
        &["A. Huế   {u:B. Hà Nội}  C. Vinh"],
        &["\tA. Huế\t{u:B. Hà Nội}", "\tC. Vinh"],
        &["A. Huế\n{u:B. Hà Nội}\nC. Vinh"],
        &["А. Huế", "{u:В. Hà Nội}", "С. Vinh"],
        &["#A. Huế", "#{u:B. Hà Nội}", "#C. Vinh"],
    ] {
        let docx = Docx::of(&[&["Câu 1: Thủ đô?"], options].concat());
        assert_eq!(read_whole(&docx), [CAPITAL], "{options:?}");
    }
    let docx = Docx::of(&["Câu 1: Thủ đô?\tA. Huế\t{u:B. Hà Nội}\tC. Vinh"]);
    assert_eq!(read_whole(&docx), [CAPITAL]);
}

#[test]
fn a_mark_that_keeps_the_order_keeps_it() {
    let fixed =
        |options: [&str; 2]| bank(&Docx::of(&["Câu 1: Ai?", options[0], options[1]]).bytes()).questions[0].fixed_order;
    assert!(fixed(["#A. x", "{u:B. y}"]) && fixed(["A. x", "#*B. y"]) && !fixed(["A. x", "*B. y"]));
}

#[test]
fn letters_that_do_not_follow_stay_text_and_are_refused_where_an_option_may_be_missing() {
    let docx = Docx::of(&["Câu 1: Vitamin nào?", "A. Vitamin A. D và K", "{u:B. Vitamin B. và C}", "C. Vitamin E"]);
    assert_eq!(read_whole(&docx), ["Vitamin nào? | Vitamin A. D và K | Vitamin B. và C | Vitamin E = B"]);
    assert_eq!(refused(&Docx::of(&["Câu 1: Ai?", "A. x", "{u:B. y}", "D. z"])), ["option_out_of_order 1"]);
    let again = ["Câu 1: Ai?", "A. x", "{u:B. y}", "Ai nữa?", "A. z", "B. t"];
    assert!(refused(&Docx::of(&again)).contains(&"option_out_of_order 1".to_owned()));
    assert_eq!(refused(&Docx::of(&["Câu 1: Ai?", "A. x B. y C. z"])), ["no_answer 1", "too_few_options 1"]);
}

#[test]
fn text_goes_on_over_lines_and_what_may_be_anything_is_refused() {
    let docx = Docx::of(&["Câu 1: Xét:", "a) một", "b) hai", "Ai đúng?", "A. x", "rồi nữa", "{u:B. y}", "và hết"]);
    assert_eq!(read_whole(&docx), ["Xét:\na) một\nb) hai\nAi đúng? | x\nrồi nữa | y\nvà hết = B"]);
    assert_eq!(refused(&Docx::of(&["Câu 1: Ai?", "A. x", "{u:B. y}", "Theo Điều 5."])), ["text_not_read 1"]);
    let answered = ["Câu 1: Ai?", "A. x", "B. y", "Đáp án: B", "Theo Điều 5."];
    assert_eq!(refused(&Docx::of(&answered)), ["text_not_read 1"]);
}

#[test]
fn a_number_alone_begins_a_question_only_where_it_follows() {
    let docx = Docx::of(&["1. Ai?", "{u:A. z}", "B. t", "2. Kể:", "2. hai", "3. ba", "A. x", "{u:B. y}"]);
    assert_eq!(read_whole(&docx), ["Ai? | z | t = A", "Kể:\n2. hai\n3. ba | x | y = B"]);
    let preamble = ["Thể lệ", "1. Đối tượng", "2. Thời gian", "1. Ai?", "A. x", "{u:B. y}"];
    assert_eq!(refused(&Docx::of(&preamble)), ["text_not_read"], "any of them may be a question");
    let told = ["Thể lệ", "1. Đối tượng", "2. Thời gian", "Câu 1. Ai?", "A. x", "{u:B. y}"];
    assert_eq!(warned(&Docx::of(&told)), ["heading_not_read"]);
    let jump = ["1. Ai?", "A. x", "{u:B. y}", "3. Gì?", "{u:A. z}", "B. t"];
    assert!(refused(&Docx::of(&jump)).contains(&"text_not_read 1".to_owned()));
    assert_eq!(read_whole(&Docx::of(&["Câu 1: Có 30/4 và 1.000?", "A. x", "{u:B. y}"])).len(), 1);
}

#[test]
fn numbers_of_questions_become_their_ids_where_each_has_its_own() {
    let ids = |lines: &[&str]| {
        bank(&Docx::of(lines).bytes()).questions.iter().map(|q| q.id.as_str().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&["Câu 3: Ai?", "A. x", "{u:B. y}", "Câu 4: Gì?", "A. x", "{u:B. y}"]), ["q03", "q04"]);
    let repeated = ["Câu 3: Ai?", "A. x", "{u:B. y}", "Câu 3: Gì?", "A. x", "{u:B. y}"];
    assert_eq!(ids(&repeated), ["q01", "q02"]);
    assert_eq!(warned(&Docx::of(&repeated)), ["repeated_number 3"]);
    let left_out = ["Câu 3: Ai?", "A. x", "{u:B. y}", "Câu 5: Gì?", "A. x", "{u:B. y}"];
    assert_eq!(warned(&Docx::of(&left_out)), ["numbers_left_out 5"]);
}

#[test]
fn headings_are_passed_over_with_a_warning_and_end_a_question() {
    let lines = [
        "NGÂN HÀNG CÂU HỎI",
        "Tuần 1",
        "Câu 1: Ai?",
        "A. x",
        "{u:B. y}",
        "Chủ đề 2: Cải cách",
        "Câu 2: Gì?",
        "{u:A. z}",
        "B. t",
    ];
    assert_eq!(warned(&Docx::of(&lines)), ["heading_not_read", "heading_not_read"]);
    assert_eq!(shown(&bank(&Docx::of(&lines).bytes())), ["Ai? | x | y = B", "Gì? | z | t = A"]);
    let lost = ["Ai ký?", "A. x", "{u:B. y}", "Câu 2: Gì?", "{u:A. z}", "B. t"];
    assert!(refused(&Docx::of(&lost)).contains(&"text_not_read".to_owned()));
}

#[test]
fn explanations_and_levels_are_read() {
    for (lines, expected) in [
        (&["Giải thích: Điều 5."][..], "Điều 5."),
        (&["Lời giải:", "Điều 5.", "Khoản 1."], "Điều 5.\nKhoản 1."),
        (&["Hướng dẫn giải. Điều 5."], "Điều 5."),
        (&["[HDG] Điều 5."], "Điều 5."),
        (&["> Điều 5."], "Điều 5."),
        (&["Lời giải", "Chọn B", "Điều 5."], "Điều 5."),
        (&["Đáp án: B. Giải thích: Điều 5."], "Điều 5."),
        (&["Mức độ: NB", "Giải thích: Điều 5."], "Điều 5."),
    ] {
        let bank = bank(&Docx::of(&[&["Câu 1: Ai?", "A. x", "{u:B. y}"], lines].concat()).bytes());
        let notes = bank.notes.values().next().expect("one question");
        assert_eq!(notes.explanation.as_deref(), Some(expected), "{lines:?}");
    }
    let contradiction = ["Câu 1: Ai?", "A. x", "{u:B. y}", "Lời giải:", "Chọn A."];
    assert_eq!(refused(&Docx::of(&contradiction)), ["answers_contradict 1"]);
}

#[test]
fn the_plain_form_has_a_line_for_each_option() {
    let lines = ["Ai ký?", "x", "*y", "> Điều 5.", "", "Ai đọc?", "* z", "*t", "u"];
    assert_eq!(read_whole(&Docx::of(&lines)), ["Ai ký? | x | y = B", "Ai đọc? | z | t | u = AB"]);
    let titled = ["NGÂN HÀNG CÂU HỎI", "(Kèm theo kế hoạch)", "", "Ai ký?", "x", "*y"];
    assert_eq!(warned(&Docx::of(&titled)), ["heading_not_read"]);
    let lettered = ["Ai ký?", "A. x", "*B. y", "", "Ai đọc?", "A. z", "{u:B. t}"];
    assert_eq!(read_whole(&Docx::of(&lettered)), ["Ai ký? | x | y = B", "Ai đọc? | z | t = B"]);
    for (torn, expected) in [
        (&["Ai ký?", "x", "*y", "Ai đọc?", "z", "*t"][..], "missing_blank_line 1"),
        (&["Ai ký?", "x", "*y", "> Điều 5.", "Ai đọc?", "z", "*t"], "missing_blank_line 1"),
        (&["Ai ký?", "", "x", "*y", "z"], "missing_blank_line 1"),
        (&["Ai ký?", "", "*x", "y", "z"], "missing_blank_line 1"),
        (&["Ai ký?", "x", "y"], "no_answer 1"),
        (&["Ai ký?", "x", "{u:y}"], "no_answer 1"),
        (&["Ai ký?", "{u:x}", "*y"], "answers_contradict 1"),
    ] {
        assert!(refused(&Docx::of(torn)).contains(&expected.to_owned()), "{torn:?}: {:?}", refused(&Docx::of(torn)));
    }
    assert_eq!(refused(&Docx::of(&["NGÂN HÀNG CÂU HỎI", ""])), ["no_questions"]);
}

#[test]
fn tags_of_a_mixing_program_part_questions() {
    let lines = [
        "[<df>]0.5[</df>]",
        "Ai ký?",
        "A. x",
        "{u:B. y}",
        "[<br>]",
        "[<df>]1[</df>] Ai đọc?",
        "*A. z",
        "B. t",
        "[<br>]",
    ];
    assert_eq!(read_whole(&Docx::of(&lines)), ["Ai ký? | x | y = B", "Ai đọc? | z | t = A"]);
    let passage = ["[<g>]", "Ai ký?", "A. x", "{u:B. y}", "[<br>]"];
    assert!(refused(&Docx::of(&passage)).contains(&"shared_passage".to_owned()));
}

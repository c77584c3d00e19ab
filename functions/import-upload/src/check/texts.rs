//! Banks as other programs write them, in `golden/texts`: what is read, what is refused with its place, and what is warned
//! of. Each is a kind that was met in a public report.

use crate::import_bank::{BankImport, import_bank};
use contest::problem::{Place, Problem};
use contest::text::clean;
use std::io::{Cursor, Write};
use std::path::Path;

/// What is read: each question, its options and the letters of the right ones; then codes with their places.
const CASES: &[(&str, &[&str])] = &[
    ("gift-escaped.gift", &["2 + 2 = ? | = 4 | = 5 | {6} | A"]),
    ("gift-unescaped-in-stem.gift", &["Nghị định 30/2020: khổ giấy = gì? | A4 | A5 | A"]),
    ("gift-brackets.gift", &["Khoảng [1; 5\\] gồm mấy số? | 5 | 4 | A", "warning unknown_escape 1"]),
    ("gift-weights.gift", &["Chọn hai thành phố | Hà Nội | Hải Phòng | Thái Nguyên | AB", "error partial_credit 7"]),
    (
        "gift-short-answer.gift",
        &[
            "Đúng hay sai | Đúng | Sai | A",
            "error unsupported_type 1: short answer",
            "error unsupported_type 5: matching",
            "error unsupported_type 7: numerical",
            "error unsupported_type 9: essay",
        ],
    ),
    (
        "aiken-basic.txt",
        &["Thủ đô? | Hà Nội | Huế | A", "error aiken_no_space 7", "error aiken_no_space 8", "error aiken_answer 9"],
    ),
    ("aiken-no-answer.txt", &["Câu sau | x | y | B", "error no_answer 1"]),
    ("moodle-html.xml", &["Diện tích 10 m² < 11 m²? Chọn: | Sai | Đúng | B"]),
    ("moodle-picture.xml", &["error picture 1 c"]),
    ("moodle-fractions.xml", &["Chọn ba | a | b | c | d | ABC"]),
    ("qti-mapping-only.xml", &["error partial_credit 1 i"]),
    ("qti-text-entry.xml", &["error unsupported_type 1 i: textEntryInteraction"]),
];

fn lines(found: &BankImport) -> Vec<String> {
    let questions = found.parts.iter().flat_map(|part| &part.questions).map(|read| {
        let options = read.question.options.iter().map(|option| clean(option)).collect::<Vec<_>>().join(" | ");
        format!("{} | {options} | {}", clean(&read.question.text), read.right_letters().collect::<String>())
    });
    let problem = |level: &str, problem: &Problem| {
        let row = problem.place.row().map(|row| format!(" {row}")).unwrap_or_default();
        let name = match &problem.place {
            Place::Element { name: Some(name), .. } => format!(" {name}"),
            _ => String::new(),
        };
        let detail = match &problem.kind {
            contest::problem::ProblemKind::UnsupportedType { name } => format!(": {name}"),
            _ => String::new(),
        };
        format!("{level} {}{row}{name}{detail}", problem.kind.code())
    };
    let errors = found.errors.iter().map(|error| problem("error", error));
    questions.chain(errors).chain(found.warnings.iter().map(|warning| problem("warning", warning))).collect()
}

fn read(file: &str, text: &str) -> Vec<String> {
    lines(&import_bank(file, text.as_bytes()))
}

#[test]
fn what_other_programs_write_is_read_or_refused_for_what_it_is() {
    for (file, expected) in CASES {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/texts").join(file);
        assert_eq!(lines(&import_bank(file, &std::fs::read(path).expect("the case"))), *expected, "{file}");
    }
}

#[test]
fn gift_says_its_topic_its_explanation_and_its_gap() {
    let text = "// ghi chú\n$CATEGORY: $course$/top/Lịch sử//Địa lý\n\n::Câu 1::Thủ đô là {=Hà Nội#đúng ~Huế####Xem Hiến pháp\\: Điều 13} của Việt Nam.\r\n\r\nĐúng? {FALSE}\n";
    let found = import_bank("bank.gift", text.as_bytes());
    assert_eq!(
        lines(&found),
        ["Thủ đô là _____ của Việt Nam. | Hà Nội | Huế | A", "Đúng? | Đúng | Sai | B", "warning feedback_dropped 4",]
    );
    let questions = &found.parts[0].questions;
    assert_eq!(questions[0].question.topic.as_deref(), Some("Lịch sử/Địa lý"));
    assert_eq!(questions[0].notes.explanation.as_deref(), Some("Xem Hiến pháp: Điều 13"));
    assert_eq!(questions.iter().map(|read| read.question.fixed_order).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn gift_that_has_two_readings_or_none_is_refused() {
    for (text, expected) in [
        ("Câu {=a =b ~c}", "error partial_credit 1"),
        ("Câu {~%50%a ~b}", "error partial_credit 1"),
        ("Câu {~a ~b}", "error no_answer 1"),
        ("Câu {=a ~b", "error broken_question 1"),
        ("Câu {=a ~b} {=c ~d}", "error broken_question 1"),
        ("Câu {x =a ~b}", "error broken_question 1"),
        ("Câu =a ~b}", "error broken_question 1"),
        ("Chỉ có chữ", "error unsupported_type 1: description"),
        ("Câu {=a ~<img src\\=x>}", "error picture 1"),
        ("Câu {=\\(x^2\\) ~b}", "error formula 1"),
        ("Câu {=a ~a}", "error equal_options 1"),
        ("", "error no_questions"),
    ] {
        let found = read("bank.gift", text);
        assert_eq!(found.iter().filter(|line| line.starts_with("error")).collect::<Vec<_>>(), [expected], "{text}");
    }
}

#[test]
fn a_text_is_aiken_or_gift_by_what_stands_in_it_whatever_ends_its_lines() {
    let aiken = "Thủ đô?\rA. Hà Nội\rB. Huế\rANSWER: A\r";
    let question = ["Thủ đô? | Hà Nội | Huế | A"];
    assert_eq!(read("bank.txt", aiken), question);
    assert_eq!(read("bank.txt", "\u{feff}Thủ đô?{=Hà Nội ~Huế}"), question);
    let utf16: Vec<u8> = format!("\u{feff}{aiken}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(lines(&import_bank("bank.txt", &utf16)), question);
    assert_eq!(lines(&import_bank("bank.txt", &utf16[2..])), ["error utf16"]);
    assert_eq!(lines(&import_bank("bank.txt", b"Th\xFE")), ["error not_utf8 1"]);
    assert_eq!(read("bank.txt", "Thủ đô?\nA. Hà Nội\n"), ["error unknown_text"]);
    assert_eq!(read("bank.txt", &"x".repeat(1024 * 1024 + 1)), ["error file_too_large"]);
}

#[test]
fn lines_that_aiken_has_no_place_for_are_named() {
    let text = "Câu một\ndòng hai\nA. x\nB. y\nANSWER: A\n\nANSWER: A\nCâu\nA. x\nC. z\nANSWER: A\nCâu\nA. x\nB. y\nAnswer: A\nCâu cuối\nA. x\nB. y\n";
    assert_eq!(
        read("bank.txt", text),
        [
            "error aiken_line 2",
            "error aiken_line 7",
            "error aiken_line 10",
            "error aiken_answer 15",
            "error no_answer 16"
        ]
    );
}

/// A question of Moodle with some answers.
fn moodle(kind: &str, answers: &str) -> String {
    format!(
        "<quiz>\n<question type=\"category\"><category><text>$course$/Luật</text></category></question>\n<question type=\"{kind}\"><name><text>c1</text></name><questiontext format=\"html\"><text>Ai ký?</text></questiontext><generalfeedback format=\"html\"><text>&lt;p&gt;Điều 1&lt;/p&gt;</text></generalfeedback>{answers}</question>\n</quiz>"
    )
}

#[test]
fn moodle_says_its_topic_its_explanation_and_its_order() {
    let text = moodle(
        "multichoice",
        "<shuffleanswers>0</shuffleanswers><answer fraction=\"0\"><text>x</text><feedback><text>sai</text></feedback></answer><answer fraction=\"100\"><text>y</text></answer>",
    );
    let found = import_bank("bank.xml", text.as_bytes());
    assert_eq!(lines(&found), ["Ai ký? | x | y | B", "warning feedback_dropped 3 c1"]);
    let read = &found.parts[0].questions[0];
    assert_eq!((read.question.topic.as_deref(), read.question.fixed_order), (Some("Luật"), true));
    assert_eq!(read.notes.explanation.as_deref(), Some("Điều 1"));
}

#[test]
fn questions_of_moodle_that_are_no_choice_are_refused_by_name() {
    let truefalse =
        "<answer fraction=\"0\"><text>true</text></answer><answer fraction=\"100\"><text>false</text></answer>";
    let half = "<answer fraction=\"50\"><text>x</text></answer><answer fraction=\"100\"><text>y</text></answer>";
    let none = "<answer fraction=\"0\"><text>x</text></answer><answer fraction=\"0\"><text>y</text></answer>";
    for (kind, answers, expected) in [
        ("truefalse", truefalse, "Ai ký? | Đúng | Sai | B"),
        ("truefalse", half, "error partial_credit 3 c1"),
        ("multichoice", half, "error partial_credit 3 c1"),
        ("multichoice", none, "error no_answer 3 c1"),
        ("matching", "", "error unsupported_type 3 c1: matching"),
        ("essay", "", "error unsupported_type 3 c1: essay"),
        ("description", "", "error unsupported_type 3 c1: description"),
    ] {
        assert_eq!(read("bank.xml", &moodle(kind, answers)), [expected], "{kind}");
    }
}

/// An item of QTI.
fn item(declared: &str, body: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p1\" identifier=\"i1\">\n<responseDeclaration identifier=\"R\" cardinality=\"multiple\" baseType=\"identifier\">{declared}</responseDeclaration>\n<itemBody>{body}</itemBody>\n</assessmentItem>"
    )
}

const CHOICE: &str = "<p>Theo Luật:</p><choiceInteraction responseIdentifier=\"R\" shuffle=\"true\" maxChoices=\"0\"><prompt>Ai <b>ký</b>?</prompt><simpleChoice identifier=\"A\">x<sup>2</sup></simpleChoice><simpleChoice identifier=\"B\">y</simpleChoice><simpleChoice identifier=\"C\">z</simpleChoice></choiceInteraction>";

fn correct(values: &str) -> String {
    let values: String = values.chars().map(|value| format!("<value>{value}</value>")).collect();
    format!("<correctResponse>{values}</correctResponse>")
}

fn mapping(entries: &[(&str, &str)]) -> String {
    let entry = |(key, value): &(&str, &str)| format!("<mapEntry mapKey=\"{key}\" mappedValue=\"{value}\"/>");
    format!("<mapping defaultValue=\"0\">{}</mapping>", entries.iter().map(entry).collect::<String>())
}

#[test]
fn an_item_of_qti_is_one_choice_with_its_key() {
    let stem = "Theo Luật: Ai ký? | x² | y | z |";
    for (declared, expected) in [
        (correct("B"), format!("{stem} B")),
        (correct("CA"), format!("{stem} AC")),
        (mapping(&[("A", "1"), ("C", "1"), ("B", "-1")]), format!("{stem} AC")),
        (correct("AC") + &mapping(&[("A", "1"), ("C", "1")]), format!("{stem} AC")),
        (correct("A") + &mapping(&[("A", "1"), ("C", "1")]), "error partial_credit 2 i1".to_owned()),
        (mapping(&[("A", "1"), ("C", "0.5")]), "error partial_credit 2 i1".to_owned()),
        (correct("X"), "error invalid_answer 2 i1".to_owned()),
        (String::new(), "error no_answer 2 i1".to_owned()),
    ] {
        assert_eq!(read("bank.xml", &item(&declared, CHOICE)), [expected], "{declared}");
    }
}

#[test]
fn what_an_item_has_besides_one_choice_is_refused_by_name() {
    for (body, expected) in [
        (format!("{CHOICE}{CHOICE}"), "error unsupported_type 2 i1: choiceInteraction + choiceInteraction"),
        ("<p>Chữ</p>".to_owned(), "error unsupported_type 2 i1: itemBody"),
        (format!("<img src=\"x.png\"/>{CHOICE}"), "error picture 2 i1"),
        (format!("{CHOICE}<p>phía sau</p>"), "error markup_not_read 2 i1"),
        (format!("<feedbackBlock>x</feedbackBlock>{CHOICE}"), "error markup_not_read 2 i1"),
    ] {
        assert_eq!(read("bank.xml", &item(&correct("A"), &body)), [expected], "{body}");
    }
    let fixed = |body: &str| {
        import_bank("bank.xml", item(&correct("A"), body).as_bytes()).parts[0].questions[0].question.fixed_order
    };
    assert!(!fixed(CHOICE));
    assert!(fixed(&CHOICE.replace("shuffle=\"true\"", "shuffle=\"false\"")));
    assert!(fixed(&CHOICE.replace("identifier=\"C\"", "identifier=\"C\" fixed=\"true\"")));
}

#[test]
fn xml_of_anything_else_is_refused_by_name() {
    for (text, expected) in [
        ("<questestinterop/>", "xml_not_read"),
        ("<qti-assessment-item/>", "xml_not_read"),
        ("<assessmentItem xmlns=\"http://www.imsglobal.org/xsd/imsqti_v2p0\"/>", "xml_not_read"),
        ("<html/>", "xml_not_read"),
        ("<quiz>", "broken_xml 1"),
        ("<!DOCTYPE quiz><quiz/>", "document_type 1"),
        ("<?xml version=\"1.0\" encoding=\"windows-1258\"?><quiz>ễ</quiz>", "not_utf8"),
        ("<quiz/>", "no_questions"),
    ] {
        assert_eq!(read("bank.xml", text), [format!("error {expected}")], "{text}");
    }
}

/// An archive of these files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).expect("an entry");
        zip.write_all(content.as_bytes()).expect("its content");
    }
    zip.finish().expect("an archive").into_inner()
}

#[test]
fn a_package_is_read_in_the_order_of_its_list() {
    let resource =
        |file: &str, kind: &str| format!("<resource identifier=\"{file}\" type=\"{kind}\" href=\"{file}\"/>");
    let manifest = |resources: &[String]| format!("<manifest><resources>{}</resources></manifest>", resources.concat());
    let question = |text: &str, key: &str| item(&correct(key), &CHOICE.replace("Theo Luật", text));
    let list = manifest(&[
        resource("b.xml", "imsqti_item_xmlv2p1"),
        resource("a.xml", "imsqti_item_xmlv2p2"),
        resource("test.xml", "imsqti_test_xmlv2p1"),
    ]);
    let (first, second) = (question("Một", "A"), question("Hai", "B"));
    let files =
        [("imsmanifest.xml", &*list), ("a.xml", &*second), ("b.xml", &*first), ("test.xml", "<t/>"), ("c.xml", "<c/>")];
    assert_eq!(
        lines(&import_bank("bank.zip", &archive(&files))),
        [
            "Một: Ai ký? | x² | y | z | A",
            "Hai: Ai ký? | x² | y | z | B",
            "warning item_not_read",
            "warning item_not_read"
        ]
    );
    let broken = manifest(&[resource("b.xml", "imsqti_item_xmlv2p1"), resource("z.xml", "imsqti_item_xmlv2p1")]);
    let found = lines(&import_bank("bank.zip", &archive(&[("imsmanifest.xml", &broken), ("b.xml", "<a>\n</b>")])));
    assert_eq!(found, ["error missing_item", "error broken_xml 2"]);
    assert_eq!(lines(&import_bank("bank.zip", &archive(&[("a.xml", &first)]))), ["error no_manifest"]);
    assert_eq!(lines(&import_bank("bank.zip", b"PK\x03\x04rest")), ["error broken_archive"]);
    let declared = archive(&[("imsmanifest.xml", "<!DOCTYPE m><manifest/>")]);
    assert_eq!(lines(&import_bank("bank.zip", &declared)), ["error document_type"]);
}

//! Documents as offices make them: those of `golden/word`, and small ones built here, one convention or trap each.

use super::super::{BankTable, read};
use crate::tables::Reading;
use contest::bank::{Bank, BankFormat};
use contest::problem::Problem;
use std::path::Path;

mod build;
mod forms;
mod keys;
mod numbering;
mod refusals;
mod tabled;

use build::Docx;

/// What comes of a document.
fn reading(bytes: &[u8]) -> Reading<Vec<BankTable>> {
    read(BankFormat::Docx, bytes)
}

fn bank(bytes: &[u8]) -> Bank {
    let reading = reading(bytes);
    let Some(mut tables) = reading.content else { panic!("refused: {:?}", reading.errors) };
    assert_eq!(tables.len(), 1);
    tables.remove(0).bank
}

/// Each question as `stem | A | B | C = letters`.
fn shown(bank: &Bank) -> Vec<String> {
    let line = |q: &contest::bank::PublicQuestion| {
        let letters = bank.key[&q.id].letters().collect::<String>().to_uppercase();
        format!("{} | {} = {letters}", q.text, q.options.join(" | "))
    };
    bank.questions.iter().map(line).collect()
}

/// Codes with the numbers of their questions, in order.
fn codes(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| {
        let part = problem.place.sheet().map(|part| format!(" {part}")).unwrap_or_default();
        let number = problem.place.row().map(|number| format!(" {number}")).unwrap_or_default();
        format!("{}{part}{number}", problem.kind.code())
    };
    problems.iter().map(line).collect()
}

/// The questions of a document that is read without a word.
fn read_whole(docx: &Docx) -> Vec<String> {
    let reading = reading(&docx.bytes());
    assert_eq!((codes(&reading.errors), codes(&reading.warnings)), (vec![], vec![]));
    shown(&bank(&docx.bytes()))
}

/// The errors of a document.
fn refused(docx: &Docx) -> Vec<String> {
    let reading = reading(&docx.bytes());
    assert_eq!(reading.content.is_some(), reading.errors.is_empty());
    codes(&reading.errors)
}

/// The warnings of a document that is read.
fn warned(docx: &Docx) -> Vec<String> {
    let reading = reading(&docx.bytes());
    assert_eq!(codes(&reading.errors), [""; 0]);
    codes(&reading.warnings)
}

/// The documents of `golden/word`; what comes of each stands there too.
const CASES: [&str; 24] = [
    "01-cau-underline-whole.docx",
    "03-number-bold-whole.docx",
    "04-highlight.docx",
    "05-underline-letter-only.docx",
    "07-star-before-letter.docx",
    "08-contract-star-blank-line.docx",
    "09-options-on-one-line-tabs.docx",
    "11-one-paragraph-soft-breaks.docx",
    "12-answer-table-at-end.docx",
    "14-dap-an-line-per-question.docx",
    "15-mctest-br-tags.docx",
    "16-automatic-numbering.docx",
    "18-all-letters-bold-one-underlined.docx",
    "19-everything-bold.docx",
    "21-no-mark-at-all.docx",
    "24-picture.docx",
    "25-equation-omml.docx",
    "26-superscript.docx",
    "27-table-with-headers.docx",
    "28-table-two-columns.docx",
    "29-positional-options.docx",
    "31-tcvn3-font.docx",
    "32-moet-2025-parts.docx",
    "34-letter-dot-inside-option.docx",
];

#[test]
fn documents_as_offices_make_them_come_out_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/word");
    let expected = std::fs::read_to_string(folder.join("expected.json")).expect("what is expected");
    let expected: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&expected).expect("JSON");
    assert_eq!(expected.len(), CASES.len());
    for file in CASES {
        let case = &expected[file];
        let bytes = std::fs::read(folder.join(file)).expect("the document");
        let reading = reading(&bytes);
        let warned = case["warn"].as_str().map(|code| vec![format!("{code} 1")]).unwrap_or_default();
        if let Some(questions) = case["questions"].as_array() {
            let line = |question: &serde_json::Value| {
                let options: Vec<&str> =
                    question[1].as_array().expect("options").iter().filter_map(|o| o.as_str()).collect();
                let (stem, right) = (question[0].as_str().expect("a stem"), question[2].as_str().expect("letters"));
                format!("{stem} | {} = {right}", options.join(" | "))
            };
            assert_eq!(codes(&reading.errors), [""; 0], "{file}");
            assert_eq!(shown(&bank(&bytes)), questions.iter().map(line).collect::<Vec<_>>(), "{file}");
            assert_eq!(codes(&reading.warnings), warned, "{file}");
        } else {
            let line = |refusal: &serde_json::Value| {
                let of = refusal[1].as_str().map_or_else(|| refusal[1].to_string(), |of| of.replace(" câu", ""));
                format!("{} {of}", refusal[0].as_str().expect("a code"))
            };
            let refusals: Vec<String> = case["refuse"].as_array().expect("refusals").iter().map(line).collect();
            assert_eq!(codes(&reading.errors), refusals, "{file}");
        }
    }
}

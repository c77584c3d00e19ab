//! `hoithi import`: shows what is read of a file of questions, with its answers, and every problem. It keeps nothing.

use super::check::{Format, UNUSABLE, line};
use anyhow::Context;
use contest::bank::{LETTERS, ReadQuestion};
use contest::problem::Place;
use documents::report::{ImportReport, ImportStatus, PartRead, ReportLine};
use documents::words::import::echo::{question_heading, read_line, read_status, told};
use import_upload::{BankImport, import_bank};
use serde::Serialize;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

#[derive(Serialize)]
struct ImportDocument<'a> {
    schema: &'static str,
    file: &'a str,
    status: ImportStatus,
    read: ReadDocument<'a>,
    errors: Vec<ReportLine>,
    warnings: Vec<ReportLine>,
}

#[derive(Default, Serialize)]
struct ReadDocument<'a> {
    parts: Vec<PartRead>,
    not_read: Vec<String>,
    letters: BTreeMap<char, u64>,
    several: u64,
    questions: Vec<QuestionDocument<'a>>,
}

#[derive(Serialize)]
struct QuestionDocument<'a> {
    place: PlaceDocument<'a>,
    text: &'a str,
    options: Vec<OptionDocument<'a>>,
    right: Vec<String>,
    topic: Option<&'a str>,
    level: Option<&'a str>,
    explanation: Option<&'a str>,
    source: Option<&'a str>,
    fixed_order: bool,
}

/// As in a report.
#[derive(Serialize)]
struct PlaceDocument<'a> {
    sheet: Option<&'a str>,
    row: Option<u32>,
    column: Option<&'a str>,
}

#[derive(Serialize)]
struct OptionDocument<'a> {
    letter: String,
    text: &'a str,
}

/// Reads a file and prints what it holds on standard output.
///
/// # Errors
/// Where it cannot be printed; a file that cannot be read is an exit code.
pub fn import(path: &Path, format: Format) -> anyhow::Result<ExitCode> {
    let bytes = match std::fs::read(path).with_context(|| format!("cannot read {}", path.display())) {
        Ok(bytes) => bytes,
        Err(error) => {
            writeln!(std::io::stderr(), "hoithi: {error:#}")?;
            return Ok(ExitCode::from(UNUSABLE));
        }
    };
    let file = path.file_name().unwrap_or_default().to_string_lossy();
    let found = import_bank(&file, &bytes);
    let printed = match format {
        Format::Text => text(&file, &found)?,
        Format::Json => json(&file, &found)?,
    };
    std::io::stdout().write_all(printed.as_bytes())?;
    Ok(if found.errors.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn questions(found: &BankImport) -> impl Iterator<Item = &ReadQuestion> {
    found.parts.iter().flat_map(|part| &part.questions)
}

/// The options of a question with their letters.
fn options(read: &ReadQuestion) -> impl Iterator<Item = (String, &str)> {
    LETTERS.iter().map(|letter| letter.to_uppercase()).zip(read.question.options.iter().map(String::as_str))
}

fn text(file: &str, found: &BankImport) -> anyhow::Result<String> {
    let mut out = String::new();
    for (place, read) in questions(found).enumerate() {
        let right: Vec<String> = read.right_letters().collect();
        let ReadQuestion { place: at, question, notes, level, .. } = read;
        let heading = question_heading(place + 1, at, question.topic.as_deref(), level.as_deref());
        writeln!(out, "{heading}\n  {}", indented(&question.text))?;
        for (letter, text) in options(read) {
            let mark = if right.contains(&letter) { "✓" } else { " " };
            writeln!(out, "  {mark} {letter}. {}", indented(text))?;
        }
        for line in told(notes, question.fixed_order) {
            writeln!(out, "  {}", indented(&line))?;
        }
        writeln!(out)?;
    }
    for problem in &found.errors {
        writeln!(out, "✗ {}", line(file, problem))?;
    }
    for problem in &found.warnings {
        writeln!(out, "! {}", line(file, problem))?;
    }
    let figures = found.read.as_ref().map(read_line);
    writeln!(out, "{}", read_status(file, found.errors.len() as u64, figures.as_deref()))?;
    Ok(out)
}

/// A text of several lines below its first.
fn indented(text: &str) -> String {
    text.replace('\n', "\n     ")
}

fn json(file: &str, found: &BankImport) -> anyhow::Result<String> {
    let read = found.read.as_ref();
    let document = ImportDocument {
        schema: ImportReport::SCHEMA,
        file,
        status: if found.errors.is_empty() { ImportStatus::Accepted } else { ImportStatus::Rejected },
        read: ReadDocument {
            parts: read.map(|read| read.parts.clone()).unwrap_or_default(),
            not_read: read.map(|read| read.not_read.clone()).unwrap_or_default(),
            letters: read.map(|read| read.letters.clone()).unwrap_or_default(),
            several: read.map_or(0, |read| read.several),
            questions: questions(found).map(question).collect(),
        },
        errors: found.errors.iter().map(ReportLine::of).collect(),
        warnings: found.warnings.iter().map(ReportLine::of).collect(),
    };
    Ok(format!("{}\n", serde_json::to_string_pretty(&document)?))
}

fn question(read: &ReadQuestion) -> QuestionDocument<'_> {
    let place: &Place = &read.place;
    QuestionDocument {
        place: PlaceDocument { sheet: place.sheet(), row: place.row(), column: place.column() },
        text: &read.question.text,
        options: options(read).map(|(letter, text)| OptionDocument { letter, text }).collect(),
        right: read.right_letters().collect(),
        topic: read.question.topic.as_deref(),
        level: read.level.as_deref(),
        explanation: read.notes.explanation.as_deref(),
        source: read.notes.source.as_deref(),
        fixed_order: read.question.fixed_order,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BANK: &str = "STT,Câu hỏi,A,B,C,Đáp án,Chủ đề,Mức độ,Giải thích,Ghi chú\n\
        1,\"Một\ncộng một?\",hai,ba,bốn,A,Toán,Dễ,Đếm,xem lại\n\
        2,Chọn hai,x,y,Cả A và B,\"A,C\",,,,\n";

    #[test]
    fn what_is_read_is_told_with_its_answers() {
        let found = import_bank("cau-hoi.csv", BANK.as_bytes());
        let json: serde_json::Value = serde_json::from_str(&json("cau-hoi.csv", &found).expect("JSON")).expect("JSON");
        assert_eq!(json["schema"], "hoithi/import/1");
        assert_eq!(json["status"], "accepted");
        let read = &json["read"];
        assert_eq!(read["parts"], serde_json::json!([{ "name": null, "questions": 2, "options": 6 }]));
        assert_eq!(read["letters"], serde_json::json!({ "A": 2, "B": 0, "C": 1 }));
        assert_eq!(read["several"], 1);
        assert_eq!(read["not_read"], serde_json::json!(["cột “Ghi chú”"]));
        assert_eq!(
            read["questions"][0],
            serde_json::json!({
                "place": { "sheet": null, "row": 2, "column": null },
                "text": "Một\ncộng một?",
                "options": [
                    { "letter": "A", "text": "hai" },
                    { "letter": "B", "text": "ba" },
                    { "letter": "C", "text": "bốn" },
                ],
                "right": ["A"],
                "topic": "Toán",
                "level": "Dễ",
                "explanation": "Đếm",
                "source": null,
                "fixed_order": false,
            })
        );
        assert_eq!(read["questions"][1]["right"], serde_json::json!(["A", "C"]));
        assert_eq!(json["warnings"][0]["code"], "position_in_option");
    }

    #[test]
    fn a_person_sees_each_question_with_its_right_options_ticked() {
        let found = import_bank("cau-hoi.csv", BANK.as_bytes());
        let text = text("cau-hoi.csv", &found).expect("text");
        let expected = [
            "Câu 1 (dòng 2; Toán; Dễ)\n  Một\n     cộng một?\n  ✓ A. hai\n    B. ba\n    C. bốn\n  Giải thích: Đếm\n",
            "Câu 2 (dòng 3)\n  Chọn hai\n  ✓ A. x\n    B. y\n  ✓ C. Cả A và B\n  Không xáo trộn phương án\n",
            "cau-hoi.csv: nhận được. 2 câu, 6 phương án; đáp án đúng: A 2, B 0, C 1; 1 câu có nhiều đáp án đúng; không đọc: cột “Ghi chú”.\n",
        ];
        for expected in expected {
            assert!(text.contains(expected), "{expected} in {text}");
        }
    }

    #[test]
    fn what_is_refused_is_told_as_well() {
        let found = import_bank("cau-hoi.csv", "Câu hỏi,A,B,Đáp án\nMột?,x,y,A\nHai?,x,y,\n".as_bytes());
        let json: serde_json::Value = serde_json::from_str(&json("cau-hoi.csv", &found).expect("JSON")).expect("JSON");
        assert_eq!(json["status"], "rejected");
        assert_eq!(json["errors"][0]["row"], 3);
        assert_eq!(json["read"]["questions"].as_array().map(Vec::len), Some(1));
        assert!(
            text("cau-hoi.csv", &found)
                .expect("text")
                .ends_with("chưa nhận được, có 1 lỗi. 1 câu, 2 phương án; đáp án đúng: A 1, B 0.\n")
        );
        let other = import_bank("cau-hoi.pdf", b"%PDF");
        assert_eq!((other.errors[0].kind.code(), other.read), ("format_not_read", None));
    }
}

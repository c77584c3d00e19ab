//! The files that organizers begin from: what stands in `static-site/templates` is what the program makes, and a contest folder
//! that holds them is judged without a word.

use crate::tidy::tree::root;
use contest::time::Timestamp;
use documents::templates::{Template, templates};
use import_upload::{FileReport, check_folder};
use std::collections::BTreeSet;
use std::fs;
use tests::golden;

const FOLDER: &str = "static-site/templates";

fn made() -> Vec<Template> {
    templates().expect("workbooks are written into memory")
}

#[test]
fn templates_to_download_are_those_that_are_made() {
    let made = made();
    for template in &made {
        if !golden::refresh(&format!("../../{FOLDER}/{}", template.name), &template.bytes) {
            let kept = fs::read(root().join(FOLDER).join(template.name)).expect("`cargo xtask templates` makes it");
            assert!(kept == template.bytes, "{}: `cargo xtask templates` makes it anew", template.name);
        }
    }
    let kept = fs::read_dir(root().join(FOLDER)).expect("the folder is readable");
    let name = |entry: fs::DirEntry| entry.file_name().into_string().expect("a plain name");
    let kept: BTreeSet<String> = kept.map(|entry| name(entry.expect("the folder is readable"))).collect();
    let names: BTreeSet<String> = made.iter().map(|of| of.name.to_owned()).collect();
    assert_eq!(kept, names);
}

/// The sample whose bank, units and mode are those of the templates.
fn folder(bank: &str) -> Vec<(String, Vec<u8>)> {
    let sample = root().join("contests/song-cong-cchc-2021");
    let read = |name: &str| fs::read(sample.join(name)).expect("a file of the sample");
    let plan = String::from_utf8(read("contest.toml")).expect("UTF-8");
    let plan = plan
        .replace("bank-tuan-2.xlsx", bank)
        .replace("questions = 10", "questions = 3")
        .replace("mode = \"open\"", "mode = \"roster\"")
        .replace("level = \"ward\"", "level = \"xã\"");
    let made = made().into_iter().filter(|of| !of.name.starts_with("bank") || of.name == bank);
    let own =
        [("contest.toml".to_owned(), plan.into_bytes()), ("bank-tuan-1.xlsx".to_owned(), read("bank-tuan-1.xlsx"))];
    own.into_iter().chain(made.map(|of| (of.name.to_owned(), of.bytes))).collect()
}

#[test]
fn every_template_is_taken_without_a_word() {
    let now = Timestamp::parse_rfc3339("2021-07-01T00:00:00Z").expect("an instant");
    for bank in ["bank.xlsx", "bank.docx"] {
        let report = check_folder(&folder(bank), now);
        let said = |file: &FileReport| {
            let problems = file.errors.iter().chain(&file.warnings);
            problems.map(|problem| format!("{}: {problem:?}", file.file)).collect::<Vec<_>>()
        };
        let judged: Vec<&FileReport> =
            report.files.iter().filter(|file| made().iter().any(|of| of.name == file.file)).collect();
        assert_eq!(judged.iter().flat_map(|file| said(file)).collect::<Vec<_>>(), Vec::<String>::new());
        let rows: Vec<(&str, u64)> = judged.iter().map(|file| (file.file.as_str(), file.rows)).collect();
        let expected =
            [("units.xlsx", 4), ("adjudications.xlsx", 3), (bank, 3), ("excluded.xlsx", 2), ("roster.xlsx", 3)];
        assert!(expected.iter().all(|row| rows.contains(row)) && rows.len() == 5, "{rows:?}");
    }
}

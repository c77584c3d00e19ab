//! What is printed of the folders with one slip each, in `golden/plans` of `import-upload`: whole, as a person reads it.

use super::{json, text};
use contest::time::Timestamp;
use expect_test::expect_file;
use import_upload::{CheckReport, check_folder};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every file of `golden/plans`, by name.
fn golden() -> Vec<(String, Vec<u8>)> {
    let folder = root().join("functions/import-upload/golden/plans");
    let entries = std::fs::read_dir(folder).expect("the folders").map(|entry| entry.expect("an entry"));
    let read = |entry: std::fs::DirEntry| {
        (entry.file_name().into_string().expect("UTF-8"), std::fs::read(entry.path()).expect("a file"))
    };
    entries.map(read).collect()
}

/// The folder of a case: its own files, and those in common of kinds of which it has none. A plan in UTF-16 is kept in UTF-8.
fn report(golden: &[(String, Vec<u8>)], case: &str) -> CheckReport {
    let kind = |name: &str| name.split(['-', '.']).next().unwrap_or_default().to_owned();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (name, bytes) in golden {
        let Some(own) = name.strip_prefix(case).and_then(|rest| rest.strip_prefix('.')) else { continue };
        let file = if own.starts_with("toml") { format!("contest.{own}") } else { own.to_owned() };
        let is_utf16 = file == "contest.toml" && case == "72-utf16";
        let encoded = || format!("\u{feff}{}", String::from_utf8_lossy(bytes)).encode_utf16().collect::<Vec<u16>>();
        let utf16 = is_utf16.then(|| encoded().into_iter().flat_map(u16::to_le_bytes).collect());
        files.push((file, utf16.unwrap_or_else(|| bytes.clone())));
    }
    let own: Vec<String> = files.iter().map(|(file, _)| kind(file)).collect();
    let common = golden.iter().filter(|(name, _)| ["bank-1.csv", "bank-2.csv", "units.csv"].contains(&name.as_str()));
    files.extend(common.filter(|(name, _)| !own.contains(&kind(name))).cloned());
    files.sort();
    check_folder(&files, Timestamp::parse_rfc3339("2026-09-21T00:00:00Z").expect("an instant"))
}

/// The cases, by the names of their plans.
fn cases(golden: &[(String, Vec<u8>)]) -> Vec<String> {
    let plans = golden.iter().filter_map(|(name, _)| Some(name.split_once(".toml")?.0.to_owned()));
    let mut cases: Vec<String> = plans.collect();
    cases.sort();
    cases
}

#[test]
fn what_is_printed_of_a_folder_is_what_a_person_has_read() {
    let golden = golden();
    let cases = cases(&golden);
    assert!(cases.len() >= 31, "{cases:?}");
    for case in cases {
        let printed = text(&report(&golden, &case)).expect("a report");
        expect_file![root().join("infra/local/golden/check").join(format!("{case}.txt"))].assert_eq(&printed);
    }
}

#[test]
fn no_sentence_has_a_word_of_a_parser_or_of_an_english_document() {
    let golden = golden();
    for case in cases(&golden) {
        let printed = text(&report(&golden, &case)).expect("a report");
        for english in ["expected", "invalid ", "error", "TOML parse", "docs/", ".md"] {
            assert!(!printed.contains(english), "{case}: {english} in {printed}");
        }
    }
}

#[test]
fn the_same_facts_are_told_to_programs() {
    let golden = golden();
    let printed = json(&report(&golden, "40-o-9g00")).expect("a report");
    let document: serde_json::Value = serde_json::from_str(&printed).expect("JSON");
    assert_eq!((&document["schema"], &document["status"]), (&"hoithi/check/1".into(), &"accepted".into()));
    assert_eq!(document["facts"]["rounds"][0]["opens"], "09h00 thứ Hai 08/03/2027");
    assert_eq!(document["facts"]["prizes"]["total"], document["prizes"]["total"]);
    assert_eq!(document["facts"]["peak"]["attempts"], document["load"]["attempts"]);
    let refused: serde_json::Value =
        serde_json::from_str(&json(&report(&golden, "62-level-name")).expect("a report")).expect("JSON");
    assert_eq!((&refused["status"], &refused["facts"]), (&"rejected".into(), &serde_json::Value::Null));
}

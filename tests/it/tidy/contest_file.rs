//! `docs/contest-file.md` and `docs/import-report.md` name exactly what the reader of `contest.toml` and the importer know.

use super::tree::{assert_none, read};
use contest::fraction::RoundingMode;
use contest::plan::*;
use contest::plan_file;
use contest::plan_form;
use contest::problem::ProblemKind;
use std::collections::BTreeSet;

const GUIDE: &str = "docs/contest-file.md";
const REPORT: &str = "docs/import-report.md";

/// The files that read keys.
const SOURCES: [&str; 7] = [
    "crates/contest/src/plan_file.rs",
    "crates/contest/src/plan_file/attempt.rs",
    "crates/contest/src/plan_file/contact.rs",
    "crates/contest/src/plan_file/documents.rs",
    "crates/contest/src/plan_file/given.rs",
    "crates/contest/src/plan_file/page.rs",
    "crates/contest/src/plan_file/registration.rs",
];

/// Which table of the file each function of `contest::plan_file` reads.
const TABLES: &[(&str, &str)] = &[
    ("contest", ""),
    ("of", ""),
    ("contact", "contact."),
    ("page", "page."),
    ("registration", "registration."),
    ("of_round", "rounds."),
    ("of_section", "attempt."),
    ("quota", "attempt.quota."),
    ("prediction", "prediction."),
    ("ranking", "ranking."),
    ("round", "rounds."),
    ("prize", "prizes."),
    ("collective_prizes", "collective."),
    ("points", "collective.points."),
    ("collective_prize", "collective.prizes."),
    ("commendation", "commendation."),
    ("overall", "overall."),
    ("documents", "documents."),
    ("certificate", "certificates."),
];

/// Methods of the reader that ask for a key.
const METHODS: &[&str] = &[
    "text",
    "texts",
    "optional_text",
    "optional_texts",
    "optional_instant",
    "parsed",
    "word",
    "words",
    "number",
    "offset",
    "boolean",
    "instant",
    "list",
    "rounds",
    "table",
    "tables",
];

#[test]
fn every_key_of_a_plan_is_explained() {
    let read_keys = keys_read();
    assert!(read_keys.len() > 50, "the scan of plan_file no longer finds the keys: {read_keys:?}");
    let explained = first_cells(GUIDE, "## The keys of `contest.toml`");
    let missing: Vec<String> = read_keys.difference(&explained).cloned().collect();
    assert_none(&missing, "keys of contest.toml that docs/contest-file.md does not explain:");
    let invented: Vec<String> = explained.difference(&read_keys).cloned().collect();
    assert_none(&invented, "keys in docs/contest-file.md that contest.toml does not have:");
}

#[test]
fn the_form_of_a_plan_asks_for_every_key_that_is_read() {
    let mut read_keys = keys_read();
    // One function reads the prizes of both.
    let of_units: Vec<String> = read_keys
        .iter()
        .filter_map(|key| key.strip_prefix("collective.prizes."))
        .map(|key| format!("commendation.prizes.{key}"))
        .collect();
    read_keys.extend(of_units);
    // And what a round says of its attempts alone is read by the function that reads what holds of all.
    let of_rounds: Vec<String> =
        read_keys.iter().filter(|key| key.starts_with("attempt.")).map(|key| format!("rounds.{key}")).collect();
    read_keys.extend(of_rounds);
    let asked: BTreeSet<String> = plan_form::KEYS.iter().map(|key| key.path.to_owned()).collect();
    let missing: Vec<String> = read_keys.difference(&asked).cloned().collect();
    assert_none(&missing, "keys of contest.toml that stand in no step of contest::plan_form:");
    let invented: Vec<String> = asked.difference(&read_keys).cloned().collect();
    assert_none(&invented, "keys of contest::plan_form that contest.toml does not have:");
}

#[test]
fn every_word_of_a_plan_is_explained() {
    let guide = read(GUIDE);
    let mut missing = Vec::new();
    macro_rules! check {
        ($($words:ty),+ $(,)?) => {$(
            for word in <$words>::ALL.iter().map(|word| word.as_str()) {
                if !guide.contains(&format!("`{word}`")) {
                    missing.push(format!("{}: {word}", stringify!($words)));
                }
            }
        )+};
    }
    check!(
        RoundingMode,
        RegistrationMode,
        Field,
        UnitBasis,
        Exclusion,
        Complete,
        Counted,
        Draw,
        RevealScore,
        RevealKey,
        PredictionTarget,
        PredictionCounted,
        ActualAt,
        Equidistant,
        RankingKey,
        Eligible,
        UnbrokenTie,
        OnePrize,
        Scope,
        Measure,
        OverallScore,
        OverallKey,
        Head,
        CertificatePaper,
    );
    assert_none(&missing, "words of contest.toml that docs/contest-file.md does not explain:");
}

#[test]
fn every_problem_of_an_upload_is_explained() {
    let codes: BTreeSet<String> = ProblemKind::codes().into_iter().map(str::to_owned).collect();
    let explained = first_cells(REPORT, "## What the report says");
    let missing: Vec<String> = codes.difference(&explained).cloned().collect();
    assert_none(&missing, "codes of reports that docs/import-report.md does not explain:");
    let invented: Vec<String> = explained.difference(&codes).cloned().collect();
    assert_none(&invented, "codes in docs/import-report.md that no report holds:");
}

#[test]
fn the_examples_in_the_guide_are_accepted() {
    let guide = read(GUIDE);
    let examples: Vec<&str> = guide.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next()).collect();
    let whole: Vec<&&str> = examples.iter().filter(|text| text.starts_with("schema")).collect();
    assert!(!whole.is_empty(), "the guide has a complete example");
    for text in whole {
        let reading = plan_file::read(text);
        assert!(reading.plan.is_some() && reading.errors.is_empty(), "{:#?}", reading.errors);
    }
}

/// The dotted keys that the source of `contest::plan_file` asks for.
fn keys_read() -> BTreeSet<String> {
    let mut table = None;
    let mut keys = BTreeSet::new();
    for line in SOURCES.map(read).iter().flat_map(|source| source.lines()) {
        if let Some(rest) = line.trim_start().trim_start_matches("pub(super) ").strip_prefix("fn ") {
            let name = rest.split(['(', '<']).next().unwrap_or_default();
            table = TABLES.iter().find(|(function, _)| *function == name).map(|(_, table)| *table);
        }
        for method in METHODS {
            for (at, call) in line.match_indices(&format!(".{method}(\"")) {
                let key = line[at + call.len()..].split('"').next().unwrap_or_default();
                let table = table.unwrap_or_else(|| panic!("name the table of this function in TABLES: {line}"));
                keys.insert(format!("{table}{key}"));
            }
        }
    }
    keys
}

/// Words in code font in the first cells of the tables under a heading of a document.
fn first_cells(document: &str, heading: &str) -> BTreeSet<String> {
    let guide = read(document);
    let start = guide.find(&format!("{heading}\n")).unwrap_or_else(|| panic!("{document} has no heading `{heading}`"));
    let section = guide[start + heading.len()..].split("\n## ").next().unwrap_or_default();
    let cells = section.lines().filter_map(|line| line.strip_prefix("| `")?.split_once('`'));
    cells.map(|(word, _)| word.to_owned()).collect()
}

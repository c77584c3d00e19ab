//! `docs/SECURITY.md` against OWASP ASVS 5.0.0: every requirement of levels 1 and 2 has one row, and what a row
//! names as proof exists.

use super::tree::{assert_none, read, root, texts};
use std::collections::BTreeMap;

/// Requirement and level, one a line, as published by OWASP (CC BY-SA 4.0).
const STANDARD: &str = include_str!("asvs-5.0.0.txt");

/// Requirements of level 3 that the house asks for as well.
const ASKED_FOR: [&str; 9] = ["1.2.10", "2.3.5", "2.4.2", "5.3.3", "6.3.8", "11.2.4", "13.3.4", "14.2.7", "15.4.2"];

struct Row {
    ids: Vec<String>,
    state: String,
    how: String,
    shown_by: Vec<String>,
}

fn standard() -> BTreeMap<&'static str, u8> {
    let line = |line: &'static str| {
        let (id, level) = line.split_once(' ').expect("a requirement and its level");
        (id, level.parse().expect("a level"))
    };
    STANDARD.lines().map(line).collect()
}

fn rows() -> Vec<Row> {
    let text = read("docs/SECURITY.md");
    let table = text.split("## The standard, requirement by requirement").nth(1).expect("the second part");
    let rows = table.lines().filter(|line| line.starts_with("| ") && line.as_bytes()[2].is_ascii_digit());
    rows.map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split(" | ").map(str::trim).collect();
        let [ids, state, how, shown_by] = cells[..] else { panic!("four cells: {line}") };
        Row {
            ids: ids.split(", ").map(str::to_owned).collect(),
            state: state.to_owned(),
            how: how.to_owned(),
            shown_by: shown_by.split('`').skip(1).step_by(2).map(str::to_owned).collect(),
        }
    })
    .collect()
}

/// Whether `10.*` or `10.4.1` names a requirement.
fn names(pattern: &str, id: &str) -> bool {
    pattern.strip_suffix('*').map_or(pattern == id, |section| id.starts_with(section))
}

#[test]
fn the_list_is_the_standards() {
    let levels = standard();
    let of = |level: u8| levels.values().filter(|own| **own == level).count();
    assert_eq!((levels.len(), of(1), of(2), of(3)), (345, 70, 183, 92));
}

#[test]
fn every_requirement_of_levels_1_and_2_has_one_row() {
    let (levels, rows) = (standard(), rows());
    let patterns: Vec<&String> = rows.iter().flat_map(|row| &row.ids).collect();
    let mut breaches = Vec::new();
    for (id, level) in &levels {
        let times = patterns.iter().filter(|pattern| names(pattern, id)).count();
        let expected = if *level < 3 || ASKED_FOR.contains(id) { 1..=1 } else { 0..=1 };
        if !expected.contains(&times) {
            breaches.push(format!("{id} of level {level} stands {times} times"));
        }
    }
    let unknown = patterns.iter().filter(|pattern| !levels.keys().any(|id| names(pattern, id)));
    breaches.extend(unknown.map(|pattern| format!("{pattern} is no requirement")));
    assert_none(&breaches, "requirements of the standard in docs/SECURITY.md:");
}

#[test]
fn what_is_met_names_proof_that_exists_and_what_is_not_says_why() {
    let (rust, browser) = (texts(&["rs"]), texts(&["test.mjs"]));
    let exists = |proof: &str| {
        if proof.contains(' ') {
            browser.iter().any(|file| file.text.contains(&format!("test(\"{proof}\"")))
        } else if proof.contains('/') || proof.contains('.') {
            root().join(proof).exists()
        } else {
            rust.iter().any(|file| file.text.contains(&format!("fn {proof}(")) || is_made(&file.text, proof))
        }
    };
    let mut breaches = Vec::new();
    for row in rows() {
        let ids = row.ids.join(", ");
        let sound = match row.state.as_str() {
            "met" => !row.shown_by.is_empty(),
            "–" | "**open**" => !row.how.is_empty() && row.shown_by.is_empty(),
            _ => false,
        };
        if !sound {
            breaches.push(format!("{ids}: {}", row.state));
        }
        breaches.extend(row.shown_by.iter().filter(|proof| !exists(proof)).map(|proof| format!("{ids}: {proof}")));
    }
    assert_none(&breaches, "rows of docs/SECURITY.md without proof or reason:");
}

/// Tests that a macro makes stand as `name: Case,`.
fn is_made(text: &str, proof: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with(&format!("{proof}: ")))
}

//! What the documents point at exists.

use super::tree::{Text, assert_none, paths, read, root, texts};
use std::collections::HashSet;

/// Folders at the top: a word in code font that begins with one is a path.
const FOLDERS: &[&str] =
    &["crates/", "functions/", "infra/", "static-site/", "tests/", "xtask/", "docs/", "contests/", ".ci/"];

#[test]
fn links_lead_somewhere() {
    let mut dead = Vec::new();
    for file in texts(&["md"]) {
        for (line, target) in links(&file) {
            if ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme)) {
                continue;
            }
            let (path, anchor) =
                target.split_once('#').map_or((target.as_str(), None), |(path, anchor)| (path, Some(anchor)));
            let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let full = if path.is_empty() { file.path.clone() } else { join(folder, path) };
            let there = root().join(&full).exists();
            let anchored = anchor.is_none_or(|anchor| there && anchors(&read(&full)).contains(anchor));
            if !there || !anchored {
                dead.push(format!("{}:{line}: {target}", file.path));
            }
        }
    }
    assert_none(&dead, "dead links:");
}

#[test]
fn paths_in_documents_exist() {
    let mut dead = Vec::new();
    for file in documents() {
        for (line, word) in code_words(&file) {
            let is_path =
                FOLDERS.iter().any(|folder| word.starts_with(folder)) && !word.contains(['*', '{', '<', '…', ' ']);
            if is_path && !root().join(&word).exists() {
                dead.push(format!("{}:{line}: {word}", file.path));
            }
        }
    }
    assert_none(&dead, "paths that do not exist:");
}

#[test]
fn names_in_documents_exist() {
    let crates = [
        "contest",
        "store",
        "documents",
        "function",
        "api",
        "import_upload",
        "close_round",
        "publish_results",
        "local",
    ];
    let mut dead = Vec::new();
    for file in documents() {
        for (line, word) in code_words(&file) {
            let Some((owner, rest)) = word.split_once("::") else { continue };
            let plain = rest.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == ':');
            if !crates.contains(&owner) || !plain {
                continue;
            }
            let source = source_of(owner);
            if let Some(part) = rest.split("::").find(|part| !holds_identifier(&source, part)) {
                dead.push(format!("{}:{line}: {word}: no `{part}` in {owner}", file.path));
            }
        }
    }
    assert_none(&dead, "names that the code does not have:");
}

#[test]
fn every_invariant_names_a_test_that_guards_it() {
    let page = read("docs/ARCHITECTURE.md");
    let section = page.split("## Invariants, as absences").nth(1).and_then(|rest| rest.split("\n## ").next());
    let section = section.expect("the page has its invariants");
    let invariants: Vec<&str> = section.split("\n- ").skip(1).collect();
    assert!(invariants.len() > 15, "{} invariants", invariants.len());
    let sources: String = texts(&["rs"]).into_iter().map(|file| file.text).collect();
    let is_test = |name: &str| name.contains('_') && sources.contains(&format!("fn {name}("));
    let unguarded = invariants.iter().filter(|invariant| {
        let names: Vec<&str> =
            invariant.split('`').skip(1).step_by(2).filter(|word| !word.contains(['/', ':', '.'])).collect();
        !names.iter().any(|name| is_test(name))
            || names.iter().any(|name| name.matches('_').count() > 2 && !is_test(name))
    });
    let told: Vec<String> =
        unguarded.map(|invariant| invariant.lines().next().unwrap_or_default().to_owned()).collect();
    assert_none(&told, "invariants of docs/ARCHITECTURE.md that name no test, or one that is not there:");
}

/// What explains the code, as against folders of sample data.
fn documents() -> Vec<Text> {
    let ours = |file: &Text| file.path.starts_with("docs/") || !file.path.contains('/');
    texts(&["md"]).into_iter().filter(ours).collect()
}

/// All source of a crate, and the names of its files.
fn source_of(owner: &str) -> String {
    let folder = format!("/{}/src/", owner.replace('_', "-"));
    paths()
        .into_iter()
        .filter(|path| path.contains(&folder) && path.ends_with(".rs"))
        .map(|path| format!("{} {}", path.replace(['/', '.'], " "), read(&path)))
        .collect()
}

fn holds_identifier(source: &str, name: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    source
        .match_indices(name)
        .any(|(at, _)| !is_part(source[..at].chars().last()) && !is_part(source[at + name.len()..].chars().next()))
}

/// Lines outside fenced blocks, counted from 1.
fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut fenced = false;
    text.lines().enumerate().filter_map(move |(at, line)| {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
            return None;
        }
        (!fenced).then_some((at + 1, line))
    })
}

/// Targets of links and pictures, with their lines.
fn links(file: &Text) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (line, text) in prose(&file.text) {
        let without_code: String = text.split('`').step_by(2).collect::<Vec<_>>().join("``");
        for (at, _) in without_code.match_indices("](") {
            if let Some(target) = without_code[at + 2..].split(')').next() {
                found.push((line, target.trim().to_owned()));
            }
        }
    }
    found
}

/// Words in code font, with their lines.
fn code_words(file: &Text) -> Vec<(usize, String)> {
    prose(&file.text)
        .flat_map(|(line, text)| text.split('`').skip(1).step_by(2).map(move |word| (line, word.to_owned())))
        .collect()
}

/// The anchors that a Markdown reader makes of headings: small letters, hyphens for spaces, other
/// characters dropped.
fn anchors(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    for (_, line) in prose(text).filter(|(_, line)| line.starts_with('#')) {
        let title = line.trim_start_matches('#').trim().to_lowercase();
        let anchor: String = title
            .chars()
            .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect();
        let mut unique = anchor.clone();
        let mut times = 0;
        while !found.insert(unique.clone()) {
            times += 1;
            unique = format!("{anchor}-{times}");
        }
    }
    found
}

fn join(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

#[test]
fn anchors_are_made_as_readers_make_them() {
    let found = anchors("# Tables\n## `contest.toml`: keys\n## Tables\n```\n# no heading\n```\n");
    let expected = ["tables", "contesttoml-keys", "tables-1"].map(str::to_owned);
    assert_eq!(found, HashSet::from(expected));
}

//! Modules of `contest` use each other in one direction, so that each can be read after those below it.

use super::tree::{Text, assert_none, texts};
use std::collections::{BTreeMap, BTreeSet};

/// What each module names of the others.
type Uses = BTreeMap<String, BTreeSet<String>>;

const SOURCE: &str = "crates/contest/src/";

/// Parts of modules that stand in files of their own and hold tests alone.
const TESTS: [&str; 4] = ["tests.rs", "example.rs", "properties.rs", "any_game.rs"];

#[test]
fn no_module_of_contest_comes_back_to_itself() {
    let is_own = |file: &Text| file.path.starts_with(SOURCE) && !TESTS.iter().any(|end| file.path.ends_with(end));
    let files: Vec<Text> = texts(&["rs"]).into_iter().filter(is_own).collect();
    assert_none(&circles(&uses(&files)), "two modules of `contest` use each other: move what both need into a third");
}

#[test]
fn a_circle_is_found_however_long() {
    let uses = |pairs: &[(&str, &str)]| {
        let mut uses = Uses::new();
        for (a, b) in pairs {
            uses.entry((*a).to_owned()).or_default().insert((*b).to_owned());
        }
        uses
    };
    assert!(circles(&uses(&[("a", "b"), ("b", "c"), ("a", "c")])).is_empty());
    assert_eq!(circles(&uses(&[("a", "b"), ("b", "c"), ("c", "a"), ("d", "a")])), ["a", "b", "c"]);
}

fn uses(files: &[Text]) -> Uses {
    let mut uses = Uses::new();
    for file in files {
        let own = module(&file.path);
        let code = file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let code: Vec<&str> = code.lines().filter(|line| !line.trim_start().starts_with("//")).collect();
        let named = code.join("\n");
        let named = named.split("crate::").skip(1).flat_map(|rest| match rest.strip_prefix('{') {
            Some(list) => list.split('}').next().unwrap_or_default().split(',').map(first_word).collect::<Vec<_>>(),
            None => vec![first_word(rest)],
        });
        uses.entry(own.clone()).or_default().extend(named.filter(|other| *other != own));
    }
    uses
}

fn module(path: &str) -> String {
    first_word(path.trim_start_matches(SOURCE))
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|letter| letter.is_ascii_lowercase() || *letter == '_').collect()
}

/// Modules from which a way leads back.
fn circles(uses: &Uses) -> Vec<String> {
    let leads_back = |start: &&String| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![*start]);
        while let Some(module) = next.pop() {
            let used = uses.get(module).into_iter().flatten();
            next.extend(used.filter(|used| seen.insert(*used)));
        }
        seen.contains(start)
    };
    uses.keys().filter(leads_back).cloned().collect()
}

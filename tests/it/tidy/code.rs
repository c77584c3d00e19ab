//! Size and words of the source.

use super::tree::{Text, assert_none, texts};

/// Most lines of a file: about ten screens, which one person can hold in the head.
const MAX_FILE_LINES: usize = 600;
/// Most lines of a function: one screen.
const MAX_FUNCTION_LINES: usize = 70;

/// Files that may be longer, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[];
/// Functions that may be longer, each with its reason.
const LONG_FUNCTIONS: &[(&str, &str, &str)] =
    &[("crates/documents/src/words/import/tests.rs", "kinds", "a list: one problem of each kind")];

/// Words that say that something is not finished, or hidden. Written in two
/// parts, so that this list does not hold them.
const BANNED_WORDS: &[(&str, &str)] = &[
    (concat!("TO", "DO"), "finish it, or describe it in an issue"),
    (concat!("FIX", "ME"), "finish it, or describe it in an issue"),
    (concat!("XX", "X"), "finish it, or describe it in an issue"),
    (concat!("unimplemented", "!"), "finish it"),
    (concat!("todo", "!("), "finish it"),
    (concat!("#[ig", "nore"), "assert what happens today, and say that it is wrong"),
    (concat!("test", ".skip"), "assert what happens today, and say that it is wrong"),
    (concat!("test", ".only"), "run one file with `cargo xtask browser FILE`"),
];

#[test]
fn files_have_one_subject() {
    let long = texts(&["rs", "mjs", "css", "html", "md"]).into_iter().filter_map(|file| {
        let lines = file.text.lines().count();
        let excused = LONG_FILES.iter().any(|(path, _)| *path == file.path);
        (lines > MAX_FILE_LINES && !excused).then(|| format!("{}: {lines} lines", file.path))
    });
    assert_none(&long.collect::<Vec<_>>(), "split by subject; a file has at most 600 lines:");
}

#[test]
fn functions_fit_on_a_screen() {
    let mut long = Vec::new();
    let mut seen = 0;
    for file in texts(&["rs"]) {
        for (name, line, lines) in functions(&file) {
            seen += 1;
            let excused = LONG_FUNCTIONS.iter().any(|(path, function, _)| *path == file.path && *function == name);
            if lines > MAX_FUNCTION_LINES && !excused {
                long.push(format!("{}:{line}: `{name}` has {lines} lines", file.path));
            }
        }
    }
    assert!(seen > 200, "the scan of functions no longer finds them: {seen}");
    assert_none(&long, "split by decision; a function has at most 70 lines:");
}

/// First folders of every path in a bucket.
const PATHS: [&str; 7] = ["\"contests/", "\"compiled/", "\"frozen/", "\"keys/", "\"ranked/", "\"reviews/", "\"runs/"];

#[test]
fn keys_of_tables_are_made_in_one_file() {
    let is_ours = |path: &str| path.starts_with("crates/store/src/") || path.starts_with("functions/");
    let files = texts(&["rs"]).into_iter().filter(|file| is_ours(&file.path));
    let mut breaches = Vec::new();
    for file in files.filter(|file| !file.path.ends_with("/keys.rs") && !file.path.contains("tests")) {
        let code = file.text.split("#[cfg(test)]").next().unwrap_or_default();
        for (number, line) in (1..).zip(code.lines()) {
            let is_call = |at: usize| !line[..at].ends_with(|c: char| c.is_ascii_alphanumeric() || "_.".contains(c));
            let mut calls = line.match_indices("key(").filter(|(at, _)| is_call(*at));
            let makes_key = calls.any(|(at, _)| line[at..].contains('"'));
            if makes_key || PATHS.iter().any(|path| line.contains(path)) {
                breaches.push(format!("{}:{number}", file.path));
            }
        }
    }
    assert_none(&breaches, "keys and paths are made by crates/store/src/keys.rs alone:");
}

#[test]
fn nothing_is_left_unfinished() {
    let mut found = Vec::new();
    for file in texts(&["rs", "mjs", "css", "html", "md", "toml", "json", "yaml"]) {
        for (at, line) in file.text.lines().enumerate() {
            for (word, instead) in BANNED_WORDS {
                if holds_word(line, word) {
                    found.push(format!("{}:{}: {word}: {instead}", file.path, at + 1));
                }
            }
        }
    }
    assert_none(&found, "words that do not belong into the tree:");
}

#[test]
fn excuses_are_still_needed() {
    let stale = LONG_FILES.iter().filter(|(path, _)| {
        !texts(&["rs", "mjs", "css", "html", "md"])
            .iter()
            .any(|file| file.path == *path && file.text.lines().count() > MAX_FILE_LINES)
    });
    assert_none(&stale.map(|(path, _)| (*path).to_owned()).collect::<Vec<_>>(), "take these out of LONG_FILES:");
    let long = |path: &str, name: &str| {
        texts(&["rs"])
            .iter()
            .filter(|file| file.path == path)
            .flat_map(functions)
            .any(|(n, _, lines)| n == name && lines > MAX_FUNCTION_LINES)
    };
    let stale = LONG_FUNCTIONS.iter().filter(|(path, name, _)| !long(path, name));
    assert_none(
        &stale.map(|(path, name, _)| format!("{path} {name}")).collect::<Vec<_>>(),
        "take these out of LONG_FUNCTIONS:",
    );
}

/// Whether the word stands in the line with no letter directly before or after it.
fn holds_word(line: &str, word: &str) -> bool {
    let is_letter = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric() || c == '_');
    line.match_indices(word).any(|(at, _)| {
        let ends_in_letter = is_letter(word.chars().last());
        let continues = ends_in_letter && is_letter(line[at + word.len()..].chars().next());
        !is_letter(line[..at].chars().last()) && !continues
    })
}

/// Name, first line and number of lines of each function. Relies on rustfmt: a function ends at the
/// first line that is a closing brace under its first column.
fn functions(file: &Text) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = file.text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let indent = &line[..line.len() - line.trim_start().len()];
        let Some(name) = function_name(line.trim_start()) else { continue };
        if line.ends_with(';') || line.ends_with('}') {
            found.push((name.to_owned(), at + 1, 1));
            continue;
        }
        let closes = |l: &&str| {
            l.strip_prefix(indent).is_some_and(|rest| rest == "}" || (rest.starts_with(')') && rest.ends_with(';')))
        };
        let length = lines[at + 1..].iter().position(closes).unwrap_or(lines.len() - at - 1) + 2;
        found.push((name.to_owned(), at + 1, length));
    }
    found
}

/// The name in a line that begins a function.
fn function_name(line: &str) -> Option<&str> {
    let mut words = line
        .split(' ')
        .skip_while(|word| word.starts_with("pub") || matches!(*word, "const" | "async" | "unsafe" | "super)"));
    if words.next()? != "fn" {
        return None;
    }
    words.next()?.split(['(', '<']).next()
}

#[test]
fn the_scan_measures_functions() {
    let text = "fn short() {}\npub(super) async fn long(\n    a: u8,\n) -> u8 {\n    a\n}\ntrait T {\n    fn none(&self);\n}\n".to_owned();
    let found = functions(&Text { path: String::new(), text });
    let expected = [("short", 1, 1), ("long", 2, 5), ("none", 8, 1)];
    assert_eq!(found, expected.map(|(name, line, lines)| (name.to_owned(), line, lines)));
}

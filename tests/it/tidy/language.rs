//! Where Vietnamese stands in the source: anyone who changes a sentence, or the language, opens one folder.

use super::tree::{Text, assert_none, texts};

/// Files that hold Vietnamese and no sentence of ours, each by the beginning of its path and with its reason.
const NO_SENTENCES: &[(&str, &str)] = &[
    ("crates/documents/src/words/", "the sentences"),
    ("crates/print/templates/", "the words of printed documents"),
    ("crates/contest/src/bank/answer.rs", "words in which a bank names an answer"),
    ("crates/contest/src/bank/marks.rs", "words before the number of a question"),
    ("crates/contest/src/plan_file/checks.rs", "a word that a contest's name may say of its length"),
    ("crates/contest/src/text", "letters and syllables, and what wrong encodings make of them"),
    ("crates/contest/src/time/reading.rs", "words of dates and times"),
    ("infra/local/src/play/persona.rs", "names of invented people"),
    ("xtask/src/main.rs", "the name of a province"),
];

#[test]
fn vietnamese_stands_among_the_words() {
    let sources = texts(&["rs", "typ"]).into_iter().filter(|file| !file.path.starts_with("tests/")).collect::<Vec<_>>();
    let of_tests: Vec<String> = sources.iter().flat_map(test_modules).collect();
    let (mut breaches, mut needed) = (Vec::new(), vec![false; NO_SENTENCES.len()]);
    for file in sources.iter().filter(|file| !of_tests.iter().any(|tests| file.path.starts_with(tests))) {
        let code = file.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let excuse = NO_SENTENCES.iter().position(|(path, _)| file.path.starts_with(path));
        for (number, line) in (1..).zip(code.lines()).filter(|(_, line)| is_vietnamese(line)) {
            match excuse {
                Some(excuse) => needed[excuse] = true,
                None => breaches.push(format!("{}:{number}: {}", file.path, line.trim())),
            }
        }
    }
    assert_none(&breaches, "what people read stands in crates/documents/src/words:");
    let stale = NO_SENTENCES.iter().zip(needed).filter(|(_, needed)| !needed);
    assert_none(&stale.map(|((path, _), _)| (*path).to_owned()).collect::<Vec<_>>(), "take these out of NO_SENTENCES:");
}

/// Whether a letter beyond ASCII stands in a line, outside its comment.
fn is_vietnamese(line: &str) -> bool {
    let code = line.trim_start();
    let code = if code.starts_with("//") { "" } else { code.split(" // ").next().unwrap_or_default() };
    code.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
}

/// Beginnings of the paths of a file's modules that are compiled for tests alone, each in a file of its own.
fn test_modules(file: &Text) -> Vec<String> {
    let (folder, name) = file.path.rsplit_once('/').expect("no source stands at the root");
    let folder = match name.trim_end_matches(".rs") {
        "lib" | "main" | "mod" => folder.to_owned(),
        module => format!("{folder}/{module}"),
    };
    let declared = file.text.split("#[cfg(test)]\n").skip(1).filter_map(|rest| rest.lines().next());
    let name = |line: &str| Some(line.strip_suffix(';')?.rsplit_once("mod ")?.1.to_owned());
    declared.filter_map(name).flat_map(|name| [".rs", "/"].map(|end| format!("{folder}/{name}{end}"))).collect()
}

//! The form of all text in the tree.

use super::tree::{assert_none, paths, root};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// What is not text.
const BINARY: &[&str] = &["xlsx", "docx", "pdf", "png", "jpg", "ico", "woff2", "ttf", "zip", "bin"];
/// Files whose form is the point of them, each by the beginning of its path.
const ODD_ON_PURPOSE: &[&str] = &[
    "contests/",
    "functions/import-upload/golden/banks/",
    "functions/import-upload/golden/plans/",
    "functions/import-upload/golden/texts/",
    "tests/golden/uploads/",
    "tests/golden/events/",
    "tests/golden/published/officials-",
];

#[test]
fn text_is_utf8_in_nfc_with_plain_line_ends() {
    let mut breaches = Vec::new();
    for path in paths() {
        if BINARY.iter().any(|extension| path.ends_with(&format!(".{extension}"))) {
            continue;
        }
        let bytes = std::fs::read(root().join(&path)).expect("the tree is readable");
        if ODD_ON_PURPOSE.iter().any(|odd| path.starts_with(odd) && !path.ends_with(".toml")) {
            continue;
        }
        let Ok(text) = String::from_utf8(bytes) else {
            breaches.push(format!("{path}: not UTF-8"));
            continue;
        };
        if text.contains('\r') {
            breaches.push(format!("{path}: CRLF"));
        }
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !is_nfc(line)) {
            let first = line.chars().zip(line.nfc()).position(|(is, should)| is != should).unwrap_or(0);
            breaches.push(format!("{path}:{}: not NFC from character {}", at + 1, first + 1));
        }
    }
    assert_none(&breaches, "text is stored as UTF-8, NFC, with LF:");
}

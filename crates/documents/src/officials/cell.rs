//! Text cells that no spreadsheet program takes for a formula (`RELIABILITY.md` 5.3).

use unicode_normalization::UnicodeNormalization;

/// The text with its letters composed, as every face has them, and with an apostrophe before a first character that may begin a formula: `=`, `+`, `-`,
/// `@`, their full-width forms, TAB, CR, LF and NUL.
pub fn formula_safe(text: &str) -> String {
    let text: String = text.nfc().collect();
    if text.starts_with(begins_a_formula) { format!("'{text}") } else { text }
}

/// Whether a cell beginning with this character may be taken for a formula.
pub fn begins_a_formula(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0')
}

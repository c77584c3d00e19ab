//! Text cells that no spreadsheet program takes for a formula (`RELIABILITY.md` 5.3).

/// The text, with an apostrophe before a first character that may begin a formula: `=`, `+`, `-`,
/// `@`, their full-width forms, TAB, CR, LF and NUL.
pub fn formula_safe(text: &str) -> String {
    if text.starts_with(begins_a_formula) { format!("'{text}") } else { text.to_owned() }
}

/// Whether a cell beginning with this character may be taken for a formula.
pub fn begins_a_formula(first: char) -> bool {
    matches!(first, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0')
}

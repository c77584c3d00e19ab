//! What people typed, as it can be printed.

use crate::fonts;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

/// Stands for a character that the fonts lack. A PDF for archives must not show a missing glyph, and one emoji in one
/// name must not cost anyone the document.
const UNKNOWN: char = '\u{25a1}';
const NO_BREAK_SPACE: char = '\u{a0}';

/// All text in some data made printable.
pub(crate) fn printable_data(data: Value) -> Value {
    match data {
        Value::String(text) => Value::String(printable(&text)),
        Value::Array(values) => values.into_iter().map(printable_data).collect(),
        Value::Object(members) => members.into_iter().map(|(name, value)| (name, printable_data(value))).collect(),
        other => other,
    }
}

/// Composed letters, single spaces, and nothing invisible.
fn printable(text: &str) -> String {
    let mut printed = String::with_capacity(text.len());
    for letter in text.nfc().filter(|letter| !is_invisible(*letter)) {
        match letter {
            NO_BREAK_SPACE => printed.push(letter),
            _ if letter.is_whitespace() || letter.is_control() => {
                if !printed.ends_with(' ') {
                    printed.push(' ');
                }
            }
            _ if fonts::have(letter) => printed.push(letter),
            _ => printed.push(UNKNOWN),
        }
    }
    printed.trim_matches(' ').to_owned()
}

/// Marks of direction, joiners, variation selectors and the like, which change how others look.
fn is_invisible(letter: char) -> bool {
    matches!(letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e0fff}')
}

//! Whether a reader sees what was written, and in which script: a name that nobody can read wins no prize, and
//! one that looks like another's is not another's.

use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory, Script};
use icu_properties::{CodePointMapData, CodePointSetData};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Most marks on one letter, decomposed: ễ and ợ have two, and no language that is written here has three.
const MOST_MARKS: u32 = 2;

/// Whether every character of a cleaned text has a shape, and no letter is buried under marks.
pub fn is_legible(text: &str) -> bool {
    let mut marks = 0;
    text.nfd().all(|sign| {
        marks = if is_combining_mark(sign) { marks + 1 } else { 0 };
        marks <= MOST_MARKS && has_shape(sign)
    })
}

/// Whether all letters are of one script, so that no Cyrillic `а` stands in a Vietnamese name.
pub fn is_of_one_script(text: &str) -> bool {
    let mut scripts = text.chars().filter(|sign| sign.is_alphabetic()).filter_map(script_of);
    let Some(first) = scripts.next() else { return false };
    first != Script::Common && scripts.all(|script| script == first)
}

/// The script of a letter; none for marks, and for characters such as ʻ and ー that several scripts share.
/// Letters of no script, such as those of mathematics, are only drawn like letters.
fn script_of(letter: char) -> Option<Script> {
    let script = CodePointMapData::<Script>::new().get(letter);
    let shared = category(letter) == GeneralCategory::ModifierLetter || script == Script::Inherited;
    if shared { None } else { Some(script) }
}

fn has_shape(sign: char) -> bool {
    let shapeless = matches!(
        category(sign),
        GeneralCategory::Control
            | GeneralCategory::Format
            | GeneralCategory::LineSeparator
            | GeneralCategory::ParagraphSeparator
            | GeneralCategory::PrivateUse
            | GeneralCategory::Surrogate
            | GeneralCategory::Unassigned
    );
    // The empty pattern of braille is a symbol by its class and a blank on every screen.
    !shapeless && sign != '\u{2800}' && !CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(sign)
}

fn category(sign: char) -> GeneralCategory {
    CodePointMapData::<GeneralCategory>::new().get(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_shape_is_not_legible() {
        for text in ["Nguyễn Văn An", "Ẵ ễ ữ ợ Ẩ Ộ", "Số 5, ngõ 12/3 – phường 1", "王 小明", "สมชาย ใจดี", "☎ 113"]
        {
            assert!(is_legible(text), "{text}");
        }
        for text in [
            "\u{3164} \u{3164}",
            "An\u{115F}",
            "\u{FFA0}",
            "\u{E000}",
            "\u{E0041}",
            "\u{2800}",
            "\u{378}",
            "a\u{2028}b",
        ] {
            assert!(!is_legible(text), "{text:?}");
        }
    }

    #[test]
    fn a_letter_carries_two_marks_and_no_more() {
        let tower = |marks: usize| format!("A{}", "\u{301}".repeat(marks));
        assert!(is_legible(&tower(2)) && !is_legible(&tower(3)) && !is_legible(&tower(90)));
        assert!(is_legible("e\u{302}\u{303}"), "ễ");
        assert!(!is_legible("ễ\u{301}"), "however composed");
    }

    #[test]
    fn letters_of_two_scripts_are_told_apart() {
        for text in ["Nguyễn Văn Đức", "José Müller", "Иван Петров", "王 小明", "さくら ひめ", "H'Hen Niê", "Kaʻiulani"]
        {
            assert!(is_of_one_script(text), "{text}");
        }
        for text in ["Nguyễn V\u{430}n", "Αn Nguyễn", "Иван An", "𝐍𝐠𝐮𝐲𝐞𝐧 𝐀𝐧", "1 2", ""]
        {
            assert!(!is_of_one_script(text), "{text}");
        }
    }
}

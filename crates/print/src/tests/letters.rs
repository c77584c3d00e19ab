//! Every Vietnamese letter in every face.

use crate::fonts::{self, FACES};
use crate::text::printable_data;
use serde_json::Value;
use typst::text::{FontInfo, FontStyle};
use unicode_normalization::UnicodeNormalization;

const VOWELS: &str = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY";
const TONES: [&str; 6] = ["", "\u{300}", "\u{301}", "\u{303}", "\u{309}", "\u{323}"];

fn letters() -> Vec<String> {
    let vowels = VOWELS.chars().flat_map(|vowel| TONES.map(|tone| format!("{vowel}{tone}")));
    let others = ('a'..='z').chain('A'..='Z').chain("đĐ0123456789".chars()).map(String::from);
    vowels.chain(others).collect()
}

#[test]
fn there_are_four_faces_of_one_family() {
    let faces = FACES.iter().map(|face| (face.info().family.as_str(), face.info().variant));
    let faces: Vec<_> = faces.map(|(family, variant)| (family, variant.weight.to_number(), variant.style)).collect();
    let expected = [
        ("Tinos", 400, FontStyle::Normal),
        ("Tinos", 700, FontStyle::Normal),
        ("Tinos", 400, FontStyle::Italic),
        ("Tinos", 700, FontStyle::Italic),
    ];
    assert_eq!(faces, expected);
}

#[test]
fn each_vietnamese_letter_has_a_glyph_in_each_face_however_it_was_typed() {
    for letter in letters() {
        let composed: String = letter.nfc().collect();
        let decomposed: String = letter.nfd().collect();
        let read = composed.chars().next().expect("a letter");
        assert_eq!(composed.chars().count(), 1, "{letter}");
        assert!(fonts::have(read), "{read}");
        for face in FACES.iter() {
            let FontInfo { coverage, variant, .. } = face.info();
            assert!(coverage.contains(u32::from(read)), "{read} {variant:?}");
        }
        for typed in [&composed, &decomposed] {
            assert_eq!(printable_data(Value::String(typed.clone())), Value::String(composed.clone()));
        }
    }
}

#[test]
fn signs_of_documents_have_a_glyph() {
    for sign in "…–—“”‘’₫%/.,;:()[]#*_-+=&@№×≤≥\u{a0}\u{200b}□".chars() {
        assert!(fonts::have(sign), "{sign:?}");
    }
}

#[test]
fn what_cannot_be_printed_is_seen_and_breaks_nothing() {
    let printed = |text: &str| printable_data(Value::String(text.to_owned()));
    for (typed, expected) in [
        ("Lê\tVăn\r\n  An \u{0}", "Lê Văn An"),
        ("An\u{200b}h \u{202e}x\u{feff}", "Anh x"),
        ("An 🎉 李", "An □ □"),
        ("5\u{a0}000", "5\u{a0}000"),
        ("\u{e000}", "□"),
        ("#[x] *y*", "#[x] *y*"),
    ] {
        assert_eq!(printed(typed), Value::String(expected.to_owned()), "{typed:?}");
    }
}

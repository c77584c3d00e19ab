//! Recognizes lists typed with TCVN3 (.VnTime) or VNI fonts: their bytes, read as Latin-1, give
//! `NguyÔn V¨n An` or `Nguyeãn Vaên An`. Such text is refused with advice, never converted by
//! guess: state bodies must use Unicode since 2003 (`DOMAIN.md` 4.1).

use unicode_normalization::UnicodeNormalization;

/// Whether this is text in a TCVN3 or VNI font that was read as Latin-1 or Windows-1252. Give it
/// the text before [`clean`](super::clean), which drops the soft hyphen that stands for TCVN3's `ư`.
///
/// It is sure rather than complete: a word counts if it is no Vietnamese syllable as it stands and
/// becomes one when decoded. One such word of three letters or two of two letters decide; any
/// letter that only Unicode has, such as `ễ` or `đ`, decides against. So `Hoàng` (VNI for `Hồng`)
/// alone is not noticed, and no correct text and hardly any foreign name is refused.
pub fn looks_legacy_encoded(text: &str) -> bool {
    let text: String = text.nfc().collect();
    if text.chars().any(is_unicode_only) {
        return false;
    }
    let mut evidence = 0;
    for word in text.split(|c: char| c.is_whitespace() || c.is_ascii_punctuation()) {
        if word.is_ascii() || is_syllable(word) {
            continue;
        }
        if is_syllable(&from_tcvn3(word)) || is_syllable(&from_vni(word)) {
            evidence += match word.chars().count() {
                1 => 0,                          // "3 × 4" and other characters that stand alone
                2 if word.starts_with('µ') => 0, // "µm", the unit
                2 => 1,
                _ => 2,
            };
        }
    }
    evidence >= 2
}

/// Letters of Vietnamese that no reading as Latin-1 or Windows-1252 can give.
fn is_unicode_only(c: char) -> bool {
    matches!(c, 'ă' | 'Ă' | 'đ' | 'Đ' | 'ĩ' | 'Ĩ' | 'ũ' | 'Ũ' | 'ơ' | 'Ơ' | 'ư' | 'Ư' | '\u{1EA0}'..='\u{1EF9}')
}

/// TCVN 5712:1993, bytes A1 to FE. The marks at B0 to B4 are not used by .VnTime fonts.
const TCVN3: &str = "ĂÂÊÔƠƯĐăâêôơưđẰ?????àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ";

fn from_tcvn3(word: &str) -> String {
    let decode = |c: char| (c as usize).checked_sub(0xA1).and_then(|index| TCVN3.chars().nth(index));
    word.chars().map(|c| decode(c).unwrap_or(c)).collect()
}

/// VNI-Windows: some letters stand for themselves, the others follow a vowel and give it its hat
/// and its tone; `ô` and `ö` are the letters ơ and ư.
const VNI: [(char, &str); 27] = [
    ('ñ', "đ"),
    ('ö', "ư"),
    ('ô', "ơ"),
    ('ò', "ị"),
    ('ó', "ĩ"),
    ('æ', "ỉ"),
    ('î', "ỵ"),
    ('í', "í"),
    ('ì', "ì"),
    ('ø', "\u{300}"),
    ('ù', "\u{301}"),
    ('õ', "\u{303}"),
    ('û', "\u{309}"),
    ('ï', "\u{323}"),
    ('â', "\u{302}"),
    ('à', "\u{302}\u{300}"),
    ('á', "\u{302}\u{301}"),
    ('ã', "\u{302}\u{303}"),
    ('å', "\u{302}\u{309}"),
    ('ä', "\u{302}\u{323}"),
    ('ê', "\u{306}"),
    ('è', "\u{306}\u{300}"),
    ('é', "\u{306}\u{301}"),
    ('ü', "\u{306}\u{303}"),
    ('ú', "\u{306}\u{309}"),
    ('ë', "\u{306}\u{323}"),
    ('ÿ', "\u{FFFD}"),
];

fn from_vni(word: &str) -> String {
    let mut decoded = String::new();
    for c in word.to_lowercase().chars() {
        match VNI.iter().find(|(vni, _)| *vni == c) {
            Some((_, text)) => decoded.push_str(text),
            None => decoded.push(c),
        }
    }
    decoded.nfc().collect()
}

const ONSETS: [&str; 28] = [
    "", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x",
];
const VOWELS: [&str; 58] = [
    "a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y", "ai", "ao", "au", "ay", "âu", "ây", "eo", "êu", "ia",
    "iê", "iêu", "iu", "oa", "oai", "oao", "oay", "oă", "oe", "oeo", "oi", "oo", "ôi", "ơi", "ua", "uâ", "uây", "uê",
    "ui", "uô", "uôi", "uơ", "uy", "uya", "uyê", "uyu", "ưa", "ươ", "ươi", "ươu", "ưi", "ưu", "yê", "yêu", "uau", "ue",
    "ueo",
];
const CODAS: [&str; 9] = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

/// Whether this is built like a Vietnamese syllable: one of the onsets, vowels and codas, and at
/// most one tone. Somewhat too generous, since not every vowel takes every coda.
fn is_syllable(word: &str) -> bool {
    let is_tone = |c: &char| matches!(c, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let letters: Vec<char> = word.to_lowercase().nfd().collect();
    if letters.iter().filter(|c| is_tone(c)).count() > 1 {
        return false;
    }
    let plain: String = letters.into_iter().filter(|c| !is_tone(c)).nfc().collect();
    ONSETS
        .iter()
        .filter_map(|onset| plain.strip_prefix(onset))
        .any(|rime| CODAS.iter().filter_map(|coda| rime.strip_suffix(coda)).any(|vowels| VOWELS.contains(&vowels)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tcvn3_text_read_as_latin_1_is_recognized() {
        for text in [
            "NguyÔn V¨n An",
            "TrÇn ThÞ Hång",
            "§Æng ThÞ ¥n",
            "§ç Hµ",
            "L\u{AD}u §øc Thuû",
            "Uû ban nh©n d©n",
            "C©u hái nµo ®óng?",
            "TRÇN V¡N TÝNH",
            "STT, Hä vµ tªn",
        ] {
            assert!(looks_legacy_encoded(text), "{text}");
        }
    }

    #[test]
    fn vni_text_read_as_latin_1_is_recognized() {
        for text in [
            "Nguyeãn Vaên An",
            "TRAÀN THÒ HOÀNG NHUNG",
            "Ñaëng Thò Ôn",
            "Leâ Thò Möôøi",
            "Caâu hoûi naøo ñuùng?",
            "UÛy ban nhaân daân",
        ] {
            assert!(looks_legacy_encoded(text), "{text}");
        }
    }

    #[test]
    fn correct_text_is_never_taken_for_legacy() {
        for text in [
            "Nguyễn Văn An",
            "Lê Hoàng",
            "Lê Thanh Hà",
            "Hoàng Công Thành",
            "Tô Hoài Nam",
            "Lý Quý Khoa",
            "Nông Thuý Hà",
            "Phó trưởng phòng",
            "HOÀ BÌNH, HÀ GIANG, CÀ MAU",
            "quá trình, khoá sổ, quê quán, giò, giá, gì, khoé, tuân",
            "Cà phê São Paulo, Müller, François, Noël, José, señor, naïve",
            "Haïti",
            "Björk Guðmundsdóttir và Đỗ Mười",
            "5 µm, 7 µm, 10 °C, m², 3 × 4, ½, §1, «Lê», © 2021, Apple®, ± 2",
            "",
            "plain ASCII",
            "Cả bảng: C¸n bé",
            "Câu hỏi: §iÒu 1 — đúng?",
        ] {
            assert!(!looks_legacy_encoded(text), "{text}");
            let nfd: String = text.nfd().collect();
            assert!(!looks_legacy_encoded(&nfd), "{text} in NFD");
        }
    }

    #[test]
    fn a_syllable_has_an_onset_a_vowel_a_coda_and_at_most_one_tone() {
        for word in ["nguyễn", "quốc", "gì", "giêng", "hoà", "hòa", "khuya", "Ơn", "uỷ", "nghiêng", "xoong"]
        {
            assert!(is_syllable(word), "{word}");
        }
        for word in ["hóà", "nguyôn", "traàn", "v", "", "văl", "jo", "beyonce"] {
            assert!(!is_syllable(word), "{word}");
        }
    }

    #[test]
    fn the_tcvn3_table_covers_its_range() {
        assert_eq!(TCVN3.chars().count(), 0xFE - 0xA1 + 1);
        assert_eq!(from_tcvn3("\u{A1}\u{AF}\u{B5}\u{C6}\u{FE}"), "ĂẰàặỵ");
    }
}

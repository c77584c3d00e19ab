//! Vietnamese text: one form for storing, one for searching, one order for lists of people.
//!
//! Every text from outside goes through [`clean`] once, where it enters (`DOMAIN.md` 4.1, 4.2).

use std::cmp::Ordering;
use std::sync::LazyLock;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;
use unicode_normalization::UnicodeNormalization;

mod broken;
mod legacy;
mod legible;
mod scripts;

pub use broken::{looks_broken, name_seems_to_lack_letters, seems_to_lack_letters};
pub use legacy::looks_legacy_encoded;
pub use legible::{is_legible, is_of_one_script};
pub use scripts::{lowered, raised, subscript, superscript};

/// The form in which text is stored and compared: NFC, without control characters and characters
/// that cannot be seen, every run of spaces (also U+00A0, U+202F, U+3000, tabs and line ends) one
/// space, none at the ends. Cleaning twice changes nothing.
pub fn clean(text: &str) -> String {
    // Invisible characters go before NFC: one of them between a letter and its tone mark would
    // otherwise keep the two apart.
    let visible = text.chars().filter(|&c| c.is_whitespace() || !(c.is_control() || is_invisible(c)));
    let composed: String = visible.nfc().collect();
    composed.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// [`clean`] line by line: what a question has on several lines keeps them. Lines without text are none, so that cleaning
/// twice changes nothing here either.
pub fn clean_lines(text: &str) -> String {
    let lines = text.split(['\n', '\r', '\u{b}', '\u{2028}', '\u{2029}']).map(clean).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

/// What search boxes and column headings compare: cleaned, lower-case, without tones, hats and
/// horns, `đ` as `d`. Both ways of placing a tone (hoà, hòa) have the same key. Never stored as
/// somebody's name.
pub fn search_key(text: &str) -> String {
    let lower = clean(text).to_lowercase();
    let bare = lower.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c));
    bare.map(|c| if c == 'đ' { 'd' } else { c }).collect()
}

/// What tells the names of two people apart: cleaned and lower-case, with every tone (An is not Ân), but each tone
/// at the end of its word, since some write hoà and others hòa.
pub fn name_key(name: &str) -> String {
    let is_tone = |sign: &char| matches!(sign, '\u{300}' | '\u{301}' | '\u{303}' | '\u{309}' | '\u{323}');
    let word = |word: &str| {
        let (tones, letters): (String, String) = word.nfd().partition(is_tone);
        letters + &tones
    };
    clean(name).to_lowercase().split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// A whole number as people write it: `3200`, `3.200`, `27 084`. A point or a space parts thousands,
/// so `3.2` is no number, and a comma never is (`DOMAIN.md` 4.3).
pub fn parse_count(text: &str) -> Option<u64> {
    let text = clean(text);
    let separator = if text.contains('.') { '.' } else { ' ' };
    let groups: Vec<&str> = text.split(separator).collect();
    let (first, others) = groups.split_first()?;
    let is_number = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let is_grouped = others.is_empty() || first.len() <= 3 && others.iter().all(|group| group.len() == 3);
    if is_grouped && groups.iter().all(|group| is_number(group)) { groups.concat().parse().ok() } else { None }
}

/// A telephone number as it may be shown to others: the first two and the last three digits,
/// `09xx xxx 123`. Expects the national form (10 or 11 digits, spaces allowed); of anything
/// shorter than eight digits nothing is shown.
pub fn mask_phone(national: &str) -> String {
    let digits: String = national.chars().filter(char::is_ascii_digit).collect();
    if digits.len() < 8 {
        return "x".repeat(digits.len());
    }
    let mut masked = String::with_capacity(digits.len() + 2);
    for (index, digit) in digits.chars().enumerate() {
        let from_end = digits.len() - index;
        if index == 4 || from_end == 3 {
            masked.push(' ');
        }
        masked.push(if index < 2 || from_end <= 3 { digit } else { 'x' });
    }
    masked
}

/// The Vietnamese order of words and of people's names, by CLDR's collation for `vi`: ă, â, đ, ê,
/// ô, ơ, ư are letters of their own, and tones decide only between equal letters, in the order
/// ngang, huyền, hỏi, ngã, sắc, nặng. Cheap to build, made to be used for a whole list.
#[derive(Debug)]
pub struct NameOrder {
    collator: CollatorBorrowed<'static>,
}

impl NameOrder {
    /// The order, from data compiled into the program.
    ///
    /// # Panics
    /// Never: the Vietnamese data are part of the library.
    pub fn new() -> Self {
        let collator = CollatorBorrowed::try_new(locale!("vi").into(), CollatorOptions::default())
            .expect("collation data for every locale are compiled in");
        Self { collator }
    }

    /// Compares two texts as a whole, the way a dictionary does.
    pub fn compare_vietnamese(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(a, b)
    }

    /// Compares two full names: given name (the last word), then family name (the first), then the
    /// words between them, word by word. Joined into one text, a later letter would outrank an
    /// earlier tone (`DOMAIN.md` 4.2). Names that differ in nothing are equal; a caller
    /// that needs a total order goes on with the contestant's code.
    pub fn compare_names(&self, a: &str, b: &str) -> Ordering {
        let (a, b) = (given_name_first(a), given_name_first(b));
        let by_word = a.iter().zip(&b).map(|(a, b)| self.compare_vietnamese(a, b));
        by_word.fold(Ordering::Equal, Ordering::then).then(a.len().cmp(&b.len()))
    }
}

impl Default for NameOrder {
    fn default() -> Self {
        Self::new()
    }
}

/// [`NameOrder::compare_names`] for a comparison now and then.
pub fn compare_names(a: &str, b: &str) -> Ordering {
    ORDER.compare_names(a, b)
}

/// [`NameOrder::compare_vietnamese`] for a comparison now and then.
pub fn compare_vietnamese(a: &str, b: &str) -> Ordering {
    ORDER.compare_vietnamese(a, b)
}

static ORDER: LazyLock<NameOrder> = LazyLock::new(NameOrder::new);

fn given_name_first(name: &str) -> Vec<&str> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    if let Some(given_name) = words.pop() {
        words.insert(0, given_name);
    }
    words
}

/// Characters without a shape of their own: zero-width spaces and joiners, marks of writing
/// direction, the soft hyphen, the byte order mark.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn clean_gives_one_form_of_the_same_words() {
        let expected = "Đặng Thị Ơn";
        let nfd: String = expected.nfd().collect();
        assert_ne!(nfd, expected);
        for written in [
            "Đặng Thị Ơn",
            nfd.as_str(),
            "  Đặng\u{A0}Thị \u{202F} Ơn\t",
            "\u{FEFF}Đặng\u{3000}Thị\r\nƠn\u{200B}",
            "Đặng Thị\u{200D} Ơ\u{AD}n\u{0}\u{7F}",
            "\u{202E}Đặ\u{200E}ng\u{2066} Thi\u{200B}\u{323} O\u{31B}n",
        ] {
            assert_eq!(clean(written), expected, "{written:?}");
        }
        assert_eq!(clean(" \u{A0}\u{FEFF} "), "");
    }

    #[test]
    fn lines_are_kept_and_each_of_them_is_cleaned() {
        let written = " Cho  các ý: \r\n1.\u{A0}Một\r\r 2. Hai\u{200B}\n\n \n3.\tBa\u{b}";
        assert_eq!(clean_lines(written), "Cho các ý:\n1. Một\n2. Hai\n3. Ba");
        assert_eq!(clean_lines(" \n "), "");
    }

    #[test]
    fn search_key_folds_tones_hats_horns_and_both_tone_placements() {
        for (text, key) in [
            ("Đặng Thị Ơn", "dang thi on"),
            ("NGUYỄN THỊ ƯỚC", "nguyen thi uoc"),
            ("hoà  thuỷ", "hoa thuy"),
            ("hòa thủy", "hoa thuy"),
            ("Phương án A", "phuong an a"),
            ("Mã\u{A0}dự thi", "ma du thi"),
        ] {
            assert_eq!(search_key(text), key);
        }
    }

    #[test]
    fn names_are_told_apart_by_their_tones_wherever_these_stand() {
        for (a, b) in [("Nguyễn Văn Hoà", "NGUYỄN VĂN HÒA"), ("Thuỷ", "Thủy"), ("Ơn", "O\u{31B}n"), ("Đỗ  An", "đỗ an")]
        {
            assert_eq!(name_key(a), name_key(b));
        }
        for (a, b) in [("An", "Ân"), ("An", "Án"), ("Hoa", "Hòa"), ("Hóa", "Hòa"), ("Đan", "Dan"), ("Ha An", "Hà An")]
        {
            assert_ne!(name_key(a), name_key(b));
        }
    }

    #[test]
    fn given_names_sort_in_vietnamese_order() {
        let mut names = ["Ánh", "Anh", "Ân", "Đức", "Dung", "Dũng", "Ơn", "On"];
        names.sort_by(|a, b| compare_names(a, b));
        assert_eq!(names, ["Anh", "Ánh", "Ân", "Dung", "Dũng", "Đức", "On", "Ơn"]);
    }

    #[test]
    fn tones_sort_level_falling_hook_tilde_acute_heavy() {
        let mut tones = ["Ạn", "Án", "Ãn", "Ản", "Àn", "An"];
        tones.sort_by(|a, b| compare_vietnamese(a, b));
        assert_eq!(tones, ["An", "Àn", "Ản", "Ãn", "Án", "Ạn"]);
    }

    #[test]
    fn people_sort_by_given_then_family_then_middle_names() {
        let expected = [
            "Trần Văn An",
            "Lê Thị Ánh",
            "Nguyễn Ánh",
            "Nguyễn Văn Ánh",
            // "Bình B…" before "Bình Đ…" although "Bĩnh" joined with its family name would win.
            "Đỗ Văn Bình",
            "Trần Bảo Bình",
            "Trần Văn Bình",
            "Trần Văn Em Bình",
            "An Thị Bĩnh",
        ];
        let mut names = expected;
        names.reverse();
        let order = NameOrder::new();
        names.sort_by(|a, b| order.compare_names(a, b));
        assert_eq!(names, expected);
    }

    #[test]
    fn a_decomposed_copy_of_a_name_is_equal_to_it() {
        let name = "Nguyễn Thị Ước";
        let nfd: String = name.nfd().collect();
        assert_eq!(compare_names(name, &nfd), Ordering::Equal);
        assert_ne!(compare_names(name, "Nguyễn Thị Uớc"), Ordering::Equal);
        assert_eq!(compare_names("", ""), Ordering::Equal);
        assert_eq!(compare_names("", "Anh"), Ordering::Less);
    }

    #[test]
    fn masked_phones_show_two_and_three_digits() {
        for (phone, masked) in [
            ("0912345123", "09xx xxx 123"),
            ("0912 345 123", "09xx xxx 123"),
            ("02083855123", "02xx xxxx 123"),
            ("113", "xxx"),
            ("", ""),
        ] {
            assert_eq!(mask_phone(phone), masked);
        }
    }

    #[test]
    fn a_point_or_a_space_parts_thousands() {
        for (text, count) in [
            ("3200", Some(3200)),
            ("3.200", Some(3200)),
            (" 27\u{A0}084 ", Some(27_084)),
            ("1.000.000", Some(1_000_000)),
            ("0", Some(0)),
            ("3.2", None),
            ("3.2000", None),
            ("3200.000", None),
            ("1.000 000", None),
            ("3,200", None),
            ("-3", None),
            ("", None),
            (".200", None),
            ("99999999999999999999", None),
        ] {
            assert_eq!(parse_count(text), count, "{text}");
        }
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "\\PC{0,40}|[ \\u{A0}\\u{200B}\\u{300}-\\u{323}aơƯđ\\t]{0,20}") {
            let once = clean(&text);
            prop_assert_eq!(clean(&once), once);
        }

        #[test]
        fn cleaning_lines_twice_changes_nothing(text in "[ \\n\\r\\u{A0}\\u{200B}\\u{300}-\\u{323}aơƯđ\\t]{0,20}") {
            let once = clean_lines(&text);
            prop_assert_eq!(clean_lines(&once), once);
        }

        #[test]
        fn search_key_does_not_depend_on_the_form(text in "[ aăâeêioôơuưyđĐƯẠ-ỹ\\u{300}\\u{301}\\u{323}]{0,20}") {
            let (nfc, nfd): (String, String) = (text.nfc().collect(), text.nfd().collect());
            prop_assert_eq!(search_key(&nfc), search_key(&nfd));
        }
    }

    #[test]
    fn of_a_number_of_seven_digits_nothing_is_shown() {
        assert_eq!(mask_phone("1234567"), "xxxxxxx");
        assert_eq!(mask_phone("12345678"), "12xx x 678");
    }
}

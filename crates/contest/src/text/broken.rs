//! Recognizes text that was broken before it came: UTF-8 read as Windows-1252 (`Thá»§ Ä‘Ã´`), letters
//! replaced by question marks (`Th? ?ô`), and the character for what could not be read. What is lost
//! cannot be guessed, so such text is refused.

/// Whether letters of this text are lost. Sure rather than complete: no correct text is refused.
pub fn looks_broken(text: &str) -> bool {
    text.contains('\u{FFFD}') || has_mojibake(text) || has_lost_letters(text)
}

/// Whether a letter of this text seems to be lost: more than [`looks_broken`] is sure of, since one question mark between
/// letters may also be a space that is missing. A warning, and never a reason to refuse.
pub fn seems_to_lack_letters(text: &str) -> bool {
    looks_broken(text) || words(text).any(|word| lost_inside(&word) > 0)
}

/// The same of a name, in which no question stands.
pub fn name_seems_to_lack_letters(name: &str) -> bool {
    looks_broken(name) || name.contains('?')
}

/// Letters of UTF-8 that were read byte by byte. Each lead byte stands for a letter that Vietnamese does not
/// have (`Ä`, `Æ`), or is followed by a character that never follows it inside a word.
fn has_mojibake(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let mut triples = (0..chars.len()).map(|at| (chars[at], chars.get(at + 1), chars.get(at + 2)));
    triples.any(|(lead, second, third)| match (lead, second, third) {
        ('Ä' | 'Å' | 'Æ', Some(&second), _) => is_continuation(second),
        ('á', Some('»' | 'º'), Some(&third)) => third.is_alphanumeric() || is_continuation(third),
        // After a capital Ã, quotation marks may close and dashes follow.
        ('Ã', Some(&second), _) => matches!(second, '\u{A1}'..='\u{BA}' | '\u{BC}'..='\u{BF}') && second != '\u{AD}',
        ('â', Some('€'), _) => true,
        _ => false,
    })
}

/// What the bytes 80 to BF are in Windows-1252.
fn is_continuation(c: char) -> bool {
    matches!(
        c,
        '\u{80}'
            ..='\u{BF}'
                | '€'
                | '‚'
                | 'ƒ'
                | '„'
                | '…'
                | '†'
                | '‡'
                | 'ˆ'
                | '‰'
                | 'Š'
                | '‹'
                | 'Œ'
                | 'Ž'
                | '‘'
                | '’'
                | '“'
                | '”'
                | '•'
                | '–'
                | '—'
                | '˜'
                | '™'
                | 'š'
                | '›'
                | 'œ'
                | 'ž'
                | 'Ÿ'
    )
}

/// Question marks in the place of letters: at the beginning of a word, or twice between letters. One between
/// letters may be a missing space.
fn has_lost_letters(text: &str) -> bool {
    let mut inside = 0;
    for chars in words(text) {
        let first_letter = chars.iter().position(|c| *c != '?').unwrap_or(chars.len());
        if (1..=3).contains(&first_letter) && is_lower(&chars, first_letter) {
            return true;
        }
        inside += lost_inside(&chars);
    }
    inside >= 2
}

/// The words of a text without what stands around them, and without addresses of pages.
fn words(text: &str) -> impl Iterator<Item = Vec<char>> {
    let words = text.split_whitespace().map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '?'));
    words.filter(|word| !word.contains("://") && !word.contains('=')).map(|word| word.chars().collect())
}

/// Question marks between a letter and a small one.
fn lost_inside(chars: &[char]) -> usize {
    let lost = |at: &usize| chars[*at] == '?' && chars[at - 1].is_alphabetic() && is_lower(chars, at + 1);
    (1..chars.len()).filter(lost).count()
}

fn is_lower(chars: &[char], at: usize) -> bool {
    chars.get(at).is_some_and(|c| c.is_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{looks_broken, name_seems_to_lack_letters, seems_to_lack_letters};

    #[test]
    fn one_lost_letter_is_suspected_and_a_question_is_none() {
        for text in ["Th?nh", "Phu?ng 1", "Thá»§ Ä‘Ã´", "Cu?c thi m?u"] {
            assert!(seems_to_lack_letters(text) && name_seems_to_lack_letters(text), "{text}");
        }
        for text in ["Bạn biết gì về Đảng?", "https://a.vn/?b=c", "Thành phố"] {
            assert!(!seems_to_lack_letters(text), "{text}");
        }
        assert!(name_seems_to_lack_letters("ph?"));
        assert!(!name_seems_to_lack_letters("Thành phố"));
    }

    #[test]
    fn broken_text_is_seen() {
        let broken = [
            "Thá»§ Ä‘Ã´ cá»§a nÆ°á»›c",
            "Ä‘",
            "HÃ¡t",
            "Huáº¿",
            "\u{FFFD}y ban nhân dân",
            "Th? ?ô c?a n??c",
            "?y ban nhân dân",
            "V?n b?n nào",
            "â€œLuáº\u{AD}tâ€\u{9D}",
            "(?à N?ng)",
        ];
        for text in broken {
            assert!(looks_broken(text), "{text}");
        }
    }

    #[test]
    fn correct_text_is_never_called_broken() {
        let correct = [
            "Thủ đô của nước là thành phố nào?",
            "“NGÃ BA ĐỒNG LỘC”, “VỀ XÃ”, «XÃ»",
            "«khá» và 'má'",
            "Là gì?Ai làm?",
            "Ai ký?a) Bộ trưởng",
            "https://dichvucong.gov.vn/?a=b&c=d",
            "Chọn dấu: A. ! B. ? C. ??",
            "Ärzte ohne Grenzen, Ångström, Æsir",
            "Số 1 – 2…; 37,5°C; 50%",
            "Vì sao??? Hãy nêu.",
            "",
        ];
        for text in correct {
            assert!(!looks_broken(text), "{text}");
        }
    }
}

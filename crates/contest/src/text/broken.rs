//! Recognizes text that was broken before it came: UTF-8 read as Windows-1252 (`Thá»§ Ä‘Ã´`), letters
//! replaced by question marks (`Th? ?ô`), and the character for what could not be read. What is lost
//! cannot be guessed, so such text is refused.

/// Whether letters of this text are lost. Sure rather than complete: no correct text is refused.
pub fn looks_broken(text: &str) -> bool {
    text.contains('\u{FFFD}') || has_mojibake(text) || has_lost_letters(text)
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
    for word in text.split_whitespace() {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '?');
        // An address of a page.
        if word.contains("://") || word.contains('=') {
            continue;
        }
        let chars: Vec<char> = word.chars().collect();
        let is_lower = |at: usize| chars.get(at).is_some_and(|c| c.is_lowercase());
        let first_letter = chars.iter().position(|c| *c != '?').unwrap_or(chars.len());
        if (1..=3).contains(&first_letter) && is_lower(first_letter) {
            return true;
        }
        let lost = |at: &usize| chars[*at] == '?' && chars[at - 1].is_alphabetic() && is_lower(at + 1);
        inside += (1..chars.len()).filter(lost).count();
    }
    inside >= 2
}

#[cfg(test)]
mod tests {
    use super::looks_broken;

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

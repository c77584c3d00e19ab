//! Letters and numbers that a file writes before its own options and questions. The page writes them anew, so
//! they are taken off where they are surely such marks.

use super::OptionSet;

/// Options without `A. `, `B) ` …, where each carries its own letter.
pub fn without_letters(options: Vec<String>) -> Vec<String> {
    let bare: Option<Vec<String>> =
        options.iter().enumerate().map(|(place, option)| without_letter(option, place).map(str::to_owned)).collect();
    bare.filter(|_| options.len() > 1).unwrap_or(options)
}

fn without_letter(option: &str, place: usize) -> Option<&str> {
    let (letter, rest) = option.split_once(['.', ')', ':', '/'])?;
    let rest = Some(rest.trim_start()).filter(|rest| !rest.is_empty())?;
    (OptionSet::place_of(letter.trim()).map(usize::from) == Some(place)).then_some(rest)
}

/// A question without `Câu 7: `; `None` where it does not begin so.
pub fn without_number(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("Câu ").or_else(|| text.strip_prefix("CÂU ")).or_else(|| text.strip_prefix("câu "))?;
    let (number, rest) = rest.split_once(['.', ')', ':', '/'])?;
    let rest = Some(rest.trim_start()).filter(|rest| !rest.is_empty())?;
    let number = number.trim();
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_taken_off_where_all_options_carry_their_own() {
        let read = |options: &[&str]| without_letters(options.iter().map(|&option| option.to_owned()).collect());
        assert_eq!(read(&["A. Huế", "B. Hà Nội"]), ["Huế", "Hà Nội"]);
        assert_eq!(read(&["a) x", "b) y"]), ["x", "y"]);
        for kept in [["A. Huế", "Hà Nội"], ["B. Huế", "A. Hà Nội"], ["A. ", "B. y"], ["Vitamin A.", "Vitamin B."]]
        {
            assert_eq!(read(&kept), kept);
        }
    }

    #[test]
    fn numbers_before_questions_are_seen() {
        assert_eq!(without_number("Câu 1: Ai ký?"), Some("Ai ký?"));
        assert_eq!(without_number("CÂU 12. Ai ký?"), Some("Ai ký?"));
        for text in ["Câu nào đúng?", "Câu 5 của bài: ai?", "Ai ký?", "Câu 1:"] {
            assert_eq!(without_number(text), None, "{text}");
        }
    }
}

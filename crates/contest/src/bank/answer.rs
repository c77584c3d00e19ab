//! Which options an organizer means by what is written as the answer: letters, numbers, or an option's whole
//! text. A wrong key is the worst that can happen, so what can be read in two ways is refused.

use super::OptionSet;
use crate::text::clean;
use unicode_normalization::UnicodeNormalization;

/// Why an answer is not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFault {
    /// It names no option.
    Unreadable,
    /// It names an option that the question does not have, by its place.
    NoOption(u8),
    /// It is the text of one option and the letter or number of another.
    Ambiguous,
}

/// An answer that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The right options; at least one.
    pub right: OptionSet,
    /// Whether letters of another alphabet stand where A, B or C should.
    pub look_alike: bool,
}

/// Whether an answer is a list of numbers of options. Numbers mean options only where every answer of a bank
/// is one: elsewhere they are what the question asks for.
pub fn is_numbers(text: &str) -> bool {
    signs(text).is_some_and(|signs| signs.iter().all(|sign| matches!(sign, Sign::Number(_))))
}

/// Reads an answer; `numbered` says that every answer of the bank is a list of numbers.
///
/// # Errors
/// Where it does not name options that are there, or may mean others.
pub fn read_answer(text: &str, options: &[String], numbered: bool) -> Result<Answer, AnswerFault> {
    let listed = listed(text, options, numbered);
    let Some(place) = option_with(text, options) else { return listed };
    let named = Answer { right: OptionSet::EMPTY.with(place), look_alike: false };
    match listed {
        Ok(answer) if answer.right != named.right && is_plain_list(text) => Err(AnswerFault::Ambiguous),
        _ => Ok(named),
    }
}

/// The only option with this text: letter by letter, or but for its capitals.
fn option_with(text: &str, options: &[String]) -> Option<u8> {
    let only = |same: &dyn Fn(&str) -> bool| {
        // An answer is one line, whatever the option is.
        let mut places = (0u8..).zip(options).filter(|(_, option)| same(&clean(option))).map(|(place, _)| place);
        places.next().filter(|_| places.next().is_none())
    };
    let lower = text.to_lowercase();
    only(&|option| option == text).or_else(|| only(&|option| option.to_lowercase() == lower))
}

/// Whether letters are written as a list is: each apart, or run together in capitals or in order. `Ba` is a
/// word, `BA` and `ab` may be two letters.
fn is_plain_list(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    let run = text.chars().all(char::is_alphabetic);
    !run || letters.iter().all(|c| c.is_uppercase()) || letters.is_sorted() && letters.iter().all(|c| c.is_lowercase())
}

/// The options that are listed by letter or number.
fn listed(text: &str, options: &[String], numbered: bool) -> Result<Answer, AnswerFault> {
    if let Some(answer) = letter_before_text(text, options) {
        return answer;
    }
    let signs = signs(text).filter(|signs| !signs.is_empty()).ok_or(AnswerFault::Unreadable)?;
    if !is_plain_list(text) {
        return Err(AnswerFault::Unreadable);
    }
    let mut answer = Answer { right: OptionSet::EMPTY, look_alike: false };
    for sign in signs {
        let place = match sign {
            Sign::Letter { place, look_alike } => {
                answer.look_alike |= look_alike;
                place
            }
            Sign::Number(place) if numbered => place,
            Sign::Number(_) => return Err(AnswerFault::Unreadable),
        };
        if answer.right.contains(place) {
            return Err(AnswerFault::Unreadable);
        }
        answer.right = answer.right.with(place);
    }
    let missing = (0..6).find(|&place| answer.right.contains(place) && is_missing(options, place));
    missing.map_or(Ok(answer), |place| Err(AnswerFault::NoOption(place)))
}

fn is_missing(options: &[String], place: u8) -> bool {
    options.get(usize::from(place)).is_none_or(String::is_empty)
}

/// `B. Huế`: a letter before the text of an option, which must be the same option.
fn letter_before_text(text: &str, options: &[String]) -> Option<Result<Answer, AnswerFault>> {
    let (letter, rest) = text.split_once(['.', ')', ':'])?;
    let rest = Some(rest.trim()).filter(|rest| !rest.is_empty())?;
    let place = OptionSet::place_of(letter.trim_start_matches('(').trim())?;
    let named = option_with(rest, options)?;
    let answer = Answer { right: OptionSet::EMPTY.with(place), look_alike: false };
    Some(if named == place { Ok(answer) } else { Err(AnswerFault::Ambiguous) })
}

enum Sign {
    Letter { place: u8, look_alike: bool },
    Number(u8),
}

/// The letters and numbers of a list such as `A, C`, `(a)`, `A và C`, `Đáp án B`, `AC`, `1;3`; `None` where
/// anything else stands in it.
fn signs(text: &str) -> Option<Vec<Sign>> {
    let text: String = text.nfkc().collect::<String>().to_lowercase();
    let text = ["đáp án", "phương án", "câu", "option"].iter().fold(text, |text, word| match text.strip_prefix(word) {
        Some(rest) if rest.starts_with([' ', ':']) => rest.to_owned(),
        _ => text,
    });
    let words = text.split(|c: char| c.is_whitespace() || ",;.:/+&()[]".contains(c)).filter(|word| !word.is_empty());
    let mut signs = Vec::new();
    for word in words.filter(|word| !matches!(*word, "và" | "and" | "va")) {
        if let Ok(number @ 1..=6) = word.parse::<u8>() {
            signs.push(Sign::Number(number - 1));
            continue;
        }
        for letter in word.chars() {
            let (latin, look_alike) = latin(letter);
            let place = OptionSet::place_of(latin.encode_utf8(&mut [0; 4]))?;
            signs.push(Sign::Letter { place, look_alike });
        }
    }
    Some(signs)
}

/// The letter that one of another alphabet looks like; whether it is one.
fn latin(letter: char) -> (char, bool) {
    match letter {
        'а' | 'α' => ('a', true),
        'в' | 'β' => ('b', true),
        'с' => ('c', true),
        'е' | 'ε' => ('e', true),
        other => (other, false),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, options: &[&str]) -> Result<String, AnswerFault> {
        let options: Vec<String> = options.iter().map(|&option| option.to_owned()).collect();
        read_answer(text, &options, false).map(|answer| answer.right.letters().collect())
    }

    const CITIES: [&str; 4] = ["Hà Nội", "Huế", "Đà Nẵng", "Cần Thơ"];

    #[test]
    fn letters_are_read_however_they_are_listed() {
        for (text, expected) in [
            ("B", "b"),
            ("b)", "b"),
            ("(B)", "b"),
            ("B.", "b"),
            ("Đáp án B", "b"),
            ("Câu: B", "b"),
            ("A,C", "ac"),
            ("c; a", "ac"),
            ("A và C", "ac"),
            ("AC", "ac"),
            ("CA", "ac"),
            ("ac", "ac"),
            ("Ｂ", "b"),
            ("А", "a"),
            ("B. Huế", "b"),
        ] {
            assert_eq!(read(text, &CITIES), Ok(expected.to_owned()), "{text}");
        }
        for text in ["G", "A A", ",", "AxC", "Ca", "Hải Phòng", "2", ""] {
            assert_eq!(read(text, &CITIES), Err(AnswerFault::Unreadable), "{text}");
        }
        assert_eq!(read("E", &CITIES), Err(AnswerFault::NoOption(4)));
        assert!(read_answer("А", &["x".into(), "y".into()], false).is_ok_and(|answer| answer.look_alike));
    }

    #[test]
    fn an_options_whole_text_is_the_answer() {
        assert_eq!(read("Huế", &CITIES), Ok("b".to_owned()));
        assert_eq!(read("huế", &CITIES), Ok("b".to_owned()));
        assert_eq!(read("Ba", &["Hai", "Ba", "Bốn", "Năm"]), Ok("b".to_owned()), "a word, not B and A");
        assert_eq!(read("ba", &["Hai", "Ba", "Bốn", "Năm"]), Ok("b".to_owned()));
        assert_eq!(read("ủy ban", &["Ủy ban", "ủy ban"]), Ok("b".to_owned()), "letter by letter first");
        assert_eq!(read("ỦY BAN", &["Ủy ban", "ủy ban"]), Err(AnswerFault::Unreadable));
    }

    #[test]
    fn an_answer_with_two_readings_is_refused() {
        let blood = ["O", "A", "AB", "B"];
        for text in ["A", "AB", "ab"] {
            assert_eq!(read(text, &blood), Err(AnswerFault::Ambiguous), "{text}");
        }
        assert_eq!(read("O", &blood), Ok("a".to_owned()));
        assert_eq!(read("A", &["A", "B"]), Ok("a".to_owned()), "both readings are one");
        assert_eq!(read("B. Hà Nội", &CITIES), Err(AnswerFault::Ambiguous), "the letter of another");
    }

    #[test]
    fn numbers_mean_options_only_where_all_answers_are_numbers() {
        let years = ["1945", "2", "3", "4"].map(str::to_owned);
        assert_eq!(read_answer("1", &years, true).map(|answer| answer.right), Ok(OptionSet(1)));
        assert_eq!(read_answer("1", &years, false), Err(AnswerFault::Unreadable));
        assert_eq!(read_answer("2", &years, false).map(|answer| answer.right), Ok(OptionSet(2)));
        let others = ["2", "3", "4", "5"].map(str::to_owned);
        assert_eq!(read_answer("3", &others, true), Err(AnswerFault::Ambiguous));
        assert_eq!(read_answer("5", &others[..3], true), Err(AnswerFault::NoOption(4)));
        assert!(is_numbers("1, 3") && is_numbers("2") && !is_numbers("A") && !is_numbers("1945") && !is_numbers("7"));
    }
}

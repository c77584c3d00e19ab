//! Options that speak of each other by letter or place: "Cả A và B", "Tất cả các phương án trên". Shuffled
//! they would say something else, so a question with one keeps its options in the order of the file.

use crate::text::search_key;

/// The place of the first option that speaks of others.
pub fn speaks_of_others(options: &[String]) -> Option<usize> {
    (0..options.len()).find(|&place| speaks(&options[place], place, options.len()))
}

fn speaks(option: &str, place: usize, count: usize) -> bool {
    let key = search_key(option);
    let words = key.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.map(|word| word.strip_prefix('0').unwrap_or(word)).collect();
    let words = without_own_letter(&words, place);
    // A letter of its own tells nothing: `Phương án a của câu 1`.
    let other = |word: &str| letter(word, count).filter(|named| *named != place);
    is_list_of_letters(words, &other)
        || names_an_option(words, &other)
        || speaks_of_all_options(words)
        || points_at_others(words)
        || counts_the_others(words, place, count)
}

/// `D. Cả A và B`: the letter of the option itself is no part of what it says.
fn without_own_letter<'a, 'b>(words: &'b [&'a str], place: usize) -> &'b [&'a str] {
    match words.split_first() {
        Some((first, rest)) if rest.len() > 1 && letter(first, place + 1) == Some(place) && !joins(rest[0]) => rest,
        _ => words,
    }
}

/// The place of a word that is the letter of one of `count` options.
fn letter(word: &str, count: usize) -> Option<usize> {
    let place = super::OptionSet::place_of(word).map(usize::from)?;
    (place < count).then_some(place)
}

fn joins(word: &str) -> bool {
    matches!(word, "va" | "hoac" | "hay" | "and" | "or" | "voi" | "cung" | "lan")
}

/// What options are called.
const NOUNS: [&[&str]; 7] =
    [&["phuong", "an"], &["dap", "an"], &["lua", "chon"], &["cau", "tra", "loi"], &["cau"], &["y"], &["options"]];

/// The words behind the name of an option, where the words begin with one.
fn behind_noun<'a, 'b>(words: &'b [&'a str]) -> Option<&'b [&'a str]> {
    NOUNS.iter().find_map(|noun| words.strip_prefix(*noun))
}

/// Letters and what joins them, and nothing else: `A và B`, `Cả A, B, C đều đúng`, `Chỉ câu A đúng`. A letter
/// alone may be an answer; two letters, or a letter that is said to be right, mean options.
fn is_list_of_letters(words: &[&str], other: &impl Fn(&str) -> Option<usize>) -> bool {
    let letters = words.iter().filter(|word| letter(word, super::LETTERS.len()).is_some()).count();
    let others = words.iter().filter(|word| other(word).is_some()).count();
    let mut rest: &[&str] = words;
    let mut said = false;
    while let Some(word) = rest.first() {
        if let Some(behind) = behind_noun(rest) {
            (rest, said) = (behind, true);
            continue;
        }
        let verdict = matches!(*word, "dung" | "sai" | "correct" | "wrong" | "true" | "false");
        said |= verdict;
        let glue = verdict
            || joins(word)
            || letter(word, super::LETTERS.len()).is_some()
            || word.parse::<u8>().is_ok()
            || matches!(
                *word,
                "ca" | "deu" | "la" | "chi" | "duoc" | "co" | "tat" | "cac" | "hai" | "ba" | "bon" | "khong" | "phai"
            )
            || matches!(*word, "both" | "neither" | "nor" | "are" | "is" | "only" | "all" | "tren");
        if !glue {
            return false;
        }
        rest = &rest[1..];
    }
    others > 0 && (letters >= 2 || said)
}

/// `Cả A và B cùng vi phạm`, `Như phương án A`: letters that are clearly those of options.
fn names_an_option(words: &[&str], other: &impl Fn(&str) -> Option<usize>) -> bool {
    let is_letter = |word: Option<&&str>| word.is_some_and(|word| letter(word, super::LETTERS.len()).is_some());
    let is_other = |word: Option<&&str>| word.is_some_and(|word| other(word).is_some());
    let both = words.first() == Some(&"ca")
        && is_letter(words.get(1))
        && (is_letter(words.get(2)) || words.get(2).is_some_and(|word| joins(word)) && is_letter(words.get(3)));
    let called = (0..words.len()).any(|at| {
        let long = NOUNS[..4].iter().find_map(|noun| words[at..].strip_prefix(*noun));
        long.is_some_and(|behind| is_other(behind.first()))
    });
    both || called
}

/// `Tất cả các phương án`, `Cả ba đều đúng`, `Không có đáp án nào`, `Các ý trên đều sai`.
fn speaks_of_all_options(words: &[&str]) -> bool {
    let (rest, all) = match (behind_all(words), words) {
        (Some([]), _) => return true,
        (Some(["cac" | "nhung", rest @ ..] | rest), _) => (rest, true),
        (None, ["khong", "co", rest @ ..] | ["khong" | "cac" | "hai" | "ba" | "bon" | "mot", rest @ ..])
            if !rest.is_empty() =>
        {
            (rest, false)
        }
        _ => return false,
    };
    let judged = |words: &[&str]| {
        let words = words.iter().skip_while(|word| matches!(**word, "deu" | "la" | "cung" | "khong"));
        words.clone().next().is_some_and(|word| matches!(*word, "dung" | "sai" | "chinh")) && words.count() <= 2
    };
    let ends = |words: &[&str]| {
        words.first().is_none_or(|word| {
            matches!(*word, "tren" | "nao" | "deu" | "dung" | "sai" | "o" | "neu" | "duoi" | "con" | "da")
        })
    };
    all && judged(rest) || behind_noun(rest).is_some_and(ends)
}

/// The words behind `tất cả`, `cả hai` …
fn behind_all<'a, 'b>(words: &'b [&'a str]) -> Option<&'b [&'a str]> {
    match words {
        ["tat", "ca", rest @ ..]
        | ["toan", "bo", rest @ ..]
        | ["ca", "hai" | "ba" | "bon" | "nam" | "2" | "3" | "4" | "5", rest @ ..] => Some(rest),
        _ => None,
    }
}

/// Ends by pointing at other options: `Tất cả các nội dung trên`, `Không thuộc các trường hợp nêu trên`,
/// `None of the above`.
fn points_at_others(words: &[&str]) -> bool {
    let words = match words {
        [rest @ .., "deu" | "la", "dung" | "sai"] | [rest @ .., "dung" | "sai" | "day"] => rest,
        _ => words,
    };
    let speaks_of_many =
        words.iter().any(|word| matches!(*word, "tat" | "ca" | "cac" | "nhung" | "khong" | "khac" | "ngoai" | "mot"));
    match words {
        [.., "of", "the", "above"] | [.., "of", "these"] => true,
        // Higher and lower authorities.
        [.., "cap", "tren" | "duoi"] => false,
        [_, _, .., "tren" | "duoi"] | [_, .., "con", "lai"] => speaks_of_many,
        _ => false,
    }
}

/// The last option begins with the number of those before it: `Cả ba hình thức` behind three forms.
fn counts_the_others(words: &[&str], place: usize, count: usize) -> bool {
    let number = match words {
        ["ca", "hai" | "2", ..] => 2,
        ["ca", "ba" | "3", ..] => 3,
        ["ca", "bon" | "4", ..] => 4,
        ["ca", "nam" | "5", ..] => 5,
        _ => return false,
    };
    place + 1 == count && number == place
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fourth(option: &str) -> bool {
        let options = ["Luật", "Nghị quyết", "Nghị định", option].map(str::to_owned);
        speaks_of_others(&options) == Some(3)
    }

    #[test]
    fn options_that_speak_of_others_are_seen() {
        for option in [
            "Cả A và B",
            "Cả A và B đều đúng",
            "A và C đúng",
            "A, B và C",
            "Cả A, B, C",
            "Cả a, b và c đều đúng.",
            "Chỉ A đúng",
            "Câu A và B đúng",
            "Phương án A và B",
            "Đáp án a hoặc b",
            "Cả A và B cùng thực hiện theo quy định",
            "Thực hiện như phương án A",
            "D. Cả A và B",
            "Tất cả các phương án trên",
            "Tất cả các phương án",
            "Tất cả các ý trên đều đúng",
            "Tất cả đều đúng",
            "Tất cả đều sai",
            "Tất cả",
            "Cả ba đều đúng",
            "Cả hai câu trên",
            "Cả 3 phương án trên",
            "Cả 03 phương án trên",
            "Cả hai",
            "Cả ba hình thức",
            "Các đáp án trên đều sai",
            "Tất cả các nội dung nêu trên",
            "Tất cả các trường hợp trên đây",
            "Không có đáp án nào ở trên",
            "Không phương án nào đúng",
            "Không câu nào đúng",
            "Không thuộc các trường hợp nêu trên",
            "Các phương án còn lại đều sai",
            "All of the above",
            "None of the above",
            "Both A and B",
            "B và C đều sai",
            "TẤT CẢ CÁC PHƯƠNG ÁN TRÊN",
        ] {
            assert!(fourth(option), "{option}");
        }
    }

    #[test]
    fn options_that_stand_for_themselves_are_left_alone() {
        for option in [
            "A",
            "Vitamin A và B",
            "Anh A và chị B",
            "Bằng lái hạng A",
            "Tất cả công dân Việt Nam đủ 18 tuổi trở lên",
            "Cả hai vợ chồng",
            "Cả nước",
            "Không kinh doanh trên vỉa hè",
            "Các cơ quan trên địa bàn tỉnh",
            "Người từ đủ 14 tuổi trở lên",
            "Không bị xử phạt",
            "Không có",
            "Không đúng quy định của pháp luật",
            "Không đúng",
            "Ba năm",
            "Điểm a, b khoản 1 Điều 5",
            "Câu lạc bộ A",
            "Ý thức của người dân",
            "Ở trên cao",
            "Các cơ quan cấp trên",
            "Phương án d của câu 1",
            "Phương án D",
            "Đúng",
            "Sai",
            "2 và 3",
        ] {
            assert!(!fourth(option), "{option}");
        }
    }

    #[test]
    fn the_number_of_the_others_is_counted() {
        let three = |option: &str| speaks_of_others(&["Vợ", "Chồng", option].map(str::to_owned));
        assert_eq!(three("Cả hai vợ chồng"), Some(2));
        assert_eq!(three("Cả ba thế hệ"), None);
        assert_eq!(speaks_of_others(&["Cả hai vợ chồng", "Chồng", "Vợ"].map(str::to_owned)), None);
    }
}

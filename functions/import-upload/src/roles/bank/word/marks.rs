//! What the beginning of a line says that it is: a question, an option, an answer, an explanation, a heading. Everything is
//! compared in small letters without marks.

use super::lines::{Letter, text};
use contest::bank::OptionSet;
use contest::text::search_key;

/// A character in small letters without marks.
pub(super) fn fold(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut base = None;
    unicode_normalization::char::decompose_canonical(c, |part| base = base.or(Some(part)));
    match base.unwrap_or(c) {
        '\u{110}' | '\u{111}' => 'd',
        base => base.to_lowercase().next().unwrap_or(base),
    }
}

/// A look along a line.
#[derive(Clone, Copy)]
pub(super) struct Scan<'a> {
    letters: &'a [Letter],
    /// How far it has come.
    pub(super) at: usize,
}

impl<'a> Scan<'a> {
    pub(super) fn new(letters: &'a [Letter]) -> Self {
        Self { letters, at: 0 }
    }

    pub(super) fn peek(&self) -> Option<char> {
        self.letters.get(self.at).map(|letter| fold(letter.c))
    }

    pub(super) fn rest(&self) -> &'a [Letter] {
        &self.letters[self.at..]
    }

    pub(super) fn blanks(&mut self) -> &mut Self {
        while self.peek().is_some_and(char::is_whitespace) {
            self.at += 1;
        }
        self
    }

    /// Goes behind one of these characters.
    pub(super) fn one_of(&mut self, signs: &str) -> Option<char> {
        let found = self.peek().filter(|c| signs.contains(*c))?;
        self.at += 1;
        Some(found)
    }

    /// Goes behind words, parted by blanks in any number.
    pub(super) fn words(&mut self, words: &str) -> bool {
        let start = self.at;
        for (place, word) in words.split(' ').enumerate() {
            if place > 0 {
                self.blanks();
            }
            for c in word.chars() {
                if self.one_of(c.encode_utf8(&mut [0; 4])).is_none() {
                    self.at = start;
                    return false;
                }
            }
        }
        // A word ends there.
        if self.peek().is_some_and(char::is_alphabetic) && words.ends_with(char::is_alphabetic) {
            self.at = start;
            return false;
        }
        true
    }

    /// Goes behind the first of several that stands here.
    pub(super) fn any_words(&mut self, choices: &[&'static str]) -> Option<&'static str> {
        choices.iter().find(|words| self.words(words)).copied()
    }

    pub(super) fn number(&mut self) -> Option<u32> {
        let digits: String = self.rest().iter().map(|letter| letter.c).take_while(char::is_ascii_digit).collect();
        let number = digits.parse().ok().filter(|_| digits.len() <= 4)?;
        self.at += digits.len();
        Some(number)
    }
}

/// How a line begins a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Beginning {
    /// With the word for a question and its number.
    Question,
    /// With the word for an exercise or a lesson, and its number.
    Exercise,
    /// With a number alone.
    Number,
}

/// The beginning of a question.
#[derive(Clone, Copy, Debug)]
pub(super) struct Start {
    pub(super) beginning: Beginning,
    pub(super) number: u32,
    /// Characters before the text.
    pub(super) used: usize,
}

/// The beginning of a question, where the line has the form of one.
pub(super) fn start(letters: &[Letter]) -> Option<Start> {
    let mut scan = Scan::new(letters);
    scan.blanks();
    if level(&mut scan).is_some() {
        scan.blanks();
    }
    let beginning = match scan.any_words(&["cau hoi", "cau", "question", "bai"]) {
        Some("bai") => Beginning::Exercise,
        Some(_) => Beginning::Question,
        // The same word in fonts of the time before Unicode: what is refused is told by its number.
        None if scan.words("c©u") || scan.words("caau") => Beginning::Question,
        None => Beginning::Number,
    };
    if beginning != Beginning::Number {
        scan.blanks();
        if scan.words("so") {
            scan.blanks();
        }
    }
    let number = scan.number().filter(|number| *number > 0)?;
    if beginning == Beginning::Number {
        scan.one_of(".)/:")?;
        // 1.000 and 30/4 are no numbers of questions.
        if scan.peek().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
    } else if scan.peek().is_some_and(char::is_alphanumeric) || scan.peek() == Some(',') || range_follows(scan) {
        return None;
    } else {
        scan.blanks();
        while scan.one_of(".):/").is_some() {}
        let dash = scan;
        if scan.one_of("-–").is_some() && !scan.peek().is_some_and(char::is_whitespace) {
            scan = dash;
        }
    }
    scan.blanks();
    Some(Start { beginning, number, used: scan.at })
}

/// Whether another number follows the first one, as in `Câu 5 đến 8` and `Câu 5, 6`.
fn range_follows(mut scan: Scan<'_>) -> bool {
    scan.blanks();
    let joined = scan.one_of(",-–").is_some() || scan.any_words(&["den", "va", "to", "and"]).is_some();
    scan.blanks();
    if scan.any_words(&["cau hoi", "cau", "question"]).is_some() {
        scan.blanks();
    }
    joined && scan.number().is_some() && !scan.peek().is_some_and(char::is_alphanumeric)
}

/// Whether a line speaks of a text that several questions share.
pub(super) fn is_shared_passage(letters: &[Letter]) -> bool {
    let key = search_key(&text(letters));
    if ["phan ", "thi sinh", "i.", "ii.", "iii."].iter().any(|start| key.starts_with(start)) {
        return false;
    }
    let cues = ["doc ", "dua vao", "su dung", "dung chung", "cho doan", "cho thong tin", "du kien", "tra loi", "read "];
    let has_cue = cues.iter().any(|cue| key.contains(cue));
    let begins_so = Scan::new(letters).blanks().any_words(&["cau hoi", "cau"]).is_some();
    if !has_cue && !begins_so {
        return false;
    }
    (0..letters.len()).any(|at| {
        let mut scan = Scan::new(letters);
        scan.at = at;
        let begins_word = at == 0 || !letters[at - 1].c.is_alphanumeric();
        let named = begins_word
            && scan.any_words(&["cau hoi so", "cau hoi", "cau so", "cau", "questions", "question"]).is_some();
        scan.blanks();
        if scan.words("tu") {
            scan.blanks();
        }
        if scan.words("cau") {
            scan.blanks();
        }
        named && scan.number().is_some() && range_follows(scan)
    })
}

/// The letter before an option.
#[derive(Clone, Copy, Debug)]
pub(super) struct OptionMark {
    /// 0 for A.
    pub(super) place: usize,
    pub(super) is_small: bool,
    pub(super) has_star: bool,
    /// The order of the options is to stay.
    pub(super) is_fixed: bool,
    /// Where the letter stands.
    pub(super) letter: usize,
    /// Characters before the text.
    pub(super) used: usize,
}

/// The mark of an option that begins here.
pub(super) fn option_mark(letters: &[Letter]) -> Option<OptionMark> {
    let mut scan = Scan::new(letters);
    let (mut has_star, mut is_fixed) = (false, false);
    while let Some(sign) = scan.blanks().one_of("*#") {
        has_star |= sign == '*';
        is_fixed |= sign == '#';
    }
    let in_brackets = scan.one_of("(").is_some();
    let letter = scan.at;
    let written = letters.get(letter)?.c;
    let place = place_of(written)?;
    scan.at += 1;
    let is_small = written.is_lowercase();
    if scan.peek() == Some(' ') {
        scan.at += 1;
    }
    scan.one_of(match (in_brackets, is_small) {
        (true, _) => ")",
        (false, true) => ".)/",
        (false, false) => ".)/:",
    })?;
    if scan.blanks().one_of("*").is_some() {
        has_star = true;
        scan.blanks();
    }
    Some(OptionMark { place, is_small, has_star, is_fixed, letter, used: scan.at })
}

/// The place of an option's letter, A to J; letters of other alphabets that look like these are these.
fn place_of(letter: char) -> Option<usize> {
    let latin = match letter {
        '\u{410}' | '\u{391}' => 'A',
        '\u{412}' | '\u{392}' => 'B',
        '\u{421}' => 'C',
        '\u{415}' | '\u{395}' => 'E',
        other => other,
    };
    let lower = latin.to_ascii_lowercase();
    matches!(lower, 'a'..='j').then(|| usize::from(lower as u8 - b'a'))
}

/// A line that names the right options.
pub(super) fn answer(letters: &[Letter]) -> Option<&[Letter]> {
    let mut scan = Scan::new(letters);
    scan.blanks();
    while scan.one_of("=>→⇒➔➜•*-+").is_some() {
        scan.blanks();
    }
    const SURE: [&str; 9] = [
        "dap an dung la",
        "dap an chinh xac la",
        "dap an dung",
        "dap an la",
        "dap an",
        "phuong an dung",
        "da",
        "d/a",
        "answer",
    ];
    const WEAK: [&str; 8] =
        ["chon dap an dung la", "chon dap an", "chon phuong an", "chon cau", "chon", "ans", "key", "tra loi"];
    let is_sure = scan.any_words(&SURE).is_some();
    if !is_sure {
        scan.any_words(&WEAK)?;
    }
    scan.blanks();
    let has_colon = scan.one_of(":=").is_some();
    if !has_colon {
        scan.one_of(".-–");
    }
    scan.blanks();
    let rest = scan.rest();
    let is_list = is_list_of_letters(rest);
    (is_list || is_sure && has_colon && !rest.is_empty()).then_some(rest)
}

/// Whether nothing but letters of options stands here: `B`, `A, C`, `(B).`
pub(super) fn is_list_of_letters(letters: &[Letter]) -> bool {
    let lower = text(letters).to_lowercase();
    let words = lower.split(|c: char| c.is_whitespace() || ",;.&+()/".contains(c)).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.filter(|word| search_key(word) != "va").collect();
    !words.is_empty() && words.iter().all(|word| OptionSet::place_of(word).is_some() || is_run(word))
}

/// `AC`: letters that are run together, in order.
fn is_run(word: &str) -> bool {
    let bytes = word.as_bytes();
    bytes.len() <= 6
        && bytes.iter().all(|byte| matches!(byte, b'a'..=b'f'))
        && bytes.windows(2).all(|two| two[0] < two[1])
}

const EXPLANATIONS: [&str; 8] = [
    "loi giai chi tiet",
    "loi giai",
    "huong dan giai",
    "huong dan tra loi",
    "huong dan",
    "giai thich",
    "explanation",
    "hdg",
];

/// Characters before an explanation that begins with this line.
pub(super) fn explanation(letters: &[Letter]) -> Option<usize> {
    let mut scan = Scan::new(letters);
    scan.blanks();
    if scan.one_of(">").is_some() || scan.words("[hdg]") {
        scan.one_of(":");
        return Some(scan.blanks().at);
    }
    scan.any_words(&EXPLANATIONS)?;
    scan.blanks();
    let is_parted = scan.one_of(":.-–").is_some();
    scan.blanks();
    (is_parted || scan.rest().is_empty()).then_some(scan.at)
}

/// Where an explanation begins on the line of an answer: `Đáp án: B. Giải thích: …`.
pub(super) fn explanation_inside(letters: &[Letter]) -> Option<usize> {
    (1..letters.len()).find(|&at| {
        let begins_word = !letters[at - 1].c.is_alphanumeric();
        begins_word && letters[at].c != '>' && explanation(&letters[at..]).is_some_and(|used| at + used < letters.len())
    })
}

/// Goes behind a level such as `[NB]`, and returns it.
pub(super) fn level(scan: &mut Scan<'_>) -> Option<String> {
    let start = scan.at;
    if scan.one_of("[").is_some() {
        let inside = scan.at;
        let known =
            scan.any_words(&["nb", "th", "vdc", "vd", "vc", "nhan biet", "thong hieu", "van dung cao", "van dung"]);
        let written = text(&scan.letters[inside..scan.at]);
        if known.is_some() && scan.one_of("]").is_some() {
            return Some(written);
        }
    }
    scan.at = start;
    None
}

/// A line that says how hard a question is.
pub(super) fn level_line(letters: &[Letter]) -> Option<&[Letter]> {
    let mut scan = Scan::new(letters);
    scan.blanks().any_words(&["muc do nhan thuc", "muc do", "level"])?;
    scan.blanks().one_of(":")?;
    Some(scan.blanks().rest())
}

/// What a tag of a mixing program says.
pub(super) enum MixTag {
    /// A question ends.
    Break,
    /// How hard the next one is, and the characters of the tag.
    Level(String, usize),
    /// Any other.
    Other,
}

/// A tag such as `[<br>]` at the beginning of a line.
pub(super) fn mix_tag(letters: &[Letter]) -> Option<MixTag> {
    let mut scan = Scan::new(letters);
    scan.blanks();
    if scan.words("[<br>]") {
        return Some(if scan.blanks().rest().is_empty() { MixTag::Break } else { MixTag::Other });
    }
    if scan.words("[<df>]") {
        let inside = scan.at;
        while scan.at < letters.len() {
            let end = scan.at;
            if scan.words("[</df>]") {
                return Some(MixTag::Level(text(&letters[inside..end]), scan.blanks().at));
            }
            scan.at += 1;
        }
        return Some(MixTag::Other);
    }
    let mut scan = Scan::new(letters);
    scan.blanks();
    (scan.one_of("[").is_some() && scan.one_of("<").is_some()).then_some(MixTag::Other)
}

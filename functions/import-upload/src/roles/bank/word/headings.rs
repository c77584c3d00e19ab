//! Lines that are no part of a question, as far as that is sure.

use super::lines::{Letter, text};
use super::marks::Scan;
use contest::text::search_key;

/// What a line above answers says.
pub(super) fn opens_answers(letters: &[Letter]) -> bool {
    let key = search_key(&text(letters));
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    let exact = ["dap an", "bang dap an", "bang tra loi", "phan dap an", "answer key", "answer keys", "answers", "key"];
    let begins = [
        "bang dap an ",
        "dap an de ",
        "dap an tuan ",
        "dap an cau hoi",
        "dap an mon ",
        "dap an tham khao",
        "dap an trac nghiem",
        "dap an va huong dan",
        "huong dan cham",
        "dap an chi tiet",
    ];
    exact.contains(&key) || begins.iter().any(|begin| key.starts_with(begin)) && !key.contains('?')
}

/// Whether a line says that nothing more is asked.
pub(super) fn is_end(letters: &[Letter]) -> bool {
    let key = search_key(&text(letters));
    matches!(key.trim_matches(|c: char| !c.is_alphanumeric()), "het" | "het de" | "the end")
}

/// What the questions of a part are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PartKind {
    /// To choose from options, as far as is known.
    #[default]
    Choice,
    /// Statements that are true or false, short answers, essays.
    Other,
}

/// The name of a part that begins with this line, as `PHẦN II`, and what its questions are.
pub(super) fn part(letters: &[Letter]) -> Option<(String, PartKind)> {
    let mut scan = Scan::new(letters);
    scan.blanks();
    let begin = scan.at;
    if !scan.any_words(&["phan thi", "phan"]).is_some_and(|_| scan.peek().is_some_and(char::is_whitespace)) {
        return None;
    }
    scan.blanks();
    let number = scan.at;
    while scan.peek().is_some_and(char::is_alphanumeric) {
        scan.at += 1;
    }
    let name = search_key(&text(&letters[number..scan.at]));
    let is_roman = !name.is_empty() && name.chars().all(|c| "ivx".contains(c));
    let is_other =
        name.parse::<u32>().is_ok() || matches!(name.as_str(), "a" | "b" | "c" | "d" | "mot" | "hai" | "ba" | "bon");
    if !is_roman && !is_other {
        return None;
    }
    let key = search_key(&text(letters));
    let kinds = [
        "dung sai",
        "dung/sai",
        "dung / sai",
        "dung - sai",
        "dung – sai",
        "dung hoac sai",
        "tra loi ngan",
        "tu luan",
        "dien khuyet",
        "ghep",
    ];
    let kind = if kinds.iter().any(|kind| key.contains(kind)) { PartKind::Other } else { PartKind::Choice };
    Some((text(&letters[begin..scan.at]), kind))
}

/// Whether a line is surely a heading, a signature or a note to those who take part.
pub(super) fn is_heading(letters: &[Letter]) -> bool {
    let written = text(letters);
    let key = search_key(&written);
    if written.ends_with('?') || written.is_empty() {
        return false;
    }
    let begins = [
        "chuong ",
        "chu de ",
        "chu de:",
        "chuyen de ",
        "linh vuc:",
        "linh vuc ",
        "phan ",
        "ngan hang cau hoi",
        "bo cau hoi",
        "bo de",
        "de thi ",
        "de so ",
        "de cuong",
        "thi sinh khong",
        "can bo coi thi",
        "nguoi ra de",
        "nguoi bien soan",
        "noi nhan",
        "cong hoa xa hoi",
        "doc lap",
    ];
    let counted = ["tuan ", "vong ", "dot ", "muc ", "bai "];
    let has_number = |rest: &str| {
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        word.parse::<u32>().is_ok() || !word.is_empty() && word.chars().all(|c| "ivx".contains(c))
    };
    let roman =
        key.split_once('.').is_some_and(|(number, _)| !number.is_empty() && number.chars().all(|c| "ivx".contains(c)));
    begins.iter().any(|begin| key.starts_with(begin))
        || counted.iter().any(|word| key.strip_prefix(word).is_some_and(has_number))
        || roman
        || is_in_capitals(&written)
        || !key.chars().any(char::is_alphanumeric)
}

/// Whether a text has letters, and all of them are capitals.
pub(super) fn is_in_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !text.chars().any(char::is_lowercase)
}

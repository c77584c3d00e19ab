//! Rows of a bank that are no questions: titles of parts, totals, signatures, headers said again, numbers waiting for a
//! question. Only what can be told for sure is passed over.

use crate::table::TableRow;
use contest::text::{clean, search_key};
use documents::words::import::headers::bank as headers;

/// What a row is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RowKind {
    /// A question, whole or not.
    Question,
    /// Surely no question.
    Heading,
    /// A text without options and answer.
    Unclear,
}

/// What a row is, by the cells that it has.
pub(super) fn kind_of(row: &TableRow<'_>) -> RowKind {
    if row.repeats_headers() {
        return RowKind::Heading;
    }
    let cell = |header| row.cell(header);
    let options: Vec<String> = headers::OPTIONS
        .iter()
        .map(|option| cell(*option))
        .filter(|cell| !cell.is_missing())
        .map(|cell| cell.text)
        .collect();
    let (number, stem, answer) = (cell(headers::NUMBER), cell(headers::QUESTION), cell(headers::ANSWER));
    if !answer.is_missing() || options.len() > 2 {
        return RowKind::Question;
    }
    let is_number = number.text.trim_end_matches(['.', ')']).bytes().all(|byte| byte.is_ascii_digit());
    let texts: Vec<&str> = [&number.text, &stem.text]
        .into_iter()
        .filter(|text| !(text.is_empty() || is_number && std::ptr::eq(*text, &number.text)))
        .chain(&options)
        .map(String::as_str)
        .collect();
    if texts.iter().all(|text| is_heading(text)) {
        return RowKind::Heading;
    }
    match options.is_empty() || stem.is_missing() {
        true => RowKind::Unclear,
        false => RowKind::Question,
    }
}

/// Whether a text by itself is surely a title, a total or a signature.
fn is_heading(text: &str) -> bool {
    let text = clean(text);
    let key = search_key(&text);
    !text.ends_with('?') && (is_title(&text, &key) || is_total(&key) || is_signature(&key))
}

/// What parts are called.
const PARTS: [&str; 9] = ["phan", "chuong", "bai", "muc", "chu de", "chuyen de", "linh vuc", "nhom", "dang"];

/// `PHẦN I. LỊCH SỬ`, `Chủ đề: Đảng`, `II. Địa lý`, or capitals alone.
fn is_title(text: &str, key: &str) -> bool {
    let named = PARTS.iter().find_map(|part| key.strip_prefix(part)).is_some_and(|rest| {
        let rest = rest.trim_start();
        let word = rest.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        rest.starts_with(':') || is_ordinal(word)
    });
    let (first, behind) = text.split_once(['.', ')', '-', ':']).unwrap_or((text, ""));
    let numbered = is_roman(first.trim()) && !behind.trim().is_empty();
    let capitals = text.chars().filter(|c| c.is_alphabetic()).count() > 3 && !text.chars().any(char::is_lowercase);
    named || numbered || capitals
}

fn is_ordinal(word: &str) -> bool {
    let number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    number
        || is_roman(&word.to_uppercase())
        || matches!(word, "thu" | "mot" | "hai" | "ba" | "bon" | "nam" | "a" | "b" | "c" | "d")
}

fn is_roman(word: &str) -> bool {
    !word.is_empty() && word.len() <= 5 && word.bytes().all(|byte| matches!(byte, b'I' | b'V' | b'X'))
}

/// `Tổng cộng: 30 câu`.
fn is_total(key: &str) -> bool {
    let rest = ["tong cong", "tong so cau", "tong so", "tong", "cong"].iter().find_map(|word| key.strip_prefix(word));
    rest.is_some_and(|rest| {
        let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words
            .into_iter()
            .all(|word| matches!(word, "cau" | "hoi" | "so") || word.bytes().all(|byte| byte.is_ascii_digit()))
    })
}

/// `Thái Nguyên, ngày 3 tháng 5 năm 2026`, `Người lập biểu`, `(Ký, ghi rõ họ tên)`, `--- HẾT ---`.
fn is_signature(key: &str) -> bool {
    const SIGNERS: [&str; 13] = [
        "nguoi lap",
        "nguoi bien soan",
        "nguoi soan",
        "nguoi ra de",
        "nguoi duyet",
        "nguoi tong hop",
        "thu truong",
        "xac nhan cua",
        "(ky",
        "ky ten",
        "tm.",
        "kt.",
        "noi nhan",
    ];
    let bare = key.trim_matches(|c: char| !c.is_alphanumeric());
    let is_dated =
        key.contains("ngay") && key.contains("thang") && key.contains("nam") && key.contains(',') && key.len() < 60;
    is_dated || bare == "het" || SIGNERS.iter().any(|signer| key.starts_with(signer)) && key.len() < 60
}

#[cfg(test)]
mod tests {
    use super::is_heading;

    #[test]
    fn titles_totals_and_signatures_are_told() {
        for text in [
            "PHẦN I. LỊCH SỬ",
            "Phần 1: Kiến thức chung",
            "Phần thứ nhất",
            "Chương II - Quyền và nghĩa vụ",
            "Chủ đề: Chuyển đổi số",
            "Chủ đề 3",
            "II. Địa lý",
            "CÂU HỎI VỀ CẢI CÁCH HÀNH CHÍNH",
            "Tổng cộng: 30 câu",
            "Tổng số câu hỏi: 30",
            "Cộng",
            "Thái Nguyên, ngày 3 tháng 5 năm 2026",
            "Người lập biểu",
            "(Ký, ghi rõ họ tên)",
            "--- Hết ---",
            "TM. BAN TỔ CHỨC",
        ] {
            assert!(is_heading(text), "{text}");
        }
    }

    #[test]
    fn what_may_be_a_question_is_none_of_them() {
        for text in [
            "Phần mềm nào dùng để soạn thảo?",
            "Phần mềm độc hại là gì",
            "Bài hát Quốc ca do ai sáng tác",
            "Tổng Bí thư đầu tiên là ai",
            "Tổng số huyện của tỉnh là bao nhiêu",
            "Cộng đồng ASEAN gồm mấy nước",
            "Ngày tháng năm sinh của Bác",
            "Ai ký quyết định này",
            "V",
            "NĂM NÀO THÀNH LẬP TỈNH?",
            "Mục tiêu của chương trình là gì",
        ] {
            assert!(!is_heading(text), "{text}");
        }
    }
}

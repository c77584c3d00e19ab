//! Sentences about proposals: why one cannot be carried out, and how what came differs from what was shown.

use super::format as figures;
use super::import::message;
use contest::problem::ProblemKind;

sentences! {
    /// Another version of a round, or of the contest, than was shown.
    differs(round, version): "Vòng {round}, bản {version}: người đoạt giải khác với bản tính thử đã duyệt. Xin kiểm tra ngay với kỹ thuật.";
    /// A file that was written and not taken.
    not_taken(why): "Tệp đã ghi nhưng chưa được nhận: {why}";
}

/// Something later stands there.
pub const OVERTAKEN: &str =
    "Nội dung này đã được thay bằng một thay đổi khác sau khi tính thử; hệ thống giữ nguyên thay đổi sau.";

/// For a reason that nobody gave.
pub const NO_REASON: &str = "Không ghi lý do.";

/// A change that cannot be made, by its number from 1.
pub fn refused(number: u32, kind: &ProblemKind) -> String {
    format!("Thay đổi {number}: {}", message(kind))
}

/// Changes that are in force under the same number and day.
pub fn made_already(changes: usize) -> String {
    let changes = figures::grouped(changes as u64);
    format!(
        "{changes} thay đổi đã có trong một quyết định cùng số, cùng ngày. Xin bỏ các thay đổi đó hoặc ghi quyết định khác."
    )
}

/// A clause as a sentence.
pub fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    format!("{first}{}.", letters.as_str())
}

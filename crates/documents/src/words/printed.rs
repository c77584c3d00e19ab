//! Annexes and certificates, as far as their words are not those of their templates.

use super::format::grouped;
use super::officials::WHOLE_CONTEST;

/// What winners are given.
pub const CERTIFICATE: &str = "Giấy chứng nhận";
/// Stands where a place is to be filled in by hand.
pub const PLACE_TO_FILL: &str = "………………";
/// Why there are no certificates.
pub const SITE_UNKNOWN: &str = "Phiên bản kết quả này được tính khi hệ thống chưa ghi địa chỉ trang công khai, nên giấy chứng nhận chưa có mã QR để kiểm tra.";

/// What an annex lists; a round by its name.
pub fn annex_title(contest: &str, round: Option<&str>) -> String {
    match round {
        Some(round) => format!("Danh sách thí sinh đạt giải {round} - {contest}"),
        None => format!("Danh sách thí sinh đạt giải toàn cuộc thi - {contest}"),
    }
}

/// What a file of certificates is called.
pub fn certificates_title(contest: &str, round: Option<&str>) -> String {
    format!("{CERTIFICATE} - {} - {contest}", round.unwrap_or(WHOLE_CONTEST))
}

/// Where something was won or completed.
pub fn occasion(contest: &str, round: Option<&str>) -> String {
    round.map_or_else(|| contest.to_owned(), |round| format!("{round}, {contest}"))
}

/// Why there are no slips: a roster that was compiled before names were kept.
pub const NAMES_UNKNOWN: &str = "Danh sách thí sinh này được nạp khi hệ thống chưa giữ họ tên để in phiếu; hãy nạp lại chính tệp đó (roster.xlsx hoặc roster.csv), mã dự thi không đổi.";
/// What stands in a file of slips that the roster in force does not need any more.
pub const SLIPS_OUTDATED: &str =
    "Danh sách thí sinh đang có hiệu lực đã có đủ phiếu trong các tệp trước; tệp này không còn phiếu nào.";
/// What stands above the slips.
pub const SLIPS_NOTE: &str =
    "Cắt theo đường kẻ đứt, giao từng phiếu tận tay người có tên; không chụp ảnh, không đăng lên mạng.";
/// Most letters of a contest's name on a slip.
const MOST_LETTERS: usize = 90;

/// What a file of slips is called.
pub fn slips_title(contest: &str) -> String {
    format!("Phiếu mã dự thi - {contest}")
}

/// A unit with its number of slips, or where a file before has the first of them (`from` is not 1).
pub fn slips_of_unit(unit: &str, count: usize, from: usize) -> String {
    let count = grouped(count as u64);
    match from {
        1 => format!("{unit}: {count} phiếu"),
        _ => format!("{unit}: {count} phiếu (tiếp theo, từ phiếu thứ {})", grouped(from as u64)),
    }
}

/// A contest's name as it stands on a slip.
pub fn short_name(contest: &str) -> String {
    if contest.chars().count() <= MOST_LETTERS {
        return contest.to_owned();
    }
    let cut: String = contest.chars().take(MOST_LETTERS).collect();
    let whole_words = cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words);
    format!("{whole_words}…")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_is_cut_between_words() {
        assert_eq!(short_name("Cuộc thi"), "Cuộc thi");
        // 88 letters, a space, and a word across the limit.
        let name = format!("{} cuối cùng", "x".repeat(88));
        assert_eq!(short_name(&name), format!("{}…", "x".repeat(88)));
        assert_eq!(short_name(&"x".repeat(200)), format!("{}…", "x".repeat(90)));
    }

    #[test]
    fn a_unit_that_goes_on_says_so() {
        assert_eq!(slips_of_unit("Xã Ba", 1_200, 1), "Xã Ba: 1.200 phiếu");
        assert_eq!(slips_of_unit("Xã Ba", 1_200, 301), "Xã Ba: 1.200 phiếu (tiếp theo, từ phiếu thứ 301)");
    }
}

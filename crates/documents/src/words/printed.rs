//! Annexes and certificates, as far as their words are not those of their templates.

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

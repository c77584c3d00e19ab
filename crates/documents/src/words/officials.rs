//! Headings and sentences of officials' files.

use super::format;
use crate::site::RoundVersion;
use chrono_tz::Tz;
use contest::edition::Status;

/// Columns of `ranking.csv`.
pub const RANKING_COLUMNS: [&str; 14] = [
    "Hạng",
    "Họ và tên",
    "Mã đơn vị",
    "Đơn vị",
    "Mã công khai",
    "Điểm",
    "Đúng tất cả",
    "Dự đoán",
    "Chênh lệch",
    "Thời gian làm bài (mili giây)",
    "Thời điểm nộp bài",
    "Lượt được xét",
    "Số lượt có bài được nhận",
    "Giải",
];

/// Columns of `winners.xlsx`, as they are annexed to a decision (`DOMAIN.md` 4.7).
pub const WINNERS_COLUMNS: [&str; 13] = [
    "STT",
    "Hạng",
    "Họ và tên",
    "Ngày sinh",
    "Đơn vị",
    "Mã công khai",
    "Điểm",
    "Dự đoán",
    "Chênh lệch",
    "Thời gian làm bài",
    "Thời điểm nộp bài",
    "Giải",
    "Tiền thưởng (đồng)",
];

/// Name of the sheet of winners.
pub const WINNERS_SHEET: &str = "Danh sách đạt giải";
pub const WINNERS_TITLE: &str = "DANH SÁCH THÍ SINH ĐẠT GIẢI";
pub const SUM: &str = "Tổng cộng";

/// A yes or no in a table.
pub const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "Có" } else { "Không" }
}

/// What the results are, which version, and since when.
pub fn publication_line(version: &RoundVersion<'_>, zone: Tz) -> String {
    let status = match version.status {
        Status::Provisional => "Kết quả tạm thời",
        Status::Official => "Kết quả chính thức",
    };
    format!(
        "({status}, phiên bản {}, công bố lúc {}, {})",
        version.number,
        format::moment(version.published_at, zone),
        format::zone_name(zone)
    )
}

/// The figures of the round, and how many people wait for a prize.
pub fn totals_line(version: &RoundVersion<'_>) -> String {
    let totals = &version.result.totals;
    let mut line = format!(
        "Số người dự thi: {}; số lượt thi: {}; số người đúng tất cả: {}",
        format::grouped(totals.contestants),
        format::grouped(totals.attempts),
        format::grouped(totals.perfect_contestants)
    );
    if !version.result.waiting.is_empty() {
        let waiting = format::count(version.result.waiting.len() as u64);
        line.push_str(&format!("; {waiting} thí sinh đồng hạng đang chờ xét giải"));
    }
    line
}

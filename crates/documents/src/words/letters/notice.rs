//! The notice of a round's results.

use crate::site::RoundVersion;
use crate::words::format;
use chrono_tz::Tz;
use contest::edition::Status;
use contest::fraction::RoundingMode;
use contest::plan::{PredictionTarget, RevealKey, Round};
use contest::result::Totals;
use contest::time::Timestamp;

pub const TITLE: &str = "THÔNG BÁO";
pub const FIGURES: &str = "1. Thời gian và số liệu";
pub const WINNERS: &str = "2. Thí sinh đạt giải";
pub const UNITS: &str = "3. Tập thể đạt giải";
pub const KEY_AFTER_WINNERS: &str = "3. Đáp án và phiên bản kết quả";
pub const KEY_AFTER_UNITS: &str = "4. Đáp án và phiên bản kết quả";

/// Columns of the table of winners.
pub const WINNER_COLUMNS: [&str; 7] =
    ["STT", "Họ và tên", "Đơn vị", "Điểm", "Thời gian làm bài", "Giải", "Tiền thưởng (đồng)"];
/// Columns of the table of units.
pub const UNIT_COLUMNS: [&str; 6] = ["STT", "Đơn vị", "Số người dự thi", "Số lượt thi", "Giải", "Tiền thưởng (đồng)"];

sentences! {
    subject(round): "Kết quả {round}";
    opening(contest, organizer, round): "Căn cứ Thể lệ {contest} và kết quả chấm bài thi, {organizer} thông báo kết quả {round} như sau:";
    closing(organizer): "{organizer} thông báo để các cơ quan, đơn vị và thí sinh biết./.";
}

/// From when until when the round was open.
pub fn time(round: &Round, zone: Tz) -> String {
    format!(
        "- Thời gian thi: từ {} đến {} ({}).",
        format::moment(round.opens, zone),
        format::end_moment(round.closes, zone),
        format::zone_name(zone)
    )
}

/// The figures of the round, a sentence each.
pub fn totals(totals: &Totals, rounding: RoundingMode) -> [String; 2] {
    let Totals { registered, contestants, attempts, perfect_attempts, perfect_contestants } = *totals;
    let percent = totals.perfect_attempts_percent().map(|ratio| format::percent(ratio, rounding));
    let share = percent.map(|percent| format!(" (chiếm {percent} số lượt thi)")).unwrap_or_default();
    let [registered, contestants, attempts, perfect_attempts, perfect_contestants] =
        [registered, contestants, attempts, perfect_attempts, perfect_contestants].map(format::count);
    [
        format!("- Số tài khoản đã đăng ký: {registered}; số người dự thi: {contestants}; số lượt thi: {attempts}."),
        format!(
            "- Số lượt thi đúng tất cả các câu hỏi: {perfect_attempts}{share}; số người có lượt được xét đúng tất cả các câu hỏi: {perfect_contestants}."
        ),
    ]
}

/// What was predicted, and what it came to.
pub fn actual(target: PredictionTarget, actual: &str) -> String {
    let what = match target {
        PredictionTarget::PerfectContestants => "số người đúng tất cả các câu hỏi",
        PredictionTarget::Contestants => "số người dự thi",
        PredictionTarget::Attempts => "số lượt thi",
        PredictionTarget::PerfectAttempts => "số lượt thi đúng tất cả các câu hỏi",
        PredictionTarget::PerfectPercent => "tỷ lệ phần trăm số người đúng tất cả các câu hỏi",
    };
    format!("- Số thực tế để xét câu hỏi dự đoán ({what}): {actual}.")
}

/// How many people win, and how much.
pub fn winners(people: u64, amount: u64) -> String {
    if people == 0 {
        return "Không có thí sinh đạt giải.".to_owned();
    }
    let (people, amount) = (format::count(people), format::money(amount));
    format!("Có {people} thí sinh đạt giải, tổng tiền thưởng {amount}, theo danh sách sau:")
}

/// People whose prize waits.
pub fn waiting(people: u64) -> String {
    format!("Còn {} thí sinh đồng hạng đang chờ xét giải.", format::count(people))
}

/// When the key came out.
pub fn key(reveal: RevealKey, published_at: Timestamp, zone: Tz) -> String {
    match reveal {
        RevealKey::Published => {
            format!("- Đáp án của vòng thi được công bố cùng kết quả, từ {}.", format::moment(published_at, zone))
        }
        RevealKey::Never => "- Đáp án của vòng thi không công bố.".to_owned(),
    }
}

/// What these results are, and why there is another version.
pub fn edition(version: &RoundVersion<'_>, zone: Tz) -> String {
    let status = match version.status {
        Status::Provisional => "tạm thời",
        Status::Official => "chính thức",
    };
    let (number, moment) = (version.number, format::moment(version.published_at, zone));
    let reason = version.reason.map(|reason| format!(" Lý do có phiên bản này: {reason}.")).unwrap_or_default();
    format!("- Kết quả trên là kết quả {status}, phiên bản {number}, công bố lúc {moment}.{reason}")
}

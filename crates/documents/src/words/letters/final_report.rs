//! The report on a whole contest.

use crate::words::format;
use contest::edition::Status;
use contest::plan::Scope;

pub const TITLE: &str = "BÁO CÁO";
pub const SUBJECT: &str = "Kết quả tổ chức";
pub const BY_ROUND: &str = "1. Kết quả theo vòng thi";
pub const BY_UNIT: &str = "2. Kết quả theo đơn vị";
pub const BY_HOUR: &str = "3. Số lượt thi theo giờ nộp bài";
pub const PRIZES: &str = "4. Giải thưởng và kinh phí";
pub const REMARKS: &str = "5. Đánh giá, kiến nghị (cơ quan tổ chức bổ sung)";
pub const CONTEST_COUNTS_PEOPLE_ONCE: &str =
    "Dòng toàn cuộc thi tính mỗi người dự thi một lần; tiền thưởng của dòng này là các giải xét chung toàn cuộc thi.";

pub const ROUND_COLUMNS: [&str; 7] = [
    "Vòng thi",
    "Số tài khoản",
    "Số người dự thi",
    "Số lượt thi",
    "Số lượt đúng tất cả",
    "Tỷ lệ (%)",
    "Tiền thưởng (đồng)",
];
pub const UNIT_COLUMNS: [&str; 8] = [
    "STT",
    "Đơn vị",
    "Số thành viên",
    "Số tài khoản",
    "Số người dự thi",
    "Tỷ lệ dự thi (%)",
    "Số lượt thi",
    "Điểm trung bình",
];
pub const HOUR_COLUMNS: [&str; 3] = ["Giờ nộp bài", "Số lượt thi", "Tỷ lệ (%)"];
pub const PRIZE_COLUMNS: [&str; 6] =
    ["Giải", "Cho", "Mức thưởng (đồng)", "Số giải dự kiến", "Số giải đã xét", "Kinh phí đã dùng (đồng)"];

/// Sheets of the workbook, by name and title.
pub const ROUNDS_SHEET: (&str, &str) = ("Theo vòng", "KẾT QUẢ THEO VÒNG THI");
pub const UNITS_SHEET: (&str, &str) = ("Theo đơn vị", "KẾT QUẢ THEO ĐƠN VỊ");
pub const HOURS_SHEET: (&str, &str) = ("Theo giờ", "SỐ LƯỢT THI THEO GIỜ NỘP BÀI");
pub const PRIZES_SHEET: (&str, &str) = ("Giải thưởng", "GIẢI THƯỞNG VÀ KINH PHÍ");
pub const HOUR: &str = "Giờ nộp bài";
pub const ALL: &str = "Tổng số";

/// Columns of the sheets, with their widths in characters.
pub const ROUND_SHEET_COLUMNS: [(&str, f64); 13] = [
    ("STT", 6.0),
    ("Vòng thi", 26.0),
    ("Phiên bản", 16.0),
    ("Số tài khoản", 10.0),
    ("Số người dự thi", 10.0),
    ("Số lượt thi", 10.0),
    ("Số lượt đúng tất cả", 10.0),
    ("Tỷ lệ lượt đúng tất cả (%)", 12.0),
    ("Số người đúng tất cả", 10.0),
    ("Số giải cá nhân", 9.0),
    ("Số giải tập thể", 9.0),
    ("Số người chờ xét giải", 10.0),
    ("Tiền thưởng (đồng)", 15.0),
];
pub const UNIT_SHEET_COLUMNS: [(&str, f64); 10] = [
    ("STT", 6.0),
    ("Đơn vị", 40.0),
    ("Mã đơn vị", 18.0),
    ("Số thành viên", 10.0),
    ("Số tài khoản", 10.0),
    ("Số người dự thi", 10.0),
    ("Tỷ lệ dự thi (%)", 10.0),
    ("Số lượt thi", 10.0),
    ("Số lượt được xét đúng tất cả", 12.0),
    ("Điểm trung bình", 10.0),
];
pub const PRIZE_SHEET_COLUMNS: [(&str, f64); 9] = [
    ("STT", 6.0),
    ("Giải", 30.0),
    ("Cho", 12.0),
    ("Phạm vi", 16.0),
    ("Mức thưởng (đồng)", 15.0),
    ("Số giải dự kiến", 10.0),
    ("Số giải đã xét", 10.0),
    ("Kinh phí dự kiến (đồng)", 17.0),
    ("Kinh phí đã dùng (đồng)", 17.0),
];

sentences! {
    opening(contest, organizer): "{organizer} báo cáo kết quả tổ chức {contest} như sau:";
    closing(contest): "Trên đây là báo cáo kết quả tổ chức {contest}./.";
    /// The edition over the contest.
    overall_version(number): "phiên bản {number}";
}

/// A version and what it is.
pub fn version(number: u32, status: Status) -> String {
    let status = match status {
        Status::Provisional => "tạm thời",
        Status::Official => "chính thức",
    };
    format!("phiên bản {number} ({status})")
}

/// A version of a round that the report follows from.
pub fn followed(round: &str, number: u32, status: Status) -> String {
    format!("{round}: {}", version(number, status))
}

/// All that the report follows from.
pub fn follows(rounds: &[String], overall: Option<u32>) -> String {
    let overall = overall.map(|number| format!("; toàn cuộc thi: phiên bản {number}")).unwrap_or_default();
    format!("Số liệu theo các phiên bản kết quả: {}{overall}.", rounds.join("; "))
}

/// How many units there are, and how many of them have nobody who took part.
pub fn units(all: u64, without: u64) -> String {
    let (all, without) = (format::count(all), format::count(without));
    format!(
        "Cuộc thi có {all} đơn vị, trong đó {without} đơn vị không có người dự thi. Số liệu của mỗi đơn vị gồm cả các đơn vị trực thuộc; đơn vị có nhiều người dự thi đứng trước:"
    )
}

/// Units that are not in the table.
pub fn more_units(units: u64) -> String {
    format!("Còn {} đơn vị có người dự thi; danh sách đầy đủ trong tệp report.xlsx.", format::count(units))
}

/// An hour of the day.
pub fn hour(hour: usize) -> String {
    format!("{hour:02}h00 - {hour:02}h59")
}

/// Whom a prize is for.
pub const fn for_whom(units: bool) -> &'static str {
    if units { "Tập thể" } else { "Cá nhân" }
}

/// When a prize is given.
pub const fn how_often(scope: Scope) -> &'static str {
    match scope {
        Scope::Round => "Mỗi vòng",
        Scope::Contest => "Toàn cuộc thi",
    }
}

/// A prize, and that it is given over the contest.
pub fn prize(name: &str, scope: Scope) -> String {
    match scope {
        Scope::Round => name.to_owned(),
        Scope::Contest => format!("{name} (toàn cuộc thi)"),
    }
}

/// What was planned and what is used.
pub fn budget(planned: u64, given: u64, percent: Option<&str>) -> String {
    let share = percent.map(|percent| format!(", bằng {percent} dự kiến")).unwrap_or_default();
    format!("Kinh phí giải thưởng dự kiến: {}; đã dùng: {}{share}.", format::money(planned), format::money(given))
}

/// What commendations may cost.
pub fn commendations(planned: u64) -> String {
    format!(
        "Kinh phí khen thưởng do Hội đồng Thi đua - Khen thưởng quyết định, dự kiến tối đa {}, không tính trong số trên.",
        format::money(planned)
    )
}

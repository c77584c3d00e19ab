//! Headings and sentences of officials' files.

use super::format;
use crate::site::RoundVersion;
use chrono_tz::Tz;
use contest::edition::Status;
use contest::plan::Commendation;
use contest::time::Timestamp;

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

/// Columns of `ranking.xlsx`.
pub const RANKING_XLSX_COLUMNS: [&str; 14] = [
    "Hạng",
    "Họ và tên",
    "Mã đơn vị",
    "Đơn vị",
    "Mã công khai",
    "Điểm",
    "Số câu đúng",
    "Thời gian làm bài",
    "Dự đoán",
    "Chênh lệch",
    "Thời điểm nộp bài",
    "Lượt được xét",
    "Số lượt có bài được nhận",
    "Giải",
];

/// Columns of `winners.xlsx`, as they are annexed to a decision (`DOMAIN.md` 4.7), with their widths in characters.
pub const WINNERS_COLUMNS: [(&str, f64); 13] = [
    ("STT", 6.0),
    ("Hạng", 7.0),
    ("Họ và tên", 22.0),
    ("Ngày sinh", 11.5),
    ("Đơn vị", 24.0),
    ("Mã công khai", 19.0),
    ("Điểm", 8.0),
    ("Dự đoán", 9.0),
    ("Chênh lệch", 9.0),
    ("Thời gian làm bài", 9.0),
    ("Thời điểm nộp bài", 14.0),
    ("Giải", 13.0),
    ("Tiền thưởng (đồng)", 13.0),
];

/// Columns of the workbook of people who win over the contest, with their widths in characters.
pub const OVERALL_WINNERS_COLUMNS: [(&str, f64); 12] = [
    ("STT", 5.0),
    ("Hạng", 6.0),
    ("Họ và tên", 26.0),
    ("Ngày sinh", 12.0),
    ("Đơn vị", 34.0),
    ("Mã công khai", 20.0),
    ("Tổng điểm", 10.0),
    ("Số vòng đúng tất cả", 10.0),
    ("Tổng thời gian làm bài", 12.0),
    ("Số vòng đã thi", 8.0),
    ("Giải", 18.0),
    ("Tiền thưởng (đồng)", 16.0),
];

/// Columns of the workbook of units that win over the contest, with their widths in characters.
pub const OVERALL_UNITS_COLUMNS: [(&str, f64); 11] = [
    ("STT", 5.0),
    ("Hạng", 6.0),
    ("Đơn vị", 44.0),
    ("Số thành viên", 10.0),
    ("Số người dự thi", 10.0),
    ("Số lượt thi", 10.0),
    ("Tỷ lệ dự thi (%)", 10.0),
    ("Điểm trung bình", 10.0),
    ("Số giải cá nhân", 10.0),
    ("Giải", 18.0),
    ("Tiền thưởng (đồng)", 16.0),
];

/// Columns of `ranking.csv` over the contest.
pub const OVERALL_RANKING_COLUMNS: [&str; 10] = [
    "Hạng",
    "Họ và tên",
    "Mã đơn vị",
    "Đơn vị",
    "Mã công khai",
    "Tổng điểm",
    "Số vòng đúng tất cả",
    "Tổng thời gian làm bài (mili giây)",
    "Số vòng đã thi",
    "Giải",
];

/// Columns of `ranking.xlsx` over the contest: those of the CSV, with questions right and asked, and durations that are words.
pub const OVERALL_RANKING_XLSX_COLUMNS: [&str; 11] = {
    let [rank, name, unit_code, unit, public_name, score, perfect, _, rounds, prize] = OVERALL_RANKING_COLUMNS;
    let (right, duration) = ("Tổng số câu đúng", "Tổng thời gian làm bài");
    [rank, name, unit_code, unit, public_name, score, right, perfect, duration, rounds, prize]
};

/// Columns of `units.xlsx`, with their widths in characters.
pub const UNITS_COLUMNS: [(&str, f64); 12] = [
    ("STT", 5.5),
    ("Đơn vị", 36.0),
    ("Mã đơn vị", 16.0),
    ("Đơn vị cấp trên", 24.0),
    ("Số thành viên", 10.0),
    ("Số tài khoản", 10.0),
    ("Số người dự thi", 10.0),
    ("Tỷ lệ dự thi (%)", 10.0),
    ("Số lượt thi", 9.0),
    ("Số lượt được xét đúng tất cả", 12.0),
    ("Điểm trung bình", 10.0),
    ("Giải", 18.0),
];

pub const RANKING_SHEET: &str = "Bảng xếp hạng";
pub const INCOMPLETE_SHEET: &str = "Chưa đủ";
pub const UNITS_SHEET: &str = "Các đơn vị";
pub const UNITS_TITLE: &str = "KẾT QUẢ DỰ THI CỦA CÁC ĐƠN VỊ";
pub const WITH_THOSE_BELOW: &str =
    "(Số liệu của mỗi đơn vị gồm cả các đơn vị trực thuộc; đơn vị có nhiều người dự thi đứng trước)";
/// Stands below the title of an annex.
pub const ANNEXED_TO: &str = "(Kèm theo Quyết định số ……… ngày …… tháng …… năm ……… của ………………)";

pub const PEOPLE_SHEET: &str = "Cá nhân";
pub const PEOPLE_OVER_THE_CONTEST_TITLE: &str = "DANH SÁCH THÍ SINH ĐẠT GIẢI TOÀN CUỘC THI";
pub const UNITS_OVER_THE_CONTEST_TITLE: &str = "DANH SÁCH TẬP THỂ ĐẠT GIẢI TOÀN CUỘC THI";

/// Name of the sheet of a competition; numbered where there are several.
pub fn units_sheet(number: usize, competitions: usize) -> String {
    if competitions == 1 { "Tập thể".to_owned() } else { format!("Tập thể {number}") }
}

/// Name of the sheet of winners.
pub const WINNERS_SHEET: &str = "Danh sách đạt giải";
pub const WINNERS_TITLE: &str = "DANH SÁCH THÍ SINH ĐẠT GIẢI";
pub const SUM: &str = "Tổng cộng";

/// Columns of `commendation.xlsx`; [`reached_column`] follows, and [`LACKING_COLUMN`] where something is lacking.
pub const COMMENDATION_COLUMNS: [&str; 7] =
    ["STT", "Họ và tên", "Ngày sinh", "Đơn vị", "Số vòng đã thi", "Chuỗi dài nhất", "Số tài khoản vận động"];
pub const LACKING_COLUMN: &str = "Còn thiếu";
pub const FULFILLED_SHEET: &str = "Đủ điều kiện";
pub const FULFILLED_TITLE: &str = "DANH SÁCH ĐỦ ĐIỀU KIỆN ĐỀ NGHỊ KHEN THƯỞNG";
pub const LACKING_SHEET: &str = "Còn thiếu một điều kiện";
pub const LACKING_TITLE: &str = "DANH SÁCH CÒN THIẾU MỘT ĐIỀU KIỆN ĐỀ NGHỊ KHEN THƯỞNG";
/// Stands in place of a round's name.
pub const WHOLE_CONTEST: &str = "Toàn cuộc thi";
/// The only line of a list with nobody on it.
pub const NOBODY: &str = "Không có thí sinh nào.";

sentences! {
    /// The form that a list follows.
    form_line(form): "(Theo {form})";
}

/// The heading above how many accounts took part in enough rounds in a row.
pub fn reached_column(asked: u32) -> String {
    format!("Trong đó đủ {} vòng liên tiếp", format::count(asked.into()))
}

/// The name of a sheet, of which there is one for each of `lists` lists.
pub fn sheet_name(name: &str, number: usize, lists: usize) -> String {
    if lists == 1 { name.to_owned() } else { format!("{name} {number}") }
}

/// What a list asks for.
pub fn asked_line(asked: &Commendation, unit: &str) -> String {
    format!(
        "Điều kiện: tài khoản đăng ký thuộc {unit} hoặc đơn vị trực thuộc; vận động được ít nhất {} tài khoản mới, mỗi tài khoản có bài được nhận trong {} vòng thi liên tiếp",
        format::count(asked.referrals.into()),
        format::count(asked.consecutive_rounds.into())
    )
}

/// Of what a list is made.
pub fn counted_line(rounds: u32, published_at: Timestamp, zone: Tz) -> String {
    format!(
        "(Tính {} vòng thi đã công bố, đến lúc {}, {})",
        format::count(rounds.into()),
        format::moment(published_at, zone),
        format::zone_name(zone)
    )
}

/// One more account is needed.
pub fn lacks_account(asked: u32) -> String {
    format!("Thiếu 01 tài khoản vận động dự thi đủ {} vòng liên tiếp", format::count(asked.into()))
}

/// One account needs more rounds in a row.
pub fn lacks_rounds(name: &str, longest: u32, asked: u32) -> String {
    let whose =
        if name.is_empty() { "Tài khoản vận động".to_owned() } else { format!("Tài khoản của {name}") };
    let (longest, asked) = (format::count(longest.into()), format::count(asked.into()));
    format!("{whose} có chuỗi dài nhất {longest} vòng, cần đủ {asked} vòng liên tiếp")
}

/// A sheet cannot hold so many rows.
pub fn incomplete(rows: u64, written: u64) -> String {
    format!(
        "Bảng xếp hạng có {} dòng, nhiều hơn một trang tính chứa được; tệp này chỉ có {} dòng đầu, tệp ranking.csv có đủ.",
        format::grouped(rows),
        format::grouped(written)
    )
}

/// A yes or no in a table.
pub const fn yes_or_no(yes: bool) -> &'static str {
    if yes { "Có" } else { "Không" }
}

/// What the results are, which version, and since when.
pub fn publication_line(version: &RoundVersion<'_>, zone: Tz) -> String {
    edition_line((version.status, version.number), version.published_at, zone)
}

/// The same of any edition.
pub fn edition_line((status, number): (Status, u32), announced_at: Timestamp, zone: Tz) -> String {
    let status = match status {
        Status::Provisional => "Kết quả tạm thời",
        Status::Official => "Kết quả chính thức",
    };
    let moment = format::moment(announced_at, zone);
    format!("({status}, phiên bản {number}, công bố lúc {moment}, {})", format::zone_name(zone))
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

/// How many people a list has, with the signs that end a document.
pub fn people_listed(count: u64) -> String {
    format!("Danh sách có {} người./.", format::grouped(count))
}

/// How many units a list has, with the signs that end a document.
pub fn units_listed(count: u64) -> String {
    format!("Danh sách có {} đơn vị./.", format::grouped(count))
}

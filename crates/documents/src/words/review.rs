//! Headings and sentences of `review.csv` and `questions.csv`.

use super::format;
use chrono_tz::Tz;
use contest::fraction::{Fraction, RoundingMode};
use contest::review::{FastSheet, Mark, Signal, SignalKind, Tally, Warning};

/// Columns of `review.csv` but for the last one, [`what_to_look_at`].
pub const REVIEW_COLUMNS: [&str; 5] =
    ["STT", "Dấu hiệu", "Có người đạt giải", "Thí sinh (đơn vị, mã công khai)", "Số liệu"];

/// Columns of `questions.csv` before those of the options.
pub const QUESTION_COLUMNS: [&str; 5] = ["Câu", "Nội dung", "Đáp án", "Số lượt có câu này", "Trả lời đúng (%)"];
/// The column of sheets that left a question out.
pub const BLANK_COLUMN: &str = "Bỏ trống (%)";
/// The last column of `questions.csv`.
pub const QUESTION_REMARKS_COLUMN: &str = "Cần xem xét";
/// Stands in the place of the answer of a question that counts as right for everyone.
pub const VOIDED: &str = "đã hủy";
/// A remark on a question.
pub const FEW_RIGHT: &str = "Dưới 15% số lượt trả lời đúng: cần xem lại câu hỏi và đáp án";

/// Most people whom a line names; the others are counted.
pub const MOST_NAMED: usize = 50;

sentences! {
    /// The column of an option in `questions.csv`.
    option_column(letter): "Chọn {letter} (%)";
    /// A wrong option is chosen more often than a right one.
    beaten(letter): "Phương án sai {letter} được chọn nhiều hơn phương án đúng: cần xem lại đáp án";
    /// A person in a list of people.
    person(name, unit, code): "{name} ({unit}, {code})";
}

/// The heading of the sentences. It is all that everybody reads who opens the list, so it says what the list is.
pub fn what_to_look_at(left_out: u64) -> String {
    let heading = "Nội dung cần xem xét (danh sách chỉ để Ban Tổ chức xem xét, không ai bị loại vì có tên ở đây";
    match left_out {
        0 => format!("{heading})"),
        _ => format!("{heading}; còn {} dấu hiệu khác không liệt kê)", format::grouped(left_out)),
    }
}

/// How many people of a line are not named.
pub fn and_others(others: usize) -> String {
    format!("và {} người khác", format::grouped(others as u64))
}

/// What a kind of mark is called.
pub const fn kind(kind: SignalKind) -> &'static str {
    match kind {
        SignalKind::CommonWrongAnswers => "Cùng chọn các phương án sai",
        SignalKind::PerfectJump => "Bài đúng tất cả tăng vọt",
        SignalKind::Corrected => "Bài sai rồi bài đúng tất cả trong 60 giây",
        SignalKind::SharedPhone => "Chung số điện thoại",
        SignalKind::SamePerson => "Trùng họ tên và ngày sinh",
        SignalKind::RegistrationBurst => "Đăng ký hàng loạt",
        SignalKind::TooFast => "Làm bài quá nhanh",
        SignalKind::UnderFloor => "Dưới thời gian tối thiểu",
        SignalKind::UnbrokenTie => "Đồng hạng chưa phân định",
    }
}

/// The figures of a mark, short. `min_seconds` is the announced floor.
pub fn figures(mark: &Mark, min_seconds: u32, zone: Tz) -> String {
    let people = || format!("{} người", format::grouped(mark.people.len() as u64));
    match &mark.signal {
        Signal::CommonWrongAnswers { common, millibits, apart_ms, .. } => {
            format!("{}; {common} câu; {} bit; cách nhau {}", people(), bits(*millibits), minutes(*apart_ms))
        }
        Signal::PerfectJump { hour, before, others, median_ms, .. } => format!(
            "{}; trước đó {}; nơi khác {}; trung vị {} so với {}",
            tally(*hour),
            tally(*before),
            tally(*others),
            minutes(median_ms[0]),
            minutes(median_ms[1])
        ),
        Signal::Corrected { attempts, apart_ms } => {
            format!("lượt {} và {}; cách nhau {}", attempts[0], attempts[1], seconds(*apart_ms))
        }
        Signal::SharedPhone | Signal::SamePerson | Signal::UnbrokenTie { .. } => people(),
        Signal::RegistrationBurst { from, until, .. } => format!(
            "{}; từ {} đến {}",
            people(),
            format::instant_in_table(*from, zone),
            format::instant_in_table(*until, zone)
        ),
        Signal::TooFast(sheet) | Signal::UnderFloor(sheet) => {
            let floor = if min_seconds == 0 { String::new() } else { format!("; tối thiểu {min_seconds} giây") };
            format!(
                "{} cho {} câu; đúng {}/{}; {} bài{floor}",
                seconds(sheet.duration_ms),
                sheet.questions,
                sheet.right,
                sheet.questions,
                sheet.sheets
            )
        }
    }
}

/// What a mark says, and what it may mean besides. `unit` is the name of the unit that it is about, if it is about one.
pub fn sentence(mark: &Mark, unit: &str, zone: Tz) -> String {
    match &mark.signal {
        Signal::CommonWrongAnswers { common, same_unit, apart_ms, .. } => {
            let near = if *same_unit { "cùng đơn vị" } else { "khác đơn vị" };
            let others =
                if mark.people.len() > 2 { "; những người còn lại giống họ theo từng đôi" } else { "" };
            format!(
                "Hai người đầu ({near}, nộp bài cách nhau {}) cùng chọn đúng những phương án sai giống nhau ở {} câu, trong khi rất ít bài khác chọn như vậy{others}. Có thể đã dùng chung một bản đáp án.",
                minutes(*apart_ms),
                format::count((*common).into())
            )
        }
        Signal::PerfectJump { from, hour, before, median_ms, .. } => format!(
            "Trong một giờ kể từ {}, {unit} có {} bài đúng tất cả trên {} bài, trước đó chỉ {} trên {}; thời gian làm bài giảm từ {} còn {}. Có thể đáp án đã được truyền tay trong đơn vị, hoặc đơn vị vừa ôn tập xong.",
            format::moment(*from, zone),
            format::count(hour.perfect),
            format::count(hour.sheets),
            format::count(before.perfect),
            format::count(before.sheets),
            minutes(median_ms[1]),
            minutes(median_ms[0])
        ),
        Signal::Corrected { attempts, apart_ms } => format!(
            "Bài lượt {} có câu sai, bài lượt {} đúng tất cả được nộp chỉ {} sau đó.",
            attempts[0],
            attempts[1],
            seconds(*apart_ms)
        ),
        Signal::SharedPhone => format!(
            "{} tài khoản đăng ký cùng một số điện thoại. Có thể là người trong một gia đình, hoặc một người đăng ký thay cho nhiều người.",
            format::count(mark.people.len() as u64)
        ),
        Signal::SamePerson => format!(
            "{} tài khoản khác nhau có cùng họ tên và ngày sinh. Có thể là hai người trùng tên, hoặc một người dùng nhiều tài khoản.",
            format::count(mark.people.len() as u64)
        ),
        Signal::RegistrationBurst { from, .. } => format!(
            "{unit} có {} tài khoản được đăng ký liên tiếp, ít nhất 20 tài khoản mỗi phút, bắt đầu lúc {}. Có thể đơn vị tổ chức đăng ký tập trung, hoặc một người đăng ký thay.",
            format::count(mark.people.len() as u64),
            format::moment(*from, zone)
        ),
        Signal::TooFast(sheet) => format!("{} Chưa đến 02 giây mỗi câu, không đủ để đọc câu hỏi.", fast(*sheet)),
        Signal::UnderFloor(sheet) => {
            format!("{} Nhanh hơn thời gian tối thiểu đã công bố trong Thể lệ.", fast(*sheet))
        }
        Signal::UnbrokenTie { rank } => format!(
            "{} thí sinh cùng hạng {rank}, bằng nhau ở mọi tiêu chí xếp hạng và đều liên quan đến giải.",
            format::count(mark.people.len() as u64)
        ),
    }
}

/// What to know before the results are published.
pub fn warning(of: Warning) -> String {
    match of {
        Warning::UnderFloor { winners } => format!(
            "{} người đạt giải có bài dưới thời gian tối thiểu đã công bố. Xin xem ở danh sách cần xem xét.",
            format::count(winners)
        ),
        Warning::TooFast { winners } => format!(
            "{} người đạt giải có bài chưa đến 02 giây mỗi câu. Xin xem ở danh sách cần xem xét.",
            format::count(winners)
        ),
        Warning::AbovePlannedSum { given, planned } => format!(
            "Giải của vòng này là {}, kế hoạch dự trù {}: có giải tăng thêm vì đồng hạng.",
            format::money(given),
            format::money(planned)
        ),
    }
}

fn fast(sheet: FastSheet) -> String {
    let more = match sheet.sheets {
        1 => String::new(),
        sheets => format!(" (bài nhanh nhất trong {} bài như vậy)", format::count(sheets.into())),
    };
    format!(
        "Lượt {} làm {} câu trong {}, đúng {} câu{more}.",
        sheet.attempt,
        format::count(sheet.questions.into()),
        seconds(sheet.duration_ms),
        format::count(sheet.right.into())
    )
}

fn tally(tally: Tally) -> String {
    format!("{}/{} bài đúng tất cả", tally.perfect, tally.sheets)
}

/// Cut to one decimal, for a line of figures: `41,3`.
fn bits(millibits: u64) -> String {
    format!("{},{}", millibits / 1_000, millibits % 1_000 / 100)
}

/// Cut to whole seconds: `06 phút 50 giây`.
fn minutes(millis: u64) -> String {
    let seconds = millis / 1_000;
    format!("{:02} phút {:02} giây", seconds / 60, seconds % 60)
}

/// To the millisecond where it is not whole: `45 giây`, `1,999 giây`.
fn seconds(millis: u64) -> String {
    match millis % 1_000 {
        0 => format!("{} giây", millis / 1_000),
        rest => format!("{},{rest:03} giây", millis / 1_000),
    }
}

/// Percent in a cell, without the sign: `42,19`; empty where there is nothing to divide.
pub fn percent(ratio: Option<Fraction>, mode: RoundingMode) -> String {
    ratio.map(|ratio| format::decimal(ratio, mode)).unwrap_or_default()
}

/// In the place of the unit of somebody who has none.
pub const NO_UNIT: &str = "không có đơn vị";

/// The name of somebody whose account is erased.
pub const ERASED: &str = "(tài khoản đã xóa)";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_bits_read_as_people_write_them() {
        assert_eq!([seconds(45_000), seconds(1_999), seconds(20)], ["45 giây", "1,999 giây", "0,020 giây"]);
        assert_eq!([minutes(5_999), minutes(7_500_000)], ["00 phút 05 giây", "125 phút 00 giây"]);
        assert_eq!([bits(40_000), bits(41_390)], ["40,0", "41,3"]);
    }

    #[test]
    fn the_heading_says_that_nobody_is_removed() {
        assert!(what_to_look_at(0).contains("không ai bị loại") && what_to_look_at(1_200).contains("1.200"));
    }
}

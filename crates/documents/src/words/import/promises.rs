//! Sentences about plans that can be read, and that nobody could carry out or would want so.

use crate::words::format::{count, grouped};
use contest::plan_form::KEYS;
use contest::problem::{ProblemKind, Waiting};
use contest::time::LocalTimeFault;

/// The sentence of a kind that stands here.
pub(super) fn promises(kind: &ProblemKind) -> Option<String> {
    unkept(kind).or_else(|| meant_otherwise(kind)).or_else(|| slip(kind)).or_else(|| beside(kind))
}

/// What nobody could keep.
fn unkept(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::MembersMissing => {
            "Xếp hạng đơn vị ở đây cần số thành viên mà không đơn vị nào của các cấp này có, nên sẽ không đơn vị nào được xếp hạng. Hãy điền cột “Số thành viên” trong bảng đơn vị, hoặc bỏ tiêu chí này.".to_owned()
        }
        P::UnitsWithoutMembers { units, first } => format!(
            "{} đơn vị chưa có số thành viên nên sẽ không được xếp hạng (trước hết là “{first}”). Hãy điền cột “Số thành viên”.",
            count(*units as u64)
        ),
        P::StreakLongerThanRounds { rounds } => format!(
            "Cuộc thi chỉ có {rounds} vòng nên không ai dự thi liên tiếp được nhiều như vậy. Hãy ghi số không lớn hơn {rounds}."
        ),
        P::NothingToConvert { key } => format!(
            "Đơn vị được xếp theo giải cá nhân (“{key}”) mà không có giải cá nhân nào để tính. Hãy thêm giải có giá trị vào [[prizes]], hoặc bỏ tiêu chí này."
        ),
        P::FloorWithoutMinutes => {
            "Có ngưỡng số giây tối thiểu mà lượt thi không có thời gian làm bài (minutes = 0). Hãy ghi số phút làm bài, hoặc ghi min_seconds = 0.".to_owned()
        }
        _ => return None,
    })
}

/// What most likely was meant otherwise.
fn meant_otherwise(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::MinorsWithoutConsent { age } => format!(
            "Người dưới {age} tuổi được đăng ký mà không cần người giám hộ đồng ý. Hãy ghi guardian_consent_under = {age} (và hỏi birth_date), hoặc min_age từ {age} trở lên."
        ),
        P::RoundOfAYear { days } => {
            format!("Vòng thi kéo dài {} ngày. Hãy xem lại năm của giờ mở và giờ đóng.", grouped(*days))
        }
        P::YearSlips { waits, days } => {
            let (days, what) = (grouped(*days), waited_for(*waits));
            format!("{what} {days} ngày. Hãy xem lại năm.")
        }
        P::SameRoundName { first_row: Some(row) } => {
            format!("Vòng thi ở dòng {row} cũng mang tên này: thí sinh không phân biệt được hai vòng. Hãy đặt tên khác.")
        }
        P::SameRoundName { first_row: None } => {
            "Một vòng thi khác cũng mang tên này: thí sinh không phân biệt được hai vòng. Hãy đặt tên khác.".to_owned()
        }
        P::LostLetters => {
            "Chữ có vẻ đã mất dấu hoặc hỏng khi lưu (như “Th?nh ph?”). Hãy gõ lại, hoặc quay lại tệp gốc và lưu kiểu Unicode (UTF-8).".to_owned()
        }
        _ => return None,
    })
}

const fn waited_for(waits: Waiting) -> &'static str {
    match waits {
        Waiting::FirstRound => "Đăng ký mở trước vòng thi đầu tiên",
        Waiting::NextRound => "Vòng thi này mở sau khi vòng trước đóng",
        Waiting::Results => "Kết quả được công bố sau khi vòng thi đóng",
        Waiting::Contest => "Vòng thi đầu tiên mở sau hôm nay",
    }
}

/// A line that is no TOML.
fn slip(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::QuotesInText => {
            "Trong chữ có dấu ngoặc kép thẳng (\") nên chữ bị ngắt. Hãy thay dấu bên trong bằng “ ”.".to_owned()
        }
        P::Unquoted => {
            "Chữ và ngày giờ phải đặt trong dấu ngoặc kép thẳng, như \"8h00 ngày 08/3/2027\"; số chỉ gồm chữ số, như 500000 hoặc 500_000.".to_owned()
        }
        P::RepeatedKey { first_row } => format!("Khóa này đã có ở dòng {first_row}. Hãy bỏ một dòng."),
        _ => return None,
    })
}

/// Files that say nothing to the plan.
fn beside(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::UnitSmallerThanBelow { members, below } => format!(
            "Đơn vị có {} thành viên, ít hơn tổng số {} của các đơn vị trực thuộc. Hãy xem lại, hoặc để trống để lấy tổng số.",
            grouped(*members),
            grouped(*below)
        ),
        P::UnitsNotAsked => {
            "Có bảng đơn vị mà đăng ký không hỏi đơn vị nên không ai thuộc đơn vị nào. Hãy thêm \"unit\" vào registration.fields, hoặc bỏ bảng đơn vị.".to_owned()
        }
        P::RosterInOpenContest => {
            "Có danh sách dự thi mà ai cũng đăng ký được (mode = \"open\") nên danh sách không có tác dụng. Hãy ghi mode = \"roster\", hoặc bỏ danh sách.".to_owned()
        }
        P::NamesNobody => "Danh sách không có ai nên không loại ai. Hãy điền tên, hoặc bỏ tệp.".to_owned(),
        _ => return None,
    })
}

/// Most tables of which it is said that a key belongs there.
const MOST_TABLES: usize = 3;

/// A key that its table does not have: one of another table is said to belong there.
pub(super) fn unknown_key(written: &str, nearest: Option<&'static str>) -> String {
    let table = |path: &'static str| match path.rsplit_once('.') {
        Some((table, key)) => (key == written).then(|| format!("bảng {table}")),
        None => (path == written).then(|| "đầu tệp".to_owned()),
    };
    // What a round may have of its own is explained where every round has it.
    let paths = KEYS.iter().map(|key| key.path).filter(|path| !path.starts_with("rounds.attempt."));
    let tables: Vec<String> = paths.filter_map(table).collect();
    match (tables.len(), nearest) {
        (1..=MOST_TABLES, _) => {
            format!("Bảng này không có khóa này; nó thuộc {}. Hãy chuyển về đó, hoặc xóa đi.", tables.join(" hoặc "))
        }
        (_, Some(key)) => format!("Không có khóa này. Có phải ý là “{key}”?"),
        (_, None) => "Không có khóa này. Hãy xem lại chính tả, hoặc xóa đi.".to_owned(),
    }
}

/// Why a text is no moment.
pub(super) fn written_time(text: &str, fault: LocalTimeFault) -> String {
    match fault {
        LocalTimeFault::NoClock => format!("“{text}” thiếu giờ. Hãy viết như 08h30 ngày 13/12/2021."),
        LocalTimeFault::NoDate => format!("“{text}” thiếu ngày. Hãy viết như 08h30 ngày 13/12/2021."),
        LocalTimeFault::Skipped | LocalTimeFault::Repeated => {
            format!("“{text}” rơi vào lúc đổi giờ của múi giờ này nên không xác định được. Hãy chọn giờ khác.")
        }
        LocalTimeFault::Unreadable | LocalTimeFault::WrongWeekday { .. } => {
            format!(
                "“{text}” không phải ngày giờ. Hãy viết như 2021-12-13T08:30 hoặc 13/12/2021 08h30, năm đủ bốn chữ số."
            )
        }
    }
}

/// `500_000`, as TOML may part thousands.
pub(super) fn underscored(digits: &str) -> String {
    let first = digits.len() % 3;
    let groups = digits.as_bytes()[first..].chunks(3).map(|group| String::from_utf8_lossy(group).into_owned());
    let first = Some(digits[..first].to_owned()).filter(|first| !first.is_empty());
    first.into_iter().chain(groups).collect::<Vec<_>>().join("_")
}

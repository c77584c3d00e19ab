//! Reports of achievements, the evidence for a commendation.

use crate::words::format;
use crate::words::letters::DOTS;
use contest::commendation::Participation;

pub const TITLE: &str = "BÁO CÁO THÀNH TÍCH";
pub const OF_A_PERSON: &str = "Đề nghị khen thưởng cá nhân";
pub const OF_A_UNIT: &str = "Đề nghị khen thưởng tập thể";
pub const CURRICULUM: &str = "I. SƠ LƯỢC LÝ LỊCH";
pub const CHARACTERISTICS: &str = "I. ĐẶC ĐIỂM, TÌNH HÌNH";
pub const DONE: &str = "II. THÀNH TÍCH ĐẠT ĐƯỢC";
pub const COMMENDED_BEFORE: &str = "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG";
pub const OTHERWISE_OF_A_PERSON: &str = "3. Thành tích khác (cá nhân và đơn vị bổ sung):";
pub const OTHERWISE_OF_A_UNIT: &str = "3. Thành tích khác (đơn vị bổ sung):";
pub const UNIT_TOOK_PART: &str =
    "1. Kết quả tham gia Cuộc thi của đơn vị, gồm cả các đơn vị trực thuộc, theo từng vòng:";
pub const CONFIRMED_BY: &str = "XÁC NHẬN CỦA ĐƠN VỊ";
pub const REPORTED_BY: &str = "NGƯỜI BÁO CÁO THÀNH TÍCH";
pub const CONFIRMED_BY_THOSE_ABOVE: &str = "XÁC NHẬN CỦA CẤP TRÊN";
pub const HEAD_OF_THE_UNIT: &str = "THỦ TRƯỞNG ĐƠN VỊ";

pub const OWN_COLUMNS: [&str; 5] = ["Vòng thi", "Hạng", "Số người dự thi", "Điểm", "Giải"];
pub const REFERRED_COLUMNS: [&str; 5] = ["STT", "Họ và tên", "Đơn vị", "Số vòng đã thi", "Chuỗi dài nhất"];
pub const UNIT_COLUMNS: [&str; 7] = [
    "Vòng thi",
    "Số tài khoản",
    "Số người dự thi",
    "Tỷ lệ dự thi (%)",
    "Số lượt thi",
    "Số người đúng tất cả",
    "Điểm trung bình",
];

sentences! {
    subject(contest): "trong {contest}";
}

/// Who it is; what the platform does not know is left to be filled in.
pub fn curriculum(name: &str, born: &str, unit: &str) -> [String; 5] {
    let given = |text: &str| if text.is_empty() { DOTS.to_owned() } else { text.to_owned() };
    [
        format!("- Họ và tên: {}", given(name)),
        format!("- Ngày, tháng, năm sinh: {}; giới tính: {DOTS}", given(born)),
        format!("- Quê quán: {DOTS}; nơi thường trú: {DOTS}"),
        format!("- Đơn vị: {unit}"),
        format!("- Chức vụ: {DOTS}; trình độ chuyên môn, nghiệp vụ: {DOTS}"),
    ]
}

/// What unit it is.
pub fn characteristics(unit: &str) -> [String; 3] {
    [
        format!("- Tên đơn vị: {unit}"),
        format!("- Địa điểm trụ sở chính: {DOTS}; điện thoại: {DOTS}"),
        format!("- Quá trình thành lập, tổ chức bộ máy, chức năng, nhiệm vụ: {DOTS}"),
    ]
}

/// How a person took part, of so many published rounds.
pub fn took_part(took: Participation, published: u32) -> String {
    let [rounds, published, longest] =
        [took.rounds, published, took.longest].map(|number| format::count(number.into()));
    format!("1. Đã dự thi {rounds}/{published} vòng, chuỗi dài nhất {longest} vòng liên tiếp.")
}

/// The accounts that a person brought in, of which some took part in enough rounds in a row.
pub fn brought_in(accounts: u64, reached: u32, asked: u32) -> String {
    let [accounts, reached, asked] = [accounts, reached.into(), asked.into()].map(format::count);
    format!(
        "2. Đã vận động {accounts} tài khoản mới dự thi, trong đó {reached} tài khoản có bài được nhận trong {asked} vòng liên tiếp trở lên:"
    )
}

/// How many people of a unit fulfil what is asked for.
pub fn unit_fulfilling(people: u64) -> String {
    format!("2. Đơn vị có {} cá nhân đủ điều kiện đề nghị khen thưởng.", format::count(people))
}

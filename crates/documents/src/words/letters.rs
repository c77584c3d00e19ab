//! Sentences of letters that offices number and sign.

pub mod achievement;
pub mod final_report;
pub mod notice;

/// Left to be filled in.
pub const DOTS: &str = "………………";
/// A line to be filled in.
pub const LINE_OF_DOTS: &str = "……………………………………………………………………………";

pub const STATE_NAME: &str = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
pub const STATE_MOTTO: &str = "Độc lập - Tự do - Hạnh phúc";
pub const PARTY_NAME: &str = "ĐẢNG CỘNG SẢN VIỆT NAM";

/// Kinds of letters, as they stand in numbers.
pub const NOTICE_KIND: &str = "TB";
pub const REPORT_KIND: &str = "BC";

pub const RECIPIENTS_TITLE: &str = "Nơi nhận:";
pub const RECIPIENTS: [&str; 3] = ["- Các cơ quan, đơn vị dự thi;", "- Ban Tổ chức Cuộc thi;", "- Lưu: VT, ……"];

sentences! {
    /// The number of a letter of a body of the State.
    number_of_state(kind): "Số: ………/{kind}-………";
    /// The number of a letter of a body of the Party.
    number_of_party(kind): "Số ………-{kind}/………";
    /// Where and when it is signed.
    place_and_date(place): "{place}, ngày …… tháng …… năm ………";
}

//! What is published and how it may change, and what becomes of personal data.

use super::Article;
use crate::words::consent::never_published;
use contest::fraction::RoundingMode;
use contest::plan::{Plan, RevealKey};

pub(super) fn publication(plan: &Plan) -> Article {
    let usual = plan.attempt.usual().rules.reveal_key;
    let mut paragraphs = vec![
        "Kết quả từng vòng thi được công bố trên trang của cuộc thi vào thời điểm đã nêu, gồm số tài khoản đăng ký, số người dự thi, số lượt thi, số lượt và số người đúng tất cả các câu hỏi, người đạt giải, bảng xếp hạng thí sinh theo mã công khai và bảng xếp hạng đơn vị.".to_owned(),
        key(usual).to_owned(),
        rounding(plan.rounding).to_owned(),
        "Kết quả công bố là kết quả tạm thời cho đến khi có quyết định công nhận. Khi Ban Tổ chức hủy kết quả hoặc điều chỉnh đáp án, việc xếp hạng và xét giải được làm lại theo đúng Thể lệ này và công bố thành phiên bản mới có nêu lý do; các phiên bản trước được giữ lại.".to_owned(),
    ];
    let other = plan.rounds.iter().filter(|round| plan.attempt_of(round).reveal_key != usual);
    let other: Vec<String> = other.map(|round| super::only_in(round, key(plan.attempt_of(round).reveal_key))).collect();
    // Behind what holds of all.
    paragraphs.splice(2..2, other);
    Article { title: "Công bố kết quả", paragraphs }
}

const fn key(reveal: RevealKey) -> &'static str {
    match reveal {
        RevealKey::Published => {
            "Đáp án được niêm phong bằng một mã cam kết công khai trước khi vòng thi mở và được công bố cùng kết quả; ai cũng có thể kiểm tra rằng đáp án không bị thay đổi."
        }
        RevealKey::Never => {
            "Đáp án được niêm phong bằng một mã cam kết công khai trước khi vòng thi mở và không được công bố."
        }
    }
}

const fn rounding(mode: RoundingMode) -> &'static str {
    match mode {
        RoundingMode::Truncate => {
            "Điểm và tỷ lệ lẻ khi in ra được cắt bỏ các chữ số sau chữ số thập phân thứ hai (42,198% in là 42,19%); việc xếp hạng luôn dùng giá trị chính xác."
        }
        RoundingMode::HalfUp => {
            "Tỷ lệ lẻ khi in ra được làm tròn đến chữ số thập phân thứ hai (42,198% in là 42,20%), điểm lẻ được cắt bỏ các chữ số sau chữ số thập phân thứ hai; việc xếp hạng luôn dùng giá trị chính xác."
        }
    }
}

pub(super) fn personal_data(plan: &Plan) -> Article {
    let mut paragraphs = vec![
        format!(
            "{} là bên kiểm soát dữ liệu cá nhân của thí sinh và chỉ dùng dữ liệu đó để tổ chức cuộc thi, xét và trao giải, giải quyết khiếu nại, theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.",
            plan.organizer
        ),
        "Trên trang công khai, thí sinh được thể hiện bằng mã công khai; họ và tên chỉ được công bố đối với người đạt giải cá nhân.".to_owned(),
    ];
    paragraphs.extend(never_published(plan));
    Article { title: "Bảo vệ dữ liệu cá nhân", paragraphs }
}

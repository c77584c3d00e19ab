//! What is looked at after a round, who decides, and until when one may object.

use super::{Article, list};
use crate::words::format::duration;
use contest::plan::{Field, Plan};

pub(super) fn review(plan: &Plan) -> Article {
    let mut paragraphs = vec![
        "Sau khi vòng thi đóng, phần mềm lập danh sách các dấu hiệu cần xem xét, chỉ dùng dữ liệu đăng ký và bài thi đã nhận, gồm:"
            .to_owned(),
    ];
    paragraphs.extend(list(looked_at(plan)));
    paragraphs.push("Danh sách này không phải là kết luận vi phạm. Phần mềm không tự loại, không trừ điểm và không đổi hạng thí sinh nào vì có tên trong danh sách; danh sách chỉ gửi Ban Tổ chức, không công bố.".to_owned());
    paragraphs.push("Ban Tổ chức xem xét và quyết định. Mọi quyết định hủy kết quả đều có lý do và được công bố trong phiên bản mới của kết quả.".to_owned());
    paragraphs.push("Thí sinh được khiếu nại về kết quả và về quyết định xử lý đối với mình cho đến khi có quyết định công nhận kết quả của vòng thi.".to_owned());
    Article { title: "Xem xét dấu hiệu bất thường và khiếu nại", paragraphs }
}

/// What the list can hold in this contest: nothing of a field that it does not ask.
fn looked_at(plan: &Plan) -> Vec<String> {
    let asks = |field| plan.registration.fields.contains(&field);
    let floor = match plan.attempt.usual().rules.min_seconds {
        0 => String::new(),
        seconds => format!(" hoặc dưới {} (phút:giây)", duration(u64::from(seconds) * 1_000)),
    };
    // Each is told among the attempts.
    let own = super::in_any_round(plan, |attempt| attempt.min_seconds != plan.attempt.usual().rules.min_seconds);
    let own = if own { ", hoặc dưới mức riêng của vòng thi" } else { "" };
    let mut signs = vec![format!("bài thi làm nhanh hơn 02 giây mỗi câu{floor}{own}")];
    if super::in_any_round(plan, |attempt| attempt.per_round != 1) {
        signs.push(
            "bài sai và bài đúng tất cả các câu hỏi của cùng một người nộp cách nhau không quá 60 giây".to_owned(),
        );
    }
    signs.push("các bài thi cùng chọn những phương án sai mà ít người chọn, của người cùng đơn vị hoặc nộp cách nhau không quá 10 phút".to_owned());
    if asks(Field::Unit) {
        signs.push(
            "số bài đúng tất cả các câu hỏi của một đơn vị tăng vọt trong một giờ trong khi thời gian làm bài giảm"
                .to_owned(),
        );
        signs.push("từ 20 tài khoản của một đơn vị được đăng ký trong một phút".to_owned());
    }
    if asks(Field::Phone) {
        signs.push("một số điện thoại dùng cho từ ba tài khoản".to_owned());
    }
    if asks(Field::FullName) && asks(Field::BirthDate) {
        signs.push("các tài khoản trùng họ tên và ngày sinh".to_owned());
    }
    signs.push("các thí sinh đồng hạng có liên quan đến giải".to_owned());
    signs
}

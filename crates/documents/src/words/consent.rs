//! What contestants agree to (Law 91/2025/QH15), and the question that asks for a prediction.

use super::format;
use contest::plan::{Field, Plan, PredictionTarget};

/// The text a contestant accepts at registration: which data, for what, who controls them, what is
/// published, which rights, and the guardian's part where the plan asks for one. Lines are parted
/// by a newline. An engineering reading of the law; the organizers answer for it.
pub fn consent_text(plan: &Plan) -> String {
    let mut lines = vec![
        format!(
            "Tôi tự nguyện đồng ý để {} xử lý dữ liệu cá nhân của tôi khi tôi đăng ký và tham gia {}, như sau:",
            plan.organizer, plan.name
        ),
        format!("1. Bên kiểm soát dữ liệu cá nhân: {}.", plan.organizer),
        format!(
            "2. Dữ liệu được xử lý: {} do tôi khai khi đăng ký; câu trả lời, {}thời điểm bắt đầu, thời điểm nộp bài và kết quả các lượt thi của tôi.",
            field_list(&plan.registration.fields),
            if plan.rules.prediction.is_some() { "số dự đoán, " } else { "" },
        ),
        "3. Mục đích: xác định điều kiện dự thi và bảo đảm mỗi người chỉ dùng một tài khoản; nhận bài, chấm điểm, xếp hạng; lập danh sách các dấu hiệu bất thường nêu trong Thể lệ để Ban Tổ chức xem xét, không tự động loại ai; xét, công nhận và trao giải; giải quyết khiếu nại. Dữ liệu không được dùng vào mục đích khác.".to_owned(),
        published_text(plan),
        format!(
            "Dữ liệu cá nhân của tôi được xóa sau {} ngày kể từ ngày công bố kết quả vòng thi cuối cùng, hoặc sớm hơn khi tôi yêu cầu; kết quả đã công bố được giữ lại theo mã công khai.",
            format::grouped(plan.registration.keep_days.into()),
        ),
        "5. Quyền của tôi: được biết về việc xử lý dữ liệu; đồng ý, không đồng ý hoặc rút lại sự đồng ý; xem, chỉnh sửa, yêu cầu cung cấp, yêu cầu xóa, hạn chế hoặc phản đối việc xử lý dữ liệu của mình; khiếu nại, tố cáo, khởi kiện và yêu cầu bồi thường thiệt hại theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15. Việc rút lại sự đồng ý không làm mất hiệu lực của việc xử lý đã thực hiện trước đó.".to_owned(),
        "6. Sự đồng ý này là tự nguyện và chỉ có hiệu lực khi tôi chủ động xác nhận; im lặng hoặc không trả lời không phải là đồng ý. Nếu không đồng ý, tôi không đăng ký dự thi được.".to_owned(),
    ];
    lines.extend(guardian_text(plan));
    lines.join("\n")
}

/// How the page asks for the prediction; the field starts empty (`DOMAIN.md` 2.3).
pub const fn prediction_prompt(target: PredictionTarget) -> &'static str {
    match target {
        PredictionTarget::PerfectContestants => "Dự đoán số người trả lời đúng tất cả các câu hỏi trong vòng thi này",
        PredictionTarget::Contestants => "Dự đoán số người dự thi trong vòng thi này",
        PredictionTarget::Attempts => "Dự đoán số lượt thi trong vòng thi này",
        PredictionTarget::PerfectAttempts => "Dự đoán số lượt thi đúng tất cả các câu hỏi trong vòng thi này",
        PredictionTarget::PerfectPercent => {
            "Dự đoán tỷ lệ phần trăm số người trả lời đúng tất cả các câu hỏi trên tổng số người dự thi trong vòng thi này"
        }
    }
}

/// Fields of the form in words: `họ và tên, ngày sinh, đơn vị`.
pub(super) fn field_list(fields: &[Field]) -> String {
    fields.iter().map(|field| field_name(*field)).collect::<Vec<_>>().join(", ")
}

/// One field of the form in words.
pub(super) const fn field_name(field: Field) -> &'static str {
    match field {
        Field::FullName => "họ và tên",
        Field::BirthDate => "ngày sinh",
        Field::CitizenId => "số căn cước",
        Field::Phone => "số điện thoại",
        Field::Unit => "đơn vị",
        Field::Gender => "giới tính",
        Field::Email => "địa chỉ thư điện tử",
        Field::Address => "địa chỉ",
        Field::Occupation => "nghề nghiệp",
    }
}

/// What is asked and never published; `None` where all of it is public.
pub(super) fn never_published(plan: &Plan) -> Option<String> {
    let private = plan.registration.fields.iter().filter(|field| !field.is_public());
    let names: Vec<&str> = private.map(|field| field_name(*field)).collect();
    (!names.is_empty()).then(|| format!("Không công bố: {}.", names.join(", ")))
}

fn published_text(plan: &Plan) -> String {
    let prediction = if plan.rules.prediction.is_some() { "số dự đoán, " } else { "" };
    let never = never_published(plan).map_or(String::new(), |never| format!(" {never}"));
    format!(
        "4. Dữ liệu được công bố trên trang của cuộc thi: mã công khai thay cho tên, đơn vị, điểm, {prediction}thời gian làm bài và thời điểm nộp bài. Chỉ khi tôi đạt giải cá nhân, họ và tên của tôi mới được công bố cùng giải thưởng. Các bản kết quả đã công bố, kể cả họ và tên người đạt giải, được giữ nguyên để mọi người kiểm tra được.{never}"
    )
}

/// Only where the plan lets people that young take part at all.
fn guardian_text(plan: &Plan) -> Option<String> {
    let under = plan.registration.guardian_consent_under;
    (under > plan.registration.min_age).then(|| {
        format!(
            "7. Nếu tôi chưa đủ {} tuổi tính đến ngày {}: cha, mẹ hoặc người giám hộ của tôi đã đọc nội dung này và cùng tôi đồng ý.",
            format::count(under.into()),
            format::date(plan.opens(), plan.time_zone),
        )
    })
}

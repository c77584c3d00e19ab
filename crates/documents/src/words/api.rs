//! Sentences of the contestants' API: what is wrong, and what to do about it.

use super::format;
use crate::api::{Moment, Refusal};
use contest::people::IdentifierKind;

/// A few words that name the kind of problem.
pub fn title(refusal: &Refusal) -> &'static str {
    match refusal.status() {
        400 | 413 | 415 | 422 => "Dữ liệu gửi lên chưa đúng",
        401 => "Cần đăng nhập",
        403 => "Không thực hiện được lúc này",
        404 => "Không tìm thấy",
        409 => "Đã có trước đó",
        429 | 503 => "Xin thử lại sau",
        _ => "Hệ thống gặp sự cố",
    }
}

/// One or two sentences for the contestant.
pub fn detail(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoSuchRoute => "Địa chỉ này không có trong hệ thống.".into(),
        Refusal::BodyTooLarge => "Nội dung gửi lên quá dài (tối đa 32 KiB). Xin tải lại trang rồi thử lại.".into(),
        Refusal::NotJson => "Nội dung gửi lên phải có kiểu application/json. Xin tải lại trang rồi thử lại.".into(),
        Refusal::BrokenJson => "Nội dung gửi lên bị hỏng trên đường truyền. Xin thử gửi lại.".into(),
        Refusal::InvalidFields(_) => "Có thông tin chưa đúng. Xin sửa các mục được nêu rồi gửi lại.".into(),
        Refusal::InvalidAnswers(_) => {
            "Bài làm có mục không thuộc đề thi của bạn. Xin tải lại trang; các câu đã chọn vẫn được giữ.".into()
        }
        Refusal::NoSuchContest => "Không có cuộc thi này. Xin kiểm tra lại đường dẫn.".into(),
        Refusal::NoSuchRound => "Cuộc thi không có vòng thi này. Xin kiểm tra lại đường dẫn.".into(),
        Refusal::AlreadyRegistered => {
            "Thông tin này đã được đăng ký dự thi. Nếu là bạn, xin đăng nhập; nếu không, xin liên hệ Ban Tổ chức.".into()
        }
        Refusal::TooYoung(age) => {
            format!("Cuộc thi dành cho người từ {age} tuổi trở lên, tính đến ngày mở vòng thi đầu tiên.")
        }
        Refusal::Excluded => "Theo thể lệ, bạn thuộc diện không được dự thi. Nếu có nhầm lẫn, xin liên hệ Ban Tổ chức.".into(),
        Refusal::NotOnRoster => {
            "Không tìm thấy bạn trong danh sách dự thi. Xin kiểm tra họ tên, ngày sinh và số giấy tờ, hoặc hỏi đơn vị của bạn.".into()
        }
        Refusal::RegistrationAhead(moment) => format!("Chưa đến thời gian đăng ký. Đăng ký mở lúc {}.", at(*moment)),
        Refusal::RegistrationEnded(moment) => format!("Đã hết thời gian đăng ký (kết thúc lúc {}).", at(*moment)),
        Refusal::WrongCredentials => "Thông tin đăng nhập hoặc mật khẩu chưa đúng. Xin kiểm tra rồi thử lại.".into(),
        Refusal::SharedIdentifier(kind) => shared_identifier(*kind).into(),
        Refusal::TooManyTries { wait_seconds } => format!("Đã thử quá nhiều lần. Xin chờ {} rồi thử lại.", wait(*wait_seconds)),
        Refusal::NoSession => "Bạn chưa đăng nhập hoặc phiên đăng nhập đã hết hạn. Xin đăng nhập lại.".into(),
        Refusal::RoundAhead(moment) => format!("Vòng thi chưa mở. Vòng thi mở lúc {}.", at(*moment)),
        Refusal::RoundNotReady => "Vòng thi chưa sẵn sàng: Ban Tổ chức đang nạp câu hỏi. Xin thử lại sau ít phút.".into(),
        Refusal::RoundClosed(moment) => format!("Vòng thi đã đóng lúc {}.", at(*moment)),
        Refusal::AttemptsUsedUp(count) => format!("Bạn đã dùng hết {} lượt thi của vòng này.", format::count(u64::from(*count))),
        Refusal::NoSuchAttempt => "Bạn không có lượt thi này.".into(),
        Refusal::AttemptExpired(moment) => {
            format!("Lượt thi đã hết giờ lúc {}; bài gửi sau giờ này không được nhận.", at(*moment))
        }
        Refusal::AlreadySubmitted { .. } => {
            "Lượt thi này đã nộp một bài khác. Bài nộp đầu tiên được giữ nguyên; biên nhận của bài đó kèm theo đây.".into()
        }
        Refusal::Busy { .. } => "Hệ thống đang bận. Bài làm vẫn được giữ trên máy của bạn và sẽ được gửi lại.".into(),
        Refusal::Fault { request_id } => {
            format!("Hệ thống gặp sự cố. Xin thử lại; nếu vẫn lỗi, xin báo Ban Tổ chức mã {request_id}.")
        }
    }
}

fn shared_identifier(kind: IdentifierKind) -> &'static str {
    match kind {
        IdentifierKind::Phone => "Số điện thoại này dùng chung, xin nhập căn cước hoặc mã dự thi.",
        IdentifierKind::Email => "Thư điện tử này dùng chung, xin nhập căn cước hoặc mã dự thi.",
        IdentifierKind::CitizenId | IdentifierKind::Code | IdentifierKind::Referral => "Thông tin này dùng chung, xin nhập mã dự thi.",
    }
}

fn wait(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        minutes if minutes > 90 => format!("{} giờ", minutes.div_ceil(60)),
        minutes => format!("{minutes} phút"),
    }
}

/// What is wrong with one field.
pub fn field_message(field: &str, code: &str) -> String {
    let name = field_name(field);
    match code {
        "missing" | "wrong_code" if field == "code" => {
            "Danh sách dự thi có mã của bạn. Xin nhập đúng mã dự thi ghi trên phiếu được phát.".into()
        }
        "missing" | "empty" => format!("Xin điền {name}."),
        "known_number" => "Mật khẩu không được là số căn cước, số điện thoại hay ngày sinh của chính bạn: người khác biết những số này.".into(),
        "too_short" if field == "secret" => "Mật khẩu cần ít nhất 8 ký tự.".into(),
        "too_short" => format!("{} quá ngắn.", capital(&name)),
        "too_long" => format!("{} quá dài.", capital(&name)),
        "one_word" => "Xin điền đủ họ và tên.".into(),
        "mixed_scripts" => format!("{} lẫn chữ của hai hệ chữ viết khác nhau. Xin gõ lại bằng bộ gõ tiếng Việt.", capital(&name)),
        "bad_characters" if field == "full_name" => {
            "Họ và tên chỉ gồm chữ cái, viết như trên giấy tờ, không có chữ số hay ký hiệu.".into()
        }
        "too_common" => "Mật khẩu này quá phổ biến, người khác dễ đoán ra. Xin đặt mật khẩu khác.".into(),
        "unknown_province" => "Ba số đầu của số căn cước không phải mã tỉnh, thành phố nào. Xin kiểm tra lại.".into(),
        "unknown_century" => "Số thứ tư của số căn cước không đúng (phải từ 0 đến 3). Xin kiểm tra lại.".into(),
        "other_birth_year" => "Số căn cước ghi năm sinh khác với ngày sinh đã điền. Xin kiểm tra cả hai.".into(),
        "other_gender" => "Số căn cước ghi giới tính khác với mục giới tính đã chọn. Xin kiểm tra cả hai.".into(),
        "bad_characters" => format!("{} có ký tự không dùng được.", capital(&name)),
        "legacy_encoding" => {
            "Chữ đang ở bảng mã cũ (TCVN3 hoặc VNI). Xin chọn bảng mã Unicode trong bộ gõ rồi nhập lại.".into()
        }
        "not_twelve_digits" => "Số căn cước gồm đúng 12 chữ số. Xin kiểm tra lại.".into(),
        "old_nine_digits" => "Số CMND 9 số không còn dùng. Xin nhập số căn cước 12 chữ số.".into(),
        "not_a_phone_number" => "Số điện thoại chưa đúng. Ví dụ: 0912 345 678.".into(),
        "not_a_date" => "Ngày sinh chưa đúng. Xin nhập theo dạng ngày/tháng/năm, ví dụ 02/8/1975.".into(),
        "in_the_future" => "Ngày sinh ở tương lai. Xin kiểm tra lại.".into(),
        "too_long_ago" => "Năm sinh trước 1900. Xin kiểm tra lại.".into(),
        "not_an_email" => "Địa chỉ thư điện tử chưa đúng.".into(),
        "unknown_unit" => "Không có đơn vị này trong danh sách. Xin chọn đơn vị từ danh sách.".into(),
        "unknown_referrer" => "Mã người giới thiệu không có trong cuộc thi. Xin kiểm tra hoặc để trống.".into(),
        "not_accepted" => "Cần đánh dấu đồng ý thì mới đăng ký được.".into(),
        "other_text" => "Nội dung đồng ý đã thay đổi. Xin tải lại trang và đọc lại.".into(),
        "guardian_missing" => "Người dự thi ở tuổi này cần có sự đồng ý của cha, mẹ hoặc người giám hộ.".into(),
        "unknown_question" => "Câu hỏi không thuộc đề thi của bạn.".into(),
        "unknown_option" => "Phương án không có trong câu hỏi.".into(),
        "repeated_option" => "Một phương án được chọn hai lần.".into(),
        "too_many_options" => "Câu hỏi này chỉ chọn một phương án.".into(),
        "repeated_field" => "Dữ liệu có một mục ghi hai lần. Xin tải lại trang.".into(),
        "not_a_number" => "Dự đoán phải là một số, ví dụ 3200.".into(),
        "too_large" => "Số dự đoán quá lớn.".into(),
        "not_asked" => "Cuộc thi này không có câu hỏi dự đoán.".into(),
        "unknown_word" => format!("Giá trị của {name} không dùng được."),
        "unknown_field" => "Dữ liệu có mục không thuộc biểu mẫu. Xin tải lại trang.".into(),
        _ => format!("{} chưa đúng.", capital(&name)),
    }
}

fn field_name(field: &str) -> String {
    match field {
        "full_name" => "họ và tên",
        "birth_date" => "ngày sinh",
        "citizen_id" => "số căn cước",
        "phone" => "số điện thoại",
        "unit" => "đơn vị",
        "unit_basis" => "cách chọn đơn vị",
        "gender" => "giới tính",
        "email" => "thư điện tử",
        "address" => "địa chỉ",
        "occupation" => "nghề nghiệp",
        "secret" => "mật khẩu",
        "code" => "mã dự thi",
        "identifier" => "số căn cước, số điện thoại hoặc mã dự thi",
        "prediction" => "dự đoán",
        "answers" => "phần trả lời",
        _ => "mục này",
    }
    .to_owned()
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn at(moment: Moment) -> String {
    format::moment(moment.at, moment.zone)
}

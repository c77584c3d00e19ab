//! Sentences of the contestants' API: what is wrong, and what to do about it.

use super::format::{self, capital};
use crate::api::{Moment, Refusal};
use contest::form::{FormFault, FormField, WrongField};
use contest::people::{IdentifierKind, ValueFault};
use contest::plan::Field;
use contest::prediction::PredictionFault;

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
        Refusal::TooOld(age) => {
            format!("Cuộc thi dành cho người không quá {age} tuổi, tính đến ngày mở vòng thi đầu tiên.")
        }
        Refusal::OutsideLevels => {
            "Đơn vị bạn chọn không thuộc đối tượng dự thi nêu trong thể lệ. Xin chọn lại đơn vị, hoặc xem mục “Đối tượng dự thi”.".into()
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
        Refusal::TooLateToChange(moment) => {
            format!("Đã quá hạn sửa mục này (hạn: {}). Nếu thông tin sai, xin liên hệ Ban Tổ chức.", at(*moment))
        }
        Refusal::NoSession => "Bạn chưa đăng nhập hoặc phiên đăng nhập đã hết hạn. Xin đăng nhập lại.".into(),
        Refusal::RoundAhead(moment) => format!("Vòng thi chưa mở. Vòng thi mở lúc {}.", at(*moment)),
        Refusal::RoundNotReady => "Vòng thi chưa sẵn sàng: Ban Tổ chức đang nạp câu hỏi. Xin thử lại sau ít phút.".into(),
        Refusal::RoundClosed(moment) => format!("Vòng thi đã đóng lúc {}.", at(*moment)),
        Refusal::AttemptsUsedUp(count) => format!("Bạn đã dùng hết {} lượt thi của vòng này.", format::count(u64::from(*count))),
        Refusal::AttemptsOfDayUsedUp { per_day, again } => {
            let used = format!("Bạn đã dùng hết {} lượt thi của hôm nay", format::count(u64::from(*per_day)));
            match again {
                Some(moment) => format!("{used}. Từ {} bạn được thi tiếp.", at(*moment)),
                None => format!("{used}, và vòng thi đóng trước khi sang ngày mới."),
            }
        }
        Refusal::NoSuchAttempt => "Bạn không có lượt thi này.".into(),
        Refusal::NoSuchCertificate => {
            "Bạn không có giấy chứng nhận này trong kết quả hiện hành. Xin tải lại trang để xem các giấy hiện có.".into()
        }
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
        IdentifierKind::CitizenId | IdentifierKind::Code | IdentifierKind::Referral => {
            "Thông tin này dùng chung, xin nhập mã dự thi."
        }
    }
}

pub(super) fn wait(seconds: u64) -> String {
    match seconds.div_ceil(60) {
        minutes if minutes > 90 => format!("{} giờ", minutes.div_ceil(60)),
        minutes => format!("{minutes} phút"),
    }
}

/// What is wrong with one field.
pub fn field_message(wrong: &WrongField) -> String {
    let name = field_name(&wrong.field);
    match wrong.fault {
        FormFault::Value(fault) => value_message(fault, &wrong.field),
        FormFault::Missing | FormFault::WrongCode if wrong.field == FormField::Code => {
            "Danh sách dự thi có mã của bạn. Xin nhập đúng mã dự thi ghi trên phiếu được phát.".into()
        }
        FormFault::Missing => format!("Xin điền {name}."),
        FormFault::WrongCode | FormFault::WrongType => format!("{} chưa đúng.", capital(name)),
        FormFault::KnownNumber => {
            "Mật khẩu không được là số căn cước, số điện thoại hay ngày sinh của chính bạn: người khác biết những số này.".into()
        }
        FormFault::TooCommon => "Mật khẩu này quá phổ biến, người khác dễ đoán ra. Xin đặt mật khẩu khác.".into(),
        FormFault::UnknownUnit => "Không có đơn vị này trong danh sách. Xin chọn đơn vị từ danh sách.".into(),
        FormFault::UnknownReferrer => "Mã người giới thiệu không có trong cuộc thi. Xin kiểm tra hoặc để trống.".into(),
        FormFault::UnknownWord => format!("Giá trị của {name} không dùng được."),
        FormFault::NotAccepted => "Cần đánh dấu đồng ý thì mới đăng ký được.".into(),
        FormFault::OtherText => "Nội dung đồng ý đã thay đổi. Xin tải lại trang và đọc lại.".into(),
        FormFault::GuardianMissing => "Người dự thi ở tuổi này cần có sự đồng ý của cha, mẹ hoặc người giám hộ.".into(),
        FormFault::UnknownQuestion => "Câu hỏi không thuộc đề thi của bạn.".into(),
        FormFault::UnknownOption => "Phương án không có trong câu hỏi.".into(),
        FormFault::RepeatedOption => "Một phương án được chọn hai lần.".into(),
        FormFault::TooManyOptions => "Câu hỏi này chỉ chọn một phương án.".into(),
        FormFault::Prediction(PredictionFault::NotANumber) => "Dự đoán phải là một số, ví dụ 3200.".into(),
        FormFault::Prediction(PredictionFault::TooLarge) => "Số dự đoán quá lớn.".into(),
        FormFault::NotAsked => "Cuộc thi này không có câu hỏi dự đoán.".into(),
        FormFault::RepeatedField => "Dữ liệu có một mục ghi hai lần. Xin tải lại trang.".into(),
        FormFault::UnknownField => "Dữ liệu có mục không thuộc biểu mẫu. Xin tải lại trang.".into(),
    }
}

/// What is wrong with a value by itself.
fn value_message(fault: ValueFault, field: &FormField) -> String {
    let name = field_name(field);
    match fault {
        ValueFault::Empty => format!("Xin điền {name}."),
        ValueFault::TooShort if matches!(field, FormField::Secret | FormField::NewSecret) => {
            "Mật khẩu cần ít nhất 8 ký tự.".into()
        }
        ValueFault::TooShort => format!("{} quá ngắn.", capital(name)),
        ValueFault::TooLong => format!("{} quá dài.", capital(name)),
        ValueFault::OneWord => "Xin điền đủ họ và tên.".into(),
        ValueFault::MixedScripts => {
            format!("{} lẫn chữ của hai hệ chữ viết khác nhau. Xin gõ lại bằng bộ gõ tiếng Việt.", capital(name))
        }
        ValueFault::BadCharacters if *field == FormField::Stated(Field::FullName) => {
            "Họ và tên chỉ gồm chữ cái, viết như trên giấy tờ, không có chữ số hay ký hiệu.".into()
        }
        ValueFault::BadCharacters => format!("{} có ký tự không dùng được.", capital(name)),
        ValueFault::LegacyEncoding => {
            "Chữ đang ở bảng mã cũ (TCVN3 hoặc VNI). Xin chọn bảng mã Unicode trong bộ gõ rồi nhập lại.".into()
        }
        ValueFault::NotADate => "Ngày sinh chưa đúng. Xin nhập theo dạng ngày/tháng/năm, ví dụ 02/8/1975.".into(),
        ValueFault::InTheFuture => "Ngày sinh ở tương lai. Xin kiểm tra lại.".into(),
        ValueFault::TooLongAgo => "Năm sinh trước 1900. Xin kiểm tra lại.".into(),
        ValueFault::NotTwelveDigits => "Số căn cước gồm đúng 12 chữ số. Xin kiểm tra lại.".into(),
        ValueFault::OldNineDigits => "Số CMND 9 số không còn dùng. Xin nhập số căn cước 12 chữ số.".into(),
        ValueFault::UnknownProvince => {
            "Ba số đầu của số căn cước không phải mã tỉnh, thành phố nào. Xin kiểm tra lại.".into()
        }
        ValueFault::UnknownCentury => {
            "Số thứ tư của số căn cước không đúng (phải từ 0 đến 3). Xin kiểm tra lại.".into()
        }
        ValueFault::OtherBirthYear => {
            "Số căn cước ghi năm sinh khác với ngày sinh đã điền. Xin kiểm tra cả hai.".into()
        }
        ValueFault::OtherGender => {
            "Số căn cước ghi giới tính khác với mục giới tính đã chọn. Xin kiểm tra cả hai.".into()
        }
        ValueFault::NotAPhoneNumber => "Số điện thoại chưa đúng. Ví dụ: 0912 345 678.".into(),
        ValueFault::NotAnEmail => "Địa chỉ thư điện tử chưa đúng.".into(),
    }
}

fn field_name(field: &FormField) -> &'static str {
    match field {
        FormField::Stated(field) => super::consent::field_name(*field),
        FormField::UnitBasis => "cách chọn đơn vị",
        FormField::Secret => "mật khẩu",
        FormField::NewSecret => "mật khẩu mới",
        FormField::Login => "tên đăng nhập",
        FormField::Name => "họ và tên",
        FormField::Code => "mã dự thi",
        FormField::Identifier => "số căn cước, số điện thoại hoặc mã dự thi",
        FormField::Prediction => "dự đoán",
        FormField::Answers => "phần trả lời",
        FormField::Referrer
        | FormField::Device
        | FormField::Consent
        | FormField::ConsentAccepted
        | FormField::ConsentText
        | FormField::GuardianConsent
        | FormField::Answer(_)
        | FormField::Other(_) => "mục này",
    }
}

fn at(moment: Moment) -> String {
    format::moment(moment.at, moment.zone)
}

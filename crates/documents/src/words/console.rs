//! Sentences of the organizers' API: what is wrong, and what to do about it.

use super::{api, format};
use crate::console::Refusal;
use contest::announcing::{Announcing, Lack};
use contest::form::{FormFault, FormField, WrongField};
use contest::organizers::{Action, Role};
use contest::people::ValueFault;
use contest::plan::Plan;
use contest::time::Timestamp;

/// A few words that name the kind of problem.
pub fn title(refusal: &Refusal) -> &'static str {
    match refusal.status() {
        400 | 413 | 415 | 422 | 428 => "Dữ liệu gửi lên chưa đúng",
        401 => "Cần đăng nhập",
        403 => "Không có quyền",
        404 => "Không tìm thấy",
        409 => "Đã thay đổi trước đó",
        429 | 503 => "Xin thử lại sau",
        _ => "Hệ thống gặp sự cố",
    }
}

const WRONG_CODE: &str = "Mã chưa đúng, đã dùng hoặc đã hết hạn. Xin kiểm tra mã trên phiếu hoặc trong ứng dụng rồi thử lại; nếu tài khoản đã lập xong, xin đăng nhập bằng tên và mật khẩu vừa đặt.";
const WRONG_PASSKEY: &str = "Khóa truy cập chưa được nhận: khóa đã gỡ, là khóa của nơi khác, hoặc đã chờ quá 5 phút. Xin thử lại, hoặc đăng nhập bằng mật khẩu và mã.";
const PASSKEY_COUNTED_BACK: &str = "Khóa truy cập này có thể đã bị sao chép, nên không được nhận. Xin đăng nhập bằng mật khẩu và mã, gỡ khóa ở mục Người dùng rồi báo kỹ thuật.";
const NO_SUCH_PASSKEY: &str = "Tài khoản không có khóa truy cập này; có thể đã gỡ. Xin tải lại trang để xem.";
const TOO_MANY_PASSKEYS: &str = "Tài khoản đã có đủ 8 khóa truy cập. Xin gỡ một khóa không còn dùng rồi thêm lại.";
const NO_SESSION: &str =
    "Bạn chưa đăng nhập hoặc phiên làm việc đã hết. Xin đăng nhập lại; nội dung đang nhập vẫn còn.";
const BANKS_STAY_IN: &str = "Ngân hàng câu hỏi đã nạp thì không ai tải về được. Xin dùng tệp gốc của Tổ ra đề.";
const PREVIEW_REFUSED: &str = "Đề nghị này không thực hiện được; lý do nêu trong phần tính thử. Xin lập đề nghị khác.";
const ALREADY_DECIDED: &str = "Đề nghị này đã được quyết định, đã rút hoặc đã hết hạn. Xin tải lại trang để xem.";
const ROUND_NOT_RANKED: &str = "Vòng thi chưa có kết quả, nên chưa có gì để xử lý. Xin chờ vòng đóng và xếp hạng xong.";
const ATTEMPT_OPEN: &str = "Thí sinh đang có lượt thi chưa nộp. Xin chờ thí sinh nộp bài hoặc hết giờ rồi thử lại.";
const REVIEW_BEING_MADE: &str =
    "Vòng này đã xếp hạng; bảng kết quả và danh sách cần xem xét đang được lập. Xin mở lại sau một phút.";
const PLAN_IS_PROPOSED: &str = "Vòng thi đầu tiên đã mở: thay đổi kế hoạch cần hai người. Xin lập đề nghị để người khác duyệt; một mình Thường trực chỉ được lùi giờ đóng hoặc giờ công bố của vòng đang mở.";
const BANK_IS_PROPOSED: &str = "Còn dưới 24 giờ đến giờ mở (hoặc đã mở): thay ngân hàng câu hỏi cần hai người. Xin lập đề nghị với đúng tệp này; sau khi được duyệt, nạp lại chính tệp đó.";
const LEAD_IS_PROPOSED: &str = "Thêm một Thường trực cần hai người. Xin mời người này với một vai trò khác; khi họ đã có tài khoản, sửa vai trò của họ thành Thường trực và nhờ một Thường trực khác duyệt đề nghị đó.";
const STALE_PREVIEW: &str = "Số liệu đã thay đổi từ lúc tính thử, hoặc đề nghị chưa được tính thử. Xin bấm Tính lại rồi đọc kết quả mới trước khi duyệt.";
const UNKNOWN_FILE_NAME: &str = "Tên tệp không dùng được. Tên nhận: contest.toml, bank… (đuôi .xlsx, .csv hoặc .docx), units, roster, excluded (đuôi .xlsx hoặc .csv), chữ thường không dấu.";
const CHANGED_MEANWHILE: &str = "Trong lúc bạn sửa, người khác đã lưu một bản mới. Bản của bạn chưa được lưu và vẫn còn trên trang: xin xem bản mới rồi chọn.";
const FILE_TOO_LARGE: &str =
    "Tệp lớn hơn 4 MiB. Xin bỏ hình ảnh hoặc trang thừa, hoặc nhờ kỹ thuật tải lên bằng kho tệp (S3).";
const DECISIONS_ARE_PROPOSED: &str =
    "Quyết định xử lý kết quả cần hai người: xin lập đề nghị ở mục Xử lý để người khác duyệt.";
const TOO_MANY_ACCOUNTS: &str =
    "Cuộc thi có quá nhiều người đăng ký để tìm theo tên. Xin tìm theo mã dự thi, số căn cước hoặc số điện thoại.";
const BANK_STILL_ASKED: &str =
    "Một vòng chưa đóng còn dùng ngân hàng câu hỏi này, nên số liệu từng câu chỉ mở sau khi vòng đó đóng.";

/// One or two sentences for the organizer.
pub fn detail(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NoSuchRoute => "Địa chỉ này không có trong hệ thống.".into(),
        Refusal::BodyTooLarge => "Nội dung gửi lên quá dài. Xin tải lại trang rồi thử lại.".into(),
        Refusal::NotJson => "Nội dung gửi lên phải có kiểu application/json. Xin tải lại trang rồi thử lại.".into(),
        Refusal::BrokenJson => "Nội dung gửi lên bị hỏng trên đường truyền. Xin thử gửi lại.".into(),
        Refusal::InvalidFields(_) => "Có thông tin chưa đúng. Xin sửa các mục được nêu rồi gửi lại.".into(),
        Refusal::WrongCode => WRONG_CODE.into(),
        Refusal::LoginTaken => "Tên đăng nhập này đã có người dùng. Xin chọn tên khác.".into(),
        Refusal::WrongCredentials => "Tên đăng nhập, mật khẩu hoặc mã chưa đúng. Xin kiểm tra rồi thử lại.".into(),
        Refusal::WrongPasskey => WRONG_PASSKEY.into(),
        Refusal::PasskeyCountedBack => PASSKEY_COUNTED_BACK.into(),
        Refusal::NoSuchPasskey => NO_SUCH_PASSKEY.into(),
        Refusal::TooManyPasskeys => TOO_MANY_PASSKEYS.into(),
        Refusal::TooManyTries { wait_seconds } => {
            format!("Đã thử quá nhiều lần. Xin chờ {} rồi thử lại.", api::wait(*wait_seconds))
        }
        Refusal::NoSession => NO_SESSION.into(),
        Refusal::NotYourRole(action) => {
            format!(
                "Vai trò của bạn không được {}. Xin nhờ người có quyền, hoặc đề nghị Thường trực Ban Tổ chức cấp thêm vai trò.",
                action_name(*action)
            )
        }
        Refusal::StepUpNeeded => "Việc này cần xác nhận lại. Xin nhập mã 6 số trong ứng dụng xác thực.".into(),
        Refusal::NoSuchContest => "Không có cuộc thi này. Xin kiểm tra lại đường dẫn.".into(),
        Refusal::NoSuchPerson => "Không có người dùng này.".into(),
        Refusal::NoSuchFile => "Cuộc thi chưa có tệp này.".into(),
        Refusal::UnknownFileName => UNKNOWN_FILE_NAME.into(),
        Refusal::DecisionsAreProposed => DECISIONS_ARE_PROPOSED.into(),
        Refusal::BanksStayIn => BANKS_STAY_IN.into(),
        Refusal::ConditionMissing => "Yêu cầu chưa nói rõ thay cho bản nào. Xin tải lại trang rồi thử lại.".into(),
        Refusal::ChangedMeanwhile => CHANGED_MEANWHILE.into(),
        Refusal::DigestMismatch => "Tệp bị hỏng trên đường truyền. Tệp cũ còn nguyên; xin gửi lại.".into(),
        Refusal::FileTooLarge => FILE_TOO_LARGE.into(),
        Refusal::PlanNotEdited { detail, .. } => (*detail).to_owned(),
        Refusal::EmptyFile => "Tệp không có nội dung. Xin chọn lại tệp.".into(),
        Refusal::OwnRights => "Không ai tự đổi quyền của mình. Xin nhờ một Thường trực khác.".into(),
        Refusal::PlanIsProposed => PLAN_IS_PROPOSED.into(),
        Refusal::BankIsProposed => BANK_IS_PROPOSED.into(),
        Refusal::LeadIsProposed => LEAD_IS_PROPOSED.into(),
        Refusal::NoSuchProposal => "Không có đề nghị này.".into(),
        Refusal::NoSuchContestant => "Không có thí sinh mã này, hoặc tài khoản đã được xóa.".into(),
        Refusal::OwnProposal => "Không ai duyệt hay bác đề nghị của chính mình. Xin nhờ một Thường trực khác.".into(),
        Refusal::NotYourProposal => "Chỉ người đã lập đề nghị mới rút được. Thường trực có thể bác đề nghị này.".into(),
        Refusal::StalePreview => STALE_PREVIEW.into(),
        Refusal::PreviewRefused => PREVIEW_REFUSED.into(),
        Refusal::AlreadyDecided => ALREADY_DECIDED.into(),
        Refusal::RoundNotRanked => ROUND_NOT_RANKED.into(),
        Refusal::AttemptOpen => ATTEMPT_OPEN.into(),
        Refusal::NoSuchRound => "Cuộc thi không có vòng này. Xin kiểm tra lại đường dẫn.".into(),
        Refusal::NoBank => "Vòng này chưa có ngân hàng câu hỏi được nhận nên chưa có đề để xem.".into(),
        Refusal::ReviewBeingMade => REVIEW_BEING_MADE.into(),
        Refusal::ReviewForgotten => {
            "Danh sách cần xem xét đã được xóa cùng dữ liệu cá nhân, theo thời hạn lưu ghi trong kế hoạch.".into()
        }
        Refusal::BankStillAsked => BANK_STILL_ASKED.into(),
        Refusal::TooManyAccounts => TOO_MANY_ACCOUNTS.into(),
        Refusal::Busy { .. } => "Hệ thống đang bận. Xin thử lại sau ít giây.".into(),
        Refusal::Fault { request_id } => {
            format!("Hệ thống gặp sự cố. Xin thử lại; nếu vẫn lỗi, xin báo kỹ thuật mã {request_id}.")
        }
    }
}

/// What is wrong with one field.
pub fn field_message(wrong: &WrongField) -> String {
    match (&wrong.field, wrong.fault) {
        (FormField::Login, FormFault::Value(ValueFault::Empty) | FormFault::Missing) => {
            "Xin điền tên đăng nhập.".into()
        }
        (FormField::Login, FormFault::Value(ValueFault::TooShort | ValueFault::TooLong)) => {
            "Tên đăng nhập có từ 3 đến 40 ký tự.".into()
        }
        (FormField::Login, FormFault::Value(_)) => {
            "Tên đăng nhập chỉ gồm chữ thường không dấu, chữ số, dấu chấm và gạch; bắt đầu bằng chữ. Ví dụ: nguyen.hoa."
                .into()
        }
        (FormField::Secret | FormField::NewSecret, FormFault::Value(ValueFault::TooShort)) => {
            "Mật khẩu cần ít nhất 15 ký tự: một câu ngắn dễ nhớ là tốt nhất.".into()
        }
        _ => api::field_message(wrong),
    }
}

/// What somebody is for a contest.
pub const fn role_name(role: Role) -> &'static str {
    match role {
        Role::Lead => "Thường trực Ban Tổ chức",
        Role::Organizer => "Tổ thư ký",
        Role::Author => "Tổ ra đề",
        Role::Official => "Cán bộ nhận kết quả",
        Role::Auditor => "Giám sát",
        Role::It => "Kỹ thuật",
    }
}

/// What somebody may do, after "không được".
pub const fn action_name(action: Action) -> &'static str {
    match action {
        Action::SeeContest => "xem cuộc thi này",
        Action::ReadFiles => "xem các tệp này",
        Action::WriteFiles => "thay đổi kế hoạch, đơn vị và danh sách",
        Action::ReadBankReport => "xem kết quả đọc ngân hàng câu hỏi",
        Action::WriteBank => "nạp ngân hàng câu hỏi (việc của Tổ ra đề)",
        Action::SeePaperBeforeOpening => "xem đề trước giờ mở",
        Action::SeePaper => "xem đề",
        Action::Watch => "theo dõi số liệu khi vòng thi đang mở",
        Action::LookUp => "tra cứu thí sinh",
        Action::CorrectContestant => "sửa thông tin thí sinh",
        Action::Propose => "lập đề nghị xử lý",
        Action::ReadProposals => "xem các đề nghị xử lý",
        Action::Approve => "duyệt đề nghị",
        Action::Extend => "gia hạn vòng thi",
        Action::PreviewResults => "xem trước kết quả",
        Action::Review => "xem danh sách cần xem xét",
        Action::Download => "tải văn bản kết quả",
        Action::ReadAudit => "xem nhật ký",
        Action::ReadHealth => "xem tình trạng hệ thống",
        Action::SeePeople => "xem người dùng",
        Action::ManagePeople => "mời hoặc đổi quyền người dùng",
        Action::EndSessions => "kết thúc phiên làm việc của người khác",
    }
}

/// How the platform is called in an authenticator app.
pub const ISSUER: &str = "Hội thi";

/// Who shows the console in the demo.
pub const DEMO_LEAD: &str = "Nguyễn Thị Lan (trình diễn)";
/// Who approves what she proposes.
pub const DEMO_SECOND: &str = "Trần Văn Hải (trình diễn)";
/// Who has written the questions.
pub const DEMO_AUTHOR: &str = "Lê Thị Hoa (trình diễn)";

/// Whether the plan was accepted.
pub const PLAN_ACCEPTED: &str = "Kế hoạch đã được nhận.";
pub const PLAN_MISSING: &str = "Chưa có kế hoạch được nhận. Lập kế hoạch ở mục Kế hoạch.";
pub const UNITS_ACCEPTED: &str = "Danh sách đơn vị đã có, đủ số thành viên.";
pub const UNITS_WITHOUT_MEMBERS: &str =
    "Có đơn vị chưa ghi số thành viên: tỷ lệ tham gia của đơn vị đó sẽ không tính được.";
pub const UNITS_MISSING: &str = "Chưa có danh sách đơn vị, mà kế hoạch hỏi đơn vị khi đăng ký.";
pub const EXCLUDED_ACCEPTED: &str = "Đã có danh sách người không được dự thi.";
pub const EXCLUDED_MISSING: &str =
    "Chưa có danh sách người không được dự thi. Người ra đề và tổ thư ký cần có tên trong đó.";
pub const TWO_LEADS: &str = "Có từ hai Thường trực trở lên.";
pub const ONE_LEAD: &str =
    "Chỉ có một Thường trực: không ai duyệt được đề nghị của người đó. Xin mời thêm một người ở mục Người dùng.";

pub const SWEPT: &str = "Hệ thống vừa tự rà soát mọi vòng thi, không có gì sai.";
pub const NOT_SWEPT: &str =
    "Hơn 15 phút hệ thống chưa rà soát xong: vòng thi có thể đóng hoặc công bố chậm. Xin báo kỹ thuật.";

/// How many of those who make questions or hold the contest are not on the list of excluded people.
pub fn excluded_names(missing: u64) -> String {
    match missing {
        0 => "Người của Tổ ra đề và Tổ thư ký đều có tên trong danh sách không được dự thi.".into(),
        _ => format!(
            "{} người của Tổ ra đề, Tổ thư ký chưa có trong danh sách không được dự thi (so theo họ và tên; dòng của họ cần có số căn cước hoặc số điện thoại). Xin bổ sung rồi nạp lại danh sách.",
            format::count(missing)
        ),
    }
}

/// Whether a round was ready when it opened.
pub fn opening_check(round: &str, is_ready: bool) -> String {
    match is_ready {
        true => format!("{round}: lúc mở, hệ thống đã kiểm tra đủ ngân hàng, đáp án niêm phong và đơn vị."),
        false => format!("{round}: chưa qua bước kiểm tra lúc mở. Nếu vòng đã mở quá 5 phút, xin báo kỹ thuật."),
    }
}

/// Whether the contest is public (no standing); else what it lacks, or when it will be.
pub fn public_check(plan: &Plan, standing: Option<&Announcing>, now: Timestamp) -> String {
    let at = |at: Timestamp| format::moment(at, plan.time_zone);
    let lack = |lack: &Lack| match lack {
        Lack::Units => "danh sách đơn vị".to_owned(),
        Lack::FirstBank(round) => {
            let name = plan.round(round).map_or(round.as_str(), |round| round.name.as_str());
            format!("ngân hàng câu hỏi của {name}")
        }
    };
    match standing {
        None => "Cuộc thi đã công khai: ai có địa chỉ trang đều xem được.".to_owned(),
        Some(Announcing::Due) => "Hồ sơ đã đủ. Cuộc thi sẽ công khai trong vài phút nữa.".to_owned(),
        Some(Announcing::At(moment)) => format!("Hồ sơ đã đủ. Cuộc thi sẽ tự công khai lúc {}.", at(*moment)),
        Some(Announcing::Over) => {
            "Mọi vòng thi đã qua nên cuộc thi không công khai. Xin sửa lại thời gian trong kế hoạch.".to_owned()
        }
        Some(Announcing::Lacks(lacks)) => {
            let lacks = lacks.iter().map(lack).collect::<Vec<_>>().join(" và ");
            let late = plan.announced.filter(|moment| *moment <= now);
            let late = late.map(|moment| format!(" Giờ công khai đã định là {}.", at(moment))).unwrap_or_default();
            let opens = plan.opens();
            let open = if opens <= now { " Vòng thi đã mở mà chưa ai vào được." } else { "" };
            format!("Chưa công khai, còn thiếu {lacks}. Có đủ thì cuộc thi tự công khai.{late}{open}")
        }
    }
}

/// Whether the bank of a round was accepted.
pub fn bank_check(round: &str, questions: Option<u64>) -> String {
    match questions {
        Some(count) => format!("{round}: ngân hàng {} câu đã nạp và niêm phong.", format::grouped(count)),
        None => format!("{round}: chưa có ngân hàng câu hỏi được nhận."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_the_sentence_of_staff_where_it_differs() {
        let message = |field, fault| field_message(&WrongField::new(field, FormFault::Value(fault)));
        assert!(message(FormField::Secret, ValueFault::TooShort).contains("15 ký tự"));
        assert!(message(FormField::Secret, ValueFault::TooLong).contains("quá dài"));
        assert!(message(FormField::Login, ValueFault::BadCharacters).contains("nguyen.hoa"));
    }

    #[test]
    fn whoever_may_not_is_told_what_and_whom_to_ask() {
        for action in Action::ALL {
            let told = detail(&Refusal::NotYourRole(action));
            assert!(told.starts_with("Vai trò của bạn không được ") && told.contains("Thường trực"), "{told}");
        }
    }
}

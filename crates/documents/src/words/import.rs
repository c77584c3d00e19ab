//! Sentences of import reports and of the plan checker: what is wrong, and what to do about it.

mod bank_texts;
pub mod content;
pub mod echo;
pub mod headers;
mod pictures;
mod promises;

use super::format::{count, grouped, money, weekday_name};
use bank_texts::questions;
use contest::bank::BankFormat;
use contest::load::Load;
use contest::plan::Offset;
use contest::problem::{Place, ProblemKind, ValueType};
use promises::{promises, underscored, unknown_key, written_time};

/// The Vietnamese sentence for one problem. The place stands beside it in the report.
pub fn message(kind: &ProblemKind) -> String {
    if let ProblemKind::Content(fault) = kind {
        return content::message(fault);
    }
    if let ProblemKind::PagePicture(fault) = kind {
        return pictures::message(fault);
    }
    plan_form(kind)
        .or_else(|| plan_sense(kind))
        .or_else(|| plan_people(kind))
        .or_else(|| given(kind))
        .or_else(|| order(kind))
        .or_else(|| promises(kind))
        .or_else(|| load(kind))
        .or_else(|| file_name(kind))
        .or_else(|| file(kind))
        .or_else(|| bank(kind))
        .or_else(|| questions(kind))
        .or_else(|| change(kind))
        .unwrap_or_else(|| rest(kind))
}

fn plan_form(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::Syntax => {
            "Dòng này viết sai cú pháp TOML. Hãy xem lại dấu ngoặc kép, dấu bằng và khóa trùng lặp.".to_owned()
        }
        P::CurlyQuotes => {
            "Dấu ngoặc kép cong (“ ”) của Word không dùng được ở đây. Hãy gõ lại bằng dấu ngoặc kép thẳng (\").".to_owned()
        }
        P::DotsInNumber { plain } => {
            format!("Số không có dấu chấm, dấu phẩy ngăn hàng nghìn, không đặt trong ngoặc kép. Hãy viết {plain} hoặc {}.", underscored(plain))
        }
        P::UnknownKey { key, nearest } => unknown_key(key, *nearest),
        P::MissingKey => "Thiếu khóa này. Ban Tổ chức phải quyết định, chương trình không tự chọn thay.".to_owned(),
        P::WrongType { expected } => format!("Giá trị phải là {}.", value_type(*expected)),
        P::UnknownWord { word, allowed } => {
            format!("“{word}” không phải giá trị được phép. Hãy chọn: {}.", allowed.join(", "))
        }
        P::OutOfRange { least, most } => {
            format!("Giá trị phải là số nguyên từ {} đến {}.", grouped(*least), grouped(*most))
        }
        P::InvalidId => {
            "Mã chỉ gồm chữ thường không dấu, chữ số và dấu gạch nối, không bắt đầu hoặc kết thúc bằng gạch nối.".to_owned()
        }
        P::InvalidTime { text, fault } => written_time(text, *fault),
        P::WrongWeekday { text, is } => {
            format!("“{text}”: thứ trong tuần không khớp với ngày, ngày này là {}. Hãy xem lại thứ hoặc ngày.", weekday_name(*is))
        }
        P::TimeWithOffset => {
            "Giờ có kèm độ lệch múi giờ (+07:00, Z). Hãy bỏ đi: mọi giờ trong tệp đều theo time_zone.".to_owned()
        }
        P::ZoneIsOffset => {
            "Đây là một độ lệch giờ, không phải múi giờ của một nơi, và dấu của Etc/GMT bị hiểu ngược: Etc/GMT+7 chậm hơn GMT 7 tiếng. Ở Việt Nam hãy viết Asia/Ho_Chi_Minh.".to_owned()
        }
        P::UnknownTimeZone => "Không có múi giờ này. Ở Việt Nam hãy viết Asia/Ho_Chi_Minh.".to_owned(),
        P::UnknownSchema { expected } => format!("Chương trình này chỉ đọc schema = \"{expected}\"."),
        P::InvalidFileName => {
            let endings = bank_endings();
            format!("Tên tệp ngân hàng câu hỏi phải bắt đầu bằng “bank”, kết thúc bằng {endings}, chỉ gồm chữ không dấu, chữ số, gạch nối.")
        }
        P::InvalidHash => "Phải là 64 chữ số thập lục phân (0–9, a–f).".to_owned(),
        P::Empty => "Ô này không được để trống.".to_owned(),
        P::TooLong { most } => format!("Dài quá {} ký tự. Hãy rút gọn.", grouped(*most as u64)),
        P::TooMany { most } => format!("Nhiều quá {} mục.", grouped(*most as u64)),
        P::Duplicate { value, first_row: Some(row) } => {
            format!("“{value}” đã có ở dòng {row}. Mỗi giá trị chỉ được dùng một lần.")
        }
        P::Duplicate { value, first_row: None } => format!("“{value}” bị lặp lại. Hãy bỏ một chỗ."),
        _ => return None,
    })
}

/// `.xlsx hoặc .csv`, with commas where there are more.
fn bank_endings() -> String {
    let endings: Vec<String> = BankFormat::ALL.iter().map(|format| format!(".{format}")).collect();
    let (last, others) = endings.split_last().expect("banks have a format");
    format!("{} hoặc {last}", others.join(", "))
}

fn value_type(expected: ValueType) -> &'static str {
    match expected {
        ValueType::Text => "chữ trong dấu ngoặc kép",
        ValueType::Number => "số nguyên, không có dấu ngoặc kép",
        ValueType::Boolean => "true hoặc false",
        ValueType::List => "danh sách trong ngoặc vuông",
        ValueType::TextOrList => "chữ trong dấu ngoặc kép, hoặc danh sách trong ngoặc vuông",
        ValueType::Table => "một bảng [tên bảng]",
        ValueType::Tables => "các bảng [[tên bảng]]",
    }
}

fn plan_sense(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::ClosesBeforeOpens => "Vòng thi đóng không sau lúc mở. Hãy sửa lại giờ đóng.".to_owned(),
        P::AnnouncedTooLate => {
            "Cuộc thi được công khai sau lúc mở đăng ký hoặc sau lúc vòng đầu mở, nên sẽ không ai đăng ký được. Hãy ghi giờ công khai không muộn hơn cả hai, hoặc bỏ dòng này.".to_owned()
        }
        P::PublishesBeforeCloses => "Giờ công bố kết quả sớm hơn giờ đóng vòng thi.".to_owned(),
        P::RoundsOutOfOrder { previous } => {
            format!("Vòng thi này mở trước “{previous}” đứng trên nó. Hãy xếp các vòng theo thứ tự thời gian.")
        }
        P::RoundsOverlap { previous } => format!("Vòng thi này mở khi “{previous}” chưa đóng."),
        P::QuotaSum { sum, questions } => {
            format!("Tổng số câu theo chủ đề là {sum}, phải bằng số câu của một đề là {questions}.")
        }
        P::QuotaWithoutDraw => "Không thể vừa lấy cả ngân hàng (draw = \"all\") vừa chia theo chủ đề.".to_owned(),
        P::PredictionMissing => "Xếp hạng theo chênh lệch dự đoán nhưng không có bảng [prediction].".to_owned(),
        P::FloorAboveMinutes => "Ngưỡng số giây tối thiểu không nhỏ hơn thời gian làm bài.".to_owned(),
        P::PredictionUnused => "Có hỏi dự đoán nhưng ranking.order không dùng đến.".to_owned(),
        P::SubmittedNeedsGrant => {
            "Báo điểm ngay khi nộp bài cần quyền đọc đáp án khi làm bài: bật tham số tương ứng khi triển khai, hoặc chọn \"published\".".to_owned()
        }
        P::SubmittedWithAttempts => {
            "Báo điểm ngay khi nộp bài trong khi được thi nhiều lượt: thí sinh có thể dò ra đáp án.".to_owned()
        }
        P::LastMinuteLost => {
            "Đóng lúc 23h59 thì bài nộp trong phút cuối ngày không được nhận. Nếu muốn hết ngày, hãy viết 24h00.".to_owned()
        }
        P::PublishedAtClosing => {
            "Giờ công bố trùng giờ đóng: kết quả lên trang sau một đến hai phút, và là kết quả tạm thời.".to_owned()
        }
        P::PublishedAfterNextOpening { next, others: 0 } => {
            format!("Kết quả được công bố khi “{next}” đã mở. Hãy kiểm tra lại nếu không chủ ý.")
        }
        P::PublishedAfterNextOpening { next, others } => format!(
            "Kết quả được công bố khi “{next}” đã mở, và {} vòng sau cũng vậy. Hãy kiểm tra lại nếu không chủ ý.",
            count(*others as u64)
        ),
        P::NoPrizes => "Kế hoạch không có giải thưởng nào.".to_owned(),
        P::PrizeAmountsRise => "Giải này có giá trị lớn hơn giải đứng trên nó.".to_owned(),
        P::NameContradictsRounds { day } => {
            format!("Tên cuộc thi nhắc ngày {day}, nằm ngoài thời gian của các vòng thi.")
        }
        P::WeeksContradictRounds { said, are } => {
            format!("Tên cuộc thi nói {} tuần, còn các vòng thi kéo dài {} tuần.", count(*said), count(*are))
        }
        P::MinutesLongerThanRound => "Thời gian làm bài dài hơn cả vòng thi.".to_owned(),
        P::LotsUnused => "Có nêu nguồn bốc thăm nhưng ranking.unbroken_tie không phải \"lot\".".to_owned(),
        P::LotsWithoutOthers => {
            "Giá trị bốc thăm chỉ do máy chủ giữ: người vận hành biết trước. Hãy chọn lot_beacon = \"drand\" hoặc nhờ người chứng kiến ở mỗi vòng (lot_witnesses).".to_owned()
        }
        P::BankShared { earlier } => {
            format!(
                "Cùng bộ câu hỏi với “{earlier}”: đáp án của vòng ấy công khai thì ai cũng biết đáp án của vòng này. Hãy dùng bộ câu hỏi riêng cho mỗi vòng."
            )
        }
        P::QuestionsShared { earlier, questions } => {
            format!("Có {} câu trùng với câu hỏi của “{earlier}”. Hãy thay các câu này.", count(*questions as u64))
        }
        _ => return None,
    })
}

/// Who may take part, how often, and whom they ask.
fn plan_people(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::RegistrationAfterEnd => "Thời điểm mở đăng ký không sớm hơn lúc kết thúc cuộc thi.".to_owned(),
        P::ContactMissing => {
            "Bảng [contact] cần ít nhất một số điện thoại hoặc một địa chỉ thư điện tử, để thí sinh liên hệ được.".to_owned()
        }
        P::InvalidContactPhone => {
            "Không phải một số điện thoại. Hãy ghi một số, ví dụ \"0208 3 862 000\"; giờ trực ghi ở hours, tên ghi ở name.".to_owned()
        }
        P::InvalidEmail => "Không phải địa chỉ thư điện tử. Ví dụ: \"cuocthi@example.gov.vn\".".to_owned(),
        P::RegistrationClosesBeforeOpens => "Đăng ký đóng không sau lúc mở. Hãy sửa lại giờ đóng đăng ký.".to_owned(),
        P::MaxAgeBelowMinAge => {
            "Tuổi tối đa thấp hơn tuổi tối thiểu nên không ai đăng ký được. Hãy sửa lại, hoặc ghi 0 nếu không giới hạn.".to_owned()
        }
        P::UniqueNotAsked { field } => {
            format!("“{field}” phải là duy nhất nhưng không được hỏi. Hãy thêm vào registration.fields.")
        }
        P::CannotBeUnique { field } => {
            format!("“{field}” không phân biệt được người với người. Chỉ citizen_id, phone, email có thể là duy nhất.")
        }
        P::FieldNeeded { field, by } => format!("“{by}” cần biết “{field}”. Hãy thêm “{field}” vào registration.fields."),
        P::PerDayUnused => {
            "Số lượt mỗi ngày không nhỏ hơn số lượt mỗi vòng nên không có tác dụng. Hãy giảm per_day, hoặc ghi 0.".to_owned()
        }
        P::RegistrationAfterOpening => "Đăng ký mở sau khi vòng thi đầu tiên đã mở.".to_owned(),
        P::RegistrationOutlastsRounds => {
            "Đăng ký đóng sau khi vòng cuối cùng đã đóng: thực tế đăng ký kết thúc cùng vòng cuối cùng.".to_owned()
        }
        P::NothingUnique => "Không có trường nào là duy nhất: một người có thể lập nhiều tài khoản.".to_owned(),
        _ => return None,
    })
}

/// Prizes, and the ranking over the contest.
fn given(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::ReservedId => {
            "Mã “overall” dành cho kết quả toàn cuộc thi nên không vòng thi nào được mang. Hãy đặt mã khác.".to_owned()
        }
        P::OverallMissing => {
            "Giải toàn cuộc thi (scope = \"contest\") cần bảng xếp hạng toàn cuộc thi. Hãy thêm bảng [overall], hoặc chọn scope = \"round\".".to_owned()
        }
        P::BestWithSum => {
            "Đã cộng điểm mọi vòng thi (score = \"sum\") thì không chọn số vòng tốt nhất. Hãy bỏ best, hoặc chọn score = \"best\".".to_owned()
        }
        P::RoundsWithContest => {
            "Giải toàn cuộc thi (scope = \"contest\") trao một lần, không theo vòng thi nào. Hãy bỏ rounds, hoặc chọn scope = \"round\".".to_owned()
        }
        P::PointsMissing => {
            "Xếp hạng theo điểm thi đua (points desc) nhưng không nói điểm tính từ đâu. Hãy thêm points = {…}, hoặc bỏ tiêu chí này.".to_owned()
        }
        P::UnknownTier { tier } => {
            format!("Không giải cá nhân nào có tier = “{tier}”. Hãy ghi đúng tier của một giải trong [[prizes]], hoặc contestants_percent.")
        }
        P::InvalidOffset => format!(
            "Cần hai số nguyên, tính bằng milimét: [sang phải, xuống dưới], từ -{right} đến {right} và từ -{down} đến {down}. Số âm là sang trái, lên trên.",
            right = Offset::MOST_RIGHT,
            down = Offset::MOST_DOWN
        ),
        P::CertificateOutOfReach => {
            "Giấy chứng nhận này cần đạt ở nhiều vòng thi hơn số vòng của cuộc thi nên không ai được cấp. Hãy sửa rounds.".to_owned()
        }
        P::OffsetUnused => {
            "Giấy chứng nhận in trên giấy trắng (certificate = \"blank\") nên không dùng vị trí của phôi in sẵn. Hãy chọn certificate = \"form\", hoặc bỏ khóa này.".to_owned()
        }
        P::PointsUnused => {
            "Có nêu cách tính điểm thi đua nhưng measure không có \"points desc\". Hãy thêm tiêu chí này, hoặc bỏ points.".to_owned()
        }
        _ => return None,
    })
}

/// What a deployment may not carry.
fn load(kind: &ProblemKind) -> Option<String> {
    let ProblemKind::HeavyRounds { attempts, requests, parameters } = kind else { return None };
    Some(format!(
        "Mỗi vòng có thể có tới {} lượt thi, tức {} yêu cầu mỗi giây trong mười phút cuối; hệ thống cài theo mặc định nhận {}. Hãy báo người quản trị nâng {} trước khi vòng thi mở.",
        grouped(*attempts),
        grouped(*requests),
        grouped(Load::BY_DEFAULT.requests),
        parameters.join(", ")
    ))
}

/// Warnings about `ranking.order`.
fn order(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::TiesUnbroken { prize, count: prizes, people } => {
            let (whom, perfect) = match people {
                Some(people) => (format!("trong {} người có thể dự thi", grouped(*people)), people.div_ceil(10)),
                None => ("cứ 1.000 người thi".to_owned(), 100),
            };
            format!(
                "Không tiêu chí nào phân biệt những người bằng điểm: {whom}, nếu một phần mười đúng hết thì {} người cùng nhận “{prize}” thay vì {}. Hãy thêm tiêu chí: dự đoán, thời gian làm bài hoặc thời điểm nộp bài ở ranking.order, thời gian làm bài (duration asc) ở overall.order.",
                count(perfect),
                count(u64::from(*prizes))
            )
        }
        P::NeverDecides { key, after } => {
            format!("“{key}” không bao giờ được xét đến, vì “{after}” đứng trước đã phân biệt mọi người. Hãy đổi thứ tự hoặc bỏ đi.")
        }
        P::ScoreNotCompared => {
            "Xếp hạng mọi người mà không so điểm: người không đúng câu nào cũng có thể nhất. Hãy thêm \"score desc\", hoặc chọn eligible = \"perfect\".".to_owned()
        }
        _ => return None,
    })
}

fn file_name(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::IgnoredFile => "Tệp do máy tự tạo hoặc ghi chú riêng, không thuộc cuộc thi nên được bỏ qua.".to_owned(),
        P::NotAFile => {
            "Không phải tệp thường (liên kết, thư mục…) nên không được đọc. Hãy chép chính tệp ấy vào thư mục cuộc thi."
                .to_owned()
        }
        P::FormatNotRead { ending } => format_not_read(ending),
        P::WrongFileName { right } => format!("Tên tệp phải viết đúng là “{right}”. Hãy đổi tên tệp."),
        _ => return None,
    })
}

fn file(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::UnknownFile => {
            "Không rõ tệp này để làm gì. Tên tệp phải là contest.toml, bank….xlsx hoặc bank….docx, units.csv, roster.csv, excluded.csv hoặc reveals.csv (cũng có thể .xlsx, .csv).".to_owned()
        }
        P::FileTooLarge { most } => format!("Tệp lớn quá {} MB. Hãy bỏ hình ảnh và những phần không dùng.", most / (1024 * 1024)),
        P::WrongSignature => "Nội dung không phải tệp Excel .xlsx. Hãy mở bằng Excel rồi lưu lại thành .xlsx.".to_owned(),
        P::NotUtf8 => "Tệp không phải Unicode (UTF-8). Hãy lưu lại kiểu UTF-8 (trong Excel: “CSV UTF-8”; trong Notepad: Encoding UTF-8).".to_owned(),
        P::Utf16 => {
            "Tệp lưu theo UTF-16. Hãy lưu lại kiểu UTF-8 (trong Notepad: Lưu thành, Mã hóa UTF-8; bảng tính trong Excel: “CSV UTF-8”).".to_owned()
        }
        P::LegacyEncoding => {
            "Chữ gõ bằng bảng mã cũ (TCVN3 .VnTime hoặc VNI). Hãy chuyển sang Unicode rồi tải lên lại.".to_owned()
        }
        P::BrokenText => {
            "Chữ đã bị hỏng trước khi tải lên (như “Th? ?ô”, “Thá»§”). Hãy quay lại tệp gốc và lưu lại kiểu Unicode (UTF-8).".to_owned()
        }
        P::UnclosedQuote => {
            "Dấu ngoặc kép (\") mở đầu ô ở dòng này không đóng đúng chỗ nên các dòng sau bị gộp mất. Hãy xóa dấu này, hoặc viết cả ô trong ngoặc kép và nhân đôi mỗi dấu bên trong (\"\").".to_owned()
        }
        P::BrokenWorkbook => "Không đọc được tệp Excel này. Hãy mở bằng Excel rồi lưu lại thành .xlsx.".to_owned(),
        P::OldOrEncrypted => "Tệp kiểu cũ (.xls, .doc) hoặc có mật khẩu. Hãy bỏ mật khẩu và lưu lại thành .xlsx (Excel) hoặc .docx (Word).".to_owned(),
        P::TooManyEntries { most } => format!("Tệp chứa nhiều quá {most} phần. Hãy chép nội dung sang một tệp mới."),
        P::InflatesTooFar => "Nội dung tệp khi mở ra quá lớn. Hãy chép nội dung sang một tệp mới.".to_owned(),
        P::DocumentType => "Tệp có khai báo kiểu tài liệu (DOCTYPE) nên không được nhận. Hãy lưu lại, hoặc chép nội dung sang một tệp mới.".to_owned(),
        P::TooManyRows { most } => {
            format!("Có dữ liệu ngoài {} dòng đầu. Hãy xóa các dòng thừa ở dưới bảng.", grouped(u64::from(*most)))
        }
        P::TooManyColumns { most } => format!("Có dữ liệu ngoài {most} cột đầu. Hãy xóa các cột thừa bên phải bảng."),
        P::TooManyCells { most } => format!("Nhiều quá {} ô. Hãy chép riêng bảng cần dùng sang một tệp mới.", grouped(u64::from(*most))),
        P::CellTooLong { most } => format!("Ô dài quá {} ký tự.", grouped(*most as u64)),
        P::FormulaCell { cell } => format!("Ô {cell} là công thức. Hãy chép và dán lại dạng giá trị."),
        P::ErrorCell { cell } => format!("Ô {cell} báo lỗi của Excel. Hãy nhập lại giá trị."),
        P::DateCell => {
            "Excel đã đổi nội dung ô này thành ngày giờ. Hãy định dạng cột thành Văn bản (Text) rồi gõ lại.".to_owned()
        }
        P::NoSuchTable { needed, sheets } if sheets.is_empty() => {
            format!("Không tìm thấy hàng tiêu đề. Cần các cột: {}.", needed.join(", "))
        }
        P::NoSuchTable { needed, sheets } => format!(
            "Không trang tính nào có hàng tiêu đề. Cần các cột: {}. Đã xem các trang: {}.",
            needed.join(", "),
            sheets.join(", ")
        ),
        P::SeveralTables { sheets } => format!(
            "Nhiều trang tính cùng có bảng: {}. Hãy ghi trong contest.toml vòng nào dùng trang nào, như bank = \"bank.xlsx#{}\", hoặc chỉ để lại một bảng.",
            sheets.join(", "),
            sheets.first().map_or("Tuần 1", String::as_str)
        ),
        P::NoSuchSheet { sheet, sheets } => {
            format!("Tệp không có bảng ở trang tính “{sheet}”. Các trang có bảng: {}.", sheets.join(", "))
        }
        P::HiddenSheet { sheet } => {
            format!("Trang tính “{sheet}” đang ẩn nên không được đọc. Nếu cần dùng, hãy bỏ ẩn rồi lưu lại.")
        }
        P::SheetNotRead { sheet } => {
            format!("Trang tính “{sheet}” không có hàng tiêu đề của bảng nên không được đọc.")
        }
        P::MissingColumn { header } => format!("Thiếu cột “{header}”."),
        P::DuplicateColumn => "Hai cột có cùng tiêu đề. Hãy bỏ một cột.".to_owned(),
        P::ColumnNotRead => "Cột này không được đọc. Nếu cần dùng, hãy sửa tiêu đề cho đúng mẫu.".to_owned(),
        P::TooManyOptions { most } => format!("Mỗi câu hỏi có nhiều nhất {most} phương án. Hãy bỏ bớt."),
        P::CellWithoutHeader => "Ô nằm ngoài các cột có tiêu đề. Chữ có dấu phẩy phải đặt trong dấu ngoặc kép.".to_owned(),
        P::NoRows => "Bảng không có dòng dữ liệu nào dưới hàng tiêu đề.".to_owned(),
        _ => return None,
    })
}

/// What to do with a file whose format is not read.
fn format_not_read(ending: &str) -> String {
    match ending {
        "xls" | "xlsb" | "xlsm" | "ods" | "numbers" | "tsv" | "htm" | "html" => {
            format!("Không đọc tệp .{ending}. Hãy mở ra rồi lưu thành .xlsx.")
        }
        "doc" | "dotx" | "docm" | "odt" | "rtf" => {
            format!("Không đọc tệp .{ending}. Hãy mở ra rồi lưu thành .docx (đổi đuôi tên tệp thì không được).")
        }
        "" => "Tên tệp không có đuôi. Hãy mở ra rồi lưu thành .xlsx.".to_owned(),
        "rar" | "7z" | "tar" | "gz" => format!("Không đọc tệp nén .{ending}. Hãy giải nén rồi tải lên từng tệp."),
        _ => format!("Chưa đọc tệp .{ending}. Hãy mở ra, chép vào bảng theo mẫu rồi lưu thành .xlsx."),
    }
}

/// Where something stands, inside a sentence about something else.
fn at(place: &Place) -> String {
    match place {
        Place::Question(of) => {
            let number = of.number.map_or_else(|| "khác".to_owned(), |number| number.to_string());
            of.part.as_ref().map_or_else(|| number.clone(), |part| format!("{number}, {part}"))
        }
        _ => place.row().map_or_else(|| "khác".to_owned(), |row| format!("ở dòng {row}")),
    }
}

fn bank(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::TooFewOptions => "Mỗi câu hỏi cần ít nhất hai phương án.".to_owned(),
        P::GapInOptions { letter } => format!("Phương án {letter} để trống trong khi phương án sau có nội dung."),
        P::InvalidAnswer => "Đáp án không hợp lệ. Hãy viết chữ cái của phương án, như B hoặc A,C.".to_owned(),
        P::AmbiguousAnswer => {
            "Đáp án hiểu được hai cách: chữ cái (hoặc số thứ tự) của một phương án, hay nội dung của phương án khác. Hãy viết chữ cái của phương án đúng, hoặc sửa nội dung phương án.".to_owned()
        }
        P::LookAlikeLetters => {
            "Đáp án gõ bằng chữ của bảng chữ cái khác trông giống A, B, C. Đã đọc như chữ A, B, C; hãy xem lại.".to_owned()
        }
        P::PositionInOption { letter } => {
            format!(
                "Phương án {letter} nhắc đến phương án khác theo chữ cái hoặc vị trí, nên các phương án của câu này không xáo trộn."
            )
        }
        P::OptionsDifferInCase { first, second } => {
            format!("Phương án {first} và {second} chỉ khác nhau ở chữ hoa, chữ thường. Hãy xem lại nếu không chủ ý.")
        }
        P::AnswerWithoutOption { letter } => format!("Đáp án là {letter} nhưng câu hỏi không có phương án {letter}."),
        P::EqualOptions { first, second } => format!("Phương án {first} và {second} giống hệt nhau."),
        P::EqualQuestions { first } => format!("Câu hỏi này trùng với câu {}.", at(first)),
        P::BankNotNamed => "Chưa vòng thi nào trong contest.toml dùng ngân hàng câu hỏi này.".to_owned(),
        P::TooFewQuestions { have, need, topic: None } => {
            format!("Ngân hàng chỉ có {} câu, một đề cần {} câu.", count(*have as u64), count(*need as u64))
        }
        P::TooFewQuestions { have, need, topic: Some(topic) } => {
            format!("Chủ đề “{topic}” chỉ có {} câu, một đề cần {} câu.", count(*have as u64), count(*need as u64))
        }
        P::PaperIsWholeBank { have, announced } => {
            format!(
                "Đề lấy cả ngân hàng gồm {} câu, còn kế hoạch nói {} câu.",
                count(*have as u64),
                count(*announced as u64)
            )
        }
        _ => return None,
    })
}

/// What may not change any more, or comes too late.
fn change(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::RoundHasBegun { round } => {
            format!("Vòng thi “{round}” đã bắt đầu: chỉ có thể lùi giờ đóng và giờ công bố khi vòng còn mở.")
        }
        P::RoundHasEnded { round } => format!(
            "Vòng thi “{round}” đã kết thúc: kết quả chỉ tính theo những gì có lúc đóng vòng. Hãy để nguyên như cũ; vòng sau \
             cần tệp của riêng nó."
        ),
        P::RegistrationHasBegun => {
            "Đã có người đăng ký: đổi quy định này thì một người có thể có hai tài khoản. Hãy để nguyên như cũ.".to_owned()
        }
        P::UnitLeftOut { unit } => format!(
            "Thiếu đơn vị “{unit}”: đã có người đăng ký, người thuộc đơn vị này sẽ không được tính ở đâu. Hãy giữ lại dòng đó."
        ),
        P::UnitMoved { unit } => format!(
            "Đơn vị “{unit}” đổi đơn vị cấp trên, mà vòng thi đầu tiên đã mở: người của đơn vị này sẽ được tính cho nơi khác. \
             Hãy ghi lại như lúc mở vòng."
        ),
        P::UnitHasOtherLevel { unit } => {
            format!("Đơn vị “{unit}” đổi cấp, mà vòng thi đầu tiên đã mở. Hãy ghi lại như lúc mở vòng.")
        }
        P::UnitHasOtherMembers { unit } => format!(
            "Đơn vị “{unit}” đổi số thành viên (của mình hoặc cộng từ cấp dưới), mà vòng thi đầu tiên đã mở: giải tập thể có \
             thể đổi chủ. Hãy ghi lại như lúc mở vòng; đơn vị thêm sau thì để trống số thành viên."
        ),
        P::RosterCodeChanged => {
            "Đã có người đăng ký: mã dự thi của người này khác trong danh sách trước, nên họ có thể đăng ký hai lần. Hãy giữ mã \
             cũ."
                .to_owned()
        }
        P::ExclusionIsADecision => {
            "Vòng thi đầu tiên đã mở: loại ai hay cho ai tính giải lại là một quyết định có lý do, không sửa ở danh sách này. Hãy \
             để nguyên danh sách như lúc mở vòng."
                .to_owned()
        }
        P::AllRoundsAreOver => {
            "Mọi vòng thi đều đã qua nên cuộc thi chưa được đưa lên trang. Hãy sửa ngày giờ các vòng rồi tải lại kế hoạch."
                .to_owned()
        }
        P::RoundIsOver { round } => {
            format!("Vòng thi “{round}” đã qua trước khi có kế hoạch này: không ai còn thi được. Hãy xem lại ngày giờ.")
        }
        P::ContestHasBegun => "Cuộc thi đã bắt đầu nên không thể thay đổi quy định này.".to_owned(),
        _ => return None,
    })
}

fn rest(kind: &ProblemKind) -> String {
    use ProblemKind as P;
    match kind {
        P::UnknownParent { parent } => format!("Không có đơn vị cấp trên mang mã “{parent}”."),
        P::UnitCycle => "Đơn vị này là cấp trên của chính nó.".to_owned(),
        P::InvalidUnitCode => "Mã đơn vị dài tối đa 64 ký tự, không có ký tự điều khiển.".to_owned(),
        P::UnknownUnit { unit } => format!("Không có đơn vị nào mang mã hoặc tên “{unit}”."),
        P::AmbiguousUnit { unit } => format!("Có nhiều đơn vị tên “{unit}”. Hãy ghi mã đơn vị."),
        P::UnknownLevel { level, levels } if levels.is_empty() => {
            format!("Không đơn vị nào có cấp “{level}”: bảng đơn vị chưa ghi cấp nào. Hãy điền cột “Cấp”.")
        }
        P::UnknownLevel { level, levels } => {
            let levels: Vec<String> = levels.iter().map(|level| format!("“{level}”")).collect();
            format!("Không đơn vị nào có cấp “{level}”. Bảng đơn vị có các cấp: {}. Hãy chọn một trong số đó.", levels.join(", "))
        }
        P::InvalidNumber => "Phải là số nguyên, như 5285 hoặc 5.285.".to_owned(),
        P::NotToldApart { first_row } => format!(
            "Trùng họ tên, ngày sinh và đơn vị với dòng {first_row}. Hãy ghi mã dự thi, căn cước hoặc điện thoại của cả hai người."
        ),
        P::InvalidName => "Họ và tên phải có ít nhất hai từ, chỉ gồm chữ cái của một hệ chữ viết.".to_owned(),
        P::InvalidText => "Có ký tự không nhìn thấy được hoặc quá nhiều dấu trên một chữ. Xin gõ lại ô này.".to_owned(),
        P::InvalidDate => "Ngày sinh không hợp lệ. Hãy viết như 02/8/1990.".to_owned(),
        P::InvalidCitizenId => {
            "Số căn cước phải có đúng 12 chữ số. Nếu mất số 0 ở đầu, hãy định dạng cột thành Văn bản (Text).".to_owned()
        }
        P::InvalidPhone => {
            "Không phải số điện thoại Việt Nam. Nếu mất số 0 ở đầu, hãy định dạng cột thành Văn bản (Text).".to_owned()
        }
        P::InvalidContestantCode => "Mã dự thi gồm 4 đến 32 chữ cái không dấu, chữ số, gạch nối.".to_owned(),
        P::Unrecognizable => "Không có số căn cước hay điện thoại nên không nhận ra người này khi đăng ký.".to_owned(),
        P::SmallUnit { members } => {
            format!("Đơn vị chỉ có {} người: số liệu công bố có thể làm lộ ai là ai.", count(*members))
        }
        P::IdIsNotFolder { folder } => {
            format!("Mã cuộc thi khác với thư mục “{folder}”. Hãy sửa id hoặc tải lên đúng thư mục.")
        }
        P::WaitingFor { file } => format!("Đã nhận, nhưng còn chờ tệp “{file}”."),
        P::NoSuchCommitment => {
            "Giá trị này không ứng với cam kết nào của người chứng kiến trong lot_witnesses của vòng thi.".to_owned()
        }
        P::NotOverContest => "Về toàn cuộc thi chỉ quyết định được thứ tự, không nhận giải, khôi phục giải và công nhận; \
                              những việc khác hãy ghi cho từng vòng thi."
            .to_owned(),
        P::UnknownRound { round } => format!("Không có vòng thi nào mang mã “{round}”."),
        P::UnknownContestant => {
            "Không có tài khoản nào của cuộc thi mang mã dự thi hoặc mã công khai này. Hãy xem lại từng chữ và số của mã.".to_owned()
        }
        P::UnknownQuestion { question } => format!(
            "Ngân hàng của vòng này không có câu “{question}”. Hãy ghi mã câu hỏi như trong ngân hàng, ví dụ q07 hoặc 7."
        ),
        P::NotADay => "Không đọc được ngày này. Hãy viết như 24/12/2021.".to_owned(),
        P::DecisionLeftOut { round, action, subject } => format!(
            "Thiếu, hoặc đã sửa, một dòng đã có hiệu lực: {action} {subject} ở vòng “{round}”. Quyết định đã công bố không sửa \
             được: hãy giữ nguyên dòng ấy và ghi thêm dòng mới (reinstate để khôi phục, rekey hoặc void để đổi cách tính một \
             câu)."
        ),
        P::RevealTooEarly { round } => {
            format!(
                "Chưa đến giờ công bố của “{round}”: giá trị của người chứng kiến phải giữ kín đến khi sổ bài thi được công bố."
            )
        }
        P::SameRole { file } => format!("Tệp “{file}” cũng giữ vai trò này. Chỉ nên để lại một tệp."),
        // A test goes through every kind and finds one without a sentence of its own.
        other => other.code().to_owned(),
    }
}

/// What `hoithi check` found in a folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckFigures {
    /// Files read.
    pub files: u64,
    /// Rows in them.
    pub rows: u64,
    /// Errors, each of which keeps its file out.
    pub errors: u64,
    /// Warnings.
    pub warnings: u64,
    /// Đồng of all prizes of the plan, where the plan could be read.
    pub prize_total: Option<u64>,
    /// Attempts that a round can have and the requests a second that they bring, where they are known.
    pub load: Option<(u64, u64)>,
}

/// The last line of `hoithi check`: may the folder be uploaded as it is?
pub fn check_summary(figures: CheckFigures, missing: &[String]) -> String {
    let CheckFigures { files, rows, errors, warnings, prize_total, load } = figures;
    let verdict = match errors {
        0 if !missing.is_empty() => format!("Chưa đủ: còn thiếu {}; không có lỗi", missing.join(", ")),
        0 => "Tải lên được: không có lỗi".to_owned(),
        _ => format!("Chưa tải lên được: {} lỗi", grouped(errors)),
    };
    let prizes =
        prize_total.map_or(String::new(), |total| format!(" Tổng tiền thưởng theo kế hoạch: {}.", money(total)));
    let load = load.map_or(String::new(), |(attempts, requests)| {
        let (attempts, requests) = (grouped(attempts), grouped(requests));
        format!(" Mỗi vòng có thể có tới {attempts} lượt thi, {requests} yêu cầu mỗi giây lúc đông nhất.")
    });
    let (warnings, files, rows) = (grouped(warnings), grouped(files), grouped(rows));
    format!("{verdict}, {warnings} cảnh báo trong {files} tệp, {rows} dòng.{prizes}{load}")
}

#[cfg(test)]
mod tests;

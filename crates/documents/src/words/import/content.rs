//! Sentences about what stands in the file of a bank, whatever its format, and the words for places in one.

use contest::problem::{AnswerSource, ContentFault};

/// The Vietnamese sentence for one fault.
pub fn message(fault: &ContentFault) -> String {
    of_file(fault).or_else(|| object(fault)).unwrap_or_else(|| of_question(fault))
}

fn of_file(fault: &ContentFault) -> Option<String> {
    use ContentFault as F;
    let sentence = match fault {
        F::BrokenDocument => "Không đọc được tệp Word này. Hãy mở bằng Word rồi lưu lại thành .docx.",
        F::NotADocument => {
            "Nội dung không phải tệp Word .docx. Hãy mở bằng Word rồi chọn Lưu thành (Save As) kiểu .docx; chỉ đổi đuôi tên tệp thì không được."
        }
        F::NoQuestions => {
            "Không tìm thấy câu hỏi nào. Mỗi câu bắt đầu bằng “Câu 1:”, các phương án “A.”, “B.”…; hoặc mỗi dòng một phương án, dấu * trước phương án đúng, giữa hai câu có một dòng trống."
        }
        F::TrackedChanges => {
            "Tệp còn các sửa đổi đang chờ duyệt (Track Changes). Đã đọc như thể mọi sửa đổi được chấp nhận; hãy xem lại, tốt nhất là duyệt hết rồi nạp lại."
        }
        F::CommentsNotRead => "Ghi chú bên lề (Comments) không được đọc.",
        _ => return None,
    };
    Some(sentence.to_owned())
}

fn object(fault: &ContentFault) -> Option<String> {
    use ContentFault as F;
    let sentence = match fault {
        F::Picture => "Có hình ảnh; chưa nhận câu hỏi có hình. Hãy viết lại bằng chữ hoặc bỏ câu này.",
        F::Drawing => "Có hình vẽ hoặc biểu đồ; chưa nhận câu hỏi có hình. Hãy viết lại bằng chữ hoặc bỏ câu này.",
        F::TextBox => "Có khung chữ (Text Box) nên không biết chữ trong đó thuộc về đâu. Hãy chép chữ ra ngoài khung.",
        F::Equation => "Có công thức toán. Hãy viết công thức bằng chữ thường, ví dụ 2¹⁰ hoặc 3/4, hoặc bỏ câu này.",
        F::EmbeddedObject => "Có đối tượng nhúng từ chương trình khác. Hãy viết lại bằng chữ hoặc bỏ câu này.",
        F::Footnote => "Có chú thích cuối trang. Hãy đưa nội dung chú thích vào câu hỏi rồi xóa chú thích.",
        F::Symbol => "Có ký tự lấy từ phông Symbol hoặc Wingdings. Hãy gõ lại ký tự này bằng Unicode, như ≥, °, →.",
        F::UnknownNumber => {
            "Word đánh số đoạn này bằng kiểu chữ số không đọc được. Hãy chọn kiểu 1, 2, 3 hoặc A, B, C."
        }
        F::UnknownObject => "Có nội dung của Word không đọc được (ô đánh dấu, tệp chèn…). Hãy viết lại bằng chữ.",
        F::HiddenText => "Có chữ ẩn (Hidden) mà người đọc không nhìn thấy. Hãy bỏ ẩn nếu cần, hoặc xóa đi.",
        F::FormattedText => {
            "Có chữ gạch ngang thân hoặc chỉ số trên, chỉ số dưới mà chữ thường không viết được. Hãy viết lại cho rõ, hoặc xóa chữ bị gạch."
        }
        _ => return None,
    };
    Some(sentence.to_owned())
}

fn of_question(fault: &ContentFault) -> String {
    use ContentFault as F;
    match fault {
        F::UnsupportedType => {
            "Không phải câu chọn phương án A, B, C, D. Câu đúng/sai từng ý, trả lời ngắn, tự luận thì không nhận; hãy bỏ ra hoặc viết lại thành câu có các phương án “A.”, “B.”, “C.”.".to_owned()
        }
        F::SharedPassage => {
            "Có đoạn văn, dữ kiện hoặc âm thanh dùng chung cho nhiều câu. Mỗi thí sinh nhận câu hỏi khác nhau, nên hãy chép đoạn ấy vào từng câu.".to_owned()
        }
        F::UnknownLayout => {
            "Không hiểu bảng này. Chỉ đọc bảng ngân hàng câu hỏi có hàng tiêu đề (Câu hỏi, A, B, C, D, Đáp án), bảng đáp án, và bảng chứa các phương án A, B, C, D của một câu.".to_owned()
        }
        F::TextNotRead => {
            "Có chữ không rõ thuộc về đâu: phần tiếp của phương án cuối, lời giải thích hay tiêu đề. Hãy nối vào phương án, hoặc ghi “Giải thích:” ở trước, hoặc xóa đi.".to_owned()
        }
        F::HeadingNotRead => "Các dòng tiêu đề, ghi chú ở đây không phải câu hỏi nên được bỏ qua.".to_owned(),
        F::MissingBlankLine => {
            "Có vẻ thiếu một dòng trống giữa hai câu hỏi, hoặc thừa một dòng trống giữa một câu. Mỗi câu là các dòng liền nhau: câu hỏi, rồi các phương án; giữa hai câu có một dòng trống.".to_owned()
        }
        F::OptionOutOfOrder { expected, found } => {
            format!("Lẽ ra đến phương án {expected} nhưng gặp {found}. Hãy xem lại chữ cái các phương án, hoặc chỗ bắt đầu câu hỏi (“Câu …:”).")
        }
        F::NumbersLeftOut { after } => {
            format!("Số câu nhảy cóc: ngay trước là câu {after}. Hãy xem có sót câu nào không.")
        }
        F::RepeatedNumber => "Hai câu mang cùng một số. Hãy đánh số lại cho liên tục.".to_owned(),
        F::NoAnswer => {
            "Không thấy đáp án. Hãy gạch chân hoặc tô màu phương án đúng, hoặc ghi dòng “Đáp án: …” dưới câu, hoặc thêm bảng đáp án ở cuối.".to_owned()
        }
        F::AnswersContradict { first, second } if first == second => {
            format!("{} không thống nhất: các phương án được đánh dấu khác nhau. Hãy chỉ đánh dấu phương án đúng.", capital(source(*first)))
        }
        F::AnswersContradict { first, second } => {
            format!("Hai nơi cho hai đáp án khác nhau: {} và {}. Hãy sửa cho khớp.", source(*first), source(*second))
        }
        F::MarkOnPart { source: of } => format!(
            "{} chỉ có ở một phần chữ của phương án, không rõ là đánh dấu đáp án hay nhấn mạnh. Hãy đánh dấu cả phương án, hoặc bỏ đi.",
            capital(source(*of))
        ),
        F::AnswerWithoutQuestion { number } => {
            format!("Phần đáp án ở cuối có câu {number} nhưng tệp không có câu ấy. Có thể một câu hỏi chưa được đọc; hãy xem lại.")
        }
        // A test goes through every fault and finds one without a sentence of its own.
        other => other.code().to_owned(),
    }
}

fn source(source: AnswerSource) -> &'static str {
    match source {
        AnswerSource::Star => "dấu * trước phương án",
        AnswerSource::Line => "dòng “Đáp án”",
        AnswerSource::Underline => "gạch chân",
        AnswerSource::Colour => "màu chữ",
        AnswerSource::Background => "tô nền",
        AnswerSource::Bold => "chữ đậm",
        AnswerSource::Italic => "chữ nghiêng",
        AnswerSource::Table => "bảng đáp án ở cuối",
        AnswerSource::Repeated => "dòng nhắc lại phương án đúng",
    }
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// A piece of a question, such as `Câu 7, phương án B`.
pub fn place_of_option(question: u32, letter: char) -> String {
    format!("Câu {question}, phương án {letter}")
}

/// The text of a question.
pub fn place_of_stem(question: u32) -> String {
    format!("Câu {question}")
}

/// Where a question says what is right.
pub fn place_of_answer(question: u32) -> String {
    format!("Câu {question}, đáp án")
}

/// What stands behind a question and belongs to none, or before the first one.
pub fn place_between(question: Option<u32>) -> String {
    question.map_or_else(|| "Trước câu đầu tiên".to_owned(), |question| format!("Sau câu {question}"))
}

/// The answers behind the questions.
pub fn place_of_answers() -> String {
    "Phần đáp án".to_owned()
}

/// A table of a document, counted from 1.
pub fn name_of_table(number: usize) -> String {
    format!("Bảng {number}")
}

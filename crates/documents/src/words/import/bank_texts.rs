//! Sentences about questions as files of other programs hold them.

use contest::limits::MAX_OPTIONS;
use contest::problem::ProblemKind;

/// The sentence for a problem with questions, with how they are written, or with the text that holds them.
pub(super) fn questions(kind: &ProblemKind) -> Option<String> {
    written(kind).or_else(|| container(kind)).or_else(|| judged(kind))
}

/// How something is written in a question.
fn written(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::NumberFormat => {
            "Số ở ô này hiện theo một định dạng không đọc chắc chắn được. Hãy định dạng cột thành Văn bản (Text) rồi gõ lại đúng như muốn hiện.".to_owned()
        }
        P::FormattedText => {
            "Có chữ gạch ngang, hoặc chỉ số trên, chỉ số dưới không viết được bằng chữ thường: bỏ định dạng đi thì nội dung khác đi. Hãy gõ lại thành chữ thường (như 10⁶, H₂O), xóa hẳn chữ gạch ngang.".to_owned()
        }
        P::Picture => {
            "Có hình ảnh, hình vẽ hoặc hộp chữ ở câu hỏi này; chưa nhận câu hỏi có hình. Hãy diễn đạt bằng chữ rồi xóa hình.".to_owned()
        }
        P::Formula => "Có công thức toán; chưa nhận công thức. Hãy viết lại bằng chữ thường, như x² + 1.".to_owned(),
        P::MarkupNotRead { element } => {
            format!("Có thành phần “{element}” không đọc được thành chữ. Hãy diễn đạt bằng chữ rồi xóa thành phần ấy.")
        }
        P::UnknownEscape { escape } => {
            format!("“{escape}” không phải cách viết của GIFT nên được giữ nguyên như trong tệp. Hãy xem lại nếu không chủ ý.")
        }
        P::BrokenQuestion => {
            "Câu hỏi viết chưa đúng: thiếu dấu mở, dấu đóng hoặc nội dung. Hãy xem lại các dấu { } = ~ ở câu này.".to_owned()
        }
        P::AikenNoSpace => "Sau chữ cái của phương án cần một dấu cách, như “A. Hà Nội” hoặc “A) Hà Nội”.".to_owned(),
        P::AikenAnswer => {
            "Dòng đáp án phải là “ANSWER:” rồi đúng một chữ in hoa của một phương án, như “ANSWER: B”.".to_owned()
        }
        P::AikenLine => {
            "Dòng này không đúng chỗ. Kiểu Aiken viết mỗi câu hỏi trên một dòng, rồi các phương án A., B., C. … theo thứ tự, rồi dòng ANSWER:.".to_owned()
        }
        P::FeedbackDropped => {
            "Lời nhận xét cho từng phương án không được giữ lại. Nếu cần, hãy gộp vào phần giải thích của cả câu.".to_owned()
        }
        _ => return None,
    })
}

/// The file around the questions.
fn container(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::HiddenRows { rows } => format!(
            "Các dòng đang ẩn hoặc bị lọc vẫn được đọc: {}. Nếu không dùng, hãy xóa hẳn các dòng ấy.",
            runs(rows)
        ),
        P::BrokenArchive => "Không mở được tệp nén này. Hãy xuất lại gói câu hỏi từ phần mềm đã tạo ra nó.".to_owned(),
        P::BrokenXml => "Nội dung không đúng cú pháp XML từ chỗ này. Hãy xuất lại từ phần mềm đã tạo ra tệp.".to_owned(),
        P::XmlNotRead { root } => format!(
            "Không đọc loại tệp XML “{root}”. Nhận Moodle XML và QTI 2.1, 2.2; hãy xuất lại theo một trong các kiểu này, hoặc chép vào bảng rồi lưu thành .xlsx."
        ),
        P::UnknownText => {
            "Không thấy câu hỏi kiểu Aiken (dòng “ANSWER: A”) hay GIFT (phương án trong { }). Hãy xem lại, hoặc chép vào bảng rồi lưu thành .xlsx.".to_owned()
        }
        P::NoManifest => {
            "Tệp nén không có imsmanifest.xml nên không phải gói câu hỏi QTI. Hãy xuất lại theo QTI 2.1, hoặc tải từng tệp câu hỏi.".to_owned()
        }
        P::MissingItem { file } => format!("Gói thiếu tệp “{file}” mà imsmanifest.xml có nêu. Hãy xuất lại gói."),
        P::ItemNotRead { file } => format!("Tệp “{file}” trong gói không phải câu hỏi nên không được đọc."),
        _ => return None,
    })
}

/// What the judge says.
fn judged(kind: &ProblemKind) -> Option<String> {
    use ProblemKind as P;
    Some(match kind {
        P::MarkContradictsAnswer => {
            "Phương án được in đậm hoặc tô màu không phải phương án mà đáp án nêu. Đã đọc theo đáp án; hãy xem lại."
                .to_owned()
        }
        P::OneLetterKey { letter } => {
            format!("Mọi câu đều có đáp án {letter}. Hãy xem lại cột đáp án, có thể đã kéo hoặc dán nhầm.")
        }
        P::NoAnswer => {
            "Không có phương án nào được đánh dấu là đúng. Hãy đánh dấu phương án đúng của câu này.".to_owned()
        }
        P::PartialCredit => format!(
            "Có phương án chỉ đúng một phần, hoặc các phương án đúng có trọng số khác nhau. Cuộc thi chỉ tính đúng hoặc sai: hãy cho mọi phương án đúng cùng một trọng số, tối đa {MAX_OPTIONS} phương án."
        ),
        P::UnsupportedType { name } => {
            format!(
                "Câu hỏi kiểu “{name}” không nhận được; chỉ nhận câu chọn phương án. Hãy viết lại, hoặc bỏ câu này."
            )
        }
        P::NotAQuestion => "Dòng này không phải câu hỏi (tiêu đề, tổng số, chữ ký…) nên được bỏ qua.".to_owned(),
        P::IncompleteQuestion => {
            "Không rõ đây là câu hỏi thiếu phương án và đáp án, hay là tiêu đề. Hãy điền đủ, hoặc xóa dòng này."
                .to_owned()
        }
        P::NoQuestions => "Không đọc được câu hỏi nào trong tệp. Hãy xem lại nội dung tệp.".to_owned(),
        _ => return None,
    })
}

/// `3–5, 9` of 3, 4, 5, 9.
fn runs(rows: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &row in rows {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == row => *last = row,
            _ => runs.push((row, row)),
        }
    }
    let written = runs.iter().map(|(first, last)| match last - first {
        0 => first.to_string(),
        1 => format!("{first}, {last}"),
        _ => format!("{first}–{last}"),
    });
    written.collect::<Vec<_>>().join(", ")
}

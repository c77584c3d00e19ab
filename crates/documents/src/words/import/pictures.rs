//! Sentences about pictures.

use super::super::format::grouped;
use contest::plan::PictureKind;
use contest::problem::PictureFault;

/// The Vietnamese sentence for one fault.
pub(super) fn message(fault: &PictureFault) -> String {
    use PictureFault as F;
    match fault {
        F::InvalidName { kind } => {
            let example = match kind {
                PictureKind::Logo => "logo.png hoặc logo-2026.jpg",
                PictureKind::Banner => "banner.jpg hoặc banner-2026.png",
            };
            format!(
                "Đây không phải tên của tệp hình này. Hãy đặt tên tệp bằng chữ thường không dấu, bắt đầu bằng “{kind}”, đuôi .png, .jpg hoặc .jpeg, ví dụ: {example}."
            )
        }
        F::NotAPicture => "Tệp này không phải hình PNG hoặc JPEG, hoặc đã hỏng. Hãy mở hình ra rồi lưu lại thành .png hoặc .jpg.".to_owned(),
        F::TooManyPixels { width, height, most_width, most_height } => {
            let size = |width: &u32, height: &u32| format!("{} × {}", grouped((*width).into()), grouped((*height).into()));
            format!(
                "Hình {} điểm ảnh, tối đa {}. Hãy thu nhỏ hình rồi nộp lại.",
                size(width, height),
                size(most_width, most_height)
            )
        }
        F::TooManyBytes { most } => format!(
            "Hình nặng quá {} KB, người mở trang bằng mạng yếu phải chờ lâu. Hãy thu nhỏ hình, hoặc lưu lại kiểu JPEG, rồi nộp lại.",
            most / 1024
        ),
        F::Turned => "Hình chụp còn nằm ngang, chỉ máy ảnh ghi chú là phải xoay. Hãy mở hình, xoay cho đúng chiều, lưu lại rồi nộp lại.".to_owned(),
        F::NotNamed => "Kế hoạch không nhắc đến hình này nên chưa trang nào hiện hình. Hãy ghi tên tệp vào mục Hình của trang trong kế hoạch.".to_owned(),
    }
}

//! What the program on one machine says while it starts, and when it does not.

use contest::time::Timestamp;

/// A data folder lacks a part: a server that starts on what is left would make another contest under the old name.
pub fn part_is_missing(folder: &str, part: &str) -> String {
    format!(
        "Thư mục dữ liệu {folder} thiếu {part} (hoặc tệp này trống), nên máy chủ không khởi động và không thay đổi gì. \
         Hãy chép {part} từ bản sao lưu vào lại thư mục này; nếu muốn bắt đầu lại từ đầu, hãy chọn một thư mục trống \
         cho --data."
    )
}

/// A folder with something else in it.
pub fn not_a_data_folder(folder: &str, found: &str) -> String {
    format!(
        "Thư mục {folder} đang chứa {found}, không phải dữ liệu của chương trình này. Hãy chọn một thư mục trống, \
         hoặc thư mục dữ liệu đã dùng trước đây, cho --data."
    )
}

/// A folder that an earlier version wrote.
pub fn written_before_objects_moved(folder: &str) -> String {
    format!(
        "Thư mục dữ liệu {folder} do một phiên bản cũ ghi (các tệp nằm trong thư mục con s3); phiên bản này không đọc \
         được và không thay đổi gì. Hãy chạy lại phiên bản cũ để lấy kết quả ra, hoặc chọn một thư mục trống cho \
         --data rồi tải các tệp của cuộc thi lên lại."
    )
}

/// The clock of a data folder is never set back.
pub fn clock_was_later(asked: Timestamp, kept: Timestamp) -> String {
    format!(
        "--clock {} sớm hơn giờ mà thư mục dữ liệu đã tới ({}). Đồng hồ không bao giờ lùi lại: hãy bỏ --clock để chạy \
         tiếp từ giờ ấy, hoặc chọn một thư mục trống cho --data.",
        asked.rfc3339(),
        kept.rfc3339()
    )
}

/// While the demo is prepared: a contest's files are uploaded.
pub fn uploading(contest: &str) -> String {
    format!("Đang tải lên: {contest}")
}

/// While the demo is prepared: a round of a contest is played.
pub fn playing(contest: &str, round: &str) -> String {
    format!("Đang dựng: {contest} – {round}")
}

/// Before the demo is prepared.
pub const PREPARING: &str = "Đang chuẩn bị dữ liệu trình diễn, chưa tới một phút";

/// While the demo is prepared: the contest that visitors may take part in.
pub const OPENING: &str = "Đang mở vòng thi thử";

/// The demo is there.
pub const PREPARED: &str = "Dữ liệu trình diễn đã sẵn sàng; dừng bằng Ctrl-C, không có gì được giữ lại";

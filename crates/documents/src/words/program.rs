//! What the program on one machine says while it starts, and when it does not, and what `hoithi verify` ends with.

use contest::time::Timestamp;

sentences! {
    /// A data folder lacks a part: a server that starts on what is left would make another contest under the old name.
    part_is_missing(folder, part):
        "Thư mục dữ liệu {folder} thiếu {part} (hoặc tệp này trống), nên máy chủ không khởi động và không thay đổi gì. \
         Hãy chép {part} từ bản sao lưu vào lại thư mục này; nếu muốn bắt đầu lại từ đầu, hãy chọn một thư mục trống \
         cho --data.";
    /// A folder with something else in it.
    not_a_data_folder(folder, found):
        "Thư mục {folder} đang chứa {found}, không phải dữ liệu của chương trình này. Hãy chọn một thư mục trống, \
         hoặc thư mục dữ liệu đã dùng trước đây, cho --data.";
    /// A folder that an earlier version wrote.
    written_before_objects_moved(folder):
        "Thư mục dữ liệu {folder} do một phiên bản cũ ghi (các tệp nằm trong thư mục con s3); phiên bản này không đọc \
         được và không thay đổi gì. Hãy chạy lại phiên bản cũ để lấy kết quả ra, hoặc chọn một thư mục trống cho \
         --data rồi tải các tệp của cuộc thi lên lại.";
    /// While the demo is prepared: a contest's files are uploaded.
    uploading(contest): "Đang tải lên: {contest}";
    /// While the demo is prepared: a round of a contest is played.
    playing(contest, round): "Đang dựng: {contest} – {round}";
    /// Name of the contest that visitors of the demo may take part in.
    trial(contest): "Thi thử: {contest}";
    /// What is told on the page of that contest, as the file that is uploaded.
    trial_announcements(earlier, today):
        "Ngày;Nội dung\n{earlier};Tài liệu ôn tập đã có ở mục Tài liệu cần đọc, cuối trang này.\n\
         {today};Vòng thi đã mở. Ai chưa đăng ký vẫn đăng ký được cho đến hết vòng.\n";
    /// Name of the contest of the demo whose results are still to be published.
    awaiting_results(contest): "Chờ công bố: {contest}";
    /// Name of the contest of the demo that opens in some days.
    coming(contest): "Sắp mở: {contest}";
    /// While the demo is prepared: results become official.
    recognizing(contest): "Đang công nhận kết quả: {contest}";
    /// Where nobody has an account in the console yet.
    first_invitation(site, code):
        "Bàn làm việc của Ban Tổ chức chưa có người dùng nào. Thường trực đầu tiên mở địa chỉ này (dùng một lần, trong 72 giờ): \
         {site}/organizer/#moi={code}";
    /// Where the console of the demo is.
    demo_console(site): "Bàn làm việc của Ban Tổ chức, mở sẵn để xem thử: {site}/organizer/#trinh-dien";
    /// Nothing to check: what is no folder or site.
    nothing_published(target): "{target}: không phải địa chỉ hay thư mục có kết quả đã công bố";
    unreadable_receipt(error): "không đọc được biên nhận: {error}";
    all_holds(rounds): "Mọi điều đều đúng: {rounds} vòng thi đã được kiểm tra.";
    something_is_broken(broken, rounds): "KHÔNG ĐÚNG: có {broken} chỗ sai lệch, nêu ở trên; đã kiểm tra {rounds} vòng thi.";
    not_an_ordinary_file(kind): "đây là {kind}, không phải tệp thường";
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

/// Before the demo is prepared.
pub const PREPARING: &str = "Đang chuẩn bị dữ liệu trình diễn, chưa tới một phút";

/// While the demo is prepared: a proposal is tried that waits for the other lead.
pub const PROPOSING: &str = "Đang lập đề nghị chờ duyệt";

/// While the demo is prepared: figures of the round that is open.
pub const COUNTING: &str = "Đang đếm số liệu của vòng đang mở";

/// Why the results of a contest of the demo are official, and by which decision.
pub const RECOGNIZED_REASON: &str = "Kết quả đúng thể lệ, hết hạn kiến nghị không có khiếu nại";
/// Its number.
pub const RECOGNIZED_NUMBER: &str = "02/QĐ-BTC";

/// Why somebody of the demo is not to be ranked.
pub const UNDER_FLOOR_REASON: &str = "Bài nộp nhanh hơn thời gian tối thiểu đã công bố, người dự thi đã xác nhận";

/// The demo is there.
pub const PREPARED: &str = "Dữ liệu trình diễn đã sẵn sàng; dừng bằng Ctrl-C, không có gì được giữ lại";

/// Nothing to check: a site without a published round.
pub const NO_ROUND_PUBLISHED: &str = "Chưa có vòng thi nào được công bố ở đây.";

// What stands in the place of an ordinary file.
pub const LINK: &str = "liên kết tới chỗ khác";
pub const FOLDER: &str = "thư mục";
pub const PIPE: &str = "đường ống (FIFO)";
pub const DEVICE: &str = "thiết bị";

/// Why sheets are struck in a replay, and by which decision.
pub const STRUCK_REASON: &str = "Thi hộ";
/// Its number.
pub const STRUCK_NUMBER: &str = "01/QĐ-BTC";

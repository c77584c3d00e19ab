//! What `hoithi decide --preview` says.

sentences! {
    /// Several contests, by their ids, and none was asked for.
    which_contest(contests): "có nhiều cuộc thi ({contests}); hãy ghi rõ bằng --contest";
    round(round, newest, then, status): "Vòng {round}: bản {newest} → bản {then} ({status})";
    /// A person by public name, whose name is known.
    person(name, pseudonym): "{name} ({pseudonym})";
    over_contest(newest, then, status): "Toàn cuộc thi: bản {newest} → bản {then} ({status})";
    not_ranked(round): "vòng {round} chưa có kết quả, nên chưa tính thử được";
    reason(reason): "  Lý do: {reason}";
    /// A figure, or a prize, before and after.
    changed(what, before, after): "  {what}: {before} → {after}";
    ranks(moved, entered, left): "  Bảng xếp hạng: {moved} người đổi hạng, {entered} người được thêm, {left} người bị đưa ra";
    /// Documents of the version that would no longer be the newest.
    void(files): "  Tài liệu hết giá trị: {files}";
    done(rounds): "Chỉ tính thử, chưa ghi gì: {rounds} vòng thi sẽ có bản mới. Tải tệp này lên để quyết định có hiệu lực.";
}

pub const OVERALL: &str = "toàn cuộc thi";
pub const NO_DATA_FOLDER: &str = "thư mục này không phải thư mục dữ liệu (--data) của hoithi";
pub const AWAITS_DRAW: &str = "một vòng trước còn chờ bốc thăm, nên chưa tính thử được";
pub const REFUSED: &str = "Tệp bị từ chối: hãy sửa các lỗi nêu trên.";
pub const CHANGES_NOTHING: &str = "Tệp không có quyết định nào mới.";
pub const OFFICIAL: &str = "chính thức";
pub const PROVISIONAL: &str = "tạm thời";
pub const NOTHING_CHANGES: &str = "  Không có số liệu, thứ hạng hay giải thưởng nào thay đổi.";
pub const NO_PRIZE: &str = "không có giải";
pub const ACTUAL: &str = "Số thực tế của câu dự đoán";

/// A figure of a round, by its name in `results.json`.
pub fn figure(name: &str) -> &str {
    match name {
        "contestants" => "Số người dự thi",
        "attempts" => "Số lượt thi",
        "perfect_attempts" => "Số lượt đúng tất cả",
        "perfect_contestants" => "Số người đúng tất cả",
        other => other,
    }
}

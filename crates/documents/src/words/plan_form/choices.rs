//! What the words of a choice are called.

/// The label of a word of a key; `None` for a word that the key does not take.
pub fn choice(path: &str, word: &str) -> Option<&'static str> {
    let path = path.strip_prefix("rounds.").filter(|own| own.starts_with("attempt.")).unwrap_or(path);
    Some(match path {
        "schema" | "language" => return fixed(word),
        "registration.fields" | "registration.unique" => return field(word),
        "ranking.order" | "overall.order" => return order(word),
        "collective.measure" => return measure(word),
        _ => match (path, word) {
            ("rounding", "truncate") => "Cắt bỏ (42,198 thành 42,19)",
            ("rounding", "half_up") => "Làm tròn (42,198 thành 42,20)",
            ("documents.head", "state") => "Văn bản của cơ quan nhà nước",
            ("documents.head", "party") => "Văn bản của Đảng",
            ("documents.certificate", "blank") => "Giấy trắng: in cả khung và chữ",
            ("documents.certificate", "form") => "Phôi in sẵn: chỉ in họ tên và tên giải",
            ("registration.mode", "open") => "Mọi người đủ điều kiện",
            ("registration.mode", "roster") => "Chỉ người có tên trong danh sách dự thi",
            ("registration.unit_basis", "workplace") => "Nơi công tác, học tập",
            ("registration.unit_basis", "residence") => "Nơi cư trú",
            ("registration.excluded", "bar") => "Không được dự thi",
            ("registration.excluded", "unranked") => "Được thi nhưng không xếp hạng, không xét giải",
            ("attempt.counted", "best") => "Lượt tốt nhất",
            ("attempt.counted", "first") => "Lượt đầu tiên",
            ("attempt.counted", "last") => "Lượt cuối cùng",
            ("attempt.complete", "free") => "Vẫn tính, câu bỏ trống là sai",
            ("attempt.complete", "required") => {
                "Nhận và có biên nhận, nhưng không hợp lệ: không tính vào số liệu, không xếp hạng"
            }
            ("attempt.draw", "random") => "Rút ngẫu nhiên từ bộ câu hỏi",
            ("attempt.draw", "all") => "Cả bộ câu hỏi",
            ("attempt.reveal_score", "submitted") => "Ngay khi nộp bài",
            ("attempt.reveal_score", "published") => "Khi công bố kết quả",
            ("attempt.reveal_key", "published") => "Công bố cùng kết quả",
            ("attempt.reveal_key", "never") => "Không công bố",
            _ => return money(path, word),
        },
    })
}

/// What decides who is given what.
fn money(path: &str, word: &str) -> Option<&'static str> {
    Some(match (path, word) {
        ("prediction.target", "perfect_contestants") => "Số người trả lời đúng tất cả các câu",
        ("prediction.target", "contestants") => "Số người dự thi",
        ("prediction.target", "attempts") => "Số lượt thi",
        ("prediction.target", "perfect_attempts") => "Số lượt đúng tất cả các câu",
        ("prediction.target", "perfect_percent") => "Tỷ lệ phần trăm người đúng tất cả",
        ("prediction.counted", "first") => "Của lượt đầu tiên trong vòng",
        ("prediction.counted", "counted") => "Của lượt được xét",
        ("prediction.actual", "at_closing") => "Khi vòng đóng, trước mọi xử lý",
        ("prediction.actual", "at_publication") => "Khi công bố, sau khi xử lý vi phạm",
        ("prediction.equidistant", "tie") => "Coi là bằng nhau",
        ("prediction.equidistant", "lower") => "Số nhỏ hơn xếp trước",
        ("prediction.equidistant", "higher") => "Số lớn hơn xếp trước",
        ("ranking.eligible", "all") => "Mọi người có bài được nhận",
        ("ranking.eligible", "perfect") => "Chỉ người đúng tất cả các câu",
        ("ranking.unbroken_tie", "extra_prize") => "Tất cả cùng được giải đó",
        ("ranking.unbroken_tie", "lot") => "Bốc thăm, ai cũng kiểm tra lại được",
        ("ranking.unbroken_tie", "organizers") => "Ban Tổ chức quyết định, có lý do",
        ("ranking.one_prize_per_person", "none") => "Không giới hạn",
        ("ranking.one_prize_per_person", "contest") => "Một giải trong cả cuộc thi",
        ("ranking.lot_beacon", "none") => "Không dùng",
        ("ranking.lot_beacon", "drand") => "Mạng drand (giá trị công khai, không ai biết trước)",
        ("overall.score", "sum") => "Cộng mọi vòng",
        ("overall.score", "best") => "Cộng các vòng tốt nhất",
        ("prizes.scope" | "collective.scope" | "commendation.scope", "round") => "Ở mỗi vòng thi",
        ("prizes.scope" | "collective.scope" | "commendation.scope", "contest") => "Một lần cho cả cuộc thi",
        _ => return None,
    })
}

fn fixed(word: &str) -> Option<&'static str> {
    Some(match word {
        "vi" => "Tiếng Việt",
        "hoithi/contest/1" => "Kế hoạch cuộc thi, bản 1",
        _ => return None,
    })
}

fn field(word: &str) -> Option<&'static str> {
    Some(match word {
        "full_name" => "Họ và tên",
        "birth_date" => "Ngày sinh",
        "citizen_id" => "Số căn cước",
        "phone" => "Số điện thoại",
        "unit" => "Đơn vị",
        "gender" => "Giới tính",
        "email" => "Thư điện tử",
        "address" => "Địa chỉ",
        "occupation" => "Nghề nghiệp",
        _ => return None,
    })
}

fn order(word: &str) -> Option<&'static str> {
    Some(match word {
        "score desc" => "Điểm cao hơn",
        "prediction_distance asc" => "Dự đoán gần hơn",
        "duration asc" => "Thời gian làm bài ngắn hơn",
        "submitted_at asc" => "Nộp bài sớm hơn",
        "started_at asc" => "Bắt đầu sớm hơn",
        "attempts_used asc" => "Ít lượt thi hơn",
        "attempts_used desc" => "Nhiều lượt thi hơn",
        "registered_at asc" => "Đăng ký sớm hơn",
        "perfect_attempts desc" => "Nhiều lượt đúng tất cả hơn",
        _ => return None,
    })
}

fn measure(word: &str) -> Option<&'static str> {
    Some(match word {
        "attempts desc" => "Nhiều lượt thi hơn",
        "mean_score desc" => "Điểm trung bình cao hơn",
        "contestants desc" => "Nhiều người dự thi hơn",
        "perfect_contestants desc" => "Nhiều người đúng tất cả hơn",
        "attempts_per_member desc" => "Nhiều lượt thi trên mỗi thành viên hơn",
        "contestants_per_member desc" => "Tỷ lệ thành viên dự thi cao hơn",
        "prize_points desc" => "Nhiều tiền thưởng cá nhân hơn",
        "winners desc" => "Nhiều giải cá nhân hơn",
        "points desc" => "Nhiều điểm thi đua hơn",
        _ => return None,
    })
}

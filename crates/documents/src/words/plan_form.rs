//! The form of a plan: what each key is called, what organizers should know of it, and why an edit is refused.

mod choices;
pub mod presets;

pub use choices::choice;

use contest::plan_edit::{At, Fault};
use contest::plan_form::Step;

/// The title of a step.
pub const fn step_title(step: Step) -> &'static str {
    match step {
        Step::About => "Thông tin chung",
        Step::Rounds => "Thời gian các vòng",
        Step::Registration => "Đăng ký",
        Step::Attempt => "Bài thi",
        Step::Prediction => "Câu dự đoán",
        Step::Ranking => "Xếp hạng, đồng hạng",
        Step::Prizes => "Giải thưởng",
        Step::Units => "Giải tập thể, biểu dương",
    }
}

/// What a key is called, and a sentence of help, which may be empty; `None` for a key that no plan has.
pub fn label(path: &str) -> Option<(&'static str, &'static str)> {
    about(path)
        .or_else(|| documents(path))
        .or_else(|| rounds(path))
        .or_else(|| registration(path))
        .or_else(|| attempt(path))
        .or_else(|| prediction(path))
        .or_else(|| ranking(path))
        .or_else(|| prizes(path))
        .or_else(|| units(path))
}

fn about(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "schema" => ("Mẫu của tệp", "Chương trình tự ghi."),
        "id" => (
            "Mã cuộc thi",
            "Chữ thường không dấu, chữ số, gạch nối. Nằm trong địa chỉ trang thi, không đổi được về sau.",
        ),
        "name" => ("Tên cuộc thi", "Viết như trong kế hoạch và thông báo."),
        "organizer" => ("Cơ quan tổ chức", ""),
        "time_zone" => ("Múi giờ", "Mọi giờ trong kế hoạch theo múi giờ này. Ở Việt Nam để nguyên."),
        "language" => ("Ngôn ngữ", ""),
        "announced" => (
            "Công khai từ",
            "Trước giờ này không ai thấy cuộc thi, dù hồ sơ đã đủ. Bỏ trống thì công khai ngay khi có đủ kế hoạch, đơn vị và ngân hàng câu hỏi vòng đầu. Không muộn hơn giờ mở đăng ký.",
        ),
        "contact" => (
            "Liên hệ",
            "Hiện ở cuối trang, ở trang hướng dẫn và khi thí sinh bị từ chối. Cần điện thoại hoặc thư điện tử.",
        ),
        "contact.name" => ("Người hoặc bộ phận tiếp nhận", "Ví dụ: Tổ thư ký Cuộc thi."),
        "contact.phone" => ("Điện thoại liên hệ", "Một số, ví dụ: 0208 3 862 000."),
        "contact.email" => ("Thư điện tử liên hệ", ""),
        "contact.hours" => ("Giờ trực", "Ví dụ: 7h30–17h00, thứ Hai đến thứ Sáu."),
        "page" => ("Hình của trang", "Hình nộp ở trang Đơn vị và thí sinh, cạnh các danh sách."),
        "page.logo" => {
            ("Biểu trưng", "Tên tệp, ví dụ: logo.png. Hình PNG hoặc JPEG, tối đa 1.000 × 1.000 điểm ảnh, 100 KB.")
        }
        "page.banner" => {
            ("Hình đầu trang", "Tên tệp, ví dụ: banner.jpg. Hình PNG hoặc JPEG, tối đa 2.000 × 1.000 điểm ảnh, 300 KB.")
        }
        "reading_list" => ("Tài liệu tham khảo", "Mỗi dòng một tài liệu."),
        "rounding" => ("Số lẻ khi in", "Chỉ để in: so sánh luôn dùng số chính xác."),
        _ => return None,
    })
}

fn documents(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "documents" => ("Văn bản được in", "Đầu trang và chữ ký của thông báo, phụ lục, giấy chứng nhận."),
        "documents.head" => ("Thể thức văn bản", ""),
        "documents.issuer" => ("Cơ quan ban hành", "Bỏ trống thì in cơ quan tổ chức."),
        "documents.place" => ("Địa danh", "Đứng trước ngày ký, ví dụ: Sông Công."),
        "documents.signer_title" => ("Chức vụ người ký", ""),
        "documents.signer_name" => ("Họ và tên người ký", "Bỏ trống để ký và ghi tên bằng tay."),
        "documents.certificate" => ("Giấy chứng nhận in trên", ""),
        "documents.name_offset_mm" => {
            ("Dịch chỗ in họ tên (mm)", "Hai số: sang phải, xuống dưới. Số âm là sang trái, lên trên.")
        }
        "documents.prize_offset_mm" => {
            ("Dịch chỗ in tên giải (mm)", "Hai số: sang phải, xuống dưới. Số âm là sang trái, lên trên.")
        }
        _ => return None,
    })
}

fn rounds(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "rounds" => ("Vòng thi", "Xếp theo thứ tự thời gian, không chồng lên nhau."),
        "rounds.id" => ("Mã vòng thi", "Chữ thường không dấu, chữ số, gạch nối; ví dụ: tuan-1. Không đổi được về sau."),
        "rounds.name" => ("Tên vòng thi", "Ví dụ: Tuần thứ Nhất."),
        "rounds.opens" => ("Mở", "Từ lúc này thí sinh vào thi được. Viết như 08h30 13/12/2021."),
        "rounds.closes" => ("Đóng", "Từ lúc này không nhận bài nữa. Muốn hết ngày thì viết 24h00."),
        "rounds.publishes" => ("Công bố kết quả", "Không sớm hơn lúc đóng."),
        "rounds.bank" => (
            "Tệp câu hỏi",
            "Ví dụ: bank-tuan-1.xlsx; cũng nhận đuôi .csv, .docx, .gift, .txt, .xml, .zip. Tệp có nhiều trang tính thì thêm # và tên trang.",
        ),
        "rounds.lot_witnesses" => {
            ("Cam kết của người chứng kiến bốc thăm", "Chỉ khi bốc thăm. Mỗi dòng 64 chữ số thập lục phân.")
        }
        "rounds.attempt" => (
            "Bài thi riêng của vòng này",
            "Chỉ ghi những gì khác với phần Bài thi; ô bỏ trống thì theo phần đó. Bỏ cả phần này nếu vòng không có gì khác.",
        ),
        _ => return attempt(path.strip_prefix("rounds.")?),
    })
}

fn registration(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "registration" => ("Đăng ký", ""),
        "registration.mode" => ("Ai được đăng ký", ""),
        "registration.opens" => ("Mở đăng ký", "Từ lúc này lập được tài khoản. Viết như 08h00 10/12/2021."),
        "registration.closes" => ("Đóng đăng ký", "Bỏ trống thì đăng ký kết thúc khi vòng cuối cùng đóng."),
        "registration.fields" => ("Thông tin phải khai", "Chỉ hỏi những gì cuộc thi cần."),
        "registration.unique" => {
            ("Mỗi người chỉ có một", "Chỉ căn cước, điện thoại, thư điện tử phân biệt được người với người.")
        }
        "registration.min_age" => ("Tuổi tối thiểu", "Tính vào ngày vòng đầu tiên mở. Ghi 0 nếu không giới hạn."),
        "registration.max_age" => ("Tuổi tối đa", "Tính vào ngày vòng đầu tiên mở. Ghi 0 nếu không giới hạn."),
        "registration.levels" => (
            "Chỉ người của đơn vị cấp",
            "Từ ở cột “Cấp” của danh sách đơn vị; mỗi dòng một cấp, tính cả đơn vị cấp dưới. Bỏ trống thì mọi đơn vị.",
        ),
        "registration.unit_basis" => ("Chọn đơn vị theo", "Thí sinh chọn đúng một."),
        "registration.excluded" => ("Người trong danh sách loại trừ", "Thành viên Ban Tổ chức, Tổ ra đề, Tổ thư ký…"),
        "registration.guardian_consent_under" => (
            "Cần người giám hộ đồng ý khi dưới (tuổi)",
            "Ghi 0 nếu không yêu cầu. Hỏi ý kiến pháp chế trước khi đặt dưới 16.",
        ),
        "registration.keep_days" => {
            ("Giữ dữ liệu cá nhân (ngày)", "Tính từ ngày công bố kết quả cuối cùng; sau đó tự xóa.")
        }
        _ => return None,
    })
}

fn attempt(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "attempt" => ("Bài thi", ""),
        "attempt.questions" => ("Số câu của một đề", ""),
        "attempt.points" => ("Thang điểm", "Điểm của bài đúng tất cả các câu."),
        "attempt.minutes" => ("Thời gian làm bài (phút)", "Ghi 0 nếu được làm đến khi vòng đóng."),
        "attempt.grace_seconds" => {
            ("Nhận thêm bài đang gửi (giây)", "Cho bài nộp đúng lúc hết giờ còn trên đường truyền.")
        }
        "attempt.per_round" => ("Số lượt mỗi vòng", "Ghi 0 nếu không giới hạn."),
        "attempt.per_day" => {
            ("Số lượt mỗi ngày", "Số lượt được bắt đầu trong một ngày của vòng. Ghi 0 nếu không giới hạn.")
        }
        "attempt.complete" => ("Bài còn câu bỏ trống", "Trang không cho nộp khi còn giờ; hết giờ thì bài vẫn tự nộp."),
        "attempt.counted" => ("Lượt được xét", "Khi một người thi nhiều lượt trong một vòng."),
        "attempt.shuffle_questions" => ("Xáo trộn câu hỏi", ""),
        "attempt.shuffle_options" => ("Xáo trộn phương án", ""),
        "attempt.draw" => ("Lấy câu hỏi", ""),
        "attempt.quota" => ("Số câu theo chủ đề", "Tổng phải bằng số câu của một đề."),
        "attempt.quota.topic" => ("Chủ đề", "Viết như trong tệp câu hỏi."),
        "attempt.quota.count" => ("Số câu", ""),
        "attempt.reveal_score" => ("Thí sinh biết điểm", ""),
        "attempt.reveal_key" => ("Đáp án", ""),
        "attempt.min_seconds" => (
            "Ngưỡng làm quá nhanh (giây)",
            "Bài nhanh hơn được liệt kê để xem xét, không tự động bị loại. Ghi 0 nếu không có.",
        ),
        _ => return None,
    })
}

fn prediction(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "prediction" => ("Câu hỏi dự đoán", "Bỏ cả phần này nếu cuộc thi không hỏi dự đoán."),
        "prediction.target" => ("Dự đoán số nào", ""),
        "prediction.counted" => ("Số dự đoán được xét", "Lấy lượt đầu tiên thì không ai dò số bằng nhiều lượt."),
        "prediction.actual" => ("Số thực tế tính", ""),
        "prediction.equidistant" => ("Hai dự đoán lệch như nhau", "Một số cao hơn, một số thấp hơn số thực tế."),
        _ => return None,
    })
}

fn ranking(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "ranking" => ("Xếp hạng", ""),
        "ranking.order" => ("Tiêu chí xếp hạng", "Tiêu chí sau chỉ xét khi các tiêu chí trước bằng nhau."),
        "ranking.eligible" => ("Ai được xếp hạng", ""),
        "ranking.unbroken_tie" => ("Bằng nhau ở mọi tiêu chí, giải không đủ chia", ""),
        "ranking.one_prize_per_person" => ("Số giải của một người", ""),
        "ranking.lot_beacon" => ("Nguồn ngẫu nhiên công khai khi bốc thăm", ""),
        "overall" => ("Xếp hạng toàn cuộc thi", "Cần khi có giải trao một lần cho cả cuộc thi."),
        "overall.score" => ("Điểm toàn cuộc thi", ""),
        "overall.best" => ("Số vòng tốt nhất được cộng", "Ghi 0 khi cộng mọi vòng."),
        "overall.rounds" => ("Các vòng được tính", "Mỗi dòng một mã vòng. Bỏ trống thì tính mọi vòng."),
        "overall.order" => ("Tiêu chí xếp hạng toàn cuộc thi", ""),
        _ => return None,
    })
}

fn prizes(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "prizes" => ("Giải cá nhân", "Xếp từ giải cao đến giải thấp."),
        "prizes.tier" => ("Mã giải", "Chữ thường không dấu, chữ số, gạch nối; ví dụ: first."),
        "prizes.name" => ("Tên giải", ""),
        "prizes.count" => ("Số giải", ""),
        "prizes.amount" => ("Tiền thưởng mỗi giải (đồng)", "Không có tiền thì ghi 0."),
        "prizes.scope" => ("Trao", ""),
        "prizes.rounds" => ("Chỉ ở các vòng", "Mỗi dòng một mã vòng. Bỏ trống thì vòng nào cũng có giải này."),
        "certificates" => ("Giấy chứng nhận", "Cho mọi người đạt mức điểm, ngoài giấy chứng nhận của người đoạt giải."),
        "certificates.name" => ("Tên giấy chứng nhận", ""),
        "certificates.min_percent" => ("Mức điểm (% thang điểm)", ""),
        "certificates.rounds" => ("Đạt ở số vòng", ""),
        _ => return None,
    })
}

fn units(path: &str) -> Option<(&'static str, &'static str)> {
    Some(match path {
        "collective" => ("Giải tập thể", ""),
        "collective.id" => ("Mã giải tập thể", "Chữ thường không dấu, chữ số, gạch nối."),
        "collective.level" => ("Cấp đơn vị thi đua", "Từ ở cột “Cấp” của danh sách đơn vị; mỗi dòng một cấp."),
        "collective.scope" => ("Xét", ""),
        "collective.measure" => ("Tiêu chí thi đua", "Tiêu chí sau chỉ xét khi các tiêu chí trước bằng nhau."),
        "collective.points" => {
            ("Điểm thi đua", "Chỉ khi xét theo điểm thi đua: số điểm cho mỗi giải cá nhân, theo mã giải.")
        }
        "collective.points.contestants_percent" => {
            ("Điểm cho mỗi phần trăm tham gia", "Số người dự thi chia cho số thành viên.")
        }
        "collective.min_rate_percent" => ("Tỷ lệ tham gia tối thiểu (%)", "Ghi 0 nếu không yêu cầu."),
        "collective.prizes" => ("Giải cho tập thể", "Xếp từ giải cao đến giải thấp."),
        "commendation" => ("Danh sách biểu dương", "Người vận động được nhiều người khác dự thi."),
        "commendation.id" => ("Mã danh sách", "Chữ thường không dấu, chữ số, gạch nối."),
        "commendation.unit" => ("Đơn vị", "Mã đơn vị; tính cả đơn vị cấp dưới."),
        "commendation.referrals" => ("Số người vận động được", ""),
        "commendation.consecutive_rounds" => ("Mỗi người ấy dự thi liên tiếp (vòng)", ""),
        "commendation.scope" => ("Lập danh sách", ""),
        "commendation.form" => ("Mẫu báo cáo thành tích", "Ví dụ: Mẫu số 08, Nghị định số 98/2023/NĐ-CP."),
        "commendation.prizes" => ("Hình thức khen", "Hội đồng quyết định ai được nhận."),
        "collective.prizes.name" | "commendation.prizes.name" => ("Tên giải", ""),
        "collective.prizes.count" | "commendation.prizes.count" => ("Số giải", ""),
        "collective.prizes.amount" | "commendation.prizes.amount" => {
            ("Tiền thưởng mỗi giải (đồng)", "Không có tiền thì ghi 0.")
        }
        _ => return None,
    })
}

/// A path in words: `Vòng thi “tuan-1”: Đóng`. What has no label is called as the file calls it.
pub fn path_label(path: &[At]) -> String {
    let mut pattern = String::new();
    let mut words: Vec<String> = Vec::new();
    for step in path {
        match step {
            At::Place(place) => append(&mut words, format!("số {}", place + 1)),
            At::Name(name) => {
                let longer = if pattern.is_empty() { name.clone() } else { format!("{pattern}.{name}") };
                match label(&longer) {
                    Some((label, _)) => {
                        words.push(label.to_owned());
                        pattern = longer;
                    }
                    None => append(&mut words, format!("“{name}”")),
                }
            }
        }
    }
    words.join(": ")
}

fn append(words: &mut Vec<String>, name: String) {
    match words.last_mut() {
        Some(last) => *last = format!("{last} {name}"),
        None => words.push(name),
    }
}

/// Why an edit was not made, and what to do.
pub const fn refusal(fault: Fault) -> &'static str {
    match fault {
        Fault::NotToml => {
            "Văn bản kế hoạch đang có lỗi cú pháp nên chưa sửa qua biểu mẫu được. Hãy sửa dòng được báo lỗi ở thẻ “Văn bản”."
        }
        Fault::TooMany => "Quá nhiều thay đổi trong một lần gửi. Hãy chia ra nhiều lần.",
        Fault::UnknownKey => "Kế hoạch không có mục này.",
        Fault::NotThere => "Mục cần sửa không còn ở đó. Hãy tải lại kế hoạch.",
        Fault::Ambiguous => "Có nhiều mục mang cùng mã. Hãy đặt mã khác nhau trước khi sửa.",
        Fault::OtherShape => {
            "Chỗ này trong tệp đang ghi kiểu khác nên chưa sửa qua biểu mẫu được. Hãy sửa ở thẻ “Văn bản”."
        }
        Fault::NoValue => "Giá trị này không ghi được vào kế hoạch.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::plan_form::{KEYS, Kind};

    #[test]
    fn every_key_has_a_label_and_every_word_of_a_choice_too() {
        for key in KEYS {
            let (label, help) = label(key.path).unwrap_or_else(|| panic!("{} has no label", key.path));
            assert!(!label.is_empty() && !label.ends_with('.'), "{}", key.path);
            assert!(help.is_empty() || help.ends_with(['.', '…']), "{}: {help}", key.path);
            let words = key.kind.words();
            for word in &words {
                let said = choice(key.path, word).unwrap_or_else(|| panic!("{} = {word} has no label", key.path));
                let others = words.iter().filter(|other| choice(key.path, other) == Some(said)).count();
                assert_eq!(others, 1, "{}: two choices are called {said}", key.path);
            }
            assert_eq!(words.is_empty(), !matches!(key.kind, Kind::Word(_) | Kind::Words(_)));
        }
        assert_eq!(label("rounds.nothing"), None);
    }

    #[test]
    fn a_path_is_said_in_words() {
        let path = |names: &[&str]| names.iter().map(|name| At::Name((*name).to_owned())).collect::<Vec<_>>();
        assert_eq!(path_label(&path(&["rounds", "tuan-1", "closes"])), "Vòng thi “tuan-1”: Đóng");
        let mut prize = path(&["collective", "tap-the", "prizes"]);
        prize.push(At::Place(1));
        assert_eq!(path_label(&prize), "Giải tập thể “tap-the”: Giải cho tập thể số 2");
        assert_eq!(path_label(&path(&["attempt", "minuts"])), "Bài thi “minuts”");
    }

    #[test]
    fn every_refusal_is_a_sentence() {
        for fault in Fault::ALL {
            assert!(refusal(fault).ends_with('.'), "{fault:?}");
        }
    }
}

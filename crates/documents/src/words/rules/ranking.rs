//! The prediction, and the order in which contestants are ranked.

use super::{Article, keys};
use crate::words::consent::prediction_prompt;
use contest::plan::{
    ActualAt, Eligible, Equidistant, Plan, PredictionCounted, PredictionRules, PredictionTarget, RankingKey,
};

pub(super) fn prediction(plan: &Plan) -> Option<Article> {
    let rules = plan.rules.prediction.as_ref()?;
    let mut paragraphs = vec![
        format!("Mỗi bài thi có một câu hỏi dự đoán: “{}”. {}", prediction_prompt(rules.target), how_to_write(rules.target)),
        actual(rules).to_owned(),
        freeze(rules.actual).to_owned(),
        "Chênh lệch là khoảng cách giữa số dự đoán và số thực tế, so sánh bằng giá trị chính xác; chênh lệch nhỏ hơn xếp trước.".to_owned(),
        equidistant(rules.equidistant).to_owned(),
    ];
    if super::in_any_round(plan, |attempt| attempt.per_round != 1) {
        paragraphs.push(whose(rules.counted).to_owned());
    }
    paragraphs.push("Ô dự đoán để trống khi bắt đầu. Thí sinh không dự đoán xếp sau mọi thí sinh có dự đoán ở tiêu chí này nhưng không bị loại.".to_owned());
    paragraphs.push(
        "Trong khi vòng thi đang mở, số người dự thi, số lượt thi và số bài đúng của vòng thi đó không được công bố."
            .to_owned(),
    );
    Some(Article { title: "Câu hỏi dự đoán", paragraphs })
}

const fn how_to_write(target: PredictionTarget) -> &'static str {
    match target {
        PredictionTarget::PerfectPercent => {
            "Dự đoán là số phần trăm, viết bằng dấu phẩy thập phân, tối đa 05 chữ số sau dấu phẩy (ví dụ 87,65432)."
        }
        _ => "Dự đoán là số nguyên; dấu chấm chỉ dùng để phân cách hàng nghìn (3.200 là ba nghìn hai trăm).",
    }
}

const fn actual(rules: &PredictionRules) -> &'static str {
    match rules.target {
        PredictionTarget::PerfectContestants => {
            "Số thực tế là số người có lượt được xét đúng tất cả các câu hỏi trong vòng thi; mỗi người chỉ tính một lần, không tính người thuộc danh sách nêu tại Điều 2."
        }
        PredictionTarget::Contestants => {
            "Số thực tế là số người có bài được nhận trong vòng thi; mỗi người chỉ tính một lần, không tính người thuộc danh sách nêu tại Điều 2."
        }
        PredictionTarget::Attempts => {
            "Số thực tế là số lượt thi có bài được nhận trong vòng thi; mỗi lượt chỉ tính một lần, không tính lượt của người thuộc danh sách nêu tại Điều 2."
        }
        PredictionTarget::PerfectAttempts => {
            "Số thực tế là số lượt thi đúng tất cả các câu hỏi trong vòng thi; mỗi lượt chỉ tính một lần, một người có nhiều lượt đúng tất cả thì mọi lượt ấy đều được tính, không tính lượt của người thuộc danh sách nêu tại Điều 2."
        }
        PredictionTarget::PerfectPercent => {
            "Số thực tế là số người có lượt được xét đúng tất cả các câu hỏi chia cho số người có bài được nhận trong vòng thi, tính bằng phần trăm; mỗi người chỉ tính một lần, không tính người thuộc danh sách nêu tại Điều 2."
        }
    }
}

const fn freeze(at: ActualAt) -> &'static str {
    match at {
        ActualAt::Closing => {
            "Số thực tế được chốt theo số liệu khi vòng thi đóng và không thay đổi khi Ban Tổ chức hủy kết quả hoặc xử lý bài thi sau đó."
        }
        ActualAt::Publication => {
            "Số thực tế được tính khi công bố, không kể người bị hủy kết quả và sau khi Ban Tổ chức xử lý các bài thi; nếu kết quả được công bố lại, số thực tế được tính lại."
        }
    }
}

const fn equidistant(rule: Equidistant) -> &'static str {
    match rule {
        Equidistant::Tie => {
            "Hai dự đoán có cùng chênh lệch, một cao hơn và một thấp hơn số thực tế, được coi là bằng nhau."
        }
        Equidistant::Lower => {
            "Hai dự đoán có cùng chênh lệch, một cao hơn và một thấp hơn số thực tế, thì dự đoán thấp hơn xếp trước."
        }
        Equidistant::Higher => {
            "Hai dự đoán có cùng chênh lệch, một cao hơn và một thấp hơn số thực tế, thì dự đoán cao hơn xếp trước."
        }
    }
}

const fn whose(counted: PredictionCounted) -> &'static str {
    match counted {
        PredictionCounted::First => {
            "Dự đoán được xét là dự đoán trong bài được nhận đầu tiên của thí sinh trong vòng thi, dù lượt nào được xét điểm; dự đoán ở các lượt sau không được tính."
        }
        PredictionCounted::Counted => "Dự đoán được xét là dự đoán trong bài của lượt được xét để xếp hạng.",
    }
}

pub(super) fn order(plan: &Plan) -> Article {
    let mut paragraphs = Vec::new();
    paragraphs.push(
        match plan.rules.ranking.eligible {
            Eligible::All => "Trong mỗi vòng thi, mọi thí sinh có bài được nhận đều được xếp hạng, trừ người thuộc danh sách nêu tại Điều 2 và người bị hủy kết quả.",
            Eligible::Perfect => "Trong mỗi vòng thi, chỉ thí sinh có lượt được xét đúng tất cả các câu hỏi mới được xếp hạng và xét giải, trừ người thuộc danh sách nêu tại Điều 2 và người bị hủy kết quả.",
        }
        .to_owned(),
    );
    paragraphs.extend(keys(plan.rules.ranking.order.iter().map(|key| criterion(*key))));
    Article { title: "Xếp hạng", paragraphs }
}

const fn criterion(key: RankingKey) -> &'static str {
    match key {
        RankingKey::Score => "Điểm của lượt được xét: cao hơn xếp trước.",
        RankingKey::PredictionDistance => "Chênh lệch của câu hỏi dự đoán: nhỏ hơn xếp trước.",
        RankingKey::Duration => {
            "Thời gian làm bài của lượt được xét, tính đến mili giây từ khi máy chủ nhận yêu cầu bắt đầu đến khi máy chủ nhận bài: ngắn hơn xếp trước."
        }
        RankingKey::SubmittedAt => {
            "Thời điểm nộp bài của lượt được xét, tính đến mili giây khi máy chủ nhận bài: sớm hơn xếp trước."
        }
        RankingKey::StartedAt => {
            "Thời điểm bắt đầu của lượt được xét, tính đến mili giây khi máy chủ nhận yêu cầu bắt đầu: sớm hơn xếp trước."
        }
        RankingKey::FewerAttempts => "Số lượt thi có bài được nhận trong vòng thi: ít hơn xếp trước.",
        RankingKey::MoreAttempts => "Số lượt thi có bài được nhận trong vòng thi: nhiều hơn xếp trước.",
        RankingKey::RegisteredAt => "Thời điểm đăng ký tài khoản: sớm hơn xếp trước.",
        RankingKey::PerfectAttempts => "Số lượt thi đúng tất cả các câu hỏi trong vòng thi: nhiều hơn xếp trước.",
    }
}

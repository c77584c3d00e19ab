//! The paper, the attempts, and what happens to a submission.

use super::Article;
use crate::words::format::{count, duration, grouped};
use contest::plan::{Complete, Counted, Draw, Plan, RankingKey, RevealScore};

pub(super) fn paper(plan: &Plan) -> Article {
    let attempt = &plan.rules.attempt;
    let mut paragraphs = vec![questions(plan)];
    if let Some(text) = shuffled(plan.paper.shuffle_questions, plan.paper.shuffle_options) {
        paragraphs.push(format!("{text} được xáo trộn riêng cho từng lượt thi."));
    }
    paragraphs.push("Một câu được tính là đúng khi thí sinh chọn đủ các phương án đúng và không chọn phương án nào sai. Câu bỏ trống được tính là sai; không trừ điểm câu sai.".to_owned());
    if attempt.complete == Complete::Required {
        paragraphs.push("Bài thi phải trả lời đủ mọi câu hỏi. Bài còn câu bỏ trống vẫn được nhận, có biên nhận và nằm trong sổ cái công bố, nhưng không hợp lệ: không được xếp hạng và không được tính vào bất kỳ số liệu nào. Câu hỏi bị hủy không cần trả lời.".to_owned());
    }
    paragraphs.push(format!(
        "Thang điểm {points}. Điểm của lượt thi bằng {points} nhân với số câu đúng, chia cho số câu hỏi của bài thi.",
        points = grouped(attempt.points.into())
    ));
    paragraphs.push(
        match attempt.reveal_score {
            RevealScore::Submitted => "Thí sinh biết điểm ngay khi bài thi được nhận.",
            RevealScore::Published => "Điểm chỉ được cho biết khi kết quả vòng thi được công bố.",
        }
        .to_owned(),
    );
    Article { title: "Bài thi và cách tính điểm", paragraphs }
}

fn questions(plan: &Plan) -> String {
    let paper = &plan.paper;
    match (paper.draw, paper.quota.as_slice()) {
        (Draw::All, _) => {
            "Bài thi của mỗi lượt gồm toàn bộ câu hỏi trắc nghiệm trong bộ câu hỏi của vòng thi.".to_owned()
        }
        (Draw::Random, []) => format!(
            "Bài thi của mỗi lượt gồm {} câu hỏi trắc nghiệm, được rút ngẫu nhiên từ bộ câu hỏi của vòng thi.",
            count(paper.questions.into())
        ),
        (Draw::Random, quotas) => {
            let parts: Vec<String> =
                quotas.iter().map(|quota| format!("{} câu về “{}”", count(quota.count.into()), quota.topic)).collect();
            format!(
                "Bài thi của mỗi lượt gồm {} câu hỏi trắc nghiệm, được rút ngẫu nhiên từ bộ câu hỏi của vòng thi: {}.",
                count(paper.questions.into()),
                parts.join("; ")
            )
        }
    }
}

const fn shuffled(questions: bool, options: bool) -> Option<&'static str> {
    match (questions, options) {
        (true, true) => Some("Thứ tự câu hỏi và thứ tự phương án trả lời"),
        (true, false) => Some("Thứ tự câu hỏi"),
        (false, true) => Some("Thứ tự phương án trả lời"),
        (false, false) => None,
    }
}

pub(super) fn attempts(plan: &Plan) -> Article {
    let attempt = &plan.rules.attempt;
    let mut paragraphs = vec![match attempt.per_round {
        0 => "Thí sinh được thi không giới hạn số lượt trong mỗi vòng thi.".to_owned(),
        per_round => format!("Mỗi thí sinh được thi tối đa {} lượt trong mỗi vòng thi.", count(per_round.into())),
    }];
    if attempt.per_day > 0 {
        paragraphs.push(format!(
            "Trong một ngày của vòng thi, từ 00h00 đến 24h00, mỗi thí sinh được bắt đầu tối đa {} lượt.",
            count(attempt.per_day.into())
        ));
    }
    paragraphs.push("Lượt đã bắt đầu được tính là một lượt, kể cả khi không nộp bài. Nếu mất kết nối, thí sinh tiếp tục chính lượt đang làm cho đến khi hết thời gian; mất kết nối không làm mất lượt.".to_owned());
    paragraphs.extend(time_limit(plan));
    if attempt.per_round != 1 {
        paragraphs.push(counted(plan));
    }
    if attempt.min_seconds > 0 {
        paragraphs.push(format!(
            "Bài thi có thời gian làm bài dưới {} (phút:giây) được lập danh sách để Ban Tổ chức xem xét; phần mềm không tự loại bài thi nào.",
            duration(u64::from(attempt.min_seconds) * 1_000)
        ));
    }
    Article { title: "Lượt thi và thời gian làm bài", paragraphs }
}

fn time_limit(plan: &Plan) -> Vec<String> {
    let attempt = &plan.rules.attempt;
    if attempt.minutes == 0 {
        return vec![
            "Thời gian làm bài của một lượt không giới hạn, nhưng bài thi phải đến máy chủ trước khi vòng thi đóng."
                .to_owned(),
        ];
    }
    let minutes = count(attempt.minutes.into());
    let mut paragraphs = vec![format!(
        "Thời gian làm bài của một lượt là {minutes} phút, tính từ khi máy chủ nhận yêu cầu bắt đầu; lượt thi kết thúc khi hết thời gian này hoặc khi vòng thi đóng, tùy thời điểm nào đến trước."
    )];
    if attempt.grace_seconds > 0 {
        paragraphs.push(format!(
            "Để bù cho đường truyền, bài đến máy chủ trong vòng {} giây sau khi hết thời gian làm bài vẫn được nhận, với thời gian làm bài được tính là {minutes} phút; không bài nào được nhận sau khi vòng thi đóng.",
            count(attempt.grace_seconds.into())
        ));
    }
    paragraphs
}

/// The keys that choose the attempt are those of one attempt, in the order of the ranking.
fn counted(plan: &Plan) -> String {
    match plan.rules.attempt.counted {
        Counted::First => "Lượt được xét để xếp hạng là lượt thi đầu tiên có bài được nhận trong vòng thi.".to_owned(),
        Counted::Last => "Lượt được xét để xếp hạng là lượt thi cuối cùng có bài được nhận trong vòng thi.".to_owned(),
        Counted::Best => {
            let further = plan.rules.ranking.order.iter().filter_map(|key| match key {
                RankingKey::Duration => Some("lượt có thời gian làm bài ngắn hơn"),
                RankingKey::StartedAt => Some("lượt bắt đầu sớm hơn"),
                RankingKey::SubmittedAt => Some("lượt nộp bài sớm hơn"),
                _ => None,
            });
            let tie_breaks: Vec<&str> = further.chain(["lượt thi trước"]).collect();
            format!(
                "Lượt được xét để xếp hạng là lượt có điểm cao nhất trong vòng thi; nếu bằng điểm, lần lượt chọn {}.",
                tie_breaks.join(", rồi đến ")
            )
        }
    }
}

pub(super) fn receipt(plan: &Plan) -> Article {
    let content = if plan.rules.prediction.is_some() { "câu trả lời và dự đoán" } else { "câu trả lời" };
    Article {
        title: "Nộp bài và biên nhận",
        paragraphs: vec![
            "Bài thi được nhận khi thí sinh nhận được biên nhận có chữ ký số của hệ thống, ghi vòng thi, lượt thi và thời điểm nhận. Thí sinh nên lưu biên nhận để đối chiếu khi cần.".to_owned(),
            format!("Bài đã được nhận không sửa, không thay được. Gửi lại đúng {content} đã nộp thì nhận lại đúng biên nhận đó; gửi lại không làm thay đổi thời điểm nộp bài."),
        ],
    }
}

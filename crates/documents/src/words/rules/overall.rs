//! The ranking of people over the whole contest.

use super::prizes::gives_over_the_contest;
use super::{Article, keys};
use crate::words::format::count;
use contest::plan::{Eligible, OverallKey, OverallRules, OverallScore, Plan};

pub(super) fn overall(plan: &Plan) -> Option<Article> {
    let rules = plan.rules.overall.as_ref()?;
    let mut paragraphs = vec![who(plan, rules)];
    if plan.rules.ranking.eligible == Eligible::Perfect {
        paragraphs.push("Quy định chỉ xếp hạng thí sinh đúng tất cả các câu hỏi áp dụng cho từng vòng thi; xếp hạng toàn cuộc thi tính cả thí sinh không đúng tất cả các câu hỏi.".to_owned());
    }
    paragraphs.push("Điểm của mỗi vòng thi được quy đổi theo thang điểm của vòng đó: lượt được xét đúng tất cả các câu hỏi được tính là 1, đúng một nửa số câu hỏi được tính là 1/2. Điểm quy đổi được cộng và so sánh bằng giá trị chính xác, không làm tròn.".to_owned());
    paragraphs.extend(sum(rules));
    paragraphs.push("Người bị hủy kết quả ở một vòng thi không được cộng gì từ vòng thi đó; kết quả của người đó ở các vòng thi khác giữ nguyên.".to_owned());
    paragraphs.extend(keys(rules.order.iter().map(|key| criterion(*key))));
    let prizes = if gives_over_the_contest(plan) { " và giải toàn cuộc thi chỉ được xét" } else { "" };
    paragraphs.push(format!(
        "Xếp hạng toàn cuộc thi chỉ được chốt{prizes} khi kết quả của tất cả các vòng thi đã được công bố."
    ));
    Some(Article { title: "Xếp hạng toàn cuộc thi", paragraphs })
}

fn who(plan: &Plan, rules: &OverallRules) -> String {
    const EXCEPT: &str = "trừ người thuộc danh sách nêu tại Điều 2 và người bị hủy kết quả ở mọi vòng thi đã dự";
    if rules.rounds.is_empty() {
        return format!(
            "Mọi thí sinh có bài được nhận trong ít nhất một vòng thi được xếp hạng toàn cuộc thi theo các lượt được xét ở tất cả các vòng thi, {EXCEPT}."
        );
    }
    let counted = plan.rounds.iter().filter(|round| rules.counts(&round.id));
    let names: Vec<String> = counted.map(|round| format!("“{}”", round.name)).collect();
    format!(
        "Xếp hạng toàn cuộc thi chỉ tính {} vòng thi: {}. Mọi thí sinh có bài được nhận trong ít nhất một vòng thi này được xếp hạng theo các lượt được xét ở các vòng thi này, {EXCEPT}.",
        count(names.len() as u64),
        names.join(", ")
    )
}

fn sum(rules: &OverallRules) -> Vec<String> {
    match rules.score {
        OverallScore::Sum => vec![
            "Điểm toàn cuộc thi của thí sinh là tổng điểm quy đổi của các vòng thi được tính. Vòng thi mà thí sinh không dự thi không được cộng gì.".to_owned(),
        ],
        OverallScore::Best => vec![
            format!(
                "Điểm toàn cuộc thi của thí sinh là tổng điểm quy đổi của {} vòng thi tốt nhất trong các vòng thi được tính; thí sinh dự ít vòng thi hơn thì cộng các vòng thi đã dự. Hai vòng thi bằng điểm thì vòng có thời gian làm bài của lượt được xét ngắn hơn là vòng tốt hơn.",
                count(rules.best.into())
            ),
            "Số lượt đúng tất cả các câu hỏi và thời gian làm bài cũng chỉ được cộng ở các vòng thi tốt nhất đó.".to_owned(),
        ],
    }
}

const fn criterion(key: OverallKey) -> &'static str {
    match key {
        OverallKey::Score => "Điểm toàn cuộc thi: cao hơn xếp trước.",
        OverallKey::PerfectAttempts => {
            "Số lượt được xét đúng tất cả các câu hỏi, trong các vòng thi được cộng: nhiều hơn xếp trước."
        }
        OverallKey::Duration => {
            "Tổng thời gian làm bài của các lượt được xét, tính đến mili giây, trong các vòng thi được cộng: ngắn hơn xếp trước."
        }
    }
}

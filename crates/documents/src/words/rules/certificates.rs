//! Certificates for everyone who gets far enough.

use super::Article;
use crate::words::format::count;
use contest::plan::{CertificateRule, Plan, Scope};

pub(super) fn certificates(plan: &Plan) -> Option<Article> {
    if plan.certificates.is_empty() {
        return None;
    }
    let paragraphs = plan.certificates.iter().map(certificate).collect();
    Some(Article { title: "Giấy chứng nhận", paragraphs })
}

fn certificate(rule: &CertificateRule) -> String {
    let CertificateRule { name, min_percent, rounds } = rule;
    let reached = match min_percent {
        0 => "Thí sinh có bài được nhận".to_owned(),
        100 => "Thí sinh có lượt thi được xét đúng tất cả các câu hỏi".to_owned(),
        _ => format!("Thí sinh có lượt thi được xét đạt từ {min_percent}% số điểm tối đa trở lên"),
    };
    match rule.scope() {
        Scope::Round => format!("{reached} trong một vòng thi được cấp “{name}” của vòng thi đó."),
        Scope::Contest => format!(
            "{reached} trong ít nhất {} vòng thi được cấp “{name}” của cuộc thi, một lần sau vòng thi cuối cùng.",
            count((*rounds).into())
        ),
    }
}

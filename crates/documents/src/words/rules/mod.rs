//! The rules (thể lệ) in words, generated from the very plan that ranks and pays, so that the two
//! cannot part (`DOMAIN.md` N12). Every hole that decides money is answered, in particular those of
//! the prediction (`DOMAIN.md` 2.3).

mod attempt;
mod certificates;
mod overall;
mod prizes;
mod publication;
mod ranking;
mod review;
mod taking_part;
#[cfg(test)]
mod tests;
mod units;

pub(super) use units::units_of;

use crate::site::sha256_hex;
use contest::plan::{AttemptRules, Plan, Round};
use contest::units::UnitTree;
use serde::Serialize;

/// One article of the rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RuleSection {
    /// `Điều 1. …`
    pub heading: String,
    /// Its paragraphs, plain text.
    pub paragraphs: Vec<String>,
}

/// An article before it has its number.
struct Article {
    title: &'static str,
    paragraphs: Vec<String>,
}

/// The whole rules. Articles that a contest has no use for are left out, and the others numbered
/// without a gap; eligibility is always `Điều 2`, to which later articles refer.
pub fn rules(plan: &Plan, units: &UnitTree) -> Vec<RuleSection> {
    let articles = [
        Some(taking_part::general(plan)),
        Some(taking_part::eligibility(plan)),
        Some(taking_part::registration(plan)),
        Some(taking_part::rounds(plan)),
        Some(attempt::paper(plan)),
        Some(attempt::attempts(plan)),
        Some(attempt::receipt(plan)),
        ranking::prediction(plan),
        Some(ranking::order(plan)),
        overall::overall(plan),
        prizes::individual(plan),
        units::collective(plan),
        prizes::commendation(plan, units),
        certificates::certificates(plan),
        Some(publication::publication(plan)),
        Some(review::review(plan)),
        Some(publication::personal_data(plan)),
    ];
    let number = |(place, article): (usize, Article)| RuleSection {
        heading: format!("Điều {}. {}", place + 1, article.title),
        paragraphs: article.paragraphs,
    };
    articles.into_iter().flatten().enumerate().map(number).collect()
}

/// Whether something holds of an attempt of any round.
fn in_any_round(plan: &Plan, holds: impl Fn(&AttemptRules) -> bool) -> bool {
    plan.rounds.iter().any(|round| holds(plan.attempt_of(round)))
}

/// A sentence about one round alone.
fn only_in(round: &Round, sentence: &str) -> String {
    format!("Riêng vòng thi “{}”: {sentence}", round.name)
}

/// Items of a list as paragraphs, `- first;` to `- last.`
fn list(items: Vec<String>) -> Vec<String> {
    let last = items.len();
    let item = |(place, item): (usize, String)| format!("- {item}{}", if place + 1 == last { '.' } else { ';' });
    items.into_iter().enumerate().map(item).collect()
}

/// The criteria of a ranking of people by their weight, and what equal people get.
fn keys(criteria: impl Iterator<Item = &'static str>) -> Vec<String> {
    let mut paragraphs = vec![
        "Thí sinh được xếp hạng lần lượt theo các tiêu chí sau; tiêu chí sau chỉ được xét khi các tiêu chí trước bằng nhau:".to_owned(),
    ];
    paragraphs.extend(criteria.zip(1..).map(|(criterion, place)| format!("({place}) {criterion}")));
    paragraphs.push("Các thí sinh bằng nhau ở mọi tiêu chí thì đồng hạng; hạng kế tiếp bằng số người xếp trên cộng một (ví dụ 1, 2, 2, 4).".to_owned());
    paragraphs
}

/// SHA-256 of the rules' canonical JSON: the array as published in `contest.json`, members in
/// alphabetical order, no spaces.
pub fn rules_sha256(rules: &[RuleSection]) -> String {
    sha256_hex(&serde_json::to_vec(rules).expect("texts serialize"))
}

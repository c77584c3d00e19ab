//! What a plan was understood to say: about people, and as the tables that `hoithi check` prints.

use super::format::{capital, count, grouped, money, zone_name};
use super::plan_form::choice;
use super::rules::units_of;
use crate::console::plan::{Facts, Prize, UnitSum};
use chrono_tz::Tz;
use contest::plan::{Plan, RegistrationMode, RoundAttempt};

/// Who takes part, who is ranked and by what: labels with their texts. `people` is how many may take part, where it is
/// known.
pub fn who(plan: &Plan, people: Option<u64>) -> Vec<(&'static str, String)> {
    let ranking = &plan.rules.ranking;
    let order = ranking.order.iter().map(|key| lower(&word("ranking.order", key.as_str())));
    let mut lines = vec![
        ("Được dự thi", may_take_part(plan, people)),
        ("Được tính", attempts(plan)),
        ("Được xếp hạng", lower(&word("ranking.eligible", ranking.eligible.as_str()))),
        ("Xếp theo", order.collect::<Vec<_>>().join(", rồi ")),
        ("Bằng nhau mọi mặt", lower(&word("ranking.unbroken_tie", ranking.unbroken_tie.as_str()))),
        ("Giải mỗi người", lower(&word("ranking.one_prize_per_person", ranking.one_prize_per_person.as_str()))),
    ];
    for collective in &plan.rules.collective {
        let measure = collective.measure.iter().map(|key| lower(&word("collective.measure", key.as_str())));
        let measure = measure.collect::<Vec<_>>().join(", rồi ");
        let least = match collective.min_rate_percent {
            0 => String::new(),
            least => format!("; chỉ đơn vị có từ {least}% thành viên dự thi"),
        };
        lines.push(("Tập thể", format!("{}: {measure}{least}", units_of(&collective.levels))));
    }
    lines
}

fn may_take_part(plan: &Plan, people: Option<u64>) -> String {
    let registration = &plan.registration;
    let mut said = vec![lower(&word("registration.mode", registration.mode.as_str()))];
    said.push(match (registration.min_age, registration.max_age) {
        (0, 0) => "không giới hạn tuổi".to_owned(),
        (least, 0) => format!("từ {} tuổi", count(least.into())),
        (0, most) => format!("không quá {} tuổi", count(most.into())),
        (least, most) => format!("từ {} đến {} tuổi", count(least.into()), count(most.into())),
    });
    if !registration.levels.is_empty() {
        said.push(format!("chỉ người của {}", units_of(&registration.levels)));
    }
    if registration.guardian_consent_under > registration.min_age {
        said.push(format!("dưới {} tuổi cần người giám hộ đồng ý", count(registration.guardian_consent_under.into())));
    }
    let unique: Vec<String> =
        registration.unique.iter().map(|field| lower(&word("registration.unique", field.as_str()))).collect();
    if !unique.is_empty() {
        said.push(format!("mỗi {} một tài khoản", unique.join(", mỗi ")));
    }
    if let Some(people) = people {
        let counted = match registration.mode {
            RegistrationMode::Roster => "người trong danh sách dự thi",
            RegistrationMode::Open => "người theo số thành viên các đơn vị",
        };
        said.push(format!("{} {counted}", grouped(people)));
    }
    said.join("; ")
}

/// What an attempt is, and of which rounds it is something else.
fn attempts(plan: &Plan) -> String {
    let own = plan.rounds.iter().filter_map(|round| Some((&round.name, round.attempt.as_ref()?)));
    let own = own.map(|(name, of_round)| format!(". Riêng {name}: {}", attempt(of_round)));
    attempt(plan.attempt.usual()) + &own.collect::<String>()
}

fn attempt(RoundAttempt { paper, rules }: &RoundAttempt) -> String {
    let minutes = match rules.minutes {
        0 => "không giới hạn thời gian".to_owned(),
        minutes => format!("{} phút", count(minutes.into())),
    };
    let per_round = match rules.per_round {
        0 => "mỗi vòng không giới hạn lượt".to_owned(),
        most => format!("mỗi vòng {} lượt", count(most.into())),
    };
    let counted = lower(&word("attempt.counted", rules.counted.as_str()));
    format!("{} câu, {minutes}, {per_round}; xét {counted}", count(paper.questions.into()))
}

/// What a word of the plan is called; a word without a name stands for itself.
fn word(path: &str, word: &str) -> String {
    choice(path, word).unwrap_or(word).to_owned()
}

/// Inside a sentence.
fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// Everything that was understood, as tables for a terminal.
pub fn overview(facts: &Facts, zone: Tz) -> String {
    let mut out = format!("Lịch ({})\n", zone_name(zone));
    let before = facts.timeline.iter().filter(|moment| !is_of_round(moment));
    let before: Vec<Vec<String>> = before.map(|moment| vec![moment.label.clone(), moment.words.clone()]).collect();
    let unknown = || "chưa rõ".to_owned();
    let rounds = facts.rounds.iter().map(|round| {
        let time = |at: &Option<String>| at.clone().unwrap_or_else(unknown);
        vec![
            round.name.clone(),
            time(&round.opens),
            format!("đến {}", time(&round.closes)),
            format!("công bố {}", time(&round.publishes)),
        ]
    });
    out += &table(&before.into_iter().chain(rounds).collect::<Vec<_>>());
    out += "Ai được tính\n";
    out += &table(&facts.who.iter().map(|of| vec![of.label.clone(), of.text.clone()]).collect::<Vec<_>>());
    out += "Giải thưởng\n";
    out += &table(&prizes(facts));
    out += "Tải lúc đông nhất\n";
    let peak = facts.peak.as_ref().map_or_else(
        || "chưa rõ: các tệp không cho biết có bao nhiêu người".to_owned(),
        |peak| {
            let (attempts, requests) = (grouped(peak.attempts), grouped(peak.requests_a_second));
            let fits = if peak.fits {
                "hệ thống cài theo mặc định đáp ứng được"
            } else {
                "cần nâng cấu hình mặc định"
            };
            format!("mỗi vòng tới {attempts} lượt thi, {requests} yêu cầu mỗi giây trong mười phút cuối; {fits}")
        },
    );
    format!("{out}  {peak}\n")
}

fn is_of_round(moment: &crate::console::plan::Moment) -> bool {
    use crate::console::plan::Step;
    matches!(moment.path.first(), Some(Step::Name(table)) if table == "rounds")
}

fn prizes(facts: &Facts) -> Vec<Vec<String>> {
    let prizes = &facts.prizes;
    let mut rows = Vec::new();
    let mut add = |title: String, list: &[Prize], amount: u64| {
        if list.is_empty() {
            return;
        }
        let named =
            list.iter().map(|prize| format!("{} {} × {}", count(prize.count.into()), prize.name, money(prize.each)));
        rows.push(vec![title, named.collect::<Vec<_>>().join(", "), format!("= {}", money(amount))]);
    };
    let each_round = prizes.each_round.amount * prizes.rounds;
    add(format!("{} vòng, mỗi vòng", count(prizes.rounds)), &prizes.each_round.prizes, each_round);
    for of in &prizes.some_rounds {
        add(format!("Riêng {}", of.rounds.join(", ")), &of.prizes, of.amount);
    }
    add("Cả cuộc thi".to_owned(), &prizes.contest.prizes, prizes.contest.amount);
    let over = |of: &UnitSum| if of.times > 1 { format!(", {} vòng", count(of.times)) } else { String::new() };
    for of in &prizes.collective {
        add(format!("Tập thể “{}”{}", of.id, over(of)), &of.prizes, of.amount);
    }
    for of in &prizes.commendation {
        add(format!("Khen “{}”{}", of.id, over(of)), &of.prizes, of.amount);
    }
    rows.push(vec![capital("tổng"), String::new(), format!("= {}", money(prizes.total))]);
    rows
}

/// Rows with their cells below each other; the last cell of a row may be as long as it likes.
fn table(rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let inner = rows.iter().filter(|row| column + 1 < row.len()).filter_map(|row| row.get(column));
        inner.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let line = |row: &Vec<String>| {
        let cell = |(column, cell): (usize, &String)| {
            let padding = if column + 1 < row.len() { width(column).saturating_sub(cell.chars().count()) } else { 0 };
            format!("{cell}{}", " ".repeat(padding))
        };
        format!("  {}\n", row.iter().enumerate().map(cell).collect::<Vec<_>>().join("  "))
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::plan::Beside;
    use contest::plan_file;

    #[test]
    fn prizes_of_some_rounds_have_a_row_as_all_of_which_the_sum_is_made() {
        let text = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");
        let text = text.replacen("amount = 800000", "amount = 800000\nrounds = [\"tuan-2\"]", 1);
        let plan = plan_file::read(&text).plan.expect("a plan");
        let facts = Facts::of_text(&plan, &text, Beside { units: None, roster: None, carried: None });
        let overview = overview(&facts, plan.time_zone);
        let row = overview.lines().find(|line| line.contains("Giải Nhì × 800.000")).expect("a row");
        assert!(row.trim_start().starts_with("Riêng Tuần thứ Hai") && row.ends_with("= 800.000 đồng"), "{overview}");
        let digits =
            |line: &str| line.chars().filter(char::is_ascii_digit).collect::<String>().parse::<u64>().expect("a sum");
        let sums: Vec<u64> = overview.lines().filter_map(|line| Some(digits(line.split_once("= ")?.1))).collect();
        let (total, parts) = sums.split_last().expect("rows");
        assert_eq!(parts.iter().sum::<u64>(), *total, "{overview}");
    }
}

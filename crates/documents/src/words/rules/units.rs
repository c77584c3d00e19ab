//! Competitions of units: who competes, by what, and for which prizes.

use super::prizes::{common_prizes, gives_over_the_contest, worth};
use super::{Article, list};
use crate::words::format::{capital, count, grouped, money};
use contest::plan::{Collective, Measure, Plan, PrizeTier, Scope, UnitPoints};
use contest::prizes::PrizeTotals;

pub(super) fn collective(plan: &Plan) -> Option<Article> {
    if plan.rules.collective.is_empty() {
        return None;
    }
    let mut paragraphs: Vec<String> =
        plan.rules.collective.iter().flat_map(|collective| competition(plan, collective)).collect();
    paragraphs.push("Thí sinh được tính cho đơn vị đã đăng ký hoặc đơn vị cấp trên của đơn vị đó thuộc cấp được xét. Không tính người thuộc danh sách nêu tại Điều 2 và người bị hủy kết quả.".to_owned());
    paragraphs.push("Số thành viên của đơn vị là số do Ban Tổ chức chốt trước khi thi; đơn vị không có số riêng thì lấy tổng số của các đơn vị trực thuộc. Các tỷ số được so sánh bằng giá trị chính xác, không làm tròn trước khi so sánh.".to_owned());
    paragraphs.push("Các đơn vị bằng nhau ở mọi tiêu chí thì đồng hạng và đều được nhận giải mà đơn vị đầu tiên trong nhóm được xét, mỗi đơn vị một giải. Đơn vị không có người dự thi không được xét giải.".to_owned());
    let totals = PrizeTotals::of(plan);
    let (people, units) = (totals.individual(), totals.collective);
    if people > 0 && units > 0 {
        paragraphs
            .push(format!("Tổng trị giá giải thưởng cá nhân và tập thể của cuộc thi là {}.", money(people + units)));
    }
    Some(Article { title: "Giải thưởng tập thể", paragraphs })
}

fn competition(plan: &Plan, collective: &Collective) -> Vec<String> {
    let (over, summed) = match collective.scope {
        Scope::Round => ("trong từng vòng thi", ""),
        Scope::Contest => (
            "trong toàn cuộc thi",
            " Số liệu được cộng qua các vòng thi; riêng số người dự thi tính mỗi người một lần.",
        ),
    };
    let mut paragraphs = vec![format!(
        "{} được xếp hạng{} {over}, lần lượt theo các tiêu chí sau; tiêu chí sau chỉ được xét khi các tiêu chí trước bằng nhau.{summed}",
        capital(&units_of(&collective.levels)),
        if collective.levels.len() > 1 { " chung" } else { "" }
    )];
    paragraphs
        .extend(collective.measure.iter().enumerate().map(|(place, key)| format!("({}) {}", place + 1, measure(*key))));
    if let Some(given) = collective.points.as_ref().filter(|_| collective.measure.contains(&Measure::Points)) {
        paragraphs.extend(points(plan, given, collective.scope));
    }
    if collective.scope == Scope::Contest
        && gives_over_the_contest(plan)
        && collective.measure.iter().any(|key| counts_prizes(*key))
    {
        paragraphs
            .push("Giải cá nhân được tính cho đơn vị gồm giải của các vòng thi và giải toàn cuộc thi.".to_owned());
    }
    if collective.levels.len() > 1 {
        paragraphs.push("Mỗi thí sinh chỉ được tính cho một đơn vị: đơn vị gần nhất thuộc một trong các cấp này, kể từ đơn vị đã đăng ký trở lên.".to_owned());
    }
    if collective.min_rate_percent > 0 {
        paragraphs.push(format!(
            "Chỉ xét đơn vị có số người dự thi đạt ít nhất {}% số thành viên.",
            grouped(collective.min_rate_percent.into())
        ));
    }
    if needs_members(collective) {
        paragraphs.push("Đơn vị chưa có số thành viên không được xếp hạng.".to_owned());
    }
    let total = collective.worth();
    let prizes: u64 = collective.prizes.iter().map(|prize| u64::from(prize.count)).sum();
    paragraphs.push(format!("Giải tập thể {over} gồm {} giải{}:", count(prizes), worth(total)));
    paragraphs.extend(common_prizes(&collective.prizes, "giải"));
    paragraphs
}

/// The units of one level, or of several.
pub(in crate::words) fn units_of(levels: &[String]) -> String {
    let named: Vec<String> = levels.iter().map(|level| format!("các đơn vị {}", level_name(level))).collect();
    match &named[..] {
        [first @ .., last] if !first.is_empty() => format!("{} và {last}", first.join(", ")),
        _ => named.concat(),
    }
}

/// Whether a unit without a figure of members is not ranked.
fn needs_members(collective: &Collective) -> bool {
    let per_member = |key: &Measure| match key {
        Measure::AttemptsPerMember | Measure::ContestantsPerMember => true,
        Measure::Points => collective.points.as_ref().is_some_and(|points| points.contestants_percent > 0),
        _ => false,
    };
    collective.min_rate_percent > 0 || collective.measure.iter().any(per_member)
}

const fn counts_prizes(key: Measure) -> bool {
    matches!(key, Measure::PrizePoints | Measure::Winners | Measure::Points)
}

/// For what a unit is given how many points.
fn points(plan: &Plan, points: &UnitPoints, scope: Scope) -> Vec<String> {
    let mut items = Vec::new();
    if points.contestants_percent > 0 {
        items.push(format!(
            "{} điểm cho mỗi phần trăm số người dự thi so với số thành viên của đơn vị, phần lẻ của một phần trăm được tính theo tỷ lệ",
            count(points.contestants_percent.into())
        ));
    }
    let counted = plan.rules.prizes.iter().filter(|tier| scope == Scope::Contest || tier.scope == Scope::Round);
    let counted: Vec<&PrizeTier> = counted.collect();
    let has_both = Scope::ALL.iter().all(|scope| counted.iter().any(|tier| tier.scope == *scope));
    let of = |tier: &PrizeTier| match (has_both, tier.scope) {
        (false, _) => "",
        (true, Scope::Round) => " của vòng thi",
        (true, Scope::Contest) => " toàn cuộc thi",
    };
    let value = |tier: &PrizeTier| points.tiers.get(&tier.tier).copied().filter(|value| *value > 0);
    let item =
        |tier: &&PrizeTier| Some(format!("{} điểm cho mỗi {}{}", count(value(tier)?.into()), tier.name, of(tier)));
    for said in counted.iter().filter_map(item) {
        // A tier may stand several times, for other rounds.
        if !items.contains(&said) {
            items.push(said);
        }
    }
    let mut paragraphs = vec!["Điểm thi đua của đơn vị là tổng của:".to_owned()];
    paragraphs.extend(list(items));
    if counted.iter().any(|tier| value(tier).is_none()) {
        paragraphs.push("Các giải cá nhân khác không được tính điểm thi đua.".to_owned());
    }
    paragraphs
}

const fn measure(key: Measure) -> &'static str {
    match key {
        Measure::Attempts => "Số lượt thi có bài được nhận: nhiều hơn xếp trước.",
        Measure::MeanScore => {
            "Điểm trung bình, bằng tổng điểm của các lượt được xét chia cho số lượt được xét: cao hơn xếp trước."
        }
        Measure::Contestants => "Số người dự thi: nhiều hơn xếp trước.",
        Measure::PerfectContestants => "Số người có lượt được xét đúng tất cả các câu hỏi: nhiều hơn xếp trước.",
        Measure::AttemptsPerMember => {
            "Số lượt thi có bài được nhận chia cho số thành viên của đơn vị: cao hơn xếp trước."
        }
        Measure::ContestantsPerMember => "Số người dự thi chia cho số thành viên của đơn vị: cao hơn xếp trước.",
        Measure::PrizePoints => "Tổng số tiền thưởng cá nhân mà thí sinh của đơn vị đạt được: nhiều hơn xếp trước.",
        Measure::Winners => "Số giải cá nhân mà thí sinh của đơn vị đạt được: nhiều hơn xếp trước.",
        Measure::Points => "Tổng số điểm thi đua của đơn vị: cao hơn xếp trước.",
    }
}

/// The levels met in the field by their names; any other word as the organizers wrote it.
fn level_name(level: &str) -> String {
    let name = match level {
        "province" => "cấp tỉnh",
        "city" => "cấp thành phố",
        "district" => "cấp huyện",
        "commune" => "cấp xã",
        "ward" => "cấp xã, phường",
        "neighborhood" => "cấp tổ dân phố",
        "base" => "cấp cơ sở",
        "bloc" => "cấp khối",
        "party_committee" => "đảng bộ",
        "subcommittee" | "party_subcommittee" => "đảng bộ bộ phận",
        "cell" | "party_cell" => "chi bộ",
        "organisation" | "organization" | "agency" => "là cơ quan, tổ chức",
        "school" => "là trường học",
        other => return format!("cấp “{other}”"),
    };
    name.to_owned()
}

//! Prizes for people, and lists for commendations.

use super::{Article, list};
use crate::words::format::{count, money};
use contest::plan::{CollectivePrize, Commendation, LotBeacon, OnePrize, Plan, PrizeTier, Scope, UnbrokenTie};
use contest::prizes::PrizeTotals;
use contest::units::UnitTree;

pub(super) fn individual(plan: &Plan) -> Option<Article> {
    if plan.rules.prizes.is_empty() {
        return None;
    }
    let mut paragraphs = Vec::new();
    let in_every_round = |tier: &&PrizeTier| tier.scope == Scope::Round && tier.rounds.is_empty();
    let round_prizes: Vec<&PrizeTier> = plan.rules.prizes.iter().filter(in_every_round).collect();
    let by_rounds = plan.rules.prizes_by_rounds();
    let contest_prizes: Vec<&PrizeTier> =
        plan.rules.prizes.iter().filter(|tier| tier.scope == Scope::Contest).collect();
    paragraphs.extend(prize_list("Mỗi vòng thi", &round_prizes));
    for tiers in &by_rounds {
        let more = if round_prizes.is_empty() { "" } else { " ngoài các giải trên còn" };
        paragraphs.extend(prize_list(&format!("{}{more}", rounds_of(plan, tiers)), tiers));
    }
    paragraphs.extend(prize_list("Toàn cuộc thi, trao một lần sau vòng thi cuối cùng,", &contest_prizes));
    paragraphs.extend(individual_sum(plan));
    paragraphs.push("Giải được xét lần lượt từ hạng cao xuống hạng thấp, hết giải cao mới đến giải thấp hơn. Không trao giải cho người không được xếp hạng; nếu số người được xếp hạng ít hơn số giải thì các giải còn lại không trao.".to_owned());
    if !by_rounds.is_empty() {
        let mut names: Vec<&str> = Vec::new();
        for tier in plan.rules.prizes.iter().filter(|tier| tier.scope == Scope::Round) {
            if !names.contains(&tier.name.as_str()) {
                names.push(&tier.name);
            }
        }
        paragraphs.push(format!("Thứ tự các giải của vòng thi, từ cao xuống thấp: {}.", names.join(", ")));
    }
    paragraphs.push(unbroken_tie(plan));
    let over_the_contest = gives_over_the_contest(plan);
    if plan.rounds.len() > 1 || over_the_contest {
        paragraphs.push(one_prize(plan.rules.ranking.one_prize_per_person, over_the_contest).to_owned());
    }
    Some(Article { title: "Giải thưởng cá nhân", paragraphs })
}

/// The rounds that give these prizes, at the beginning of a sentence.
fn rounds_of(plan: &Plan, tiers: &[&PrizeTier]) -> String {
    let ids = tiers.first().map(|tier| &tier.rounds[..]).unwrap_or_default();
    let names = ids.iter().map(|id| format!("“{}”", plan.round(id).map_or(id.as_str(), |round| &round.name)));
    let names: Vec<String> = names.collect();
    match &names[..] {
        [one] => format!("Vòng thi {one}"),
        several => format!("Mỗi vòng thi trong các vòng {}", several.join(", ")),
    }
}

fn prize_list(over: &str, tiers: &[&PrizeTier]) -> Vec<String> {
    if tiers.is_empty() {
        return Vec::new();
    }
    let prizes: u64 = tiers.iter().map(|tier| u64::from(tier.count)).sum();
    let total: u64 = tiers.iter().map(|tier| u64::from(tier.count) * tier.amount).sum();
    let mut paragraphs = vec![format!("{over} có {} giải{}:", count(prizes), worth(total))];
    paragraphs.extend(list(tiers.iter().map(|tier| prize_line(&tier.name, tier.count, tier.amount, "giải")).collect()));
    paragraphs
}

fn prize_line(name: &str, prizes: u32, amount: u64, one: &str) -> String {
    let each = if prizes > 1 { format!(" mỗi {one}") } else { String::new() };
    match amount {
        0 => format!("{} {name}, mức thưởng do Ban Tổ chức quyết định", count(prizes.into())),
        amount => format!("{} {name}, trị giá {}{each}", count(prizes.into()), money(amount)),
    }
}

pub(super) fn worth(total: u64) -> String {
    if total == 0 { String::new() } else { format!(", tổng trị giá {}", money(total)) }
}

fn individual_sum(plan: &Plan) -> Option<String> {
    let rounds = plan.rounds.len() as u64;
    let total = PrizeTotals::of(plan).individual();
    (rounds > 1 && total > 0).then(|| {
        format!("Tổng trị giá giải thưởng cá nhân của cả cuộc thi ({} vòng thi) là {}.", count(rounds), money(total))
    })
}

fn unbroken_tie(plan: &Plan) -> String {
    match plan.rules.ranking.unbroken_tie {
        UnbrokenTie::ExtraPrize => {
            "Các thí sinh đồng hạng đều được nhận giải mà người đầu tiên trong nhóm được xét, mỗi người một giải, dù vượt số giải đã định; số giải của các giải tiếp theo giữ nguyên.".to_owned()
        }
        UnbrokenTie::Lot => lots(plan),
        UnbrokenTie::Organizers => {
            "Khi số thí sinh đồng hạng nhiều hơn số giải còn lại, Ban Tổ chức quyết định thứ tự xét giải giữa họ bằng văn bản có nêu lý do; các giải từ nhóm này trở xuống chờ quyết định đó.".to_owned()
        }
    }
}

fn lots(plan: &Plan) -> String {
    let mut sources = vec!["số của hệ thống thi, đã công bố cam kết trước vòng thi"];
    if plan.rounds.iter().any(|round| !round.lot_witnesses.is_empty()) {
        sources.push("số do người chứng kiến giữ kín, đã nộp cam kết trước vòng thi");
    }
    if plan.rules.ranking.lot_beacon == LotBeacon::Drand {
        sources.push("số ngẫu nhiên công khai của mạng drand (quicknet) phát 30 phút sau giờ công bố kết quả");
    }
    let over_the_contest = if gives_over_the_contest(plan) {
        " Giải toàn cuộc thi được bốc thăm bằng giá trị của vòng thi cuối cùng, cùng với sổ bài thi của tất cả các vòng."
    } else {
        ""
    };
    format!(
        "Khi số thí sinh đồng hạng nhiều hơn số giải còn lại, thứ tự xét giải giữa họ được bốc thăm theo cách ai cũng kiểm chứng được. Kết quả công bố lần đầu chưa trao các giải này; sau khi sổ bài thi đã công bố, giá trị bốc thăm mới được mở, gồm {}; thứ tự tính từ giá trị đó, sổ bài thi và mã công khai của từng người, và kết quả được công bố lại.{over_the_contest}",
        sources.join("; ")
    )
}

/// Whether somebody is given a prize over the contest. Plans of the time before there was a ranking for it name such
/// prizes too.
pub(super) fn gives_over_the_contest(plan: &Plan) -> bool {
    plan.rules.overall.is_some() && plan.rules.prizes.iter().any(|tier| tier.scope == Scope::Contest)
}

const fn one_prize(rule: OnePrize, over_the_contest: bool) -> &'static str {
    match (rule, over_the_contest) {
        (OnePrize::None, false) => "Một người có thể đạt giải ở nhiều vòng thi.",
        (OnePrize::None, true) => "Một người có thể đạt giải ở nhiều vòng thi và đạt cả giải toàn cuộc thi.",
        (OnePrize::Contest, false) => {
            "Mỗi người chỉ nhận một giải cá nhân trong cả cuộc thi: người đã đạt giải ở vòng thi trước vẫn được xếp hạng nhưng không được xét giải ở các vòng sau, giải được xét cho người xếp kế tiếp."
        }
        (OnePrize::Contest, true) => {
            "Mỗi người chỉ nhận một giải cá nhân trong cả cuộc thi: người đã đạt giải ở vòng thi trước vẫn được xếp hạng nhưng không được xét giải ở các vòng sau; người đã đạt giải ở bất kỳ vòng thi nào vẫn được xếp hạng toàn cuộc thi nhưng không được xét giải toàn cuộc thi; giải được xét cho người xếp kế tiếp."
        }
    }
}

/// The lines of prizes that are not of the ranking of people, each of which is called `one`.
pub(super) fn common_prizes(prizes: &[CollectivePrize], one: &str) -> Vec<String> {
    list(prizes.iter().map(|prize| prize_line(&prize.name, prize.count, prize.amount, one)).collect())
}

pub(super) fn commendation(plan: &Plan, units: &UnitTree) -> Option<Article> {
    if plan.commendation.is_empty() {
        return None;
    }
    let paragraphs = plan.commendation.iter().flat_map(|list| commendation_list(list, units)).collect();
    Some(Article { title: "Khen thưởng tuyên truyền, vận động", paragraphs })
}

fn commendation_list(list: &Commendation, units: &UnitTree) -> Vec<String> {
    let unit = units.find(&list.unit).map_or(list.unit.as_str(), |place| units.units()[place].name.as_str());
    let mut paragraphs = vec![format!(
        "Thí sinh có tài khoản đăng ký thuộc {unit} hoặc đơn vị trực thuộc, vận động được ít nhất {} tài khoản mới mà mỗi tài khoản có bài được nhận trong {} vòng thi liên tiếp, được lập danh sách để cấp có thẩm quyền xem xét khen thưởng.",
        count(list.referrals.into()),
        count(list.consecutive_rounds.into())
    )];
    let over = match list.scope {
        Scope::Round => "sau mỗi vòng thi",
        Scope::Contest => "một lần cho cả cuộc thi",
    };
    if list.scope == Scope::Round {
        paragraphs.push(format!("Danh sách được lập {over}, tính các vòng thi từ đầu cuộc thi đến vòng thi đó."));
    }
    if let Some(form) = &list.form {
        paragraphs.push(format!("Hồ sơ đề nghị khen thưởng được lập theo {form}."));
    }
    if !list.prizes.is_empty() {
        let prizes = list.prizes.iter().map(|prize| u64::from(prize.count)).sum();
        let worth = worth(list.worth());
        paragraphs.push(format!(
            "Khen thưởng {over} có tối đa {} suất{worth}; cấp có thẩm quyền quyết định ai được khen thưởng:",
            count(prizes)
        ));
        paragraphs.extend(common_prizes(&list.prizes, "suất"));
    }
    paragraphs
}

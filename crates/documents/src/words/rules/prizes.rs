//! Prizes for people and for units, and lists for commendations.

use super::{Article, list};
use crate::words::format::{count, grouped, money};
use contest::plan::{Collective, Commendation, LotBeacon, Measure, OnePrize, Plan, PrizeTier, Scope, UnbrokenTie};
use contest::prizes::PrizeTotals;
use contest::units::UnitTree;

pub(super) fn individual(plan: &Plan) -> Option<Article> {
    if plan.rules.prizes.is_empty() {
        return None;
    }
    let mut paragraphs = Vec::new();
    let round_prizes: Vec<&PrizeTier> = plan.rules.prizes.iter().filter(|tier| tier.scope == Scope::Round).collect();
    let contest_prizes: Vec<&PrizeTier> =
        plan.rules.prizes.iter().filter(|tier| tier.scope == Scope::Contest).collect();
    paragraphs.extend(prize_list("Mỗi vòng thi", &round_prizes));
    paragraphs.extend(prize_list("Toàn cuộc thi, trao một lần sau vòng thi cuối cùng,", &contest_prizes));
    paragraphs.extend(individual_sum(plan));
    paragraphs.push("Giải được xét lần lượt từ hạng cao xuống hạng thấp, hết giải cao mới đến giải thấp hơn. Không trao giải cho người không được xếp hạng; nếu số người được xếp hạng ít hơn số giải thì các giải còn lại không trao.".to_owned());
    paragraphs.push(unbroken_tie(plan));
    if plan.rounds.len() > 1 {
        paragraphs.push(one_prize(plan.rules.ranking.one_prize_per_person).to_owned());
    }
    Some(Article { title: "Giải thưởng cá nhân", paragraphs })
}

fn prize_list(over: &str, tiers: &[&PrizeTier]) -> Vec<String> {
    if tiers.is_empty() {
        return Vec::new();
    }
    let prizes: u64 = tiers.iter().map(|tier| u64::from(tier.count)).sum();
    let total: u64 = tiers.iter().map(|tier| u64::from(tier.count) * tier.amount).sum();
    let mut paragraphs = vec![format!("{over} có {} giải{}:", count(prizes), worth(total))];
    paragraphs.extend(list(tiers.iter().map(|tier| prize_line(&tier.name, tier.count, tier.amount)).collect()));
    paragraphs
}

fn prize_line(name: &str, prizes: u32, amount: u64) -> String {
    let each = if prizes > 1 { " mỗi giải" } else { "" };
    match amount {
        0 => format!("{} {name}, mức thưởng do Ban Tổ chức quyết định", count(prizes.into())),
        amount => format!("{} {name}, trị giá {}{each}", count(prizes.into()), money(amount)),
    }
}

fn worth(total: u64) -> String {
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
    format!(
        "Khi số thí sinh đồng hạng nhiều hơn số giải còn lại, thứ tự xét giải giữa họ được bốc thăm theo cách ai cũng kiểm chứng được. Kết quả công bố lần đầu chưa trao các giải này; sau khi sổ bài thi đã công bố, giá trị bốc thăm mới được mở, gồm {}; thứ tự tính từ giá trị đó, sổ bài thi và mã công khai của từng người, và kết quả được công bố lại.",
        sources.join("; ")
    )
}

const fn one_prize(rule: OnePrize) -> &'static str {
    match rule {
        OnePrize::None => "Một người có thể đạt giải ở nhiều vòng thi.",
        OnePrize::Contest => {
            "Mỗi người chỉ nhận một giải cá nhân trong cả cuộc thi: người đã đạt giải ở vòng thi trước vẫn được xếp hạng nhưng không được xét giải ở các vòng sau, giải được xét cho người xếp kế tiếp."
        }
    }
}

pub(super) fn collective(plan: &Plan) -> Option<Article> {
    if plan.rules.collective.is_empty() {
        return None;
    }
    let mut paragraphs: Vec<String> = plan.rules.collective.iter().flat_map(competition).collect();
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

fn competition(collective: &Collective) -> Vec<String> {
    let (over, summed) = match collective.scope {
        Scope::Round => ("trong từng vòng thi", ""),
        Scope::Contest => (
            "trong toàn cuộc thi",
            " Số liệu được cộng qua các vòng thi; riêng số người dự thi tính mỗi người một lần.",
        ),
    };
    let mut paragraphs = vec![format!(
        "Các đơn vị {} được xếp hạng {over}, lần lượt theo các tiêu chí sau; tiêu chí sau chỉ được xét khi các tiêu chí trước bằng nhau.{summed}",
        level_name(&collective.levels[0])
    )];
    paragraphs
        .extend(collective.measure.iter().enumerate().map(|(place, key)| format!("({}) {}", place + 1, measure(*key))));
    if collective.min_rate_percent > 0 {
        paragraphs.push(format!(
            "Chỉ xét đơn vị có số người dự thi đạt ít nhất {}% số thành viên.",
            grouped(collective.min_rate_percent.into())
        ));
    }
    if collective.min_rate_percent > 0 || collective.measure.iter().any(|key| per_member(*key)) {
        paragraphs.push("Đơn vị chưa có số thành viên không được xếp hạng.".to_owned());
    }
    let total = collective.worth();
    let prizes: u64 = collective.prizes.iter().map(|prize| u64::from(prize.count)).sum();
    paragraphs.push(format!("Giải tập thể {over} gồm {} giải{}:", count(prizes), worth(total)));
    paragraphs.extend(list(
        collective.prizes.iter().map(|prize| prize_line(&prize.name, prize.count, prize.amount)).collect(),
    ));
    paragraphs
}

const fn per_member(key: Measure) -> bool {
    matches!(key, Measure::AttemptsPerMember | Measure::ContestantsPerMember)
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

pub(super) fn commendation(plan: &Plan, units: &UnitTree) -> Option<Article> {
    if plan.commendation.is_empty() {
        return None;
    }
    let paragraphs = plan.commendation.iter().map(|list| commendation_list(list, units)).collect();
    Some(Article { title: "Khen thưởng tuyên truyền, vận động", paragraphs })
}

fn commendation_list(list: &Commendation, units: &UnitTree) -> String {
    let unit = units.find(&list.unit).map_or(list.unit.as_str(), |place| units.units()[place].name.as_str());
    format!(
        "Thí sinh có tài khoản đăng ký thuộc {unit} hoặc đơn vị trực thuộc, vận động được ít nhất {} tài khoản mới mà mỗi tài khoản có bài được nhận trong {} vòng thi liên tiếp, được lập danh sách để cấp có thẩm quyền xem xét khen thưởng.",
        count(list.referrals.into()),
        count(list.consecutive_rounds.into())
    )
}

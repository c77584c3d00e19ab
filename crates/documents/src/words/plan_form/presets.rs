//! Kinds of contests from which a plan can begin (`DOMAIN.md` 2.2): complete but for names, dates and amounts, which the
//! checker then asks for.

use serde::Serialize;

/// A plan to begin from.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Preset {
    pub id: &'static str,
    pub name: &'static str,
    /// Two lines: how it is played, and what decides.
    pub description: [&'static str; 2],
    /// The plan's text.
    pub toml: &'static str,
}

macro_rules! preset {
    ($id:literal, $name:literal, $played:literal, $decides:literal) => {
        Preset {
            id: $id,
            name: $name,
            description: [$played, $decides],
            toml: include_str!(concat!("../../../presets/", $id, ".toml")),
        }
    };
}

/// Every preset, the commonest first.
pub const PRESETS: &[Preset] = &[
    preset!(
        "weekly-perfect",
        "Thi hằng tuần, dự đoán số người đúng tất cả",
        "Mỗi tuần 10 câu, thi nhiều lượt, lấy lượt tốt nhất; như VCNet, Hòa Bình.",
        "Đúng tất cả, rồi dự đoán gần nhất, rồi nộp sớm nhất; giải 1-2-3-5 mỗi tuần."
    ),
    preset!(
        "weekly-attempts",
        "Thi hằng tuần, dự đoán số lượt thi",
        "Mỗi tuần 15 câu, 150 điểm, thi nhiều lượt; như Lạng Sơn 2023.",
        "Đúng tất cả, rồi dự đoán số lượt thi gần nhất; giải 1-2-3-5 mỗi tuần."
    ),
    preset!(
        "weekly-one-attempt",
        "Thi hằng tuần, mỗi tuần một lượt",
        "Mỗi tuần 20 câu trong 10 phút, một lượt; như Bình Tân 2019, Huế 2025.",
        "Điểm cao hơn, rồi làm nhanh hơn; mỗi người một giải trong cả cuộc thi."
    ),
    preset!(
        "weekly-staff",
        "Thi hằng tuần cho người trong danh sách",
        "Chỉ người có tên trong danh sách, 7 lượt mỗi tuần, 10 phút; như thi báo cáo viên 2025.",
        "Điểm cao hơn, rồi làm nhanh hơn; đồng hạng do Ban Tổ chức quyết định."
    ),
    preset!(
        "one-round",
        "Một vòng, mỗi người thi một lần",
        "10 câu trong 10 phút, một lần duy nhất; như Bến Tre 2023.",
        "Điểm cao hơn, rồi dự đoán số người dự thi gần nhất, rồi làm nhanh hơn."
    ),
    preset!(
        "long-round",
        "Một vòng kéo dài, dự đoán số người dự thi",
        "20 câu trong 20 phút, vòng mở một đến hai tháng; như Bộ Giao thông vận tải 2020, Cao Bằng 2025.",
        "Đúng tất cả, rồi dự đoán gần nhất; bài dưới 60 giây được liệt kê để xem xét."
    ),
    preset!(
        "documents-quota",
        "Đề theo tỷ lệ từng tài liệu",
        "40 câu chia theo bốn tài liệu (18, 8, 8, 6), 40 phút, một lượt; như Thanh Khê 2026.",
        "Điểm cao hơn, làm nhanh hơn, dự đoán gần hơn; còn lại do Ban Tổ chức quyết định."
    ),
    preset!(
        "rounds-and-sum",
        "Nhiều đợt, có giải từng đợt và giải tổng",
        "Bốn đợt, mỗi đợt 10 câu, một lượt; như Quảng Nam 2021.",
        "Mỗi đợt giải 1-1-1-3; cuối cùng cộng điểm các đợt để trao giải toàn cuộc thi."
    ),
    preset!(
        "agencies",
        "Cá nhân và tập thể cơ quan, đơn vị",
        "20 câu trong 20 phút, ba lượt; như thi cải cách hành chính Đắk Lắk, Sóc Trăng.",
        "Giải cá nhân theo điểm; giải tập thể theo tỷ lệ tham gia, ít nhất 30%."
    ),
];

#[cfg(test)]
mod tests {
    use super::*;
    use contest::plan_edit::{At, Edit, Value, edit};
    use contest::plan_file::read;
    use contest::problem::Problem;

    /// `key code` of every problem, each once.
    fn asked(problems: &[Problem]) -> Vec<String> {
        let mut all: Vec<String> =
            problems.iter().map(|p| format!("{} {}", p.place.column().unwrap_or_default(), p.kind.code())).collect();
        all.sort();
        all.dedup();
        all
    }

    fn set(path: &[&str], value: Value) -> Edit {
        let step = |step: &&str| step.parse().map_or_else(|_| At::Name((*step).to_owned()), At::Place);
        Edit::Set { path: path.iter().map(step).collect(), value }
    }

    /// The preset with everything filled in that it asks for.
    fn filled(preset: &Preset) -> String {
        let text = |text: String| Value::Text(text);
        let mut edits = vec![
            set(&["id"], text("thu".to_owned())),
            set(&["name"], text("Cuộc thi thử".to_owned())),
            set(&["organizer"], text("Ban Tổ chức".to_owned())),
            set(&["registration", "opens"], text("08h00 01/6/2026".to_owned())),
        ];
        let of = |list: &str| preset.toml.matches(&format!("[[{list}]]")).count();
        for round in 0..of("rounds") {
            let place = round.to_string();
            for (key, day) in [("opens", 1), ("closes", 4), ("publishes", 5)] {
                edits.push(set(&["rounds", &place, key], text(format!("2026-06-{:02}T08:00", round * 5 + day))));
            }
        }
        for prize in 0..of("prizes") {
            edits.push(set(&["prizes", &prize.to_string(), "amount"], Value::Number(500_000)));
        }
        for prize in 0..of("collective.prizes") {
            edits.push(set(&["collective", "0", "prizes", &prize.to_string(), "amount"], Value::Number(2_000_000)));
        }
        edit(preset.toml, &edits).expect("the keys of a preset can be set")
    }

    #[test]
    fn a_preset_asks_for_names_dates_and_amounts_and_nothing_else() {
        let usual = [
            "id empty",
            "name empty",
            "organizer empty",
            "prizes.amount missing_key",
            "registration.opens empty",
            "rounds.closes empty",
            "rounds.opens empty",
            "rounds.publishes empty",
        ];
        for preset in PRESETS {
            let reading = read(preset.toml);
            let asked: Vec<String> = asked(&reading.errors)
                .into_iter()
                .filter(|line| line != "collective.prizes.amount missing_key")
                .collect();
            assert_eq!(asked, usual, "{}", preset.id);
        }
    }

    #[test]
    fn a_preset_with_names_dates_and_amounts_is_a_plan() {
        for preset in PRESETS {
            let reading = read(&filled(preset));
            assert!(reading.plan.is_some() && reading.errors.is_empty(), "{}: {:?}", preset.id, reading.errors);
            assert_eq!(asked(&reading.warnings), Vec::<String>::new(), "{}", preset.id);
            assert!(preset.description.iter().all(|line| line.ends_with('.')));
        }
    }
}

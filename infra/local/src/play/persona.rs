//! Invented people. Names are put together from common family, middle and given names; numbers count
//! up, so that nobody's real number is used on purpose and none is used twice.

use super::dice::Dice;
use chrono::Datelike;
use contest::plan::{Field, Plan};
use contest::time::local_date;
use serde_json::{Map, Value, json};

const FAMILY: [&str; 16] = [
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Nông", "Vi",
    "Lương",
];
const MALE_MIDDLE: [&str; 8] = ["Văn", "Đức", "Minh", "Quang", "Hữu", "Xuân", "Công", "Thanh"];
const FEMALE_MIDDLE: [&str; 8] = ["Thị", "Thu", "Ngọc", "Thanh", "Hồng", "Phương", "Thúy", "Kim"];
const MALE_GIVEN: [&str; 16] = [
    "Anh", "Bình", "Cường", "Dũng", "Đạt", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phong", "Quân", "Sơn", "Thắng",
    "Tuấn", "Việt",
];
const FEMALE_GIVEN: [&str; 16] = [
    "Ánh", "Chi", "Dung", "Giang", "Hà", "Hạnh", "Hương", "Lan", "Linh", "Mai", "Nga", "Oanh", "Thảo", "Trang", "Vân",
    "Yến",
];
const OCCUPATIONS: [&str; 5] = ["Công chức", "Viên chức", "Giáo viên", "Công nhân", "Nông dân"];

/// Everyone's secret: these accounts live in a simulation.
pub(crate) const SECRET: &str = "mat-khau-dien-tap";

/// The year of birth moved among those of which the plan lets everybody in, whatever the birthday.
fn of_age(plan: &Plan, year: u64) -> u64 {
    let opens = u64::from(local_date(plan.opens(), plan.time_zone).year_ce().1);
    let (least, most) = (u64::from(plan.registration.min_age), u64::from(plan.registration.max_age));
    let oldest = if most == 0 { 0 } else { opens.saturating_sub(most) };
    year.max(oldest).min(opens.saturating_sub(least + 1))
}

/// The fields of a registration form for the person of this number.
pub(crate) fn registration(plan: &Plan, units: &[String], number: usize, dice: &mut Dice) -> Map<String, Value> {
    let female = dice.percent(50);
    let name = if female {
        format!("{} {} {}", dice.pick(&FAMILY), dice.pick(&FEMALE_MIDDLE), dice.pick(&FEMALE_GIVEN))
    } else {
        format!("{} {} {}", dice.pick(&FAMILY), dice.pick(&MALE_MIDDLE), dice.pick(&MALE_GIVEN))
    };
    let birth_year = of_age(plan, 1962 + dice.below(37));
    let unit = if units.is_empty() { None } else { Some(units[dice.place(units.len())].clone()) };
    let mut form = Map::new();
    for field in &plan.registration.fields {
        let value = match field {
            Field::FullName => json!(name),
            Field::BirthDate => json!(format!("{birth_year}-{:02}-{:02}", 1 + dice.below(12), 1 + dice.below(28))),
            // Serial numbers from half a million, clear of the examples on lists of excluded people.
            Field::CitizenId => json!(format!("019{}{:02}{:06}", u8::from(female), birth_year % 100, 500_000 + number)),
            Field::Phone => json!(format!("09{:08}", 10_000_000 + number)),
            Field::Unit => json!(unit),
            Field::Gender => json!(if female { "female" } else { "male" }),
            Field::Email => json!(format!("nguoi-{number}@vi-du.vn")),
            Field::Address => json!(format!("Số nhà {}", 1 + number % 200)),
            Field::Occupation => json!(dice.pick(&OCCUPATIONS)),
        };
        form.insert(field.as_str().to_owned(), value);
    }
    if !plan.registration.unit_basis.is_empty() {
        form.insert("unit_basis".to_owned(), json!(dice.pick(&plan.registration.unit_basis).as_str()));
    }
    form.insert("secret".to_owned(), json!(SECRET));
    form
}

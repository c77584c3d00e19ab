//! Who organizes, who may take part, how to register, and when the rounds are.

use super::units::units_of;
use super::{Article, list};
use crate::words::consent::{field_list, field_name};
use crate::words::format::{count, date, end_moment, moment, zone_name};
use contest::plan::{Exclusion, Plan, RegistrationMode, Round, UnitBasis};

pub(super) fn general(plan: &Plan) -> Article {
    let mut paragraphs = vec![
        format!("{} do {} tổ chức (sau đây gọi là Ban Tổ chức).", plan.name, plan.organizer),
        format!(
            "Mọi thời điểm trong Thể lệ là {} và được tính theo đồng hồ của máy chủ; đồng hồ trên thiết bị của thí sinh không được dùng để tính.",
            zone_name(plan.time_zone)
        ),
        "Phần mềm thi nhận bài, chấm điểm, xếp hạng và xét giải theo đúng các thông số đã dùng để lập Thể lệ này."
            .to_owned(),
    ];
    if !plan.reading_list.is_empty() {
        paragraphs.push(format!(
            "Nội dung thi nằm trong {} tài liệu thuộc danh mục do Ban Tổ chức công bố trên trang của cuộc thi.",
            count(plan.reading_list.len() as u64)
        ));
    }
    Article { title: "Quy định chung", paragraphs }
}

pub(super) fn eligibility(plan: &Plan) -> Article {
    let registration = &plan.registration;
    let first_day = date(plan.opens(), plan.time_zone);
    let mut paragraphs = vec![match registration.mode {
        RegistrationMode::Open => {
            "Mọi cá nhân đáp ứng các điều kiện của Thể lệ này đều được đăng ký dự thi.".to_owned()
        }
        RegistrationMode::Roster => {
            "Chỉ người có tên trong danh sách dự thi do Ban Tổ chức lập mới được đăng ký dự thi.".to_owned()
        }
    }];
    let counted_on = format!("tính đến ngày {first_day} là ngày mở vòng thi đầu tiên");
    paragraphs.push(match (registration.min_age, registration.max_age) {
        (0, 0) => "Thể lệ không giới hạn tuổi của thí sinh.".to_owned(),
        (least, 0) => format!("Thí sinh phải từ đủ {} tuổi trở lên, {counted_on}.", count(least.into())),
        (0, most) => format!("Thí sinh không quá {}, {counted_on}.", oldest(most)),
        (least, most) => {
            format!(
                "Thí sinh phải từ đủ {} tuổi trở lên và không quá {}, {counted_on}.",
                count(least.into()),
                oldest(most)
            )
        }
    });
    if !registration.levels.is_empty() {
        paragraphs.push(format!(
            "Cuộc thi chỉ dành cho người của {}, kể cả người của các đơn vị trực thuộc.",
            units_of(&registration.levels)
        ));
    }
    if registration.guardian_consent_under > registration.min_age {
        paragraphs.push(format!(
            "Thí sinh chưa đủ {} tuổi tính đến ngày {first_day} chỉ được dự thi khi cha, mẹ hoặc người giám hộ cùng đồng ý.",
            count(registration.guardian_consent_under.into())
        ));
    }
    paragraphs.push(excluded(registration.excluded).to_owned());
    Article { title: "Đối tượng dự thi", paragraphs }
}

/// The greatest age, and the birthday from which somebody is too old.
fn oldest(age: u32) -> String {
    format!("{} tuổi (chưa đủ {} tuổi)", count(age.into()), count(u64::from(age) + 1))
}

const fn excluded(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Bar => {
            "Người có tên trong danh sách không được dự thi do Ban Tổ chức lập (như thành viên Ban Tổ chức, người ra đề, thư ký, người giúp việc và cán bộ kỹ thuật của phần mềm thi) không được đăng ký dự thi."
        }
        Exclusion::Unranked => {
            "Người có tên trong danh sách không xét giải do Ban Tổ chức lập (như thành viên Ban Tổ chức, người ra đề, thư ký, người giúp việc và cán bộ kỹ thuật của phần mềm thi) được dự thi nhưng không được xếp hạng, không được xét giải và không được tính vào các số liệu về người dự thi, lượt thi."
        }
    }
}

pub(super) fn registration(plan: &Plan) -> Article {
    let registration = &plan.registration;
    let mut paragraphs = vec![
        format!(
            "Thí sinh đăng ký trên trang của cuộc thi từ {} đến {}.",
            moment(registration.opens, plan.time_zone),
            end_moment(plan.registration_closes(), plan.time_zone)
        ),
        format!(
            "Thông tin phải khai: {}. Thí sinh chịu trách nhiệm về thông tin đã khai.",
            field_list(&registration.fields)
        ),
    ];
    let unique: Vec<String> = registration.unique.iter().map(|field| format!("mỗi {}", field_name(*field))).collect();
    paragraphs.push(match unique.as_slice() {
        [] => "Mỗi người chỉ được dùng một tài khoản.".to_owned(),
        unique => {
            format!("Mỗi người chỉ được dùng một tài khoản; {} chỉ đăng ký được một tài khoản.", unique.join(", "))
        }
    });
    if let Some(text) = unit_basis(&registration.unit_basis) {
        paragraphs.push(text.to_owned());
    }
    Article { title: "Đăng ký dự thi", paragraphs }
}

/// One affiliation, counted once (`DOMAIN.md` E5).
fn unit_basis(bases: &[UnitBasis]) -> Option<&'static str> {
    let workplace = bases.contains(&UnitBasis::Workplace);
    let residence = bases.contains(&UnitBasis::Residence);
    match (workplace, residence) {
        (true, true) => Some(
            "Thí sinh chọn dự thi theo đơn vị nơi công tác hoặc theo đơn vị nơi đăng ký thường trú; chỉ được chọn một và chỉ được tính cho đơn vị đã chọn.",
        ),
        (true, false) => Some("Thí sinh dự thi theo đơn vị nơi công tác."),
        (false, true) => Some("Thí sinh dự thi theo đơn vị nơi đăng ký thường trú."),
        (false, false) => None,
    }
}

pub(super) fn rounds(plan: &Plan) -> Article {
    let mut paragraphs = vec![format!("Cuộc thi có {} vòng thi:", count(plan.rounds.len() as u64))];
    paragraphs.extend(list(plan.rounds.iter().map(|round| round_times(plan, round)).collect()));
    paragraphs.push("Bài thi được nhận từ đúng thời điểm mở đến trước thời điểm đóng; bài đến máy chủ đúng vào thời điểm đóng hoặc sau đó không được nhận.".to_owned());
    paragraphs.push("Ngoài thời gian mở của các vòng thi, thí sinh vẫn xem được tài liệu và kết quả đã công bố nhưng không bắt đầu được lượt thi nào.".to_owned());
    if plan.rounds.iter().any(|round| round.publishes == round.closes) {
        paragraphs.push("Khi thời điểm công bố trùng với thời điểm đóng, kết quả được công bố ngay sau khi nhận xong các bài nộp trước giờ đóng và tổng hợp xong.".to_owned());
    }
    Article { title: "Thời gian thi", paragraphs }
}

fn round_times(plan: &Plan, round: &Round) -> String {
    let zone = plan.time_zone;
    format!(
        "{}: mở lúc {}, đóng lúc {}, công bố kết quả lúc {}",
        round.name,
        moment(round.opens, zone),
        end_moment(round.closes, zone),
        moment(round.publishes, zone)
    )
}

//! The printed rules: complete, in step with the plan, and in NFC.

use super::*;
use crate::example::{at, example, plan};
use crate::words::consent_text;
use contest::fraction::RoundingMode;
use contest::ids::{RoundId, UnitCode};
use contest::plan::*;
use expect_test::expect_file;
use unicode_normalization::is_nfc;

fn printed(plan: &Plan) -> String {
    let section = |section: &RuleSection| format!("{}\n{}\n", section.heading, section.paragraphs.join("\n"));
    rules(plan, &example().units).iter().map(section).collect::<Vec<_>>().join("\n")
}

fn prediction(plan: &mut Plan) -> &mut PredictionRules {
    plan.rules.prediction.as_mut().expect("the example has a prediction")
}

#[test]
fn rules_of_song_cong_read_as_printed() {
    expect_file!["../../../golden/rules-song-cong.txt"].assert_eq(&printed(&plan()));
}

#[test]
fn consent_of_song_cong_reads_as_printed() {
    expect_file!["../../../golden/consent-song-cong.txt"].assert_eq(&(consent_text(&plan()) + "\n"));
}

#[test]
fn a_contest_of_the_other_choices_reads_as_printed() {
    let mut plan = plan();
    plan.reading_list.clear();
    plan.registration.mode = RegistrationMode::Roster;
    plan.registration.min_age = 0;
    plan.registration.guardian_consent_under = 16;
    plan.registration.excluded = Exclusion::Unranked;
    plan.registration.unique = vec![Field::CitizenId, Field::Phone];
    plan.registration.unit_basis.clear();
    plan.attempt.usual_mut().rules.minutes = 0;
    plan.attempt.usual_mut().rules.per_round = 0;
    plan.attempt.usual_mut().rules.min_seconds = 90;
    plan.attempt.usual_mut().paper.quota = vec![
        Quota { topic: "Một cửa".to_owned(), count: 4 },
        Quota { topic: "Kiểm soát thủ tục".to_owned(), count: 6 },
    ];
    prediction(&mut plan).target = PredictionTarget::PerfectPercent;
    plan.rounds[1].closes = at("2021-12-27T00:00");
    plan.rounds[1].publishes = plan.rounds[1].closes;
    plan.rules.prizes[0].amount = 0;
    plan.rules.prizes[3].scope = Scope::Contest;
    plan.rules.collective[0].scope = Scope::Round;
    plan.rules.collective[0].min_rate_percent = 30;
    plan.rules.collective[0].measure = vec![Measure::AttemptsPerMember, Measure::ContestantsPerMember];
    plan.commendation = vec![Commendation {
        id: RoundId::parse("dan-van-kheo").expect("valid"),
        unit: UnitCode::parse("bach-quang").expect("valid"),
        referrals: 2,
        consecutive_rounds: 5,
        scope: Scope::Contest,
        prizes: Vec::new(),
        form: None,
    }];
    expect_file!["../../../golden/rules-other-choices.txt"].assert_eq(&printed(&plan));
}

#[test]
fn a_contest_ranked_over_its_rounds_reads_as_printed() {
    expect_file!["../../../golden/rules-over-the-contest.txt"].assert_eq(&printed(&everything()));
}

/// What the rules say of the second round alone.
fn of_the_second_round(change: impl Fn(&mut RoundAttempt)) -> Vec<String> {
    let mut plan = plan();
    let mut own = plan.attempt.usual().clone();
    change(&mut own);
    plan.rounds[1].attempt = Some(own);
    let sections = rules(&plan, &example().units);
    let paragraphs = sections.into_iter().flat_map(|section| section.paragraphs);
    paragraphs.filter_map(|text| text.strip_prefix("Riêng vòng thi “Tuần thứ Hai”: ").map(str::to_owned)).collect()
}

#[test]
fn a_round_with_attempts_of_its_own_is_told_apart_where_they_differ() {
    assert_eq!(of_the_second_round(|_| {}), Vec::<String>::new());
    let told = of_the_second_round(|own| (own.paper.questions, own.rules.minutes, own.rules.per_round) = (30, 20, 1));
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("Bài thi của mỗi lượt gồm 30 câu"), "{told:?}");
    assert_eq!(told[1], "Mỗi thí sinh được thi tối đa 01 lượt trong vòng thi này.");
    assert!(told[2].contains("là 20 phút") && told[3].contains("được tính là 20 phút"), "{told:?}");
    // What holds of the others and not of it is said too.
    let told = of_the_second_round(|own| (own.rules.grace_seconds, own.paper.shuffle_options) = (0, false));
    assert!(told[0].starts_with("Thứ tự câu hỏi được xáo trộn"), "{told:?}");
    assert!(told[1].starts_with("Không có thời gian bù"), "{told:?}");
    let told = of_the_second_round(|own| own.rules.reveal_key = RevealKey::Never);
    assert!(matches!(&told[..], [key] if key.ends_with("không được công bố.")), "{told:?}");
}

/// The plan of the tests that has every key.
fn everything() -> Plan {
    let text = include_str!("../../../../contest/src/plan_file/everything.toml");
    contest::plan_file::read(text).plan.expect("a plan")
}

#[test]
fn no_two_choices_over_the_contest_print_the_same_rules() {
    fn check(changes: &[fn(&mut Plan)]) {
        let print = |change: &fn(&mut Plan)| {
            let mut plan = everything();
            change(&mut plan);
            printed(&plan)
        };
        let texts: std::collections::BTreeSet<String> = changes.iter().map(print).collect();
        assert_eq!(texts.len(), changes.len());
    }
    fn overall(plan: &mut Plan) -> &mut OverallRules {
        plan.rules.overall.as_mut().expect("a ranking over the contest")
    }
    fn points(plan: &mut Plan) -> &mut UnitPoints {
        plan.rules.collective[0].points.as_mut().expect("points")
    }
    check(&[
        |_| (),
        |plan| overall(plan).score = OverallScore::Sum,
        |plan| overall(plan).best = 3,
        |plan| overall(plan).rounds.clear(),
        |plan| overall(plan).rounds.truncate(2),
        |plan| overall(plan).order = vec![OverallKey::Score],
        |plan| overall(plan).order = vec![OverallKey::PerfectAttempts],
        |plan| overall(plan).order = vec![OverallKey::Duration],
        |plan| plan.rules.overall = None,
        |plan| plan.rules.ranking.eligible = Eligible::All,
        |plan| plan.rules.ranking.one_prize_per_person = OnePrize::None,
        |plan| plan.rules.collective[0].levels.reverse(),
        |plan| plan.rules.collective[0].levels.truncate(1),
        |plan| points(plan).contestants_percent = 0,
        |plan| points(plan).contestants_percent = 2,
        |plan| points(plan).tiers.clear(),
        |plan| plan.commendation[0].scope = Scope::Contest,
        |plan| plan.commendation[0].form = None,
        |plan| plan.commendation[0].prizes.clear(),
    ]);
}

#[test]
fn sums_of_vector_x11_are_printed() {
    let text = printed(&plan());
    for sum in ["tổng trị giá 3.800.000 đồng", "7.600.000 đồng", "tổng trị giá 8.500.000 đồng", "16.100.000 đồng"]
    {
        assert!(text.contains(sum), "{sum}");
    }
}

/// A choice of the plan that the printed rules do not show would be a rule that nobody can read.
#[test]
fn no_two_choices_of_a_setting_print_the_same_rules() {
    fn check<T: Copy>(values: &[T], set: impl Fn(&mut Plan, T)) {
        let print = |&value: &T| {
            let mut plan = plan();
            set(&mut plan, value);
            printed(&plan)
        };
        let texts: std::collections::BTreeSet<String> = values.iter().map(print).collect();
        assert_eq!(texts.len(), values.len());
    }
    check(PredictionTarget::ALL, |plan, value| prediction(plan).target = value);
    check(PredictionCounted::ALL, |plan, value| prediction(plan).counted = value);
    check(ActualAt::ALL, |plan, value| prediction(plan).actual = value);
    check(Equidistant::ALL, |plan, value| prediction(plan).equidistant = value);
    check(RankingKey::ALL, |plan, value| plan.rules.ranking.order = vec![value]);
    check(Eligible::ALL, |plan, value| plan.rules.ranking.eligible = value);
    check(UnbrokenTie::ALL, |plan, value| plan.rules.ranking.unbroken_tie = value);
    check(OnePrize::ALL, |plan, value| plan.rules.ranking.one_prize_per_person = value);
    check(Measure::ALL, |plan, value| plan.rules.collective[0].measure = vec![value]);
    check(Scope::ALL, |plan, value| plan.rules.collective[0].scope = value);
    check(Scope::ALL, |plan, value| plan.rules.prizes[0].scope = value);
    check(Counted::ALL, |plan, value| plan.attempt.usual_mut().rules.counted = value);
    check(Draw::ALL, |plan, value| plan.attempt.usual_mut().paper.draw = value);
    check(RevealScore::ALL, |plan, value| plan.attempt.usual_mut().rules.reveal_score = value);
    check(RevealKey::ALL, |plan, value| plan.attempt.usual_mut().rules.reveal_key = value);
    check(RegistrationMode::ALL, |plan, value| plan.registration.mode = value);
    check(Exclusion::ALL, |plan, value| plan.registration.excluded = value);
    check(UnitBasis::ALL, |plan, value| plan.registration.unit_basis = vec![value]);
    check(Field::ALL, |plan, value| plan.registration.fields = vec![value]);
    check(RoundingMode::ALL, |plan, value| plan.rounding = value);
    check(&[0, 1, 2, 10], |plan, value| plan.attempt.usual_mut().rules.per_round = value);
    check(&[0, 1, 2], |plan, value| plan.attempt.usual_mut().rules.per_day = value);
    check(Complete::ALL, |plan, value| plan.attempt.usual_mut().rules.complete = value);
    check(&[0, 10, 15], |plan, value| plan.attempt.usual_mut().rules.minutes = value);
    check(&[0, 10], |plan, value| plan.attempt.usual_mut().rules.grace_seconds = value);
    check(&[0, 30, 90], |plan, value| plan.attempt.usual_mut().rules.min_seconds = value);
    check(&[0, 16, 18], |plan, value| plan.registration.min_age = value);
    check(&[0, 30, 35], |plan, value| plan.registration.max_age = value);
    let round = plan().rounds.swap_remove(0);
    check(&[None, Some(round.opens), Some(round.closes)], |plan, value| plan.registration.closes = value);
    check(&[&[][..], &["ward"], &["ward", "agency"]], |plan, value| {
        plan.registration.levels = value.iter().map(|&level| level.to_owned()).collect();
    });
    check(&[16, 18], |plan, value| plan.registration.guardian_consent_under = value);
    check(&[(false, false), (false, true), (true, false), (true, true)], |plan, value| {
        (plan.attempt.usual_mut().paper.shuffle_questions, plan.attempt.usual_mut().paper.shuffle_options) = value;
    });
}

#[test]
fn articles_that_a_contest_does_not_need_leave_no_gap_in_the_numbers() {
    let mut plan = plan();
    plan.rules.prediction = None;
    plan.rules.ranking.order = vec![RankingKey::Score];
    plan.rules.prizes.clear();
    plan.rules.collective.clear();
    let sections = rules(&plan, &example().units);
    for (place, section) in sections.iter().enumerate() {
        assert!(section.heading.starts_with(&format!("Điều {}. ", place + 1)), "{}", section.heading);
    }
    assert_eq!(sections[1].heading, "Điều 2. Đối tượng dự thi", "other articles refer to it by its number");
    let text = printed(&plan);
    assert!(!text.contains("dự đoán") && !consent_text(&plan).contains("dự đoán"), "a word of the prediction is left");
}

#[test]
fn a_guardian_is_named_only_where_people_that_young_may_take_part() {
    let mut plan = plan();
    assert!(!consent_text(&plan).contains("giám hộ"));
    plan.registration.min_age = 12;
    assert!(consent_text(&plan).contains("chưa đủ 16 tuổi tính đến ngày 13/12/2021"));
}

#[test]
fn the_rules_name_what_is_looked_at_and_nothing_of_a_field_that_is_not_asked() {
    let mut plan = plan();
    plan.attempt.usual_mut().rules.min_seconds = 90;
    let text = printed(&plan);
    for said in [
        "làm nhanh hơn 02 giây mỗi câu hoặc dưới 01:30 (phút:giây)",
        "một số điện thoại dùng cho từ ba tài khoản",
        "Phần mềm không tự loại",
        "Ban Tổ chức xem xét và quyết định",
        "khiếu nại về kết quả và về quyết định xử lý đối với mình cho đến khi có quyết định công nhận",
    ] {
        assert!(text.contains(said), "{said}");
    }
    assert!(consent_text(&plan).contains("các dấu hiệu bất thường nêu trong Thể lệ"));
    plan.registration.fields = vec![Field::FullName];
    plan.attempt.usual_mut().rules.per_round = 1;
    let text = printed(&plan);
    for said in ["số điện thoại dùng", "trùng họ tên", "được đăng ký trong một phút", "cách nhau không quá 60 giây"]
    {
        assert!(!text.contains(said), "{said}");
    }
}

#[test]
fn texts_are_nfc() {
    assert!(is_nfc(&printed(&plan())));
    assert!(is_nfc(&consent_text(&plan())));
}

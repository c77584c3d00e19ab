//! The last value that a plan may have and the first that it may not, and every problem that the change
//! brings: no other may come with it.

use super::*;
use crate::limits::MAX_ROUNDS;

const SONG_CONG: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");

/// Codes of all problems of the sample with parts exchanged, errors first.
fn codes(changes: &[(&str, &str)]) -> Vec<&'static str> {
    let mut text = SONG_CONG.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "the sample has {from:?}");
        text = text.replacen(from, to, 1);
    }
    let reading = read(&text);
    // What nobody can keep is carried out where it was accepted before.
    let is_unkept =
        |problem: &Problem| ["streak_longer_than_rounds", "floor_without_minutes"].contains(&problem.kind.code());
    assert_eq!(reading.plan.is_some(), reading.errors.iter().all(is_unkept));
    reading.errors.iter().chain(&reading.warnings).map(|p| p.kind.code()).collect()
}

#[track_caller]
fn check(from: &str, to: &str, expected: &[&str]) {
    assert_eq!(codes(&[(from, to)]), expected, "{to}");
}

const FIELDS: &str = "fields = [\"full_name\", \"birth_date\", \"citizen_id\", \"phone\", \"unit\"]";
const AGES: [(&str, &str); 2] = [("min_age = 16", "min_age = 0"), ("consent_under = 16", "consent_under = 0")];
const BASIS: (&str, &str) = ("unit_basis = [\"workplace\", \"residence\"]", "unit_basis = []");
const NO_BIRTH: (&str, &str) = (FIELDS, "fields = [\"full_name\", \"citizen_id\", \"unit\"]");

/// The sample without its collective prizes.
fn without_collective() -> String {
    SONG_CONG[SONG_CONG.find("[[collective]]").expect("in the sample")..].to_owned()
}

#[test]
fn a_field_is_needed_only_by_a_rule_that_uses_it() {
    let minors = "minors_without_consent";
    assert_eq!(codes(&[NO_BIRTH, AGES[0], AGES[1]]), [minors]);
    assert_eq!(codes(&[NO_BIRTH, ("min_age = 16", "min_age = 1"), AGES[1]]), ["field_needed", minors]);
    assert_eq!(codes(&[NO_BIRTH, ("min_age = 16", "min_age = 0\nmax_age = 1"), AGES[1]]), ["field_needed", minors]);
    assert_eq!(codes(&[NO_BIRTH, AGES[0], ("consent_under = 16", "consent_under = 1")]), ["field_needed", minors]);
    let no_unit = (FIELDS, "fields = [\"full_name\", \"birth_date\", \"citizen_id\"]");
    let collective = without_collective();
    assert_eq!(codes(&[no_unit, BASIS, (&collective, "")]), Vec::<&str>::new());
    assert_eq!(codes(&[no_unit, (&collective, "")]), ["field_needed"], "of a basis");
    let levels = [no_unit, ("unit_basis = [\"workplace\", \"residence\"]", "levels = [\"ward\"]"), (&collective, "")];
    assert_eq!(codes(&levels), ["field_needed"], "of levels");
    assert_eq!(codes(&[no_unit, BASIS]), ["field_needed"], "of a collective prize");
    let list = "[[commendation]]\nid = \"a\"\nunit = \"b\"\nreferrals = 2\nconsecutive_rounds = 2\n";
    assert_eq!(codes(&[no_unit, BASIS, (&collective, list)]), ["field_needed"], "of a commendation");
    assert_eq!(codes(&[(&collective, list)]), Vec::<&str>::new());
    check(FIELDS, "fields = [\"birth_date\", \"citizen_id\", \"unit\"]", &["field_needed"]);
}

#[test]
fn a_commendation_is_read() {
    let list = "[[commendation]]\nid = \"a\"\nunit = \"b\"\nreferrals = 2\nconsecutive_rounds = 2\n";
    let plan = read(&format!("{SONG_CONG}\n{list}")).plan.expect("a plan");
    let [list] = &plan.commendation[..] else { panic!("{:?}", plan.commendation) };
    assert_eq!((list.id.as_str(), list.unit.as_str(), list.referrals, list.consecutive_rounds), ("a", "b", 2, 2));
}

#[test]
fn numbers_end_where_they_are_said_to_end() {
    check("minutes = 15", "minutes = 1440", &[]);
    check("minutes = 15", "minutes = 1441", &["out_of_range"]);
    check("min_seconds = 0", "min_seconds = 899", &[]);
    check("min_seconds = 0", "min_seconds = 900", &["floor_above_minutes"]);
    check("minutes = 15", "minutes = 0", &[]);
    check("per_round = 3", "per_round = 9999", &[]);
    check("per_round = 3", "per_round = 10000", &["out_of_range"]);
    check("grace_seconds = 10", "grace_seconds = 301", &["out_of_range"]);
}

#[test]
fn what_nobody_can_keep_is_named() {
    check("minutes = 15\n", "minutes = 0\nfloor = 1\n", &["unknown_key"]);
    let floor = ("min_seconds = 0", "min_seconds = 1");
    assert_eq!(codes(&[("minutes = 15", "minutes = 0"), floor]), ["floor_without_minutes"]);
    assert_eq!(codes(&[("minutes = 15", "minutes = \"0\""), floor]), ["wrong_type"], "one slip, one error");
    let list = |rounds: u32| {
        format!("\n[[commendation]]\nid = \"a\"\nunit = \"b\"\nreferrals = 2\nconsecutive_rounds = {rounds}\n")
    };
    let codes_of = |rounds: u32| {
        let reading = read(&format!("{SONG_CONG}{}", list(rounds)));
        reading.errors.iter().map(|problem| problem.kind.code()).collect::<Vec<_>>()
    };
    assert_eq!((codes_of(2), codes_of(3)), (vec![], vec!["streak_longer_than_rounds"]));
}

#[test]
fn children_need_a_guardian_until_they_are_sixteen() {
    let ages = |least: &str, under: &str| codes(&[("min_age = 16", least), ("guardian_consent_under = 16", under)]);
    let warned = ["minors_without_consent"];
    assert_eq!(ages("min_age = 15", "guardian_consent_under = 15"), warned);
    assert_eq!(ages("min_age = 15", "guardian_consent_under = 16"), [""; 0]);
    assert_eq!(ages("min_age = 16", "guardian_consent_under = 0"), [""; 0]);
    assert_eq!(ages("min_age = 15", ""), warned);
    assert_eq!(ages("min_age = \"15\"", ""), ["wrong_type"], "of a number that cannot be read nothing is said");
}

#[test]
fn half_a_year_is_no_slip_and_a_day_more_may_be_one() {
    let until = |closes: &str| {
        codes(&[
            ("closes = \"2021-12-26T16:30\"", &format!("closes = \"{closes}T08:30\"")),
            ("publishes = \"2021-12-27T08:00\"", &format!("publishes = \"{closes}T09:00\"")),
        ])
    };
    // From 20 December on, 183 days.
    assert_eq!((until("2022-06-21"), until("2022-06-22")), (vec![], vec!["round_of_a_year"]));
    let publishes = "publishes = \"2021-12-27T08:00\"";
    check(publishes, "publishes = \"2022-12-27T08:00\"", &["year_slips"]);
    check("opens = \"2021-12-10T08:00\"", "opens = \"2020-12-10T08:00\"", &["year_slips"]);
    let second = ["2021-12-20T08:30", "2021-12-26T16:30", "2021-12-27T08:00"];
    let later = second.map(|time| time.replace("2021", "2022"));
    let edits: Vec<(&str, &str)> = second.iter().zip(&later).map(|(from, to)| (*from, to.as_str())).collect();
    assert_eq!(codes(&edits), ["year_slips"], "a round of the next year");
}

#[test]
fn rounds_published_late_are_one_warning_however_many_they_are() {
    let start = SONG_CONG.find("[[rounds]]").expect("in the sample");
    let end = SONG_CONG.find("[[prizes]]").expect("in the sample");
    let round = |n: u32| {
        format!(
            "[[rounds]]\nid = \"r{n}\"\nname = \"Vòng {n}\"\nopens = \"2022-01-{n:02}T08:00\"\ncloses = \"2022-01-{n:02}T16:00\"\n\
             publishes = \"2022-01-{:02}T09:00\"\nbank = \"bank-{n}.csv\"\n",
            n + 1
        )
    };
    let rounds: String = (1..=9).map(round).collect();
    let reading = read(&format!("{}{rounds}{}", &SONG_CONG[..start], &SONG_CONG[end..]));
    let [warning] = &reading.warnings[..] else { panic!("{:?}", reading.warnings) };
    assert_eq!(warning.kind, ProblemKind::PublishedAfterNextOpening { next: "Vòng 2".to_owned(), others: 7 });
}

#[test]
fn units_need_something_that_their_people_win() {
    let measure = "[\"attempts desc\", \"mean_score desc\", \"prize_points desc\"]";
    let with_prizes = |from: &str, to: &str| {
        let text = SONG_CONG.replace(measure, "[\"prize_points desc\", \"winners desc\"]").replace(from, to);
        let [start, end] = ["[[prizes]]", "[[collective]]"].map(|table| text.find(table).expect("in the sample"));
        let text = if to.is_empty() { format!("{}{}", &text[..start], &text[end..]) } else { text };
        read(&text).errors.iter().map(|problem| problem.kind.code()).collect::<Vec<_>>()
    };
    assert_eq!(with_prizes("x-no-such-text", ""), ["nothing_to_convert"; 2]);
    assert_eq!(with_prizes("one_prize_per_person = \"contest\"", "one_prize_per_person = \"none\""), [""; 0]);
}

#[test]
fn hints_do_not_say_the_contrary() {
    let nearest = |key: &str| {
        let text = SONG_CONG.replacen("min_age = 16", &format!("min_age = 16\n{key} = 15"), 1);
        let kinds: Vec<_> = read(&text).errors.into_iter().map(|problem| problem.kind).collect();
        let [ProblemKind::UnknownKey { key: written, nearest }] = &kinds[..] else { panic!("{kinds:?}") };
        assert_eq!(written, key);
        *nearest
    };
    assert_eq!(nearest("max_agee"), Some("max_age"));
    assert_eq!(nearest("minage"), Some("min_age"));
    assert_eq!(section::nearest("max_age", &["min_age", "fields"]), None);
    assert_eq!(section::nearest("min_rate", &["max_rate", "min_rates"]), Some("min_rates"));
}

#[test]
fn a_line_that_is_no_toml_hides_no_other_error() {
    let found = codes(&[
        ("id = \"song-cong-cchc-2021\"", "id = “song-cong-cchc-2021”"),
        ("amount = 1000000", "amount = 1.000.000"),
        ("minutes = 15", "minutes = 15 phút"),
        ("closes = \"2021-12-19T16:30\"", "closes = \"2021-12-12T16:30\""),
    ]);
    assert_eq!(found, ["curly_quotes", "unquoted", "closes_before_opens", "dots_in_number"]);
}

#[test]
fn what_stands_for_a_value_that_is_refused_may_be_typed_and_is_no_hole() {
    let typed = SONG_CONG.replacen("UBND thành phố Sông Công", slips::REFUSED, 1);
    let reading = read(&typed);
    assert_eq!(reading.plan.is_none(), !reading.errors.is_empty(), "a plan, or a reason why there is none");
}

#[test]
fn letters_that_were_lost_are_told() {
    check("organizer = \"UBND thành phố Sông Công\"", "organizer = \"UBND th?nh ph? Sông Công\"", &["lost_letters"]);
    check("organizer = \"UBND thành phố Sông Công\"", "organizer = \"Bạn biết gì về Đảng?\"", &[]);
}

#[test]
fn scores_at_once_and_one_attempt_need_the_grant_alone() {
    let at_once = ("reveal_score = \"published\"", "reveal_score = \"submitted\"");
    assert_eq!(codes(&[at_once]), ["submitted_needs_grant", "submitted_with_attempts"]);
    assert_eq!(codes(&[at_once, ("per_round = 3", "per_round = 1")]), ["submitted_needs_grant"]);
}

#[test]
fn rounds_may_touch_and_end_where_the_next_begins() {
    let (opens, publishes) = ("opens = \"2021-12-20T08:30\"", "publishes = \"2021-12-20T08:00\"");
    check(publishes, "publishes = \"2021-12-20T08:30\"", &[]);
    check(publishes, "publishes = \"2021-12-20T08:31\"", &["published_after_next_opening"]);
    check(opens, "opens = \"2021-12-19T16:30\"", &["published_after_next_opening"]);
    check(opens, "opens = \"2021-12-19T16:29\"", &["rounds_overlap"]);
    check(opens, "opens = \"2021-12-13T08:30\"", &["rounds_overlap"]);
    check(opens, "opens = \"2021-12-13T08:29\"", &["rounds_out_of_order"]);
}

#[test]
fn registration_may_open_with_the_first_round_and_not_at_the_last_end() {
    let opens = "opens = \"2021-12-10T08:00\"";
    check(opens, "opens = \"2021-12-13T08:30\"", &[]);
    check(opens, "opens = \"2021-12-13T08:31\"", &["registration_after_opening"]);
    check(opens, "opens = \"2021-12-26T16:30\"", &["registration_after_end"]);
}

#[test]
fn registration_closes_after_it_opens_and_hardly_after_the_last_end() {
    let opens = "opens = \"2021-12-10T08:00\"";
    let closes = |at: &str| format!("{opens}\ncloses = \"{at}\"");
    check(opens, &closes("2021-12-10T08:01"), &[]);
    check(opens, &closes("2021-12-10T08:00"), &["registration_closes_before_opens"]);
    check(opens, &closes("2021-12-26T16:30"), &[]);
    check(opens, &closes("2021-12-26T16:31"), &["registration_outlasts_rounds"]);
}

#[test]
fn the_greatest_age_is_none_or_not_below_the_least() {
    check("min_age = 16", "min_age = 16\nmax_age = 0", &[]);
    check("min_age = 16", "min_age = 16\nmax_age = 16", &[]);
    check("min_age = 16", "min_age = 16\nmax_age = 15", &["max_age_below_min_age"]);
    check("min_age = 16", "min_age = 16\nmax_age = 121", &["out_of_range"]);
    check("min_age = 16", "min_age = 16\nlevels = [\"ward\", \"ward\"]", &["duplicate"]);
}

#[test]
fn a_contact_is_a_number_or_an_address_that_can_be_one() {
    let contact = |keys: &str| codes(&[("[registration]", &format!("[contact]\n{keys}\n[registration]"))]);
    let ok: Vec<&str> = Vec::new();
    for phone in ["0208 3 862 000", "113", "+84 (208) 386-2000", "012345678901234"] {
        assert_eq!(contact(&format!("phone = \"{phone}\"")), ok, "{phone}");
    }
    for phone in ["11", "0123456789012345", "0208 3 862 000 hoặc 0912 345 678", "Văn phòng"] {
        assert_eq!(contact(&format!("phone = \"{phone}\"")), ["invalid_contact_phone"], "{phone}");
    }
    assert_eq!(contact("email = \"cuocthi@example.gov.vn\""), ok);
    assert_eq!(contact("email = \"cuocthi\""), ["invalid_email"]);
    assert_eq!(contact("name = \"Tổ thư ký\""), ["contact_missing"]);
    assert_eq!(contact("phone = \"\"\nemail = \" \""), ["contact_missing"]);
    assert_eq!(contact("phone = 113"), ["wrong_type"], "one slip, one error");
}

#[test]
fn there_are_as_many_rounds_as_a_contest_may_have() {
    let start = SONG_CONG.find("[[rounds]]").expect("in the sample");
    let end = SONG_CONG.find("[[prizes]]").expect("in the sample");
    let with_rounds = |count: usize| {
        let round = |n: usize| {
            let day = |n: usize| chrono::NaiveDate::from_ymd_opt(2022, 1, 1).unwrap() + chrono::Days::new(n as u64);
            format!(
                "[[rounds]]\nid = \"r{n}\"\nname = \"{n}\"\nopens = \"{}T08:00\"\ncloses = \"{}T16:00\"\n\
                 publishes = \"{}T17:00\"\nbank = \"bank-{n}.csv\"\n",
                day(n),
                day(n),
                day(n)
            )
        };
        let rounds: String = (0..count).map(round).collect();
        read(&format!("{}{rounds}{}", &SONG_CONG[..start], &SONG_CONG[end..]))
    };
    let codes = |reading: PlanReading| -> Vec<&str> { reading.errors.iter().map(|p| p.kind.code()).collect() };
    assert!(codes(with_rounds(MAX_ROUNDS)).is_empty());
    assert_eq!(codes(with_rounds(MAX_ROUNDS + 1)), ["too_many"]);
    assert_eq!(codes(with_rounds(0)), ["missing_key"]);
    let empty = format!("rounds = []\n{}{}", &SONG_CONG[..start], &SONG_CONG[end..]);
    assert_eq!(codes(read(&empty)), ["empty"]);
}

#[test]
fn prizes_of_one_tier_may_cost_the_same_and_none_is_a_warning() {
    check("amount = 800000", "amount = 1000000", &[]);
    check("amount = 800000", "amount = 1000001", &["prize_amounts_rise"]);
    let start = SONG_CONG.find("[[prizes]]").expect("in the sample");
    let warned = |text: &str| read(text).warnings.iter().any(|p| p.kind.code() == "no_prizes");
    let collective = without_collective();
    assert!(warned(&SONG_CONG[..start]));
    assert!(!warned(&format!("{}{collective}", &SONG_CONG[..start])), "there are collective prizes");
    assert!(!warned(&SONG_CONG.replace(&collective, "")), "there are individual prizes");
    let prizes = collective.find("prizes = [").expect("in the sample");
    assert!(warned(&format!("{}{}prizes = []\n", &SONG_CONG[..start], &collective[..prizes])));
    let list = "[[commendation]]\nid = \"a\"\nunit = \"b\"\nreferrals = 2\nconsecutive_rounds = 2\n";
    assert!(warned(&format!("{}{list}", &SONG_CONG[..start])), "a list gives nothing");
    let prizes = "prizes = [{ name = \"Giấy khen\", count = 1, amount = 0 }]\n";
    assert!(!warned(&format!("{}{list}{prizes}", &SONG_CONG[..start])), "there are prizes of a commendation");
}

#[test]
fn a_prize_of_some_rounds_names_rounds_of_the_plan_and_a_tier_stands_once_in_each() {
    let second = "amount = 800000";
    let rounds = |of: &str| format!("{second}\nrounds = [{of}]");
    check(second, &rounds("\"tuan-1\""), &[]);
    check(second, &rounds(""), &[]);
    check(second, &rounds("\"tuan-9\""), &["unknown_round"]);
    check(second, &rounds("\"tuan-1\", \"tuan-1\""), &["duplicate"]);
    let over = format!("{}\nscope = \"contest\"", rounds("\"tuan-1\""));
    check(second, &over, &["rounds_with_contest", "overall_missing"]);
    // The first prize again, with more in it.
    let first = |of: &str, again: &str| {
        let prize = format!("tier = \"first\"\nname = \"Giải Nhất\"\ncount = 1\namount = 1000000\n{of}");
        let twice = format!("{prize}\n[[prizes]]\n{prize}").replacen(of, again, 1);
        codes(&[("tier = \"first\"\nname = \"Giải Nhất\"\ncount = 1\namount = 1000000\n", &format!("{twice}\n"))])
    };
    assert_eq!(first("rounds = [\"tuan-2\"]", "rounds = [\"tuan-1\"]"), Vec::<&str>::new());
    assert_eq!(first("rounds = [\"tuan-2\"]", "rounds = [\"tuan-1\", \"tuan-2\"]"), ["duplicate"]);
    assert_eq!(first("rounds = [\"tuan-2\"]", ""), ["duplicate"]);
}

#[test]
fn an_attempt_may_last_as_long_as_its_round() {
    let closes = "closes = \"2021-12-19T16:30\"";
    check(closes, "closes = \"2021-12-13T08:45\"", &[]);
    check(closes, "closes = \"2021-12-13T08:44\"", &["minutes_longer_than_round"]);
}

#[test]
fn days_and_weeks_in_the_name_are_those_of_the_rounds() {
    let name = |said: &str| codes(&[("Sông Công năm 2021\"", &format!("Sông Công, {said}\""))]);
    let ok: Vec<&str> = Vec::new();
    assert_eq!(name("từ 13/12/2021 đến 27/12/2021"), ok);
    assert_eq!(name("từ 12/12/2021"), ["name_contradicts_rounds"]);
    assert_eq!(name("đến 28/12/2021"), ["name_contradicts_rounds"]);
    assert_eq!(name("thi trong 2 tuần"), ok);
    assert_eq!(name("thi trong 02 tuần, trực tuyến"), ok);
    assert_eq!(name("thi trong 1 tuần"), ["weeks_contradict_rounds"]);
    assert_eq!(name("thi trong 3 tuần"), ["weeks_contradict_rounds"]);
    assert_eq!(name("thi trong 3 vòng"), ok);
    // From Monday 08:30 to Monday 08:30 a week later are two whole weeks; a minute more begins the third.
    let weeks = |closes: &str, said: &str| {
        codes(&[
            ("Sông Công năm 2021\"", &format!("Sông Công, {said} tuần\"")),
            ("closes = \"2021-12-26T16:30\"", &format!("closes = \"{closes}\"")),
            ("publishes = \"2021-12-27T08:00\"", "publishes = \"2021-12-28T08:00\""),
        ])
    };
    assert_eq!(weeks("2021-12-27T08:30", "2"), ok);
    assert_eq!(weeks("2021-12-27T08:31", "2"), ["weeks_contradict_rounds"]);
    assert_eq!(weeks("2021-12-27T08:31", "3"), ok);
}

#[test]
fn texts_and_lists_end_where_they_are_said_to_end() {
    let organizer = |length: usize| {
        let name = "ơ".repeat(length);
        codes(&[("organizer = \"UBND thành phố Sông Công\"", &format!("organizer = \"{name}\""))])
    };
    assert_eq!(organizer(section::MAX_TEXT), Vec::<&str>::new());
    assert_eq!(organizer(section::MAX_TEXT + 1), ["too_long"]);
    let reading_list = |entries: usize| {
        let start = SONG_CONG.find("reading_list = [").expect("in the sample");
        let end = start + SONG_CONG[start..].find("\n]").expect("in the sample") + 2;
        let list = vec!["\"Luật\""; entries].join(",\n");
        let reading = read(&format!("{}reading_list = [{list}]{}", &SONG_CONG[..start], &SONG_CONG[end..]));
        reading.errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>()
    };
    assert_eq!(reading_list(section::MAX_LIST), Vec::<&str>::new());
    assert_eq!(reading_list(section::MAX_LIST + 1), ["too_many"]);
}

#[test]
fn a_wrong_entry_of_a_list_is_named_by_its_own_line() {
    let list = "unit_basis = [\n  \"workplace\",\n  \"school\",\n]";
    let text = SONG_CONG.replacen(BASIS.0, list, 1);
    let line = text[..text.find("\"school\"").expect("it was put there")].matches('\n').count() + 1;
    let reading = read(&text);
    assert_eq!(reading.errors[0].place.row(), u32::try_from(line).ok());
}

#[test]
fn rounds_are_found_by_their_id() {
    let plan = read(SONG_CONG).plan.expect("a plan");
    for round in &plan.rounds {
        assert_eq!(plan.round(&round.id), Some(round));
    }
    assert_eq!(plan.round(&RoundId::parse("tuan-9").unwrap()), None);
}

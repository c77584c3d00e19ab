//! What the checker proposes: done as it says, its message goes away, and nothing comes in its place.

use super::plans::{codes, folder_of};

/// Something exchanged in a file.
type Edit = (&'static str, &'static str, &'static str);

const PLAN: &str = "contest.toml";
const BANK_1: &str = "bank = \"bank-1.xlsx\"";
const BANK_2: &str = "bank = \"bank-2.xlsx\"";

/// A folder, what is changed in it so that something is said, the code of that, and each cure by itself.
type Case = (&'static str, &'static [Edit], &'static str, &'static [&'static [Edit]]);

/// A folder of which nothing is said.
const GOOD: &str = "40-o-9g00";
const MEASURE: &str = "\"contestants_per_member desc\", \"mean_score desc\"";
const OVERALL: &str = "[overall]\nscore = \"sum\"\norder = [\"score desc\", \"duration asc\"]\n\n[[collective]]";
const LIST: &str =
    "[[commendation]]\nid = \"khen\"\nunit = \"p-1\"\nreferrals = 1\nconsecutive_rounds = 3\n\n[[collective]]";

const OF_FOLDERS: &[Case] = &[
    (
        "01-max-age",
        &[],
        "minors_without_consent",
        &[
            &[(PLAN, "min_age = 14", "min_age = 14\nguardian_consent_under = 16")],
            &[(PLAN, "min_age = 14", "min_age = 16")],
        ],
    ),
    (
        "07-scope-contest",
        &[],
        "overall_missing",
        &[
            &[(PLAN, "[[collective]]", OVERALL)],
            &[(PLAN, "5000000\nscope = \"contest\"", "1000000\nscope = \"round\"")],
        ],
    ),
    ("12-zone-etc-gmt7", &[], "zone_is_offset", &[&[(PLAN, "Etc/GMT+7", "Asia/Ho_Chi_Minh")]]),
    (
        "20-dots-in-number",
        &[],
        "dots_in_number",
        &[&[(PLAN, "1.000.000", "1000000")], &[(PLAN, "1.000.000", "1_000_000")]],
    ),
    ("22-one-dot", &[], "dots_in_number", &[&[(PLAN, "500.000", "500000")], &[(PLAN, "500.000", "500_000")]]),
    ("23-curly-quotes", &[], "curly_quotes", &[&[(PLAN, "“mau”", "\"mau\"")]]),
    ("40-c-23h59", &[], "last_minute_lost", &[&[(PLAN, "23h59", "24h00")]]),
    ("40-o-wrong-weekday", &[], "wrong_weekday", &[&[(PLAN, "thứ Ba", "thứ Hai")]]),
    ("42-past", &[], "all_rounds_are_over", &[&[(PLAN, "2025-", "2027-")]]),
    (
        "50-everybody-first",
        &[],
        "ties_unbroken",
        &[
            &[(PLAN, "\"score desc\"]", "\"score desc\", \"duration asc\"]")],
            &[(PLAN, "\"score desc\"]", "\"score desc\", \"submitted_at asc\"]")],
        ],
    ),
    (
        "52-no-score",
        &[],
        "score_not_compared",
        &[
            &[(PLAN, "order = [", "order = [\"score desc\", ")],
            &[(PLAN, "eligible = \"all\"", "eligible = \"perfect\"")],
        ],
    ),
    (
        "55-no-members",
        &[],
        "members_missing",
        &[&[("units.csv", "ward,", "ward,100")], &[(PLAN, "\"contestants_per_member desc\", ", "")]],
    ),
    ("62-level-name", &[], "unknown_level", &[&[(PLAN, "\"Phường\"", "\"ward\"")]]),
    ("64-score-at-once", &[], "submitted_with_attempts", &[&[(PLAN, "\"submitted\"", "\"published\"")]]),
    (
        "B6-roster-mode",
        &[("roster.csv", "Phường 9", "Phường 2")],
        "invalid_date",
        &[&[("roster.csv", ",1990,", ",02/8/1990,")]],
    ),
    ("C2-members-header", &[], "members_missing", &[&[("units.csv", "Tổng số CBCCVC", "Số thành viên")]]),
    (
        "C7-lost-letters",
        &[],
        "lost_letters",
        &[&[("units.csv", "Th?nh ph?", "Thành phố"), ("units.csv", "Phu?ng", "Phường")]],
    ),
    (
        "E3-time-key-before-prediction",
        &[],
        "never_decides",
        &[&[
            (PLAN, ", \"prediction_distance asc\"]", "]"),
            (PLAN, "\"duration asc\"", "\"prediction_distance asc\", \"duration asc\""),
        ]],
    ),
    ("F1-offset-9", &[], "time_with_offset", &[&[(PLAN, ":00+09:00", "")]]),
];

const OF_PLANS: &[Case] = &[
    (
        GOOD,
        &[(PLAN, "[[collective]]", LIST)],
        "streak_longer_than_rounds",
        &[&[(PLAN, "consecutive_rounds = 3", "consecutive_rounds = 2")]],
    ),
    (
        GOOD,
        &[(PLAN, MEASURE, "\"prize_points desc\""), (PLAN, "amount = 1000000", "amount = 0")],
        "nothing_to_convert",
        &[&[(PLAN, "amount = 0", "amount = 1000000")], &[(PLAN, "prize_points", "attempts")]],
    ),
    (
        GOOD,
        &[(PLAN, "minutes = 15", "minutes = 0\nmin_seconds = 30")],
        "floor_without_minutes",
        &[&[(PLAN, "minutes = 0", "minutes = 15")], &[(PLAN, "min_seconds = 30", "min_seconds = 0")]],
    ),
    (
        "55-no-members",
        &[
            (PLAN, MEASURE, "\"attempts desc\""),
            (PLAN, "scope = \"contest\"", "scope = \"contest\"\nmin_rate_percent = 5"),
        ],
        "members_missing",
        &[&[(PLAN, "min_rate_percent = 5", "min_rate_percent = 0")], &[("units.csv", "ward,", "ward,100")]],
    ),
    (
        "55-no-members",
        &[
            (PLAN, MEASURE, "\"points desc\""),
            (PLAN, "scope = \"contest\"", "scope = \"contest\"\npoints = { contestants_percent = 1, first = 3 }"),
        ],
        "members_missing",
        &[&[(PLAN, "contestants_percent = 1, ", "")]],
    ),
    (
        GOOD,
        &[("units.csv", "p-1,Phường 1,tp,ward,100", "p-1,Phường 1,tp,ward,")],
        "units_without_members",
        &[&[("units.csv", "p-1,Phường 1,tp,ward,", "p-1,Phường 1,tp,ward,100")]],
    ),
    (
        GOOD,
        &[("units.csv", "city,", "city,100")],
        "unit_smaller_than_below",
        &[&[("units.csv", "city,100", "city,")], &[("units.csv", "city,100", "city,300")]],
    ),
    (
        GOOD,
        &[(PLAN, "2027-03-21T17:00", "2028-03-21T17:00"), (PLAN, "2027-03-22", "2028-03-22")],
        "round_of_a_year",
        &[&[(PLAN, "2028-", "2027-")]],
    ),
    (GOOD, &[(PLAN, "2027-03-22T08:00", "2028-03-22T08:00")], "year_slips", &[&[(PLAN, "2028-", "2027-")]]),
    (GOOD, &[(PLAN, "opens = \"2027-03-01", "opens = \"2026-03-01")], "year_slips", &[&[(PLAN, "2026-", "2027-")]]),
    (
        GOOD,
        &[(PLAN, "Tuần 2", "Tuần 1")],
        "same_round_name",
        &[&[(PLAN, "id = \"tuan-2\"\nname = \"Tuần 1\"", "id = \"tuan-2\"\nname = \"Tuần 2\"")]],
    ),
    (
        GOOD,
        &[(PLAN, "min_age = 16", "min_age = 16\nminutes = 15")],
        "unknown_key",
        &[&[(PLAN, "min_age = 16\nminutes = 15", "min_age = 16")]],
    ),
    (
        GOOD,
        &[(PLAN, "min_age = 16", "min_age = 16\nmax_ages = 70")],
        "unknown_key",
        &[&[(PLAN, "max_ages", "max_age")]],
    ),
    (
        GOOD,
        &[(PLAN, "name = \"Cuộc thi mẫu\"", "name = \"Cuộc thi \"mẫu\"\"")],
        "quotes_in_text",
        &[&[(PLAN, "\"mẫu\"\"", "“mẫu”\"")]],
    ),
    (GOOD, &[(PLAN, "id = \"mau\"", "id = mau")], "unquoted", &[&[(PLAN, "id = mau", "id = \"mau\"")]]),
    (
        GOOD,
        &[(PLAN, "points = 100", "points = 100\npoints = 100")],
        "repeated_key",
        &[&[(PLAN, "points = 100\npoints = 100", "points = 100")]],
    ),
    (GOOD, &[(PLAN, "14T17:00", "14")], "invalid_time", &[&[(PLAN, "2027-03-14", "17h00 ngày 14/3/2027")]]),
    (
        GOOD,
        &[(PLAN, "opens = \"2027-03-01T08:00\"", "opens = \"2027-03-01T08:00\"\ncloses = \"23h59 ngày 20/3/2027\"")],
        "last_minute_lost",
        &[&[(PLAN, "23h59", "24h00")]],
    ),
    (
        GOOD,
        &[(
            PLAN,
            "[[collective]]",
            "[overall]\nscore = \"sum\"\norder = [\"score desc\"]\n\n[[prizes]]\ntier = \"all\"\nname = \"Giải chung\"\ncount = 1\namount = 5\nscope = \"contest\"\n\n[[collective]]",
        )],
        "ties_unbroken",
        &[&[(PLAN, "order = [\"score desc\"]", "order = [\"score desc\", \"duration asc\"]")]],
    ),
];

fn with(files: &mut [(String, Vec<u8>)], edits: &[Edit]) {
    for (name, from, to) in edits {
        let (_, bytes) = files.iter_mut().find(|(file, _)| file == name).expect("the file");
        let text = String::from_utf8(bytes.clone()).expect("UTF-8");
        assert!(text.contains(from), "{name} has {from:?}");
        *bytes = text.replace(from, to).into_bytes();
    }
}

#[test]
fn a_cure_that_is_proposed_makes_its_message_go_away() {
    for (case, spoiled, code, cures) in OF_FOLDERS.iter().chain(OF_PLANS) {
        let mut files = folder_of(case);
        with(&mut files, spoiled);
        let (errors, warnings) = codes(&files);
        assert!(errors.contains(code) || warnings.contains(code), "{case} {spoiled:?}: {errors:?} {warnings:?}");
        for cure in *cures {
            let mut cured = files.clone();
            with(&mut cured, cure);
            let (after, warned) = codes(&cured);
            assert!(after.is_empty() && !warned.contains(code), "{case} {cure:?}: {after:?} {warned:?}");
            let is_new = |code: &&&str| !warnings.contains(code);
            assert_eq!(warned.iter().find(is_new), None, "{case} {cure:?}");
        }
    }
}

/// What is cured by another file, or another name.
#[test]
fn a_cure_of_a_folder_makes_its_message_go_away() {
    let mut renamed = folder_of("70-toml-txt");
    renamed.iter_mut().filter(|(file, _)| file == "contest.toml.txt").for_each(|(file, _)| *file = PLAN.to_owned());
    assert_eq!(codes(&renamed), (vec![], vec![]));
    let mut saved = folder_of("72-utf16");
    for (_, bytes) in saved.iter_mut().filter(|(file, _)| file == PLAN) {
        let units: Vec<u16> = bytes.chunks(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
        *bytes = String::from_utf16(&units).expect("UTF-16").into_bytes();
    }
    assert_eq!(codes(&saved), (vec![], vec![]));
    let mut named = folder_of("E1-same-workbook-two-names");
    named.retain(|(file, _)| file != "bank-2.xlsx");
    with(
        &mut named,
        &[(PLAN, BANK_1, "bank = \"bank-1.xlsx#Tuần 1\""), (PLAN, BANK_2, "bank = \"bank-1.xlsx#Tuần 2\"")],
    );
    assert_eq!(codes(&named), (vec![], vec!["one_letter_key"; 2]));
    let file = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    let warnings = |more: &[(String, Vec<u8>)], edits: &[Edit]| {
        let mut files = [folder_of(GOOD), more.to_vec()].concat();
        with(&mut files, edits);
        codes(&files)
    };
    let roster = file("roster.csv", "Họ và tên,Ngày sinh,Đơn vị\nNguyễn Văn A,01/01/1990,p-1\n");
    let open = "mode = \"open\"";
    assert_eq!(warnings(std::slice::from_ref(&roster), &[]), (vec![], vec!["roster_in_open_contest"]));
    assert_eq!(warnings(&[roster], &[(PLAN, open, "mode = \"roster\"")]), (vec![], vec![]));
    let excluded = |rows: &str| file("excluded.csv", &format!("Họ và tên,Căn cước\n{rows}"));
    assert_eq!(warnings(&[excluded("")], &[]), (vec![], vec!["names_nobody"]));
    assert_eq!(warnings(&[excluded("Lê Văn Năm,019190000001\n")], &[]), (vec![], vec![]));
    let mut without_unit = folder_of(GOOD);
    let text = String::from_utf8(without_unit.remove(2).1).expect("UTF-8");
    let text = text[..text.find("[[collective]]").expect("in the plan")].replace(", \"unit\"]", "]");
    without_unit.push(file(PLAN, &text));
    assert_eq!(codes(&without_unit), (vec![], vec!["units_not_asked"]));
    let asked = text.replace("\"phone\"]\nunique", "\"phone\", \"unit\"]\nunique");
    without_unit.last_mut().expect("the plan").1 = asked.into_bytes();
    assert_eq!(codes(&without_unit), (vec![], vec![]));
}

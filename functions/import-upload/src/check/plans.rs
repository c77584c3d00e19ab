//! Folders with one slip each, in `golden/plans`: what is said of them, by codes.

use super::*;
use std::path::Path;

/// The tables that most of the folders have in common.
const COMMON: [&str; 3] = ["bank-1.csv", "bank-2.csv", "units.csv"];

/// A folder of `golden/plans`: `{case}.toml` is its plan, `{case}.units.csv` a table of its own. Where it has a bank of its
/// own, the banks in common are none of it.
pub(super) fn folder_of(case: &str) -> Vec<(String, Vec<u8>)> {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/plans");
    let read = |name: &str| std::fs::read(golden.join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let entries = std::fs::read_dir(&golden).expect("the folders");
    let names = entries.map(|entry| entry.expect("an entry").file_name().into_string().expect("UTF-8"));
    let mut files: Vec<(String, Vec<u8>)> = names
        .filter_map(|name| {
            let own = name.strip_prefix(case)?.strip_prefix('.')?;
            let file = if own.starts_with("toml") { format!("contest.{own}") } else { own.to_owned() };
            Some((file, read(&name)))
        })
        .collect();
    let stem = |file: &str| file.split(['-', '.']).next().unwrap_or_default().to_owned();
    let own: Vec<String> = files.iter().map(|(file, _)| stem(file)).collect();
    let common = COMMON.into_iter().filter(|name| !own.contains(&stem(name)));
    files.extend(common.map(|name| (name.to_owned(), read(name))));
    if case == "72-utf16" {
        let (_, plan) = files.iter_mut().find(|(file, _)| file == "contest.toml").expect("a plan");
        let text = format!("\u{feff}{}", String::from_utf8(plan.clone()).expect("UTF-8"));
        *plan = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    }
    files.sort();
    files
}

/// When the folders are judged: half a year before their rounds.
pub(super) fn now() -> Timestamp {
    Timestamp::parse_rfc3339("2026-09-21T00:00:00Z").expect("an instant")
}

/// The codes of errors and of warnings in all files, each in the order in which they are told.
pub(super) fn codes(files: &[(String, Vec<u8>)]) -> (Vec<&'static str>, Vec<&'static str>) {
    let report = check_folder(files, now());
    let codes = |of: fn(&FileReport) -> &Vec<Problem>| {
        report.files.iter().flat_map(of).map(|problem| problem.kind.code()).collect::<Vec<_>>()
    };
    (codes(|file| &file.errors), codes(|file| &file.warnings))
}

/// Errors and warnings of each folder.
pub(super) const PLANS: &[(&str, &str, &str)] = &[
    ("01-max-age", "", "minors_without_consent"),
    ("07-scope-contest", "overall_missing", ""),
    ("12-zone-etc-gmt7", "zone_is_offset", ""),
    ("20-dots-in-number", "dots_in_number", ""),
    ("22-one-dot", "dots_in_number", ""),
    ("23-curly-quotes", "curly_quotes", ""),
    ("40-c-23h59", "", "last_minute_lost"),
    ("40-o-9g00", "", ""),
    ("40-o-thang-nam", "", ""),
    ("40-o-wrong-weekday", "wrong_weekday", ""),
    ("42-past", "", "all_rounds_are_over"),
    ("50-everybody-first", "", "ties_unbroken"),
    ("52-no-score", "", "score_not_compared"),
    ("55-no-members", "members_missing", ""),
    ("62-level-name", "unknown_level", ""),
    ("64-score-at-once", "", "submitted_needs_grant submitted_with_attempts"),
    ("70-toml-txt", "wrong_file_name", "waiting_for waiting_for waiting_for"),
    ("72-utf16", "utf16", ""),
    ("90-dap-an-a", "", "one_letter_key"),
    ("91-ca-a-va-b", "", "position_in_option position_in_option"),
    ("B6-roster-mode", "invalid_date unknown_unit", ""),
    ("C1-all-at-once", "unique_not_asked wrong_type prediction_missing unknown_level", ""),
    ("C10-min-age-12", "", "minors_without_consent"),
    ("C11-only-max-age", "missing_key", ""),
    ("C2-members-header", "members_missing", "column_not_read"),
    ("C4-7h30-curly", "", ""),
    ("C5-plo", "", ""),
    ("C7-lost-letters", "", "lost_letters lost_letters"),
    (
        "E1-same-workbook-two-names",
        "several_tables several_tables",
        "one_letter_key one_letter_key one_letter_key one_letter_key",
    ),
    ("E3-time-key-before-prediction", "", "never_decides"),
    ("F1-offset-9", "time_with_offset", ""),
];

#[test]
fn a_slip_in_a_folder_is_named_and_hides_no_other() {
    let wrong: Vec<String> = PLANS
        .iter()
        .filter_map(|(case, errors, warnings)| {
            let found = codes(&folder_of(case));
            let found = (found.0.join(" "), found.1.join(" "));
            (found != ((*errors).to_owned(), (*warnings).to_owned())).then(|| format!("{case}: {found:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_level_that_no_unit_has_is_blamed_on_its_line_of_the_plan() {
    let report = check_folder(&folder_of("62-level-name"), now());
    let [plan, units, ..] = &report.files[..] else { panic!("a plan and units") };
    assert_eq!((plan.file.as_str(), units.file.as_str(), units.errors.len()), ("contest.toml", "units.csv", 0));
    let [error] = &plan.errors[..] else { panic!("{:?}", plan.errors) };
    let levels = ["city", "ward"].map(str::to_owned).to_vec();
    assert_eq!(error.kind, ProblemKind::UnknownLevel { level: "Phường".to_owned(), levels });
    let text = String::from_utf8(folder_of("62-level-name").remove(2).1).expect("UTF-8");
    let line = text.lines().position(|line| line.starts_with("level =")).expect("in the plan") + 1;
    assert_eq!((error.place.row(), error.place.column()), (u32::try_from(line).ok(), Some("collective.level")));
}

#[test]
fn of_a_plan_that_passes_it_is_told_what_was_understood() {
    let facts = |case: &str| check_folder(&folder_of(case), now()).facts.map(|(_, facts)| facts);
    let told = facts("40-o-thang-nam").expect("a plan that passes");
    assert_eq!(told.rounds[0].opens.as_deref(), Some("08h00 thứ Hai 08/03/2027"));
    assert_eq!((told.prizes.total, told.peak.map(|peak| peak.attempts)), (4_000_000, Some(900)));
    assert!(told.who.iter().any(|who| who.text.contains("300 người")), "{:?}", told.who);
    assert_eq!(facts("62-level-name"), None, "a plan with an error");
}

/// A folder without a plan, or whose plan names a bank that is not there, is not whole.
#[test]
fn what_is_missing_is_told() {
    let missing = |files: &[(String, Vec<u8>)]| check_folder(files, now()).missing;
    let without = |gone: &str| folder_of("40-o-9g00").into_iter().filter(|(file, _)| file != gone).collect::<Vec<_>>();
    assert_eq!(missing(&folder_of("40-o-9g00")), [""; 0]);
    assert_eq!(missing(&without("contest.toml")), ["contest.toml"]);
    assert_eq!(missing(&without("bank-2.csv")), ["bank-2.csv"]);
}

#[test]
fn ties_are_counted_among_the_people_who_may_take_part() {
    let people = |files: &[(String, Vec<u8>)]| {
        let report = check_folder(files, now());
        let kinds = report.files[0].warnings.iter().map(|problem| problem.kind.clone()).collect::<Vec<_>>();
        kinds.into_iter().find_map(|kind| match kind {
            ProblemKind::TiesUnbroken { people, .. } => Some(people),
            _ => None,
        })
    };
    let mut files = folder_of("50-everybody-first");
    assert_eq!(people(&files), Some(Some(300)), "members of the wards");
    files.retain(|(file, _)| file != "units.csv");
    assert_eq!(people(&files), Some(None));
}

/// Everything wrong with a roster is told at once: what is wrong with a line, and units that are not there.
#[test]
fn a_line_with_a_fault_hides_no_unit_that_is_not_there() {
    let mut files = folder_of("B6-roster-mode");
    let (_, roster) = files.iter_mut().find(|(file, _)| file == "roster.csv").expect("a roster");
    *roster = "Họ và tên,Ngày sinh,Đơn vị\nNguyễn Văn A,1990,Phường 9\n".as_bytes().to_vec();
    assert_eq!(codes(&files).0, ["invalid_date", "unknown_unit"]);
    let (_, units) = files.iter_mut().find(|(file, _)| file == "units.csv").expect("units");
    *units = "Mã,Tên,Cấp,Số thành viên\np-0,Phường 0,ward,x\n".as_bytes().to_vec();
    assert_eq!(codes(&files).0, ["invalid_number", "invalid_date"], "of units with errors nothing is known");
    let (_, plan) = files.iter_mut().find(|(file, _)| file == "contest.toml").expect("a plan");
    *plan = String::from_utf8(plan.clone()).expect("UTF-8").replace("\"ward\"", "\"xã\"").into_bytes();
    assert_eq!(codes(&files).0, ["unknown_level", "invalid_number", "invalid_date"], "but their levels are");
}

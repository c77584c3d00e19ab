//! What an edit changes, and what it leaves alone.

use super::*;
use crate::plan_file::read;
use proptest::prelude::*;

const SONG_CONG: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");
const THAI_NGUYEN: &str = include_str!("../../../../contests/thai-nguyen-2021/contest.toml");
const LANG_SON: &str = include_str!("../../../../contests/lang-son-dan-van-kheo-2024/contest.toml");
const EVERYTHING: &str = include_str!("../plan_file/everything.toml");
const SAMPLES: [&str; 4] = [SONG_CONG, THAI_NGUYEN, LANG_SON, EVERYTHING];

/// `rounds/tuan-1/closes`; a number is a place.
fn path(text: &str) -> Vec<At> {
    let step = |step: &str| step.parse().map_or_else(|_| At::Name(step.to_owned()), At::Place);
    text.split('/').map(step).collect()
}

fn text(value: &str) -> Value {
    Value::Text(value.to_owned())
}

fn set(at: &str, value: Value) -> Edit {
    Edit::Set { path: path(at), value }
}

fn remove(at: &str) -> Edit {
    Edit::Remove { path: path(at) }
}

fn add(list: &str, values: &[(&str, Value)]) -> Edit {
    let values = values.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect();
    Edit::Add { list: path(list), values }
}

#[track_caller]
fn edited(sample: &str, edits: &[Edit]) -> String {
    edit(sample, edits).expect("the edits can be made")
}

/// The lines of which one text has more than the other: gone, and new.
fn changed<'t>(before: &'t str, after: &'t str) -> (Vec<&'t str>, Vec<&'t str>) {
    let gone = before.lines().filter(|line| !after.lines().any(|other| other == *line)).collect();
    let new = after.lines().filter(|line| !before.lines().any(|other| other == *line)).collect();
    (gone, new)
}

fn samples() -> Vec<String> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../functions/import-upload/golden/plans");
    let files = std::fs::read_dir(folder).expect("plans of the importer's tests");
    let mut all: Vec<String> = files
        .map(|file| file.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|end| end == "toml"))
        .map(|path| std::fs::read_to_string(path).expect("UTF-8"))
        .collect();
    assert!(all.len() >= 20, "{} plans", all.len());
    all.extend(SAMPLES.map(str::to_owned));
    all
}

#[test]
fn nothing_changes_without_an_edit_and_by_one_that_says_what_stands() {
    for sample in samples() {
        assert_eq!(edit(&sample, &[]).as_deref(), Ok(sample.as_str()));
        let Ok(document) = sample.parse::<DocumentMut>() else { continue };
        assert_eq!(document.to_string(), sample, "printing is the identity");
        let Some(name) = document.get("name").and_then(Item::as_str) else { continue };
        assert_eq!(edited(&sample, &[set("name", text(name))]), sample);
        let Some(minutes) = document["attempt"].get("minutes").and_then(Item::as_integer) else { continue };
        assert_eq!(edited(&sample, &[set("attempt/minutes", Value::Number(minutes))]), sample);
    }
}

#[test]
fn a_value_changes_its_own_line_and_keeps_what_stands_behind_it() {
    let sample = SONG_CONG.replacen("minutes = 15", "minutes   =  15   # as in 2020", 1);
    let after = edited(&sample, &[set("attempt/minutes", Value::Number(20))]);
    assert_eq!(
        changed(&sample, &after),
        (vec!["minutes   =  15   # as in 2020"], vec!["minutes   =  20   # as in 2020"])
    );
    let after = edited(SONG_CONG, &[set("rounds/tuan-1/closes", text("17h30 Chủ nhật 19/12/2021"))]);
    let (gone, new) = changed(SONG_CONG, &after);
    assert!(gone[0].starts_with("closes = \"2021-12-19T16:30\"") && gone.len() == 1, "{gone:?}");
    assert_eq!(new, [gone[0].replace("T16:30", "T17:30")]);
}

#[test]
fn comments_stand_after_any_edit() {
    let comments = |text: &str| text.matches('#').count();
    for sample in SAMPLES {
        let edits = [
            set("name", text("Cuộc thi # khác")),
            set("attempt/points", Value::Number(150)),
            set("registration/fields", Value::List(["full_name", "citizen_id"].map(text).to_vec())),
            add("rounds", &[]),
        ];
        assert_eq!(comments(&edited(sample, &edits)), comments(sample) + 1);
    }
}

#[test]
fn a_list_on_several_lines_stays_on_them_with_its_comments() {
    let sample = "reading_list = [\n  \"Một\", # first\n  \"Hai\",\n  # the last\n  \"Ba\",\n]\n";
    let list = |entries: &[&str]| Value::List(entries.iter().map(|entry| text(entry)).collect());
    let after = edited(sample, &[set("reading_list", list(&["Một", "Ba", "Bốn"]))]);
    assert_eq!(
        after,
        "reading_list = [\n  \"Một\", # first\n  # the last\n  \"Ba\",\n  \"Bốn\",\n]\n"
            .replace(", # first\n  # the last", ",\n  # the last")
    );
    let one = "reading_list = [\"Một\", \"Hai\"]\n";
    assert_eq!(edited(one, &[set("reading_list", list(&["Hai", "Ba"]))]), "reading_list = [\"Hai\", \"Ba\"]\n");
    assert_eq!(edited(one, &[set("reading_list", list(&[]))]), "reading_list = []\n");
}

#[test]
fn entries_come_and_go() {
    let round = [
        ("id", text("tuan-3")),
        ("name", text("Tuần thứ Ba")),
        ("opens", text("08h30 ngày 27/12/2021")),
        ("closes", text("16h30 ngày 02/01/2022")),
        ("publishes", text("08h00 ngày 03/01/2022")),
        ("bank", text("bank-tuan-3.xlsx")),
    ];
    let after = edited(SONG_CONG, &[add("rounds", &round)]);
    let plan = read(&after).plan.expect("a plan");
    assert_eq!(plan.rounds.iter().map(|round| round.id.as_str()).collect::<Vec<_>>(), ["tuan-1", "tuan-2", "tuan-3"]);
    assert!(after.contains("opens = \"2021-12-27T08:30\""), "{after}");
    assert_eq!(edited(&after, &[remove("rounds/tuan-3")]), SONG_CONG);
    let plan = read(&edited(SONG_CONG, &[remove("rounds/0")])).plan.expect("a plan");
    assert_eq!(plan.rounds[0].id.as_str(), "tuan-2");
    let none = edited(SONG_CONG, &[remove("rounds/tuan-1"), remove("rounds/tuan-2")]);
    assert_eq!(read(&none).errors[0].kind.code(), "missing_key");
    let ids = edited(
        "",
        &[add("rounds", &[]), add("rounds", &[]), add("prizes", &[]), remove("rounds/vong-1"), add("rounds", &[])],
    );
    assert_eq!(ids.matches("vong-2").count() + ids.matches("vong-1").count() + ids.matches("giai-1").count(), 3);
}

#[test]
fn entries_in_braces_come_and_go_too() {
    let prize = [("name", text("Giải Nhì")), ("count", Value::Number(2)), ("amount", Value::Number(500_000))];
    let after = edited(EVERYTHING, &[add("collective/tap-the/prizes", &prize)]);
    let plan = read(&after).plan.expect("a plan");
    assert_eq!(plan.rules.collective[0].prizes[1].amount, 500_000);
    let after = edited(&after, &[remove("collective/tap-the/prizes/1")]);
    assert_eq!(after, EVERYTHING);
    let after = edited(EVERYTHING, &[set("collective/tap-the/prizes/0/amount", Value::Number(7))]);
    assert_eq!(read(&after).plan.expect("a plan").rules.collective[0].prizes[0].amount, 7);
    let after = edited(EVERYTHING, &[set("collective/tap-the/points/second", Value::Number(8))]);
    assert_eq!(
        read(&after).plan.expect("a plan").rules.collective[0].points.as_ref().map(|p| p.tiers["second"]),
        Some(8)
    );
}

#[test]
fn tables_are_made_where_a_key_needs_one_and_a_key_can_be_cleared() {
    let start = SONG_CONG.find("[prediction]").expect("in the sample");
    let end = SONG_CONG.find("[ranking]").expect("in the sample");
    let without = format!("{}{}", &SONG_CONG[..start], &SONG_CONG[end..]);
    let words = [("target", "contestants"), ("counted", "first"), ("actual", "at_closing"), ("equidistant", "lower")];
    let edits = words.map(|(key, word)| set(&format!("prediction/{key}"), text(word)));
    let plan = read(&edited(&without, &edits)).plan.expect("a plan");
    assert_eq!(plan.rules.prediction.map(|p| p.equidistant), Some(crate::plan::Equidistant::Lower));
    let clear = |at: &str| Edit::Clear { path: path(at) };
    let after = edited(SONG_CONG, &[clear("registration/min_age"), clear("overall/best")]);
    assert_eq!(read(&after).errors.iter().map(|p| p.kind.code()).collect::<Vec<_>>(), ["missing_key"]);
    assert_eq!(read(&edited(SONG_CONG, &[remove("prediction")])).plan, None, "its distance is compared");
    assert_eq!(edited(&without, &edits).matches("[prediction]").count(), 1);
}

#[test]
fn what_names_nothing_is_refused_and_changes_nothing() {
    let fault = |edits: &[Edit]| edit(EVERYTHING, edits).expect_err("refused");
    let number = || Value::Number(1);
    let long = "x".repeat(100_000);
    for (edit, expected) in [
        (set("rounds/tuan-9/name", text("x")), Fault::NotThere),
        (set("rounds/9/name", text("x")), Fault::NotThere),
        (set("__proto__", text("x")), Fault::UnknownKey),
        (set("rounds/tuan-1/__proto__", text("x")), Fault::UnknownKey),
        (set("constructor/prototype", text("x")), Fault::UnknownKey),
        (set(&long, text("x")), Fault::UnknownKey),
        (set(&"rounds/".repeat(5_000), text("x")), Fault::UnknownKey),
        (set("rounds", text("x")), Fault::UnknownKey),
        (set("attempt", number()), Fault::UnknownKey),
        (set("prizes/first/amount", number()), Fault::Ambiguous),
        (set("name", Value::Table(Vec::new())), Fault::NoValue),
        (set("prizes/0/amount", Value::List(vec![Value::Table(Vec::new())])), Fault::NoValue),
        (Edit::Set { path: Vec::new(), value: number() }, Fault::UnknownKey),
        (Edit::Clear { path: path("rounds/tuan-9/name") }, Fault::NotThere),
        (add("attempt", &[]), Fault::UnknownKey),
        (add("rounds", &[("secret", text("x"))]), Fault::UnknownKey),
        (remove("rounds/tuan-9"), Fault::NotThere),
        (remove("nothing"), Fault::NotThere),
        (Edit::Remove { path: Vec::new() }, Fault::UnknownKey),
    ] {
        assert_eq!(fault(&[set("name", text("khác")), edit]), EditError { edit: 1, fault: expected });
    }
    let many = vec![set("name", text("khác")); 10_000];
    assert_eq!(fault(&many).fault, Fault::TooMany);
    assert!(edit(EVERYTHING, &many[..MAX_EDITS]).is_ok());
    let deep = (0..20).fold(number(), |value, _| Value::List(vec![value]));
    assert_eq!(fault(&[set("reading_list", deep)]).fault, Fault::NoValue);
    assert_eq!(edit("name = ", &[set("name", text("x"))]), Err(EditError { edit: 0, fault: Fault::NotToml }));
    assert_eq!(edit("rounds = 3", &[add("rounds", &[])]), Err(EditError { edit: 0, fault: Fault::OtherShape }));
}

#[test]
fn ends_of_lines_and_the_mark_of_the_file_stay() {
    let windows = format!("\u{feff}{}", SONG_CONG.replace('\n', "\r\n"));
    let after = edited(&windows, &[set("attempt/minutes", Value::Number(20))]);
    assert_eq!(after, windows.replacen("minutes = 15", "minutes = 20", 1));
}

#[test]
fn a_time_is_written_as_the_file_has_it() {
    let written = |time: &str| {
        let after = edited(SONG_CONG, &[set("rounds/tuan-1/closes", text(time))]);
        after.parse::<DocumentMut>().expect("TOML")["rounds"][0]["closes"].as_str().map(str::to_owned)
    };
    assert_eq!(written("16h45 19/12/2021").as_deref(), Some("2021-12-19T16:45"));
    assert_eq!(written("24h00 19/12/2021").as_deref(), Some("2021-12-20T00:00"));
    assert_eq!(written("2021-12-19T16:45:30").as_deref(), Some("2021-12-19T16:45:30"));
    for unread in ["sớm mai", "", "16h45 thứ Hai 19/12/2021", "2021-12-19T16:45:00Z"] {
        assert_eq!(written(unread).as_deref(), Some(unread), "the reader says what is wrong with it");
    }
}

proptest! {
    #[test]
    fn what_was_set_is_read(name in "\\PC{1,60}", points in 1_i64..1_000_000, minutes in 0_i64..1_440, amount in 0_i64..1_000_000_000) {
        for sample in SAMPLES {
            let edits = [
                set("name", text(&name)),
                set("attempt/points", Value::Number(points)),
                set("attempt/minutes", Value::Number(minutes)),
                set("prizes/0/amount", Value::Number(amount)),
            ];
            let after = edited(sample, &edits);
            let document: DocumentMut = after.parse().expect("TOML");
            prop_assert_eq!(document["name"].as_str(), Some(name.as_str()));
            let Some(plan) = read(&after).draft else { panic!("a draft") };
            prop_assert_eq!(i64::from(plan.attempt.usual().rules.points), points);
            prop_assert_eq!(i64::from(plan.attempt.usual().rules.minutes), minutes);
            prop_assert_eq!(plan.rules.prizes[0].amount, u64::try_from(amount).expect("not negative"));
        }
    }
}

#[test]
fn two_texts_differ_by_their_keys() {
    let edits = [
        set("rounds/tuan-1/closes", text("2021-12-19T17:30")),
        remove("rounds/tuan-2"),
        add("rounds", &[("id", text("tuan-3"))]),
        set("registration/fields", Value::List(vec![text("full_name")])),
        Edit::Clear { path: path("registration/min_age") },
    ];
    let after = edited(SONG_CONG, &edits);
    let found = changes(SONG_CONG, &format!("# a comment\n{after}")).expect("TOML");
    let at = |wanted: &str| {
        found.iter().find(|change| change.path == path(wanted)).unwrap_or_else(|| panic!("{wanted}: {found:?}"))
    };
    assert_eq!(at("rounds/tuan-1/closes").before, Some(text("2021-12-19T16:30")));
    assert_eq!(at("rounds/tuan-1/closes").after, Some(text("2021-12-19T17:30")));
    assert!(at("rounds/tuan-2").after.is_none() && at("rounds/tuan-3").before.is_none());
    assert_eq!(at("registration/min_age").after, None);
    assert_eq!(found.len(), 5, "{found:?}");
    assert_eq!(changes(SONG_CONG, SONG_CONG), Some(Vec::new()));
    assert_eq!(changes(SONG_CONG, "name = "), None);
    let places =
        changes(EVERYTHING, &edited(EVERYTHING, &[set("prizes/2/amount", Value::Number(1)), remove("certificates/1")]));
    let places: Vec<Vec<At>> = places.expect("TOML").into_iter().map(|change| change.path).collect();
    assert_eq!(places, [path("prizes/2/amount"), path("certificates/1")]);
}

#[test]
fn another_order_of_prizes_is_a_change() {
    let prizes: Vec<&str> = SONG_CONG.split("[[prizes]]").collect();
    let [top, first, second, rest @ ..] = &prizes[..] else { panic!("the sample has two prizes") };
    let turned = [&[*top, *second, *first][..], rest].concat().join("[[prizes]]");
    let found = changes(SONG_CONG, &turned).expect("TOML");
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].path, path("prizes"));
}

#[test]
fn a_plan_for_another_contest_has_no_id_and_no_times() {
    for sample in SAMPLES {
        let copy = for_another_contest(sample).expect("TOML");
        let reading = read(&copy);
        let mut asked: Vec<&str> = reading.errors.iter().filter_map(|problem| problem.place.column()).collect();
        asked.sort_unstable();
        asked.dedup();
        assert_eq!(asked, ["id", "registration.opens", "rounds.closes", "rounds.opens", "rounds.publishes"]);
        assert!(reading.errors.iter().all(|problem| problem.kind.code() == "empty"));
        assert_eq!(copy.matches('#').count(), sample.matches('#').count());
    }
    assert!(for_another_contest("name = ").is_err());
    let announced = format!("announced = \"2021-12-08T08:00\"\n{SONG_CONG}");
    assert!(!for_another_contest(&announced).expect("TOML").contains("announced ="), "it may be missing");
}

//! Every file at every stage of a contest: what may change is a table, and whatever was tried, everybody can
//! check the results afterwards.

use contest::lots::commitment;
use data_encoding::HEXLOWER;
use tests::{Contestant, FIRST, Folder, Play, SECOND, Stage, bank, person};

/// When files are tried, in the order of the table's columns.
const STAGES: [(&str, &str); 7] = [
    ("planned", "2026-03-01T09:00:00+07:00"),
    ("registered", "2026-03-01T12:00:00+07:00"),
    ("first round open", "2026-03-05T12:00:00+07:00"),
    ("first round closed", "2026-03-08T16:30:00+07:00"),
    ("first round published", "2026-03-08T18:00:00+07:00"),
    ("second round open", "2026-03-10T12:00:00+07:00"),
    ("all over", "2026-03-15T18:00:00+07:00"),
];
const REGISTERED: &str = "2026-03-01T12:00:00+07:00";
const ROUNDS: [(&str, &str); 2] = [(FIRST, "2026-03-04T08:00:00+07:00"), (SECOND, "2026-03-09T08:00:00+07:00")];
const END: &str = "closes = \"2026-03-08T16:00\"\npublishes = \"2026-03-08T17:00\"";
const LATER: &str = "closes = \"2026-03-08T16:10\"\npublishes = \"2026-03-08T17:30\"";
const WITNESS: [u8; 32] = [5; 32];

/// A file, and the code with which it is refused at each stage; none where it is accepted.
struct Change {
    name: &'static str,
    file: &'static str,
    text: String,
    codes: [&'static str; 7],
}

fn folder() -> Folder {
    let witness = HEXLOWER.encode(&commitment(&WITNESS));
    let line = format!("id = \"{FIRST}\"\nlot_witnesses = [\"{witness}\"]");
    Folder::small()
        .with_plan("unbroken_tie = \"extra_prize\"", "unbroken_tie = \"lot\"")
        .with_plan(&format!("id = \"{FIRST}\""), &line)
        .with_file("roster.csv", roster("MA-0001"))
        .with_file("excluded.csv", excluded("001090999999"))
}

fn roster(code: &str) -> String {
    format!("Họ và tên,Ngày sinh,Đơn vị,Mã dự thi\nNguyễn Văn An,1990-05-17,bac,{code}\n")
}

fn excluded(citizen_id: &str) -> String {
    format!("Họ và tên,Căn cước,Vai trò\nTrần Thị Bí,{citizen_id},Ban Tổ chức\n")
}

/// A code at every stage from the first opening on.
fn from_the_opening(code: &'static str) -> [&'static str; 7] {
    ["", "", code, code, code, code, code]
}

/// A code at every stage once somebody has registered.
fn once_registered(code: &'static str) -> [&'static str; 7] {
    ["", code, code, code, code, code, code]
}

const FREE: [&str; 7] = [""; 7];
const BEGUN: &str = "round_has_begun";
const ENDED: &str = "round_has_ended";
const OF_THE_FIRST: [&str; 7] = ["", "", BEGUN, ENDED, ENDED, ENDED, ENDED];
const OF_THE_SECOND: [&str; 7] = ["", "", "", "", "", BEGUN, ENDED];

fn of_the_plan(folder: &Folder) -> Vec<Change> {
    let plan = |name, from: &str, to: &str, codes| {
        let text = folder.clone().with_plan(from, to).text("contest.toml");
        Change { name, file: "contest.toml", text, codes }
    };
    let begun = "contest_has_begun";
    let unique = ["", "registration_has_begun", begun, begun, begun, begun, begun];
    vec![
        plan("words", "organizer = \"Ban", "organizer = \"Trưởng Ban", FREE),
        plan("a prize", "amount = 500000", "amount = 400000", from_the_opening(begun)),
        plan("who is one person", "unique = [\"citizen_id\"]", "unique = [\"citizen_id\", \"phone\"]", unique),
        plan("an earlier end", "2026-03-08T16:00", "2026-03-08T15:00", OF_THE_FIRST),
        plan("the next round", "2026-03-15T16:00", "2026-03-15T15:00", OF_THE_SECOND),
        // What moves later cannot move back, so these come last.
        plan("a later publication", "2026-03-08T17:00", "2026-03-08T17:30", ["", "", "", "", ENDED, ENDED, ENDED]),
        plan("a later end", END, LATER, ["", "", "", ENDED, ENDED, ENDED, ENDED]),
    ]
}

fn of_the_units(folder: &Folder) -> Vec<Change> {
    let units = |name, from: &str, to: &str, codes| {
        let text = folder.text("units.csv");
        assert_eq!(text.matches(from).count(), 1, "{from}");
        Change { name, file: "units.csv", text: text.replace(from, to), codes }
    };
    vec![
        units("a headcount", "ward,10", "ward,11", from_the_opening("unit_has_other_members")),
        units("another level", "nam,block", "nam,ward", from_the_opening("unit_has_other_level")),
        units("another parent", "to-1,Tổ dân phố 1,nam", "to-1,Tổ dân phố 1,bac", from_the_opening("unit_moved")),
        units("a unit less", "to-1,Tổ dân phố 1,nam,block,\n", "", once_registered("unit_left_out")),
        units("a name", "Phường Bắc", "Phường Bắc Sơn", FREE),
        units("a unit more", "to-1,", "to-2,Tổ dân phố 2,bac,block,3\nto-1,", FREE),
    ]
}

fn changes() -> Vec<Change> {
    let folder = folder();
    let value = format!("Vòng;Giá trị\n{FIRST};{}\n", HEXLOWER.encode(&WITNESS));
    let early = "reveal_too_early";
    let file = |name, file, text, codes| Change { name, file, text, codes };
    let mut changes = of_the_plan(&folder);
    changes.extend(of_the_units(&folder));
    changes.extend([
        file("another first bank", "bank-1.csv", bank(8, 6), OF_THE_FIRST),
        file("another second bank", "bank-2.csv", bank(9, 7), OF_THE_SECOND),
        file("another roster code", "roster.csv", roster("MA-0002"), once_registered("roster_code_changed")),
        file(
            "somebody excluded",
            "excluded.csv",
            excluded("001090999998"),
            from_the_opening("exclusion_is_a_decision"),
        ),
        file("an announcement", "announcements.csv", "Ngày,Nội dung\n1/3/2026,Xin chúc mừng.\n".to_owned(), FREE),
        file("a witness's value", "reveals.csv", value, [early, early, early, early, "", "", ""]),
    ]);
    changes
}

/// The contest at a stage, with everything that people do until then.
async fn play_until(stage: &Stage, from: &str, until: &str, people: &mut Vec<Contestant>) {
    let within = |at: &str| from < at && at <= until;
    if within(REGISTERED) {
        stage.clock_well(REGISTERED).await;
        let forms = [(1, "Nguyễn Văn An", "bac"), (2, "Trần Thị Bình", "bac"), (3, "Lê Văn Cường", "to-1")];
        *people = stage.door.register_all(forms.map(|(number, name, unit)| person(number, name, unit))).await;
    }
    for (round, at) in ROUNDS.into_iter().filter(|(_, at)| within(at)) {
        stage.clock_well(at).await;
        for (right, contestant) in (2..).zip(people.iter()) {
            contestant.play(Play { round, started_at: at, seconds: 60, right, prediction: Some(3) }).await;
        }
    }
    stage.clock_well(until).await;
}

async fn walk(column: usize) {
    let (name, at) = STAGES[column];
    let stage = Stage::with(&folder()).await;
    let mut people = Vec::new();
    play_until(&stage, STAGES[0].1, at, &mut people).await;
    for change in changes() {
        let before = stage.in_force().await;
        let report = stage.upload(change.file, change.text.as_str()).await;
        let codes: Vec<&str> = report["errors"].as_array().expect("a list").iter().map(|e| text(&e["code"])).collect();
        let expected = change.codes[column];
        let cell = format!("{} of {} when {name}", change.name, change.file);
        if expected.is_empty() {
            assert_eq!(report["status"], "accepted", "{cell}: {report}");
        } else {
            assert!(!codes.is_empty() && codes.contains(&expected), "{cell}: {expected} in {report}");
            assert!(stage.in_force().await == before, "{cell} changed something");
        }
    }
    let last = STAGES[6].1;
    play_until(&stage, at, last, &mut people).await;
    assert_eq!(stage.verified("", &[]).await, Ok(2), "after everything was tried when {name}");
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().expect("a text")
}

macro_rules! stages {
    ($($test:ident = $column:literal,)+) => {$(
        #[tokio::test(flavor = "multi_thread")]
        async fn $test() {
            walk($column).await;
        }
    )+};
}

stages! {
    every_file_may_change_while_nobody_has_registered = 0,
    every_file_once_somebody_has_registered = 1,
    every_file_while_the_first_round_is_open = 2,
    every_file_once_the_first_round_is_closed = 3,
    every_file_once_the_first_round_is_published = 4,
    every_file_while_the_second_round_is_open = 5,
    every_file_once_all_is_over = 6,
}

#[tokio::test(flavor = "multi_thread")]
async fn a_first_bank_may_come_late_but_not_after_the_end() {
    let folder = folder().without("bank-2.csv");
    let stage = Stage::with(&folder).await;
    stage.clock("2026-03-15T16:00:00+07:00").await;
    super::refuse(&stage, "bank-2.csv", &bank(2, 6), "round_has_ended").await;
    stage.clock(STAGES[6].1).await;
    super::refuse(&stage, "bank-2.csv", &bank(2, 6), "round_has_ended").await;
    assert_eq!(stage.verified("", &[]).await, Ok(2));
    stage.logbook.expect_undelivered();
    let stage = Stage::with(&folder).await;
    stage.clock(STAGES[5].1).await;
    stage.logbook.expect_undelivered();
    stage.accept("bank-2.csv", bank(2, 6)).await;
    stage.clock_well(STAGES[6].1).await;
    assert_eq!(stage.verified("", &[]).await, Ok(2));
}

#[tokio::test]
async fn a_frozen_round_is_described_as_it_was_frozen_whatever_the_state_says() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(STAGES[3].1).await;
    let before = stage.contest_json().await["rounds"].clone();
    stage.replace_in_state("bank-1.csv", "bank-0.csv").await;
    stage.upload("units.csv", Folder::small().text("units.csv").replace("Phường Bắc", "Phường Bắc Sơn")).await;
    assert_eq!(stage.contest_json().await["rounds"], before);
}

#[tokio::test]
async fn a_plan_whose_rounds_are_over_is_kept_and_shown_to_nobody() {
    let mut stage = Stage::empty("2026-03-20T09:00:00+07:00").await;
    Folder::small().id.clone_into(&mut stage.door.contest);
    for (name, bytes) in &Folder::small().files {
        let report = stage.accept(name, bytes.clone()).await;
        if name == "contest.toml" {
            assert!(report["warnings"].as_array().expect("a list").iter().any(|w| w["code"] == "all_rounds_are_over"));
        }
    }
    assert!(stage.objects("site").await.is_empty() && stage.schedules().await.is_empty());
    stage.clock_well("2026-03-20T10:00:00+07:00").await;
    stage.world.sweep().await.expect("there is nothing to do");
    assert!(stage.objects("site").await.is_empty());
    // With days to come it is a contest like any other.
    let ahead = Folder::small().text("contest.toml").replace("2026-03-", "2026-04-");
    let report = stage.accept("contest.toml", ahead).await;
    assert_eq!(report["warnings"].as_array().map(Vec::len), Some(0), "{report}");
    assert_eq!(stage.contest_json().await["rounds"][0]["opens"], "2026-04-02T01:00:00.000Z");
    assert_eq!(stage.schedules().await.len(), 6);
}

#[tokio::test]
async fn a_plan_that_comes_after_its_first_round_says_so() {
    let mut stage = Stage::empty("2026-03-08T16:00:00+07:00").await;
    Folder::small().id.clone_into(&mut stage.door.contest);
    let report = stage.accept("contest.toml", Folder::small().text("contest.toml")).await;
    let of = |code: &str| report["warnings"].as_array().expect("a list").iter().filter(|w| w["code"] == code).count();
    assert_eq!((of("round_is_over"), of("all_rounds_are_over")), (1, 0), "{report}");
}

//! What is published over a contest: standings after each edition, and `overall/` after the last round.

use super::editions::{decision, disqualify, verified_by_all};
use super::{Sheet, folder, play_all, registered};
use contest::decision::Action;
use contest::edition::Followed;
use contest::ids::{ContestId, RoundId};
use serde_json::{Value, json};
use store::Control;
use tests::{CONTEST, Contestant, FIRST, Folder, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

/// Two wards compete over the contest by points, and people by the sum of their scores.
pub(super) fn over_contest() -> Folder {
    folder()
        .with_plan(
            "scope = \"round\"\nmeasure = [\"attempts desc\", \"mean_score desc\"]",
            "scope = \"contest\"\nmeasure = [\"points desc\", \"attempts desc\"]\n\
             points = { contestants_percent = 1, first = 10, second = 8, all = 20 }",
        )
        .with_plan(
            "[[collective]]",
            "[[prizes]]\ntier = \"all\"\nname = \"Giải Toàn cuộc thi\"\ncount = 1\namount = 3000000\n\
             scope = \"contest\"\n\n[overall]\nscore = \"sum\"\norder = [\"score desc\", \"duration asc\"]\n\n[[collective]]",
        )
}

/// An and Bình win the first round, Dung and Cường the second; Đức wins in neither.
const FIRST_SHEETS: [Sheet; 5] =
    [(1, 4, 60, Some(5)), (2, 4, 70, Some(5)), (3, 4, 80, Some(5)), (4, 2, 60, None), (5, 3, 100, None)];
const SECOND_SHEETS: [Sheet; 3] = [(1, 1, 60, Some(3)), (3, 4, 90, None), (4, 4, 50, Some(3))];

async fn played() -> (Stage, Vec<Contestant>) {
    let (stage, people) = registered(&over_contest()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &FIRST_SHEETS).await;
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &SECOND_SHEETS).await;
    (stage, people)
}

async fn published() -> (Stage, Vec<Contestant>) {
    let (stage, people) = played().await;
    stage.clock_well(SECOND_PUBLISHES).await;
    (stage, people)
}

async fn json_of(stage: &Stage, path: &str) -> Value {
    serde_json::from_slice(&stage.site(path).await).expect("JSON")
}

/// Each of these of every line.
fn cells<'a>(lines: &'a Value, names: &[&str]) -> Vec<Vec<&'a Value>> {
    let line = |line: &'a Value| names.iter().map(|name| &line[name]).collect();
    lines.as_array().expect("a list").iter().map(line).collect()
}

fn all(values: Value) -> Vec<Vec<Value>> {
    serde_json::from_value(values).expect("lists")
}

#[track_caller]
fn same(told: &[Vec<&Value>], expected: Value) {
    let told: Vec<Vec<Value>> = told.iter().map(|line| line.iter().map(|&value| value.clone()).collect()).collect();
    assert_eq!(told, all(expected));
}

#[tokio::test(flavor = "multi_thread")]
async fn standings_follow_each_edition_and_prizes_come_after_the_last_round() {
    let (stage, _) = played().await;
    let standings = json_of(&stage, "standings.json").await;
    assert_eq!((&standings["rounds"], &standings["status"]), (&json!([FIRST]), &json!("provisional")));
    // Bắc has 2 of 10 people and a first prize, Nam 3 of 20 and a second one.
    let units = &standings["collective"][0]["units"];
    same(
        &cells(units, &["rank", "unit", "contestants", "winners", "points", "prize"]),
        json!([[1, "bac", 2, 1, "30.00", null], [2, "nam", 3, 1, "23.00", null]]),
    );
    same(
        &cells(&standings["overall"], &["rank", "score", "duration_ms", "prize"]),
        json!([
            [1, 1, 60_000, null],
            [2, 1, 70_000, null],
            [3, 1, 80_000, null],
            [4, "0.75", 100_000, null],
            [5, "0.50", 60_000, null],
        ]),
    );
    verified_by_all(&stage, &[FIRST]).await;

    stage.clock_well(SECOND_PUBLISHES).await;
    let standings = json_of(&stage, "standings.json").await;
    assert_eq!((&standings["rounds"], &standings["status"]), (&json!([FIRST, SECOND]), &json!("final")));
    // Everyone above has won in a round.
    same(
        &cells(&standings["overall"], &["rank", "score", "perfect_attempts", "prize", "full_name"]),
        json!([
            [1, 2, 2, null, null],
            [2, "1.50", 1, null, null],
            [3, "1.25", 1, null, null],
            [4, 1, 1, null, null],
            [5, "0.75", 0, "Giải Toàn cuộc thi", "Hoàng Văn Đức"],
        ]),
    );
    let results = json_of(&stage, "overall/v1/results.json").await;
    same(
        &cells(&results["collective"][0]["winners"], &["rank", "unit", "prize", "amount"]),
        json!([[1, "nam", "Giải Nhất tập thể", 2_000_000]]),
    );
    verified_by_all(&stage, &[FIRST, SECOND]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_makes_a_version_over_the_contest_with_its_reason() {
    let (stage, people) = published().await;
    stage.decide(decision(1, "2026-03-16T09:00:00+07:00", &[disqualify(&people[0])])).await;
    stage.world.sweep().await.expect("editions are made");
    let pointer = json_of(&stage, "overall/index.json").await;
    assert_eq!(pointer["version"], 2);
    let reason = pointer["history"][1]["reason"].as_str().expect("a reason");
    assert!(reason.starts_with("Theo Quyết định số 1/QĐ-BTC; "), "and the second round's: {reason}");
    // An has nothing from the first round any more, and wins in the second.
    let results = json_of(&stage, "overall/v2/results.json").await;
    same(
        &cells(&results["winners"], &["rank", "full_name", "score", "rounds", "prize", "amount"]),
        json!([[4, "Hoàng Văn Đức", "0.75", 1, "Giải Toàn cuộc thi", 3_000_000]]),
    );
    let kinds: Vec<&Value> = results["changes"].as_array().expect("a list").iter().map(|c| &c["kind"]).collect();
    assert!(kinds.contains(&&json!("ranks")), "{kinds:?}");
    let manifest = json_of(&stage, "overall/v2/manifest.json").await;
    let versions = cells(&manifest["follows"], &["round", "version"]);
    same(&versions, json!([[FIRST, 2], [SECOND, 2]]));
    verified_by_all(&stage, &[FIRST, SECOND]).await;

    // Official when every round is.
    for (number, round) in [(2, FIRST), (3, SECOND)] {
        let mut recognized = decision(number, "2026-03-17T09:00:00+07:00", &[Action::Recognize]);
        recognized.changes[0].round = RoundId::parse(round).expect("an id");
        stage.decide(recognized).await;
        stage.world.sweep().await.expect("an edition is made");
        let status = json_of(&stage, "overall/index.json").await["status"].clone();
        assert_eq!(status, if round == SECOND { "official" } else { "provisional" });
    }
    verified_by_all(&stage, &[FIRST, SECOND]).await;
    // Nothing is due any more.
    let before = stage.objects("site").await;
    stage.world.sweep().await.expect("nothing is left to do");
    assert!(before == stage.objects("site").await);
}

#[tokio::test]
async fn a_lost_record_is_made_again_and_older_standings_never_replace_newer_ones() {
    let (stage, people) = published().await;
    stage.decide(decision(1, "2026-03-16T09:00:00+07:00", &[disqualify(&people[0])])).await;
    stage.world.sweep().await.expect("editions are made");
    let before = stage.objects("site").await;
    let control = Control::new(&stage.world.sdk, "control");
    let contest = ContestId::parse(CONTEST).expect("an id");
    // As after a crash between the swap and the record.
    let older = [Followed { round: RoundId::parse(FIRST).expect("an id"), edition: 1 }];
    control.record_standings(&contest, &older).await.expect("it is recorded");
    stage.world.sweep().await.expect("nothing is written twice");
    assert!(before == stage.objects("site").await);
    let record = control.overall(&contest).await.expect("a record");
    assert_eq!((record.editions.len(), record.published), (2, 2));
    let (overall, rounds) = record.standings.split_last().expect("standings");
    assert_eq!(record.editions.last().map(|last| &last.follows[..]), Some(rounds));
    assert_eq!(*overall, Followed { round: RoundId::overall(), edition: 2 });
    // Another run, which knows of a later version, has written them meanwhile.
    let path = format!("contests/{CONTEST}/standings.json");
    let later = String::from_utf8(stage.site("standings.json").await).expect("UTF-8");
    let later = later.replacen("\"version\":2", "\"version\":3", 1);
    stage.put("site", &path, later.clone()).await;
    control.record_standings(&contest, &older).await.expect("it is recorded");
    stage.world.sweep().await.expect("nothing older is written");
    assert_eq!(stage.site("standings.json").await, later.into_bytes());
}

/// The report for organizers, and the editions that it follows from.
async fn report(stage: &Stage) -> Option<(Vec<u8>, Value)> {
    let list = stage.object("officials", &format!("{CONTEST}/report.json")).await?;
    let list: Value = serde_json::from_slice(&list).expect("JSON");
    assert_eq!(list["schema"], "hoithi/documents/1");
    for file in list["files"].as_array().expect("a list") {
        let name = file["name"].as_str().expect("a name");
        let bytes = stage.object("officials", &format!("{CONTEST}/{name}")).await.expect("a document");
        assert_eq!(file["sha256"], contest::seal::sha256_hex(&bytes), "{name}");
    }
    let docx = stage.object("officials", &format!("{CONTEST}/report.docx")).await.expect("the report");
    Some((docx, list["follows"].clone()))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_report_comes_after_the_last_round_and_again_after_a_decision() {
    let (stage, people) = played().await;
    assert!(report(&stage).await.is_none(), "a round is still open");
    stage.clock_well(SECOND_PUBLISHES).await;
    let (first, follows) = report(&stage).await.expect("a report");
    let expected = |version| {
        let of = |round| json!({ "round": round, "version": version });
        json!([of(FIRST), of(SECOND), of("overall")])
    };
    assert_eq!(follows, expected(1));
    stage.world.sweep().await.expect("it looks again");
    assert!(report(&stage).await.expect("a report") == (first.clone(), follows));
    stage.decide(decision(1, "2026-03-16T09:00:00+07:00", &[disqualify(&people[0])])).await;
    for _ in 0..2 {
        stage.world.sweep().await.expect("editions are made");
    }
    let (second, follows) = report(&stage).await.expect("a report");
    assert_eq!(follows, expected(2));
    assert!(first != second, "it tells of fewer people");
    for name in ["ranking.csv", "ranking.xlsx", "units.xlsx", "winners.xlsx"] {
        let path = format!("{CONTEST}/overall/v1/{name}");
        assert!(stage.object("officials", &path).await.is_some(), "{name} over the contest");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_that_ranks_nothing_over_it_is_reported_on_too() {
    let (stage, people) = registered(&folder()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &FIRST_SHEETS).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &SECOND_SHEETS).await;
    assert!(report(&stage).await.is_none(), "a round is still open");
    stage.clock_well(SECOND_PUBLISHES).await;
    let (_, follows) = report(&stage).await.expect("a report");
    assert_eq!(follows, json!([{ "round": FIRST, "version": 1 }, { "round": SECOND, "version": 1 }]));
}

//! Totals, ranks and units of a round, worked out by hand.

use super::{folder, golden_round, play_all, pseudonyms, published, registered, table};
use serde_json::{Value, json};
use tests::{FIRST, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

async fn results(stage: &Stage) -> Value {
    stage.round(FIRST).json("v1/results.json").await
}

#[tokio::test]
async fn totals_tell_people_from_attempts_and_leave_out_who_is_not_ranked() {
    let (stage, _) = golden_round().await;
    let expected = json!({
        "registered": 8,
        "contestants": 5,
        "attempts": 6,
        "perfect_attempts": 4,
        "perfect_contestants": 3,
        "perfect_attempts_percent": "66.66",
    });
    assert_eq!(results(&stage).await["totals"], expected);
    assert_eq!(results(&stage).await["prediction"], json!({ "target": "contestants", "actual": 5 }));
}

#[tokio::test]
async fn equal_people_share_a_rank_and_the_next_ranks_are_left_out() {
    let (stage, people) = golden_round().await;
    let names = pseudonyms(&people).await;
    let rows = table(&stage, "v1/ranking.csv").await;
    let ranks: Vec<(&str, usize)> = rows
        .iter()
        .map(|row| (row[0].as_str(), names.iter().position(|name| *name == row[1]).expect("somebody") + 1))
        .collect();
    let mut first = [ranks[0], ranks[1]];
    first.sort_unstable();
    assert_eq!(first, [("1", 1), ("1", 2)]);
    assert_eq!(ranks[2..], [("3", 3), ("4", 4), ("5", 5)], "the sixth and the seventh are not ranked");
    assert!(rows[0][1] < rows[1][1], "of one rank, by public name");
}

#[tokio::test]
async fn the_best_attempt_counts_and_the_first_prediction() {
    let (stage, people) = golden_round().await;
    let names = pseudonyms(&people).await;
    let rows = table(&stage, "v1/ranking.csv").await;
    let first = rows.iter().find(|row| row[1] == names[0]).expect("the first person is ranked");
    // Score, perfect, prediction, distance, duration, submitted, attempt.
    let expected = ["100", "true", "5", "0", "60000", "2026-03-02T01:01:00.000Z", "1"];
    assert_eq!(first[3..], expected.map(str::to_owned));
    let without = rows.iter().find(|row| row[1] == names[3]).expect("the fourth person is ranked");
    assert_eq!(without[3..7], ["75", "false", "", ""].map(str::to_owned), "no prediction is infinitely far");
}

#[tokio::test]
async fn units_count_their_people_and_those_below_them() {
    let (stage, _) = golden_round().await;
    let rows = table(&stage, "v1/units.csv").await;
    // Three attempts each; two counted attempts of 175 points in all, three of 250.
    let expected = [
        ["1", "bac", "Phường Bắc", "ward", "10", "2", "3", "1", "87.50", "20.00", "Giải Nhất tập thể"],
        ["2", "nam", "Phường Nam", "ward", "20", "3", "3", "2", "83.33", "15.00", ""],
    ];
    assert_eq!(rows, expected.map(|row| row.map(str::to_owned).to_vec()));
}

#[tokio::test]
async fn only_perfect_people_are_ranked_where_the_plan_says_so() {
    let perfect = folder().with_plan("eligible = \"all\"", "eligible = \"perfect\"");
    let (stage, _) = published(&perfect, &[(1, 4, 60, Some(1)), (2, 3, 30, Some(2)), (3, 4, 90, Some(3))]).await;
    let rows = table(&stage, "v1/ranking.csv").await;
    assert_eq!(rows.len(), 2);
    assert!(rows.iter().all(|row| row[4] == "true"), "{rows:?}");
    assert_eq!(results(&stage).await["totals"]["contestants"], 3);
}

/// The first person plays three times; `expected` is the score and the number of the attempt that counts.
async fn check_counted(counted: &str, expected: [&str; 2]) {
    let folder = folder().with_plan("counted = \"best\"", &format!("counted = \"{counted}\""));
    let (stage, people) = registered(&folder).await;
    stage.clock_well(OPENS).await;
    let days = ["2026-03-03T08:00:00+07:00", "2026-03-04T08:00:00+07:00", "2026-03-05T08:00:00+07:00"];
    for (day, right) in days.iter().zip([2, 4, 3]) {
        play_all(&people, FIRST, day, &[(1, right, 60, None)]).await;
    }
    stage.clock_well(PUBLISHES).await;
    let rows = table(&stage, "v1/ranking.csv").await;
    assert_eq!([rows[0][3].as_str(), rows[0][9].as_str()], expected, "{counted}");
    let totals = results(&stage).await["totals"].clone();
    assert_eq!((&totals["attempts"], &totals["perfect_attempts"]), (&json!(3), &json!(1)));
    assert_eq!(totals["perfect_contestants"], if counted == "best" { 1 } else { 0 });
}

#[tokio::test]
async fn the_best_the_first_or_the_last_attempt_counts() {
    check_counted("best", ["100", "2"]).await;
    check_counted("first", ["50", "1"]).await;
    check_counted("last", ["75", "3"]).await;
}

#[tokio::test]
async fn a_sheet_that_leaves_a_question_open_counts_in_nothing_where_all_must_be_answered() {
    let folder = folder().with_plan("per_round = 3", "per_round = 3\ncomplete = \"required\"");
    let (stage, people) = registered(&folder).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, "2026-03-03T08:00:00+07:00", &[(1, 4, 60, Some(1)), (2, 3, 60, Some(2))]).await;
    let mut receipts = Vec::new();
    for person in [&people[2], &people[0]] {
        let person = person.at("2026-03-04T08:00:00+07:00");
        let number = person.start(FIRST).await.expect(201)["attempt"].as_u64().expect("a number");
        let sheet = json!({ "answers": {}, "prediction": 9 });
        let accepted = person.submit(FIRST, number, &sheet).await.expect(200);
        receipts.push(accepted["receipt"].as_str().expect("a receipt").to_owned());
    }
    stage.clock_well(PUBLISHES).await;
    let totals = results(&stage).await["totals"].clone();
    assert_eq!((&totals["contestants"], &totals["attempts"]), (&json!(2), &json!(2)), "{totals}");
    assert_eq!(table(&stage, "v1/ranking.csv").await.len(), 2);
    assert_eq!(stage.round(FIRST).ledger().await.len(), 4);
    assert_eq!(stage.round(FIRST).verified(&receipts).await, Ok(1));
}

#[tokio::test]
async fn scores_that_are_not_whole_are_cut_to_two_decimals() {
    let thirds = folder().with_plan("questions = 4", "questions = 3");
    let (stage, _) = published(&thirds, &[(1, 2, 60, None), (2, 1, 60, None)]).await;
    let rows = table(&stage, "v1/ranking.csv").await;
    assert_eq!([rows[0][3].as_str(), rows[1][3].as_str()], ["66.66", "33.33"]);
}

#[tokio::test]
async fn the_next_round_counts_its_own_attempts() {
    let (stage, people) = golden_round().await;
    play_all(&people, SECOND, SECOND_OPENS, &[(7, 4, 60, Some(1))]).await;
    let first = stage.objects("site").await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let totals = stage.round(SECOND).json("v1/results.json").await["totals"].clone();
    assert_eq!((&totals["attempts"], &totals["contestants"], &totals["registered"]), (&json!(1), &json!(1), &json!(8)));
    let after = stage.objects("site").await;
    for (path, bytes) in first.iter().filter(|(path, _)| path.contains("/vong-1/")) {
        assert!(after.get(path) == Some(bytes), "{path} of the first round changed");
    }
}

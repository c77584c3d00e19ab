//! A round with rules of its own for its attempts (`rounds.attempt`): from the start to what is published of both rounds.

use super::editions::verified_by_all;
use super::over_contest::over_contest;
use super::{Sheet, play_all, registered};
use serde_json::{Value, json};
use tests::{
    Contestant, FIRST, Folder, OPENS, PUBLISHES, Play, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage, instant,
};

/// Minutes of an attempt of the second round; no grace follows.
const MINUTES: i64 = 5;

/// The second round asks three questions of a bank, once, for half the points.
fn own_attempts() -> Folder {
    let own =
        format!("attempt = {{ questions = 3, points = 50, minutes = {MINUTES}, grace_seconds = 0, per_round = 1 }}");
    over_contest().with_plan("bank = \"bank-2.csv\"", &format!("bank = \"bank-2.csv\"\n{own}"))
}

/// By person: in the first round of four questions, in the second of three.
const FIRST_SHEETS: [Sheet; 3] = [(1, 4, 60, Some(3)), (2, 3, 70, Some(3)), (3, 2, 80, None)];
const SECOND_SHEETS: [Sheet; 2] = [(1, 1, 60, Some(2)), (2, 3, 90, Some(2))];

async fn second_opened() -> (Stage, Vec<Contestant>) {
    let (stage, people) = registered(&own_attempts()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &FIRST_SHEETS).await;
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_OPENS).await;
    (stage, people)
}

fn questions(started: &Value) -> usize {
    started["paper"]["questions"].as_array().expect("a list").len()
}

/// What everyone reads of the rules of a round's attempts.
fn attempt_of<'a>(contest: &'a Value, round: &str) -> &'a Value {
    let rounds = contest["rounds"].as_array().expect("a list");
    &rounds.iter().find(|line| line["id"] == round).expect("it is listed")["attempt"]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attempt_is_what_its_round_says() {
    let (stage, people) = second_opened().await;
    let contestant = people[3].at(SECOND_OPENS);
    let left = |me: &Value| [me["rounds"][0]["attempts_left"].clone(), me["rounds"][1]["attempts_left"].clone()];
    assert_eq!(left(&contestant.me().await), [json!(3), json!(1)]);
    let started = contestant.start(SECOND).await.expect(201);
    assert_eq!((questions(&started), &started["ends_at"]), (3, &json!("2026-03-09T01:05:00.000Z")));
    let at = |millis: i64| contestant.at(instant(SECOND_OPENS).plus_millis(millis));
    assert_eq!(at(1_000).status(SECOND, 1).await.expect(200)["ends_at"], started["ends_at"]);
    let sheet = json!({ "answers": {}, "prediction": null });
    let end = MINUTES * 60_000;
    at(end).submit(SECOND, 1, &sheet).await.refused(403, "attempt_expired");
    at(end).start(SECOND).await.refused(409, "attempts_used_up");
    assert_eq!(left(&at(end).me().await), [json!(3), json!(0)]);
    // Another one hands in a millisecond earlier.
    people[4].at(SECOND_OPENS).start(SECOND).await.expect(201);
    let last = people[4].at(instant(SECOND_OPENS).plus_millis(end - 1));
    assert_eq!(last.submit(SECOND, 1, &sheet).await.expect(200)["duration_ms"], end - 1);
    let contest = stage.contest_json().await;
    assert_eq!(contest["attempt"]["questions"], 4);
    assert_eq!(attempt_of(&contest, FIRST), &Value::Null, "as all others");
    let own = attempt_of(&contest, SECOND);
    let told = ["questions", "points", "minutes", "grace_seconds", "per_round", "counted"].map(|key| own[key].clone());
    assert_eq!(told, [json!(3), json!(50), json!(MINUTES), json!(0), json!(1), json!("best")], "whole");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_is_scored_by_its_own_points_and_weighs_no_less_over_the_contest() {
    let (stage, people) = second_opened().await;
    play_all(&people, SECOND, SECOND_OPENS, &SECOND_SHEETS).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let ranking = String::from_utf8(stage.round(SECOND).file("v1/ranking.csv").await).expect("UTF-8");
    let scores: Vec<&str> = ranking.lines().skip(1).filter_map(|line| line.split(',').nth(3)).collect();
    assert_eq!(scores, ["50", "16.66"]);
    let standings: Value = serde_json::from_slice(&stage.site("standings.json").await).expect("JSON");
    let lines = standings["overall"].as_array().expect("a list");
    let told: Vec<&Value> = lines.iter().map(|line| &line["score"]).collect();
    // Three quarters and all; all and a third; a half.
    assert_eq!(told, [&json!("1.75"), &json!("1.33"), &json!("0.50")]);
    // Nam has 75, 50 and 100 of 100, Bắc 100 and 33⅓: whatever the points of a round are.
    let units = standings["collective"][0]["units"].as_array().expect("a list");
    let means: Vec<&Value> =
        units.iter().filter(|unit| unit["contestants"] != 0).map(|unit| &unit["mean_score"]).collect();
    assert_eq!(means, [&json!("75.00"), &json!("66.66")]);
    verified_by_all(&stage, &[FIRST, SECOND]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_hides_its_key_alone_and_then_nothing_over_the_contest_is_recomputed() {
    let hidden = own_attempts().with_plan("per_round = 1 }", "per_round = 1, reveal_key = \"never\" }");
    let (stage, people) = registered(&hidden).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &FIRST_SHEETS).await;
    stage.clock_well(PUBLISHES).await;
    let key = |round: &'static str| format!("contests/{}/rounds/{round}/v1/key.json", tests::CONTEST);
    assert!(stage.object("site", &key(FIRST)).await.is_some());
    stage.clock_well(SECOND_OPENS).await;
    let play = Play { round: SECOND, started_at: SECOND_OPENS, seconds: 60, right: 2, prediction: None };
    people[0].play(play).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    assert!(stage.round(SECOND).is_published().await);
    assert!(stage.object("site", &key(SECOND)).await.is_none());
    verified_by_all(&stage, &[FIRST, SECOND]).await;
}

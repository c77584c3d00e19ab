//! Ties at a prize over the contest: they wait for the organizers or for a draw, and end like those of a round.

use super::editions::{decision, verified_by_all};
use super::over_contest::over_contest;
use super::{Sheet, play_all, registered};
use close_round::Previewed;
use contest::decision::Action;
use contest::ids::{ContestId, ContestantId, RoundId};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{CONTEST, Contestant, FIRST, OPENS, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage};

/// An and Bình win the first round, Cường the second; Dung and Đức are equal in everything.
const FIRST_SHEETS: [Sheet; 4] = [(1, 4, 60, Some(5)), (2, 4, 70, Some(5)), (4, 3, 60, None), (5, 3, 60, None)];
const SECOND_SHEETS: [Sheet; 1] = [(3, 4, 90, None)];

async fn published(unbroken_tie: &str) -> (Stage, Vec<Contestant>) {
    let policy = format!("unbroken_tie = \"{unbroken_tie}\"");
    let (stage, people) = registered(&over_contest().with_plan("unbroken_tie = \"extra_prize\"", &policy)).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &FIRST_SHEETS).await;
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &SECOND_SHEETS).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    (stage, people)
}

async fn json_of(stage: &Stage, path: &str) -> Value {
    serde_json::from_slice(&stage.site(path).await).expect("JSON")
}

/// Names of those who win over the contest in a version.
async fn winners(stage: &Stage, version: u32) -> Vec<String> {
    let results = json_of(stage, &format!("overall/v{version}/results.json")).await;
    let winners = results["winners"].as_array().expect("a list").iter();
    winners.map(|winner| winner["full_name"].as_str().expect("a name").to_owned()).collect()
}

/// Version, status and newest reason of the results over the contest.
async fn live(stage: &Stage) -> Value {
    let pointer = json_of(stage, "overall/index.json").await;
    let newest = pointer["history"].as_array().and_then(|history| history.last()).expect("a version").clone();
    json!([pointer["version"], pointer["status"], newest["reason"]])
}

/// Who is shown with a prize in the standings.
async fn shown(stage: &Stage) -> Vec<Value> {
    let standings = json_of(stage, "standings.json").await;
    let lines = standings["overall"].as_array().expect("a list");
    lines.iter().filter(|line| !line["prize"].is_null()).map(|line| line["full_name"].clone()).collect()
}

async fn sweep(stage: &Stage) {
    for _ in 0..2 {
        stage.world.sweep().await.expect("nothing fails");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_over_the_contest_waits_for_the_organizers_and_their_decisions_are_versions() {
    let (stage, people) = published("organizers").await;
    assert_eq!(live(&stage).await, json!([1, "provisional", null]));
    assert_eq!(winners(&stage, 1).await, [""; 0]);
    let mut table = "Mã dự thi;Vòng;Xử lý;Thứ tự;Lý do;Quyết định;Ngày\n".to_owned();
    let mut decide = async |rows: &str| {
        table.push_str(rows);
        stage.accept("adjudications.csv", table.clone()).await;
        sweep(&stage).await;
    };
    let (dung, duc) = (&people[3].code, &people[4].code);
    decide(&format!(
        "{duc};Toàn cuộc thi;order;1;Thi đủ các vòng;1/QĐ-BTC;17/03/2026\n\
         {dung};overall;order;2;Thi đủ các vòng;1/QĐ-BTC;17/03/2026\n"
    ))
    .await;
    assert_eq!(live(&stage).await, json!([2, "provisional", "Thi đủ các vòng"]));
    assert_eq!(winners(&stage, 2).await, ["Hoàng Văn Đức"]);
    assert_eq!(shown(&stage).await, ["Hoàng Văn Đức"]);
    verified_by_all(&stage, &[FIRST, SECOND]).await;

    decide(&format!("{duc};overall;forfeit;;Không xác nhận trong thời hạn;2/QĐ-BTC;18/03/2026\n")).await;
    assert_eq!(live(&stage).await, json!([3, "provisional", "Không xác nhận trong thời hạn"]));
    assert_eq!(winners(&stage, 3).await, shown(&stage).await);
    assert_ne!(winners(&stage, 3).await, winners(&stage, 2).await);
    let decisions = json_of(&stage, "overall/v3/decisions.json").await;
    assert_eq!((&decisions["round"], decisions["decisions"].as_array().map(Vec::len)), (&json!("overall"), Some(2)));

    // One number and day for the rounds and the contest: a version of each round, then those over the contest.
    let recognized = [FIRST, SECOND, "overall"].map(|of| format!(";{of};recognize;;Công nhận;3/QĐ-BTC;20/03/2026\n"));
    decide(&recognized.concat()).await;
    assert_eq!(live(&stage).await, json!([5, "official", "Công nhận"]));
    verified_by_all(&stage, &[FIRST, SECOND]).await;
    let before = stage.objects("site").await;
    sweep(&stage).await;
    assert!(before == stage.objects("site").await, "nothing is due any more");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tie_over_the_contest_is_drawn_by_the_lots_of_the_last_round() {
    let (stage, _) = published("lot").await;
    sweep(&stage).await;
    let reason = documents::words::DRAW_REASON;
    assert_eq!(live(&stage).await, json!([2, "provisional", reason]));
    let lucky = winners(&stage, 2).await;
    assert!(lucky == shown(&stage).await && lucky.len() == 1, "{lucky:?}");
    assert_eq!(json_of(&stage, "overall/v2/lots.json").await["round"], SECOND);
    assert_eq!(stage.round(SECOND).versions().await, 1, "its own prizes need no draw");
    verified_by_all(&stage, &[FIRST, SECOND]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_shows_prizes_over_the_contest_too() {
    let (stage, people) = published("organizers").await;
    let code = |of: usize| ContestantId::parse(&people[of].code).expect("a code");
    let mut order = decision(1, "2026-03-17T09:00:00+07:00", &[Action::Order(code(4), 1), Action::Order(code(3), 2)]);
    order.changes.iter_mut().for_each(|change| change.round = RoundId::overall());
    let contest = ContestId::parse(CONTEST).expect("an id");
    let app = &stage.world.functions.close_round;
    let tried = app.preview(&contest, vec![order.clone()]).await.expect("it is tried");
    let [over] = tried.as_slice() else { panic!("{} versions", tried.len()) };
    assert!(over.round.is_overall());
    // Who gains the prize, and the other one whom it is about.
    let names: BTreeSet<&str> = over.names.values().map(String::as_str).collect();
    assert_eq!((over.newest, over.then, names), (1, 2, BTreeSet::from(["Hoàng Văn Đức", "Lê Thị Dung"])));
    stage.decide(order).await;
    sweep(&stage).await;
    assert_eq!(unnamed(json_of(&stage, "overall/v2/results.json").await), results_of(over));

    // Who is disqualified in a round loses what follows over the contest.
    let struck = decision(2, "2026-03-18T09:00:00+07:00", &[Action::Disqualify(code(4), None)]);
    let tried = app.preview(&contest, vec![struck.clone()]).await.expect("it is tried");
    let [first, over] = tried.as_slice() else { panic!("{} versions", tried.len()) };
    assert_eq!((first.round.as_str(), over.newest, over.then), (FIRST, 2, 3));
    stage.decide(struck).await;
    sweep(&stage).await;
    assert_eq!(winners(&stage, 3).await, ["Lê Thị Dung"]);
    assert_eq!(unnamed(json_of(&stage, "overall/v3/results.json").await), results_of(over));
}

fn results_of(previewed: &Previewed) -> Value {
    serde_json::from_slice(&previewed.results).expect("JSON")
}

fn unnamed(mut results: Value) -> Value {
    for winner in results["winners"].as_array_mut().expect("a list") {
        winner["full_name"] = Value::Null;
    }
    results
}

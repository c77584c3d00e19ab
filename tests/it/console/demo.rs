//! The demo: whoever opens the console in it finds a contest in each state.

use http::Method;
use local::commands::demo::{self, CLOSED_ID, COMING_ID, OFFICIAL_ID, OPEN_ID};
use local::world::WorldOptions;
use local::world::upload::ContestFolder;
use organizer_api::DemoPerson;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use tests::{Door, Stage, instant};

/// When it is opened.
const OPENED: &str = "2026-03-04T10:00:00+07:00";

/// Of the samples, the one whose results are recognized: the others are played alike.
async fn prepared() -> Stage {
    let until = instant(OPENED);
    let folders: Vec<ContestFolder> =
        ContestFolder::samples().expect("samples").into_iter().filter(|folder| folder.id == OFFICIAL_ID).collect();
    let begins = demo::begins(&folders, until).expect("a plan");
    let stage = Stage::of(WorldOptions { is_demo: true, ..WorldOptions::default() }, begins).await;
    demo::play(&stage.world, folders, until).await.expect("it is played");
    stage
}

async fn session(stage: &Stage, person: DemoPerson) -> Door {
    let opened = stage.world.functions.open_demo(person, instant(OPENED)).await.expect("a session");
    stage.door.at(OPENED).with_session(Some(&opened.session))
}

async fn get(who: &Door, path: &str) -> Value {
    who.call(Method::GET, &format!("/v1/organizer/{path}"), None).await.expect(200)
}

fn all<'a>(list: &'a Value, name: &str) -> Vec<&'a Value> {
    list.as_array().expect("a list").iter().map(|of| &of[name]).collect()
}

#[tokio::test]
async fn whoever_opens_the_demo_finds_a_contest_in_each_state() {
    let stage = prepared().await;
    let (lead, second) = (session(&stage, DemoPerson::Lead).await, session(&stage, DemoPerson::Second).await);
    let listed = get(&lead, "contests").await;
    let phases: BTreeMap<&str, &str> = listed["contests"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|of| (of["id"].as_str().expect("an id"), of["phase"].as_str().expect("a word")))
        .collect();
    let expected = [(CLOSED_ID, "closed"), (COMING_ID, "ahead"), (OFFICIAL_ID, "published"), (OPEN_ID, "open")].into();
    assert_eq!(phases, expected);

    // Before the opening: something is left to do.
    let coming = get(&lead, &format!("contests/{COMING_ID}")).await;
    let checks = coming["checklist"].as_array().expect("a list");
    let unmet: Vec<&str> =
        checks.iter().filter(|of| of["is_met"] == false).map(|of| of["code"].as_str().expect("a word")).collect();
    assert!(unmet.contains(&"bank") && unmet.contains(&"excluded"), "{checks:#?}");
    let banks = checks.iter().filter(|of| of["code"] == "bank" && of["is_met"] == true).count();
    assert_eq!(banks, 3, "{checks:#?}");

    open_with_figures(&lead).await;
    closed_with_a_proposal(&stage, &lead, &second).await;
    official(&lead).await;
}

async fn open_with_figures(lead: &Door) {
    let figures = get(lead, &format!("contests/{OPEN_ID}/rounds/tuan-1/watch")).await;
    assert_eq!((&figures["contestants"], &figures["attempts"]), (&json!(20), &json!(30)), "{figures:#}");
    assert!(figures["why_old"].is_null(), "{figures:#}");
    let sum = |list: &str, of: &str| -> u64 { all(&figures[list], of).iter().filter_map(|n| n.as_u64()).sum() };
    assert_eq!(sum("hours", "attempts"), 30, "{figures:#}");
    assert!(figures["hours"].as_array().expect("a list").len() >= 4, "the round has been open for hours: {figures:#}");
    assert!(all(&figures["units"], "contestants").iter().filter(|n| n.as_u64() > Some(0)).count() > 5, "{figures:#}");
}

/// The other lead has proposed; whoever opens the demo approves it, and no result is public yet.
async fn closed_with_a_proposal(stage: &Stage, lead: &Door, second: &Door) {
    let round = format!("contests/{CLOSED_ID}/rounds/tuan-1");
    let review = get(lead, &format!("{round}/review")).await;
    let fast = review["lines"].as_array().expect("a list").iter().find(|line| line["kind"] == "under_floor");
    assert_eq!(fast.expect("somebody was faster than announced")["wins"], true, "{review:#}");
    let results = get(lead, &format!("{round}/results")).await;
    assert_eq!((&results["is_published"], &results["edition"]), (&json!(false), &json!(1)), "{results:#}");

    let waiting = get(lead, &format!("contests/{CLOSED_ID}")).await["proposals"].clone();
    assert_eq!(all(&waiting, "waits_for"), [&json!("you")], "{waiting:#}");
    let path = format!("contests/{CLOSED_ID}/proposals/{}", waiting[0]["id"].as_str().expect("an id"));
    let shown = get(lead, &path).await;
    assert!(!shown["preview"]["prizes"].as_array().expect("a list").is_empty(), "a prize passes on: {shown:#}");
    let approval = json!({ "preview_sha256": shown["preview"]["sha256"] });
    let approve = format!("/v1/organizer/{path}/approve");
    second.call(Method::POST, &approve, Some(&approval)).await.refused(403, "own_proposal");
    lead.call(Method::POST, &approve, Some(&approval)).await.expect(200);
    stage.world.sweep().await.expect("another version is made");
    assert_eq!(get(lead, &path).await["applied"]["differs"], json!([]));
}

async fn official(lead: &Door) {
    let documents = get(lead, &format!("contests/{OFFICIAL_ID}/documents")).await;
    let newest: Vec<(&str, &Value, &Value)> = documents["versions"]
        .as_array()
        .expect("a list")
        .iter()
        .filter(|of| of["is_newest"] == true)
        .map(|of| (of["round"].as_str().expect("a round"), &of["version"], &of["status"]))
        .filter(|(round, ..)| *round != "contest")
        .collect();
    let two = json!(2);
    let official = json!("official");
    for round in ["tuan-1", "tuan-2", "overall"] {
        assert!(newest.contains(&(round, &two, &official)), "{round}: {newest:#?}");
    }
    let proposals = get(lead, &format!("contests/{OFFICIAL_ID}/proposals")).await["proposals"].clone();
    assert_eq!(all(&proposals, "status"), [&json!("applied")], "{proposals:#}");
    assert_ne!(proposals[0]["proposed_by"], proposals[0]["decided_by"], "{proposals:#}");
    let files = documents["versions"].as_array().expect("a list").iter().filter(|of| of["status"] == "official");
    assert!(files.clone().count() == 3 && files.clone().all(|of| !of["files"].as_array().expect("a list").is_empty()));
}

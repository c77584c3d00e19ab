//! Later editions: what is decided after closing is scored from the kept rows, published and verified.

use super::{folder, play_all, registered};
use crate::verifying::{accept, run};
use contest::bank::OptionSet;
use contest::decision::{Action, Change, Decision};
use contest::edition::Status;
use contest::ids::{ContestId, ContestantId, QuestionId, RoundId};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{CONTEST, Contestant, FIRST, OPENS, PUBLISHES, SECOND, SECOND_OPENS, SECOND_PUBLISHES, Stage, instant};

/// The first two win; the third would, without them.
const SHEETS: [super::Sheet; 4] = [(1, 4, 60, Some(4)), (2, 4, 70, Some(4)), (3, 4, 80, Some(4)), (4, 2, 60, None)];

fn round(id: &str) -> RoundId {
    RoundId::parse(id).expect("an id")
}

/// A decision about the first round that was taken at an instant.
pub(super) fn decision(number: u32, at: &str, actions: &[Action]) -> Decision {
    let reason = format!("Theo Quyết định số {number}/QĐ-BTC");
    let change = |action: &Action| Change { round: round(FIRST), action: action.clone(), reason: reason.clone() };
    let number = Some(format!("{number}/QĐ-BTC"));
    Decision { number, decided_on: None, at: instant(at), changes: actions.iter().map(change).collect() }
}

pub(super) fn disqualify(contestant: &Contestant) -> Action {
    Action::Disqualify(ContestantId::parse(&contestant.code).expect("a code"), None)
}

async fn pointer(stage: &Stage) -> Value {
    stage.round(FIRST).json("index.json").await
}

/// Names of the winners of a version of the first round.
pub(super) async fn winners(stage: &Stage, version: usize) -> Vec<String> {
    stage.round(FIRST).winners(version).await.into_iter().map(|(_, name)| name).collect()
}

/// Everything published, in a folder that the three verifiers read; each of them accepts every round of it.
pub(super) async fn verified_by_all(stage: &Stage, rounds: &'static [&'static str]) {
    let site = tempfile::tempdir().expect("a folder");
    for (path, bytes) in stage.objects("site").await {
        let path = site.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder is made");
        std::fs::write(path, bytes).expect("a file is written");
    }
    let check = move || {
        let path = site.path().to_str().expect("Unicode");
        assert_eq!(local::commands::verify::verify_quietly(path, None), Ok(rounds.len()));
        for round in rounds {
            for (program, script) in [("python3", "verify.py"), ("node", "verify.mjs")] {
                accept(&run(program, script, &[path, CONTEST, round]));
            }
        }
        for (program, script) in [("python3", "verify.py"), ("node", "verify.mjs")] {
            accept(&run(program, script, &[path, CONTEST]));
        }
    };
    tokio::task::spawn_blocking(check).await.expect("the verifiers end");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_disqualifies_a_winner_and_every_edition_after_it_is_verified() {
    let (stage, people) = registered(&folder()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &SHEETS).await;
    stage.clock_well(PUBLISHES).await;
    assert_eq!(winners(&stage, 1).await, ["Nguyễn Văn An", "Trần Thị Bình"]);

    stage.decide(decision(1, "2026-03-10T09:00:00+07:00", &[disqualify(&people[0])])).await;
    stage.decide(decision(2, "2026-03-11T09:00:00+07:00", &[Action::Recognize])).await;
    stage.world.sweep().await.expect("two editions are made");
    let live = pointer(&stage).await;
    assert_eq!((&live["version"], &live["status"]), (&json!(3), &json!("official")));
    let reasons: Vec<&Value> =
        live["history"].as_array().expect("a list").iter().map(|entry| &entry["reason"]).collect();
    let expected = [json!(null), json!("Theo Quyết định số 1/QĐ-BTC"), json!("Theo Quyết định số 2/QĐ-BTC")];
    assert_eq!(reasons, expected.iter().collect::<Vec<_>>());
    assert_eq!(winners(&stage, 2).await, ["Trần Thị Bình", "Phạm Văn Cường"]);
    assert_eq!(winners(&stage, 3).await, winners(&stage, 2).await);
    let status = |version: u32| {
        let path = format!("v{version}/results.json");
        async { stage.round(FIRST).json(&{ path }).await["status"].clone() }
    };
    assert_eq!((status(2).await, status(3).await), (json!("provisional"), json!("official")));
    verified_by_all(&stage, &[FIRST]).await;

    // Another right option of a question that everybody had: nobody is perfect any more, nor official.
    let key = stage.round(FIRST).json("v1/key.json").await;
    let (question, right) = key["key"].as_object().expect("a key").iter().next().expect("a question");
    let other = if right[0] == "a" { "b" } else { "a" };
    let question = QuestionId::parse(question).expect("an id");
    let rekey = Action::Rekey(question.clone(), OptionSet::of_letters([other]).expect("a letter"));
    stage.decide(decision(3, "2026-03-12T09:00:00+07:00", &[rekey])).await;
    stage.world.sweep().await.expect("an edition is made");
    let rekeyed = stage.round(FIRST).json("v4/key.json").await;
    assert_eq!((&rekeyed["key"], &rekeyed["rekeyed"]), (&key["key"], &json!({ question.as_str(): [other] })));
    assert_eq!(pointer(&stage).await["status"], "provisional");
    verified_by_all(&stage, &[FIRST]).await;

    // The next round passes over anyone who wins now, and says by which edition.
    stage.clock_well(SECOND_OPENS).await;
    play_all(&people, SECOND, SECOND_OPENS, &SHEETS).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    let manifest = stage.round(SECOND).json("v1/manifest.json").await;
    assert_eq!(manifest["follows"], json!([{ "round": FIRST, "version": 4 }]));
    verified_by_all(&stage, &[FIRST, SECOND]).await;
}

#[tokio::test]
async fn a_preview_tells_who_would_win_and_writes_nothing() {
    let (stage, people) = super::published(&folder(), &SHEETS).await;
    let everything = async || (stage.in_force().await, stage.objects("officials").await, stage.tables().await);
    let before = everything().await;
    let decided = decision(1, "2026-03-10T09:00:00+07:00", &[disqualify(&people[0])]);
    let contest = ContestId::parse(CONTEST).expect("an id");
    let app = &stage.world.functions.close_round;
    let previewed = app.preview(&contest, vec![decided.clone()]).await.expect("it is tried");
    let [tried] = previewed.as_slice() else { panic!("{} rounds", previewed.len()) };
    assert_eq!((tried.newest, tried.then, tried.status), (1, 2, Status::Provisional));
    assert!(everything().await == before, "a preview writes nothing");
    let results: Value = serde_json::from_slice(&tried.results).expect("JSON");
    let names: Vec<&str> = tried.names.values().map(String::as_str).collect::<BTreeSet<_>>().into_iter().collect();
    let expected = ["Lê Thị Dung", "Nguyễn Văn An", "Phạm Văn Cường", "Trần Thị Bình"];
    assert_eq!(names, expected, "who loses, who gains, and whose rank alone moves");
    let code = |name: &str| tried.names.iter().find(|(_, of)| *of == name).map(|(public, _)| public.as_str());
    let moved = |name: &str| tried.moved.iter().find(|of| Some(of.pseudonym.as_str()) == code(name)).expect("it moves");
    assert_eq!((tried.moved.len(), moved("Nguyễn Văn An").after), (4, None));
    assert!(expected.iter().all(|name| moved(name).before.is_some()));
    // Taken, it comes to what was shown.
    stage.decide(decided).await;
    stage.world.sweep().await.expect("an edition is made");
    let mut published = stage.round(FIRST).json("v2/results.json").await;
    for winner in published["winners"].as_array_mut().expect("a list") {
        winner["full_name"] = json!(null);
    }
    assert_eq!(published, results);
    assert_eq!(winners(&stage, 2).await, ["Trần Thị Bình", "Phạm Văn Cường"]);
    // Nothing can be tried on a round that is not ranked.
    let mut about_the_second = decision(2, PUBLISHES, &[Action::Recognize]);
    about_the_second.changes[0].round = round(SECOND);
    let fault = app.preview(&contest, vec![about_the_second]).await;
    assert!(format!("{:#}", fault.expect_err("nothing is ranked")).contains("chưa có kết quả"));
}

#[tokio::test]
async fn an_edition_that_was_cut_short_is_made_and_published_once() {
    let (stage, people) = super::published(&folder(), &SHEETS).await;
    stage.decide(decision(1, "2026-03-10T09:00:00+07:00", &[disqualify(&people[0])])).await;
    stage.world.sweep().await.expect("an edition is made");
    let before = stage.objects("site").await;
    for phase in ["FROZEN", "RANKED"] {
        stage.round(FIRST).set_phase(phase).await;
        stage.world.sweep().await.expect("everything is made again");
        assert!(before == stage.objects("site").await, "from {phase}");
    }
    stage.world.sweep().await.expect("nothing fails");
    assert!(before == stage.objects("site").await, "nothing is left to do");
}

#[tokio::test]
async fn what_an_older_program_published_stays_as_it_is() {
    let (stage, _) = super::published(&folder(), &SHEETS).await;
    let before = stage.objects("site").await;
    // Its records know no editions.
    stage.round(FIRST).set_phase("PUBLISHED").await;
    stage.world.sweep().await.expect("nothing is left to do");
    assert!(before == stage.objects("site").await);
}

#[tokio::test]
async fn with_at_closing_predictions_stay_measured_by_the_first_edition() {
    let at_closing = folder().with_plan("actual = \"at_publication\"", "actual = \"at_closing\"");
    for (folder, expected) in [(folder(), 3), (at_closing, 4)] {
        let (stage, people) = super::published(&folder, &SHEETS).await;
        stage.decide(decision(1, "2026-03-10T09:00:00+07:00", &[disqualify(&people[0])])).await;
        stage.world.sweep().await.expect("an edition is made");
        let actual = async |version: u32| {
            let results = stage.round(FIRST).json(&format!("v{version}/results.json")).await;
            results["prediction"]["actual"].clone()
        };
        assert_eq!((actual(1).await, actual(2).await), (json!(4), json!(expected)));
    }
}

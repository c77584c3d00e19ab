//! What came out of a round, as organizers see it: who wins before it is published, whom to look at, how questions were
//! answered.

use super::entries;
use super::log::actions;
use crate::publishing::{folder, golden_round_played};
use contest::time::Timestamp;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::{CANARY, CLOSES, Contestant, FIRST, Folder, OPENS, PUBLISHES, Play, Staff, Stage, instant, person};

const ROUND: &str = "contests/thi-thu/rounds/vong-1";

fn after(text: &str, minutes: i64) -> Timestamp {
    instant(text).plus_millis(minutes * 60_000)
}

async fn organizer_of(stage: &Stage, at: Timestamp) -> Staff {
    stage.staff(&format!("hai-{}", at.millis()), "organizer", "thi-thu", at).await
}

async fn get(who: &Staff, what: &str) -> Value {
    who.get(&format!("{ROUND}/{what}")).await.expect(200)
}

/// A member of each object of a list.
fn texts<'a>(list: &'a Value, name: &str) -> BTreeSet<&'a str> {
    list.as_array().expect("a list").iter().map(|of| of[name].as_str().expect("a text")).collect()
}

/// Members of an object but for these.
fn without(value: &Value, names: &[&str]) -> Value {
    let mut object = value.as_object().expect("an object").clone();
    object.retain(|name, _| !names.contains(&name.as_str()));
    Value::Object(object)
}

#[tokio::test]
async fn winners_are_seen_from_the_ranking_on_as_they_will_be_published() {
    let (stage, people) = golden_round_played().await;
    let early = organizer_of(&stage, after(CLOSES, -1)).await;
    early.get(&format!("{ROUND}/results")).await.refused(409, "round_not_ranked");
    early.get(&format!("{ROUND}/review")).await.refused(409, "round_not_ranked");
    stage.clock_well(CLOSES).await;
    let organizer = organizer_of(&stage, after(CLOSES, 2)).await;
    let seen = get(&organizer, "results").await;
    assert_eq!(
        [&seen["edition"], &seen["is_published"], &seen["status"]],
        [&json!(1), &json!(false), &json!("provisional")]
    );
    assert!(!stage.round(FIRST).is_published().await, "nobody else sees it");
    let winners = seen["results"]["winners"].as_array().expect("a list").clone();
    let named: Vec<[&Value; 2]> = winners.iter().map(|winner| [&winner["code"], &winner["full_name"]]).collect();
    let of = |code: &str, name: &str| [json!(code), json!(name)];
    let expected = [of("A-001", "Nguyễn Văn An"), of("A-002", "Trần Thị Bình")];
    for [code, name] in &expected {
        assert!(named.contains(&[code, name]), "{named:?}");
    }
    assert_eq!(seen["ties"].as_array().map(Vec::len), Some(1), "{seen}");
    let tied = texts(&seen["ties"][0]["people"], "code");
    assert_eq!((&seen["ties"][0]["rank"], tied), (&json!(1), ["A-001", "A-002"].into()));
    let warned: Vec<&Value> = seen["warnings"].as_array().expect("a list").iter().map(|w| &w["code"]).collect();
    assert_eq!(warned, ["above_planned_sum"], "two have the first prize");
    assert!(seen["warnings"][0]["text"].as_str().is_some_and(|text| text.contains("1.500.000 đồng")), "{seen}");
    stage.clock_well(PUBLISHES).await;
    let published = stage.round(FIRST).json("v1/results.json").await;
    let later = organizer_of(&stage, after(PUBLISHES, 2)).await;
    let again = get(&later, "results").await;
    assert_eq!(again["is_published"], true);
    let as_published: Vec<Value> = winners.iter().map(|winner| without(winner, &["code"])).collect();
    assert_eq!(Value::from(as_published), published["winners"]);
    assert_eq!(without(&again["results"], &["winners"]), without(&published, &["winners"]));
    assert!(!people.is_empty() && !again.to_string().contains(CANARY));
}

#[tokio::test]
async fn a_look_at_results_stands_in_the_log_and_is_for_those_who_may() {
    let (stage, _) = golden_round_played().await;
    stage.clock_well(CLOSES).await;
    let at = after(CLOSES, 2);
    let organizer = organizer_of(&stage, at).await;
    get(&organizer, "results").await;
    get(&organizer, "review").await;
    get(&organizer, "items").await;
    let auditor = stage.staff("giam", "auditor", "thi-thu", at).await;
    auditor.get(&format!("{ROUND}/results")).await.refused(403, "not_your_role");
    get(&auditor, "review").await;
    let log = entries(&auditor, "contests/thi-thu/audit/1").await;
    assert_eq!(actions(&log), ["preview_results", "see_review", "see_review"]);
    assert_eq!(log[0]["subject"], "vong-1/v1");
    for role in ["author", "it", "official"] {
        let other = stage.staff(&format!("staff-{role}"), role, "thi-thu", at).await;
        for what in ["results", "review", "review/1", "items"] {
            other.get(&format!("{ROUND}/{what}")).await.refused(403, "not_your_role");
        }
    }
}

/// Three with one telephone; the fourth faster than anybody reads, the fifth under the floor of 30 seconds.
async fn suspicious() -> (Stage, Vec<Contestant>) {
    let stage = Stage::with(&folder().with_plan("min_seconds = 0", "min_seconds = 30")).await;
    let names = ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Văn Cường", "Lê Thị Dung", "Hoàng Văn Đức"];
    let units = ["bac", "nam", "nam", "bac", "to-1"];
    let forms = (1..).zip(names.iter().zip(units)).map(|(number, (name, unit))| {
        let mut form = person(number, name, unit);
        if number <= 3 {
            form.insert("phone".to_owned(), json!("0912345678"));
        }
        form
    });
    let people = stage.door.register_all(forms).await;
    stage.clock_well(OPENS).await;
    for (who, right, seconds) in [(0, 4, 60), (1, 3, 70), (2, 2, 80), (3, 4, 7), (4, 1, 29)] {
        people[who].play(Play { round: FIRST, started_at: OPENS, seconds, right, prediction: None }).await;
    }
    stage.clock_well(CLOSES).await;
    (stage, people)
}

#[tokio::test]
async fn whom_to_look_at_is_told_with_names_that_go_with_the_account() {
    let (stage, people) = suspicious().await;
    let organizer = organizer_of(&stage, after(CLOSES, 2)).await;
    let seen = get(&organizer, "review").await;
    let lines = seen["lines"].as_array().expect("a list");
    let kinds: Vec<(&Value, &Value)> = lines.iter().map(|line| (&line["kind"], &line["wins"])).collect();
    let (yes, no) = (json!(true), json!(false));
    assert_eq!(kinds, [(&json!("shared_phone"), &yes), (&json!("too_fast"), &yes), (&json!("under_floor"), &no)]);
    assert_eq!([&seen["total"], &seen["left_out"], &seen["next"]], [&json!(3), &json!(0), &Value::Null]);
    assert!(seen["note"].as_str().is_some_and(|note| note.contains("không ai bị loại")), "{seen}");
    let names = texts(&lines[0]["people"], "full_name");
    assert_eq!(names, ["Nguyễn Văn An", "Trần Thị Bình", "Phạm Văn Cường"].into());
    let fast = &lines[1]["people"][0];
    assert_eq!(
        [&fast["code"], &fast["unit"], &fast["unit_name"]],
        [&json!("A-004"), &json!("bac"), &json!("Phường Bắc")]
    );
    assert_eq!(lines[1]["figures"], "7 giây cho 4 câu; đúng 4/4; 1 bài; tối thiểu 30 giây");
    assert_eq!(get(&organizer, "review/3").await["lines"].as_array().map(Vec::len), Some(1));
    assert_eq!(get(&organizer, "review/4").await["lines"], json!([]));
    organizer.get(&format!("{ROUND}/review/0")).await.refused(404, "no_such_route");
    let preview = get(&organizer, "results").await;
    let warned: Vec<&Value> = preview["warnings"].as_array().expect("a list").iter().map(|w| &w["code"]).collect();
    assert_eq!(warned, ["too_fast"]);
    // The same list goes to offices with the results.
    stage.clock_well(PUBLISHES).await;
    let csv = stage.object("officials", "thi-thu/rounds/vong-1/v1/review.csv").await.expect("it is made");
    let csv = String::from_utf8(csv).expect("UTF-8");
    for line in lines {
        assert!(csv.contains(line["sentence"].as_str().expect("a sentence")), "{line} in {csv}");
    }
    people[3].at(after(PUBLISHES, 60)).erase().await.expect(202);
    let later = organizer_of(&stage, after(PUBLISHES, 61)).await;
    let after_it = get(&later, "review").await;
    assert_eq!(after_it["lines"][1]["people"][0]["full_name"], Value::Null);
    let kept = stage.objects("vault").await;
    for (path, bytes) in kept.iter().filter(|(path, _)| path.starts_with("reviews/")) {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("Lê Thị Dung") && !text.contains("0912345678"), "{path}: {text}");
    }
}

#[tokio::test]
async fn how_questions_were_answered_is_told_without_what_is_right() {
    let (stage, _) = suspicious().await;
    let organizer = organizer_of(&stage, after(CLOSES, 2)).await;
    let reply = organizer.get(&format!("{ROUND}/items")).await;
    let seen = reply.expect(200);
    let questions = seen["questions"].as_array().expect("a list");
    assert_eq!(questions.len(), 6);
    let names: BTreeSet<&str> = questions[0].as_object().expect("an object").keys().map(String::as_str).collect();
    let expected = [
        "question",
        "text",
        "shown",
        "right_percent",
        "options",
        "blank_percent",
        "voided",
        "few_right",
        "beaten_by",
        "remarks",
    ];
    assert_eq!(names, expected.into());
    assert!(!reply.text().contains(CANARY));
    stage.clock_well(PUBLISHES).await;
    let csv = stage.object("officials", "thi-thu/rounds/vong-1/v1/questions.csv").await.expect("it is made");
    let csv = String::from_utf8(csv).expect("UTF-8");
    for question in questions {
        let line =
            csv.lines().find(|line| line.contains(&format!("{};", question["question"].as_str().expect("an id"))));
        let line = line.unwrap_or_else(|| panic!("{question} in {csv}"));
        let percent = question["right_percent"].as_str().expect("a share").replace('.', ",");
        assert!(line.contains(&format!(";{};{percent};", question["shown"])), "{question}: {line}");
    }
}

#[tokio::test]
async fn questions_stay_closed_while_another_round_asks_them() {
    // Only where the key is never published may two rounds have the same questions.
    let same = Folder::small().with_plan("reveal_key = \"published\"", "reveal_key = \"never\"");
    let same = same.with_plan("bank = \"bank-2.csv\"", "bank = \"bank-1.csv\"").without("bank-2.csv");
    let stage = Stage::with(&same).await;
    stage.clock_well(PUBLISHES).await;
    let organizer = organizer_of(&stage, after(PUBLISHES, 2)).await;
    organizer.get(&format!("{ROUND}/items")).await.refused(409, "bank_still_asked");
    get(&organizer, "review").await;
    let closed = "2026-03-15T16:00:00+07:00";
    stage.clock_well(closed).await;
    let later = organizer_of(&stage, after(closed, 0)).await;
    get(&later, "items").await;
}

#[tokio::test]
async fn a_review_that_is_missing_is_made_by_the_next_sweep_and_of_the_newest_edition() {
    let (stage, _) = golden_round_played().await;
    stage.clock_well(CLOSES).await;
    let said = stage.close(after(CLOSES, 5)).await.expect("it closes");
    assert!(!said.contains("reviewed"), "once: {said}");
    let bytes = stage.objects("vault").await.remove("reviews/thi-thu/vong-1/1.json").expect("it is kept");
    stage.world.s3.delete_object().bucket("vault").key("reviews/thi-thu/vong-1/1.json").send().await.expect("gone");
    let organizer = organizer_of(&stage, after(CLOSES, 6)).await;
    let reply = organizer.get(&format!("{ROUND}/results")).await;
    reply.refused(409, "review_being_made");
    assert_eq!(reply.header("retry-after"), "60");
    // What a crash leaves between the edition and its review.
    stage.round(FIRST).forget_review().await;
    let said = stage.close(after(CLOSES, 10)).await.expect("it closes");
    assert!(said.contains("reviewed edition 1 of thi-thu/vong-1"), "{said}");
    assert_eq!(stage.objects("vault").await.remove("reviews/thi-thu/vong-1/1.json"), Some(bytes));
}

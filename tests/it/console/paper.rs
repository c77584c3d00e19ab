//! Papers as organizers see them: drawn as contestants' are, of none of these, and without an answer.

use super::entries;
use super::log::actions;
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::reply::members;
use tests::{CANARY, Folder, OPENS, START, Staff, Stage, instant};

const PATH: &str = "contests/thi-thu/rounds/vong-1/paper";

async fn with_staff(role: &str, at: Timestamp) -> (Stage, Staff) {
    let stage = Stage::with(&Folder::small()).await;
    let staff = stage.staff("hoa", role, "thi-thu", at).await;
    (stage, staff)
}

async fn paper(who: &Staff, seed: u32) -> Value {
    who.call(Method::POST, PATH, Some(json!({ "seed": seed }))).await.expect(200)
}

fn questions(shown: &Value) -> Vec<&str> {
    let questions = shown["paper"]["questions"].as_array().expect("a list");
    questions.iter().map(|question| question["id"].as_str().expect("an id")).collect()
}

#[tokio::test]
async fn an_author_sees_papers_before_the_opening_and_others_after_it() {
    let (stage, author) = with_staff("author", instant(START)).await;
    let shown = paper(&author, 1).await;
    assert_eq!(
        [&shown["is_open"], &shown["minutes"], &shown["round_name"]],
        [&json!(false), &json!(15), &json!("Vòng 1")]
    );
    assert_eq!(questions(&shown).len(), 4);
    for role in ["lead", "organizer", "auditor"] {
        let other = stage.staff(&format!("staff-{role}"), role, "thi-thu", instant(START)).await;
        other.call(Method::POST, PATH, Some(json!({ "seed": 1 }))).await.refused(403, "not_your_role");
    }
    for role in ["it", "official"] {
        let other = stage.staff(&format!("staff-{role}"), role, "thi-thu", instant(OPENS)).await;
        other.call(Method::POST, PATH, Some(json!({ "seed": 1 }))).await.refused(403, "not_your_role");
    }
    let later = stage.staff("mai", "organizer", "thi-thu", instant(OPENS)).await;
    let after = paper(&later, 1).await;
    assert_eq!((&after["is_open"], &after["paper"]), (&json!(true), &shown["paper"]));
    let auditor = stage.staff("giam", "auditor", "thi-thu", instant(OPENS)).await;
    let log = entries(&auditor, "contests/thi-thu/audit/1").await;
    assert_eq!((actions(&log), &log[0]["subject"]), (vec!["see_paper", "see_paper"], &json!("vong-1")));
}

#[tokio::test]
async fn what_a_round_is_sealed_with_is_told_for_the_record() {
    // A day before the opening, or earlier, one person is enough.
    let now = instant(OPENS).plus_millis(-25 * 60 * 60 * 1_000);
    let (stage, author) = with_staff("author", now).await;
    let seal = "contests/thi-thu/rounds/vong-1/seal";
    let shown = author.get(seal).await.expect(200);
    let facts = ["contest_name", "round_name", "bank", "sha256"].map(|name| shown[name].clone());
    assert_eq!(
        facts,
        [json!("Cuộc thi thử"), json!("Vòng 1"), json!("bank-1.csv"), Value::Null],
        "it came by the bucket"
    );
    assert_eq!((&shown["questions"], &shown["topics"]), (&json!(6), &json!([{ "topic": null, "questions": 6 }])));
    let lead = stage.staff("lan", "lead", "thi-thu", now).await;
    let seen = lead.get("contests/thi-thu").await.expect(200);
    assert_eq!(seen["rounds"][0]["key_commitment"], shown["key_commitment"]);
    let tag = async || {
        let seen = lead.get("contests/thi-thu").await.expect(200);
        let files = seen["files"].as_array().expect("files");
        let bank = files.iter().find(|file| file["name"] == "bank-1.csv").expect("there");
        bank["etag"].as_str().expect("a tag").to_owned()
    };
    assert_eq!(shown["levels"], json!([]), "the bank names none");
    let text = Folder::small().text("bank-1.csv").replace("Câu 1 của bộ", "Câu thứ nhất của bộ");
    let text = text.replacen("Nguồn\n", "Nguồn,Mức độ\n", 1).replacen(",Điều 1\n", ",Điều 1,Dễ\n", 1);
    author.put_file("thi-thu", "bank-1.csv", text.as_bytes(), Some(&tag().await)).await.expect(202);
    let renewed = author.get(seal).await.expect(200);
    assert_eq!(renewed["sha256"], sha256_hex(text.as_bytes()));
    assert_eq!(renewed["levels"], json!([{ "level": "Dễ", "questions": 1 }, { "level": null, "questions": 5 }]));
    assert_eq!(renewed["sealed_at"], now.rfc3339(), "by the gateway's clock");
    // What was not accepted since is not what the round is sealed with.
    author.put_file("thi-thu", "bank-1.csv", b"x", Some(&tag().await)).await.expect(202);
    let after = author.get(seal).await.expect(200);
    assert_eq!([&after["sha256"], &after["key_commitment"]], [&Value::Null, &renewed["key_commitment"]]);
    let it = stage.staff("ky-thuat", "it", "thi-thu", now).await;
    it.get(seal).await.refused(403, "not_your_role");
    author.get("contests/thi-thu/rounds/vong-9/seal").await.refused(404, "no_such_round");
}

#[tokio::test]
async fn a_paper_is_as_contestants_get_it_and_holds_no_answer() {
    let (stage, organizer) = with_staff("organizer", instant(OPENS)).await;
    stage.clock_well(OPENS).await;
    let contestant = stage.door.register(&tests::person(1, "Nguyễn Văn An", "bac")).await;
    let started = contestant.at(OPENS).start("vong-1").await.expect(201);
    let drawn: Vec<Value> = {
        let mut drawn = Vec::new();
        for seed in 0..12 {
            drawn.push(paper(&organizer, seed).await);
        }
        drawn
    };
    assert_eq!(members(&drawn[0]["paper"]), members(&started["paper"]));
    assert_eq!(members(&drawn[0]["paper"]["questions"][0]), members(&started["paper"]["questions"][0]));
    assert_eq!(drawn[0]["paper"]["prediction"], started["paper"]["prediction"]);
    let shown: BTreeSet<String> = drawn.iter().map(|shown| shown["paper"].to_string()).collect();
    assert!(shown.len() > 6, "seeds tell papers from one another");
    assert!(!shown.contains(&started["paper"].to_string()));
    let asked: BTreeSet<&str> = drawn.iter().flat_map(questions).collect();
    assert_eq!(asked.len(), 6, "every question of the bank comes up");
    assert!(!drawn.iter().any(|shown| shown.to_string().contains(CANARY)));
}

#[tokio::test]
async fn without_a_bank_there_is_no_paper() {
    let stage = Stage::with(&Folder::small().without("bank-2.csv")).await;
    let author = stage.staff("hoa", "author", "thi-thu", instant(START)).await;
    let ask = async |round: &str, form: Value| {
        author.call(Method::POST, &format!("contests/thi-thu/rounds/{round}/paper"), Some(form)).await
    };
    ask("vong-2", json!({ "seed": 1 })).await.refused(409, "no_bank");
    ask("vong-3", json!({ "seed": 1 })).await.refused(404, "no_such_round");
    for form in [json!({}), json!({ "seed": -1 }), json!({ "seed": "A-001" })] {
        ask("vong-1", form).await.refused(422, "invalid_fields");
    }
}

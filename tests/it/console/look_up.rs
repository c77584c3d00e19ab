//! Looking contestants up: by a number or a name, and never what they answered.

use super::entries;
use super::log::actions;
use crate::publishing::golden_round_played;
use aws_sdk_dynamodb::types::AttributeValue;
use contest::ids::ContestId;
use contest::slip_code::SlipCode;
use contest::time::Timestamp;
use http::Method;
use serde_json::{Value, json};
use store::keys;
use tests::reply::Reply;
use tests::{CANARY, CLOSES, Contestant, Folder, START, Staff, Stage, instant, person};

const PATH: &str = "contests/thi-thu/contestants/search";

/// When the golden round has been played, and somebody's fifteen minutes are long over.
const PLAYED: &str = "2026-03-04T10:00:00+07:00";

fn seconds(count: i64) -> Timestamp {
    instant(PLAYED).plus_millis(count * 1_000)
}

async fn played() -> (Stage, Vec<Contestant>, Staff) {
    let (stage, people) = golden_round_played().await;
    stage.clock_well(PLAYED).await;
    let organizer = stage.staff("hai", "organizer", "thi-thu", seconds(0)).await;
    (stage, people, organizer)
}

async fn ask(who: &Staff, form: Value) -> Reply {
    who.call(Method::POST, PATH, Some(form)).await
}

async fn found(who: &Staff, by: &str, value: &str) -> Value {
    ask(who, json!({ "by": by, "value": value })).await.expect(200)
}

fn names(found: &Value) -> Vec<&str> {
    let people = found["people"].as_array().expect("a list");
    people.iter().map(|card| card["full_name"].as_str().expect("a name")).collect()
}

#[tokio::test]
async fn a_number_leads_to_one_card_with_attempts_and_without_answers() {
    let (stage, people, organizer) = played().await;
    stage.give_slip(&people[0].code, &SlipCode::of([7; 15]), instant(CLOSES)).await;
    let (cards, lines) = stage
        .logbook
        .logged(async {
            let mut cards = Vec::new();
            for (by, value) in [("code", "a-001"), ("citizen_id", "001 090 000001"), ("phone", "+84 912 000 001")] {
                cards.push(found(&organizer, by, value).await);
            }
            cards
        })
        .await;
    assert!(cards[0] == cards[1] && cards[1] == cards[2], "{cards:#?}");
    let card = &cards[0]["people"][0];
    let pseudonym = people[0].me().await["pseudonym"].clone();
    assert_eq!([&card["code"], &card["contestant"]], [&json!("A-001"), &pseudonym]);
    assert_eq!([&card["full_name"], &card["birth_year"]], [&json!("Nguyễn Văn An"), &json!(1990)]);
    assert_eq!(card["unit"], json!({ "code": "bac", "name": "Phường Bắc" }));
    assert_eq!([&card["reset_until"], &card["erased"]], [&json!(instant(CLOSES).rfc3339()), &json!(false)]);
    let attempts = card["attempts"].as_array().expect("a list");
    let told: Vec<[&Value; 3]> =
        attempts.iter().map(|line| [&line["round"], &line["number"], &line["state"]]).collect();
    let (first, submitted) = (json!("vong-1"), json!("submitted"));
    assert_eq!(told, [[&first, &json!(1), &submitted], [&first, &json!(2), &submitted]]);
    assert_eq!(attempts[0]["submitted_at"], instant("2026-03-02T08:01:00+07:00").rfc3339());
    let late = found(&organizer, "code", "A-007").await;
    assert_eq!(late["people"][0]["attempts"][0]["state"], "not_submitted");
    let text = format!("{cards:?} {late}");
    for secret in ["answers", "score", "right", "argon2", "1990-05-17", "001090", "0912000", CANARY] {
        assert!(!text.contains(secret), "{secret} stands in {text}");
    }
    let log: String = lines.iter().map(|line| line.text.clone()).collect();
    for secret in ["001090000001", "912000001", "912 000", "A-001", "Nguyễn"] {
        assert!(!log.contains(secret), "{secret} stands in {log}");
    }
}

#[tokio::test]
async fn a_card_tells_of_a_slip_as_long_as_it_opens_and_of_an_account_that_was_erased() {
    let (stage, people, organizer) = played().await;
    stage.give_slip(&people[0].code, &SlipCode::of([7; 15]), seconds(60)).await;
    let told = async |who: &Staff, code: &str| found(who, "code", code).await["people"][0].clone();
    assert_eq!(told(&organizer, "A-001").await["reset_until"], seconds(60).rfc3339());
    let later = stage.staff("thu", "organizer", "thi-thu", seconds(60)).await;
    assert_eq!(told(&later, "A-001").await["reset_until"], Value::Null, "it opens nothing any more");
    let code = people[1].code.clone();
    people[1].erase().await.expect(202);
    let gone = told(&organizer, &code).await;
    assert_eq!([&gone["erased"], &gone["full_name"]], [&json!(true), &Value::Null]);
}

#[tokio::test]
async fn a_name_is_found_without_accents_and_within_a_unit() {
    let (_stage, _, organizer) = played().await;
    assert_eq!(names(&found(&organizer, "name", "van").await).len(), 4);
    let one = found(&organizer, "name", "hoang duc").await;
    assert_eq!(names(&one), ["Hoàng Văn Đức"]);
    assert_eq!([&one["end"], &one["next"], &one["people"][0]["attempts"]], [&json!("all"), &Value::Null, &Value::Null]);
    assert_eq!(names(&found(&organizer, "name", "thi").await).len(), 4);
    let within = |unit: &str| ask(&organizer, json!({ "by": "name", "value": "Văn", "unit": unit }));
    // A block of the ward stands below it.
    let mut south = within("nam").await.expect(200);
    let mut south_names = names(&south);
    south_names.sort_unstable();
    assert_eq!(south_names, ["Hoàng Văn Đức", "Phạm Văn Cường"]);
    south = within("to-1").await.expect(200);
    assert_eq!(names(&south), ["Hoàng Văn Đức"]);
    let none = ask(&organizer, json!({ "by": "code", "value": "A-001", "unit": "nam" })).await.expect(200);
    assert_eq!(none["people"], json!([]));
}

#[tokio::test]
async fn what_cannot_be_looked_up_is_told_field_by_field() {
    let (_stage, _, organizer) = played().await;
    let faults = async |form: Value| ask(&organizer, form).await.faults(422, "invalid_fields");
    let one = |field: &str, code: &str| vec![(field.to_owned(), code.to_owned())];
    assert_eq!(faults(json!({ "by": "email", "value": "an@example.vn" })).await, one("by", "unknown_word"));
    assert_eq!(faults(json!({ "by": "citizen_id", "value": "12" })).await, one("value", "not_twelve_digits"));
    assert_eq!(faults(json!({ "by": "code", "value": "A-1" })).await, one("value", "bad_characters"));
    assert_eq!(faults(json!({ "by": "name", "value": "  " })).await, one("value", "empty"));
    assert_eq!(faults(json!({ "by": "name", "value": "an", "unit": "tay" })).await, one("unit", "unknown_unit"));
    let next = json!({ "by": "phone", "value": "0912000001", "next": "x" });
    assert_eq!(faults(next).await, one("next", "unknown_field"));
}

#[tokio::test]
async fn a_search_stands_in_the_log_by_its_kind_and_never_by_its_value() {
    let (stage, _, organizer) = played().await;
    found(&organizer, "phone", "0912000001").await;
    found(&organizer, "name", "Nguyễn Văn An").await;
    let auditor = stage.staff("giam", "auditor", "thi-thu", seconds(0)).await;
    let log = entries(&auditor, "contests/thi-thu/audit/1").await;
    assert_eq!(actions(&log), ["look_up", "look_up"]);
    assert_eq!(log.iter().map(|entry| &entry["subject"]).collect::<Vec<_>>(), ["phone", "name"]);
    assert!(!format!("{log:?}").contains("0912000001") && !format!("{log:?}").contains("Nguyễn"));
    for role in ["author", "it", "official"] {
        let other = stage.staff(&format!("staff-{role}"), role, "thi-thu", seconds(0)).await;
        ask(&other, json!({ "by": "name", "value": "an" })).await.refused(403, "not_your_role");
    }
    assert_eq!(entries(&auditor, "contests/thi-thu/audit/1").await.len(), 2, "who may not leaves no entry");
}

#[tokio::test]
async fn a_search_by_name_ends_at_twenty_people() {
    let stage = Stage::with(&Folder::small()).await;
    let organizer = stage.staff("hai", "organizer", "thi-thu", instant(START)).await;
    let name = |number: u32| if number <= 21 { "Lê Thị Hoà" } else { "Vũ Văn Bảy" };
    stage.door.register_all((1..=24).map(|number| person(number, name(number), "bac"))).await;
    let all = found(&organizer, "name", "bay").await;
    assert_eq!((names(&all).len(), &all["end"]), (3, &json!("all")));
    let many = found(&organizer, "name", "hòa").await;
    assert_eq!((names(&many).len(), &many["end"], &many["next"]), (20, &json!("many_found"), &Value::Null));
}

/// Accounts of 300 kilobytes in one shard: a reply of the table holds three of them.
async fn with_large_accounts(stage: &Stage, count: u32) {
    let contest = ContestId::parse("thi-thu").expect("an id");
    let text = |text: String| AttributeValue::S(text);
    let known = stage.door.register(&person(1, "Lê Thị Hoà", "bac")).await;
    let mut profile = None;
    for shard in 0..16 {
        let get = stage.world.dynamodb.get_item().table_name("people");
        let get = get.key("pk", text(keys::people(&contest, shard))).key("sk", text(known.code.clone()));
        let item = get.send().await.expect("the table answers").item;
        profile = profile.or(item.map(|item| item["profile"].as_s().expect("a text").clone()));
    }
    let mut profile: Value = serde_json::from_str(&profile.expect("an account")).expect("JSON");
    profile["address"] = json!("x".repeat(300_000));
    for number in 0..count {
        let put = stage.world.dynamodb.put_item().table_name("people");
        let put = put.item("pk", text(keys::people(&contest, 3))).item("sk", text(format!("ZZ{number:04}")));
        put.item("profile", text(profile.to_string())).send().await.expect("it is written");
    }
}

#[tokio::test]
async fn a_search_by_name_goes_page_by_page_and_a_second_apart() {
    let stage = Stage::with(&Folder::small()).await;
    let organizer = stage.staff("hai", "organizer", "thi-thu", instant(START)).await;
    with_large_accounts(&stage, 8).await;
    let form = |next: &Value| json!({ "by": "name", "value": "le hoa", "next": next });
    let first = ask(&organizer, form(&Value::Null)).await.expect(200);
    assert_eq!(first["end"], "continues");
    let too_early = organizer.at(instant(START).plus_millis(999));
    let refused = ask(&too_early, form(&first["next"])).await;
    refused.refused(429, "too_many_tries");
    assert_eq!(refused.header("retry-after"), "1");
    let later = organizer.at(instant(START).plus_millis(1_000));
    let second = ask(&later, form(&first["next"])).await.expect(200);
    assert_eq!((&second["end"], &second["next"]), (&json!("all"), &Value::Null));
    let found = names(&first).len() + names(&second).len();
    assert_eq!(found, 9, "{} and {}", names(&first).len(), names(&second).len());
    let mut other = form(&first["next"]);
    other["value"] = json!("le hong");
    let faults = ask(&later, other).await.faults(422, "invalid_fields");
    assert_eq!(faults, [("next".to_owned(), "unknown_word".to_owned())]);
}

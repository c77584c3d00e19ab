//! What anyone can check of a published round: every accepted sheet on the ledger, receipts that lead to
//! it, and a verifier that asks nobody.

use super::{folder, golden_round, play_all, pseudonyms, published};
use serde_json::Value;
use tests::{Contestant, FIRST, OPENS, PUBLISHES, Play, Stage, person};

#[tokio::test(flavor = "multi_thread")]
async fn every_receipt_leads_to_its_line_and_the_round_can_be_recomputed() {
    let (stage, people) = golden_round().await;
    assert_eq!(stage.round(FIRST).verified(&[]).await, Ok(1));
    let lines = stage.round(FIRST).ledger().await;
    let names = pseudonyms(&people).await;
    let mut receipts = 0;
    for (contestant, name) in people.iter().zip(&names) {
        for line in lines.iter().filter(|line| line["pseudonym"] == name.as_str()) {
            let attempt = line["attempt"].as_u64().expect("a number");
            let status = contestant.status(FIRST, attempt).await.expect(200);
            let receipt = status["receipt"].as_str().expect("a receipt").to_owned();
            assert_eq!(stage.round(FIRST).verified(&[receipt]).await, Ok(1), "{name} {attempt}");
            receipts += 1;
        }
    }
    assert_eq!((receipts, lines.len()), (7, 7), "the one who never handed in has no line, who is not ranked has one");
    assert_eq!(lines.iter().filter(|line| line["pseudonym"] == names[5].as_str()).count(), 1);
}

#[tokio::test]
async fn the_ledger_is_in_order_and_tells_what_was_sent() {
    let (stage, people) = golden_round().await;
    let lines = stage.round(FIRST).ledger().await;
    let place = |line: &Value| (line["pseudonym"].as_str().expect("a text").to_owned(), line["attempt"].as_u64());
    assert!(lines.iter().map(place).is_sorted());
    let name = &pseudonyms(&people[..1]).await[0];
    let line = lines.iter().find(|line| line["pseudonym"] == name.as_str()).expect("the first person's");
    assert_eq!(
        (&line["started_at"], &line["submitted_at"]),
        (&"2026-03-02T01:00:00.000Z".into(), &"2026-03-02T01:01:00.000Z".into())
    );
    assert_eq!((&line["prediction"], line["answers"].as_object().map(serde_json::Map::len)), (&5.into(), Some(4)));
    assert_eq!(line["salt"].as_str().map(str::len), Some(32));
}

#[tokio::test]
async fn the_ledger_waits_in_the_vault_until_the_results_are_published() {
    let (stage, people) = super::registered(&folder()).await;
    stage.clock_well(OPENS).await;
    play_all(&people, FIRST, OPENS, &[(1, 4, 60, None)]).await;
    stage.clock_well("2026-03-08T16:30:00+07:00").await;
    let of_round = |path: &String| path.contains(&format!("rounds/{FIRST}/"));
    assert!(!stage.objects("site").await.keys().any(of_round), "its salts open receipts");
    stage.clock_well(PUBLISHES).await;
    assert!(stage.objects("site").await.keys().any(of_round));
}

#[tokio::test]
async fn a_unit_stands_on_the_ledger_from_five_people_on() {
    let units_of = async |people: u32| {
        let stage = Stage::with(&tests::Folder::small()).await;
        stage.clock_well(OPENS).await;
        for number in 1..=people {
            let contestant: Contestant = stage.door.register(&person(number, "Nguyễn Văn An", "bac")).await;
            for started_at in [OPENS, "2026-03-03T08:00:00+07:00"] {
                contestant.play(Play { round: FIRST, started_at, seconds: 60, right: 1, prediction: None }).await;
            }
        }
        stage.clock_well(PUBLISHES).await;
        stage.round(FIRST).ledger().await.iter().map(|line| line["unit"].clone()).collect::<Vec<Value>>()
    };
    assert_eq!(units_of(4).await, vec![Value::Null; 8], "people are counted, not sheets");
    assert_eq!(units_of(5).await, vec![Value::from("bac"); 10]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_without_a_sheet_can_be_checked_too() {
    let (stage, _) = published(&folder(), &[]).await;
    assert!(stage.round(FIRST).ledger().await.is_empty());
    assert_eq!(stage.round(FIRST).verified(&[]).await, Ok(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn rules_that_keep_the_key_leave_the_ledger_and_say_what_cannot_be_checked() {
    let kept = folder().with_plan("reveal_key = \"published\"", "reveal_key = \"never\"");
    let (stage, people) = published(&kept, &[(1, 4, 60, None), (2, 1, 90, None)]).await;
    assert_eq!(stage.round(FIRST).verified(&[]).await, Ok(1));
    let receipt = people[0].status(FIRST, 1).await.expect(200)["receipt"].as_str().expect("a receipt").to_owned();
    assert_eq!(stage.round(FIRST).verified(&[receipt]).await, Ok(1));
}

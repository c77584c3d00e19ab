//! Approvals that are cut short, and what came that was not shown: nothing is lost, nothing is done twice, and nobody is left
//! to find it out by themselves.

use super::entries;
use super::proposals::{Scene, approve, minute, proposals, status};
use aws_sdk_dynamodb::types::AttributeValue;
use http::Method;
use rust_xlsxwriter::Workbook;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use tests::network::{Fault, Network};
use tests::{CONTEST, FIRST, at_once};

#[tokio::test]
async fn an_approval_that_is_cut_short_at_any_call_is_carried_on_once() {
    const FAULTS: [Fault; 3] = [Fault::Refused, Fault::Lost, Fault::LostOnce];
    let network = Network::default();
    let scene = Scene::on(&network).await;
    let (mut call, mut done) = (0, 0);
    let mut at = minute(1);
    loop {
        if done > 0 {
            scene.lead.at(at).step_up(at).await.expect(200);
        }
        let form = json!({ "changes": [scene.disqualify(1)], "reason": format!("Lý do {done}") });
        let made = scene.clerk.at(at).call(Method::POST, &proposals(), Some(form)).await.expect(201);
        let path = format!("{}/{}", proposals(), made["proposal"].as_str().expect("an id"));
        let seen = scene.tried(&path, at).await;
        let lead = scene.lead.at(at);
        let (reply, calls) = network.with(&[(call, FAULTS[done % 3])], approve(&lead, &path, &seen)).await;
        assert!([200, 500, 503].contains(&reply.status), "{call} {}", reply.status);
        if reply.status != 200 {
            // Whoever looks next carries it on; where it was not approved yet, whoever approved it asks again.
            let stands = status(&lead, &path).await;
            assert!(["previewed", "approved"].contains(&stands.as_str()), "{call} {stands}");
            approve(&lead, &path, &seen).await.expect(200);
        }
        done += 1;
        // The next one is tried once the decision has made its edition.
        at = at.plus_millis(40_000);
        let decided = scene.stage.decisions().await;
        assert_eq!(decided.iter().map(|decision| decision.changes.len()).sum::<usize>(), done, "{call}");
        if call >= calls.len() {
            break;
        }
        call += 4;
    }
    scene.stage.world.sweep().await.expect("editions are made");
    let listed = scene.lead.at(minute(5)).get(&proposals()).await.expect(200);
    let listed = listed["proposals"].as_array().expect("a list");
    let states: BTreeSet<&str> = listed.iter().map(|of| of["status"].as_str().expect("a word")).collect();
    assert_eq!((listed.len(), states), (done, BTreeSet::from(["applied"])));
    // An entry without effect is the only trace that a fault leaves; an effect without an entry there is none.
    let mut log = entries(&scene.lead.at(minute(5)), &format!("contests/{CONTEST}/audit/1")).await;
    if log.len() == 100 {
        let rest = scene.lead.at(minute(5)).get(&format!("contests/{CONTEST}/audit/101")).await.expect(200);
        log.extend(rest["entries"].as_array().expect("entries").clone());
    }
    for of in listed {
        let entries = log.iter().filter(|entry| entry["proposal"] == of["id"]);
        let actions: Vec<&str> = entries.map(|entry| entry["action"].as_str().expect("a word")).collect();
        let order = ["propose", "approve", "upload"].map(|word| actions.iter().position(|action| *action == word));
        assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{actions:?}");
    }
    assert!(done > 8, "{done} approvals");
}

#[tokio::test]
async fn whoever_looks_while_others_carry_it_on_is_shown_what_stands() {
    let network = Network::default();
    let scene = Scene::on(&network).await;
    let path = scene.propose(&[scene.disqualify(1)]).await;
    let seen = scene.tried(&path, minute(1)).await;
    let lead = scene.lead.at(minute(1));
    let mut call = 0;
    while status(&scene.clerk.at(minute(1)), &path).await != "approved" {
        let (reply, calls) = network.with(&[(call, Fault::Refused)], approve(&lead, &path, &seen)).await;
        assert!(reply.status >= 500 && call < calls.len(), "cut short at {call} of {}: {}", calls.len(), reply.text());
        // By more than one: each entry whose note was lost makes the next run longer by a call.
        call += 3;
    }
    let looks = (0..8).map(|_| {
        let (lead, path) = (scene.lead.at(minute(1)), path.clone());
        async move { lead.get(&path).await }
    });
    let shown = at_once(looks).await;
    assert!(shown.iter().all(|reply| reply.status == 200), "{:?}", shown.iter().map(|r| r.text()).collect::<Vec<_>>());
    assert_eq!(scene.stage.decisions().await.len(), 1);
}

#[tokio::test]
async fn other_winners_than_were_shown_stay_on_the_proposal_and_wake_people_up() {
    let scene = Scene::begin().await;
    let path = scene.propose(&[scene.disqualify(1)]).await;
    let seen = scene.tried(&path, minute(1)).await;
    approve(&scene.lead.at(minute(2)), &path, &seen).await.expect(200);
    // As if others had won in what was shown.
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let (pk, sk) = (text(&format!("Q#{CONTEST}")), text(path.rsplit('/').next().expect("an id")));
    let get = scene.stage.world.dynamodb.get_item().table_name("control").key("pk", pk).key("sk", sk);
    let mut item = get.send().await.expect("the table answers").item.expect("it is there");
    let stored = item["proposal"].as_s().expect("a text").clone();
    let (head, tail) = stored.split_once("\"winners_sha256\":\"").expect("a hash");
    let others = format!("{head}\"winners_sha256\":\"{}{}", "0".repeat(64), &tail[64..]);
    item.insert("proposal".to_owned(), text(&others));
    let put = scene.stage.world.dynamodb.put_item().table_name("control").set_item(Some(item));
    put.send().await.expect("it is replaced");
    scene.stage.world.sweep().await.expect("an edition is made");
    let lead = scene.lead.at(minute(3));
    let (shown, lines) = scene.stage.logbook.logged(lead.get(&path)).await;
    let shown = shown.expect(200);
    let differs = shown["applied"]["differs"].as_array().map(Vec::len);
    assert_eq!((&shown["status"], differs), (&json!("applied"), Some(1)), "{shown:#}");
    let told = lines.iter().find(|line| line.fields["lvl"] == "ERROR").expect("an error is logged");
    assert!(told.text.contains("other winners than were approved"), "{}", told.text);
    assert_eq!(told.fields["faults"], 1);
    let (_, again) = scene.stage.logbook.logged(lead.get(&path)).await;
    assert!(again.iter().all(|line| line.fields["lvl"] != "ERROR"), "once");
}

#[tokio::test]
async fn decisions_that_came_in_a_workbook_stay_in_force() {
    let scene = Scene::begin().await;
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let header = ["Mã dự thi", "Vòng", "Xử lý", "Lý do"];
    let rows = [header, [scene.people[3].code.as_str(), "Vòng 1", "Hủy kết quả", "Thi hộ"]];
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write(row, column, cell).expect("a cell");
        }
    }
    scene.stage.accept("adjudications.xlsx", workbook.save_to_buffer().expect("a workbook")).await;
    scene.stage.world.sweep().await.expect("an edition is made");
    let path = scene.propose(&[scene.disqualify(1)]).await;
    let seen = scene.tried(&path, minute(1)).await;
    approve(&scene.lead.at(minute(2)), &path, &seen).await.expect(200);
    assert_eq!(scene.stage.decisions().await.len(), 2);
    let csv = scene.stage.object("uploads", &format!("{CONTEST}/adjudications.csv")).await.expect("it is written");
    assert_eq!(String::from_utf8(csv).expect("UTF-8").lines().count(), 3);
    scene.stage.world.sweep().await.expect("an edition is made");
    let applied = scene.lead.at(minute(3)).get(&path).await.expect(200);
    assert_eq!(applied["applied"]["versions"], json!([{ "round": FIRST, "version": 3 }]), "{applied:#}");
    // The same change once more, under the same number and day, is told to be there.
    let path = scene.propose(&[scene.disqualify(1)]).await;
    let seen = scene.tried(&path, minute(3)).await;
    assert_eq!(seen["preview"]["refused"].as_array().map(Vec::len), Some(1), "{seen:#}");
    assert_eq!(seen["preview"]["rounds"], Value::Array(Vec::new()));
}

//! Documents of published results, as organizers take them.

use super::entries;
use super::log::actions;
use crate::publishing::{everybody, folder};
use contest::seal::sha256_hex;
use contest::time::Timestamp;
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{Cursor, Read};
use tests::{CANARY, FIRST, OPENS, PUBLISHES, Play, SECOND_PUBLISHES, Staff, Stage, instant, pdf};

const PATH: &str = "contests/thi-thu/documents";

fn minutes(count: i64) -> Timestamp {
    instant(SECOND_PUBLISHES).plus_millis(count * 60_000)
}

/// Two rounds and the results over them, published.
async fn published() -> Stage {
    let stage = Stage::with(&folder().with_prizes_over_the_contest()).await;
    stage.world.sweep().await.expect("slips of the roster are made");
    let people = stage.door.register_all(everybody()).await;
    stage.clock_well(OPENS).await;
    for (who, right) in [(0, 4), (1, 3), (2, 2)] {
        people[who].play(Play { round: FIRST, started_at: OPENS, seconds: 60, right, prediction: None }).await;
    }
    stage.clock_well(PUBLISHES).await;
    stage.clock_well(SECOND_PUBLISHES).await;
    stage
}

async fn official(stage: &Stage) -> Staff {
    stage.staff("nhan", "official", "thi-thu", minutes(0)).await
}

/// Every document with where it stands in the path.
fn listed(list: &Value) -> Vec<(String, Value)> {
    let files = |version: &Value| {
        let folder = format!("{}/{}", version["round"].as_str().expect("a text"), version["version"]);
        let files = version["files"].as_array().expect("a list").clone();
        files.into_iter().map(move |file| (folder.clone(), file))
    };
    list["versions"].as_array().expect("a list").iter().flat_map(files).collect()
}

/// Place, status and whether it is the newest, of each version.
fn versions(list: &Value) -> Vec<String> {
    let told = |of: &Value| {
        let round = of["round"].as_str().expect("a text");
        format!("{round}/{} {} {}", of["version"], of["status"], of["is_newest"])
    };
    list["versions"].as_array().expect("a list").iter().map(told).collect()
}

async fn take(who: &Staff, folder: &str, file: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    for part in 1..=file["parts"].as_u64().expect("a number") {
        let name = file["name"].as_str().expect("a text");
        let reply = who.get(&format!("{PATH}/{folder}/{name}/parts/{part}")).await;
        assert_eq!(reply.status, 200, "{folder}/{name}: {}", reply.text());
        assert_eq!(reply.header("x-parts"), file["parts"].to_string());
        let digest = HEXLOWER.decode(file["sha256"].as_str().expect("a hash").as_bytes()).expect("hexadecimal");
        assert_eq!(reply.header("repr-digest"), format!("sha-256=:{}:", BASE64.encode(&digest)));
        bytes.extend_from_slice(&reply.body);
    }
    bytes
}

/// What can be read in a document.
fn text(name: &str, bytes: &[u8]) -> String {
    if name.ends_with(".pdf") {
        return pdf::pages(bytes).join("\n");
    }
    if name.ends_with(".csv") {
        return String::from_utf8_lossy(bytes).into_owned();
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    for place in 0..archive.len() {
        let mut part = Vec::new();
        archive.by_index(place).expect("a part").read_to_end(&mut part).expect("it is read");
        text.push_str(&String::from_utf8_lossy(&part));
    }
    text
}

#[tokio::test]
async fn every_document_is_taken_whole_and_those_with_dates_of_birth_ask_for_a_second_factor() {
    let stage = published().await;
    let official = official(&stage).await;
    let list = official.get(PATH).await.expect(200);
    let rounds = versions(&list);
    let expected = [
        "vong-1/1 \"provisional\" true",
        "vong-2/1 \"provisional\" true",
        "overall/1 \"provisional\" true",
        "contest/0 null true",
    ];
    assert_eq!(rounds, expected);
    let files = listed(&list);
    for (folder, name) in [
        ("vong-1/1", "review.csv"),
        ("overall/1", "winners.xlsx"),
        ("contest/0", "report.docx"),
        ("contest/0", "roster-codes.pdf"),
    ] {
        assert!(files.iter().any(|(of, file)| of == folder && file["name"] == name), "{folder}/{name}: {files:?}");
    }
    let (mut with_birth_dates, mut asked_for) = (BTreeSet::new(), BTreeSet::new());
    for (folder, file) in &files {
        let name = file["name"].as_str().expect("a text");
        let bytes = take(&official, folder, file).await;
        assert_eq!(
            (json!(bytes.len()), json!(sha256_hex(&bytes))),
            (file["size"].clone(), file["sha256"].clone()),
            "{folder}/{name}"
        );
        let text = text(name, &bytes);
        if text.contains("17/05/1990") || text.contains("17/5/1990") {
            with_birth_dates.insert(name);
        }
        if file["needs_step_up"] == true {
            asked_for.insert(name);
        }
        assert!(!text.contains(CANARY), "{folder}/{name}");
    }
    assert_eq!(with_birth_dates, asked_for);
    assert_eq!(asked_for, ["annex.pdf", "roster-codes.pdf", "winners.xlsx"].into());
}

#[tokio::test]
async fn a_download_stands_in_the_log_and_a_second_factor_is_asked_for_after_a_while() {
    let stage = published().await;
    let official = official(&stage).await;
    let later = official.at(minutes(6));
    let path = |name: &str| format!("{PATH}/vong-1/1/{name}/parts/1");
    later.get(&path("winners.xlsx")).await.refused(403, "step_up_needed");
    assert_eq!(later.get(&path("ranking.csv")).await.status, 200);
    later.step_up(minutes(6)).await.expect(200);
    assert_eq!(later.get(&path("winners.xlsx")).await.status, 200);
    let auditor = stage.staff("giam", "auditor", "thi-thu", minutes(6)).await;
    let log = entries(&auditor, "contests/thi-thu/audit/1").await;
    assert_eq!(actions(&log), ["download", "download"]);
    assert_eq!(log[1]["subject"], "vong-1/v1/winners.xlsx 1");
    for role in ["author", "it"] {
        let other = stage.staff(&format!("staff-{role}"), role, "thi-thu", minutes(6)).await;
        other.get(PATH).await.refused(403, "not_your_role");
        other.get(&path("ranking.csv")).await.refused(403, "not_your_role");
    }
}

#[tokio::test]
async fn nothing_is_taken_that_no_list_names_and_long_documents_come_in_parts() {
    let stage = published().await;
    let official = official(&stage).await;
    let none = [
        "vong-1/1/documents.json/parts/1",
        "vong-1/1/index.json/parts/1",
        "vong-1/2/ranking.csv/parts/1",
        "vong-9/1/ranking.csv/parts/1",
        "vong-1/1/ranking.csv/parts/2",
        "vong-1/1/ranking.csv/parts/0",
        "contest/0/contest.toml.report.json/parts/1",
        "contest/1/report.docx/parts/1",
    ];
    for path in none {
        official.get(&format!("{PATH}/{path}")).await.refused(404, "no_such_file");
    }
    let part = 4 * 1024 * 1024;
    let large: Vec<u8> = (0..part + 10).map(|place: usize| (place % 251) as u8).collect();
    stage.put("officials", "thi-thu/rounds/vong-1/v1/ranking.csv", large.clone()).await;
    let list = official.get(PATH).await.expect(200);
    let (folder, file) =
        listed(&list).into_iter().find(|(_, file)| file["name"] == "ranking.csv").expect("it is listed");
    assert_eq!((&file["parts"], &file["size"]), (&json!(2), &json!(part + 10)));
    assert!(take(&official, &folder, &file).await == large);
    let last = official.get(&format!("{PATH}/{folder}/ranking.csv/parts/2")).await;
    assert_eq!(last.header("content-range"), format!("bytes {part}-{}/{}", part + 9, part + 10));
    // Whoever has the older version is told that there is a newer one.
    let decided = format!("Mã dự thi,Vòng,Xử lý,Lý do\nA-001,{FIRST},forfeit,Không nhận giải\n");
    stage.accept("adjudications.csv", decided).await;
    stage.world.sweep().await.expect("an edition is made");
    let told = versions(&official.get(PATH).await.expect(200));
    assert_eq!(told[..2], ["vong-1/1 \"provisional\" false", "vong-1/2 \"provisional\" true"]);
}

//! Every published file, byte for byte, and what holds them together.

use super::editions::{decision, disqualify};
use super::{DOCUMENTS, folder, golden_round, published};
use contest::bank::{AnswerKey, OptionSet};
use contest::ids::QuestionId;
use contest::seal::{key_commitment, sha256_hex};
use data_encoding::{BASE64, HEXLOWER};
use serde_json::{Value, json};
use store::wakeup::Wakeup;
use tests::golden;
use tests::reply::members;
use tests::storage::Objects;
use tests::{FIRST, PUBLISHES, Stage, instant};

/// The list of the documents, and from what people's own certificates are printed.
const BESIDE: usize = 3;

#[tokio::test]
async fn published_files_are_the_golden_ones() {
    let (stage, people) = golden_round().await;
    for (golden, path) in [
        ("contest.json", "contest.json"),
        ("results.json", "rounds/vong-1/v1/results.json"),
        ("ranking.csv", "rounds/vong-1/v1/ranking.csv"),
        ("units.csv", "rounds/vong-1/v1/units.csv"),
        ("key.json", "rounds/vong-1/v1/key.json"),
        ("ledger.jsonl", "rounds/vong-1/v1/ledger.jsonl"),
        ("checkpoint", "rounds/vong-1/v1/checkpoint"),
        ("participants.csv", "rounds/vong-1/v1/participants.csv"),
        ("version-contest.json", "rounds/vong-1/v1/contest.json"),
    ] {
        golden::check(&format!("published/{golden}"), &stage.site(path).await);
    }
    let hashes = hashes_of_a_version(&stage, "rounds/vong-1/v1/").await;
    for (golden, path) in
        [("round-index.json", "rounds/vong-1/index.json"), ("manifest.json", "rounds/vong-1/v1/manifest.json")]
    {
        let text = String::from_utf8(stage.site(path).await).expect("UTF-8");
        let readable = hashes.iter().fold(text, |text, (hash, of)| text.replace(hash, &format!("SHA-256 of {of}")));
        golden::check(&format!("published/{golden}"), readable.as_bytes());
    }
    let receipt = people[0].status(FIRST, 1).await.expect(200)["receipt"].clone();
    golden::check("published/receipt.txt", receipt.as_str().expect("a text").as_bytes());
    let index = stage.object("site", "contests/index.json").await.expect("the list of contests");
    golden::check("published/contests-index.json", &index);
    for (golden, name) in [
        ("officials-ranking.csv", "ranking.csv"),
        ("officials-review.csv", "review.csv"),
        ("officials-questions.csv", "questions.csv"),
    ] {
        let file = stage.object("officials", &format!("thi-thu/rounds/vong-1/v1/{name}")).await;
        golden::check(&format!("published/{golden}"), &file.expect("for officials"));
    }
}

/// What each hash in a manifest and a pointer is of: who reads a difference of the golden files sees which file it is
/// about, and a change of one file is not a change of three.
async fn hashes_of_a_version(stage: &Stage, folder: &str) -> Vec<(String, String)> {
    let mut hashes = Vec::new();
    for (path, bytes) in stage.objects("site").await {
        if let Some(name) = path.strip_prefix(&format!("contests/thi-thu/{folder}")) {
            hashes.push((sha256_hex(&bytes), name.to_owned()));
        }
    }
    let checkpoint = String::from_utf8(stage.site(&format!("{folder}checkpoint")).await).expect("UTF-8");
    let root = BASE64.decode(checkpoint.lines().nth(2).expect("a root").as_bytes()).expect("base64");
    hashes.push((HEXLOWER.encode(&root), "the ledger's tree".to_owned()));
    let rules = stage.contest_json().await["rules_sha256"].as_str().expect("a hash").to_owned();
    hashes.push((rules, "the rules".to_owned()));
    hashes
}

#[tokio::test]
async fn the_same_contest_comes_to_the_same_bytes_whatever_the_order_of_its_sheets() {
    let sheets = [(1, 4, 60, Some(5)), (2, 4, 60, Some(5)), (3, 1, 50, Some(9)), (4, 3, 300, None)];
    let mut turned = sheets;
    turned.reverse();
    let (first, _) = published(&folder(), &sheets).await;
    let (second, _) = published(&folder(), &turned).await;
    assert!(first.objects("site").await == second.objects("site").await);
    let files =
        |objects: Objects| -> Objects { objects.into_iter().filter(|(path, _)| path.contains("/v1/")).collect() };
    let (first, second) = (files(first.objects("officials").await), files(second.objects("officials").await));
    assert_eq!(first.keys().count(), DOCUMENTS.len() + BESIDE);
    assert!(first == second);
}

#[tokio::test]
async fn a_sweep_makes_the_documents_that_a_lost_event_left_unmade() {
    let (stage, _) = golden_round().await;
    let before = stage.objects("officials").await;
    let documents: Vec<&String> = before.keys().filter(|path| path.contains("/v1/")).collect();
    assert_eq!(documents.len(), DOCUMENTS.len() + BESIDE);
    for path in documents {
        let delete = stage.world.s3.delete_object().bucket("officials").key(path);
        delete.send().await.expect("it is deleted");
    }
    let later = instant(PUBLISHES).plus_millis(20 * 60_000);
    let (swept, lines) = stage.logbook.logged(stage.world.functions.sweep(later)).await;
    swept.expect("they are made again");
    assert!(before == stage.objects("officials").await);
    let line = lines.iter().find(|line| line.fields["job"] == "make-documents").expect("a line");
    assert_eq!(line.fields["late_rounds"], 1, "so long after the publication they are late: {}", line.text);
}

#[tokio::test]
async fn documents_that_cannot_be_made_hold_up_no_other_version() {
    let (stage, people) = golden_round().await;
    let first = stage.objects("vault").await.into_keys();
    let ranked: Vec<String> = first.filter(|path| path.starts_with("ranked/") && !path.contains("ledger")).collect();
    stage.decide(decision(1, "2026-03-10T09:00:00+07:00", &[disqualify(&people[0])])).await;
    let list = "thi-thu/rounds/vong-1/v1/documents.json";
    stage.world.s3.delete_object().bucket("officials").key(list).send().await.expect("it is deleted");
    stage.world.functions.close(Wakeup::for_sweep(), stage.world.clock.now()).await.expect("another edition");
    for path in &ranked {
        stage.put("vault", path, "other").await;
    }
    stage.world.sweep().await.expect_err("the first version cannot be read any more");
    assert_eq!(stage.object("officials", list).await, None);
    assert!(stage.object("officials", "thi-thu/rounds/vong-1/v2/documents.json").await.is_some());
    stage.logbook.expect_broken_invariants();
}

#[tokio::test]
async fn results_and_pointer_have_exactly_the_members_of_the_contract() {
    let (stage, _) = golden_round().await;
    let results = stage.round(FIRST).json("v1/results.json").await;
    let expected =
        ["changes", "closed_at", "contest", "prediction", "round", "schema", "status", "totals", "version", "winners"];
    assert_eq!(members(&results), expected);
    assert_eq!((&results["schema"], &results["status"]), (&json!("hoithi/results/1"), &json!("provisional")));
    assert_eq!(results["closed_at"], "2026-03-08T09:00:00.000Z");
    let totals = [
        "attempts",
        "contestants",
        "perfect_attempts",
        "perfect_attempts_percent",
        "perfect_contestants",
        "registered",
    ];
    assert_eq!(members(&results["totals"]), totals);
    for member in [
        "rank",
        "tier",
        "prize",
        "amount",
        "contestant",
        "full_name",
        "unit",
        "score",
        "prediction",
        "prediction_distance",
        "duration_ms",
        "submitted_at",
    ] {
        assert!(results["winners"][0].get(member).is_some(), "no {member} in {}", results["winners"][0]);
    }
    let pointer = stage.round(FIRST).json("index.json").await;
    let expected = ["history", "manifest_sha256", "path", "published_at", "schema", "status", "version"];
    assert_eq!(members(&pointer), expected);
    assert_eq!((&pointer["version"], &pointer["path"]), (&json!(1), &json!("v1/")));
    assert_eq!(members(&pointer["history"][0]), ["manifest_sha256", "published_at", "reason", "version"]);
}

#[tokio::test]
async fn tables_have_the_columns_of_the_contract() {
    let (stage, _) = golden_round().await;
    for (path, header) in [
        (
            "ranking.csv",
            "rank,contestant,unit,score,perfect,prediction,prediction_distance,duration_ms,submitted_at,attempt",
        ),
        (
            "units.csv",
            "rank,unit,name,level,members,contestants,attempts,perfect_contestants,mean_score,rate_percent,prize",
        ),
    ] {
        let bytes = stage.round(FIRST).file(&format!("v1/{path}")).await;
        let text = String::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text.lines().next(), Some(header));
    }
}

#[tokio::test]
async fn the_pointer_fixes_the_manifest_and_the_manifest_every_file() {
    let (stage, _) = golden_round().await;
    let pointer = stage.round(FIRST).json("index.json").await;
    let manifest = stage.round(FIRST).file("v1/manifest.json").await;
    assert_eq!(pointer["manifest_sha256"], sha256_hex(&manifest));
    let manifest: Value = serde_json::from_slice(&manifest).expect("JSON");
    assert_eq!(manifest["previous"], Value::Null);
    assert_eq!(manifest["rules_sha256"], stage.contest_json().await["rules_sha256"]);
    let mut named: Vec<String> = Vec::new();
    for file in manifest["files"].as_array().expect("a list") {
        let name = file["name"].as_str().expect("a name");
        let bytes = stage.round(FIRST).file(&format!("v1/{name}")).await;
        assert_eq!((&file["sha256"], &file["size"]), (&json!(sha256_hex(&bytes)), &json!(bytes.len())), "{name}");
        named.push(name.to_owned());
    }
    let there: Vec<String> = stage
        .objects("site")
        .await
        .into_keys()
        .filter_map(|path| path.strip_prefix("contests/thi-thu/rounds/vong-1/v1/").map(str::to_owned))
        .filter(|name| name != "manifest.json")
        .collect();
    assert_eq!(named, there, "every file of the version and no other");
}

#[tokio::test]
async fn the_published_key_opens_the_commitment_of_before() {
    let stage = Stage::with(&folder()).await;
    let before = stage.contest_json().await["rounds"][0]["key_commitment"].clone();
    stage.clock_well(PUBLISHES).await;
    let opened = stage.round(FIRST).json("v1/key.json").await;
    let nonce = HEXLOWER.decode(opened["nonce"].as_str().expect("a nonce").as_bytes()).expect("hex");
    let letters = |value: &Value| {
        let letters = value.as_array().expect("a list").iter();
        let place = |letter: &Value| u8::try_from("abcdef".find(letter.as_str().expect("a text")).expect("a to f"));
        letters.fold(OptionSet::EMPTY, |set, letter| set.with(place(letter).expect("below six")))
    };
    let key: AnswerKey = opened["key"]
        .as_object()
        .expect("a key")
        .iter()
        .map(|(id, right)| (QuestionId::parse(id).expect("an id"), letters(right)))
        .collect();
    assert_eq!(key.len(), 6);
    let commitment = key_commitment(&nonce.try_into().expect("32 bytes"), &key);
    assert_eq!(before, HEXLOWER.encode(&commitment));
    assert_eq!(opened["schema"], "hoithi/key/1");
    assert_eq!(opened["notes"]["q01"]["source"], "Điều 1");
    assert_eq!(stage.contest_json().await["rounds"][0]["key_commitment"], before, "it stays published");
}

#[tokio::test]
async fn versions_may_be_kept_for_a_year_and_pointers_for_a_minute() {
    let (stage, _) = golden_round().await;
    let cached = async |path: &str| {
        let reply = stage.door.over_the_wire(http::Method::GET, &format!("/contests/thi-thu/{path}"), None).await;
        assert_eq!(reply.status, 200, "{path}");
        reply.header("cache-control").to_owned()
    };
    let version = cached("rounds/vong-1/v1/results.json").await;
    assert!(version.contains("immutable") && version.contains("31536000"), "{version}");
    let pointer = cached("rounds/vong-1/index.json").await;
    let seconds = pointer.rsplit_once("max-age=").and_then(|(_, seconds)| seconds.parse().ok());
    assert!(seconds.is_some_and(|seconds: u32| seconds <= 60), "{pointer}");
}

#[tokio::test]
async fn officials_get_their_files() {
    let (stage, _) = golden_round().await;
    let csv = stage.object("officials", "thi-thu/rounds/vong-1/v1/ranking.csv").await.expect("the ranking");
    assert!(csv.starts_with("\u{feff}".as_bytes()), "a byte order mark, for Excel");
    let list = stage.object("officials", "thi-thu/rounds/vong-1/v1/documents.json").await.expect("the list");
    let list: Value = serde_json::from_slice(&list).expect("JSON");
    let files = list["files"].as_array().expect("a list");
    let mut names: Vec<&str> = files.iter().filter_map(|file| file["name"].as_str()).collect();
    names.sort_unstable();
    assert_eq!(names, DOCUMENTS);
    for file in files {
        let name = file["name"].as_str().expect("a name");
        let bytes = stage.object("officials", &format!("thi-thu/rounds/vong-1/v1/{name}")).await.expect("a document");
        assert_eq!((&file["status"], &file["sha256"]), (&json!("ready"), &json!(sha256_hex(&bytes))), "{name}");
        let part = match name.rsplit_once('.').expect("an ending").1 {
            "xlsx" => "xl/worksheets/sheet1.xml",
            "docx" => "word/document.xml",
            _ => continue,
        };
        let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
        assert!(archive.by_name(part).is_ok(), "{name}");
    }
}

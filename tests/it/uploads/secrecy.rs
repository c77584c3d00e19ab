//! The key stays in `vault/keys/` until the results are public.

use http::Method;
use tests::storage::Objects;
use tests::{CANARY, FIRST, Folder, OPENS, PUBLISHES, Play, Stage, person, right_letters};

/// The canonical answer key of a bank of six questions, as far as any program would write it.
fn canonical_key() -> String {
    let members: Vec<String> =
        (0..6).map(|place| format!("\"q{:02}\":[\"{}\"]", place + 1, right_letters(place).join("\",\""))).collect();
    members.join(",")
}

/// The nonces of the keys, as they stand in the vault.
fn nonces(vault: &Objects) -> Vec<String> {
    let keys = vault.iter().filter(|(path, _)| path.starts_with("keys/"));
    keys.map(|(_, bytes)| {
        let key: serde_json::Value = serde_json::from_slice(bytes).expect("a key is JSON");
        key["nonce"].as_str().expect("a nonce").to_owned()
    })
    .collect()
}

#[track_caller]
fn check(objects: &Objects, bucket: &str, secrets: &[String]) {
    for (path, bytes) in objects.iter().filter(|(path, _)| !path.starts_with("keys/")) {
        let text = String::from_utf8_lossy(bytes);
        for secret in secrets {
            assert!(!text.contains(secret.as_str()), "{secret} stands in {bucket}/{path}");
        }
    }
}

#[tokio::test]
async fn no_object_outside_the_keys_and_no_answer_tells_the_key_before_closing() {
    let stage = Stage::with(&Folder::small()).await;
    let contestant = stage.door.register(&person(1, "Nguyễn Văn An", "bac")).await;
    stage.clock_well(OPENS).await;
    let accepted =
        contestant.play(Play { round: FIRST, started_at: OPENS, seconds: 60, right: 4, prediction: Some(1) }).await;
    stage.clock_well("2026-03-08T15:59:59+07:00").await;

    let vault = stage.objects("vault").await;
    let keys: String =
        vault.iter().filter(|(p, _)| p.starts_with("keys/")).map(|(_, b)| String::from_utf8_lossy(b)).collect();
    let nonces = nonces(&vault);
    assert_eq!(nonces.len(), 2);
    assert!(keys.contains(CANARY), "the scan knows what it looks for");
    let secrets = [vec![CANARY.to_owned(), canonical_key()], nonces].concat();
    for bucket in ["vault", "site", "officials"] {
        check(&stage.objects(bucket).await, bucket, &secrets);
    }
    let tables = format!("{:?}", stage.tables().await);
    let me = contestant.door.call(Method::GET, "me", None).await.text();
    for secret in &secrets {
        assert!(!tables.contains(secret.as_str()), "{secret} stands in a table");
        assert!(!accepted.to_string().contains(secret.as_str()) && !me.contains(secret.as_str()));
    }
}

#[tokio::test]
async fn the_key_stays_secret_between_closing_and_publication() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well("2026-03-08T16:59:59+07:00").await;
    let secrets = [vec![CANARY.to_owned(), canonical_key()], nonces(&stage.objects("vault").await)].concat();
    for bucket in ["site", "officials"] {
        check(&stage.objects(bucket).await, bucket, &secrets);
    }
}

#[tokio::test]
async fn published_results_open_one_key_and_not_the_next_rounds() {
    let stage = Stage::with(&Folder::small()).await;
    stage.clock_well(PUBLISHES).await;
    let site: String =
        stage.objects("site").await.values().map(|bytes| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(site.contains(&format!("{CANARY} 1-1")), "the first round's explanations are public");
    assert!(!site.contains(&format!("{CANARY} 2-")), "the second round's are not");
    assert_eq!(stage.round(FIRST).json("v1/key.json").await["contest"], "thi-thu");
}

#[tokio::test]
async fn a_contest_that_never_reveals_its_key_publishes_none() {
    let folder = Folder::small().with_plan("reveal_key = \"published\"", "reveal_key = \"never\"");
    let stage = Stage::with(&folder).await;
    stage.clock_well(PUBLISHES).await;
    assert!(stage.object("site", "contests/thi-thu/rounds/vong-1/v1/results.json").await.is_some());
    assert!(stage.object("site", "contests/thi-thu/rounds/vong-1/v1/key.json").await.is_none());
    let secrets = [vec![CANARY.to_owned(), canonical_key()], nonces(&stage.objects("vault").await)].concat();
    for bucket in ["site", "officials"] {
        check(&stage.objects(bucket).await, bucket, &secrets);
    }
}

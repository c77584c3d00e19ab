//! The log: entry before effect, each naming the one before.

use super::{entries, minutes, with_a_lead};
use contest::seal::sha256_hex;
use http::Method;
use serde_json::{Value, json};
use tests::{Folder, at_once};

pub(super) fn actions(entries: &[Value]) -> Vec<&str> {
    entries.iter().map(|entry| entry["action"].as_str().expect("a word")).collect()
}

#[tokio::test]
async fn what_is_done_stands_in_the_log_with_who_did_it() {
    let (stage, lead) = with_a_lead().await;
    let folder = Folder::small();
    let plan = folder.text("contest.toml");
    lead.put_file(&folder.id, "contest.toml", plan.as_bytes(), None).await.expect(202);
    let tag = lead.get(&format!("contests/{}/files/contest.toml", folder.id)).await.header("etag").to_owned();
    lead.put_file(&folder.id, "contest.toml", format!("{plan}\n").as_bytes(), Some(&tag)).await.expect(202);
    let of_contest = entries(&lead, &format!("contests/{}/audit/1", folder.id)).await;
    assert_eq!(actions(&of_contest), ["upload", "upload"]);
    assert_eq!(of_contest[0]["after_sha256"], of_contest[1]["before_sha256"]);
    assert_eq!(
        (of_contest[1]["actor"]["id"].as_str(), of_contest[1]["name"].as_str()),
        (Some(&*lead.id), Some("Cô lan"))
    );
    let of_platform = entries(&lead, "audit/1").await;
    assert_eq!(actions(&of_platform), ["invite", "enrol"]);
    for object in stage.objects("vault").await.values() {
        let text = String::from_utf8_lossy(object);
        assert!(!text.contains("Cô lan"), "names are looked up and never kept: {text}");
    }
    let heads = lead.get(&format!("contests/{}/audit/heads", folder.id)).await.expect(200);
    let last = of_contest[1]["text"].as_str().expect("its bytes");
    assert_eq!(heads["newest"], json!({ "seq": 2, "sha256": sha256_hex(last.as_bytes()) }));
    assert_eq!(lead.get("audit/heads").await.expect(200)["newest"]["seq"], 2);
    assert_eq!(lead.get(&format!("contests/{}/audit/heads", "khac")).await.expect(200)["newest"], Value::Null);
    lead.call(Method::GET, "audit/0", None).await.refused(404, "no_such_route");
}

#[tokio::test]
pub(super) async fn entries_at_once_make_one_chain() {
    let (_stage, lead) = with_a_lead().await;
    let requests = (0..12).map(|n| {
        let lead = lead.at(minutes(1));
        let form = json!({ "name": format!("Người {n}"), "role": "it", "scope": "*" });
        async move { lead.call(Method::POST, "people", Some(form)).await }
    });
    for reply in at_once(requests).await {
        reply.expect(201);
    }
    assert_eq!(entries(&lead.at(minutes(2)), "audit/1").await.len(), 14);
}

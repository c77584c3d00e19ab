//! Files that come by the console: what an AWS client would put there, and never at the cost of somebody else's work.

use super::{minutes, now, with_a_lead};
use http::Method;
use tests::{Folder, at_once};

const CONTEST: &str = "thi-thu";

#[tokio::test]
async fn a_contest_is_made_by_the_console_alone() {
    let (stage, lead) = with_a_lead().await;
    let folder = Folder::small();
    let id = folder.id.as_str();
    let author = stage.staff("hoa", "author", id, now()).await;
    assert_eq!(lead.get("contests").await.expect(200)["contests"], serde_json::json!([]));
    lead.get(&format!("contests/{id}")).await.refused(404, "no_such_contest");
    for (name, bytes) in &folder.files {
        let who = if name.starts_with("bank") { &author } else { &lead };
        let taken = who.put_file(id, name, bytes, None).await.expect(202);
        let report = who.get(&format!("contests/{id}/files/{name}/report")).await.expect(200);
        assert_eq!(
            (report["status"].as_str(), &report["version_id"]),
            (Some("accepted"), &taken["version_id"]),
            "{report}"
        );
    }
    let listed = lead.get("contests").await.expect(200);
    assert_eq!(listed["contests"][0]["phase"], "ahead", "{listed}");
    let seen = lead.get(&format!("contests/{id}")).await.expect(200);
    let files = seen["files"].as_array().expect("files");
    assert!(files.iter().all(|file| file["status"] == "accepted"), "{files:?}");
    assert_eq!(files.len(), folder.files.len());
    let met = |code: &str| {
        seen["checklist"].as_array().expect("checks").iter().filter(|c| c["code"] == code).all(|c| c["is_met"] == true)
    };
    assert!(met("plan") && met("bank") && !met("two_leads") && !met("excluded"), "{}", seen["checklist"]);
    let plan = lead.get(&format!("contests/{id}/files/contest.toml")).await;
    assert_eq!(plan.body, folder.files[0].1);
    let tag = plan.header("etag").to_owned();
    let changed = folder.text("contest.toml").replace("count = 1", "count = 2");
    lead.put_file(id, "contest.toml", changed.as_bytes(), Some(&tag)).await.expect(202);
    let other = folder.text("contest.toml").replace("count = 1", "count = 3");
    lead.put_file(id, "contest.toml", other.as_bytes(), Some(&tag)).await.refused(409, "changed_meanwhile");
    // Whoever heard no answer sends the same again, and is told that it stands there.
    let again = lead.put_file(id, "contest.toml", changed.as_bytes(), Some(&tag)).await.expect(202);
    let seen = lead.get(&format!("contests/{id}")).await.expect(200);
    let file = seen["files"].as_array().expect("files").iter().find(|file| file["name"] == "contest.toml");
    assert_eq!(file.expect("it stands there")["etag"], again["etag"]);
}

#[tokio::test]
async fn a_bank_goes_in_and_never_comes_out() {
    let (stage, lead) = with_a_lead().await;
    let folder = Folder::small();
    let author = stage.staff("hoa", "author", CONTEST, now()).await;
    let bank = folder.text("bank-1.csv");
    lead.put_file(CONTEST, "bank-1.csv", bank.as_bytes(), None).await.refused(403, "not_your_role");
    author.put_file(CONTEST, "bank-1.csv", bank.as_bytes(), None).await.expect(202);
    for who in [&lead, &author] {
        who.get(&format!("contests/{CONTEST}/files/bank-1.csv")).await.refused(403, "bank_stays_in");
    }
    author.put_file(CONTEST, "units.csv", b"x", None).await.refused(403, "not_your_role");
    author.get(&format!("contests/{CONTEST}/files/units.csv")).await.refused(403, "not_your_role");
}

#[tokio::test]
async fn what_is_wrong_with_an_upload_is_told_and_nothing_is_lost() {
    let (stage, lead) = with_a_lead().await;
    let path = format!("/v1/organizer/contests/{CONTEST}/files/contest.toml");
    let put =
        async |headers: &[(&str, &str)], body: Vec<u8>| lead.door.send_with(headers, Method::PUT, &path, body).await;
    let digest = ("content-digest", "sha-256=:ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=:");
    put(&[digest], b"abc".to_vec()).await.refused(428, "condition_missing");
    put(&[digest, ("if-none-match", "*"), ("if-match", "\"x\"")], b"abc".to_vec())
        .await
        .refused(428, "condition_missing");
    put(&[("if-none-match", "*")], b"abc".to_vec()).await.refused(422, "digest_mismatch");
    put(&[digest, ("if-none-match", "*")], b"abd".to_vec()).await.refused(422, "digest_mismatch");
    put(&[digest, ("if-none-match", "*")], Vec::new()).await.refused(422, "empty_file");
    put(&[digest, ("if-match", "\"x\"")], b"abc".to_vec()).await.refused(409, "changed_meanwhile");
    assert_eq!(stage.objects("uploads").await.len(), 0);
    let large = vec![b'a'; 4 * 1024 * 1024 + 1];
    lead.put_file(CONTEST, "contest.toml", &large, None).await.refused(413, "file_too_large");
    lead.put_file(CONTEST, "adjudications.csv", b"a", None).await.refused(403, "needs_proposal");
    for name in ["Bank.xlsx", "de-thi.csv", "contest.json"] {
        lead.put_file(CONTEST, name, b"a", None).await.refused(422, "unknown_file_name");
    }
    lead.put_file(CONTEST, "contest.toml", &large[1..], None).await.expect(202);
    let report = lead.get(&format!("contests/{CONTEST}/files/contest.toml/report")).await.expect(200);
    assert_eq!(report["status"], "rejected");
    let listed = lead.get("contests").await.expect(200);
    assert_eq!(
        (listed["contests"][0]["id"].as_str(), listed["contests"][0]["phase"].as_str()),
        (Some(CONTEST), Some("draft"))
    );
}

#[tokio::test]
async fn of_two_who_save_at_once_one_is_told_so() {
    let (stage, lead) = with_a_lead().await;
    let colleague = stage.staff("hai", "organizer", CONTEST, minutes(1)).await;
    let folder = Folder::small();
    let plan = folder.text("contest.toml");
    let requests = [lead.at(minutes(1)), colleague].into_iter().enumerate().map(|(n, who)| {
        let plan = plan.replace("count = 1", &format!("count = {}", n + 2));
        async move { who.put_file(CONTEST, "contest.toml", plan.as_bytes(), None).await.status }
    });
    let mut statuses = at_once(requests).await;
    statuses.sort_unstable();
    assert_eq!(statuses, [202, 409]);
}

//! Whom contestants ask is public, and may change at any time.

use serde_json::json;
use tests::{Folder, OPENS, Stage};

#[tokio::test]
async fn a_contact_is_public_and_changes_while_a_round_is_open() {
    let said = |phone: &str| format!("[contact]\nname = \"Tổ thư ký\"\nphone = \"{phone}\"\n\n[registration]");
    let folder = |phone: &str| Folder::small().with_plan("[registration]", &said(phone));
    let stage = Stage::with(&folder("0208 3 862 000")).await;
    let before = stage.contest_json().await;
    assert_eq!(before["contact"], json!({ "name": "Tổ thư ký", "phone": "0208 3 862 000" }));
    stage.clock(OPENS).await;
    stage.accept("contest.toml", folder("0208 3 862 001").text("contest.toml")).await;
    let after = stage.contest_json().await;
    assert_eq!(after["contact"]["phone"], "0208 3 862 001");
    assert_eq!(after["rules_sha256"], before["rules_sha256"], "no rule hangs on it");
    stage.accept("contest.toml", Folder::small().text("contest.toml")).await;
    assert_eq!(stage.contest_json().await.get("contact"), None);
}

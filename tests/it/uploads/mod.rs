//! Files landing in `uploads`: judged whole, in force whole or not at all, reported with every fault.

mod accepted;
mod added;
mod at_once;
mod changes;
mod contact;
mod drafts;
mod other_programs;
mod phases;
mod refused;
mod secrecy;
mod workbooks;

use tests::Stage;

/// Uploads a file that is refused with this code and changes nothing.
async fn refuse(stage: &Stage, name: &str, text: &str, code: &str) {
    let before = stage.in_force().await;
    let report = stage.upload(name, text).await;
    assert_eq!(report["status"], "rejected", "{code}: {report}\n{text}");
    let errors = report["errors"].as_array().expect("a list");
    assert!(errors.iter().any(|error| error["code"] == code), "{code}: {report}");
    assert!(stage.in_force().await == before, "{name} changed something");
}

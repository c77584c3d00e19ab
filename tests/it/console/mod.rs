//! The organizers' console: who comes in, what each may do, and what is left of it in the log.

mod canary;
mod demo;
mod documents;
mod drafts;
mod files;
mod health;
mod held;
mod interrupted;
mod log;
mod look_up;
mod paper;
mod passkeys;
mod proposals;
mod results;
mod roles;
mod sessions;
mod signed;
mod watch;

use contest::organizers::{GENESIS, link};
use contest::time::Timestamp;
use serde_json::{Value, json};
use tests::{Staff, Stage, instant};

/// When the tests begin, at the beginning of a step of the authenticator app.
const NOW: &str = "2026-03-01T08:00:00+07:00";

fn now() -> Timestamp {
    instant(NOW)
}

fn minutes(count: i64) -> Timestamp {
    now().plus_millis(count * 60_000)
}

/// An empty platform with its first lead.
async fn with_a_lead() -> (Stage, Staff) {
    let stage = Stage::empty(NOW).await;
    let lead = stage.staff("lan", "lead", "*", now()).await;
    (stage, lead)
}

/// The entries of a log, each held against the hash of the one before.
async fn entries(who: &Staff, path: &str) -> Vec<Value> {
    let shown = who.get(path).await.expect(200);
    let entries = shown["entries"].as_array().expect("entries").clone();
    let mut previous = GENESIS.to_owned();
    for (at, entry) in entries.iter().enumerate() {
        assert_eq!(entry["seq"], json!(at + 1));
        assert_eq!(entry["previous"].as_str(), Some(previous.as_str()), "{entry}");
        previous = link(entry["text"].as_str().expect("its bytes").as_bytes());
    }
    entries
}

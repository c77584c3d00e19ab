//! `hoithi/audit/1`: an entry of the organizers' log (`CONSOLE.md` 4.8). Accounts and codes stand in it, names do not: they
//! are looked up when it is shown, so that a former colleague can be forgotten.

use serde::{Deserialize, Serialize};

/// An entry. Its bytes, as they were written, are what the next one names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    pub schema: String,
    /// From 1, without a gap.
    pub seq: u64,
    /// RFC 3339, the gateway's receipt time.
    pub at: String,
    pub actor: Actor,
    /// Word for what was done.
    pub action: String,
    /// On what.
    pub subject: String,
    /// Hash of what stood there before, where it is a file.
    pub before_sha256: Option<String>,
    /// Hash of what stands there afterwards.
    pub after_sha256: Option<String>,
    pub reason: Option<String>,
    /// The proposal that it carries out.
    pub proposal: Option<String>,
    /// By which the function's log finds it.
    pub request: String,
    /// SHA-256 of the bytes of the entry before.
    pub previous: String,
}

/// Who.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The account's identifier; none where nobody has an account yet.
    pub id: Option<String>,
    /// Word of the role by which it was allowed.
    pub role: Option<String>,
}

impl Entry {
    /// The schema that this type writes.
    pub const SCHEMA: &str = "hoithi/audit/1";

    pub fn to_json(&self) -> Vec<u8> {
        crate::site::json_bytes(self)
    }
}

/// An entry as it is shown: the bytes themselves, and who it was.
#[derive(Serialize)]
pub struct Shown {
    #[serde(flatten)]
    pub entry: Entry,
    /// The bytes of the entry, which the page hashes.
    pub text: String,
    /// Today's name of the actor; none for an account that is gone.
    pub name: Option<String>,
}

contest::masked!(Shown);

/// How far a log has come.
#[derive(Debug, Serialize)]
pub struct Heads {
    /// None where nothing was logged.
    pub newest: Option<ShownHead>,
}

#[derive(Debug, Serialize)]
pub struct ShownHead {
    pub seq: u64,
    /// Of the entry's bytes.
    pub sha256: String,
}

#[derive(Debug, Serialize)]
pub struct Entries {
    pub entries: Vec<Shown>,
    /// Number of the first entry after these; none at the end.
    pub next: Option<u64>,
}

//! The pointer of a round, schema `hoithi/round/1`: changed last, by compare-and-swap.

use super::{json_bytes, version_folder};
use contest::edition::Status;
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The pointer. It is read back before the next version moves it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoundPointer {
    schema: String,
    /// The live version.
    pub version: u32,
    /// What its results are.
    #[serde(with = "super::status")]
    pub status: Status,
    /// Folder of the live version, relative to the pointer.
    pub path: String,
    /// SHA-256 of its manifest.
    pub manifest_sha256: String,
    /// RFC 3339, when it went live.
    pub published_at: String,
    /// Every version so far, the first one first and the live one last.
    pub history: Vec<PointerEntry>,
}

/// One version in the history of a pointer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PointerEntry {
    /// From 1.
    pub version: u32,
    /// SHA-256 of its manifest.
    pub manifest_sha256: String,
    /// Why there is a new version; none for the first.
    pub reason: Option<String>,
    /// RFC 3339.
    pub published_at: String,
}

impl RoundPointer {
    /// File name within the round's folder.
    pub const NAME: &str = "index.json";
    const SCHEMA: &str = "hoithi/round/1";

    /// The pointer that makes a version live after `previous`, the pointer as it stands.
    pub fn moved(
        previous: Option<&Self>,
        version: u32,
        status: Status,
        manifest_sha256: &str,
        reason: Option<&str>,
        published_at: Timestamp,
    ) -> Self {
        let published_at = published_at.rfc3339();
        let mut history = previous.map(|p| p.history.clone()).unwrap_or_default();
        history.push(PointerEntry {
            version,
            manifest_sha256: manifest_sha256.to_owned(),
            reason: reason.map(str::to_owned),
            published_at: published_at.clone(),
        });
        Self {
            schema: Self::SCHEMA.to_owned(),
            version,
            status,
            path: version_folder(version),
            manifest_sha256: manifest_sha256.to_owned(),
            published_at,
            history,
        }
    }

    /// Reads a pointer.
    ///
    /// # Errors
    /// Where the bytes are no pointer of this schema.
    pub fn from_json(bytes: &[u8]) -> serde_json::Result<Self> {
        let pointer: Self = serde_json::from_slice(bytes)?;
        if pointer.schema == Self::SCHEMA {
            Ok(pointer)
        } else {
            Err(serde::de::Error::custom(format_args!("schema {:?} is unknown", pointer.schema)))
        }
    }

    pub fn to_json(&self) -> Vec<u8> {
        json_bytes(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first() -> RoundPointer {
        let at = Timestamp::parse_rfc3339("2021-12-20T08:00:00+07:00").expect("a valid instant");
        RoundPointer::moved(None, 1, Status::Provisional, &"a".repeat(64), None, at)
    }

    #[test]
    fn a_pointer_survives_writing_and_reading() {
        let pointer = first();
        let read = RoundPointer::from_json(&pointer.to_json()).expect("our own bytes");
        assert_eq!(read, pointer);
        let other = String::from_utf8(pointer.to_json()).expect("UTF-8").replace("round/1", "round/2");
        assert!(RoundPointer::from_json(other.as_bytes()).is_err(), "another schema is another format");
    }

    #[test]
    fn the_next_version_keeps_the_history_and_its_reason() {
        let at = Timestamp::parse_rfc3339("2021-12-24T01:00:00Z").expect("a valid instant");
        let reason = Some("Hủy kết quả theo Quyết định số 12/QĐ-BTC");
        let second = RoundPointer::moved(Some(&first()), 2, Status::Official, &"b".repeat(64), reason, at);
        expect_test::expect![[r#"
            {"schema":"hoithi/round/1","version":2,"status":"official","path":"v2/","manifest_sha256":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","published_at":"2021-12-24T01:00:00.000Z","history":[{"version":1,"manifest_sha256":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","reason":null,"published_at":"2021-12-20T01:00:00.000Z"},{"version":2,"manifest_sha256":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb","reason":"Hủy kết quả theo Quyết định số 12/QĐ-BTC","published_at":"2021-12-24T01:00:00.000Z"}]}
        "#]]
        .assert_eq(&String::from_utf8(second.to_json()).expect("JSON is UTF-8"));
    }
}

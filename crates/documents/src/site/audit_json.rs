//! `contests/{c}/audit.json`: how far the organizers' log has come, signed once a day, so that a log that was cut shorter or
//! written anew is found out.

use super::json_bytes;
use contest::ids::ContestId;
use contest::organizers::{Head, SignedHeads};
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};

const SCHEMA: &str = "hoithi/audit/1";

#[derive(Deserialize, Serialize)]
struct Published {
    schema: String,
    contest: String,
    seq: u64,
    sha256: String,
    platform: PublishedHead,
    signed_at: String,
    note: String,
}

#[derive(Deserialize, Serialize)]
struct PublishedHead {
    seq: u64,
    sha256: String,
}

/// The file of signed heads; `note` is their text as it was signed.
pub fn audit_json(contest: &ContestId, heads: &SignedHeads, note: &str) -> Vec<u8> {
    let published = Published {
        schema: SCHEMA.to_owned(),
        contest: contest.to_string(),
        seq: heads.contest.seq,
        sha256: heads.contest.sha256.clone(),
        platform: PublishedHead { seq: heads.platform.seq, sha256: heads.platform.sha256.clone() },
        signed_at: heads.at.rfc3339(),
        note: note.to_owned(),
    };
    json_bytes(&published)
}

/// Reads [`audit_json`] back.
pub fn read_audit_json(bytes: &[u8]) -> Option<SignedHeads> {
    let Published { schema, seq, sha256, platform, signed_at, .. } = serde_json::from_slice(bytes).ok()?;
    let at = Timestamp::parse_rfc3339(&signed_at)?;
    let heads = SignedHeads {
        contest: Head { seq, sha256 },
        platform: Head { seq: platform.seq, sha256: platform.sha256 },
        at,
    };
    (schema == SCHEMA).then_some(heads)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_read_back() {
        let contest = ContestId::parse("a").expect("an id");
        let at = Timestamp::from_millis(1_639_000_000_000);
        let heads = SignedHeads { contest: Head { seq: 3, sha256: "ab".to_owned() }, platform: Head::none(), at };
        let bytes = audit_json(&contest, &heads, "text\n");
        assert_eq!(read_audit_json(&bytes), Some(heads));
        assert_eq!(read_audit_json(&bytes[1..]), None);
        assert_eq!(read_audit_json(br#"{"schema":"hoithi/audit/2"}"#), None);
    }
}

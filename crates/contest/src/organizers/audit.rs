//! The chain of the organizers' log: each entry names the hash of the one before, so that none can be changed or taken out
//! without changing all that follow (`CONSOLE.md` 4.8).

use crate::ids::ContestId;
use crate::seal::sha256_hex;
use crate::time::Timestamp;
use std::fmt;

/// Which log.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Chain {
    /// Of accounts and settings, which belong to no contest.
    Platform,
    /// Of a contest.
    Contest(ContestId),
}

impl Chain {
    /// What stands for the platform where a contest has its id; no contest is called so.
    pub const PLATFORM: &'static str = "_platform";
}

impl fmt::Display for Chain {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Platform => f.write_str(Self::PLATFORM),
            Self::Contest(contest) => contest.fmt(f),
        }
    }
}

/// What the first entry names as the one before: nothing hashes to it.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// The hash by which the next entry names this one: SHA-256 of its bytes, in small hexadecimal.
pub fn link(entry: &[u8]) -> String {
    sha256_hex(entry)
}

/// How long a signed head stands before a newer one takes its place, in milliseconds.
pub const SIGNED_FOR_MS: i64 = 24 * 60 * 60 * 1_000;

/// How far a log has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the newest entry, from 1; 0 where there is none.
    pub seq: u64,
    /// Its hash, [`GENESIS`] where there is none.
    pub sha256: String,
}

impl Head {
    /// Of a log without entries.
    pub fn none() -> Self {
        Self { seq: 0, sha256: GENESIS.to_owned() }
    }
}

/// Heads that are signed and published together: a log cannot be cut shorter than they say without anybody seeing it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedHeads {
    /// Of the contest's log.
    pub contest: Head,
    /// Of the log of accounts and settings.
    pub platform: Head,
    /// When they were signed.
    pub at: Timestamp,
}

impl SignedHeads {
    /// Whether other heads are to be signed after these.
    pub fn are_followed_by(&self, contest: &Head, now: Timestamp) -> bool {
        contest.seq > self.contest.seq && now >= self.at.plus_millis(SIGNED_FOR_MS)
    }

    /// The text that is signed: the format, the contest, number and hash of its newest entry, number and hash of the
    /// platform's, and when; a line each.
    pub fn text(&self, contest: &ContestId) -> String {
        let Self { contest: head, platform, at } = self;
        format!(
            "hoithi/audit/1\n{contest}\n{}\n{}\n{}\n{}\n{}\n",
            head.seq,
            head.sha256,
            platform.seq,
            platform.sha256,
            at.rfc3339()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_are_signed_once_a_day_and_only_where_something_was_added() {
        let head = |seq| Head { seq, sha256: "ab".to_owned() };
        let now = Timestamp::from_millis(1_639_000_000_000);
        let signed = SignedHeads { contest: head(7), platform: Head::none(), at: now };
        let later = now.plus_millis(SIGNED_FOR_MS);
        assert!(signed.are_followed_by(&head(8), later));
        assert!(!signed.are_followed_by(&head(7), later), "nothing was added");
        assert!(!signed.are_followed_by(&head(8), later.plus_millis(-1)), "not yet a day");
        let text = signed.text(&ContestId::parse("a").unwrap());
        assert_eq!(text, format!("hoithi/audit/1\na\n7\nab\n0\n{GENESIS}\n2021-12-08T21:46:40.000Z\n"));
    }

    #[test]
    fn the_platform_is_no_contest() {
        assert_eq!(ContestId::parse(Chain::PLATFORM).ok(), None);
        assert_eq!(Chain::Platform.to_string(), "_platform");
        assert_eq!(Chain::Contest(ContestId::parse("a").unwrap()).to_string(), "a");
        assert_eq!((GENESIS.len(), link(b"").len()), (64, 64));
    }
}

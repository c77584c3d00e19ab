//! Keyed names, commitments and the text of a receipt: what binds published files to secrets that
//! stay with the functions (`RELIABILITY.md` 4).
//!
//! Every key of a contest is derived from one master secret, so that an operator keeps, rotates and
//! backs up a single value.

use crate::bank::{AnswerKey, OptionSet};
use crate::ids::{ContestId, ContestantId, Pseudonym, QuestionId, RoundId};
use crate::plan::PredictionTarget;
use crate::prediction::Prediction;
use crate::time::Timestamp;
use data_encoding::{BASE32_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// What a derived key is for; two purposes never share a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Seed of the Ed25519 key that signs receipts.
    Sign,
    /// Public names of contestants.
    Pseudonym,
    /// Salts of submissions.
    Salt,
    /// Papers of a round.
    Paper,
    /// Citizen ids, phones and codes in the table of people.
    Lookup,
    /// Spread of contestants over shards.
    Shard,
    /// Codes by which contestants bring in others.
    Referral,
    /// Nonces of key commitments.
    Nonce,
    /// Codes given to people on a roster without one.
    RosterCode,
    /// Values of draws.
    Lot,
}

impl Purpose {
    const fn label(self) -> &'static str {
        match self {
            Self::Sign => "hoithi/sign/1",
            Self::Pseudonym => "hoithi/pseudonym/1",
            Self::Salt => "hoithi/salt/1",
            Self::Paper => "hoithi/paper-secret/1",
            Self::Lookup => "hoithi/lookup/1",
            Self::Shard => "hoithi/shard/1",
            Self::Referral => "hoithi/referral/1",
            Self::Nonce => "hoithi/nonce/1",
            Self::RosterCode => "hoithi/roster-code/1",
            Self::Lot => "hoithi/lot-secret/1",
        }
    }
}

/// HMAC-SHA-256 over parts, each closed by a zero byte. No part that reaches it holds one.
pub fn keyed(key: &[u8; 32], parts: &[&str]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    for part in parts {
        mac.update(part.as_bytes());
        mac.update(b"\0");
    }
    mac.finalize().into_bytes().into()
}

/// The keys of one contest.
#[derive(Clone)]
pub struct ContestKeys {
    master: [u8; 32],
    contest: ContestId,
    pseudonym: [u8; 32],
    salt: [u8; 32],
    lookup: [u8; 32],
    shard: [u8; 32],
}

impl ContestKeys {
    /// Derives the keys of `contest`.
    pub fn new(master: &[u8; 32], contest: &ContestId) -> Self {
        let derive = |purpose: Purpose| keyed(master, &[purpose.label(), contest.as_str()]);
        Self {
            pseudonym: derive(Purpose::Pseudonym),
            salt: derive(Purpose::Salt),
            lookup: derive(Purpose::Lookup),
            shard: derive(Purpose::Shard),
            master: *master,
            contest: contest.clone(),
        }
    }

    /// The contest's key for a purpose without a method of its own.
    pub fn derive(&self, purpose: Purpose) -> [u8; 32] {
        keyed(&self.master, &[purpose.label(), self.contest.as_str()])
    }

    /// The secret from which the papers of a round follow.
    pub fn paper_secret(&self, round: &RoundId) -> [u8; 32] {
        keyed(&self.derive(Purpose::Paper), &[round.as_str()])
    }

    /// The functions' own value for the draw of a round.
    pub fn lot_secret(&self, round: &RoundId) -> [u8; 32] {
        keyed(&self.derive(Purpose::Lot), &[round.as_str()])
    }

    /// The public name of a contestant: the first 80 bits of the HMAC, base32.
    pub fn pseudonym(&self, contestant: &ContestantId) -> Pseudonym {
        let mac = keyed(&self.pseudonym, &[contestant.as_str()]);
        Pseudonym::parse(&base32(&mac[..10])).expect("80 bits are 16 characters of base32")
    }

    /// The code by which a contestant brings in others: 40 bits, eight characters.
    pub fn referral_code(&self, contestant: &ContestantId) -> String {
        base32(&keyed(&self.derive(Purpose::Referral), &[contestant.as_str()])[..5])
    }

    /// 128 bits that open the commitment in the receipt of one attempt.
    pub fn salt(&self, round: &RoundId, contestant: &ContestantId, attempt: u16) -> [u8; 16] {
        let mac = keyed(&self.salt, &[round.as_str(), contestant.as_str(), &attempt.to_string()]);
        let (salt, _) = mac.split_at(16);
        salt.try_into().expect("split at 16 bytes")
    }

    /// The key under which an identifying value (`kind` such as `citizen_id`) is looked up. A plain
    /// hash of twelve digits could be undone by trying them all; this cannot without the secret.
    pub fn lookup(&self, kind: &str, value: &str) -> String {
        base32(&keyed(&self.lookup, &[kind, value])[..20])
    }

    /// A code that nobody has, for a looked-up value that names nobody or several: what is done for it takes as
    /// long as what is done for an account.
    pub fn nobody(&self, lookup: &str) -> ContestantId {
        let code = self.lookup("nobody", lookup).to_uppercase();
        ContestantId::parse(&code).expect("160 bits are 32 capital letters and digits")
    }

    /// The shard of a contestant, below `count`: even to a few thousandths for the few shards that a round has.
    pub fn shard(&self, contestant: &ContestantId, count: u16) -> u16 {
        let mac = keyed(&self.shard, &[contestant.as_str()]);
        u16::from_be_bytes([mac[0], mac[1]]) % count.max(1)
    }
}

fn base32(bytes: &[u8]) -> String {
    BASE32_NOPAD.encode(bytes).to_ascii_lowercase()
}

/// The one form of an answer key: a JSON object without spaces, ordered by question,
/// `{"q01":["b"],"q02":["a","c"]}`.
pub fn canonical_key(key: &AnswerKey) -> String {
    canonical_answers(key.iter().map(|(id, set)| (id, *set)))
}

fn canonical_answers<'a>(pairs: impl Iterator<Item = (&'a QuestionId, OptionSet)>) -> String {
    let members: Vec<String> = pairs
        .map(|(id, set)| {
            let letters: Vec<String> = set.letters().map(|letter| format!("\"{letter}\"")).collect();
            format!("\"{id}\":[{}]", letters.join(","))
        })
        .collect();
    format!("{{{}}}", members.join(","))
}

/// What is published before a round opens: SHA-256("hoithi/key/1" ‖ nonce ‖ canonical key).
pub fn key_commitment(nonce: &[u8; 32], key: &AnswerKey) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"hoithi/key/1");
    hash.update(nonce);
    hash.update(canonical_key(key).as_bytes());
    hash.finalize().into()
}

/// What a receipt binds: the facts of one accepted submission.
#[derive(Clone)]
pub struct SealedSubmission<'a> {
    /// The contest.
    pub contest: &'a ContestId,
    /// The round.
    pub round: &'a RoundId,
    /// Public name of the contestant.
    pub pseudonym: Pseudonym,
    /// Attempt number.
    pub attempt: u16,
    /// When the attempt started.
    pub started_at: Timestamp,
    /// When the submission was received.
    pub received_at: Timestamp,
    /// Questions with the chosen options, ordered by question.
    pub answers: Vec<(&'a QuestionId, OptionSet)>,
    /// The prediction as stored, with what it predicts.
    pub prediction: Option<(Prediction, PredictionTarget)>,
    /// 128 bits kept secret until publication.
    pub salt: [u8; 16],
}

crate::masked!(SealedSubmission<'_>);

impl SealedSubmission<'_> {
    /// The submission as one line of canonical JSON (RFC 8785), members ordered by name: what a receipt
    /// commits to, and the ledger's line but for the unit.
    pub fn line(&self) -> String {
        format!(
            r#"{{"answers":{},"attempt":{},"prediction":{},"pseudonym":"{}","salt":"{}","started_at":"{}","submitted_at":"{}"}}"#,
            canonical_answers(self.answers.iter().copied()),
            self.attempt,
            self.prediction.map_or_else(|| "null".to_owned(), canonical_prediction),
            self.pseudonym,
            HEXLOWER.encode(&self.salt),
            self.started_at.rfc3339(),
            self.received_at.rfc3339(),
        )
    }

    /// SHA-256 of [`Self::line`]: tells nothing about the answers without the salt, since with known
    /// times ten questions of four options are a million guesses.
    pub fn commitment(&self) -> [u8; 32] {
        Sha256::digest(self.line().as_bytes()).into()
    }

    /// The text of the receipt, to be signed as a C2SP note (`RELIABILITY.md` 4.3).
    pub fn receipt_text(&self) -> String {
        format!(
            "hoithi/receipt/1\n{}\n{}\n{}\n{}\n{}\n{}\n",
            self.contest,
            self.round,
            self.pseudonym,
            self.attempt,
            self.received_at.rfc3339(),
            HEXLOWER.encode(&self.commitment()),
        )
    }
}

/// A count as an integer; a percentage as text, since it may have a point.
fn canonical_prediction((prediction, target): (Prediction, PredictionTarget)) -> String {
    let text = prediction.text(target);
    if target == PredictionTarget::PerfectPercent { format!("\"{text}\"") } else { text }
}

/// Lower-case hexadecimal SHA-256 of bytes.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(contest: &str) -> ContestKeys {
        ContestKeys::new(&[3; 32], &ContestId::parse(contest).unwrap())
    }

    #[test]
    fn names_differ_between_contests_and_people() {
        let person = ContestantId::parse("ABCD1234").unwrap();
        let other = ContestantId::parse("ABCD1235").unwrap();
        assert_ne!(keys("a").pseudonym(&person), keys("b").pseudonym(&person));
        assert_ne!(keys("a").pseudonym(&person), keys("a").pseudonym(&other));
        assert_ne!(keys("a").lookup("phone", "1"), keys("a").lookup("citizen_id", "1"));
    }

    #[test]
    fn parts_cannot_be_moved_across_their_border() {
        assert_ne!(keyed(&[0; 32], &["ab", "c"]), keyed(&[0; 32], &["a", "bc"]));
    }

    #[test]
    fn the_canonical_key_is_ordered_and_compact() {
        let id = |text| QuestionId::parse(text).unwrap();
        let key =
            AnswerKey::from([(id("q02"), OptionSet::EMPTY.with(2).with(0)), (id("q01"), OptionSet::EMPTY.with(1))]);
        assert_eq!(canonical_key(&key), r#"{"q01":["b"],"q02":["a","c"]}"#);
    }

    #[test]
    fn contestants_spread_evenly_over_shards() {
        let keys = keys("a");
        let mut counts = [0u32; 16];
        for n in 0..16_000 {
            counts[usize::from(keys.shard(&ContestantId::parse(&format!("P{n:06}")).unwrap(), 16))] += 1;
        }
        // 1 000 expected in each; a shard 30 % above the mean would be a hot one (G16).
        assert!(counts.iter().all(|c| (870..1_130).contains(c)), "{counts:?}");
    }

    /// Written down once: another value would end every session of trust at an upgrade, since receipts,
    /// public names, papers and accounts of a running contest hang on them.
    #[test]
    fn what_is_derived_never_changes() {
        let keys = keys("thi");
        let person = ContestantId::parse("ABCD1234").unwrap();
        let round = RoundId::parse("vong-1").unwrap();
        let hex = |bytes: &[u8]| HEXLOWER.encode(bytes);
        let purposes = [
            Purpose::Sign,
            Purpose::Pseudonym,
            Purpose::Salt,
            Purpose::Paper,
            Purpose::Lookup,
            Purpose::Shard,
            Purpose::Referral,
            Purpose::Nonce,
            Purpose::RosterCode,
        ];
        let mut lines: Vec<String> = purposes.iter().map(|p| format!("{p:?} {}", hex(&keys.derive(*p)[..6]))).collect();
        let distinct: std::collections::BTreeSet<_> = purposes.iter().map(|p| keys.derive(*p)).collect();
        assert_eq!(distinct.len(), purposes.len(), "two purposes never share a key");
        lines.push(format!("paper {}", hex(&keys.paper_secret(&round)[..6])));
        lines.push(format!("salt {}", hex(&keys.salt(&round, &person, 1))));
        lines.push(format!("name {}", keys.pseudonym(&person)));
        lines.push(format!("referral {}", keys.referral_code(&person)));
        lines.push(format!("phone {}", keys.lookup("phone", "1")));
        lines.push(format!("shard {}", keys.shard(&person, 4_096)));
        expect_test::expect![[r#"
            Sign b12e62d64053
            Pseudonym 46139df3e8fc
            Salt f2d9b975141c
            Paper c6582c7625b1
            Lookup a5be94986ddc
            Shard 96d320629c83
            Referral 161c6c57ccbf
            Nonce c7b09b9bb783
            RosterCode 4d197700a8ae
            paper 46b11e1061d7
            salt 198516e90f61535bde50fe2fd63ec254
            name v5tcpj2w4x3zrhd7
            referral gthwrt6b
            phone q2pbxabezmcpgz24k4e5vjeinlinsuos
            shard 980"#]]
        .assert_eq(&lines.join("\n"));
        let other = RoundId::parse("vong-2").unwrap();
        assert_ne!(keys.salt(&round, &person, 1), keys.salt(&other, &person, 1));
        assert_ne!(keys.salt(&round, &person, 1), keys.salt(&round, &person, 2));
        assert_ne!(keys.paper_secret(&round), keys.paper_secret(&other));
    }

    #[test]
    fn commitments_and_receipts_are_those_of_the_published_formats() {
        let question = QuestionId::parse("q1").unwrap();
        let key = AnswerKey::from([(question.clone(), OptionSet::EMPTY.with(1))]);
        // SHA-256 of "hoithi/key/1", 32 bytes of 09 and {"q1":["b"]}, by another program.
        let by_hand = Sha256::digest([b"hoithi/key/1".as_slice(), &[9; 32], br#"{"q1":["b"]}"#].concat());
        assert_eq!(key_commitment(&[9; 32], &key).as_slice(), by_hand.as_slice());
        let (contest, round) = (ContestId::parse("thi").unwrap(), RoundId::parse("vong-1").unwrap());
        let pseudonym = Pseudonym::parse("abcdefghijklmnop").unwrap();
        let submission = SealedSubmission {
            contest: &contest,
            round: &round,
            pseudonym,
            attempt: 3,
            started_at: Timestamp::from_millis(0),
            received_at: Timestamp::from_millis(61_234),
            answers: vec![(&question, OptionSet::EMPTY.with(1))],
            prediction: None,
            salt: [1; 16],
        };
        let line = r#"{"answers":{"q1":["b"]},"attempt":3,"prediction":null,"pseudonym":"abcdefghijklmnop","salt":"01010101010101010101010101010101","started_at":"1970-01-01T00:00:00.000Z","submitted_at":"1970-01-01T00:01:01.234Z"}"#;
        let hash = sha256_hex(line.as_bytes());
        let text = format!("hoithi/receipt/1\nthi\nvong-1\nabcdefghijklmnop\n3\n1970-01-01T00:01:01.234Z\n{hash}\n");
        assert_eq!(submission.receipt_text(), text);
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256_hex(b"abc"), abc, "FIPS 180-4, B.1");
    }
}

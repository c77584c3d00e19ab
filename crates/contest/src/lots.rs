//! The draw for `unbroken_tie = "lot"`: an order that nobody could know before the round was over, and that
//! everybody can compute afterwards (`RELIABILITY.md` 4.6).
//!
//! A secret of the functions is committed to before the round opens. It is shown, with the values of witnesses
//! and a public beacon where the plan wants them, only after the signed ledger is public: from then on nobody
//! can choose submissions to suit the draw, nor a draw to suit the submissions.

use crate::ids::{Pseudonym, RoundId};
use crate::plan::{Plan, UnbrokenTie};
use crate::result::{LotTicket, Person, PersonIndex};
use crate::seal::ContestKeys;
use crate::time::Timestamp;
use data_encoding::HEXLOWER;
use drand_verify::{G2PubkeyRfc, Pubkey};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// First bytes of what a commitment hashes.
const COMMITMENT: &[u8] = b"hoithi/lot/1";

/// First bytes of what the drawn value hashes.
const VALUE: &[u8] = b"hoithi/lots/1";

/// The network `quicknet` of the League of Entropy: a value every three seconds, signed by a threshold of
/// some twenty organizations (https://docs.drand.love).
pub const DRAND_CHAIN: &str = "52db9ba70e0cc0f6eaf7803dd07447a1f5477735fd3f661792ba94600c84e971";

/// The key of its members together, in hexadecimal digits.
const DRAND_KEY: &str = "83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451\
                         0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a";

/// When its round 1 came, in milliseconds since 1970.
const DRAND_GENESIS_MS: i64 = 1_692_803_367_000;

/// Milliseconds from one of its rounds to the next.
const DRAND_PERIOD_MS: i64 = 3_000;

/// The draw comes half an hour after the promised publication, or as many half hours later as it takes to be
/// after the real one: the instant is fixed before the round, and nobody knows the beacon while the ledger can change.
const HALF_HOUR_MS: i64 = 30 * 60_000;

/// When the beacon of a draw comes: `promised` is the round's publication in the plan, `published` when
/// version 1 went live.
pub fn beacon_at(promised: Timestamp, published: Timestamp) -> Timestamp {
    let late_ms = published.millis().saturating_sub(promised.millis()).max(0);
    promised.plus_millis((late_ms / HALF_HOUR_MS + 1) * HALF_HOUR_MS)
}

/// The first round of [`DRAND_CHAIN`] at or after an instant.
pub fn beacon_round(at: Timestamp) -> u64 {
    let since_ms = at.millis().saturating_sub(DRAND_GENESIS_MS).max(0);
    since_ms.unsigned_abs().div_ceil(DRAND_PERIOD_MS.unsigned_abs()) + 1
}

/// Whether `signature` is that of a round of [`DRAND_CHAIN`].
///
/// # Panics
/// Never: the key is a point of the curve.
pub fn is_beacon(round: u64, signature: &[u8]) -> bool {
    let key = HEXLOWER.decode(DRAND_KEY.as_bytes()).expect("hexadecimal digits");
    let key = G2PubkeyRfc::from_variable(&key).expect("a point of the curve");
    key.verify(round, b"", signature).unwrap_or(false)
}

/// What is published of a draw's secret before the round, and of a witness's value.
pub fn commitment(secret: &[u8; 32]) -> [u8; 32] {
    Sha256::new().chain_update(COMMITMENT).chain_update(secret).finalize().into()
}

/// Everything that a draw comes from.
#[derive(Clone, PartialEq, Eq)]
pub struct LotDraw {
    /// The functions' own value.
    pub secret: [u8; 32],
    /// The witnesses' values, in the order of their commitments.
    pub witnessed: Vec<[u8; 32]>,
    /// The public beacon.
    pub beacon: Option<Beacon>,
}

crate::masked!(LotDraw);

/// A round of [`DRAND_CHAIN`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beacon {
    /// Its number.
    pub round: u64,
    /// Its signature, which is its randomness.
    pub signature: Vec<u8>,
}

impl LotDraw {
    /// The value that orders people, together with a ledger's root.
    pub fn value(&self) -> [u8; 32] {
        let hash = Sha256::new().chain_update(VALUE).chain_update(self.secret);
        let hash = self.witnessed.iter().fold(hash, |hash, value| hash.chain_update(value));
        let beacon = self.beacon.as_ref().map_or(&[][..], |beacon| &beacon.signature);
        hash.chain_update(beacon).finalize().into()
    }
}

/// What is published before each round of a plan that draws; empty for all others.
pub fn commitments(plan: &Plan, keys: &ContestKeys) -> BTreeMap<RoundId, [u8; 32]> {
    let rounds = plan.rounds.iter().filter(|_| plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot);
    rounds.map(|round| (round.id.clone(), commitment(&keys.lot_secret(&round.id)))).collect()
}

/// A ticket for each of `people`: SHA-256(value ‖ root of the ledger ‖ public name).
pub fn tickets(people: &[Person], value: &[u8; 32], root: &[u8; 32]) -> Vec<LotTicket> {
    let ticket = |(index, person): (PersonIndex, &Person)| LotTicket {
        person: index,
        value: ticket(value, root, &person.pseudonym),
    };
    PersonIndex::all(people).map(ticket).collect()
}

fn ticket(value: &[u8; 32], root: &[u8; 32], pseudonym: &Pseudonym) -> [u8; 32] {
    Sha256::new().chain_update(value).chain_update(root).chain_update(pseudonym.as_str()).finalize().into()
}

/// What prizes over a contest are drawn by: the draw of the round that closes last, and all ledgers.
///
/// No value of its own has to be committed to: by then every round is closed, so that the values of the last one come after
/// everything that they could be chosen for. Tickets are others than in that round, since they come from all roots.
#[derive(Clone, PartialEq, Eq)]
pub struct ContestLots {
    value: [u8; 32],
    /// SHA-256(root ‖ root ‖ …) over the ledgers of all rounds, in the order of the plan.
    roots: [u8; 32],
}

crate::masked!(ContestLots);

impl ContestLots {
    /// The lots of a contest; `roots` are those of all its ledgers, in the order of the plan.
    pub fn of(drawn: &LotDraw, roots: impl IntoIterator<Item = [u8; 32]>) -> Self {
        let roots = roots.into_iter().fold(Sha256::new(), |hash, root| hash.chain_update(root));
        Self { value: drawn.value(), roots: roots.finalize().into() }
    }

    /// What a person draws; of several who share a rank the least comes first.
    pub fn ticket(&self, pseudonym: &Pseudonym) -> [u8; 32] {
        ticket(&self.value, &self.roots, pseudonym)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{ContestantId, Pseudonym};

    fn person(name: &str) -> Person {
        Person {
            contestant: ContestantId::parse("NGUOI-001").unwrap(),
            pseudonym: Pseudonym::parse(name).unwrap(),
            unit: None,
            registered_at: Timestamp::from_millis(0),
            ranked: true,
            won_before: false,
            forfeits: false,
            decided_place: None,
        }
    }

    #[test]
    fn values_are_those_of_another_program() {
        // Hashed by Python's hashlib.
        let hex = |bytes: &[u8]| HEXLOWER.encode(bytes);
        assert_eq!(hex(&commitment(&[1; 32])), "354ed91c52a42a4899805f56e723ac2611314efa050e41574e6d7f1ead102089");
        let drawn = LotDraw {
            secret: [1; 32],
            witnessed: vec![[2; 32]],
            beacon: Some(Beacon { round: 7, signature: vec![3, 3] }),
        };
        assert_eq!(hex(&drawn.value()), "43a3cc9524e01d5c4fdbdf4f8a24935ca1da0f51dff7b4d07735c0e82f376d01");
        let tickets = tickets(&[person("aaaaaaaaaaaaaaaa")], &[4; 32], &[5; 32]);
        assert_eq!(hex(&tickets[0].value), "47e185945598c745318427106306f6c7c80309bf8b3674f234cabc254168fbf6");
    }

    #[test]
    fn recorded_beacons_are_believed_and_nothing_else() {
        // https://api.drand.sh/52db…e971/public/1000
        let recorded =
            "b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39";
        let recorded = HEXLOWER.decode(recorded.as_bytes()).unwrap();
        assert!(is_beacon(1_000, &recorded));
        assert!(!is_beacon(1_001, &recorded));
        assert!(!is_beacon(1_000, &recorded[1..]));
        let mut other = recorded;
        other[47] ^= 1;
        assert!(!is_beacon(1_000, &other));
    }

    #[test]
    fn the_beacon_is_fixed_beforehand_and_comes_after_the_ledger() {
        let at = |text: &str| Timestamp::parse_rfc3339(text).unwrap();
        // The round of an instant as the network's own tools count it.
        assert_eq!(beacon_round(at("2026-04-20T00:00:00Z")), 27_946_612);
        assert_eq!(beacon_round(at("2026-04-20T00:00:00.001Z")), 27_946_613);
        assert_eq!(beacon_round(at("2023-08-23T15:09:27Z")), 1);
        assert_eq!(beacon_round(at("2021-12-20T01:00:00Z")), 1);
        let promised = at("2026-04-20T01:00:00Z");
        for (published, expected) in [
            ("2026-04-20T00:59:00Z", "2026-04-20T01:30:00Z"),
            ("2026-04-20T01:00:00Z", "2026-04-20T01:30:00Z"),
            ("2026-04-20T01:29:59.999Z", "2026-04-20T01:30:00Z"),
            ("2026-04-20T01:30:00Z", "2026-04-20T02:00:00Z"),
            ("2026-04-20T05:10:00Z", "2026-04-20T05:30:00Z"),
        ] {
            assert_eq!(beacon_at(promised, at(published)), at(expected), "{published}");
        }
    }

    #[test]
    fn another_witness_beacon_or_root_is_another_draw() {
        let drawn = LotDraw {
            secret: [1; 32],
            witnessed: vec![[2; 32], [3; 32]],
            beacon: Some(Beacon { round: 7, signature: vec![4] }),
        };
        let others = [
            LotDraw { secret: [2; 32], ..drawn.clone() },
            LotDraw { witnessed: vec![[3; 32], [2; 32]], ..drawn.clone() },
            LotDraw { beacon: None, ..drawn.clone() },
        ];
        others.iter().for_each(|other| assert_ne!(drawn.value(), other.value()));
        let people = [person("aaaaaaaaaaaaaaaa"), person("bbbbbbbbbbbbbbbb")];
        let of_root = |root: &[u8; 32]| tickets(&people, &[1; 32], root).iter().map(|t| t.value).collect::<Vec<_>>();
        assert_ne!(of_root(&[0; 32]), of_root(&[1; 32]));
        assert_ne!(of_root(&[0; 32])[0], of_root(&[0; 32])[1]);
    }
}

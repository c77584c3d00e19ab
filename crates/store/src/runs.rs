//! What is kept of a closed round: rows exactly as they were read once, and what scoring made of them.
//! The binary form is postcard: the same values always give the same bytes.

use crate::compiled::{ContestState, ObjectRef, StoredKey};
use crate::editions::EditionRecord;
use crate::error::StoreError;
use crate::objects::Bucket;
use crate::people::Profile;
use contest::attempt::{Attempt, Submission};
use contest::bank::OptionSet;
use contest::edition::Followed;
use contest::ids::{ContestantId, Pseudonym, RoundId, UnitCode};
use contest::prediction::Prediction;
use contest::result::{Person, PersonIndex, ScoredAttempt, Totals};
use contest::seal::ContestKeys;
use contest::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

/// What was frozen, in one object written once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenManifest {
    /// The uploads in force: every result of the round follows from these and the files below.
    pub state: ContestState,
    /// When the round closed by its plan, in milliseconds since 1970.
    pub closed_at_ms: i64,
    /// Kept attempts, by shard.
    pub attempts: Vec<FrozenFile>,
    /// Kept people, by shard.
    pub people: Vec<FrozenFile>,
}

impl FrozenManifest {
    /// The manifest of a frozen round, with the hash that the round's record has of it.
    pub async fn load(vault: &Bucket, path: String, sha256: String) -> Result<Self, StoreError> {
        vault.referred_json(&ObjectRef { path, sha256 }).await
    }
}

/// One kept file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenFile {
    pub object: ObjectRef,
    pub rows: u64,
}

/// The attempts of one shard.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPartition {
    rows: Vec<Row>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Row {
    contestant: String,
    number: u16,
    started_at_ms: i64,
    accepted_before_ms: i64,
    sheet: Option<RowSheet>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct RowSheet {
    received_at_ms: i64,
    answers: Vec<u8>,
    prediction: Option<u64>,
}

impl FrozenPartition {
    /// The kept form of what was read.
    pub fn of(attempts: &[Attempt]) -> Self {
        let row = |a: &Attempt| Row {
            contestant: a.contestant.to_string(),
            number: a.number,
            started_at_ms: a.started_at.millis(),
            accepted_before_ms: a.accepted_before.millis(),
            sheet: a.submission.as_ref().map(|s| RowSheet {
                received_at_ms: s.received_at.millis(),
                answers: s.answers.iter().map(|set| set.0).collect(),
                prediction: s.prediction.map(Prediction::parts),
            }),
        };
        Self { rows: attempts.iter().map(row).collect() }
    }

    /// The attempts, by contestant and number.
    pub fn attempts(self) -> Result<Vec<Attempt>, StoreError> {
        let attempt = |row: Row| {
            Ok(Attempt {
                contestant: contestant(&row.contestant)?,
                number: row.number,
                started_at: Timestamp::from_millis(row.started_at_ms),
                accepted_before: Timestamp::from_millis(row.accepted_before_ms),
                session_version: 0,
                submission: row.sheet.map(|s| Submission {
                    received_at: Timestamp::from_millis(s.received_at_ms),
                    answers: s.answers.into_iter().map(OptionSet).collect(),
                    prediction: s.prediction.map(Prediction::from_parts),
                }),
            })
        };
        self.rows.into_iter().map(attempt).collect()
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether nothing was kept.
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// As bytes of a kept file.
    pub fn encode(&self) -> Result<Vec<u8>, StoreError> {
        encode(self)
    }

    /// Reads [`Self::encode`] back.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        decode(bytes)
    }
}

/// One account as kept: what ranking and review need, no name and no number.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FrozenPerson {
    pub contestant: String,
    pub unit: Option<String>,
    /// When the account was made, in milliseconds since 1970.
    pub registered_at_ms: i64,
    /// Keyed hash.
    pub citizen_id: Option<String>,
    /// Keyed hash.
    pub phone: Option<String>,
}

contest::masked!(FrozenPerson);

impl FrozenPerson {
    /// The kept form of an account.
    pub fn of(contestant: &ContestantId, profile: &Profile) -> Self {
        Self {
            contestant: contestant.to_string(),
            unit: profile.unit.clone(),
            registered_at_ms: profile.registered_at_ms,
            citizen_id: profile.citizen_id.clone(),
            phone: profile.phone.clone(),
        }
    }

    /// As bytes of a kept file.
    pub fn encode(people: &[Self]) -> Result<Vec<u8>, StoreError> {
        encode(&people)
    }

    /// Reads [`Self::encode`] back.
    pub fn decode(bytes: &[u8]) -> Result<Vec<Self>, StoreError> {
        decode(bytes)
    }

    /// The unit code.
    pub fn unit_code(&self) -> Result<Option<UnitCode>, StoreError> {
        let unit = self.unit.as_deref().map(UnitCode::parse).transpose();
        unit.map_err(|e| StoreError::corrupt("kept rows", e))
    }

    /// The contestant code.
    pub fn contestant(&self) -> Result<ContestantId, StoreError> {
        contestant(&self.contestant)
    }
}

/// An edition after scoring: all that its results follow from, without a submission and without a key that may not be
/// shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RankedRound {
    /// The uploads in force when the round was frozen.
    #[serde(with = "crate::frozen_state")]
    pub state: ContestState,
    /// When the round closed by its plan, in milliseconds since 1970.
    pub closed_at_ms: i64,
    /// The answer key, unless the plan keeps it or the round never had one.
    pub opened_key: Option<StoredKey>,
    /// Codes of the people who win an individual prize.
    pub winners: Vec<String>,
    /// The ledger that is published with the results.
    pub ledger: ObjectRef,
    follows: Vec<(String, u32)>,
    at_closing: StoredTotals,
    people: Vec<StoredPerson>,
    attempts: Vec<StoredScore>,
    /// Starts of the attempts, by their place: kept behind everything else, and only where the ranking compares them, so
    /// that rounds without them are kept as ever.
    #[serde(skip)]
    started_at_ms: Vec<i64>,
}

/// What [`RankedRound`] is made from.
pub struct ScoredRound<'a> {
    pub manifest: &'a FrozenManifest,
    pub people: &'a [Person],
    pub attempts: &'a [ScoredAttempt],
    /// Codes of the people who win an individual prize.
    pub winners: Vec<String>,
    /// The key, where it may be shown.
    pub opened_key: Option<StoredKey>,
    /// Editions of earlier rounds whose winners are passed over.
    pub follows: &'a [Followed],
    /// Totals of the round's first edition.
    pub at_closing: Totals,
    pub ledger: ObjectRef,
    /// Whether the ranking compares when attempts started.
    pub compares_starts: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredTotals {
    registered: u64,
    contestants: u64,
    attempts: u64,
    perfect_attempts: u64,
    perfect_contestants: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredPerson {
    contestant: String,
    unit: Option<String>,
    registered_at_ms: i64,
    ranked: bool,
    won_before: bool,
    forfeits: bool,
    decided_place: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct StoredScore {
    person: u32,
    number: u16,
    duration_ms: u64,
    submitted_at_ms: i64,
    right: u16,
    questions: u16,
    prediction: Option<u64>,
    /// [`STRUCK`] and [`INCOMPLETE`]; rows of before have 0 and 1, which were `false` and `true` of the first.
    invalid: u8,
}

/// Bit of an attempt that a decision struck.
const STRUCK: u8 = 1;
/// Bit of an attempt with an open question, where the plan asks for all of them.
const INCOMPLETE: u8 = 2;

fn invalid(attempt: &ScoredAttempt) -> u8 {
    let struck = if attempt.struck { STRUCK } else { 0 };
    let incomplete = if attempt.incomplete { INCOMPLETE } else { 0 };
    struck | incomplete
}

impl RankedRound {
    /// The ranked round of an edition.
    pub async fn load(vault: &Bucket, edition: &EditionRecord) -> Result<Self, StoreError> {
        Self::decode(&vault.referred(&edition.ranked).await?)
    }

    /// The stored form; of the results it keeps who won, the rest can be ranked again.
    pub fn of(scored: ScoredRound<'_>) -> Self {
        let person = |p: &Person| StoredPerson {
            contestant: p.contestant.to_string(),
            unit: p.unit.as_ref().map(ToString::to_string),
            registered_at_ms: p.registered_at.millis(),
            ranked: p.ranked,
            won_before: p.won_before,
            forfeits: p.forfeits,
            decided_place: p.decided_place,
        };
        let score = |a: &ScoredAttempt| StoredScore {
            person: a.person.0,
            number: a.number,
            duration_ms: a.duration_ms,
            submitted_at_ms: a.submitted_at.millis(),
            right: a.right,
            questions: a.questions,
            prediction: a.prediction.map(Prediction::parts),
            invalid: invalid(a),
        };
        let Totals { registered, contestants, attempts, perfect_attempts, perfect_contestants } = scored.at_closing;
        let started = scored.attempts.iter().filter(|_| scored.compares_starts);
        Self {
            state: scored.manifest.state.clone(),
            closed_at_ms: scored.manifest.closed_at_ms,
            opened_key: scored.opened_key,
            winners: scored.winners,
            ledger: scored.ledger,
            follows: scored.follows.iter().map(|followed| (followed.round.to_string(), followed.edition)).collect(),
            at_closing: StoredTotals { registered, contestants, attempts, perfect_attempts, perfect_contestants },
            people: scored.people.iter().map(person).collect(),
            attempts: scored.attempts.iter().map(score).collect(),
            started_at_ms: started.map(|attempt| attempt.started_at.millis()).collect(),
        }
    }

    /// Editions of earlier rounds whose winners are passed over, in the order in which the rounds closed.
    pub fn follows(&self) -> Result<Vec<Followed>, StoreError> {
        let followed = |(round, edition): &(String, u32)| {
            let round = RoundId::parse(round).map_err(|e| StoreError::corrupt("ranked results", e))?;
            Ok(Followed { round, edition: *edition })
        };
        self.follows.iter().map(followed).collect()
    }

    /// Totals of the round's first edition.
    pub fn at_closing(&self) -> Totals {
        let StoredTotals { registered, contestants, attempts, perfect_attempts, perfect_contestants } = self.at_closing;
        Totals { registered, contestants, attempts, perfect_attempts, perfect_contestants }
    }

    /// The people, named for the public by `keys`.
    pub fn people(&self, keys: &ContestKeys) -> Result<Vec<Person>, StoreError> {
        let person = |p: &StoredPerson| {
            let contestant = contestant(&p.contestant)?;
            let pseudonym: Pseudonym = keys.pseudonym(&contestant);
            let unit = p.unit.as_deref().map(UnitCode::parse).transpose();
            Ok(Person {
                pseudonym,
                contestant,
                unit: unit.map_err(|e| StoreError::corrupt("ranked results", e))?,
                registered_at: Timestamp::from_millis(p.registered_at_ms),
                ranked: p.ranked,
                won_before: p.won_before,
                forfeits: p.forfeits,
                decided_place: p.decided_place,
            })
        };
        self.people.iter().map(person).collect()
    }

    /// Where starts were not kept, nothing compares them, and they are told as far as durations tell them.
    pub fn attempts(&self) -> Vec<ScoredAttempt> {
        let lasted = |a: &StoredScore| i64::try_from(a.duration_ms).unwrap_or(i64::MAX);
        let started = |place: usize, a: &StoredScore| {
            self.started_at_ms.get(place).copied().unwrap_or(a.submitted_at_ms - lasted(a))
        };
        let attempt = |(place, a): (usize, &StoredScore)| ScoredAttempt {
            started_at: Timestamp::from_millis(started(place, a)),
            person: PersonIndex(a.person),
            number: a.number,
            duration_ms: a.duration_ms,
            submitted_at: Timestamp::from_millis(a.submitted_at_ms),
            right: a.right,
            questions: a.questions,
            prediction: a.prediction.map(Prediction::from_parts),
            struck: a.invalid & STRUCK != 0,
            incomplete: a.invalid & INCOMPLETE != 0,
        };
        self.attempts.iter().enumerate().map(attempt).collect()
    }

    /// As bytes of an object.
    pub fn encode(&self) -> Result<Vec<u8>, StoreError> {
        let mut bytes = encode(self)?;
        if !self.started_at_ms.is_empty() {
            bytes.extend(encode(&self.started_at_ms)?);
        }
        Ok(bytes)
    }

    /// Reads [`Self::encode`] back.
    pub fn decode(bytes: &[u8]) -> Result<Self, StoreError> {
        let corrupt = |e| StoreError::corrupt("ranked results", e);
        let (mut ranked, behind): (Self, &[u8]) = postcard::take_from_bytes(bytes).map_err(corrupt)?;
        if !behind.is_empty() {
            ranked.started_at_ms = decode(behind)?;
        }
        Ok(ranked)
    }
}

fn encode(value: &impl Serialize) -> Result<Vec<u8>, StoreError> {
    postcard::to_stdvec(value).map_err(StoreError::failed("write kept rows"))
}

fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, StoreError> {
    postcard::from_bytes(bytes).map_err(|e| StoreError::corrupt("kept rows", e))
}

fn contestant(code: &str) -> Result<ContestantId, StoreError> {
    ContestantId::parse(code).map_err(|e| StoreError::corrupt("a contestant code", e))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How an attempt was kept before sheets could be incomplete.
    #[derive(Serialize)]
    struct Before {
        person: u32,
        number: u16,
        duration_ms: u64,
        submitted_at_ms: i64,
        right: u16,
        questions: u16,
        prediction: Option<u64>,
        struck: bool,
    }

    #[test]
    fn starts_are_kept_behind_everything_else_where_they_are_compared() {
        let state = ContestState { is_public: Some(true), ..ContestState::default() };
        let ranked = |started_at_ms: Vec<i64>| RankedRound {
            state: state.clone(),
            closed_at_ms: 1,
            opened_key: None,
            winners: Vec::new(),
            ledger: ObjectRef { path: "p".to_owned(), sha256: "s".to_owned() },
            follows: Vec::new(),
            at_closing: StoredTotals {
                registered: 0,
                contestants: 0,
                attempts: 0,
                perfect_attempts: 0,
                perfect_contestants: 0,
            },
            people: Vec::new(),
            attempts: vec![StoredScore {
                person: 0,
                number: 1,
                duration_ms: 900_000,
                submitted_at_ms: 1_905_000,
                right: 1,
                questions: 1,
                prediction: None,
                invalid: 0,
            }],
            started_at_ms,
        };
        let read = |ranked: &RankedRound| RankedRound::decode(&ranked.encode().expect("bytes")).expect("a round");
        let (with, without) = (ranked(vec![1_000_000]), ranked(Vec::new()));
        assert_eq!((read(&with), read(&without)), (with.clone(), without.clone()));
        assert_eq!(with.attempts()[0].started_at, Timestamp::from_millis(1_000_000));
        assert_eq!(without.attempts()[0].started_at, Timestamp::from_millis(1_005_000), "all but the grace");
        assert_eq!(without.encode().expect("bytes"), encode(&without).expect("bytes"), "as ever");
    }

    #[test]
    fn rows_of_before_are_read_and_written_as_they_were() {
        for struck in [false, true] {
            let before = Before {
                person: 7,
                number: 2,
                duration_ms: 61_000,
                submitted_at_ms: 1_639_356_000_000,
                right: 9,
                questions: 10,
                prediction: Some(3_200),
                struck,
            };
            let bytes = encode(&before).expect("bytes");
            let read: StoredScore = decode(&bytes).expect("a row");
            assert_eq!((read.invalid & STRUCK != 0, read.invalid & INCOMPLETE != 0), (struck, false));
            assert_eq!(encode(&read).expect("bytes"), bytes);
        }
    }
}

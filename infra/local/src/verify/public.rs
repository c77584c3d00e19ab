//! Published files as they are read by somebody who has nothing else.

use super::Broken;
use contest::bank::{AnswerKey, OptionSet};
use contest::fraction::RoundingMode;
use contest::ids::{Pseudonym, QuestionId, RoundId, UnitCode};
use contest::plan::*;
use contest::prediction::Prediction as Predicted;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};
use documents::site::{PointerEntry, Status};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Reads JSON of one of the types below.
pub(super) fn json<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, Broken> {
    serde_json::from_slice(bytes).map_err(|error| Broken::new(path, format!("không đúng định dạng: {error}")))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    pub(super) schema: String,
    pub(super) contest: String,
    pub(super) round: String,
    pub(super) version: u32,
    pub(super) previous: Option<String>,
    pub(super) rules_sha256: String,
    pub(super) ledger_root: String,
    pub(super) reason: Option<String>,
    pub(super) history: Vec<PointerEntry>,
    pub(super) files: Vec<ManifestFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ManifestFile {
    pub(super) name: String,
    pub(super) sha256: String,
    pub(super) size: u64,
}

#[derive(Deserialize)]
pub(super) struct Contest {
    pub(super) id: String,
    rounding: String,
    pub(super) fields: Vec<String>,
    attempt: Attempt,
    prediction: Option<Prediction>,
    ranking: Ranking,
    pub(super) rounds: Vec<RoundLine>,
    units: Vec<UnitLine>,
    pub(super) units_sha256: String,
    prizes: Vec<Prize>,
    collective: Vec<CollectiveLine>,
    pub(super) rules_sha256: String,
    pub(super) public_key: String,
}

#[derive(Deserialize)]
struct Attempt {
    questions: u32,
    points: u32,
    minutes: u32,
    grace_seconds: u32,
    per_round: u32,
    counted: String,
    reveal_score: String,
    reveal_key: String,
    min_seconds: u32,
}

#[derive(Deserialize)]
struct Prediction {
    target: String,
    counted: String,
    actual: String,
    equidistant: String,
}

#[derive(Deserialize)]
struct Ranking {
    order: Vec<String>,
    eligible: String,
    unbroken_tie: String,
    one_prize_per_person: String,
    #[serde(default)]
    lot_beacon: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct RoundLine {
    pub(super) id: String,
    opens: String,
    closes: String,
    publishes: String,
    pub(super) key_commitment: Option<String>,
    pub(super) lot: Option<LotLine>,
}

/// When a round opens, closes and publishes.
#[derive(Clone)]
pub(super) struct Times {
    pub(super) id: RoundId,
    pub(super) opens: Timestamp,
    pub(super) closes: Timestamp,
    pub(super) publishes: Timestamp,
}

/// What is published of a draw before the round.
#[derive(Deserialize)]
pub(super) struct LotLine {
    pub(super) commitment: String,
    pub(super) witnesses: Vec<String>,
}

#[derive(Deserialize)]
struct UnitLine {
    code: String,
    name: String,
    parent: Option<String>,
    level: Option<String>,
    members: Option<u64>,
    added_at: Option<String>,
}

#[derive(Deserialize)]
struct Prize {
    tier: String,
    name: String,
    count: u32,
    amount: u64,
    scope: String,
}

#[derive(Deserialize)]
struct CollectiveLine {
    id: String,
    level: String,
    scope: String,
    measure: Vec<String>,
    min_rate_percent: u32,
    prizes: Vec<CollectivePrizeLine>,
}

#[derive(Deserialize)]
struct CollectivePrizeLine {
    name: String,
    count: u32,
    amount: u64,
}

impl Contest {
    /// What results follow from.
    pub(super) fn rules(&self) -> Option<Rules> {
        Some(Rules {
            attempt: self.attempt.rules()?,
            prediction: self.prediction.as_ref().map(Prediction::rules).map_or(Some(None), |rules| rules.map(Some))?,
            ranking: RankingRules {
                order: words(&self.ranking.order, RankingKey::parse)?,
                eligible: Eligible::parse(&self.ranking.eligible)?,
                unbroken_tie: UnbrokenTie::parse(&self.ranking.unbroken_tie)?,
                one_prize_per_person: OnePrize::parse(&self.ranking.one_prize_per_person)?,
                lot_beacon: self.ranking.lot_beacon.as_deref().map_or(Some(LotBeacon::None), LotBeacon::parse)?,
            },
            prizes: self.prizes.iter().map(Prize::tier).collect::<Option<_>>()?,
            collective: self.collective.iter().map(CollectiveLine::collective).collect::<Option<_>>()?,
        })
    }

    /// The rounds with their times.
    pub(super) fn rounds(&self) -> Option<Vec<Times>> {
        self.rounds.iter().map(RoundLine::times).collect()
    }

    /// Questions on a paper.
    pub(super) const fn questions(&self) -> u32 {
        self.attempt.questions
    }

    /// How ratios are printed.
    pub(super) fn rounding(&self) -> Option<RoundingMode> {
        RoundingMode::parse(&self.rounding)
    }

    pub(super) fn units(&self) -> Option<UnitTree> {
        let unit = |line: &UnitLine| {
            let parent = match &line.parent {
                Some(parent) => Some(UnitCode::parse(parent).ok()?),
                None => None,
            };
            let added_at = match &line.added_at {
                Some(added_at) => Some(Timestamp::parse_rfc3339(added_at)?),
                None => None,
            };
            let (name, level, members) = (line.name.clone(), line.level.clone(), line.members);
            Some(Unit { code: UnitCode::parse(&line.code).ok()?, name, parent, level, members, added_at })
        };
        UnitTree::new(self.units.iter().map(unit).collect::<Option<_>>()?).ok()
    }
}

fn words<T>(words: &[String], parse: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    words.iter().map(|word| parse(word)).collect()
}

impl Attempt {
    fn rules(&self) -> Option<AttemptRules> {
        Some(AttemptRules {
            points: self.points,
            minutes: self.minutes,
            grace_seconds: self.grace_seconds,
            per_round: self.per_round,
            counted: Counted::parse(&self.counted)?,
            reveal_score: RevealScore::parse(&self.reveal_score)?,
            reveal_key: RevealKey::parse(&self.reveal_key)?,
            min_seconds: self.min_seconds,
        })
    }
}

impl Prediction {
    fn rules(&self) -> Option<PredictionRules> {
        Some(PredictionRules {
            target: PredictionTarget::parse(&self.target)?,
            counted: PredictionCounted::parse(&self.counted)?,
            actual: ActualAt::parse(&self.actual)?,
            equidistant: Equidistant::parse(&self.equidistant)?,
        })
    }
}

impl RoundLine {
    fn times(&self) -> Option<Times> {
        Some(Times {
            id: RoundId::parse(&self.id).ok()?,
            opens: Timestamp::parse_rfc3339(&self.opens)?,
            closes: Timestamp::parse_rfc3339(&self.closes)?,
            publishes: Timestamp::parse_rfc3339(&self.publishes)?,
        })
    }
}

impl Prize {
    fn tier(&self) -> Option<PrizeTier> {
        let Self { tier, name, count, amount, scope } = self;
        let scope = Scope::parse(scope)?;
        Some(PrizeTier { tier: tier.clone(), name: name.clone(), count: *count, amount: *amount, scope })
    }
}

impl CollectiveLine {
    fn collective(&self) -> Option<Collective> {
        let prize = |prize: &CollectivePrizeLine| CollectivePrize {
            name: prize.name.clone(),
            count: prize.count,
            amount: prize.amount,
        };
        Some(Collective {
            id: RoundId::parse(&self.id).ok()?,
            level: self.level.clone(),
            scope: Scope::parse(&self.scope)?,
            measure: words(&self.measure, Measure::parse)?,
            min_rate_percent: self.min_rate_percent,
            prizes: self.prizes.iter().map(prize).collect(),
        })
    }
}

#[derive(Deserialize)]
pub(super) struct Results {
    pub(super) status: Status,
    pub(super) totals: Totals,
    pub(super) winners: Vec<Winner>,
}

#[derive(Deserialize)]
pub(super) struct Totals {
    pub(super) registered: u64,
}

#[derive(Deserialize)]
pub(super) struct Winner {
    pub(super) contestant: String,
    pub(super) full_name: Option<String>,
}

type Letters = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
pub(super) struct KeyFile {
    pub(super) contest: String,
    pub(super) round: String,
    nonce: String,
    key: Letters,
    #[serde(default)]
    rekeyed: Letters,
}

impl KeyFile {
    pub(super) fn nonce(&self) -> Option<[u8; 32]> {
        data_encoding::HEXLOWER.decode(self.nonce.as_bytes()).ok()?.try_into().ok()
    }

    /// As committed to before the round.
    pub(super) fn committed(&self) -> Option<AnswerKey> {
        answer_key(&self.key)
    }

    /// As the version scores.
    pub(super) fn effective(&self) -> Option<AnswerKey> {
        let mut key = self.committed()?;
        for (question, right) in answer_key(&self.rekeyed)? {
            *key.get_mut(&question)? = right;
        }
        Some(key)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LotsFile {
    pub(super) schema: String,
    pub(super) contest: String,
    pub(super) round: String,
    pub(super) secret: String,
    pub(super) witnessed: Vec<String>,
    pub(super) beacon: Option<BeaconLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct BeaconLine {
    pub(super) round: u64,
    pub(super) signature: String,
}

fn answer_key(letters: &Letters) -> Option<AnswerKey> {
    let entry = |(id, letters): (&String, &Vec<String>)| Some((QuestionId::parse(id).ok()?, option_set(letters)?));
    letters.iter().map(entry).collect()
}

fn option_set(letters: &[String]) -> Option<OptionSet> {
    letters.iter().try_fold(OptionSet::EMPTY, |set, letter| Some(set.with(OptionSet::place_of(letter)?)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LedgerLine {
    answers: Letters,
    attempt: u16,
    prediction: Option<serde_json::Value>,
    pseudonym: String,
    salt: String,
    started_at: String,
    submitted_at: String,
    unit: Option<String>,
}

/// One accepted attempt as the ledger tells it.
pub(super) struct Entry {
    pub(super) pseudonym: Pseudonym,
    pub(super) attempt: u16,
    pub(super) started_at: Timestamp,
    pub(super) submitted_at: Timestamp,
    pub(super) answers: Vec<(QuestionId, OptionSet)>,
    pub(super) prediction: Option<Predicted>,
    pub(super) unit: Option<UnitCode>,
    pub(super) salt: [u8; 16],
}

impl Entry {
    pub(super) fn parse(line: &str, target: Option<PredictionTarget>) -> Option<Self> {
        let read: LedgerLine = serde_json::from_str(line).ok()?;
        let prediction = match (read.prediction, target) {
            (None, _) => None,
            (Some(serde_json::Value::String(text)), Some(target @ PredictionTarget::PerfectPercent)) => {
                Some(Predicted::parse(&text, target).ok()?)
            }
            (Some(serde_json::Value::Number(number)), Some(target)) => {
                Some(Predicted::parse(&number.to_string(), target).ok()?)
            }
            _ => return None,
        };
        Some(Self {
            pseudonym: Pseudonym::parse(&read.pseudonym).ok()?,
            attempt: read.attempt,
            started_at: Timestamp::parse_rfc3339(&read.started_at)?,
            submitted_at: Timestamp::parse_rfc3339(&read.submitted_at)?,
            answers: answer_key(&read.answers)?.into_iter().collect(),
            prediction,
            unit: read.unit.as_deref().map(UnitCode::parse).transpose().ok()?,
            salt: data_encoding::HEXLOWER.decode(read.salt.as_bytes()).ok()?.try_into().ok()?,
        })
    }
}

//! Published files as they are read by somebody who has nothing else.

use crate::Broken;
use contest::bank::{AnswerKey, OptionSet};
use contest::edition::Status;
use contest::fraction::RoundingMode;
use contest::ids::{Pseudonym, QuestionId, RoundId, UnitCode};
use contest::plan::*;
use contest::prediction::Prediction as Predicted;
use contest::scoring::Marking;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};
use documents::site::PointerEntry;
use documents::words::verify::malformed;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};

/// Reads JSON of one of the types below.
pub(crate) fn json<T: DeserializeOwned>(path: &str, bytes: &[u8]) -> Result<T, Broken> {
    serde_json::from_slice(bytes).map_err(|error| Broken::new(path, malformed(error)))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    pub(crate) schema: String,
    pub(crate) contest: String,
    pub(crate) round: String,
    pub(crate) version: u32,
    pub(crate) previous: Option<String>,
    pub(crate) rules_sha256: String,
    /// None where no ledger is among the files.
    pub(crate) ledger_root: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) history: Vec<PointerEntry>,
    #[serde(default)]
    pub(crate) follows: Vec<FollowsLine>,
    pub(crate) files: Vec<ManifestFile>,
}

/// Every decision on which a version rests.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionsFile {
    pub(crate) schema: String,
    pub(crate) contest: String,
    pub(crate) round: String,
    pub(crate) decisions: Vec<DecisionLine>,
}

#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct DecisionLine {
    number: Option<String>,
    decided_on: Option<String>,
    at: String,
    pub(crate) changes: Vec<ChangeLine>,
}

#[derive(Clone, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeLine {
    pub(crate) action: String,
    pub(crate) contestant: Option<String>,
    pub(crate) attempt: Option<u16>,
    pub(crate) question: Option<String>,
    pub(crate) place: Option<u32>,
    reason: String,
}

impl DecisionLine {
    /// Its reasons, each once.
    pub(crate) fn reason(&self) -> String {
        contest::decision::reasons(self.changes.iter().map(|change| change.reason.as_str()))
    }

    pub(crate) fn recognizes(&self) -> bool {
        self.changes.iter().any(|change| change.action == "recognize")
    }
}

/// A version of a round from which something follows: an earlier one whose winners are passed over, or any for what is
/// published over the contest, then with its hash.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct FollowsLine {
    pub(crate) round: String,
    pub(crate) version: u32,
    #[serde(default)]
    pub(crate) manifest_sha256: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ManifestFile {
    pub(crate) name: String,
    pub(crate) sha256: String,
    pub(crate) size: u64,
}

#[derive(Deserialize)]
pub(crate) struct Contest {
    pub(crate) id: String,
    pub(crate) time_zone: String,
    rounding: String,
    pub(crate) fields: Vec<String>,
    attempt: Attempt,
    prediction: Option<Prediction>,
    ranking: Ranking,
    pub(crate) rounds: Vec<RoundLine>,
    units: Vec<UnitLine>,
    pub(crate) units_sha256: String,
    prizes: Vec<Prize>,
    collective: Vec<CollectiveLine>,
    overall: Option<OverallLine>,
    pub(crate) rules_sha256: String,
    pub(crate) public_key: String,
}

#[derive(Deserialize)]
struct Attempt {
    /// On a paper.
    questions: u32,
    points: u32,
    minutes: u32,
    grace_seconds: u32,
    per_round: u32,
    #[serde(default)]
    per_day: u32,
    #[serde(default)]
    complete: Option<String>,
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
pub(crate) struct RoundLine {
    pub(crate) id: String,
    opens: String,
    closes: String,
    publishes: String,
    pub(crate) key_commitment: Option<String>,
    pub(crate) lot: Option<LotLine>,
    /// Where an attempt of it is anything else than [`Contest::attempt`].
    #[serde(default)]
    attempt: Option<Attempt>,
}

/// When a round opens, closes and publishes.
#[derive(Clone)]
pub(crate) struct Times {
    pub(crate) id: RoundId,
    pub(crate) opens: Timestamp,
    pub(crate) closes: Timestamp,
    pub(crate) publishes: Timestamp,
}

/// What is published of a draw before the round.
#[derive(Deserialize)]
pub(crate) struct LotLine {
    pub(crate) commitment: String,
    pub(crate) witnesses: Vec<String>,
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
    #[serde(default)]
    rounds: Vec<String>,
}

#[derive(Deserialize)]
struct CollectiveLine {
    id: String,
    level: Levels,
    scope: String,
    measure: Vec<String>,
    points: Option<PointsLine>,
    min_rate_percent: u32,
    prizes: Vec<CollectivePrizeLine>,
}

/// One level, or several that compete together.
#[derive(Deserialize)]
#[serde(untagged)]
enum Levels {
    One(String),
    Several(Vec<String>),
}

#[derive(Deserialize)]
struct PointsLine {
    contestants_percent: u32,
    #[serde(flatten)]
    tiers: BTreeMap<String, u32>,
}

#[derive(Deserialize)]
struct OverallLine {
    score: String,
    best: u32,
    rounds: Vec<String>,
    order: Vec<String>,
}

#[derive(Deserialize)]
struct CollectivePrizeLine {
    name: String,
    count: u32,
    amount: u64,
}

impl Contest {
    /// What results follow from.
    pub(crate) fn rules(&self) -> Option<Rules> {
        Some(Rules {
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
            overall: self.overall.as_ref().map(OverallLine::rules).map_or(Some(None), |rules| rules.map(Some))?,
        })
    }

    /// What an attempt of a round is, and the questions on its paper.
    pub(crate) fn attempt_of(&self, round: &RoundId) -> Option<(AttemptRules, u32)> {
        let line = self.rounds.iter().find(|line| line.id == round.as_str())?;
        let attempt = line.attempt.as_ref().unwrap_or(&self.attempt);
        Some((attempt.rules()?, attempt.questions))
    }

    /// Over which scores of several rounds are averaged.
    pub(crate) const fn usual_points(&self) -> u32 {
        self.attempt.points
    }

    /// The rounds with their times.
    pub(crate) fn rounds(&self) -> Option<Vec<Times>> {
        self.rounds.iter().map(RoundLine::times).collect()
    }

    /// How ratios are printed.
    pub(crate) fn rounding(&self) -> Option<RoundingMode> {
        RoundingMode::parse(&self.rounding)
    }

    pub(crate) fn units(&self) -> Option<UnitTree> {
        let unit = |line: &UnitLine| {
            let parent = line.parent.as_deref().map(UnitCode::parse).transpose().ok()?;
            let added_at = line.added_at.as_deref().map_or(Some(None), |at| Timestamp::parse_rfc3339(at).map(Some))?;
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
            per_day: self.per_day,
            complete: self.complete.as_deref().map_or(Some(Complete::Free), Complete::parse)?,
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
        let Self { tier, name, count, amount, scope, rounds } = self;
        let (scope, rounds) = (Scope::parse(scope)?, words(rounds, |id| RoundId::parse(id).ok())?);
        Some(PrizeTier { tier: tier.clone(), name: name.clone(), count: *count, amount: *amount, scope, rounds })
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
            levels: match &self.level {
                Levels::One(level) => vec![level.clone()],
                Levels::Several(levels) => levels.clone(),
            },
            scope: Scope::parse(&self.scope)?,
            measure: words(&self.measure, Measure::parse)?,
            points: self.points.as_ref().map(PointsLine::points),
            min_rate_percent: self.min_rate_percent,
            prizes: self.prizes.iter().map(prize).collect(),
        })
    }
}

impl PointsLine {
    fn points(&self) -> UnitPoints {
        UnitPoints { contestants_percent: self.contestants_percent, tiers: self.tiers.clone() }
    }
}

impl OverallLine {
    fn rules(&self) -> Option<OverallRules> {
        Some(OverallRules {
            score: OverallScore::parse(&self.score)?,
            best: self.best,
            rounds: words(&self.rounds, |id| RoundId::parse(id).ok())?,
            order: words(&self.order, OverallKey::parse)?,
        })
    }
}

#[derive(Deserialize)]
pub(crate) struct Results {
    #[serde(with = "documents::site::status")]
    pub(crate) status: Status,
    pub(crate) totals: Totals,
    pub(crate) winners: Vec<Winner>,
}

#[derive(Deserialize)]
pub(crate) struct Totals {
    pub(crate) registered: u64,
}

#[derive(Deserialize)]
pub(crate) struct Winner {
    pub(crate) contestant: String,
    pub(crate) full_name: Option<String>,
}

pub(crate) type Letters = BTreeMap<String, Vec<String>>;

#[derive(Deserialize)]
pub(crate) struct KeyFile {
    pub(crate) contest: String,
    pub(crate) round: String,
    nonce: String,
    key: Letters,
    #[serde(default)]
    pub(crate) rekeyed: Letters,
    #[serde(default)]
    pub(crate) voided: Vec<String>,
}

impl KeyFile {
    pub(crate) fn nonce(&self) -> Option<[u8; 32]> {
        data_encoding::HEXLOWER.decode(self.nonce.as_bytes()).ok()?.try_into().ok()
    }

    /// As committed to before the round.
    pub(crate) fn committed(&self) -> Option<AnswerKey> {
        answer_key(&self.key)
    }

    /// As the version scores.
    pub(crate) fn marking(&self) -> Option<Marking> {
        let mut key = self.committed()?;
        for (question, right) in answer_key(&self.rekeyed)? {
            *key.get_mut(&question)? = right;
        }
        let voided = self.voided.iter().map(|id| QuestionId::parse(id).ok().filter(|id| key.contains_key(id)));
        let voided = voided.collect::<Option<_>>()?;
        Some(Marking { key, voided })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct LotsFile {
    pub(crate) schema: String,
    pub(crate) contest: String,
    pub(crate) round: String,
    pub(crate) secret: String,
    pub(crate) witnessed: Vec<String>,
    pub(crate) beacon: Option<BeaconLine>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct BeaconLine {
    pub(crate) round: u64,
    pub(crate) signature: String,
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
pub(crate) struct Entry {
    pub(crate) pseudonym: Pseudonym,
    pub(crate) attempt: u16,
    pub(crate) started_at: Timestamp,
    pub(crate) submitted_at: Timestamp,
    pub(crate) answers: Vec<(QuestionId, OptionSet)>,
    pub(crate) prediction: Option<Predicted>,
    pub(crate) unit: Option<UnitCode>,
    pub(crate) salt: [u8; 16],
}

impl Entry {
    pub(crate) fn parse(line: &str, target: Option<PredictionTarget>) -> Option<Self> {
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

impl Entry {
    /// Whether something is chosen in every question but those that are voided.
    pub(crate) fn is_complete(&self, voided: &BTreeSet<QuestionId>) -> bool {
        self.answers.iter().all(|(question, chosen)| !chosen.is_empty() || voided.contains(question))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::site::{Beside, Commitments, contest_json};

    fn read_back(plan: &Plan) -> Contest {
        let (banks, lots) = (BTreeMap::new(), BTreeMap::new());
        let commitments = Commitments { banks: &banks, lots: &lots, public_key: "hoithi.example+11223344+AQID" };
        let file = contest_json(plan, &UnitTree::default(), &commitments, &Beside::default());
        json::<Contest>(file.name, &file.bytes).map_err(|broken| broken.detail).expect("a contest")
    }

    #[test]
    fn rules_are_read_as_they_were_published() {
        let plan = |text: &str| contest::plan_file::read(text).plan.expect("a plan");
        let everything = plan(include_str!("../../contest/src/plan_file/everything.toml"));
        let few = plan(include_str!("../../../contests/song-cong-cchc-2021/contest.toml"));
        assert!(everything.rules.overall.is_some() && few.rules.overall.is_none());
        for plan in [everything, few] {
            let public = read_back(&plan);
            assert_eq!(public.rules().as_ref(), Some(&plan.rules));
            assert_eq!(public.usual_points(), plan.usual_points());
            for round in &plan.rounds {
                let attempt = (*plan.attempt_of(round), plan.paper_of(round).questions);
                assert_eq!(public.attempt_of(&round.id), Some(attempt), "{}", round.id);
            }
        }
    }
}

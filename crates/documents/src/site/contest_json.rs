//! `{c}/contest.json`, schema `hoithi/contest-public/1`: what everyone may know of a contest before
//! and during it. It also tells a verifier the rules as data.

use super::{PublishedFile, json_bytes, sha256_hex};
use crate::words::{RuleSection, consent_text, prediction_prompt, rules, rules_sha256};
use contest::announcement::{Announcement, newest_first};
use contest::bank::BankFacts;
use contest::ids::RoundId;
use contest::plan::{
    CertificateRule, Collective, Complete, Contact, LotBeacon, OverallRules, Picture, PictureKind, Plan, PrizeTier,
    Round, RoundAttempt, UnitPoints,
};
use contest::prediction::Prediction;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};
use data_encoding::HEXLOWER;
use serde::Serialize;
use std::collections::BTreeMap;

/// Whose opening or signature proves something later.
#[derive(Clone, Copy, Debug)]
pub struct Commitments<'a> {
    /// By round, those whose bank was imported.
    pub banks: &'a BTreeMap<RoundId, BankFacts>,
    /// By round, where the rules draw lots ([`contest::lots::commitments`]).
    pub lots: &'a BTreeMap<RoundId, [u8; 32]>,
    /// The C2SP verifier key of receipts and checkpoints.
    pub public_key: &'a str,
}

/// What a page shows besides, and no result follows from.
#[derive(Clone, Debug, Default)]
pub struct Beside<'a> {
    /// In the order in which they were written.
    pub announcements: &'a [Announcement],
    /// By the names of their files, those that were accepted.
    pub pictures: BTreeMap<String, Picture>,
}

#[derive(Serialize)]
struct ContestJson<'a> {
    schema: &'static str,
    id: &'a str,
    name: &'a str,
    organizer: &'a str,
    time_zone: &'static str,
    language: &'a str,
    rounding: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<ContactJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    page: Option<PageJson<'a>>,
    opens: String,
    closes: String,
    fields: Vec<&'static str>,
    registration: RegistrationJson<'a>,
    attempt: AttemptJson,
    prediction: Option<PredictionJson>,
    ranking: RankingJson,
    rounds: Vec<RoundJson<'a>>,
    units: Vec<UnitJson<'a>>,
    units_sha256: String,
    prizes: Vec<PrizeJson<'a>>,
    collective: Vec<CollectiveJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    overall: Option<OverallJson<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    certificates: Vec<CertificateJson<'a>>,
    reading_list: &'a [String],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    announcements: Vec<AnnouncementJson<'a>>,
    rules: &'a [RuleSection],
    rules_sha256: String,
    consent: ConsentJson,
    public_key: &'a str,
}

#[derive(Serialize)]
struct ContactJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phone: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<&'a str>,
}

#[derive(Serialize)]
struct PageJson<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    logo: Option<PictureJson<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    banner: Option<PictureJson<'a>>,
}

#[derive(Serialize)]
struct PictureJson<'a> {
    path: &'a str,
    width: u32,
    height: u32,
}

#[derive(Serialize)]
struct RegistrationJson<'a> {
    mode: &'static str,
    opens: String,
    closes: String,
    unit_basis: Vec<&'static str>,
    min_age: u32,
    #[serde(skip_serializing_if = "is_zero")]
    max_age: u32,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    levels: &'a [String],
    guardian_consent_under: u32,
    keep_days: u32,
}

#[derive(Serialize)]
struct AttemptJson {
    questions: u32,
    points: u32,
    minutes: u32,
    grace_seconds: u32,
    per_round: u32,
    #[serde(skip_serializing_if = "is_zero")]
    per_day: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    complete: Option<&'static str>,
    counted: &'static str,
    reveal_score: &'static str,
    reveal_key: &'static str,
    min_seconds: u32,
}

#[derive(Serialize)]
struct PredictionJson {
    target: &'static str,
    prompt: &'static str,
    most: u64,
    counted: &'static str,
    actual: &'static str,
    equidistant: &'static str,
}

#[derive(Serialize)]
struct RankingJson {
    order: Vec<&'static str>,
    eligible: &'static str,
    unbroken_tie: &'static str,
    one_prize_per_person: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    lot_beacon: Option<&'static str>,
}

#[derive(Serialize)]
struct RoundJson<'a> {
    id: &'a str,
    name: &'a str,
    opens: String,
    closes: String,
    publishes: String,
    question_count_in_bank: Option<u64>,
    key_commitment: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lot: Option<LotJson>,
    /// Whole, where anything of it is the round's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    attempt: Option<AttemptJson>,
}

#[derive(Serialize)]
struct LotJson {
    commitment: String,
    witnesses: Vec<String>,
}

#[derive(Serialize)]
struct UnitJson<'a> {
    code: &'a str,
    name: &'a str,
    parent: Option<&'a str>,
    level: Option<&'a str>,
    members: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added_at: Option<String>,
}

#[derive(Serialize)]
struct PrizeJson<'a> {
    tier: &'a str,
    name: &'a str,
    count: u32,
    amount: u64,
    scope: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    rounds: Vec<&'a str>,
}

#[derive(Serialize)]
struct CollectiveJson<'a> {
    id: &'a str,
    level: LevelJson<'a>,
    scope: &'static str,
    measure: Vec<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    points: Option<PointsJson<'a>>,
    min_rate_percent: u32,
    prizes: Vec<CollectivePrizeJson<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum LevelJson<'a> {
    One(&'a str),
    Several(&'a [String]),
}

#[derive(Serialize)]
struct PointsJson<'a> {
    contestants_percent: u32,
    #[serde(flatten)]
    tiers: &'a BTreeMap<String, u32>,
}

#[derive(Serialize)]
struct OverallJson<'a> {
    score: &'static str,
    best: u32,
    rounds: Vec<&'a str>,
    order: Vec<&'static str>,
}

#[derive(Serialize)]
struct CertificateJson<'a> {
    name: &'a str,
    min_percent: u32,
    rounds: u32,
}

#[derive(Serialize)]
struct CollectivePrizeJson<'a> {
    name: &'a str,
    count: u32,
    amount: u64,
}

#[derive(Serialize)]
struct AnnouncementJson<'a> {
    date: String,
    text: &'a str,
}

#[derive(Serialize)]
struct ConsentJson {
    text: String,
    text_sha256: String,
}

/// The file. What a version is proved by has nothing beside.
pub fn contest_json(
    plan: &Plan,
    units: &UnitTree,
    commitments: &Commitments<'_>,
    beside: &Beside<'_>,
) -> PublishedFile {
    let rules = rules(plan, units);
    let consent = consent_text(plan);
    let json = ContestJson {
        schema: "hoithi/contest-public/1",
        id: plan.id.as_str(),
        name: &plan.name,
        organizer: &plan.organizer,
        time_zone: plan.time_zone.name(),
        language: &plan.language,
        rounding: plan.rounding.as_str(),
        contact: plan.contact.as_ref().map(contact_json),
        page: page_json(plan, &beside.pictures),
        opens: plan.opens().rfc3339(),
        closes: plan.closes().rfc3339(),
        fields: plan.registration.fields.iter().map(|field| field.as_str()).collect(),
        registration: registration(plan),
        attempt: attempt(plan.attempt.usual()),
        prediction: plan.rules.prediction.map(|p| PredictionJson {
            target: p.target.as_str(),
            prompt: prediction_prompt(p.target),
            most: Prediction::most(p.target).parts() / Prediction::parts_of_one(p.target),
            counted: p.counted.as_str(),
            actual: p.actual.as_str(),
            equidistant: p.equidistant.as_str(),
        }),
        ranking: ranking(plan),
        rounds: plan.rounds.iter().map(|round| round_json(round, commitments)).collect(),
        units: units.units().iter().map(unit_json).collect(),
        units_sha256: HEXLOWER.encode(&units.opened_sha256()),
        prizes: plan.rules.prizes.iter().map(prize_json).collect(),
        collective: plan.rules.collective.iter().map(collective_json).collect(),
        overall: plan.rules.overall.as_ref().map(overall_json),
        certificates: plan.certificates.iter().map(certificate_json).collect(),
        reading_list: &plan.reading_list,
        announcements: newest_first(beside.announcements).into_iter().map(announcement_json).collect(),
        rules: &rules,
        rules_sha256: rules_sha256(&rules),
        consent: ConsentJson { text_sha256: sha256_hex(consent.as_bytes()), text: consent },
        public_key: commitments.public_key,
    };
    PublishedFile { name: "contest.json", bytes: json_bytes(&json) }
}

fn announcement_json(announcement: &Announcement) -> AnnouncementJson<'_> {
    AnnouncementJson { date: announcement.on.to_string(), text: &announcement.text }
}

fn page_json<'a>(plan: &Plan, pictures: &'a BTreeMap<String, Picture>) -> Option<PageJson<'a>> {
    let picture = |kind| {
        let Picture { path, width, height } = pictures.get(plan.page.picture(kind)?)?;
        Some(PictureJson { path, width: *width, height: *height })
    };
    let page = PageJson { logo: picture(PictureKind::Logo), banner: picture(PictureKind::Banner) };
    (page.logo.is_some() || page.banner.is_some()).then_some(page)
}

fn contact_json(contact: &Contact) -> ContactJson<'_> {
    ContactJson {
        name: contact.name.as_deref(),
        phone: contact.phone.as_deref(),
        email: contact.email.as_deref(),
        hours: contact.hours.as_deref(),
    }
}

/// What is 0 where a plan says nothing of it is left out.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_zero(number: &u32) -> bool {
    *number == 0
}

fn registration(plan: &Plan) -> RegistrationJson<'_> {
    let registration = &plan.registration;
    RegistrationJson {
        mode: registration.mode.as_str(),
        opens: registration.opens.rfc3339(),
        closes: plan.registration_closes().rfc3339(),
        unit_basis: registration.unit_basis.iter().map(|basis| basis.as_str()).collect(),
        min_age: registration.min_age,
        max_age: registration.max_age,
        levels: &registration.levels,
        guardian_consent_under: registration.guardian_consent_under,
        keep_days: registration.keep_days,
    }
}

fn attempt(RoundAttempt { paper, rules: attempt }: &RoundAttempt) -> AttemptJson {
    AttemptJson {
        questions: paper.questions,
        points: attempt.points,
        minutes: attempt.minutes,
        grace_seconds: attempt.grace_seconds,
        per_round: attempt.per_round,
        per_day: attempt.per_day,
        complete: (attempt.complete != Complete::Free).then(|| attempt.complete.as_str()),
        counted: attempt.counted.as_str(),
        reveal_score: attempt.reveal_score.as_str(),
        reveal_key: attempt.reveal_key.as_str(),
        min_seconds: attempt.min_seconds,
    }
}

fn ranking(plan: &Plan) -> RankingJson {
    let ranking = &plan.rules.ranking;
    RankingJson {
        order: ranking.order.iter().map(|key| key.as_str()).collect(),
        eligible: ranking.eligible.as_str(),
        unbroken_tie: ranking.unbroken_tie.as_str(),
        one_prize_per_person: ranking.one_prize_per_person.as_str(),
        lot_beacon: (ranking.lot_beacon != LotBeacon::None).then(|| ranking.lot_beacon.as_str()),
    }
}

fn round_json<'a>(round: &'a Round, commitments: &Commitments<'a>) -> RoundJson<'a> {
    let bank = commitments.banks.get(&round.id);
    let lot = |commitment: &[u8; 32]| LotJson {
        commitment: HEXLOWER.encode(commitment),
        witnesses: round.lot_witnesses.iter().map(|witness| HEXLOWER.encode(witness)).collect(),
    };
    RoundJson {
        id: round.id.as_str(),
        name: &round.name,
        opens: round.opens.rfc3339(),
        closes: round.closes.rfc3339(),
        publishes: round.publishes.rfc3339(),
        question_count_in_bank: bank.map(|bank| bank.question_count),
        key_commitment: bank.map(|bank| bank.key_commitment.as_str()),
        lot: commitments.lots.get(&round.id).map(lot),
        attempt: round.attempt.as_ref().map(attempt),
    }
}

fn unit_json(unit: &Unit) -> UnitJson<'_> {
    UnitJson {
        code: unit.code.as_str(),
        name: &unit.name,
        parent: unit.parent.as_ref().map(|code| code.as_str()),
        level: unit.level.as_deref(),
        members: unit.members,
        added_at: unit.added_at.map(Timestamp::rfc3339),
    }
}

fn prize_json(tier: &PrizeTier) -> PrizeJson<'_> {
    PrizeJson {
        tier: &tier.tier,
        name: &tier.name,
        count: tier.count,
        amount: tier.amount,
        scope: tier.scope.as_str(),
        rounds: tier.rounds.iter().map(RoundId::as_str).collect(),
    }
}

fn collective_json(collective: &Collective) -> CollectiveJson<'_> {
    CollectiveJson {
        id: collective.id.as_str(),
        level: match &collective.levels[..] {
            [level] => LevelJson::One(level),
            levels => LevelJson::Several(levels),
        },
        scope: collective.scope.as_str(),
        measure: collective.measure.iter().map(|measure| measure.as_str()).collect(),
        points: collective.points.as_ref().map(points_json),
        min_rate_percent: collective.min_rate_percent,
        prizes: collective
            .prizes
            .iter()
            .map(|prize| CollectivePrizeJson { name: &prize.name, count: prize.count, amount: prize.amount })
            .collect(),
    }
}

fn points_json(points: &UnitPoints) -> PointsJson<'_> {
    PointsJson { contestants_percent: points.contestants_percent, tiers: &points.tiers }
}

fn certificate_json(rule: &CertificateRule) -> CertificateJson<'_> {
    CertificateJson { name: &rule.name, min_percent: rule.min_percent, rounds: rule.rounds }
}

fn overall_json(overall: &OverallRules) -> OverallJson<'_> {
    OverallJson {
        score: overall.score.as_str(),
        best: overall.best,
        rounds: overall.rounds.iter().map(RoundId::as_str).collect(),
        order: overall.order.iter().map(|key| key.as_str()).collect(),
    }
}

//! A small round for the tests of this crate, built by hand: the plan of Sông Công 2021 and a result
//! with a tie, a person passed over, a missing prediction and names that try to be formulas.

use crate::officials::{Head, Identities, Identity};
use crate::site::RoundVersion;
use chrono::NaiveDate;
use contest::edition::Status;
use contest::fraction::{Fraction, RoundingMode};
use contest::ids::{ContestId, ContestantId, Pseudonym, RoundId, UnitCode};
use contest::plan::{self, PageRules, *};
use contest::result::*;
use contest::time::Timestamp;
use contest::units::{Unit, UnitTree};

/// Everything a [`RoundVersion`] borrows.
pub(crate) struct Example {
    pub(crate) plan: Plan,
    pub(crate) units: UnitTree,
    pub(crate) people: Vec<Person>,
    pub(crate) attempts: Vec<ScoredAttempt>,
    pub(crate) result: RoundResult,
    /// Everything in it but the place is given.
    pub(crate) head: Head,
}

impl Example {
    pub(crate) fn version(&self) -> RoundVersion<'_> {
        let input = RoundInput {
            rules: &self.plan.rules,
            attempt: self.plan.attempt_of(&self.plan.rounds[0]),
            round: &self.plan.rounds[0].id,
            units: &self.units,
            people: &self.people,
            attempts: &self.attempts,
            lots: None,
            at_closing: None,
        };
        RoundVersion {
            contest: &self.plan.id,
            round: &self.plan.rounds[0].id,
            rounding: self.plan.rounding,
            input,
            result: &self.result,
            number: 1,
            earlier: &[],
            before: None,
            reason: None,
            status: Status::Provisional,
            closed_at: at("2021-12-19T16:30"),
            published_at: at("2021-12-20T08:00"),
        }
    }

    /// Names and birth dates of everybody, also of people whom the public must not know.
    pub(crate) fn identities(&self) -> Identities {
        let born = NaiveDate::from_ymd_opt(1988, 3, 9);
        let identity = |name: &str| Identity { full_name: name.to_owned(), birth_date: born };
        self.people.iter().zip(NAMES).map(|(person, name)| (person.contestant.clone(), identity(name))).collect()
    }

    /// The same names as the site gets them.
    pub(crate) fn names(&self) -> std::collections::BTreeMap<ContestantId, String> {
        self.identities().into_iter().map(|(code, identity)| (code, identity.full_name)).collect()
    }
}

/// Names by place of the people. The last two win nothing.
pub(crate) const NAMES: [&str; 6] =
    ["Nguyễn Thị Ánh", "=1+1 Đỗ Văn Dũng", "Đặng Thị Ơn", "Hà “Văn” Đức", "Canary Vắng Mặt", "Canary Qua Lượt"];

/// A Vietnamese local time.
pub(crate) fn at(local: &str) -> Timestamp {
    let (time, seconds) = if local.len() == 16 { (local, ":00") } else { (local, "") };
    Timestamp::parse_rfc3339(&format!("{time}{seconds}+07:00")).expect("an example names valid times")
}

pub(crate) fn example() -> Example {
    let head = Head {
        body: plan::Head::State,
        issuer: "ỦY BAN NHÂN DÂN THÀNH PHỐ SÔNG CÔNG".to_owned(),
        place: String::new(),
        signer_title: "CHỦ TỊCH".to_owned(),
        signer_name: "Lê Văn Khôi".to_owned(),
    };
    Example { plan: plan(), units: units(), people: people(), attempts: attempts(), result: result(), head }
}

pub(crate) fn plan() -> Plan {
    Plan {
        id: ContestId::parse("song-cong-cchc-2021").expect("valid"),
        name: "Cuộc thi trực tuyến “Tìm hiểu công tác cải cách hành chính” thành phố Sông Công năm 2021".to_owned(),
        organizer: "UBND thành phố Sông Công".to_owned(),
        time_zone: chrono_tz::Asia::Ho_Chi_Minh,
        language: "vi".to_owned(),
        announced: None,
        contact: None,
        page: PageRules { logo: None, banner: Some("banner.jpg".to_owned()) },
        reading_list: vec!["Nghị định số 63/2010/NĐ-CP ngày 08/6/2010 của Chính phủ".to_owned()],
        rounding: RoundingMode::Truncate,
        registration: registration(),
        attempt: UsualAttempt::new(RoundAttempt { paper: paper(), rules: attempt() }),
        rules: Rules {
            prediction: Some(PredictionRules {
                target: PredictionTarget::PerfectContestants,
                counted: PredictionCounted::First,
                actual: ActualAt::Publication,
                equidistant: Equidistant::Tie,
            }),
            ranking: RankingRules {
                order: vec![
                    RankingKey::Score,
                    RankingKey::PredictionDistance,
                    RankingKey::Duration,
                    RankingKey::SubmittedAt,
                ],
                eligible: Eligible::All,
                unbroken_tie: UnbrokenTie::ExtraPrize,
                one_prize_per_person: OnePrize::Contest,
                lot_beacon: contest::plan::LotBeacon::None,
            },
            prizes: vec![
                tier("first", "Giải Nhất", 1, 1_000_000),
                tier("second", "Giải Nhì", 1, 800_000),
                tier("third", "Giải Ba", 1, 500_000),
                tier("consolation", "Giải Khuyến khích", 5, 300_000),
            ],
            collective: vec![collective()],
            overall: None,
        },
        rounds: vec![
            round("tuan-1", "Tuần thứ Nhất", ["2021-12-13T08:30", "2021-12-19T16:30", "2021-12-20T08:00"]),
            round("tuan-2", "Tuần thứ Hai", ["2021-12-20T08:30", "2021-12-26T16:30", "2021-12-27T08:00"]),
        ],
        commendation: Vec::new(),
        documents: DocumentRules::default(),
        certificates: Vec::new(),
    }
}

fn registration() -> Registration {
    Registration {
        mode: RegistrationMode::Open,
        opens: at("2021-12-10T08:00"),
        closes: None,
        fields: vec![Field::FullName, Field::BirthDate, Field::CitizenId, Field::Phone, Field::Unit],
        unique: vec![Field::CitizenId],
        min_age: 16,
        max_age: 0,
        levels: Vec::new(),
        unit_basis: vec![UnitBasis::Workplace, UnitBasis::Residence],
        excluded: Exclusion::Bar,
        guardian_consent_under: 16,
        keep_days: 365,
    }
}

fn paper() -> PaperRules {
    PaperRules { questions: 10, shuffle_questions: true, shuffle_options: true, draw: Draw::Random, quota: Vec::new() }
}

fn attempt() -> AttemptRules {
    AttemptRules {
        points: 100,
        minutes: 15,
        grace_seconds: 10,
        per_round: 3,
        per_day: 0,
        complete: Complete::Free,
        counted: Counted::Best,
        reveal_score: RevealScore::Published,
        reveal_key: RevealKey::Published,
        min_seconds: 0,
    }
}

fn round(id: &str, name: &str, [opens, closes, publishes]: [&str; 3]) -> Round {
    Round {
        id: RoundId::parse(id).expect("valid"),
        name: name.to_owned(),
        opens: at(opens),
        closes: at(closes),
        publishes: at(publishes),
        bank: format!("bank-{id}.xlsx"),
        lot_witnesses: Vec::new(),
        attempt: None,
    }
}

fn tier(tier: &str, name: &str, count: u32, amount: u64) -> PrizeTier {
    PrizeTier { tier: tier.to_owned(), name: name.to_owned(), count, amount, scope: Scope::Round, rounds: Vec::new() }
}

fn collective() -> Collective {
    let prize = |name: &str, count, amount| CollectivePrize { name: name.to_owned(), count, amount };
    Collective {
        id: RoundId::parse("tap-the").expect("valid"),
        levels: vec!["ward".to_owned()],
        scope: Scope::Contest,
        measure: vec![Measure::Attempts, Measure::MeanScore, Measure::PrizePoints],
        points: None,
        min_rate_percent: 0,
        prizes: vec![
            prize("Giải Nhất", 1, 2_000_000),
            prize("Giải Nhì", 1, 1_500_000),
            prize("Giải Ba", 1, 1_000_000),
            prize("Giải Khuyến khích", 5, 800_000),
        ],
    }
}

fn code(text: &str) -> UnitCode {
    UnitCode::parse(text).expect("valid")
}

fn units() -> UnitTree {
    let unit = |own: &str, name: &str, parent: Option<&str>, level: Option<&str>, members| Unit {
        code: code(own),
        name: name.to_owned(),
        parent: parent.map(code),
        level: level.map(str::to_owned),
        members,
        added_at: None,
    };
    UnitTree::new(vec![
        unit("song-cong", "Thành phố Sông Công", None, Some("city"), None),
        unit("bach-quang", "Phường Bách Quang", Some("song-cong"), Some("ward"), Some(40)),
        unit("luong-son", "Phường Lương Sơn", Some("song-cong"), Some("ward"), None),
        unit("thcs", "Trường THCS \"Lương Sơn\", tổ 1", Some("luong-son"), None, None),
    ])
    .expect("an example has a sound tree")
}

fn people() -> Vec<Person> {
    let person = |number: u8, unit: Option<&str>, won_before| Person {
        contestant: ContestantId::parse(&format!("MADUTHI{number}")).expect("valid"),
        pseudonym: Pseudonym::parse(&format!("abcdefghijklmno{number}")).expect("valid"),
        unit: unit.map(code),
        registered_at: at("2021-12-11T09:00"),
        ranked: true,
        won_before,
        forfeits: false,
        decided_place: None,
    };
    vec![
        person(2, Some("bach-quang"), false),
        person(3, Some("thcs"), false),
        person(4, Some("bach-quang"), false),
        person(5, None, false),
        person(6, Some("thcs"), false),
        person(7, Some("bach-quang"), true),
    ]
}

/// The counted ones, and another one of the first person.
fn attempts() -> Vec<ScoredAttempt> {
    let attempt = |person, number, (right, questions), duration_ms| ScoredAttempt {
        person: PersonIndex(person),
        number,
        started_at: at("2021-12-13T09:00:00"),
        duration_ms,
        submitted_at: at("2021-12-13T09:05:07").plus_millis(120),
        right,
        questions,
        prediction: None,
        struck: false,
        incomplete: false,
    };
    vec![
        attempt(2, 1, (10, 10), 305_250),
        attempt(0, 1, (9, 10), 600_000),
        attempt(0, 2, (1, 10), 600_000),
        attempt(1, 1, (9, 10), 600_000),
        attempt(5, 1, (7, 10), 61_999),
        attempt(3, 1, (6, 9), 900_000),
    ]
}

fn result() -> RoundResult {
    let line = |rank, person, score: (u64, u64), predicted: Option<(u64, u64)>, duration_ms| RankedPerson {
        rank: Rank(rank),
        person: PersonIndex(person),
        attempt: 1,
        score: Fraction::new(score.0, score.1).expect("no zero below the line"),
        perfect: score.0 == 100 * score.1,
        prediction: predicted.map(|(prediction, _)| contest::prediction::Prediction::from_parts(prediction)),
        prediction_distance: predicted.map(|(_, distance)| Fraction::whole(distance)),
        duration_ms,
        submitted_at: at("2021-12-13T09:05:07").plus_millis(120),
        attempts_used: 2,
    };
    RoundResult {
        totals: Totals { registered: 6, contestants: 5, attempts: 9, perfect_attempts: 2, perfect_contestants: 1 },
        prediction: Some(PredictionOutcome {
            target: PredictionTarget::PerfectContestants,
            actual: Fraction::whole(1),
        }),
        ranking: vec![
            line(1, 2, (1_000, 10), Some((3_200, 3_199)), 305_250),
            line(2, 0, (900, 10), Some((4, 3)), 600_000),
            line(2, 1, (900, 10), Some((4, 3)), 600_000),
            line(4, 5, (700, 10), Some((1, 0)), 61_999),
            line(5, 3, (200, 3), None, 900_000),
        ],
        winners: [(0, 0), (1, 1), (2, 1), (4, 2)]
            .map(|(place, tier)| Winner { place: RankingPlace(place), tier: PrizeStep(tier) })
            .to_vec(),
        waiting: Vec::new(),
        units: vec![unit_table()],
    }
}

fn unit_table() -> UnitTable {
    let standing =
        |rank: Option<u64>, unit, members, [contestants, attempts, perfect_contestants]: [u64; 3]| UnitStanding {
            rank: rank.map(Rank),
            unit,
            members,
            contestants,
            attempts,
            perfect_contestants,
            mean_score: Fraction::new(260, contestants),
            rate_percent: members.and_then(|members| Fraction::new(contestants * 100, members)),
            prize_points: 1_800_000,
            winners: 0,
            points: None,
            prize: rank.map(|rank| PrizeStep(rank as u32 - 1)),
        };
    UnitTable {
        collective: Some(0),
        scope: Scope::Contest,
        measure: vec![Measure::Attempts, Measure::MeanScore, Measure::PrizePoints],
        standings: vec![standing(Some(1), 1, Some(40), [3, 6, 1]), standing(None, 2, None, [0, 0, 0])],
    }
}

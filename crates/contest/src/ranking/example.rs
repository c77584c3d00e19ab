//! Small rounds written as text, for the tests of ranking, prizes and standings.

use crate::ids::{ContestantId, Pseudonym, RoundId, UnitCode};
use crate::plan::*;
use crate::prediction::Prediction;
use crate::ranking::rank_round;
use crate::result::*;
use crate::time::Timestamp;
use crate::units::{Unit, UnitTree};

/// A round that can be ranked.
#[derive(Clone, Debug)]
pub(crate) struct Game {
    pub(crate) rules: Rules,
    pub(crate) attempt: AttemptRules,
    pub(crate) round: RoundId,
    pub(crate) units: UnitTree,
    pub(crate) people: Vec<Person>,
    pub(crate) attempts: Vec<ScoredAttempt>,
    /// The draw, as names in the order drawn.
    pub(crate) drawn: Option<&'static str>,
}

/// Ranks a round and compares one view of the result.
///
/// `people` has a line for each person: a name, then any of `won` (a prize before), `unranked`,
/// `reg=5` (registered at second 5) and `unit=A`, then after a `|` each accepted attempt: right
/// questions `8/10`, and any of `#3` (number; else counted up), `60s` (duration), `^3` (started at second 3), `@5` (submitted at
/// second 5) and `p3200` (prediction).
#[track_caller]
pub(crate) fn check(
    tune: impl FnOnce(&mut Game),
    people: &str,
    view: impl Fn(&Game, &RoundResult) -> String,
    expected: &str,
) {
    let game = game(tune, people);
    assert_eq!(view(&game, &game.rank()), expected);
}

pub(crate) fn game(tune: impl FnOnce(&mut Game), people: &str) -> Game {
    let units = UnitTree::default();
    let (attempt, round) = (usual_attempt(), RoundId::parse("tuan-1").expect("a slug"));
    let mut game =
        Game { rules: rules(), attempt, round, units, people: Vec::new(), attempts: Vec::new(), drawn: None };
    for line in people.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (person, attempts) = line.split_once('|').unwrap_or((line, ""));
        game.add_person(person);
        for (number, attempt) in (1..).zip(attempts.split('|').filter(|text| !text.trim().is_empty())) {
            game.add_attempt(number, attempt);
        }
    }
    tune(&mut game);
    game
}

impl Game {
    pub(crate) fn rank(&self) -> RoundResult {
        rank_round(&self.input(self.lots().as_deref()))
    }

    pub(crate) fn input<'a>(&'a self, lots: Option<&'a [LotTicket]>) -> RoundInput<'a> {
        let Self { rules, attempt, round, units, people, attempts, .. } = self;
        RoundInput { rules, attempt, round, units, people, attempts, lots, at_closing: None }
    }

    pub(crate) fn lots(&self) -> Option<Vec<LotTicket>> {
        let ticket = |(turn, name)| LotTicket { person: self.person(name), value: [turn; 32] };
        self.drawn.map(|names| (0..).zip(names.split(' ')).map(ticket).collect())
    }

    fn person(&self, name: &str) -> PersonIndex {
        let mut people = PersonIndex::all(&self.people);
        people.find(|(_, person)| name_of(person) == name).expect("a test draws people who play").0
    }

    fn add_person(&mut self, text: &str) {
        let mut words = text.split_whitespace();
        let mut person = person(words.next().expect("a line starts with a name"));
        for word in words {
            match (word, word.split_once('=')) {
                ("won", _) => person.won_before = true,
                ("unranked", _) => person.ranked = false,
                ("forfeits", _) => person.forfeits = true,
                (_, Some(("place", place))) => person.decided_place = Some(digits(place) as u32),
                (_, Some(("reg", second))) => person.registered_at = at_second(second),
                (_, Some(("unit", code))) => person.unit = UnitCode::parse(code).ok(),
                _ => panic!("unknown word {word}"),
            }
        }
        self.people.push(person);
    }

    fn add_attempt(&mut self, number: u16, text: &str) {
        let mut attempt = attempt(self.people.len() - 1, number);
        for word in text.split_whitespace() {
            if let Some((right, questions)) = word.split_once('/') {
                (attempt.right, attempt.questions) = (digits(right) as u16, digits(questions) as u16);
            } else if let Some(seconds) = word.strip_suffix('s') {
                attempt.duration_ms = digits(seconds) * 1_000;
            } else if let Some(second) = word.strip_prefix('^') {
                attempt.started_at = at_second(second);
            } else if let Some(second) = word.strip_prefix('@') {
                attempt.submitted_at = at_second(second);
            } else if let Some(prediction) = word.strip_prefix('p') {
                attempt.prediction = Some(Prediction::from_parts(digits(prediction)));
            } else if let Some(number) = word.strip_prefix('#') {
                attempt.number = digits(number) as u16;
            } else if word == "struck" {
                attempt.struck = true;
            } else if word == "incomplete" {
                attempt.incomplete = true;
            } else {
                panic!("unknown word {word}");
            }
        }
        self.attempts.push(attempt);
    }
}

fn digits(text: &str) -> u64 {
    text.parse().unwrap_or_else(|_| panic!("{text} is not a number"))
}

fn at_second(text: &str) -> Timestamp {
    Timestamp::from_millis(digits(text) as i64 * 1_000)
}

/// Ranked, registered at second 0, in no unit. The pseudonym is the name filled up to its length.
pub(crate) fn person(name: &str) -> Person {
    Person {
        contestant: ContestantId::parse(&format!("{:A<8}", name.to_uppercase())).expect("a short ASCII name"),
        pseudonym: Pseudonym::parse(&format!("{name:2<16}")).expect("lower-case letters"),
        unit: None,
        registered_at: Timestamp::from_millis(0),
        ranked: true,
        won_before: false,
        forfeits: false,
        decided_place: None,
    }
}

/// Nothing right of 10, in no time, at second 0.
pub(crate) fn attempt(person: usize, number: u16) -> ScoredAttempt {
    let person = PersonIndex(person as u32);
    let submitted_at = Timestamp::from_millis(0);
    ScoredAttempt {
        person,
        number,
        started_at: submitted_at,
        duration_ms: 0,
        submitted_at,
        right: 0,
        questions: 10,
        prediction: None,
        struck: false,
        incomplete: false,
    }
}

pub(crate) fn name_of(person: &Person) -> &str {
    person.pseudonym.as_str().trim_end_matches('2')
}

/// Units as text: `"A ward 10, A1 cell <A 4"` are code, level, parent and members; a `-` is no level.
pub(crate) fn units(text: &str) -> UnitTree {
    let unit = |line: &str| {
        let mut words = line.split_whitespace();
        let code = UnitCode::parse(words.next().unwrap_or_default()).expect("a code");
        let level = words.next().filter(|&level| level != "-").map(str::to_owned);
        let mut unit = Unit { name: code.to_string(), code, parent: None, level, members: None, added_at: None };
        for word in words {
            match word.strip_prefix('<') {
                Some(parent) => unit.parent = UnitCode::parse(parent).ok(),
                None => unit.members = Some(digits(word)),
            }
        }
        unit
    };
    UnitTree::new(text.split(',').map(unit).collect()).expect("a test draws a tree")
}

/// `ranking.order` as the plan's file writes it.
pub(crate) fn order(words: &str) -> Vec<RankingKey> {
    words.split(", ").map(|word| RankingKey::parse(word).unwrap_or_else(|| panic!("no key {word}"))).collect()
}

/// Tiers `t1`, `t2`, … of so many prizes; the amount of a tier is 1 000 000 đồng over its number.
pub(crate) fn tiers(counts: &[u32]) -> Vec<PrizeTier> {
    let tier = |(number, &count): (u64, &u32)| PrizeTier {
        tier: format!("t{number}"),
        name: format!("Giải {number}"),
        count,
        amount: 1_000_000 / number,
        scope: Scope::Round,
        rounds: Vec::new(),
    };
    (1..).zip(counts).map(tier).collect()
}

/// 100 points, the best attempt counts.
fn usual_attempt() -> AttemptRules {
    AttemptRules {
        points: 100,
        minutes: 15,
        grace_seconds: 0,
        per_round: 0,
        per_day: 0,
        complete: Complete::Free,
        counted: Counted::Best,
        reveal_score: RevealScore::Published,
        reveal_key: RevealKey::Published,
        min_seconds: 0,
    }
}

/// Ranked by score alone, prizes 1-2-3-5 with extra prizes.
fn rules() -> Rules {
    Rules {
        prediction: None,
        ranking: RankingRules {
            order: vec![RankingKey::Score],
            eligible: Eligible::All,
            unbroken_tie: UnbrokenTie::ExtraPrize,
            one_prize_per_person: OnePrize::None,
            lot_beacon: LotBeacon::None,
        },
        prizes: tiers(&[1, 2, 3, 5]),
        collective: Vec::new(),
        overall: None,
    }
}

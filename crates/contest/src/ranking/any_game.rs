//! Any small round, full of ties, for properties.

use super::example::{self, Game, tiers};
use crate::ids::{RoundId, UnitCode};
use crate::plan::*;
use crate::prediction::Prediction;
use crate::result::ScoredAttempt;
use crate::time::Timestamp;
use proptest::prelude::*;
use proptest::sample::{Index, select, subsequence};

/// Wards A and B with a cell below A: every unit of a person has the level `ward` on its way up.
const TREE: &str = "A ward 10, A1 cell <A 3, B ward";
const UNITS: [&str; 3] = ["A", "A1", "B"];

/// A round and another order of its people.
pub(super) fn shuffled(game: Game) -> impl Strategy<Value = (Game, Vec<usize>)> {
    let places: Vec<usize> = (0..game.people.len()).collect();
    (Just(game), Just(places).prop_shuffle())
}

pub(super) fn any_game() -> impl Strategy<Value = Game> {
    let people = proptest::collection::vec(any_player(), 0..14);
    (any_rules(), people).prop_map(|(mut game, players)| {
        for (place, player) in players.into_iter().enumerate() {
            player.join(&mut game, place);
        }
        game
    })
}

/// A round without people.
fn any_rules() -> impl Strategy<Value = Game> {
    let order = (subsequence(RankingKey::ALL, 1..=4), any::<Index>()).prop_map(|(mut keys, first)| {
        let first = first.index(keys.len());
        keys.rotate_left(first);
        keys
    });
    let prediction = (select(PredictionTarget::ALL), select(PredictionCounted::ALL), select(Equidistant::ALL))
        .prop_map(|(target, counted, equidistant)| PredictionRules {
            target,
            counted,
            actual: ActualAt::Publication,
            equidistant,
        });
    let ties = (select(UnbrokenTie::ALL), select(OnePrize::ALL));
    let measure = subsequence(Measure::ALL, 1..=2);
    let prizes = proptest::collection::vec(0..4_u32, 0..4);
    let rules =
        (order, select(Counted::ALL), proptest::option::of(prediction), select(Eligible::ALL), ties, measure, prizes);
    rules.prop_map(|(order, counted, prediction, eligible, (unbroken_tie, one_prize_per_person), measure, prizes)| {
        let mut game = example::game(|_| (), "");
        game.attempt.counted = counted;
        game.rules.prediction = prediction;
        game.rules.ranking =
            RankingRules { order, eligible, unbroken_tie, one_prize_per_person, lot_beacon: LotBeacon::None };
        game.rules.prizes = tiers(&prizes);
        game.units = example::units(TREE);
        game.rules.collective = vec![collective(measure)];
        game
    })
}

fn collective(measure: Vec<Measure>) -> Collective {
    let prize = |count| CollectivePrize { name: "Giải".to_owned(), count, amount: 1 };
    Collective {
        id: RoundId::parse("tap-the").expect("a slug"),
        levels: vec!["ward".to_owned()],
        scope: Scope::Round,
        measure,
        points: None,
        min_rate_percent: 0,
        prizes: vec![prize(1), prize(2)],
    }
}

#[derive(Clone, Debug)]
struct Player {
    ranked: bool,
    won_before: bool,
    forfeits: bool,
    decided_place: Option<u32>,
    unit: usize,
    registered_at: i64,
    submissions: Vec<AnySubmission>,
}

/// Right, questions, duration, instant of submission and prediction, each of few values.
type AnySubmission = (u16, u16, u64, i64, Option<u64>);

fn any_player() -> impl Strategy<Value = Player> {
    let submission = (0..=4_u16, select(&[4_u16, 4, 4, 8][..]), 1..3_u64, -1..2_i64, proptest::option::of(0..6_u64));
    let submissions = proptest::collection::vec(submission, 0..4);
    let person = (proptest::bool::weighted(0.9), proptest::bool::weighted(0.2), 0..UNITS.len(), 0..2_i64);
    let decided = (proptest::bool::weighted(0.1), proptest::option::of(1..4_u32));
    (person, decided, submissions).prop_map(|((ranked, won_before, unit, registered_at), decided, submissions)| {
        Player { ranked, won_before, forfeits: decided.0, decided_place: decided.1, unit, registered_at, submissions }
    })
}

impl Player {
    fn join(self, game: &mut Game, place: usize) {
        let mut person = example::person(&format!("p{}", char::from(b'a' + place as u8)));
        person.ranked = self.ranked;
        person.won_before = self.won_before;
        person.forfeits = self.forfeits;
        person.decided_place = self.decided_place;
        person.unit = UnitCode::parse(UNITS[self.unit]).ok();
        person.registered_at = Timestamp::from_millis(self.registered_at);
        game.people.push(person);
        for (number, (right, questions, duration_ms, submitted_at, prediction)) in (1..).zip(self.submissions) {
            let submitted_at = Timestamp::from_millis(submitted_at);
            // Half the longer papers are perfect too.
            let right = if questions == 8 { right * 2 } else { right };
            let attempt = example::attempt(place, number);
            let prediction = prediction.map(Prediction::from_parts);
            // The longest are of those who took the grace too.
            let elapsed = i64::try_from(duration_ms).expect("short") + i64::from(questions);
            let started_at = submitted_at.plus_millis(-elapsed);
            let sent = ScoredAttempt { started_at, duration_ms, submitted_at, prediction, ..attempt };
            game.attempts.push(ScoredAttempt { right, questions, ..sent });
        }
    }
}

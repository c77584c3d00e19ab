//! Laws that hold for every round, on small rounds full of ties.

use super::any_game::{any_game, shuffled};
use super::example::{Game, name_of};
use super::{Order, contestants, totals};
use crate::ids::RoundId;
use crate::overall::{ContestInput, ContestRuling, rank_contest};
use crate::plan::*;
use crate::result::{
    LotTicket, Person, PersonIndex, PrizeStep, Rank, RankedPerson, RankingPlace, RoundResult, ScoredAttempt, Totals,
    UnitStanding, UnitTable, Winner,
};
use crate::taken::TakenRound;
use proptest::prelude::*;
use std::cmp::Ordering;
use std::collections::BTreeSet;

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_ranking_is_a_total_preorder(game in any_game()) {
        let input = game.input(None);
        let people = contestants(&input);
        let totals = totals(&input, &people);
        let order = Order::new(&game.rules, &totals, None);
        for a in &people {
            prop_assert_eq!(order.compare(a, a), Ordering::Equal);
            for b in &people {
                prop_assert_eq!(order.compare(a, b), order.compare(b, a).reverse());
                for c in &people {
                    if order.compare(a, b).is_le() && order.compare(b, c).is_le() {
                        prop_assert!(order.compare(a, c).is_le());
                    }
                }
            }
        }
    }

    #[test]
    fn the_order_of_the_input_says_nothing((game, places) in any_game().prop_flat_map(shuffled)) {
        let told = |game: &Game, draw: &[LotTicket]| Told::of(game, &super::rank_round(&game.input(Some(draw))));
        let draw = draw_of(&game);
        let mut other = game.clone();
        other.people = places.iter().map(|&place| game.people[place].clone()).collect();
        let new_place = |person: PersonIndex| {
            let place = places.iter().position(|&place| place == person.0 as usize);
            PersonIndex(place.expect("every person stays") as u32)
        };
        other.attempts.iter_mut().for_each(|attempt| attempt.person = new_place(attempt.person));
        other.attempts.reverse();
        let rotation = other.attempts.len() / 2;
        other.attempts.rotate_left(rotation);
        let other_draw: Vec<LotTicket> =
            draw.iter().rev().map(|ticket| LotTicket { person: new_place(ticket.person), ..*ticket }).collect();
        prop_assert_eq!(told(&game, &draw), told(&other, &other_draw));
    }

    #[test]
    fn a_rank_is_one_more_than_the_number_of_better_people(game in any_game()) {
        let result = game.rank();
        for a in &result.ranking {
            let better = result.ranking.iter().filter(|b| plainly_compared(&game, b, a).is_lt()).count();
            prop_assert_eq!(a.rank, Rank::below(better));
        }
        let shown = |line: &RankedPerson| (line.rank, line.person.of(&game.people).pseudonym.clone());
        prop_assert!(result.ranking.is_sorted_by_key(shown));
        let listed: BTreeSet<PersonIndex> = result.ranking.iter().map(|line| line.person).collect();
        prop_assert_eq!(listed.len(), result.ranking.len());
    }

    #[test]
    fn a_tier_is_never_exceeded_but_by_people_who_share_a_rank_under_extra_prize(game in any_game()) {
        let result = super::rank_round(&game.input(Some(&draw_of(&game))));
        for (step, rules) in (0..).map(PrizeStep).zip(&game.rules.prizes) {
            let winners = result.winners.iter().filter(|winner| winner.tier == step);
            let ranks: Vec<u64> = winners.map(|winner| winner.place.of(&result.ranking).rank.0).collect();
            let count = rules.count as usize;
            if game.rules.ranking.unbroken_tie == UnbrokenTie::ExtraPrize {
                let last = ranks.last().copied().unwrap_or(0);
                let before_last = ranks.iter().filter(|&&rank| rank < last).count();
                prop_assert!(ranks.is_empty() || before_last < count, "{:?} in a tier of {}", ranks, count);
            } else {
                prop_assert!(ranks.len() <= count, "{} in a tier of {}", ranks.len(), count);
            }
        }
    }

    #[test]
    fn nobody_gets_two_prizes_and_nobody_a_worse_one_than_a_person_below(game in any_game()) {
        let result = super::rank_round(&game.input(Some(&draw_of(&game))));
        let places = result.winners.iter().map(|winner| winner.place).chain(result.waiting.iter().copied());
        let places: Vec<RankingPlace> = places.collect();
        prop_assert_eq!(places.iter().collect::<BTreeSet<_>>().len(), places.len());
        let once = game.rules.ranking.one_prize_per_person == OnePrize::Contest;
        let person = |place: &RankingPlace| place.of(&result.ranking).person.of(&game.people);
        let passed_over = |place| person(place).forfeits || once && person(place).won_before;
        prop_assert!(!places.iter().any(passed_over));
        let rank = |winner: &Winner| winner.place.of(&result.ranking).rank;
        for a in &result.winners {
            prop_assert!(result.winners.iter().all(|b| rank(a) >= rank(b) || a.tier <= b.tier));
        }
    }

    #[test]
    fn every_prize_is_given_while_there_are_people_for_it(game in any_game()) {
        let result = super::rank_round(&game.input(Some(&draw_of(&game))));
        let prizes: usize = game.rules.prizes.iter().map(|tier| tier.count as usize).sum();
        let once = game.rules.ranking.one_prize_per_person == OnePrize::Contest;
        let passed_over = |person: &Person| person.forfeits || once && person.won_before;
        let may_win = result.ranking.iter().filter(|line| !passed_over(line.person.of(&game.people))).count();
        let decided = result.winners.len() + result.waiting.len();
        prop_assert!(decided >= prizes.min(may_win));
        prop_assert!(decided <= may_win);
        if game.rules.ranking.unbroken_tie == UnbrokenTie::Lot {
            prop_assert_eq!(result.winners.len(), prizes.min(may_win));
        }
    }

    #[test]
    fn units_add_up_to_the_totals_where_everybody_has_a_unit_of_the_level(game in any_game()) {
        let result = game.rank();
        let standings = &result.units[0].standings;
        let sum = |figure: fn(&UnitStanding) -> u64| standings.iter().map(figure).sum::<u64>();
        prop_assert_eq!(sum(|unit| unit.contestants), result.totals.contestants);
        prop_assert_eq!(sum(|unit| unit.attempts), result.totals.attempts);
        prop_assert_eq!(sum(|unit| unit.perfect_contestants), result.totals.perfect_contestants);
        let won = result.winners.iter().map(|winner| game.rules.tier(winner.tier).amount).sum::<u64>();
        prop_assert_eq!(sum(|unit| unit.prize_points), won);
    }

    #[test]
    fn a_contest_of_one_round_stands_as_that_round(game in any_game()) {
        let result = game.rank();
        let round = TakenRound::of(&RoundId::parse("tuan-1").expect("a slug"), &game.input(None), &result);
        let mut rules = game.rules.clone();
        rules.collective[0].scope = Scope::Contest;
        let table = |rounds: &[TakenRound]| {
            rank_contest(&ContestInput { rules: &rules, points: game.attempt.points, units: &game.units, rounds, is_final: true, ruling: &ContestRuling::default() }).units.remove(0)
        };
        let twice = table(&[round.clone(), round.clone()]);
        let table = table(&[round]);
        prop_assert_eq!(&table.standings, &result.units[0].standings);
        let contestants = |table: &UnitTable| table.standings.iter().map(|unit| unit.contestants).sum::<u64>();
        prop_assert_eq!(contestants(&twice), contestants(&table));
    }
}

/// A result by names: what stays when the order of the input changes.
#[derive(Debug, PartialEq)]
struct Told {
    totals: Totals,
    ranking: Vec<(String, RankedPerson)>,
    winners: Vec<Winner>,
    waiting: Vec<RankingPlace>,
    units: Vec<UnitTable>,
}

impl Told {
    fn of(game: &Game, result: &RoundResult) -> Self {
        let named = |line: &RankedPerson| {
            (name_of(line.person.of(&game.people)).to_owned(), RankedPerson { person: PersonIndex(0), ..line.clone() })
        };
        let RoundResult { totals, winners, waiting, units, .. } = result.clone();
        Self { totals, ranking: result.ranking.iter().map(named).collect(), winners, waiting, units }
    }
}

/// The comparison written a second time, from what is published and the rules' words alone.
fn plainly_compared(game: &Game, a: &RankedPerson, b: &RankedPerson) -> Ordering {
    let perfect = |line: &RankedPerson| {
        game.attempts
            .iter()
            .filter(|attempt| attempt.person == line.person && attempt.right == attempt.questions)
            .count()
    };
    let started = |line: &RankedPerson| {
        let is_counted = |attempt: &&ScoredAttempt| attempt.person == line.person && attempt.number == line.attempt;
        game.attempts.iter().find(is_counted).map(|attempt| attempt.started_at)
    };
    let registered = |line: &RankedPerson| line.person.of(&game.people).registered_at;
    let far = |line: &RankedPerson| (line.prediction_distance.is_none(), line.prediction_distance);
    let by_side = || match game.rules.prediction.map(|rules| rules.equidistant) {
        Some(Equidistant::Lower) => a.prediction.cmp(&b.prediction),
        Some(Equidistant::Higher) => b.prediction.cmp(&a.prediction),
        Some(Equidistant::Tie) | None => Ordering::Equal,
    };
    let by_key = |key: &RankingKey| match key {
        RankingKey::Score => b.score.cmp(&a.score),
        RankingKey::PredictionDistance => far(a).cmp(&far(b)).then_with(by_side),
        RankingKey::Duration => a.duration_ms.cmp(&b.duration_ms),
        RankingKey::SubmittedAt => a.submitted_at.cmp(&b.submitted_at),
        RankingKey::StartedAt => started(a).cmp(&started(b)),
        RankingKey::FewerAttempts => a.attempts_used.cmp(&b.attempts_used),
        RankingKey::MoreAttempts => b.attempts_used.cmp(&a.attempts_used),
        RankingKey::RegisteredAt => registered(a).cmp(&registered(b)),
        RankingKey::PerfectAttempts => perfect(b).cmp(&perfect(a)),
    };
    game.rules.ranking.order.iter().map(by_key).fold(Ordering::Equal, Ordering::then)
}

/// One ticket for each person, drawn by a fixed shuffling of names.
fn draw_of(game: &Game) -> Vec<LotTicket> {
    let mut persons: Vec<(PersonIndex, &Person)> = PersonIndex::all(&game.people).collect();
    persons.sort_by_key(|(_, person)| name_of(person).bytes().map(|byte| u32::from(byte) * 7919 % 101).sum::<u32>());
    let ticket = |(turn, (person, _))| LotTicket { person, value: [turn; 32] };
    (0..).zip(persons).map(ticket).collect()
}

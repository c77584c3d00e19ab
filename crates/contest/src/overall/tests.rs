//! Contests as several rounds written as text.

use super::{ContestInput, ContestResult, ContestRuling, rank_contest};
use crate::fraction::RoundingMode;
use crate::ids::{Pseudonym, RoundId};
use crate::lots::{ContestLots, LotDraw};
use crate::plan::{OnePrize, OverallKey, OverallRules, OverallScore, PrizeTier, Scope, UnbrokenTie};
use crate::ranking::example::{Game, game};
use crate::taken::TakenRound;
use data_encoding::HEXLOWER;

fn overall(score: OverallScore, best: u32, order: &str) -> OverallRules {
    let order = order.split(", ").map(|word| OverallKey::parse(word).expect("a key")).collect();
    OverallRules { score, best, rounds: Vec::new(), order }
}

fn summed() -> OverallRules {
    overall(OverallScore::Sum, 0, "score desc, perfect_attempts desc, duration asc")
}

/// Two prizes over the contest, none in a round.
fn two_prizes(game: &mut Game) {
    let tier = |tier: &str| PrizeTier {
        tier: tier.to_owned(),
        name: format!("Giải {tier}"),
        count: 1,
        amount: 1_000_000,
        scope: Scope::Contest,
        rounds: Vec::new(),
    };
    game.rules.prizes = vec![tier("first"), tier("second")];
}

fn stand(tune: impl Fn(&mut Game), rounds: &[&str], is_final: bool) -> (ContestResult, Game) {
    stand_by((tune, &ContestRuling::default()), rounds, is_final)
}

fn stand_by(
    (tune, ruling): (impl Fn(&mut Game), &ContestRuling),
    rounds: &[&str],
    is_final: bool,
) -> (ContestResult, Game) {
    let games: Vec<Game> = rounds.iter().map(|people| game(&tune, people)).collect();
    let taken = (1..).zip(&games).map(|(number, game)| {
        let round = RoundId::parse(&format!("tuan-{number}")).expect("a slug");
        TakenRound::of(&round, &game.input(None), &game.rank())
    });
    let taken: Vec<TakenRound> = taken.collect();
    let last = games.last().expect("a round").clone();
    let (rules, points, units) = (&last.rules, last.attempt.points, &last.units);
    let input = ContestInput { rules, points, units, rounds: &taken, is_final, ruling };
    (rank_contest(&input), last)
}

#[track_caller]
fn check(tune: impl Fn(&mut Game), rounds: &[&str], expected: &str) {
    check_by((tune, &ContestRuling::default()), rounds, expected);
}

#[track_caller]
fn check_by(by: (impl Fn(&mut Game), &ContestRuling), rounds: &[&str], expected: &str) {
    let (result, _) = stand_by(by, rounds, true);
    let lines = result.ranking.as_deref().unwrap_or_default();
    let shown = (0..).zip(lines).map(|(place, line)| {
        let name = line.pseudonym.as_str().trim_end_matches('2');
        let won = result.winners.iter().find(|winner| winner.place.0 == place);
        let won = won.map_or(String::new(), |winner| format!(" wins {}", winner.tier.0));
        let waits = if result.waiting.iter().any(|waiting| waiting.0 == place) { " waits" } else { "" };
        let score = line.score.two_decimals(RoundingMode::Truncate);
        format!(
            "{} {name} {score} {}p {}ms {}r{won}{waits}",
            line.rank, line.perfect_attempts, line.duration_ms, line.rounds
        )
    });
    assert_eq!(shown.collect::<Vec<_>>().join(", "), expected);
}

fn with(rules: OverallRules) -> impl Fn(&mut Game) {
    move |game| {
        two_prizes(game);
        game.rules.overall = Some(rules.clone());
    }
}

const ROUNDS: [&str; 2] = [
    "an | 10/10 60s | 3/10
     binh | 5/10 10s
     chi | 5/10 20s",
    "binh | 10/10 30s
     chi | 10/10 20s
     dung | 10/10 5s",
];

#[test]
fn scores_are_summed_as_shares_of_their_rounds_and_a_round_not_taken_adds_nothing() {
    check(
        with(summed()),
        &ROUNDS,
        "1 binh 1.50 1p 40000ms 2r wins 0, 1 chi 1.50 1p 40000ms 2r wins 0, \
         3 dung 1.00 1p 5000ms 1r wins 1, 4 an 1.00 1p 60000ms 1r",
    );
}

#[test]
fn the_keys_decide_in_their_order() {
    check(
        with(overall(OverallScore::Sum, 0, "duration asc")),
        &ROUNDS,
        "1 dung 1.00 1p 5000ms 1r wins 0, 2 binh 1.50 1p 40000ms 2r wins 1, \
         2 chi 1.50 1p 40000ms 2r wins 1, 4 an 1.00 1p 60000ms 1r",
    );
    check(
        with(overall(OverallScore::Sum, 0, "perfect_attempts desc")),
        &["an | 10/10\nbinh | 9/10", "an | 1/10\nbinh | 9/10"],
        "1 an 1.10 1p 0ms 2r wins 0, 2 binh 1.80 0p 0ms 2r wins 1",
    );
}

#[test]
fn sums_of_papers_of_different_lengths_are_exact() {
    // 1/3 + 1/6 = 1/2, and 33/100 + 17/100 = 1/2.
    let rounds = ["an | 1/3\nbinh | 20/60\nchi | 19/60", "an | 1/6\nbinh | 10/60\nchi | 11/60"];
    check(
        with(overall(OverallScore::Sum, 0, "score desc")),
        &rounds,
        "1 an 0.50 0p 0ms 2r wins 0, 1 binh 0.50 0p 0ms 2r wins 0, 1 chi 0.50 0p 0ms 2r wins 0",
    );
}

#[test]
fn of_the_best_rounds_alone_scores_perfect_attempts_and_durations_are_summed() {
    check(
        with(overall(OverallScore::Best, 1, "score desc, duration asc")),
        &["an | 10/10 60s\nbinh | 9/10 1s", "an | 10/10 50s\nbinh | 9/10 2s", "an | 1/10 5s"],
        "1 an 1.00 1p 50000ms 3r wins 0, 2 binh 0.90 0p 1000ms 2r wins 1",
    );
}

#[test]
fn right_answers_are_summed_over_what_was_asked_in_the_rounds_that_are_summed() {
    let right = |score, best, rounds: &[&str]| {
        let (result, _) = stand(with(overall(score, best, "score desc")), rounds, true);
        let lines = result.ranking.expect("a ranking").into_iter();
        lines.map(|line| format!("{}/{}", line.right, line.questions)).collect::<Vec<_>>()
    };
    // Scores are shares of a round: who is above need not have more right answers.
    let rounds = ["an | 1/2\nbinh | 9/30", "an | 3/4\nbinh | 28/40", "an | 1/2"];
    assert_eq!(right(OverallScore::Sum, 0, &rounds), ["5/8", "37/70"]);
    assert_eq!(right(OverallScore::Best, 2, &rounds), ["4/6", "37/70"]);
    assert_eq!(right(OverallScore::Best, 1, &rounds), ["3/4", "28/40"]);
}

#[test]
fn rounds_that_do_not_count_rank_nobody() {
    let only_second = OverallRules { rounds: vec![RoundId::parse("tuan-2").expect("a slug")], ..summed() };
    check(
        with(only_second),
        &ROUNDS,
        "1 dung 1.00 1p 5000ms 1r wins 0, 2 chi 1.00 1p 20000ms 1r wins 1, 3 binh 1.00 1p 30000ms 1r",
    );
}

#[test]
fn a_winner_of_a_round_is_passed_over_where_one_prize_is_all() {
    let tune = |one_prize| {
        move |game: &mut Game| {
            with(summed())(game);
            game.rules.prizes[0].scope = Scope::Round;
            game.rules.ranking.one_prize_per_person = one_prize;
        }
    };
    let rounds = ["an | 10/10\nbinh | 9/10"];
    check(tune(OnePrize::None), &rounds, "1 an 1.00 1p 0ms 1r wins 1, 2 binh 0.90 0p 0ms 1r");
    check(tune(OnePrize::Contest), &rounds, "1 an 1.00 1p 0ms 1r, 2 binh 0.90 0p 0ms 1r wins 1");
}

#[test]
fn who_was_disqualified_in_a_round_has_nothing_from_it_and_the_rest_stays() {
    check(
        with(summed()),
        &["an unranked | 10/10\nbinh forfeits | 5/10", "an | 10/10\nbinh | 6/10"],
        "1 binh 1.10 0p 0ms 2r wins 0, 2 an 1.00 1p 0ms 1r wins 1",
    );
}

#[test]
fn nothing_is_given_before_the_last_round_and_totals_count_distinct_people() {
    let (result, _) = stand(with(summed()), &ROUNDS, false);
    assert!(result.winners.is_empty() && result.waiting.is_empty());
    let totals = result.totals;
    assert_eq!((totals.registered, totals.contestants, totals.attempts), (3, 4, 7));
    assert_eq!((totals.perfect_attempts, totals.perfect_contestants), (4, 4));
}

/// Three people who are equal in every key, where one prize comes before them and one is left for them.
const TIED: [&str; 1] = ["an | 10/10\nbinh | 9/10\nchi | 9/10\ndung | 9/10"];

fn breaking(policy: UnbrokenTie) -> impl Fn(&mut Game) {
    move |game| {
        with(summed())(game);
        game.rules.ranking.unbroken_tie = policy;
    }
}

fn named(name: &str) -> Pseudonym {
    Pseudonym::parse(&format!("{name:2<16}")).expect("a pseudonym")
}

#[test]
fn a_tie_over_the_contest_waits_until_the_organizers_order_it() {
    let by = |places: &[(&str, u32)], expected| {
        let places = places.iter().map(|&(name, place)| (named(name), place)).collect();
        check_by((breaking(UnbrokenTie::Organizers), &ContestRuling { places, ..Default::default() }), &TIED, expected);
    };
    let waits = "1 an 1.00 1p 0ms 1r wins 0, 2 binh 0.90 0p 0ms 1r waits, 2 chi 0.90 0p 0ms 1r waits, \
                 2 dung 0.90 0p 0ms 1r waits";
    by(&[], waits);
    by(&[("chi", 1), ("binh", 2)], waits);
    by(
        &[("chi", 1), ("binh", 2), ("dung", 3)],
        "1 an 1.00 1p 0ms 1r wins 0, 2 binh 0.90 0p 0ms 1r, 2 chi 0.90 0p 0ms 1r wins 1, 2 dung 0.90 0p 0ms 1r",
    );
}

#[test]
fn a_tie_over_the_contest_waits_for_the_draw_and_goes_to_the_least_ticket() {
    let tune = || breaking(UnbrokenTie::Lot);
    let waits = "1 an 1.00 1p 0ms 1r wins 0, 2 binh 0.90 0p 0ms 1r waits, 2 chi 0.90 0p 0ms 1r waits, \
                 2 dung 0.90 0p 0ms 1r waits";
    check(tune(), &TIED, waits);
    let drawn = LotDraw { secret: [3; 32], witnessed: vec![[2; 32]], beacon: None };
    let lots = ContestLots::of(&drawn, [[3; 32], [4; 32]]);
    // Hashed by Python's hashlib, which also says that it is the least of the three.
    let ticket = HEXLOWER.encode(&lots.ticket(&named("dung")));
    assert_eq!(ticket, "47fdc2064528e40af85be933dad3312bec0e55d337993a357637917b72760828");
    let ruling = ContestRuling { lots: Some(lots), ..Default::default() };
    let (result, _) = stand_by((tune(), &ruling), &TIED, true);
    let second = &result.winners[1];
    assert_eq!(result.ranking.expect("a ranking")[second.place.0 as usize].pseudonym, named("dung"));
    assert!(result.waiting.is_empty());
}

#[test]
fn a_prize_over_the_contest_that_is_forfeited_passes_on_and_the_rank_stays() {
    let ruling = ContestRuling { forfeits: [named("an")].into(), ..Default::default() };
    check_by(
        (with(summed()), &ruling),
        &["an | 10/10\nbinh | 9/10\nchi | 8/10"],
        "1 an 1.00 1p 0ms 1r, 2 binh 0.90 0p 0ms 1r wins 0, 3 chi 0.80 0p 0ms 1r wins 1",
    );
}

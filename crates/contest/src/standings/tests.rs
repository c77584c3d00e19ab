//! Units as tables: people with units in, ranked units out.

use crate::fraction::RoundingMode;
use crate::ids::RoundId;
use crate::overall::{ContestInput, ContestRuling, rank_contest};
use crate::plan::{Collective, CollectivePrize, Counted, Eligible, Measure, Scope, UnitPoints};
use crate::ranking::example::{Game, check, game, units};
use crate::result::{PrizeStep, Rank, RoundResult, UnitTable};
use crate::taken::TakenRound;

/// One competition among wards for prizes of these counts.
fn competing(tree: &'static str, scope: Scope, measure: &'static str, counts: &'static [u32]) -> impl Fn(&mut Game) {
    move |game| {
        let prize = |&count: &u32| CollectivePrize { name: "Giải".to_owned(), count, amount: 1_000_000 };
        game.units = units(tree);
        game.rules.collective = vec![Collective {
            id: RoundId::parse("tap-the").expect("a slug"),
            levels: vec!["ward".to_owned()],
            scope,
            measure: measure.split(", ").map(|word| Measure::parse(word).expect("a measure")).collect(),
            points: None,
            min_rate_percent: 0,
            prizes: counts.iter().map(prize).collect(),
        }];
    }
}

fn measured(measure: &'static str) -> impl Fn(&mut Game) {
    competing(WARDS, Scope::Round, measure, &[])
}

fn show(game: &Game, table: &UnitTable, cell: impl Fn(&crate::result::UnitStanding) -> String) -> String {
    let line = |unit: &crate::result::UnitStanding| {
        let rank = unit.rank.map_or("-".to_owned(), |rank| rank.to_string());
        format!("{rank} {}{}", game.units.units()[unit.unit].code, cell(unit))
    };
    table.standings.iter().map(line).collect::<Vec<_>>().join(", ")
}

fn ranks(game: &Game, result: &RoundResult) -> String {
    show(game, &result.units[0], |_| String::new())
}

fn prizes(game: &Game, result: &RoundResult) -> String {
    show(game, &result.units[0], |unit| unit.prize.map_or(String::new(), |prize| format!(" wins {}", prize.0)))
}

fn figures(game: &Game, table: &UnitTable) -> String {
    show(game, table, |unit| {
        let decimals = |fraction: crate::fraction::Fraction| fraction.two_decimals(RoundingMode::Truncate);
        let mean = unit.mean_score.map_or("-".to_owned(), decimals);
        let rate = unit.rate_percent.map_or("-".to_owned(), decimals);
        let (people, perfect) = (unit.contestants, unit.perfect_contestants);
        format!(
            " {people} people {} attempts {perfect} perfect mean {mean} rate {rate} won {}",
            unit.attempts, unit.prize_points
        )
    })
}

fn first_figures(game: &Game, result: &RoundResult) -> String {
    figures(game, &result.units[0])
}

const WARDS: &str = "A ward 10, A1 cell <A 3, B ward 2, C ward";

const PEOPLE: &str = "an unit=A1 | 10/10 | 3/10
                      binh unit=A | 9/10
                      chi unit=B | 10/10
                      dung unit=C | 1/10 | 2/10 | 3/10
                      em unit=B unranked | 10/10
                      giang unit=B
                      ha | 10/10
                      khanh unit=Z | 10/10";

#[test]
fn people_count_for_the_unit_of_the_level_that_is_theirs_or_above_it() {
    check(
        competing(WARDS, Scope::Round, "attempts desc", &[1]),
        PEOPLE,
        first_figures,
        "1 A 2 people 3 attempts 1 perfect mean 95.00 rate 20.00 won 1500000, \
         1 C 1 people 3 attempts 0 perfect mean 30.00 rate - won 500000, \
         3 B 1 people 1 attempts 1 perfect mean 100.00 rate 50.00 won 1000000",
    );
}

#[test]
fn units_are_measured_by_each_key_larger_first() {
    check(measured("attempts desc"), PEOPLE, ranks, "1 A, 1 C, 3 B");
    check(measured("mean_score desc"), PEOPLE, ranks, "1 B, 2 A, 3 C");
    check(measured("contestants desc"), PEOPLE, ranks, "1 A, 2 B, 2 C");
    check(measured("perfect_contestants desc"), PEOPLE, ranks, "1 A, 1 B, 3 C");
    check(measured("attempts_per_member desc"), PEOPLE, ranks, "1 B, 2 A, - C");
    check(measured("contestants_per_member desc"), PEOPLE, ranks, "1 B, 2 A, - C");
    check(measured("prize_points desc"), PEOPLE, ranks, "1 A, 2 B, 3 C");
    check(measured("attempts desc, mean_score desc"), PEOPLE, ranks, "1 A, 2 C, 3 B");
}

#[test]
fn prizes_and_points_are_measured_as_the_plan_gives_them() {
    check(measured("winners desc"), PEOPLE, ranks, "1 A, 2 B, 2 C");
    let points = |contestants_percent, measure| {
        move |game: &mut Game| {
            measured(measure)(game);
            let tiers = [("t1".to_owned(), 10), ("t2".to_owned(), 8)].into();
            game.rules.collective[0].points = Some(UnitPoints { contestants_percent, tiers });
        }
    };
    let shown = |game: &Game, result: &RoundResult| {
        show(game, &result.units[0], |unit| {
            let points = unit.points.map_or("-".to_owned(), |points| points.two_decimals(RoundingMode::Truncate));
            format!(" {} prizes {points}", unit.winners)
        })
    };
    // Four people share the first prize, two of them in no unit of the tree; binh and dung come next.
    let prizes_alone = "1 A 2 prizes 18.00, 2 B 1 prizes 10.00, 3 C 1 prizes 8.00";
    check(points(0, "points desc"), PEOPLE, shown, prizes_alone);
    // 20 % and 50 % of members; C has no figure of members.
    check(points(2, "points desc"), PEOPLE, shown, "1 B 1 prizes 110.00, 2 A 2 prizes 58.00, - C 1 prizes -");
    check(points(2, "attempts desc"), PEOPLE, ranks, "1 A, 1 C, 3 B");
}

#[test]
fn units_of_several_levels_compete_together_and_a_person_counts_for_the_nearest() {
    let rules = |game: &mut Game| {
        measured("contestants desc")(game);
        game.rules.collective[0].levels.push("cell".to_owned());
    };
    check(rules, PEOPLE, ranks, "1 A, 1 A1, 1 B, 1 C");
}

#[test]
fn attempts_and_contestants_are_measured_per_member_each_on_its_own() {
    let tree = "A ward 10, B ward 4";
    let people = "an unit=A | 1/10 | 1/10\nbinh unit=A | 1/10\nchi unit=B | 1/10";
    let rules = |measure| competing(tree, Scope::Round, measure, &[]);
    check(rules("attempts_per_member desc"), people, ranks, "1 A, 2 B");
    check(rules("contestants_per_member desc"), people, ranks, "1 B, 2 A");
}

#[test]
fn units_that_share_a_rank_are_listed_by_code() {
    check(competing("C ward, A ward 9, B ward", Scope::Round, "attempts desc", &[]), "", ranks, "1 A, 1 B, 1 C");
    let per_member = competing("C ward, A ward 9, B ward", Scope::Round, "attempts_per_member desc", &[]);
    check(per_member, "", ranks, "1 A, - B, - C");
}

#[test]
fn rates_that_print_alike_still_differ() {
    // 1/3 is more than 3333/10000 though both print 33.33.
    let tree = "A ward 10000, B ward 3, C ward 6";
    let people: String = (0..3_333_u32).map(|n| format!("a{} unit=A | 1/10\n", letters(n))).collect();
    let people = people + "b unit=B | 1/10\nca unit=C | 1/10\ncb unit=C | 1/10";
    let rules = competing(tree, Scope::Round, "contestants_per_member desc", &[]);
    check(rules, &people, ranks, "1 B, 1 C, 3 A");
}

fn letters(number: u32) -> String {
    number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')).collect()
}

#[test]
fn means_of_papers_of_different_lengths_are_exact() {
    // (1/3 + 1/6) / 2 = 1/4 = (1/2 + 0/7) / 2.
    let people = "an unit=A | 1/3\nbinh unit=A | 1/6\nchi unit=B | 1/2\ndung unit=B | 0/7";
    check(measured("mean_score desc"), people, ranks, "1 A, 1 B, 3 C");
}

#[test]
fn a_unit_without_members_or_with_zero_is_listed_last_and_not_ranked_by_a_per_member_measure() {
    let tree = "A ward, B ward 0, C ward 5, D ward 5";
    let people = "an unit=A | 10/10\nbinh unit=B | 10/10\nchi unit=D | 1/10";
    check(
        competing(tree, Scope::Round, "contestants_per_member desc", &[9]),
        people,
        prizes,
        "1 D wins 0, 2 C, - A, - B",
    );
    check(
        competing(tree, Scope::Round, "attempts desc, attempts_per_member desc", &[]),
        people,
        ranks,
        "1 D, 2 C, - A, - B",
    );
}

#[test]
fn members_are_the_units_own_figure_or_the_sum_below() {
    let tree = "A ward, A1 cell <A 3, A2 cell <A 1, B ward 8, B1 cell <B 1";
    let people = "an unit=A1 | 1/10\nbinh unit=B1 | 1/10";
    let rate = |game: &Game, result: &RoundResult| {
        show(game, &result.units[0], |unit| {
            unit.rate_percent.map_or(String::new(), |rate| format!(" {}", rate.two_decimals(RoundingMode::Truncate)))
        })
    };
    check(competing(tree, Scope::Round, "contestants_per_member desc", &[]), people, rate, "1 A 25.00, 2 B 12.50");
}

#[test]
fn a_unit_under_the_least_rate_is_not_ranked() {
    let rules = |percent| {
        move |game: &mut Game| {
            competing("A ward 3, B ward 4, C ward", Scope::Round, "attempts desc", &[5])(game);
            game.rules.collective[0].min_rate_percent = percent;
        }
    };
    let people = "an unit=A | 1/10\nbinh unit=B | 1/10 | 1/10\nchi unit=C | 1/10 | 1/10 | 1/10";
    check(rules(0), people, prizes, "1 C wins 0, 2 B wins 0, 3 A wins 0");
    check(rules(25), people, prizes, "1 B wins 0, 2 A wins 0, - C");
    check(rules(26), people, prizes, "1 A wins 0, - B, - C");
    check(rules(34), people, prizes, "- A, - B, - C");
}

#[test]
fn every_unit_of_the_level_is_listed_even_without_anybody() {
    check(
        measured("attempts desc, mean_score desc"),
        "",
        first_figures,
        "\
        1 A 0 people 0 attempts 0 perfect mean - rate 0.00 won 0, \
        1 B 0 people 0 attempts 0 perfect mean - rate 0.00 won 0, \
        1 C 0 people 0 attempts 0 perfect mean - rate - won 0",
    );
}

#[test]
fn a_mean_of_nobody_comes_after_a_mean_of_zero() {
    check(measured("mean_score desc"), "an unit=C | 0/10", ranks, "1 C, 2 A, 2 B");
}

#[test]
fn units_that_share_a_rank_get_the_prize_of_the_first_and_the_next_kind_keeps_its_count() {
    let tree = "A ward, B ward, C ward, D ward, E ward";
    let people =
        "an unit=A | 1/10 | 1/10\nbinh unit=B | 1/10 | 1/10\nchi unit=C | 1/10\ndung unit=D | 1/10 | 1/10 | 1/10";
    let prizes_of = |counts| competing(tree, Scope::Round, "attempts desc", counts);
    check(prizes_of(&[2, 1, 4]), people, prizes, "1 D wins 0, 2 A wins 0, 2 B wins 0, 4 C wins 1, 5 E");
    let two_tied = "an unit=A | 1/10 | 1/10\nbinh unit=B | 1/10 | 1/10\nchi unit=C | 1/10";
    check(prizes_of(&[2, 1]), two_tied, prizes, "1 A wins 0, 1 B wins 0, 3 C wins 1, 4 D, 4 E");
    check(prizes_of(&[1, 1]), people, prizes, "1 D wins 0, 2 A wins 1, 2 B wins 1, 4 C, 5 E");
}

#[test]
fn a_unit_in_which_nobody_took_part_wins_nothing() {
    check(competing(WARDS, Scope::Round, "attempts desc", &[9]), "an unit=A | 0/10", prizes, "1 A wins 0, 2 B, 2 C");
}

#[test]
fn prizes_of_the_whole_contest_are_not_given_in_a_round() {
    check(competing(WARDS, Scope::Contest, "attempts desc", &[1, 1]), PEOPLE, prizes, "1 A, 1 C, 3 B");
}

#[test]
fn a_contest_without_competitions_compares_the_contestants_own_units() {
    let rules = |game: &mut Game| game.units = units(WARDS);
    check(rules, PEOPLE, ranks, "1 C, 2 A1, 3 B, 4 A");
    check(rules, "", ranks, "");
    check(|_| (), "an | 1/10", ranks, "");
}

#[test]
fn each_competition_has_its_table_in_the_order_of_the_plan() {
    let rules = |game: &mut Game| {
        measured("attempts desc")(game);
        let cells =
            Collective { levels: vec!["cell".to_owned()], scope: Scope::Contest, ..game.rules.collective[0].clone() };
        game.rules.collective.push(cells);
    };
    let tables = |game: &Game, result: &RoundResult| {
        let table = |table: &UnitTable| {
            format!("{:?} {} of {}", table.collective, table.scope, show(game, table, |_| String::new()))
        };
        result.units.iter().map(table).collect::<Vec<_>>().join("; ")
    };
    check(rules, PEOPLE, tables, "Some(0) round of 1 A, 1 C, 3 B; Some(1) contest of 1 A1");
}

#[test]
fn people_who_are_not_eligible_for_prizes_still_count_for_their_units() {
    let perfect_only = |game: &mut Game| {
        measured("contestants desc")(game);
        game.rules.ranking.eligible = Eligible::Perfect;
    };
    check(perfect_only, PEOPLE, ranks, "1 A, 2 B, 2 C");
}

#[test]
fn a_contest_table_sums_rounds_but_counts_each_person_once() {
    let rules = |game: &mut Game| {
        competing(WARDS, Scope::Contest, "attempts desc, mean_score desc", &[1])(game);
        game.attempt.counted = Counted::Best;
    };
    let first = game(rules, PEOPLE);
    // In the second round an comes back, em is ranked, and the people stand in another order.
    let second = game(rules, "em unit=B | 4/10\nan unit=A1 | 5/10\nhuy unit=A | 2/10");
    let round =
        |id: &str, game: &Game| TakenRound::of(&RoundId::parse(id).expect("a slug"), &game.input(None), &game.rank());
    let rounds = [round("tuan-1", &first), round("tuan-2", &second)];
    let table = |rounds| {
        let input = ContestInput {
            rules: &first.rules,
            points: first.attempt.points,
            units: &first.units,
            rounds,
            is_final: true,
            ruling: &ContestRuling::default(),
        };
        rank_contest(&input).units.remove(0)
    };
    let both = table(&rounds);
    assert_eq!(
        figures(&first, &both),
        "1 A 3 people 5 attempts 1 perfect mean 65.00 rate 30.00 won 3000000, \
         2 C 1 people 3 attempts 0 perfect mean 30.00 rate - won 500000, \
         3 B 2 people 2 attempts 1 perfect mean 70.00 rate 100.00 won 1500000"
    );
    assert_eq!(both.standings[0].prize, Some(PrizeStep(0)));
    assert_eq!(table(&rounds[..1]).standings, {
        let mut alone = first.rank().units.remove(0).standings;
        alone.iter_mut().filter(|unit| unit.rank == Some(Rank(1))).for_each(|unit| unit.prize = Some(PrizeStep(0)));
        alone
    });
}

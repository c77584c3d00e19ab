//! Ranking as tables: people in, ranks out.

use super::example::{Game, attempt, check, game, order};
use super::{example, rank_round};
use crate::fraction::RoundingMode;
use crate::plan::*;
use crate::result::{RoundInput, RoundResult, Totals};

fn ordered_by(keys: &'static str) -> impl Fn(&mut Game) {
    move |game| game.rules.ranking.order = order(keys)
}

fn predicting(target: PredictionTarget, equidistant: Equidistant) -> impl Fn(&mut Game) {
    move |game| {
        let (counted, actual) = (PredictionCounted::First, ActualAt::Publication);
        game.rules.prediction = Some(PredictionRules { target, counted, actual, equidistant });
        game.rules.ranking.order = order("score desc, prediction_distance asc");
    }
}

fn both(first: impl Fn(&mut Game), second: impl Fn(&mut Game)) -> impl Fn(&mut Game) {
    move |game| {
        first(game);
        second(game);
    }
}

fn ranks(game: &Game, result: &RoundResult) -> String {
    each(game, result, |line| line.rank.to_string())
}

fn counted_attempts(game: &Game, result: &RoundResult) -> String {
    each(game, result, |line| format!("#{}", line.attempt))
}

fn distances(game: &Game, result: &RoundResult) -> String {
    let exact = |distance: crate::fraction::Fraction| match distance.as_whole() {
        Some(whole) => whole.to_string(),
        None => distance.two_decimals(RoundingMode::Truncate),
    };
    each(game, result, |line| line.prediction_distance.map_or("far".to_owned(), exact))
}

fn each(game: &Game, result: &RoundResult, show: impl Fn(&crate::result::RankedPerson) -> String) -> String {
    let line = |line| format!("{} {}", show(line), example::name_of(line.person.of(&game.people)));
    result.ranking.iter().map(line).collect::<Vec<_>>().join(", ")
}

fn totals(_: &Game, result: &RoundResult) -> String {
    let Totals { registered, contestants, attempts, perfect_attempts, perfect_contestants } = result.totals;
    format!(
        "{registered} registered, {contestants} contestants, {perfect_contestants} of them perfect, \
         {attempts} attempts, {perfect_attempts} of them perfect"
    )
}

fn actual(_: &Game, result: &RoundResult) -> String {
    result.prediction.map_or("none".to_owned(), |outcome| outcome.actual.two_decimals(RoundingMode::Truncate))
}

#[test]
fn nobody_at_all_gives_an_empty_ranking() {
    check(|_| (), "", ranks, "");
    check(|_| (), "", totals, "0 registered, 0 contestants, 0 of them perfect, 0 attempts, 0 of them perfect");
    check(predicting(PredictionTarget::PerfectPercent, Equidistant::Tie), "an", actual, "0.00");
}

#[test]
fn an_account_without_an_attempt_is_registered_and_not_ranked() {
    check(|_| (), "an\nbinh | 3/10", ranks, "1 binh");
    check(
        |_| (),
        "an\nbinh | 3/10",
        totals,
        "2 registered, 1 contestants, 0 of them perfect, 1 attempts, 0 of them perfect",
    );
}

#[test]
fn unranked_people_count_in_no_figure_but_the_accounts() {
    let people = "an unranked | 10/10 | 10/10
                  binh | 9/10 | 10/10 | 10/10
                  chi | 8/10";
    check(|_| (), people, ranks, "1 binh, 2 chi");
    check(|_| (), people, totals, "3 registered, 2 contestants, 1 of them perfect, 4 attempts, 2 of them perfect");
}

#[test]
fn equal_people_share_a_rank_and_the_next_rank_is_passed_over() {
    let people = "dung | 5/10
                  chi | 9/10
                  an | 10/10
                  binh | 9/10";
    check(|_| (), people, ranks, "1 an, 2 binh, 2 chi, 4 dung");
}

#[test]
fn scores_compare_as_exact_fractions_whatever_the_length_of_the_paper() {
    // 33.33 is printed for both of the first two, and 1/3 is 2/6.
    let people = "an | 3333/10000
                  binh | 1/3
                  chi | 2/6";
    check(|_| (), people, ranks, "1 binh, 1 chi, 3 an");
}

#[test]
fn every_key_orders_in_its_own_direction() {
    let people = "an reg=9 | 10/10 30s @7 | 2/10
                  binh reg=3 | 10/10 20s @8 | 10/10 25s @9
                  chi reg=5 | 10/10 40s @6";
    check(ordered_by("score desc"), people, ranks, "1 an, 1 binh, 1 chi");
    check(ordered_by("duration asc"), people, ranks, "1 binh, 2 an, 3 chi");
    check(ordered_by("submitted_at asc"), people, ranks, "1 chi, 2 an, 3 binh");
    check(ordered_by("attempts_used asc"), people, ranks, "1 chi, 2 an, 2 binh");
    check(ordered_by("attempts_used desc"), people, ranks, "1 an, 1 binh, 3 chi");
    check(ordered_by("registered_at asc"), people, ranks, "1 binh, 2 chi, 3 an");
    check(ordered_by("perfect_attempts desc"), people, ranks, "1 binh, 2 an, 2 chi");
}

#[test]
fn a_later_key_speaks_only_where_the_earlier_ones_are_equal() {
    let people = "an | 9/10 10s
                  binh | 10/10 90s
                  chi | 10/10 30s";
    check(ordered_by("score desc, duration asc"), people, ranks, "1 chi, 2 binh, 3 an");
    check(ordered_by("duration asc, score desc"), people, ranks, "1 an, 2 chi, 3 binh");
}

#[test]
fn without_a_prediction_the_key_of_predictions_says_nothing() {
    let people = "an | 9/10 p7\nbinh | 9/10";
    check(ordered_by("prediction_distance asc"), people, ranks, "1 an, 1 binh");
    check(ordered_by("prediction_distance asc"), people, distances, "far an, far binh");
    check(ordered_by("prediction_distance asc"), people, actual, "none");
}

#[test]
fn the_best_attempt_has_the_highest_score_then_the_keys_of_the_ranking_in_their_order() {
    let people = "an | 9/10 10s @1 | 10/10 50s @2 | 10/10 40s @3";
    check(ordered_by("score desc"), people, counted_attempts, "#2 an");
    check(ordered_by("score desc, duration asc"), people, counted_attempts, "#3 an");
    check(ordered_by("score desc, submitted_at asc"), people, counted_attempts, "#2 an");
    check(ordered_by("score desc, submitted_at asc, duration asc"), people, counted_attempts, "#2 an");
    check(ordered_by("score desc, attempts_used asc, duration asc"), people, counted_attempts, "#3 an");
    // The score chooses first even where the ranking looks at the time first.
    check(ordered_by("duration asc, score desc"), people, counted_attempts, "#3 an");
}

#[test]
fn the_lower_number_counts_among_equally_good_attempts() {
    check(
        ordered_by("score desc, duration asc"),
        "an | #4 9/10 5s | #2 9/10 5s | #3 9/10 5s",
        counted_attempts,
        "#2 an",
    );
}

#[test]
fn the_distance_of_a_prediction_never_chooses_the_attempt() {
    let people = "an | 10/10 p9 | 10/10 p1";
    let rules = both(predicting(PredictionTarget::PerfectContestants, Equidistant::Tie), |game| {
        game.rules.prediction.as_mut().expect("set above").counted = PredictionCounted::Counted;
    });
    check(&rules, people, counted_attempts, "#1 an");
    check(&rules, people, distances, "8 an");
}

#[test]
fn the_first_or_the_last_accepted_attempt_counts_where_the_plan_says_so() {
    let people = "an | #5 2/10 | #2 4/10 | #3 10/10";
    let counting = |counted| move |game: &mut Game| game.attempt.counted = counted;
    check(counting(Counted::Best), people, counted_attempts, "#3 an");
    check(counting(Counted::First), people, counted_attempts, "#2 an");
    check(counting(Counted::Last), people, counted_attempts, "#5 an");
    check(
        counting(Counted::Last),
        people,
        totals,
        "1 registered, 1 contestants, 0 of them perfect, 3 attempts, 1 of them perfect",
    );
}

#[test]
fn only_perfect_people_are_ranked_where_the_plan_says_so() {
    let people = "an | 10/10\nbinh | 9/10\nchi | 10/10";
    let perfect_only = |game: &mut Game| game.rules.ranking.eligible = Eligible::Perfect;
    check(perfect_only, people, ranks, "1 an, 1 chi");
    check(
        perfect_only,
        people,
        totals,
        "3 registered, 3 contestants, 2 of them perfect, 3 attempts, 2 of them perfect",
    );
}

/// Adds people without a prediction until so many are perfect.
fn with_perfect_people(count: usize) -> impl Fn(&mut Game) {
    move |game| {
        let perfect = game.attempts.iter().filter(|attempt| attempt.is_perfect()).count();
        for number in perfect..count {
            let mut name = String::from("z");
            name.extend(number.to_string().bytes().map(|digit| char::from(digit - b'0' + b'a')));
            game.people.push(example::person(&name));
            let person = game.people.len() - 1;
            game.attempts.push(crate::result::ScoredAttempt { right: 10, ..attempt(person, 1) });
        }
    }
}

/// The first lines of a view.
fn top(count: usize, view: impl Fn(&Game, &RoundResult) -> String) -> impl Fn(&Game, &RoundResult) -> String {
    move |game, result| view(game, result).split(", ").take(count).collect::<Vec<_>>().join(", ")
}

const X2_PEOPLE: &str = "an | 10/10 p3200
                         binh | 10/10 p3201
                         chi | 10/10 p3213
                         dung | 10/10 p3190";

#[test]
fn vector_x2_orders_by_distance_and_the_declared_side_breaks_equal_distances() {
    let rules =
        |equidistant| both(predicting(PredictionTarget::PerfectContestants, equidistant), with_perfect_people(3195));
    check(rules(Equidistant::Tie), X2_PEOPLE, top(4, distances), "5 an, 5 dung, 6 binh, 18 chi");
    check(rules(Equidistant::Tie), X2_PEOPLE, top(4, ranks), "1 an, 1 dung, 3 binh, 4 chi");
    check(rules(Equidistant::Lower), X2_PEOPLE, top(4, ranks), "1 dung, 2 an, 3 binh, 4 chi");
    check(rules(Equidistant::Higher), X2_PEOPLE, top(4, ranks), "1 an, 2 dung, 3 binh, 4 chi");
}

#[test]
fn vector_x3_a_changed_actual_value_swaps_the_places() {
    let people = "an | 10/10 p11440\nbinh | 10/10 p11430";
    let rules = |perfect| {
        both(predicting(PredictionTarget::PerfectContestants, Equidistant::Tie), with_perfect_people(perfect))
    };
    check(rules(11_447), people, top(2, distances), "7 an, 17 binh");
    check(rules(11_429), people, top(2, distances), "1 binh, 11 an");
}

#[test]
fn at_closing_keeps_the_actual_value_of_the_first_version_after_an_adjudication() {
    let people = "an | 10/10 p11440\nbinh | 10/10 p11430";
    let ranked = |actual, perfect_at_closing| {
        let rules =
            both(predicting(PredictionTarget::PerfectContestants, Equidistant::Tie), with_perfect_people(11_429));
        let mut game = game(rules, people);
        game.rules.prediction.as_mut().expect("set above").actual = actual;
        let at_closing = Totals { perfect_contestants: perfect_at_closing, ..Totals::default() };
        let input = RoundInput { at_closing: Some(at_closing), ..game.input(None) };
        top(2, distances)(&game, &rank_round(&input))
    };
    assert_eq!(ranked(ActualAt::Closing, 11_447), "7 an, 17 binh");
    assert_eq!(ranked(ActualAt::Publication, 11_447), "1 binh, 11 an");
}

#[test]
fn each_target_is_its_own_number() {
    let people = "an | 10/10 | 10/10
                  binh | 9/10 | 10/10
                  chi | 1/10
                  dung unranked | 10/10";
    let rules = |target| predicting(target, Equidistant::Tie);
    check(rules(PredictionTarget::PerfectContestants), people, actual, "2.00");
    check(rules(PredictionTarget::Contestants), people, actual, "3.00");
    check(rules(PredictionTarget::Attempts), people, actual, "5.00");
    check(rules(PredictionTarget::PerfectPercent), people, actual, "66.66");
}

#[test]
fn a_predicted_percentage_is_compared_exactly() {
    // Actual 200/3 percent = 66.66666…: 66,66667 is closer than 66,66666, by a hundred-thousandth of a third.
    let people = "an | 10/10 p6666666
                  binh | 10/10 p6666667
                  chi | 9/10 p6500000";
    let rules = predicting(PredictionTarget::PerfectPercent, Equidistant::Tie);
    check(&rules, people, ranks, "1 binh, 2 an, 3 chi");
    check(&rules, people, distances, "0.00 binh, 0.00 an, 1.66 chi");
}

#[test]
fn no_prediction_is_infinitely_far_and_never_disqualifies() {
    let people = "an | 10/10
                  binh | 10/10 p9999999999
                  chi | 9/10 p2";
    let rules = predicting(PredictionTarget::PerfectContestants, Equidistant::Tie);
    check(&rules, people, ranks, "1 binh, 2 an, 3 chi");
    check(&rules, people, distances, "9999999997 binh, far an, 0 chi");
    for side in [Equidistant::Tie, Equidistant::Lower, Equidistant::Higher] {
        let two_blanks = "an | 10/10\nbinh | 10/10\nchi | 10/10 p0";
        check(predicting(PredictionTarget::Attempts, side), two_blanks, ranks, "1 chi, 2 an, 2 binh");
    }
}

#[test]
fn the_prediction_of_the_first_or_of_the_counted_attempt_counts() {
    // One predicts well at first, the other only with the attempt that counts; actual: 2.
    let people = "an | #2 3/10 p2 | #4 10/10 p90
                  binh | #1 3/10 p90 | #3 10/10 p2";
    let rules = |counted| {
        both(predicting(PredictionTarget::PerfectContestants, Equidistant::Tie), move |game| {
            game.rules.prediction.as_mut().expect("set above").counted = counted;
        })
    };
    check(rules(PredictionCounted::First), people, distances, "0 an, 88 binh");
    check(rules(PredictionCounted::Counted), people, distances, "0 binh, 88 an");
}

#[test]
fn a_blank_prediction_of_the_first_attempt_is_not_made_up_for_later() {
    let rules = predicting(PredictionTarget::Contestants, Equidistant::Tie);
    check(rules, "an | 10/10 | 10/10 p1", distances, "far an");
}

#[test]
fn vector_x1_percentages_follow_from_the_totals() {
    let totals = Totals { attempts: 27_084, perfect_attempts: 11_429, ..Totals::default() };
    let percent = totals.perfect_attempts_percent().expect("there are attempts");
    assert_eq!(percent.two_decimals(RoundingMode::Truncate), "42.19");
    assert_eq!(percent.two_decimals(RoundingMode::HalfUp), "42.20");
    assert_eq!(Totals::default().perfect_attempts_percent(), None);
}

#[test]
fn a_sheet_that_is_not_complete_counts_in_no_figure_and_gives_no_prediction() {
    let people = "an | 10/10 p1 incomplete | 5/10 p7 | 9/10 incomplete
        bo | 10/10 incomplete
        cu | 6/10 p7";
    let first = predicting(PredictionTarget::Attempts, Equidistant::Tie);
    check(&first, people, ranks, "1 cu, 2 an");
    check(&first, people, counted_attempts, "#1 cu, #2 an");
    check(&first, people, distances, "5 cu, 5 an");
    check(first, people, totals, "3 registered, 2 contestants, 0 of them perfect, 2 attempts, 0 of them perfect");
}

#[test]
fn who_started_earlier_is_first_with_the_attempt_that_started_earlier() {
    let people = "an | 8/10 ^20 60s | 8/10 ^40 5s
        bo | 8/10 ^10 90s
        cu | 8/10 ^20 1s";
    check(ordered_by("score desc, started_at asc, duration asc"), people, ranks, "1 bo, 2 cu, 3 an");
    check(ordered_by("score desc, started_at asc, duration asc"), people, counted_attempts, "#1 bo, #1 cu, #1 an");
    check(ordered_by("score desc, duration asc"), people, counted_attempts, "#1 cu, #2 an, #1 bo");
    check(ordered_by("score desc, started_at asc"), people, ranks, "1 bo, 2 an, 2 cu");
}

#[test]
fn perfect_attempts_are_predicted_with_several_of_one_person() {
    let people = "an | 10/10 p3 | 10/10
        bo | 9/10 p5
        cu | 10/10 p2";
    let perfect_attempts = predicting(PredictionTarget::PerfectAttempts, Equidistant::Tie);
    check(&perfect_attempts, people, actual, "3.00");
    check(perfect_attempts, people, distances, "0 an, 1 cu, 2 bo");
}

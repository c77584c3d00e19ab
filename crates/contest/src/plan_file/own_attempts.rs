//! `rounds.attempt`: any key of `[attempt]` for one round alone.

use super::*;
use crate::problem::ProblemKind as Kind;

const SONG_CONG: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");

/// The key of the first round.
const BANK: &str = "bank = \"bank-tuan-1.xlsx\"";

/// The sample whose first round has this `attempt`.
fn with(own: &str) -> PlanReading {
    read(&text_with(own))
}

fn text_with(own: &str) -> String {
    assert!(SONG_CONG.contains(BANK));
    SONG_CONG.replacen(BANK, &format!("{BANK}\nattempt = {own}"), 1)
}

/// The sample with topics for all rounds.
fn with_quota(own: &str) -> PlanReading {
    let quota = "[[attempt.quota]]\ntopic = \"Một cửa\"\ncount = 10\n\n[prediction]";
    read(&text_with(own).replacen("[prediction]", quota, 1))
}

/// Code and key of every error, all of which stand on the line of the round's own table.
fn errors(reading: &PlanReading) -> Vec<(&'static str, &str)> {
    let line = text_with("").lines().position(|line| line.starts_with("attempt =")).expect("it was put there") + 1;
    let told = |problem: &'_ Problem| (problem.kind.code(), problem.place.row());
    assert!(reading.errors.iter().all(|error| told(error).1 == u32::try_from(line).ok()), "{:?}", reading.errors);
    reading.errors.iter().map(|error| (error.kind.code(), error.place.column().unwrap_or_default())).collect()
}

#[test]
fn a_round_has_its_own_keys_and_the_others_of_all() {
    let plan = with("{ questions = 30, minutes = 20, per_round = 1 }").plan.expect("a plan");
    let [first, second] = &plan.rounds[..] else { panic!("two rounds") };
    let usual = plan.attempt.usual();
    let rules = AttemptRules { minutes: 20, per_round: 1, ..usual.rules };
    assert_eq!((plan.attempt_of(first), plan.attempt_of(second)), (&rules, &usual.rules));
    let paper = PaperRules { questions: 30, ..usual.paper.clone() };
    assert_eq!((plan.paper_of(first), plan.paper_of(second)), (&paper, &usual.paper));
    assert_eq!(plan.usual_points(), usual.rules.points);
}

#[test]
fn a_table_that_says_nothing_else_changes_nothing() {
    for own in ["{}", "{ minutes = 15 }", "{ counted = \"best\", grace_seconds = 10 }"] {
        let plan = with(own).plan.expect("a plan");
        assert_eq!(plan.attempt.of(&plan.rounds[0]), plan.attempt.usual(), "{own}");
    }
}

#[test]
fn what_is_wrong_is_told_where_it_stands() {
    let unknown = with("{ minuts = 20 }");
    assert_eq!(errors(&unknown), [("unknown_key", "rounds.attempt.minuts")]);
    assert_eq!(unknown.errors[0].kind, Kind::UnknownKey { key: "minuts".to_owned(), nearest: Some("minutes") });
    assert_eq!(errors(&with("{ minutes = 1441 }")), [("out_of_range", "rounds.attempt.minutes")]);
    assert_eq!(errors(&with("{ counted = \"worst\" }")), [("unknown_word", "rounds.attempt.counted")]);
    assert_eq!(errors(&with("{ shuffle_options = 1 }")), [("wrong_type", "rounds.attempt.shuffle_options")]);
    assert_eq!(errors(&with("{ min_seconds = 900 }")), [("floor_above_minutes", "rounds.attempt.min_seconds")]);
    assert_eq!(
        errors(&with("{ quota = [{ topic = \"Một cửa\" }] }"))[0],
        ("missing_key", "rounds.attempt.quota.count")
    );
    assert_eq!(errors(&with("20")), [("wrong_type", "rounds.attempt")]);
    let long = with("{ minutes = 1440 }");
    assert_eq!(long.errors, []);
    let warned = |reading: &PlanReading| -> Vec<&str> { reading.warnings.iter().map(|p| p.kind.code()).collect() };
    assert_eq!(warned(&with("{ per_round = 1, per_day = 1 }")), ["per_day_unused"]);
    let short = text_with("{ minutes = 30 }").replace("closes = \"2021-12-19T16:30\"", "closes = \"2021-12-13T08:59\"");
    assert_eq!(warned(&read(&short)), ["minutes_longer_than_round"]);
}

#[test]
fn topics_of_all_rounds_hold_of_a_round_that_names_none() {
    let quota = |own: &str| {
        let plan = with_quota(own).plan.expect("a plan");
        plan.paper_of(&plan.rounds[0]).quota.iter().map(|quota| quota.count).collect::<Vec<_>>()
    };
    assert_eq!(quota("{ minutes = 5 }"), [10]);
    assert_eq!(
        quota("{ questions = 3, quota = [{ topic = \"Khác\", count = 1 }, { topic = \"Một cửa\", count = 2 }] }"),
        [1, 2]
    );
    assert_eq!(quota("{ questions = 3, quota = [] }"), Vec::<u32>::new(), "of the whole bank");
    assert_eq!(quota("{ draw = \"all\" }"), Vec::<u32>::new(), "the whole bank");
    let sum = with_quota("{ questions = 3 }");
    assert_eq!(sum.errors[0].place.column(), Some("rounds.attempt.quota"));
    assert_eq!(sum.errors[0].kind, Kind::QuotaSum { sum: 10, questions: 3 });
}

#[test]
fn the_key_of_a_round_is_out_by_what_that_round_says() {
    let plan = with("{ reveal_key = \"never\" }").plan.expect("a plan");
    let [first, second] = &plan.rounds[..] else { panic!("two rounds") };
    assert!(!plan.key_is_out_before(first, second));
    let usual = with("{}").plan.expect("a plan");
    assert!(usual.key_is_out_before(&usual.rounds[0], &usual.rounds[1]));
}

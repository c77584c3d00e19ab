//! What is planted into honest rounds is found, and honest rounds are left alone.

use super::made::{DAY_MS, Made, Size};
use super::{Mark, Review, Signal, SignalKind};
use crate::plan::RankingKey;
use crate::result::PersonIndex;
use crate::time::Timestamp;
use proptest::prelude::*;
use std::collections::BTreeSet;

const SMALL: Size = Size { people: 300, bank: 40, paper: 10 };
/// A paper that is long enough for wrong options to tell something.
const LONG: Size = Size { people: 300, bank: 40, paper: 30 };

fn people(from: usize, count: usize) -> Vec<PersonIndex> {
    (from as u32..(from + count) as u32).map(PersonIndex).collect()
}

/// The marks of a kind, each as the set of its people.
fn found(review: &Review, kind: SignalKind) -> Vec<BTreeSet<PersonIndex>> {
    let of_kind = review.marks.iter().filter(|mark| mark.signal.kind() == kind);
    of_kind.map(|mark| mark.people.iter().copied().collect()).collect()
}

fn is_found(review: &Review, kind: SignalKind, people: &[PersonIndex]) -> bool {
    found(review, kind).contains(&people.iter().copied().collect())
}

/// People of one unit from outside the honest ones.
fn newcomers(made: &mut Made, count: usize, unit: &str) -> Vec<PersonIndex> {
    let from = made.game.people.len();
    (from..from + count).map(|number| made.join(number, unit)).collect()
}

/// A tie is a fact and says nothing about anybody.
fn names_people(mark: &&Mark) -> bool {
    mark.signal.kind() != SignalKind::UnbrokenTie
}

#[test]
fn an_honest_round_has_fewer_than_one_mark_for_each_thousand_people() {
    for paper in [10, 40] {
        let rounds = 8;
        let marks: Vec<Mark> = (0..rounds)
            .flat_map(|seed| Made::honest(seed, Size { people: 1_000, bank: 60, paper }).review().marks)
            .filter(|mark| names_people(&mark))
            .collect();
        assert!((marks.len() as u64) < rounds, "{paper} questions: {marks:#?}");
    }
}

/// They share many wrong options, and nobody passed them on.
#[test]
fn people_who_guess_are_left_alone() {
    for seed in 0..3 {
        let mut made = Made::honest(seed, Size { people: 300, bank: 40, paper: 40 });
        for (number, who) in (0..).zip(newcomers(&mut made, 30, "lop-a")) {
            let guesses = made.guesses(40);
            made.send(who, 1, (600_000, 2 * DAY_MS + number * 60_000), guesses);
        }
        assert_eq!(found(&made.review(), SignalKind::CommonWrongAnswers), []);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_wrong_answer_key_that_goes_around_is_found(seed: u64, copies in 2_usize..6, same_unit: bool) {
        let mut made = Made::honest(seed, LONG);
        let faults: Vec<usize> = (0..14).map(|number| number * 2).collect();
        let key = made.key_with_faults(30, &faults);
        let mut copied = Vec::new();
        for number in 0..copies {
            let unit = if same_unit { "lop-a".to_owned() } else { format!("noi-khac-{number}") };
            let who = newcomers(&mut made, 1, &unit)[0];
            // In one unit hours apart; else within ten minutes.
            let apart = if same_unit { 5 * 3_600_000 } else { 100_000 };
            made.send(who, 1, (300_000, 2 * DAY_MS + number as i64 * apart), key.clone());
            copied.push(who);
        }
        let review = made.review();
        prop_assert!(is_found(&review, SignalKind::CommonWrongAnswers, &copied), "{:#?}", review.marks);
        let figures = review.marks.iter().find_map(|mark| match mark.signal {
            Signal::CommonWrongAnswers { common, same_unit, .. } => Some((common, same_unit)),
            _ => None,
        });
        prop_assert_eq!(figures, Some((14, same_unit)));
    }

    #[test]
    fn the_same_key_elsewhere_and_hours_apart_is_left_alone(seed: u64) {
        let mut made = Made::honest(seed, LONG);
        let key = made.key_with_faults(30, &[1, 3, 5, 7, 9, 11, 13, 15, 17, 19, 21, 23, 25, 27]);
        for number in 0..2 {
            let who = newcomers(&mut made, 1, &format!("noi-khac-{number}"))[0];
            made.send(who, 1, (300_000, 2 * DAY_MS + number * 601_000), key.clone());
        }
        prop_assert_eq!(found(&made.review(), SignalKind::CommonWrongAnswers), []);
    }

    #[test]
    fn a_right_answer_key_that_goes_around_in_a_unit_is_found(seed: u64, paper in 10_usize..20) {
        let mut made = Made::honest(seed, Size { paper, ..SMALL });
        let from = 3 * DAY_MS + 9 * 3_600_000;
        let before = newcomers(&mut made, 20, "truong");
        for (number, who) in (0..).zip(before) {
            let faults: Vec<usize> = (0..1 + who.0 as usize % 3).collect();
            let key = made.key_with_faults(paper, &faults);
            made.send(who, 1, (400_000 + number as u64 * 1_000, from - DAY_MS + number * 60_000_i64), key);
        }
        let copied = newcomers(&mut made, 25, "truong");
        let key = made.key_with_faults(paper, &[]);
        for (number, who) in (0..).zip(&copied) {
            made.send(*who, 1, (90_000 - number as u64 * 1_000, from + number * 120_000), key.clone());
        }
        let review = made.review();
        prop_assert!(is_found(&review, SignalKind::PerfectJump, &copied), "{:#?}", review.marks);
        // As slow as those before, they may simply know.
        for attempt in made.game.attempts.iter_mut().rev().take(25) {
            attempt.duration_ms = 420_000;
        }
        prop_assert_eq!(found(&made.review(), SignalKind::PerfectJump), []);
    }

    #[test]
    fn a_few_more_perfect_sheets_than_before_are_left_alone(seed: u64) {
        let mut made = Made::honest(seed, SMALL);
        let from = 3 * DAY_MS + 9 * 3_600_000;
        for (number, who) in (0..).zip(newcomers(&mut made, 30, "truong")) {
            // Two of twenty, then five of ten in an hour and faster.
            let (perfect, later) = (number % 10 == 0 || number > 24, number >= 20);
            let key = made.key_with_faults(10, if perfect { &[] } else { &[1] });
            let at = if later { from } else { from - DAY_MS };
            made.send(who, 1, (if later { 90_000 } else { 400_000 }, at + number * 60_000), key);
        }
        prop_assert_eq!(found(&made.review(), SignalKind::PerfectJump), []);
    }

    #[test]
    fn a_telephone_of_three_is_found_and_one_of_two_is_not(seed: u64, first in 0_usize..290) {
        let mut made = Made::honest(seed, SMALL);
        for (place, count) in [(0, 2), (first, 3)] {
            for person in people(place, count) {
                made.accounts[person.0 as usize].phone = Some(format!("shared-{count}"));
            }
        }
        let expected: BTreeSet<PersonIndex> = people(first, 3).into_iter().collect();
        prop_assert_eq!(found(&made.review(), SignalKind::SharedPhone), [expected]);
    }

    #[test]
    fn accounts_of_one_name_and_birthday_are_found(seed: u64, first in 0_usize..298) {
        let mut made = Made::honest(seed, SMALL);
        let told = made.accounts[first].clone();
        made.accounts[first + 1].name_key = told.name_key;
        prop_assert!(!is_found(&made.review(), SignalKind::SamePerson, &people(first, 2)), "another birthday");
        made.accounts[first + 1].birth_date = told.birth_date;
        prop_assert!(is_found(&made.review(), SignalKind::SamePerson, &people(first, 2)));
    }

    #[test]
    fn twenty_registrations_of_a_unit_within_a_minute_are_found(seed: u64, count in 18_usize..40) {
        let mut made = Made::honest(seed, SMALL);
        let made_at_once = newcomers(&mut made, count, "mot-may");
        for (number, who) in (0..).zip(&made_at_once) {
            made.game.people[who.0 as usize].registered_at = Timestamp::from_millis(-900_000_000 + number * 3_000);
        }
        let seen = found(&made.review(), SignalKind::RegistrationBurst);
        let expected: BTreeSet<PersonIndex> = made_at_once.into_iter().collect();
        prop_assert_eq!(seen, if count < 20 { vec![] } else { vec![expected] });
    }

    #[test]
    fn sheets_faster_than_anybody_reads_are_found(seed: u64, who in 0_u32..300, floor in 0_u32..60) {
        let mut made = Made::honest(seed, SMALL);
        made.game.attempt.min_seconds = floor;
        // Only what is planted is under the floor.
        made.game.attempts.iter_mut().for_each(|attempt| attempt.duration_ms = attempt.duration_ms.max(60_000));
        let who = PersonIndex(who);
        let of_person = |made: &Made| made.game.attempts.iter().position(|attempt| attempt.person == who).expect("a sheet");
        let place = of_person(&made);
        for (duration_ms, expected) in [
            (19_999, Some(SignalKind::TooFast)),
            (20_000, (floor > 20).then_some(SignalKind::UnderFloor)),
            (u64::from(floor).max(20) * 1_000, None),
        ] {
            made.game.attempts[place].duration_ms = duration_ms;
            let seen = made.review();
            let kinds = [SignalKind::TooFast, SignalKind::UnderFloor];
            let seen = kinds.into_iter().find(|kind| is_found(&seen, *kind, &[who]));
            prop_assert_eq!(seen, expected, "{} ms, floor {} s", duration_ms, floor);
        }
    }

    #[test]
    fn a_perfect_sheet_within_a_minute_of_a_wrong_one_is_found(seed: u64, apart_ms in 59_000_i64..62_000) {
        let mut made = Made::honest(seed, SMALL);
        let who = newcomers(&mut made, 1, "xa")[0];
        let (wrong, right) = (made.key_with_faults(10, &[3]), made.key_with_faults(10, &[]));
        made.send(who, 1, (200_000, DAY_MS), wrong);
        made.send(who, 2, (30_000, DAY_MS + apart_ms), right);
        prop_assert_eq!(is_found(&made.review(), SignalKind::Corrected, &[who]), apart_ms <= 60_000);
    }

    #[test]
    fn ties_at_a_prize_are_found(seed: u64) {
        let mut made = Made::honest(seed, SMALL);
        prop_assert_eq!(found(&made.review(), SignalKind::UnbrokenTie), []);
        made.game.rules.ranking.order = vec![RankingKey::Score];
        let result = made.ranked();
        let first: BTreeSet<PersonIndex> =
            result.ranking.iter().filter(|line| line.rank.0 == 1).map(|line| line.person).collect();
        prop_assume!(first.len() > 1);
        prop_assert_eq!(&found(&made.review(), SignalKind::UnbrokenTie)[0], &first);
    }

    #[test]
    fn the_order_of_the_input_says_nothing(seed: u64) {
        let mut made = Made::honest(seed, LONG);
        let key = made.key_with_faults(30, &[0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26]);
        for (number, who) in (0..).zip(newcomers(&mut made, 3, "lop-a")) {
            made.send(who, 1, (50_000, 2 * DAY_MS + number), key.clone());
            made.accounts[who.0 as usize].phone = Some("shared".to_owned());
        }
        let mut other = made.clone();
        let last = made.game.people.len() as u32 - 1;
        other.game.people.reverse();
        other.accounts.reverse();
        other.game.attempts.iter_mut().for_each(|attempt| attempt.person.0 = last - attempt.person.0);
        let rotation = other.sheets.len() / 3;
        other.game.attempts.rotate_left(rotation);
        other.sheets.rotate_left(rotation);
        let told = |made: &Made| {
            let marks = made.review().marks;
            marks.iter().map(|mark| format!("{:?} {:?} {}", mark.signal, made.names(mark), mark.wins)).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(&made), told(&other));
    }
}

//! Reviews worked out by hand.

use super::made::Made;
use super::*;
use crate::fraction::Fraction;
use crate::plan::UnbrokenTie;

fn set(letters: &str) -> OptionSet {
    OptionSet::of_letters(letters.split("").filter(|letter| !letter.is_empty())).expect("letters of options")
}

/// A round of sheets of two questions, of which `b` and `ac` are right, by as many people.
fn answered(sheets: &[[&str; 2]]) -> Made {
    let mut made = Made::empty(1, 0);
    let asked = |right: &str| AskedQuestion { options: 3, right: Some(set(right)), voided: false };
    made.questions = vec![asked("b"), asked("ac")];
    for (number, [one, two]) in sheets.iter().enumerate() {
        let who = made.join(number, "don-vi");
        made.send(who, 1, (60_000, number as i64), vec![(0, set(one)), (1, set(two))]);
    }
    made
}

#[test]
fn a_question_is_told_by_its_shares() {
    let made = answered(&[["b", "ac"], ["b", "a"], ["a", "ac"], ["", "abc"], ["c", ""]]);
    let figures = question_figures(&made.input(&made.ranked()));
    let first = &figures[0];
    assert_eq!((first.shown, first.right, first.blank), (5, Some(2), 1));
    assert_eq!(first.options, [1, 2, 1]);
    assert_eq!(first.percent(2), Some(Fraction::whole(40)));
    assert_eq!((first.few_right, first.beaten_by), (false, None));
    let second = &figures[1];
    assert_eq!((second.shown, second.right, second.blank), (5, Some(2), 1));
    assert_eq!(second.options, [4, 1, 3], "a sheet counts in each option that it chose");
}

#[test]
fn a_wrong_key_shows() {
    let made = answered(&[["a", "ac"], ["a", "ac"], ["a", "ac"], ["a", "b"], ["a", "b"], ["a", "b"], ["b", "b"]]);
    let figures = question_figures(&made.input(&made.ranked()));
    assert_eq!((figures[0].few_right, figures[0].beaten_by), (true, Some(0)), "one of seven is 14.3 %");
    assert_eq!(
        (figures[1].few_right, figures[1].beaten_by),
        (false, Some(1)),
        "three chose what is right, four did not"
    );
}

#[test]
fn nobody_saw_it_and_nobody_knows_its_key() {
    let mut made = answered(&[["b", "ac"]]);
    made.questions[0].right = None;
    made.questions.push(AskedQuestion { options: 2, right: Some(set("a")), voided: false });
    let figures = question_figures(&made.input(&made.ranked()));
    assert_eq!((figures[0].right, figures[0].few_right, figures[0].beaten_by), (None, false, None));
    assert_eq!((figures[2].shown, figures[2].right, figures[2].percent(0)), (0, Some(0), None));
    assert_eq!((figures[2].few_right, figures[2].beaten_by), (false, None));
}

#[test]
fn a_secret_key_is_told_by_perfect_sheets_alone() {
    let made = answered(&[["a", "ac"], ["b", "ac"]]);
    let right = right_by_perfect_sheets(2, &made.game.attempts, &made.sheets);
    assert_eq!(right, [Some(set("b")), Some(set("ac"))]);
    assert_eq!(right_by_perfect_sheets(2, &made.game.attempts[..1], &made.sheets[..1]), [None, None]);
}

#[test]
fn who_does_not_count_is_not_looked_at_by_sheets() {
    let mut made = answered(&[["b", "ac"], ["a", "ac"], ["b", "a"]]);
    made.game.attempts.iter_mut().for_each(|attempt| attempt.duration_ms = 3_999);
    assert_eq!(made.review().marks.len(), 3);
    made.game.people[0].ranked = false;
    made.game.attempts[1].struck = true;
    assert_eq!(made.review().marks.len(), 1);
    assert_eq!(question_figures(&made.input(&made.ranked()))[0].shown, 1);
}

#[test]
fn a_fast_person_is_one_line_with_the_fastest_sheet() {
    let mut made = answered(&[["b", "ac"]]);
    made.game.attempts[0].duration_ms = 3_000;
    made.send(PersonIndex(0), 2, (2_000, 90_000), vec![(0, set("b")), (1, set("a"))]);
    made.send(PersonIndex(0), 3, (4_000, 200_000), vec![(0, set("b")), (1, set("a"))]);
    let marks = made.review().marks;
    let sheet = FastSheet { attempt: 2, duration_ms: 2_000, right: 1, questions: 2, sheets: 2 };
    assert_eq!(marks.iter().map(|mark| &mark.signal).collect::<Vec<_>>(), [&Signal::TooFast(sheet)]);
}

#[test]
fn winners_come_first_and_the_rest_is_counted() {
    let mut made = Made::empty(1, 1);
    // The slowest of them win.
    made.game.rules.ranking.order = vec![crate::plan::RankingKey::Score, crate::plan::RankingKey::SubmittedAt];
    for number in 0..1_200 {
        let who = made.join(number, &format!("don-vi-{}", number % 100));
        made.accounts[number].phone = None;
        made.accounts[number].birth_date = None;
        made.send(who, 1, (1_999 - number as u64, number as i64), vec![(0, made.questions[0].right.expect("a key"))]);
    }
    let review = made.review();
    assert_eq!((review.marks.len(), review.left_out), (MAX_MARKS, 200));
    assert_eq!(review.marks.iter().take_while(|mark| mark.wins).count(), 11, "1, 2, 3 and 5 prizes");
    assert!(review.marks[11..].iter().all(|mark| !mark.wins));
    assert!(!review.marks[0].people.is_empty());
}

#[test]
fn ties_that_somebody_has_broken_are_none() {
    let mut made = answered(&[["b", "ac"], ["b", "ac"]]);
    made.game.rules.ranking.order = vec![crate::plan::RankingKey::Score];
    let tied = |made: &Made| made.review().marks.iter().any(|mark| mark.signal == Signal::UnbrokenTie { rank: 1 });
    assert!(tied(&made));
    for policy in [UnbrokenTie::Lot, UnbrokenTie::Organizers] {
        made.game.rules.ranking.unbroken_tie = policy;
        assert!(tied(&made), "{policy} has not decided");
    }
    made.game.people[0].decided_place = Some(1);
    made.game.people[1].decided_place = Some(2);
    assert!(!tied(&made));
}

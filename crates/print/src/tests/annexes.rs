//! The list of winners, page by page.

use super::examples::{MADE, annex};
use super::{layout, pages, printed, words};
use crate::annex::{TEMPLATE, View};
use crate::{Annex, Counted, Decision};
use expect_test::expect_file;

fn print(list: &Annex) -> Vec<u8> {
    printed(TEMPLATE, &View::of(list).expect("dates"), MADE).expect("a document")
}

#[test]
fn a_list_of_several_pages_reads_as_the_decree_wants_it() {
    expect_file!["../../golden/annex-45.txt"].assert_eq(&layout(&print(&annex(45))));
}

#[test]
fn before_the_decision_there_are_dots_and_no_empty_column() {
    let mut list = annex(2);
    list.decision = Decision { number: None, date: None, issuer: None };
    list.counted = Counted::Points;
    list.total = None;
    for winner in &mut list.winners {
        (winner.prediction, winner.amount, winner.birth_date) = (None, None, None);
        winner.score = "83,33".to_owned();
    }
    expect_file!["../../golden/annex-before-the-decision.txt"].assert_eq(&layout(&print(&list)));
}

#[test]
fn numbers_stand_on_all_pages_but_the_first_and_the_corner_is_free() {
    let document = print(&annex(45));
    let words = words(&document);
    let above: Vec<_> = words.iter().filter(|word| word.top < 19.0).collect();
    let numbers: Vec<&str> = above.iter().map(|word| word.text.as_str()).collect();
    let expected: Vec<String> = (2..=pages(&document)).map(|page| page.to_string()).collect();
    assert_eq!(numbers, expected);
    for number in above {
        let middle = f64::midpoint(number.left, number.right);
        assert!((middle - 112.5).abs() < 1.0, "{number:?}");
    }
    let corner = words.iter().filter(|word| word.page == 1 && word.right > 120.0 && word.top < 33.0);
    assert_eq!(corner.count(), 0);
    for word in &words {
        assert!(word.left >= 29.9 && word.right <= 195.1 && word.bottom <= 277.1, "{word:?}");
    }
}

#[test]
fn each_page_repeats_the_header() {
    let document = print(&annex(120));
    let headed = words(&document).into_iter().filter(|word| word.text == "STT").map(|word| word.page);
    assert_eq!(headed.collect::<Vec<_>>(), (1..=pages(&document)).collect::<Vec<_>>());
}

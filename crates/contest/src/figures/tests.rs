//! Figures of rounds written as text, and prizes of a whole plan.

use super::*;
use crate::overall::ContestResult;
use crate::plan_file::read;
use crate::ranking::example::{game, units};

const ZONE: Tz = Tz::Asia__Ho_Chi_Minh;

#[test]
fn hours_are_local_and_count_what_the_totals_count() {
    // In 1970 the zone was eight hours ahead: second 0 is 08h00, and second 57 599 the last one before midnight.
    let people = "an unit=A | 1/10 @0 | 10/10 @3599 | 1/10 @3600 struck
                  binh unit=A1 | 3/10 @3600
                  chi | 2/10 @57599 | 2/10 @57600
                  dung unit=A unranked | 4/10 @0
                  em unit=A";
    let game = game(|game| game.units = units("A ward 10, A1 cell <A 3"), people);
    let round = RoundId::parse("tuan-1").expect("an id");
    let figures = RoundFigures::of((&round, 2, Status::Official), &game.input(None), &game.rank(), ZONE);
    let hours: Vec<(usize, u64)> = figures.hours.into_iter().enumerate().filter(|(_, count)| *count > 0).collect();
    assert_eq!(hours, [(0, 1), (8, 2), (9, 1), (23, 1)]);
    assert_eq!(figures.hours.iter().sum::<u64>(), figures.totals.attempts);
    let registered: Vec<_> = figures.registered.iter().map(|(unit, count)| (unit.as_str(), *count)).collect();
    assert_eq!(registered, [("A", 3), ("A1", 1)], "all accounts, each in its own unit");
    assert_eq!(figures.prizes.iter().sum::<u64>(), game.rank().winners.len() as u64);
    assert_eq!((figures.edition, figures.status), (2, Status::Official));
}

#[test]
fn prizes_are_planned_for_every_round_and_given_as_often_as_they_were() {
    let plan = read(include_str!("../plan_file/everything.toml")).plan.expect("a plan");
    let people = "an | 10/10\nbinh | 9/10\nchi | 9/10";
    let game = game(|game| game.rules = plan.rules.clone(), people);
    let round = RoundFigures::of((&plan.rounds[0].id, 1, Status::Official), &game.input(None), &game.rank(), ZONE);
    let nothing = ContestResult {
        totals: Totals::default(),
        ranking: None,
        winners: Vec::new(),
        waiting: Vec::new(),
        units: Vec::new(),
    };
    let used = prizes_used(&plan, &[round.clone(), round.clone()], &nothing);
    let planned: u64 = used.iter().map(|prize| prize.planned * prize.amount).sum();
    let totals = crate::prizes::PrizeTotals::of(&plan);
    assert_eq!(planned, totals.individual() + totals.collective);
    let given: u64 = used.iter().map(|prize| prize.given).sum();
    assert!(given > 0);
    assert_eq!(given, 2 * round.prizes.iter().sum::<u64>(), "twice what one round gave, and nothing over the contest");
}

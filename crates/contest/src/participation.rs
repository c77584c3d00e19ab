//! How each unit took part, with everybody in it and below it: what secretariats read beside the tables in which units
//! compete. A unit with schools below it counts their people too, so the lines do not add up to the contest.

use crate::fraction::Fraction;
use crate::ids::UnitCode;
use crate::result::{Person, UnitStanding};
use crate::standings::UnitSums;
use crate::taken::TakenRound;
use crate::units::UnitTree;
use std::collections::BTreeMap;

/// One unit, with everybody in it and below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitParticipation {
    /// Place in [`UnitTree::units`].
    pub unit: usize,
    /// Own figure or the sum below.
    pub members: Option<u64>,
    /// Accounts.
    pub registered: u64,
    /// Ranked people with an accepted attempt, each once however many rounds.
    pub contestants: u64,
    /// 100 × contestants / members.
    pub rate_percent: Option<Fraction>,
    /// Their accepted attempts.
    pub attempts: u64,
    /// Counted attempts with every question right, one for each person and round.
    pub perfect_contestants: u64,
    /// Mean of the counted scores; `None` without contestants.
    pub mean_score: Option<Fraction>,
}

/// Accounts of each unit, without those below it; people without a unit are in none.
pub fn registered(people: &[Person]) -> BTreeMap<UnitCode, u64> {
    let mut registered = BTreeMap::new();
    for unit in people.iter().filter_map(|person| person.unit.as_ref()) {
        *registered.entry(unit.clone()).or_default() += 1;
    }
    registered
}

/// Every unit over these rounds, the one with most contestants first, of equal ones by code; so units without anybody come
/// last. `accounts` are those that [`registered`] counts; scores are averaged over `points`, those of the round or, over
/// several, [`crate::plan::Plan::usual_points`].
pub fn by_unit(
    units: &UnitTree,
    accounts: &BTreeMap<UnitCode, u64>,
    points: u32,
    rounds: &[TakenRound],
) -> Vec<UnitParticipation> {
    let mut sums = UnitSums::none(units);
    rounds.iter().for_each(|round| sums.add_round(units, points, round));
    let mut registered = vec![0; units.units().len()];
    for (code, count) in accounts {
        let own = units.find(code);
        own.into_iter().flat_map(|own| units.self_and_ancestors(own)).for_each(|at| registered[at] += count);
    }
    let with_accounts = |standing: UnitStanding| UnitParticipation {
        unit: standing.unit,
        members: standing.members,
        registered: registered[standing.unit],
        contestants: standing.contestants,
        rate_percent: standing.rate_percent,
        attempts: standing.attempts,
        perfect_contestants: standing.perfect_contestants,
        mean_score: standing.mean_score,
    };
    let mut all: Vec<UnitParticipation> = sums.with_below(units).into_iter().map(with_accounts).collect();
    let code = |line: &UnitParticipation| &units.units()[line.unit].code;
    all.sort_by(|a, b| b.contestants.cmp(&a.contestants).then_with(|| code(a).cmp(code(b))));
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fraction::RoundingMode;
    use crate::ids::{Pseudonym, RoundId};
    use crate::taken::Taken;
    use crate::units::Unit;

    fn code(text: &str) -> UnitCode {
        UnitCode::parse(text).expect("a code")
    }

    /// `city` over `east` and `west`, with `school` below `east`.
    fn units() -> UnitTree {
        let unit = |own: &str, parent: Option<&str>, members| Unit {
            code: code(own),
            name: own.to_owned(),
            parent: parent.map(code),
            level: None,
            members,
            added_at: None,
        };
        let east = unit("east", Some("city"), Some(10));
        UnitTree::new(vec![
            unit("west", Some("city"), None),
            east,
            unit("school", Some("east"), None),
            unit("city", None, None),
        ])
        .expect("a tree")
    }

    fn taken(person: u8, unit: &str, right: u16) -> Taken {
        Taken {
            pseudonym: Pseudonym::parse(&format!("abcdefghijklmno{person}")).expect("a public name"),
            unit: Some(code(unit)),
            right,
            questions: 4,
            duration_ms: 1,
            attempts: 2,
            perfect_attempts: 0,
            won: None,
            rank: None,
        }
    }

    fn round(people: Vec<Taken>) -> TakenRound {
        TakenRound { round: RoundId::parse("r").expect("an id"), points: 100, registered: 0, people }
    }

    /// Each line as unit, members, accounts, people, attempts, perfect ones, and mean times people and rounds.
    fn lines(rounds: &[TakenRound]) -> Vec<String> {
        let registered = [("school", 3), ("east", 1), ("west", 5)].map(|(unit, count)| (code(unit), count));
        let (units, registered) = (units(), registered.into());
        let line = |of: &UnitParticipation| {
            let text = |ratio: Option<Fraction>| {
                ratio.map_or("-".to_owned(), |ratio| ratio.two_decimals(RoundingMode::Truncate))
            };
            let members = of.members.map_or("-".to_owned(), |members| members.to_string());
            format!(
                "{} {members} {} {} {} {} {} {}",
                units.units()[of.unit].code,
                of.registered,
                of.contestants,
                text(of.rate_percent),
                of.attempts,
                of.perfect_contestants,
                text(of.mean_score)
            )
        };
        by_unit(&units, &registered, 100, rounds).iter().map(line).collect()
    }

    #[test]
    fn a_unit_counts_everybody_below_it_and_those_without_anybody_come_last() {
        let first = round(vec![taken(2, "school", 4), taken(3, "east", 2)]);
        assert_eq!(
            lines(std::slice::from_ref(&first)),
            [
                "city 10 9 2 20.00 4 1 75.00",
                "east 10 4 2 20.00 4 1 75.00",
                "school - 3 1 - 2 1 100.00",
                "west - 5 0 - 0 0 -",
            ]
        );
        // One of them again, in another unit below the same one: one person, two submissions.
        let second = round(vec![taken(3, "school", 0)]);
        assert_eq!(
            lines(&[first, second]),
            [
                "city 10 9 2 20.00 6 1 50.00",
                "east 10 4 2 20.00 6 1 50.00",
                "school - 3 2 - 4 1 50.00",
                "west - 5 0 - 0 0 -",
            ]
        );
        assert!(lines(&[]).iter().all(|line| line.contains(" 0 ")), "nobody took part in no round");
    }
}

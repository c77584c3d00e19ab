//! What another result moves: people's ranks and units' prizes, for those who decide whether it shall be (`CONSOLE.md` 4.6).

use crate::ids::{Pseudonym, UnitCode};
use crate::plan::{Rules, Scope};
use crate::result::{Rank, UnitTable};
use crate::units::UnitTree;
use std::collections::{BTreeMap, BTreeSet};

/// Somebody's rank as it is and as it would be; none for somebody who is not ranked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedRank {
    /// Public name.
    pub pseudonym: Pseudonym,
    /// As it is.
    pub before: Option<Rank>,
    /// As it would be.
    pub after: Option<Rank>,
}

/// Everyone whose rank differs, at most `at_most`: those first who stand highest in either ranking, then by public name.
pub fn moved_ranks(
    before: impl IntoIterator<Item = (Pseudonym, Rank)>,
    after: impl IntoIterator<Item = (Pseudonym, Rank)>,
    at_most: usize,
) -> Vec<MovedRank> {
    let mut ranks: BTreeMap<Pseudonym, [Option<Rank>; 2]> = BTreeMap::new();
    for (pseudonym, rank) in before {
        ranks.entry(pseudonym).or_default()[0] = Some(rank);
    }
    for (pseudonym, rank) in after {
        ranks.entry(pseudonym).or_default()[1] = Some(rank);
    }
    let moved = ranks.into_iter().filter(|(_, [before, after])| before != after);
    let mut moved: Vec<MovedRank> =
        moved.map(|(pseudonym, [before, after])| MovedRank { pseudonym, before, after }).collect();
    moved.sort_by_key(|moved| moved.before.into_iter().chain(moved.after).min());
    moved.truncate(at_most);
    moved
}

/// The prize of a unit in a competition, as it is and as it would be; none where it has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedPrize {
    /// Id of the competition in the plan.
    pub competition: String,
    /// Which unit.
    pub unit: UnitCode,
    /// Name of the prize as it is.
    pub before: Option<String>,
    /// Name of the prize as it would be.
    pub after: Option<String>,
}

/// Every unit whose prize differs in the competitions of a scope, in the order of the plan and then by code.
pub fn moved_prizes(
    (rules, units, scope): (&Rules, &UnitTree, Scope),
    before: &[UnitTable],
    after: &[UnitTable],
) -> Vec<MovedPrize> {
    let given = |tables: &[UnitTable]| {
        let mut given: BTreeMap<(usize, UnitCode), String> = BTreeMap::new();
        for table in tables.iter().filter(|table| table.scope == scope) {
            let Some(competition) = table.collective else { continue };
            for standing in &table.standings {
                let Some(step) = standing.prize else { continue };
                let name = rules.collective[competition].prize(step).name.clone();
                given.insert((competition, units.units()[standing.unit].code.clone()), name);
            }
        }
        given
    };
    let (before, after) = (given(before), given(after));
    let all: BTreeSet<&(usize, UnitCode)> = before.keys().chain(after.keys()).collect();
    let moved = all.into_iter().filter(|key| before.get(key) != after.get(key));
    let told = moved.map(|key| MovedPrize {
        competition: rules.collective[key.0].id.to_string(),
        unit: key.1.clone(),
        before: before.get(key).cloned(),
        after: after.get(key).cloned(),
    });
    told.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fraction::Fraction;
    use crate::result::{PrizeStep, UnitStanding};
    use crate::units::Unit;

    fn ranks(of: &[(&str, u64)]) -> Vec<(Pseudonym, Rank)> {
        of.iter().map(|(name, rank)| (pseudonym(name), Rank(*rank))).collect()
    }

    fn pseudonym(letter: &str) -> Pseudonym {
        Pseudonym::parse(&letter.repeat(16)).expect("a public name")
    }

    #[test]
    fn whoever_stands_highest_is_told_first_and_whoever_stays_is_not_told() {
        let before = ranks(&[("a", 1), ("b", 2), ("c", 2), ("d", 4), ("e", 5)]);
        let after = ranks(&[("b", 1), ("c", 2), ("f", 2), ("d", 4), ("e", 9)]);
        let told = |at_most| {
            let moved = moved_ranks(before.clone(), after.clone(), at_most);
            let line = |moved: MovedRank| {
                let rank = |rank: Option<Rank>| rank.map_or("-".to_owned(), |rank| rank.to_string());
                format!("{} {} {}", &moved.pseudonym.as_str()[..1], rank(moved.before), rank(moved.after))
            };
            moved.into_iter().map(line).collect::<Vec<_>>()
        };
        assert_eq!(told(10), ["a 1 -", "b 2 1", "f - 2", "e 5 9"]);
        assert_eq!(told(2), ["a 1 -", "b 2 1"]);
    }

    #[test]
    fn a_prize_of_a_unit_passes_within_its_own_scope() {
        let plan = crate::plan_file::read(include_str!("../../../contests/song-cong-cchc-2021/contest.toml"));
        let plan = plan.plan.expect("a plan");
        let units = UnitTree::new(["bac-son", "cai-dan", "chau-son"].map(unit).to_vec()).expect("a tree");
        let table = |scope, prizes: [Option<u32>; 3]| UnitTable {
            collective: Some(0),
            scope,
            measure: Vec::new(),
            standings: prizes.iter().enumerate().map(|(unit, prize)| standing(unit, prize.map(PrizeStep))).collect(),
        };
        let before = [table(Scope::Contest, [Some(0), Some(1), None])];
        let after = [table(Scope::Contest, [Some(0), None, Some(1)])];
        let moved = moved_prizes((&plan.rules, &units, Scope::Contest), &before, &after);
        let told: Vec<_> = moved.iter().map(|of| (of.unit.as_str(), of.before.is_some(), of.after.is_some())).collect();
        assert_eq!(told, [("cai-dan", true, false), ("chau-son", false, true)]);
        assert_eq!(moved_prizes((&plan.rules, &units, Scope::Round), &before, &after), []);
        assert_eq!(moved_prizes((&plan.rules, &units, Scope::Contest), &before, &before), []);
    }

    fn unit(code: &str) -> Unit {
        let code = UnitCode::parse(code).expect("a code");
        Unit { name: code.to_string(), code, parent: None, level: None, members: None, added_at: None }
    }

    fn standing(unit: usize, prize: Option<PrizeStep>) -> UnitStanding {
        UnitStanding {
            rank: None,
            unit,
            members: None,
            contestants: 0,
            attempts: 0,
            perfect_contestants: 0,
            mean_score: Fraction::new(0, 1),
            rate_percent: None,
            prize_points: 0,
            winners: 0,
            points: None,
            prize,
        }
    }
}

//! The tree of units that contestants belong to (`DOMAIN.md` U1-U3, 4.10): any depth, any levels.

use crate::ids::UnitCode;
use std::collections::HashMap;

/// One unit as uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Code, unique in the contest.
    pub code: UnitCode,
    /// Name as announced.
    pub name: String,
    /// The unit above, if any.
    pub parent: Option<UnitCode>,
    /// Word of the level, such as `ward`; units without one never compete.
    pub level: Option<String>,
    /// Members as counted by the organizers.
    pub members: Option<u64>,
}

/// A checked forest of units: codes are unique, parents exist, there is no cycle.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitTree {
    units: Vec<Unit>,
    index: HashMap<UnitCode, usize>,
    parents: Vec<Option<usize>>,
}

/// What is wrong with a unit; `row` counts from 0 in the order given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TreeFault {
    /// The code stands twice.
    #[error("unit code {code} is used twice")]
    DuplicateCode {
        /// The later of the two.
        row: usize,
        /// The code.
        code: UnitCode,
    },
    /// The parent is not in the list.
    #[error("unit {row} names a parent that does not exist")]
    UnknownParent {
        /// The unit.
        row: usize,
        /// The parent it names.
        parent: UnitCode,
    },
    /// The unit is its own ancestor.
    #[error("unit {row} is its own ancestor")]
    Cycle {
        /// The unit.
        row: usize,
    },
}

impl UnitTree {
    /// Builds the tree.
    ///
    /// # Errors
    /// Every fault found, in the order of the rows.
    pub fn new(units: Vec<Unit>) -> Result<Self, Vec<TreeFault>> {
        let mut faults = Vec::new();
        let mut index = HashMap::new();
        for (row, unit) in units.iter().enumerate() {
            if index.insert(unit.code.clone(), row).is_some() {
                faults.push(TreeFault::DuplicateCode { row, code: unit.code.clone() });
            }
        }
        let mut parents = Vec::with_capacity(units.len());
        for (row, unit) in units.iter().enumerate() {
            let parent = unit.parent.as_ref().and_then(|code| index.get(code).copied());
            if let (None, Some(code)) = (parent, &unit.parent) {
                faults.push(TreeFault::UnknownParent { row, parent: code.clone() });
            }
            parents.push(parent);
        }
        faults
            .extend((0..units.len()).filter(|&row| is_own_ancestor(row, &parents)).map(|row| TreeFault::Cycle { row }));
        if faults.is_empty() { Ok(Self { units, index, parents }) } else { Err(faults) }
    }

    /// Every unit, in the order uploaded.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The place of a code in [`Self::units`].
    pub fn find(&self, code: &UnitCode) -> Option<usize> {
        self.index.get(code).copied()
    }

    /// The unit at this place and those above it, nearest first.
    pub fn self_and_ancestors(&self, place: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(place), |&at| self.parents[at])
    }

    /// The unit for which a contestant of the unit at `place` counts at `level`: the nearest
    /// ancestor-or-self of that level.
    pub fn at_level(&self, place: usize, level: &str) -> Option<usize> {
        self.self_and_ancestors(place).find(|&at| self.units[at].level.as_deref() == Some(level))
    }

    /// The unit's own figure, or the sum of its children's where it has none; `None` where neither
    /// is known.
    pub fn members(&self) -> Vec<Option<u64>> {
        let mut sums: Vec<Option<u64>> = vec![None; self.units.len()];
        for place in self.bottom_up() {
            let own = self.units[place].members.or(sums[place]);
            sums[place] = own;
            if let (Some(parent), Some(own)) = (self.parents[place], own) {
                sums[parent] = Some(sums[parent].unwrap_or(0) + own);
            }
        }
        sums
    }

    /// Places ordered so that every unit comes before its parent.
    fn bottom_up(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.units.len()).collect();
        places.sort_by_key(|&place| std::cmp::Reverse(self.self_and_ancestors(place).count()));
        places
    }
}

fn is_own_ancestor(row: usize, parents: &[Option<usize>]) -> bool {
    // A chain longer than the list has visited some unit twice; `row` is on that cycle only if it
    // comes back to itself.
    std::iter::successors(parents[row], |&at| parents[at]).take(parents.len()).any(|at| at == row)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Units as (code, parent, members), all of one level.
    fn tree(units: &[(&str, Option<&str>, Option<u64>)]) -> Result<UnitTree, Vec<TreeFault>> {
        let code = |text: &str| UnitCode::parse(text).unwrap();
        let unit = |&(own, parent, members): &(&str, Option<&str>, Option<u64>)| Unit {
            code: code(own),
            name: own.to_owned(),
            parent: parent.map(code),
            level: Some("ward".to_owned()),
            members,
        };
        UnitTree::new(units.iter().map(unit).collect())
    }

    #[test]
    fn circles_doubles_and_orphans_are_named_by_their_row() {
        let circle = tree(&[("a", Some("b"), None), ("b", Some("a"), None), ("c", Some("a"), None)]);
        assert_eq!(circle, Err(vec![TreeFault::Cycle { row: 0 }, TreeFault::Cycle { row: 1 }]), "c only leads there");
        assert_eq!(tree(&[("a", Some("a"), None)]), Err(vec![TreeFault::Cycle { row: 0 }]));
        let code = UnitCode::parse("a").unwrap();
        let twice = tree(&[("a", None, None), ("a", None, None)]);
        assert_eq!(twice, Err(vec![TreeFault::DuplicateCode { row: 1, code: code.clone() }]));
        assert_eq!(tree(&[("b", Some("a"), None)]), Err(vec![TreeFault::UnknownParent { row: 0, parent: code }]));
    }

    #[test]
    fn members_are_the_own_figure_or_the_sum_below() {
        let units =
            [("top", None, None), ("a", Some("top"), Some(3)), ("b", Some("top"), None), ("c", Some("b"), Some(4))];
        let tree = tree(&units).unwrap();
        assert_eq!(tree.members(), [Some(7), Some(3), Some(4), Some(4)]);
        assert_eq!(tree.self_and_ancestors(3).collect::<Vec<_>>(), [3, 2, 0]);
        assert_eq!(tree.at_level(3, "ward"), Some(3), "the nearest, itself first");
        assert_eq!(tree.at_level(3, "city"), None);
    }
}

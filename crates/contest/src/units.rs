//! The tree of units that contestants belong to (`DOMAIN.md` U1-U3, 4.10): any depth, any levels.

use crate::ids::UnitCode;
use crate::time::Timestamp;
use sha2::{Digest, Sha256};
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
    /// When it was added, if that was after the first round had opened.
    pub added_at: Option<Timestamp>,
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

/// What may not be done to a unit once the first round has opened: somebody's headcount would change, or
/// somebody's people would count elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum UnitChange {
    /// It is left out, and its people count nowhere.
    LeftOut,
    /// It stands below another unit.
    Moved,
    /// It has another level, and competes with others or with nobody.
    OtherLevel,
    /// It has another figure, its own or the sum of those below it.
    OtherMembers,
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

    /// The unit for which a contestant of the unit at `place` counts among units of `levels`: the nearest
    /// ancestor-or-self of one of them.
    pub fn at_level(&self, place: usize, levels: &[String]) -> Option<usize> {
        self.self_and_ancestors(place).find(|&at| self.is_at_level(at, levels))
    }

    /// Whether a unit stands at one of `levels`.
    pub fn is_at_level(&self, place: usize, levels: &[String]) -> bool {
        self.units[place].level.as_ref().is_some_and(|level| levels.contains(level))
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

    /// What `self` changes of the tree that was `opened` with, by the unit's place there. Names may be
    /// mended and units be added, as long as no headcount changes by it.
    pub fn changes_of(&self, opened: &Self) -> Vec<(usize, UnitChange)> {
        let (before, after) = (opened.members(), self.members());
        let mut changes = Vec::new();
        for (place, unit) in opened.units.iter().enumerate() {
            let Some(now_at) = self.find(&unit.code) else {
                changes.push((place, UnitChange::LeftOut));
                continue;
            };
            let now = &self.units[now_at];
            let differs = [
                (now.parent != unit.parent, UnitChange::Moved),
                (now.level != unit.level, UnitChange::OtherLevel),
                (now.members != unit.members || after[now_at] != before[place], UnitChange::OtherMembers),
            ];
            changes.extend(differs.into_iter().filter(|(differs, _)| *differs).map(|(_, change)| (place, change)));
        }
        changes
    }

    /// This tree where `opened` is in force and the first round is open: units that are new in it were
    /// added at `now`, the others when they were.
    pub fn added_to(mut self, opened: &Self, now: Timestamp) -> Self {
        for unit in &mut self.units {
            unit.added_at = match opened.find(&unit.code) {
                Some(place) => opened.units[place].added_at,
                None => Some(now),
            };
        }
        self
    }

    /// SHA-256 of what the first round opens with: a line for each unit that was not added later, in the
    /// order of codes, of code, parent, level and members with tabs between them and nothing for what is
    /// missing. Names are left out, since they may be mended (`docs/TRUST.md`).
    pub fn opened_sha256(&self) -> [u8; 32] {
        let mut lines: Vec<String> = self.units.iter().filter(|unit| unit.added_at.is_none()).map(line).collect();
        lines.sort_unstable();
        let mut hash = Sha256::new_with_prefix("hoithi/units/1\n");
        lines.iter().for_each(|line| hash.update(line));
        hash.finalize().into()
    }

    /// Places ordered so that every unit comes before its parent.
    fn bottom_up(&self) -> Vec<usize> {
        let mut places: Vec<usize> = (0..self.units.len()).collect();
        places.sort_by_key(|&place| std::cmp::Reverse(self.self_and_ancestors(place).count()));
        places
    }
}

fn line(unit: &Unit) -> String {
    let parent = unit.parent.as_ref().map_or("", UnitCode::as_str);
    let level = unit.level.as_deref().unwrap_or_default();
    let members = unit.members.map(|members| members.to_string()).unwrap_or_default();
    format!("{}\t{parent}\t{level}\t{members}\n", unit.code)
}

fn is_own_ancestor(row: usize, parents: &[Option<usize>]) -> bool {
    // A chain longer than the list has visited some unit twice; `row` is on that cycle only if it
    // comes back to itself.
    std::iter::successors(parents[row], |&at| parents[at]).take(parents.len()).any(|at| at == row)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A unit as code, parent and members.
    type Line = (&'static str, Option<&'static str>, Option<u64>);

    /// Units that are all of one level.
    fn tree(units: &[Line]) -> Result<UnitTree, Vec<TreeFault>> {
        let code = |text: &str| UnitCode::parse(text).unwrap();
        let unit = |&(own, parent, members): &Line| Unit {
            code: code(own),
            name: own.to_owned(),
            parent: parent.map(code),
            level: Some("ward".to_owned()),
            members,
            added_at: None,
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
        assert_eq!(tree.at_level(3, &["ward".to_owned()]), Some(3), "the nearest, itself first");
        assert_eq!(tree.at_level(3, &["city".to_owned()]), None);
    }

    const CITY: [Line; 4] =
        [("top", None, None), ("a", Some("top"), Some(3)), ("b", Some("top"), None), ("c", Some("b"), Some(4))];

    #[test]
    fn after_the_opening_names_may_change_and_units_be_added_without_a_headcount() {
        let opened = tree(&CITY).unwrap();
        let changes = |change: fn(&mut Vec<Line>)| {
            let mut units = CITY.to_vec();
            change(&mut units);
            tree(&units).unwrap().changes_of(&opened)
        };
        assert_eq!(changes(|_| ()), []);
        assert_eq!(changes(|units| units.push(("d", Some("a"), Some(9)))), [], "a has a figure of its own");
        assert_eq!(changes(|units| units.push(("d", Some("b"), None))), []);
        assert_eq!(changes(|units| units.reverse()), [], "the order of rows says nothing");
        let sums = [(0, UnitChange::OtherMembers), (2, UnitChange::OtherMembers)];
        assert_eq!(changes(|units| units.push(("d", Some("b"), Some(1)))), sums, "b is the sum of those below it");
        let figures = [(0, UnitChange::OtherMembers), (1, UnitChange::OtherMembers)];
        assert_eq!(changes(|units| units[1].2 = Some(2)), figures);
        let moved = [(0, UnitChange::OtherMembers), (2, UnitChange::OtherMembers), (3, UnitChange::Moved)];
        assert_eq!(changes(|units| units[3].1 = Some("a")), moved);
        let left_out = [(0, UnitChange::OtherMembers), (1, UnitChange::LeftOut), (2, UnitChange::LeftOut)];
        assert_eq!(changes(|units| units.truncate(1))[..3], left_out);
    }

    #[test]
    fn what_the_first_round_opened_with_keeps_its_hash_and_nothing_else_has_it() {
        let opened = tree(&CITY).unwrap();
        let hash = opened.opened_sha256();
        let now = Timestamp::from_millis(5);
        let more: Vec<_> = CITY.into_iter().chain([("d", Some("a"), Some(9))]).rev().collect();
        let added = tree(&more).unwrap().added_to(&opened, now);
        assert_eq!(added.units().iter().filter_map(|unit| unit.added_at).collect::<Vec<_>>(), [now]);
        assert_eq!(added.opened_sha256(), hash, "neither rows in another order nor units added since");
        assert_eq!(added.clone().added_to(&added, Timestamp::from_millis(9)), added, "the first time stays");
        let mut other = opened.clone();
        other.units[1].name = "Another name".to_owned();
        assert_eq!(other.opened_sha256(), hash);
        for change in [
            |unit: &mut Unit| unit.members = None,
            |unit: &mut Unit| unit.level = None,
            |unit: &mut Unit| unit.parent = None,
            |unit: &mut Unit| unit.added_at = Some(Timestamp::from_millis(5)),
        ] {
            let mut other = opened.clone();
            change(&mut other.units[1]);
            assert_ne!(other.opened_sha256(), hash);
        }
    }
}

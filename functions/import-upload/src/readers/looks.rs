//! What a sheet of a workbook shows besides the text of its cells.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

/// How a sheet looks, as far as that can say something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Looks {
    /// Rows that are hidden or filtered out, counted from 1.
    pub hidden_rows: BTreeSet<u32>,
    /// Cells with a look of their own, by row counted from 1 and column counted from 0.
    pub marks: BTreeMap<(u32, u32), Marks>,
    /// Cells joined over several rows.
    pub merged: Vec<Merged>,
    /// Rows over which a picture or a drawing lies.
    pub pictures: Vec<RangeInclusive<u32>>,
}

/// Cells that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Merged {
    /// Rows counted from 1.
    pub rows: RangeInclusive<u32>,
    /// Columns counted from 0.
    pub columns: RangeInclusive<u32>,
}

/// What marks a cell among others: a set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks(u8);

impl Marks {
    /// Underlined letters.
    pub const UNDERLINE: Self = Self(1);
    /// Letters in another colour than those of the workbook.
    pub const COLOUR: Self = Self(2);
    /// A coloured cell.
    pub const FILL: Self = Self(4);
    /// Bold letters.
    pub const BOLD: Self = Self(8);
    /// Each of them.
    pub const EACH: [Self; 4] = [Self::UNDERLINE, Self::COLOUR, Self::FILL, Self::BOLD];

    /// Whether all of these are there.
    pub const fn has(self, others: Self) -> bool {
        self.0 & others.0 == others.0
    }

    /// What is in both.
    pub const fn and(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// What is in one of them.
    pub const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// These where a condition holds, else none.
    pub const fn only_if(self, holds: bool) -> Self {
        if holds { self } else { Self(0) }
    }
}

//! Figures of a round under way, for those who urge people to take part: who has registered, who has taken part, from
//! which units and at which hours. No result depends on them.
//!
//! They are counted from rows that are read page by page, seldom, slowly and never at the peaks, since a figure that slows
//! submissions down costs more than it tells (`DOMAIN.md` N19): [`due`] says when, [`pace`] how fast, [`Count`] what.

mod count;
pub mod due;
pub mod pace;

#[cfg(test)]
mod tests;

pub use count::{Account, AttemptRow, Count, Figures, HourFigures, UnitFigures, UnitSum, WatchedRound};

use crate::fraction::Fraction;
use crate::words::worded;

worded! {
    /// How far a unit has come: the bands in which Huế reported its agencies each week in 2025 (`DOMAIN.md` 2.6).
    pub enum Band {
        /// 100 % of the members or more.
        All = "all",
        /// 75 % or more.
        Most = "most",
        /// 25 % or more.
        Part = "part",
        /// Somebody, and under 25 %.
        Few = "few",
        /// Nobody, whether the members are known or not.
        Nobody = "nobody",
    }
}

impl Band {
    /// The least rate in percent of each band that has one, the highest first.
    const LEAST_PERCENT: [(Self, u64); 3] = [(Self::All, 100), (Self::Most, 75), (Self::Part, 25)];

    /// The band of a unit with so many contestants and this rate in percent; none where there are some and the members are
    /// not known.
    pub fn of(contestants: u64, rate_percent: Option<Fraction>) -> Option<Self> {
        if contestants == 0 {
            return Some(Self::Nobody);
        }
        let rate = rate_percent?;
        let reached = Self::LEAST_PERCENT.into_iter().find(|(_, least)| rate >= Fraction::whole(*least));
        Some(reached.map_or(Self::Few, |(band, _)| band))
    }
}

//! Exact ratios: scores, means, rates and percentages are compared as fractions and rounded only
//! when they are printed, since rounding before comparing makes false ties (`DOMAIN.md` 2.6).

use crate::words::worded;
use std::cmp::Ordering;

worded! {
    /// How a ratio is cut to two decimals when it is printed.
    pub enum RoundingMode {
        /// Digits after the second decimal are dropped: 42.198… is printed 42.19.
        Truncate = "truncate",
        /// Half up: 42.198… is printed 42.20.
        HalfUp = "half_up",
    }
}

/// A ratio of two whole numbers, compared exactly. Not reduced: 1/2 equals 2/4.
#[derive(Clone, Copy, Debug)]
pub struct Fraction {
    numerator: u64,
    denominator: u64,
}

impl Fraction {
    /// `numerator / denominator`, or `None` where the denominator is zero.
    pub const fn new(numerator: u64, denominator: u64) -> Option<Self> {
        if denominator == 0 { None } else { Some(Self { numerator, denominator }) }
    }

    /// A whole number.
    pub const fn whole(number: u64) -> Self {
        Self { numerator: number, denominator: 1 }
    }

    /// The number above the line.
    pub const fn numerator(self) -> u64 {
        self.numerator
    }

    /// The number below the line, never zero.
    pub const fn denominator(self) -> u64 {
        self.denominator
    }

    /// The whole number that this ratio equals, if it equals one.
    pub const fn as_whole(self) -> Option<u64> {
        if self.numerator.is_multiple_of(self.denominator) { Some(self.numerator / self.denominator) } else { None }
    }

    /// The ratio in hundredths, rounded as asked: 11 429 × 100 / 27 084 gives 4219 or 4220.
    pub const fn hundredths(self, mode: RoundingMode) -> u128 {
        let scaled = self.numerator as u128 * 100;
        let denominator = self.denominator as u128;
        match mode {
            RoundingMode::Truncate => scaled / denominator,
            RoundingMode::HalfUp => (scaled * 2 + denominator) / (denominator * 2),
        }
    }

    /// Text with a point and exactly two decimals, as machine files hold it: `42.19`.
    pub fn two_decimals(self, mode: RoundingMode) -> String {
        let hundredths = self.hundredths(mode);
        format!("{}.{:02}", hundredths / 100, hundredths % 100)
    }
}

impl PartialEq for Fraction {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Fraction {}

impl PartialOrd for Fraction {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Fraction {
    fn cmp(&self, other: &Self) -> Ordering {
        let left = u128::from(self.numerator) * u128::from(other.denominator);
        let right = u128::from(other.numerator) * u128::from(self.denominator);
        left.cmp(&right)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn percent(part: u64, whole: u64, mode: RoundingMode) -> String {
        Fraction::new(part * 100, whole).expect("a test names no zero denominator").two_decimals(mode)
    }

    #[test]
    fn percentages_of_vector_x1_are_cut_or_rounded() {
        assert_eq!(percent(11_429, 27_084, RoundingMode::Truncate), "42.19");
        assert_eq!(percent(11_429, 27_084, RoundingMode::HalfUp), "42.20");
        assert_eq!(percent(5_945, 25_980, RoundingMode::Truncate), "22.88");
    }

    #[test]
    fn comparison_is_exact_where_floating_point_is_not() {
        let a = Fraction::new(u64::MAX, u64::MAX - 1);
        let b = Fraction::new(u64::MAX - 1, u64::MAX - 2);
        assert!(a < b);
        assert_eq!(Fraction::new(1, 2), Fraction::new(2, 4));
    }

    #[test]
    fn equal_means_equal() {
        assert_eq!(Fraction::new(2, 3), Fraction::new(4, 6));
        assert_ne!(Fraction::new(2, 3), Fraction::new(3, 4));
        assert_eq!([Fraction::whole(3).as_whole(), Fraction::new(1, 2).and_then(Fraction::as_whole)], [Some(3), None]);
    }
}

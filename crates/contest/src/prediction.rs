//! A predicted number: how it is read, how it is written, and how large it may be (`DOMAIN.md` 2.3).

use crate::plan::PredictionTarget;

/// Digits after the point that a percentage may have.
const PERCENT_DIGITS: usize = 5;

/// A predicted number as a count of parts: whole people or attempts for the counting targets, hundred-thousandths of a
/// percent for [`PredictionTarget::PerfectPercent`], so that "87,65432" is 8 765 432.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Prediction(u64);

/// Why a text is no prediction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PredictionFault {
    /// Not a number of the target's kind: a counted target takes whole numbers, a percentage five decimals.
    #[error("the prediction is not a number")]
    NotANumber,
    /// More than [`Prediction::most`].
    #[error("the prediction is too large")]
    TooLarge,
}

impl Prediction {
    /// So many parts, as they are stored.
    pub const fn from_parts(parts: u64) -> Self {
        Self(parts)
    }

    /// The number of parts.
    pub const fn parts(self) -> u64 {
        self.0
    }

    /// Parts in one unit of the target.
    pub const fn parts_of_one(target: PredictionTarget) -> u64 {
        match target {
            PredictionTarget::PerfectPercent => 100_000,
            PredictionTarget::PerfectContestants
            | PredictionTarget::Contestants
            | PredictionTarget::Attempts
            | PredictionTarget::PerfectAttempts => 1,
        }
    }

    /// The largest prediction: the whole of a percentage; of a count ten digits, a hundred times the population of
    /// Vietnam.
    pub const fn most(target: PredictionTarget) -> Self {
        match target {
            PredictionTarget::PerfectPercent => Self(100 * Self::parts_of_one(target)),
            PredictionTarget::PerfectContestants
            | PredictionTarget::Contestants
            | PredictionTarget::Attempts
            | PredictionTarget::PerfectAttempts => Self(9_999_999_999),
        }
    }

    /// Reads a number with a point, as JSON writes it, so that no digit passes through floating point. Zeros behind
    /// the last decimal do not count.
    ///
    /// # Errors
    /// [`PredictionFault`]
    pub fn parse(text: &str, target: PredictionTarget) -> Result<Self, PredictionFault> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let significant = decimals.trim_end_matches('0');
        let most_digits = if target == PredictionTarget::PerfectPercent { PERCENT_DIGITS } else { 0 };
        if !digits(whole) || !digits(decimals) || significant.len() > most_digits {
            return Err(PredictionFault::NotANumber);
        }
        // Nothing but digits: what does not fit is too large.
        let parts = format!("{whole}{significant:0<most_digits$}").parse().map_err(|_| PredictionFault::TooLarge)?;
        if Self(parts) <= Self::most(target) { Ok(Self(parts)) } else { Err(PredictionFault::TooLarge) }
    }

    /// As it was made: a whole number, or a percentage with a point and no zeros at its end, so that 8 765 432 is
    /// `87.65432`.
    pub fn text(self, target: PredictionTarget) -> String {
        let one = Self::parts_of_one(target);
        let (whole, parts) = (self.0 / one, self.0 % one);
        match parts {
            0 => whole.to_string(),
            _ => format!("{whole}.{}", format!("{parts:0PERCENT_DIGITS$}").trim_end_matches('0')),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::PredictionFault::{NotANumber, TooLarge};
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, target: PredictionTarget, expected: Result<u64, PredictionFault>) {
        assert_eq!(Prediction::parse(text, target).map(Prediction::parts), expected, "{text}");
    }

    #[test]
    fn counts_are_whole_and_bounded() {
        let target = PredictionTarget::Attempts;
        for (text, expected) in [
            ("3200", Ok(3_200)),
            ("0", Ok(0)),
            ("3200.0", Ok(3_200)),
            ("9999999999", Ok(9_999_999_999)),
            ("10000000000", Err(TooLarge)),
            ("99999999999999999999999999", Err(TooLarge)),
        ] {
            check(text, target, expected);
        }
        for bad in ["", "null", "-1", "+1", "3.2", "1e3", "\"3200\"", "true", "[]", "3.", ".0", "3,2", "٣"] {
            check(bad, target, Err(NotANumber));
        }
    }

    #[test]
    fn percentages_keep_five_decimals_exactly() {
        let target = PredictionTarget::PerfectPercent;
        for (text, expected) in [
            ("87.65432", Ok(8_765_432)),
            ("42.19", Ok(4_219_000)),
            ("42.1900000", Ok(4_219_000)),
            ("0.00001", Ok(1)),
            ("100", Ok(10_000_000)),
            ("100.00001", Err(TooLarge)),
            ("1000000000000000000000", Err(TooLarge)),
            ("42.123456", Err(NotANumber)),
            ("-0.1", Err(NotANumber)),
            ("42.", Err(NotANumber)),
            (".5", Err(NotANumber)),
            ("42.+1", Err(NotANumber)),
        ] {
            check(text, target, expected);
        }
    }

    #[test]
    fn predictions_are_written_as_they_were_made() {
        let percent = |parts| Prediction(parts).text(PredictionTarget::PerfectPercent);
        assert_eq!([8_765_432, 8_700_000, 50_000, 1, 0].map(percent), ["87.65432", "87", "0.5", "0.00001", "0"]);
        assert_eq!(Prediction(8_700_000).text(PredictionTarget::Attempts), "8700000");
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(parts in 0..=9_999_999_999u64) {
            for target in PredictionTarget::ALL {
                let prediction = Prediction(parts % (Prediction::most(*target).parts() + 1));
                prop_assert_eq!(Prediction::parse(&prediction.text(*target), *target), Ok(prediction));
            }
        }
    }
}

//! How numbers are written in machine files: whole ones as JSON integers, all others as text with a
//! point, so that no reader passes them through binary floating point.

use contest::fraction::{Fraction, RoundingMode};
use contest::plan::PredictionTarget;
use contest::prediction::Prediction;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A number on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum WireNumber {
    /// An integer.
    Whole(u64),
    /// Text with a point.
    Decimal(String),
}

impl WireNumber {
    /// An integer where the ratio is whole, else two decimals, cut: nobody is shown more points, or
    /// a smaller distance, than there are.
    pub fn of(ratio: Fraction) -> Self {
        match ratio.as_whole() {
            Some(whole) => Self::Whole(whole),
            None => Self::Decimal(ratio.two_decimals(RoundingMode::Truncate)),
        }
    }

    /// A prediction: an integer for counted targets; for a percentage, text with up to five
    /// decimals, exactly as predicted.
    pub fn of_prediction(prediction: Prediction, target: PredictionTarget) -> Self {
        match target {
            PredictionTarget::PerfectPercent => Self::Decimal(prediction.text(target)),
            _ => Self::Whole(prediction.parts()),
        }
    }
}

impl fmt::Display for WireNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Whole(number) => write!(f, "{number}"),
            Self::Decimal(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_ratios_are_integers_and_others_are_cut_to_two_decimals() {
        let of = |a, b| WireNumber::of(Fraction::new(a, b).expect("no zero below the line")).to_string();
        assert_eq!(of(900, 9), "100");
        assert_eq!(of(100, 3), "33.33");
        assert_eq!(of(200, 3), "66.66");
        assert_eq!(of(1, 200), "0.00");
    }

    #[test]
    fn predicted_percentages_keep_every_digit() {
        let of = |p| WireNumber::of_prediction(Prediction::from_parts(p), PredictionTarget::PerfectPercent).to_string();
        assert_eq!(of(8_765_432), "87.65432");
        assert_eq!(of(8_700_000), "87");
        assert_eq!(of(50_000), "0.5");
        assert_eq!(of(1), "0.00001");
        assert_eq!(
            WireNumber::of_prediction(Prediction::from_parts(3_200), PredictionTarget::Attempts),
            WireNumber::Whole(3_200)
        );
    }
}

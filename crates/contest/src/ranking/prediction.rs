//! The predicted number, and how far predictions are from it (`DOMAIN.md` 2.3).

use crate::contestant::Contestant;
use crate::fraction::Fraction;
use crate::plan::{ActualAt, Equidistant, PredictionCounted, PredictionRules, PredictionTarget};
use crate::prediction::Prediction;
use crate::result::Totals;

/// What predictions of one round are measured against.
pub(super) struct Yardstick {
    pub(super) rules: PredictionRules,
    /// In the target's own unit: people, attempts or percent.
    pub(super) actual: Fraction,
}

impl Yardstick {
    pub(super) fn new(rules: &PredictionRules, totals: &Totals, at_closing: Option<&Totals>) -> Self {
        let closing = at_closing.filter(|_| rules.actual == ActualAt::Closing);
        Self { rules: *rules, actual: actual(rules.target, closing.unwrap_or(totals)) }
    }

    /// The one prediction of a contestant that counts.
    pub(super) fn prediction(&self, contestant: &Contestant) -> Option<Prediction> {
        match self.rules.counted {
            PredictionCounted::First => contestant.first_prediction(),
            PredictionCounted::Counted => contestant.counted.prediction,
        }
    }

    /// |prediction − actual| in the target's own unit.
    pub(super) fn distance(&self, prediction: Prediction) -> Fraction {
        Fraction::new(self.distance_parts(prediction), self.parts()).expect("no factor of the parts is zero")
    }

    /// A whole number that orders contestants: the closer prediction is less, none is the most, and
    /// at the same distance the declared side is less.
    pub(super) fn weight(&self, contestant: &Contestant) -> u128 {
        let Some(prediction) = self.prediction(contestant) else { return u128::MAX };
        let side = match self.rules.equidistant {
            Equidistant::Tie => 0,
            Equidistant::Lower => prediction.parts(),
            Equidistant::Higher => u64::MAX - prediction.parts(),
        };
        u128::from(self.distance_parts(prediction)) << 64 | u128::from(side)
    }

    /// The distance counted in parts, the same for everybody: a whole number that compares exactly.
    fn distance_parts(&self, prediction: Prediction) -> u64 {
        let predicted = u128::from(prediction.parts()) * u128::from(self.actual.denominator());
        let actual = u128::from(self.actual.numerator()) * u128::from(Prediction::parts_of_one(self.rules.target));
        // The largest prediction (10^10) of a percentage among 10^8 people stays below 2^63.
        u64::try_from(predicted.abs_diff(actual)).unwrap_or(u64::MAX)
    }

    /// Parts in one unit of the target.
    fn parts(&self) -> u64 {
        self.actual.denominator() * Prediction::parts_of_one(self.rules.target)
    }
}

/// What a target came to. A percentage of nobody is 0.
fn actual(target: PredictionTarget, totals: &Totals) -> Fraction {
    match target {
        PredictionTarget::PerfectContestants => Fraction::whole(totals.perfect_contestants),
        PredictionTarget::Contestants => Fraction::whole(totals.contestants),
        PredictionTarget::Attempts => Fraction::whole(totals.attempts),
        PredictionTarget::PerfectAttempts => Fraction::whole(totals.perfect_attempts),
        PredictionTarget::PerfectPercent => {
            Fraction::new(100 * totals.perfect_contestants, totals.contestants).unwrap_or(Fraction::whole(0))
        }
    }
}

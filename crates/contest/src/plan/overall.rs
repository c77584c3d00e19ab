//! `[overall]`: the ranking of people over the whole contest (`CONTRACT.md` 3.2, Overall).

use crate::ids::RoundId;
use crate::words::worded;

/// How people are ranked over the contest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverallRules {
    /// Which rounds of a person are summed.
    pub score: OverallScore,
    /// With [`OverallScore::Best`]: how many rounds, at least 1; else 0.
    pub best: u32,
    /// The rounds that count; empty for all of them.
    pub rounds: Vec<RoundId>,
    /// Keys in the order of their weight; at least one.
    pub order: Vec<OverallKey>,
}

impl OverallRules {
    /// Whether a round counts.
    pub fn counts(&self, round: &RoundId) -> bool {
        self.rounds.is_empty() || self.rounds.contains(round)
    }
}

worded! {
    /// Which rounds of a person are summed.
    pub enum OverallScore {
        /// All that count.
        Sum = "sum",
        /// The best [`OverallRules::best`] of them.
        Best = "best",
    }
}

worded! {
    /// One key of `overall.order`, with its direction.
    pub enum OverallKey {
        /// Higher sum of scores first, each as a share of its round's points.
        Score = "score desc",
        /// More perfect counted attempts first.
        PerfectAttempts = "perfect_attempts desc",
        /// Shorter sum of durations first.
        Duration = "duration asc",
    }
}

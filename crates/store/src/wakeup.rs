//! What a schedule tells the function that it wakes. Nothing in it is trusted: the table says what
//! is to be done.

use serde::{Deserialize, Serialize};

/// The input of a schedule.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wakeup {
    /// The contest, where the wake-up is about one round.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contest: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub round: Option<String>,
    /// For which point of the round it was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<WakeupStep>,
    /// Look at every round of every contest.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub sweep: bool,
}

/// The points of a round or of a contest that have a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WakeupStep {
    /// The moment from which a contest may be public.
    Announce,
    /// Opening: is everything there that contestants need?
    Open,
    Close,
    Publish,
    /// Somebody asks what a proposal would change.
    Preview,
    /// Somebody asks for figures while the round is open.
    Watch,
}

impl Wakeup {
    /// The wake-up for a point of a round.
    pub fn of_round(contest: &str, round: &str, step: WakeupStep) -> Self {
        Self { contest: Some(contest.to_owned()), round: Some(round.to_owned()), step: Some(step), sweep: false }
    }

    /// The wake-up for whatever is asked of a contest as a whole.
    pub fn of_contest(contest: &str, step: WakeupStep) -> Self {
        Self { contest: Some(contest.to_owned()), round: None, step: Some(step), sweep: false }
    }

    /// The wake-up that repairs what a lost one left.
    pub fn for_sweep() -> Self {
        Self { contest: None, round: None, step: None, sweep: true }
    }
}

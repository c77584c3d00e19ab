//! `[attempt]`: the paper, and what becomes of an attempt.

use super::Round;
use crate::words::worded;

/// What an attempt of a round is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundAttempt {
    /// How its paper is made from the bank.
    pub paper: PaperRules,
    /// When its submission is accepted, and what that is worth.
    pub rules: AttemptRules,
}

/// `[attempt]`: what an attempt is in every round that says nothing of its own ([`Round::attempt`]). What it says holds of
/// no round before that round was asked, so that nobody forgets to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsualAttempt(RoundAttempt);

impl UsualAttempt {
    /// What the plan says for all rounds.
    pub const fn new(usual: RoundAttempt) -> Self {
        Self(usual)
    }

    /// What an attempt is in this round.
    pub fn of<'a>(&'a self, round: &'a Round) -> &'a RoundAttempt {
        round.attempt.as_ref().unwrap_or(&self.0)
    }

    /// What the plan says for all rounds, for whoever tells that and the exceptions beside it.
    pub const fn usual(&self) -> &RoundAttempt {
        &self.0
    }

    /// The same, to be changed.
    pub const fn usual_mut(&mut self) -> &mut RoundAttempt {
        &mut self.0
    }
}

/// `[attempt]`: the paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaperRules {
    /// Questions on a paper, 1 to [`crate::limits::MAX_QUESTIONS`]. With [`Draw::All`] the bank decides.
    pub questions: u32,
    /// Each contestant sees the questions in another order.
    pub shuffle_questions: bool,
    /// Each contestant sees the options in another order.
    pub shuffle_options: bool,
    /// How a paper is drawn from the bank.
    pub draw: Draw,
    /// Questions per topic; empty for a draw over the whole bank. Sums to `questions`.
    pub quota: Vec<Quota>,
}

/// `[attempt]`: when a submission is accepted, and what it is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttemptRules {
    /// Points of a submission with every question right.
    pub points: u32,
    /// Minutes for one attempt; 0 means until the round closes.
    pub minutes: u32,
    /// Seconds after the minutes in which a submission in flight is still accepted, never past the
    /// round's end.
    pub grace_seconds: u32,
    /// Attempts per person and round; 0 means no limit.
    pub per_round: u32,
    /// Attempts per person that may be started on one local day of a round; 0 means no limit.
    pub per_day: u32,
    /// Whether a submission that leaves a question open counts.
    pub complete: Complete,
    /// Which attempt of a round is ranked.
    pub counted: Counted,
    /// When contestants learn their score.
    pub reveal_score: RevealScore,
    /// When the answer key is published.
    pub reveal_key: RevealKey,
    /// Faster submissions are listed for review, never dropped (`DOMAIN.md` N22).
    pub min_seconds: u32,
}

worded! {
    /// What a submission that leaves a question open is worth.
    pub enum Complete {
        /// It counts; the question is wrong.
        Free = "free",
        /// It is accepted and counts in no figure.
        Required = "required",
    }
}

worded! {
    /// Which of a contestant's attempts of a round is ranked.
    pub enum Counted {
        /// The best one.
        Best = "best",
        /// The first accepted one.
        First = "first",
        /// The last accepted one.
        Last = "last",
    }
}

worded! {
    /// How a paper is drawn.
    pub enum Draw {
        /// `questions` of the bank at random, by quota of topics where there is one.
        Random = "random",
        /// The whole bank.
        All = "all",
    }
}

/// `[[attempt.quota]]`
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Topic as the bank names it; compared by [`crate::text::search_key`].
    pub topic: String,
    /// Questions of this topic on every paper.
    pub count: u32,
}

worded! {
    /// When a contestant learns the score of a submission.
    pub enum RevealScore {
        /// In the reply to the submission; needs the API to read keys.
        Submitted = "submitted",
        /// With the published results.
        Published = "published",
    }
}

worded! {
    /// When the answer key is published.
    pub enum RevealKey {
        /// With the results.
        Published = "published",
        /// Never.
        Never = "never",
    }
}

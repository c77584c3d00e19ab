//! One attempt: what is stored of it, and whether a submission is in time.
//!
//! Lateness is a pure function of stored fields, the same for the writer, the closer and every
//! verifier (`RELIABILITY.md` R3).

use crate::bank::OptionSet;
use crate::ids::ContestantId;
use crate::plan::{AttemptRules, Round};
use crate::prediction::Prediction;
use crate::time::{Timestamp, local_date, next_day};
use crate::words::worded;
use chrono_tz::Tz;

/// Number of the attempt that stands for an erased account in a round: it never began, no submission belongs to
/// it, and no start gets beyond it, whatever the plan allows.
pub const BARRED: u16 = u16::MAX;

/// An attempt as stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// Whose it is.
    pub contestant: ContestantId,
    /// 1 for the first of the round.
    pub number: u16,
    /// Gateway receipt time of the start.
    pub started_at: Timestamp,
    /// A submission must be received before this instant, grace included.
    pub accepted_before: Timestamp,
    /// Least version of a session that may hand it in: that of the session which started it, or of a later one where the
    /// sessions before were ended. 0 in kept rows, which nobody hands in any more.
    pub session_version: u32,
    /// The submission, once one was accepted.
    pub submission: Option<Submission>,
}

/// What was answered in an attempt, as accepted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Gateway receipt time.
    pub received_at: Timestamp,
    /// Chosen options, one set for each question of the paper in the order of the paper.
    pub answers: Vec<OptionSet>,
    /// The prediction, where the contest asks for one and the contestant gave it.
    pub prediction: Option<Prediction>,
}

worded! {
    /// Where an attempt stands at an instant.
    pub enum AttemptState {
        /// A submission may still come.
        Open = "open",
        /// A submission was accepted.
        Submitted = "submitted",
        /// No submission was accepted, and none can come any more.
        Expired = "expired",
    }
}

impl Attempt {
    /// Where the attempt stands at `now`.
    pub fn state_at(&self, now: Timestamp) -> AttemptState {
        match &self.submission {
            Some(_) => AttemptState::Submitted,
            None if in_time(now, self.accepted_before) => AttemptState::Open,
            None => AttemptState::Expired,
        }
    }
}

impl Submission {
    /// Whether both hold the same answers and prediction: then the later one is a repetition.
    pub fn same_content(&self, other: &Self) -> bool {
        self.answers == other.answers && self.prediction == other.prediction
    }
}

/// The end that contestants see: min(start + minutes, closes), where `closes` is the round's.
pub fn ends_at(rules: &AttemptRules, closes: Timestamp, started_at: Timestamp) -> Timestamp {
    if rules.minutes == 0 {
        return closes;
    }
    started_at.plus_millis(i64::from(rules.minutes) * 60_000).min(closes)
}

/// The instant before which a submission must be received: min(start + minutes + grace, closes), where `closes` is the
/// round's.
pub fn accepted_before(rules: &AttemptRules, closes: Timestamp, started_at: Timestamp) -> Timestamp {
    if rules.minutes == 0 {
        return closes;
    }
    let millis = i64::from(rules.minutes) * 60_000 + i64::from(rules.grace_seconds) * 1_000;
    started_at.plus_millis(millis).min(closes)
}

/// Whether a submission received at `received_at` is in time. Half open: the last accepted instant is one
/// millisecond before `accepted_before`.
pub fn in_time(received_at: Timestamp, accepted_before: Timestamp) -> bool {
    received_at < accepted_before
}

/// Received − started, at most the minutes, so that grace never counts against a contestant.
pub fn duration_ms(rules: &AttemptRules, started_at: Timestamp, received_at: Timestamp) -> u64 {
    let elapsed = received_at.millis().saturating_sub(started_at.millis()).max(0).unsigned_abs();
    if rules.minutes == 0 { elapsed } else { elapsed.min(u64::from(rules.minutes) * 60_000) }
}

/// Where a round stands at an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RoundPhase {
    /// Before `opens`.
    Ahead,
    /// In `[opens, closes)`.
    Open,
    /// From `closes` on.
    Closed,
}

/// Where `round` stands at `now`.
pub fn phase_at(round: &Round, now: Timestamp) -> RoundPhase {
    if now < round.opens {
        RoundPhase::Ahead
    } else if now < round.closes {
        RoundPhase::Open
    } else {
        RoundPhase::Closed
    }
}

/// What a start leads to, given the contestant's stored attempts of the round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StartDecision {
    /// An attempt is still open: it is answered again.
    Resume(Attempt),
    /// A new attempt of this number may be written.
    New(u16),
    /// Every attempt of the round is used.
    UsedUp,
    /// Every attempt of the day is used; the next day begins at this instant.
    UsedUpToday(Timestamp),
}

/// Decides a start in a round that is open at `now`, where clocks are those of `zone`. `stored` holds every attempt that
/// was started, in any order.
///
/// Both limits stand in the write too, which is refused where an attempt of the decided number exists: numbers have no gaps
/// and starts never change, so that what was counted is still all there is as long as that number is free.
pub fn decide_start(rules: &AttemptRules, zone: Tz, stored: &[Attempt], now: Timestamp) -> StartDecision {
    if stored.iter().any(|attempt| attempt.number == BARRED) {
        return StartDecision::UsedUp;
    }
    let open = stored.iter().find(|attempt| attempt.state_at(now) == AttemptState::Open);
    if let Some(attempt) = open {
        return StartDecision::Resume(attempt.clone());
    }
    let used = stored.iter().map(|a| a.number).max().unwrap_or(0);
    let allowed = if rules.per_round == 0 { u32::from(BARRED - 1) } else { rules.per_round };
    match left_today(rules, zone, stored, now) {
        _ if u32::from(used) >= allowed => StartDecision::UsedUp,
        Some(0) => StartDecision::UsedUpToday(next_day(now, zone)),
        Some(_) | None => StartDecision::New(used + 1),
    }
}

/// How many attempts may still be started in the round, and of them today; `None` where the plan sets no limit.
pub fn attempts_left(rules: &AttemptRules, zone: Tz, stored: &[Attempt], now: Timestamp) -> Option<u32> {
    let used = u32::try_from(stored.len()).unwrap_or(u32::MAX);
    let of_round = (rules.per_round > 0).then(|| rules.per_round.saturating_sub(used));
    let of_today = left_today(rules, zone, stored, now);
    [of_round, of_today].into_iter().flatten().min()
}

fn left_today(rules: &AttemptRules, zone: Tz, stored: &[Attempt], now: Timestamp) -> Option<u32> {
    let today = local_date(now, zone);
    let started = stored.iter().filter(|attempt| local_date(attempt.started_at, zone) == today).count();
    let started = u32::try_from(started).unwrap_or(u32::MAX);
    (rules.per_day > 0).then(|| rules.per_day.saturating_sub(started))
}

/// What a submission leads to when its conditional write failed and `stored` is what stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SubmissionDecision {
    /// The session is one of those that were ended since the start.
    SessionEnded,
    /// The same submission was accepted before: the first receipt is given again.
    Repeated(Attempt),
    /// Another submission was accepted before.
    Conflict(Attempt),
    /// The time is over and nothing was accepted.
    Late,
}

/// Decides a submission whose write was refused. A submission that landed although its reply was lost shows
/// here as a repetition, so that "late" is never said of it. `session_version` is that of the session that sends it.
pub fn decide_refused_submission(stored: Attempt, submission: &Submission, session_version: u32) -> SubmissionDecision {
    match &stored.submission {
        _ if session_version < stored.session_version => SubmissionDecision::SessionEnded,
        Some(first) if first.same_content(submission) => SubmissionDecision::Repeated(stored),
        Some(_) => SubmissionDecision::Conflict(stored),
        None => SubmissionDecision::Late,
    }
}

#[cfg(test)]
mod tests;

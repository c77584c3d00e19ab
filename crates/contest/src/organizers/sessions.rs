//! How long an organizer's session, invitation and code last (`CONSOLE.md` 3.2 to 3.4).

use crate::time::Timestamp;

const MINUTE_MS: i64 = 60_000;
const HOUR_MS: i64 = 60 * MINUTE_MS;

/// How long an invitation waits, in milliseconds.
pub const INVITATION_MS: i64 = 72 * HOUR_MS;

/// How long somebody has between the steps of signing in or enrolling, in milliseconds.
pub const TICKET_MS: i64 = 15 * MINUTE_MS;

/// How long a browser has to answer by a passkey, in milliseconds.
pub const PASSKEY_MS: i64 = 5 * MINUTE_MS;

/// Most passkeys of an account: two computers, a phone and a spare, twice. Each is about a kilobyte in the account's item.
pub const MOST_PASSKEYS: usize = 8;

/// After how long without a request a session ends, in milliseconds.
pub const IDLE_MS: i64 = 30 * MINUTE_MS;

/// How long a session lasts at most, in milliseconds.
pub const LONGEST_MS: i64 = 12 * HOUR_MS;

/// How often a session's last request is noted, in milliseconds: not with each, which would pay a write for it.
pub const SEEN_EVERY_MS: i64 = 5 * MINUTE_MS;

/// How long a second factor counts for what asks for one anew, in milliseconds.
pub const STEP_UP_MS: i64 = 5 * MINUTE_MS;

/// The instants of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionTimes {
    /// When it was opened.
    pub opened: Timestamp,
    /// When its last request was noted.
    pub seen: Timestamp,
    /// When a second factor was last given in it.
    pub stepped_up: Timestamp,
}

impl SessionTimes {
    /// Of a session that is opened now.
    pub const fn opened_at(now: Timestamp) -> Self {
        Self { opened: now, seen: now, stepped_up: now }
    }

    /// The instant at which it ends by itself, whatever is asked in it.
    pub fn ends(&self) -> Timestamp {
        self.opened.plus_millis(LONGEST_MS)
    }

    /// Whether it still holds: never longer idle than is promised. Since not each request is noted, it may end up to
    /// [`SEEN_EVERY_MS`] earlier.
    pub fn holds(&self, now: Timestamp) -> bool {
        now < self.ends() && now < self.seen.plus_millis(IDLE_MS)
    }

    /// Whether the request of this instant has to be noted.
    pub fn is_to_be_noted(&self, now: Timestamp) -> bool {
        now >= self.seen.plus_millis(SEEN_EVERY_MS)
    }

    /// Whether a second factor was given lately enough.
    pub fn is_stepped_up(&self, now: Timestamp) -> bool {
        now < self.stepped_up.plus_millis(STEP_UP_MS)
    }
}

/// Seconds for which an authenticator app shows a code (RFC 6238).
const STEP_SECONDS: i64 = 30;

/// Seconds of a step in which the code of the step before is still taken: somebody may be typing it.
const LATE_SECONDS: i64 = 10;

/// The step in which an authenticator app is at an instant.
pub const fn code_step(now: Timestamp) -> u64 {
    now.millis().div_euclid(STEP_SECONDS * 1_000).unsigned_abs()
}

/// The step of a code that is right now, or in the first seconds of a step the one before, and later than the last one
/// that was used: a code counts once. `code_of` makes the code of a step.
pub fn step_of_code(now: Timestamp, last_used: Option<u64>, is_code_of: impl Fn(u64) -> bool) -> Option<u64> {
    let step = code_step(now);
    let is_early = now.millis().rem_euclid(STEP_SECONDS * 1_000) < LATE_SECONDS * 1_000;
    let steps = [Some(step), is_early.then(|| step.saturating_sub(1))];
    steps.into_iter().flatten().filter(|step| last_used.is_none_or(|last| *step > last)).find(|step| is_code_of(*step))
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::from_millis(1_639_000_020_000);

    #[test]
    fn a_session_ends_idle_or_after_half_a_day() {
        let times = SessionTimes::opened_at(NOW);
        assert!(times.holds(NOW.plus_millis(IDLE_MS - 1)) && !times.holds(NOW.plus_millis(IDLE_MS)));
        let busy = SessionTimes { seen: NOW.plus_millis(LONGEST_MS - 1), ..times };
        assert!(busy.holds(NOW.plus_millis(LONGEST_MS - 1)) && !busy.holds(NOW.plus_millis(LONGEST_MS)));
        assert!(!times.is_to_be_noted(NOW.plus_millis(SEEN_EVERY_MS - 1)));
        assert!(times.is_to_be_noted(NOW.plus_millis(SEEN_EVERY_MS)));
    }

    #[test]
    fn a_second_factor_counts_for_five_minutes() {
        let times = SessionTimes::opened_at(NOW);
        assert!(times.is_stepped_up(NOW.plus_millis(STEP_UP_MS - 1)));
        assert!(!times.is_stepped_up(NOW.plus_millis(STEP_UP_MS)));
    }

    #[test]
    fn a_code_counts_once_and_the_one_before_for_ten_seconds() {
        let begin = Timestamp::from_millis(1_639_000_020_000 / 30_000 * 30_000);
        let step = code_step(begin);
        let taken = |at: i64, last, code: u64| step_of_code(begin.plus_millis(at), last, |step| step == code);
        assert_eq!(taken(0, None, step), Some(step));
        assert_eq!(taken(9_999, None, step - 1), Some(step - 1));
        assert_eq!(taken(10_000, None, step - 1), None);
        assert_eq!(taken(29_999, None, step), Some(step));
        assert_eq!(taken(0, None, step + 1), None);
        assert_eq!(taken(0, Some(step), step), None);
        assert_eq!(taken(0, Some(step - 1), step - 1), None);
        assert_eq!(taken(0, Some(step - 1), step), Some(step));
    }
}

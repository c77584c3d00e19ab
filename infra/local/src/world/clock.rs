//! The one clock of the local world. It can be set forwards, never backwards: everything that has
//! been stored was stored before *now*.

use contest::time::Timestamp;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

/// A clock that ticks in real time from wherever it was set, or stands still between settings.
#[derive(Debug)]
pub struct Clock {
    reading: Mutex<Reading>,
}

#[derive(Clone, Copy, Debug)]
enum Reading {
    /// Stands still, so that a replay leaves the same instants in its files on every machine.
    Frozen(Timestamp),
    /// `from`, plus what the monotonic clock counted since.
    Ticking { from: Timestamp, since: Instant },
}

/// Somebody wanted to set the clock back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the clock never goes backwards: it is already {}", now.rfc3339())]
pub struct Backwards {
    /// What the clock says.
    pub now: Timestamp,
}

impl Clock {
    /// A clock that ticks on from an instant.
    pub fn ticking_from(from: Timestamp) -> Self {
        Self { reading: Mutex::new(Reading::Ticking { from, since: Instant::now() }) }
    }

    /// A clock that moves only when it is set.
    pub fn frozen_at(at: Timestamp) -> Self {
        Self { reading: Mutex::new(Reading::Frozen(at)) }
    }

    /// What the clock says.
    pub fn now(&self) -> Timestamp {
        self.reading().now()
    }

    /// Whether it goes on by itself.
    pub fn is_ticking(&self) -> bool {
        matches!(*self.reading(), Reading::Ticking { .. })
    }

    /// Moves the clock forwards to an instant; it goes on ticking, or standing, from there.
    ///
    /// # Errors
    /// [`Backwards`] where the clock is past `to` already.
    pub fn advance_to(&self, to: Timestamp) -> Result<(), Backwards> {
        let mut reading = self.reading();
        let now = reading.now();
        if to < now {
            return Err(Backwards { now });
        }
        *reading = match *reading {
            Reading::Frozen(_) => Reading::Frozen(to),
            Reading::Ticking { .. } => Reading::Ticking { from: to, since: Instant::now() },
        };
        Ok(())
    }

    /// Moves the clock forwards to an instant, or leaves it where it is already later.
    pub fn advance_to_at_least(&self, to: Timestamp) {
        // Being later already is what the caller asked for.
        let _later_already = self.advance_to(to);
    }

    /// Lets a frozen clock tick from where it stands.
    pub fn start_ticking(&self) {
        let mut reading = self.reading();
        *reading = Reading::Ticking { from: reading.now(), since: Instant::now() };
    }

    fn reading(&self) -> MutexGuard<'_, Reading> {
        // A reading is a plain value that is replaced whole: it is right even after a panic.
        self.reading.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Reading {
    fn now(self) -> Timestamp {
        match self {
            Self::Frozen(at) => at,
            Self::Ticking { from, since } => from.plus_millis(whole_millis(since.elapsed())),
        }
    }
}

/// The time of this machine, with which a local clock starts.
pub fn machine_time() -> Timestamp {
    // Before 1970 only on a machine whose clock was never set; then the epoch is as good.
    let since_epoch = machine_instant().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_millis(whole_millis(since_epoch))
}

/// The time of this machine as its file system writes it.
#[expect(clippy::disallowed_methods, reason = "the local world is where time comes from")]
pub(crate) fn machine_instant() -> SystemTime {
    SystemTime::now()
}

fn whole_millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_millis(1_639_371_600_000);

    #[test]
    fn the_clock_refuses_to_go_back_and_says_what_it_is() {
        let clock = Clock::frozen_at(NOON);
        assert_eq!(clock.advance_to(NOON.plus_millis(-1)), Err(Backwards { now: NOON }));
        assert_eq!(clock.now(), NOON);
        assert_eq!(clock.advance_to(NOON), Ok(()));
        assert_eq!(clock.advance_to(NOON.plus_millis(5)), Ok(()));
        assert_eq!(clock.now(), NOON.plus_millis(5));
    }

    #[test]
    fn a_ticking_clock_goes_on_from_where_it_was_set() {
        let clock = Clock::ticking_from(NOON);
        assert!(clock.now() >= NOON && clock.now() < NOON.plus_millis(60_000));
        let later = NOON.plus_millis(86_400_000);
        assert_eq!(clock.advance_to(later), Ok(()));
        assert!(clock.now() >= later && clock.now() < later.plus_millis(60_000));
    }

    #[test]
    fn at_least_never_moves_the_clock_back() {
        let clock = Clock::frozen_at(NOON);
        clock.advance_to_at_least(NOON.plus_millis(-10));
        assert_eq!(clock.now(), NOON);
        clock.advance_to_at_least(NOON.plus_millis(10));
        assert_eq!(clock.now(), NOON.plus_millis(10));
    }
}

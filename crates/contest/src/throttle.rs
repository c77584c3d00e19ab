//! How often a secret may be tried: whether one more try is allowed, given those that were counted. The
//! store keeps the counts and writes one only over the one that it was judged from.

use crate::time::Timestamp;

/// Length of a window: five tries in it bring a guesser nowhere, and anyone who mistyped waits that long at most.
const WINDOW_MS: i64 = 15 * 60 * 1_000;

/// Length of a day: from the first try on, in no zone.
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// What a try is counted under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Throttle {
    /// What was typed to name the account, known or not, shared or not.
    Identifier,
    /// The account itself, by whatever identifier. It allows more in a window than one identifier does, so
    /// that a stranger who knows one of them does not keep its owner from using another.
    Account,
    /// An account on a device that opened a session of it before: strangers do not use up these tries.
    Device,
}

impl Throttle {
    /// Most tries in a window.
    const fn per_window(self) -> u32 {
        match self {
            Self::Identifier | Self::Device => 5,
            Self::Account => 10,
        }
    }

    /// Most tries in a day: below the hundred tries in a row that NIST SP 800-63B allows, so that no week
    /// of guessing gets beyond the list of common secrets, whose members nobody can choose.
    const fn per_day(self) -> u32 {
        match self {
            Self::Identifier | Self::Account | Self::Device => 30,
        }
    }

    /// The counts with one more try, received at `now`.
    ///
    /// # Errors
    /// The instant from which a try is allowed again.
    pub fn count(self, tries: Option<Tries>, now: Timestamp) -> Result<Tries, Timestamp> {
        let day = one_more(tries.map(|tries| tries.day), DAY_MS, self.per_day(), now)?;
        let window = one_more(tries.map(|tries| tries.window), WINDOW_MS, self.per_window(), now)?;
        Ok(Tries { window, day })
    }
}

/// Tries that were counted under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tries {
    /// Those of the last window.
    pub window: Span,
    /// Those of the last day.
    pub day: Span,
}

impl Tries {
    /// The instant from which nothing of them counts any more.
    pub fn forgotten_at(&self) -> Timestamp {
        self.day.began.plus_millis(DAY_MS)
    }
}

/// Tries since an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// When the first of them came.
    pub began: Timestamp,
    /// How many came.
    pub tries: u32,
}

fn one_more(span: Option<Span>, length_ms: i64, most: u32, now: Timestamp) -> Result<Span, Timestamp> {
    match span.map(|span| (span, span.began.plus_millis(length_ms))) {
        Some((span, end)) if now < end && span.tries >= most => Err(end),
        Some((span, end)) if now < end => Ok(Span { tries: span.tries + 1, ..span }),
        _ => Ok(Span { began: now, tries: 1 }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Tries at these minutes, each with the minutes that it has to wait.
    fn waits(throttle: Throttle, minutes: impl IntoIterator<Item = i64>) -> Vec<i64> {
        let mut tries = None;
        let minute = |at: i64| Timestamp::from_millis(1_772_330_400_000 + at * 60_000);
        let mut wait = |at: i64| match throttle.count(tries, minute(at)) {
            Ok(counted) => {
                tries = Some(counted);
                0
            }
            Err(until) => (until.millis() - minute(at).millis()) / 60_000,
        };
        minutes.into_iter().map(&mut wait).collect()
    }

    #[test]
    fn a_window_takes_so_many_tries_and_begins_with_its_first() {
        assert_eq!(
            waits(Throttle::Identifier, [0, 1, 2, 3, 4, 5, 14, 15, 15, 29, 30]),
            [0, 0, 0, 0, 0, 10, 1, 0, 0, 0, 0]
        );
        assert_eq!(waits(Throttle::Device, [0, 0, 0, 0, 0, 0]), [0, 0, 0, 0, 0, 15]);
        assert_eq!(waits(Throttle::Account, [0; 11]), [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 15]);
    }

    #[test]
    fn a_day_takes_thirty_tries_however_they_are_spread() {
        for throttle in [Throttle::Identifier, Throttle::Account, Throttle::Device] {
            let spread: Vec<i64> = waits(throttle, (0..31).map(|n| n * 40));
            assert_eq!(spread[..30], [0; 30]);
            assert_eq!(spread[30], 24 * 60 - 30 * 40);
            assert_eq!(waits(throttle, (0..31).map(|n| n * 40).chain([24 * 60]))[31], 0);
        }
    }
}

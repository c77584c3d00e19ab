//! Instants in whole milliseconds, and Vietnamese ways of writing local times.

use chrono::{DateTime, TimeZone, Utc};

/// An instant in whole milliseconds since 1970-01-01T00:00:00Z: the gateway's receipt time for a
/// request, the clock for a schedule, a point of the plan. Never a contestant's own clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant of a count of milliseconds since 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by a number of milliseconds (negative: earlier).
    pub const fn plus_millis(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Reads RFC 3339 with any offset.
    pub fn parse_rfc3339(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|t| Self(t.timestamp_millis()))
    }

    /// The one form in which instants leave this program: RFC 3339 in UTC with milliseconds,
    /// `2021-12-13T01:30:00.000Z`.
    pub fn rfc3339(self) -> String {
        self.utc().format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()
    }

    /// The same instant as a calendar value in UTC. Instants outside chrono's range (about
    /// ±262 000 years) become the epoch.
    pub fn utc(self) -> DateTime<Utc> {
        Utc.timestamp_millis_opt(self.0).single().unwrap_or(DateTime::UNIX_EPOCH)
    }
}

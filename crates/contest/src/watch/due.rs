//! When the figures of a round are counted, and why the last ones are old.
//!
//! A count is never needed: where there is a reason to wait it waits, and the page says for what.

use crate::closing::Phase;
use crate::plan::Round;
use crate::time::Timestamp;
use crate::words::worded;

const MINUTE_MS: i64 = 60_000;

/// How often attempts are counted; as often the function is woken.
pub const EVERY_MS: i64 = 15 * MINUTE_MS;

/// How often where there are more than [`LARGE_ROWS`].
pub const LARGE_EVERY_MS: i64 = 60 * MINUTE_MS;

/// Rows beyond which a count is large.
pub const LARGE_ROWS: u64 = 200_000;

/// How often accounts are read: units change seldom, and a row of theirs is four of an attempt's.
pub const PEOPLE_EVERY_MS: i64 = 4 * 60 * MINUTE_MS;

/// Nothing is counted so long after a round's opening and before its end, when most requests come.
pub const BORDER_MS: i64 = 15 * MINUTE_MS;

/// After a round's end so long submissions that came in time may still be written: twice the drain of closing.
pub const SETTLED_MS: i64 = 2 * MINUTE_MS;

/// For so long after somebody looked the figures are kept new.
pub const LOOKED_MS: i64 = 24 * 60 * MINUTE_MS;

/// How much too early a wake-up may come, so that none is missed by a second.
const JITTER_MS: i64 = MINUTE_MS;

/// Somebody who has the page open says so at most so often.
pub const OPENED_EVERY_MS: i64 = 10 * MINUTE_MS;

/// Somebody may ask for a count at most so often.
pub const ASKED_EVERY_MS: i64 = MINUTE_MS;

/// What is noted of who looks at the figures of a round, and of a table that had no time for them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// When somebody last had the page open, give or take [`OPENED_EVERY_MS`].
    pub opened_at: Option<Timestamp>,
    /// When somebody last asked for a count.
    pub asked_at: Option<Timestamp>,
    /// When a table last refused a read, or did not answer.
    pub busy_at: Option<Timestamp>,
}

impl Marks {
    /// Whether somebody looked within a day.
    pub fn are_looked_at(&self, now: Timestamp) -> bool {
        self.opened_at.max(self.asked_at).is_some_and(|at| now < at.plus_millis(LOOKED_MS))
    }
}

/// The last count of a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// When it began.
    pub as_of: Timestamp,
    /// Rows that were read.
    pub rows: u64,
}

/// What decides whether a round is counted.
#[derive(Clone, Copy, Debug)]
pub struct Watch<'a> {
    /// The round as planned now.
    pub round: &'a Round,
    /// How far it has come.
    pub phase: Phase,
    /// Who looks.
    pub marks: Marks,
    /// What there is.
    pub counted: Option<Counted>,
}

worded! {
    /// Why nothing is counted now.
    pub enum Wait {
        /// The round has not begun.
        NotOpen = "not_open",
        /// The first or the last quarter of an hour of the round, and until every submission that came in time is written.
        Border = "border",
        /// A table refused a read a moment ago.
        TableBusy = "table_busy",
        /// Nobody had the page open for a day.
        NobodyLooked = "nobody_looked",
        /// There are so many rows that they are counted each hour.
        Hourly = "hourly",
        /// The last count is new enough.
        Fresh = "fresh",
        /// It was counted after the end: nothing changes any more.
        Settled = "settled",
        /// The round is ranked, and its own figures are there.
        Ranked = "ranked",
    }
}

worded! {
    /// Why figures are older than a quarter of an hour, or not there.
    pub enum WhyOld {
        /// [`Wait::NotOpen`]
        NotOpen = "not_open",
        /// [`Wait::Border`]
        Border = "border",
        /// [`Wait::TableBusy`]
        TableBusy = "table_busy",
        /// [`Wait::NobodyLooked`]
        NobodyLooked = "nobody_looked",
        /// [`Wait::Hourly`]
        Hourly = "hourly",
        /// [`Wait::Ranked`]
        Ranked = "ranked",
        /// The next wake-up counts.
        Coming = "coming",
    }
}

impl Watch<'_> {
    /// Whether the round is to be counted at `now`.
    ///
    /// # Errors
    /// Why it is not. An event is never trusted: one that comes twice, late or early finds the same answer.
    pub fn due(&self, now: Timestamp) -> Result<(), Wait> {
        let Self { round, phase, marks, counted } = self;
        let settles = round.closes.plus_millis(SETTLED_MS);
        if matches!(phase, Phase::Ranked | Phase::Published) {
            return Err(Wait::Ranked);
        }
        if now < round.opens {
            return Err(Wait::NotOpen);
        }
        if now >= settles && counted.is_some_and(|counted| counted.as_of >= settles) {
            return Err(Wait::Settled);
        }
        if now < settles && is_border(round, now) {
            return Err(Wait::Border);
        }
        if marks.busy_at.is_some_and(|at| !has_passed(at, EVERY_MS, now)) {
            return Err(Wait::TableBusy);
        }
        if !marks.are_looked_at(now) {
            return Err(Wait::NobodyLooked);
        }
        let Some(counted) = counted else { return Ok(()) };
        let (is_asked, is_last) = (marks.asked_at.is_some_and(|at| at > counted.as_of), now >= settles);
        if is_asked || is_last {
            return Ok(());
        }
        if !has_passed(counted.as_of, EVERY_MS, now) {
            return Err(Wait::Fresh);
        }
        let is_large = counted.rows > LARGE_ROWS;
        if is_large && !has_passed(counted.as_of, LARGE_EVERY_MS, now) { Err(Wait::Hourly) } else { Ok(()) }
    }

    /// What to say beside the figures at `now`; none where they are as new as they can be.
    pub fn why_old(&self, now: Timestamp) -> Option<WhyOld> {
        let is_new = self.counted.is_some_and(|counted| now < counted.as_of.plus_millis(EVERY_MS + JITTER_MS));
        let why = match self.due(now) {
            Err(Wait::Ranked) => return Some(WhyOld::Ranked),
            Err(Wait::Fresh | Wait::Settled) => return None,
            Ok(()) => WhyOld::Coming,
            Err(Wait::NotOpen) => WhyOld::NotOpen,
            Err(Wait::Border) => WhyOld::Border,
            Err(Wait::TableBusy) => WhyOld::TableBusy,
            Err(Wait::NobodyLooked) => WhyOld::NobodyLooked,
            Err(Wait::Hourly) => WhyOld::Hourly,
        };
        (!is_new).then_some(why)
    }
}

/// Whether a round is worth asking about: it is open, or was closed within a day.
pub fn may_be_counted(round: &Round, now: Timestamp) -> bool {
    now >= round.opens && now < round.closes.plus_millis(LOOKED_MS)
}

/// Whether accounts are to be read anew that were read at an instant: every four hours, and once after the round's end.
pub fn are_people_due(read_at: Option<Timestamp>, round: &Round, now: Timestamp) -> bool {
    let settles = round.closes.plus_millis(SETTLED_MS);
    read_at.is_none_or(|at| now >= at.plus_millis(PEOPLE_EVERY_MS) || (at < settles && now >= settles))
}

fn is_border(round: &Round, now: Timestamp) -> bool {
    now < round.opens.plus_millis(BORDER_MS) || now >= round.closes.plus_millis(-BORDER_MS)
}

/// Whether so much time has passed, give or take what wake-ups come too early.
fn has_passed(since: Timestamp, millis: i64, now: Timestamp) -> bool {
    now >= since.plus_millis(millis - JITTER_MS)
}

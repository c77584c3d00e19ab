//! In which order a round is closed: a state machine that only goes forward, so that a function may
//! run twice, late, early, or after a crash at any line (`RELIABILITY.md` 2.4, R7).

use crate::plan::Round;
use crate::time::Timestamp;
use crate::words::worded;

worded! {
    /// How far the closing of a round has come.
    pub enum Phase {
        /// Submissions are accepted as long as they are in time.
        Open = "OPEN",
        /// The gates are being shut; the end can no longer be moved.
        Closing = "CLOSING",
        /// Every gate was set shut and read back.
        Shut = "SHUT",
        /// Every row was read and written to a file that never changes.
        Frozen = "FROZEN",
        /// Scored, ranked and prized.
        Ranked = "RANKED",
        /// The pointer names a published version.
        Published = "PUBLISHED",
    }
}

/// The next thing to do for a round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Record that closing began.
    BeginClosing,
    /// Set every gate shut, read each back.
    ShutGates,
    /// Read every row and keep what was read.
    Freeze,
    /// Score and rank the kept rows.
    Rank,
    /// Write the version's files, then move the pointer.
    Publish,
}

/// What `now` and the stored phase demand. `None` means that the round is where it should be.
///
/// The trigger is never trusted: an early one finds nothing to do, a second one nothing left. Before
/// gates shut, `drain_ms` must have passed after the end, so that a request received in time is not
/// cut off while a slow function still carries it.
pub fn next_step(round: &Round, phase: Phase, now: Timestamp, drain_ms: i64) -> Option<Step> {
    match phase {
        Phase::Open if now >= round.closes.plus_millis(drain_ms) => Some(Step::BeginClosing),
        Phase::Open | Phase::Published => None,
        Phase::Closing => Some(Step::ShutGates),
        Phase::Shut => Some(Step::Freeze),
        Phase::Frozen => Some(Step::Rank),
        Phase::Ranked if now >= round.publishes => Some(Step::Publish),
        Phase::Ranked => None,
    }
}

/// How long after its time a round may still be on its way (`RELIABILITY.md` 7).
const LATE_AFTER_MS: i64 = 15 * 60_000;

/// Whether a round is not where its plan wants it a quarter of an hour after the time: closed and ranked
/// after its end, published after its publication.
pub fn is_late(round: &Round, phase: Phase, now: Timestamp) -> bool {
    let ranked = matches!(phase, Phase::Ranked | Phase::Published);
    (!ranked && now >= round.closes.plus_millis(LATE_AFTER_MS))
        || (phase != Phase::Published && now >= round.publishes.plus_millis(LATE_AFTER_MS))
}

/// Since when a late round should have been further; none where it is in time.
pub fn late_since(round: &Round, phase: Phase, now: Timestamp) -> Option<Timestamp> {
    let ranked = matches!(phase, Phase::Ranked | Phase::Published);
    is_late(round, phase, now).then_some(if ranked { round.publishes } else { round.closes })
}

/// Whether what looks at everything each five minutes has not done so, with a result, for a quarter of an hour.
pub fn is_sweep_late(swept_at: Option<Timestamp>, now: Timestamp) -> bool {
    swept_at.is_none_or(|at| now >= at.plus_millis(LATE_AFTER_MS))
}

/// Whether officials' documents of a version that was announced at an instant are late where they are not there yet: a
/// quarter of an hour after it.
pub fn are_documents_late(announced_at: Timestamp, now: Timestamp) -> bool {
    now >= announced_at.plus_millis(LATE_AFTER_MS)
}

/// How long after the publication a draw may still be on its way: a beacon half an hour later, and a while to
/// collect what witnesses keep.
const DRAW_LATE_AFTER_MS: i64 = 75 * 60_000;

/// Whether a draw that is due should have been held by now.
pub fn is_draw_late(round: &Round, now: Timestamp) -> bool {
    now >= round.publishes.plus_millis(DRAW_LATE_AFTER_MS)
}

/// How long closing must still wait, in milliseconds: until both clocks have passed the end and the
/// drain. A clock that is fast then closes nothing early (`RELIABILITY.md` R4).
pub fn wait_before_closing_ms(round: &Round, drain_ms: i64, clocks: [Timestamp; 2]) -> u64 {
    let slowest = clocks[0].min(clocks[1]);
    round.closes.plus_millis(drain_ms).millis().saturating_sub(slowest.millis()).max(0).unsigned_abs()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RoundId;

    fn round() -> Round {
        Round {
            id: RoundId::parse("tuan-1").unwrap(),
            name: "Tuần 1".into(),
            opens: Timestamp::from_millis(1_000),
            closes: Timestamp::from_millis(5_000),
            publishes: Timestamp::from_millis(9_000),
            bank: "bank-1.csv".into(),
            lot_witnesses: Vec::new(),
            attempt: None,
        }
    }

    #[track_caller]
    fn check(phase: Phase, now: i64, expected: Option<Step>) {
        assert_eq!(next_step(&round(), phase, Timestamp::from_millis(now), 100), expected);
    }

    #[test]
    fn nothing_is_shut_before_the_end_and_the_drain() {
        check(Phase::Open, 0, None);
        check(Phase::Open, 5_099, None);
        check(Phase::Open, 5_100, Some(Step::BeginClosing));
    }

    #[test]
    fn closing_waits_for_the_slower_of_two_clocks() {
        let wait = |own, other| {
            wait_before_closing_ms(&round(), 100, [Timestamp::from_millis(own), Timestamp::from_millis(other)])
        };
        assert_eq!(wait(5_000, 5_000), 100);
        assert_eq!(wait(9_000, 4_500), 600);
        assert_eq!(wait(4_500, 9_000), 600);
        assert_eq!(wait(5_100, 5_100), 0);
    }

    #[test]
    fn a_draw_is_late_an_hour_and_a_quarter_after_the_publication() {
        let due = 9_000 + 75 * 60_000;
        assert!(!is_draw_late(&round(), Timestamp::from_millis(due - 1)));
        assert!(is_draw_late(&round(), Timestamp::from_millis(due)));
    }

    #[test]
    fn documents_are_late_a_quarter_of_an_hour_after_their_version() {
        let late = |now| are_documents_late(Timestamp::from_millis(9_000), Timestamp::from_millis(now));
        assert!(!late(908_999) && late(909_000));
    }

    #[test]
    fn an_interrupted_closing_goes_on_whatever_the_clock_says() {
        check(Phase::Closing, 0, Some(Step::ShutGates));
        check(Phase::Shut, 0, Some(Step::Freeze));
        check(Phase::Frozen, 0, Some(Step::Rank));
    }

    #[test]
    fn a_round_is_late_a_quarter_of_an_hour_after_its_end_or_its_publication() {
        let late = |phase, now| is_late(&round(), phase, Timestamp::from_millis(now));
        assert!(!late(Phase::Shut, 904_999) && late(Phase::Shut, 905_000));
        assert!(!late(Phase::Ranked, 905_000) && !late(Phase::Ranked, 908_999) && late(Phase::Ranked, 909_000));
        assert!(!late(Phase::Published, 9_000_000));
    }

    #[test]
    fn results_wait_for_their_promised_minute() {
        check(Phase::Ranked, 8_999, None);
        check(Phase::Ranked, 9_000, Some(Step::Publish));
        check(Phase::Published, 99_000, None);
    }

    #[test]
    fn phases_run_through_in_order_and_end() {
        let mut phase = Phase::Open;
        let mut steps = 0;
        while next_step(&round(), phase, Timestamp::from_millis(10_000), 0).is_some() {
            let place = Phase::ALL.iter().position(|p| *p == phase).unwrap();
            phase = Phase::ALL[place + 1];
            steps += 1;
        }
        assert_eq!((phase, steps), (Phase::Published, 5));
    }

    #[test]
    fn a_late_round_is_late_since_it_should_have_been_ranked_or_published() {
        let at = Timestamp::from_millis;
        let since = |phase, now| late_since(&round(), phase, at(now));
        assert_eq!(since(Phase::Shut, 5_000 + LATE_AFTER_MS - 1), None);
        assert_eq!(since(Phase::Shut, 5_000 + LATE_AFTER_MS), Some(at(5_000)));
        assert_eq!(since(Phase::Ranked, 5_000 + LATE_AFTER_MS), None);
        assert_eq!(since(Phase::Ranked, 9_000 + LATE_AFTER_MS), Some(at(9_000)));
        assert_eq!(since(Phase::Published, 99 * LATE_AFTER_MS), None);
    }

    #[test]
    fn a_sweep_is_late_after_a_quarter_of_an_hour_and_where_there_was_none() {
        let at = Timestamp::from_millis;
        let late = |swept: Option<i64>, now| is_sweep_late(swept.map(Timestamp::from_millis), at(now));
        assert_eq!(
            [late(None, 0), late(Some(7), 6 + LATE_AFTER_MS), late(Some(7), 7 + LATE_AFTER_MS)],
            [true, false, true]
        );
    }
}

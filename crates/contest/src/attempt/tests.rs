//! Times, verdicts and decisions, worked out by hand.

use super::*;
use crate::ids::RoundId;
use crate::plan_file;
use crate::prediction::Prediction;
use chrono_tz::Asia::Ho_Chi_Minh as ZONE;

const SONG_CONG: &str = include_str!("../../../../contests/song-cong-cchc-2021/contest.toml");

/// Fifteen minutes, ten seconds of grace, three attempts.
fn rules() -> AttemptRules {
    plan_file::read(SONG_CONG).plan.expect("a plan").attempt.usual().rules
}

fn without_limit() -> AttemptRules {
    AttemptRules { minutes: 0, ..rules() }
}

const OPENS: i64 = 1_000_000;
const CLOSES: i64 = 9_000_000;

fn round() -> Round {
    Round {
        id: RoundId::parse("vong").unwrap(),
        name: "Vòng".into(),
        opens: at(OPENS),
        closes: at(CLOSES),
        publishes: at(CLOSES),
        bank: "bank.csv".into(),
        lot_witnesses: Vec::new(),
        attempt: None,
    }
}

fn at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis)
}

#[test]
fn an_attempt_ends_after_its_minutes_or_with_the_round() {
    let times = |rules: &AttemptRules, start| {
        (ends_at(rules, round().closes, at(start)).millis(), accepted_before(rules, round().closes, at(start)).millis())
    };
    assert_eq!(times(&rules(), OPENS), (OPENS + 900_000, OPENS + 910_000));
    assert_eq!(times(&rules(), CLOSES - 900_000), (CLOSES, CLOSES), "no grace past the end");
    assert_eq!(times(&rules(), CLOSES - 905_000), (CLOSES - 5_000, CLOSES));
    assert_eq!(times(&without_limit(), OPENS), (CLOSES, CLOSES));
}

#[test]
fn a_submission_one_millisecond_late_is_late() {
    assert!(in_time(at(909_999), at(910_000)));
    assert!(!in_time(at(910_000), at(910_000)));
    assert!(!in_time(at(910_001), at(910_000)));
}

#[test]
fn grace_never_counts_and_time_never_runs_backwards() {
    let lasts = |rules: &AttemptRules, received| duration_ms(rules, at(OPENS), at(received));
    assert_eq!(lasts(&rules(), OPENS + 1), 1);
    assert_eq!(lasts(&rules(), OPENS + 900_000), 900_000);
    assert_eq!(lasts(&rules(), OPENS + 905_000), 900_000);
    assert_eq!(lasts(&rules(), OPENS - 5), 0);
    assert_eq!(lasts(&without_limit(), OPENS + 5_000_000), 5_000_000);
}

#[test]
fn a_round_is_open_from_its_first_instant_to_before_its_last() {
    let phases = [OPENS - 1, OPENS, CLOSES - 1, CLOSES].map(|now| phase_at(&round(), at(now)));
    assert_eq!(phases, [RoundPhase::Ahead, RoundPhase::Open, RoundPhase::Open, RoundPhase::Closed]);
}

fn submission(answers: &[u8], prediction: Option<u64>) -> Submission {
    Submission {
        received_at: at(OPENS),
        answers: answers.iter().map(|&set| OptionSet(set)).collect(),
        prediction: prediction.map(Prediction::from_parts),
    }
}

fn attempt(number: u16, accepted_before: i64, submission: Option<Submission>) -> Attempt {
    Attempt {
        contestant: ContestantId::parse("ABCD").unwrap(),
        number,
        started_at: at(OPENS),
        accepted_before: at(accepted_before),
        session_version: 0,
        submission,
    }
}

#[test]
fn a_start_goes_on_with_what_is_open_and_counts_what_is_used() {
    let now = at(OPENS + 100);
    let done = |number| attempt(number, OPENS + 100, Some(submission(&[1], None)));
    let decide = |stored: &[Attempt]| decide_start(&rules(), ZONE, stored, now);
    assert_eq!(decide(&[]), StartDecision::New(1));
    assert_eq!(decide(&[done(2), done(1)]), StartDecision::New(3));
    assert_eq!(decide(&[done(1), done(3), done(2)]), StartDecision::UsedUp);
    let open = attempt(2, OPENS + 101, None);
    assert_eq!(decide(&[done(1), open.clone()]), StartDecision::Resume(open));
    assert_eq!(decide(&[done(1), attempt(2, OPENS + 100, None)]), StartDecision::New(3), "its time is over");
    let handed_in = attempt(1, OPENS + 900, Some(submission(&[1], None)));
    assert_eq!(decide(&[handed_in]), StartDecision::New(2), "there was time left, and it is done");
    let unlimited = AttemptRules { per_round: 0, ..rules() };
    assert_eq!(decide_start(&unlimited, ZONE, &[done(9_999)], now), StartDecision::New(10_000));
    assert_eq!(decide_start(&unlimited, ZONE, &[done(BARRED - 2)], now), StartDecision::New(BARRED - 1));
    assert_eq!(decide_start(&unlimited, ZONE, &[done(BARRED - 1)], now), StartDecision::UsedUp);
    let barred = attempt(BARRED, CLOSES, None);
    for rules in [&rules(), &unlimited, &without_limit()] {
        assert_eq!(
            decide_start(rules, ZONE, std::slice::from_ref(&barred), now),
            StartDecision::UsedUp,
            "an erased account"
        );
    }
    let once = AttemptRules { per_round: 1, ..rules() };
    assert_eq!(decide_start(&once, ZONE, &[], now), StartDecision::New(1));
    assert_eq!(decide_start(&once, ZONE, &[done(1)], now), StartDecision::UsedUp);
}

#[test]
fn a_day_has_its_own_limit_beside_that_of_the_round() {
    let at = |local: &str| Timestamp::parse_rfc3339(&format!("2021-12-{local}+07:00")).expect("an instant");
    let rules = AttemptRules { per_round: 5, per_day: 2, ..rules() };
    let done = |number, local| Attempt { started_at: at(local), ..attempt(number, 0, Some(submission(&[1], None))) };
    let stored = [done(1, "13T08:30:00"), done(2, "13T23:59:59.999"), done(3, "14T00:00:00"), done(4, "14T09:00:00")];
    let decide = |used: usize, now| decide_start(&rules, ZONE, &stored[..used], at(now));
    let left = |used: usize, now| attempts_left(&rules, ZONE, &stored[..used], at(now));
    assert_eq!((decide(1, "13T23:59:59.999"), left(1, "13T23:59:59.999")), (StartDecision::New(2), Some(1)));
    let tomorrow = at("14T00:00:00");
    assert_eq!(
        (decide(2, "13T23:59:59.999"), left(2, "13T23:59:59.999")),
        (StartDecision::UsedUpToday(tomorrow), Some(0))
    );
    assert_eq!((decide(2, "14T00:00:00"), left(2, "14T00:00:00")), (StartDecision::New(3), Some(2)));
    assert_eq!(decide(4, "14T10:00:00"), StartDecision::UsedUpToday(at("15T00:00:00")));
    assert_eq!(
        (decide(4, "15T10:00:00"), left(4, "15T10:00:00")),
        (StartDecision::New(5), Some(1)),
        "the last of the round"
    );
    let four = AttemptRules { per_round: 4, ..rules };
    assert_eq!(decide_start(&four, ZONE, &stored, at("14T10:00:00")), StartDecision::UsedUp, "tomorrow helps nobody");
    let unlimited = AttemptRules { per_round: 0, ..rules };
    assert_eq!(attempts_left(&unlimited, ZONE, &stored, at("14T10:00:00")), Some(0));
    let none = AttemptRules { per_round: 0, per_day: 0, ..rules };
    assert_eq!(attempts_left(&none, ZONE, &stored, at("14T10:00:00")), None);
}

#[test]
fn a_refused_submission_is_a_repetition_a_conflict_or_late() {
    let stored = attempt(1, OPENS, Some(submission(&[1, 2], Some(7))));
    let decide = |submission: &Submission| decide_refused_submission(stored.clone(), submission, 0);
    let again = Submission { received_at: at(OPENS + 77), ..submission(&[1, 2], Some(7)) };
    assert_eq!(decide(&again), SubmissionDecision::Repeated(stored.clone()), "whenever it is sent again");
    for other in
        [submission(&[1, 3], Some(7)), submission(&[1, 2], Some(8)), submission(&[1, 2], None), submission(&[1], None)]
    {
        assert_eq!(decide(&other), SubmissionDecision::Conflict(stored.clone()));
    }
    assert_eq!(decide_refused_submission(attempt(1, OPENS, None), &again, 0), SubmissionDecision::Late);
}

#[test]
fn a_session_that_was_ended_is_told_nothing_of_what_came_after() {
    let sheet = submission(&[1], None);
    for stored in [attempt(1, OPENS, None), attempt(1, OPENS, Some(sheet.clone()))] {
        let stored = Attempt { session_version: 2, ..stored };
        let decide = |version| decide_refused_submission(stored.clone(), &sheet, version);
        assert_eq!(decide(1), SubmissionDecision::SessionEnded);
        assert_ne!(decide(2), SubmissionDecision::SessionEnded);
        assert_ne!(decide(3), SubmissionDecision::SessionEnded);
    }
}

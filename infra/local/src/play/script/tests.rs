use super::*;
use crate::world::upload::ContestFolder;

pub(super) fn plan(id: &str) -> Plan {
    let samples = ContestFolder::samples().expect("samples");
    samples.iter().find(|sample| sample.id == id).expect("the sample").plan().expect("a plan")
}

fn attempt_count(script: &Script) -> usize {
    script.rounds.iter().flatten().map(|participation| participation.attempts.len()).sum()
}

fn thai_nguyen() -> (Plan, Cast) {
    let cast = Cast { contestants: 1_720, attempts: 2_708, perfect: 1_143, returning_percent: 10, seed: 1 };
    (plan("thai-nguyen-2021"), cast)
}

#[test]
fn the_story_has_exactly_the_figures_asked_for() {
    let (plan, cast) = thai_nguyen();
    let script = Script::write(&plan, cast).expect("a story");
    assert_eq!(attempt_count(&script), cast.attempts);
    let perfect = script.rounds.iter().flatten().flat_map(|p| &p.attempts).filter(|attempt| attempt.perfect).count();
    assert_eq!(perfect, cast.perfect);
    let people: HashSet<usize> = script.rounds.iter().flatten().map(|p| p.person).collect();
    assert_eq!(people.len(), cast.contestants);
}

#[test]
fn every_attempt_fits_its_round_and_its_time() {
    let (plan, cast) = thai_nguyen();
    let script = Script::write(&plan, cast).expect("a story");
    for (round, participations) in plan.rounds.iter().zip(&script.rounds) {
        let mut people = HashSet::new();
        for participation in participations {
            assert!(people.insert(participation.person), "one participation a person and round");
            assert!(participation.attempts.len() <= 3);
            assert!(script.registered_at[participation.person] < participation.attempts[0].started_at);
            assert!(script.registered_at[participation.person] >= plan.registration.opens);
            let mut free_from = round.opens;
            for attempt in &participation.attempts {
                assert!(attempt.started_at >= free_from && attempt.submitted_at < round.closes);
                let duration = attempt.submitted_at.millis() - attempt.started_at.millis();
                assert!((1_000..15 * 60_000).contains(&duration), "{duration}");
                free_from = attempt.submitted_at;
            }
        }
    }
}

#[test]
fn in_one_round_two_people_share_every_ranking_key_at_the_last_third_prize() {
    let (plan, cast) = thai_nguyen();
    let script = Script::write(&plan, cast).expect("a story");
    let mut pairs = Vec::new();
    for (place, round) in script.rounds.iter().enumerate() {
        let mut seen = HashSet::new();
        for participation in round {
            let last = participation.attempts[0];
            if !seen.insert(last.submitted_at) {
                let twins: Vec<_> =
                    round.iter().filter(|other| other.attempts[0].submitted_at == last.submitted_at).collect();
                assert_eq!(twins.len(), 2);
                assert_eq!(twins[0].attempts, twins[1].attempts);
                assert_eq!(twins[0].prediction, twins[1].prediction);
                assert_eq!(twins[0].star, Some(6), "1 + 2 + 3 prizes come before and with it");
                pairs.push(place);
            }
        }
    }
    assert_eq!(pairs, [2]);
}

#[test]
fn the_same_seed_tells_the_same_story() {
    let (plan, cast) = thai_nguyen();
    let script = Script::write(&plan, cast).expect("a story");
    assert_eq!(script, Script::write(&plan, cast).expect("a story"));
    assert_ne!(script, Script::write(&plan, Cast { seed: 2, ..cast }).expect("a story"));
}

#[test]
fn numbers_that_contradict_each_other_are_refused() {
    let (plan, cast) = thai_nguyen();
    for wrong in [
        Cast { contestants: 0, ..cast },
        Cast { attempts: cast.contestants - 1, ..cast },
        Cast { attempts: cast.contestants * 12 + 1, ..cast },
        Cast { perfect: cast.attempts + 1, ..cast },
    ] {
        assert!(Script::write(&plan, wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn small_and_full_casts_fit_too() {
    for id in ["thai-nguyen-2021", "song-cong-cchc-2021", "lang-son-dan-van-kheo-2024"] {
        let plan = plan(id);
        for cast in [
            Cast { contestants: 1, attempts: 1, perfect: 0, returning_percent: 10, seed: 3 },
            Cast { contestants: 60, attempts: 110, perfect: 46, returning_percent: 50, seed: 4 },
            Cast { contestants: 200, attempts: 500, perfect: 500, returning_percent: 0, seed: 5 },
        ] {
            let script = Script::write(&plan, cast).expect("a story");
            assert_eq!(attempt_count(&script), cast.attempts, "{id} {cast:?}");
        }
    }
}

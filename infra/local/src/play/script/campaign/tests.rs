use super::super::tests::plan;
use super::super::{Cast, Script};
use super::*;
use contest::commendation::{Account, CommendationInput, Lacking, Occasion, Verdict, list};
use contest::ids::ContestantId;
use contest::units::{Unit, UnitTree};
use std::collections::{BTreeSet, HashSet};

const CAST: Cast = Cast { contestants: 60, attempts: 130, perfect: 55, returning_percent: 60, seed: 2021 };

/// The sample with a commendation, which asks for other figures.
fn asking(referrals: u32, consecutive_rounds: u32) -> Plan {
    let mut plan = plan("lang-son-dan-van-kheo-2024");
    plan.commendation[0].referrals = referrals;
    plan.commendation[0].consecutive_rounds = consecutive_rounds;
    plan
}

fn code(person: usize) -> ContestantId {
    ContestantId::parse(&format!("P{person:05}")).expect("a code")
}

/// What would be listed after a story, everybody in the unit that the plan names.
fn verdicts(plan: &Plan, script: &Script) -> Vec<Verdict> {
    let asked = &plan.commendation[0];
    let unit = Unit {
        code: asked.unit.clone(),
        name: String::new(),
        parent: None,
        level: None,
        members: None,
        added_at: None,
    };
    let units = UnitTree::new(vec![unit]).expect("a sound tree");
    let account = |person| Account {
        contestant: code(person),
        unit: Some(asked.unit.clone()),
        referrer: script.referrers.get(&person).map(|&referrer| code(referrer)),
        counts: true,
    };
    let accounts: Vec<Account> = (0..script.registered_at.len()).map(account).collect();
    let took = |round: &Vec<Participation>| Some(round.iter().map(|p| code(p.person)).collect::<HashSet<_>>());
    let rounds: Vec<_> = script.rounds.iter().map(took).collect();
    let input = CommendationInput { units: &units, accounts: &accounts, rounds: &rounds };
    let list = list(asked, Occasion::Contest, &input).expect("a list");
    let mut verdicts: Vec<Verdict> = list.candidates.into_iter().map(|person| person.verdict).collect();
    verdicts.sort_by_key(|verdict| *verdict != Verdict::Fulfils);
    verdicts
}

#[test]
fn one_person_fulfils_it_and_another_lacks_the_rounds_of_one_account() {
    for (referrals, in_a_row) in [(2, 5), (1, 5), (2, 4), (2, 3), (2, 2), (1, 2), (3, 5)] {
        let plan = asking(referrals, in_a_row);
        for cast in [CAST, Cast { contestants: 200, attempts: 800, perfect: 800, returning_percent: 100, seed: 5 }] {
            let script = Script::write(&plan, cast).expect("a story");
            let verdicts = verdicts(&plan, &script);
            let room = if cast == CAST && referrals == 3 { 1 } else { 2 };
            assert_eq!(verdicts.len(), room, "{referrals} {in_a_row} {verdicts:?}");
            assert_eq!(verdicts[0], Verdict::Fulfils);
            let lacks = |verdict: &Verdict| matches!(verdict, Verdict::Lacks(Lacking::RoundsInARow(_)));
            assert!(verdicts[1..].iter().all(lacks), "{verdicts:?}");
        }
    }
}

#[test]
fn the_figures_asked_for_stay() {
    let script = Script::write(&asking(2, 5), CAST).expect("a story");
    let attempts: Vec<_> = script.rounds.iter().flatten().flat_map(|p| &p.attempts).collect();
    assert_eq!(attempts.len(), CAST.attempts);
    assert_eq!(attempts.iter().filter(|attempt| attempt.perfect).count(), CAST.perfect);
    let people: BTreeSet<usize> = script.rounds.iter().flatten().map(|p| p.person).collect();
    assert_eq!(people.len(), CAST.contestants);
    for round in &script.rounds {
        let people: BTreeSet<usize> = round.iter().map(|p| p.person).collect();
        assert_eq!(people.len(), round.len(), "one participation a person and round");
    }
}

#[test]
fn who_brings_in_has_an_account_first() {
    let (mut late, mut plan) = (0, asking(2, 5));
    // In the second case nobody can register before the round opens.
    for opens in [plan.registration.opens, plan.rounds[0].opens.plus_millis(30 * 60_000)] {
        plan.registration.opens = opens;
        for seed in 0..20 {
            let script = Script::write(&plan, Cast { seed, ..CAST }).expect("a story");
            assert_eq!(script.referrers.len(), 4);
            for (&brought, &referrer) in &script.referrers {
                let (referrer, brought_at) = (script.registered_at[referrer], script.registered_at[brought]);
                assert!(referrer < brought_at && referrer >= plan.registration.opens, "seed {seed}");
                late += usize::from(referrer == plan.registration.opens);
                let first = script.rounds[0].iter().find(|p| p.person == brought).expect("in the first round");
                assert!(brought_at < first.attempts[0].started_at, "seed {seed}");
            }
        }
    }
    assert!(late > 0, "nobody was late");
}

#[test]
fn without_people_attempts_or_rounds_enough_there_is_no_campaign() {
    let few = [
        (asking(2, 5), Cast { contestants: 20, attempts: 60, perfect: 20, ..CAST }),
        (asking(2, 5), Cast { attempts: 60 + 7, ..CAST }),
        (asking(9, 5), CAST),
        (asking(2, 6), CAST),
        (plan("thai-nguyen-2021"), CAST),
        (plan("song-cong-cchc-2021"), CAST),
    ];
    for (plan, cast) in few {
        assert!(Script::write(&plan, cast).expect("a story").referrers.is_empty(), "{} {cast:?}", plan.id);
    }
    let mut unitless = asking(2, 5);
    unitless.registration.fields.retain(|field| *field != Field::Unit);
    assert!(Script::write(&unitless, CAST).expect("a story").referrers.is_empty());
    let one = Script::write(&asking(2, 5), Cast { attempts: 60 + 8 + 6, ..CAST }).expect("a story");
    assert_eq!(one.referrers.len(), 2, "the second campaign costs seven");
    assert_eq!(Script::write(&asking(2, 1), CAST).expect("a story").referrers.len(), 2, "nobody misses the only round");
}

//! The script of a replay: who takes part when, how well, and with which prediction. A pure function of
//! the plan, three totals and a seed, so that the same replay can be played again.
//!
//! In every round a few *stars* are written to win: perfect, alone in their attempt, fast, early, and
//! with the closest predictions. In one round two of them are equal in every key at the last place of
//! the third tier, so that the plan's policy for unbroken ties is played too.

use anyhow::{Context, ensure};
use contest::attempt::PERCENT_SCALE;
use contest::plan::{Plan, PredictionTarget, PrizeTier, Round, Scope};
use contest::time::Timestamp;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use std::collections::BTreeMap;

/// Attempts per person and round where the plan sets no limit.
const UNLIMITED: u32 = 5;
/// Shortest attempt of someone who is not a star; stars are faster.
const SLOWEST_STAR_MS: u64 = 90_000;
/// How much farther off than any star everybody else predicts.
const MARGIN: u64 = 25;

/// What a replay is to come to.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// People, each with at least one attempt.
    pub contestants: u32,
    /// Accepted attempts over all rounds.
    pub attempts: u32,
    /// Perfect ones among them.
    pub perfect: u32,
    /// Start of the random numbers.
    pub seed: u64,
}

/// One attempt of the script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptedAttempt {
    /// From 0 to the number of contestants.
    pub person: u32,
    /// Place of the round in the plan.
    pub round: usize,
    /// When it starts.
    pub start: Timestamp,
    /// How long it takes.
    pub duration_ms: u64,
    /// Whether every answer is right; otherwise at least one is not.
    pub perfect: bool,
    /// What is predicted, in the units of [`contest::attempt::Prediction`].
    pub prediction: Option<u64>,
}

/// Writes a script: attempts by their start.
///
/// # Errors
/// Where the totals contradict each other or the plan's limit of attempts.
pub fn write(plan: &Plan, size: Size) -> anyhow::Result<Vec<ScriptedAttempt>> {
    let mut dice = Dice(ChaCha20Rng::seed_from_u64(size.seed));
    let stars = cast_stars(plan, size)?;
    let places = spread(plan, size, &stars, &mut dice)?;
    let mut script = time(plan, &places, &stars, &mut dice);
    mark_perfect(&mut script, &stars, size, &mut dice)?;
    predict(plan, &mut script, &stars, &mut dice);
    script.sort_by_key(|attempt| (attempt.start, attempt.person));
    Ok(script)
}

/// A person written to win a round.
#[derive(Clone, Copy, Debug)]
struct Star {
    round: usize,
    /// Place among the round's winners, from 0; two share one where a tie is planted.
    place: u32,
}

/// Stars by person: as many in each round as it has prizes, and one more in the first round, for the
/// tie.
fn cast_stars(plan: &Plan, size: Size) -> anyhow::Result<BTreeMap<u32, Star>> {
    let tiers: Vec<&PrizeTier> = plan.prizes.iter().filter(|tier| tier.scope == Scope::Round).collect();
    let prizes: u32 = tiers.iter().map(|tier| tier.count).sum();
    let tied_place = tiers.iter().take(3).map(|tier| tier.count).sum::<u32>().checked_sub(1);
    let rounds = u32::try_from(plan.rounds.len())?;
    let mut stars = BTreeMap::new();
    for (round, _) in plan.rounds.iter().enumerate() {
        let mut places: Vec<u32> = (0..prizes).collect();
        places.extend(tied_place.filter(|_| round == 0));
        for place in places {
            // Person n first takes part in round n modulo rounds, so stars of a round are of that kind.
            let nth = u32::try_from(stars.values().filter(|star: &&Star| star.round == round).count())?;
            stars.insert(nth * rounds + u32::try_from(round)?, Star { round, place });
        }
    }
    let last = stars.keys().next_back().copied().unwrap_or(0);
    ensure!(last < size.contestants, "at least {} contestants are needed for the prizes", last + 1);
    Ok(stars)
}

/// Number of attempts of each person in each round.
fn spread(
    plan: &Plan,
    size: Size,
    stars: &BTreeMap<u32, Star>,
    dice: &mut Dice,
) -> anyhow::Result<BTreeMap<(usize, u32), u32>> {
    let rounds = plan.rounds.len();
    let limit = if plan.attempt.per_round == 0 { UNLIMITED } else { plan.attempt.per_round };
    ensure!(size.attempts >= size.contestants, "everybody takes part at least once");
    let room = u64::from(size.contestants - u32::try_from(stars.len())?) * rounds as u64 * u64::from(limit);
    ensure!(u64::from(size.attempts) <= room, "the plan allows at most {room} attempts of so many people");
    let mut places: BTreeMap<(usize, u32), u32> =
        (0..size.contestants).map(|person| ((person as usize % rounds, person), 1)).collect();
    let mut left = size.attempts - size.contestants;
    while left > 0 {
        let person = dice.below(u64::from(size.contestants)) as u32;
        let round = dice.below(rounds as u64) as usize;
        let used = places.entry((round, person)).or_default();
        if *used < limit && !stars.contains_key(&person) {
            *used += 1;
            left -= 1;
        } else if *used == 0 {
            places.remove(&(round, person));
        }
    }
    Ok(places)
}

/// Sets attempts into their round: stars at its beginning, the others each in a slot of their own, so
/// that nobody's attempts overlap.
fn time(
    plan: &Plan,
    places: &BTreeMap<(usize, u32), u32>,
    stars: &BTreeMap<u32, Star>,
    dice: &mut Dice,
) -> Vec<ScriptedAttempt> {
    let longest_ms = match plan.attempt.minutes {
        0 => 20 * 60_000,
        minutes => u64::from(minutes) * 60_000 - 5_000,
    };
    let mut script = Vec::new();
    for (&(round, person), &count) in places {
        let of_plan = &plan.rounds[round];
        if let Some(star) = stars.get(&person) {
            let step = u64::from(star.place);
            let start = of_plan.opens.plus_millis(60_000 + i64::from(star.place) * 60_000);
            let duration_ms = (longest_ms / 2).min(SLOWEST_STAR_MS) - 1_000 + step;
            script.push(ScriptedAttempt { person, round, start, duration_ms, perfect: true, prediction: None });
            continue;
        }
        let (from, slot) = slots(of_plan, longest_ms, count);
        for nth in 0..u64::from(count) {
            let duration_ms = SLOWEST_STAR_MS.min(longest_ms / 2) + dice.below(longest_ms / 2);
            let start = from.plus_millis((nth * slot + dice.below(slot - longest_ms)) as i64);
            script.push(ScriptedAttempt { person, round, start, duration_ms, perfect: false, prediction: None });
        }
    }
    script
}

/// Beginning and length of the slots of someone with `count` attempts in a round.
fn slots(round: &Round, longest_ms: u64, count: u32) -> (Timestamp, u64) {
    let from = round.opens.plus_millis(3_600_000);
    let length = round.closes.millis().saturating_sub(from.millis()).unsigned_abs();
    let slot = (length / u64::from(count)).max(longest_ms + 1_000);
    (from, slot)
}

fn mark_perfect(
    script: &mut [ScriptedAttempt],
    stars: &BTreeMap<u32, Star>,
    size: Size,
    dice: &mut Dice,
) -> anyhow::Result<()> {
    let others = size.perfect.checked_sub(u32::try_from(stars.len())?);
    let others = others.with_context(|| format!("at least {} perfect attempts are needed", stars.len()))?;
    let mut places: Vec<usize> = (0..script.len()).filter(|&at| !script[at].perfect).collect();
    ensure!(others as usize <= places.len(), "more perfect attempts than attempts");
    dice.shuffle(&mut places);
    for &at in &places[..others as usize] {
        script[at].perfect = true;
    }
    Ok(())
}

/// Lets stars predict best and everybody else farther off. Every attempt of a person in a round has the
/// same prediction, so that it does not matter which of them counts.
fn predict(plan: &Plan, script: &mut [ScriptedAttempt], stars: &BTreeMap<u32, Star>, dice: &mut Dice) {
    let Some(rules) = plan.prediction else { return };
    let actual: Vec<u64> = (0..plan.rounds.len()).map(|round| actual(rules.target, script, round)).collect();
    let mut predicted: BTreeMap<(usize, u32), u64> = BTreeMap::new();
    let step = if rules.target == PredictionTarget::PerfectPercent { 10 } else { 1 };
    for attempt in script.iter_mut() {
        let actual = actual[attempt.round];
        let guess = predicted.entry((attempt.round, attempt.person)).or_insert_with(|| match stars.get(&attempt.person) {
            Some(star) => actual + u64::from(star.place) * step,
            None => {
                let off = (MARGIN + stars.len() as u64 + dice.below(actual + 1_000)) * step;
                if dice.below(2) == 0 { actual.checked_sub(off).unwrap_or(actual + off) } else { actual + off }
            }
        });
        attempt.prediction = Some(match rules.target {
            PredictionTarget::PerfectPercent => (*guess).min(100 * PERCENT_SCALE),
            _ => *guess,
        });
    }
}

/// The predicted number as the script makes it come out.
fn actual(target: PredictionTarget, script: &[ScriptedAttempt], round: usize) -> u64 {
    let attempts: Vec<&ScriptedAttempt> = script.iter().filter(|attempt| attempt.round == round).collect();
    let mut people: BTreeMap<u32, bool> = BTreeMap::new();
    for attempt in &attempts {
        *people.entry(attempt.person).or_default() |= attempt.perfect;
    }
    let perfect = people.values().filter(|perfect| **perfect).count() as u64;
    match target {
        PredictionTarget::PerfectContestants => perfect,
        PredictionTarget::Contestants => people.len() as u64,
        PredictionTarget::Attempts => attempts.len() as u64,
        PredictionTarget::PerfectPercent => perfect * 100 * PERCENT_SCALE / (people.len() as u64).max(1),
    }
}

/// Random numbers that are the same on every machine.
pub(crate) struct Dice(pub(crate) ChaCha20Rng);

impl Dice {
    /// Below `bound`, which is taken as at least 1. The bias of the remainder does not matter here.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.0.next_u64() % bound.max(1)
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last as u64 + 1) as usize);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn plan() -> Plan {
        let text = include_str!("../../../../contests/thai-nguyen-2021/contest.toml");
        contest::plan_file::read(text).plan.unwrap()
    }

    const SIZE: Size = Size { contestants: 1_720, attempts: 2_708, perfect: 1_143, seed: 7 };

    #[test]
    fn the_script_has_exactly_the_totals_asked_for() {
        let script = write(&plan(), SIZE).unwrap();
        let people: BTreeSet<u32> = script.iter().map(|a| a.person).collect();
        assert_eq!(script.len(), 2_708);
        assert_eq!(script.iter().filter(|a| a.perfect).count(), 1_143);
        assert_eq!(people.len(), 1_720);
    }

    #[test]
    fn attempts_lie_in_their_round_and_never_overlap() {
        let plan = plan();
        let mut ends: BTreeMap<(usize, u32), Timestamp> = BTreeMap::new();
        for attempt in write(&plan, SIZE).unwrap() {
            let round = &plan.rounds[attempt.round];
            let end = attempt.start.plus_millis(attempt.duration_ms as i64);
            assert!(round.opens <= attempt.start && end < round.closes, "{attempt:?}");
            let before = ends.insert((attempt.round, attempt.person), end);
            assert!(before.is_none_or(|before| before < attempt.start), "{attempt:?}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_script_and_another_seed_another() {
        assert_eq!(write(&plan(), SIZE).unwrap(), write(&plan(), SIZE).unwrap());
        assert_ne!(write(&plan(), SIZE).unwrap(), write(&plan(), Size { seed: 8, ..SIZE }).unwrap());
    }

    #[test]
    fn contradictory_totals_are_refused() {
        assert!(write(&plan(), Size { attempts: 1_000, ..SIZE }).is_err());
        assert!(write(&plan(), Size { perfect: 2_709, ..SIZE }).is_err());
        assert!(write(&plan(), Size { perfect: 10, ..SIZE }).is_err());
        assert!(write(&plan(), Size { contestants: 20, attempts: 30, ..SIZE }).is_err());
        assert!(write(&plan(), Size { attempts: 200_000, ..SIZE }).is_err());
    }
}

//! Who does what and when in a played contest, decided beforehand from a seed: so many people, so many
//! accepted attempts, so many perfect ones, in one round a tie that nothing breaks, and people who bring others in
//! where the plan commends them.

mod campaign;

use super::dice::Dice;
use anyhow::ensure;
use contest::ids::UnitCode;
use contest::plan::{AttemptRules, Counted, Plan, PredictionCounted, PredictionTarget, UnbrokenTie};
use contest::prediction::Prediction;
use contest::time::Timestamp;
use std::collections::{BTreeMap, HashSet};

/// How large a played contest is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cast {
    /// People, each of whom takes part at least once.
    pub contestants: usize,
    /// Accepted attempts over all rounds.
    pub attempts: usize,
    /// How many of the attempts are perfect.
    pub perfect: usize,
    /// Of a hundred further attempts, how many are made by coming back in a later round.
    pub returning_percent: u64,
    /// The same seed always tells the same story.
    pub seed: u64,
}

/// One person's attempts in one round.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Participation {
    pub(crate) person: usize,
    pub(crate) attempts: Vec<PlannedAttempt>,
    /// In the units of [`contest::attempt::Prediction`].
    pub(crate) prediction: Option<Prediction>,
    /// Meant to win: a rank from 1, which two people share in the round with the tie.
    star: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct PlannedAttempt {
    pub(crate) started_at: Timestamp,
    pub(crate) submitted_at: Timestamp,
    pub(crate) perfect: bool,
}

/// The whole story.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Script {
    /// When each person makes an account.
    pub(crate) registered_at: Vec<Timestamp>,
    /// Who brought in whom: the referrer, by the person brought in.
    pub(crate) referrers: BTreeMap<usize, usize>,
    /// By round of the plan.
    pub(crate) rounds: Vec<Vec<Participation>>,
}

/// Attempts a round where the plan sets no limit.
const UNLIMITED: usize = 5;

/// An attempt takes at most this long where the plan sets no limit.
const UNLIMITED_MINUTES: u32 = 20;

impl Script {
    /// The unit of people who bring others in: itself, or one below it.
    pub(crate) fn campaigning_unit(plan: &Plan) -> Option<&UnitCode> {
        campaign::asked_for(plan).map(|asked| &asked.unit)
    }

    /// Writes the story.
    ///
    /// # Errors
    /// Where the plan has no room for so many attempts, or the numbers contradict each other.
    pub(crate) fn write(plan: &Plan, cast: Cast) -> anyhow::Result<Self> {
        let per_round: Vec<usize> = plan.rounds.iter().map(|round| attempts_each(plan.attempt_of(round))).collect();
        let room = cast.contestants * per_round.iter().sum::<usize>();
        ensure!(cast.contestants > 0, "a contest needs at least one contestant");
        ensure!(cast.attempts >= cast.contestants, "each of {} contestants takes part at least once", cast.contestants);
        ensure!(cast.attempts <= room, "{} contestants have {room} attempts in all", cast.contestants);
        ensure!(cast.perfect <= cast.attempts, "{} attempts cannot hold {} perfect ones", cast.attempts, cast.perfect);
        let mut dice = Dice::new(cast.seed);
        let mut rounds = homes(plan, cast, &mut dice);
        let referrers = campaign::add(plan, &mut rounds, cast.attempts - cast.contestants);
        add_further_attempts(&mut rounds, &referrers, cast, &per_round, &mut dice)?;
        mark_perfect(&mut rounds, cast.perfect, &mut dice);
        for (place, round) in rounds.iter_mut().enumerate() {
            set_times(plan, place, round, &mut dice);
            set_predictions(plan, place, round, &mut dice);
        }
        let mut registered_at = registrations(plan, cast, &rounds, &mut dice);
        referrers_first(plan, &referrers, &mut registered_at);
        Ok(Self { registered_at, referrers, rounds })
    }
}

/// Attempts of one person in a round: as many as the plan allows on one day, since they may all fall on it.
fn attempts_each(rules: &AttemptRules) -> usize {
    let limits = [rules.per_round, rules.per_day].into_iter().filter(|limit| *limit > 0);
    limits.min().map_or(UNLIMITED, |limit| limit as usize)
}

const BLANK: PlannedAttempt =
    PlannedAttempt { started_at: Timestamp::from_millis(0), submitted_at: Timestamp::from_millis(0), perfect: false };

/// Every person's first round, in turn so that rounds are of much the same size; and in each round the
/// people who are meant to win, one more than prizes in the round with the tie.
fn homes(plan: &Plan, cast: Cast, dice: &mut Dice) -> Vec<Vec<Participation>> {
    let mut people: Vec<usize> = (0..cast.contestants).collect();
    dice.shuffle(&mut people);
    let mut rounds = vec![Vec::new(); plan.rounds.len()];
    for (turn, person) in people.into_iter().enumerate() {
        rounds[turn % plan.rounds.len()].push(Participation {
            person,
            attempts: vec![BLANK],
            ..Participation::default()
        });
    }
    let mut perfect_left = cast.perfect;
    for (place, round) in rounds.iter_mut().enumerate() {
        let ranks = star_ranks(plan, place);
        // Half of a small round is left to chance.
        let star_count = ranks.len().min(round.len().div_ceil(2)).min(perfect_left);
        perfect_left -= star_count;
        for (participation, rank) in round.iter_mut().zip(&ranks[..star_count]) {
            participation.star = Some(*rank);
            participation.attempts[0].perfect = true;
        }
    }
    rounds
}

/// The round with the tie: the one before the last, so that winners of earlier rounds are about.
fn tied_round(plan: &Plan) -> usize {
    plan.rounds.len().saturating_sub(2)
}

/// Ranks of the people who are meant to win. A tie at the last of several prizes of the third tier gives
/// that tier one more under `extra_prize`, as in one week of 2021 (`DOMAIN.md` P3).
fn star_ranks(plan: &Plan, round: usize) -> Vec<usize> {
    let tied = round == tied_round(plan);
    let id = &plan.rounds[round].id;
    let counts: Vec<usize> =
        plan.rules.prizes.iter().filter(|tier| tier.is_given_in(id)).map(|tier| tier.count as usize).collect();
    let prize_count: usize = counts.iter().sum();
    let mut ranks: Vec<usize> = (1..=prize_count).collect();
    let has_thirds = counts.get(2).is_some_and(|&thirds| thirds > 1);
    if tied && has_thirds && plan.rules.ranking.unbroken_tie == UnbrokenTie::ExtraPrize {
        let last_of_third: usize = counts[..3].iter().sum();
        ranks.insert(last_of_third, last_of_third);
    }
    ranks
}

/// Further attempts of people who are not meant to win: mostly in their own round, some in a later one. People who were
/// brought in take no other rounds than their campaign says.
fn add_further_attempts(
    rounds: &mut [Vec<Participation>],
    referrers: &BTreeMap<usize, usize>,
    cast: Cast,
    per_round: &[usize],
    dice: &mut Dice,
) -> anyhow::Result<()> {
    let mut seats: Vec<(usize, usize)> = Vec::new();
    let may_come_back = |p: &Participation| p.star.is_none() && !referrers.contains_key(&p.person);
    for (round, participations) in rounds.iter().enumerate() {
        seats.extend(
            participations.iter().enumerate().filter(|(_, p)| may_come_back(p)).map(|(place, _)| (round, place)),
        );
    }
    let mut missing = cast.attempts - rounds.iter().map(Vec::len).sum::<usize>();
    let mut returned = vec![HashSet::new(); rounds.len()];
    // Bounded: after so many throws in vain the rest is filled seat by seat.
    for _ in 0..20 * cast.attempts {
        if missing == 0 || seats.is_empty() {
            break;
        }
        let (round, place) = dice.pick(&seats);
        let later = rounds.len() - round - 1;
        if later > 0 && dice.percent(cast.returning_percent) {
            let (person, target) = (rounds[round][place].person, round + 1 + dice.place(later));
            if returned[target].insert(person) {
                rounds[target].push(Participation { person, attempts: vec![BLANK], ..Participation::default() });
                missing -= 1;
            }
        } else if rounds[round][place].attempts.len() < per_round[round] {
            rounds[round][place].attempts.push(BLANK);
            missing -= 1;
        }
    }
    let seated =
        rounds.iter_mut().zip(per_round).flat_map(|(round, most)| round.iter_mut().map(move |seat| (seat, most)));
    for (participation, most) in seated.filter(|(participation, _)| participation.star.is_none()) {
        let more = missing.min(most - participation.attempts.len());
        participation.attempts.extend(std::iter::repeat_n(BLANK, more));
        missing -= more;
    }
    ensure!(missing == 0, "too few contestants for so many attempts: {missing} do not fit besides the winners' own");
    Ok(())
}

fn mark_perfect(rounds: &mut [Vec<Participation>], perfect: usize, dice: &mut Dice) {
    let mut others: Vec<&mut PlannedAttempt> = Vec::new();
    let mut star_count = 0;
    for participation in rounds.iter_mut().flatten() {
        if participation.star.is_some() {
            star_count += 1;
        } else {
            others.extend(&mut participation.attempts);
        }
    }
    dice.shuffle(&mut others);
    others.into_iter().take(perfect - star_count).for_each(|attempt| attempt.perfect = true);
}

/// Winners come first, fast and early, each a little later and slower than the one before; nobody else
/// shares a millisecond of submission with anyone.
fn set_times(plan: &Plan, place: usize, round: &mut [Participation], dice: &mut Dice) {
    let (opens, closes) = (plan.rounds[place].opens.millis(), plan.rounds[place].closes.millis());
    let head = ((closes - opens) / 10).min(30 * 60_000);
    let minutes = match plan.attempt_of(&plan.rounds[place]).minutes {
        0 => UNLIMITED_MINUTES,
        minutes => minutes,
    };
    let limit = (i64::from(minutes) * 60_000).min((closes - opens) / 20);
    let stars = round.iter().filter_map(|participation| participation.star).max().unwrap_or(0) as i64;
    let (star_step, star_duration) = ((head - limit / 10) / (stars + 2), limit / 20);
    let mut taken = HashSet::new();
    for participation in round.iter_mut() {
        if let Some(rank) = participation.star {
            let rank = rank as i64;
            let started_at = opens + rank * star_step;
            let duration = star_duration + rank * star_duration / (stars + 2);
            participation.attempts[0] = timed(started_at, started_at + duration, true);
            taken.insert(started_at + duration);
            continue;
        }
        let room = participation.attempts.len() as i64 * (limit + 60_000);
        let mut free_from = dice.between(opens + head, closes - room - 60_000);
        for attempt in &mut participation.attempts {
            let started_at = free_from;
            let mut submitted_at = started_at + dice.between(limit / 6, limit * 19 / 20);
            while !taken.insert(submitted_at) {
                submitted_at += 1;
            }
            *attempt = timed(started_at, submitted_at, attempt.perfect);
            free_from = submitted_at + dice.between(5_000, 60_000);
        }
    }
}

fn timed(started_at: i64, submitted_at: i64, perfect: bool) -> PlannedAttempt {
    let at = Timestamp::from_millis;
    PlannedAttempt { started_at: at(started_at), submitted_at: at(submitted_at), perfect }
}

/// Winners are close to what will come out, each a little farther than the one before; everyone else
/// is farther away than all of them.
fn set_predictions(plan: &Plan, place: usize, round: &mut [Participation], dice: &mut Dice) {
    let Some(rules) = plan.rules.prediction else { return };
    let actual = actual(plan.attempt_of(&plan.rounds[place]).counted, rules.target, round);
    let nearest_other = 40 + round.iter().filter_map(|participation| participation.star).max().unwrap_or(0) as u64;
    for participation in round.iter_mut() {
        let distance = match participation.star {
            Some(rank) => rank as u64 - 1,
            None => nearest_other + dice.below(actual.max(200)),
        };
        // Below where there is room, and by half of the others above.
        let above = actual < distance || (participation.star.is_none() && dice.percent(50));
        let most = Prediction::most(rules.target).parts();
        let guess = if above { actual.saturating_add(distance).min(most) } else { actual - distance };
        participation.prediction = Some(Prediction::from_parts(guess));
    }
}

/// Whether only the first attempt says the prediction, or each one.
pub(crate) fn predicts_each_time(plan: &Plan) -> bool {
    plan.rules.prediction.is_some_and(|rules| rules.counted == PredictionCounted::Counted)
}

/// What the predicted number will be, rounded down.
fn actual(counted: Counted, target: PredictionTarget, round: &[Participation]) -> u64 {
    let contestants = round.len() as u64;
    let is_perfect = |participation: &&Participation| match counted {
        Counted::Best => participation.attempts.iter().any(|attempt| attempt.perfect),
        Counted::First => participation.attempts.first().is_some_and(|attempt| attempt.perfect),
        Counted::Last => participation.attempts.last().is_some_and(|attempt| attempt.perfect),
    };
    let perfect = round.iter().filter(is_perfect).count() as u64;
    match target {
        PredictionTarget::PerfectContestants => perfect,
        PredictionTarget::Contestants => contestants,
        PredictionTarget::Attempts => round.iter().map(|participation| participation.attempts.len() as u64).sum(),
        PredictionTarget::PerfectAttempts => {
            let attempts = round.iter().flat_map(|participation| &participation.attempts);
            attempts.filter(|attempt| attempt.perfect).count() as u64
        }
        PredictionTarget::PerfectPercent => {
            (Prediction::most(target).parts() * perfect).checked_div(contestants).unwrap_or(0)
        }
    }
}

/// Accounts are made some minutes before the first start, while registration is open; by the two of the tie in the
/// same moment.
fn registrations(plan: &Plan, cast: Cast, rounds: &[Vec<Participation>], dice: &mut Dice) -> Vec<Timestamp> {
    let mut registered_at = vec![Timestamp::from_millis(i64::MAX); cast.contestants];
    let last = plan.registration_closes().plus_millis(-60_000);
    for participation in rounds.iter().flatten() {
        let before = if participation.star.is_some() { 3_600_000 } else { dice.between(60_000, 3_600_000) };
        let at = participation.attempts[0].started_at.plus_millis(-before).min(last).max(plan.registration.opens);
        let first = &mut registered_at[participation.person];
        *first = at.min(*first);
    }
    registered_at
}

/// Moves those who bring others in before those whom they bring.
fn referrers_first(plan: &Plan, referrers: &BTreeMap<usize, usize>, registered_at: &mut [Timestamp]) {
    for (&brought, &referrer) in referrers {
        let before = registered_at[brought].plus_millis(-60_000).max(plan.registration.opens);
        registered_at[referrer] = registered_at[referrer].min(before);
    }
    for (&brought, &referrer) in referrers {
        registered_at[brought] = registered_at[brought].max(registered_at[referrer].plus_millis(1_000));
    }
}

#[cfg(test)]
mod tests;

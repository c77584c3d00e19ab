//! A right key that goes around in a unit: within an hour many perfect sheets, where before there were few and elsewhere there
//! are few at that time, and the sheets take less time than before.
//!
//! Later attempts are better and faster than first ones without anybody's help. So what is expected is counted for first and
//! for later attempts apart, and durations are compared with what is usual for either.

use super::statistics::binomial_tail;
use super::{ReviewInput, Seen, Signal, Tally};
use crate::ids::UnitCode;
use crate::result::{PersonIndex, ScoredAttempt};
use std::collections::BTreeMap;

const HOUR_MS: i64 = 3_600_000;
/// Sheets of a unit from which on its perfect ones are counted.
const LEAST_SHEETS: usize = 30;
/// Sheets that tell how a unit was before.
const LEAST_BEFORE: u64 = 10;
/// How likely at most so many perfect sheets are by chance.
const MOST_CHANCE: f64 = 1e-6;
/// An unknown rate is taken as that of all sheets, with the weight of so many.
const PRIOR_SHEETS: f64 = 5.0;
/// The median pace of the hour is at most this part of the one before.
const FALLEN_TO: f64 = 0.8;

/// First attempts and later ones.
const CLASSES: usize = 2;

#[derive(Clone, Copy)]
struct Sent {
    at: i64,
    class: usize,
    perfect: bool,
    duration_ms: u64,
    person: PersonIndex,
}

impl Sent {
    fn of(attempt: &ScoredAttempt) -> Self {
        Self {
            at: attempt.submitted_at.millis(),
            class: usize::from(attempt.number > 1),
            perfect: attempt.is_perfect(),
            duration_ms: attempt.duration_ms,
            person: attempt.person,
        }
    }
}

/// Sheets in the order of submission, with sums from the first one on.
struct Timeline {
    sent: Vec<Sent>,
    sums: Vec<[Tally; CLASSES]>,
}

impl Timeline {
    fn of(input: &ReviewInput<'_>, mut sent: Vec<Sent>) -> Self {
        sent.sort_unstable_by_key(|sent| (sent.at, input.name(sent.person), sent.duration_ms));
        let mut sums = vec![[Tally::default(); CLASSES]];
        for one in &sent {
            let mut sum = sums[sums.len() - 1];
            sum[one.class].sheets += 1;
            sum[one.class].perfect += u64::from(one.perfect);
            sums.push(sum);
        }
        Self { sent, sums }
    }

    /// Places of the sheets sent in `[from, until)`.
    fn places(&self, from: i64, until: i64) -> (usize, usize) {
        (self.sent.partition_point(|sent| sent.at < from), self.sent.partition_point(|sent| sent.at < until))
    }

    fn between(&self, (start, end): (usize, usize)) -> [Tally; CLASSES] {
        let (upper, lower) = (self.sums[end], self.sums[start]);
        std::array::from_fn(|class| upper[class].minus(lower[class]))
    }
}

impl Tally {
    const fn minus(self, other: Self) -> Self {
        Self { sheets: self.sheets - other.sheets, perfect: self.perfect - other.perfect }
    }

    fn sum(classes: [Self; CLASSES]) -> Self {
        let add = |sum: Self, of: Self| Self { sheets: sum.sheets + of.sheets, perfect: sum.perfect + of.perfect };
        classes.into_iter().fold(Self::default(), add)
    }

    /// The share of perfect sheets, drawn to `usual` where there are few.
    fn rate(self, usual: f64) -> f64 {
        (self.perfect as f64 + PRIOR_SHEETS * usual) / (self.sheets as f64 + PRIOR_SHEETS)
    }
}

/// Of each unit the hour with most perfect sheets among those that chance does not explain, if there is one; the largest first.
pub(super) fn perfect_jumps(input: &ReviewInput<'_>) -> Vec<Seen> {
    let mut by_unit: BTreeMap<&UnitCode, Vec<Sent>> = BTreeMap::new();
    let mut all = Vec::new();
    for (_, attempt) in input.counted() {
        all.push(Sent::of(attempt));
        if let Some(unit) = &attempt.person.of(input.round.people).unit {
            by_unit.entry(unit).or_default().push(Sent::of(attempt));
        }
    }
    let everybody = Everybody::of(Timeline::of(input, all));
    let mut seen: Vec<Seen> = Vec::new();
    for (unit, sent) in by_unit.into_iter().filter(|(_, sent)| sent.len() >= LEAST_SHEETS) {
        let of_unit = Timeline::of(input, sent);
        if let Some((signal, mut people)) = everybody.jump(unit, &of_unit) {
            people.sort_unstable_by_key(|person| input.name(*person));
            people.dedup();
            seen.push((signal, people));
        }
    }
    seen.sort_by_key(|(_, people)| std::cmp::Reverse(people.len()));
    seen
}

/// What is usual in the round.
struct Everybody {
    timeline: Timeline,
    perfect: [f64; CLASSES],
    median_ms: [u64; CLASSES],
}

/// An hour of a unit: places in its timeline, and how likely it is.
struct Hour {
    places: (usize, usize),
    perfect: u64,
    others: Tally,
    chance: f64,
}

impl Everybody {
    fn of(timeline: Timeline) -> Self {
        let all = timeline.between((0, timeline.sent.len()));
        let perfect = all.map(|tally| (tally.perfect as f64 + 0.5) / (tally.sheets as f64 + 1.0));
        let durations = |class| timeline.sent.iter().filter(move |sent| sent.class == class);
        let median_ms = std::array::from_fn(|class| median(durations(class).map(|sent| sent.duration_ms).collect()));
        Self { timeline, perfect, median_ms }
    }

    fn jump(&self, unit: &UnitCode, of_unit: &Timeline) -> Option<Seen> {
        let sent = &of_unit.sent;
        let mut hours: Vec<Hour> = Vec::new();
        for start in (0..sent.len()).filter(|&start| sent[start].perfect) {
            // Sheets of one millisecond stand in one hour.
            let (start, end) = of_unit.places(sent[start].at, sent[start].at.saturating_add(HOUR_MS));
            hours.extend(self.hour(of_unit, (start, end)));
        }
        hours.sort_by(|a, b| {
            b.perfect.cmp(&a.perfect).then(a.chance.total_cmp(&b.chance)).then(a.places.cmp(&b.places))
        });
        let hour = hours.into_iter().find(|hour| self.has_fallen(of_unit, hour.places))?;
        let (start, end) = hour.places;
        let medians =
            [&sent[start..end], &sent[..start]].map(|part| median(part.iter().map(|sent| sent.duration_ms).collect()));
        let signal = Signal::PerfectJump {
            unit: unit.clone(),
            from: crate::time::Timestamp::from_millis(sent[start].at),
            hour: Tally::sum(of_unit.between(hour.places)),
            before: Tally::sum(of_unit.between((0, start))),
            others: hour.others,
            median_ms: medians,
        };
        Some((signal, sent[start..end].iter().filter(|sent| sent.perfect).map(|sent| sent.person).collect()))
    }

    /// An hour that chance does not explain.
    fn hour(&self, of_unit: &Timeline, places: (usize, usize)) -> Option<Hour> {
        let (own, before) = (of_unit.between(places), of_unit.between((0, places.0)));
        let from = of_unit.sent[places.0].at;
        let at_that_time = self.timeline.between(self.timeline.places(from, from.saturating_add(HOUR_MS)));
        let others: [Tally; CLASSES] = std::array::from_fn(|class| at_that_time[class].minus(own[class]));
        let hour = Tally::sum(own);
        if Tally::sum(before).sheets < LEAST_BEFORE {
            return None;
        }
        // With a chance of their own for first and later attempts, many hits are at most as likely as with the mean of these
        // chances for all (Hoeffding 1956).
        let expected = |class: usize| {
            let usual = self.perfect[class];
            own[class].sheets as f64 * f64::max(before[class].rate(usual), others[class].rate(usual))
        };
        let expected: f64 = (0..CLASSES).map(expected).sum();
        if hour.perfect as f64 <= expected + 1.0 {
            return None;
        }
        let chance = binomial_tail(hour.sheets, hour.perfect, expected / hour.sheets as f64);
        (chance < MOST_CHANCE).then(|| Hour { places, perfect: hour.perfect, others: Tally::sum(others), chance })
    }

    fn has_fallen(&self, of_unit: &Timeline, (start, end): (usize, usize)) -> bool {
        let pace = |sent: &Sent| sent.duration_ms as f64 / self.median_ms[sent.class].max(1) as f64;
        let median_pace = |part: &[Sent]| {
            let mut paces: Vec<f64> = part.iter().map(pace).collect();
            paces.sort_unstable_by(f64::total_cmp);
            paces.get(paces.len() / 2).copied().unwrap_or_default()
        };
        median_pace(&of_unit.sent[start..end]) <= FALLEN_TO * median_pace(&of_unit.sent[..start])
    }
}

/// The middle one, the upper of two; 0 of none.
fn median(mut durations: Vec<u64>) -> u64 {
    durations.sort_unstable();
    durations.get(durations.len() / 2).copied().unwrap_or_default()
}

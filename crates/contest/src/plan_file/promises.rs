//! What a plan promises and nobody could keep, and what it most likely says by mistake (`IMPORT.md` 7).

use super::given::Given;
use super::section::Section;
use super::{RoundDraft, Sections};
use crate::plan::*;
use crate::problem::{ProblemKind, Waiting};
use crate::text::search_key;
use crate::time::Timestamp;
use chrono::Timelike;
use chrono_tz::Tz;

const DAY_MS: i64 = 24 * 3_600_000;

/// Longer than any round, or any wait between two moments of a contest, by a good deal: most slips of a year are longer.
const LONG_DAYS: i64 = 183;

/// From this age on a person consents alone (Law 91/2025/QH15).
const OF_AGE: u64 = 16;

/// Days between two moments, where they are too many.
fn long_days(from: Timestamp, to: Timestamp) -> Option<u64> {
    let days = (to.millis() - from.millis()) / DAY_MS;
    u64::try_from(days).ok().filter(|_| days > LONG_DAYS)
}

/// A moment that ends something, a minute before the day ends.
pub(super) fn last_minute(section: &Section<'_>, closes: Option<Timestamp>, zone: Tz) {
    if let Some(local) = closes.map(|closes| closes.utc().with_timezone(&zone))
        && (local.hour(), local.minute()) == (23, 59)
    {
        section.warn("closes", ProblemKind::LastMinuteLost);
    }
}

/// The names of rounds, and times of which one may be in another year.
pub(super) fn rounds(sections: &[Section<'_>], rounds: &[RoundDraft]) {
    for (place, (section, round)) in sections.iter().zip(rounds).enumerate() {
        let name = search_key(&round.value.name);
        let same = |(earlier, _): &(&RoundDraft, &Section<'_>)| search_key(&earlier.value.name) == name;
        if let Some((_, first)) = rounds[..place].iter().zip(sections).find(same).filter(|_| !name.is_empty()) {
            section.warn("name", ProblemKind::SameRoundName { first_row: first.place("name").row() });
        }
        if !round.has_times {
            continue;
        }
        let Round { opens, closes, publishes, .. } = round.value;
        if let Some(days) = long_days(opens, closes) {
            section.warn("closes", ProblemKind::RoundOfAYear { days });
        }
        if let Some(days) = long_days(closes, publishes) {
            section.warn("publishes", ProblemKind::YearSlips { waits: Waiting::Results, days });
        }
        let before = place.checked_sub(1).map(|before| &rounds[before]).filter(|before| before.has_times);
        if let Some(days) = before.and_then(|before| long_days(before.value.closes, opens)) {
            section.warn("opens", ProblemKind::YearSlips { waits: Waiting::NextRound, days });
        }
    }
}

/// Results that come when the next round is open: one warning, however many rounds there are.
pub(super) fn published_late(sections: &[Section<'_>], rounds: &[RoundDraft]) {
    let is_late = |pair: &[RoundDraft]| {
        pair.iter().all(|round| round.has_times)
            && pair[1].value.opens >= pair[0].value.closes
            && pair[0].value.publishes > pair[1].value.opens
    };
    let late: Vec<usize> =
        rounds.windows(2).enumerate().filter(|(_, pair)| is_late(pair)).map(|(place, _)| place).collect();
    if let [first, others @ ..] = &late[..] {
        let next = rounds[first + 1].value.name.clone();
        let kind = ProblemKind::PublishedAfterNextOpening { next, others: others.len() };
        sections[*first].warn("publishes", kind);
    }
}

/// What the table says of children. Numbers that cannot be read say nothing.
pub(super) fn minors(section: &Section<'_>) {
    let said = |key: &str| if section.has(key) { section.said_number(key) } else { Some(0) };
    let (Some(min_age), Some(consent_under)) = (section.said_number("min_age"), said("guardian_consent_under")) else {
        return;
    };
    if min_age < OF_AGE && consent_under < OF_AGE {
        let key = if section.has("guardian_consent_under") { "guardian_consent_under" } else { "min_age" };
        section.warn(key, ProblemKind::MinorsWithoutConsent { age: OF_AGE as u32 });
    }
}

/// A floor under the time of attempts that have none.
pub(super) fn floor(section: &Section<'_>) {
    if section.said_number("minutes") == Some(0) && section.said_number("min_seconds").is_some_and(|floor| floor > 0) {
        section.refuse("min_seconds", ProblemKind::FloorWithoutMinutes);
    }
}

/// Competitions of units and lists that nobody can win or reach.
pub(super) fn given(sections: &Sections<'_>, given: &Given) {
    let prizes: Option<Vec<&PrizeTier>> = given.prizes.iter().map(Option::as_ref).collect();
    for (section, collective) in sections.collective.iter().zip(&given.collective) {
        let (Some(collective), Some(prizes)) = (collective, &prizes) else { continue };
        let counts = |prize: &&&PrizeTier| collective.scope == Scope::Contest || prize.scope == Scope::Round;
        let converted: Vec<&&PrizeTier> = prizes.iter().filter(counts).collect();
        for key in &collective.measure {
            let is_nothing = match key {
                Measure::PrizePoints => converted.iter().all(|prize| prize.amount == 0),
                Measure::Winners => converted.is_empty(),
                _ => false,
            };
            if is_nothing {
                section.refuse("measure", ProblemKind::NothingToConvert { key: key.as_str() });
            }
        }
    }
    let rounds = sections.rounds.len();
    for (section, list) in sections.commendation.iter().zip(&given.commendation) {
        let asked = list.as_ref().map_or(0, |list| list.consecutive_rounds as usize);
        if rounds > 0 && asked > rounds {
            section.refuse("consecutive_rounds", ProblemKind::StreakLongerThanRounds { rounds });
        }
    }
}

/// Registration so long before the first round that one of the two may be in another year.
pub(super) fn registration(plan: &Plan, section: &Section<'_>) {
    // A time that could not be read stands before everything.
    let opens = Some(plan.registration.opens).filter(|opens| opens.millis() > 0);
    if let Some(days) = opens.and_then(|opens| long_days(opens, plan.opens())) {
        section.warn("opens", ProblemKind::YearSlips { waits: Waiting::FirstRound, days });
    }
}

/// Whether nothing tells people of the ranking over the contest apart who all get its first prize.
pub(super) fn overall_order(plan: &Plan, sections: &Sections<'_>) {
    let (Some(section), Some(overall)) = (&sections.overall, &plan.rules.overall) else { return };
    let first = plan.rules.prizes.iter().find(|prize| prize.scope == Scope::Contest);
    if plan.rules.ranking.unbroken_tie == UnbrokenTie::ExtraPrize
        && !overall.order.is_empty()
        && !overall.order.contains(&OverallKey::Duration)
        && let Some(first) = first
    {
        let (prize, count) = (first.name.clone(), first.count);
        section.warn("order", ProblemKind::TiesUnbroken { prize, count, people: None });
    }
}

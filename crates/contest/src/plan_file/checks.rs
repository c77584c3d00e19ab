//! What the values of a plan must fulfil together, and which of them give a warning
//! (`DOMAIN.md` B6, N28).

use super::given::Given;
use super::registration;
use super::section::Section;
use super::{RoundDraft, Sections, promises};
use crate::ids::RoundId;
use crate::limits::MAX_ROUNDS;
use crate::plan::*;
use crate::problem::ProblemKind;
use crate::time::Timestamp;
use std::collections::HashMap;

const WEEK_MS: i64 = 7 * 24 * 3_600_000;

pub(super) fn ranking(rules: &RankingRules, section: &Section<'_>) {
    let both = [RankingKey::FewerAttempts, RankingKey::MoreAttempts];
    if both.iter().all(|key| rules.order.contains(key)) {
        section.error("order", ProblemKind::Duplicate { value: "attempts_used".to_owned(), first_row: None });
    }
}

/// The times of one round.
pub(super) fn times(
    section: &Section<'_>,
    opens: Option<Timestamp>,
    closes: Option<Timestamp>,
    publishes: Option<Timestamp>,
) {
    if let (Some(opens), Some(closes)) = (opens, closes)
        && closes <= opens
    {
        section.error("closes", ProblemKind::ClosesBeforeOpens);
    }
    let (Some(closes), Some(publishes)) = (closes, publishes) else { return };
    if publishes < closes {
        section.error("publishes", ProblemKind::PublishesBeforeCloses);
    } else if publishes == closes {
        section.warn("publishes", ProblemKind::PublishedAtClosing);
    }
}

/// The rounds among each other; `rounds` are in the order of `sections`.
pub(super) fn rounds(top: &Section<'_>, sections: &[Section<'_>], rounds: &[RoundDraft]) {
    if sections.len() > MAX_ROUNDS {
        top.error("rounds", ProblemKind::TooMany { most: MAX_ROUNDS });
    }
    if sections.is_empty() && top.has("rounds") {
        top.error("rounds", ProblemKind::Empty);
    }
    ids(sections, rounds.iter().map(|round| round.has_id.then_some(&round.value.id)));
    for (section, round) in sections.iter().zip(rounds) {
        if round.value.id.is_overall() {
            section.refuse("id", ProblemKind::ReservedId);
        }
    }
    for (place, pair) in rounds.windows(2).enumerate() {
        if pair.iter().any(|round| !round.has_times) {
            continue;
        }
        let [RoundDraft { value: previous, .. }, RoundDraft { value: round, .. }] = pair else { continue };
        let section = &sections[place + 1];
        let name = previous.name.clone();
        if round.opens < previous.opens {
            section.error("opens", ProblemKind::RoundsOutOfOrder { previous: name });
        } else if round.opens < previous.closes {
            section.error("opens", ProblemKind::RoundsOverlap { previous: name });
        }
    }
    promises::published_late(sections, rounds);
    promises::rounds(sections, rounds);
}

/// What is given, each list for itself and against the others.
pub(super) fn given(top: &Section<'_>, sections: &Sections<'_>, given: &Given) {
    prizes(&sections.prizes, &given.prizes);
    ids(&sections.collective, given.collective.iter().map(|c| c.as_ref().map(|c| &c.id)));
    ids(&sections.commendation, given.commendation.iter().map(|c| c.as_ref().map(|c| &c.id)));
    for (section, prize) in sections.prizes.iter().zip(&given.prizes) {
        let is_over_the_contest = prize.as_ref().is_some_and(|prize| prize.scope == Scope::Contest);
        if is_over_the_contest && !top.has("overall") {
            section.refuse("scope", ProblemKind::OverallMissing);
        }
    }
    promises::given(sections, given);
}

/// Whether points are given where units compete by them, and there alone; `given` is whether the table of them says
/// anything, where it could be read.
pub(super) fn points(section: &Section<'_>, measure: &[Measure], given: Option<bool>) {
    let competes = measure.contains(&Measure::Points);
    if competes && (!section.has("points") || given == Some(false)) {
        section.error("measure", ProblemKind::PointsMissing);
    }
    if section.has("points") && !competes && !measure.is_empty() {
        section.warn("points", ProblemKind::PointsUnused);
    }
}

/// Identifiers that stand twice.
fn ids<'a>(sections: &[Section<'_>], ids: impl Iterator<Item = Option<&'a RoundId>>) {
    let mut seen: HashMap<&RoundId, &Section<'_>> = HashMap::new();
    for (section, id) in sections.iter().zip(ids) {
        let Some(id) = id else { continue };
        match seen.get(id) {
            Some(first) => {
                let first_row = first.place("id").row();
                section.error("id", ProblemKind::Duplicate { value: id.to_string(), first_row });
            }
            None => {
                seen.insert(id, section);
            }
        }
    }
}

/// Tiers that are given twice at once, and prizes that grow downwards.
fn prizes(sections: &[Section<'_>], prizes: &[Option<PrizeTier>]) {
    for (place, prize) in prizes.iter().enumerate() {
        let Some(prize) = prize else { continue };
        let mut earlier: Vec<(&PrizeTier, &Section<'_>)> =
            prizes[..place].iter().zip(sections).filter_map(|(e, s)| Some((e.as_ref()?, s))).collect();
        earlier.retain(|(earlier, _)| earlier.meets(prize));
        if let Some((_, first)) = earlier.iter().find(|(earlier, _)| earlier.tier == prize.tier) {
            let first_row = first.place("tier").row();
            sections[place].error("tier", ProblemKind::Duplicate { value: prize.tier.clone(), first_row });
        }
        if earlier.iter().any(|(earlier, _)| earlier.amount < prize.amount) {
            sections[place].warn("amount", ProblemKind::PrizeAmountsRise);
        }
    }
}

/// What needs the whole plan. Where a value could not be read, the plan holds a stand-in, of which nothing
/// is said here.
pub(super) fn whole(plan: &Plan, top: &Section<'_>, sections: &Sections<'_>, times_known: bool) {
    if let Some(section) = sections.ranking.as_ref().filter(|_| !plan.rules.ranking.order.is_empty()) {
        order(plan, section, sections);
    }
    promises::overall_order(plan, sections);
    if let Some(section) = &sections.registration
        && !plan.rounds.is_empty()
    {
        registration::with_rounds(plan, section, times_known);
    }
    if gives_nothing(plan, sections) {
        top.warn("prizes", ProblemKind::NoPrizes);
    }
    if times_known {
        announced(plan, top);
        lots(plan, sections);
        long_attempts(plan, sections);
        name(plan, top);
    }
}

/// Whether every list of prizes was read, and there is none in any.
fn gives_nothing(plan: &Plan, sections: &Sections<'_>) -> bool {
    let Rules { prizes, collective, .. } = &plan.rules;
    let is_read = prizes.len() == sections.prizes.len()
        && collective.len() == sections.collective.len()
        && plan.commendation.len() == sections.commendation.len();
    let lists = collective.iter().map(|of| &of.prizes).chain(plan.commendation.iter().map(|of| &of.prizes));
    is_read && prizes.is_empty() && lists.into_iter().all(Vec::is_empty)
}

/// Whether the order of keys tells people apart.
fn order(plan: &Plan, section: &Section<'_>, sections: &Sections<'_>) {
    let order = &plan.rules.ranking.order;
    let compares_predictions = order.contains(&RankingKey::PredictionDistance);
    if compares_predictions && sections.prediction.is_none() {
        section.error("order", ProblemKind::PredictionMissing);
    }
    if let Some(section) = &sections.prediction
        && !compares_predictions
    {
        section.warn("target", ProblemKind::PredictionUnused);
    }
    if plan.rules.ranking.eligible == Eligible::All && !order.contains(&RankingKey::Score) {
        section.warn("order", ProblemKind::ScoreNotCompared);
    }
    // No two people have the same instant, in milliseconds.
    let is_instant =
        |key: &RankingKey| matches!(key, RankingKey::SubmittedAt | RankingKey::StartedAt | RankingKey::RegisteredAt);
    if let Some(place) = order.iter().position(is_instant)
        && let Some(never) = order.get(place + 1)
    {
        let (key, after) = (never.as_str(), order[place].as_str());
        section.warn("order", ProblemKind::NeverDecides { key, after });
    }
    let tells_apart =
        |key: &RankingKey| is_instant(key) || matches!(key, RankingKey::Duration | RankingKey::PredictionDistance);
    let first = plan.rules.prizes.iter().find(|prize| prize.scope == Scope::Round);
    if plan.rules.ranking.unbroken_tie == UnbrokenTie::ExtraPrize
        && !order.iter().any(tells_apart)
        && let Some(first) = first
    {
        let (prize, count) = (first.name.clone(), first.count);
        section.warn("order", ProblemKind::TiesUnbroken { prize, count, people: None });
    }
}

/// A draw needs a value that the people who run the functions cannot know: a beacon's, or a witness's in each round.
fn lots(plan: &Plan, sections: &Sections<'_>) {
    let draws = plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot;
    let beacon = plan.rules.ranking.lot_beacon != LotBeacon::None;
    if let Some(section) = &sections.ranking {
        if beacon && !draws {
            section.warn("lot_beacon", ProblemKind::LotsUnused);
        }
        if draws && !beacon && plan.rounds.iter().any(|round| round.lot_witnesses.is_empty()) {
            section.warn("unbroken_tie", ProblemKind::LotsWithoutOthers);
        }
    }
    for (section, round) in sections.rounds.iter().zip(&plan.rounds) {
        if !draws && !round.lot_witnesses.is_empty() {
            section.warn("lot_witnesses", ProblemKind::LotsUnused);
        }
    }
}

/// Nobody could register while the contest is not public, nor take part.
fn announced(plan: &Plan, top: &Section<'_>) {
    let Some(announced) = plan.announced else { return };
    // A time that could not be read stands before everything.
    let registration = Some(plan.registration.opens).filter(|opens| opens.millis() > 0);
    if announced > registration.unwrap_or(plan.opens()).min(plan.opens()) {
        top.error("announced", ProblemKind::AnnouncedTooLate);
    }
}

fn long_attempts(plan: &Plan, sections: &Sections<'_>) {
    for (section, round) in sections.rounds.iter().zip(&plan.rounds) {
        let minutes_ms = i64::from(plan.attempt_of(round).minutes) * 60_000;
        let lasts = round.closes.millis() - round.opens.millis();
        if lasts > 0 && minutes_ms > lasts {
            section.warn("closes", ProblemKind::MinutesLongerThanRound);
        }
    }
}

/// Days and weeks in the name of the contest against the rounds: real plans contradict themselves
/// there (`DOMAIN.md` T8, N28).
fn name(plan: &Plan, top: &Section<'_>) {
    let local = |at: Timestamp| at.utc().with_timezone(&plan.time_zone).date_naive();
    let first = local(plan.opens());
    let last = plan.rounds.iter().map(|round| local(round.publishes)).max().unwrap_or(first);
    for word in plan.name.split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '-' | '–' | '.')) {
        if let Ok(day) = chrono::NaiveDate::parse_from_str(word, "%d/%m/%Y")
            && !(first..=last).contains(&day)
        {
            top.warn("name", ProblemKind::NameContradictsRounds { day: word.to_owned() });
        }
    }
    let lasts = plan.closes().millis() - plan.opens().millis();
    let are = u64::try_from(lasts.max(0) / WEEK_MS + i64::from(lasts % WEEK_MS > 0)).unwrap_or(0);
    let words: Vec<&str> = plan.name.split_whitespace().collect();
    for pair in words.windows(2) {
        if let (Ok(said), "tuần" | "tuần,") = (pair[0].parse::<u64>(), pair[1])
            && said != are
        {
            top.warn("name", ProblemKind::WeeksContradictRounds { said, are });
        }
    }
}

//! `[attempt]`: reading it, and what its values must fulfil.

use super::promises;
use super::section::{Missing, Section};
use super::{MAX_ATTEMPTS, MAX_COUNT, MAX_GRACE_SECONDS, MAX_MINUTES};
use crate::limits::MAX_QUESTIONS;
use crate::plan::*;
use crate::problem::ProblemKind;
use crate::text::search_key;
use std::collections::HashMap;

/// `[attempt]`.
pub(super) fn attempt(section: &mut Section<'_>) -> Option<RoundAttempt> {
    of_section(section, "attempt.quota", None)
}

/// `attempt` of a round: any key of `[attempt]` for it alone, and what `[attempt]` says for the others. Nothing is said of it
/// where `[attempt]` itself is missing.
pub(super) fn of_round(round: &mut Section<'_>, usual: Option<&RoundAttempt>) -> Option<RoundAttempt> {
    let mut section = round.table("attempt", "rounds.attempt", false)?;
    let attempt = of_section(&mut section, "rounds.attempt.quota", Some(usual?));
    section.finish();
    attempt
}

fn of_section(
    section: &mut Section<'_>,
    quota_name: &'static str,
    usual: Option<&RoundAttempt>,
) -> Option<RoundAttempt> {
    let questions =
        section.number("questions", 1..=MAX_QUESTIONS as u64, or(usual, |u| u.paper.questions, Missing::Error));
    let points = section.number("points", 1..=MAX_COUNT, or(usual, |u| u.rules.points, Missing::Stands(1)));
    let minutes = section.number("minutes", 0..=MAX_MINUTES, or(usual, |u| u.rules.minutes, Missing::Stands(0)));
    let grace = or(usual, |u| u.rules.grace_seconds, Missing::Means(10));
    let grace_seconds = section.number("grace_seconds", 0..=MAX_GRACE_SECONDS, grace);
    let per_round = section.number("per_round", 0..=MAX_ATTEMPTS, or(usual, |u| u.rules.per_round, Missing::Stands(1)));
    let per_day = section.number("per_day", 0..=MAX_ATTEMPTS, or(usual, |u| u.rules.per_day, Missing::Means(0)));
    let complete = section.word("complete", or(usual, |u| u.rules.complete, Missing::Means(Complete::Free)));
    let counted = section.word("counted", or(usual, |u| u.rules.counted, Missing::Stands(Counted::Best)));
    let shuffle_questions =
        section.boolean("shuffle_questions", or(usual, |u| u.paper.shuffle_questions, Missing::Means(true)));
    let shuffle_options =
        section.boolean("shuffle_options", or(usual, |u| u.paper.shuffle_options, Missing::Means(true)));
    let draw = section.word("draw", or(usual, |u| u.paper.draw, Missing::Means(Draw::Random)));
    let mut quota_sections = section.tables("quota", quota_name, false);
    let quota: Vec<Option<Quota>> = quota_sections.iter_mut().map(quota).collect();
    quota_sections.iter().for_each(Section::finish);
    let reveal_score =
        section.word("reveal_score", or(usual, |u| u.rules.reveal_score, Missing::Means(RevealScore::Published)));
    let reveal_key =
        section.word("reveal_key", or(usual, |u| u.rules.reveal_key, Missing::Means(RevealKey::Published)));
    let floor = or(usual, |u| u.rules.min_seconds, Missing::Means(0));
    let min_seconds = section.number("min_seconds", 0..=MAX_MINUTES * 60, floor);
    // Who takes the whole bank has no use for the quota of the other rounds.
    let others = usual.filter(|_| !section.has("quota") && draw != Some(Draw::All));
    let own: Vec<Quota> = quota.into_iter().flatten().collect();
    let quota = others.map_or(own, |usual| usual.paper.quota.clone());
    let paper = PaperRules {
        // As many as the quota, where nothing is said.
        questions: questions.unwrap_or_else(|| quota.iter().map(|quota| quota.count).sum::<u32>().max(1)),
        shuffle_questions: shuffle_questions?,
        shuffle_options: shuffle_options?,
        draw: draw?,
        quota,
    };
    let rules = AttemptRules {
        points: points?,
        minutes: minutes?,
        grace_seconds: grace_seconds?,
        per_round: per_round?,
        per_day: per_day?,
        complete: complete?,
        counted: counted?,
        reveal_score: reveal_score?,
        reveal_key: reveal_key?,
        min_seconds: min_seconds?,
    };
    check_paper(&paper, section, &quota_sections);
    check_attempt(&rules, section);
    Some(RoundAttempt { paper, rules })
}

/// What a missing key means: in a round, what `[attempt]` says.
fn or<T>(usual: Option<&RoundAttempt>, of: impl FnOnce(&RoundAttempt) -> T, missing: Missing<T>) -> Missing<T> {
    usual.map_or(missing, |usual| Missing::Means(of(usual)))
}

fn quota(section: &mut Section<'_>) -> Option<Quota> {
    let topic = section.text("topic", Missing::Error);
    let count = section.number("count", 1..=MAX_QUESTIONS as u64, Missing::Error);
    Some(Quota { topic: topic?, count: count? })
}

fn check_paper(rules: &PaperRules, section: &Section<'_>, quota: &[Section<'_>]) {
    let mut topics = HashMap::new();
    for (topic, place) in rules.quota.iter().zip(quota) {
        if let Some(first) = topics.insert(search_key(&topic.topic), place) {
            let first_row = first.place("topic").row();
            place.error("topic", ProblemKind::Duplicate { value: topic.topic.clone(), first_row });
        }
    }
    if !rules.quota.is_empty() {
        let sum: u64 = rules.quota.iter().map(|q| u64::from(q.count)).sum();
        let questions = u64::from(rules.questions);
        if rules.draw == Draw::All {
            section.error("quota", ProblemKind::QuotaWithoutDraw);
        } else if sum != questions {
            section.error("quota", ProblemKind::QuotaSum { sum, questions });
        }
    }
}

fn check_attempt(rules: &AttemptRules, section: &Section<'_>) {
    if rules.minutes > 0 && rules.min_seconds >= rules.minutes * 60 {
        section.error("min_seconds", ProblemKind::FloorAboveMinutes);
    }
    promises::floor(section);
    if rules.per_round > 0 && rules.per_day >= rules.per_round {
        section.warn("per_day", ProblemKind::PerDayUnused);
    }
    if rules.reveal_score == RevealScore::Submitted {
        section.warn("reveal_score", ProblemKind::SubmittedNeedsGrant);
        if rules.per_round != 1 {
            section.warn("reveal_score", ProblemKind::SubmittedWithAttempts);
        }
    }
}

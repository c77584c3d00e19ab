//! `[attempt]`: reading it, and what its values must fulfil.

use super::section::{Missing, Section};
use super::{MAX_ATTEMPTS, MAX_COUNT, MAX_GRACE_SECONDS, MAX_MINUTES};
use crate::limits::MAX_QUESTIONS;
use crate::plan::*;
use crate::problem::ProblemKind;
use crate::text::search_key;
use std::collections::HashMap;

pub(super) fn attempt(section: &mut Section<'_>) -> Option<(PaperRules, AttemptRules)> {
    let questions: Option<u32> = section.number("questions", 1..=MAX_QUESTIONS as u64, Missing::Error);
    let points = section.number("points", 1..=MAX_COUNT, Missing::Stands(1));
    let minutes = section.number("minutes", 0..=MAX_MINUTES, Missing::Stands(0));
    let grace_seconds = section.number("grace_seconds", 0..=MAX_GRACE_SECONDS, Missing::Means(10));
    let per_round = section.number("per_round", 0..=MAX_ATTEMPTS, Missing::Stands(1));
    let per_day = section.number("per_day", 0..=MAX_ATTEMPTS, Missing::Means(0));
    let complete = section.word("complete", Missing::Means(Complete::Free));
    let counted = section.word("counted", Missing::Stands(Counted::Best));
    let shuffle_questions = section.boolean("shuffle_questions", Missing::Means(true));
    let shuffle_options = section.boolean("shuffle_options", Missing::Means(true));
    let draw = section.word("draw", Missing::Means(Draw::Random));
    let mut quota_sections = section.tables("quota", "attempt.quota", false);
    let quota: Vec<Option<Quota>> = quota_sections.iter_mut().map(quota).collect();
    quota_sections.iter().for_each(Section::finish);
    let reveal_score = section.word("reveal_score", Missing::Means(RevealScore::Published));
    let reveal_key = section.word("reveal_key", Missing::Means(RevealKey::Published));
    let min_seconds = section.number("min_seconds", 0..=MAX_MINUTES * 60, Missing::Means(0));
    let quota: Vec<Quota> = quota.into_iter().flatten().collect();
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
    Some((paper, rules))
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

//! What a plan gives: prizes for people and units, lists for commendations, and the ranking over the contest that
//! prizes may follow.

use super::section::{Missing, Section};
use super::{MAX_AMOUNT, MAX_COUNT, MAX_PERCENT_POINTS, RoundDraft, Sections, checks, round_id};
use crate::ids::{RoundId, UnitCode};
use crate::limits::MAX_ROUNDS;
use crate::plan::*;
use crate::problem::ProblemKind;
use std::collections::BTreeSet;

/// As far as it could be read: by entry of the file, `None` where something of it is missing.
pub(super) struct Given {
    pub(super) prizes: Vec<Option<PrizeTier>>,
    pub(super) collective: Vec<Option<Collective>>,
    pub(super) commendation: Vec<Option<Commendation>>,
    /// With stand-ins.
    pub(super) overall: Option<OverallRules>,
}

pub(super) fn read(sections: &mut Sections<'_>, rounds: &[RoundDraft]) -> Given {
    let round_ids = rounds.iter().map(|round| round.has_id.then_some(&round.value.id));
    let round_ids = round_ids.collect::<Option<BTreeSet<&RoundId>>>();
    let prizes: Vec<Option<PrizeTier>> =
        sections.prizes.iter_mut().map(|section| prize(section, round_ids.as_ref())).collect();
    // Where one of them could not be read, nothing is said of those that are named elsewhere.
    let tiers = prizes.iter().map(|prize| Some(prize.as_ref()?.tier.as_str())).collect::<Option<BTreeSet<&str>>>();
    let collective = sections.collective.iter_mut().map(|section| collective_prizes(section, tiers.as_ref())).collect();
    let commendation = sections.commendation.iter_mut().map(commendation).collect();
    let overall = sections.overall.as_mut().map(|section| overall(section, round_ids.as_ref()));
    Given { collective, commendation, overall, prizes }
}

/// Every entry of a list, or none: a list of which one is missing would be judged under wrong lines.
pub(super) fn whole<T>(entries: Vec<Option<T>>) -> Vec<T> {
    entries.into_iter().collect::<Option<_>>().unwrap_or_default()
}

/// `rounds` are those of the plan, where all of them are known.
fn prize(section: &mut Section<'_>, rounds: Option<&BTreeSet<&RoundId>>) -> Option<PrizeTier> {
    let tier = section.parsed("tier", Missing::Error, |text| round_id(text).map(|tier| tier.to_string()));
    let name = section.text("name", Missing::Error);
    let count = section.number("count", 1..=MAX_COUNT, Missing::Error);
    let amount = section.number("amount", 0..=MAX_AMOUNT, Missing::Error);
    let scope = section.word("scope", Missing::Means(Scope::Round));
    let given_in = section.rounds("rounds", |text| known_round(text, rounds)).unwrap_or_default();
    if scope == Some(Scope::Contest) && !given_in.is_empty() {
        section.error("rounds", ProblemKind::RoundsWithContest);
    }
    Some(PrizeTier { tier: tier?, name: name?, count: count?, amount: amount?, scope: scope?, rounds: given_in })
}

fn collective_prizes(section: &mut Section<'_>, tiers: Option<&BTreeSet<&str>>) -> Option<Collective> {
    let id = section.parsed("id", Missing::Error, round_id);
    let levels = section.texts("level");
    let scope = section.word("scope", Missing::Stands(Scope::Round));
    let measure = section.words("measure", Missing::Stands(Vec::new()));
    let points_section = section.table("points", "collective.points", false);
    let gives_points = points_section.as_ref().map(|section| !section.is_empty());
    checks::points(section, measure.as_deref().unwrap_or_default(), gives_points);
    let points = points_section.map(|mut section| points(&mut section, tiers));
    let min_rate_percent = section.number("min_rate_percent", 0..=100, Missing::Means(0));
    let mut prize_sections = section.tables("prizes", "collective.prizes", true);
    let prizes = common_prizes(&mut prize_sections);
    Some(Collective {
        id: id?,
        levels: levels?,
        scope: scope?,
        measure: measure?,
        points,
        min_rate_percent: min_rate_percent?,
        prizes,
    })
}

/// What a unit is given points for; `tiers` are those of the individual prizes, where all of them are known.
fn points(section: &mut Section<'_>, tiers: Option<&BTreeSet<&str>>) -> UnitPoints {
    let percent = section.number("contestants_percent", 0..=MAX_PERCENT_POINTS, Missing::Means(0));
    let by_tier = section.other_numbers::<u32>(0..=MAX_COUNT).unwrap_or_default();
    for tier in by_tier.keys().filter(|tier| tiers.is_some_and(|tiers| !tiers.contains(tier.as_str()))) {
        section.error(tier, ProblemKind::UnknownTier { tier: tier.clone() });
    }
    UnitPoints { contestants_percent: percent.unwrap_or_default(), tiers: by_tier }
}

/// Prizes of a collective competition or a commendation.
fn common_prizes(sections: &mut [Section<'_>]) -> Vec<CollectivePrize> {
    let prizes: Vec<Option<CollectivePrize>> = sections.iter_mut().map(collective_prize).collect();
    sections.iter().for_each(Section::finish);
    prizes.into_iter().flatten().collect()
}

fn collective_prize(section: &mut Section<'_>) -> Option<CollectivePrize> {
    let name = section.text("name", Missing::Error);
    let count = section.number("count", 1..=MAX_COUNT, Missing::Error);
    let amount = section.number("amount", 0..=MAX_AMOUNT, Missing::Error);
    Some(CollectivePrize { name: name?, count: count?, amount: amount? })
}

fn commendation(section: &mut Section<'_>) -> Option<Commendation> {
    let id = section.parsed("id", Missing::Error, round_id);
    let unit =
        section.parsed("unit", Missing::Error, |text| UnitCode::parse(text).map_err(|_| ProblemKind::InvalidUnitCode));
    let referrals = section.number("referrals", 1..=MAX_COUNT, Missing::Error);
    let consecutive_rounds = section.number("consecutive_rounds", 1..=MAX_ROUNDS as u64, Missing::Error);
    let scope = section.word("scope", Missing::Means(Scope::Contest));
    let form = section.parsed("form", Missing::Means(None), |text| Ok(Some(text.to_owned())));
    let mut prize_sections = section.tables("prizes", "commendation.prizes", false);
    let prizes = common_prizes(&mut prize_sections);
    Some(Commendation {
        id: id?,
        unit: unit?,
        referrals: referrals?,
        consecutive_rounds: consecutive_rounds?,
        scope: scope?,
        prizes,
        form: form?,
    })
}

/// The ranking over the contest; `rounds` are those of the plan, where all of them are known.
fn overall(section: &mut Section<'_>, rounds: Option<&BTreeSet<&RoundId>>) -> OverallRules {
    let score = section.word("score", Missing::Error);
    let (least, missing) = match score {
        Some(OverallScore::Best) => (1, Missing::Stands(1)),
        Some(OverallScore::Sum) | None => (0, Missing::Means(0)),
    };
    let best = section.number("best", least..=MAX_ROUNDS as u64, missing).unwrap_or_default();
    let counted = section.rounds("rounds", |text| known_round(text, rounds));
    let order = section.words("order", Missing::Stands(Vec::new())).unwrap_or_default();
    if score == Some(OverallScore::Sum) && best > 0 {
        section.error("best", ProblemKind::BestWithSum);
    }
    OverallRules { score: score.unwrap_or(OverallScore::Sum), best, rounds: counted.unwrap_or_default(), order }
}

/// A round of the plan; `rounds` are all of them, where all are known.
fn known_round(text: &str, rounds: Option<&BTreeSet<&RoundId>>) -> Result<RoundId, ProblemKind> {
    let id = round_id(text)?;
    let is_known = rounds.is_none_or(|rounds| rounds.contains(&id));
    if is_known { Ok(id) } else { Err(ProblemKind::UnknownRound { round: text.to_owned() }) }
}

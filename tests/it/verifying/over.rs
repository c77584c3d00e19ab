//! Rules over a random contest, and what is published over it from any versions of its rounds.

use super::rounds::{write, write_version};
use contest::edition::Status;
use contest::fraction::RoundingMode;
use contest::ids::{ContestId, RoundId};
use contest::overall::{ContestInput, ContestResult, rank_contest};
use contest::plan::{
    Collective, CollectivePrize, Measure, OverallKey, OverallRules, OverallScore, Plan, Scope, UnitPoints,
};
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::UnitTree;
use documents::site::standings_json::standings_json;
use documents::site::{
    ContestStanding, FollowedVersion, OverallVersion, PointerEntry, RoundPointer, VersionBefore, overall_files,
};
use std::collections::BTreeMap;
use std::path::Path;
use tests::dice::Dice;

/// A round with every version of it.
pub(super) struct Versions {
    pub(super) round: RoundId,
    pub(super) closes: Timestamp,
    pub(super) pointer: RoundPointer,
    /// What each version adds to the contest, and what its results are.
    pub(super) adds: Vec<(TakenRound, Status)>,
}

/// Ranks people over the contest, gives some prizes over it, and lets units of two levels compete for points.
pub(super) fn throw_rules(plan: &mut Plan, dice: &mut Dice) {
    if dice.chance(6) {
        plan.rules.overall = Some(random_overall(&plan.rounds[0].id, dice));
        plan.rules.prizes.iter_mut().for_each(|tier| {
            if dice.chance(4) {
                tier.scope = Scope::Contest;
            }
        });
    }
    let tiers: Vec<String> = plan.rules.prizes.iter().map(|tier| tier.tier.clone()).collect();
    for competition in &mut plan.rules.collective {
        if dice.chance(3) {
            compete_for_points(competition, &tiers, dice);
        }
    }
    if dice.chance(6) {
        let competition = second_competition(dice);
        plan.rules.collective.push(competition);
    }
}

fn random_overall(first: &RoundId, dice: &mut Dice) -> OverallRules {
    let mut order = vec![OverallKey::Score, OverallKey::PerfectAttempts, OverallKey::Duration];
    order.swap(0, dice.below(3));
    order.truncate(1 + dice.below(3));
    let score = if dice.chance(5) { OverallScore::Sum } else { OverallScore::Best };
    let best = if score == OverallScore::Best { u32::try_from(1 + dice.below(2)).expect("few") } else { 0 };
    let rounds = if dice.chance(3) { vec![first.clone()] } else { Vec::new() };
    OverallRules { score, best, rounds, order }
}

fn compete_for_points(competition: &mut Collective, tiers: &[String], dice: &mut Dice) {
    let contestants_percent = u32::try_from(dice.below(3)).expect("few");
    let tiers = tiers.iter().filter(|_| dice.chance(7)).cloned().zip([7, 3]).collect();
    competition.points = Some(UnitPoints { contestants_percent, tiers });
    competition.measure.insert(dice.below(2), Measure::Points);
}

fn second_competition(dice: &mut Dice) -> Collective {
    let levels = if dice.chance(5) { vec!["ward", "block"] } else { vec!["city"] };
    let prize = |name: &str, count| CollectivePrize { name: name.to_owned(), count, amount: 300_000 };
    Collective {
        id: RoundId::parse("toan-cuoc").expect("an id"),
        levels: levels.into_iter().map(str::to_owned).collect(),
        scope: Scope::Contest,
        measure: vec![Measure::Winners, Measure::Contestants],
        points: None,
        min_rate_percent: u32::try_from(dice.below(2) * 40).expect("few"),
        prizes: vec![prize("Cờ nhất", 1), prize("Cờ nhì", 2)],
    }
}

/// Writes what is published over a contest all of whose rounds are.
pub(super) fn publish_over(folder: &Path, plan: &Plan, units: &UnitTree, rounds: &[Versions], dice: &mut Dice) {
    let over = Over { plan, units, rounds };
    let live: Vec<u32> = rounds.iter().map(|of| of.pointer.version).collect();
    let mut editions = vec![over.any_versions(&live, dice)];
    if editions[0] != live && dice.chance(7) {
        editions.push(live.clone());
    }
    let mut published = None;
    if plan.rules.are_over_the_contest() {
        published = Some(over.publish_editions(&folder.join("overall"), &editions, dice));
    }
    let standing = match dice.below(10) {
        0 => return,
        1 => live[..1].to_vec(),
        2 | 3 => over.any_versions(&live, dice),
        4 => editions[0].clone(),
        _ => live,
    };
    let names = published.and_then(|mut by_edition: Vec<_>| {
        let same = editions.iter().position(|edition| *edition == standing)?;
        Some(by_edition.swap_remove(same))
    });
    let follow = over.follow(&standing);
    let result = rank_contest(&follow.input(&over));
    let file = standings_json(&follow.standing(&over, &result, &names.unwrap_or_default()));
    write(&folder.join(file.name), &file.bytes);
}

struct Over<'a> {
    plan: &'a Plan,
    units: &'a UnitTree,
    rounds: &'a [Versions],
}

/// Versions of the first rounds, one of each.
struct Follow {
    follows: Vec<FollowedVersion>,
    taken: Vec<TakenRound>,
    status: Status,
    is_final: bool,
}

impl Follow {
    fn input<'a>(&'a self, over: &Over<'a>) -> ContestInput<'a> {
        ContestInput { rules: &over.plan.rules, units: over.units, rounds: &self.taken, is_final: self.is_final }
    }

    fn standing<'a>(
        &'a self,
        over: &Over<'a>,
        result: &'a ContestResult,
        winner_names: &'a BTreeMap<String, String>,
    ) -> ContestStanding<'a> {
        let (contest, rounding): (&ContestId, RoundingMode) = (&over.plan.id, over.plan.rounding);
        ContestStanding { contest, rounding, input: self.input(over), result, follows: &self.follows, winner_names }
    }
}

impl Over<'_> {
    fn any_versions(&self, live: &[u32], dice: &mut Dice) -> Vec<u32> {
        live.iter().map(|&live| 1 + u32::try_from(dice.below(live as usize)).expect("few")).collect()
    }

    fn follow(&self, versions: &[u32]) -> Follow {
        let (mut follows, mut taken, mut status) = (Vec::new(), Vec::new(), Status::Official);
        for (of, &version) in self.rounds.iter().zip(versions) {
            let place = version as usize - 1;
            let manifest_sha256 = of.pointer.history[place].manifest_sha256.clone();
            follows.push(FollowedVersion { round: of.round.clone(), version, manifest_sha256 });
            let (adds, of_version) = &of.adds[place];
            taken.push(adds.clone());
            if *of_version == Status::Provisional {
                status = Status::Provisional;
            }
        }
        Follow { follows, taken, status, is_final: versions.len() == self.rounds.len() }
    }

    /// Returns the names of the winners of each edition.
    fn publish_editions(&self, folder: &Path, editions: &[Vec<u32>], dice: &mut Dice) -> Vec<BTreeMap<String, String>> {
        let (mut pointer, mut before, mut named) = (None::<RoundPointer>, None::<VersionBefore>, Vec::new());
        for (number, versions) in (1..).zip(editions) {
            let follow = self.follow(versions);
            let result = rank_contest(&follow.input(self));
            let names = names(&result, dice);
            let earlier: Vec<PointerEntry> = pointer.iter().flat_map(|pointer| pointer.history.clone()).collect();
            let reason = (number > 1).then(|| self.reason(&editions[number as usize - 2], versions));
            let version = OverallVersion {
                standing: follow.standing(self, &result, &names),
                number,
                earlier: &earlier,
                before: before.as_ref(),
                reason: reason.as_deref(),
                status: follow.status,
                closed_at: self.rounds.iter().map(|of| of.closes).max().expect("a round"),
                rules_sha256: &self.rules_sha256(),
            };
            let files = overall_files(&version);
            let manifest = write_version(&folder.join(format!("v{number}")), &files);
            let file = |name: &str| &files.iter().find(|file| file.name == name).expect("a file").bytes;
            before = VersionBefore::read(file("results.json"), file("ranking.csv")).ok();
            let at = self.plan.closes().plus_millis(i64::from(number));
            pointer =
                Some(RoundPointer::moved(pointer.as_ref(), number, follow.status, &manifest, reason.as_deref(), at));
            named.push(names);
        }
        write(&folder.join("index.json"), &pointer.expect("an edition").to_json());
        named
    }

    fn reason(&self, before: &[u32], now: &[u32]) -> String {
        let newer = |((of, &before), &now): ((&Versions, &u32), &u32)| {
            of.pointer.history[before as usize..now as usize].iter().filter_map(|entry| entry.reason.clone()).collect()
        };
        let reasons: Vec<Vec<String>> = self.rounds.iter().zip(before).zip(now).map(newer).collect();
        contest::decision::reasons(reasons.iter().flatten().map(String::as_str))
    }

    fn rules_sha256(&self) -> String {
        documents::words::rules_sha256(&documents::words::rules(self.plan, self.units))
    }
}

/// Now and then somebody's name is not known any more.
fn names(result: &ContestResult, dice: &mut Dice) -> BTreeMap<String, String> {
    let lines = result.ranking.as_deref().unwrap_or_default();
    let winners = result.winners.iter().map(|winner| lines[winner.place.0 as usize].pseudonym.as_str());
    winners.filter(|_| dice.chance(9)).map(|name| (name.to_owned(), format!("Người “{name}”"))).collect()
}

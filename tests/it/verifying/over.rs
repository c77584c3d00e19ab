//! Rules over a random contest, and what is published over it from any versions of its rounds.

use super::rounds::{write, write_version};
use contest::decision::{Action, Change, Decision, Ruling};
use contest::edition::over_contest::{self, OverallEdition};
use contest::edition::{Followed, Status};
use contest::fraction::RoundingMode;
use contest::ids::{ContestId, RoundId};
use contest::lots::{ContestLots, LotDraw};
use contest::overall::{ContestInput, ContestResult, ContestRuling, rank_contest};
use contest::plan::{
    Collective, CollectivePrize, Measure, OverallKey, OverallRules, OverallScore, Plan, Scope, UnbrokenTie, UnitPoints,
};
use contest::result::Person;
use contest::seal::ContestKeys;
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::UnitTree;
use documents::site::decisions_json::decisions_json;
use documents::site::standings_json::standings_json;
use documents::site::{
    ContestStanding, FollowedVersion, OverallVersion, PointerEntry, PublishedFile, RoundPointer, VersionBefore,
    overall_files,
};
use documents::words::DRAW_REASON;
use std::collections::BTreeMap;
use std::path::Path;
use tests::dice::Dice;

/// A round with every version of it.
pub(super) struct Versions {
    pub(super) round: RoundId,
    pub(super) closes: Timestamp,
    pub(super) pointer: RoundPointer,
    /// Of its ledger.
    pub(super) root: [u8; 32],
    /// Its draw, whether it needs one or not, where the contest has draws.
    pub(super) drawn: Option<LotDraw>,
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
pub(super) fn publish_over(folder: &Path, over: &Over<'_>, dice: &mut Dice) {
    let live = over.followed(&over.rounds.iter().map(|of| of.pointer.version).collect::<Vec<_>>());
    let mut published = Vec::new();
    if over.plan.rules.are_over_the_contest() {
        let (editions, decisions) = over.editions(&live, dice);
        published = over.publish_editions(&folder.join("overall"), &editions, &decisions, dice);
    }
    let file = match dice.below(10) {
        0 => return,
        choice @ 1..=3 => {
            let follows = if choice == 1 { live[..1].to_vec() } else { over.any_versions(&live, dice) };
            let edition = OverallEdition { follows, ..OverallEdition::default() };
            over.standings(&edition, &[], None)
        }
        choice if published.is_empty() => {
            let follows = if choice == 4 { over.any_versions(&live, dice) } else { live };
            over.standings(&OverallEdition { follows, ..OverallEdition::default() }, &[], None)
        }
        choice => {
            let Published { edition, decisions, version, names } =
                if choice == 4 { &published[0] } else { published.last().expect("an edition") };
            over.standings(edition, decisions, Some((version, names)))
        }
    };
    write(&folder.join(file.name), &file.bytes);
}

/// A contest all of whose rounds are published.
pub(super) struct Over<'a> {
    pub(super) plan: &'a Plan,
    pub(super) units: &'a UnitTree,
    pub(super) keys: &'a ContestKeys,
    pub(super) people: &'a [Person],
    pub(super) rounds: &'a [Versions],
}

/// A version of the results over the contest.
struct Published {
    edition: OverallEdition,
    decisions: Vec<Decision>,
    version: FollowedVersion,
    names: BTreeMap<String, String>,
}

/// Versions of the first rounds, one of each, and what was decided and drawn.
struct Follow {
    follows: Vec<FollowedVersion>,
    taken: Vec<TakenRound>,
    status: Status,
    ruling: ContestRuling,
    is_final: bool,
}

impl Follow {
    fn input<'a>(&'a self, over: &Over<'a>) -> ContestInput<'a> {
        let Self { taken, ruling, is_final, .. } = self;
        ContestInput {
            rules: &over.plan.rules,
            points: over.plan.usual_points(),
            units: over.units,
            rounds: taken,
            is_final: *is_final,
            ruling,
        }
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
    fn followed(&self, versions: &[u32]) -> Vec<Followed> {
        let of = |(of, &edition): (&Versions, &u32)| Followed { round: of.round.clone(), edition };
        self.rounds.iter().zip(versions).map(of).collect()
    }

    fn any_versions(&self, live: &[Followed], dice: &mut Dice) -> Vec<Followed> {
        let any = |live: &Followed| 1 + u32::try_from(dice.below(live.edition as usize)).expect("few");
        self.followed(&live.iter().map(any).collect::<Vec<_>>())
    }

    /// From any versions of the rounds on, up to four steps in any order; and every decision.
    fn editions(&self, live: &[Followed], dice: &mut Dice) -> (Vec<OverallEdition>, Vec<Decision>) {
        let first = OverallEdition { follows: self.any_versions(live, dice), ..OverallEdition::default() };
        let (mut editions, mut decisions) = (vec![first], Vec::new());
        let steps = if dice.chance(5) { 0 } else { 1 + dice.below(4) };
        for _ in 0..steps {
            let mut next = editions.last().expect("an edition").clone();
            match dice.below(3) {
                0 if next.follows != live => next.follows = live.to_vec(),
                1 if self.draws() && !next.drawn => next.drawn = true,
                2 => {
                    next.decisions += 1;
                    decisions.push(self.decision(next.decisions, dice));
                }
                _ => continue,
            }
            editions.push(next);
        }
        (editions, decisions)
    }

    fn draws(&self) -> bool {
        self.plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot
    }

    /// A decision about the contest as a whole; often it gives everybody a place.
    fn decision(&self, number: u32, dice: &mut Dice) -> Decision {
        let round = RoundId::overall();
        let change = |action| Change { round: round.clone(), action, reason: format!("Lý do “{number}”") };
        let mut changes = Vec::new();
        if dice.chance(6) {
            let places = (1..).zip(self.people);
            let turned = |place: u32| if number.is_multiple_of(2) { place } else { 1_000 - place };
            changes
                .extend(places.map(|(place, person)| change(Action::Order(person.contestant.clone(), turned(place)))));
        }
        for person in self.people {
            match dice.below(12) {
                0 => changes.push(change(Action::Forfeit(person.contestant.clone()))),
                1 => changes.push(change(Action::Reinstate(person.contestant.clone(), None))),
                _ => {}
            }
        }
        if changes.is_empty() || dice.chance(4) {
            changes.push(change(Action::Recognize));
        }
        Decision { number: Some(format!("{number}/QĐ-BTC")), decided_on: None, at: self.plan.closes(), changes }
    }

    fn follow(&self, edition: &OverallEdition, decisions: &[Decision]) -> Follow {
        let (mut follows, mut taken, mut statuses) = (Vec::new(), Vec::new(), Vec::new());
        for (of, &Followed { edition: version, .. }) in self.rounds.iter().zip(&edition.follows) {
            let place = version as usize - 1;
            let manifest_sha256 = of.pointer.history[place].manifest_sha256.clone();
            follows.push(FollowedVersion { round: of.round.clone(), version, manifest_sha256 });
            let (adds, of_version) = &of.adds[place];
            taken.push(adds.clone());
            statuses.push(*of_version);
        }
        let (id, about): (RoundId, Vec<&Decision>) = (RoundId::overall(), decisions.iter().collect());
        let ruling = ContestRuling::of(&Ruling::of_decisions(&about, &id), |who| self.keys.pseudonym(who));
        let drawn = self.drawn(edition).map(|(_, drawn)| drawn);
        let lots = drawn.map(|drawn| ContestLots::of(drawn, self.rounds.iter().map(|of| of.root)));
        Follow {
            is_final: follows.len() == self.rounds.len(),
            status: over_contest::status(statuses, decisions.last().map(|newest| newest.recognizes(&id))),
            ruling: ContestRuling { lots, ..ruling },
            follows,
            taken,
        }
    }

    /// The round that closes last and its draw, in editions that rest on it.
    fn drawn(&self, edition: &OverallEdition) -> Option<(&RoundId, &LotDraw)> {
        let last = self.rounds.iter().rev().max_by_key(|of| of.closes)?;
        last.drawn.as_ref().map(|drawn| (&last.round, drawn)).filter(|_| edition.drawn)
    }

    fn standings(
        &self,
        edition: &OverallEdition,
        decisions: &[Decision],
        overall: Option<(&FollowedVersion, &BTreeMap<String, String>)>,
    ) -> PublishedFile {
        let (follow, nobody) = (self.follow(edition, decisions), BTreeMap::new());
        let result = rank_contest(&follow.input(self));
        let (version, names) = overall.unzip();
        standings_json(&follow.standing(self, &result, names.unwrap_or(&nobody)), version)
    }

    fn publish_editions(
        &self,
        folder: &Path,
        editions: &[OverallEdition],
        decisions: &[Decision],
        dice: &mut Dice,
    ) -> Vec<Published> {
        let (mut pointer, mut before, mut published) = (None::<RoundPointer>, None::<VersionBefore>, Vec::new());
        for (number, edition) in (1..).zip(editions) {
            let decisions = &decisions[..edition.decisions as usize];
            let follow = self.follow(edition, decisions);
            let result = rank_contest(&follow.input(self));
            let names = names(&result, dice);
            let earlier: Vec<PointerEntry> = pointer.iter().flat_map(|pointer| pointer.history.clone()).collect();
            let reason = (number > 1).then(|| self.reason(&editions[number as usize - 2], edition, decisions));
            let (id, about): (RoundId, Vec<&Decision>) = (RoundId::overall(), decisions.iter().collect());
            let decided = decisions_json(&self.plan.id, &id, &about, |who| self.keys.pseudonym(who));
            let version = OverallVersion {
                standing: follow.standing(self, &result, &names),
                number,
                earlier: &earlier,
                before: before.as_ref(),
                reason: reason.as_deref(),
                status: follow.status,
                closed_at: self.rounds.iter().map(|of| of.closes).max().expect("a round"),
                rules_sha256: &self.rules_sha256(),
                decisions: (!decisions.is_empty()).then_some(&decided),
                drawn: self.drawn(edition),
            };
            let files = overall_files(&version);
            let manifest = write_version(&folder.join(format!("v{number}")), &files);
            let file = |name: &str| &files.iter().find(|file| file.name == name).expect("a file").bytes;
            before = VersionBefore::read(file("results.json"), file("ranking.csv")).ok();
            let at = self.plan.closes().plus_millis(i64::from(number));
            pointer =
                Some(RoundPointer::moved(pointer.as_ref(), number, follow.status, &manifest, reason.as_deref(), at));
            let version = FollowedVersion { round: id, version: number, manifest_sha256: manifest };
            published.push(Published { edition: edition.clone(), decisions: decisions.to_vec(), version, names });
        }
        write(&folder.join("index.json"), &pointer.expect("an edition").to_json());
        published
    }

    fn reason(&self, before: &OverallEdition, now: &OverallEdition, decisions: &[Decision]) -> String {
        if now.decisions > before.decisions {
            return decisions.last().expect("a decision").reason(&RoundId::overall());
        }
        if now.drawn && !before.drawn {
            return DRAW_REASON.to_owned();
        }
        let newer = |((of, before), now): ((&Versions, &Followed), &Followed)| {
            let entries = &of.pointer.history[before.edition as usize..now.edition as usize];
            entries.iter().filter_map(|entry| entry.reason.clone()).collect()
        };
        let reasons: Vec<Vec<String>> = self.rounds.iter().zip(&before.follows).zip(&now.follows).map(newer).collect();
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

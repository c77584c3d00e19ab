//! What is published over a contest once rounds of it are: the standings, and after the last round `overall/`.
//!
//! Both follow from versions of rounds, and from what was decided and drawn about the contest as a whole. An edition of
//! `overall/` is recorded with these before it is published, so that a repeated run writes the same files; the standings name
//! theirs and are only ever replaced by newer ones.

use crate::App;
use crate::named::{Named, full_names, published_names};
use crate::publish::{Version, earlier, pointer, version_before};
use anyhow::{Context, ensure};
use contest::decision::{Decision, of_round};
use contest::edition::over_contest::{Known, OverallEdition, Step};
use contest::edition::{Followed, are_newer};
use contest::ids::{ContestId, RoundId};
use contest::overall::{ContestResult, rank_contest};
use contest::plan::{Round, UnbrokenTie};
use contest::time::Timestamp;
use documents::site::decisions_json::decisions_json;
use documents::site::overall::reason_after;
use documents::site::standings_json::{followed, standings_json};
use documents::site::{ContestStanding, FollowedVersion, OverallVersion, PointerEntry, overall_files};
use documents::words::{DRAW_REASON, rules, rules_sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{ContestSnapshot, OverContest, OverallBasis, OverallRecord, RoundRecord, StoreError, keys};

/// A round of which a version is published.
pub(crate) struct PublishedRound<'a> {
    pub(crate) round: &'a Round,
    pub(crate) record: RoundRecord,
}

/// What was published over a contest.
#[derive(Default)]
pub(crate) struct Published {
    pub(crate) done: Vec<String>,
    /// Whether prizes over the contest wait for lots that nobody has drawn yet: those of the round that closes last.
    pub(crate) awaits_draw: bool,
}

/// Publishes what follows from the newest versions of `rounds`, which are in the order of the plan, as far as it is not
/// published yet.
pub(crate) async fn publish(
    app: &App,
    snapshot: &ContestSnapshot,
    rounds: &[PublishedRound<'_>],
    now: Timestamp,
) -> anyhow::Result<Published> {
    let newest = |of: &PublishedRound<'_>| {
        let edition = of.record.editions.published;
        (edition > 0).then(|| Followed { round: of.round.id.clone(), edition })
    };
    let live: Vec<Followed> = rounds.iter().filter_map(newest).collect();
    if live.is_empty() {
        return Ok(Published::default());
    }
    let (contest, mut done) = (&snapshot.plan.id, Vec::new());
    let mut record = app.control.overall(contest).await?;
    let is_final = live.len() == snapshot.plan.rounds.len();
    let drawn = rounds.last().is_some_and(|last| last.record.editions.draw.is_some());
    if is_final && snapshot.plan.is_documented_over_the_contest() {
        let is_ranked = snapshot.plan.rules.are_over_the_contest();
        let is_all_published = record.published as usize == record.editions.len();
        // Where nothing is recorded that rests on more, what comes later is for the next run.
        let decisions = if is_all_published { snapshot.decisions().await? } else { app.decisions(contest).await? };
        let about = u32::try_from(of_round(&decisions, &RoundId::overall()).len())?;
        loop {
            for number in record.published + 1..=u32::try_from(record.editions.len())? {
                if is_ranked {
                    let edition = Publication { snapshot, rounds, record: &record, number, decisions: &decisions };
                    record.awaits_draw = edition.publish(app, now).await?;
                    done.push(format!("published {contest}/overall edition {number}"));
                }
                // Where nothing is ranked, only documents are made of an edition.
                app.control.record_overall_publication(contest, number, record.awaits_draw).await?;
                record.published = number;
            }
            let known = Known { live: &live, decisions: about, drawn: drawn && record.awaits_draw };
            let Some(due) = OverallEdition::due(record.editions.last(), known) else { break };
            app.control.add_overall_edition(contest, &record.editions, &due).await?;
            record.editions.push(due);
        }
    }
    done.extend(standings(app, snapshot, rounds, &record, live).await?);
    Ok(Published { done, awaits_draw: record.awaits_draw && !drawn })
}

/// Versions of rounds, ranked again where something is ranked over the contest.
struct Over<'a> {
    contest: &'a ContestId,
    ranked: OverContest,
    follows: Vec<FollowedVersion>,
    /// The histories of the rounds' pointers, in the order of `follows`.
    histories: Vec<Vec<PointerEntry>>,
}

impl<'a> Over<'a> {
    async fn read(
        app: &App,
        snapshot: &'a ContestSnapshot,
        rounds: &[PublishedRound<'_>],
        (edition, decisions): (&OverallEdition, &[Decision]),
    ) -> anyhow::Result<Self> {
        let (contest, plan) = (&snapshot.plan.id, &snapshot.plan);
        let editions = |round: &RoundId| {
            let of = rounds.iter().find(|of| of.round.id == *round);
            of.map(|of| of.record.editions.clone())
        };
        let unranked = OverallEdition::default();
        let ranked = if plan.rules.are_over_the_contest() { edition } else { &unranked };
        let basis = OverallBasis { plan, edition: ranked, decisions };
        let mut ranked = OverContest::read((&app.vault, &app.secrets), &basis, editions).await?;
        ranked.is_final = edition.follows.len() == plan.rounds.len();
        let mut over = Self { contest, ranked, follows: Vec::new(), histories: Vec::new() };
        for followed in &edition.follows {
            over.link(app, followed).await?;
        }
        Ok(over)
    }

    async fn link(&mut self, app: &App, followed: &Followed) -> anyhow::Result<()> {
        let (version, history) = linked(app, &keys::round_index(self.contest, &followed.round), followed).await?;
        self.follows.push(version);
        self.histories.push(history);
        Ok(())
    }

    /// Public names of those who win a prize over the contest.
    fn winners<'r>(&self, result: &'r ContestResult) -> BTreeSet<&'r str> {
        let lines = result.ranking.as_deref().unwrap_or_default();
        result.winners.iter().map(|winner| lines[winner.place.0 as usize].pseudonym.as_str()).collect()
    }

    fn standing<'b>(
        &'b self,
        result: &'b ContestResult,
        winner_names: &'b BTreeMap<String, String>,
    ) -> ContestStanding<'b> {
        let Self { contest, ranked, follows, .. } = self;
        let (rounding, input) = (ranked.plan.rounding, ranked.input());
        ContestStanding { contest, rounding, input, result, follows, winner_names }
    }
}

/// The version that is followed, as a pointer has it, and the pointer's history.
async fn linked(
    app: &App,
    index: &str,
    Followed { round, edition: version }: &Followed,
) -> anyhow::Result<(FollowedVersion, Vec<PointerEntry>)> {
    let (_, live) = pointer(app, index).await?.context("no pointer")?;
    let entry = live.history.iter().find(|entry| entry.version == *version);
    let manifest_sha256 = entry.context("a version that is not in the pointer's history")?.manifest_sha256.clone();
    Ok((FollowedVersion { round: round.clone(), version: *version, manifest_sha256 }, live.history))
}

/// An edition on its way out.
struct Publication<'a> {
    snapshot: &'a ContestSnapshot,
    rounds: &'a [PublishedRound<'a>],
    record: &'a OverallRecord,
    /// Its number.
    number: u32,
    /// Every decision in force.
    decisions: &'a [Decision],
}

impl Publication<'_> {
    /// Writes its files and makes it live; returns whether it leaves prizes to a draw.
    async fn publish(&self, app: &App, now: Timestamp) -> anyhow::Result<bool> {
        let Self { snapshot, rounds, record, number, decisions } = *self;
        let contest = &snapshot.plan.id;
        let edition = &record.editions[number as usize - 1];
        let over = Over::read(app, snapshot, rounds, (edition, decisions)).await?;
        let result = rank_contest(&over.ranked.input());
        let folder = |version| keys::overall_file(contest, version, "");
        let mut winners = over.winners(&result);
        let newest = record.editions.last().filter(|newest| *newest != edition);
        if let Some(newest) = newest {
            // Nobody who is passed over by now is named in an edition before.
            let newest = Over::read(app, snapshot, rounds, (newest, decisions)).await?;
            let result = rank_contest(&newest.ranked.input());
            let in_the_end = newest.winners(&result);
            winners.retain(|winner| in_the_end.contains(winner));
        }
        let published = published_names(app, &folder(number)).await?;
        let named = Named::of(published.as_ref());
        let names = match published {
            Some(published) => published,
            None => names(app, snapshot, &winners).await?,
        };
        let index = keys::overall_index(contest);
        let earlier = earlier(app, &index, number).await?;
        let before = version_before(app, &earlier, folder).await?;
        let reason = self.reason(edition, &over)?;
        let id = RoundId::overall();
        let about = &of_round(decisions, &id)[..edition.decisions as usize];
        let decided = decisions_json(contest, &id, about, |contestant| snapshot.keys.pseudonym(contestant));
        let version = OverallVersion {
            standing: over.standing(&result, &names),
            number,
            earlier: &earlier,
            before: before.as_ref(),
            reason: reason.as_deref(),
            status: over.ranked.status,
            closed_at: over.ranked.closed_at,
            rules_sha256: &rules_sha256(&rules(&over.ranked.plan, &over.ranked.units)),
            decisions: (!about.is_empty()).then_some(&decided),
            drawn: over.ranked.last.as_ref().zip(over.ranked.drawn.as_ref()),
        };
        let files = overall_files(&version);
        let (status, reason) = (over.ranked.status, reason.as_deref());
        let version = Version { index, folder: folder(number), number, status, reason, files: &files, named };
        version.put(app).await?;
        version.make_live(app, now).await?;
        let draws = over.ranked.plan.rules.ranking.unbroken_tie == UnbrokenTie::Lot;
        Ok(draws && !edition.drawn && !result.waiting.is_empty())
    }

    /// Why there is a new version; none for the first.
    fn reason(&self, edition: &OverallEdition, over: &Over<'_>) -> anyhow::Result<Option<String>> {
        let Some(before) = self.number.checked_sub(2) else { return Ok(None) };
        let before = &self.record.editions[before as usize];
        let id = RoundId::overall();
        Ok(Some(match edition.step_from(before).context("an edition that does not follow on the one before")? {
            Step::Rounds => reason_after(&before.follows, &over.follows, &over.histories),
            Step::Decision => of_round(self.decisions, &id)[before.decisions as usize].reason(&id),
            Step::Draw => DRAW_REASON.to_owned(),
        }))
    }
}

/// Names of winners, by public name.
async fn names(
    app: &App,
    snapshot: &ContestSnapshot,
    winners: &BTreeSet<&str>,
) -> anyhow::Result<BTreeMap<String, String>> {
    if winners.is_empty() {
        return Ok(BTreeMap::new());
    }
    let everybody = full_names(app, &snapshot.plan.id).await?;
    let public = everybody.into_iter().map(|(code, full_name)| (snapshot.keys.pseudonym(&code), full_name));
    let won = public.filter(|(pseudonym, _)| winners.contains(pseudonym.as_str()));
    Ok(won.map(|(pseudonym, name)| (pseudonym.to_string(), name)).collect())
}

/// Replaces the standings by those that follow from `live` and the newest version of `overall/`, unless they follow from these
/// or newer ones already.
async fn standings(
    app: &App,
    snapshot: &ContestSnapshot,
    rounds: &[PublishedRound<'_>],
    record: &OverallRecord,
    live: Vec<Followed>,
) -> anyhow::Result<Option<String>> {
    let contest = &snapshot.plan.id;
    let is_ranked = snapshot.plan.rules.are_over_the_contest();
    let published = record.published.checked_sub(1).filter(|_| is_ranked);
    let edition = match published.map(|place| &record.editions[place as usize]) {
        // Another run knows more, and writes more.
        Some(edition) if edition.follows != live => return Ok(None),
        Some(edition) => edition.clone(),
        None => OverallEdition { follows: live, ..OverallEdition::default() },
    };
    let mut follows = edition.follows.clone();
    follows.extend(published.map(|_| Followed { round: RoundId::overall(), edition: record.published }));
    if !are_newer(&follows, &record.standings) {
        return Ok(None);
    }
    let path = keys::standings(contest);
    let standing = app.site.get_tagged(&path).await?;
    let there = standing.as_ref().map(|standing| followed(&standing.bytes)).transpose();
    let there = there.map_err(|e| StoreError::unparsed(&path, &e))?.unwrap_or_default();
    if !are_newer(&follows, &there) {
        // Another run has written them, and was cut short before it recorded so, or knows more.
        app.control.record_standings(contest, &there).await?;
        return Ok(None);
    }
    let decisions = snapshot.decisions().await?;
    let over = Over::read(app, snapshot, rounds, (&edition, &decisions)).await?;
    let result = rank_contest(&over.ranked.input());
    let (overall, names) = match follows.last().filter(|last| last.round.is_overall()) {
        Some(overall) => {
            let (version, _) = linked(app, &keys::overall_index(contest), overall).await?;
            let folder = keys::overall_file(contest, record.published, "");
            (Some(version), published_names(app, &folder).await?.unwrap_or_default())
        }
        None => (None, BTreeMap::new()),
    };
    let file = standings_json(&over.standing(&result, &names), overall.as_ref());
    let tag = standing.as_ref().map(|standing| standing.tag.as_str());
    ensure!(app.site.swap(&path, tag, file.bytes).await?, "{path} was replaced meanwhile");
    app.control.record_standings(contest, &follows).await?;
    Ok(Some(format!("standings of {contest} over {} rounds", edition.follows.len())))
}

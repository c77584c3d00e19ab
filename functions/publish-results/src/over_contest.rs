//! What is published over a contest once rounds of it are: the standings, and after the last round `overall/`.
//!
//! Both follow from versions of rounds and from nothing else. An edition of `overall/` is recorded with these before it is
//! published, so that a repeated run writes the same files; the standings name theirs and are only ever replaced by newer
//! ones.

use crate::App;
use crate::named::{Named, full_names, published_names};
use crate::publish::{Version, earlier, pointer, version_before};
use anyhow::{Context, ensure};
use contest::edition::{Followed, are_newer};
use contest::ids::{ContestId, RoundId};
use contest::overall::{ContestResult, rank_contest};
use contest::plan::Round;
use contest::time::Timestamp;
use documents::site::overall::reason_after;
use documents::site::standings_json::{followed, standings_json};
use documents::site::{ContestStanding, FollowedVersion, OverallVersion, PointerEntry, overall_files};
use documents::words::{rules, rules_sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{ContestSnapshot, OverContest, OverallRecord, RoundRecord, StoreError, keys};

/// A round of which a version is published.
pub(crate) struct PublishedRound<'a> {
    pub(crate) round: &'a Round,
    pub(crate) record: RoundRecord,
}

/// Publishes what follows from the newest versions of `rounds`, as far as it is not published yet.
pub(crate) async fn publish(
    app: &App,
    snapshot: &ContestSnapshot,
    rounds: &[PublishedRound<'_>],
    now: Timestamp,
) -> anyhow::Result<Vec<String>> {
    let newest = |of: &PublishedRound<'_>| {
        let edition = of.record.editions.published;
        (edition > 0).then(|| Followed { round: of.round.id.clone(), edition })
    };
    let live: Vec<Followed> = rounds.iter().filter_map(newest).collect();
    if live.is_empty() {
        return Ok(Vec::new());
    }
    let (contest, mut done) = (&snapshot.plan.id, Vec::new());
    let mut record = app.control.overall(contest).await?;
    let is_final = live.len() == snapshot.plan.rounds.len();
    let is_ranked = snapshot.plan.rules.are_over_the_contest();
    if is_final && snapshot.plan.is_documented_over_the_contest() {
        if record.editions.last().is_none_or(|last| are_newer(&live, last)) {
            app.control.add_overall_edition(contest, &record.editions, &live).await?;
            record.editions.push(live.clone());
        }
        for number in record.published + 1..=u32::try_from(record.editions.len())? {
            if is_ranked {
                publish_edition(app, snapshot, rounds, &record, number, now).await?;
                done.push(format!("published {contest}/overall edition {number}"));
            }
            // Where nothing is ranked, only documents are made of an edition.
            app.control.record_overall_publication(contest, number).await?;
            record.published = number;
        }
    }
    if are_newer(&live, &record.standings) {
        done.extend(replace_standings(app, snapshot, rounds, &record, &live).await?);
    }
    Ok(done)
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
        follows: &[Followed],
    ) -> anyhow::Result<Self> {
        let (contest, plan) = (&snapshot.plan.id, &snapshot.plan);
        let editions = |round: &RoundId| {
            let of = rounds.iter().find(|of| of.round.id == *round);
            of.map(|of| of.record.editions.clone())
        };
        let ranked = if plan.rules.are_over_the_contest() { follows } else { &[] };
        let mut ranked = OverContest::read((&app.vault, &app.secrets), plan, ranked, editions).await?;
        ranked.is_final = follows.len() == plan.rounds.len();
        let mut over = Self { contest, ranked, follows: Vec::new(), histories: Vec::new() };
        for followed in follows {
            over.link(app, followed).await?;
        }
        Ok(over)
    }

    async fn link(&mut self, app: &App, followed: &Followed) -> anyhow::Result<()> {
        let Followed { round, edition: version } = followed;
        let (_, live) = pointer(app, &keys::round_index(self.contest, round)).await?.context("no pointer")?;
        let entry = live.history.iter().find(|entry| entry.version == *version);
        let manifest_sha256 = entry.context("a version that is not in the pointer's history")?.manifest_sha256.clone();
        self.follows.push(FollowedVersion { round: round.clone(), version: *version, manifest_sha256 });
        self.histories.push(live.history);
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

async fn publish_edition(
    app: &App,
    snapshot: &ContestSnapshot,
    rounds: &[PublishedRound<'_>],
    record: &OverallRecord,
    number: u32,
    now: Timestamp,
) -> anyhow::Result<()> {
    let contest = &snapshot.plan.id;
    let follows = &record.editions[number as usize - 1];
    let over = Over::read(app, snapshot, rounds, follows).await?;
    let result = rank_contest(&over.ranked.input());
    let folder = |version| keys::overall_file(contest, version, "");
    let mut winners = over.winners(&result);
    let newest = record.editions.last().filter(|newest| *newest != follows);
    if let Some(newest) = newest {
        // Nobody who is passed over by now is named in an edition before.
        let newest = Over::read(app, snapshot, rounds, newest).await?;
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
    let reason =
        (number > 1).then(|| reason_after(&record.editions[number as usize - 2], &over.follows, &over.histories));
    let version = OverallVersion {
        standing: over.standing(&result, &names),
        number,
        earlier: &earlier,
        before: before.as_ref(),
        reason: reason.as_deref(),
        status: over.ranked.status,
        closed_at: over.ranked.closed_at,
        rules_sha256: &rules_sha256(&rules(&over.ranked.plan, &over.ranked.units)),
    };
    let files = overall_files(&version);
    let (status, reason) = (over.ranked.status, reason.as_deref());
    let version = Version { index, folder: folder(number), number, status, reason, files: &files, named };
    version.put(app).await?;
    version.make_live(app, now).await
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

/// Replaces the standings by those that follow from `live`, unless they follow from newer versions already.
async fn replace_standings(
    app: &App,
    snapshot: &ContestSnapshot,
    rounds: &[PublishedRound<'_>],
    record: &OverallRecord,
    live: &[Followed],
) -> anyhow::Result<Option<String>> {
    let contest = &snapshot.plan.id;
    let path = keys::standings(contest);
    let standing = app.site.get_tagged(&path).await?;
    let follows = standing.as_ref().map(|standing| followed(&standing.bytes)).transpose();
    let follows = follows.map_err(|e| StoreError::unparsed(&path, &e))?.unwrap_or_default();
    if !are_newer(live, &follows) {
        // Another run has written them, and was cut short before it recorded so, or knows more.
        app.control.record_standings(contest, &follows).await?;
        return Ok(None);
    }
    let over = Over::read(app, snapshot, rounds, live).await?;
    let result = rank_contest(&over.ranked.input());
    let overall = record.editions.get((record.published as usize).wrapping_sub(1)).filter(|overall| *overall == live);
    let names = match overall {
        Some(_) => published_names(app, &keys::overall_file(contest, record.published, "")).await?.unwrap_or_default(),
        None => BTreeMap::new(),
    };
    let file = standings_json(&over.standing(&result, &names));
    let tag = standing.as_ref().map(|standing| standing.tag.as_str());
    ensure!(app.site.swap(&path, tag, file.bytes).await?, "{path} was replaced meanwhile");
    app.control.record_standings(contest, live).await?;
    Ok(Some(format!("standings of {contest} over {} rounds", live.len())))
}

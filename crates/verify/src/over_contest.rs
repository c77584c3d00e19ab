//! What is published over a contest, recomputed from the versions of rounds that it names.

use crate::compare::same_text;
use crate::public::{self, Contest, FollowsLine, Manifest};
use crate::round::{Adds, Checked, Frozen, pointer, read_files, read_manifest};
use crate::{Broken, Files, Report, holds};
use contest::edition::{Followed, Status, are_newer};
use contest::ids::UnitCode;
use contest::overall::{ContestInput, rank_contest};
use contest::taken::TakenRound;
use documents::site::overall::{OVERALL, reason_after};
use documents::site::results_json::winner_names;
use documents::site::standings_json::{standings_json, standings_status};
use documents::site::{
    ContestStanding, FollowedVersion, OverallVersion, PointerEntry, PublishedFile, VersionBefore, overall_files,
};
use documents::words::verify as words;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Checks the standings and the results over a contest; `rounds` are all of it that are published, in the order of the
/// plan.
pub(crate) fn check(
    files: &Files<'_>,
    contest: &str,
    public: &Contest,
    rounds: &[Checked],
    report: &mut Report<'_>,
) -> Result<(), Broken> {
    let all: Vec<&str> = public.rounds.iter().map(|line| line.id.as_str()).collect();
    let over = Rounds { contest, all: &all, rounds };
    let overall = overall(files, &over, report)?;
    standings(files, &over, &overall, report)
}

/// The published rounds of a contest.
struct Rounds<'a> {
    contest: &'a str,
    /// Every round of the plan, in its order.
    all: &'a [&'a str],
    rounds: &'a [Checked],
}

/// Versions of rounds from which something follows.
struct Over<'a> {
    follows: Vec<FollowedVersion>,
    adds: Vec<&'a Adds>,
    histories: Vec<&'a [PointerEntry]>,
    /// Of the round that closes last.
    last: &'a Frozen,
    is_final: bool,
}

/// What a version of the results over the contest tells of people besides figures.
struct Told {
    follows: Vec<Followed>,
    names: BTreeMap<String, String>,
    units: Units,
}

/// Units of people, by public name, none where they have none: a ledger hides those of small units.
type Units = BTreeMap<String, Option<UnitCode>>;

impl<'a> Rounds<'a> {
    fn live(&self) -> Vec<Followed> {
        let live = |of: &Checked| Followed { round: of.live.frozen.round.id.clone(), edition: of.live.version.number };
        self.rounds.iter().map(live).collect()
    }

    /// The named versions, each of which must be one of its round, in the order of the plan.
    fn follow(&self, path: &str, lines: &[FollowsLine]) -> Result<Over<'a>, Broken> {
        let places = lines.iter().map(|line| self.all.iter().position(|id| *id == line.round));
        let places: Option<Vec<usize>> = places.collect();
        let in_order = places.is_some_and(|places| places.is_sorted_by(|a, b| a < b)) && !lines.is_empty();
        holds(in_order, path, words::NOT_OF_ALL_ROUNDS)?;
        let (mut follows, mut adds, mut histories, mut last) = (Vec::new(), Vec::new(), Vec::new(), None::<&Frozen>);
        for FollowsLine { round, version, manifest_sha256 } in lines {
            let unknown = || Broken::new(path, words::not_followed(round, version));
            let of = self.rounds.iter().find(|of| of.live.frozen.round.id.as_str() == round).ok_or_else(unknown)?;
            let place = (*version as usize).checked_sub(1).ok_or_else(unknown)?;
            let entry = of.history.get(place).filter(|entry| Some(&entry.manifest_sha256) == manifest_sha256.as_ref());
            let manifest_sha256 = entry.ok_or_else(unknown)?.manifest_sha256.clone();
            let frozen = &of.live.frozen;
            follows.push(FollowedVersion { round: frozen.round.id.clone(), version: *version, manifest_sha256 });
            adds.push(&of.adds[place]);
            histories.push(of.history.as_slice());
            last = last.filter(|last| last.round.closes >= frozen.round.closes).or(Some(frozen));
        }
        let last = last.ok_or_else(|| Broken::new(path, words::NOT_OF_ALL_ROUNDS))?;
        Ok(Over { is_final: lines.len() == self.all.len(), follows, adds, histories, last })
    }
}

impl Over<'_> {
    fn followed(&self) -> Vec<Followed> {
        self.follows.iter().map(|of| Followed { round: of.round.clone(), edition: of.version }).collect()
    }

    /// What the rounds add, with units that are told elsewhere; `None` where one of them cannot be told.
    fn taken(&self, told: &Units) -> Option<Vec<TakenRound>> {
        let mut taken: Vec<TakenRound> = self.adds.iter().map(|adds| adds.taken.clone()).collect::<Option<_>>()?;
        for (round, adds) in taken.iter_mut().zip(&self.adds) {
            for person in round.people.iter_mut().filter(|person| adds.hidden_units.contains(&person.pseudonym)) {
                let unit = told.get(person.pseudonym.as_str()).cloned().flatten();
                person.unit = unit.filter(|unit| self.last.units.find(unit).is_some());
            }
        }
        Some(taken)
    }

    /// Whether the unit of somebody is told nowhere, so that units cannot be compared.
    fn hides_units(&self, told: &Units) -> bool {
        self.adds.iter().flat_map(|adds| &adds.hidden_units).any(|hidden| !told.contains_key(hidden.as_str()))
    }

    /// Whether something is ranked over the contest.
    fn is_ranked(&self) -> bool {
        self.last.rules.are_over_the_contest()
    }

    fn status(&self) -> Status {
        let official = self.adds.iter().all(|adds| adds.status == Status::Official);
        if official { Status::Official } else { Status::Provisional }
    }

    fn input<'b>(&'b self, taken: &'b [TakenRound]) -> ContestInput<'b> {
        let Frozen { rules, units, .. } = self.last;
        ContestInput { rules, units, rounds: taken, is_final: self.is_final }
    }
}

#[derive(Deserialize)]
struct StandingsFile {
    rounds: Vec<String>,
    status: String,
    follows: Vec<FollowsLine>,
    overall: Option<Vec<StandingsLine>>,
}

#[derive(Deserialize)]
struct StandingsLine {
    contestant: String,
    unit: Option<String>,
}

fn standings(files: &Files<'_>, rounds: &Rounds<'_>, overall: &[Told], report: &mut Report<'_>) -> Result<(), Broken> {
    let path = format!("contests/{}/standings.json", rounds.contest);
    let Some(bytes) = files.find(&path)? else {
        report.note(words::NO_STANDINGS);
        return Ok(());
    };
    let told: StandingsFile = public::json(&path, &bytes)?;
    let over = rounds.follow(&path, &told.follows)?;
    let named = told.rounds.iter().map(String::as_str).eq(told.follows.iter().map(|line| line.round.as_str()));
    holds(named, &path, words::NOT_OF_ALL_ROUNDS)?;
    holds(told.status == standings_status(over.is_final), &path, words::STATUS_NOT_OF_ROUNDS)?;
    let followed = over.followed();
    if followed != rounds.live() {
        report.note(words::STANDINGS_BEHIND);
    }
    let same = overall.iter().find(|version| version.follows == followed);
    let lines = told.overall.into_iter().flatten();
    let lines = lines.map(|line| (line.contestant, line.unit.and_then(|unit| UnitCode::parse(&unit).ok())));
    let mut told = same.map(|version| version.units.clone()).unwrap_or_default();
    told.extend(lines);
    let taken = if over.is_ranked() { over.taken(&told) } else { Some(Vec::new()) };
    let Some(taken) = taken else {
        report.note(words::KEY_HIDDEN_OVER);
        return Ok(());
    };
    if over.hides_units(&told) {
        report.note(words::UNITS_HIDDEN_OVER);
        return Ok(());
    }
    let names = same.map(|version| version.names.clone()).unwrap_or_default();
    let input = over.input(&taken);
    let standing = ContestStanding {
        contest: &over.last.contest,
        rounding: over.last.rounding,
        input,
        result: &rank_contest(&input),
        follows: &over.follows,
        winner_names: &names,
    };
    same_text(&path, &bytes, &standings_json(&standing).bytes)?;
    report.holds(words::standings_hold(followed.len()));
    Ok(())
}

/// Checks every version of the results over the contest; returns what each tells.
fn overall(files: &Files<'_>, rounds: &Rounds<'_>, report: &mut Report<'_>) -> Result<Vec<Told>, Broken> {
    let folder = format!("contests/{}/{OVERALL}/", rounds.contest);
    let index = format!("{folder}index.json");
    let is_ranked = rounds.rounds.iter().all(|of| of.live.frozen.rules.are_over_the_contest());
    let is_due = is_ranked && rounds.rounds.len() == rounds.all.len();
    if files.find(&index)?.is_none() {
        if is_due {
            report.note(words::NO_OVERALL);
        }
        return Ok(Vec::new());
    }
    holds(is_due, &index, words::OVERALL_TOO_EARLY)?;
    let pointer = pointer(files, &index)?;
    let mut chain = Chain::default();
    for place in 0..pointer.history.len() {
        chain = version(files, rounds, &folder, &pointer.history, place, chain, report)?;
    }
    holds(chain.status == Some(pointer.status), &index, words::OTHER_STATUS)?;
    if chain.follows() != rounds.live() {
        report.note(words::OVERALL_BEHIND);
    }
    Ok(chain.told)
}

/// What the versions until now say.
#[derive(Default)]
struct Chain {
    told: Vec<Told>,
    before: Option<VersionBefore>,
    status: Option<Status>,
}

impl Chain {
    /// What the last of them follows from; nothing before the first.
    fn follows(&self) -> &[Followed] {
        self.told.last().map_or(&[], |told| &told.follows)
    }
}

fn version(
    files: &Files<'_>,
    rounds: &Rounds<'_>,
    folder: &str,
    history: &[PointerEntry],
    place: usize,
    mut chain: Chain,
    report: &mut Report<'_>,
) -> Result<Chain, Broken> {
    let (manifest, folder) = read_manifest(files, folder, (rounds.contest, OVERALL), history, place)?;
    let path = |name: &str| format!("{folder}{name}");
    let mut read = read_files(files, &folder, &manifest)?;
    let over = rounds.follow(&path("manifest.json"), &manifest.follows)?;
    linked(&path("manifest.json"), &manifest, &over, &chain)?;
    read.insert("manifest.json".to_owned(), files.read(&path("manifest.json"))?);
    let file = |name: &str| read.get(name).ok_or_else(|| Broken::new(&path(name), words::NOT_IN_MANIFEST));
    let malformed = |name: &str, error| Broken::new(&path(name), words::malformed(error));
    let (results, ranking) = (file("results.json")?, file("ranking.csv")?);
    let names = winner_names(results).map_err(|error| malformed("results.json", error))?;
    let before = VersionBefore::read(results, ranking).map_err(|error| malformed("ranking.csv", error))?;
    let units = told_units(ranking).map_err(|error| Broken::new(&path("ranking.csv"), words::malformed(error)))?;
    let told = Told { follows: over.followed(), names, units };
    match over.taken(&told.units) {
        Some(taken) => {
            let all = OverallFiles { manifest: &manifest, earlier: &history[..place], before: chain.before.as_ref() };
            for PublishedFile { name, bytes } in all.recomputed(&over, &taken, &told, report) {
                same_text(&path(name), file(name)?, &bytes)?;
            }
        }
        None => report.note(words::KEY_HIDDEN_OVER),
    }
    chain.told.push(told);
    Ok(Chain { before: Some(before), status: Some(over.status()), ..chain })
}

fn told_units(ranking: &[u8]) -> Result<Units, csv::Error> {
    let unit = |row: csv::StringRecord| {
        let cell = |column| row.get(column).unwrap_or_default();
        (cell(1).to_owned(), UnitCode::parse(cell(2)).ok())
    };
    csv::Reader::from_reader(ranking).into_records().map(|row| row.map(unit)).collect()
}

/// What the files of a version are written with, besides what they follow from.
struct OverallFiles<'a> {
    manifest: &'a Manifest,
    earlier: &'a [PointerEntry],
    before: Option<&'a VersionBefore>,
}

impl OverallFiles<'_> {
    /// The files of the version, as far as they follow from what is told.
    fn recomputed(
        &self,
        over: &Over<'_>,
        taken: &[TakenRound],
        told: &Told,
        report: &mut Report<'_>,
    ) -> Vec<PublishedFile> {
        let input = over.input(taken);
        let result = rank_contest(&input);
        let version = OverallVersion {
            standing: ContestStanding {
                contest: &over.last.contest,
                rounding: over.last.rounding,
                input,
                result: &result,
                follows: &over.follows,
                winner_names: &told.names,
            },
            number: self.manifest.version,
            earlier: self.earlier,
            before: self.before,
            reason: self.manifest.reason.as_deref(),
            status: over.status(),
            closed_at: over.last.round.closes,
            rules_sha256: &over.last.public.rules_sha256,
        };
        let mut files = overall_files(&version);
        if over.hides_units(&told.units) {
            report.note(words::UNITS_HIDDEN_OVER);
            files.retain(|file| file.name == "ranking.csv");
        } else {
            let people = result.ranking.as_ref().map_or(0, Vec::len);
            report.holds(words::overall_holds(self.manifest.version, people, result.units.len()));
        }
        files
    }
}

/// Whether a version follows from all rounds, and from newer versions of them than the one before.
fn linked(path: &str, manifest: &Manifest, over: &Over<'_>, chain: &Chain) -> Result<(), Broken> {
    holds(over.is_final, path, words::NOT_OF_ALL_ROUNDS)?;
    holds(manifest.ledger_root.is_none(), path, words::LEDGER_OVER)?;
    holds(manifest.rules_sha256 == over.last.public.rules_sha256, path, words::OTHER_RULES)?;
    holds(are_newer(&over.followed(), chain.follows()), path, words::NOT_NEWER)?;
    let reason = chain.before.as_ref().map(|_| reason_after(chain.follows(), &over.follows, &over.histories));
    holds(manifest.reason == reason, path, words::REASON_NOT_OF_ROUNDS)
}

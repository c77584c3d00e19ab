//! What is published over a contest, recomputed from the versions of rounds that it names.

use crate::compare::same_text;
use crate::decisions::{self, Decided};
use crate::lots;
use crate::public::{self, Contest, DecisionLine, FollowsLine, Manifest};
use crate::round::{Adds, Checked, Frozen, Version, pointer, read_files, read_manifest};
use crate::{Broken, Files, Report, holds};
use contest::decision::Ruling;
use contest::edition::over_contest::{self, OverallEdition, Step};
use contest::edition::{Followed, Status};
use contest::ids::{ContestantId, OVERALL, Pseudonym, RoundId, UnitCode};
use contest::lots::{ContestLots, LotDraw};
use contest::overall::{ContestInput, ContestRuling, rank_contest};
use contest::taken::TakenRound;
use documents::site::overall::reason_after;
use documents::site::results_json::winner_names;
use documents::site::standings_json::{standings_json, standings_status};
use documents::site::{
    ContestStanding, FollowedVersion, OverallVersion, PointerEntry, PublishedFile, VersionBefore, overall_files,
};
use documents::words::DRAW_REASON;
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
    /// Roots of the rounds' ledgers.
    roots: Vec<[u8; 32]>,
    /// Of the round that closes last.
    last: &'a Checked,
    is_final: bool,
}

/// What a version of the results over the contest tells besides figures.
struct Told {
    edition: OverallEdition,
    decided: Decided,
    ruling: ContestRuling,
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
        let (mut follows, mut adds, mut histories) = (Vec::new(), Vec::new(), Vec::new());
        let (mut roots, mut last) = (Vec::new(), None::<&Checked>);
        for FollowsLine { round, version, manifest_sha256 } in lines {
            let unknown = || Broken::new(path, words::not_followed(round, version));
            let of = self.rounds.iter().find(|of| of.live.frozen.round.id.as_str() == round).ok_or_else(unknown)?;
            let place = (*version as usize).checked_sub(1).ok_or_else(unknown)?;
            let entry = of.history.get(place).filter(|entry| Some(&entry.manifest_sha256) == manifest_sha256.as_ref());
            let manifest_sha256 = entry.ok_or_else(unknown)?.manifest_sha256.clone();
            let round = &of.live.frozen.round;
            follows.push(FollowedVersion { round: round.id.clone(), version: *version, manifest_sha256 });
            adds.push(&of.adds[place]);
            histories.push(of.history.as_slice());
            roots.push(of.root);
            last = last.filter(|last| last.live.frozen.round.closes >= round.closes).or(Some(of));
        }
        let last = last.ok_or_else(|| Broken::new(path, words::NOT_OF_ALL_ROUNDS))?;
        Ok(Over { is_final: lines.len() == self.all.len(), follows, adds, histories, roots, last })
    }
}

impl<'a> Over<'a> {
    /// The contest as it was when its last round was frozen.
    fn frozen(&self) -> &'a Frozen {
        &self.last.live.frozen
    }

    fn followed(&self) -> Vec<Followed> {
        self.follows.iter().map(|of| Followed { round: of.round.clone(), edition: of.version }).collect()
    }

    /// What the rounds add, with units that are told elsewhere; `None` where one of them cannot be told.
    fn taken(&self, told: &Units) -> Option<Vec<TakenRound>> {
        let mut taken: Vec<TakenRound> = self.adds.iter().map(|adds| adds.taken.clone()).collect::<Option<_>>()?;
        for (round, adds) in taken.iter_mut().zip(&self.adds) {
            for person in round.people.iter_mut().filter(|person| adds.hidden_units.contains(&person.pseudonym)) {
                let unit = told.get(person.pseudonym.as_str()).cloned().flatten();
                person.unit = unit.filter(|unit| self.frozen().units.find(unit).is_some());
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
        self.frozen().rules.are_over_the_contest()
    }

    fn status(&self, decided: &Decided) -> Status {
        let recognizes = decided.newest().map(DecisionLine::recognizes);
        over_contest::status(self.adds.iter().map(|adds| adds.status), recognizes)
    }

    /// What the decisions and the draw of a version come to.
    fn ruling(&self, decided: &Decided, drawn: Option<&LotDraw>) -> ContestRuling {
        // Of somebody who has no public name nothing is ranked.
        let pseudonym = |who: &ContestantId| Pseudonym::parse(&who.as_str().to_lowercase()).ok();
        let Ruling { places, forfeits, .. } = &decided.ruling;
        ContestRuling {
            places: places.iter().filter_map(|(who, place)| Some((pseudonym(who)?, *place))).collect(),
            forfeits: forfeits.iter().filter_map(pseudonym).collect(),
            lots: drawn.map(|drawn| ContestLots::of(drawn, self.roots.iter().copied())),
        }
    }

    fn input<'b>(&self, taken: &'b [TakenRound], ruling: &'b ContestRuling) -> ContestInput<'b>
    where
        'a: 'b,
    {
        let Frozen { rules, units, public, .. } = self.frozen();
        ContestInput { rules, points: public.usual_points(), units, rounds: taken, is_final: self.is_final, ruling }
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

fn standings(files: &Files<'_>, rounds: &Rounds<'_>, overall: &Chain, report: &mut Report<'_>) -> Result<(), Broken> {
    let path = format!("contests/{}/standings.json", rounds.contest);
    let Some(bytes) = files.find(&path)? else {
        report.note(words::NO_STANDINGS);
        return Ok(());
    };
    let told: StandingsFile = public::json(&path, &bytes)?;
    let (follows, same) = match told.follows.split_last() {
        Some((last, follows)) if last.round == OVERALL => (follows, Some(followed_overall(&path, last, overall)?)),
        _ => (&told.follows[..], None),
    };
    let (same, version): (Option<&Told>, Option<FollowedVersion>) = same.unzip();
    let over = rounds.follow(&path, follows)?;
    let named = told.rounds.iter().map(String::as_str).eq(follows.iter().map(|line| line.round.as_str()));
    holds(named, &path, words::NOT_OF_ALL_ROUNDS)?;
    holds(told.status == standings_status(over.is_final), &path, words::STATUS_NOT_OF_ROUNDS)?;
    let followed = over.followed();
    holds(same.is_none_or(|told| told.edition.follows == followed), &path, words::NOT_OF_ALL_ROUNDS)?;
    let newest = same.is_none_or(|told| overall.told.last().is_some_and(|last| last.edition == told.edition));
    if followed != rounds.live() || !newest {
        report.note(words::STANDINGS_BEHIND);
    }
    let lines = told.overall.into_iter().flatten();
    let lines = lines.map(|line| (line.contestant, line.unit.and_then(|unit| UnitCode::parse(&unit).ok())));
    let mut told = same.map(|told| told.units.clone()).unwrap_or_default();
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
    let names = same.map(|told| told.names.clone()).unwrap_or_default();
    let ruling = same.map(|told| told.ruling.clone()).unwrap_or_default();
    let input = over.input(&taken, &ruling);
    let standing = ContestStanding {
        contest: &over.frozen().contest,
        rounding: over.frozen().rounding,
        input,
        result: &rank_contest(&input),
        follows: &over.follows,
        winner_names: &names,
    };
    same_text(&path, &bytes, &standings_json(&standing, version.as_ref()).bytes)?;
    report.holds(words::standings_hold(followed.len()));
    Ok(())
}

/// The version of the results over the contest that is followed.
fn followed_overall<'a>(
    path: &str,
    FollowsLine { version, manifest_sha256, .. }: &FollowsLine,
    overall: &'a Chain,
) -> Result<(&'a Told, FollowedVersion), Broken> {
    let place = (*version as usize).checked_sub(1);
    let of = place.and_then(|place| overall.told.get(place).zip(overall.history.get(place)));
    let of = of.filter(|(_, entry)| Some(&entry.manifest_sha256) == manifest_sha256.as_ref());
    let (told, entry) = of.ok_or_else(|| Broken::new(path, words::not_followed(OVERALL, version)))?;
    let manifest_sha256 = entry.manifest_sha256.clone();
    Ok((told, FollowedVersion { round: RoundId::overall(), version: *version, manifest_sha256 }))
}

/// Checks every version of the results over the contest; returns what each tells.
fn overall(files: &Files<'_>, rounds: &Rounds<'_>, report: &mut Report<'_>) -> Result<Chain, Broken> {
    let folder = format!("contests/{}/{OVERALL}/", rounds.contest);
    let index = format!("{folder}index.json");
    let is_ranked = rounds.rounds.iter().all(|of| of.live.frozen.rules.are_over_the_contest());
    let is_due = is_ranked && rounds.rounds.len() == rounds.all.len();
    if files.find(&index)?.is_none() {
        if is_due {
            report.note(words::NO_OVERALL);
        }
        return Ok(Chain::default());
    }
    holds(is_due, &index, words::OVERALL_TOO_EARLY)?;
    let pointer = pointer(files, &index)?;
    let mut chain = Chain::default();
    for place in 0..pointer.history.len() {
        chain = version(files, rounds, &folder, &pointer.history, place, chain, report)?;
    }
    holds(chain.status == Some(pointer.status), &index, words::OTHER_STATUS)?;
    if chain.told.last().is_none_or(|told| told.edition.follows != rounds.live()) {
        report.note(words::OVERALL_BEHIND);
    }
    Ok(Chain { history: pointer.history, ..chain })
}

/// What the versions until now say.
#[derive(Default)]
struct Chain {
    told: Vec<Told>,
    history: Vec<PointerEntry>,
    before: Option<VersionBefore>,
    status: Option<Status>,
    /// Lots are drawn once.
    lots: Option<Vec<u8>>,
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
    let read = read_files(files, &folder, &manifest)?;
    let over = rounds.follow(&path("manifest.json"), &manifest.follows)?;
    let (earlier, reason, number) = (history[..place].to_vec(), manifest.reason.clone(), manifest.version);
    let version = Version { number, earlier, reason, folder: folder.clone(), files: read, follows: Vec::new() };
    let before = chain.told.last();
    let decided = decisions::read((rounds.contest, OVERALL), &version, before.map(|before| &before.decided))?;
    let drawn = lots::drawn(over.frozen(), &version, over.last.history.first(), report)?;
    let same = chain.lots.is_none() || chain.lots.as_ref() == version.files.get("lots.json");
    holds(same, &path("lots.json"), words::OTHER_LOTS)?;
    let edition = OverallEdition { follows: over.followed(), decisions: decided.count(), drawn: drawn.is_some() };
    linked(&path("manifest.json"), &manifest, &over, (&edition, &decided), before)?;
    let malformed = |name: &str, error| Broken::new(&path(name), words::malformed(error));
    let (results, ranking) = (version.file("results.json")?, version.file("ranking.csv")?);
    let names = winner_names(results).map_err(|error| malformed("results.json", error))?;
    let told_before = VersionBefore::read(results, ranking).map_err(|error| malformed("ranking.csv", error))?;
    let units = told_units(ranking).map_err(|error| Broken::new(&path("ranking.csv"), words::malformed(error)))?;
    let (ruling, status) = (over.ruling(&decided, drawn.as_ref()), over.status(&decided));
    let told = Told { edition, decided, ruling, names, units };
    match over.taken(&told.units) {
        Some(taken) => {
            let all = OverallFiles { version: &version, before: chain.before.as_ref(), status, drawn: drawn.as_ref() };
            for PublishedFile { name, bytes } in all.recomputed(&over, &taken, &told, report) {
                let there =
                    if name == "manifest.json" { files.read(&path(name))? } else { version.file(name)?.to_vec() };
                same_text(&path(name), &there, &bytes)?;
            }
        }
        None => report.note(words::KEY_HIDDEN_OVER),
    }
    chain.told.push(told);
    let lots = version.files.get("lots.json").cloned();
    Ok(Chain { before: Some(told_before), status: Some(status), lots, ..chain })
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
    version: &'a Version,
    before: Option<&'a VersionBefore>,
    status: Status,
    drawn: Option<&'a LotDraw>,
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
        let input = over.input(taken, &told.ruling);
        let result = rank_contest(&input);
        let frozen = over.frozen();
        // Its form was looked at when it was read, and what it says is the chain's.
        let decisions = self.version.files.get("decisions.json");
        let decisions = decisions.map(|bytes| PublishedFile { name: "decisions.json", bytes: bytes.clone() });
        let version = OverallVersion {
            standing: ContestStanding {
                contest: &frozen.contest,
                rounding: frozen.rounding,
                input,
                result: &result,
                follows: &over.follows,
                winner_names: &told.names,
            },
            number: self.version.number,
            earlier: &self.version.earlier,
            before: self.before,
            reason: self.version.reason.as_deref(),
            status: self.status,
            closed_at: frozen.round.closes,
            rules_sha256: &frozen.public.rules_sha256,
            decisions: decisions.as_ref(),
            drawn: self.drawn.map(|drawn| (&frozen.round.id, drawn)),
        };
        let mut files = overall_files(&version);
        if over.hides_units(&told.units) {
            report.note(words::UNITS_HIDDEN_OVER);
            files.retain(|file| file.name == "ranking.csv");
        } else {
            let people = result.ranking.as_ref().map_or(0, Vec::len);
            report.holds(words::overall_holds(self.version.number, people, result.units.len()));
        }
        files
    }
}

/// Whether a version follows from all rounds, has one thing that the one before has not, and says so.
fn linked(
    path: &str,
    manifest: &Manifest,
    over: &Over<'_>,
    (edition, decided): (&OverallEdition, &Decided),
    before: Option<&Told>,
) -> Result<(), Broken> {
    holds(over.is_final, path, words::NOT_OF_ALL_ROUNDS)?;
    holds(manifest.ledger_root.is_none(), path, words::LEDGER_OVER)?;
    holds(manifest.rules_sha256 == over.frozen().public.rules_sha256, path, words::OTHER_RULES)?;
    let Some(Told { edition: before, .. }) = before else {
        holds(edition.decisions == 0 && !edition.drawn, path, words::NOT_NEWER)?;
        return holds(manifest.reason.is_none(), path, words::REASON_NOT_OF_ROUNDS);
    };
    let step = edition.step_from(before).ok_or_else(|| Broken::new(path, words::NOT_NEWER))?;
    let reason = match step {
        Step::Rounds => reason_after(&before.follows, &over.follows, &over.histories),
        Step::Decision => decided.newest().map(DecisionLine::reason).unwrap_or_default(),
        Step::Draw => DRAW_REASON.to_owned(),
    };
    holds(manifest.reason.as_ref() == Some(&reason), path, words::REASON_NOT_OF_ROUNDS)
}

//! One published round: its pointer, its versions, the files of each, and what they must say.

use crate::decisions::{self, Decided};
use crate::public::{self, Contest, Entry, FollowsLine, KeyFile, Manifest, Results, RoundLine, Times};
use crate::{Broken, Files, Report, Verifier, holds};
use crate::{figures, lots};
use contest::attempt::{accepted_before, in_time};
use contest::edition::Status;
use contest::fraction::RoundingMode;
use contest::ids::{ContestId, Pseudonym, RoundId};
use contest::ledger;
use contest::lots::LotDraw;
use contest::plan::{AttemptRules, RevealKey, Rules};
use contest::result::Totals;
use contest::scoring::Marking;
use contest::seal::{SealedSubmission, key_commitment, sha256_hex};
use contest::taken::TakenRound;
use contest::time::{local_date, zone_named};
use contest::units::UnitTree;
use data_encoding::HEXLOWER;
use documents::site::{PointerEntry, RoundPointer, VersionBefore};
use documents::words::verify as words;
use std::collections::{BTreeMap, HashSet};

/// What a version says, read and found whole.
pub(crate) struct Claims {
    pub(crate) version: Version,
    pub(crate) frozen: Frozen,
    pub(crate) verifier: Verifier,
    pub(crate) entries: Vec<Entry>,
    /// What scores, if it is published.
    pub(crate) marking: Option<Marking>,
    pub(crate) results: Results,
    pub(crate) decided: Decided,
    /// The draw, in versions with one.
    pub(crate) drawn: Option<LotDraw>,
}

/// What earlier versions of a round say, as far as later ones follow from it.
#[derive(Default)]
pub(crate) struct Chain {
    /// Totals of the first version.
    pub(crate) at_closing: Option<Totals>,
    /// Whether people are ranked in the first version, by pseudonym.
    pub(crate) ranked: BTreeMap<String, bool>,
    decided: Option<Decided>,
    /// The one before.
    pub(crate) before: Option<VersionBefore>,
}

/// The files of one version, with their place.
pub(crate) struct Version {
    pub(crate) number: u32,
    /// Versions before this one.
    pub(crate) earlier: Vec<PointerEntry>,
    /// Why there is this one.
    pub(crate) reason: Option<String>,
    pub(crate) folder: String,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    /// Versions of earlier rounds whose winners are passed over.
    pub(crate) follows: Vec<FollowsLine>,
}

impl Version {
    pub(crate) fn path(&self, name: &str) -> String {
        format!("{}{name}", self.folder)
    }

    pub(crate) fn file(&self, name: &str) -> Result<&[u8], Broken> {
        let file = self.files.get(name).map(Vec::as_slice);
        file.ok_or_else(|| Broken::new(&self.path(name), words::NOT_IN_MANIFEST))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&str, Broken> {
        std::str::from_utf8(self.file(name)?).map_err(|_| Broken::new(&self.path(name), words::NOT_UTF8))
    }
}

/// What a round's files are measured by: the contest as it was when the round was frozen.
pub(crate) struct Frozen {
    pub(crate) contest: ContestId,
    pub(crate) public: Contest,
    pub(crate) rules: Rules,
    /// What an attempt of the round is.
    pub(crate) attempt: AttemptRules,
    /// On a paper of the round.
    questions: u32,
    pub(crate) rounding: RoundingMode,
    pub(crate) rounds: Vec<Times>,
    pub(crate) round: Times,
    pub(crate) units: UnitTree,
}

impl Frozen {
    /// A line of the ledger as the submission that its receipt commits to.
    pub(crate) fn sealed<'a>(&'a self, entry: &'a Entry) -> SealedSubmission<'a> {
        SealedSubmission {
            contest: &self.contest,
            round: &self.round.id,
            pseudonym: entry.pseudonym.clone(),
            attempt: entry.attempt,
            started_at: entry.started_at,
            received_at: entry.submitted_at,
            answers: entry.answers.iter().map(|(question, set)| (question, *set)).collect(),
            prediction: entry.prediction.zip(self.rules.prediction.as_ref().map(|rules| rules.target)),
            salt: entry.salt,
        }
    }

    /// The line of the round in `contest.json`.
    pub(crate) fn line(&self) -> Option<&RoundLine> {
        self.public.rounds.iter().find(|line| line.id == self.round.id.as_str())
    }
}

/// A round of which everything holds.
pub(crate) struct Checked {
    /// The newest version.
    pub(crate) live: Claims,
    pub(crate) history: Vec<PointerEntry>,
    /// Of its ledger.
    pub(crate) root: [u8; 32],
    /// By version, from the first.
    pub(crate) adds: Vec<Adds>,
}

/// What a version of a round adds to its contest.
pub(crate) struct Adds {
    pub(crate) status: Status,
    /// None where nothing is ranked over the contest, or nobody can tell since the key is hidden.
    pub(crate) taken: Option<TakenRound>,
    /// People whose unit is told nowhere in the round.
    pub(crate) hidden_units: HashSet<Pseudonym>,
}

/// Checks every version of a round.
pub(crate) fn check(files: &Files<'_>, contest: &str, round: &str, report: &mut Report<'_>) -> Result<Checked, Broken> {
    let folder = format!("contests/{contest}/rounds/{round}/");
    let ids = ContestId::parse(contest).ok().zip(RoundId::parse(round).ok());
    let (contest, round) = ids.ok_or_else(|| Broken::new(&folder, words::BAD_ID))?;
    let pointer = pointer(files, &format!("{folder}index.json"))?;
    report.holds(words::pointer_holds(pointer.version, pointer.history.len()));
    let mut live = None;
    let mut ledger_sha256 = None;
    let mut chain = Chain::default();
    let (mut lots, mut adds) = (None, Vec::new());
    for (place, entry) in pointer.history.iter().enumerate() {
        // One ledger in memory at a time.
        drop(live.take());
        let version = read_version(files, &folder, &contest, &round, &pointer.history, place)?;
        report.holds(words::files_hold(entry.version, version.files.len()));
        let sha256 = sha256_hex(version.file("ledger.jsonl")?);
        let first = ledger_sha256.get_or_insert_with(|| sha256.clone());
        holds(*first == sha256, &version.path("ledger.jsonl"), words::OTHER_LEDGER)?;
        // Lots are drawn once: every version after the draw has the same.
        let same = lots.is_none() || lots.as_ref() == version.files.get("lots.json");
        holds(same, &version.path("lots.json"), words::OTHER_LOTS)?;
        lots = version.files.get("lots.json").cloned();
        let claims = read_claims(files, &contest, &round, version, chain.decided.as_ref(), report)?;
        let recomputed = figures::check(files, &claims, &mut chain, report)?;
        // With `actual = "at_closing"` predictions stay measured by the first version.
        chain.at_closing = chain.at_closing.or(recomputed.as_ref().map(|recomputed| recomputed.totals));
        let (taken, hidden_units) =
            recomputed.map(|recomputed| (recomputed.taken, recomputed.hidden_units)).unwrap_or_default();
        adds.push(Adds { status: claims.results.status, taken, hidden_units });
        chain.decided = Some(claims.decided.clone());
        chain.before = Some(before(&claims.version)?);
        live = Some(claims);
    }
    let live = live.ok_or_else(|| Broken::new(&folder, words::NO_VERSION))?;
    holds(live.results.status == pointer.status, &format!("{folder}index.json"), words::OTHER_STATUS)?;
    let root = ledger::root(live.version.text("ledger.jsonl")?.lines());
    Ok(Checked { live, history: pointer.history, root, adds })
}

fn before(version: &Version) -> Result<VersionBefore, Broken> {
    let before = VersionBefore::read(version.file("results.json")?, version.file("ranking.csv")?);
    before.map_err(|error| Broken::new(&version.path("ranking.csv"), words::malformed(error)))
}

pub(crate) fn pointer(files: &Files<'_>, path: &str) -> Result<RoundPointer, Broken> {
    let bytes = files.read(path)?;
    let pointer = RoundPointer::from_json(&bytes).map_err(|error| Broken::new(path, words::malformed(error)))?;
    let live = pointer.history.last().ok_or_else(|| Broken::new(path, words::EMPTY_HISTORY))?;
    let numbered = (1..).zip(&pointer.history).all(|(number, entry): (u32, &PointerEntry)| entry.version == number);
    holds(numbered, path, words::HISTORY_NUMBERS)?;
    let same = live.version == pointer.version
        && live.manifest_sha256 == pointer.manifest_sha256
        && live.published_at == pointer.published_at
        && pointer.path == format!("v{}/", pointer.version);
    holds(same, path, words::POINTER_IS_NOT_LAST)?;
    // One form only, so that no byte of it can change unseen.
    holds(pointer.to_json() == bytes, path, words::NOT_CANONICAL)?;
    Ok(pointer)
}

/// Reads a version and checks it against the pointer's history and its own manifest.
fn read_version(
    files: &Files<'_>,
    folder: &str,
    contest: &ContestId,
    round: &RoundId,
    history: &[PointerEntry],
    place: usize,
) -> Result<Version, Broken> {
    let (manifest, folder) = read_manifest(files, folder, (contest.as_str(), round.as_str()), history, place)?;
    let path = format!("{folder}manifest.json");
    let read = read_files(files, &folder, &manifest)?;
    let Manifest { version: number, history: earlier, reason, follows, .. } = manifest;
    let version = Version { number, earlier, reason, folder, files: read, follows };
    let root = HEXLOWER.encode(&ledger::root(version.text("ledger.jsonl")?.lines()));
    holds(manifest.ledger_root == Some(root), &path, words::OTHER_ROOT)?;
    let public: Contest = public::json(&version.path("contest.json"), version.file("contest.json")?)?;
    holds(manifest.rules_sha256 == public.rules_sha256, &path, words::OTHER_RULES)?;
    Ok(version)
}

/// The manifest of a version, linked as the pointer's history has it, and the folder in which it stands. `of` names the
/// contest, and the round or what stands in its place.
pub(crate) fn read_manifest(
    files: &Files<'_>,
    folder: &str,
    of: (&str, &str),
    history: &[PointerEntry],
    place: usize,
) -> Result<(Manifest, String), Broken> {
    let entry = &history[place];
    let folder = format!("{folder}v{}/", entry.version);
    let path = format!("{folder}manifest.json");
    let bytes = files.read(&path)?;
    holds(sha256_hex(&bytes) == entry.manifest_sha256, &path, words::OTHER_MANIFEST)?;
    let manifest: Manifest = public::json(&path, &bytes)?;
    let named = manifest.schema == "hoithi/manifest/1"
        && (manifest.contest.as_str(), manifest.round.as_str()) == of
        && manifest.version == entry.version;
    holds(named, &path, words::NOT_OF_VERSION)?;
    let previous = place.checked_sub(1).map(|before| &history[before].manifest_sha256);
    holds(manifest.previous.as_ref() == previous, &path, words::NOT_LINKED)?;
    let told = manifest.history == history[..place] && manifest.reason == entry.reason;
    holds(told, &path, words::OTHER_HISTORY)?;
    Ok((manifest, folder))
}

/// Every file that a manifest names, with the content that it names.
pub(crate) fn read_files(
    files: &Files<'_>,
    folder: &str,
    manifest: &Manifest,
) -> Result<BTreeMap<String, Vec<u8>>, Broken> {
    let mut read = BTreeMap::new();
    for file in &manifest.files {
        let path = format!("{folder}{}", file.name);
        let bytes = files.read(&path)?;
        let same = bytes.len() as u64 == file.size && sha256_hex(&bytes) == file.sha256;
        holds(same, &path, words::OTHER_FILE)?;
        read.insert(file.name.clone(), bytes);
    }
    Ok(read)
}

/// Reads what the files of a version say, and checks all but the figures.
fn read_claims(
    files: &Files<'_>,
    contest: &ContestId,
    round: &RoundId,
    version: Version,
    before: Option<&Decided>,
    report: &mut Report<'_>,
) -> Result<Claims, Broken> {
    let frozen = frozen(files, contest, round, &version)?;
    report.holds(words::CONTEST_HOLDS);
    let verifier = Verifier::parse(&frozen.public.public_key);
    let verifier = verifier.ok_or_else(|| Broken::new(&version.path("contest.json"), words::BAD_PUBLIC_KEY))?;
    let entries = entries(&frozen, &version)?;
    checkpoint(&frozen, &verifier, &version, entries.len())?;
    report.holds(words::ledger_holds(entries.len()));
    let decided = decisions::read((contest.as_str(), round.as_str()), &version, before)?;
    decisions::explain(&decided, &version, before)?;
    let marking = marking(&frozen, &version, &decided, report)?;
    let results: Results = public::json(&version.path("results.json"), version.file("results.json")?)?;
    let drawn = lots::drawn(&frozen, &version, version.earlier.first(), report)?;
    holds(results.status == decided.status(before), &version.path("results.json"), words::STATUS_NOT_DECIDED)?;
    Ok(Claims { frozen, verifier, entries, marking, results, decided, drawn, version })
}

/// The rules of the version, which must be those that stand in public since before the round.
fn frozen(files: &Files<'_>, contest: &ContestId, round: &RoundId, version: &Version) -> Result<Frozen, Broken> {
    let path = version.path("contest.json");
    let says = |detail: &str| Broken::new(&path, detail);
    let frozen: serde_json::Value = public::json(&path, version.file("contest.json")?)?;
    let public: Contest = public::json(&path, version.file("contest.json")?)?;
    let text = serde_json::to_vec(&frozen["rules"]).map_err(|_| says(words::UNREADABLE_RULES_TEXT))?;
    holds(sha256_hex(&text) == public.rules_sha256, &path, words::BAD_RULES_HASH)?;
    let standing_path = format!("contests/{contest}/contest.json");
    let standing: serde_json::Value = public::json(&standing_path, &files.read(&standing_path)?)?;
    // What may not change once a round has begun (`docs/contest-file.md`).
    for member in [
        "id",
        "time_zone",
        "rounding",
        "fields",
        "registration",
        "attempt",
        "prediction",
        "ranking",
        "prizes",
        "collective",
        "overall",
        "units_sha256",
        "public_key",
    ] {
        // Registration ends with the last round, whose end may move later.
        let of = |contest: &serde_json::Value| {
            let mut value = contest[member].clone();
            if let Some(registration) = value.as_object_mut().filter(|_| member == "registration") {
                registration.remove("closes");
            }
            value
        };
        holds(of(&standing) == of(&frozen), &standing_path, words::changed(member, &path))?;
    }
    let line = |contest: &serde_json::Value| {
        let lines = contest["rounds"].as_array()?;
        let mut line = lines.iter().find(|line| line["id"] == round.as_str())?.clone();
        line.as_object_mut()?.remove("publishes");
        Some(line)
    };
    holds(line(&standing) == line(&frozen), &standing_path, words::changed(words::ROUND, &path))?;
    let unreadable = || says(words::UNREADABLE_RULES);
    holds(public.id == contest.as_str(), &path, words::NOT_OF_CONTEST)?;
    let (rules, rounding) = public.rules().zip(public.rounding()).ok_or_else(unreadable)?;
    let rounds = public.rounds().ok_or_else(unreadable)?;
    let of_round = rounds.iter().find(|times| times.id == *round);
    let of_round = of_round.cloned().ok_or_else(|| says(words::NO_ROUND))?;
    let units = public.units().ok_or_else(|| says(words::BAD_UNITS))?;
    let opened = HEXLOWER.encode(&units.opened_sha256());
    holds(opened == public.units_sha256, &path, words::UNITS_CHANGED)?;
    let later = units
        .units()
        .iter()
        .filter_map(|unit| unit.added_at)
        .all(|added_at| rounds.iter().any(|times| added_at >= times.opens));
    holds(later, &path, words::UNIT_ADDED_BEFORE)?;
    let (attempt, questions) = public.attempt_of(round).ok_or_else(unreadable)?;
    let contest = contest.clone();
    Ok(Frozen { contest, public, rules, attempt, questions, rounding, rounds, round: of_round, units })
}

/// The ledger's lines: in one form, in order, in time, each attempt once.
fn entries(frozen: &Frozen, version: &Version) -> Result<Vec<Entry>, Broken> {
    let path = version.path("ledger.jsonl");
    let text = version.text("ledger.jsonl")?;
    holds(text.is_empty() || text.ends_with('\n'), &path, words::UNENDED_LINE)?;
    let target = frozen.rules.prediction.as_ref().map(|prediction| prediction.target);
    let attempt = &frozen.attempt;
    let mut entries: Vec<Entry> = Vec::new();
    for (number, line) in (1..).zip(text.split_terminator('\n')) {
        let says = |detail: &str| Broken::new(&path, words::line(number, detail));
        let entry = Entry::parse(line, target).ok_or_else(|| says(words::MALFORMED))?;
        let canonical = ledger::line(&frozen.sealed(&entry), entry.unit.as_ref());
        let after =
            entries.last().is_none_or(|last| (&last.pseudonym, last.attempt) < (&entry.pseudonym, entry.attempt));
        let timely = entry.started_at >= frozen.round.opens
            && entry.started_at <= entry.submitted_at
            && in_time(entry.submitted_at, accepted_before(attempt, frozen.round.closes, entry.started_at));
        let allowed = entry.attempt >= 1 && (attempt.per_round == 0 || u32::from(entry.attempt) <= attempt.per_round);
        for (condition, detail) in [
            (canonical == line, words::NOT_CANONICAL),
            (after, words::OUT_OF_ORDER),
            (timely, words::OUT_OF_TIME),
            (allowed, words::TOO_MANY_ATTEMPTS),
            (entry.answers.len() == frozen.questions as usize, words::QUESTION_COUNT),
            (entry.unit.as_ref().is_none_or(|unit| frozen.units.find(unit).is_some()), words::UNKNOWN_UNIT),
        ] {
            if !condition {
                return Err(says(detail));
            }
        }
        entries.push(entry);
    }
    days(frozen, &entries, &path)?;
    Ok(entries)
}

/// Nobody has more attempts of one local day than the plan allows; those that were started and not handed in are told
/// nowhere.
fn days(frozen: &Frozen, entries: &[Entry], path: &str) -> Result<(), Broken> {
    let most = frozen.attempt.per_day;
    if most == 0 {
        return Ok(());
    }
    let zone = zone_named(&frozen.public.time_zone).ok_or_else(|| Broken::new(path, words::UNKNOWN_ZONE))?;
    let mut started: BTreeMap<_, u32> = BTreeMap::new();
    for (number, entry) in (1..).zip(entries) {
        let count = started.entry((&entry.pseudonym, local_date(entry.started_at, zone))).or_default();
        *count += 1;
        holds(*count <= most, path, words::line(number, words::TOO_MANY_OF_A_DAY))?;
    }
    Ok(())
}

fn checkpoint(frozen: &Frozen, verifier: &Verifier, version: &Version, size: usize) -> Result<(), Broken> {
    let path = version.path("checkpoint");
    let note = version.text("checkpoint")?;
    let text = verifier.open(note).ok_or_else(|| Broken::new(&path, words::BAD_SIGNATURE))?;
    let root = ledger::root(version.text("ledger.jsonl")?.split_terminator('\n'));
    let origin = ledger::origin(&frozen.contest, &frozen.round.id);
    let same = text == ledger::checkpoint_text(&origin, size as u64, &root);
    holds(same, &path, words::OTHER_CHECKPOINT)
}

/// What scores this version, if it is published.
fn marking(
    frozen: &Frozen,
    version: &Version,
    decided: &Decided,
    report: &mut Report<'_>,
) -> Result<Option<Marking>, Broken> {
    let path = version.path("key.json");
    if frozen.attempt.reveal_key == RevealKey::Never {
        report.note(words::KEY_HIDDEN);
        return Ok(None);
    }
    let Some(commitment) = frozen.line().and_then(|line| line.key_commitment.as_ref()) else {
        report.note(words::NO_BANK);
        return Ok(Some(Marking::default()));
    };
    let says = |detail: &str| Broken::new(&path, detail);
    let opened: KeyFile = public::json(&path, version.file("key.json")?)?;
    let named = opened.contest == frozen.contest.as_str() && opened.round == frozen.round.id.as_str();
    holds(named, &path, words::NOT_OF_ROUND)?;
    let (nonce, committed) = opened.nonce().zip(opened.committed()).ok_or_else(|| says(words::MALFORMED))?;
    let opens = HEXLOWER.encode(&key_commitment(&nonce, &committed)) == *commitment;
    holds(opens, &path, words::KEY_NOT_COMMITTED)?;
    report.holds(words::KEY_HOLDS);
    decisions::check_key(decided, version, &opened.rekeyed, &opened.voided)?;
    let marking = opened.marking().ok_or_else(|| says(words::REKEYED_UNKNOWN))?;
    Ok(Some(marking))
}

//! Published files of the `site` bucket (`CONTRACT.md` 5).
//!
//! Every file is written from a type that names what may be public, so a new field of the domain
//! stays private until somebody adds it here. Of a person the public sees the pseudonym, the unit
//! and the figures; a name only beside a prize. Same inputs give the same bytes.

pub mod audit_json;
mod changes;
pub mod contest_json;
pub mod contests_index;
pub mod decisions_json;
pub(crate) mod follows;
pub mod key_json;
pub mod lots_json;
pub mod manifest;
pub mod number;
pub mod overall;
pub mod participants_csv;
pub mod ranking_csv;
pub mod results_json;
pub mod round_index;
pub mod standings_json;
pub mod status;
pub mod units_csv;

#[cfg(test)]
mod tests;

pub use changes::VersionBefore;
pub use contest_json::{Beside, Commitments, contest_json};
pub use contests_index::{ContestLine, ContestsIndex};
pub use key_json::OpenedKey;
pub use number::WireNumber;
pub use overall::{ContestStanding, FollowedVersion, OverallVersion, overall_files};
pub use round_index::{PointerEntry, RoundPointer};

use contest::edition::{Edition, Followed, Status};
use contest::fraction::RoundingMode;
use contest::ids::{ContestId, ContestantId, RoundId, UnitCode};
use contest::lots::LotDraw;
use contest::plan::{Plan, PrizeTier, RevealKey, Round};
use contest::result::{PersonIndex, RankedPerson, RankingPlace, RoundInput, RoundResult};
use contest::time::Timestamp;
use contest::units::Unit;
use data_encoding::HEXLOWER;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// One file to be put under a folder of the bucket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishedFile {
    /// Name without the folder.
    pub name: &'static str,
    /// Content.
    pub bytes: Vec<u8>,
}

impl PublishedFile {
    /// SHA-256 of the content, 64 lower-case hexadecimal digits.
    pub fn sha256(&self) -> String {
        sha256_hex(&self.bytes)
    }
}

/// One version of a round's results, with what is published besides.
///
#[derive(Clone, Copy, Debug)]
pub struct RoundVersion<'a> {
    pub contest: &'a ContestId,
    pub round: &'a RoundId,
    /// 1 for the first publication.
    pub number: u32,
    /// How ratios are printed.
    pub rounding: RoundingMode,
    /// What the results followed from.
    pub input: RoundInput<'a>,
    pub result: &'a RoundResult,
    /// Versions published before this one, the first one first.
    pub earlier: &'a [PointerEntry],
    /// What the last of them says.
    pub before: Option<&'a VersionBefore>,
    /// Why there is a new version; none for the first.
    pub reason: Option<&'a str>,
    /// Provisional or official.
    pub status: Status,
    /// When the round closed.
    pub closed_at: Timestamp,
    /// When this version is published. Stands in the pointer and in officials' documents, not
    /// below `v{n}/`, so that a repeated run writes the same files.
    pub published_at: Timestamp,
}

impl<'a> RoundVersion<'a> {
    /// The version that an edition makes, but for what was published before it.
    pub fn of_edition(
        (plan, round): (&'a Plan, &'a Round),
        edition: &'a Edition,
        (input, result): (RoundInput<'a>, &'a RoundResult),
        closed_at: Timestamp,
    ) -> Self {
        Self {
            contest: &plan.id,
            round: &round.id,
            number: edition.number,
            rounding: plan.rounding,
            input,
            result,
            earlier: &[],
            before: None,
            reason: edition.reason.as_deref(),
            status: edition.status,
            closed_at,
            published_at: edition.announced_at(round),
        }
    }
}

/// What lets anyone check a version.
#[derive(Clone, Copy, Debug)]
pub struct Evidence<'a> {
    /// The plan when the round was frozen: its public part and the rules as people read them stand in every version.
    pub plan: &'a Plan,
    /// `ledger.jsonl`, the same in every version of a round.
    pub ledger: &'a [u8],
    /// Root of the tree over its lines.
    pub ledger_root: &'a [u8; 32],
    /// The signed note over size and root.
    pub checkpoint: &'a str,
    /// What was published before, as far as it was known when the round was frozen.
    pub commitments: Commitments<'a>,
    /// What the draw came from, in versions with one.
    pub drawn: Option<&'a LotDraw>,
    /// Editions of earlier rounds whose winners are passed over.
    pub follows: &'a [Followed],
    /// What was decided, in versions that rest on it.
    pub decisions: Option<&'a PublishedFile>,
}

impl<'a> RoundVersion<'a> {
    /// The unit in which a person registered.
    pub fn unit_of(&self, person: PersonIndex) -> Option<&'a Unit> {
        let code: &UnitCode = person.of(self.input.people).unit.as_ref()?;
        let units = self.input.units;
        units.find(code).map(|place| &units.units()[place])
    }

    /// The prize won by each place of the ranking that won one.
    pub fn prize_by_place(&self) -> BTreeMap<RankingPlace, &'a PrizeTier> {
        self.result.winners.iter().map(|w| (w.place, self.input.rules.tier(w.tier))).collect()
    }
}

/// Every file of one version, the manifest last.
///
/// `winner_names` is asked for prize winners only; a winner without an entry (an erased account)
/// stands with a null name. `key` is left out where the plan never reveals it. The contest's public
/// description stands among them as it was when the round was frozen, so that a version is complete.
pub fn version_files(
    version: &RoundVersion<'_>,
    winner_names: &BTreeMap<ContestantId, String>,
    key: Option<&OpenedKey<'_>>,
    evidence: &Evidence<'_>,
) -> Vec<PublishedFile> {
    let mut files = vec![
        contest_json(evidence.plan, version.input.units, &evidence.commitments, &Beside::default()),
        PublishedFile { name: "ledger.jsonl", bytes: evidence.ledger.to_vec() },
        PublishedFile { name: "checkpoint", bytes: evidence.checkpoint.as_bytes().to_vec() },
        participants_csv::participants_csv(version),
        results_json::results_json(version, winner_names),
        ranking_csv::ranking_csv(version),
        units_csv::units_csv(version),
    ];
    if let (Some(key), RevealKey::Published) = (key, version.input.attempt.reveal_key) {
        files.push(key_json::key_json(version.contest, version.round, key));
    }
    if let Some(drawn) = evidence.drawn {
        files.push(lots_json::lots_json(version.contest, version.round, drawn));
    }
    files.extend(evidence.decisions.cloned());
    let manifest = manifest::manifest(version, evidence, &files);
    files.push(manifest);
    files
}

/// The folder of a version within the folder of its round: `v{n}/`.
pub fn version_folder(number: u32) -> String {
    format!("v{number}/")
}

/// The prediction of a line as machine files write it; none in contests without one.
pub(crate) fn prediction(version: &RoundVersion<'_>, line: &RankedPerson) -> Option<WireNumber> {
    let rules = version.input.rules.prediction.as_ref()?;
    line.prediction.map(|p| WireNumber::of_prediction(p, rules.target))
}

/// SHA-256 in lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// One line of JSON, members in the order of the type, and a newline.
pub(crate) fn json_bytes<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = serde_json::to_vec(value).expect("published types have text keys and no failing serializer");
    bytes.push(b'\n');
    bytes
}

/// A CSV table after RFC 4180 with a header line and LF line ends.
pub(crate) fn csv_bytes<R>(header: &[&str], rows: impl IntoIterator<Item = R>) -> Vec<u8>
where
    R: IntoIterator,
    R::Item: AsRef<[u8]>,
{
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::Any(b'\n')).from_writer(Vec::new());
    writer.write_record(header).expect("a Vec takes every byte");
    for row in rows {
        writer.write_record(row).expect("a Vec takes every byte and every row has the header's length");
    }
    writer.into_inner().expect("a Vec takes every byte")
}

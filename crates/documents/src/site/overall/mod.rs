//! The results over the contest, `overall/`: published after the last round like a version of a round, from versions of
//! its rounds (`CONTRACT.md` 5).

mod ranking_csv;
mod results_json;

use super::lots_json::lots_json;
use super::manifest::overall_manifest;
use super::units_csv::contest_units_csv;
use super::{PointerEntry, PublishedFile, VersionBefore};
use contest::decision::reasons;
use contest::edition::{Followed, Status};
use contest::fraction::RoundingMode;
use contest::ids::{ContestId, RoundId};
use contest::lots::LotDraw;
use contest::overall::{ContestInput, ContestResult, OverallLine};
use contest::plan::{CollectivePrize, PrizeTier};
use contest::result::{UnitStanding, UnitTable};
use contest::time::Timestamp;
use contest::units::Unit;
use std::collections::BTreeMap;

/// A version of a round, or of `overall/`, from which the standings follow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowedVersion {
    pub round: RoundId,
    pub version: u32,
    pub manifest_sha256: String,
}

/// How a contest stands over the rounds published so far.
#[derive(Clone, Copy, Debug)]
pub struct ContestStanding<'a> {
    pub contest: &'a ContestId,
    /// How ratios are printed.
    pub rounding: RoundingMode,
    pub input: ContestInput<'a>,
    pub result: &'a ContestResult,
    /// One for each round of the input, in their order.
    pub follows: &'a [FollowedVersion],
    /// Names of those who win a prize over the contest, by public name.
    pub winner_names: &'a BTreeMap<String, String>,
}

/// One version of the results over the contest.
#[derive(Clone, Copy, Debug)]
pub struct OverallVersion<'a> {
    pub standing: ContestStanding<'a>,
    /// 1 for the first publication.
    pub number: u32,
    /// Versions published before this one, the first one first.
    pub earlier: &'a [PointerEntry],
    /// What the last of them says.
    pub before: Option<&'a VersionBefore>,
    /// Why there is a new version; none for the first.
    pub reason: Option<&'a str>,
    pub status: Status,
    /// When the last round closed.
    pub closed_at: Timestamp,
    /// Hash of the rules as people read them, as the last round's version has it.
    pub rules_sha256: &'a str,
    /// Those on which it rests that are about the contest as a whole, where there are any.
    pub decisions: Option<&'a PublishedFile>,
    /// The last round and its draw, in versions that rest on one.
    pub drawn: Option<(&'a RoundId, &'a LotDraw)>,
}

impl<'a> ContestStanding<'a> {
    /// Everyone ranked; nobody in contests without a ranking over them.
    pub(super) fn lines(&self) -> &'a [OverallLine] {
        self.result.ranking.as_deref().unwrap_or_default()
    }

    /// The prizes over the contest, by place in the ranking.
    pub(super) fn prize_by_place(&self) -> BTreeMap<u32, &'a PrizeTier> {
        self.result.winners.iter().map(|won| (won.place.0, self.input.rules.tier(won.tier))).collect()
    }

    pub(super) fn unit_of(&self, line: &OverallLine) -> Option<&'a Unit> {
        let units = self.input.units;
        line.unit.as_ref().and_then(|code| units.find(code)).map(|place| &units.units()[place])
    }

    pub(super) fn full_name(&self, line: &OverallLine) -> Option<&'a str> {
        self.winner_names.get(line.pseudonym.as_str()).map(String::as_str)
    }

    /// The prize of a unit in a competition over the contest.
    pub(super) fn unit_prize(&self, table: &UnitTable, standing: &UnitStanding) -> Option<&'a CollectivePrize> {
        let (collective, prize) = table.collective.zip(standing.prize)?;
        Some(self.input.rules.collective[collective].prize(prize))
    }
}

/// Why a version with newer versions of rounds follows one that followed from `before`: the reasons of the newer versions of rounds, each once.
/// `histories` are those of the rounds' pointers, in the order of `now`.
pub fn reason_after(before: &[Followed], now: &[FollowedVersion], histories: &[impl AsRef<[PointerEntry]>]) -> String {
    let newer = now.iter().zip(histories).flat_map(|(now, history)| {
        let known = before.iter().find(|before| before.round == now.round).map_or(0, |before| before.edition);
        history.as_ref().iter().filter(move |entry| entry.version > known && entry.version <= now.version)
    });
    reasons(newer.filter_map(|entry| entry.reason.as_deref()))
}

/// Every file of one version, the manifest last.
pub fn overall_files(version: &OverallVersion<'_>) -> Vec<PublishedFile> {
    let standing = &version.standing;
    let mut files = vec![
        results_json::overall_results_json(version),
        ranking_csv::overall_ranking_csv(standing),
        contest_units_csv(standing),
    ];
    files.extend(version.decisions.cloned());
    files.extend(version.drawn.map(|(round, drawn)| lots_json(standing.contest, round, drawn)));
    let manifest = overall_manifest(version, &files);
    files.push(manifest);
    files
}

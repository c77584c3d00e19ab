//! What was kept of a ranked round for organizers, and the names of those who stand in it.

use super::Asked;
use crate::App;
use crate::error::ApiError;
use contest::ids::ContestantId;
use documents::console::Refusal;
use documents::console::reviews::{MarkedPerson, ReviewFile, read};
use documents::console::rounds::NamedPerson;
use std::collections::BTreeMap;
use store::{ContestSnapshot, EditionRecord, RoundRecord, StoreError, keys};

/// A ranked round with its newest edition.
pub(super) struct Ranked {
    pub(super) record: RoundRecord,
    pub(super) newest: EditionRecord,
    pub(super) file: ReviewFile,
}

impl Ranked {
    pub(super) async fn of(app: &App, asked: &Asked<'_>) -> Result<Self, ApiError> {
        let (id, round) = (&asked.contest.plan.id, &asked.round.id);
        let record = app.control.round(id, round).await?.ok_or(Refusal::NoSuchRound)?;
        let newest = record.editions.scored.last().cloned().ok_or(Refusal::RoundNotRanked)?;
        let path = keys::review(id, round, newest.edition.number);
        let is_forgotten = asked.caller.now() >= asked.contest.plan.erases();
        let missing = if is_forgotten { Refusal::ReviewForgotten } else { Refusal::ReviewBeingMade };
        let bytes = app.vault.get(&path).await?.ok_or(missing)?;
        let file = read(&bytes).map_err(|e| StoreError::unparsed(path, &e))?;
        Ok(Self { record, newest, file })
    }
}

/// Names by code; nobody's whose account is erased.
pub(super) struct Names(BTreeMap<ContestantId, String>);

impl Names {
    pub(super) async fn of<'a>(
        app: &App,
        contest: &ContestSnapshot,
        codes: impl Iterator<Item = &'a String>,
    ) -> Result<Self, StoreError> {
        let id = &contest.plan.id;
        let shards = app.control.people_shards(id).await?;
        let parse = |code: &String| ContestantId::parse(code).map_err(|e| StoreError::corrupt("a review", e));
        let codes = codes.map(parse).collect::<Result<std::collections::BTreeSet<_>, _>>()?;
        let people: Vec<(u16, &ContestantId)> =
            codes.iter().map(|code| (contest.keys.shard(code, shards), code)).collect();
        let profiles = app.people.profiles(id, &people).await?;
        Ok(Self(profiles.into_iter().filter_map(|(code, profile)| Some((code, profile.full_name?))).collect()))
    }

    pub(super) fn of_code(&self, code: Option<&String>) -> Option<String> {
        self.0.get(&ContestantId::parse(code?).ok()?).cloned()
    }

    /// Somebody of a file, with the code by which organizers know them.
    pub(super) fn person(&self, file: &ReviewFile, marked: &MarkedPerson) -> NamedPerson {
        let MarkedPerson { contestant, unit, unit_name } = marked.clone();
        let code = file.codes.get(&contestant);
        NamedPerson { full_name: self.of_code(code), code: code.cloned(), contestant, unit, unit_name }
    }
}

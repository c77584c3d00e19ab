//! The documents of one version of a round.

use crate::App;
use contest::ids::ContestId;
use contest::plan::Round;
use contest::ranking::rank_round;
use contest::time::Timestamp;
use documents::officials::{self, Dossier, documents_json};
use documents::site::RoundVersion;
use store::{EditionRecord, Editions, Scored, keys};

/// Makes the documents of an edition unless they are there; returns what was done. The list of them is written last:
/// where it stands, all do.
pub(crate) async fn make(
    app: &App,
    contest: &ContestId,
    round: &Round,
    editions: &Editions,
    record: &EditionRecord,
) -> anyhow::Result<Option<String>> {
    let number = record.edition.number;
    let path = |name: &str| keys::officials_file(contest, &round.id, number, name);
    let list = path(documents_json::NAME);
    if app.officials.get(&list).await?.is_some() {
        return Ok(None);
    }
    let scored = Scored::read((&app.vault, &app.secrets), &round.id, editions, record).await?;
    let (plan, round) = (&scored.frozen.plan, scored.frozen.frozen_round(&round.id)?);
    let input = scored.input();
    let result = rank_round(&input);
    let version = RoundVersion {
        contest,
        round: &round.id,
        number,
        rounding: plan.rounding,
        input,
        result: &result,
        earlier: &[],
        before: None,
        reason: record.edition.reason.as_deref(),
        status: record.edition.status,
        closed_at: Timestamp::from_millis(scored.ranked.closed_at_ms),
        published_at: record.edition.announced_at(round),
    };
    let identities = app.identities(contest).await?;
    let mut lines = Vec::new();
    for document in officials::round_documents(&Dossier { plan, round, version: &version, identities: &identities }) {
        let mut line = document.line();
        if let Ok(bytes) = document.bytes {
            // What stands there stays: accounts may have been erased since a run before this one wrote it.
            let kept = app.officials.put_if_absent(&path(document.name), bytes).await?;
            line = documents_json::Line::ready(document.name, &kept);
        }
        lines.push(line);
    }
    app.officials.put_named(&list, documents_json::documents_json(&lines)).await?;
    Ok(Some(format!("made {} documents of {contest}/{} edition {number}", lines.len(), round.id)))
}

//! The documents of one version of a round.

use crate::commended::{self, Made};
use crate::review::{self, Kept};
use crate::{App, Records, put};
use contest::plan::Round;
use contest::ranking::rank_round;
use contest::time::Timestamp;
use documents::officials::{Dossier, Head, round_documents};
use documents::site::RoundVersion;
use store::{ContestSnapshot, EditionRecord, Scored, keys};

/// Makes the documents of an edition unless they are there; returns what was done. `records` has the rounds until this one.
pub(crate) async fn make(
    app: &App,
    snapshot: &ContestSnapshot,
    round: &Round,
    records: &Records,
    record: &EditionRecord,
) -> anyhow::Result<Option<String>> {
    let (contest, number) = (&snapshot.plan.id, record.edition.number);
    let path = |name: &str| keys::officials_file(contest, &round.id, number, name);
    if put::are_there(app, path).await? {
        return Ok(None);
    }
    let scored = Scored::read((&app.vault, &app.secrets), &round.id, &records[&round.id], record).await?;
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
    let everybody = app.everybody(snapshot).await?;
    let (identities, head) = (&everybody.identities, &Head::of_organizer(plan));
    let dossier = Dossier { plan, round, version: &version, identities, head };
    let mut documents = round_documents(&dossier);
    documents.extend(review::documents(app, snapshot, &everybody, Kept { scored: &scored, record, dossier }).await?);
    let made = Made { round: Some(round), announced_at: version.published_at };
    documents.extend(commended::documents(app, snapshot, records, &everybody, made).await?);
    let count = put::put(app, documents, path).await?;
    Ok(Some(format!("made {count} documents of {contest}/{} edition {number}", round.id)))
}

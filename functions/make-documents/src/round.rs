//! The documents of one version of a round.

use crate::commended::{self, Made};
use crate::printed::{Printed, Won, all_completed, unit_name};
use crate::put::{self, Folder};
use crate::review::{self, Kept};
use crate::{App, Everybody, Records};
use anyhow::Context;
use contest::decision::{Decision, of_round};
use contest::edition::{Edition, Status};
use contest::ids::{ContestantId, Pseudonym};
use contest::plan::{Round, Scope};
use contest::ranking::rank_round;
use contest::result::RoundInput;
use contest::taken::TakenRound;
use contest::time::Timestamp;
use documents::officials::{Dossier, Head, predicted, round_documents};
use documents::site::RoundVersion;
use std::collections::BTreeMap;
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
    let closed_at = Timestamp::from_millis(scored.ranked.closed_at_ms);
    let version = RoundVersion::of_edition((plan, round), &record.edition, (input, &result), closed_at);
    let everybody = app.everybody(snapshot).await?;
    let (identities, head) = (&everybody.identities, &Head::of(&snapshot.plan));
    let dossier = Dossier { plan, round, version: &version, identities, head };
    let mut folder = Folder::new(app, path);
    for document in round_documents(&dossier) {
        folder.put(document).await?;
    }
    let kept = Kept { scored: &scored, record, dossier };
    for document in review::documents(app, snapshot, &everybody, kept).await? {
        folder.put(document).await?;
    }
    let taken = [TakenRound::of(&round.id, &input, &result)];
    // Who recognized an edition stands on its papers alone.
    let decisions = match record.edition.status {
        Status::Provisional => Vec::new(),
        Status::Official => app.decisions(contest).await?,
    };
    let printed = Printed {
        heads: &snapshot.plan.documents,
        site: record.site.as_deref(),
        recognized: recognized(&record.edition, round, &decisions)?,
        ..papers(&dossier, &taken, &everybody)
    };
    printed.put(&mut folder).await?;
    let made = Made { round: Some(round), announced_at: version.published_at };
    for document in commended::documents(app, snapshot, records, &everybody, made).await? {
        folder.put(document).await?;
    }
    let count = folder.finish().await?;
    Ok(Some(format!("made {count} documents of {contest}/{} edition {number}", round.id)))
}

/// The decision that made an edition official.
pub(crate) fn recognized<'a>(
    edition: &Edition,
    round: &Round,
    decisions: &'a [Decision],
) -> anyhow::Result<Option<&'a Decision>> {
    let by = edition.recognized_by(&of_round(decisions, &round.id));
    match edition.status {
        Status::Provisional => Ok(None),
        Status::Official => by.map(Some).context("an edition rests on a decision that is not there"),
    }
}

/// Who stands on the papers of a version.
fn papers<'a>(dossier: &Dossier<'a>, taken: &'a [TakenRound; 1], everybody: &'a Everybody) -> Printed<'a> {
    let Dossier { plan, round, version, .. } = *dossier;
    let RoundInput { units, people, .. } = version.input;
    let codes: BTreeMap<&Pseudonym, &ContestantId> =
        people.iter().map(|person| (&person.pseudonym, &person.contestant)).collect();
    let identity = |pseudonym: &Pseudonym| everybody.identities.get(*codes.get(pseudonym)?);
    let [of_round] = taken;
    let won = |winner: &contest::result::Winner| {
        let line = winner.place.of(&version.result.ranking);
        let person = line.person.of(people);
        let place = of_round.people.binary_search_by(|taken| taken.pseudonym.cmp(&person.pseudonym));
        let counted = &of_round.people[place.expect("who is ranked took part")];
        Won {
            identity: identity(&person.pseudonym),
            pseudonym: &person.pseudonym,
            unit: unit_name(units, person.unit.as_ref()),
            score: format!("{}/{}", counted.right, counted.questions),
            prediction: predicted(version, line),
            duration_ms: line.duration_ms,
            tier: version.input.rules.tier(winner.tier),
        }
    };
    Printed {
        plan,
        version: (version.number, version.status),
        heads: &plan.documents,
        round: Some(round),
        site: None,
        announced_at: version.published_at,
        recognized: None,
        winners: version.result.winners.iter().map(won).collect(),
        completed: all_completed((plan, Scope::Round), units, taken, identity),
    }
}

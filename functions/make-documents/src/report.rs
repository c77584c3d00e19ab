//! The report on the whole contest: made once every round is published, and made anew of newer editions. It names nobody, so
//! that replacing it takes no name out of what offices hold.

use crate::{App, Records};
use contest::edition::Followed;
use contest::overall::rank_contest;
use contest::participation::by_unit;
use contest::plan::Round;
use documents::officials::{ContestReport, Head, documents_json, report_documents};
use store::{ContestSnapshot, OverContest, keys};

/// Editions of all rounds, and the number of the edition over the contest that follows from them, where there is one.
type Newest = (Vec<Followed>, Option<u32>);

/// Makes the report unless the one that is there follows from the newest editions; returns what was done.
pub(crate) async fn make(app: &App, snapshot: &ContestSnapshot, records: &Records) -> anyhow::Result<Option<String>> {
    let contest = &snapshot.plan.id;
    let Some((follows, edition)) = newest(app, snapshot, records).await? else { return Ok(None) };
    let path = |name: &str| keys::officials_contest_file(contest, name);
    let there = app.officials.get(&path(documents_json::REPORT)).await?;
    if there.is_some_and(|there| documents_json::followed(&there).is_ok_and(|there| there == follows)) {
        return Ok(None);
    }
    let editions = |round: &_| records.get(round).cloned();
    let over = OverContest::read((&app.vault, &app.secrets), &snapshot.plan, &follows, editions).await?;
    let result = rank_contest(&over.input());
    // Accounts only become more: those of the last round are all.
    let registered = over.figures.last().map(|last| last.registered.clone()).unwrap_or_default();
    let documents = report_documents(&ContestReport {
        plan: &over.plan,
        units: &over.units,
        rounds: &over.figures,
        result: &result,
        by_unit: &by_unit(&over.units, &registered, &over.taken),
        edition,
        announced_at: over.announced_at,
        head: &Head::of(&snapshot.plan),
    });
    let lines: Vec<_> = documents.iter().map(|document| document.line()).collect();
    for document in documents {
        if let Ok(bytes) = document.bytes {
            app.officials.put(&path(document.name), bytes).await?;
        }
    }
    // Last, so that a run that stops before it is made good by the next one.
    app.officials.put(&path(documents_json::REPORT), documents_json::report_json(&follows, &lines)).await?;
    Ok(Some(format!("made the report of {contest}")))
}

/// What the report is to follow from; none before every round is published.
async fn newest(app: &App, snapshot: &ContestSnapshot, records: &Records) -> anyhow::Result<Option<Newest>> {
    let plan = &snapshot.plan;
    if plan.rules.are_over_the_contest() {
        let editions = app.control.overall(&plan.id).await?.editions;
        let number = u32::try_from(editions.len())?;
        return Ok(editions.into_iter().last().map(|follows| (follows, Some(number))));
    }
    let newest = |round: &Round| {
        let edition = u32::try_from(records.get(&round.id)?.scored.len()).ok().filter(|edition| *edition > 0)?;
        Some(Followed { round: round.id.clone(), edition })
    };
    let follows: Option<Vec<Followed>> = plan.rounds.iter().map(newest).collect();
    Ok(follows.map(|follows| (follows, None)))
}

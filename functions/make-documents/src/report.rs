//! The report on the whole contest: made once every round is published, and made anew of newer editions. It names nobody, so
//! that replacing it takes no name out of what offices hold.

use crate::{App, Records};
use contest::edition::Followed;
use contest::edition::over_contest::OverallEdition;
use contest::ids::RoundId;
use contest::overall::rank_contest;
use contest::participation::by_unit;
use contest::plan::Round;
use documents::officials::{ContestReport, Head, documents_json, report_documents};
use store::{ContestSnapshot, OverContest, OverallBasis, keys};

/// What the report follows from.
struct Newest {
    overall: OverallEdition,
    /// The number of the edition, where there are editions over the contest.
    number: Option<u32>,
}

/// Makes the report unless the one that is there follows from the newest editions; returns what was done.
pub(crate) async fn make(app: &App, snapshot: &ContestSnapshot, records: &Records) -> anyhow::Result<Option<String>> {
    let contest = &snapshot.plan.id;
    let Some(Newest { overall, number }) = newest(app, snapshot, records).await? else { return Ok(None) };
    let mut follows = overall.follows.clone();
    follows.extend(number.map(|edition| Followed { round: RoundId::overall(), edition }));
    let path = |name: &str| keys::officials_contest_file(contest, name);
    let there = app.officials.get(&path(documents_json::REPORT)).await?;
    if there.is_some_and(|there| documents_json::followed(&there).is_ok_and(|there| there == follows)) {
        return Ok(None);
    }
    let editions = |round: &_| records.get(round).cloned();
    let decisions = app.decisions(contest).await?;
    let basis = OverallBasis { plan: &snapshot.plan, edition: &overall, decisions: &decisions };
    let over = OverContest::read((&app.vault, &app.secrets), &basis, editions).await?;
    let result = rank_contest(&over.input());
    // Accounts only become more: those of the last round are all.
    let registered = over.figures.last().map(|last| last.registered.clone()).unwrap_or_default();
    let documents = report_documents(&ContestReport {
        plan: &over.plan,
        units: &over.units,
        rounds: &over.figures,
        result: &result,
        by_unit: &by_unit(&over.units, &registered, over.plan.usual_points(), &over.taken),
        edition: number,
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
        let number = Some(u32::try_from(editions.len())?);
        return Ok(editions.into_iter().last().map(|overall| Newest { overall, number }));
    }
    let newest = |round: &Round| {
        let edition = u32::try_from(records.get(&round.id)?.scored.len()).ok().filter(|edition| *edition > 0)?;
        Some(Followed { round: round.id.clone(), edition })
    };
    let follows: Option<Vec<Followed>> = plan.rounds.iter().map(newest).collect();
    let unranked = |follows| OverallEdition { follows, ..OverallEdition::default() };
    Ok(follows.map(|follows| Newest { overall: unranked(follows), number: None }))
}

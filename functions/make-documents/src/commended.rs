//! Lists for commendations: who brought others in, and how they took part.

use crate::{App, Everybody, Records};
use contest::commendation::{CommendationInput, CommendationList, Occasion, list};
use contest::edition::Followed;
use contest::plan::{Plan, Round};
use contest::time::Timestamp;
use documents::officials::{CommendationReport, Document, commendation_document};
use store::{ContestSnapshot, OverContest};

/// When a workbook of lists is made.
pub(crate) struct Made<'a> {
    /// With the results of a round, or with those of the contest.
    pub(crate) round: Option<&'a Round>,
    pub(crate) announced_at: Timestamp,
}

/// The workbook, where the plan makes a list on this occasion. Rounds are taken in their newest editions.
pub(crate) async fn document(
    app: &App,
    snapshot: &ContestSnapshot,
    records: &Records,
    everybody: &Everybody,
    made: Made<'_>,
) -> anyhow::Result<Option<Document>> {
    let plan = &snapshot.plan;
    let occasion = match made.round {
        Some(round) => Occasion::Round(plan.rounds.iter().position(|other| other.id == round.id).unwrap_or_default()),
        None => Occasion::Contest,
    };
    if !plan.commendation.iter().any(|of| occasion.is_of(of.scope)) {
        return Ok(None);
    }
    let over = over(app, plan, records).await?;
    let rounds: Vec<_> = plan.rounds.iter().map(|round| over.took_part.get(&round.id).cloned()).collect();
    let input = CommendationInput { units: &over.units, accounts: &everybody.accounts, rounds: &rounds };
    let lists: Vec<CommendationList<'_>> =
        plan.commendation.iter().filter_map(|of| list(of, occasion, &input)).collect();
    Ok(Some(commendation_document(&CommendationReport {
        plan,
        units: &over.units,
        round: made.round,
        published_at: made.announced_at,
        lists: &lists,
        identities: &everybody.identities,
    })))
}

async fn over(app: &App, plan: &Plan, records: &Records) -> anyhow::Result<OverContest> {
    let newest = |round: &Round| {
        let edition = u32::try_from(records.get(&round.id)?.scored.len()).ok().filter(|edition| *edition > 0)?;
        Some(Followed { round: round.id.clone(), edition })
    };
    let follows: Vec<Followed> = plan.rounds.iter().filter_map(newest).collect();
    let editions = |round: &_| records.get(round).cloned();
    Ok(OverContest::read((&app.vault, &app.secrets), plan, &follows, editions).await?)
}

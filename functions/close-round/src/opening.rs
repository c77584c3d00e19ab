//! The check at a round's opening: is everything there that contestants need? Whatever is missing is
//! an error of the schedule, and so an alarm, in the minute in which it starts to matter.

use crate::score::open_key;
use crate::{App, Planned};
use anyhow::{Context, bail};
use contest::ids::RoundId;
use contest::load;
use contest::plan::{Field, Round};
use contest::time::Timestamp;
use store::Spread;

/// Checks the bank, its key against the published commitment, the units, the gates, and that the round is carried.
pub(crate) async fn check(app: &App, planned: &Planned, round: &RoundId, now: Timestamp) -> anyhow::Result<String> {
    let Some(round) = planned.plan.round(round) else { return Ok(format!("{round} is no longer planned")) };
    if now < round.opens {
        return Ok(format!("{} opens later", round.id));
    }
    let bank = planned.state.banks.get(&round.bank);
    let bank = bank.with_context(|| format!("{} of {} has not been uploaded", round.bank, round.id))?;
    open_key(app, bank).await?;
    if planned.plan.registration.fields.contains(&Field::Unit) && planned.state.units.is_none() {
        bail!("units have not been uploaded");
    }
    let record = app.control.round(&planned.id, &round.id).await?.context("the round has no record")?;
    for copy in 0..record.spread.gates {
        let gate = app.control.gate(&planned.id, &round.id, copy).await?;
        if !gate.is_some_and(|gate| gate.open) {
            bail!("gate {copy} of {} is not open", round.id);
        }
    }
    carries(app, planned, round, record.spread).await?;
    Ok(format!("{} is ready with {} questions", round.id, bank.question_count))
}

/// Refuses a round that its people can bring to more than the deployment carries. Its busiest minutes are its last
/// ones, so there is time to raise what the error names.
async fn carries(app: &App, planned: &Planned, round: &Round, spread: Spread) -> anyhow::Result<()> {
    let units = planned.state.load_units(&app.vault).await?;
    let roster = match planned.state.roster {
        Some(_) => Some(planned.state.load_roster(&app.vault).await?.people.len() as u64),
        None => None,
    };
    let Some((attempts, load)) = load::expected(&planned.plan, roster, Some(&units)) else { return Ok(()) };
    let beyond = load.beyond(app.carried.spread_over(spread.shards, spread.gates));
    if beyond.is_empty() {
        return Ok(());
    }
    let beyond = beyond.iter().map(|(limit, needed, carried)| format!("{} {needed} not {carried}", limit.parameter()));
    let beyond = beyond.collect::<Vec<_>>().join(", ");
    bail!("{} can have {attempts} attempts, more than is carried: it needs {beyond}", round.id)
}

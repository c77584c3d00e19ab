//! The check at a round's opening: is everything there that contestants need? Whatever is missing is
//! an error of the schedule, and so an alarm, in the minute in which it starts to matter.

use crate::score::open_key;
use crate::{App, Planned};
use anyhow::{Context, bail};
use contest::ids::RoundId;
use contest::plan::Field;
use contest::time::Timestamp;

/// Checks the bank, its key against the published commitment, the units and the gates.
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
    Ok(format!("{} is ready with {} questions", round.id, bank.question_count))
}

//! The check at a round's opening: is everything there that contestants need? Whatever is missing is
//! an error of the schedule, and so an alarm, in the minute in which it starts to matter.

use crate::App;
use crate::frozen::open_key;
use anyhow::{Context, bail};
use contest::ids::RoundId;
use contest::load;
use contest::plan::{Field, Round};
use contest::time::Timestamp;
use store::{ContestSnapshot, Spread};

/// Checks the bank, its key against the published commitment, the units, that the contest is public, the gates, and that the
/// round is carried.
pub(crate) async fn check(
    app: &App,
    contest: &ContestSnapshot,
    round: &RoundId,
    now: Timestamp,
) -> anyhow::Result<String> {
    let Some(round) = contest.plan.round(round) else { return Ok(format!("{round} is no longer planned")) };
    if now < round.opens {
        return Ok(format!("{} opens later", round.id));
    }
    let bank = contest.state.banks.get(&round.bank);
    let bank = bank.with_context(|| format!("{} of {} has not been uploaded", round.bank, round.id))?;
    open_key(app, bank).await?;
    if contest.plan.registration.fields.contains(&Field::Unit) && contest.state.units.is_none() {
        bail!("units have not been uploaded");
    }
    if contest.state.is_draft() {
        bail!("{} opens to nobody: the contest is not public yet", round.id);
    }
    let record = app.control.round(&contest.plan.id, &round.id).await?.context("the round has no record")?;
    for copy in 0..record.spread.gates {
        let gate = app.control.gate(&contest.plan.id, &round.id, copy).await?;
        if !gate.is_some_and(|gate| gate.open) {
            bail!("gate {copy} of {} is not open", round.id);
        }
    }
    carries(app, contest, round, record.spread).await?;
    app.control.note_opening(&contest.plan.id, &round.id, now).await?;
    Ok(format!("{} is ready with {} questions", round.id, bank.question_count))
}

/// Refuses a round that its people can bring to more than the deployment carries. Its busiest minutes are its last
/// ones, so there is time to raise what the error names.
async fn carries(app: &App, contest: &ContestSnapshot, round: &Round, spread: Spread) -> anyhow::Result<()> {
    let units = contest.units().await?;
    let roster = match contest.state.roster {
        Some(_) => Some(contest.roster().await?.people.len() as u64),
        None => None,
    };
    let Some((attempts, load)) = load::expected(&contest.plan, roster, Some(&units)) else { return Ok(()) };
    let beyond = load.beyond(app.carried.spread_over(spread.shards, spread.gates));
    if beyond.is_empty() {
        return Ok(());
    }
    let beyond = beyond.iter().map(|(limit, needed, carried)| format!("{} {needed} not {carried}", limit.parameter()));
    let beyond = beyond.collect::<Vec<_>>().join(", ");
    bail!("{} can have {attempts} attempts, more than is carried: it needs {beyond}", round.id)
}

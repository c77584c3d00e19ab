//! Making a contest public at the moment that its plan announces. Where an upload comes last, the importer does it.

use crate::App;
use anyhow::{Context, bail};
use contest::announcing::{Announcing, may_be_public};
use contest::ids::ContestId;
use contest::time::Timestamp;
use function::public::Describer;
use store::{ContestSnapshot, StoreError};

/// How long after the moment sweeps look whether the contest is listed: an hour of sweeps outlives a run that was cut short
/// between the state, which makes a contest public, and the files that tell of it.
const LOOK_FOR_MS: i64 = 3_600_000;

/// How often it is written again after an upload was accepted meanwhile.
const TRIES: u32 = 8;

/// Makes a draft public where it is complete and its time has come, and says so. Returns the contest as it is in force then.
pub(crate) async fn announce_due(
    app: &App,
    mut contest: ContestSnapshot,
    now: Timestamp,
) -> anyhow::Result<(ContestSnapshot, Option<String>)> {
    let id = contest.plan.id.clone();
    let describer = Describer { control: &app.control, vault: &app.vault, secrets: &app.secrets };
    if contest.state.is_draft() {
        if may_be_public(&contest.plan, contest.state.accepted(&contest.plan), now) != Announcing::Due {
            return Ok((contest, None));
        }
        match app.control.make_public(&id, &contest.state).await {
            Ok(public) => contest.state = public,
            Err(StoreError::Raced { .. }) => contest = newest(app, &id).await?,
            Err(fault) => return Err(fault.into()),
        }
        // An upload was accepted meanwhile, which has looked at the time; or another run has done this, be it an earlier try
        // of this one whose reply was lost.
        if contest.state.is_draft() {
            return Ok((contest, None));
        }
    } else if !is_announced_lately(&contest, now) || describer.is_listed(&app.site, &id).await? {
        return Ok((contest, None));
    }
    for _ in 0..TRIES {
        describer.publish(&app.site, &contest).await?;
        if describer.is_newest(&id, contest.state.version).await? {
            return Ok((contest, Some(format!("{id} is public"))));
        }
        contest = newest(app, &id).await?;
    }
    bail!("uploads to {id} were always faster")
}

/// The contest as it is in force now.
async fn newest(app: &App, id: &ContestId) -> anyhow::Result<ContestSnapshot> {
    let state = app.control.state(id).await?.context("the state is gone")?;
    ContestSnapshot::of(state, &app.vault, &app.secrets).await?.context("the plan is gone")
}

fn is_announced_lately(contest: &ContestSnapshot, now: Timestamp) -> bool {
    let announced = contest.plan.announced.filter(|_| contest.state.is_public == Some(true));
    announced.is_some_and(|at| at <= now && now < at.plus_millis(LOOK_FOR_MS))
}

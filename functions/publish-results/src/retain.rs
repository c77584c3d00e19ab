//! The end of personal data: so many days after the last results, as the plan says and contestants read
//! in the text that they consented to. What was published stays, under public names.

use crate::App;
use contest::ids::ContestId;
use contest::time::Timestamp;
use store::{ContestSnapshot, ContestState, StoredRoster, keys};

/// How long the sweep looks whether anybody is left: a month of sweeps outlives every failure.
const LOOK_FOR_MS: i64 = 30 * 24 * 3_600_000;

/// Deletes every account of a contest whose time has come. Each person is deleted last of all that leads
/// there, so that a run that is cut short is taken up by the next. Returns how many went.
pub(crate) async fn erase_due(app: &App, contest: &ContestSnapshot, now: Timestamp) -> anyhow::Result<u64> {
    let plan = &contest.plan;
    if now < plan.erases() || now >= plan.erases().plus_millis(LOOK_FOR_MS) {
        return Ok(0);
    }
    let mut erased = 0;
    for shard in 0..app.control.people_shards(&plan.id).await? {
        for (contestant, profile) in app.people.query_shard(&plan.id, shard).await? {
            let found_by = profile.identifiers(&contest.keys, &plan.registration.unique, &contestant);
            app.people.delete_identifiers(&plan.id, &contestant, &found_by).await?;
            app.people.delete_referral(&plan.id, &contestant, &profile).await?;
            app.people.delete_person(&plan.id, shard, &contestant).await?;
            erased += 1;
        }
    }
    forget_roster(app, &contest.state).await?;
    forget_reviews(app, &plan.id).await?;
    Ok(erased)
}

/// The compiled roster holds dates of birth: an empty one takes its place.
async fn forget_roster(app: &App, state: &ContestState) -> anyhow::Result<()> {
    let Some(roster) = &state.roster else { return Ok(()) };
    Ok(app.vault.put(&roster.path, serde_json::to_vec(&StoredRoster::default())?).await?)
}

/// Whom organizers should look at is nobody's business any more (`CONSOLE.md` 6.3).
async fn forget_reviews(app: &App, contest: &ContestId) -> anyhow::Result<()> {
    for review in app.vault.list(&keys::reviews(contest)).await? {
        app.vault.delete(&review.path).await?;
    }
    Ok(())
}

/// What the log says of it.
pub(crate) fn line(contest: &ContestId, erased: u64) -> Option<String> {
    (erased > 0).then(|| format!("erased {erased} accounts of {contest}"))
}

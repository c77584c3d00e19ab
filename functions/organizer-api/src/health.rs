//! `GET /v1/organizer/health`: when functions last looked at everything, and which rounds are late. Technicians see the
//! whole platform, others their contests.

use crate::App;
use crate::caller::Caller;
use crate::contests::snapshot;
use crate::error::ApiError;
use contest::closing::{is_sweep_late, late_since};
use contest::ids::ContestId;
use contest::organizers::{Action, Scope, may};
use documents::console::Refusal;
use documents::console::health::{Health, LateRound, Sweep};
use function::http::{Reply, Request};
use std::collections::BTreeSet;

/// The functions whose sweeps are noted.
pub(crate) const SWEEPING: [&str; 2] = ["close-round", "publish-results"];

/// What would need a right, or a library, that this function has not.
const NOT_AVAILABLE: [&str; 1] = ["dead_letters"];

pub(crate) async fn health(app: &App, request: &Request) -> Result<Reply, ApiError> {
    let caller = Caller::of(app, request).await?;
    let now = caller.now();
    let sees_all = may(&caller.grants, Action::ReadHealth, None);
    let own = caller.grants.keys().filter_map(|scope| match scope {
        Scope::Contest(contest) => Some(contest).filter(|id| may(&caller.grants, Action::ReadHealth, Some(id))),
        Scope::Everywhere => None,
    });
    let own: BTreeSet<ContestId> = own.cloned().collect();
    if !sees_all && own.is_empty() {
        return Err(Refusal::NotYourRole(Action::ReadHealth).into());
    }
    let all = app.control.query_contests().await?;
    let swept = app.control.sweeps().await?;
    let sweep = |function: &'static str| {
        let at = swept.get(function).copied();
        Sweep { function, at: at.map(contest::time::Timestamp::rfc3339), is_late: is_sweep_late(at, now) }
    };
    let mut late_rounds = Vec::new();
    for id in all.iter().filter(|id| sees_all || own.contains(id)) {
        // Rounds of a draft are neither closed nor published, and so never late.
        let Some(contest) = snapshot(app, id).await?.filter(|contest| !contest.state.is_draft()) else { continue };
        for round in &contest.plan.rounds {
            let Some(record) = app.control.round(id, &round.id).await? else { continue };
            let since = late_since(round, record.phase, now);
            late_rounds.extend(since.map(|since| LateRound {
                contest: id.to_string(),
                round: round.id.to_string(),
                phase: record.phase.as_str(),
                since: since.rfc3339(),
            }));
        }
    }
    Ok(Reply::ok(&Health {
        now: now.rfc3339(),
        sweeps: SWEEPING.map(sweep),
        late_rounds,
        contests: sees_all.then_some(all.len()),
        not_available: NOT_AVAILABLE,
    }))
}

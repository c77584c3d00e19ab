//! Lines of a contest's checklist about people and the platform.

use crate::App;
use contest::announcing::{Announcing, may_be_public};
use contest::closing::is_sweep_late;
use contest::organizers::{Role, Scope};
use contest::plan::{Plan, Round};
use contest::time::Timestamp;
use documents::console::contests::Check;
use documents::words::console as words;
use store::{ContestSnapshot, Identified, Organizer, RoundRecord, StoreError, StoredExcluded};

/// The function whose sweep closes rounds that no schedule closed.
const CLOSES: &str = "close-round";

/// Whether everybody who makes questions or holds the contest stands on the list of those who may not win. Names alone are
/// compared: of organizers no number is known.
pub(super) async fn own_people(
    contest: &ContestSnapshot,
    accounts: &[Identified<Organizer>],
) -> Result<Check, StoreError> {
    let (place, excluded) = (Scope::Contest(contest.plan.id.clone()), contest.excluded().await?);
    let mut missing = 0;
    for account in accounts.iter().filter(|account| account.what.disabled_at_ms.is_none()) {
        let grants = account.what.grants()?;
        let mut here = grants.iter().filter(|(scope, _)| scope.covers(&place)).flat_map(|(_, roles)| roles);
        let is_meant = here.any(|role| matches!(role, Role::Author | Role::Organizer));
        let hash = StoredExcluded::name_hash(&contest.keys, &account.what.name);
        missing += u64::from(is_meant && !excluded.has_name(&hash));
    }
    Ok(Check { code: "excluded_names", is_met: missing == 0, text: words::excluded_names(missing) })
}

/// Whether people may see the contest; else what is missing, or when they will.
pub(super) fn public(contest: &ContestSnapshot, now: Timestamp) -> Check {
    let plan = &contest.plan;
    let standing = contest.state.is_draft().then(|| may_be_public(plan, contest.state.accepted(plan), now));
    let is_met = matches!(standing, None | Some(Announcing::At(_)));
    Check { code: "public", is_met, text: words::public_check(plan, standing.as_ref(), now) }
}

/// Whether each open round was found to be ready when it opened.
pub(super) fn openings(plan: &Plan, records: &[Option<RoundRecord>], now: Timestamp) -> Vec<Check> {
    let is_open = |(round, _): &(&Round, &Option<RoundRecord>)| round.opens <= now && now < round.closes;
    let check = |(round, record): (&Round, &Option<RoundRecord>)| {
        let is_met = record.as_ref().is_some_and(|record| record.ready_at.is_some());
        Check { code: "opening", is_met, text: words::opening_check(&round.name, is_met) }
    };
    plan.rounds.iter().zip(records).filter(is_open).map(check).collect()
}

/// Whether everything was looked at lately.
pub(super) async fn sweep(app: &App, now: Timestamp) -> Result<Check, StoreError> {
    let is_met = !is_sweep_late(app.control.sweeps().await?.get(CLOSES).copied(), now);
    let text = if is_met { words::SWEPT } else { words::NOT_SWEPT };
    Ok(Check { code: "sweep", is_met, text: text.to_owned() })
}

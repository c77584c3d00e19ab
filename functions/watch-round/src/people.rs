//! The unit of each account, read seldom and kept meanwhile.

use crate::{Watched, read, replace};
use contest::time::Timestamp;
use contest::watch::Account;
use contest::watch::due::are_people_due;
use store::{StoredAccounts, StoredExcluded, Tagged, keys};

/// Everybody with an account at an instant.
pub(crate) struct Accounts {
    pub(crate) accounts: Vec<Account>,
    pub(crate) read_at: Timestamp,
}

/// The accounts that were kept, or all of them read anew where those are due.
pub(crate) async fn accounts(watched: &Watched<'_>, now: Timestamp) -> anyhow::Result<Accounts> {
    let Watched { app, state, plan, round } = watched;
    let path = keys::watch_people(&plan.id);
    let kept = app.vault.get_tagged(&path).await?;
    let stored = kept.as_ref().and_then(|kept| StoredAccounts::read(&kept.bytes));
    if let Some(stored) = stored.filter(|stored| !are_people_due(Some(stored.read_at()), round, now)) {
        return Ok(Accounts { accounts: stored.accounts()?, read_at: stored.read_at() });
    }
    // Nobody is put on the list once the first round is open, so it is as it was when the kept ones were read.
    let excluded = match &state.excluded {
        Some(object) => app.vault.referred_json(object).await?,
        None => StoredExcluded::default(),
    };
    let mut accounts = Vec::new();
    for shard in 0..app.control.people_shards(&plan.id).await? {
        accounts.extend(read::people(watched, shard, &excluded).await?);
    }
    keep(watched, (kept, &StoredAccounts::of(&accounts, now)), now).await?;
    Ok(Accounts { accounts, read_at: now })
}

/// Keeps the accounts for the next counts.
async fn keep(
    watched: &Watched<'_>,
    (kept, stored): (Option<Tagged>, &StoredAccounts),
    now: Timestamp,
) -> anyhow::Result<()> {
    let (path, bytes) = (keys::watch_people(&watched.plan.id), serde_json::to_vec(stored)?);
    let is_as_new = |stands: &[u8]| StoredAccounts::read(stands).is_some_and(|stands| stands.read_at() > now);
    replace::replace(&watched.app.vault, &path, (kept, bytes), is_as_new).await?;
    Ok(())
}

//! Rows of a table, a page at a time and no faster than contestants can spare.

use crate::Watched;
use contest::watch::pace::pause_ms;
use contest::watch::{Account, AttemptRow};
use std::fmt;
use std::time::{Duration, Instant};
use store::{AttemptPartition, Page, PageEnd, StoreError, StoredExcluded};

/// A table refuses reads or does not answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TableBusy;

impl fmt::Display for TableBusy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a table is busy, and is left alone")
    }
}

/// Hands every attempt of a shard of the round to `each`.
///
/// # Errors
/// With [`TableBusy`] where the table is.
pub(crate) async fn attempts(
    watched: &Watched<'_>,
    shard: u16,
    mut each: impl FnMut(AttemptRow),
) -> anyhow::Result<()> {
    let Watched { app, plan, round, .. } = watched;
    let partition = AttemptPartition { contest: &plan.id, round: &round.id, shard };
    let mut after = None;
    loop {
        let page = paced(app.attempts.read_page(partition, after)).await?;
        page.rows.into_iter().for_each(&mut each);
        after = page.next;
        if after.is_none() {
            return Ok(());
        }
    }
}

/// Every account of a shard.
///
/// # Errors
/// With [`TableBusy`] where the table is.
pub(crate) async fn people(
    watched: &Watched<'_>,
    shard: u16,
    excluded: &StoredExcluded,
) -> anyhow::Result<Vec<Account>> {
    let (mut accounts, mut after): (Vec<Account>, Option<PageEnd>) = (Vec::new(), None);
    loop {
        let page = paced(watched.app.people.read_page(&watched.plan.id, shard, after, excluded)).await?;
        accounts.extend(page.rows);
        after = page.next;
        if after.is_none() {
            return Ok(accounts);
        }
    }
}

/// Reads a page, and waits until the next may be read.
async fn paced<R>(read: impl Future<Output = Result<Page<R>, StoreError>>) -> anyhow::Result<Page<R>> {
    let began = Instant::now();
    let page = match read.await {
        Err(busy @ StoreError::Busy { .. }) => return Err(anyhow::Error::new(busy).context(TableBusy)),
        page => page?,
    };
    let elapsed_ms = u64::try_from(began.elapsed().as_millis())?;
    tokio::time::sleep(Duration::from_millis(pause_ms(page.read_halves, elapsed_ms))).await;
    Ok(page)
}

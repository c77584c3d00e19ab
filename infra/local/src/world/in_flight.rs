//! Requests that were received and not yet answered. A round closes only once those that came
//! before its closing have been answered: on AWS by waiting out the integration limit, here exactly.

use super::clock::Clock;
use contest::time::Timestamp;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// The requests in flight, by time of receipt.
#[derive(Debug, Default)]
pub struct InFlight {
    requests: Mutex<Requests>,
    left: Notify,
}

#[derive(Debug, Default)]
struct Requests {
    waiting: BTreeSet<(Timestamp, u64)>,
    next: u64,
}

/// One request in flight, until it is dropped.
#[derive(Debug)]
pub struct Entered {
    all: Arc<InFlight>,
    place: (Timestamp, u64),
}

impl Entered {
    /// When the request was received: what its event carries as `timeEpoch`.
    pub fn received_at(&self) -> Timestamp {
        self.place.0
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        self.all.requests().waiting.remove(&self.place);
        self.all.left.notify_waiters();
    }
}

impl InFlight {
    /// Takes a request in, received now. The clock is read under the same lock that
    /// [`Self::drain`] takes, so no request can slip in with an earlier receipt afterwards.
    pub fn enter(self: &Arc<Self>, clock: &Clock) -> Entered {
        let mut requests = self.requests();
        let place = (clock.now(), requests.next);
        requests.next += 1;
        requests.waiting.insert(place);
        Entered { all: Arc::clone(self), place }
    }

    /// Waits until every request received up to now has been answered.
    pub async fn drain(&self, clock: &Clock) {
        let (until, next) = {
            let requests = self.requests();
            (clock.now(), requests.next)
        };
        loop {
            let left = self.left.notified();
            let drained = self.requests().waiting.first().is_none_or(|&(at, number)| at > until || number >= next);
            if drained {
                return;
            }
            left.await;
        }
    }

    fn requests(&self) -> MutexGuard<'_, Requests> {
        // The set is changed by single insertions and removals: it is whole even after a panic.
        self.requests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[tokio::test]
    async fn draining_waits_for_earlier_requests_and_for_no_later_one() {
        let clock = Clock::frozen_at(Timestamp::from_millis(1_000));
        let all = Arc::new(InFlight::default());
        let early = all.enter(&clock);
        assert!(tokio::time::timeout(Duration::from_millis(20), all.drain(&clock)).await.is_err());

        let draining = crate::engines::task::spawn({
            let (all, clock) = (Arc::clone(&all), Clock::frozen_at(Timestamp::from_millis(1_000)));
            async move { all.drain(&clock).await }
        });
        tokio::task::yield_now().await;
        let _late = all.enter(&clock);
        drop(early);
        tokio::time::timeout(Duration::from_secs(5), draining).await.expect("drained").expect("no panic");
    }
}

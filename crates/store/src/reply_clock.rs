//! A second clock: the `Date` of DynamoDB's replies. Closing waits until it has passed too, so that a
//! function whose own clock is fast cannot shut a round early (`RELIABILITY.md` 2.4, R4).

use aws_sdk_dynamodb::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_dynamodb::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_dynamodb::error::BoxError;
use aws_sdk_dynamodb::primitives::{DateTime, DateTimeFormat};
use contest::time::Timestamp;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

/// The time of the last reply, whole seconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct ReplyClock(Arc<AtomicI64>);

/// Before any reply.
const NOTHING_SEEN: i64 = 0;

impl ReplyClock {
    /// When the last reply was sent, by the clock of who sent it; `None` before the first.
    pub(crate) fn last(&self) -> Option<Timestamp> {
        let millis = self.0.load(Ordering::Relaxed);
        (millis != NOTHING_SEEN).then(|| Timestamp::from_millis(millis))
    }

    fn see(&self, date: &str) {
        if let Ok(date) = DateTime::from_str(date, DateTimeFormat::HttpDate)
            && let Ok(millis) = date.to_millis()
        {
            self.0.store(millis, Ordering::Relaxed);
        }
    }
}

impl Intercept for ReplyClock {
    fn name(&self) -> &'static str {
        "ReplyClock"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(date) = context.response().headers().get("date") {
            self.see(date);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_readable_date_counts() {
        let clock = ReplyClock::default();
        assert_eq!(clock.last(), None);
        clock.see("Mon, 13 Dec 2021 01:30:00 GMT");
        assert_eq!(clock.last(), Timestamp::parse_rfc3339("2021-12-13T08:30:00+07:00"));
        clock.see("yesterday");
        assert_eq!(clock.last(), Timestamp::parse_rfc3339("2021-12-13T08:30:00+07:00"));
    }
}

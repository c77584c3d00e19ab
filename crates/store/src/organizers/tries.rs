//! Counted tries of organizers' secrets and codes: what `contest::throttle` judges, under keyed names.

use super::{Organizers, json, read};
use crate::conditional::carried_out;
use crate::error::StoreError;
use crate::item::key;
use crate::keys;
use contest::throttle::{Span, Throttle, Tries};
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};

/// Times that a count is read anew because another try was counted meanwhile.
const ROUNDS: u32 = 16;

#[derive(Serialize, Deserialize)]
struct Stored {
    window: (i64, u32),
    day: (i64, u32),
}

impl Organizers {
    /// Counts one try under a name, or returns the instant from which one is allowed again. The write carries the counts
    /// that it was judged from, so that tries in parallel cannot pass the limit.
    pub async fn count_try(
        &self,
        (throttle, name): (Throttle, &str),
        now: Timestamp,
    ) -> Result<Result<(), Timestamp>, StoreError> {
        const ACTION: &str = "count a try";
        for _ in 0..ROUNDS {
            let item = self.get(key(keys::organizer_tries(name), keys::TRIES)).await?;
            let stored: Option<Stored> = item.as_ref().map(|item| read(item, "tries")).transpose()?;
            let counted = match throttle.count(stored.as_ref().map(Stored::tries), now) {
                Ok(counted) => counted,
                Err(until) => return Ok(Err(until)),
            };
            let mut item = key(keys::organizer_tries(name), keys::TRIES);
            item.insert("tries".to_owned(), json(&Stored::of(counted), ACTION)?);
            let item = Self::passing(item, counted.forgotten_at());
            let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
            let put = match stored {
                None => put.condition_expression("attribute_not_exists(pk)"),
                Some(seen) => {
                    put.condition_expression("tries = :seen").expression_attribute_values(":seen", json(&seen, ACTION)?)
                }
            };
            if carried_out(ACTION, put.send().await)? {
                return Ok(Ok(()));
            }
        }
        Err(StoreError::Raced { what: "the count of tries".into() })
    }

    /// Forgets the tries under a name, after a right secret or code.
    pub async fn forget_tries(&self, name: &str) -> Result<(), StoreError> {
        self.delete(key(keys::organizer_tries(name), keys::TRIES)).await
    }
}

impl Stored {
    const fn of(tries: Tries) -> Self {
        Self { window: span_of(tries.window), day: span_of(tries.day) }
    }

    const fn tries(&self) -> Tries {
        Tries { window: read_span(self.window), day: read_span(self.day) }
    }
}

const fn span_of(span: Span) -> (i64, u32) {
    (span.began.millis(), span.tries)
}

const fn read_span((began, tries): (i64, u32)) -> Span {
    Span { began: Timestamp::from_millis(began), tries }
}

//! Counted tries of secrets and codes, of contestants and of organizers: what `contest::throttle` judges, under keyed names.

use crate::conditional::carried_out;
use crate::error::StoreError;
use crate::item::{Item, Reader, instant, key, number};
use crate::keys;
use crate::organizers::Organizers;
use crate::people::People;
use aws_sdk_dynamodb::Client;
use contest::ids::ContestId;
use contest::throttle::{Span, Throttle, Tries};
use contest::time::Timestamp;

/// Times that a count is read anew because another try was counted meanwhile. Each of those fills the window
/// further, and the widest is full after ten; only a success in between empties it.
const ROUNDS: u32 = 16;

/// The place of a count.
struct Counter<'a> {
    client: &'a Client,
    table: &'a str,
    key: Item,
}

impl People {
    /// Counts one try under a name, or returns the instant from which one is allowed again. The write carries
    /// the counts that it was judged from, so that tries in parallel cannot pass the limit.
    pub async fn count_try(
        &self,
        contest: &ContestId,
        (throttle, name): (Throttle, &str),
        now: Timestamp,
    ) -> Result<Result<(), Timestamp>, StoreError> {
        let key = key(keys::tries(contest, name), keys::TRIES);
        Counter { client: &self.client, table: &self.table, key }.count(throttle, now).await
    }

    /// Forgets the tries under a name, after a right secret.
    pub async fn forget_tries(&self, contest: &ContestId, name: &str) -> Result<(), StoreError> {
        self.delete(key(keys::tries(contest, name), keys::TRIES)).await
    }
}

impl Organizers {
    /// As [`People::count_try`], of an organizer's secret or code.
    pub async fn count_try(
        &self,
        (throttle, name): (Throttle, &str),
        now: Timestamp,
    ) -> Result<Result<(), Timestamp>, StoreError> {
        let key = key(keys::organizer_tries(name), keys::TRIES);
        Counter { client: &self.client, table: &self.table, key }.count(throttle, now).await
    }

    /// Forgets the tries under a name, after a right secret or code.
    pub async fn forget_tries(&self, name: &str) -> Result<(), StoreError> {
        self.delete(key(keys::organizer_tries(name), keys::TRIES)).await
    }
}

impl Counter<'_> {
    async fn count(&self, throttle: Throttle, now: Timestamp) -> Result<Result<(), Timestamp>, StoreError> {
        for _ in 0..ROUNDS {
            let existing = self.read().await?;
            let counted = match throttle.count(existing, now) {
                Ok(counted) => counted,
                Err(until) => return Ok(Err(until)),
            };
            if self.replace(existing, counted).await? {
                return Ok(Ok(()));
            }
        }
        Err(StoreError::Raced { what: "the count of tries".into() })
    }

    async fn read(&self) -> Result<Option<Tries>, StoreError> {
        let get = self.client.get_item().table_name(self.table).consistent_read(true);
        let reply = get.set_key(Some(self.key.clone())).send().await.map_err(StoreError::service("read tries"))?;
        reply.item().map(read_tries).transpose()
    }

    async fn replace(&self, existing: Option<Tries>, counted: Tries) -> Result<bool, StoreError> {
        let mut item = self.key.clone();
        item.extend(attributes(counted).map(|(name, value)| (name.to_owned(), value)));
        item.insert("expires_s".to_owned(), number(counted.forgotten_at().millis() / 1_000 + 1));
        let put = self.client.put_item().table_name(self.table).set_item(Some(item));
        let put = match existing {
            None => put.condition_expression("attribute_not_exists(pk)"),
            Some(existing) => attributes(existing).into_iter().fold(
                put.condition_expression(
                    "window_ms = :window_ms AND in_window = :in_window AND day_ms = :day_ms AND in_day = :in_day",
                ),
                |put, (name, value)| put.expression_attribute_values(format!(":{name}"), value),
            ),
        };
        carried_out("count a try", put.send().await)
    }
}

fn attributes(tries: Tries) -> [(&'static str, aws_sdk_dynamodb::types::AttributeValue); 4] {
    [
        ("window_ms", instant(tries.window.began)),
        ("in_window", number(tries.window.tries)),
        ("day_ms", instant(tries.day.began)),
        ("in_day", number(tries.day.tries)),
    ]
}

fn read_tries(item: &Item) -> Result<Tries, StoreError> {
    let reader = Reader(item);
    let span = |began: &str, tries: &str| {
        Ok::<_, StoreError>(Span { began: reader.instant(began)?, tries: reader.number(tries)? })
    };
    Ok(Tries { window: span("window_ms", "in_window")?, day: span("day_ms", "in_day")? })
}

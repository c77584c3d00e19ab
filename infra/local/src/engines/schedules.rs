//! The schedules that functions created, in a table of their own so that a restart keeps them, and
//! in memory so that asking what is due costs nothing.

use super::dynamodb::SCHEDULES_TABLE;
use anyhow::Context;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use contest::time::Timestamp;
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use tokio::sync::Mutex;

/// Partition of the table that holds every schedule.
const PARTITION: &str = "SCHEDULES";

/// Retries that a schedule may ask for beyond its first run; on AWS up to 185 in a day.
const MAX_RETRIES: u64 = 3;

/// Between two tries, on the clock: AWS backs off from seconds to hours.
const RETRY_AFTER_MS: i64 = 60_000;

/// A one-time schedule.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Schedule {
    /// Group, unique together with the name.
    pub group: String,
    pub name: String,
    /// When it fires next, in milliseconds: its own time, later after a failed try.
    pub due_ms: i64,
    /// Tries that failed.
    pub failures: u64,
    /// When it was created, in milliseconds.
    pub created_ms: i64,
    /// When it was changed last, in milliseconds.
    pub modified_ms: i64,
    /// The request that created or changed it.
    pub definition: Map<String, Value>,
}

impl Schedule {
    /// When it fires next.
    pub fn due(&self) -> Timestamp {
        Timestamp::from_millis(self.due_ms)
    }

    /// Resource name of the function to call.
    pub fn target_arn(&self) -> &str {
        self.target().and_then(|target| target.get("Arn")).and_then(Value::as_str).unwrap_or_default()
    }

    /// What the function is called with.
    pub fn input(&self) -> &str {
        self.target().and_then(|target| target.get("Input")).and_then(Value::as_str).unwrap_or("{}")
    }

    fn is_enabled(&self) -> bool {
        self.definition.get("State").and_then(Value::as_str) != Some("DISABLED")
    }

    fn target(&self) -> Option<&Value> {
        self.definition.get("Target")
    }

    fn retries(&self) -> u64 {
        let policy = self.target().and_then(|target| target.get("RetryPolicy"));
        let asked = policy.and_then(|policy| policy.get("MaximumRetryAttempts")).and_then(Value::as_u64);
        asked.unwrap_or(MAX_RETRIES).min(MAX_RETRIES)
    }
}

/// Group and name.
pub type ScheduleKey = (String, String);

#[derive(Debug)]
pub struct Schedules {
    table: Client,
    kept: Mutex<BTreeMap<ScheduleKey, Schedule>>,
}

impl Schedules {
    /// Reads what an earlier run kept.
    ///
    /// # Errors
    /// Where the table cannot be read.
    pub async fn load(table: Client) -> anyhow::Result<Self> {
        let mut pages = table
            .query()
            .table_name(SCHEDULES_TABLE)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", AttributeValue::S(PARTITION.to_owned()))
            .consistent_read(true)
            .into_paginator()
            .items()
            .send();
        let mut kept = BTreeMap::new();
        while let Some(item) = pages.try_next().await? {
            let text =
                item.get("schedule").and_then(|value| value.as_s().ok()).context("a schedule without its text")?;
            let schedule: Schedule = serde_json::from_str(text).context("a schedule in another form")?;
            kept.insert((schedule.group.clone(), schedule.name.clone()), schedule);
        }
        Ok(Self { table, kept: Mutex::new(kept) })
    }

    /// Keeps a new schedule; `false` where there is one of this name already.
    pub async fn create(&self, schedule: Schedule) -> anyhow::Result<bool> {
        let mut kept = self.kept.lock().await;
        if kept.contains_key(&key_of(&schedule)) {
            return Ok(false);
        }
        self.keep(&mut kept, schedule).await?;
        Ok(true)
    }

    /// Replaces a schedule as a whole, as AWS does; `false` where there is none of this name.
    pub async fn update(&self, mut schedule: Schedule) -> anyhow::Result<bool> {
        let mut kept = self.kept.lock().await;
        let Some(before) = kept.get(&key_of(&schedule)) else { return Ok(false) };
        schedule.created_ms = before.created_ms;
        self.keep(&mut kept, schedule).await?;
        Ok(true)
    }

    pub async fn find(&self, key: &ScheduleKey) -> Option<Schedule> {
        self.kept.lock().await.get(key).cloned()
    }

    /// Every schedule, by group and name.
    pub async fn all(&self) -> Vec<Schedule> {
        self.kept.lock().await.values().cloned().collect()
    }

    /// Removes a schedule; `false` where there is none of this name.
    pub async fn delete(&self, key: &ScheduleKey) -> anyhow::Result<bool> {
        let mut kept = self.kept.lock().await;
        if !kept.contains_key(key) {
            return Ok(false);
        }
        self.forget(&mut kept, key).await?;
        Ok(true)
    }

    /// The schedule that fires first, at `until` or earlier, by time and then name.
    pub async fn next_due(&self, until: Timestamp) -> Option<Schedule> {
        let kept = self.kept.lock().await;
        let due = kept.values().filter(|schedule| schedule.is_enabled() && schedule.due() <= until);
        due.min_by_key(|schedule| (schedule.due_ms, schedule.name.as_str(), schedule.group.as_str())).cloned()
    }

    /// The schedule has fired and done its work: one-time schedules go, unless the function changed
    /// its own schedule meanwhile.
    pub async fn fired(&self, schedule: &Schedule) -> anyhow::Result<()> {
        let mut kept = self.kept.lock().await;
        if kept.get(&key_of(schedule)) == Some(schedule) {
            self.forget(&mut kept, &key_of(schedule)).await?;
        }
        Ok(())
    }

    /// The schedule has fired and failed: it is tried again a minute later, as often as its policy
    /// asks and three times at most, and then dropped. The sweep repairs what it left undone.
    pub async fn failed(&self, schedule: &Schedule) -> anyhow::Result<()> {
        let mut kept = self.kept.lock().await;
        if kept.get(&key_of(schedule)) != Some(schedule) {
            return Ok(());
        }
        if schedule.failures >= schedule.retries() {
            return self.forget(&mut kept, &key_of(schedule)).await;
        }
        let again = Schedule {
            due_ms: schedule.due_ms.saturating_add(RETRY_AFTER_MS),
            failures: schedule.failures + 1,
            ..schedule.clone()
        };
        self.keep(&mut kept, again).await
    }

    async fn keep(&self, kept: &mut BTreeMap<ScheduleKey, Schedule>, schedule: Schedule) -> anyhow::Result<()> {
        let put = self.table.put_item().table_name(SCHEDULES_TABLE);
        put.item("pk", AttributeValue::S(PARTITION.to_owned()))
            .item("sk", AttributeValue::S(sort_key(&key_of(&schedule))))
            .item("schedule", AttributeValue::S(serde_json::to_string(&schedule)?))
            .send()
            .await
            .context("cannot keep a schedule")?;
        kept.insert(key_of(&schedule), schedule);
        Ok(())
    }

    async fn forget(&self, kept: &mut BTreeMap<ScheduleKey, Schedule>, key: &ScheduleKey) -> anyhow::Result<()> {
        let delete = self.table.delete_item().table_name(SCHEDULES_TABLE);
        delete
            .key("pk", AttributeValue::S(PARTITION.to_owned()))
            .key("sk", AttributeValue::S(sort_key(key)))
            .send()
            .await
            .context("cannot remove a schedule")?;
        kept.remove(key);
        Ok(())
    }
}

fn key_of(schedule: &Schedule) -> ScheduleKey {
    (schedule.group.clone(), schedule.name.clone())
}

/// Names of groups and schedules hold no slash.
fn sort_key((group, name): &ScheduleKey) -> String {
    format!("{group}/{name}")
}

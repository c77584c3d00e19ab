//! What is noted of how the platform is: when functions last swept, and that a round was ready at its opening.

use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Reader, instant, key, text};
use crate::keys;
use contest::ids::{ContestId, RoundId};
use contest::time::Timestamp;
use std::collections::BTreeMap;

/// Attribute of a note.
const AT: &str = "at_ms";

impl Control {
    /// Notes that a function has looked at everything, and that all was well.
    pub async fn note_sweep(&self, function: &str, now: Timestamp) -> Result<(), StoreError> {
        let update = self.client.update_item().table_name(&self.table);
        let update = update.set_key(Some(key(keys::SWEEPS, function)));
        let update = update.update_expression("SET at_ms = :now");
        let update = update.expression_attribute_values(":now", instant(now)).send().await;
        update.map_err(StoreError::service("note a sweep"))?;
        Ok(())
    }

    /// When each function last did, by its name.
    pub async fn sweeps(&self) -> Result<BTreeMap<String, Timestamp>, StoreError> {
        let query = self.client.query().table_name(&self.table).key_condition_expression("pk = :pk");
        let reply = query.expression_attribute_values(":pk", text(keys::SWEEPS)).send().await;
        let reply = reply.map_err(StoreError::service("read when functions swept"))?;
        let read = |item| {
            let reader = Reader(item);
            Ok((reader.text("sk")?.to_owned(), reader.instant(AT)?))
        };
        reply.items().iter().map(read).collect()
    }

    /// Notes that everything was there that contestants need when a round opened.
    pub async fn note_opening(&self, contest: &ContestId, round: &RoundId, now: Timestamp) -> Result<(), StoreError> {
        let update = self.update_round(contest, round).update_expression("SET ready_ms = :now");
        let update = update.condition_expression("attribute_exists(phase)");
        let update = update.expression_attribute_values(":now", instant(now)).send().await;
        update.map_err(StoreError::service("note that a round was ready"))?;
        Ok(())
    }
}

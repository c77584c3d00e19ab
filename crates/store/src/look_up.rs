//! What organizers look up of one contestant, and the accounts page by page for who knows a name alone. Read eventually
//! consistent, which takes half of what a strong read takes; what was answered is not read.

use crate::attempts::{AttemptPartition, Attempts};
use crate::error::StoreError;
use crate::item::{Item, Reader, key, text};
use crate::keys;
use crate::people::{People, Profile, contestant, read_profile};
use crate::watch::{Page, PageEnd, TIMES, page, read_row};
use aws_sdk_dynamodb::types::KeysAndAttributes;
use contest::ids::{ContestId, ContestantId};
use contest::watch::AttemptRow;
use std::collections::BTreeMap;

impl People {
    /// A page of the accounts of one shard, after that of somebody.
    pub async fn read_profiles(
        &self,
        contest: &ContestId,
        shard: u16,
        after: Option<&ContestantId>,
    ) -> Result<Page<(ContestantId, Profile)>, StoreError> {
        let query = self.client.query().table_name(&self.table);
        let pk = keys::people(contest, shard);
        let after = after.map(|code| PageEnd(key(pk.clone(), code.as_str())));
        let read = |item: &Item| Ok((contestant(Reader(item).text("sk")?)?, read_profile(item)?));
        page("read a page of accounts", query, (pk, after), read).await
    }
}

/// Accounts that one reply may hold.
const IN_ONE_REPLY: usize = 100;

impl People {
    /// The accounts of these people, each with the shard in which it lies; whoever has none is left out.
    ///
    /// # Errors
    /// [`StoreError::Busy`] where the table has no time for all of them.
    pub async fn profiles(
        &self,
        contest: &ContestId,
        people: &[(u16, &ContestantId)],
    ) -> Result<BTreeMap<ContestantId, Profile>, StoreError> {
        const ACTION: &str = "read accounts";
        let mut profiles = BTreeMap::new();
        for some in people.chunks(IN_ONE_REPLY) {
            let keys = some.iter().map(|(shard, code)| key(keys::people(contest, *shard), code.as_str()));
            let asked = KeysAndAttributes::builder().set_keys(Some(keys.collect())).build();
            let asked = asked.map_err(StoreError::failed(ACTION))?;
            let reply = self.client.batch_get_item().request_items(&self.table, asked).send().await;
            let reply = reply.map_err(StoreError::service(ACTION))?;
            if reply.unprocessed_keys().is_some_and(|left| !left.is_empty()) {
                return Err(StoreError::Busy { action: ACTION, source: "some were left out".into() });
            }
            for item in reply.responses().into_iter().flat_map(|tables| tables.values()).flatten() {
                profiles.insert(contestant(Reader(item).text("sk")?)?, read_profile(item)?);
            }
        }
        Ok(profiles)
    }
}

impl Attempts {
    /// The attempts of one contestant in a round, by number, without what was answered.
    pub async fn read_rows_of(
        &self,
        partition: AttemptPartition<'_>,
        contestant: &ContestantId,
    ) -> Result<Vec<AttemptRow>, StoreError> {
        let query = self.client.query().table_name(&self.table).projection_expression(TIMES);
        let query = query
            .key_condition_expression("pk = :pk AND begins_with(sk, :of)")
            .expression_attribute_values(":pk", text(partition.pk()))
            .expression_attribute_values(":of", text(keys::attempts_of(contestant)));
        let (mut items, mut rows) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = items.next().await {
            rows.push(read_row(&item.map_err(StoreError::service("read attempts"))?)?);
        }
        Ok(rows)
    }
}

//! One account of the table `people` and its changes. Each is written over what it was made from and over nothing else,
//! so that of two at once one takes place.

use crate::error::StoreError;
use crate::item::{Item, Reader, key, text};
use crate::keys;
use crate::people::{People, Profile, Reset, found_at, read_profile};
use aws_sdk_dynamodb::operation::put_item::PutItemError;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::ReturnValuesOnConditionCheckFailure::AllOld;
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use contest::ids::{ContestId, ContestantId};
use contest::people::Identifier;

/// Where an account lies.
#[derive(Clone, Copy, Debug)]
pub struct AccountPlace<'a> {
    pub contest: &'a ContestId,
    /// Shard of the people of the contest.
    pub shard: u16,
    pub contestant: &'a ContestantId,
}

/// An account as it was read.
#[derive(Clone)]
pub struct Account {
    pub profile: Profile,
    /// The very text, over which a change is written.
    stored: String,
}

contest::masked!(Account);

/// What became of the write of a correction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CorrectionWrite {
    Written,
    /// Another account has one of the values.
    Taken,
    /// The account has changed since it was read.
    Raced,
}

impl AccountPlace<'_> {
    fn key(&self) -> Item {
        key(keys::people(self.contest, self.shard), self.contestant.as_str())
    }

    fn item(&self, profile: &Profile) -> Result<(Item, String), StoreError> {
        let json = serde_json::to_string(profile).map_err(StoreError::failed("write an account anew"))?;
        let mut item = self.key();
        item.insert("profile".to_owned(), text(&json));
        Ok((item, json))
    }
}

impl People {
    /// One account, read strongly, by which it can be changed.
    pub async fn account(&self, place: AccountPlace<'_>) -> Result<Option<Account>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(place.key())).consistent_read(true);
        let reply = get.send().await.map_err(StoreError::service("read an account"))?;
        let read = |item: &Item| {
            Ok(Account { profile: read_profile(item)?, stored: Reader(item).text("profile")?.to_owned() })
        };
        reply.item().map(read).transpose()
    }

    /// One account, read strongly.
    pub async fn profile(
        &self,
        contest: &ContestId,
        shard: u16,
        contestant: &ContestantId,
    ) -> Result<Option<Profile>, StoreError> {
        let account = self.account(AccountPlace { contest, shard, contestant }).await?;
        Ok(account.map(|account| account.profile))
    }

    /// Writes an account anew. Returns `false` where it has changed since it was read.
    pub async fn change_account(
        &self,
        place: AccountPlace<'_>,
        from: &Account,
        to: &Profile,
    ) -> Result<bool, StoreError> {
        let (item, json) = place.item(to)?;
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("profile = :stored");
        let put = put.expression_attribute_values(":stored", text(&from.stored));
        let reply = put.return_values_on_condition_check_failure(AllOld).send().await;
        let Err(error) = reply else { return Ok(true) };
        match error.as_service_error() {
            // Carried out already where only the reply was lost and the client sent it again.
            Some(PutItemError::ConditionalCheckFailedException(failed)) => {
                let stands = failed.item().and_then(|item| Reader(item).optional_text("profile"));
                Ok(stands == Some(json.as_str()))
            }
            _ => Err(StoreError::service("write an account anew")(error)),
        }
    }

    /// Writes an account anew with the values by which it is found: all of it or nothing.
    pub async fn correct_account(
        &self,
        place: AccountPlace<'_>,
        (from, to): (&Account, &Profile),
        (gone, come): (&[Identifier], &[Identifier]),
    ) -> Result<CorrectionWrite, StoreError> {
        const ACTION: &str = "correct an account";
        let (item, _) = place.item(to)?;
        let put = Put::builder().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("profile = :stored");
        let put = put.expression_attribute_values(":stored", text(&from.stored)).build();
        let put = put.map_err(StoreError::failed(ACTION))?;
        let mut writes = vec![TransactWriteItem::builder().put(put).build()];
        for identifier in gone {
            let found = found_at(place.contest, identifier, place.contestant);
            let delete = Delete::builder().table_name(&self.table).set_key(Some(found)).build();
            let delete = delete.map_err(StoreError::failed(ACTION))?;
            writes.push(TransactWriteItem::builder().delete(delete).build());
        }
        for identifier in come {
            writes.push(self.put_found(place.contest, identifier, place.contestant)?);
        }
        let reply = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        let Err(error) = reply else { return Ok(CorrectionWrite::Written) };
        match error.as_service_error() {
            Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) => {
                let mut refused =
                    cancelled.cancellation_reasons().iter().map(|why| why.code() == Some("ConditionalCheckFailed"));
                match (refused.next(), refused.any(|refused| refused)) {
                    (Some(true), _) => Ok(CorrectionWrite::Raced),
                    (_, true) => Ok(CorrectionWrite::Taken),
                    _ => Err(StoreError::service(ACTION)(error)),
                }
            }
            _ => Err(StoreError::service(ACTION)(error)),
        }
    }

    /// Gives an account a slip that sets another secret once, in place of one that was given before. Returns `false`
    /// where there is no such account. Whether it may have one is judged by the caller.
    ///
    /// # Errors
    /// [`StoreError::Raced`] where the account changed meanwhile.
    pub async fn give_reset(&self, place: AccountPlace<'_>, reset: Reset) -> Result<bool, StoreError> {
        let account = self.account(place).await?.filter(|account| account.profile.erased_at_ms.is_none());
        let Some(account) = account else { return Ok(false) };
        let given = Profile { reset: Some(reset), ..account.profile.clone() };
        let is_given = self.change_account(place, &account, &given).await?;
        if is_given { Ok(true) } else { Err(StoreError::Raced { what: "the account".into() }) }
    }
}

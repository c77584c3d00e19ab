//! Table `people`: accounts, the keyed values by which they are found, and by whom they were brought in
//! (`RELIABILITY.md` 2.1, T3). No citizen id and no phone number is stored: only keyed hashes and the
//! last three digits.

use crate::error::StoreError;
use crate::item::{Item, Reader, key, text};
use crate::keys;
use crate::sdk::Sdk;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Put, Select, TransactWriteItem};
use contest::ids::{ContestId, ContestantId, UnitCode};
use contest::people::{Findable, Identifier, IdentifierKind, identifiers};
use contest::plan::Field;
use contest::review::Account;
use contest::seal::ContestKeys;
use contest::text::name_key;
use contest::time::{Timestamp, parse_date};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug)]
pub struct People {
    pub(crate) client: aws_sdk_dynamodb::Client,
    pub(crate) table: String,
}

/// Where an account stands under a value.
pub(crate) fn found_at(contest: &ContestId, identifier: &Identifier, contestant: &ContestantId) -> Item {
    key(keys::lookup(contest, identifier.kind, &identifier.hash), keys::found(contestant, identifier.unique))
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Profile {
    /// Name as entered, cleaned.
    pub full_name: Option<String>,
    /// `yyyy-mm-dd`.
    pub birth_date: Option<String>,
    /// Keyed hash.
    pub citizen_id: Option<String>,
    /// Keyed hash.
    pub phone: Option<String>,
    /// Last three digits of the phone, for `09xx xxx 123`.
    pub phone_last3: Option<String>,
    pub unit: Option<String>,
    /// Word of the affiliation.
    pub unit_basis: Option<String>,
    /// Word.
    pub gender: Option<String>,
    pub email: Option<String>,
    pub address: Option<String>,
    pub occupation: Option<String>,
    /// Code by which this person brings in others.
    pub referral_code: String,
    /// Contestant who brought this one in.
    pub referrer: Option<String>,
    /// Argon2id hash of the secret, in PHC form.
    pub secret_hash: String,
    /// Text that was consented to.
    pub consent_sha256: String,
    pub guardian_consent: bool,
    /// When the account was made, in milliseconds since 1970.
    pub registered_at_ms: i64,
    /// When its owner had it erased, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased_at_ms: Option<i64>,
    /// How often all of its sessions were ended: none that was opened under a lower number holds.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u32,
    /// The slip that may set another secret, until it is used.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reset: Option<Reset>,
    /// When a slip last set the secret, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret_reset_at_ms: Option<i64>,
}

/// A slip of the organizers that sets another secret once.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reset {
    /// Hash of its code (`contest::slip_code`).
    pub code_sha256: String,
    /// Until when it holds, in milliseconds since 1970.
    pub until_ms: i64,
    /// Account of the organizer who approved it.
    pub approved_by: String,
}

contest::masked!(Profile, Reset);

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands out references")]
fn is_zero(version: &u32) -> bool {
    *version == 0
}

impl Profile {
    /// What is left of an erased account: what ranking and the rule of one account for each person need,
    /// under keyed values. Nothing of it opens a session.
    pub fn erased(self, now: Timestamp) -> Self {
        Self {
            full_name: None,
            birth_date: None,
            phone_last3: None,
            unit_basis: None,
            gender: None,
            email: None,
            address: None,
            occupation: None,
            referrer: None,
            secret_hash: String::new(),
            erased_at_ms: self.erased_at_ms.or(Some(now.millis())),
            reset: None,
            secret_reset_at_ms: None,
            ..self
        }
    }

    /// Everything by which the account of this code is found.
    pub fn identifiers(&self, keys: &ContestKeys, unique: &[Field], code: &ContestantId) -> Vec<Identifier> {
        let (citizen_id, phone) = (self.citizen_id.as_deref(), self.phone.as_deref());
        identifiers(keys, unique, Findable { code, citizen_id, phone, email: self.email.as_deref() })
    }

    /// What tells two accounts of one person.
    ///
    /// # Errors
    /// Where the item holds what this program never writes.
    pub fn registered(&self) -> Result<Account, StoreError> {
        let read = |date: &str| parse_date(date).ok_or_else(|| StoreError::corrupt("a profile", "a date of birth"));
        let birth_date = self.birth_date.as_deref().map(read).transpose()?;
        Ok(Account { name_key: self.full_name.as_deref().map(name_key), birth_date, phone: self.phone.clone() })
    }

    /// The unit code.
    ///
    /// # Errors
    /// Where the item holds what this program never writes.
    pub fn unit_code(&self) -> Result<Option<UnitCode>, StoreError> {
        let parse = |text: &String| UnitCode::parse(text).map_err(|e| StoreError::corrupt("a profile", e));
        self.unit.as_ref().map(parse).transpose()
    }
}

/// A new account with the values by which it is found.
#[derive(Clone, Debug)]
pub struct NewPerson<'a> {
    pub contest: &'a ContestId,
    pub contestant: &'a ContestantId,
    pub shard: u16,
    pub profile: &'a Profile,
    pub identifiers: &'a [Identifier],
    pub referrer: Option<&'a ContestantId>,
}

impl People {
    pub fn new(sdk: &Sdk, table: impl Into<String>) -> Self {
        Self { client: sdk.dynamodb.clone(), table: table.into() }
    }

    /// Writes an account together with the values by which it is found: all of them or none. Returns
    /// `false` where a unique value, or the code itself, is taken.
    pub async fn insert_person(&self, person: &NewPerson<'_>) -> Result<bool, StoreError> {
        let json = serde_json::to_string(person.profile).map_err(StoreError::failed("write an account"))?;
        let code = person.contestant.as_str();
        let mut profile = key(keys::people(person.contest, person.shard), code);
        profile.insert("profile".to_owned(), text(json));
        let mut writes = vec![self.put_new(profile)?];
        for identifier in person.identifiers {
            writes.push(self.put_found(person.contest, identifier, person.contestant)?);
        }
        if let Some(referrer) = person.referrer {
            writes.push(self.put_new(key(keys::referred(person.contest, referrer), code))?);
        }
        let reply = self.client.transact_write_items().set_transact_items(Some(writes)).send().await;
        match reply {
            Ok(_) => Ok(true),
            Err(error) if is_taken(error.as_service_error()) => Ok(false),
            Err(error) => Err(StoreError::service("write an account")(error)),
        }
    }

    /// Writes that an account is found by a value.
    pub(crate) fn put_found(
        &self,
        contest: &ContestId,
        identifier: &Identifier,
        contestant: &ContestantId,
    ) -> Result<TransactWriteItem, StoreError> {
        let mut found = found_at(contest, identifier, contestant);
        found.insert("contestant".to_owned(), text(contestant.as_str()));
        self.put_new(found)
    }

    fn put_new(&self, item: Item) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(StoreError::failed("write an account"))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// The accounts with a value, at most `limit`. More than one only for a value that need not be
    /// unique, such as a family's phone.
    pub async fn query_by_identifier(
        &self,
        contest: &ContestId,
        kind: IdentifierKind,
        hash: &str,
        limit: i32,
    ) -> Result<Vec<ContestantId>, StoreError> {
        let page = self
            .client
            .query()
            .table_name(&self.table)
            .consistent_read(true)
            .key_condition_expression("pk = :pk")
            .expression_attribute_values(":pk", text(keys::lookup(contest, kind, hash)))
            .limit(limit)
            .send()
            .await
            .map_err(StoreError::service("look an account up"))?;
        page.items().iter().map(|item| contestant(Reader(item).text("contestant")?)).collect()
    }

    /// Deletes an account; one that is gone stays gone.
    pub async fn delete_person(
        &self,
        contest: &ContestId,
        shard: u16,
        contestant: &ContestantId,
    ) -> Result<(), StoreError> {
        self.delete(key(keys::people(contest, shard), contestant.as_str())).await
    }

    /// Deletes values by which an account is found.
    pub async fn delete_identifiers(
        &self,
        contest: &ContestId,
        contestant: &ContestantId,
        identifiers: &[Identifier],
    ) -> Result<(), StoreError> {
        for identifier in identifiers {
            self.delete(found_at(contest, identifier, contestant)).await?;
        }
        Ok(())
    }

    /// Deletes the note that another account brought in this one, if one did.
    pub async fn delete_referral(
        &self,
        contest: &ContestId,
        referred: &ContestantId,
        profile: &Profile,
    ) -> Result<(), StoreError> {
        let Some(referrer) = profile.referrer.as_deref() else { return Ok(()) };
        self.delete(key(keys::referred(contest, &contestant(referrer)?), referred.as_str())).await
    }

    pub(crate) async fn delete(&self, key: Item) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(key)).send().await;
        delete.map_err(StoreError::service("delete from the accounts"))?;
        Ok(())
    }

    /// Whether anybody has ever registered.
    pub async fn has_any(&self, contest: &ContestId, shards: u16) -> Result<bool, StoreError> {
        for shard in 0..shards {
            let query = self.client.query().table_name(&self.table).consistent_read(true).limit(1);
            let query = query.key_condition_expression("pk = :pk");
            let query = query.expression_attribute_values(":pk", text(keys::people(contest, shard)));
            let page = query.send().await.map_err(StoreError::service("read the accounts"))?;
            if page.count() > 0 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Every account of one shard, by code.
    pub async fn query_shard(
        &self,
        contest: &ContestId,
        shard: u16,
    ) -> Result<Vec<(ContestantId, Profile)>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", text(keys::people(contest, shard)));
        let (mut items, mut people) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = items.next().await {
            let item = item.map_err(StoreError::service("read the accounts"))?;
            people.push((contestant(Reader(&item).text("sk")?)?, read_profile(&item)?));
        }
        Ok(people)
    }

    /// How many accounts a contestant brought in.
    pub async fn count_referred(&self, contest: &ContestId, referrer: &ContestantId) -> Result<u64, StoreError> {
        let query = self.client.query().table_name(&self.table).select(Select::Count);
        let query = query.key_condition_expression("pk = :pk");
        let query = query.expression_attribute_values(":pk", text(keys::referred(contest, referrer)));
        let (mut pages, mut count) = (query.into_paginator().send(), 0);
        while let Some(page) = pages.next().await {
            let page = page.map_err(StoreError::service("count referrals"))?;
            count += u64::from(page.count().unsigned_abs());
        }
        Ok(count)
    }
}

fn is_taken(error: Option<&TransactWriteItemsError>) -> bool {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error else {
        return false;
    };
    cancelled.cancellation_reasons().iter().any(|reason| reason.code() == Some("ConditionalCheckFailed"))
}

pub(crate) fn read_profile(item: &Item) -> Result<Profile, StoreError> {
    serde_json::from_str(Reader(item).text("profile")?).map_err(|e| StoreError::unparsed("a profile", &e))
}

pub(crate) fn contestant(code: &str) -> Result<ContestantId, StoreError> {
    ContestantId::parse(code).map_err(|e| StoreError::corrupt("a contestant code", e))
}

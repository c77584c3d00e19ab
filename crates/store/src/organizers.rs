//! Table `organizers`: accounts of the people who hold contests, their sessions, invitations and counted tries
//! (`CONSOLE.md` 3.3). Only the organizers' function may touch it.

mod invitations;
mod sessions;
mod tickets;

pub use invitations::Invitation;
pub use sessions::StoredSession;
pub use tickets::{PasskeyPurpose, Ticket};

use crate::conditional::carried_out;
use crate::error::StoreError;
use crate::item::{Item, Reader, instant, key, number, text};
use crate::keys;
use crate::sdk::Sdk;
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{Delete, Put, TransactWriteItem};
use contest::organizers::{Grants, Role, Scope};
use contest::time::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The table.
#[derive(Clone, Debug)]
pub struct Organizers {
    pub(crate) client: aws_sdk_dynamodb::Client,
    pub(crate) table: String,
}

/// An organizer's account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organizer {
    /// As colleagues know the person.
    pub name: String,
    /// By which one signs in.
    pub login: String,
    /// Words of roles by `*` or the id of a contest.
    pub roles: BTreeMap<String, BTreeSet<String>>,
    /// Argon2id hash of the secret, in PHC form.
    pub secret_hash: String,
    /// From which, with the deployment's secret, the seed of the authenticator app is derived; hexadecimal.
    pub totp_nonce: String,
    /// The step of the last code that was used: one counts once.
    pub totp_step: Option<u64>,
    /// Salt of the recovery card, in hexadecimal.
    pub recovery_salt: String,
    /// Hash of each code of the card that was not used yet, by its place.
    pub recovery: BTreeMap<usize, String>,
    /// Passkeys, by the name that the API gives each.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub passkeys: BTreeMap<String, StoredPasskey>,
    /// Raised by each change of what one signs in with, of roles, and of whether the account is enabled: sessions of an
    /// earlier one do not hold.
    pub version: u64,
    /// Who invited the person; none for the first.
    pub invited_by: Option<String>,
    /// When the account was made, in milliseconds since 1970.
    pub enrolled_at_ms: i64,
    /// When somebody last signed in, in milliseconds since 1970.
    pub signed_in_at_ms: Option<i64>,
    /// When it was disabled, in milliseconds since 1970.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at_ms: Option<i64>,
    /// Raised by each write, so that one is made only over what it was judged from.
    #[serde(skip)]
    pub revision: u64,
}

contest::masked!(Organizer);

/// A passkey as it is stored.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredPasskey {
    /// As its owner calls it.
    pub name: String,
    /// The public key and its counter, as `organizer-api` writes and reads them.
    pub key: String,
    /// When it was added, in milliseconds since 1970.
    pub added_at_ms: i64,
    /// When it was last used, in milliseconds since 1970.
    pub used_at_ms: Option<i64>,
}

contest::masked!(StoredPasskey);

impl Organizer {
    /// The roles.
    ///
    /// # Errors
    /// Where the item holds what this program never writes.
    pub fn grants(&self) -> Result<Grants, StoreError> {
        let corrupt = |word: &str| StoreError::corrupt("an organizer's roles", word);
        let mut grants = Grants::new();
        for (scope, words) in &self.roles {
            let scope = Scope::parse(scope).ok_or_else(|| corrupt(scope))?;
            let roles = words.iter().map(|word| Role::parse(word).ok_or_else(|| corrupt(word)));
            grants.insert(scope, roles.collect::<Result<_, _>>()?);
        }
        Ok(grants)
    }

    /// Roles as they are stored.
    pub fn words_of(grants: &Grants) -> BTreeMap<String, BTreeSet<String>> {
        let words = |roles: &BTreeSet<Role>| roles.iter().map(|role| role.as_str().to_owned()).collect();
        grants.iter().map(|(scope, roles)| (scope.to_string(), words(roles))).collect()
    }
}

/// An account with its identifier, which stands in keys alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identified<T> {
    /// Sixteen small letters and digits of base 32.
    pub id: String,
    /// What it identifies.
    pub what: T,
}

/// What a new account is written with: all of it or nothing.
#[derive(Clone, Debug)]
pub struct NewOrganizer<'a> {
    /// The account's identifier.
    pub id: &'a str,
    /// The account.
    pub account: &'a Organizer,
    /// SHA-256 of the invitation's code: it must still be there, and is not any more afterwards.
    pub invitation: &'a str,
}

impl Organizers {
    /// The table of this name.
    pub fn new(sdk: &Sdk, table: impl Into<String>) -> Self {
        Self { client: sdk.dynamodb.clone(), table: table.into() }
    }

    /// Writes an account, the place under which its login is found, and uses up its invitation: all of them or none.
    /// Returns `false` where the login is taken or the invitation gone.
    pub async fn insert(&self, new: &NewOrganizer<'_>) -> Result<bool, StoreError> {
        const ACTION: &str = "write an organizer's account";
        let mut account = key(keys::organizer(new.id), keys::ACCOUNT);
        account.insert("account".to_owned(), json(new.account, ACTION)?);
        account.insert("revision".to_owned(), number(new.account.revision));
        let mut login = key(keys::login(&new.account.login), keys::LOGIN);
        login.insert("organizer".to_owned(), text(new.id));
        let delete = Delete::builder()
            .table_name(&self.table)
            .set_key(Some(key(keys::invitation(new.invitation), keys::INVITATION)))
            .condition_expression("attribute_exists(pk)")
            .build()
            .map_err(StoreError::failed(ACTION))?;
        // Everybody who may be asked for a list stands in one partition: a province has some dozens.
        let mut listed = key(keys::ORGANIZERS, new.id);
        listed.insert("organizer".to_owned(), text(new.id));
        let writes = vec![
            self.put_new(account, ACTION)?,
            self.put_new(login, ACTION)?,
            self.put_new(listed, ACTION)?,
            TransactWriteItem::builder().delete(delete).build(),
        ];
        match self.client.transact_write_items().set_transact_items(Some(writes)).send().await {
            Ok(_) => Ok(true),
            // Carried out already where only the reply was lost and the client sent it again.
            Err(error) if is_refused(error.as_service_error()) => Ok(self.stands(new.id, new.account).await?),
            Err(error) => Err(StoreError::service(ACTION)(error)),
        }
    }

    /// The account of a login, in any case of letters as it was written.
    pub async fn by_login(&self, login: &str) -> Result<Option<Identified<Organizer>>, StoreError> {
        let Some(item) = self.get(key(keys::login(login), keys::LOGIN)).await? else { return Ok(None) };
        let id = Reader(&item).text("organizer")?.to_owned();
        Ok(self.account(&id).await?.map(|what| Identified { id, what }))
    }

    /// An account.
    pub async fn account(&self, id: &str) -> Result<Option<Organizer>, StoreError> {
        self.get(key(keys::organizer(id), keys::ACCOUNT)).await?.as_ref().map(read_account).transpose()
    }

    /// Every account, by identifier.
    pub async fn accounts(&self) -> Result<Vec<Identified<Organizer>>, StoreError> {
        let mut accounts = Vec::new();
        for item in self.partition(keys::ORGANIZERS).await? {
            let id = Reader(&item).text("organizer")?.to_owned();
            if let Some(what) = self.account(&id).await? {
                accounts.push(Identified { id, what });
            }
        }
        Ok(accounts)
    }

    /// Whether anybody has an account.
    pub async fn has_any(&self) -> Result<bool, StoreError> {
        Ok(!self.partition(keys::ORGANIZERS).await?.is_empty())
    }

    /// Writes an account anew where it still stands as it was read; returns whether it stands so afterwards. Two who write
    /// the same may both be told so.
    pub async fn replace(&self, id: &str, account: &Organizer) -> Result<bool, StoreError> {
        if self.replace_once(id, account).await? {
            return Ok(true);
        }
        // Carried out already where only the reply was lost and the client sent it again.
        self.stands(id, &Organizer { revision: account.revision + 1, ..account.clone() }).await
    }

    /// As [`Self::replace`], where a code is used up by it: of two who write the same one is told that it did. Whose reply was
    /// lost is told that it did not, and takes another code.
    pub async fn replace_once(&self, id: &str, account: &Organizer) -> Result<bool, StoreError> {
        const ACTION: &str = "write an organizer's account anew";
        let mut item = key(keys::organizer(id), keys::ACCOUNT);
        item.insert("account".to_owned(), json(account, ACTION)?);
        item.insert("revision".to_owned(), number(account.revision + 1));
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item));
        let put = put.condition_expression("revision = :seen");
        carried_out(ACTION, put.expression_attribute_values(":seen", number(account.revision)).send().await)
    }

    /// Whether an account stands there as it is, to its hashes and its revision: then it was written by nobody else.
    async fn stands(&self, id: &str, account: &Organizer) -> Result<bool, StoreError> {
        Ok(self.account(id).await?.as_ref() == Some(account))
    }

    async fn get(&self, key: Item) -> Result<Option<Item>, StoreError> {
        let get = self.client.get_item().table_name(&self.table).set_key(Some(key)).consistent_read(true);
        let reply = get.send().await.map_err(StoreError::service("read of an organizer"))?;
        Ok(reply.item)
    }

    async fn partition(&self, pk: &str) -> Result<Vec<Item>, StoreError> {
        let query = self.client.query().table_name(&self.table).consistent_read(true);
        let query = query.key_condition_expression("pk = :pk").expression_attribute_values(":pk", text(pk));
        let (mut found, mut items) = (query.into_paginator().items().send(), Vec::new());
        while let Some(item) = found.next().await {
            items.push(item.map_err(StoreError::service("read of organizers"))?);
        }
        Ok(items)
    }

    /// Keeps an item under a key that nobody else knows, being drawn at random or its hash; returns whether it stands there.
    async fn keep(&self, item: Item, action: &'static str) -> Result<bool, StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item.clone()));
        if carried_out(action, put.condition_expression("attribute_not_exists(pk)").send().await)? {
            return Ok(true);
        }
        // Carried out already where only the reply was lost and the client sent it again.
        let of = item.iter().filter(|(name, _)| matches!(name.as_str(), "pk" | "sk"));
        let of = of.map(|(name, value)| (name.clone(), value.clone())).collect();
        Ok(self.get(of).await? == Some(item))
    }

    pub(crate) async fn delete(&self, key: Item) -> Result<(), StoreError> {
        let delete = self.client.delete_item().table_name(&self.table).set_key(Some(key)).send().await;
        delete.map_err(StoreError::service("delete of an organizer"))?;
        Ok(())
    }

    fn put_new(&self, item: Item, action: &'static str) -> Result<TransactWriteItem, StoreError> {
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(item))
            .condition_expression("attribute_not_exists(pk)")
            .build()
            .map_err(StoreError::failed(action))?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    /// An item that the table forgets by itself some time after it has lost its meaning.
    fn passing(mut item: Item, until: Timestamp) -> Item {
        item.insert("until_ms".to_owned(), instant(until));
        item.insert("expires_s".to_owned(), number(until.millis() / 1_000 + 1));
        item
    }
}

fn is_refused(error: Option<&TransactWriteItemsError>) -> bool {
    let Some(TransactWriteItemsError::TransactionCanceledException(cancelled)) = error else {
        return false;
    };
    cancelled.cancellation_reasons().iter().any(|reason| reason.code() == Some("ConditionalCheckFailed"))
}

fn json<T: Serialize>(value: &T, action: &'static str) -> Result<aws_sdk_dynamodb::types::AttributeValue, StoreError> {
    serde_json::to_string(value).map(text).map_err(StoreError::failed(action))
}

fn read<T: DeserializeOwned>(item: &Item, attribute: &str) -> Result<T, StoreError> {
    serde_json::from_str(Reader(item).text(attribute)?).map_err(|e| StoreError::unparsed("an organizer's item", &e))
}

fn read_account(item: &Item) -> Result<Organizer, StoreError> {
    Ok(Organizer { revision: Reader(item).number("revision")?, ..read(item, "account")? })
}

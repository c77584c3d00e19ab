//! What figures of a round under way are made of: who looks at them, and rows page by page, read eventually consistent,
//! which takes half of what a strong read takes.

use crate::attempts::{AttemptPartition, Attempts};
use crate::compiled::StoredExcluded;
use crate::conditional::carried_out;
use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Item, Reader, instant, key, text};
use crate::keys;
use crate::meter::halves;
use crate::people::{People, contestant};
use aws_sdk_dynamodb::operation::query::builders::QueryFluentBuilder;
use aws_sdk_dynamodb::operation::update_item::builders::UpdateItemFluentBuilder;
use contest::ids::{ContestId, RoundId, UnitCode};
use contest::time::Timestamp;
use contest::watch::due::{ASKED_EVERY_MS, Marks, OPENED_EVERY_MS};
use contest::watch::{Account, AttemptRow};
use serde::{Deserialize, Serialize};

/// Rows that one reply holds.
#[derive(Debug)]
pub struct Page<R> {
    pub rows: Vec<R>,
    /// What the table charged for them, in half units.
    pub read_halves: u64,
    /// Where the next one begins; `None` after the last.
    pub next: Option<PageEnd>,
}

/// Where a page ends.
#[derive(Clone, Debug)]
pub struct PageEnd(pub(crate) Item);

/// What is read of an attempt: nothing that was answered.
pub(crate) const TIMES: &str = "sk, st, s_ms, e_ms, g_ms";

impl Attempts {
    /// A page of the attempts of one shard of a round, without what was answered.
    pub async fn read_page(
        &self,
        partition: AttemptPartition<'_>,
        after: Option<PageEnd>,
    ) -> Result<Page<AttemptRow>, StoreError> {
        let query = self.client.query().table_name(&self.table).projection_expression(TIMES);
        page("read a page of attempts", query, (partition.pk(), after), read_row).await
    }
}

impl People {
    /// A page of the accounts of one shard, without anything by which their owners are known. An account is stored as one
    /// text, so that there is nothing to leave out of the reply.
    pub async fn read_page(
        &self,
        contest: &ContestId,
        shard: u16,
        after: Option<PageEnd>,
        excluded: &StoredExcluded,
    ) -> Result<Page<Account>, StoreError> {
        let query = self.client.query().table_name(&self.table);
        let read = |item: &Item| read_account(item, excluded);
        page("read a page of accounts", query, (keys::people(contest, shard), after), read).await
    }
}

pub(crate) async fn page<R>(
    action: &'static str,
    query: QueryFluentBuilder,
    (pk, after): (String, Option<PageEnd>),
    read: impl Fn(&Item) -> Result<R, StoreError>,
) -> Result<Page<R>, StoreError> {
    let query = query.key_condition_expression("pk = :pk").expression_attribute_values(":pk", text(pk));
    let query = query.set_exclusive_start_key(after.map(|end| end.0));
    let reply = query.send().await.map_err(StoreError::service(action))?;
    Ok(Page {
        rows: reply.items().iter().map(read).collect::<Result<_, _>>()?,
        read_halves: reply.consumed_capacity().map_or(0, halves),
        next: reply.last_evaluated_key().filter(|end| !end.is_empty()).cloned().map(PageEnd),
    })
}

pub(crate) fn read_row(item: &Item) -> Result<AttemptRow, StoreError> {
    let read = Reader(item);
    let sort_key = read.text("sk")?;
    let (contestant, number) =
        keys::parse_attempt(sort_key).ok_or_else(|| StoreError::corrupt("an attempt's sort key", sort_key))?;
    Ok(AttemptRow {
        contestant,
        number,
        started_at: read.instant("s_ms")?,
        accepted_before: read.instant("e_ms")?,
        submitted_at: match read.number::<u8>("st")? {
            2 => Some(read.instant("g_ms")?),
            _ => None,
        },
    })
}

/// What is read of [`crate::Profile`] here.
#[derive(Deserialize)]
struct Membership {
    citizen_id: Option<String>,
    phone: Option<String>,
    unit: Option<String>,
}

fn read_account(item: &Item, excluded: &StoredExcluded) -> Result<Account, StoreError> {
    let read = Reader(item);
    let profile: Membership =
        serde_json::from_str(read.text("profile")?).map_err(|e| StoreError::unparsed("a profile", &e))?;
    Ok(Account {
        contestant: contestant(read.text("sk")?)?,
        unit: profile.unit.as_deref().map(unit).transpose()?,
        counts: !excluded.names(profile.citizen_id.as_deref(), profile.phone.as_deref()),
    })
}

fn unit(code: &str) -> Result<UnitCode, StoreError> {
    UnitCode::parse(code).map_err(|e| StoreError::corrupt("an account", e))
}

/// Accounts as they were read, kept for a few hours: codes and units, no name and no number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAccounts {
    schema: String,
    read_at_ms: i64,
    /// Code, unit, and whether the person counts.
    accounts: Vec<(String, Option<String>, bool)>,
}

impl StoredAccounts {
    const SCHEMA: &str = "hoithi/watch-people/1";

    pub fn of(accounts: &[Account], read_at: Timestamp) -> Self {
        let stored = |account: &Account| {
            let unit = account.unit.as_ref().map(ToString::to_string);
            (account.contestant.to_string(), unit, account.counts)
        };
        Self {
            schema: Self::SCHEMA.to_owned(),
            read_at_ms: read_at.millis(),
            accounts: accounts.iter().map(stored).collect(),
        }
    }

    /// Reads what stands there; `None` where that is nothing of this schema, which is read anew from the table.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|stored: &Self| stored.schema == Self::SCHEMA)
    }

    pub const fn read_at(&self) -> Timestamp {
        Timestamp::from_millis(self.read_at_ms)
    }

    pub fn accounts(&self) -> Result<Vec<Account>, StoreError> {
        let account = |(code, of, counts): &(String, Option<String>, bool)| {
            let unit = of.as_deref().map(unit).transpose()?;
            Ok(Account { contestant: contestant(code)?, unit, counts: *counts })
        };
        self.accounts.iter().map(account).collect()
    }
}

/// Attributes of the marks.
const OPENED: &str = "opened_ms";
const ASKED: &str = "asked_ms";
const BUSY: &str = "busy_ms";

impl Control {
    /// Who looks at the figures of a round; nobody where nobody ever did.
    pub async fn watch_marks(&self, contest: &ContestId, round: &RoundId) -> Result<Marks, StoreError> {
        let item = self.get(key(keys::contest(contest), keys::watch_marks(round))).await?.unwrap_or_default();
        let read = |name| Ok::<_, StoreError>(Reader(&item).optional_number(name)?.map(Timestamp::from_millis));
        Ok(Marks { opened_at: read(OPENED)?, asked_at: read(ASKED)?, busy_at: read(BUSY)? })
    }

    /// Notes that somebody has the page of a round open; writes at most once in [`OPENED_EVERY_MS`].
    pub async fn watch_opened(&self, contest: &ContestId, round: &RoundId, now: Timestamp) -> Result<(), StoreError> {
        self.mark_watch(contest, round, (OPENED, OPENED_EVERY_MS), now).await.map(|_was_due| ())
    }

    /// Notes that somebody asks for a count. Returns `false` where somebody did within [`ASKED_EVERY_MS`]: then the
    /// function is woken already.
    pub async fn watch_asked(&self, contest: &ContestId, round: &RoundId, now: Timestamp) -> Result<bool, StoreError> {
        self.mark_watch(contest, round, (ASKED, ASKED_EVERY_MS), now).await
    }

    /// Notes that a table had no time for the figures of a round.
    pub async fn watch_busy(&self, contest: &ContestId, round: &RoundId, now: Timestamp) -> Result<(), StoreError> {
        let update = self.update_watch(contest, round, (BUSY, now)).send().await;
        update.map_err(StoreError::service("note that a table is busy"))?;
        Ok(())
    }

    async fn mark_watch(
        &self,
        contest: &ContestId,
        round: &RoundId,
        (name, every_ms): (&str, i64),
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let update = self.update_watch(contest, round, (name, now));
        let update = update.condition_expression("attribute_not_exists(#at) OR #at <= :before");
        let update = update.expression_attribute_values(":before", instant(now.plus_millis(-every_ms)));
        carried_out("note who looks at figures", update.send().await)
    }

    fn update_watch(
        &self,
        contest: &ContestId,
        round: &RoundId,
        (name, now): (&str, Timestamp),
    ) -> UpdateItemFluentBuilder {
        self.client
            .update_item()
            .table_name(&self.table)
            .set_key(Some(key(keys::contest(contest), keys::watch_marks(round))))
            .update_expression("SET #at = :now")
            .expression_attribute_names("#at", name)
            .expression_attribute_values(":now", instant(now))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use contest::ids::ContestantId;

    #[test]
    fn accounts_are_read_back_and_nothing_else_is() {
        let account = |code: &str, unit: Option<&str>, counts| Account {
            contestant: ContestantId::parse(code).unwrap(),
            unit: unit.map(|unit| UnitCode::parse(unit).unwrap()),
            counts,
        };
        let accounts = [account("AB12", Some("bac"), true), account("AB13", None, false)];
        let stored = StoredAccounts::of(&accounts, Timestamp::from_millis(7));
        let bytes = serde_json::to_vec(&stored).unwrap();
        let expected =
            r#"{"schema":"hoithi/watch-people/1","read_at_ms":7,"accounts":[["AB12","bac",true],["AB13",null,false]]}"#;
        assert_eq!(String::from_utf8(bytes.clone()).unwrap(), expected);
        let read = StoredAccounts::read(&bytes).unwrap();
        assert_eq!((read.accounts().unwrap(), read.read_at()), (accounts.to_vec(), Timestamp::from_millis(7)));
        let other = expected.replace("people/1", "people/2");
        assert_eq!([StoredAccounts::read(b"{}"), StoredAccounts::read(other.as_bytes())], [None, None]);
    }
}

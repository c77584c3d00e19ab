//! Sessions: opaque, under the hash of their token, in the partition of their account, so that one read gives both.

use super::{Identified, Organizer, Organizers, read_account};
use crate::conditional::carried_out;
use crate::error::StoreError;
use crate::item::{Item, Reader, instant, key, number};
use crate::keys;
use contest::organizers::SessionTimes;
use contest::time::Timestamp;

/// A session as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSession {
    /// SHA-256 of its token, in hexadecimal.
    pub sha256: String,
    /// The version of the account for which it holds.
    pub version: u64,
    /// Its instants.
    pub times: SessionTimes,
}

impl Organizers {
    /// Opens a session of an account.
    pub async fn open_session(&self, id: &str, session: &StoredSession) -> Result<(), StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item_of(id, session)));
        put.send().await.map_err(StoreError::service("open a session"))?;
        Ok(())
    }

    /// An account with all its sessions, read strongly; one query.
    pub async fn with_sessions(
        &self,
        id: &str,
    ) -> Result<Option<(Identified<Organizer>, Vec<StoredSession>)>, StoreError> {
        let (mut account, mut sessions) = (None, Vec::new());
        for item in self.partition(&keys::organizer(id)).await? {
            match keys::parse_session(Reader(&item).text("sk")?) {
                Some(sha256) => sessions.push(read_session(sha256, &item)?),
                None => account = Some(read_account(&item)?),
            }
        }
        Ok(account.map(|what| (Identified { id: id.to_owned(), what }, sessions)))
    }

    /// Notes the last request of a session, or its second factor, unless it was ended meanwhile. Returns whether it was
    /// there.
    pub async fn note_session(&self, id: &str, session: &StoredSession) -> Result<bool, StoreError> {
        let put = self.client.put_item().table_name(&self.table).set_item(Some(item_of(id, session)));
        carried_out("note a session", put.condition_expression("attribute_exists(pk)").send().await)
    }

    /// Ends a session; one that has ended stays so.
    pub async fn end_session(&self, id: &str, sha256: &str) -> Result<(), StoreError> {
        self.delete(key(keys::organizer(id), keys::session(sha256))).await
    }
}

fn item_of(id: &str, session: &StoredSession) -> Item {
    let mut item = key(keys::organizer(id), keys::session(&session.sha256));
    item.insert("version".to_owned(), number(session.version));
    item.insert("opened_ms".to_owned(), instant(session.times.opened));
    item.insert("seen_ms".to_owned(), instant(session.times.seen));
    item.insert("stepped_up_ms".to_owned(), instant(session.times.stepped_up));
    Organizers::passing(item, session.times.ends())
}

fn read_session(sha256: &str, item: &Item) -> Result<StoredSession, StoreError> {
    let reader = Reader(item);
    let at = |name: &str| -> Result<Timestamp, StoreError> { reader.instant(name) };
    let times = SessionTimes { opened: at("opened_ms")?, seen: at("seen_ms")?, stepped_up: at("stepped_up_ms")? };
    Ok(StoredSession { sha256: sha256.to_owned(), version: reader.number("version")?, times })
}

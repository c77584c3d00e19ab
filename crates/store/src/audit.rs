//! The organizers' log: entries that are written once, each naming the hash of the one before (`CONSOLE.md` 4.8). Where it
//! has come to is noted beside; the note may lag behind, never run ahead.

use crate::conditional::carried_out;
use crate::control::Control;
use crate::error::StoreError;
use crate::item::{Reader, key, number, text};
use crate::keys;
use crate::objects::Bucket;
use contest::organizers::{Chain, GENESIS, Head, link};

/// The log and the note of its heads.
#[derive(Clone, Debug)]
pub struct Audit {
    control: Control,
    vault: Bucket,
}

/// Times that an entry is linked anew because another was faster.
const ROUNDS: u32 = 32;

impl Audit {
    /// The log in the vault, with its note in the table of states.
    pub const fn new(control: Control, vault: Bucket) -> Self {
        Self { control, vault }
    }

    /// Adds an entry. `entry` writes it for a number and the hash of the one before; it is asked again where another entry
    /// was faster, and must write other bytes than any other entry, which its request's id sees to.
    pub async fn append(&self, chain: &Chain, entry: impl Fn(u64, &str) -> Vec<u8>) -> Result<Head, StoreError> {
        let mut head = self.head(chain).await?;
        for _ in 0..ROUNDS {
            let (seq, previous) = head.as_ref().map_or((1, GENESIS), |head| (head.seq + 1, head.sha256.as_str()));
            let bytes = entry(seq, previous);
            let standing = self.vault.put_if_absent(&keys::audit_entry(chain, seq), bytes.clone()).await?;
            let logged = Head { seq, sha256: link(&standing) };
            if standing == bytes {
                self.note(chain, &logged).await?;
                return Ok(logged);
            }
            head = Some(logged);
        }
        Err(StoreError::Raced { what: format!("the log of {chain}") })
    }

    /// The newest entry, or `None` where nothing was logged.
    pub async fn head(&self, chain: &Chain) -> Result<Option<Head>, StoreError> {
        let mut head = self.noted(chain).await?;
        loop {
            let next = head.as_ref().map_or(1, |head| head.seq + 1);
            match self.vault.get(&keys::audit_entry(chain, next)).await? {
                Some(bytes) => head = Some(Head { seq: next, sha256: link(&bytes) }),
                None => return Ok(head),
            }
        }
    }

    /// At most `count` entries from a number on, as they stand.
    pub async fn entries(&self, chain: &Chain, from: u64, count: u64) -> Result<Vec<Vec<u8>>, StoreError> {
        let mut entries = Vec::new();
        for seq in from..from.saturating_add(count) {
            match self.vault.get(&keys::audit_entry(chain, seq)).await? {
                Some(bytes) => entries.push(bytes),
                None => break,
            }
        }
        Ok(entries)
    }

    /// How far a log had come when that was last noted: seldom less than its head.
    pub async fn noted(&self, chain: &Chain) -> Result<Option<Head>, StoreError> {
        let get = self.control.client.get_item().table_name(&self.control.table).consistent_read(true);
        let get = get.set_key(Some(key(keys::log(chain), keys::AUDIT)));
        let reply = get.send().await.map_err(StoreError::service("read how far a log has come"))?;
        let read = |item| {
            let reader = Reader(item);
            Ok::<_, StoreError>(Head { seq: reader.number("seq")?, sha256: reader.text("sha256")?.to_owned() })
        };
        reply.item().map(read).transpose()
    }

    /// Of two who note at once the later entry stays.
    async fn note(&self, chain: &Chain, logged: &Head) -> Result<(), StoreError> {
        let mut item = key(keys::log(chain), keys::AUDIT);
        item.insert("seq".to_owned(), number(logged.seq));
        item.insert("sha256".to_owned(), text(&*logged.sha256));
        let put = self.control.client.put_item().table_name(&self.control.table).set_item(Some(item));
        let put = put.condition_expression("attribute_not_exists(seq) OR seq < :seq");
        let put = put.expression_attribute_values(":seq", number(logged.seq));
        let _later_stays = carried_out("note how far a log has come", put.send().await)?;
        Ok(())
    }
}

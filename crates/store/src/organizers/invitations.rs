//! Invitations: under the hash of their code, until they are used or run out.

use super::{Organizers, json, read};
use crate::error::StoreError;
use crate::item::{Reader, key};
use crate::keys;
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What somebody is invited to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invitation {
    /// Of whom the inviter thought, for the slip.
    pub name: String,
    /// Word of the role.
    pub role: String,
    /// `*` or the id of a contest.
    pub scope: String,
    /// Identifier of the inviter; none for the first lead.
    pub invited_by: Option<String>,
}

contest::masked!(Invitation);

impl Organizers {
    /// Keeps an invitation under the hash of its code until an instant.
    pub async fn invite(&self, code_sha256: &str, invitation: &Invitation, until: Timestamp) -> Result<(), StoreError> {
        const ACTION: &str = "write an invitation";
        let mut item = key(keys::invitation(code_sha256), keys::INVITATION);
        item.insert("invitation".to_owned(), json(invitation, ACTION)?);
        match self.keep(Self::passing(item, until), ACTION).await? {
            true => Ok(()),
            false => Err(StoreError::Raced { what: "an invitation of the same code".into() }),
        }
    }

    /// The invitation of a code, where it has not run out.
    pub async fn invitation(&self, code_sha256: &str, now: Timestamp) -> Result<Option<Invitation>, StoreError> {
        let Some(item) = self.get(key(keys::invitation(code_sha256), keys::INVITATION)).await? else { return Ok(None) };
        if now < Reader(&item).instant("until_ms")? { read(&item, "invitation").map(Some) } else { Ok(None) }
    }
}

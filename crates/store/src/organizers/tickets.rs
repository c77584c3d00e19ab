//! Tickets: what stands between the first and the second step of enrolling, of signing in, and of another factor.

use super::{Organizers, json, read};
use crate::conditional::carried_out;
use crate::error::StoreError;
use crate::item::{Reader, key};
use crate::keys;
use contest::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What was done in the first step.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ticket {
    /// An account that is about to be made.
    Enrolment {
        /// Identifier that it will have.
        id: String,
        /// SHA-256 of the invitation's code.
        invitation: String,
        /// As colleagues know the person.
        name: String,
        /// By which one will sign in.
        login: String,
        /// Argon2id hash of the secret.
        secret_hash: String,
        /// Nonce of the authenticator app's seed, in hexadecimal.
        totp_nonce: String,
    },
    /// A right secret.
    SignIn {
        /// Identifier of the account.
        id: String,
        /// Version that it had.
        version: u64,
    },
    /// A passkey that is asked for, under the hash of the challenge.
    Passkey {
        /// What the answer is held against.
        state: String,
        /// What the answer is for.
        purpose: PasskeyPurpose,
        /// Whose key it must be; anybody's who signs in without a name.
        of: Option<String>,
    },
    /// Another authenticator app, until it has shown a code.
    NewApp {
        /// Identifier of the account.
        id: String,
        /// Version that it had.
        version: u64,
        /// Nonce of the app's seed, in hexadecimal.
        totp_nonce: String,
    },
}

/// What a passkey is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PasskeyPurpose {
    /// To open a session.
    SignIn,
    /// As a second factor within one.
    StepUp,
    /// To be made.
    Register,
}

contest::masked!(Ticket);

impl Organizers {
    /// Keeps a ticket under the hash of its token until an instant.
    pub async fn issue_ticket(&self, token_sha256: &str, ticket: &Ticket, until: Timestamp) -> Result<(), StoreError> {
        const ACTION: &str = "write a ticket";
        let mut item = key(keys::ticket(token_sha256), keys::TICKET);
        item.insert("ticket".to_owned(), json(ticket, ACTION)?);
        match self.keep(Self::passing(item, until), ACTION).await? {
            true => Ok(()),
            false => Err(StoreError::Raced { what: "a ticket of the same token".into() }),
        }
    }

    /// The ticket of a token, where it has not run out.
    pub async fn ticket(&self, token_sha256: &str, now: Timestamp) -> Result<Option<Ticket>, StoreError> {
        let Some(item) = self.get(key(keys::ticket(token_sha256), keys::TICKET)).await? else { return Ok(None) };
        if now < Reader(&item).instant("until_ms")? { read(&item, "ticket").map(Some) } else { Ok(None) }
    }

    /// Uses a ticket up. Returns whether it was there: of two who use it, one does.
    pub async fn use_ticket(&self, token_sha256: &str) -> Result<bool, StoreError> {
        let delete = self.client.delete_item().table_name(&self.table);
        let delete = delete.set_key(Some(key(keys::ticket(token_sha256), keys::TICKET)));
        let delete = delete.condition_expression("attribute_exists(pk)");
        carried_out("use a ticket up", delete.send().await)
    }
}

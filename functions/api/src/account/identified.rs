//! Whom somebody means who has no session yet.

use crate::App;
use crate::contests::Contest;
use contest::ids::ContestantId;
use contest::people::IdentifierKind;
use store::StoreError;

/// Accounts that are looked up: the second one tells that the identifier is shared.
const TO_TELL_SHARING: i32 = 2;

/// What was typed to name an account.
pub(super) struct Identified {
    pub(super) kind: IdentifierKind,
    /// Keyed hash by which the account is found.
    pub(super) hash: String,
}

/// Whom it names.
pub(super) struct Named {
    /// Nobody's code where no account or several have it, so that the same is done for it.
    pub(super) contestant: ContestantId,
    pub(super) is_shared: bool,
}

impl Identified {
    pub(super) fn of(contest: &Contest, typed: &str) -> Self {
        let (kind, value) = IdentifierKind::meant(typed);
        Self { kind, hash: kind.hash(&contest.keys, &value) }
    }

    pub(super) async fn named(&self, app: &App, contest: &Contest) -> Result<Named, StoreError> {
        let known = app.people.query_by_identifier(&contest.plan.id, self.kind, &self.hash, TO_TELL_SHARING).await?;
        let contestant = match known.as_slice() {
            [alone] => alone.clone(),
            _ => contest.keys.nobody(&self.hash),
        };
        Ok(Named { contestant, is_shared: known.len() > 1 })
    }
}

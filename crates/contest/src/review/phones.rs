//! Telephones with which three people or more are registered. Two are a couple, or a parent and a child.

use super::{ReviewInput, Seen, Signal};

/// Accounts from which on a telephone is worth a look.
const LEAST_ACCOUNTS: usize = 3;

pub(super) fn shared_phones(input: &ReviewInput<'_>) -> Vec<Seen> {
    let phones = input.registered().filter_map(|(person, account)| Some((account.phone.as_deref()?, person)));
    let groups = input.groups(phones, LEAST_ACCOUNTS);
    groups.into_iter().map(|people| (Signal::SharedPhone, people)).collect()
}

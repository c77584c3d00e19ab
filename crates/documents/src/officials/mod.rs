//! Officials' files of the `officials` bucket (`CONTRACT.md` 6): they name people, and open right in
//! a spreadsheet program. A person is told apart by the public name, never by the contestant code, which is a
//! name for signing in.

pub mod cell;
pub mod ranking_csv;
#[cfg(test)]
mod tests;
pub mod winners_xlsx;

pub use ranking_csv::ranking_csv;
pub use winners_xlsx::winners_xlsx;

use chrono::NaiveDate;
use contest::ids::ContestantId;
use std::collections::BTreeMap;

/// What officials see of a person besides the results.
#[derive(Clone, PartialEq, Eq)]
pub struct Identity {
    /// As registered, NFC.
    pub full_name: String,
    /// Where the contest asks for it.
    pub birth_date: Option<NaiveDate>,
}

contest::masked!(Identity);

/// Identities by contestant code. A contestant without one (an erased account) stands with an empty
/// name.
pub type Identities = BTreeMap<ContestantId, Identity>;

//! Officials' files of the `officials` bucket (`CONTRACT.md` 6): they name people, and open right in
//! a spreadsheet program. A person is told apart by the public name, never by the contestant code, which is a
//! name for signing in.

pub mod cell;
mod ranking_csv;
#[cfg(test)]
mod tests;
mod winners_xlsx;

use crate::site::{PublishedFile, RoundVersion};
use chrono::NaiveDate;
use contest::ids::ContestantId;
use contest::plan::{Plan, Round};
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;

/// One version of a round's results, with what offices see besides.
#[derive(Clone, Copy)]
pub struct Dossier<'a> {
    /// The plan when the round was frozen.
    pub plan: &'a Plan,
    /// The round of this plan.
    pub round: &'a Round,
    pub version: &'a RoundVersion<'a>,
    /// Who is who.
    pub identities: &'a Identities,
}

/// Every file of one version that offices get.
///
/// # Errors
/// Where a text is longer than a cell may be (32 767 characters).
pub fn files(dossier: &Dossier<'_>) -> Result<Vec<PublishedFile>, XlsxError> {
    Ok(vec![winners_xlsx::winners_xlsx(dossier)?, ranking_csv::ranking_csv(dossier)])
}

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

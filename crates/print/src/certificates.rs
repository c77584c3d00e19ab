//! Certificates, for winners and for everyone who got far enough.

use crate::date::{Date, Moment, Written};
use crate::{PrintError, qr, world};
use serde::{Deserialize, Serialize};

pub(crate) const TEMPLATE: &str = include_str!("../templates/certificates.typ");

/// A page for one person.
#[derive(Clone, Serialize, Deserialize)]
pub struct Certificate {
    /// What it is, as the plan calls it. It is printed in capitals.
    pub title: String,
    /// The full name.
    pub name: String,
    /// The unit.
    pub unit: String,
    /// The name of the prize, or none where the contest was completed.
    pub prize: Option<String>,
    /// The round and the contest.
    pub occasion: String,
    /// Where anyone can check it.
    pub address: String,
}

/// What all certificates of a file share.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Heads {
    /// When the file was made.
    pub made: Moment,
    /// What the file is, for lists of files and for screen readers.
    pub title: String,
    /// Whose head stands at the top.
    pub body: Body,
    /// Who gives them.
    pub issuer: String,
    /// Where they are signed.
    pub place: String,
    /// When they are signed; dots where that is not known.
    pub date: Option<Date>,
    /// As `CHỦ TỊCH`.
    pub signer_title: String,
    /// Who signs; room is left where that is empty.
    pub signer_name: String,
    /// What they are printed on.
    pub paper: Paper,
}

/// Bodies that have a head of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// The State: its name and its motto.
    State,
    /// The Party.
    Party,
}

/// What certificates are printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
pub enum Paper {
    /// White paper: everything is printed.
    Blank,
    /// Printed forms: names and prizes alone, moved to where the form has its lines.
    Form {
        /// From where names stand otherwise: in the middle, just above a line 100 mm below the upper edge.
        name: Offset,
        /// From where prizes stand otherwise: in the middle, just above a line 130 mm below the upper edge.
        prize: Offset,
    },
}

/// Millimetres.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offset {
    /// To the right, or to the left where below zero.
    pub right: i32,
    /// Down, or up where below zero.
    pub down: i32,
}

/// A certificate with its drawing.
#[derive(Serialize)]
struct Page<'a> {
    #[serde(flatten)]
    certificate: &'a Certificate,
    qr: Option<String>,
}

/// All pages with what they share.
#[derive(Serialize)]
pub(crate) struct View<'a> {
    heads: &'a Heads,
    date: Option<Written>,
    pages: Vec<Page<'a>>,
}

impl<'a> View<'a> {
    pub(crate) fn of(certificates: &'a [Certificate], heads: &'a Heads) -> Result<Self, PrintError> {
        if certificates.is_empty() {
            return Err(PrintError::Empty);
        }
        let is_blank = heads.paper == Paper::Blank;
        let page = |certificate: &'a Certificate| {
            let qr = is_blank.then(|| qr::drawing(&certificate.address)).transpose()?;
            Ok(Page { certificate, qr })
        };
        let pages = certificates.iter().map(page).collect::<Result<_, PrintError>>()?;
        Ok(Self { heads, date: heads.date.map(Written::of).transpose()?, pages })
    }
}

/// A page of A4, lying, for each.
pub fn certificates(certificates: &[Certificate], heads: &Heads) -> Result<Vec<u8>, PrintError> {
    world::document(TEMPLATE, &View::of(certificates, heads)?, heads.made)
}

//! `[documents]` and `[[certificates]]`: heads and signatures of what is printed, and who gets a certificate beside the
//! winners.

use super::Scope;
use crate::words::worded;

/// `[documents]`; a plan without it is printed under the head of the State, in the organizer's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRules {
    /// Whose head stands at the top.
    pub head: Head,
    /// Who gives certificates and decides; none for the organizer.
    pub issuer: Option<String>,
    /// Where they are signed; none is left open.
    pub place: Option<String>,
    /// What the person is who signs; none is left open.
    pub signer_title: Option<String>,
    /// Who signs; none is left open.
    pub signer_name: Option<String>,
    /// What certificates are printed on.
    pub certificate: CertificatePaper,
    /// From where names stand on a printed form otherwise.
    pub name_offset: Offset,
    /// From where prizes stand on a printed form otherwise.
    pub prize_offset: Offset,
}

impl Default for DocumentRules {
    fn default() -> Self {
        Self {
            head: Head::State,
            issuer: None,
            place: None,
            signer_title: None,
            signer_name: None,
            certificate: CertificatePaper::Blank,
            name_offset: Offset::default(),
            prize_offset: Offset::default(),
        }
    }
}

worded! {
    /// Bodies whose papers have a head of their own.
    pub enum Head {
        /// The State.
        State = "state",
        /// The Party.
        Party = "party",
    }
}

worded! {
    /// What certificates are printed on.
    pub enum CertificatePaper {
        /// White paper: everything is printed.
        Blank = "blank",
        /// Printed forms: names and prizes alone.
        Form = "form",
    }
}

/// Millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Offset {
    /// To the right, −[`Offset::MOST_RIGHT`] to [`Offset::MOST_RIGHT`].
    pub right: i32,
    /// Down, −[`Offset::MOST_DOWN`] to [`Offset::MOST_DOWN`].
    pub down: i32,
}

impl Offset {
    /// Further to a side nothing is left of a line on A4.
    pub const MOST_RIGHT: i32 = 100;
    /// Further up or down names and prizes leave the paper.
    pub const MOST_DOWN: i32 = 60;
}

/// `[[certificates]]`: for everyone who reaches it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateRule {
    /// What it is called.
    pub name: String,
    /// Least score of a counted attempt, in percent of a full one: 0 to 100.
    pub min_percent: u32,
    /// In so many rounds, at least 1.
    pub rounds: u32,
}

impl CertificateRule {
    /// Given for each round, or where several are asked for once over the contest.
    pub const fn scope(&self) -> Scope {
        if self.rounds > 1 { Scope::Contest } else { Scope::Round }
    }
}

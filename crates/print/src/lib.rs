//! Documents on paper, as PDF: plain data in, bytes out, and the same bytes each time.
//!
//! What a document looks like stands in `templates`, in the language of Typst. A template reads its data from a file
//! that exists only here, so nothing that a person typed is ever read as markup. There is no clock, no folder and no
//! network: whoever asks says when the document was made.
//!
//! Every document is PDF/A-2a, which offices may keep for decades, and PDF/UA-1, which screen readers can follow.

#![warn(missing_docs)]

mod annex;
mod certificates;
mod date;
mod fonts;
mod qr;
mod slips;
mod text;
mod world;

#[cfg(test)]
mod tests;

pub use annex::{Annex, Counted, Decision, Winner, annex};
pub use certificates::{Body, Certificate, Heads, Offset, Paper, certificates};
pub use date::{Date, Moment};
pub use slips::{Slip, Slips, UnitSlips, slips};

/// Why there is no document.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// A date that is in no calendar.
    #[error("no such date: {0}")]
    Date(String),
    /// An address that does not fit into a QR code.
    #[error("an address of {0} bytes does not fit into a QR code")]
    Address(usize),
    /// Nobody to print anything for.
    #[error("there is nobody to print for")]
    Empty,
    /// Data that cannot be written down for the template.
    #[error("the data cannot be written down")]
    Data(#[from] serde_json::Error),
    /// The template, or what it makes, breaks a rule of Typst or of the PDF standards.
    #[error("the template fails: {0}")]
    Template(String),
}

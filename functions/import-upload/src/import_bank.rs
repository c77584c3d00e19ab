//! `hoithi import`: one bank judged by itself, with all that was read of it.

use crate::roles::bank::{self, several};
use crate::tables::BankPart;
use contest::bank::BankFormat;
use contest::problem::{Problem, ProblemKind};
use documents::report::BankRead;

/// What is found in the file of a bank.
#[derive(Clone, Debug)]
pub struct BankImport {
    /// In figures; nothing where nothing can be read.
    pub read: Option<BankRead>,
    /// The questions that can be read, with their answers: for whoever has the file.
    pub parts: Vec<BankPart>,
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

/// Reads a bank by the ending of its name, whatever else it is called. No plan says which of several tables is meant.
pub fn import_bank(file: &str, bytes: &[u8]) -> BankImport {
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending).to_lowercase();
    let Some(format) = BankFormat::parse(&ending) else {
        let errors = vec![Problem::of_file(ProblemKind::FormatNotRead { ending })];
        return BankImport { read: None, parts: Vec::new(), errors, warnings: Vec::new() };
    };
    let mut reading = bank::read(format, bytes);
    reading.errors.extend(reading.content.as_ref().and_then(|tables| several(tables)));
    BankImport { read: reading.bank_read(), parts: reading.parts, errors: reading.errors, warnings: reading.warnings }
}

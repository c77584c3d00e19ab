//! Slips with the codes of a roster, for cutting: one unit after another, so that each gets its own.

use crate::date::Moment;
use crate::{PrintError, world};
use serde::Serialize;

pub(crate) const TEMPLATE: &str = include_str!("../templates/slips.typ");

/// A file of slips.
#[derive(Clone, Serialize)]
pub struct Slips {
    /// When the file was made.
    pub made: Moment,
    /// What the file is. It is printed above the first unit.
    pub title: String,
    /// What who cuts them should know, below the title.
    pub note: String,
    /// The contest, in few words: it stands on every slip.
    pub contest: String,
    /// The page on which people register, where that is known.
    pub address: Option<String>,
    /// In the order in which they are handed over; none in a file that only says something.
    pub units: Vec<UnitSlips>,
}

/// The slips of a unit.
#[derive(Clone, Serialize)]
pub struct UnitSlips {
    /// The unit, and how many slips it gets.
    pub heading: String,
    /// In the order in which they are printed.
    pub slips: Vec<Slip>,
}

/// A slip for one person.
#[derive(Clone, Serialize)]
pub struct Slip {
    /// The full name.
    pub name: String,
    /// As `05/01/1990`.
    pub birth_date: String,
    /// The unit.
    pub unit: String,
    /// The contestant code.
    pub code: String,
}

/// Pages of A4, upright, with two slips beside each other.
pub fn slips(slips: &Slips) -> Result<Vec<u8>, PrintError> {
    world::document(TEMPLATE, slips, slips.made)
}

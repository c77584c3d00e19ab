//! The list of winners as it is annexed to a decision.

use crate::date::{Date, Moment, Written};
use crate::{PrintError, world};
use serde::Serialize;

pub(crate) const TEMPLATE: &str = include_str!("../templates/annex.typ");

/// A list of winners. Whatever none of them has gets no column.
#[derive(Clone, Serialize)]
pub struct Annex {
    /// When the file was made.
    pub made: Moment,
    /// What is listed. It is printed in capitals.
    pub title: String,
    /// What it is annexed to.
    pub decision: Decision,
    /// What `Winner::score` counts.
    pub counted: Counted,
    /// In the order of the list.
    pub winners: Vec<Winner>,
    /// All prizes together, as `12.500.000`.
    pub total: Option<String>,
}

/// The decision by which results become official: what is not known yet is left open, as dots.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// As `123/QĐ-UBND`.
    pub number: Option<String>,
    /// The day of its signature.
    pub date: Option<Date>,
    /// Who decides.
    pub issuer: Option<String>,
}

/// What ranks people before all else.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// How many questions were answered right.
    RightAnswers,
    /// Points.
    Points,
}

/// A line of the list. Figures are texts, written as people here write them.
#[derive(Clone, Serialize)]
pub struct Winner {
    /// The full name.
    pub name: String,
    /// As `05/01/1990`, or the year alone.
    pub birth_date: Option<String>,
    /// The unit, with those above it where that helps.
    pub unit: String,
    /// As `19/20`, or `83,33`.
    pub score: String,
    /// The number that was guessed.
    pub prediction: Option<String>,
    /// As `12 phút 05 giây`.
    pub duration: Option<String>,
    /// The name of the prize.
    pub prize: String,
    /// Its money, as `1.500.000`.
    pub amount: Option<String>,
}

/// An annex, with what is said in words worked out.
#[derive(Serialize)]
pub(crate) struct View<'a> {
    #[serde(flatten)]
    annex: &'a Annex,
    date: Option<Written>,
    count: String,
}

impl<'a> View<'a> {
    pub(crate) fn of(annex: &'a Annex) -> Result<Self, PrintError> {
        if annex.winners.is_empty() {
            return Err(PrintError::Empty);
        }
        let date = annex.decision.date.map(Written::of).transpose()?;
        Ok(Self { annex, date, count: format!("{:02}", annex.winners.len()) })
    }
}

/// A4 upright, in the form that the decree on paperwork gives an annex.
pub fn annex(annex: &Annex) -> Result<Vec<u8>, PrintError> {
    world::document(TEMPLATE, &View::of(annex)?, annex.made)
}

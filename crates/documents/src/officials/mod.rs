//! Officials' files of the `officials` bucket (`CONTRACT.md` 6): they name people, and open right in
//! a spreadsheet program. A person is told apart by the public name, never by the contestant code, which is a
//! name for signing in.

pub mod cell;
mod commendation_xlsx;
pub mod documents_json;
mod over_contest;
mod questions_csv;
mod ranking_csv;
mod review_csv;
mod sheet;
#[cfg(test)]
mod tests;
mod winners_xlsx;

use crate::site::RoundVersion;
use chrono::NaiveDate;
use contest::bank::PublicQuestion;
use contest::ids::ContestantId;
use contest::plan::{Plan, Round};
use contest::review::{AskedQuestion, QuestionFigures, Review};
use documents_json::Line;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;

pub use commendation_xlsx::CommendationReport;
pub use over_contest::{OverallDossier, overall_documents};

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

/// What came out of a review.
#[derive(Clone, Copy)]
pub struct Reviewed<'a> {
    pub review: &'a Review,
    /// The bank of the round.
    pub bank: &'a [PublicQuestion],
    /// The same questions, as they were marked.
    pub questions: &'a [AskedQuestion],
    /// Of each question.
    pub figures: &'a [QuestionFigures],
}

/// A document, or why it cannot be made.
#[derive(Debug)]
pub struct Document {
    /// Name within the folder of the version.
    pub name: &'static str,
    /// Content; fails where a text is longer than a cell may be (32 767 characters).
    pub bytes: Result<Vec<u8>, XlsxError>,
}

impl Document {
    fn of(name: &'static str, bytes: Result<Vec<u8>, XlsxError>) -> Self {
        Self { name, bytes }
    }

    /// Its line in the list of documents.
    pub fn line(&self) -> Line {
        match &self.bytes {
            Ok(bytes) => Line::ready(self.name, bytes),
            Err(error) => Line::failed(self.name, error),
        }
    }
}

/// The workbook of lists for commendations.
pub fn commendation_document(report: &CommendationReport<'_>) -> Document {
    Document::of("commendation.xlsx", commendation_xlsx::commendation_xlsx(report))
}

/// Every document of a version of a round.
pub fn round_documents(dossier: &Dossier<'_>) -> Vec<Document> {
    vec![
        Document::of("winners.xlsx", winners_xlsx::winners_xlsx(dossier)),
        Document::of("ranking.csv", Ok(ranking_csv::ranking_csv(dossier))),
    ]
}

/// What people should look at in a version of a round, and how its questions were answered.
pub fn review_documents(dossier: &Dossier<'_>, reviewed: &Reviewed<'_>) -> Vec<Document> {
    vec![
        Document::of("review.csv", Ok(review_csv::review_csv(dossier, reviewed.review))),
        Document::of("questions.csv", Ok(questions_csv::questions_csv(dossier, reviewed))),
    ]
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

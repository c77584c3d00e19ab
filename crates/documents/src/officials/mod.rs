//! Officials' files of the `officials` bucket (`CONTRACT.md` 6): they name people, and open right in
//! a spreadsheet program. A person is told apart by the public name, never by the contestant code, which is a
//! name for signing in.

pub mod cell;
mod commendation_docx;
mod commendation_xlsx;
pub mod documents_json;
pub(crate) mod docx;
mod first_page;
mod head;
mod letter;
mod listing;
mod notice_docx;
mod over_contest;
mod questions_csv;
mod ranking_csv;
mod ranking_xlsx;
mod report;
mod review_csv;
mod sheet;
#[cfg(test)]
pub(crate) mod tests;
mod units_xlsx;
mod winners_xlsx;

use crate::site::RoundVersion;
use crate::words::{format, officials as words};
use chrono::NaiveDate;
use contest::bank::PublicQuestion;
use contest::ids::ContestantId;
use contest::participation::{by_unit, registered};
use contest::plan::{Plan, Round, Scope};
use contest::review::{AskedQuestion, QuestionFigures, Review};
use contest::taken::TakenRound;
use documents_json::Line;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;
use units_xlsx::UnitsReport;

pub use commendation_docx::{Achievements, OwnRound};
pub use commendation_xlsx::CommendationReport;
pub use head::Head;
pub use over_contest::{OverallDossier, overall_documents};
pub use report::{ContestReport, report_documents};
pub(crate) use review_csv::unit_of_signal;
pub use winners_xlsx::predicted;

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
    /// What stands above letters, and who signs.
    pub head: &'a Head,
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

/// Whether a document of this name has dates of birth in it: whoever takes it gives a second factor (`CONSOLE.md` 3.4).
pub fn has_birth_dates(name: &str) -> bool {
    const WITH_BIRTH_DATES: [&str; 4] = ["annex.pdf", "commendation.docx", "commendation.xlsx", "winners.xlsx"];
    // Slips of a roster come in several files.
    WITH_BIRTH_DATES.contains(&name) || name.starts_with("roster-codes")
}

/// The lists for commendations, and a report of achievements for everybody on them.
pub fn commendation_documents(achievements: &Achievements<'_>) -> Vec<Document> {
    vec![
        Document::of("commendation.xlsx", commendation_xlsx::commendation_xlsx(&achievements.report)),
        Document::of("commendation.docx", Ok(commendation_docx::commendation_docx(achievements))),
    ]
}

/// Every document of a version of a round.
pub fn round_documents(dossier: &Dossier<'_>) -> Vec<Document> {
    vec![
        Document::of("winners.xlsx", winners_xlsx::winners_xlsx(dossier)),
        Document::of("ranking.xlsx", ranking_xlsx::ranking_xlsx(dossier)),
        Document::of("ranking.csv", Ok(ranking_csv::ranking_csv(dossier))),
        Document::of("units.xlsx", units_xlsx(dossier)),
        Document::of("notice.docx", Ok(notice_docx::notice_docx(dossier))),
    ]
}

/// What people should look at in a version of a round, and how its questions were answered.
pub fn review_documents(dossier: &Dossier<'_>, reviewed: &Reviewed<'_>) -> Vec<Document> {
    vec![
        Document::of("review.csv", Ok(review_csv::review_csv(dossier, reviewed.review))),
        Document::of("questions.csv", Ok(questions_csv::questions_csv(dossier, reviewed))),
    ]
}

fn units_xlsx(dossier: &Dossier<'_>) -> Result<Vec<u8>, XlsxError> {
    let Dossier { plan, round, version, .. } = *dossier;
    let taken = TakenRound::of(&round.id, &version.input, version.result);
    let lines = by_unit(version.input.units, &registered(version.input.people), taken.points, &[taken]);
    let report = UnitsReport {
        plan,
        units: version.input.units,
        over: &round.name,
        edition_line: words::publication_line(version, plan.time_zone),
        published_at: version.published_at,
        lines: &lines,
        tables: version.result.units.iter().filter(|table| table.scope == Scope::Round).collect(),
    };
    report.write()
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

fn full_name(identity: Option<&Identity>) -> &str {
    identity.map_or("", |identity| &identity.full_name)
}

pub fn birth_date(identity: Option<&Identity>) -> String {
    identity.and_then(|identity| identity.birth_date).map(format::day_in_table).unwrap_or_default()
}

/// Identities by contestant code. A contestant without one (an erased account) stands with an empty
/// name.
pub type Identities = BTreeMap<ContestantId, Identity>;

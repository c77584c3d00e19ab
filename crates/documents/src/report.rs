//! `hoithi/import/1`: what became of one uploaded file (`CONTRACT.md` 3.3).

use crate::words::import::message;
use contest::problem::Problem;
use serde::Serialize;

/// The report on one version of one file, at `{contest}/imports/{file name}.report.json`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Always [`ImportReport::SCHEMA`].
    pub schema: &'static str,
    /// File name as uploaded, without the folder.
    pub file: String,
    /// Version of the object in the uploads bucket, where the bucket has versions.
    pub version_id: Option<String>,
    /// Whether the file took effect.
    pub status: ImportStatus,
    /// Rows of data that were read, whether good or bad.
    pub rows: u64,
    /// Everything that is wrong; never cut short. Empty exactly where the file was accepted.
    pub errors: Vec<ReportLine>,
    /// What the organizers should look at, in accepted files too.
    pub warnings: Vec<ReportLine>,
}

impl ImportReport {
    /// The schema that this type writes.
    pub const SCHEMA: &str = "hoithi/import/1";

    pub fn to_json(&self) -> Vec<u8> {
        crate::site::json_bytes(self)
    }
}

/// Whether a file took effect; it does as a whole or not at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportStatus {
    Accepted,
    /// Nothing of it did.
    Rejected,
}

/// One error or warning.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ReportLine {
    /// Sheet of a workbook.
    pub sheet: Option<String>,
    /// Line or sheet row, from 1.
    pub row: Option<u32>,
    /// Column as the file heads it.
    pub column: Option<String>,
    /// Stable snake-case code, for programs.
    pub code: String,
    /// Vietnamese sentence: what is wrong, and what to do.
    pub message: String,
}

impl ReportLine {
    /// The line on one problem.
    pub fn of(problem: &Problem) -> Self {
        let Problem { place, kind } = problem;
        Self {
            sheet: place.sheet().map(str::to_owned),
            row: place.row(),
            column: place.column().map(str::to_owned),
            code: kind.code().to_owned(),
            message: message(kind),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_has_the_members_of_the_contract_in_order() {
        let line = ReportLine {
            sheet: Some("Câu hỏi".into()),
            row: Some(7),
            column: Some("Đáp án".into()),
            code: "answer_without_option".into(),
            message: "Đáp án “E” không có phương án tương ứng.".into(),
        };
        let report = ImportReport {
            schema: ImportReport::SCHEMA,
            file: "bank-tuan-1.xlsx".into(),
            version_id: None,
            status: ImportStatus::Rejected,
            rows: 30,
            errors: vec![line],
            warnings: Vec::new(),
        };
        expect_test::expect![[r#"
            {"schema":"hoithi/import/1","file":"bank-tuan-1.xlsx","version_id":null,"status":"rejected","rows":30,"errors":[{"sheet":"Câu hỏi","row":7,"column":"Đáp án","code":"answer_without_option","message":"Đáp án “E” không có phương án tương ứng."}],"warnings":[]}
        "#]]
        .assert_eq(&String::from_utf8(report.to_json()).expect("JSON is UTF-8"));
    }
}

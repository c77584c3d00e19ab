//! `hoithi/import/1`: what became of one uploaded file (`CONTRACT.md` 3.3).

use crate::words::import::echo::not_read;
use crate::words::import::message;
use contest::bank::Tally;
use contest::problem::Problem;
use serde::Serialize;
use std::collections::BTreeMap;

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
    /// What was read of questions; nothing where the file is no bank.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub read: Option<BankRead>,
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

/// What was read of a bank, so that whoever has the file sees whether it is all. No question stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct BankRead {
    /// The sheets with a table, or the file as a whole.
    pub parts: Vec<PartRead>,
    /// Sentences on what was passed over.
    pub not_read: Vec<String>,
    /// In how many questions each letter is right, for the letters that options have.
    pub letters: BTreeMap<char, u64>,
    /// Questions with several right options.
    pub several: u64,
}

/// A bank of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PartRead {
    /// Name of the sheet; none where the file is one bank.
    pub name: Option<String>,
    /// Questions that can be read.
    pub questions: u64,
    /// Their options.
    pub options: u64,
}

impl BankRead {
    /// What was read in each part, by the name of its sheet, and what was passed over by the warnings.
    pub fn of<'a>(parts: impl IntoIterator<Item = (Option<&'a str>, Tally)>, warnings: &[Problem]) -> Self {
        let mut read = Self {
            parts: Vec::new(),
            not_read: warnings.iter().filter_map(not_read).collect(),
            letters: BTreeMap::new(),
            several: 0,
        };
        for (name, tally) in parts {
            let Tally { questions, options, several, .. } = tally;
            read.parts.push(PartRead { name: name.map(str::to_owned), questions, options });
            read.several += several;
            for (letter, right) in tally.letters() {
                *read.letters.entry(letter).or_insert(0) += right;
            }
        }
        read
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
    use contest::problem::{Place, ProblemKind};

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
            read: None,
            errors: vec![line],
            warnings: Vec::new(),
        };
        expect_test::expect![[r#"
            {"schema":"hoithi/import/1","file":"bank-tuan-1.xlsx","version_id":null,"status":"rejected","rows":30,"errors":[{"sheet":"Câu hỏi","row":7,"column":"Đáp án","code":"answer_without_option","message":"Đáp án “E” không có phương án tương ứng."}],"warnings":[]}
        "#]]
        .assert_eq(&String::from_utf8(report.to_json()).expect("JSON is UTF-8"));
    }

    #[test]
    fn what_was_read_of_a_bank_is_told_in_figures() {
        let place = Place::Sheet("Nháp".to_owned());
        let hidden = Problem::of_file(ProblemKind::HiddenSheet { sheet: "Nháp".to_owned() });
        let other = Problem { place, kind: ProblemKind::LookAlikeLetters };
        let tally = |right: u64| Tally {
            questions: 30,
            options: 60,
            several: 2,
            offered: [30, 30, 0, 0, 0, 0],
            right: [right, 30 - right, 0, 0, 0, 0],
        };
        let read = BankRead::of([(Some("Tuần 1"), tally(14)), (Some("Tuần 2"), tally(16))], &[hidden, other]);
        let json = serde_json::to_string(&read).expect("JSON");
        expect_test::expect![[r#"{"parts":[{"name":"Tuần 1","questions":30,"options":60},{"name":"Tuần 2","questions":30,"options":60}],"not_read":["trang tính “Nháp” đang ẩn"],"letters":{"A":30,"B":30},"several":4}"#]]
            .assert_eq(&json);
    }
}

//! What is said of an upload, and the report in which it is said.

use crate::folder::Folder;
use crate::roles::plan;
use contest::plan::Plan;
use contest::problem::{Problem, ProblemKind};
use documents::report::{BankRead, ImportReport, ImportStatus, ReportLine};

/// What is said of an upload.
#[derive(Clone, Debug, Default)]
pub(crate) struct Verdict {
    /// Rows that were read.
    pub rows: u64,
    /// What was read of questions, where it is a bank.
    pub read: Option<BankRead>,
    /// Every reason not to accept it.
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

impl Verdict {
    /// A file that is refused before it is read.
    pub(crate) fn refused(kind: ProblemKind) -> Self {
        Self { errors: vec![Problem::of_file(kind)], ..Self::default() }
    }

    /// A file that is none of the contest's, and does no harm.
    pub(crate) fn ignored() -> Self {
        Self { warnings: vec![Problem::of_file(ProblemKind::IgnoredFile)], ..Self::default() }
    }

    /// Warns that a file is not there yet, once.
    pub(crate) fn wait_for(&mut self, file: &str) {
        let waiting = Problem::of_file(ProblemKind::WaitingFor { file: file.to_owned() });
        if !self.warnings.contains(&waiting) {
            self.warnings.push(waiting);
        }
    }

    /// The plan of the folder, or a warning that it is not there yet.
    pub(crate) fn wait_for_plan<'a>(&mut self, folder: &'a Folder) -> Option<&'a Plan> {
        if folder.plan.is_none() {
            self.wait_for(plan::FILE);
        }
        folder.plan.as_ref()
    }

    /// The report on this version of the file.
    pub(crate) fn report(&self, file: &str, version_id: Option<String>) -> ImportReport {
        let accepted = self.errors.is_empty();
        ImportReport {
            schema: ImportReport::SCHEMA,
            file: file.to_owned(),
            version_id,
            status: if accepted { ImportStatus::Accepted } else { ImportStatus::Rejected },
            rows: self.rows,
            read: self.read.clone(),
            errors: self.errors.iter().map(ReportLine::of).collect(),
            warnings: self.warnings.iter().map(ReportLine::of).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::roles::Role;
    use rust_xlsxwriter::{Formula, Workbook};

    /// A bank as it comes from an office: an instruction sheet first, a title above the headers, and
    /// a fault of every common kind.
    fn bad_bank() -> Vec<u8> {
        let mut workbook = Workbook::new();
        workbook.add_worksheet().set_name("Hướng dẫn").unwrap().write(0, 0, "Điền vào trang sau").unwrap();
        let sheet = workbook.add_worksheet().set_name("Câu hỏi").unwrap();
        sheet.write(0, 0, "NGÂN HÀNG CÂU HỎI").unwrap();
        let rows: [&[&str]; 6] = [
            &["TT", "Nội dung câu hỏi", "Phương án A", "Phương án B", "Phương án C", "Đáp án đúng"],
            &["1", "Câu một?", "một", "hai", "ba", "A"],
            &["2", "Câu hai?", "một", "hai", "", "C"],
            &["2", "Câu ba?", "một", "", "ba", "B"],
            &["4", "", "một", "một", "", "X"],
            &["5", "CÂU MỘT?", "ba", "hai", "một", ""],
        ];
        for (row, cells) in (2u32..).zip(rows) {
            for (column, cell) in (0u16..).zip(cells) {
                sheet.write(row, column, *cell).unwrap();
            }
        }
        sheet.write(3, 5, Formula::new("=\"A\"").set_result("A")).unwrap();
        workbook.save_to_buffer().unwrap()
    }

    #[test]
    fn the_report_on_a_bad_bank_names_every_fault_with_its_place() {
        let day = chrono::NaiveDate::from_ymd_opt(2021, 12, 1).expect("a day");
        let role = Role::of("bank-tuan-1.xlsx").expect("a bank");
        let (content, verdict) = role.read("bank-tuan-1.xlsx", &bad_bank(), day);
        assert!(content.is_none());
        let json: serde_json::Value =
            serde_json::from_slice(&verdict.report("bank-tuan-1.xlsx", Some("v1".to_owned())).to_json()).expect("JSON");
        let text = serde_json::to_string_pretty(&json).expect("JSON");
        expect_test::expect_file!["../golden/bad-bank.report.json"].assert_eq(&(text + "\n"));
    }
}

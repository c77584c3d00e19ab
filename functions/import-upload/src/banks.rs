//! Question banks of every format. A reader turns a file into drafts, and [`contest::bank::check`] judges them alike,
//! wherever they come from. A new format is a variant of [`BankFormat`] and a reader beside [`worksheet`].

mod worksheet;

use crate::readers::Format;
use crate::tables::{Reading, of_sheets};
use contest::bank::{Bank, BankFormat, QuestionDraft, check};
use contest::problem::Problem;

/// What a reader finds of one bank.
#[derive(Debug)]
struct BankDraft {
    /// The sheet that holds it; `None` where the file is one bank.
    sheet: Option<String>,
    /// Its questions in the order of the file.
    questions: Vec<QuestionDraft>,
    /// What cannot be read.
    errors: Vec<Problem>,
    /// What is not read, and does no harm.
    warnings: Vec<Problem>,
}

/// One bank of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankTable {
    /// The sheet that holds it; `None` where the file is one bank.
    pub sheet: Option<String>,
    /// Its questions and key.
    pub bank: Bank,
}

/// Reads and judges every bank of a file.
pub fn read(format: BankFormat, bytes: &[u8]) -> Reading<Vec<BankTable>> {
    let of_sheets = |format| of_sheets(format, bytes, |sheets| judged(worksheet::drafts(sheets)));
    match format {
        BankFormat::Xlsx => of_sheets(Format::Xlsx),
        BankFormat::Csv => of_sheets(Format::Csv),
    }
}

fn judged(drafts: Result<Vec<BankDraft>, Vec<Problem>>) -> Reading<Vec<BankTable>> {
    let mut whole = Reading::unreadable(Vec::new());
    match drafts {
        Ok(drafts) => {
            let banks: Vec<Option<BankTable>> = drafts.into_iter().map(|draft| judge(draft, &mut whole)).collect();
            whole.content = banks.into_iter().collect();
        }
        Err(problems) => whole.errors = problems,
    }
    whole
}

/// One bank, where it has no errors, and what is said of it.
fn judge(draft: BankDraft, whole: &mut Reading<Vec<BankTable>>) -> Option<BankTable> {
    let BankDraft { sheet, questions, mut errors, warnings } = draft;
    let checked = match check(&questions) {
        Ok(checked) => checked,
        Err(problem) => {
            whole.errors.push(problem);
            return None;
        }
    };
    errors.extend(checked.errors);
    errors.sort_by_key(|problem| problem.place.row());
    let bank = checked.bank.filter(|_| errors.is_empty());
    whole.rows += questions.len() as u64;
    whole.sheets.extend(sheet.clone());
    whole.errors.extend(errors);
    whole.warnings.extend(checked.warnings.into_iter().chain(warnings));
    bank.map(|bank| BankTable { sheet, bank })
}

#[cfg(test)]
mod tests;

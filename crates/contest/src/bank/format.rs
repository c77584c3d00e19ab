//! The formats in which banks are read. A plan names files in them, and a reader is chosen by them.

use crate::words::worded;

worded! {
    /// The format of a bank, by the ending of its file's name.
    pub enum BankFormat {
        /// A workbook of Excel 2007 or later.
        Xlsx = "xlsx",
        /// Comma or semicolon separated text.
        Csv = "csv",
        /// GIFT, the text of Moodle.
        Gift = "gift",
        /// GIFT or Aiken, whichever the text is.
        Txt = "txt",
        /// Moodle XML, or one item of QTI 2.1 or 2.2.
        Xml = "xml",
        /// A package of QTI 2.1 or 2.2.
        Zip = "zip",
        /// A document of Word 2007 or later.
        Docx = "docx",
    }
}

impl BankFormat {
    /// The format of a file of this name; `None` where the name is none that a bank in the contest's folder can have:
    /// no path, a format that is read.
    pub fn of(file: &str) -> Option<Self> {
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        let (stem, ending) = file.rsplit_once('.')?;
        let is_bank = file.len() <= 100 && stem.starts_with("bank") && stem.chars().all(plain);
        Self::parse(ending).filter(|_| is_bank)
    }

    /// Whether a file can hold several banks, each in a sheet with a name.
    pub const fn has_sheets(self) -> bool {
        match self {
            Self::Xlsx => true,
            Self::Csv | Self::Gift | Self::Txt | Self::Xml | Self::Zip | Self::Docx => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bank_is_a_plain_name_that_begins_with_bank() {
        for good in [
            "bank.csv",
            "bank-1.xlsx",
            "bank-2.docx",
            "bank_tuan.1.csv",
            "bank.gift",
            "bank.txt",
            "bank.xml",
            "bank.zip",
            &format!("bank{}.csv", "a".repeat(92)),
        ] {
            assert!(BankFormat::of(good).is_some(), "{good}");
        }
        for bad in [
            "units.csv",
            "bank.doc",
            "bank.CSV",
            "bank tuần.csv",
            "bank/1.csv",
            "../bank.csv",
            "a-bank.csv",
            "bank",
            &format!("bank{}.csv", "a".repeat(93)),
        ] {
            assert_eq!(BankFormat::of(bad), None, "{bad}");
        }
    }
}

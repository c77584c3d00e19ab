//! What a file of a contest's folder is, by its name alone. The checker and an upload ask here, so that they say
//! the same of every file.

use crate::readers::Format;
use crate::roles::{Role, TABLES, plan};
use contest::bank::BankFormat;
use contest::plan::{PICTURE_ENDINGS, PictureKind};
use contest::problem::{PictureFault, ProblemKind};
use contest::text::search_key;

/// What a name says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// A file that is read.
    Role(Role),
    /// What systems and programs leave in a folder, and notes about it.
    Ignored,
    /// A file that is kept out, and why.
    Refused(ProblemKind),
}

impl Named {
    /// What a file of this name is.
    pub(crate) fn of(file: &str) -> Self {
        if let Some(role) = Role::of(file) {
            return Self::Role(role);
        }
        let lower = file.to_lowercase();
        let left_behind =
            lower.starts_with(['.', '~']) || matches!(&*lower, "thumbs.db" | "ehthumbs.db" | "desktop.ini");
        if !file.contains('/') && (left_behind || lower.ends_with(".md")) {
            return Self::Ignored;
        }
        Self::Refused(refusal(file))
    }
}

fn refusal(file: &str) -> ProblemKind {
    let lower = search_key(file);
    let (stem, ending) = lower.rsplit_once('.').unwrap_or((lower.as_str(), ""));
    if file.contains('/') {
        return ProblemKind::UnknownFile;
    }
    if stem == "contest" && matches!(ending, "toml" | "txt" | "" | "docx" | "doc") || stem == "contest.toml" {
        return ProblemKind::WrongFileName { right: plan::FILE.to_owned() };
    }
    let picture = PictureKind::ALL.iter().find(|kind| stem.starts_with(kind.as_str()));
    let is_read = match stem {
        // Names of banks may go on after their beginning, those of tables end there.
        _ if stem.starts_with("bank") => BankFormat::parse(ending).is_some(),
        _ if picture.is_some() => PICTURE_ENDINGS.contains(&ending),
        _ if TABLES.iter().any(|(name, _)| *name == stem) => Format::of(&lower).is_some(),
        _ if TABLES.iter().any(|(name, _)| stem.starts_with(name)) && Format::of(&lower).is_none() => false,
        _ => return ProblemKind::UnknownFile,
    };
    match (is_read, picture) {
        (true, _) => ProblemKind::WrongFileName { right: plain(&lower) },
        (false, Some(&kind)) => ProblemKind::PagePicture(PictureFault::InvalidName { kind }),
        (false, None) => ProblemKind::FormatNotRead { ending: ending.to_owned() },
    }
}

/// The name in letters that a plan can hold: `bank-tuan-1.xlsx` for `Bank tuần 1.xlsx`.
fn plain(lower: &str) -> String {
    let signs = lower.chars().map(|c| if c.is_ascii_alphanumeric() || c == '.' { c } else { '-' });
    signs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is() {
        let code = |file: &str| match Named::of(file) {
            Named::Role(_) => "role",
            Named::Ignored => "ignored",
            Named::Refused(kind) => kind.code(),
        };
        let cases = [
            ("contest.toml", "role"),
            ("bank-1.xlsx", "role"),
            ("units.csv", "role"),
            ("bank.gift", "role"),
            ("bank-1.zip", "role"),
            ("Bank.XML", "wrong_file_name"),
            ("units.txt", "format_not_read"),
            ("Thumbs.db", "ignored"),
            (".DS_Store", "ignored"),
            ("desktop.ini", "ignored"),
            ("~$bank.xlsx", "ignored"),
            ("~$contest.toml", "ignored"),
            ("README.md", "ignored"),
            ("bank-1.docx", "role"),
            ("Bank 1.docx", "wrong_file_name"),
            ("bank.doc", "format_not_read"),
            ("bank.xls", "format_not_read"),
            ("bank.ods", "format_not_read"),
            ("Bank.PDF", "format_not_read"),
            ("units.docx", "format_not_read"),
            ("roster.xls", "format_not_read"),
            ("adjudications.csv", "role"),
            ("adjudications.xls", "format_not_read"),
            ("contest.toml.txt", "wrong_file_name"),
            ("Contest.toml", "wrong_file_name"),
            ("contest.txt", "wrong_file_name"),
            ("Bank tuần 1.xlsx", "wrong_file_name"),
            ("Units.csv", "wrong_file_name"),
            ("contest.json", "unknown_file"),
            ("de-thi.csv", "unknown_file"),
            ("units-cu.csv", "unknown_file"),
            ("logo.png", "role"),
            ("banner-2026.jpeg", "role"),
            ("Logo.PNG", "wrong_file_name"),
            ("logo.svg", "invalid_picture_name"),
            ("banner.webp", "invalid_picture_name"),
            ("units-cu.xls", "format_not_read"),
            ("roster 2.ods", "format_not_read"),
            ("sub/bank.xlsx", "unknown_file"),
            ("sub/.DS_Store", "unknown_file"),
            ("bank", "format_not_read"),
        ];
        for (file, expected) in cases {
            assert_eq!(code(file), expected, "{file}");
        }
        let right = ProblemKind::WrongFileName { right: "bank-tuan-1.xlsx".to_owned() };
        assert_eq!(Named::of("Bank tuần 1.xlsx"), Named::Refused(right));
    }
}

//! The files of a contest's folder by their names: what each is, and so whose it is.

use super::Action;
use crate::plan::PictureKind;

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `contest.toml`.
    Plan,
    /// `bank….xlsx` and the like: goes in and never comes out.
    Bank,
    /// Units, rosters, lists, announcements.
    Table,
    /// A picture of the page.
    Picture,
    /// Decisions, which are proposed and not uploaded.
    Decisions,
}

/// Tables, by the beginning of their names.
const TABLES: [&str; 5] = ["units", "roster", "excluded", "reveals", "announcements"];

impl FileKind {
    /// What a file of this name is; none for a name that no importer knows, or that may not become part of a key.
    pub fn of(name: &str) -> Option<Self> {
        let (stem, ending) = name.split_once('.')?;
        let is_plain = |text: &str| {
            !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
        };
        if name.len() > 96 || !is_plain(stem) || !is_plain(ending) {
            return None;
        }
        match (stem, ending) {
            ("contest", "toml") => Some(Self::Plan),
            ("adjudications", "xlsx" | "csv") => Some(Self::Decisions),
            (stem, "xlsx" | "csv") if TABLES.contains(&stem) => Some(Self::Table),
            _ if PictureKind::of(name).is_some() => Some(Self::Picture),
            (stem, _) if stem.starts_with("bank") => Some(Self::Bank),
            _ => None,
        }
    }

    /// What one must be allowed to do to upload it; none where nobody may.
    pub const fn write(self) -> Option<Action> {
        match self {
            Self::Plan | Self::Table | Self::Picture => Some(Action::WriteFiles),
            Self::Bank => Some(Action::WriteBank),
            Self::Decisions => None,
        }
    }

    /// What one must be allowed to do to read it; none where nobody may.
    pub const fn read(self) -> Option<Action> {
        match self {
            Self::Plan | Self::Table | Self::Picture | Self::Decisions => Some(Action::ReadFiles),
            Self::Bank => None,
        }
    }

    /// What one must be allowed to do to read what is wrong with it.
    pub const fn read_report(self) -> Action {
        match self {
            Self::Plan | Self::Table | Self::Picture | Self::Decisions => Action::ReadFiles,
            Self::Bank => Action::ReadBankReport,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_a_file_is() {
        for (name, kind) in [
            ("contest.toml", Some(FileKind::Plan)),
            ("bank-tuan-1.xlsx", Some(FileKind::Bank)),
            ("bank.docx", Some(FileKind::Bank)),
            ("units.csv", Some(FileKind::Table)),
            ("roster.xlsx", Some(FileKind::Table)),
            ("announcements.csv", Some(FileKind::Table)),
            ("logo.png", Some(FileKind::Picture)),
            ("banner-2.jpg", Some(FileKind::Picture)),
            ("logo.svg", None),
            ("adjudications.csv", Some(FileKind::Decisions)),
            ("units-cu.csv", None),
            ("Bank.xlsx", None),
            ("bank/../keys.xlsx", None),
            ("bank.tar.gz", None),
            ("bank", None),
            ("bank.", None),
            ("", None),
        ] {
            assert_eq!(FileKind::of(name), kind, "{name}");
        }
        assert_eq!(FileKind::of(&format!("bank-{}.xlsx", "a".repeat(90))), None);
    }

    #[test]
    fn a_bank_goes_in_and_never_comes_out() {
        assert_eq!((FileKind::Bank.write(), FileKind::Bank.read()), (Some(Action::WriteBank), None));
        assert_eq!(FileKind::Decisions.write(), None);
    }
}

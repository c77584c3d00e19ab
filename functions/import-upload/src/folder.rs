//! The files of a contest folder, and what each of them says when it is read by itself.

use crate::readers::{self, Format, Sheet};
use crate::tables::people::{ExcludedLine, RosterLine, read_excluded, read_roster};
use crate::tables::reveals::RevealLine;
use crate::tables::{Reading, bank, reveals, units};
use chrono::NaiveDate;
use contest::bank::Bank;
use contest::plan::Plan;
use contest::plan_file::{self, is_bank_file_name};
use contest::text::search_key;
use contest::units::UnitTree;
use std::collections::BTreeMap;

/// Name of the plan's file.
pub(crate) const PLAN_FILE: &str = "contest.toml";

/// What a file is for, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `contest.toml`
    Plan,
    /// `bank*.xlsx`, `bank*.csv`
    Bank(Format),
    /// `units.*`
    Units(Format),
    /// `roster.*`
    Roster(Format),
    /// `excluded.*`
    Excluded(Format),
    /// `reveals.*`
    Reveals(Format),
}

impl Role {
    /// The role of a file name, or `None` for a file that no contest has.
    pub fn of(file: &str) -> Option<Self> {
        if file == PLAN_FILE {
            return Some(Self::Plan);
        }
        let format = Format::of(file)?;
        match file.rsplit_once('.')?.0 {
            "units" => Some(Self::Units(format)),
            "roster" => Some(Self::Roster(format)),
            "excluded" => Some(Self::Excluded(format)),
            "reveals" => Some(Self::Reveals(format)),
            _ => is_bank_file_name(file).then_some(Self::Bank(format)),
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// The plan and its text as it is stored.
    Plan { plan: Box<Plan>, text: String },
    /// Questions and key.
    Bank(Bank),
    /// The tree.
    Units(UnitTree),
    /// People who may register.
    Roster(Vec<RosterLine>),
    /// People who may not win.
    Excluded(Vec<ExcludedLine>),
    /// Values of witnesses.
    Reveals(Vec<RevealLine>),
}

/// Reads a file by itself; `today` is the day of the upload.
pub(crate) fn read(role: Role, bytes: &[u8], today: NaiveDate) -> Reading<Content> {
    match role {
        Role::Plan => read_plan(bytes),
        Role::Bank(format) => table(format, bytes, bank::read, Content::Bank),
        Role::Units(format) => table(format, bytes, units::read, Content::Units),
        Role::Roster(format) => table(format, bytes, |sheets| read_roster(sheets, today), Content::Roster),
        Role::Excluded(format) => table(format, bytes, read_excluded, Content::Excluded),
        Role::Reveals(format) => table(format, bytes, reveals::read, Content::Reveals),
    }
}

fn table<T>(
    format: Format,
    bytes: &[u8],
    read: impl FnOnce(&[Sheet]) -> Reading<T>,
    content: impl FnOnce(T) -> Content,
) -> Reading<Content> {
    match readers::read(format, bytes) {
        Ok(sheets) => {
            let Reading { content: table, rows, errors, warnings } = read(&sheets);
            Reading { content: table.map(content), rows, errors, warnings }
        }
        Err(problems) => Reading::unreadable(problems),
    }
}

fn read_plan(bytes: &[u8]) -> Reading<Content> {
    let text = match readers::text(bytes) {
        Ok(text) => plan_file::clean(text),
        Err(problem) => return Reading::unreadable(vec![problem]),
    };
    let reading = plan_file::read(&text);
    let rows = text.lines().count() as u64;
    let content = reading.plan.map(|plan| Content::Plan { plan: Box::new(plan), text });
    Reading { content, rows, errors: reading.errors, warnings: reading.warnings }
}

/// What is known of a contest folder when another file of it is judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder {
    pub plan: Option<Plan>,
    pub units: Option<UnitTree>,
    /// Units that the roster names, as written or as codes, with their rows where they are known.
    pub roster: Option<Vec<(Option<u32>, String)>>,
    pub banks: BTreeMap<String, BankSize>,
}

impl Folder {
    /// The folder with this file in place.
    pub(crate) fn put(&mut self, file: &str, content: &Content) {
        match content {
            Content::Plan { plan, .. } => self.plan = Some((**plan).clone()),
            Content::Bank(bank) => {
                self.banks.insert(file.to_owned(), BankSize::of(bank));
            }
            Content::Units(tree) => self.units = Some(tree.clone()),
            Content::Roster(lines) => {
                self.roster = Some(lines.iter().map(|line| (Some(line.row), line.unit.clone())).collect());
            }
            Content::Excluded(_) | Content::Reveals(_) => {}
        }
    }
}

/// How many questions a bank has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BankSize {
    /// In all.
    pub questions: usize,
    /// By [`search_key`] of the topic; empty for questions without one.
    pub topics: BTreeMap<String, usize>,
}

impl BankSize {
    /// The size of a bank.
    pub(crate) fn of(bank: &Bank) -> Self {
        let mut topics = BTreeMap::new();
        for question in &bank.questions {
            *topics.entry(question.topic.as_deref().map(search_key).unwrap_or_default()).or_insert(0) += 1;
        }
        Self { questions: bank.questions.len(), topics }
    }
}

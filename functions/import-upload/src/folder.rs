//! The files of a contest folder, and what each of them says when it is read by itself.

use crate::banks::{self, BankTable};
use crate::readers::{self, Format};
use crate::tables::people::{ExcludedLine, RosterLine, read_excluded, read_roster};
use crate::tables::reveals::RevealLine;
use crate::tables::{Reading, of_sheets, reveals, units};
use chrono::NaiveDate;
use contest::bank::{BankFormat, Likeness, PublicQuestion};
use contest::plan::Plan;
use contest::plan_file;
use contest::text::search_key;
use contest::units::UnitTree;
use std::collections::{BTreeMap, BTreeSet};

/// Name of the plan's file.
pub(crate) const PLAN_FILE: &str = "contest.toml";

/// What a file is for, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `contest.toml`
    Plan,
    /// `bank*.*`
    Bank(BankFormat),
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
        if let Some(format) = BankFormat::of(file) {
            return Some(Self::Bank(format));
        }
        let format = Format::of(file)?;
        match file.rsplit_once('.')?.0 {
            "units" => Some(Self::Units(format)),
            "roster" => Some(Self::Roster(format)),
            "excluded" => Some(Self::Excluded(format)),
            "reveals" => Some(Self::Reveals(format)),
            _ => None,
        }
    }
}

/// What a file holds.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    /// The plan and its text as it is stored.
    Plan { plan: Box<Plan>, text: String },
    /// Questions and key of every table.
    Bank(Vec<BankTable>),
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
        Role::Bank(format) => banks::read(format, bytes).map(Content::Bank),
        Role::Units(format) => of_sheets(format, bytes, units::read).map(Content::Units),
        Role::Roster(format) => of_sheets(format, bytes, |sheets| read_roster(sheets, today)).map(Content::Roster),
        Role::Excluded(format) => of_sheets(format, bytes, read_excluded).map(Content::Excluded),
        Role::Reveals(format) => of_sheets(format, bytes, reveals::read).map(Content::Reveals),
    }
}

fn read_plan(bytes: &[u8]) -> Reading<Content> {
    let text = match readers::text(bytes) {
        Ok(text) => plan_file::clean(text),
        Err(problem) => return Reading::unreadable(vec![problem]),
    };
    let reading = plan_file::read(&text);
    let rows = text.lines().count() as u64;
    let content = |plan| Content::Plan { plan: Box::new(plan), text: text.clone() };
    let is_right = reading.errors.is_empty();
    let draft = reading.draft.filter(|_| !is_right).map(content);
    let content = reading.plan.filter(|_| is_right).map(content);
    Reading { content, draft, rows, sheets: Vec::new(), errors: reading.errors, warnings: reading.warnings }
}

/// What is known of a contest folder when another file of it is judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder {
    pub plan: Option<Plan>,
    pub units: Option<UnitTree>,
    /// Units that the roster names, as written or as codes, with their rows where they are known.
    pub roster: Option<Vec<(Option<u32>, String)>>,
    /// By every name that a round may use: the file, or one sheet of it.
    pub banks: BTreeMap<String, BankOutline>,
}

impl Folder {
    /// How many people the roster names.
    pub(crate) fn roster_lines(&self) -> Option<u64> {
        self.roster.as_ref().map(|lines| lines.len() as u64)
    }

    /// The folder with this file in place.
    pub(crate) fn put(&mut self, file: &str, content: &Content) {
        match content {
            Content::Plan { plan, .. } => self.plan = Some((**plan).clone()),
            Content::Bank(tables) => {
                self.banks.retain(|name, _| !is_of_file(name, file));
                let names = bank_names(file, tables).into_iter();
                let outlines = names.map(|(name, table)| (name, BankOutline::of(&table.bank.questions)));
                self.banks.extend(outlines);
            }
            Content::Units(tree) => self.units = Some(tree.clone()),
            Content::Roster(lines) => {
                self.roster = Some(lines.iter().map(|line| (Some(line.row), line.unit.clone())).collect());
            }
            Content::Excluded(_) | Content::Reveals(_) => {}
        }
    }
}

/// Every name by which a round may mean a bank of this file: each sheet with a table, and the file alone
/// where there is one table.
pub(crate) fn bank_names<'a>(file: &str, tables: &'a [BankTable]) -> Vec<(String, &'a BankTable)> {
    let named = |table: &'a BankTable| Some((format!("{file}#{}", table.sheet.as_ref()?), table));
    let sole = <&[BankTable; 1]>::try_from(tables).ok().map(|[table]| (file.to_owned(), table));
    sole.into_iter().chain(tables.iter().filter_map(named)).collect()
}

/// Whether a name of a bank means this file, or a sheet of it.
pub(crate) fn is_of_file(name: &str, file: &str) -> bool {
    name.split_once('#').map_or(name, |(of, _)| of) == file
}

/// What other files must know of a bank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BankOutline {
    /// Questions in all.
    pub questions: usize,
    /// By [`search_key`] of the topic; empty for questions without one.
    pub topics: BTreeMap<String, usize>,
    /// What tells its questions from each other.
    pub likenesses: BTreeSet<Likeness>,
}

impl BankOutline {
    /// The outline of a bank with these questions.
    pub(crate) fn of(questions: &[PublicQuestion]) -> Self {
        let mut topics = BTreeMap::new();
        for question in questions {
            *topics.entry(question.topic.as_deref().map(search_key).unwrap_or_default()).or_insert(0) += 1;
        }
        let likenesses = questions.iter().map(|question| Likeness::of(&question.text, &question.options)).collect();
        Self { questions: questions.len(), topics, likenesses }
    }
}

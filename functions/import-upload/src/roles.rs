//! What a file of a contest's folder is for, and the one place that tells roles apart. Each role is a module: what a file
//! of it says by itself, how it fits the rest of the folder, what is kept of it, and what of it may still change.
//!
//! A new role is a module and a variant of [`Role`]; the compiler names what else it lacks.

mod adjudications;
mod announcements;
pub mod bank;
mod excluded;
mod people;
mod picture;
pub(crate) mod plan;
mod reveals;
mod roster;
pub mod units;

use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::Format;
use crate::tables::Reading;
use crate::verdict::Verdict;
use chrono::NaiveDate;
use contest::bank::BankFormat;
use contest::ids::ContestantId;
use contest::plan::{PictureKind, Plan};
use contest::problem::Problem;
use contest::time::Timestamp;

/// What a file is for, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
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
    /// `adjudications.*`
    Adjudications(Format),
    /// `announcements.*`
    Announcements(Format),
    /// `logo*.png`, `banner*.jpg`
    Picture(PictureKind),
}

type OfFormat = fn(Format) -> Role;

/// Roles of which a contest has one table, by the name of its file. One that is left out here is never made, and so does
/// not compile.
pub(crate) const TABLES: [(&str, OfFormat); 6] = [
    ("units", Role::Units),
    ("roster", Role::Roster),
    ("excluded", Role::Excluded),
    ("reveals", Role::Reveals),
    ("adjudications", Role::Adjudications),
    ("announcements", Role::Announcements),
];

/// What a file says, and what follows from it.
pub(crate) trait Content: Send + Sync {
    /// Judges it against a folder of which it is not yet part.
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict);

    /// Puts it into the folder, as far as other files are judged against it.
    fn put(&self, folder: &mut Folder);

    /// Compiles it into what is kept, and puts it into the state that would be in force.
    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()>;

    /// What of it may not change any more; asked only where something changes.
    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem>;

    /// The plan, where it is one.
    fn plan(&self) -> Option<&Plan> {
        None
    }

    /// Whether it is about what has come of rounds, and so is judged by their times even in a draft.
    fn follows_rounds(&self) -> bool {
        false
    }

    /// People whom it names by their codes, so that they are looked for.
    fn contestants(&self) -> Vec<&ContestantId> {
        Vec::new()
    }

    /// Warnings where nobody has heard of the contest before.
    fn past(&self, _now: Timestamp) -> Vec<Problem> {
        Vec::new()
    }
}

impl Role {
    /// The role of a file name, or `None` for a file that no contest has.
    pub(crate) fn of(file: &str) -> Option<Self> {
        if file == plan::FILE {
            return Some(Self::Plan);
        }
        if let Some(format) = BankFormat::of(file) {
            return Some(Self::Bank(format));
        }
        if let Some(kind) = PictureKind::of(file) {
            return Some(Self::Picture(kind));
        }
        let stem = file.rsplit_once('.')?.0;
        let (_, role) = TABLES.into_iter().find(|(name, _)| *name == stem)?;
        Format::of(file).map(role)
    }

    /// Reads a file by itself; `today` is the day of the upload.
    pub(crate) fn read(self, file: &str, bytes: &[u8], today: NaiveDate) -> (Option<Box<dyn Content>>, Verdict) {
        match self {
            Self::Plan => boxed(plan::read(bytes)),
            Self::Bank(format) => boxed(bank::read_file(format, file, bytes)),
            Self::Units(format) => boxed(units::read_all(format, bytes)),
            Self::Roster(format) => boxed(roster::read(format, bytes, today)),
            Self::Excluded(format) => boxed(excluded::read(format, bytes)),
            Self::Reveals(format) => boxed(reveals::read(format, bytes)),
            Self::Adjudications(format) => boxed(adjudications::read(format, bytes)),
            Self::Announcements(format) => boxed(announcements::read(format, bytes)),
            Self::Picture(kind) => boxed(picture::read(kind, file, bytes)),
        }
    }

    /// When a file of a folder is judged: what others refer to comes first.
    pub(crate) fn turn(self) -> u8 {
        match self {
            Self::Plan => 0,
            Self::Units(_) => 1,
            Self::Bank(_) | Self::Roster(_) | Self::Excluded(_) => 2,
            Self::Reveals(_) | Self::Announcements(_) | Self::Picture(_) => 2,
            Self::Adjudications(_) => 3,
        }
    }

    /// Whether it is judged against questions, which are much to load.
    pub(crate) fn needs_banks(self) -> bool {
        match self {
            Self::Plan | Self::Bank(_) | Self::Adjudications(_) => true,
            Self::Units(_) | Self::Roster(_) | Self::Excluded(_) => false,
            Self::Reveals(_) | Self::Announcements(_) | Self::Picture(_) => false,
        }
    }
}

fn boxed<T: Content + 'static>(reading: Reading<T>) -> (Option<Box<dyn Content>>, Verdict) {
    let read = reading.bank_read();
    let Reading { content, rows, errors, warnings, .. } = reading;
    (content.map(|content| Box::new(content) as Box<dyn Content>), Verdict { rows, read, errors, warnings })
}

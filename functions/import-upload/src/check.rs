//! `hoithi check`: a whole folder judged as if it were uploaded, without a store.

use crate::folder::{Folder, count_ties};
use crate::name::Named;
use crate::roles::{Role, plan};
use crate::verdict::Verdict;
use chrono_tz::Tz;
use contest::load::{self, Load};
use contest::prizes::PrizeTotals;
use contest::problem::{Place, Problem, ProblemKind};
use contest::time::{Timestamp, local_date};
use documents::console::plan::{Beside, Facts};
use documents::report::BankRead;

/// What checking a folder found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckReport {
    /// The files, the plan first, then by name.
    pub files: Vec<FileReport>,
    /// What the prizes come to, where the plan could be read.
    pub prizes: Option<PrizeTotals>,
    /// Attempts that a round can have, and what they bring, where the folder says how many people there are.
    pub load: Option<(u64, Load)>,
    /// What the plan was understood to say, where it has no errors, and the zone of its times.
    pub facts: Option<(Tz, Facts)>,
    /// Files without which there is no contest, and which are not in the folder.
    pub missing: Vec<String>,
}

impl CheckReport {
    /// Whether any file has an error.
    pub fn has_errors(&self) -> bool {
        self.files.iter().any(|file| !file.errors.is_empty())
    }
}

/// What was found in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileReport {
    /// Name of the file.
    pub file: String,
    /// Rows that were read.
    pub rows: u64,
    /// What was read of questions, where it is a bank.
    pub read: Option<BankRead>,
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

impl FileReport {
    /// Something in the folder that is no ordinary file: a symbolic link, a folder, a pipe. It is not read.
    pub fn not_a_file(name: &str) -> Self {
        Self::of(name, Verdict { warnings: vec![Problem::of_file(ProblemKind::NotAFile)], ..Verdict::default() })
    }

    fn of(name: &str, verdict: Verdict) -> Self {
        let Verdict { rows, read, errors, warnings } = verdict;
        Self { file: name.to_owned(), rows, read, errors, warnings }
    }
}

/// Judges the files of a folder, given as names and contents, as if the plan came first, then the
/// units, then the rest.
pub fn check_folder(files: &[(String, Vec<u8>)], now: Timestamp) -> CheckReport {
    let today = local_date(now, chrono_tz::Asia::Ho_Chi_Minh);
    let mut order: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
    order.sort_by_key(|(name, _)| (Role::of(name).map_or(2, Role::turn), *name));
    let mut folder = Folder::default();
    let mut has_plan = false;
    let mut reports: Vec<FileReport> = Vec::new();
    for (name, bytes) in order {
        let role = match Named::of(name) {
            Named::Role(role) => role,
            Named::Ignored => {
                reports.push(FileReport::of(name, Verdict::ignored()));
                continue;
            }
            Named::Refused(kind) => {
                reports.push(FileReport::of(name, Verdict::refused(kind)));
                continue;
            }
        };
        let (content, mut verdict) = role.read(name, bytes, today);
        has_plan |= role == Role::Plan && verdict.errors.is_empty();
        if let Some(content) = content {
            content.cross_check(&folder, &mut verdict);
            verdict.warnings.extend(content.past(now));
            // What can be read of a table with errors would say of others what is not so.
            if role == Role::Plan || verdict.errors.is_empty() {
                content.put(&mut folder);
            }
        }
        if let Some(earlier) = reports.iter().find(|earlier| same_role(&earlier.file, name)) {
            verdict.warnings.push(Problem::of_file(ProblemKind::SameRole { file: earlier.file.clone() }));
        }
        reports.push(FileReport::of(name, verdict));
    }
    for report in &mut reports {
        report.warnings.retain(|problem| !is_here(problem, files));
    }
    to_their_files(&mut reports);
    let (roster, units) = (folder.roster_lines(), folder.units.as_ref());
    let of_plan = reports.iter_mut().find(|report| report.file == plan::FILE);
    if let (Some(report), Some(plan)) = (of_plan, &folder.plan) {
        count_ties(&mut report.warnings, plan, roster, units);
    }
    let plan = folder.plan.as_ref().filter(|_| has_plan);
    let is_sound = reports.iter().any(|report| report.file == plan::FILE && report.errors.is_empty());
    let text = folder.plan_text.as_deref().unwrap_or_default();
    let beside = Beside { units, roster, carried: None };
    CheckReport {
        missing: missing(&reports),
        files: reports,
        load: plan.and_then(|plan| load::expected(plan, roster, units)),
        prizes: plan.map(PrizeTotals::of),
        facts: plan.filter(|_| is_sound).map(|plan| (plan.time_zone, Facts::of_text(plan, text, beside))),
    }
}

/// Moves what is to be mended in another file to what is said of that file.
fn to_their_files(reports: &mut [FileReport]) {
    let mut moved: Vec<(&'static str, bool, Problem)> = Vec::new();
    for report in reports.iter_mut() {
        for (list, is_error) in [(&mut report.errors, true), (&mut report.warnings, false)] {
            for problem in std::mem::take(list) {
                match problem.place {
                    Place::Other { file, at } => {
                        moved.push((file, is_error, Problem { place: *at, kind: problem.kind }))
                    }
                    _ => list.push(problem),
                }
            }
        }
    }
    for (file, is_error, problem) in moved {
        // It was judged against that file, so it is there.
        for report in reports.iter_mut().filter(|report| report.file == file) {
            let list = if is_error { &mut report.errors } else { &mut report.warnings };
            list.push(problem.clone());
            list.sort_by_key(|problem| problem.place.row());
        }
    }
}

/// The plan, and what it or others wait for.
fn missing(reports: &[FileReport]) -> Vec<String> {
    let has_plan = reports.iter().any(|report| report.file == plan::FILE);
    let mut missing: Vec<String> = if has_plan { Vec::new() } else { vec![plan::FILE.to_owned()] };
    for problem in reports.iter().flat_map(|report| &report.warnings) {
        if let ProblemKind::WaitingFor { file } = &problem.kind
            && !missing.contains(file)
        {
            missing.push(file.clone());
        }
    }
    missing
}

/// Whether two names stand for one thing. Banks may be many, each by its own name.
fn same_role(one: &str, other: &str) -> bool {
    let stem = |name: &str| match Role::of(name)? {
        Role::Bank(_) => Some(name.to_owned()),
        _ => name.rsplit_once('.').map(|(stem, _)| stem.to_owned()),
    };
    stem(one).is_some() && stem(one) == stem(other)
}

/// Whether a file that is waited for lies in the folder after all.
fn is_here(problem: &Problem, files: &[(String, Vec<u8>)]) -> bool {
    match &problem.kind {
        ProblemKind::WaitingFor { file } => files.iter().any(|(name, _)| same_role(name, file)),
        _ => false,
    }
}

#[cfg(test)]
mod cases;
#[cfg(test)]
mod cures;
#[cfg(test)]
mod plans;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod texts;

//! How the files of a folder fit each other.

use crate::folder::{BankSize, Content, Folder, PLAN_FILE};
use contest::ids::{ContestId, UnitCode};
use contest::plan::{Draw, Field, Plan, RegistrationMode};
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::search_key;
use contest::units::UnitTree;

/// What a file lacks or contradicts in the rest of its folder.
#[derive(Debug, Default)]
pub(crate) struct Fit {
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

impl Fit {
    fn error(&mut self, column: &str, kind: ProblemKind) {
        self.errors.push(at_column(column, kind));
    }

    fn wait_for(&mut self, file: &str) {
        self.warnings.push(Problem::of_file(ProblemKind::WaitingFor { file: file.to_owned() }));
    }
}

fn at_column(column: &str, kind: ProblemKind) -> Problem {
    Problem { place: Place { sheet: None, row: None, column: Some(column.to_owned()) }, kind }
}

/// Judges `content` of the file named `file` against a folder of which it is not yet part. `contest` is
/// the name of the folder, where it has one.
pub(crate) fn judge(contest: Option<&ContestId>, folder: &Folder, file: &str, content: &Content) -> Fit {
    let mut fit = Fit::default();
    match content {
        Content::Plan { plan, .. } => judge_plan(contest, folder, plan, &mut fit),
        Content::Bank(bank) => match &folder.plan {
            Some(plan) => judge_bank(plan, file, &BankSize::of(bank), None, &mut fit),
            None => fit.wait_for(PLAN_FILE),
        },
        Content::Units(tree) => {
            match &folder.plan {
                Some(plan) => levels(plan, tree, &mut fit),
                None => fit.wait_for(PLAN_FILE),
            }
            roster(folder.roster.as_deref().unwrap_or_default(), tree, &mut fit);
        }
        Content::Roster(lines) => {
            if folder.plan.is_none() {
                fit.wait_for(PLAN_FILE);
            }
            let named: Vec<(Option<u32>, String)> =
                lines.iter().map(|line| (Some(line.row), line.unit.clone())).collect();
            match &folder.units {
                Some(tree) => roster(&named, tree, &mut fit),
                None => fit.wait_for("units.csv"),
            }
        }
        Content::Excluded(_) => {
            if folder.plan.is_none() {
                fit.wait_for(PLAN_FILE);
            }
        }
    }
    fit
}

fn judge_plan(contest: Option<&ContestId>, folder: &Folder, plan: &Plan, fit: &mut Fit) {
    if let Some(folder) = contest.filter(|id| plan.id != **id) {
        fit.error("id", ProblemKind::IdIsNotFolder { folder: folder.to_string() });
    }
    for round in &plan.rounds {
        match folder.banks.get(&round.bank) {
            Some(size) => judge_bank(plan, &round.bank, size, Some(&round.bank), fit),
            None => fit.wait_for(&round.bank),
        }
    }
    match &folder.units {
        Some(tree) => levels(plan, tree, fit),
        None if plan.registration.fields.contains(&Field::Unit) => fit.wait_for("units.csv"),
        None => {}
    }
    if plan.registration.mode == RegistrationMode::Roster && folder.roster.is_none() {
        fit.wait_for("roster.csv");
    }
}

/// Whether a bank has what a paper needs. `column` names the bank in the problems of another file.
fn judge_bank(plan: &Plan, file: &str, size: &BankSize, bank: Option<&str>, fit: &mut Fit) {
    if !plan.rounds.iter().any(|round| round.bank == file) {
        fit.warnings.push(Problem::of_file(ProblemKind::BankNotNamed));
        return;
    }
    let place = |kind: ProblemKind| match bank {
        Some(bank) => at_column(bank, kind),
        None => Problem::of_file(kind),
    };
    let rules = &plan.attempt;
    let announced = rules.questions as usize;
    if rules.draw == Draw::All {
        if size.questions > contest::limits::MAX_QUESTIONS {
            fit.errors.push(place(ProblemKind::TooMany { most: contest::limits::MAX_QUESTIONS }));
        }
        if size.questions != announced {
            fit.warnings.push(place(ProblemKind::PaperIsWholeBank { have: size.questions, announced }));
        }
        return;
    }
    let mut need = |have: usize, need: usize, topic: Option<&str>| {
        if have < need {
            let topic = topic.map(str::to_owned);
            fit.errors.push(place(ProblemKind::TooFewQuestions { have, need, topic }));
        }
    };
    need(size.questions, announced, None);
    for quota in &rules.quota {
        let have = size.topics.get(&search_key(&quota.topic)).copied().unwrap_or(0);
        need(have, quota.count as usize, Some(&quota.topic));
    }
}

/// Whether the units have what collective prizes and commendations name.
fn levels(plan: &Plan, tree: &UnitTree, fit: &mut Fit) {
    for collective in &plan.collective {
        if !tree.units().iter().any(|unit| unit.level.as_deref() == Some(&collective.level)) {
            fit.error("collective.level", ProblemKind::UnknownLevel { level: collective.level.clone() });
        }
    }
    for commendation in &plan.commendation {
        if tree.find(&commendation.unit).is_none() {
            fit.error("commendation.unit", ProblemKind::UnknownUnit { unit: commendation.unit.to_string() });
        }
    }
}

fn roster(named: &[(Option<u32>, String)], tree: &UnitTree, fit: &mut Fit) {
    for (row, unit) in named {
        if let Err(kind) = resolve(tree, unit) {
            let place = Place { sheet: None, row: *row, column: Some("Đơn vị".to_owned()) };
            fit.errors.push(Problem { place, kind });
        }
    }
}

/// The unit that a roster means: by code, or by a name that only one unit has.
///
/// # Errors
/// Where there is no such unit, or more than one.
pub(crate) fn resolve(tree: &UnitTree, written: &str) -> Result<UnitCode, ProblemKind> {
    if let Some(place) = UnitCode::parse(written).ok().and_then(|code| tree.find(&code)) {
        return Ok(tree.units()[place].code.clone());
    }
    let key = written.to_lowercase();
    let mut named = tree.units().iter().filter(|unit| unit.name.to_lowercase() == key);
    match (named.next(), named.next()) {
        (Some(unit), None) => Ok(unit.code.clone()),
        (Some(_), Some(_)) => Err(ProblemKind::AmbiguousUnit { unit: written.to_owned() }),
        (None, _) => Err(ProblemKind::UnknownUnit { unit: written.to_owned() }),
    }
}

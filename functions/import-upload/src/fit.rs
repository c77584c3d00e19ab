//! How the files of a folder fit each other.

use crate::folder::{BankSize, Content, Folder, PLAN_FILE};
use crate::tables::reveals::RevealLine;
use contest::ids::{ContestId, UnitCode};
use contest::lots::commitment;
use contest::plan::{Draw, Field, Plan, RegistrationMode};
use contest::plan_file::line_of;
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::search_key;
use contest::units::UnitTree;

/// What a file lacks or contradicts in the rest of its folder.
#[derive(Debug, Default)]
pub(crate) struct Fit<'a> {
    /// The text of the plan, where the plan itself is judged.
    plan_text: Option<&'a str>,
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

impl Fit<'_> {
    fn error(&mut self, key: &str, kind: ProblemKind) {
        self.errors.push(at_key(self.plan_text, key, kind));
    }

    fn wait_for(&mut self, file: &str) {
        self.warnings.push(Problem::of_file(ProblemKind::WaitingFor { file: file.to_owned() }));
    }
}

/// A problem with a key of the plan, with its line where the plan itself is judged. Numbers in the key
/// tell several tables of one name apart and are not part of the column.
pub(crate) fn at_key(plan_text: Option<&str>, key: &str, kind: ProblemKind) -> Problem {
    let row = plan_text.and_then(|text| line_of(text, key));
    let named: Vec<&str> = key.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    Problem { place: Place { sheet: None, row, column: Some(named.join(".")) }, kind }
}

/// Judges `content` of the file named `file` against a folder of which it is not yet part. `contest` is
/// the name of the folder, where it has one.
pub(crate) fn judge<'a>(contest: Option<&ContestId>, folder: &Folder, file: &str, content: &'a Content) -> Fit<'a> {
    let mut fit = Fit::default();
    match content {
        Content::Plan { plan, text } => {
            fit.plan_text = Some(text);
            judge_plan(contest, folder, plan, &mut fit);
        }
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
        Content::Reveals(lines) => match &folder.plan {
            Some(plan) => reveals(plan, lines, &mut fit),
            None => fit.wait_for(PLAN_FILE),
        },
    }
    fit
}

fn judge_plan(contest: Option<&ContestId>, folder: &Folder, plan: &Plan, fit: &mut Fit<'_>) {
    if let Some(folder) = contest.filter(|id| plan.id != **id) {
        fit.error("id", ProblemKind::IdIsNotFolder { folder: folder.to_string() });
    }
    for (place, round) in plan.rounds.iter().enumerate() {
        match folder.banks.get(&round.bank) {
            Some(size) => judge_bank(plan, &round.bank, size, Some(place), fit),
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

/// Whether a bank has what a paper needs. Where the plan itself is judged, `round` is the place of the
/// round that draws from it.
fn judge_bank(plan: &Plan, file: &str, size: &BankSize, round: Option<usize>, fit: &mut Fit<'_>) {
    if !plan.rounds.iter().any(|round| round.bank == file) {
        fit.warnings.push(Problem::of_file(ProblemKind::BankNotNamed));
        return;
    }
    let plan_text = fit.plan_text;
    let place = |kind: ProblemKind| match round {
        Some(round) => at_key(plan_text, &format!("rounds.{round}.bank"), kind),
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
fn levels(plan: &Plan, tree: &UnitTree, fit: &mut Fit<'_>) {
    for (place, collective) in plan.collective.iter().enumerate() {
        if !tree.units().iter().any(|unit| unit.level.as_deref() == Some(&collective.level)) {
            fit.error(
                &format!("collective.{place}.level"),
                ProblemKind::UnknownLevel { level: collective.level.clone() },
            );
        }
    }
    for (place, commendation) in plan.commendation.iter().enumerate() {
        if tree.find(&commendation.unit).is_none() {
            fit.error(
                &format!("commendation.{place}.unit"),
                ProblemKind::UnknownUnit { unit: commendation.unit.to_string() },
            );
        }
    }
}

fn roster(named: &[(Option<u32>, String)], tree: &UnitTree, fit: &mut Fit<'_>) {
    for (row, unit) in named {
        if let Err(kind) = resolve(tree, unit) {
            let place = Place { sheet: None, row: *row, column: Some("Đơn vị".to_owned()) };
            fit.errors.push(Problem { place, kind });
        }
    }
}

/// Whether somebody committed to each value.
fn reveals(plan: &Plan, lines: &[RevealLine], fit: &mut Fit<'_>) {
    for line in lines {
        let mut fault = |column: &str, kind| fit.errors.push(Problem::at(line.row, column, kind));
        match plan.round(&line.round) {
            None => fault("Vòng", ProblemKind::UnknownRound { round: line.round.to_string() }),
            Some(round) if !round.lot_witnesses.contains(&commitment(&line.value)) => {
                fault("Giá trị", ProblemKind::NoSuchCommitment);
            }
            Some(_) => {}
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

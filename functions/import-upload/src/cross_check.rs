//! How the files of a folder fit each other.

mod banks;

use crate::folder::{Content, Folder, PLAN_FILE};
use crate::tables::reveals::RevealLine;
use contest::ids::{ContestId, UnitCode};
use contest::load::{self, Limit, Load};
use contest::lots::commitment;
use contest::plan::{Field, Plan, RegistrationMode};
use contest::plan_file::line_of;
use contest::problem::{Place, Problem, ProblemKind};
use contest::units::UnitTree;
use documents::words::import::headers::{people, reveals};

/// What a file lacks or contradicts in the rest of its folder.
#[derive(Debug, Default)]
pub(crate) struct Findings<'a> {
    /// The text of the plan, where the plan itself is judged.
    plan_text: Option<&'a str>,
    pub errors: Vec<Problem>,
    pub warnings: Vec<Problem>,
}

impl Findings<'_> {
    fn error(&mut self, key: &str, kind: ProblemKind) {
        self.errors.push(at_key(self.plan_text, key, kind));
    }

    fn wait_for(&mut self, file: &str) {
        let waiting = Problem::of_file(ProblemKind::WaitingFor { file: file.to_owned() });
        if !self.warnings.contains(&waiting) {
            self.warnings.push(waiting);
        }
    }
}

/// A problem with a key of the plan, with its line where the plan itself is judged. Numbers in the key
/// tell several tables of one name apart and are not part of the column.
pub(crate) fn at_key(plan_text: Option<&str>, key: &str, kind: ProblemKind) -> Problem {
    let line = plan_text.and_then(|text| line_of(text, key));
    let named: Vec<&str> = key.split('.').filter(|part| part.parse::<usize>().is_err()).collect();
    Problem { place: Place::Key { line, key: named.join(".") }, kind }
}

/// Judges `content` of the file named `file` against a folder of which it is not yet part. `contest` is
/// the name of the folder, where it has one.
pub(crate) fn cross_check<'a>(
    contest: Option<&ContestId>,
    folder: &Folder,
    file: &str,
    content: &'a Content,
) -> Findings<'a> {
    let mut found = Findings::default();
    match content {
        Content::Plan { plan, text } => {
            found.plan_text = Some(text);
            check_plan(contest, folder, plan, &mut found);
        }
        Content::Bank(tables) => match &folder.plan {
            Some(plan) => banks::check_file(plan, folder, file, content, &mut found),
            None => {
                found.wait_for(PLAN_FILE);
                found.warnings.extend(banks::several(tables));
            }
        },
        Content::Units(tree) => {
            match &folder.plan {
                Some(plan) => levels(plan, tree, &mut found),
                None => found.wait_for(PLAN_FILE),
            }
            roster(folder.roster.as_deref().unwrap_or_default(), tree, &mut found);
        }
        Content::Roster(lines) => {
            if folder.plan.is_none() {
                found.wait_for(PLAN_FILE);
            }
            let named: Vec<(Option<u32>, String)> =
                lines.iter().map(|line| (Some(line.row), line.unit.clone())).collect();
            match &folder.units {
                Some(tree) => roster(&named, tree, &mut found),
                None => found.wait_for("units.csv"),
            }
        }
        Content::Excluded(_) => {
            if folder.plan.is_none() {
                found.wait_for(PLAN_FILE);
            }
        }
        Content::Reveals(lines) => match &folder.plan {
            Some(plan) => reveals(plan, lines, &mut found),
            None => found.wait_for(PLAN_FILE),
        },
    }
    load_of(folder, content, &mut found);
    found
}

/// Whether the contest can bring more than a deployment carries whose parameters nobody has changed. What this one has
/// only the check at the opening knows: a folder is judged alike wherever it is judged.
fn load_of(folder: &Folder, content: &Content, found: &mut Findings<'_>) {
    let known = match content {
        Content::Plan { plan, .. } => (Some(&**plan), folder.roster_lines(), folder.units.as_ref()),
        Content::Units(tree) => (folder.plan.as_ref(), folder.roster_lines(), Some(tree)),
        Content::Roster(lines) => (folder.plan.as_ref(), Some(lines.len() as u64), folder.units.as_ref()),
        Content::Bank(_) | Content::Excluded(_) | Content::Reveals(_) => return,
    };
    let (Some(plan), roster, units) = known else { return };
    let Some((attempts, load)) = load::expected(plan, roster, units) else { return };
    let beyond = load.beyond(Load::BY_DEFAULT);
    if !beyond.is_empty() {
        let kind = ProblemKind::HeavyRounds {
            attempts,
            requests: load.requests,
            parameters: beyond.into_iter().map(|(limit, ..)| Limit::parameter(limit)).collect(),
        };
        let problem = match found.plan_text {
            Some(_) => at_key(found.plan_text, "attempt.per_round", kind),
            None => Problem::of_file(kind),
        };
        found.warnings.push(problem);
    }
}

fn check_plan(contest: Option<&ContestId>, folder: &Folder, plan: &Plan, found: &mut Findings<'_>) {
    if let Some(folder) = contest.filter(|id| plan.id != **id) {
        found.error("id", ProblemKind::IdIsNotFolder { folder: folder.to_string() });
    }
    banks::check_plan(plan, folder, found);
    match &folder.units {
        Some(tree) => levels(plan, tree, found),
        None if plan.registration.fields.contains(&Field::Unit) => found.wait_for("units.csv"),
        None => {}
    }
    if plan.registration.mode == RegistrationMode::Roster && folder.roster.is_none() {
        found.wait_for("roster.csv");
    }
}

/// Whether the units have what collective prizes and commendations name.
fn levels(plan: &Plan, tree: &UnitTree, found: &mut Findings<'_>) {
    for (place, collective) in plan.rules.collective.iter().enumerate() {
        if !tree.units().iter().any(|unit| unit.level.as_deref() == Some(&collective.level)) {
            found.error(
                &format!("collective.{place}.level"),
                ProblemKind::UnknownLevel { level: collective.level.clone() },
            );
        }
    }
    for (place, commendation) in plan.commendation.iter().enumerate() {
        if tree.find(&commendation.unit).is_none() {
            found.error(
                &format!("commendation.{place}.unit"),
                ProblemKind::UnknownUnit { unit: commendation.unit.to_string() },
            );
        }
    }
}

fn roster(named: &[(Option<u32>, String)], tree: &UnitTree, found: &mut Findings<'_>) {
    for (row, unit) in named {
        if let Err(kind) = resolve(tree, unit) {
            let column = people::UNIT.shown.to_owned();
            let place = match *row {
                Some(row) => Place::Cell { sheet: None, row, column: Some(column) },
                None => Place::Column(column),
            };
            found.errors.push(Problem { place, kind });
        }
    }
}

/// Whether somebody committed to each value.
fn reveals(plan: &Plan, lines: &[RevealLine], found: &mut Findings<'_>) {
    for line in lines {
        let mut fault = |column: &str, kind| found.errors.push(Problem::at(line.row, column, kind));
        match plan.round(&line.round) {
            None => fault(reveals::ROUND.shown, ProblemKind::UnknownRound { round: line.round.to_string() }),
            Some(round) if !round.lot_witnesses.contains(&commitment(&line.value)) => {
                fault(reveals::VALUE.shown, ProblemKind::NoSuchCommitment);
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

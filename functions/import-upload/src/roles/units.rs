//! The tree of units.

use super::plan::{self, at_key};
use super::{Content, roster};
use crate::folder::{Folder, heavy};
use crate::in_force::{Change, Compiled, InForce, Stage};
use crate::readers::{Format, Worksheet};
use crate::table::{Column, Table, TableRow};
use crate::tables::{Reading, of_sheets};
use crate::verdict::Verdict;
use contest::ids::UnitCode;
use contest::limits::MAX_UNITS;
use contest::plan::{Collective, Field, Measure, Plan, RegistrationMode};
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::{is_legible, looks_broken, name_seems_to_lack_letters};
use contest::units::{TreeFault, Unit, UnitChange, UnitTree};
use documents::words::import::headers::{Header, units as headers};
use store::{RosterPerson, StoredRoster, StoredUnits};

/// Units this small let a published figure tell who someone is (`RELIABILITY.md` 4.5).
const SMALL_UNIT: u64 = 5;

const COLUMNS: &[Column] = &[
    Column::required(headers::CODE),
    Column::required(headers::NAME),
    Column::optional(headers::PARENT),
    Column::optional(headers::LEVEL),
    Column::optional(headers::MEMBERS),
];

/// Reads a table of units; there is a tree exactly where there are no errors.
pub fn read(format: Format, bytes: &[u8]) -> Reading<UnitTree> {
    let reading = read_all(format, bytes);
    Reading { content: reading.content.filter(|_| reading.errors.is_empty()), ..reading }
}

/// Reads what can be read: a plan is judged against the levels of a table with errors, too.
pub(super) fn read_all(format: Format, bytes: &[u8]) -> Reading<UnitTree> {
    of_sheets(format, bytes, tree)
}

fn tree(sheets: &[Worksheet]) -> Reading<UnitTree> {
    let table = match Table::find(sheets, COLUMNS) {
        Ok(table) => table,
        Err(problems) => return Reading::unreadable(problems),
    };
    let mut errors = table.unreadable();
    let mut warnings = Vec::new();
    let rows: Vec<TableRow<'_>> = table.rows().collect();
    if rows.len() > MAX_UNITS {
        errors.push(Problem::of_file(ProblemKind::TooMany { most: MAX_UNITS }));
    }
    let units: Vec<(&TableRow<'_>, Unit)> =
        rows.iter().filter_map(|row| Some((row, unit(row, &mut errors, &mut warnings)?))).collect();
    let tree = match UnitTree::new(units.iter().map(|(_, unit)| unit.clone()).collect()) {
        Ok(tree) => tree,
        Err(faults) => {
            errors.extend(faults.into_iter().map(|fault| fault_of(fault, &units)));
            UnitTree::default()
        }
    };
    warnings.extend(smaller_than_below(&tree, &units));
    let tree = if errors.is_empty() { tree } else { of_levels(&rows) };
    Reading::of(tree, &table, errors, warnings)
}

/// Each unit whose own figure is less than the sum of those right below it.
fn smaller_than_below(tree: &UnitTree, units: &[(&TableRow<'_>, Unit)]) -> Vec<Problem> {
    let members = tree.members();
    let mut below: Vec<Option<u64>> = vec![None; members.len()];
    for (place, unit) in tree.units().iter().enumerate() {
        if let (Some(above), Some(own)) = (unit.parent.as_ref().and_then(|code| tree.find(code)), members[place]) {
            below[above] = Some(below[above].unwrap_or(0).saturating_add(own));
        }
    }
    let problem = |((row, unit), below): (&(&TableRow<'_>, Unit), Option<u64>)| {
        let (members, below) = (unit.members?, below?);
        let kind = ProblemKind::UnitSmallerThanBelow { members, below };
        (members < below).then(|| row.cell(headers::MEMBERS).problem(kind))
    };
    units.iter().zip(below).filter_map(problem).collect()
}

/// Of a table with errors the levels alone, each in a unit by itself.
fn of_levels(rows: &[TableRow<'_>]) -> UnitTree {
    let unit = |row: &TableRow<'_>| {
        let code = UnitCode::parse(&row.number().to_string()).ok()?;
        let level = row.cell(headers::LEVEL).some().map(str::to_owned);
        Some(Unit { name: String::new(), code, parent: None, level, members: None, added_at: None })
    };
    UnitTree::new(rows.iter().filter_map(unit).collect()).unwrap_or_default()
}

fn unit(row: &TableRow<'_>, errors: &mut Vec<Problem>, warnings: &mut Vec<Problem>) -> Option<Unit> {
    let mut code_of = |header: Header| {
        let cell = row.cell(header);
        let code = cell.some().map(UnitCode::parse)?;
        code.map_err(|_| errors.push(cell.problem(ProblemKind::InvalidUnitCode))).ok()
    };
    let code = code_of(headers::CODE);
    let parent = code_of(headers::PARENT);
    let name = row.cell(headers::NAME);
    for cell in [&row.cell(headers::CODE), &name].into_iter().filter(|cell| cell.is_missing()) {
        errors.push(cell.problem(ProblemKind::Empty));
    }
    let cell = row.cell(headers::MEMBERS);
    let members = cell.some().and_then(|text| {
        whole_number(text).or_else(|| {
            errors.push(cell.problem(ProblemKind::InvalidNumber));
            None
        })
    });
    if let Some(members) = members.filter(|members| (1..SMALL_UNIT).contains(members)) {
        warnings.push(cell.problem(ProblemKind::SmallUnit { members }));
    }
    let level = row.cell(headers::LEVEL).some().map(str::to_owned);
    for cell in [&name, &row.cell(headers::LEVEL)] {
        if cell.some().is_some_and(|text| name_seems_to_lack_letters(text) && !looks_broken(text)) {
            warnings.push(cell.problem(ProblemKind::LostLetters));
        }
        if cell.some().is_some_and(|text| !is_legible(text)) {
            errors.push(cell.problem(ProblemKind::InvalidText));
        }
    }
    Some(Unit { code: code?, name: name.text, parent, level, members, added_at: None })
}

/// Digits, with points between groups of three as Vietnamese texts print them: `5285`, `5.285`.
fn whole_number(text: &str) -> Option<u64> {
    let mut groups = text.split('.');
    let first = groups.next()?;
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || (first.len() <= 3 && rest.iter().all(|group| group.len() == 3));
    let digits = format!("{first}{}", rest.concat());
    let plain = !first.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()) && digits.len() <= 12;
    (grouped && plain).then(|| digits.parse().ok())?
}

fn fault_of(fault: TreeFault, units: &[(&TableRow<'_>, Unit)]) -> Problem {
    let (place, header, kind) = match fault {
        TreeFault::DuplicateCode { row, code } => {
            let first = units.iter().find(|(_, unit)| unit.code == code).map(|(row, _)| row.number());
            (row, headers::CODE, ProblemKind::Duplicate { value: code.to_string(), first_row: first })
        }
        TreeFault::UnknownParent { row, parent } => {
            (row, headers::PARENT, ProblemKind::UnknownParent { parent: parent.to_string() })
        }
        TreeFault::Cycle { row } => (row, headers::PARENT, ProblemKind::UnitCycle),
    };
    units[place].0.cell(header).problem(kind)
}

impl Content for UnitTree {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        let is_whole = verdict.errors.is_empty();
        if let Some(plan) = verdict.wait_for_plan(folder) {
            let text = folder.plan_text.as_deref();
            let in_plan = |key: &str, kind| {
                let Problem { place, kind } = at_key(text, key, kind);
                Problem { place: Place::Other { file: plan::FILE, at: Box::new(place) }, kind }
            };
            if is_whole {
                fit(plan, self).put(verdict, in_plan);
            } else {
                verdict.errors.extend(unknown_levels(plan, self).into_iter().map(|(key, kind)| in_plan(&key, kind)));
                return;
            }
            if are_not_asked(plan) {
                verdict.warnings.push(Problem::of_file(ProblemKind::UnitsNotAsked));
            }
        }
        verdict.errors.extend(roster::unknown_units(folder.roster.as_deref().unwrap_or_default(), self));
        let heavy = heavy(folder.plan.as_ref(), folder.roster_lines(), Some(self));
        verdict.warnings.extend(heavy.map(Problem::of_file));
    }

    fn put(&self, folder: &mut Folder) {
        folder.units = Some(self.clone());
    }

    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let opened = from.folder.units.clone().unwrap_or_default();
        let has_begun = from.stage == Some(Stage::Begun);
        let tree = if has_begun { &self.clone().added_to(&opened, from.now) } else { self };
        to.state.units = Some(to.put("units", &StoredUnits::of(tree))?);
        if from.state.roster.is_some() {
            // A roster that came before any units has them as they are written in it.
            let person =
                |person: &RosterPerson| RosterPerson { unit: code_of(Some(self), &person.unit), ..person.clone() };
            let roster = StoredRoster { people: from.roster.people.iter().map(person).collect() };
            to.state.roster = Some(to.put("roster", &roster)?);
        }
        Ok(())
    }

    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        let Some(old) = &change.from.folder.units else { return Vec::new() };
        let counts = |unit_change: &UnitChange| match change.stage {
            Stage::Planned => false,
            Stage::Registered => *unit_change == UnitChange::LeftOut,
            Stage::Begun => true,
        };
        let fault = |(place, unit_change): (usize, UnitChange)| {
            let unit = old.units()[place].code.to_string();
            Problem::of_file(match unit_change {
                UnitChange::LeftOut => ProblemKind::UnitLeftOut { unit },
                UnitChange::Moved => ProblemKind::UnitMoved { unit },
                UnitChange::OtherLevel => ProblemKind::UnitHasOtherLevel { unit },
                UnitChange::OtherMembers => ProblemKind::UnitHasOtherMembers { unit },
            })
        };
        self.changes_of(old).into_iter().filter(|(_, change)| counts(change)).map(fault).collect()
    }
}

/// How a plan fits the units, by its keys.
#[derive(Default)]
pub(super) struct Fit {
    errors: Vec<(String, ProblemKind)>,
    warnings: Vec<(String, ProblemKind)>,
}

impl Fit {
    /// Puts it into a verdict, each at its place.
    pub(super) fn put(self, verdict: &mut Verdict, at: impl Fn(&str, ProblemKind) -> Problem) {
        verdict.errors.extend(self.errors.into_iter().map(|(key, kind)| at(&key, kind)));
        verdict.warnings.extend(self.warnings.into_iter().map(|(key, kind)| at(&key, kind)));
    }
}

/// What the plan names, and no unit is or has; what it compares, and units do not say.
pub(super) fn fit(plan: &Plan, tree: &UnitTree) -> Fit {
    let mut fit = Fit { errors: unknown_levels(plan, tree), ..Fit::default() };
    let unit = |(place, unit): (usize, &UnitCode)| {
        (format!("commendation.{place}.unit"), ProblemKind::UnknownUnit { unit: unit.to_string() })
    };
    let units = plan.commendation.iter().map(|commendation| &commendation.unit).enumerate();
    fit.errors.extend(units.filter(|(_, code)| tree.find(code).is_none()).map(unit));
    let members = tree.members();
    for (place, collective) in plan.rules.collective.iter().enumerate() {
        let Some(key) = needs_members(collective) else { continue };
        let competing: Vec<usize> =
            (0..members.len()).filter(|&unit| tree.is_at_level(unit, &collective.levels)).collect();
        let without: Vec<usize> =
            competing.iter().copied().filter(|&unit| members[unit].is_none_or(|members| members == 0)).collect();
        let key = format!("collective.{place}.{key}");
        match without.first() {
            Some(_) if without.len() == competing.len() => fit.errors.push((key, ProblemKind::MembersMissing)),
            Some(&first) => {
                let (units, first) = (without.len(), tree.units()[first].name.clone());
                fit.warnings.push((key, ProblemKind::UnitsWithoutMembers { units, first }));
            }
            None => {}
        }
    }
    fit
}

/// Levels of the plan that no unit has.
fn unknown_levels(plan: &Plan, tree: &UnitTree) -> Vec<(String, ProblemKind)> {
    let mut levels: Vec<String> = Vec::new();
    for level in tree.units().iter().filter_map(|unit| unit.level.as_ref()) {
        if !levels.contains(level) {
            levels.push(level.clone());
        }
    }
    let asked = plan.registration.levels.iter().map(|level| ("registration.levels".to_owned(), level));
    let competing = plan
        .rules
        .collective
        .iter()
        .enumerate()
        .flat_map(|(place, of)| of.levels.iter().map(move |level| (format!("collective.{place}.level"), level)));
    let unknown = asked.chain(competing).filter(|(_, level)| !levels.contains(level));
    let problem = |(key, level): (String, &String)| {
        (key, ProblemKind::UnknownLevel { level: level.clone(), levels: levels.clone() })
    };
    unknown.map(problem).collect()
}

/// The key of a competition for which a unit needs a number of members.
fn needs_members(collective: &Collective) -> Option<&'static str> {
    let per_member = |key: &Measure| matches!(key, Measure::AttemptsPerMember | Measure::ContestantsPerMember);
    let counts_share = collective.points.as_ref().is_some_and(|points| points.contestants_percent > 0);
    if collective.measure.iter().any(per_member) {
        Some("measure")
    } else if collective.min_rate_percent > 0 {
        Some("min_rate_percent")
    } else {
        (counts_share && collective.measure.contains(&Measure::Points)).then_some("points")
    }
}

/// Whether a contest has no use for units: nobody says theirs, and no roster does.
pub(super) fn are_not_asked(plan: &Plan) -> bool {
    plan.registration.mode == RegistrationMode::Open && !plan.registration.fields.contains(&Field::Unit)
}

/// The unit that a roster means: by code, or by a name that only one unit has.
///
/// # Errors
/// Where there is no such unit, or more than one.
pub(super) fn resolve(tree: &UnitTree, written: &str) -> Result<UnitCode, ProblemKind> {
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

/// The code of the unit that a roster means; until the units arrive, what it says.
pub(super) fn code_of(units: Option<&UnitTree>, written: &str) -> String {
    units.and_then(|tree| resolve(tree, written).ok()).map_or_else(|| written.to_owned(), |code| code.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(csv: &str) -> Vec<String> {
        let reading = read(Format::Csv, csv.as_bytes());
        assert_eq!(reading.content.is_some(), reading.errors.is_empty());
        let line = |p: &Problem| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0));
        reading.errors.iter().map(line).collect()
    }

    #[test]
    fn a_tree_with_points_in_its_numbers_is_read() {
        let csv = "Mã,Tên,Đơn vị cấp trên,Cấp,Số thành viên\nkhoi,Khối,,bloc,5.285\na,Đảng bộ A,khoi,base,12\n";
        let reading = read(Format::Csv, csv.as_bytes());
        let tree = reading.content.expect("a tree");
        assert_eq!((tree.units().len(), tree.units()[0].members, reading.rows), (2, Some(5285), 2));
        assert_eq!(tree.self_and_ancestors(1).nth(1), Some(0));
    }

    #[test]
    fn units_of_fewer_than_five_members_are_a_warning() {
        let csv = "Mã,Tên,Số thành viên\na,A,4\nb,B,5\nc,C,0\nd,D,\n";
        let reading = read(Format::Csv, csv.as_bytes());
        let rows: Vec<_> = reading.warnings.iter().map(|p| (p.kind.code(), p.place.row())).collect();
        assert_eq!(rows, [("small_unit", Some(2))]);
    }

    #[test]
    fn every_bad_row_is_named_at_once() {
        let csv = "code;name;parent;level;members\na;A;b;;x\nb;B;a;;1\nb;B again;;;\n;nameless;;;\nd;;zz;;1.23\n";
        assert_eq!(
            codes(csv),
            ["invalid_number 2", "duplicate 4", "empty 5", "empty 6", "invalid_number 6", "unknown_parent 6"]
                .map(str::to_owned)
                .to_vec()
        );
        assert_eq!(codes("Mã,Tên,parent\na,A,b\nb,B,a\n"), ["unit_cycle 2", "unit_cycle 3"]);
        assert_eq!(codes("Mã,Cấp\na,xã\n"), ["missing_column 1"]);
    }
}

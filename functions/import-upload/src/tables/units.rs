//! The tree of units.

use super::Reading;
use crate::readers::Worksheet;
use crate::table::{Column, Table, TableRow};
use contest::ids::UnitCode;
use contest::limits::MAX_UNITS;
use contest::problem::{Problem, ProblemKind};
use contest::text::is_legible;
use contest::units::{TreeFault, Unit, UnitTree};
use documents::words::import::headers::{Header, units as headers};

/// Units this small let a published figure tell who someone is (`RELIABILITY.md` 4.5).
const SMALL_UNIT: u64 = 5;

const COLUMNS: &[Column] = &[
    Column::required(headers::CODE),
    Column::required(headers::NAME),
    Column::optional(headers::PARENT),
    Column::optional(headers::LEVEL),
    Column::optional(headers::MEMBERS),
];

/// Reads the units.
pub fn read(sheets: &[Worksheet]) -> Reading<UnitTree> {
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
    Reading::of(tree, &table, errors, warnings)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{Format, read as read_file};

    fn codes(csv: &str) -> Vec<String> {
        let reading = read(&read_file(Format::Csv, csv.as_bytes()).expect("readable"));
        assert_eq!(reading.content.is_some(), reading.errors.is_empty());
        let line = |p: &Problem| format!("{} {}", p.kind.code(), p.place.row().unwrap_or(0));
        reading.errors.iter().map(line).collect()
    }

    #[test]
    fn a_tree_with_points_in_its_numbers_is_read() {
        let csv = "Mã,Tên,Đơn vị cấp trên,Cấp,Số thành viên\nkhoi,Khối,,bloc,5.285\na,Đảng bộ A,khoi,base,12\n";
        let reading = read(&read_file(Format::Csv, csv.as_bytes()).expect("readable"));
        let tree = reading.content.expect("a tree");
        assert_eq!((tree.units().len(), tree.units()[0].members, reading.rows), (2, Some(5285), 2));
        assert_eq!(tree.self_and_ancestors(1).nth(1), Some(0));
    }

    #[test]
    fn units_of_fewer_than_five_members_are_a_doubt() {
        let csv = "Mã,Tên,Số thành viên\na,A,4\nb,B,5\nc,C,0\nd,D,\n";
        let reading = read(&read_file(Format::Csv, csv.as_bytes()).expect("readable"));
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

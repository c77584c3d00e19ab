//! Who fulfils a commendation over the contest, as the workbook for officials says.

use anyhow::Context;
use calamine::{Data, DataType, Range, Reader, Xlsx, open_workbook};
use contest::plan::{Plan, Scope};
use std::fmt::Write as _;
use std::path::Path;

/// Columns of a sheet of `commendation.xlsx`: place, name, date of birth, unit, rounds, longest run.
const NAME: usize = 1;
const UNIT: usize = 3;
const LONGEST: usize = 5;

/// For each commendation over the contest: how many fulfil it and how many lack one thing, then everybody who fulfils it
/// with those whom they brought in.
///
/// # Errors
/// Where there is no workbook, or it has other sheets than two for each commendation.
pub(super) fn commended(plan: &Plan, officials: &Path) -> anyhow::Result<String> {
    let mut told = String::new();
    if !plan.commends_over_the_contest() {
        return Ok(told);
    }
    let path = officials.join(format!("{}/overall/v1/commendation.xlsx", plan.id));
    let mut workbook: Xlsx<_> = open_workbook(&path).with_context(|| format!("cannot read {}", path.display()))?;
    let mut sheets = workbook.worksheets().into_iter().map(|(_, sheet)| sheet);
    for commendation in plan.commendation.iter().filter(|of| of.scope == Scope::Contest) {
        let mut people = || Some(rows(&sheets.next()?));
        let (fulfilled, lacking) = people().zip(people()).context("a commendation has two sheets")?;
        let count = |rows: &[Row]| rows.iter().filter(|row| !row.is_brought_in()).count();
        let (fulfil, lack) = (count(&fulfilled), count(&lacking));
        writeln!(told, "commended over the contest ({}): {fulfil} fulfil it, {lack} lack one thing", commendation.id)?;
        for Row { place, name, unit, longest } in &fulfilled {
            writeln!(told, "{place:>6}  {name:<24}longest run {longest:>2}  {unit}")?;
        }
    }
    Ok(told)
}

struct Row {
    /// `1` for a person, `1.1` for somebody whom that person brought in.
    place: String,
    name: String,
    unit: String,
    longest: u64,
}

impl Row {
    fn is_brought_in(&self) -> bool {
        self.place.contains('.')
    }
}

/// The rows below the heading: those that count rounds.
fn rows(sheet: &Range<Data>) -> Vec<Row> {
    let text = |cell: Option<&Data>| cell.and_then(DataType::as_string).unwrap_or_default();
    let row = |cells: &[Data]| {
        let longest = cells.get(LONGEST)?.get_float()? as u64;
        Some(Row { place: text(cells.first()), name: text(cells.get(NAME)), unit: text(cells.get(UNIT)), longest })
    };
    sheet.rows().filter_map(row).collect()
}

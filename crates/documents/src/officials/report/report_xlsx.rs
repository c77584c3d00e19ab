//! `report.xlsx`: a sheet each for rounds, units, hours and prizes.

use super::ContestReport;
use crate::officials::first_page::saved;
use crate::officials::sheet::{Cell, Column, Table, workbook};
use crate::officials::units_xlsx::unit_cells;
use crate::words::letters::final_report as words;
use crate::words::{format, officials};
use contest::result::Totals;
use rust_xlsxwriter::XlsxError;

/// Writes the file.
///
/// # Errors
/// Where a text is longer than a cell may be (32 767 characters).
pub(super) fn report_xlsx(report: &ContestReport<'_>) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = workbook(report.plan, report.announced_at)?;
    let (round_rows, sum) = rounds(report);
    let (unit_rows, hour_rows, prize_rows) = (units(report), hours(report), prizes(report));
    let names = report.rounds.iter().map(|of| (report.round_name(&of.round), 14.0));
    let hour_columns: Vec<Column<'_>> =
        [(words::HOUR, 16.0)].into_iter().chain(names).chain([(words::ALL, 14.0)]).collect();
    let (sum, (planned, given)) = ([sum], report.budget());
    let sheets: [(_, &[Column<'_>], _, &[u64]); 4] = [
        (words::ROUNDS_SHEET, &words::ROUND_SHEET_COLUMNS, round_rows, &sum),
        (words::UNITS_SHEET, &words::UNIT_SHEET_COLUMNS, unit_rows, &[]),
        (words::HOURS_SHEET, &hour_columns, hour_rows, &[]),
        (words::PRIZES_SHEET, &words::PRIZE_SHEET_COLUMNS, prize_rows, &[planned, given]),
    ];
    for ((name, title), columns, rows, sums) in &sheets {
        let plan = report.plan;
        let title = [plan.organizer.clone(), (*title).to_owned(), plan.name.clone(), report.follows()];
        let table = Table { title: &title, columns, rows, sums, closing: None, signed: None };
        table.write(workbook.add_worksheet().set_name(*name)?)?;
    }
    saved(workbook)
}

/// Rounds and then the contest, and what was given for all of it.
fn rounds(report: &ContestReport<'_>) -> (Vec<Vec<Cell>>, u64) {
    let mut sum = 0;
    let mut rows = Vec::new();
    for (place, round) in (1..).zip(report.rounds) {
        let given = report.given_in(round);
        sum += given.amount;
        let mut row = vec![
            Cell::Count(place),
            Cell::Text(report.round_name(&round.round).to_owned()),
            Cell::Text(words::version(round.edition, round.status)),
        ];
        row.extend(figures(report, &round.totals));
        row.extend([Cell::Count(given.people), Cell::Count(given.units), Cell::Count(round.waiting)]);
        row.push(Cell::Money(given.amount));
        rows.push(row);
    }
    let given = report.given_once();
    sum += given.amount;
    let edition = report.edition.map(words::overall_version).unwrap_or_default();
    let mut row = vec![Cell::Text(String::new()), Cell::Text(officials::WHOLE_CONTEST.to_owned()), Cell::Text(edition)];
    row.extend(figures(report, &report.result.totals));
    row.extend([Cell::Count(given.people), Cell::Count(given.units), Cell::Count(report.result.waiting.len() as u64)]);
    row.push(Cell::Money(given.amount));
    rows.push(row);
    (rows, sum)
}

fn figures(report: &ContestReport<'_>, totals: &Totals) -> [Cell; 6] {
    let percent = totals.perfect_attempts_percent().map(|of| format::decimal(of, report.plan.rounding));
    [
        Cell::Count(totals.registered),
        Cell::Count(totals.contestants),
        Cell::Count(totals.attempts),
        Cell::Count(totals.perfect_attempts),
        Cell::Figure(percent.unwrap_or_default()),
        Cell::Count(totals.perfect_contestants),
    ]
}

fn units(report: &ContestReport<'_>) -> Vec<Vec<Cell>> {
    let (units, rounding) = (report.units.units(), report.plan.rounding);
    let rows = (1..).zip(report.by_unit).map(|(place, line)| unit_cells((place, &units[line.unit]), line, rounding));
    rows.collect()
}

fn hours(report: &ContestReport<'_>) -> Vec<Vec<Cell>> {
    let row = |hour: usize| {
        let counts = report.rounds.iter().map(|round| round.hours[hour]);
        let mut row = vec![Cell::Text(words::hour(hour))];
        row.extend(counts.clone().map(Cell::Count));
        row.push(Cell::Count(counts.sum()));
        row
    };
    (0..24).map(row).collect()
}

fn prizes(report: &ContestReport<'_>) -> Vec<Vec<Cell>> {
    let rows = (1..).zip(report.prizes()).map(|(place, prize)| {
        vec![
            Cell::Count(place),
            Cell::Text(prize.name),
            Cell::Text(words::for_whom(prize.collective.is_some()).to_owned()),
            Cell::Text(words::how_often(prize.scope).to_owned()),
            Cell::Money(prize.amount),
            Cell::Count(prize.planned),
            Cell::Count(prize.given),
            Cell::Money(prize.planned * prize.amount),
            Cell::Money(prize.given * prize.amount),
        ]
    });
    rows.collect()
}

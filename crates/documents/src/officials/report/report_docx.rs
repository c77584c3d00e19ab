//! `report.docx`: the report on the whole contest, ready to be numbered, completed and signed.

use super::ContestReport;
use crate::officials::docx::{Align, Column, Docx, Grid, Look, Properties};
use crate::officials::letter;
use crate::words::letters::{self, final_report as words};
use crate::words::{format, officials};
use contest::fraction::Fraction;
use contest::prizes::PrizeTotals;
use contest::result::Totals;

/// Most units in the table; the workbook has all.
const MOST_UNITS: usize = 50;

const ROUND_COLUMNS: [Column; words::ROUND_COLUMNS.len()] = [
    (2_654, Align::Left),
    (1_100, Align::Center),
    (1_100, Align::Center),
    (1_100, Align::Center),
    (1_200, Align::Center),
    (1_000, Align::Center),
    (1_200, Align::Right),
];
const UNIT_COLUMNS: [Column; words::UNIT_COLUMNS.len()] = [
    (600, Align::Center),
    (3_054, Align::Left),
    (1_000, Align::Center),
    (1_000, Align::Center),
    (1_000, Align::Center),
    (900, Align::Center),
    (900, Align::Center),
    (900, Align::Center),
];
const HOUR_COLUMNS: [Column; words::HOUR_COLUMNS.len()] =
    [(3_000, Align::Center), (3_000, Align::Center), (3_000, Align::Center)];
const PRIZE_COLUMNS: [Column; words::PRIZE_COLUMNS.len()] = [
    (2_754, Align::Left),
    (1_100, Align::Left),
    (1_500, Align::Right),
    (1_100, Align::Center),
    (1_200, Align::Center),
    (1_700, Align::Right),
];

/// Writes the file.
pub(super) fn report_docx(report: &ContestReport<'_>) -> Vec<u8> {
    let ContestReport { plan, head, announced_at, .. } = *report;
    let mut docx = Docx::default();
    letter::head(&mut docx, head, letters::REPORT_KIND);
    letter::title(&mut docx, words::TITLE, &[words::SUBJECT, &plan.name]);
    docx.paragraph(&words::opening(&plan.name, &plan.organizer), Look::BODY);
    rounds(&mut docx, report);
    units(&mut docx, report);
    hours(&mut docx, report);
    prizes(&mut docx, report);
    docx.paragraph(words::REMARKS, Look::SECTION);
    for _ in 0..3 {
        docx.paragraph(letters::LINE_OF_DOTS, Look::BODY.left());
    }
    docx.paragraph(&report.follows(), Look::BODY.kept());
    docx.paragraph(&words::closing(&plan.name), Look::BODY.kept());
    letter::signature(&mut docx, head);
    docx.finish(&Properties { title: &plan.name, author: &plan.organizer, created: announced_at })
}

fn rounds(docx: &mut Docx, report: &ContestReport<'_>) {
    docx.paragraph(words::BY_ROUND, Look::SECTION);
    let row = |name: &str, totals: &Totals, amount: u64| {
        let Totals { registered, contestants, attempts, perfect_attempts, .. } = *totals;
        let percent = totals.perfect_attempts_percent().map(|of| format::decimal(of, report.plan.rounding));
        let counts = [registered, contestants, attempts, perfect_attempts].map(format::grouped);
        let mut row = vec![name.to_owned()];
        row.extend(counts);
        row.extend([percent.unwrap_or_default(), format::grouped(amount)]);
        row
    };
    let by_round =
        report.rounds.iter().map(|of| row(report.round_name(&of.round), &of.totals, report.given_in(of).amount));
    let over_all = row(officials::WHOLE_CONTEST, &report.result.totals, report.given_once().amount);
    docx.list((&words::ROUND_COLUMNS, &ROUND_COLUMNS), by_round.chain([over_all]));
    docx.paragraph(words::CONTEST_COUNTS_PEOPLE_ONCE, Look::BODY);
}

fn units(docx: &mut Docx, report: &ContestReport<'_>) {
    docx.paragraph(words::BY_UNIT, Look::SECTION);
    let with_people = report.by_unit.iter().filter(|line| line.contestants > 0).count();
    let without = report.by_unit.len() - with_people;
    docx.paragraph(&words::units(report.by_unit.len() as u64, without as u64), Look::BODY);
    let ratio = |ratio: Option<Fraction>| ratio.map(|of| format::decimal(of, report.plan.rounding)).unwrap_or_default();
    let rows = (1..).zip(report.by_unit).take(with_people.min(MOST_UNITS)).map(|(place, line): (u64, _)| {
        vec![
            place.to_string(),
            report.units.units()[line.unit].name.clone(),
            line.members.map(format::grouped).unwrap_or_default(),
            format::grouped(line.registered),
            format::grouped(line.contestants),
            ratio(line.rate_percent),
            format::grouped(line.attempts),
            ratio(line.mean_score),
        ]
    });
    if with_people > 0 {
        docx.list((&words::UNIT_COLUMNS, &UNIT_COLUMNS), rows);
    }
    if with_people > MOST_UNITS {
        docx.paragraph(&words::more_units((with_people - MOST_UNITS) as u64), Look::BODY);
    }
}

fn hours(docx: &mut Docx, report: &ContestReport<'_>) {
    docx.paragraph(words::BY_HOUR, Look::SECTION);
    let counts: Vec<u64> = (0..24).map(|hour| report.rounds.iter().map(|of| of.hours[hour]).sum()).collect();
    let all: u64 = counts.iter().sum();
    let percent = |count: u64| Fraction::new(100 * count, all).map(|of| format::decimal(of, report.plan.rounding));
    let rows = counts.iter().enumerate().filter(|(_, count)| **count > 0);
    let rows =
        rows.map(|(hour, &count)| vec![words::hour(hour), format::grouped(count), percent(count).unwrap_or_default()]);
    docx.list((&words::HOUR_COLUMNS, &HOUR_COLUMNS), rows);
}

fn prizes(docx: &mut Docx, report: &ContestReport<'_>) {
    docx.paragraph(words::PRIZES, Look::SECTION);
    let (planned, given) = report.budget();
    let rows = report.prizes().into_iter().map(|prize| {
        vec![
            words::prize(&prize.name, prize.scope),
            words::for_whom(prize.collective.is_some()).to_owned(),
            format::grouped(prize.amount),
            format::grouped(prize.planned),
            format::grouped(prize.given),
            format::grouped(prize.given * prize.amount),
        ]
    });
    let (headings, rows, sum) = (&words::PRIZE_COLUMNS, rows.collect::<Vec<_>>(), format::grouped(given));
    docx.table(&Grid { headings, columns: &PRIZE_COLUMNS, rows: &rows, sum: Some((officials::SUM, &sum)) });
    let percent = Fraction::new(100 * given, planned).map(|of| format::percent(of, report.plan.rounding));
    docx.paragraph(&words::budget(planned, given, percent.as_deref()), Look::BODY);
    let commendation = PrizeTotals::of(report.plan).commendation;
    if commendation > 0 {
        docx.paragraph(&words::commendations(commendation), Look::BODY);
    }
}

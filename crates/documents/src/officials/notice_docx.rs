//! `notice.docx`: the results of a round as an office announces them, ready to be numbered and signed.

use super::docx::{Align, Column, Docx, Grid, Look, Properties};
use super::winners_xlsx::shown;
use super::{Dossier, full_name, letter};
use crate::site::WireNumber;
use crate::words::letters::{self as words, notice};
use crate::words::{format, officials};
use contest::plan::Scope;
use contest::result::UnitStanding;

const WINNER_COLUMNS: [Column; notice::WINNER_COLUMNS.len()] = [
    (600, Align::Center),
    (2_200, Align::Left),
    (2_354, Align::Left),
    (800, Align::Center),
    (1_000, Align::Center),
    (1_200, Align::Left),
    (1_200, Align::Right),
];
const UNIT_COLUMNS: [Column; notice::UNIT_COLUMNS.len()] = [
    (600, Align::Center),
    (4_154, Align::Left),
    (1_000, Align::Center),
    (1_000, Align::Center),
    (1_300, Align::Left),
    (1_300, Align::Right),
];

/// Writes the file.
pub(super) fn notice_docx(dossier: &Dossier<'_>) -> Vec<u8> {
    let Dossier { plan, round, version, head, .. } = *dossier;
    let mut docx = Docx::default();
    letter::head(&mut docx, head, words::NOTICE_KIND);
    letter::title(&mut docx, notice::TITLE, &[&notice::subject(&round.name), &plan.name]);
    docx.paragraph(&notice::opening(&plan.name, &plan.organizer, &round.name), Look::BODY);
    docx.paragraph(notice::FIGURES, Look::SECTION);
    for line in figures(dossier) {
        docx.paragraph(&line, Look::BODY);
    }
    docx.paragraph(notice::WINNERS, Look::SECTION);
    winners(&mut docx, dossier);
    let units = units(dossier);
    let mut last = notice::KEY_AFTER_WINNERS;
    if !units.is_empty() {
        docx.paragraph(notice::UNITS, Look::SECTION);
        docx.list((&notice::UNIT_COLUMNS, &UNIT_COLUMNS), units.into_iter());
        last = notice::KEY_AFTER_UNITS;
    }
    docx.paragraph(last, Look::SECTION);
    docx.paragraph(&notice::key(plan.attempt_of(round).reveal_key, round.publishes, plan.time_zone), Look::BODY);
    docx.paragraph(&notice::edition(version, plan.time_zone), Look::BODY.kept());
    docx.paragraph(&notice::closing(&plan.organizer), Look::BODY.kept());
    letter::signature(&mut docx, head);
    let title = format!("{} - {}", plan.name, round.name);
    docx.finish(&Properties { title: &title, author: &plan.organizer, created: version.published_at })
}

fn figures(dossier: &Dossier<'_>) -> Vec<String> {
    let Dossier { plan, round, version, .. } = *dossier;
    let mut lines = vec![notice::time(round, plan.time_zone)];
    lines.extend(notice::totals(&version.result.totals, plan.rounding));
    let rules = version.input.rules.prediction.as_ref();
    if let Some((outcome, rules)) = version.result.prediction.as_ref().zip(rules) {
        lines.push(notice::actual(rules.target, &shown(&WireNumber::of(outcome.actual))));
    }
    lines
}

fn winners(docx: &mut Docx, dossier: &Dossier<'_>) {
    let version = dossier.version;
    let mut sum = 0;
    let rows = (1..).zip(&version.result.winners).map(|(place, winner): (u64, _)| {
        let line = winner.place.of(&version.result.ranking);
        let tier = version.input.rules.tier(winner.tier);
        sum += tier.amount;
        let person = line.person.of(version.input.people);
        vec![
            place.to_string(),
            full_name(dossier.identities.get(&person.contestant)).to_owned(),
            version.unit_of(line.person).map(|unit| unit.name.clone()).unwrap_or_default(),
            format::score(line.score),
            format::duration(line.duration_ms),
            tier.name.clone(),
            format::grouped(tier.amount),
        ]
    });
    let rows: Vec<Vec<String>> = rows.collect();
    docx.paragraph(&notice::winners(rows.len() as u64, sum), Look::BODY);
    if !rows.is_empty() {
        let (headings, sum) = (&notice::WINNER_COLUMNS, format::grouped(sum));
        let sum = Some((officials::SUM, sum.as_str()));
        docx.table(&Grid { headings, columns: &WINNER_COLUMNS, rows: &rows, sum });
    }
    let waiting = version.result.waiting.len() as u64;
    if waiting > 0 {
        docx.paragraph(&notice::waiting(waiting), Look::BODY);
    }
}

/// The units that win a prize in the round.
fn units(dossier: &Dossier<'_>) -> Vec<Vec<String>> {
    let version = dossier.version;
    let decided = version.result.units.iter().filter(|table| table.scope == Scope::Round);
    let given = decided.flat_map(|table| table.standings.iter().map(|standing| (table.collective, standing)));
    let row = |(place, (competition, standing)): (u64, (Option<usize>, &UnitStanding))| {
        let prize = version.input.rules.collective[competition?].prize(standing.prize?);
        Some(vec![
            place.to_string(),
            version.input.units.units()[standing.unit].name.clone(),
            format::grouped(standing.contestants),
            format::grouped(standing.attempts),
            prize.name.clone(),
            format::grouped(prize.amount),
        ])
    };
    let given = given.filter(|(competition, standing)| competition.is_some() && standing.prize.is_some());
    (1..).zip(given).filter_map(row).collect()
}

//! `commendation.docx`: a report of achievements for each person who fulfils what a `[[commendation]]` asks for, and one for
//! the unit: who they are and what they did is filled in, the prose is left to the unit.

use super::commendation_xlsx::{CommendationReport, by_name, unit_name};
use super::docx::{Align, Column, Docx, Look, Properties};
use super::{birth_date, full_name, letter};
use crate::words::letters::{self as words, achievement};
use crate::words::{format, officials};
use contest::commendation::{Candidate, CommendationList, Verdict};
use contest::fraction::Fraction;
use contest::ids::ContestantId;
use contest::participation::UnitParticipation;
use contest::result::Rank;
use std::collections::BTreeMap;

/// What the document is made from.
#[derive(Clone, Copy)]
pub struct Achievements<'a> {
    /// As the workbook beside it.
    pub report: CommendationReport<'a>,
    /// What the people on the lists did in each round, in the order of the rounds.
    pub own: &'a BTreeMap<ContestantId, Vec<OwnRound<'a>>>,
    /// By published round its name, and how every unit took part in it.
    pub rounds: &'a [(&'a str, Vec<UnitParticipation>)],
}

/// What a person did in a round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnRound<'a> {
    /// Its name.
    pub round: &'a str,
    /// None where only perfect people are ranked.
    pub rank: Option<Rank>,
    /// How many people took part.
    pub of: u64,
    pub score: Fraction,
    /// The prize that was won.
    pub prize: Option<&'a str>,
}

const OWN_COLUMNS: [Column; achievement::OWN_COLUMNS.len()] = [
    (4_354, Align::Left),
    (1_000, Align::Center),
    (1_400, Align::Center),
    (1_000, Align::Center),
    (1_600, Align::Left),
];
const REFERRED_COLUMNS: [Column; achievement::REFERRED_COLUMNS.len()] =
    [(600, Align::Center), (3_000, Align::Left), (3_354, Align::Left), (1_200, Align::Center), (1_200, Align::Center)];
const UNIT_COLUMNS: [Column; achievement::UNIT_COLUMNS.len()] = [
    (2_554, Align::Left),
    (1_200, Align::Center),
    (1_100, Align::Center),
    (1_100, Align::Center),
    (1_000, Align::Center),
    (1_200, Align::Center),
    (1_200, Align::Center),
];

/// Writes the file.
pub(super) fn commendation_docx(achievements: &Achievements<'_>) -> Vec<u8> {
    let CommendationReport { plan, published_at, lists, .. } = achievements.report;
    let (mut docx, mut is_first) = (Docx::default(), true);
    let mut new_page = |docx: &mut Docx| {
        if !std::mem::take(&mut is_first) {
            docx.page_break();
        }
    };
    for list in lists {
        let fulfilling = by_name(&list.candidates, achievements.report.identities, |candidate| &candidate.contestant);
        for candidate in fulfilling.into_iter().filter(|candidate| candidate.verdict == Verdict::Fulfils) {
            new_page(&mut docx);
            person(&mut docx, achievements, list, candidate);
        }
        new_page(&mut docx);
        unit(&mut docx, achievements, list);
    }
    let title = format!("{} - {}", plan.name, officials::FULFILLED_TITLE);
    docx.finish(&Properties { title: &title, author: &plan.organizer, created: published_at })
}

fn head(docx: &mut Docx, achievements: &Achievements<'_>, list: &CommendationList<'_>, of: &str) {
    let CommendationReport { plan, units, .. } = achievements.report;
    letter::unnumbered_head(docx, &unit_name(&list.commendation.unit, units).to_uppercase());
    letter::title(docx, achievement::TITLE, &[of, &achievement::subject(&plan.name)]);
    if let Some(form) = &list.commendation.form {
        docx.paragraph(&officials::form_line(form), Look::HEAD.italic());
    }
    docx.paragraph("", Look::HEAD);
}

fn person(docx: &mut Docx, achievements: &Achievements<'_>, list: &CommendationList<'_>, candidate: &Candidate) {
    let CommendationReport { units, identities, .. } = achievements.report;
    let identity = identities.get(&candidate.contestant);
    head(docx, achievements, list, achievement::OF_A_PERSON);
    docx.paragraph(achievement::CURRICULUM, Look::SECTION);
    let unit = unit_name(&candidate.unit, units);
    for line in achievement::curriculum(full_name(identity), &birth_date(identity), unit) {
        docx.paragraph(&line, Look::BODY);
    }
    docx.paragraph(achievement::DONE, Look::SECTION);
    docx.paragraph(&achievement::took_part(candidate.took, list.rounds), Look::BODY);
    let own = achievements.own.get(&candidate.contestant).map_or(&[][..], Vec::as_slice);
    if !own.is_empty() {
        docx.list((&achievement::OWN_COLUMNS, &OWN_COLUMNS), own.iter().map(own_round));
    }
    let asked = list.commendation.consecutive_rounds;
    docx.paragraph(&achievement::brought_in(candidate.referred.len() as u64, candidate.reached, asked), Look::BODY);
    let referred = (1..).zip(by_name(&candidate.referred, identities, |referred| &referred.contestant));
    let rows = referred.map(|(number, referred): (u64, _)| {
        let unit = referred.unit.as_ref().map(|unit| unit_name(unit, units)).unwrap_or_default();
        let name = full_name(identities.get(&referred.contestant));
        let (rounds, longest) = (referred.took.rounds.to_string(), referred.took.longest.to_string());
        vec![number.to_string(), name.to_owned(), unit.to_owned(), rounds, longest]
    });
    docx.list((&achievement::REFERRED_COLUMNS, &REFERRED_COLUMNS), rows);
    left_to_the_unit(docx, achievement::OTHERWISE_OF_A_PERSON);
    let reported_by = (achievement::REPORTED_BY, full_name(identity));
    letter::signatures(docx, (achievement::CONFIRMED_BY, words::DOTS), reported_by);
}

fn own_round(own: &OwnRound<'_>) -> Vec<String> {
    vec![
        own.round.to_owned(),
        own.rank.map(|rank| rank.to_string()).unwrap_or_default(),
        format::grouped(own.of),
        format::score(own.score),
        own.prize.unwrap_or_default().to_owned(),
    ]
}

fn unit(docx: &mut Docx, achievements: &Achievements<'_>, list: &CommendationList<'_>) {
    let CommendationReport { plan, units, .. } = achievements.report;
    head(docx, achievements, list, achievement::OF_A_UNIT);
    let name = unit_name(&list.commendation.unit, units);
    docx.paragraph(achievement::CHARACTERISTICS, Look::SECTION);
    for line in achievement::characteristics(name) {
        docx.paragraph(&line, Look::BODY);
    }
    docx.paragraph(achievement::DONE, Look::SECTION);
    let ratio = |ratio: Option<Fraction>| ratio.map(|of| format::decimal(of, plan.rounding)).unwrap_or_default();
    let place = units.find(&list.commendation.unit);
    let rows = achievements.rounds.iter().filter_map(|(round, lines)| {
        let line = lines.iter().find(|line| Some(line.unit) == place)?;
        Some(vec![
            (*round).to_owned(),
            format::grouped(line.registered),
            format::grouped(line.contestants),
            ratio(line.rate_percent),
            format::grouped(line.attempts),
            format::grouped(line.perfect_contestants),
            ratio(line.mean_score),
        ])
    });
    docx.paragraph(achievement::UNIT_TOOK_PART, Look::BODY);
    docx.list((&achievement::UNIT_COLUMNS, &UNIT_COLUMNS), rows);
    let fulfilling = list.candidates.iter().filter(|candidate| candidate.verdict == Verdict::Fulfils);
    docx.paragraph(&achievement::unit_fulfilling(fulfilling.count() as u64), Look::BODY);
    left_to_the_unit(docx, achievement::OTHERWISE_OF_A_UNIT);
    let head_of_the_unit = (achievement::HEAD_OF_THE_UNIT, words::DOTS);
    letter::signatures(docx, (achievement::CONFIRMED_BY_THOSE_ABOVE, words::DOTS), head_of_the_unit);
}

/// What the unit writes.
fn left_to_the_unit(docx: &mut Docx, otherwise: &str) {
    docx.paragraph(otherwise, Look::BODY);
    for _ in 0..3 {
        docx.paragraph(words::LINE_OF_DOTS, Look::BODY.left());
    }
    docx.paragraph(achievement::COMMENDED_BEFORE, Look::SECTION);
    docx.paragraph(words::LINE_OF_DOTS, Look::BODY.left().kept());
    docx.paragraph("", Look::HEAD.kept());
}

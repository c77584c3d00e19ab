//! What offices get over the whole contest: who wins, people and units, and everyone ranked.

use super::first_page::saved;
use super::listing::{Listing, MOST_ROWS};
use super::sheet::{Cell, Table, workbook};
use super::units_xlsx::UnitsReport;
use super::{Document, Head, Identity, birth_date, full_name};
use crate::site::WireNumber;
use crate::words::{format, officials as words};
use contest::edition::Status;
use contest::figures::RoundFigures;
use contest::fraction::Fraction;
use contest::overall::{ContestResult, OverallLine};
use contest::participation::by_unit;
use contest::plan::Plan;
use contest::result::UnitTable;
use contest::taken::TakenRound;
use contest::time::Timestamp;
use contest::units::UnitTree;
use rust_xlsxwriter::XlsxError;
use std::collections::BTreeMap;

/// An edition of the results over a contest, with what offices see besides.
#[derive(Clone, Copy)]
pub struct OverallDossier<'a> {
    /// The plan as the last round was frozen with.
    pub plan: &'a Plan,
    pub units: &'a UnitTree,
    pub result: &'a ContestResult,
    /// From 1.
    pub number: u32,
    pub status: Status,
    /// The instant that stands on the documents.
    pub announced_at: Timestamp,
    /// What each round adds, and its figures, in the same order.
    pub rounds: (&'a [TakenRound], &'a [RoundFigures]),
    /// Who is who, by public name.
    pub people: &'a BTreeMap<String, &'a Identity>,
    /// Who signs.
    pub head: &'a Head,
}

/// Every document over a contest in which something is ranked over it.
pub fn overall_documents(dossier: &OverallDossier<'_>) -> Vec<Document> {
    let mut documents = vec![Document::of("winners.xlsx", dossier.winners_xlsx())];
    if let Some(lines) = &dossier.result.ranking {
        documents.push(Document::of("ranking.xlsx", dossier.ranking_xlsx(lines)));
        documents.push(Document::of("ranking.csv", Ok(dossier.ranking_csv(lines))));
    }
    documents.push(Document::of("units.xlsx", dossier.units_xlsx()));
    documents
}

impl OverallDossier<'_> {
    fn winners_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let mut workbook = workbook(self.plan, self.announced_at)?;
        if let Some(lines) = &self.result.ranking {
            let (rows, sum) = self.people_rows(lines);
            let title = self.title(words::PEOPLE_OVER_THE_CONTEST_TITLE);
            let columns = &words::OVERALL_WINNERS_COLUMNS;
            let closing = Some(words::people_listed(rows.len() as u64));
            let table = Table { title: &title, columns, rows: &rows, sums: &[sum], closing, signed: Some(self.head) };
            table.write(workbook.add_worksheet().set_name(words::PEOPLE_SHEET)?)?;
        }
        for (number, table) in (1..).zip(&self.result.units) {
            let (rows, sum) = self.unit_rows(table);
            let title = self.title(words::UNITS_OVER_THE_CONTEST_TITLE);
            let name = words::units_sheet(number, self.result.units.len());
            let columns = &words::OVERALL_UNITS_COLUMNS;
            let closing = Some(words::units_listed(rows.len() as u64));
            let table = Table { title: &title, columns, rows: &rows, sums: &[sum], closing, signed: Some(self.head) };
            table.write(workbook.add_worksheet().set_name(name)?)?;
        }
        saved(workbook)
    }

    fn title(&self, title: &str) -> [String; 5] {
        let contest = format!("{} - {}", self.plan.name, words::WHOLE_CONTEST);
        [self.plan.organizer.clone(), title.to_owned(), contest, words::ANNEXED_TO.to_owned(), self.edition_line()]
    }

    fn edition_line(&self) -> String {
        words::edition_line((self.status, self.number), self.announced_at, self.plan.time_zone)
    }

    fn people_rows(&self, lines: &[OverallLine]) -> (Vec<Vec<Cell>>, u64) {
        let mut sum = 0;
        let rows = (1..).zip(&self.result.winners).map(|(place, winner)| {
            let (line, tier) = (&lines[winner.place.0 as usize], self.plan.rules.tier(winner.tier));
            sum += tier.amount;
            let identity = self.people.get(line.pseudonym.as_str()).copied();
            vec![
                Cell::Count(place),
                Cell::Count(line.rank.0),
                Cell::Text(full_name(identity).to_owned()),
                Cell::Figure(birth_date(identity)),
                Cell::Text(self.unit_name(line)),
                Cell::Text(line.pseudonym.to_string()),
                Cell::Figure(format::score(line.score)),
                Cell::Count(line.perfect_attempts.into()),
                Cell::Figure(format::duration(line.duration_ms)),
                Cell::Count(line.rounds.into()),
                Cell::Text(tier.name.clone()),
                Cell::Money(tier.amount),
            ]
        });
        (rows.collect(), sum)
    }

    fn unit_rows(&self, table: &UnitTable) -> (Vec<Vec<Cell>>, u64) {
        let mut sum = 0;
        let ratio = |ratio: Option<Fraction>| ratio.map(|ratio| format::decimal(ratio, self.plan.rounding));
        let given = table.standings.iter().filter_map(|standing| {
            let prize = self.plan.rules.collective[table.collective?].prize(standing.prize?);
            Some((standing, prize))
        });
        let rows = (1..).zip(given).map(|(place, (standing, prize))| {
            sum += prize.amount;
            vec![
                Cell::Count(place),
                Cell::Figure(standing.rank.map(|rank| rank.to_string()).unwrap_or_default()),
                Cell::Text(self.units.units()[standing.unit].name.clone()),
                Cell::Figure(standing.members.map(format::grouped).unwrap_or_default()),
                Cell::Count(standing.contestants),
                Cell::Count(standing.attempts),
                Cell::Figure(ratio(standing.rate_percent).unwrap_or_default()),
                Cell::Figure(ratio(standing.mean_score).unwrap_or_default()),
                Cell::Count(standing.winners),
                Cell::Text(prize.name.clone()),
                Cell::Money(prize.amount),
            ]
        });
        (rows.collect(), sum)
    }

    fn unit_name(&self, line: &OverallLine) -> String {
        let place = line.unit.as_ref().and_then(|code| self.units.find(code));
        place.map(|place| self.units.units()[place].name.clone()).unwrap_or_default()
    }

    fn prizes(&self) -> BTreeMap<u32, &str> {
        let won = self.result.winners.iter();
        won.map(|won| (won.place.0, self.plan.rules.tier(won.tier).name.as_str())).collect()
    }

    fn ranking_xlsx(&self, lines: &[OverallLine]) -> Result<Vec<u8>, XlsxError> {
        let prizes = self.prizes();
        let rows = (0..).zip(lines).map(|(place, line)| {
            vec![
                Cell::Count(line.rank.0),
                Cell::Text(full_name(self.people.get(line.pseudonym.as_str()).copied()).to_owned()),
                Cell::Text(line.unit.as_ref().map(ToString::to_string).unwrap_or_default()),
                Cell::Text(self.unit_name(line)),
                Cell::Text(line.pseudonym.to_string()),
                Cell::Text(format::score(line.score)),
                Cell::Text(format!("{}/{}", line.right, line.questions)),
                Cell::Count(line.perfect_attempts.into()),
                Cell::Text(format::minutes_and_seconds(line.duration_ms)),
                Cell::Count(line.rounds.into()),
                Cell::Text(prizes.get(&place).copied().unwrap_or_default().to_owned()),
            ]
        });
        let listing = Listing {
            plan: self.plan,
            published_at: self.announced_at,
            sheet: words::RANKING_SHEET,
            columns: &words::OVERALL_RANKING_XLSX_COLUMNS,
            rows: lines.len(),
            most_rows: MOST_ROWS,
        };
        listing.write(rows)
    }

    fn units_xlsx(&self) -> Result<Vec<u8>, XlsxError> {
        let (taken, figures) = self.rounds;
        // Accounts only become more: those of the last round are all.
        let registered = figures.last().map(|last| last.registered.clone()).unwrap_or_default();
        let lines = by_unit(self.units, &registered, self.plan.usual_points(), taken);
        let report = UnitsReport {
            plan: self.plan,
            units: self.units,
            over: words::WHOLE_CONTEST,
            edition_line: self.edition_line(),
            published_at: self.announced_at,
            lines: &lines,
            tables: self.result.units.iter().collect(),
        };
        report.write()
    }

    /// In the form of a round's `ranking.csv` for officials.
    fn ranking_csv(&self, lines: &[OverallLine]) -> Vec<u8> {
        let won = self.prizes();
        let rows = (0..).zip(lines).map(|(place, line)| {
            let identity = self.people.get(line.pseudonym.as_str()).copied();
            [
                line.rank.to_string(),
                full_name(identity).to_owned(),
                line.unit.as_ref().map(ToString::to_string).unwrap_or_default(),
                self.unit_name(line),
                line.pseudonym.to_string(),
                WireNumber::of(line.score).to_string().replace('.', ","),
                line.perfect_attempts.to_string(),
                line.duration_ms.to_string(),
                line.rounds.to_string(),
                won.get(&place).copied().unwrap_or_default().to_owned(),
            ]
        });
        super::ranking_csv::for_spreadsheets(&words::OVERALL_RANKING_COLUMNS, rows)
    }
}

#[cfg(test)]
mod tests;

//! Rows that may be the headers of a table.

use super::{Column, Table, header_key};
use crate::readers::{Cell, Row, Worksheet};
use contest::problem::{Place, Problem, ProblemKind};
use contest::text::clean;

/// How many rows from the top may hold a title before the headers.
pub(super) const TITLE_ROWS: usize = 20;

/// One row that may be the headers, or two.
pub(super) struct Candidate<'a> {
    sheet: &'a Worksheet,
    /// The row above the first of the table.
    header_place: usize,
    headers: Vec<(u32, String)>,
    pub(super) columns: Vec<(&'static str, u32, String)>,
    counted: Vec<u32>,
    pub(super) missing: Vec<&'static str>,
    pub(super) doubled: Vec<String>,
}

impl<'a> Candidate<'a> {
    pub(super) fn table(&self) -> Table<'a> {
        Table {
            sheet: self.sheet,
            columns: self.columns.clone(),
            headers: self.headers.clone(),
            counted: self.counted.clone(),
            header_place: self.header_place,
        }
    }

    pub(super) fn place(&self, column: Option<String>) -> Place {
        let row = self.sheet.rows[self.header_place].number;
        Place::Cell { sheet: self.sheet.name.clone(), row, column }
    }

    pub(super) fn missing(&self) -> Vec<Problem> {
        let problem = |&header: &&'static str| Problem {
            place: self.place(Some(header.to_owned())),
            kind: ProblemKind::MissingColumn { header },
        };
        self.missing.iter().map(problem).collect()
    }

    pub(super) fn doubled(&self) -> Vec<Problem> {
        let problem =
            |header: &String| Problem { place: self.place(Some(header.clone())), kind: ProblemKind::DuplicateColumn };
        self.doubled.iter().map(problem).collect()
    }

    /// The row near the top of a sheet with most known headers, if it has at least one required one.
    pub(super) fn best_of(sheet: &'a Worksheet, known: &'static [Column]) -> Option<Self> {
        let rows = 0..sheet.rows.len().min(TITLE_ROWS);
        let candidates = rows.filter_map(|place| Self::at(sheet, place, known));
        // Of equal rows the upper one.
        candidates.reduce(|best, next| if next.columns.len() > best.columns.len() { next } else { best })
    }

    /// A row; or with the next one, where neither alone has all that is needed.
    fn at(sheet: &'a Worksheet, place: usize, known: &'static [Column]) -> Option<Self> {
        let alone = Self::of(sheet, place, one_row(&sheet.rows[place]), known);
        if alone.as_ref().is_some_and(|alone| alone.missing.is_empty()) {
            return alone;
        }
        let next = sheet.rows.get(place + 1).filter(|below| below.number == sheet.rows[place].number + 1);
        let Some(below) = next else { return alone };
        let lower = Self::of(sheet, place + 1, one_row(below), known);
        if lower.is_some_and(|lower| lower.missing.is_empty()) {
            return alone;
        }
        let both = Self::of(sheet, place + 1, two_rows(&sheet.rows[place], below), known);
        both.filter(|both| both.missing.is_empty() && both.doubled.is_empty()).or(alone)
    }

    fn of(sheet: &'a Worksheet, header_place: usize, headers: Vec<Named>, known: &'static [Column]) -> Option<Self> {
        let mut columns: Vec<(&'static str, u32, String)> = Vec::new();
        let (mut doubled, mut counted) = (Vec::new(), Vec::new());
        for named in &headers {
            let understood = named.names.iter().find_map(|name| {
                let key = header_key(name);
                let column = known.iter().find(|column| column.header.names.contains(&key.as_str()))?;
                Some((column, clean(name)))
            });
            let Some((column, written)) = understood else { continue };
            if columns.iter().any(|(key, _, _)| *key == column.header.key) {
                doubled.push(written);
                continue;
            }
            columns.push((column.header.key, named.column, written));
            counted.extend(column.is_counted.then_some(named.column));
        }
        let has = |column: &&Column| columns.iter().any(|(key, _, _)| *key == column.header.key);
        let required: Vec<&Column> = known.iter().filter(|column| column.is_required).collect();
        let (found, missing): (Vec<&Column>, Vec<&Column>) = required.into_iter().partition(has);
        let missing = missing.into_iter().map(|column| column.header.shown).collect();
        // One match alone is chance: `Tên` heads any list. So are letters alone: `A`, `B` may be answers.
        let telling = found.iter().any(|column| column.header.key.len() > 1) && columns.len() >= 2;
        let headers = headers.iter().filter_map(|named| Some((named.column, clean(named.names.first()?)))).collect();
        telling.then_some(Self { sheet, header_place, headers, columns, counted, missing, doubled })
    }
}

/// What a column may be called.
struct Named {
    column: u32,
    /// As it would be understood, the most telling first.
    names: Vec<String>,
}

fn texts(row: &Row) -> impl Iterator<Item = (u32, &String)> {
    row.cells.iter().filter_map(|(column, cell)| match cell {
        Cell::Text(text) => Some((*column, text)),
        Cell::Unsure { .. } | Cell::Formula | Cell::Error => None,
    })
}

fn one_row(row: &Row) -> Vec<Named> {
    texts(row).map(|(column, text)| Named { column, names: vec![text.clone()] }).collect()
}

/// Two rows of headers, as `Phương án` over `A`, `B`, `C`, `D`: the upper one goes for the columns up to its next.
fn two_rows(upper: &Row, lower: &Row) -> Vec<Named> {
    let mut columns: Vec<u32> = texts(upper).chain(texts(lower)).map(|(column, _)| column).collect();
    columns.sort_unstable();
    columns.dedup();
    let named = |column: u32| {
        let over = texts(upper).filter(|(at, _)| *at <= column).last();
        let below = texts(lower).find(|(at, _)| *at == column).map(|(_, text)| text);
        let names = match (over, below) {
            (Some((_, over)), Some(below)) => vec![format!("{over} {below}"), below.clone()],
            (Some((at, over)), None) if at == column => vec![over.clone()],
            (None, Some(below)) => vec![below.clone()],
            (_, None) => Vec::new(),
        };
        Named { column, names }
    };
    columns.into_iter().map(named).collect()
}

//! Answers that stand behind the questions, by number: in lines such as `1.A 2-B 3c`, and in tables.

use super::found::KeyEntry;
use super::layout;
use super::lines::Letter;
use super::marks::Scan;
use crate::readers::docx::Table;
use contest::bank::OptionSet;

/// The answers of a line that holds nothing else.
pub(super) fn of_line(letters: &[Letter]) -> Option<Vec<KeyEntry>> {
    let mut scan = Scan::new(letters);
    let mut entries = Vec::new();
    scan.blanks();
    // The head may stand on the same line.
    if scan.any_words(&["bang dap an", "dap an", "answer key", "answers"]).is_some() {
        scan.blanks().one_of(":")?;
    }
    loop {
        while scan.blanks().one_of(",;|.•-–").is_some() {}
        if scan.rest().is_empty() {
            return (!entries.is_empty()).then_some(entries);
        }
        entries.push(entry(&mut scan)?);
    }
}

fn entry(scan: &mut Scan<'_>) -> Option<KeyEntry> {
    if scan.any_words(&["cau hoi", "cau", "question"]).is_some() {
        scan.blanks();
    }
    let number = scan.number().filter(|number| *number > 0)?;
    scan.blanks();
    while scan.one_of(".:)-–/=→").is_some() {
        scan.blanks();
    }
    if scan.any_words(&["dap an dung", "dap an", "chon"]).is_some() {
        scan.blanks().one_of(":.");
        scan.blanks();
    }
    let right = right(scan)?;
    Some(KeyEntry { number, right })
}

/// Letters up to the next number: `A`, `AC`, `A, C`.
fn right(scan: &mut Scan<'_>) -> Option<OptionSet> {
    let mut right = OptionSet::EMPTY;
    let in_brackets = scan.one_of("(").is_some();
    loop {
        let place = letter(scan)?;
        if right.contains(place) {
            return None;
        }
        right = right.with(place);
        scan.at += 1;
        if letter(scan).is_some() {
            continue;
        }
        if scan.peek().is_some_and(char::is_alphanumeric) && !scan.peek().is_some_and(|c| c.is_ascii_digit()) {
            return None;
        }
        if in_brackets {
            scan.one_of(")")?;
        }
        let mut ahead = *scan;
        while ahead.blanks().one_of(",;&+").is_some() {}
        if ahead.words("va") {
            ahead.blanks();
        }
        if letter(&ahead).is_none() {
            return Some(right);
        }
        *scan = ahead;
    }
}

/// The option whose letter stands here; a letter with marks is that of a word.
fn letter(scan: &Scan<'_>) -> Option<u8> {
    let written = scan.rest().first()?.c;
    OptionSet::place_of(written.encode_utf8(&mut [0; 4]))
}

/// What a cell of a table of answers holds.
enum Cell {
    Empty,
    Number(u32),
    Right(OptionSet),
    Entry(KeyEntry),
    /// A head such as `Câu`.
    Head,
}

/// The answers of a table that holds nothing else.
pub(super) fn of_table(table: &Table) -> Option<Vec<KeyEntry>> {
    let mut rows: Vec<Vec<(u32, Cell)>> = Vec::new();
    for row in &table.rows {
        let mut cells = Vec::new();
        for written in row {
            let lines = layout::cell_lines(written)?;
            if lines.iter().any(|line| !line.faults.is_empty()) {
                return None;
            }
            let letters: Vec<Letter> = lines.into_iter().flat_map(|line| line.letters).collect();
            cells.push((written.column, cell(&letters)?));
        }
        rows.push(cells);
    }
    let count = |is: fn(&Cell) -> bool| rows.iter().flatten().filter(|(_, cell)| is(cell)).count();
    let numbers = count(|cell| matches!(cell, Cell::Number(_)));
    let rights = count(|cell| matches!(cell, Cell::Right(_)));
    let entries = count(|cell| matches!(cell, Cell::Entry(_)));
    let found = match (numbers, rights, entries) {
        (0, 0, 1..) => rows.into_iter().flatten().filter_map(|(_, cell)| entry_of(cell)).collect(),
        (1.., 1.., 0) => below(&rows).or_else(|| beside(&rows))?,
        _ => return None,
    };
    Some(found)
}

fn entry_of(cell: Cell) -> Option<KeyEntry> {
    match cell {
        Cell::Entry(entry) => Some(entry),
        Cell::Empty | Cell::Number(_) | Cell::Right(_) | Cell::Head => None,
    }
}

fn cell(letters: &[Letter]) -> Option<Cell> {
    let mut scan = Scan::new(letters);
    scan.blanks();
    if scan.rest().is_empty() {
        return Some(Cell::Empty);
    }
    if is_head(scan) {
        return Some(Cell::Head);
    }
    let mut alone = scan;
    if let Some(right) = right(&mut alone) {
        alone.one_of(".");
        return alone.blanks().rest().is_empty().then_some(Cell::Right(right));
    }
    let mut whole = scan;
    if let Some(entry) = entry(&mut whole) {
        whole.one_of(".");
        return whole.blanks().rest().is_empty().then_some(Cell::Entry(entry));
    }
    if scan.any_words(&["cau hoi", "cau"]).is_some() {
        scan.blanks();
    }
    let number = scan.number()?;
    scan.one_of(".):");
    scan.blanks().rest().is_empty().then_some(Cell::Number(number))
}

fn is_head(mut scan: Scan<'_>) -> bool {
    let heads = [
        "cau hoi",
        "cau so",
        "cau",
        "so cau",
        "stt",
        "tt",
        "dap an dung",
        "dap an",
        "da",
        "d/a",
        "phuong an dung",
        "chon",
        "answer",
        "question",
    ];
    let is_known = scan.any_words(&heads).is_some();
    scan.one_of(":.");
    is_known && scan.blanks().rest().is_empty()
}

/// Numbers in one row, and below each of them its answer in the next.
fn below(rows: &[Vec<(u32, Cell)>]) -> Option<Vec<KeyEntry>> {
    let mut entries = Vec::new();
    let mut rows = rows.iter().filter(|row| !row.iter().all(|(_, cell)| matches!(cell, Cell::Empty)));
    while let Some(numbers) = rows.next() {
        if numbers.iter().all(|(_, cell)| matches!(cell, Cell::Head | Cell::Empty)) {
            continue;
        }
        let rights = rows.next()?;
        if numbers.iter().any(|(_, cell)| matches!(cell, Cell::Right(_)))
            || rights.iter().any(|(_, cell)| matches!(cell, Cell::Number(_)))
        {
            return None;
        }
        let number_at = |column: u32| numbers.iter().find(|(at, _)| *at == column);
        for (column, cell) in rights {
            if let Cell::Right(right) = cell {
                let Some((_, Cell::Number(number))) = number_at(*column) else { return None };
                entries.push(KeyEntry { number: *number, right: *right });
            }
        }
    }
    Some(entries)
}

/// A number and beside it its answer, in one or several pairs of columns.
fn beside(rows: &[Vec<(u32, Cell)>]) -> Option<Vec<KeyEntry>> {
    let mut entries = Vec::new();
    for row in rows {
        let mut number = None;
        for (_, cell) in row {
            match cell {
                Cell::Number(next) => number = Some(*next),
                // A second answer to one number is that of another sheet of questions.
                Cell::Right(right) => entries.push(KeyEntry { number: number.take()?, right: *right }),
                Cell::Entry(_) | Cell::Empty | Cell::Head => {}
            }
        }
    }
    Some(entries)
}

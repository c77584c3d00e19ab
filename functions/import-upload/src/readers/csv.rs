//! Comma or semicolon separated text in UTF-8, with or without a byte order mark, or in UTF-16 with one.

mod quotes;

use super::bounds::{MAX_CELL_CHARS, MAX_CELLS, MAX_COLUMNS, MAX_ROWS};
use super::{Cell, Row, Worksheet, address, decode};
use contest::problem::{Place, Problem, ProblemKind};

/// Reads a whole file.
pub(super) fn read(bytes: &[u8]) -> Result<Worksheet, Vec<Problem>> {
    let text = &*decode(bytes).map_err(|problem| vec![problem])?;
    let delimiter = delimiter(text);
    let stray = quotes::stray(text, delimiter);
    if !stray.is_empty() {
        return Err(stray);
    }
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut sheet = Worksheet::default();
    let mut problems = Vec::new();
    let mut inner_lines = 0;
    let mut cells = 0;
    for record in reader.records() {
        // Text in UTF-8 with rows of any length cannot be refused by the parser; were it, the file is
        // not what it seems.
        let record = record.map_err(|_| vec![Problem::of_file(ProblemKind::NotUtf8)])?;
        let line = record.position().map_or(0, |position| first_line(text, position));
        // Excel counts a record with line ends inside its quotes as one row.
        let number = u32::try_from(line - inner_lines).unwrap_or(u32::MAX);
        inner_lines += record.iter().map(|cell| cell.matches('\n').count() as u64).sum::<u64>();
        cells += record.len();
        if number > MAX_ROWS {
            return Err(vec![of_row(number, ProblemKind::TooManyRows { most: MAX_ROWS })]);
        }
        if record.len() > MAX_COLUMNS as usize {
            return Err(vec![of_row(number, ProblemKind::TooManyColumns { most: MAX_COLUMNS })]);
        }
        if cells > MAX_CELLS as usize {
            return Err(vec![of_row(number, ProblemKind::TooManyCells { most: MAX_CELLS })]);
        }
        let row = row(number, &record, &mut problems);
        if !row.cells.is_empty() {
            sheet.rows.push(row);
        }
    }
    if problems.is_empty() { Ok(sheet) } else { Err(problems) }
}

/// A problem with a whole row.
fn of_row(row: u32, kind: ProblemKind) -> Problem {
    Problem { place: Place::Cell { sheet: None, row, column: None }, kind }
}

fn row(number: u32, record: &csv::StringRecord, problems: &mut Vec<Problem>) -> Row {
    let mut cells = Vec::new();
    for (column, cell) in (0..).zip(record) {
        if cell.chars().count() > MAX_CELL_CHARS {
            problems.push(Problem::at(
                number,
                address(number - 1, column),
                ProblemKind::CellTooLong { most: MAX_CELL_CHARS },
            ));
        } else if !cell.trim().is_empty() {
            cells.push((column, Cell::Text(cell.to_owned())));
        }
    }
    Row { number, cells }
}

/// The line on which a record begins: the parser's position stands before the empty lines that it is
/// about to pass over.
fn first_line(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let rest = text.as_bytes().get(start..).unwrap_or_default();
    let passed = rest.iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).filter(|byte| **byte == b'\n').count();
    position.line() + passed as u64
}

/// The separator that stands outside quotes in most of the first lines: sentences have commas too, but
/// not in every line as separators stand.
fn delimiter(text: &str) -> u8 {
    let mut lines_with = [(b',', 0), (b';', 0), (b'\t', 0)];
    let mut quoted = false;
    for line in text.split(['\n', '\r']).filter(|line| !line.is_empty()).take(20) {
        let mut unquoted = Vec::new();
        for byte in line.bytes() {
            quoted ^= byte == b'"';
            if !quoted {
                unquoted.push(byte);
            }
        }
        lines_with.iter_mut().filter(|(sign, _)| unquoted.contains(sign)).for_each(|(_, count)| *count += 1);
    }
    // Of equals the last wins in `max_by_key`: the comma.
    lines_with.into_iter().rev().max_by_key(|(_, count)| *count).map_or(b',', |(sign, _)| sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(bytes: &[u8]) -> Vec<(u32, Vec<(u32, String)>)> {
        let sheet = read(bytes).expect("readable");
        let cell = |(column, cell): (u32, Cell)| match cell {
            Cell::Text(text) => (column, text),
            other => panic!("{other:?}"),
        };
        sheet.rows.into_iter().map(|row| (row.number, row.cells.into_iter().map(cell).collect())).collect()
    }

    #[test]
    fn comma_semicolon_quotes_and_byte_order_mark_give_the_same_cells() {
        let expected = vec![
            (1, vec![(0, "Mã".to_owned()), (1, "Tên".to_owned())]),
            (2, vec![(0, "a".to_owned()), (1, "Phường A; B, C".to_owned())]),
        ];
        assert_eq!(texts("Mã,Tên\na,\"Phường A; B, C\"\n".as_bytes()), expected);
        assert_eq!(texts("\u{feff}Mã;Tên\r\na;\"Phường A; B, C\"\r\n".as_bytes()), expected);
        assert_eq!(texts("\"Mã\";\"Tên\"\na;\"Phường A; B, C\"".as_bytes()), expected);
    }

    #[test]
    fn sentences_with_commas_do_not_hide_semicolons() {
        let rows = texts("Câu hỏi;A;B\nMột, hai, ba, bốn;x;y\n".as_bytes());
        assert_eq!(rows[1].1[0], (0, "Một, hai, ba, bốn".to_owned()));
    }

    #[test]
    fn rows_are_counted_as_excel_counts() {
        let rows = texts("a,b\n\n1,\"two\nlines\"\n3,4\n,\n5,6\n".as_bytes());
        assert_eq!(rows.iter().map(|(number, _)| *number).collect::<Vec<_>>(), [1, 3, 4, 6]);
    }

    #[test]
    fn other_encodings_are_refused_by_name() {
        let utf16: Vec<u8> = "\u{feff}Mã,Tên\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(texts(&utf16), [(1, vec![(0, "Mã".to_owned()), (1, "Tên".to_owned())])]);
        assert_eq!(read(&utf16[2..]).unwrap_err()[0].kind, ProblemKind::Utf16);
        let windows = read(b"Ma,Ten\na,Ph\xFE\n").unwrap_err();
        assert_eq!((windows[0].kind.clone(), windows[0].place.row()), (ProblemKind::NotUtf8, Some(2)));
    }

    #[test]
    fn bounds_hold_at_n_and_n_plus_one() {
        let rows = |count: usize| "a,b\n".repeat(count);
        assert_eq!(texts(rows(MAX_ROWS as usize).as_bytes()).len(), MAX_ROWS as usize);
        let kind = |text: String| read(text.as_bytes()).unwrap_err()[0].kind.code();
        assert_eq!(kind(rows(MAX_ROWS as usize + 1)), "too_many_rows");
        assert_eq!(texts(",".repeat(63).replace(',', "x,").as_bytes()).len(), 1);
        assert_eq!(kind(",".repeat(64)), "too_many_columns");
        assert_eq!(texts("x".repeat(4_000).as_bytes()).len(), 1);
        assert_eq!(kind("x".repeat(4_001)), "cell_too_long");
    }
}

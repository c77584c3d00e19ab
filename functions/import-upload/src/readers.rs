//! From the bytes of an upload to rows of text, behind bounds that hold before any parser of
//! workbooks runs (`RELIABILITY.md` 5.3).

pub mod bounds;
mod csv;
pub mod docx;
mod encoding;
pub mod entities;
mod looks;
mod part;
pub mod picture;
mod xlsx;
pub mod xml;

pub use encoding::decode;
pub use looks::{Looks, Marks, Merged};

use contest::problem::{Place, Problem, ProblemKind};

/// One sheet of a workbook, or the whole of a CSV file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Worksheet {
    /// Name of the sheet; `None` in CSV.
    pub name: Option<String>,
    /// Whether Excel does not show it. What nobody sees is never read, so it has no rows.
    pub hidden: bool,
    /// Rows with at least one cell that is not empty, in order.
    pub rows: Vec<Row>,
    /// What a workbook shows besides.
    pub looks: Looks,
}

/// One row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// Counted from 1, as Excel counts.
    pub number: u32,
    /// Cells that are not empty, by column counted from 0.
    pub cells: Vec<(u32, Cell)>,
}

/// One cell that is not empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// What a person sees, as written: the code that reads the table cleans it.
    Text(String),
    /// What a person probably sees.
    Unsure {
        /// It, as most likely.
        text: String,
        /// Why it is not sure.
        why: Unsure,
    },
    /// A formula: its value was computed by another program, so it is refused.
    Formula,
    /// An error such as `#N/A`.
    Error,
}

/// Why it is not sure what a cell shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unsure {
    /// A date or a time: what was typed is not kept.
    Date,
    /// A number in a form that rounds, scales or rearranges it.
    Number,
    /// Letters that are struck out, or raised and lowered ones without characters of their own.
    Letters,
}

/// Formats of tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Comma or semicolon separated text.
    Csv,
    /// A workbook of Excel 2007 or later.
    Xlsx,
}

impl Format {
    /// The format of a file name's ending.
    pub fn of(file: &str) -> Option<Self> {
        match file.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }
}

/// Reads every sheet of a file.
///
/// # Errors
/// Every reason for which the file cannot be read.
pub fn read(format: Format, bytes: &[u8]) -> Result<Vec<Worksheet>, Vec<Problem>> {
    if bytes.len() as u64 > bounds::MAX_FILE_BYTES {
        return Err(vec![Problem::of_file(ProblemKind::FileTooLarge { most: bounds::MAX_FILE_BYTES })]);
    }
    match format {
        Format::Csv => csv::read(bytes).map(|sheet| vec![sheet]),
        Format::Xlsx => xlsx::read(bytes).map_err(|problem| vec![problem]),
    }
}

/// Reads a text file that must be UTF-8.
///
/// # Errors
/// The encoding that it seems to be in.
pub fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let utf16 = bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) || bytes.contains(&0);
    if utf16 {
        return Err(Problem::of_file(ProblemKind::Utf16));
    }
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|fault| {
        let line = bytes[..fault.valid_up_to()].iter().filter(|b| **b == b'\n').count() + 1;
        let place = u32::try_from(line).map_or(Place::File, Place::Line);
        Problem { place, kind: ProblemKind::NotUtf8 }
    })
}

/// Address of a cell as Excel writes it; row and column counted from 0.
pub fn address(row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        rest -= 1;
        letters.insert(0, char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    format!("{letters}{}", row + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_excel() {
        let cases = [(0, 0, "A1"), (11, 5, "F12"), (0, 25, "Z1"), (0, 26, "AA1"), (1_048_575, 16_383, "XFD1048576")];
        for (row, column, expected) in cases {
            assert_eq!(address(row, column), expected);
        }
    }

    #[test]
    fn a_file_may_have_so_many_bytes_and_no_more() {
        let most = usize::try_from(bounds::MAX_FILE_BYTES).expect("a small bound");
        let is_too_large = |size: usize| {
            let found = read(Format::Csv, &vec![b'\n'; size]).err().unwrap_or_default();
            found.iter().any(|problem| matches!(problem.kind, ProblemKind::FileTooLarge { .. }))
        };
        assert!(!is_too_large(most));
        assert!(is_too_large(most + 1));
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_a_text_and_tells_utf_16() {
        assert_eq!(text("\u{feff}Câu".as_bytes()).ok(), Some("Câu"));
        for utf16 in [&b"\xFF\xFEC\0"[..], b"\xFE\xFF\0C", b"\xFF\xFE\xE2\x1E", b"C\0"] {
            let kind = text(utf16).err().map(|problem| problem.kind);
            assert!(matches!(kind, Some(ProblemKind::Utf16)), "{utf16:?}: {kind:?}");
        }
    }
}

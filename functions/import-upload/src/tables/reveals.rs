//! Values of witnesses, handed over once results are public so that a draw can be held.

use super::Reading;
use super::people::{read as read_lines, required};
use crate::readers::Worksheet;
use crate::table::Column;
use contest::ids::RoundId;
use contest::plan_file::hash;
use contest::problem::ProblemKind;
use documents::words::import::headers::reveals as headers;

const COLUMNS: &[Column] = &[Column::required(headers::ROUND), Column::required(headers::VALUE)];

/// One line of `reveals.*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevealLine {
    /// Row in the file.
    pub row: u32,
    /// The round of the draw.
    pub round: RoundId,
    /// What opens the commitment of a witness.
    pub value: [u8; 32],
}

/// Reads the values.
pub fn read(sheets: &[Worksheet]) -> Reading<Vec<RevealLine>> {
    read_lines(sheets, COLUMNS, |row, _, errors, _| {
        let unknown = |text: &str| ProblemKind::UnknownRound { round: text.to_owned() };
        let round = required(row, headers::ROUND, errors, |text| RoundId::parse(text).map_err(|_| unknown(text)));
        let value = required(row, headers::VALUE, errors, hash);
        Some(RevealLine { row: row.number(), round: round?, value: value? })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::readers::{Format, read as read_file};

    #[test]
    fn values_are_read_and_faults_named() {
        let value = "ab".repeat(32);
        let csv = format!("Vòng;Giá trị\ntuan-1;{value}\nTuần 2;{value}\ntuan-3;{}\n;{value}\n", &value[1..]);
        let reading = read(&read_file(Format::Csv, csv.as_bytes()).expect("readable"));
        let faults: Vec<_> = reading.errors.iter().map(|p| (p.place.row(), p.kind.code())).collect();
        assert_eq!(faults, [(Some(3), "unknown_round"), (Some(4), "invalid_hash"), (Some(5), "empty")]);
        let one = read(&read_file(Format::Csv, format!("round,value\ntuan-1,{value}\n").as_bytes()).expect("readable"));
        assert_eq!(one.content.expect("lines")[0].value, [0xab; 32]);
    }
}

//! Values of witnesses, handed over once results are public so that a draw can be held.

use super::Content;
use crate::folder::Folder;
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::Format;
use crate::table::Column;
use crate::tables::{Reading, read_lines};
use crate::verdict::Verdict;
use contest::ids::RoundId;
use contest::lots::commitment;
use contest::plan_file::hash;
use contest::problem::{Problem, ProblemKind};
use data_encoding::HEXLOWER;
use documents::words::import::headers::reveals as headers;
use store::StoredReveals;

const COLUMNS: &[Column] = &[Column::required(headers::ROUND), Column::required(headers::VALUE)];

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RevealLine {
    /// In the file.
    row: u32,
    /// The round of the draw.
    round: RoundId,
    /// What opens the commitment of a witness.
    value: [u8; 32],
}

pub(super) fn read(format: Format, bytes: &[u8]) -> Reading<Vec<RevealLine>> {
    read_lines(format, bytes, COLUMNS, |line| {
        let unknown = |text: &str| ProblemKind::UnknownRound { round: text.to_owned() };
        let round = line.required(headers::ROUND, |text| RoundId::parse(text).map_err(|_| unknown(text)));
        let value = line.required(headers::VALUE, hash);
        Some(RevealLine { row: line.row.number(), round: round?, value: value? })
    })
}

impl Content for Vec<RevealLine> {
    /// Whether somebody committed to each value.
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        let Some(plan) = verdict.wait_for_plan(folder) else { return };
        for line in self {
            let mut fault = |column: &str, kind| verdict.errors.push(Problem::at(line.row, column, kind));
            match plan.round(&line.round) {
                None => fault(headers::ROUND.shown, ProblemKind::UnknownRound { round: line.round.to_string() }),
                Some(round) if !round.lot_witnesses.contains(&commitment(&line.value)) => {
                    fault(headers::VALUE.shown, ProblemKind::NoSuchCommitment);
                }
                Some(_) => {}
            }
        }
    }

    fn follows_rounds(&self) -> bool {
        true
    }

    fn put(&self, _folder: &mut Folder) {}

    fn compile(&self, _from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        let shown = self.iter().map(|line| (line.round.to_string(), HEXLOWER.encode(&line.value)));
        to.state.reveals = Some(to.put("reveals", &StoredReveals { values: shown.collect() })?);
        Ok(())
    }

    /// Anyone who knew a value before the ledger is public could bend a draw.
    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        let Change { plan, from, .. } = change;
        let early = |line: &&RevealLine| plan.round(&line.round).is_some_and(|round| from.now < round.publishes);
        let fault = |line: &RevealLine| {
            let kind = ProblemKind::RevealTooEarly { round: line.round.to_string() };
            Problem::at(line.row, headers::ROUND.shown, kind)
        };
        self.iter().filter(early).map(fault).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_read_and_faults_named() {
        let value = "ab".repeat(32);
        let csv = format!("Vòng;Giá trị\ntuan-1;{value}\nTuần 2;{value}\ntuan-3;{}\n;{value}\n", &value[1..]);
        let reading = read(Format::Csv, csv.as_bytes());
        let faults: Vec<_> = reading.errors.iter().map(|p| (p.place.row(), p.kind.code())).collect();
        assert_eq!(faults, [(Some(3), "unknown_round"), (Some(4), "invalid_hash"), (Some(5), "empty")]);
        let one = read(Format::Csv, format!("round,value\ntuan-1,{value}\n").as_bytes());
        assert_eq!(one.content.expect("lines")[0].value, [0xab; 32]);
    }
}

//! A receipt against the published round: was this sheet counted as it was sent?

use super::round::Checked;
use super::{Broken, Report, holds};

/// The name under which a receipt stands in messages.
const FILE: &str = "biên nhận";

/// What a receipt says (`RELIABILITY.md` 4.3), still unchecked.
pub(super) struct Receipt {
    note: String,
    pub(super) contest: String,
    pub(super) round: String,
    pseudonym: String,
    attempt: String,
    received_at: String,
    commitment: String,
}

impl Receipt {
    pub(super) fn parse(note: &str) -> Option<Self> {
        let note = note.replace("\r\n", "\n");
        // A printed or copied receipt may have lost its last newline or gained some.
        let note = format!("{}\n", note.trim_matches('\n'));
        let lines: Vec<String> = note.lines().take(8).map(str::to_owned).collect();
        let [kind, contest, round, pseudonym, attempt, received_at, commitment, empty] =
            <[String; 8]>::try_from(lines).ok()?;
        (kind == "hoithi/receipt/1" && empty.is_empty()).then_some(Self {
            note,
            contest,
            round,
            pseudonym,
            attempt,
            received_at,
            commitment,
        })
    }
}

/// Checks a receipt against a round whose files hold.
pub(super) fn check(receipt: &Receipt, checked: &Checked, report: &mut Report<'_>) -> Result<(), Broken> {
    holds(checked.verifier.open(&receipt.note).is_some(), FILE, || "chữ ký không đúng với khóa công khai".to_owned())?;
    report.holds("chữ ký của biên nhận");
    let attempt: Option<u16> = receipt.attempt.parse().ok();
    let place = checked
        .entries
        .iter()
        .position(|entry| entry.pseudonym.as_str() == receipt.pseudonym && Some(entry.attempt) == attempt);
    let ledger = format!("{}ledger.jsonl", checked.folder);
    let Some(place) = place else {
        let who = format!("{} lượt {}", receipt.pseudonym, receipt.attempt);
        return Err(Broken::new(&ledger, format!("không có bài của {who} dù biên nhận đã ký")));
    };
    let entry = &checked.entries[place];
    let line = place + 1;
    holds(entry.submitted_at.rfc3339() == receipt.received_at, &ledger, || {
        format!("dòng {line}: giờ nộp khác biên nhận")
    })?;
    let commitment = data_encoding::HEXLOWER.encode(&checked.sealed(entry).commitment());
    holds(commitment == receipt.commitment, &ledger, || {
        format!("dòng {line}: bài thi khác với cam kết trong biên nhận")
    })?;
    report.holds(&format!("bài thi của biên nhận nằm ở dòng {line} của sổ, đúng như đã nộp"));
    Ok(())
}

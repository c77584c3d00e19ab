//! A receipt against the published round: was this submission counted as it was sent?

use crate::note::Verifier;
use crate::round::Claims;
use crate::{Broken, Report, holds};
use contest::ids::{ContestId, RoundId};
use documents::words::verify as words;

/// First line of a receipt.
const KIND: &str = "hoithi/receipt/1";

/// What a receipt says (`RELIABILITY.md` 4.3), still unchecked.
#[derive(Debug)]
pub struct Receipt {
    note: String,
    pub(crate) contest: String,
    pub(crate) round: String,
    pseudonym: String,
    attempt: String,
    received_at: String,
    commitment: String,
}

/// What stands below the four lines that name an attempt.
struct Seal<'t> {
    received_at: &'t str,
    commitment: &'t str,
    name: &'t str,
    signature: &'t str,
}

impl Receipt {
    /// Reads a receipt as people paste it. Chats drop line ends, double them, or add blanks; no part of a receipt
    /// holds a blank, so the parts themselves say where the lines ended. Where nothing parts them several readings
    /// may be possible, of which one is signed. An error says why it is no receipt.
    pub(crate) fn readings(pasted: &str) -> Result<Vec<Self>, &'static str> {
        let is_blank = |c: char| c.is_whitespace() || matches!(c, '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}');
        let text = pasted.split(is_blank).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ");
        let Some((_, lines)) = text.split_once(KIND) else {
            let is_signed = text.match_indices(is_dash).any(|(at, _)| signature(&text[at..]).is_some());
            return Err(if is_signed { words::CUT_RECEIPT } else { words::NO_RECEIPT });
        };
        let (place, seal) = Seal::find(lines).ok_or(words::CUT_RECEIPT)?;
        let readings: Vec<Self> =
            places(place, seal.name).iter().filter_map(|place| Self::read(*place, &seal)).collect();
        if readings.is_empty() { Err(words::CUT_RECEIPT) } else { Ok(readings) }
    }

    fn read([contest, round, pseudonym, attempt]: [&str; 4], seal: &Seal<'_>) -> Option<Self> {
        ContestId::parse(contest).ok()?;
        RoundId::parse(round).ok()?;
        let Seal { received_at, commitment, name, signature } = seal;
        let lines = [KIND, contest, round, pseudonym, attempt, received_at, commitment].join("\n");
        Some(Self {
            note: format!("{lines}\n\n— {name} {signature}\n"),
            contest: contest.to_owned(),
            round: round.to_owned(),
            pseudonym: pseudonym.to_owned(),
            attempt: attempt.to_owned(),
            received_at: (*received_at).to_owned(),
            commitment: (*commitment).to_owned(),
        })
    }

    /// Whether the key signed this reading.
    pub(crate) fn is_signed(&self, verifier: &Verifier) -> bool {
        verifier.open(&self.note).is_some()
    }
}

impl<'t> Seal<'t> {
    /// Finds time, commitment and signature; before them stands what is answered first.
    fn find(lines: &'t str) -> Option<(&'t str, Self)> {
        const TIME: usize = "2026-03-02T01:01:00.000Z".len();
        lines.match_indices('Z').find_map(|(at, _)| {
            let start = (at + 1).checked_sub(TIME)?;
            let received_at = lines.get(start..=at).filter(|time| is_time(time))?;
            let rest = lines[at + 1..].trim_start();
            let commitment = rest.get(..64).filter(|hash| hash.bytes().all(|b| b"0123456789abcdef".contains(&b)))?;
            let (name, signature) = signature(rest[64..].trim_start())?;
            Some((lines[..start].trim(), Self { received_at, commitment, name, signature }))
        })
    }
}

/// Contest, round, pseudonym and attempt: one reading where blanks part them, else every one that may be meant.
fn places<'t>(text: &'t str, name: &'t str) -> Vec<[&'t str; 4]> {
    let words: Vec<&str> = text.split(' ').collect();
    if let Ok(place) = <[&str; 4]>::try_from(words.as_slice()) {
        return vec![place];
    }
    // The key's name ends in the contest.
    let contest = name.rsplit('/').next().unwrap_or_default();
    let Some(glued) = text.strip_prefix(contest).filter(|_| words.len() == 1) else { return Vec::new() };
    let reading = |digits: usize| {
        let (place, attempt) = glued.split_at_checked(glued.len().checked_sub(digits)?)?;
        let (round, pseudonym) = place.split_at_checked(place.len().checked_sub(16)?)?;
        let is_number = !attempt.starts_with('0') && attempt.bytes().all(|b| b.is_ascii_digit());
        let is_pseudonym = pseudonym.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'));
        (is_number && is_pseudonym).then_some([contest, round, pseudonym, attempt])
    };
    (1..=4).filter_map(reading).collect()
}

const fn is_dash(c: char) -> bool {
    matches!(c, '—' | '–' | '-')
}

/// Name and value of the signature line at the start of a text, whatever dash a chat has made of its own.
fn signature(text: &str) -> Option<(&str, &str)> {
    const LENGTH: usize = (4 + 64usize).div_ceil(3) * 4;
    let line = text.trim_start_matches(is_dash);
    let (name, rest) = (line.len() < text.len()).then(|| line.trim_start().split_once(' '))??;
    let value = rest.get(..LENGTH)?;
    let is_base64 = value.strip_suffix('=')?.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'+' || b == b'/');
    (is_base64 && !name.is_empty()).then_some((name, value))
}

fn is_time(text: &str) -> bool {
    let like = |(shape, byte): (u8, u8)| if shape == b'0' { byte.is_ascii_digit() } else { shape == byte };
    "0000-00-00T00:00:00.000Z".bytes().zip(text.bytes()).all(like)
}

/// Checks a receipt against the live version of a round, which holds.
pub(crate) fn check(receipt: &Receipt, live: &Claims, report: &mut Report<'_>) -> Result<(), Broken> {
    holds(receipt.is_signed(&live.verifier), words::RECEIPT, words::BAD_SIGNATURE)?;
    report.holds(words::RECEIPT_SIGNED);
    let attempt: Option<u16> = receipt.attempt.parse().ok();
    let ledger = live.version.path("ledger.jsonl");
    let (line, entry) = (1..)
        .zip(&live.entries)
        .find(|(_, entry)| entry.pseudonym.as_str() == receipt.pseudonym && Some(entry.attempt) == attempt)
        .ok_or_else(|| Broken::new(&ledger, words::not_counted(&receipt.pseudonym, &receipt.attempt)))?;
    let on_time = entry.submitted_at.rfc3339() == receipt.received_at;
    holds(on_time, &ledger, words::line(line, words::OTHER_RECEIVED_AT))?;
    let commitment = data_encoding::HEXLOWER.encode(&live.frozen.sealed(entry).commitment());
    holds(commitment == receipt.commitment, &ledger, words::line(line, words::OTHER_SUBMISSION))?;
    report.holds(words::counted(line));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECEIPT: &str = include_str!("../../../tests/golden/published/receipt.txt");

    #[test]
    fn a_receipt_is_read_however_a_chat_has_changed_its_lines() {
        let changed = [
            RECEIPT.replace('\n', " "),
            RECEIPT.replace('\n', ""),
            RECEIPT.replace('\n', "\r\n"),
            RECEIPT.replace('\n', " \u{a0}\n"),
            RECEIPT.replace('\n', "\n\n"),
            RECEIPT.replace("\n\n", "\n"),
            RECEIPT.replace('—', "-"),
            RECEIPT.trim_end().to_owned(),
            format!("\u{feff}Kiểm tra giúp mình: {RECEIPT} Cảm ơn!"),
        ];
        for text in changed {
            let readings = Receipt::readings(&text).unwrap_or_else(|why| panic!("{why}: {text}"));
            assert_eq!(readings.iter().map(|reading| reading.note.as_str()).collect::<Vec<_>>(), [RECEIPT], "{text}");
        }
    }

    #[test]
    fn a_receipt_of_which_something_is_missing_is_not_called_forged() {
        let lines: Vec<&str> = RECEIPT.lines().filter(|line| !line.is_empty()).collect();
        for missing in 0..lines.len() {
            let mut left = lines.clone();
            left.remove(missing);
            for end in ["\n", " ", ""] {
                assert_eq!(Receipt::readings(&left.join(end)).err(), Some(words::CUT_RECEIPT), "{}", left.join(end));
            }
        }
        for (end, _) in RECEIPT.trim_end().char_indices().skip(KIND.len()) {
            assert_eq!(Receipt::readings(&RECEIPT[..end]).err(), Some(words::CUT_RECEIPT), "{}", &RECEIPT[..end]);
        }
        for other in ["", "xin chào", "hoithi/receipt", "Mã công khai t6gefaxzcq3oyw7g"] {
            assert_eq!(Receipt::readings(other).err(), Some(words::NO_RECEIPT), "{other}");
        }
    }

    #[test]
    fn where_nothing_parts_the_lines_every_reading_is_given() {
        let glued = RECEIPT.replace("vong-1\nt6gefaxzcq3oyw7g", "vong2\nt6gefaxzcq3oyw72").replace('\n', "");
        let readings = Receipt::readings(&glued).expect("a receipt");
        let rounds: Vec<&str> = readings.iter().map(|reading| reading.round.as_str()).collect();
        assert_eq!(rounds, ["vong2", "vong", "von"]);
    }
}

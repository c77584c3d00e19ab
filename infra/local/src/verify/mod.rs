//! `hoithi verify`: recomputes published rounds from their public files alone (`docs/TRUST.md`).
//!
//! It knows no secret and asks no function: what it reads, anyone can read. The first difference ends
//! the check of a round and is named with its file.

mod figures;
pub mod fuzzing;
mod lots;
mod note;
mod public;
mod receipt;
mod round;
mod source;

use note::Verifier;
use receipt::{Fault, Receipt};
use source::Target;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Neither an address nor a folder with published files; `clap` ends with the same code.
const UNUSABLE: u8 = 2;

/// Something published does not hold.
#[derive(Debug)]
struct Broken {
    /// Path below the root.
    file: String,
    detail: String,
}

impl Broken {
    fn new(file: &str, detail: impl Into<String>) -> Self {
        Self { file: file.to_owned(), detail: detail.into() }
    }
}

/// Fails with a file and a sentence unless something holds.
fn holds(condition: bool, file: &str, detail: impl FnOnce() -> String) -> Result<(), Broken> {
    if condition { Ok(()) } else { Err(Broken::new(file, detail())) }
}

/// What is told while checking: a line for each thing that holds.
struct Report<'o> {
    out: &'o mut dyn Write,
}

impl Report<'_> {
    fn line(&mut self, text: &str) {
        // Nobody is left to be told where standard output is gone.
        let _unheard = writeln!(self.out, "{text}").and_then(|()| self.out.flush());
    }

    fn holds(&mut self, text: &str) {
        self.line(&format!("  ✓ {text}"));
    }

    fn note(&mut self, text: &str) {
        self.line(&format!("  ! {text}"));
    }
}

/// Checks what `target` points at, and with it a receipt. Answers the exit code: 0 where everything
/// holds, 1 with the first difference of each round named, 2 where there is nothing to check.
pub fn verify(target: &str, receipt: Option<&Path>) -> ExitCode {
    let mut out = std::io::stdout();
    let mut report = Report { out: &mut out };
    let unusable = |report: &mut Report<'_>, text: &str| {
        report.line(text);
        ExitCode::from(UNUSABLE)
    };
    let Some(target) = Target::parse(target) else {
        return unusable(&mut report, &format!("{target}: không phải địa chỉ hay thư mục có kết quả đã công bố"));
    };
    let receipt = match receipt.map(source::read_ordinary).transpose() {
        Ok(receipt) => receipt.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()),
        Err(error) => return unusable(&mut report, &format!("không đọc được biên nhận: {error}")),
    };
    let receipt = match receipt.map(|text| signed_reading(&target, &text)).transpose() {
        Ok(receipt) => receipt,
        Err(why) => return unusable(&mut report, why),
    };
    match check(&target, receipt.as_ref(), &mut report) {
        Ok(Outcome { rounds: 0, .. }) => unusable(&mut report, "Chưa có vòng thi nào được công bố ở đây."),
        Ok(Outcome { rounds, broken: 0 }) => {
            report.line(&format!("Mọi điều đều đúng: {rounds} vòng thi đã được kiểm tra."));
            ExitCode::SUCCESS
        }
        Ok(Outcome { rounds, broken }) => {
            report.line(&format!("KHÔNG ĐÚNG: {broken} trong {rounds} vòng thi có sai lệch, nêu ở trên."));
            ExitCode::FAILURE
        }
        Err(broken) => {
            report.line(&format!("✗ {}: {}", broken.file, broken.detail));
            ExitCode::FAILURE
        }
    }
}

/// Checks a folder or site, and the receipt whose text is given, without telling how far it is. Answers
/// how many rounds hold.
///
/// # Errors
/// Everything that was told, where something does not hold.
pub fn verify_quietly(target: &str, receipt: Option<&str>) -> Result<usize, String> {
    let target = Target::parse(target).ok_or("nothing to check")?;
    let receipt = receipt.map(|text| signed_reading(&target, text)).transpose()?;
    let mut told = Vec::new();
    let outcome = check(&target, receipt.as_ref(), &mut Report { out: &mut told });
    match outcome {
        Ok(Outcome { rounds, broken: 0 }) => Ok(rounds),
        Ok(_) => Err(String::from_utf8_lossy(&told).into_owned()),
        Err(broken) => Err(format!("{}: {}", broken.file, broken.detail)),
    }
}

/// The receipt that a text is; of several readings the one that its contest signed, else the first.
fn signed_reading(target: &Target, text: &str) -> Result<Receipt, &'static str> {
    let mut readings = Receipt::readings(text).map_err(|fault| match fault {
        Fault::Cut => {
            "biên nhận chép chưa đủ: thiếu một dòng hoặc thiếu phần cuối; hãy chép lại từ dòng hoithi/receipt/1 đến hết \
             dòng chữ ký"
        }
        Fault::NotOne => "tệp này không phải biên nhận bài thi",
    })?;
    let signed = |receipt: &Receipt| {
        let path = format!("contests/{}/contest.json", receipt.contest);
        let public: Option<public::Contest> =
            target.source.read(&path).ok().and_then(|bytes| public::json(&path, &bytes).ok());
        public.and_then(|public| Verifier::parse(&public.public_key)).is_some_and(|key| receipt.is_signed(&key))
    };
    let chosen = if readings.len() > 1 { readings.iter().position(signed).unwrap_or(0) } else { 0 };
    Ok(readings.swap_remove(chosen))
}

struct Outcome {
    rounds: usize,
    broken: usize,
}

fn check(target: &Target, receipt: Option<&Receipt>, report: &mut Report<'_>) -> Result<Outcome, Broken> {
    let mut outcome = Outcome { rounds: 0, broken: 0 };
    for (contest, round) in rounds(target, receipt)? {
        let folder = format!("contests/{contest}/rounds/{round}/");
        if target.source.find(&format!("{folder}index.json"))?.is_none() {
            if target.round.is_some() || receipt.is_some() {
                report.line(&format!("{contest} / {round}: chưa công bố"));
            }
            continue;
        }
        report.line(&format!("{contest} / {round}"));
        outcome.rounds += 1;
        let checked = round::check(&target.source, &contest, &round, report);
        let checked = checked.and_then(|checked| match receipt {
            Some(receipt) => receipt::check(receipt, &checked, report),
            None => Ok(()),
        });
        if let Err(broken) = checked {
            report.line(&format!("  ✗ {}: {}", broken.file, broken.detail));
            outcome.broken += 1;
        }
    }
    Ok(outcome)
}

/// The rounds to be checked: those asked for, the receipt's, or every one that is planned.
fn rounds(target: &Target, receipt: Option<&Receipt>) -> Result<Vec<(String, String)>, Broken> {
    if let Some(receipt) = receipt {
        let other = target.contest.as_ref().is_some_and(|contest| *contest != receipt.contest)
            || target.round.as_ref().is_some_and(|round| *round != receipt.round);
        holds(!other, "biên nhận", || {
            format!("thuộc về {} / {}, không phải nơi này", receipt.contest, receipt.round)
        })?;
        return Ok(vec![(receipt.contest.clone(), receipt.round.clone())]);
    }
    let mut rounds = Vec::new();
    for contest in contests(target)? {
        if let Some(round) = &target.round {
            rounds.push((contest, round.clone()));
            continue;
        }
        let path = format!("contests/{contest}/contest.json");
        let public: public::Contest = public::json(&path, &target.source.read(&path)?)?;
        rounds.extend(public.rounds.into_iter().map(|round| (contest.clone(), round.id)));
    }
    Ok(rounds)
}

fn contests(target: &Target) -> Result<Vec<String>, Broken> {
    if let Some(contest) = &target.contest {
        return Ok(vec![contest.clone()]);
    }
    let path = "contests/index.json";
    let bytes = target.source.read(path)?;
    let index = documents::site::ContestsIndex::from_json(&bytes);
    let index = index.map_err(|error| Broken::new(path, format!("không đúng định dạng: {error}")))?;
    Ok(index.contests().iter().map(|line| line.id.clone()).collect())
}

//! Recomputes published rounds from their public files alone (`docs/TRUST.md`).
//!
//! It knows no secret and asks no function: what it reads, anyone can read. It opens nothing itself, so that it also
//! runs where there is no file system; its caller finds files by their paths. The first difference ends the check of a
//! round and is named with its file.

#![warn(missing_docs)]

mod compare;
mod decisions;
mod figures;
pub mod fuzzing;
mod lots;
mod note;
mod over_contest;
mod public;
mod receipt;
mod round;

use documents::site::ContestsIndex;
use documents::words::verify as words;
use note::Verifier;
pub use receipt::Receipt;
use std::fmt::Display;

/// Something published does not hold.
#[derive(Debug)]
pub struct Broken {
    /// Path below the root.
    pub file: String,
    /// What is wrong with it, in Vietnamese.
    pub detail: String,
}

impl Broken {
    fn new(file: &str, detail: impl Into<String>) -> Self {
        Self { file: file.to_owned(), detail: detail.into() }
    }
}

/// Fails with a file and a sentence unless something holds.
fn holds(condition: bool, file: &str, detail: impl Into<String>) -> Result<(), Broken> {
    if condition { Ok(()) } else { Err(Broken::new(file, detail)) }
}

/// Finds a file below the root of published files, under which `contests/` stands: its bytes, `None` where there is none,
/// or in Vietnamese why it cannot be read.
pub type Find<'a> = dyn Fn(&str) -> Result<Option<Vec<u8>>, String> + 'a;

/// Published files.
#[derive(Clone, Copy)]
struct Files<'a>(&'a Find<'a>);

impl Files<'_> {
    /// A file below the root, or `None` where there is none.
    fn find(&self, path: &str) -> Result<Option<Vec<u8>>, Broken> {
        (self.0)(path).map_err(|error| Broken::new(path, words::unreadable(error)))
    }

    /// A file that must be there.
    fn read(&self, path: &str) -> Result<Vec<u8>, Broken> {
        self.find(path)?.ok_or_else(|| Broken::new(path, words::NO_FILE))
    }
}

/// What is told while checking: a line for each thing that holds.
struct Report<'o> {
    tell: &'o mut dyn FnMut(&str),
}

impl Report<'_> {
    fn line(&mut self, text: &str) {
        (self.tell)(text);
    }

    fn holds(&mut self, text: impl Display) {
        self.line(&format!("  ✓ {text}"));
    }

    fn note(&mut self, text: impl Display) {
        self.line(&format!("  ! {text}"));
    }
}

/// What is to be checked.
#[derive(Default)]
pub struct Asked {
    /// One contest, or every one.
    pub contest: Option<String>,
    /// One round, or every published one.
    pub round: Option<String>,
    /// A receipt, which names its round.
    pub receipt: Option<Receipt>,
}

/// The receipt that a pasted text is; of several readings the one that its contest signed, else the first.
///
/// # Errors
/// In Vietnamese, why the text is no receipt.
pub fn read_receipt(find: &Find<'_>, text: &str) -> Result<Receipt, &'static str> {
    let files = Files(find);
    let mut readings = Receipt::readings(text)?;
    let signed = |receipt: &Receipt| {
        let path = format!("contests/{}/contest.json", receipt.contest);
        let public: Option<public::Contest> = files.read(&path).ok().and_then(|bytes| public::json(&path, &bytes).ok());
        public.and_then(|public| Verifier::parse(&public.public_key)).is_some_and(|key| receipt.is_signed(&key))
    };
    let chosen = if readings.len() > 1 { readings.iter().position(signed).unwrap_or(0) } else { 0 };
    Ok(readings.swap_remove(chosen))
}

/// How many rounds were checked, and how many of them do not hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Published rounds among those that were asked for.
    pub rounds: usize,
    /// Rounds in which something does not hold; each was told with its first difference.
    pub broken: usize,
}

/// Checks what is asked for, and tells each line of the report to `tell`, in Vietnamese. What is published over a contest
/// is checked with all its rounds, where no one of them is asked for.
///
/// # Errors
/// Where it cannot be found out which rounds there are.
pub fn check(find: &Find<'_>, asked: &Asked, tell: &mut dyn FnMut(&str)) -> Result<Outcome, Broken> {
    let (files, report) = (Files(find), &mut Report { tell });
    let mut outcome = Outcome { rounds: 0, broken: 0 };
    if let Some((contest, round)) = asked_round(asked)? {
        if let Some(checked) = check_round(&files, &contest, &round, &mut outcome, report)? {
            let receipt = asked.receipt.as_ref();
            let shown = receipt.map_or(Ok(()), |receipt| receipt::check(receipt, &checked.live, report));
            outcome.tell(shown, report);
        } else if outcome.rounds == 0 {
            report.line(&words::not_published(&contest, &round));
        }
        return Ok(outcome);
    }
    for contest in contests(&files, asked)? {
        let path = format!("contests/{contest}/contest.json");
        let public: public::Contest = public::json(&path, &files.read(&path)?)?;
        let (mut checked, broken) = (Vec::new(), outcome.broken);
        for round in &public.rounds {
            checked.extend(check_round(&files, &contest, &round.id, &mut outcome, report)?);
        }
        if outcome.broken == broken && !checked.is_empty() {
            report.line(&words::over_contest(&contest));
            let over = over_contest::check(&files, &contest, &public, &checked, report);
            outcome.tell(over, report);
        }
    }
    Ok(outcome)
}

impl Outcome {
    fn tell<T>(&mut self, checked: Result<T, Broken>, report: &mut Report<'_>) -> Option<T> {
        let told = |broken: Broken| {
            report.line(&format!("  ✗ {}: {}", broken.file, broken.detail));
            self.broken += 1;
        };
        checked.map_err(told).ok()
    }
}

/// Checks a round if it is published; `None` where it is not, or does not hold.
fn check_round(
    files: &Files<'_>,
    contest: &str,
    round: &str,
    outcome: &mut Outcome,
    report: &mut Report<'_>,
) -> Result<Option<round::Checked>, Broken> {
    if files.find(&format!("contests/{contest}/rounds/{round}/index.json"))?.is_none() {
        return Ok(None);
    }
    report.line(&format!("{contest} / {round}"));
    outcome.rounds += 1;
    let checked = round::check(files, contest, round, report);
    Ok(outcome.tell(checked, report))
}

/// The one round that is asked for, by its name or by a receipt.
fn asked_round(asked: &Asked) -> Result<Option<(String, String)>, Broken> {
    let Some(receipt) = &asked.receipt else { return Ok(asked.contest.clone().zip(asked.round.clone())) };
    let other = asked.contest.as_ref().is_some_and(|contest| *contest != receipt.contest)
        || asked.round.as_ref().is_some_and(|round| *round != receipt.round);
    holds(!other, words::RECEIPT, words::receipt_of(&receipt.contest, &receipt.round))?;
    Ok(Some((receipt.contest.clone(), receipt.round.clone())))
}

fn contests(files: &Files<'_>, asked: &Asked) -> Result<Vec<String>, Broken> {
    if let Some(contest) = &asked.contest {
        return Ok(vec![contest.clone()]);
    }
    let path = "contests/index.json";
    let index: ContestsIndex = public::json(path, &files.read(path)?)?;
    Ok(index.contests().iter().map(|line| line.id.clone()).collect())
}

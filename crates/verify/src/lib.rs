//! Recomputes published rounds from their public files alone (`docs/TRUST.md`).
//!
//! It knows no secret and asks no function: what it reads, anyone can read. It opens nothing itself, so that it also
//! runs where there is no file system; its caller finds files by their paths. The first difference ends the check of a
//! round and is named with its file.

#![warn(missing_docs)]

mod decisions;
mod figures;
pub mod fuzzing;
mod lots;
mod note;
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

/// Checks what is asked for, and tells each line of the report to `tell`, in Vietnamese.
///
/// # Errors
/// Where it cannot be found out which rounds there are.
pub fn check(find: &Find<'_>, asked: &Asked, tell: &mut dyn FnMut(&str)) -> Result<Outcome, Broken> {
    let (files, report) = (Files(find), &mut Report { tell });
    let mut outcome = Outcome { rounds: 0, broken: 0 };
    for (contest, round) in rounds(&files, asked)? {
        let folder = format!("contests/{contest}/rounds/{round}/");
        if files.find(&format!("{folder}index.json"))?.is_none() {
            if asked.round.is_some() || asked.receipt.is_some() {
                report.line(&words::not_published(&contest, &round));
            }
            continue;
        }
        report.line(&format!("{contest} / {round}"));
        outcome.rounds += 1;
        let live = round::check(&files, &contest, &round, report);
        let checked = live
            .and_then(|live| asked.receipt.as_ref().map_or(Ok(()), |receipt| receipt::check(receipt, &live, report)));
        if let Err(broken) = checked {
            report.line(&format!("  ✗ {}: {}", broken.file, broken.detail));
            outcome.broken += 1;
        }
    }
    Ok(outcome)
}

/// The rounds to be checked: those asked for, the receipt's, or every one that is planned.
fn rounds(files: &Files<'_>, asked: &Asked) -> Result<Vec<(String, String)>, Broken> {
    if let Some(receipt) = &asked.receipt {
        let other = asked.contest.as_ref().is_some_and(|contest| *contest != receipt.contest)
            || asked.round.as_ref().is_some_and(|round| *round != receipt.round);
        holds(!other, words::RECEIPT, words::receipt_of(&receipt.contest, &receipt.round))?;
        return Ok(vec![(receipt.contest.clone(), receipt.round.clone())]);
    }
    let mut rounds = Vec::new();
    for contest in contests(files, asked)? {
        if let Some(round) = &asked.round {
            rounds.push((contest, round.clone()));
            continue;
        }
        let path = format!("contests/{contest}/contest.json");
        let public: public::Contest = public::json(&path, &files.read(&path)?)?;
        rounds.extend(public.rounds.into_iter().map(|round| (contest.clone(), round.id)));
    }
    Ok(rounds)
}

fn contests(files: &Files<'_>, asked: &Asked) -> Result<Vec<String>, Broken> {
    if let Some(contest) = &asked.contest {
        return Ok(vec![contest.clone()]);
    }
    let path = "contests/index.json";
    let index: ContestsIndex = public::json(path, &files.read(path)?)?;
    Ok(index.contests().iter().map(|line| line.id.clone()).collect())
}

//! Question banks of every format. A reader turns a file into drafts, and [`contest::bank::check`] judges them alike,
//! wherever they come from. A new format is a variant of [`BankFormat`] and a reader beside [`worksheet`].

mod cross_check;
mod texts;
mod word;
mod worksheet;

pub(super) use cross_check::check_plan;
pub(crate) use cross_check::several;

use super::Content;
use crate::folder::{BankOutline, Folder, is_of_file};
use crate::in_force::{Change, Compiled, InForce};
use crate::readers::Format;
use crate::readers::bounds::MAX_FILE_BYTES;
use crate::tables::{BankPart, Reading, of_sheets};
use crate::verdict::Verdict;
use anyhow::Context;
use contest::bank::{Bank, BankFormat, QuestionDraft, check};
use contest::ids::ContestId;
use contest::plan::Round;
use contest::problem::{Place, Problem, ProblemKind};
use contest::seal::{Purpose, key_commitment, keyed, sha256_hex};
use data_encoding::HEXLOWER;
use std::collections::{BTreeMap, BTreeSet};
use store::{BankRef, LevelCount, ObjectRef, StoredBank, StoredKey, TopicCount, keys};

/// What a reader finds of one bank.
#[derive(Debug, Default)]
struct BankDraft {
    /// The sheet that holds it; `None` where the file is one bank.
    sheet: Option<String>,
    /// Its questions in the order of the file.
    questions: Vec<QuestionDraft>,
    /// What cannot be read.
    errors: Vec<Problem>,
    /// What is not read, and does no harm.
    warnings: Vec<Problem>,
}

impl BankDraft {
    fn error(&mut self, place: Place, kind: ProblemKind) {
        self.errors.push(Problem { place, kind });
    }

    /// Takes in what another part of the same bank has.
    fn add(&mut self, part: Self) {
        self.questions.extend(part.questions);
        self.errors.extend(part.errors);
        self.warnings.extend(part.warnings);
    }
}

/// One bank of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BankTable {
    /// The sheet that holds it; `None` where the file is one bank.
    pub sheet: Option<String>,
    pub bank: Bank,
}

/// Reads and judges every bank of a file.
pub fn read(format: BankFormat, bytes: &[u8]) -> Reading<Vec<BankTable>> {
    let of_sheets = |format| of_sheets(format, bytes, |sheets| judged(worksheet::drafts(sheets)));
    match format {
        BankFormat::Xlsx => of_sheets(Format::Xlsx),
        BankFormat::Csv => of_sheets(Format::Csv),
        BankFormat::Gift => of_text(bytes, texts::gift),
        BankFormat::Txt => of_text(bytes, texts::aiken_or_gift),
        BankFormat::Xml => of_text(bytes, texts::xml),
        BankFormat::Zip => of_text(bytes, texts::package),
        BankFormat::Docx => judged(word::drafts(bytes)),
    }
}

fn of_text(bytes: &[u8], read: fn(&[u8]) -> Result<BankDraft, Problem>) -> Reading<Vec<BankTable>> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        return Reading::unreadable(vec![Problem::of_file(ProblemKind::FileTooLarge { most: MAX_FILE_BYTES })]);
    }
    let draft = read(bytes).map(|mut draft| {
        draft.errors.extend(texts::spoiled(&draft.questions));
        vec![draft]
    });
    judged(draft.map_err(|problem| vec![problem]))
}

fn judged(drafts: Result<Vec<BankDraft>, Vec<Problem>>) -> Reading<Vec<BankTable>> {
    let mut whole = Reading::unreadable(Vec::new());
    match drafts {
        Ok(drafts) => {
            let is_one_of_several = drafts.len() > 1;
            let judge = |draft: BankDraft| {
                let (sheet, before) = (draft.sheet.clone().filter(|_| is_one_of_several), whole.warnings.len());
                let bank = judge(draft, &mut whole);
                let of_all = whole.warnings[before..].iter_mut().filter(|warning| warning.place == Place::File);
                of_all.for_each(|warning| warning.place = sheet.clone().map_or(Place::File, Place::Sheet));
                bank
            };
            let banks: Vec<Option<BankTable>> = drafts.into_iter().map(judge).collect();
            whole.content = banks.into_iter().collect();
        }
        Err(problems) => whole.errors = problems,
    }
    whole
}

/// One bank, where it has no errors, and what is said of it.
fn judge(draft: BankDraft, whole: &mut Reading<Vec<BankTable>>) -> Option<BankTable> {
    let BankDraft { sheet, questions, mut errors, warnings } = draft;
    let checked = match check(&questions) {
        Ok(checked) => checked,
        Err(problem) => {
            whole.errors.push(problem);
            return None;
        }
    };
    errors.extend(checked.errors);
    if questions.is_empty() && errors.is_empty() {
        errors.push(Problem::of_file(ProblemKind::NoQuestions));
    }
    errors.sort_by_key(|problem| problem.place.row());
    let bank = checked.bank.filter(|_| errors.is_empty());
    whole.rows += questions.len() as u64;
    whole.sheets.extend(sheet.clone());
    whole.parts.push(BankPart { sheet: sheet.clone(), questions: checked.read });
    whole.errors.extend(errors);
    whole.warnings.extend(checked.warnings.into_iter().chain(warnings));
    bank.map(|bank| BankTable { sheet, bank })
}

/// A file of banks.
pub(super) struct BankFile {
    name: String,
    sha256: String,
    tables: Vec<BankTable>,
}

/// Reads and judges a file with what is kept of it besides its banks.
pub(super) fn read_file(format: BankFormat, name: &str, bytes: &[u8]) -> Reading<BankFile> {
    read(format, bytes).map(|tables| BankFile { name: name.to_owned(), sha256: sha256_hex(bytes), tables })
}

impl Content for BankFile {
    fn cross_check(&self, folder: &Folder, verdict: &mut Verdict) {
        match verdict.wait_for_plan(folder) {
            Some(plan) => cross_check::check_file(plan, folder, self, verdict),
            None => verdict.warnings.extend(cross_check::several(&self.tables)),
        }
    }

    fn put(&self, folder: &mut Folder) {
        folder.banks.retain(|name, _| !is_of_file(name, &self.name));
        let names = bank_names(&self.name, &self.tables).into_iter();
        folder.banks.extend(names.map(|(name, table)| (name, BankOutline::of(&table.bank.questions))));
    }

    fn compile(&self, from: &InForce, to: &mut Compiled) -> anyhow::Result<()> {
        to.state.banks.retain(|name, _| !is_of_file(name, &self.name));
        let secret = from.keys.derive(Purpose::Nonce);
        // Of the same file the same nonce, so that importing it again changes nothing, and no two commitments to one
        // key ever stand beside each other.
        let of_file = keyed(&secret, &[&self.sha256]);
        for (name, table) in bank_names(&self.name, &self.tables) {
            let nonce = if self.tables.len() == 1 { of_file } else { nonce_of_sheet(&secret, &table.bank)? };
            let bank = put_bank(&from.contest, &nonce, &table.bank, to)?;
            to.state.banks.insert(name, bank);
        }
        Ok(())
    }

    fn refused_change(&self, change: &Change<'_>) -> Vec<Problem> {
        let (from, to) = (&change.from.state.banks, &change.to.banks);
        let names: BTreeSet<&String> = from.keys().chain(to.keys()).collect();
        // What is counted of it is no part of a bank: an older program counted less.
        let bank = |banks: &BTreeMap<String, BankRef>, name: &String| {
            banks.get(name).map(|bank| (bank.questions.clone(), bank.key.clone(), bank.key_commitment.clone()))
        };
        let changed = names.into_iter().filter(|name| bank(from, name) != bank(to, name));
        let now = change.from.now;
        let fault = |round: &Round| {
            let name = round.name.clone();
            match () {
                () if round.closes <= now => Some(ProblemKind::RoundHasEnded { round: name }),
                // A first bank may still come.
                () if round.opens <= now && from.contains_key(&round.bank) => {
                    Some(ProblemKind::RoundHasBegun { round: name })
                }
                () => None,
            }
        };
        let rounds = changed.flat_map(|name| change.plan.rounds.iter().filter(move |round| round.bank == *name));
        rounds.filter_map(fault).map(Problem::of_file).collect()
    }
}

/// Every name by which a round may mean a bank of this file: each sheet with a table, and the file alone
/// where there is one table.
fn bank_names<'a>(file: &str, tables: &'a [BankTable]) -> Vec<(String, &'a BankTable)> {
    let named = |table: &'a BankTable| Some((format!("{file}#{}", table.sheet.as_ref()?), table));
    let sole = <&[BankTable; 1]>::try_from(tables).ok().map(|[table]| (file.to_owned(), table));
    sole.into_iter().chain(tables.iter().filter_map(named)).collect()
}

/// The nonce of one of several banks of a file: it follows from this bank alone, so that opening its
/// commitment opens no other, and another sheet may change while its round is ahead.
fn nonce_of_sheet(secret: &[u8; 32], bank: &Bank) -> anyhow::Result<[u8; 32]> {
    let questions = serde_json::to_vec(&StoredBank::of(&bank.questions)).context("cannot write a bank")?;
    let key = serde_json::to_vec(&StoredKey::of(&[0; 32], &bank.key, &bank.notes)).context("cannot write a key")?;
    Ok(keyed(secret, &["sheet", &sha256_hex(&questions), &sha256_hex(&key)]))
}

fn put_bank(contest: &ContestId, nonce: &[u8; 32], bank: &Bank, to: &mut Compiled) -> anyhow::Result<BankRef> {
    let stored = StoredKey::of(nonce, &bank.key, &bank.notes);
    let json = serde_json::to_vec(&stored).context("cannot write an answer key")?;
    let sha256 = sha256_hex(&json);
    let path = keys::answer_key(contest, &sha256);
    to.answer_keys.push((path.clone(), json));
    let topics = BankOutline::of(&bank.questions).topics.into_iter();
    Ok(BankRef {
        questions: to.put("bank", &StoredBank::of(&bank.questions))?,
        key: ObjectRef { path, sha256 },
        key_commitment: HEXLOWER.encode(&key_commitment(nonce, &bank.key)),
        question_count: u32::try_from(bank.questions.len()).context("a bank of many questions")?,
        topics: topics
            .map(|(topic, count)| Ok(TopicCount { topic, count: u32::try_from(count)? }))
            .collect::<anyhow::Result<_>>()?,
        levels: levels(bank),
    })
}

/// Questions of each level, in the order in which the bank first names them; none of a bank that names no level.
fn levels(bank: &Bank) -> Vec<LevelCount> {
    let mut counts: Vec<LevelCount> = Vec::new();
    for question in bank.questions.iter().filter(|_| !bank.levels.is_empty()) {
        let level = bank.levels.get(&question.id).cloned();
        match counts.iter_mut().find(|count| count.level == level) {
            Some(count) => count.count += 1,
            None => counts.push(LevelCount { level, count: 1 }),
        }
    }
    counts
}

#[cfg(test)]
mod tests;

//! What a review reads of a kept edition besides what it was ranked from: what was answered in each attempt, and how the
//! questions were marked.

use super::Scored;
use crate::editions::EditionRecord;
use crate::error::StoreError;
use crate::objects::Bucket;
use contest::bank::{OptionSet, PublicQuestion};
use contest::decision::{Decision, Ruling, of_round};
use contest::ids::QuestionId;
use contest::plan::Round;
use contest::result::{PersonIndex, RoundInput};
use contest::review::{AskedQuestion, Sheet, right_by_perfect_sheets};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};

/// The bank of a round with its sheets.
pub struct Reviewed {
    pub bank: Vec<PublicQuestion>,
    /// The same questions, as they were marked.
    pub questions: Vec<AskedQuestion>,
    /// What was answered, in the order of [`RoundInput::attempts`].
    pub sheets: Vec<Sheet>,
}

impl Scored {
    /// Reads them, where the decisions on which the edition rests are among `decisions`.
    pub async fn reviewed(
        &self,
        vault: &Bucket,
        (round, record): (&Round, &EditionRecord),
        decisions: &[Decision],
    ) -> Result<Reviewed, StoreError> {
        let bank = self.frozen.bank(round).await?.unwrap_or_default();
        let ledger = vault.referred(&self.ranked.ledger).await?;
        let sheets = sheets(&ledger, &bank, &self.input())?;
        let decided = of_round(decisions, &round.id);
        // Those on which this edition rests; one that came after they were read is there the next time.
        let decided = decided.get(..record.edition.decisions as usize);
        let decided = decided.ok_or_else(|| StoreError::Raced { what: "the decisions in force".to_owned() })?;
        let ruling = Ruling::of_decisions(decided, &round.id);
        let questions = self.asked(&ruling, &bank, &sheets)?;
        Ok(Reviewed { bank, questions, sheets })
    }

    /// The questions as they were marked. Keys that are never published are not read here: what perfect sheets tell of them
    /// stands in their place, but of voided questions nothing does.
    fn asked(
        &self,
        ruling: &Ruling,
        bank: &[PublicQuestion],
        sheets: &[Sheet],
    ) -> Result<Vec<AskedQuestion>, StoreError> {
        let opened = self.ranked.opened_key.as_ref().map(crate::StoredKey::key).transpose()?;
        let told = match &opened {
            Some(_) => vec![None; bank.len()],
            None => right_by_perfect_sheets(bank.len(), &self.attempts, sheets),
        };
        let marking = ruling.marking(opened.unwrap_or_default());
        let question = |(question, told): (&PublicQuestion, Option<OptionSet>)| {
            let id: &QuestionId = &question.id;
            let voided = marking.voided.contains(id);
            let right = marking.key.get(id).copied().or(told.filter(|_| !voided));
            let options = u8::try_from(question.options.len()).map_err(|e| StoreError::corrupt("a bank", e))?;
            Ok(AskedQuestion { options, right, voided })
        };
        bank.iter().zip(told).map(question).collect()
    }
}

/// A line of the ledger, as far as a review reads it.
#[derive(Deserialize)]
struct Line<'a> {
    pseudonym: &'a str,
    attempt: u16,
    #[serde(borrow)]
    answers: BTreeMap<&'a str, Vec<&'a str>>,
}

/// What was answered, in the order of the attempts: the ledger holds each accepted one.
fn sheets(ledger: &[u8], bank: &[PublicQuestion], round: &RoundInput<'_>) -> Result<Vec<Sheet>, StoreError> {
    let corrupt = |what: &str| StoreError::corrupt("a ledger", what);
    let places: HashMap<&str, u16> = (0..).zip(bank).map(|(place, question)| (question.id.as_str(), place)).collect();
    let name = |person: PersonIndex| person.of(round.people).pseudonym.as_str();
    let attempts = round.attempts.iter().enumerate();
    let mut missing: HashMap<(&str, u16), usize> =
        attempts.map(|(at, attempt)| ((name(attempt.person), attempt.number), at)).collect();
    let mut sheets = vec![Sheet::default(); round.attempts.len()];
    for line in std::str::from_utf8(ledger).map_err(|e| StoreError::corrupt("a ledger", e))?.lines() {
        let line: Line<'_> =
            serde_json::from_str(line).map_err(|e| StoreError::unparsed("a line of the ledger", &e))?;
        let at = missing.remove(&(line.pseudonym, line.attempt)).ok_or_else(|| corrupt("a line of no attempt"))?;
        let answer = |(question, letters): (&str, Vec<&str>)| {
            let place = *places.get(question).ok_or_else(|| corrupt("an answer to no question"))?;
            let chosen = OptionSet::of_letters(letters).ok_or_else(|| corrupt("an answer that is no option"))?;
            Ok((place, chosen))
        };
        let mut answers = line.answers.into_iter().map(answer).collect::<Result<Vec<_>, StoreError>>()?;
        answers.sort_unstable();
        sheets[at] = Sheet { answers };
    }
    if missing.is_empty() { Ok(sheets) } else { Err(corrupt(&format!("{} attempts are missing", missing.len()))) }
}

//! What people should look at in a round, and how its questions were answered: made from what was kept of it, long after
//! anybody waits for a reply (`DOMAIN.md` N19).

use crate::{App, Everybody};
use anyhow::Context;
use contest::bank::{OptionSet, PublicQuestion};
use contest::decision::{Ruling, of_round};
use contest::ids::QuestionId;
use contest::result::{PersonIndex, RoundInput};
use contest::review::{Account, AskedQuestion, ReviewInput, Sheet, question_figures, review, right_by_perfect_sheets};
use documents::officials::{Document, Dossier, Reviewed, review_documents};
use serde::Deserialize;
use std::collections::{BTreeMap, HashMap};
use store::{ContestSnapshot, EditionRecord, Scored, StoreError};

/// An edition as it was kept.
pub(crate) struct Kept<'a> {
    pub(crate) scored: &'a Scored,
    pub(crate) record: &'a EditionRecord,
    pub(crate) dossier: Dossier<'a>,
}

/// The list of what people should look at, and that of the questions.
pub(crate) async fn documents(
    app: &App,
    snapshot: &ContestSnapshot,
    everybody: &Everybody,
    kept: Kept<'_>,
) -> anyhow::Result<Vec<Document>> {
    let Kept { scored, record, dossier } = kept;
    let round = dossier.version.input;
    let bank = scored.frozen.bank(dossier.round).await?.unwrap_or_default();
    let ledger = app.vault.referred(&scored.ranked.ledger).await?;
    let sheets = sheets(&ledger, &bank, &round).with_context(|| format!("ledger {}", scored.ranked.ledger.path))?;
    let decisions = snapshot.decisions().await?;
    let decided = of_round(&decisions, &dossier.round.id);
    // Those on which this edition rests; one that came after the snapshot is there when the event comes again.
    let decided = decided.get(..record.edition.decisions as usize).context("decisions that are not known yet")?;
    let ruling = Ruling::of_decisions(decided, &dossier.round.id);
    let questions = asked(scored, &ruling, &bank, (&round, sheets.as_slice()))?;
    let account = |person: &contest::result::Person| everybody.registered.get(&person.contestant).cloned();
    let accounts: Vec<Account> = round.people.iter().map(|person| account(person).unwrap_or_default()).collect();
    let input = ReviewInput {
        round,
        result: dossier.version.result,
        accounts: &accounts,
        questions: &questions,
        sheets: &sheets,
    };
    let (review, figures) = (review(&input), question_figures(&input));
    let reviewed = Reviewed { review: &review, bank: &bank, questions: &questions, figures: &figures };
    Ok(review_documents(&dossier, &reviewed))
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
fn sheets(ledger: &[u8], bank: &[PublicQuestion], round: &RoundInput<'_>) -> anyhow::Result<Vec<Sheet>> {
    let places: HashMap<&str, u16> = (0..).zip(bank).map(|(place, question)| (question.id.as_str(), place)).collect();
    let name = |person: PersonIndex| person.of(round.people).pseudonym.as_str();
    let attempts = round.attempts.iter().enumerate();
    let mut missing: HashMap<(&str, u16), usize> =
        attempts.map(|(at, attempt)| ((name(attempt.person), attempt.number), at)).collect();
    let mut sheets = vec![Sheet::default(); round.attempts.len()];
    for line in std::str::from_utf8(ledger)?.lines() {
        let line: Line<'_> =
            serde_json::from_str(line).map_err(|e| StoreError::unparsed("a line of the ledger", &e))?;
        let at = missing.remove(&(line.pseudonym, line.attempt)).context("a line of no attempt")?;
        let answer = |(question, letters): (&str, Vec<&str>)| {
            let place = *places.get(question).context("an answer to no question")?;
            Ok((place, OptionSet::of_letters(letters).context("an answer that is no option")?))
        };
        let mut answers = line.answers.into_iter().map(answer).collect::<anyhow::Result<Vec<_>>>()?;
        answers.sort_unstable();
        sheets[at] = Sheet { answers };
    }
    anyhow::ensure!(missing.is_empty(), "{} attempts are not on the ledger", missing.len());
    Ok(sheets)
}

/// The questions as they were marked. Keys that are never published are not read here: what perfect sheets tell of them
/// stands in their place, but of voided questions nothing does.
fn asked(
    scored: &Scored,
    ruling: &Ruling,
    bank: &[PublicQuestion],
    (round, sheets): (&RoundInput<'_>, &[Sheet]),
) -> anyhow::Result<Vec<AskedQuestion>> {
    let opened = scored.ranked.opened_key.as_ref().map(store::StoredKey::key).transpose()?;
    let told = match &opened {
        Some(_) => vec![None; bank.len()],
        None => right_by_perfect_sheets(bank.len(), round.attempts, sheets),
    };
    let marking = ruling.marking(opened.unwrap_or_default());
    let question = |(question, told): (&PublicQuestion, Option<OptionSet>)| {
        let id: &QuestionId = &question.id;
        let voided = marking.voided.contains(id);
        let right = marking.key.get(id).copied().or(told.filter(|_| !voided));
        let options = u8::try_from(question.options.len()).context("more options than letters")?;
        Ok(AskedQuestion { options, right, voided })
    };
    bank.iter().zip(told).map(question).collect()
}

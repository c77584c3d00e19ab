//! What people should look at in a round, and how its questions were answered: made from what was kept of it, long after
//! anybody waits for a reply (`DOMAIN.md` N19).

use crate::{App, Everybody};
use anyhow::Context;
use contest::review::{Account, ReviewInput, question_figures, review};
use documents::officials::{Document, Dossier, Reviewed, review_documents};
use store::{ContestSnapshot, EditionRecord, Scored};

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
    let decisions = snapshot.decisions().await?;
    let answered = scored.reviewed(&app.vault, (dossier.round, record), &decisions).await;
    let answered = answered.with_context(|| format!("sheets of {}", scored.ranked.ledger.path))?;
    let account = |person: &contest::result::Person| everybody.registered.get(&person.contestant).cloned();
    let accounts: Vec<Account> = round.people.iter().map(|person| account(person).unwrap_or_default()).collect();
    let input = ReviewInput {
        round,
        result: dossier.version.result,
        accounts: &accounts,
        questions: &answered.questions,
        sheets: &answered.sheets,
    };
    let (review, figures) = (review(&input), question_figures(&input));
    let reviewed =
        Reviewed { review: &review, bank: &answered.bank, questions: &answered.questions, figures: &figures };
    Ok(review_documents(&dossier, &reviewed))
}

//! What organizers look at once a round is ranked (`CONSOLE.md` 4.6, 4.7): made after everything that anybody waits for, of
//! the newest edition, and again where it is missing. Nobody is removed by it.

use crate::App;
use contest::decision::Decision;
use contest::ids::ContestantId;
use contest::plan::Round;
use contest::ranking::rank_round;
use contest::result::Person;
use contest::review::{Account, ReviewInput, question_figures, review};
use contest::time::Timestamp;
use documents::console::reviews::review_json;
use documents::officials::Reviewed;
use documents::site::RoundVersion;
use std::collections::BTreeMap;
use store::{ContestSnapshot, EditionRecord, RoundRecord, Scored, keys};

/// Makes the review of a round's newest edition unless it is kept; returns what was done.
pub(crate) async fn make_missing(
    app: &App,
    contest: &ContestSnapshot,
    (round, record): (&Round, &RoundRecord),
    decisions: &[Decision],
) -> anyhow::Result<Option<String>> {
    let newest = record.editions.scored.last();
    let Some(newest) = newest.filter(|newest| newest.edition.number > record.editions.reviewed) else {
        return Ok(None);
    };
    let (id, number) = (&contest.plan.id, newest.edition.number);
    let scored = Scored::read((&app.vault, &app.secrets), &round.id, &record.editions, newest).await?;
    let accounts = accounts(app, contest).await?;
    let bytes = written(app, &scored, newest, (round, decisions, &accounts)).await?;
    app.vault.put_named(&keys::review(id, &round.id, number), bytes).await?;
    app.control.note_review(id, &round.id, number).await?;
    Ok(Some(format!("reviewed edition {number} of {id}/{}", round.id)))
}

/// What everybody registered with; of an erased account what is left of it.
async fn accounts(app: &App, contest: &ContestSnapshot) -> anyhow::Result<BTreeMap<ContestantId, Account>> {
    let (id, mut accounts) = (&contest.plan.id, BTreeMap::new());
    for shard in 0..app.control.people_shards(id).await? {
        for (code, profile) in app.people.query_shard(id, shard).await? {
            accounts.insert(code, profile.registered()?);
        }
    }
    Ok(accounts)
}

async fn written(
    app: &App,
    scored: &Scored,
    record: &EditionRecord,
    (round, decisions, accounts): (&Round, &[Decision], &BTreeMap<ContestantId, Account>),
) -> anyhow::Result<Vec<u8>> {
    let (plan, round) = (&scored.frozen.plan, scored.frozen.frozen_round(&round.id)?);
    let answered = scored.reviewed(&app.vault, (round, record), decisions).await?;
    let input = scored.input();
    let result = rank_round(&input);
    let account = |person: &Person| accounts.get(&person.contestant).cloned().unwrap_or_default();
    let accounts: Vec<Account> = input.people.iter().map(account).collect();
    let closed_at = Timestamp::from_millis(scored.ranked.closed_at_ms);
    let version = RoundVersion::of_edition((plan, round), &record.edition, (input, &result), closed_at);
    let (questions, sheets) = (&answered.questions, &answered.sheets);
    let input = ReviewInput { round: input, result: &result, accounts: &accounts, questions, sheets };
    let (review, figures) = (review(&input), question_figures(&input));
    let reviewed = Reviewed { review: &review, bank: &answered.bank, questions, figures: &figures };
    Ok(review_json(plan, &version, &reviewed))
}

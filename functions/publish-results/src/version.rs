//! The public files of one edition of a round.

use crate::App;
use crate::named::{Named, full_names, published_names};
use crate::publish::version_before;
use contest::bank::{AnswerKey, BankFacts, Notes};
use contest::decision::{Decision, Ruling};
use contest::edition::Basis;
use contest::ids::{ContestId, QuestionId, RoundId};
use contest::ledger;
use contest::lots;
use contest::plan::Round;
use contest::ranking::rank_round;
use contest::result::Person;
use contest::time::Timestamp;
use documents::site::decisions_json::decisions_json;
use documents::site::{self, Commitments, Evidence, OpenedKey, PointerEntry, PublishedFile, RoundVersion};
use documents::words::{DRAW_REASON, EARLIER_ROUND_REASON};
use std::collections::{BTreeMap, BTreeSet};
use store::{ContestSnapshot, EditionRecord, Editions, RankedRound, Scored, SigningKey, StoreError, StoredKey, keys};

/// An edition on its way out.
pub(crate) struct Publication<'a> {
    pub(crate) contest: &'a ContestId,
    pub(crate) round: &'a Round,
    pub(crate) record: &'a EditionRecord,
    /// All that the round has, and its draw, once it is held.
    pub(crate) editions: &'a Editions,
    /// Every decision about the round.
    pub(crate) decisions: &'a [&'a Decision],
}

impl Publication<'_> {
    /// Why there is a new version; none for the first.
    pub(crate) fn reason(&self) -> Option<&str> {
        match self.record.edition.basis {
            Basis::First => None,
            Basis::Draw => Some(DRAW_REASON),
            Basis::EarlierRound => Some(EARLIER_ROUND_REASON),
            Basis::Decision | Basis::Recognition => self.record.edition.reason.as_deref(),
        }
    }

    /// Codes of those who win in the newest edition, where that is another one: nobody who is passed over by then is
    /// named in an earlier one.
    async fn win_in_the_end(&self, app: &App) -> Result<Option<BTreeSet<String>>, StoreError> {
        match self.editions.scored.last().filter(|newest| newest.edition.number != self.record.edition.number) {
            Some(newest) => Ok(Some(RankedRound::load(&app.vault, newest).await?.winners.into_iter().collect())),
            None => Ok(None),
        }
    }
}

/// Ranks a round again and writes what follows, the manifest last.
pub(crate) async fn files(
    app: &App,
    publication: &Publication<'_>,
    earlier: &[PointerEntry],
) -> anyhow::Result<(Vec<PublishedFile>, Named)> {
    let Publication { contest, round, .. } = publication;
    let edition = &publication.record.edition;
    let scored = Scored::read((&app.vault, &app.secrets), &round.id, publication.editions, publication.record).await?;
    let Scored { ranked, frozen, drawn, .. } = &scored;
    let (plan, round) = (&frozen.plan, frozen.frozen_round(&round.id)?);
    let ledger = app.vault.referred(&ranked.ledger).await?;
    let signer = app.secrets.signing_key(contest);
    let sealed = seal_ledger(&signer, &ledger::origin(contest, &round.id), &ledger)?;
    let input = scored.input();
    let result = rank_round(&input);
    let folder = |version| keys::version_file(contest, &round.id, version, "");
    let before = version_before(app, earlier, folder).await?;
    let closed_at = Timestamp::from_millis(ranked.closed_at_ms);
    let version = RoundVersion {
        earlier,
        before: before.as_ref(),
        reason: publication.reason(),
        ..RoundVersion::of_edition((plan, round), edition, (input, &result), closed_at)
    };
    let full_names = full_names(app, contest).await?;
    let winners = result.winners.iter().map(|winner| winner.place.of(&result.ranking).person.of(input.people));
    let published = published_names(app, &folder(edition.number)).await?;
    let in_the_end = publication.win_in_the_end(app).await?;
    let name = |person: &Person| match &published {
        Some(published) => published.get(person.pseudonym.as_str()).cloned(),
        None if in_the_end.as_ref().is_some_and(|winners| !winners.contains(person.contestant.as_str())) => None,
        None => full_names.get(&person.contestant).cloned(),
    };
    let names = winners.filter_map(|person| Some((person.contestant.clone(), name(person)?))).collect();
    let opened = ranked.opened_key.as_ref().map(open).transpose()?;
    let decisions = &publication.decisions[..edition.decisions as usize];
    let Ruling { rekeyed, voided, .. } = &Ruling::of_decisions(decisions, &round.id);
    let opened = opened.as_ref().map(|(nonce, key, notes)| OpenedKey { nonce, key, rekeyed, voided, notes });
    let decided = decisions_json(contest, &round.id, decisions, |contestant| frozen.keys.pseudonym(contestant));
    let (banks, lots) = (bank_facts(frozen), lots::commitments(plan, &frozen.keys));
    let evidence = Evidence {
        plan,
        ledger: &ledger,
        ledger_root: &sealed.root,
        checkpoint: &sealed.checkpoint,
        commitments: Commitments { banks: &banks, lots: &lots, public_key: &signer.verifier() },
        drawn: drawn.as_ref(),
        follows: &ranked.follows()?,
        decisions: (!decisions.is_empty()).then_some(&decided),
    };
    Ok((site::version_files(&version, &names, opened.as_ref(), &evidence), Named::of(published.as_ref())))
}

/// The root of a ledger and the note that signs it.
struct SealedLedger {
    root: [u8; 32],
    checkpoint: String,
}

fn seal_ledger(signer: &SigningKey, origin: &str, ledger: &[u8]) -> anyhow::Result<SealedLedger> {
    let lines = std::str::from_utf8(ledger)?;
    let root = ledger::root(lines.lines());
    let checkpoint = signer.sign(&ledger::checkpoint_text(origin, lines.lines().count() as u64, &root));
    Ok(SealedLedger { root, checkpoint })
}

/// The banks that were there when the round was frozen.
fn bank_facts(frozen: &ContestSnapshot) -> BTreeMap<RoundId, BankFacts> {
    let facts = |round: &Round| Some((round.id.clone(), frozen.state.bank_facts(round)?));
    frozen.plan.rounds.iter().filter_map(facts).collect()
}

/// Nonce, right options and notes of a key that may be shown.
type Opened = ([u8; 32], AnswerKey, BTreeMap<QuestionId, Notes>);

fn open(key: &StoredKey) -> anyhow::Result<Opened> {
    Ok((key.nonce_bytes()?, key.key()?, key.notes()?))
}

//! What was decided about a round after it closed: each version rests on the decisions of the one before and at most one
//! more, and what it says of people, key and status follows from them.

use crate::public::{self, DecisionLine, DecisionsFile, Letters};
use crate::round::Version;
use crate::{Broken, holds};
use contest::bank::OptionSet;
use contest::decision::{Action, ActionKind, Ruling};
use contest::edition::Status;
use contest::ids::{ContestantId, QuestionId};
use documents::words::verify as words;
use documents::words::{DRAW_REASON, EARLIER_ROUND_REASON};

/// The decisions of a version.
#[derive(Clone)]
pub(crate) struct Decided {
    lines: Vec<DecisionLine>,
    /// What they come to. Of right options it knows only which questions have others.
    pub(crate) ruling: Ruling,
}

impl Decided {
    /// How many there are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.lines.len()).expect("fewer decisions than 2^32")
    }

    /// The last of them.
    pub(crate) fn newest(&self) -> Option<&DecisionLine> {
        self.lines.last()
    }

    /// The one that the version before does not have.
    fn added(&self, before: Option<&Self>) -> Option<&DecisionLine> {
        self.lines.get(before.map_or(0, |before| before.lines.len()))
    }

    /// What the results of a round are: official where the decision that this version adds says so.
    pub(crate) fn status(&self, before: Option<&Self>) -> Status {
        let recognizes = self.added(before).is_some_and(DecisionLine::recognizes);
        if recognizes { Status::Official } else { Status::Provisional }
    }
}

/// Reads the decisions of a version, which follow on those of the one before. `of` names the contest, and the round or what
/// stands in its place.
pub(crate) fn read(of: (&str, &str), version: &Version, before: Option<&Decided>) -> Result<Decided, Broken> {
    let path = version.path("decisions.json");
    let lines = match version.files.get("decisions.json") {
        Some(bytes) => {
            let told: DecisionsFile = public::json(&path, bytes)?;
            let named = told.schema == "hoithi/decisions/1" && (told.contest.as_str(), told.round.as_str()) == of;
            holds(named, &path, words::NOT_OF_ROUND)?;
            told.decisions
        }
        None => Vec::new(),
    };
    let known = before.map_or(&[][..], |before| &before.lines);
    holds(lines.starts_with(known), &path, words::OTHER_DECISIONS)?;
    let most = known.len() + usize::from(before.is_some());
    holds(lines.len() <= most, &path, words::SEVERAL_DECISIONS)?;
    let actions: Option<Vec<Action>> = lines.iter().flat_map(|line| &line.changes).map(action).collect();
    let actions = actions.ok_or_else(|| Broken::new(&path, words::MALFORMED))?;
    Ok(Decided { ruling: Ruling::of(&actions), lines })
}

/// Whether a version of a round says why it is there as its manifest does.
pub(crate) fn explain(decided: &Decided, version: &Version, before: Option<&Decided>) -> Result<(), Broken> {
    let explained = match (before, decided.added(before)) {
        (None, _) => version.reason.is_none(),
        (_, Some(newest)) => version.reason.as_ref() == Some(&newest.reason()),
        (Some(_), None) => matches!(version.reason.as_deref(), Some(DRAW_REASON | EARLIER_ROUND_REASON)),
    };
    holds(explained, &version.path("manifest.json"), words::OTHER_REASON)
}

/// Whether the key of a version has changed what was decided, and nothing else.
pub(crate) fn check_key(
    decided: &Decided,
    version: &Version,
    rekeyed: &Letters,
    voided: &[String],
) -> Result<(), Broken> {
    let Ruling { rekeyed: decided_keys, voided: decided_voids, .. } = &decided.ruling;
    let same = rekeyed.keys().map(String::as_str).eq(decided_keys.keys().map(QuestionId::as_str))
        && voided.iter().map(String::as_str).eq(decided_voids.iter().map(QuestionId::as_str));
    holds(same, &version.path("key.json"), words::KEY_NOT_DECIDED)
}

fn action(line: &public::ChangeLine) -> Option<Action> {
    let contestant = || ContestantId::parse(&line.contestant.as_ref()?.to_uppercase()).ok();
    let question = || QuestionId::parse(line.question.as_ref()?).ok();
    Some(match ActionKind::parse(&line.action)? {
        ActionKind::Disqualify => Action::Disqualify(contestant()?, line.attempt),
        ActionKind::Reinstate => Action::Reinstate(contestant()?, line.attempt),
        ActionKind::Void => Action::Void(question()?),
        ActionKind::Rekey => Action::Rekey(question()?, OptionSet::EMPTY),
        ActionKind::Order => Action::Order(contestant()?, line.place?),
        ActionKind::Forfeit => Action::Forfeit(contestant()?),
        ActionKind::Recognize => Action::Recognize,
    })
}

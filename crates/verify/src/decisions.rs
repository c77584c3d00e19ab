//! What was decided about a round after it closed: each version rests on the decisions of the one before and at most one
//! more, and what it says of people, key and status follows from them.

use crate::public::{self, DecisionLine, DecisionsFile, Letters};
use crate::round::{Frozen, Version};
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
    /// What the results are, as the newest of them has it.
    pub(crate) status: Status,
}

/// Reads the decisions of a version, which follow on those of the one before; `reason` is the manifest's.
pub(crate) fn read(frozen: &Frozen, version: &Version, before: Option<&Decided>) -> Result<Decided, Broken> {
    let path = version.path("decisions.json");
    let lines = match version.files.get("decisions.json") {
        Some(bytes) => {
            let told: DecisionsFile = public::json(&path, bytes)?;
            let named = told.schema == "hoithi/decisions/1"
                && told.contest == frozen.contest.as_str()
                && told.round == frozen.round.id.as_str();
            holds(named, &path, words::NOT_OF_ROUND)?;
            told.decisions
        }
        None => Vec::new(),
    };
    let known = before.map_or(&[][..], |before| &before.lines);
    holds(lines.starts_with(known), &path, words::OTHER_DECISIONS)?;
    let newest = match &lines[known.len()..] {
        [] => None,
        [newest] if before.is_some() => Some(newest),
        _ => return Err(Broken::new(&path, words::SEVERAL_DECISIONS)),
    };
    let reason = match (before, newest) {
        (None, _) => version.reason.is_none(),
        (_, Some(newest)) => version.reason.as_ref() == Some(&newest.reason()),
        (Some(_), None) => matches!(version.reason.as_deref(), Some(DRAW_REASON | EARLIER_ROUND_REASON)),
    };
    holds(reason, &version.path("manifest.json"), words::OTHER_REASON)?;
    let actions: Option<Vec<Action>> = lines.iter().flat_map(|line| &line.changes).map(action).collect();
    let actions = actions.ok_or_else(|| Broken::new(&path, words::MALFORMED))?;
    let recognizes = newest.is_some_and(|newest| newest.changes.iter().any(|change| change.action == "recognize"));
    let status = if recognizes { Status::Official } else { Status::Provisional };
    Ok(Decided { ruling: Ruling::of(&actions), status, lines })
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

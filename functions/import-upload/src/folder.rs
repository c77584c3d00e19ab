//! A contest's folder, as far as its files are judged against each other.

use contest::bank::{Likeness, PublicQuestion};
use contest::ids::{ContestId, ContestantId, QuestionId};
use contest::load::{self, Limit, Load};
use contest::plan::Plan;
use contest::problem::{Problem, ProblemKind};
use contest::text::search_key;
use contest::units::UnitTree;
use std::collections::{BTreeMap, BTreeSet};

/// What is known of a contest folder when another file of it is judged.
#[derive(Clone, Debug, Default)]
pub(crate) struct Folder {
    /// The contest whose folder it is; a folder on a disk may have any name.
    pub contest: Option<ContestId>,
    pub plan: Option<Plan>,
    /// Its text, where it is at hand: problems with its keys then have their lines.
    pub plan_text: Option<String>,
    pub units: Option<UnitTree>,
    /// Units that the roster names, as written or as codes, with their rows where they are known.
    pub roster: Option<Vec<(Option<u32>, String)>>,
    /// By every name that a round may use: the file, or one sheet of it.
    pub banks: BTreeMap<String, BankOutline>,
    /// Pictures by the names of their files.
    pub pictures: BTreeSet<String>,
    /// Of the people whom a file names, those who have an account, by the code or public name that is written; `None`
    /// where nobody can tell.
    pub accounts: Option<BTreeMap<ContestantId, ContestantId>>,
}

impl Folder {
    /// How many people the roster names.
    pub(crate) fn roster_lines(&self) -> Option<u64> {
        self.roster.as_ref().map(|lines| lines.len() as u64)
    }
}

/// Whether the contest can bring more than a deployment carries whose parameters nobody has changed. What this one has
/// only the check at the opening knows: a folder is judged alike wherever it is judged.
pub(crate) fn heavy(plan: Option<&Plan>, roster: Option<u64>, units: Option<&UnitTree>) -> Option<ProblemKind> {
    let (attempts, load) = load::expected(plan?, roster, units)?;
    let parameters: Vec<_> =
        load.beyond(Load::BY_DEFAULT).into_iter().map(|(limit, ..)| Limit::parameter(limit)).collect();
    let kind = |parameters| ProblemKind::HeavyRounds { attempts, requests: load.requests, parameters };
    (!parameters.is_empty()).then(|| kind(parameters))
}

/// Says of ties how many of the people who may take part would share the prize, where the files tell how many there are.
pub(crate) fn count_ties(warnings: &mut [Problem], plan: &Plan, roster: Option<u64>, units: Option<&UnitTree>) {
    let known = load::people(plan, roster, units);
    for warning in warnings {
        if let ProblemKind::TiesUnbroken { people, .. } = &mut warning.kind {
            *people = known;
        }
    }
}

/// Whether a name of a bank means this file, or a sheet of it.
pub(crate) fn is_of_file(name: &str, file: &str) -> bool {
    name.split_once('#').map_or(name, |(of, _)| of) == file
}

/// What other files must know of a bank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct BankOutline {
    /// Questions in all.
    pub questions: usize,
    /// The options of each.
    pub options: BTreeMap<QuestionId, Vec<String>>,
    /// By [`search_key`] of the topic; empty for questions without one.
    pub topics: BTreeMap<String, usize>,
    /// What tells its questions from each other.
    pub likenesses: BTreeSet<Likeness>,
}

impl BankOutline {
    /// The outline of a bank with these questions.
    pub(crate) fn of(questions: &[PublicQuestion]) -> Self {
        let mut topics = BTreeMap::new();
        for question in questions {
            *topics.entry(question.topic.as_deref().map(search_key).unwrap_or_default()).or_insert(0) += 1;
        }
        let likenesses = questions.iter().map(|question| Likeness::of(&question.text, &question.options)).collect();
        let options = questions.iter().map(|question| (question.id.clone(), question.options.clone())).collect();
        Self { questions: questions.len(), options, topics, likenesses }
    }
}

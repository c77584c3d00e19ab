//! `POST /plan`: a plan after some edits, with everything an organizer should see of it at once. Nothing is kept.

mod facts;

use crate::report::ReportLine;
use crate::words::plan_form::{path_label, refusal};
use crate::words::rules::{RuleSection, rules};
use contest::load::Load;
use contest::plan_edit::{self, At, Change, Edit, EditError, Fault};
use contest::plan_file;
use contest::problem::Problem;
use contest::units::UnitTree;
pub use facts::{Facts, Moment, Peak, Prize, PrizeFacts, RoundFacts, Sum, UnitSum, WhoFact};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The body of the request.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanRequest {
    /// The plan's text.
    pub toml: String,
    /// Edits of it, in turn.
    #[serde(default)]
    pub set: Vec<PlanEdit>,
    /// Another text, such as the one that is stored: the answer says what changed since.
    #[serde(default)]
    pub since: Option<String>,
    /// Whether what belongs to one contest alone is left empty first: `toml` is the plan of an earlier one.
    #[serde(default)]
    pub blank: bool,
}

/// One edit: a `path` with its `value` (none or `null`: the key goes), a list to `add` to with the first keys of the
/// entry as its `value`, or what to `remove`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanEdit {
    #[serde(default)]
    path: Option<Vec<Step>>,
    #[serde(default)]
    value: Option<Value>,
    #[serde(default)]
    add: Option<List>,
    #[serde(default)]
    remove: Option<Vec<Step>>,
}

/// A name, or the place of an entry from 0.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Step {
    Place(usize),
    Name(String),
}

/// The path of a list; one at the top may be named alone.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum List {
    Name(String),
    Path(Vec<Step>),
}

/// The answer.
#[derive(Debug, Serialize)]
pub struct PlanAnswer {
    /// The text after the edits.
    pub toml: String,
    /// What stands in it, key by key, right or wrong; `null` where it is no TOML.
    pub plan: Value,
    pub errors: Vec<PlanLine>,
    pub warnings: Vec<PlanLine>,
    /// The rules as they will be printed, of as much as could be read.
    pub rules: Vec<RuleSection>,
    /// `null` where nothing could be read.
    pub facts: Option<Facts>,
    /// What changed since the other text, where one was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Since>,
}

/// One error or warning, and the key of the form at which it stands.
#[derive(Debug, Serialize)]
pub struct PlanLine {
    #[serde(flatten)]
    line: ReportLine,
    /// The key, there or missing; `null` where the line tells of no key.
    path: Option<Vec<Step>>,
    /// The same in words.
    label: Option<String>,
}

/// In what a plan differs from another.
#[derive(Debug, Serialize)]
pub struct Since {
    /// By key; `null` where one of the texts is no TOML.
    pub changes: Option<Vec<KeyChange>>,
    /// By article, those that stay left out.
    pub rules: Vec<RuleChange>,
}

/// A difference at one key.
#[derive(Debug, PartialEq, Serialize)]
pub struct KeyChange {
    pub path: Vec<Step>,
    pub label: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
}

/// A difference of one article of the rules.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub struct RuleChange {
    /// The heading with its number: that of the new rules, of the old ones where the article is gone.
    pub heading: String,
    pub state: RuleState,
    /// Places of its paragraphs, from 0, that the old article does not have.
    pub paragraphs: Vec<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RuleState {
    New,
    Changed,
    Gone,
}

/// What stands beside the plan, as far as the caller knows it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Beside<'a> {
    /// The contest's units.
    pub units: Option<&'a UnitTree>,
    /// Lines of its roster.
    pub roster: Option<u64>,
    /// What the deployment carries; by default what an unchanged one does.
    pub carried: Option<Load>,
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal(EditError);

impl Refusal {
    /// Place of the edit, from 0.
    pub const fn edit(&self) -> usize {
        self.0.edit
    }

    /// Code of the problem.
    pub const fn code(&self) -> &'static str {
        match self.0.fault {
            Fault::NotToml => "not_toml",
            Fault::TooMany => "too_many_edits",
            Fault::UnknownKey => "unknown_key",
            Fault::NotThere => "nothing_there",
            Fault::Ambiguous => "ambiguous_id",
            Fault::OtherShape => "other_shape",
            Fault::NoValue => "no_value",
        }
    }

    /// What to tell the organizer.
    pub const fn detail(&self) -> &'static str {
        refusal(self.0.fault)
    }
}

/// The answer to a whole request.
///
/// # Errors
/// Where an edit cannot be made; the request changes nothing then.
pub fn respond(request: PlanRequest, beside: Beside<'_>) -> Result<PlanAnswer, Refusal> {
    let begun =
        if request.blank { plan_edit::for_another_contest(&request.toml).map_err(Refusal)? } else { request.toml };
    let mut answer = answer_beside(&begun, &edits(request.set).map_err(Refusal)?, beside)?;
    answer.since = request.since.map(|other| since(&other, &answer, beside));
    Ok(answer)
}

/// The plan after `edits`, without anything beside it.
///
/// # Errors
/// Where an edit cannot be made.
pub fn answer(text: &str, edits: &[Edit]) -> Result<PlanAnswer, Refusal> {
    answer_beside(text, edits, Beside::default())
}

/// The plan after `edits`.
///
/// # Errors
/// Where an edit cannot be made.
pub fn answer_beside(text: &str, edits: &[Edit], beside: Beside<'_>) -> Result<PlanAnswer, Refusal> {
    let toml = plan_edit::edit(text, edits).map_err(Refusal)?;
    let reading = plan_file::read(&toml);
    let values = plan_edit::values(&toml);
    let draft = reading.draft.as_ref();
    let places = plan_file::lines(&toml);
    let lines = |problems: &[Problem]| problems.iter().map(|problem| plan_line(problem, &places)).collect();
    Ok(PlanAnswer {
        plan: values.as_ref().map_or(Value::Null, |values| table_json(values)),
        errors: lines(&reading.errors),
        warnings: lines(&reading.warnings),
        rules: draft.map_or(Vec::new(), |plan| rules(plan, beside.units.unwrap_or(&UnitTree::default()))),
        facts: draft.zip(values.as_deref()).map(|(plan, values)| Facts::of(plan, values, beside)),
        since: None,
        toml,
    })
}

/// The line on a problem, with the key in the very entry of a list that the line names.
fn plan_line(problem: &Problem, places: &[(String, u32)]) -> PlanLine {
    let line = ReportLine::of(problem);
    let key = line.column.as_deref();
    let is_here = |path: &str, column: &str, row: u32| Some(row) == line.row && without_places(path) == column;
    let written = places.iter().find(|(path, row)| key.is_some_and(|key| is_here(path, key, *row)));
    let path = written.map(|(path, _)| path.clone()).or_else(|| {
        // A key that is missing is told at the line of its table; one of the whole plan stands in none.
        let Some((table, key)) = key?.rsplit_once('.') else { return key.map(str::to_owned) };
        // The first entry of a list stands on the line of the list: it is the longer path.
        let tables = places.iter().filter(|(path, row)| is_here(path, table, *row));
        let table = tables.max_by_key(|(path, _)| path.len());
        table.map(|(path, _)| format!("{path}.{key}"))
    });
    let path = path.map(|path| steps(&path));
    PlanLine { label: path.clone().map(|steps| path_label(&self::path(steps))), path, line }
}

/// `rounds.closes` of `rounds.1.closes`.
fn without_places(path: &str) -> String {
    path.split('.').filter(|step| step.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

fn steps(path: &str) -> Vec<Step> {
    path.split('.').map(|step| step.parse().map_or_else(|_| Step::Name(step.to_owned()), Step::Place)).collect()
}

fn since(other: &str, answer: &PlanAnswer, beside: Beside<'_>) -> Since {
    let draft = plan_file::read(other).draft;
    let before = draft.map_or(Vec::new(), |plan| rules(&plan, beside.units.unwrap_or(&UnitTree::default())));
    Since { changes: changed_keys(other, &answer.toml), rules: changed_rules(&before, &answer.rules) }
}

/// In what two texts differ, with the names of the keys; `None` where one is no TOML.
pub fn changed_keys(before: &str, after: &str) -> Option<Vec<KeyChange>> {
    let one = |change: Change| KeyChange {
        label: path_label(&change.path),
        path: change.path.into_iter().map(Step::from).collect(),
        before: change.before.as_ref().map(value_json),
        after: change.after.as_ref().map(value_json),
    };
    Some(plan_edit::changes(before, after)?.into_iter().map(one).collect())
}

/// In what two rules differ. Articles are told by their titles: a number says only how many stand before.
pub fn changed_rules(before: &[RuleSection], after: &[RuleSection]) -> Vec<RuleChange> {
    let title = |section: &RuleSection| {
        section.heading.split_once(". ").map_or_else(String::new, |(_, title)| title.to_owned())
    };
    let same = |section: &RuleSection, of: &[RuleSection]| of.iter().position(|other| title(other) == title(section));
    let mut found = Vec::new();
    for section in after {
        let old = same(section, before).map(|place| &before[place].paragraphs);
        let is_new = |paragraph: &String| old.is_none_or(|old| !old.contains(paragraph));
        let new = section.paragraphs.iter().enumerate().filter(|(_, text)| is_new(text)).map(|(place, _)| place);
        let state = match old {
            None => RuleState::New,
            Some(old) if *old != section.paragraphs => RuleState::Changed,
            Some(_) => continue,
        };
        found.push(RuleChange { heading: section.heading.clone(), state, paragraphs: new.collect() });
    }
    let gone = before.iter().filter(|section| same(section, after).is_none());
    let gone = gone.map(|section| RuleChange {
        heading: section.heading.clone(),
        state: RuleState::Gone,
        paragraphs: Vec::new(),
    });
    found.extend(gone);
    found
}

impl From<At> for Step {
    fn from(at: At) -> Self {
        match at {
            At::Name(name) => Self::Name(name),
            At::Place(place) => Self::Place(place),
        }
    }
}

fn path(steps: Vec<Step>) -> Vec<At> {
    let step = |step| match step {
        Step::Name(name) => At::Name(name),
        Step::Place(place) => At::Place(place),
    };
    steps.into_iter().map(step).collect()
}

/// The edits as they were sent.
fn edits(sent: Vec<PlanEdit>) -> Result<Vec<Edit>, EditError> {
    let edit = |(edit, sent): (usize, PlanEdit)| one_edit(sent).ok_or(EditError { edit, fault: Fault::NoValue });
    sent.into_iter().enumerate().map(edit).collect()
}

fn one_edit(sent: PlanEdit) -> Option<Edit> {
    Some(match sent {
        PlanEdit { path: Some(steps), value: None, add: None, remove: None } => Edit::Clear { path: path(steps) },
        PlanEdit { path: Some(steps), value: Some(value), add: None, remove: None } => {
            Edit::Set { path: path(steps), value: value_of(value)? }
        }
        PlanEdit { path: None, value, add: Some(list), remove: None } => {
            let list = match list {
                List::Name(name) => vec![At::Name(name)],
                List::Path(steps) => path(steps),
            };
            let values = match value_of(value.unwrap_or(Value::Object(Map::new())))? {
                plan_edit::Value::Table(values) => values,
                _ => return None,
            };
            Edit::Add { list, values }
        }
        PlanEdit { path: None, value: None, add: None, remove: Some(steps) } => Edit::Remove { path: path(steps) },
        _ => return None,
    })
}

/// A value that a plan may hold: no fraction, no null.
fn value_of(json: Value) -> Option<plan_edit::Value> {
    Some(match json {
        Value::String(text) => plan_edit::Value::Text(text),
        Value::Bool(truth) => plan_edit::Value::Truth(truth),
        Value::Number(number) => plan_edit::Value::Number(number.as_i64()?),
        Value::Array(entries) => plan_edit::Value::List(entries.into_iter().map(value_of).collect::<Option<_>>()?),
        Value::Object(members) => {
            let member = |(key, value)| Some((key, value_of(value)?));
            plan_edit::Value::Table(members.into_iter().map(member).collect::<Option<_>>()?)
        }
        Value::Null => return None,
    })
}

fn table_json(table: &[(String, plan_edit::Value)]) -> Value {
    Value::Object(table.iter().map(|(key, value)| (key.clone(), value_json(value))).collect())
}

fn value_json(value: &plan_edit::Value) -> Value {
    match value {
        plan_edit::Value::Text(text) => Value::from(text.as_str()),
        plan_edit::Value::Number(number) => Value::from(*number),
        plan_edit::Value::Truth(truth) => Value::from(*truth),
        plan_edit::Value::List(entries) => Value::Array(entries.iter().map(value_json).collect()),
        plan_edit::Value::Table(table) => table_json(table),
    }
}

#[cfg(test)]
mod tests;

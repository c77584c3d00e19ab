//! Changes of a plan's text that leave alone whatever they do not name: comments, order, spaces
//! (`docs/adr/0027-a-plan-is-edited-as-text.md`).
//!
//! A path is the names of tables and keys. An entry of a list of tables is named by its `id` (a prize by its `tier`)
//! where only one entry of the list has it, and always by its place. Edits are taken together or not at all.

mod address;
mod changes;
mod copy;
mod writing;

pub use changes::{Change, changes, values};
pub use copy::for_another_contest;

use crate::plan_file::clean;
use crate::plan_form::{self, Kind};
use crate::time::{Timestamp, parse_local};
use chrono_tz::Tz;
use toml_edit::{DocumentMut, Item};

/// Most edits at once: a form sends one, a merge of two plans a few hundred.
pub const MAX_EDITS: usize = 1_000;
/// How deep lists and tables of a value may stand in each other: a list of tables below an entry.
const MAX_DEPTH: usize = 4;

/// One step of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum At {
    /// A key, or an entry of a list by its id or tier.
    Name(String),
    /// An entry of a list by its place, from 0.
    Place(usize),
}

/// A value as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// In quotes.
    Text(String),
    /// A whole number.
    Number(i64),
    /// `true` or `false`.
    Truth(bool),
    /// In square brackets.
    List(Vec<Value>),
    /// In braces.
    Table(Vec<(String, Value)>),
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Writes a value of a key; tables on the way are made. A time is written in the form of the file.
    Set {
        /// The key.
        path: Vec<At>,
        /// What is written.
        value: Value,
    },
    /// Takes a key away, where it is there.
    Clear {
        /// The key.
        path: Vec<At>,
    },
    /// Puts a table at the end of a list; an id that the list needs is made where `values` has none.
    Add {
        /// The list.
        list: Vec<At>,
        /// The first keys of the table.
        values: Vec<(String, Value)>,
    },
    /// Takes away an entry of a list, a table or a key, known or not.
    Remove {
        /// What goes.
        path: Vec<At>,
    },
}

/// Why nothing was changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("edit {edit}: {fault}")]
pub struct EditError {
    /// Place of the edit, from 0.
    pub edit: usize,
    /// What is wrong with it.
    pub fault: Fault,
}

/// What is wrong with an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The text is no TOML: the place is told by [`crate::plan_file::read`].
    #[error("the text is no TOML")]
    NotToml,
    /// More than [`MAX_EDITS`].
    #[error("too many edits")]
    TooMany,
    /// A plan has no such key.
    #[error("no such key")]
    UnknownKey,
    /// The list has no such entry, or nothing stands at the path.
    #[error("nothing stands there")]
    NotThere,
    /// Several entries have this id.
    #[error("several entries have this id")]
    Ambiguous,
    /// Something else is written where the path needs a table or a list.
    #[error("something else is written there")]
    OtherShape,
    /// A value that no plan holds: a table for a key, lists too deep.
    #[error("no value of a plan")]
    NoValue,
}

impl Fault {
    /// Every fault.
    pub const ALL: [Self; 7] = [
        Self::NotToml,
        Self::TooMany,
        Self::UnknownKey,
        Self::NotThere,
        Self::Ambiguous,
        Self::OtherShape,
        Self::NoValue,
    ];
}

/// The text after all `edits`, in turn. Without any it is the same text, byte for byte.
///
/// # Errors
/// The first edit that cannot be made; then nothing is changed.
pub fn edit(text: &str, edits: &[Edit]) -> Result<String, EditError> {
    if edits.is_empty() {
        return Ok(text.to_owned());
    }
    if edits.len() > MAX_EDITS {
        return Err(EditError { edit: MAX_EDITS, fault: Fault::TooMany });
    }
    let mark = if text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
    let body = &text[mark.len()..];
    let ends_in_two = body.contains("\r\n") && body.matches('\n').count() == body.matches("\r\n").count();
    let body = if ends_in_two { body.replace("\r\n", "\n") } else { body.to_owned() };
    // What the reader forgives, such as a space of no width to break at, is cleaned before it is changed.
    let parsed = body.parse::<DocumentMut>().or_else(|_| clean(&body).parse());
    let mut document = parsed.map_err(|_| EditError { edit: 0, fault: Fault::NotToml })?;
    for (place, edit) in edits.iter().enumerate() {
        carry_out(&mut document, edit).map_err(|fault| EditError { edit: place, fault })?;
    }
    let written = document.to_string();
    Ok(format!("{mark}{}", if ends_in_two { written.replace('\n', "\r\n") } else { written }))
}

fn carry_out(document: &mut DocumentMut, edit: &Edit) -> Result<(), Fault> {
    match edit {
        Edit::Set { path, value } => set(document, path, value),
        Edit::Clear { path } => clear(document, path),
        Edit::Add { list, values } => add(document, list, values),
        Edit::Remove { path } => remove(document, path),
    }
}

fn set(document: &mut DocumentMut, path: &[At], value: &Value) -> Result<(), Fault> {
    let pattern = address::pattern(path)?;
    if !plan_form::takes(&pattern) {
        return Err(Fault::UnknownKey);
    }
    let is_table = |value: &Value| matches!(value, Value::Table(_));
    let holds_table = matches!(value, Value::List(entries) if entries.iter().any(is_table));
    if is_table(value) || holds_table || !is_shallow(value, MAX_DEPTH) {
        return Err(Fault::NoValue);
    }
    let (At::Name(key), above) = path.split_last().ok_or(Fault::UnknownKey)? else { return Err(Fault::UnknownKey) };
    let zone = zone(document);
    let value = as_written(&pattern, value.clone(), zone);
    writing::put(address::table(document, above, true)?, key, &value);
    Ok(())
}

fn clear(document: &mut DocumentMut, path: &[At]) -> Result<(), Fault> {
    if !plan_form::takes(&address::pattern(path)?) {
        return Err(Fault::UnknownKey);
    }
    let (At::Name(key), above) = path.split_last().ok_or(Fault::UnknownKey)? else { return Err(Fault::UnknownKey) };
    match address::table(document, above, false) {
        Ok(table) => {
            table.remove(key);
            Ok(())
        }
        // Where the list is there and the entry is not, the path is wrong; a table that is not there holds no key.
        Err(Fault::NotThere) if above.iter().all(is_table_of_a_plan) => Ok(()),
        Err(fault) => Err(fault),
    }
}

/// Whether a step names a table that a plan has once.
fn is_table_of_a_plan(at: &At) -> bool {
    matches!(at, At::Name(name) if matches!(plan_form::find(name).map(|key| key.kind), Some(Kind::Table)))
}

fn add(document: &mut DocumentMut, list: &[At], values: &[(String, Value)]) -> Result<(), Fault> {
    let pattern = address::pattern(list)?;
    if !matches!(plan_form::find(&pattern).map(|key| key.kind), Some(Kind::Tables)) {
        return Err(Fault::UnknownKey);
    }
    let zone = zone(document);
    let mut entry = Vec::new();
    for (key, value) in values {
        let path = format!("{pattern}.{key}");
        if plan_form::find(&path).is_none() {
            return Err(Fault::UnknownKey);
        }
        if !is_shallow(value, MAX_DEPTH) {
            return Err(Fault::NoValue);
        }
        entry.push((key.clone(), as_written(&path, value.clone(), zone)));
    }
    let (At::Name(key), above) = list.split_last().ok_or(Fault::UnknownKey)? else { return Err(Fault::UnknownKey) };
    let table = address::table(document, above, true)?;
    if let Some((name, stem)) = identity(&pattern)
        && !entry.iter().any(|(key, _)| key == name)
    {
        let id = free_id(table.get(key), name, stem);
        entry.insert(0, (name.to_owned(), Value::Text(id)));
    }
    writing::append(table, key, entry)
}

fn remove(document: &mut DocumentMut, path: &[At]) -> Result<(), Fault> {
    let (last, above) = path.split_last().ok_or(Fault::UnknownKey)?;
    // An entry of a list has the list above it, and the list a table.
    if let Some((At::Name(list), holder)) = above.split_last()
        && let Ok(table) = address::table(document, holder, false)
        && let Some(item) = table.get_mut(list)
        && address::is_list(item)
    {
        let place = address::place(item, last)?;
        if writing::take(item, place) {
            table.remove(list);
        }
        return Ok(());
    }
    let At::Name(key) = last else { return Err(Fault::NotThere) };
    let table = address::table(document, above, false)?;
    table.remove(key).map(drop).ok_or(Fault::NotThere)
}

/// The key by which entries of a list are named, and how an id begins that nobody chose. Contestants see it in
/// addresses.
fn identity(list: &str) -> Option<(&'static str, &'static str)> {
    match list {
        "rounds" => Some(("id", "vong")),
        "prizes" => Some(("tier", "giai")),
        "collective" => Some(("id", "tap-the")),
        "commendation" => Some(("id", "bieu-duong")),
        _ => None,
    }
}

/// The first of `stem-1`, `stem-2`, … that no entry of the list has.
fn free_id(list: Option<&Item>, name: &str, stem: &str) -> String {
    let taken = address::names(list, name);
    let numbered = (1..).map(|number: u32| format!("{stem}-{number}"));
    let mut free = numbered.filter(|id| !taken.contains(&id.as_str()));
    free.next().expect("a list ends")
}

/// The zone in which times of the plan are written.
fn zone(document: &DocumentMut) -> Tz {
    let written = document.get("time_zone").and_then(Item::as_str);
    written.and_then(|name| name.parse().ok()).unwrap_or(Tz::Asia__Ho_Chi_Minh)
}

/// A time in the one form of the file, `2021-12-13T08:30`, where it can be read and loses nothing by it.
fn as_written(path: &str, value: Value, zone: Tz) -> Value {
    let is_moment = matches!(plan_form::find(path).map(|key| key.kind), Some(Kind::Moment));
    let Value::Text(text) = &value else { return value };
    // With an offset it is refused by the reader, which says so.
    if !is_moment || Timestamp::parse_rfc3339(text).is_some() {
        return value;
    }
    let Ok(instant) = parse_local(text, zone) else { return value };
    let local = instant.utc().with_timezone(&zone);
    let seconds = if instant.millis() % 60_000 == 0 { "" } else { ":%S" };
    Value::Text(local.format(&format!("%Y-%m-%dT%H:%M{seconds}")).to_string())
}

fn is_shallow(value: &Value, depth: usize) -> bool {
    match value {
        Value::Text(_) | Value::Number(_) | Value::Truth(_) => true,
        Value::List(entries) => depth > 0 && entries.iter().all(|entry| is_shallow(entry, depth - 1)),
        Value::Table(entries) => depth > 0 && entries.iter().all(|(_, entry)| is_shallow(entry, depth - 1)),
    }
}

#[cfg(test)]
mod tests;

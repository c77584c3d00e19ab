//! What stands in a plan's text, and in what two of them differ, key by key.

use super::{At, Value};
use crate::plan_file::clean;
use std::collections::BTreeSet;
use toml_edit::{DocumentMut, Item, TableLike, Value as Written};

/// A difference of two texts at one key, or of an entry of a list that only one of them has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The key or entry, as [`super::edit`] takes it.
    pub path: Vec<At>,
    /// As it stood; `None` where it did not.
    pub before: Option<Value>,
    /// As it stands.
    pub after: Option<Value>,
}

/// Everything that a text says, whether a plan may say it or not; `None` where it is no TOML.
pub fn values(text: &str) -> Option<Vec<(String, Value)>> {
    let parsed = text.trim_start_matches('\u{feff}').parse::<DocumentMut>();
    let document = parsed.or_else(|_| clean(text).parse()).ok()?;
    Some(of_table(document.as_table()))
}

/// In what `after` differs from `before`, in the order of `before`, then what is new. Comments, order of keys and
/// ways of writing make no difference; the order of entries does, as a change of the list from and to their ids.
/// `None` where one of them is no TOML.
pub fn changes(before: &str, after: &str) -> Option<Vec<Change>> {
    let mut found = Vec::new();
    of_tables(&mut Vec::new(), &values(before)?, &values(after)?, &mut found);
    Some(found)
}

fn of_table(table: &dyn TableLike) -> Vec<(String, Value)> {
    table.iter().map(|(key, item)| (key.to_owned(), of_item(item))).collect()
}

fn of_item(item: &Item) -> Value {
    match item {
        Item::None => Value::List(Vec::new()),
        Item::Value(value) => of_value(value),
        Item::Table(table) => Value::Table(of_table(table)),
        Item::ArrayOfTables(tables) => Value::List(tables.iter().map(|table| Value::Table(of_table(table))).collect()),
    }
}

fn of_value(value: &Written) -> Value {
    match value {
        Written::String(text) => Value::Text(text.value().clone()),
        Written::Integer(number) => Value::Number(*number.value()),
        Written::Boolean(truth) => Value::Truth(*truth.value()),
        // No plan holds one: it is shown as it is written.
        Written::Float(number) => Value::Text(number.display_repr().into_owned()),
        Written::Datetime(time) => Value::Text(time.value().to_string()),
        Written::Array(entries) => Value::List(entries.iter().map(of_value).collect()),
        Written::InlineTable(table) => Value::Table(of_table(table)),
    }
}

fn of_tables(path: &mut Vec<At>, before: &[(String, Value)], after: &[(String, Value)], found: &mut Vec<Change>) {
    let other = |key: &str| after.iter().find(|(name, _)| name == key).map(|(_, value)| value);
    for (key, value) in before {
        path.push(At::Name(key.clone()));
        compare(path, Some(value), other(key), found);
        path.pop();
    }
    for (key, value) in after.iter().filter(|(key, _)| before.iter().all(|(name, _)| name != key)) {
        path.push(At::Name(key.clone()));
        compare(path, None, Some(value), found);
        path.pop();
    }
}

fn compare(path: &mut Vec<At>, before: Option<&Value>, after: Option<&Value>, found: &mut Vec<Change>) {
    if before == after {
        return;
    }
    let lists = (before.map_or(Some(Vec::new()), tables), after.map_or(Some(Vec::new()), tables));
    match (before, after, lists) {
        (Some(Value::Table(before)), Some(Value::Table(after)), _) => of_tables(path, before, after, found),
        (None, Some(Value::Table(after)), _) => of_tables(path, &[], after, found),
        (Some(Value::Table(before)), None, _) => of_tables(path, before, &[], found),
        (_, _, (Some(before), Some(after))) => of_lists(path, &before, &after, found),
        _ => found.push(Change { path: path.clone(), before: before.cloned(), after: after.cloned() }),
    }
}

type Entry<'v> = &'v [(String, Value)];

/// The entries of a list of tables; an empty list is one where the other is, so it is taken for one.
fn tables(value: &Value) -> Option<Vec<Entry<'_>>> {
    let Value::List(entries) = value else { return None };
    entries.iter().map(|entry| if let Value::Table(table) = entry { Some(&table[..]) } else { None }).collect()
}

fn of_lists(path: &mut Vec<At>, before: &[Entry<'_>], after: &[Entry<'_>], found: &mut Vec<Change>) {
    let names = names_of(before).zip(names_of(after));
    let (old, new) = names.unwrap_or_else(|| (places(before), places(after)));
    let mut step = |at: &At, before: Option<Entry<'_>>, after: Option<Entry<'_>>| {
        path.push(at.clone());
        match (before, after) {
            (Some(before), Some(after)) => of_tables(path, before, after, found),
            (before, after) => {
                let whole = |entry: Option<Entry<'_>>| entry.map(|entry| Value::Table(entry.to_vec()));
                found.push(Change { path: path.clone(), before: whole(before), after: whole(after) });
            }
        }
        path.pop();
    };
    for (name, entry) in old.iter().zip(before) {
        step(name, Some(*entry), new.iter().position(|other| other == name).map(|place| after[place]));
    }
    for (name, entry) in new.iter().zip(after).filter(|(name, _)| !old.contains(name)) {
        step(name, None, Some(*entry));
    }
    let kept = |names: &[At], others: &[At]| -> Vec<Value> {
        let common = names.iter().filter(|name| others.contains(name));
        common.filter_map(|at| if let At::Name(name) = at { Some(Value::Text(name.clone())) } else { None }).collect()
    };
    let (order_before, order_after) = (kept(&old, &new), kept(&new, &old));
    if order_before != order_after {
        let (before, after) = (Some(Value::List(order_before)), Some(Value::List(order_after)));
        found.push(Change { path: path.clone(), before, after });
    }
}

/// The ids of all entries, where each has one of its own.
fn names_of(entries: &[Entry<'_>]) -> Option<Vec<At>> {
    let value =
        |entry: &Entry<'_>, key: &str| entry.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
    let name = |entry: &Entry<'_>| match value(entry, "id").or_else(|| value(entry, "tier")) {
        Some(Value::Text(name)) => Some(name),
        _ => None,
    };
    let names: Vec<String> = entries.iter().map(name).collect::<Option<_>>()?;
    let is_each_once = names.iter().collect::<BTreeSet<_>>().len() == names.len();
    is_each_once.then(|| names.into_iter().map(At::Name).collect())
}

fn places(entries: &[Entry<'_>]) -> Vec<At> {
    (0..entries.len()).map(At::Place).collect()
}

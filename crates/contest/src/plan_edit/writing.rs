//! Writing values so that what stands around them, comments above all, stays.

use super::{Fault, Value};
use toml_edit::{Array, ArrayOfTables, InlineTable, Item, Table, TableLike, Value as Written};

/// Writes a value of a key. One that is there already is not touched.
pub(super) fn put(table: &mut dyn TableLike, key: &str, value: &Value) {
    match table.get_mut(key).and_then(Item::as_value_mut) {
        Some(old) if is_same(old, value) => {}
        Some(Written::Array(array)) if matches!(value, Value::List(_)) => {
            let Value::List(entries) = value else { return };
            replace(array, entries);
        }
        Some(old) => {
            let decor = old.decor().clone();
            *old = written(value);
            *old.decor_mut() = decor;
        }
        None => {
            table.insert(key, Item::Value(written(value)));
        }
    }
}

/// Puts a table at the end of a list, which is made where there is none.
pub(super) fn append(table: &mut dyn TableLike, key: &str, entry: Vec<(String, Value)>) -> Result<(), Fault> {
    if !table.contains_key(key) {
        table.insert(key, Item::ArrayOfTables(ArrayOfTables::new()));
    }
    match table.get_mut(key) {
        Some(Item::ArrayOfTables(tables)) => {
            let mut new = Table::new();
            for (key, value) in entry {
                new.insert(&key, Item::Value(written(&value)));
            }
            tables.push(new);
            Ok(())
        }
        Some(Item::Value(Written::Array(array))) => {
            let prefix = prefix_of_next(array);
            array.push_formatted(written(&Value::Table(entry)).decorated(prefix, ""));
            Ok(())
        }
        _ => Err(Fault::OtherShape),
    }
}

/// Takes an entry out of a list; whether nothing is left in it.
pub(super) fn take(list: &mut Item, place: usize) -> bool {
    match list {
        Item::ArrayOfTables(tables) => {
            tables.remove(place);
            tables.is_empty()
        }
        Item::Value(Written::Array(array)) => {
            array.remove(place);
            // `prizes = []` says that there is none, which a missing key may not.
            false
        }
        _ => false,
    }
}

/// Puts other entries into a list; those that stay keep what stands around them.
fn replace(array: &mut Array, entries: &[Value]) {
    let next = prefix_of_next(array);
    let has_lines = next.contains('\n');
    let mut old: Vec<Option<Written>> = array.iter().cloned().map(Some).collect();
    array.clear();
    for (place, value) in entries.iter().enumerate() {
        let same = |entry: &&mut Option<Written>| entry.as_ref().is_some_and(|entry| is_same(entry, value));
        let kept = old.iter_mut().find(same).and_then(Option::take);
        let mut entry = kept.unwrap_or_else(|| written(value).decorated(next.as_str(), ""));
        if !has_lines {
            entry.decor_mut().set_prefix(if place == 0 { "" } else { " " });
            entry.decor_mut().set_suffix("");
        }
        array.push_formatted(entry);
    }
    if !has_lines {
        array.set_trailing_comma(false);
    }
}

/// What stands before the next entry of a list: a new line where the others stand on lines of their own.
fn prefix_of_next(array: &Array) -> String {
    let last = array.iter().last().and_then(|entry| entry.decor().prefix()).and_then(|prefix| prefix.as_str());
    match last.and_then(|prefix| prefix.rsplit_once('\n')) {
        Some((_, indent)) => format!("\n{indent}"),
        None if array.is_empty() => String::new(),
        None => " ".to_owned(),
    }
}

fn is_same(old: &Written, value: &Value) -> bool {
    match (old, value) {
        (Written::Array(old), Value::List(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(old, new)| is_same(old, new))
        }
        (_, Value::Text(text)) => old.as_str() == Some(text),
        (_, Value::Number(number)) => old.as_integer() == Some(*number),
        (_, Value::Truth(truth)) => old.as_bool() == Some(*truth),
        _ => false,
    }
}

fn written(value: &Value) -> Written {
    match value {
        Value::Text(text) => text.as_str().into(),
        Value::Number(number) => (*number).into(),
        Value::Truth(truth) => (*truth).into(),
        Value::List(entries) => Written::Array(entries.iter().map(written).collect()),
        Value::Table(entries) => {
            let pairs = entries.iter().map(|(key, value)| (key.as_str(), written(value)));
            Written::InlineTable(pairs.collect::<InlineTable>())
        }
    }
}

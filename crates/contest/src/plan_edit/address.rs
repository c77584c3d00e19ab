//! The way from a path to the place in the text that it names.

use super::{At, Fault};
use crate::plan_form::{self, Kind};
use toml_edit::{DocumentMut, Item, Table, TableLike, Value};

/// The path as the list of keys has it: without ids and places of entries.
pub(super) fn pattern(path: &[At]) -> Result<String, Fault> {
    let mut pattern = String::new();
    let mut steps = path.iter();
    while let Some(step) = steps.next() {
        let At::Name(name) = step else { return Err(Fault::UnknownKey) };
        if name.len() > 64 {
            return Err(Fault::UnknownKey);
        }
        if !pattern.is_empty() {
            pattern.push('.');
        }
        pattern.push_str(name);
        if matches!(plan_form::find(&pattern).map(|key| key.kind), Some(Kind::Tables)) {
            steps.next(); // the entry
        }
    }
    Ok(pattern)
}

/// The table at a path that ends in a table or in an entry of a list; missing tables are made where `make` says so.
pub(super) fn table<'d>(
    document: &'d mut DocumentMut,
    path: &[At],
    make: bool,
) -> Result<&'d mut dyn TableLike, Fault> {
    let mut table: &mut dyn TableLike = document.as_table_mut();
    let mut steps = path.iter();
    let mut is_top = true;
    while let Some(step) = steps.next() {
        let At::Name(name) = step else { return Err(Fault::NotThere) };
        if make && !table.contains_key(name) {
            // No list is made here: it would need the entry that is named next.
            let is_table = matches!(plan_form::find(name).map(|key| key.kind), Some(Kind::Table));
            let is_numbers = name == "points";
            if !is_table && !is_numbers {
                return Err(Fault::NotThere);
            }
            let new =
                // Behind an entry of a list, in its own line.
                if is_table && is_top { Item::Table(Table::new()) } else { toml_edit::value(toml_edit::InlineTable::new()) };
            table.insert(name, new);
        }
        is_top = false;
        let item = table.get_mut(name).ok_or(Fault::NotThere)?;
        table = if is_list(item) {
            let entry = steps.next().ok_or(Fault::OtherShape)?;
            let place = place(item, entry)?;
            entry_mut(item, place).ok_or(Fault::OtherShape)?
        } else {
            item.as_table_like_mut().ok_or(Fault::OtherShape)?
        };
    }
    Ok(table)
}

/// Whether tables stand in it one after another.
pub(super) fn is_list(item: &Item) -> bool {
    match item {
        Item::ArrayOfTables(_) => true,
        Item::Value(Value::Array(array)) => array.iter().all(Value::is_inline_table),
        _ => false,
    }
}

/// The place of an entry in a list.
pub(super) fn place(list: &Item, entry: &At) -> Result<usize, Fault> {
    let entries = entries(list);
    match entry {
        At::Place(place) if *place < entries.len() => Ok(*place),
        At::Place(_) => Err(Fault::NotThere),
        At::Name(id) => {
            let mut found = (0..).zip(&entries).filter(|(_, table)| name(**table) == Some(id)).map(|(place, _)| place);
            let first = found.next().ok_or(Fault::NotThere)?;
            found.next().map_or(Ok(first), |_| Err(Fault::Ambiguous))
        }
    }
}

/// What the entries of a list say under a key.
pub(super) fn names<'l>(list: Option<&'l Item>, key: &str) -> Vec<&'l str> {
    let entries = list.map(entries).unwrap_or_default();
    entries.into_iter().filter_map(|table| table.get(key).and_then(Item::as_str)).collect()
}

fn name(table: &dyn TableLike) -> Option<&str> {
    table.get("id").or_else(|| table.get("tier")).and_then(Item::as_str)
}

fn entries(list: &Item) -> Vec<&dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables.iter().map(|table| table as &dyn TableLike).collect(),
        Item::Value(Value::Array(array)) => {
            array.iter().filter_map(Value::as_inline_table).map(|table| table as &dyn TableLike).collect()
        }
        _ => Vec::new(),
    }
}

fn entry_mut(list: &mut Item, place: usize) -> Option<&mut dyn TableLike> {
    match list {
        Item::ArrayOfTables(tables) => tables.get_mut(place).map(|table| table as &mut dyn TableLike),
        Item::Value(Value::Array(array)) => {
            let table = array.get_mut(place)?.as_inline_table_mut()?;
            Some(table as &mut dyn TableLike)
        }
        _ => None,
    }
}

//! A plan that begins from the plan of an earlier contest.

use super::{At, Edit, EditError, Value, edit, values};
use crate::plan_form::{self, Kind, Unsaid};

/// The text with whatever belongs to one contest alone left empty: its id, every time, the commitments of witnesses.
/// The checker asks for each of them.
///
/// # Errors
/// Where the text is no TOML.
pub fn for_another_contest(text: &str) -> Result<String, EditError> {
    let mut edits = Vec::new();
    blank("", &mut Vec::new(), &values(text).unwrap_or_default(), &mut edits);
    // Something to write, so that a text which is no TOML is refused.
    edits.push(Edit::Set { path: vec![At::Name("id".to_owned())], value: Value::Text(String::new()) });
    edit(text, &edits)
}

fn blank(pattern: &str, path: &mut Vec<At>, table: &[(String, Value)], edits: &mut Vec<Edit>) {
    for (key, value) in table {
        let pattern = if pattern.is_empty() { key.clone() } else { format!("{pattern}.{key}") };
        path.push(At::Name(key.clone()));
        let key = plan_form::find(&pattern);
        match (value, key.map(|key| key.kind)) {
            // What may be missing is nothing that the next contest must decide.
            (_, Some(Kind::Moment)) if key.is_some_and(|key| key.unsaid == Unsaid::Nothing) => {
                edits.push(Edit::Clear { path: path.clone() });
            }
            (_, Some(Kind::Moment)) => {
                edits.push(Edit::Set { path: path.clone(), value: Value::Text(String::new()) });
            }
            _ if pattern == "rounds.lot_witnesses" => edits.push(Edit::Clear { path: path.clone() }),
            (Value::Table(table), _) => blank(&pattern, path, table, edits),
            (Value::List(entries), Some(Kind::Tables)) => {
                for (place, entry) in entries.iter().enumerate() {
                    let Value::Table(table) = entry else { continue };
                    path.push(At::Place(place));
                    blank(&pattern, path, table, edits);
                    path.pop();
                }
            }
            _ => {}
        }
        path.pop();
    }
}

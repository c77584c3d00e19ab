//! `contests/index.json`, schema `hoithi/contests/1`: every contest of the site.

use super::json_bytes;
use contest::plan::Plan;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// The list. It is read back before a contest is added, and moved by compare-and-swap.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestsIndex {
    schema: String,
    /// The latest opening first, then by id.
    contests: Vec<ContestLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContestLine {
    pub id: String,
    /// Name as announced.
    pub name: String,
    /// Body that organizes it.
    pub organizer: String,
    /// RFC 3339, when the first round opens.
    pub opens: String,
    /// RFC 3339, when the last round closes.
    pub closes: String,
}

impl From<&Plan> for ContestLine {
    fn from(plan: &Plan) -> Self {
        Self {
            id: plan.id.to_string(),
            name: plan.name.clone(),
            organizer: plan.organizer.clone(),
            opens: plan.opens().rfc3339(),
            closes: plan.closes().rfc3339(),
        }
    }
}

impl Default for ContestsIndex {
    fn default() -> Self {
        Self { schema: "hoithi/contests/1".to_owned(), contests: Vec::new() }
    }
}

impl ContestsIndex {
    /// Puts a contest into the list, in place of an earlier line of the same id.
    pub fn put(&mut self, line: ContestLine) {
        self.contests.retain(|other| other.id != line.id);
        self.contests.push(line);
        self.contests.sort_by(|a, b| (Reverse(&a.opens), &a.id).cmp(&(Reverse(&b.opens), &b.id)));
    }

    /// The contests in their order.
    pub fn contests(&self) -> &[ContestLine] {
        &self.contests
    }

    /// Reads a list.
    ///
    /// # Errors
    /// Where the bytes are no list of contests.
    pub fn from_json(bytes: &[u8]) -> serde_json::Result<Self> {
        serde_json::from_slice(bytes)
    }

    pub fn to_json(&self) -> Vec<u8> {
        json_bytes(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, opens: &str) -> ContestLine {
        let text = |s: &str| s.to_owned();
        ContestLine {
            id: text(id), name: text("Tên"), organizer: text("Ban"), opens: text(opens), closes: text(opens)
        }
    }

    #[test]
    fn the_list_is_the_same_whatever_the_order_of_arrival() {
        let lines = [
            line("b", "2021-12-13T01:30:00.000Z"),
            line("a", "2021-12-13T01:30:00.000Z"),
            line("c", "2024-03-25T00:00:00.000Z"),
        ];
        let mut forward = ContestsIndex::default();
        lines.iter().for_each(|l| forward.put(l.clone()));
        let mut backward = ContestsIndex::default();
        lines.iter().rev().for_each(|l| backward.put(l.clone()));
        backward.put(lines[0].clone());
        assert_eq!(forward.to_json(), backward.to_json());
        let order: Vec<&str> = forward.contests().iter().map(|l| l.id.as_str()).collect();
        assert_eq!(order, ["c", "a", "b"]);
        assert_eq!(ContestsIndex::from_json(&forward.to_json()).expect("our own bytes"), forward);
    }
}

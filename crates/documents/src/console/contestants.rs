//! Contestants as organizers look them up: who they are and what has become of their attempts; no answer, and no score
//! (`CONSOLE.md` 4.4).

use serde::Serialize;

/// What a search has found.
#[derive(Serialize)]
pub struct Found {
    pub people: Vec<Card>,
    /// What the page sends along to look further.
    pub next: Option<String>,
    /// Word of how the search goes on.
    pub end: &'static str,
}

/// One contestant.
#[derive(Serialize)]
pub struct Card {
    pub code: String,
    /// Public name.
    pub contestant: String,
    /// None of an erased account, and where the contest asks for none.
    pub full_name: Option<String>,
    pub birth_year: Option<i32>,
    pub unit: Option<UnitName>,
    pub registered_at: String,
    pub erased: bool,
    /// Until when a slip that sets another secret holds, where one waits.
    pub reset_until: Option<String>,
    /// None where somebody is looked up by name alone.
    pub attempts: Option<Vec<AttemptLine>>,
}

/// A unit of a contestant.
#[derive(Debug, Serialize)]
pub struct UnitName {
    pub code: String,
    pub name: String,
}

/// An attempt.
#[derive(Debug, Serialize)]
pub struct AttemptLine {
    pub round: String,
    pub round_name: String,
    /// From 1.
    pub number: u16,
    pub started_at: String,
    /// Nothing is accepted from then on.
    pub ends_at: String,
    pub submitted_at: Option<String>,
    /// Word of what has become of it.
    pub state: &'static str,
}

contest::masked!(Found, Card);

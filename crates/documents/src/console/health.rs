//! How the platform is.

use serde::Serialize;

/// `GET /v1/organizer/health`
#[derive(Debug, Serialize)]
pub struct Health {
    pub now: String,
    pub sweeps: [Sweep; 2],
    pub late_rounds: Vec<LateRound>,
    /// How many there are; for those alone who see the whole platform.
    pub contests: Option<usize>,
    /// Figures that nobody is told here.
    pub not_available: [&'static str; 1],
}

/// When a function last looked at everything, and all was well.
#[derive(Debug, Serialize)]
pub struct Sweep {
    pub function: &'static str,
    pub at: Option<String>,
    pub is_late: bool,
}

/// A round that is not where its plan wants it.
#[derive(Debug, Serialize)]
pub struct LateRound {
    pub contest: String,
    pub round: String,
    pub phase: &'static str,
    /// When it should have been further.
    pub since: String,
}

//! Every Vietnamese sentence that does not stand in the page itself, in NFC.

pub mod api;
pub mod consent;
pub mod format;
pub mod import;
pub mod officials;
pub mod program;
pub mod rules;

/// Why a draw makes a new version; stands in the history of the round.
pub const DRAW_REASON: &str = "Bốc thăm xét giải giữa các thí sinh đồng hạng";

pub use consent::{consent_text, prediction_prompt};
pub use rules::{RuleSection, rules, rules_sha256};

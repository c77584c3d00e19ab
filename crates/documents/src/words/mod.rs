//! Every Vietnamese sentence that does not stand in the page itself, in NFC.

pub mod api;
pub mod consent;
pub mod format;
pub mod import;
pub mod officials;
pub mod program;
pub mod rules;

pub use consent::{consent_text, prediction_prompt};
pub use rules::{RuleSection, rules, rules_sha256};

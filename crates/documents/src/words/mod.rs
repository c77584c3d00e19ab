//! Every Vietnamese sentence that does not stand in the page itself, in NFC.

/// Sentences with something in them: a function for each, whose arguments stand in the text by their names.
macro_rules! sentences {
    ($($(#[$doc:meta])* $name:ident($($part:ident),+): $text:literal;)+) => {$(
        $(#[$doc])*
        pub fn $name($($part: impl std::fmt::Display),+) -> String {
            format!($text)
        }
    )+};
}

pub mod api;
pub mod consent;
pub mod console;
pub mod format;
pub mod import;
pub mod letters;
pub mod officials;
pub mod plan_facts;
pub mod plan_form;
pub mod preview;
pub mod printed;
pub mod program;
pub mod proposals;
pub mod review;
pub mod rules;
pub(crate) mod templates;
pub mod verify;

/// Why a draw makes a new version; stands in the history of the round.
pub const DRAW_REASON: &str = "Bốc thăm xét giải giữa các thí sinh đồng hạng";
/// Why a change in an earlier round does.
pub const EARLIER_ROUND_REASON: &str =
    "Kết quả của vòng trước đã thay đổi, mà mỗi người chỉ nhận một giải trong cả cuộc thi";

pub use consent::{consent_text, prediction_prompt};
pub use rules::{RuleSection, rules, rules_sha256};

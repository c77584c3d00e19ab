//! Who issues a document and who signs it.

use crate::words::letters::DOTS;
use contest::plan::Plan;

/// Whose form a document has: each has a head of its own (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Body {
    /// Bodies of the State.
    #[default]
    State,
    /// Bodies of the Party.
    Party,
}

/// What stands above a document and below it. An empty text is left to be filled in, and stands as dots.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    pub body: Body,
    /// In capitals, as it heads the document.
    pub issuer: String,
    /// Stands before the date.
    pub place: String,
    /// In capitals.
    pub signer_title: String,
    pub signer_name: String,
}

impl Head {
    /// The organizer issues, and everything else is left to be filled in.
    pub fn of_organizer(plan: &Plan) -> Self {
        Self { issuer: plan.organizer.to_uppercase(), ..Self::default() }
    }

    pub(super) fn issuer(&self) -> &str {
        or_dots(&self.issuer)
    }

    pub(super) fn place(&self) -> &str {
        or_dots(&self.place)
    }

    pub(super) fn signer_title(&self) -> &str {
        or_dots(&self.signer_title)
    }

    pub(super) fn signer_name(&self) -> &str {
        or_dots(&self.signer_name)
    }
}

fn or_dots(text: &str) -> &str {
    if text.is_empty() { DOTS } else { text }
}

//! Who issues a document and who signs it.

use crate::words::letters::DOTS;
use contest::plan::{self, Plan};

/// What stands above a document and below it. An empty text is left to be filled in, and stands as dots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Whose form it has (Nghị định 30/2020/NĐ-CP, Hướng dẫn 36-HD/VPTW).
    pub body: plan::Head,
    /// In capitals, as it heads the document.
    pub issuer: String,
    /// Stands before the date.
    pub place: String,
    /// In capitals.
    pub signer_title: String,
    pub signer_name: String,
}

impl Head {
    /// As a plan says; the organizer issues what it names no issuer for, and everything else is left to be filled in.
    pub fn of(plan: &Plan) -> Self {
        let rules = &plan.documents;
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        Self {
            body: rules.head,
            issuer: rules.issuer.as_ref().unwrap_or(&plan.organizer).to_uppercase(),
            place: text(&rules.place),
            signer_title: text(&rules.signer_title),
            signer_name: text(&rules.signer_name),
        }
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

//! What is printed for officials and contestants.

use super::section::{Missing, Section};
use crate::limits::MAX_ROUNDS;
use crate::plan::{CertificatePaper, CertificateRule, DocumentRules, Head, Offset};
use crate::problem::ProblemKind;
use std::collections::HashMap;

pub(super) fn documents(section: &mut Section<'_>) -> DocumentRules {
    let head = section.word("head", Missing::Means(Head::State));
    let certificate = section.word("certificate", Missing::Means(CertificatePaper::Blank));
    let rules = DocumentRules {
        head: head.unwrap_or(Head::State),
        issuer: section.optional_text("issuer"),
        place: section.optional_text("place"),
        signer_title: section.optional_text("signer_title"),
        signer_name: section.optional_text("signer_name"),
        certificate: certificate.unwrap_or(CertificatePaper::Blank),
        name_offset: section.offset("name_offset_mm"),
        prize_offset: section.offset("prize_offset_mm"),
    };
    for (key, offset) in [("name_offset_mm", rules.name_offset), ("prize_offset_mm", rules.prize_offset)] {
        if rules.certificate == CertificatePaper::Blank && offset != Offset::default() {
            section.warn(key, ProblemKind::OffsetUnused);
        }
    }
    rules
}

pub(super) fn certificate(section: &mut Section<'_>) -> Option<CertificateRule> {
    let name = section.text("name", Missing::Error);
    let min_percent = section.number("min_percent", 0..=100, Missing::Error);
    let rounds = section.number("rounds", 1..=MAX_ROUNDS as u64, Missing::Means(1));
    Some(CertificateRule { name: name?, min_percent: min_percent?, rounds: rounds? })
}

/// Certificates among each other, and against the `rounds` of the plan.
pub(super) fn certificates(sections: &[Section<'_>], certificates: &[Option<CertificateRule>], rounds: usize) {
    let mut seen: HashMap<&str, &Section<'_>> = HashMap::new();
    for (section, rule) in sections.iter().zip(certificates) {
        let Some(rule) = rule else { continue };
        if let Some(first) = seen.insert(&rule.name, section) {
            let first_row = first.place("name").row();
            section.error("name", ProblemKind::Duplicate { value: rule.name.clone(), first_row });
        }
        if rounds > 0 && rule.rounds as usize > rounds {
            section.error("rounds", ProblemKind::CertificateOutOfReach);
        }
    }
}

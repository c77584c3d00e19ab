//! What the lists of people have in common: cells that say who somebody is.

use contest::people::{CitizenId, FullName, PhoneNumber, ValueFault};
use contest::problem::ProblemKind;
use contest::text::{looks_broken, name_seems_to_lack_letters};

pub(super) fn full_name(text: &str) -> Result<FullName, ProblemKind> {
    FullName::parse(text).map_err(|fault| match fault {
        ValueFault::LegacyEncoding => ProblemKind::LegacyEncoding,
        // What is surely broken is told of every cell.
        _ if name_seems_to_lack_letters(text) && !looks_broken(text) => ProblemKind::BrokenText,
        _ => ProblemKind::InvalidName,
    })
}

pub(super) fn citizen_id(text: &str) -> Result<CitizenId, ProblemKind> {
    CitizenId::parse(text).map_err(|_| ProblemKind::InvalidCitizenId)
}

pub(super) fn phone(text: &str) -> Result<PhoneNumber, ProblemKind> {
    PhoneNumber::parse(text).map_err(|_| ProblemKind::InvalidPhone)
}

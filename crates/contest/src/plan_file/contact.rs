//! `[contact]`.

use super::section::Section;
use crate::people::Email;
use crate::plan::Contact;
use crate::problem::ProblemKind;

/// Digits of a telephone number: a short one has three, an international one at most fifteen (E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 3..=15;

pub(super) fn contact(section: &mut Section<'_>) -> Contact {
    let contact = Contact {
        name: section.optional_text("name"),
        phone: section.optional_text("phone"),
        email: section.optional_text("email"),
        hours: section.optional_text("hours"),
    };
    if contact.phone.as_deref().is_some_and(|phone| !is_phone(phone)) {
        section.error("phone", ProblemKind::InvalidContactPhone);
    }
    if contact.email.as_deref().is_some_and(|email| Email::parse(email).is_err()) {
        section.error("email", ProblemKind::InvalidEmail);
    }
    if section.is_open("phone") && section.is_open("email") {
        section.error("phone", ProblemKind::ContactMissing);
    }
    contact
}

/// Whether it can be one number that a telephone dials: of an office, which need not be that of a person.
fn is_phone(text: &str) -> bool {
    let is_dialled = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '.' | '-' | '(' | ')' | '+');
    text.chars().all(is_dialled) && DIGITS.contains(&text.chars().filter(char::is_ascii_digit).count())
}

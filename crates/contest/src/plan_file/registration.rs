//! `[registration]`: reading it, and what its values must fulfil.

use super::promises;
use super::section::{Missing, Section};
use super::{KEEP_DAYS, MAX_AGE, MAX_KEEP_DAYS};
use crate::plan::*;
use crate::problem::ProblemKind;
use crate::time::Timestamp;
use chrono_tz::Tz;

pub(super) fn registration(section: &mut Section<'_>, zone: Tz) -> Option<Registration> {
    let mode = section.word("mode", Missing::Means(RegistrationMode::Open));
    // Before everything, so that nothing is said of its order.
    let opens = section.instant("opens", zone).or(Some(Timestamp::from_millis(0)));
    let closes = section.optional_instant("closes", zone);
    promises::last_minute(section, closes, zone);
    let fields = section.words("fields", Missing::Stands(Field::ALL.to_vec()));
    let unique = section.words("unique", Missing::Means(Vec::new()));
    let min_age = section.number("min_age", 0..=MAX_AGE, Missing::Stands(0));
    let max_age = section.number("max_age", 0..=MAX_AGE, Missing::Means(0));
    let levels = section.optional_texts("levels");
    let unit_basis = section.words("unit_basis", Missing::Means(Vec::new()));
    let excluded = section.word("excluded", Missing::Means(Exclusion::Bar));
    let guardian_consent_under = section.number("guardian_consent_under", 0..=MAX_AGE, Missing::Means(0));
    let keep_days = section.number("keep_days", 1..=MAX_KEEP_DAYS, Missing::Means(KEEP_DAYS));
    let registration = Registration {
        mode: mode?,
        opens: opens?,
        closes,
        fields: fields?,
        unique: unique?,
        min_age: min_age?,
        max_age: max_age?,
        levels,
        unit_basis: unit_basis?,
        excluded: excluded?,
        guardian_consent_under: guardian_consent_under?,
        keep_days: keep_days?,
    };
    check(&registration, section);
    Some(registration)
}

/// The table by itself.
fn check(registration: &Registration, section: &Section<'_>) {
    let asked = |field: Field| registration.fields.contains(&field);
    for &field in &registration.unique {
        if !matches!(field, Field::CitizenId | Field::Phone | Field::Email) {
            section.error("unique", ProblemKind::CannotBeUnique { field: field.as_str() });
        } else if !asked(field) {
            section.error("unique", ProblemKind::UniqueNotAsked { field: field.as_str() });
        }
    }
    let needs = [
        (true, Field::FullName, "registration"),
        (registration.min_age > 0, Field::BirthDate, "min_age"),
        (registration.max_age > 0, Field::BirthDate, "max_age"),
        (registration.guardian_consent_under > 0, Field::BirthDate, "guardian_consent_under"),
        (!registration.unit_basis.is_empty(), Field::Unit, "unit_basis"),
        (!registration.levels.is_empty(), Field::Unit, "levels"),
    ];
    for (needed, field, by) in needs {
        if needed && !asked(field) {
            section.error("fields", ProblemKind::FieldNeeded { field: field.as_str(), by });
        }
    }
    if registration.mode == RegistrationMode::Open && registration.unique.is_empty() {
        section.warn("unique", ProblemKind::NothingUnique);
    }
    promises::minors(section);
    if registration.max_age > 0 && registration.max_age < registration.min_age {
        section.error("max_age", ProblemKind::MaxAgeBelowMinAge);
    }
    if registration.closes.is_some_and(|closes| closes <= registration.opens) {
        section.error("closes", ProblemKind::RegistrationClosesBeforeOpens);
    }
}

/// The table against the rounds, of which there is at least one, and against what is given.
pub(super) fn with_rounds(plan: &Plan, section: &Section<'_>, times_known: bool) {
    let opens = plan.registration.opens;
    if times_known && opens >= plan.closes() {
        section.error("opens", ProblemKind::RegistrationAfterEnd);
    } else if times_known && opens > plan.opens() {
        section.warn("opens", ProblemKind::RegistrationAfterOpening);
    }
    if times_known && plan.registration.closes.is_some_and(|closes| closes > plan.closes()) {
        section.warn("closes", ProblemKind::RegistrationOutlastsRounds);
    }
    if times_known {
        promises::registration(plan, section);
    }
    let competes = !plan.rules.collective.is_empty() || !plan.commendation.is_empty();
    if competes && !plan.registration.fields.contains(&Field::Unit) {
        section.error("fields", ProblemKind::FieldNeeded { field: Field::Unit.as_str(), by: "collective" });
    }
}

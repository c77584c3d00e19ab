//! What somebody may correct of themselves, and until when. Who one is and the code under which one plays stay.

use super::{Fields, known_unit};
use crate::form::{FormFault, FormField, WrongField};
use crate::ids::UnitCode;
use crate::people::{Email, PhoneNumber};
use crate::plan::{Field, Plan, UnitBasis};
use crate::time::Timestamp;
use crate::units::UnitTree;

/// A correction as it was sent: what is not in it stays.
#[derive(Clone, Copy, Default)]
pub struct Sent<'a> {
    /// Code of the unit.
    pub unit: Option<&'a str>,
    /// Word of the ground on which somebody belongs to the unit.
    pub unit_basis: Option<&'a str>,
    /// Telephone number.
    pub phone: Option<&'a str>,
    /// E-mail address.
    pub email: Option<&'a str>,
}

/// A correction whose every value is of its type.
#[derive(Clone, PartialEq, Eq)]
pub struct Correction {
    /// The unit, which the contest has.
    pub unit: Option<UnitCode>,
    /// The ground on which somebody belongs to the unit.
    pub unit_basis: Option<UnitBasis>,
    /// Telephone number.
    pub phone: Option<PhoneNumber>,
    /// E-mail address.
    pub email: Option<Email>,
}

crate::masked!(Sent<'_>, Correction);

/// Why nothing is corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Uncorrected {
    /// It could be corrected until this time.
    TooLate(Timestamp),
    /// Every wrong field.
    Wrong(Vec<WrongField>),
}

impl Correction {
    /// Reads what is corrected at `now`: the unit until the first round opens, since everything that is counted by units
    /// begins there; phone and e-mail until the last round closes.
    ///
    /// # Errors
    /// [`Uncorrected::TooLate`], or [`Uncorrected::Wrong`] with what is no value, and with what the contest does not ask for.
    pub fn read(sent: &Sent<'_>, plan: &Plan, units: &UnitTree, now: Timestamp) -> Result<Self, Uncorrected> {
        let until = [
            (sent.unit.is_some() || sent.unit_basis.is_some(), plan.opens()),
            (sent.phone.is_some() || sent.email.is_some(), plan.closes()),
        ];
        if let Some((_, until)) = until.into_iter().find(|(is_sent, until)| *is_sent && now >= *until) {
            return Err(Uncorrected::TooLate(until));
        }
        let mut fields = Fields { asked: &plan.registration.fields, wrong: Vec::new() };
        let unit = fields.corrected(Field::Unit, sent.unit, |text| known_unit(units, text));
        let phone = fields.corrected(Field::Phone, sent.phone, PhoneNumber::parse);
        let email = fields.corrected(Field::Email, sent.email, Email::parse);
        let unit_basis = sent.unit_basis.and_then(|word| fields.unit_basis(&plan.registration.unit_basis, Some(word)));
        if fields.wrong.is_empty() {
            Ok(Self { unit, unit_basis, phone, email })
        } else {
            Err(Uncorrected::Wrong(fields.wrong))
        }
    }
}

impl Fields<'_> {
    fn corrected<T, E: Into<FormFault>>(
        &mut self,
        field: Field,
        sent: Option<&str>,
        parse: impl Fn(&str) -> Result<T, E>,
    ) -> Option<T> {
        sent?;
        if !self.asked.contains(&field) {
            self.fault(FormField::Stated(field), FormFault::UnknownField);
        }
        self.stated(field, sent, parse)
    }
}

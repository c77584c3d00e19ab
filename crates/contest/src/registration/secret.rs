//! A secret that takes the place of another, by the same rules as the first one.

use crate::form::FormFault;
use crate::people::{BirthDate, IdentifierKind, Secret};
use crate::seal::ContestKeys;
use chrono::NaiveDate;

/// What is kept of the owner of a secret that nobody else should find on a list.
#[derive(Clone, Copy)]
pub struct Owner<'a> {
    /// Keyed hash of the citizen id.
    pub citizen_id: Option<&'a str>,
    /// Keyed hash of the telephone number.
    pub phone: Option<&'a str>,
    /// `yyyy-mm-dd`
    pub birth_date: Option<&'a str>,
}

crate::masked!(Owner<'_>);

/// Reads a secret that somebody chooses.
///
/// # Errors
/// What [`Secret::parse`] refuses, or [`FormFault::TooCommon`].
pub fn chosen(text: &str) -> Result<Secret, FormFault> {
    let secret = Secret::parse(text)?;
    if secret.is_common() { Err(FormFault::TooCommon) } else { Ok(secret) }
}

impl Owner<'_> {
    /// Whether a secret is a number of this owner, of which only keyed hashes are kept. `today` is the day in the
    /// contest's time zone.
    ///
    /// # Errors
    /// [`FormFault::KnownNumber`].
    pub fn check(&self, secret: &Secret, keys: &ContestKeys, today: NaiveDate) -> Result<(), FormFault> {
        let birth_date = self.birth_date.and_then(|date| BirthDate::parse(date, today).ok());
        let digits: String = secret.expose().chars().filter(|sign| !" .-/+".contains(*sign)).collect();
        let is = |kind: IdentifierKind, kept: Option<&str>| {
            let Some(value) = kind.read(&digits) else { return false };
            kept.is_some_and(|kept| kind.hash(keys, &value) == kept)
        };
        let is_known = secret.is_known_number(None, None, birth_date)
            || is(IdentifierKind::CitizenId, self.citizen_id)
            || is(IdentifierKind::Phone, self.phone);
        if is_known { Err(FormFault::KnownNumber) } else { Ok(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::ContestId;
    use crate::people::ValueFault;

    #[test]
    fn a_chosen_secret_is_long_enough_and_not_tried_first() {
        assert!(chosen("mật khẩu khác").is_ok());
        assert_eq!(chosen("ngắn").err(), Some(FormFault::Value(ValueFault::TooShort)));
        assert_eq!(chosen("Password1").err(), Some(FormFault::TooCommon));
    }

    #[test]
    fn a_number_of_which_only_the_hash_is_kept_is_known_all_the_same() {
        let keys = ContestKeys::new(&[7; 32], &ContestId::parse("thi-thu").expect("an id"));
        let citizen_id = IdentifierKind::CitizenId.hash(&keys, "001090000001");
        let phone = IdentifierKind::Phone.hash(&keys, "+84912000001");
        let owner = Owner { citizen_id: Some(&citizen_id), phone: Some(&phone), birth_date: Some("1990-05-17") };
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).expect("a day");
        let check = |owner: &Owner<'_>, text: &str| owner.check(&chosen(text).expect("a secret"), &keys, today);
        for known in ["001090000001", "001 090 000 001", "0912.000.001", "+84 912 000 001", "84912000001", "17/05/1990"]
        {
            assert_eq!(check(&owner, known), Err(FormFault::KnownNumber), "{known}");
        }
        for other in ["001090000002", "0912 000 002", "18/05/1990", "mật khẩu 0912000001"] {
            assert_eq!(check(&owner, other), Ok(()), "{other}");
        }
        let nobody = Owner { citizen_id: None, phone: None, birth_date: None };
        assert_eq!(check(&nobody, "001090000001"), Ok(()));
    }
}

//! The citizen id ("số định danh cá nhân", printed on the CCCD).

use super::{FieldFault, Gender, personal_text};
use crate::text;

personal_text! {
    /// Twelve digits: three for the place where the birth was registered, one for century and sex,
    /// two for the year of birth, six others (Nghị định 137/2015, Điều 13). The first three say
    /// nothing about where somebody lives; there is no check digit.
    CitizenId
}

impl CitizenId {
    /// Reads twelve digits, with spaces and dots between them or not.
    ///
    /// # Errors
    /// [`FieldFault::Empty`], [`OldNineDigits`](FieldFault::OldNineDigits) for the number of the
    /// former identity card, else [`NotTwelveDigits`](FieldFault::NotTwelveDigits).
    pub fn parse(text: &str) -> Result<Self, FieldFault> {
        let digits = text::clean(text).replace([' ', '.'], "");
        let is_numeric = digits.bytes().all(|b| b.is_ascii_digit());
        match digits.len() {
            0 => Err(FieldFault::Empty),
            12 if is_numeric => Ok(Self(digits)),
            9 if is_numeric => Err(FieldFault::OldNineDigits),
            _ => Err(FieldFault::NotTwelveDigits),
        }
    }

    /// The year of birth that the number states: the fourth digit counts half centuries of sex,
    /// 0 and 1 for 1900 to 1999, 2 and 3 for 2000 to 2099, and so on.
    pub fn birth_year(&self) -> i32 {
        1900 + 100 * (self.digit(3) / 2) + 10 * self.digit(4) + self.digit(5)
    }

    /// The sex that the number states: even fourth digit male, odd female.
    pub fn sex(&self) -> Gender {
        if self.digit(3) % 2 == 0 { Gender::Male } else { Gender::Female }
    }

    /// Whether the number fits what else its owner states. [`Gender::Other`] and no gender fit
    /// every number.
    pub fn agrees_with(&self, birth_year: i32, gender: Option<Gender>) -> bool {
        let gender_fits = match gender {
            None | Some(Gender::Other) => true,
            Some(stated) => stated == self.sex(),
        };
        birth_year == self.birth_year() && gender_fits
    }

    fn digit(&self, index: usize) -> i32 {
        i32::from(self.0.as_bytes()[index] - b'0')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_digits_are_a_citizen_id_and_nine_are_the_old_card() {
        for (written, result) in [
            ("019201001234", Ok("019201001234")),
            (" 019 201\u{A0}001.234 ", Ok("019201001234")),
            ("", Err(FieldFault::Empty)),
            (" . ", Err(FieldFault::Empty)),
            ("090123456", Err(FieldFault::OldNineDigits)),
            ("01920100123", Err(FieldFault::NotTwelveDigits)),
            ("0192010012345", Err(FieldFault::NotTwelveDigits)),
            ("01920100123A", Err(FieldFault::NotTwelveDigits)),
            ("09012345A", Err(FieldFault::NotTwelveDigits)),
            ("٠١٩٢٠١", Err(FieldFault::NotTwelveDigits)),
            ("0.19201E+11", Err(FieldFault::NotTwelveDigits)),
        ] {
            assert_eq!(CitizenId::parse(written).map(|id| id.0), result.map(str::to_owned), "{written}");
        }
    }

    #[test]
    fn the_fourth_to_sixth_digits_state_sex_and_year_of_birth() {
        for (id, year, sex) in [
            ("001085000001", 1985, Gender::Male),
            ("019185000001", 1985, Gender::Female),
            ("020204000001", 2004, Gender::Male),
            ("048300000001", 2000, Gender::Female),
            ("001099000001", 1999, Gender::Male),
        ] {
            let citizen_id = CitizenId::parse(id).expect("twelve digits");
            assert_eq!((citizen_id.birth_year(), citizen_id.sex()), (year, sex), "{id}");
            assert!(citizen_id.agrees_with(year, Some(sex)));
            assert!(citizen_id.agrees_with(year, Some(Gender::Other)));
            assert!(citizen_id.agrees_with(year, None));
            assert!(!citizen_id.agrees_with(year + 1, Some(sex)));
            let opposite = if sex == Gender::Male { Gender::Female } else { Gender::Male };
            assert!(!citizen_id.agrees_with(year, Some(opposite)));
        }
    }
}

//! The citizen id ("số định danh cá nhân", printed on the CCCD).

use super::{BirthDate, Gender, ValueFault, personal_text};
use crate::text;
use chrono::Datelike;

personal_text! {
    /// Twelve digits: three for the place where the birth was registered, one for century and sex,
    /// two for the year of birth, six others (Nghị định 137/2015, Điều 13). The first three say
    /// nothing about where somebody lives; there is no check digit.
    CitizenId
}

/// Codes of the provinces in which a birth is registered (Thông tư 59/2021/TT-BCA, Phụ lục I). The provinces that
/// were merged on 1/7/2025 keep the codes in the numbers that were given.
const PROVINCES: [i32; 63] = [
    1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36, 37, 38, 40, 42, 44, 45,
    46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74, 75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92,
    93, 94, 95, 96,
];

/// Beyond it stand countries, for people born abroad; their list is not kept here.
const LAST_PROVINCE: i32 = 99;

impl CitizenId {
    /// Reads twelve digits, with spaces, dots and dashes between them or not.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`OldNineDigits`](ValueFault::OldNineDigits) for the number of the
    /// former identity card, [`UnknownProvince`](ValueFault::UnknownProvince),
    /// [`UnknownCentury`](ValueFault::UnknownCentury), else [`NotTwelveDigits`](ValueFault::NotTwelveDigits).
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        let digits = text::clean(text).replace([' ', '.', '-', '\u{2010}', '\u{2011}', '–'], "");
        let is_numeric = digits.bytes().all(|b| b.is_ascii_digit());
        match digits.len() {
            0 => Err(ValueFault::Empty),
            12 if is_numeric => Self(digits).of_this_world(),
            9 if is_numeric => Err(ValueFault::OldNineDigits),
            _ => Err(ValueFault::NotTwelveDigits),
        }
    }

    /// Whether it may have been given to anybody: registered in a province or abroad, born since 1900.
    fn of_this_world(self) -> Result<Self, ValueFault> {
        if self.digit(3) > 3 {
            return Err(ValueFault::UnknownCentury);
        }
        let place = 100 * self.digit(0) + 10 * self.digit(1) + self.digit(2);
        let known = place > LAST_PROVINCE || PROVINCES.contains(&place);
        if known { Ok(self) } else { Err(ValueFault::UnknownProvince) }
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

    /// What of the number does not fit what else its owner states. What is not asked fits every number, and so
    /// does [`Gender::Other`].
    ///
    /// # Errors
    /// [`ValueFault::OtherBirthYear`] or [`OtherGender`](ValueFault::OtherGender).
    pub fn agrees_with(&self, birth: Option<BirthDate>, gender: Option<Gender>) -> Result<(), ValueFault> {
        if birth.is_some_and(|birth| birth.date().year() != self.birth_year()) {
            return Err(ValueFault::OtherBirthYear);
        }
        match gender {
            None | Some(Gender::Other) => Ok(()),
            Some(stated) if stated == self.sex() => Ok(()),
            Some(_) => Err(ValueFault::OtherGender),
        }
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
            ("", Err(ValueFault::Empty)),
            (" . ", Err(ValueFault::Empty)),
            ("090123456", Err(ValueFault::OldNineDigits)),
            ("01920100123", Err(ValueFault::NotTwelveDigits)),
            ("0192010012345", Err(ValueFault::NotTwelveDigits)),
            ("01920100123A", Err(ValueFault::NotTwelveDigits)),
            ("09012345A", Err(ValueFault::NotTwelveDigits)),
            ("٠١٩٢٠١", Err(ValueFault::NotTwelveDigits)),
            ("0.19201E+11", Err(ValueFault::NotTwelveDigits)),
            ("019-201-001234", Ok("019201001234")),
            ("019–201–001234", Ok("019201001234")),
            ("999999999999", Err(ValueFault::UnknownCentury)),
            ("123456789012", Err(ValueFault::UnknownCentury)),
            ("000090000001", Err(ValueFault::UnknownProvince)),
            ("003090000001", Err(ValueFault::UnknownProvince)),
            ("101090000001", Ok("101090000001")),
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
            let born = |year: i32| {
                let day = chrono::NaiveDate::from_ymd_opt(year, 6, 1).expect("a day");
                Some(BirthDate::parse(&day.to_string(), day).expect("a birth date"))
            };
            for gender in [Some(sex), Some(Gender::Other), None] {
                assert_eq!(citizen_id.agrees_with(born(year), gender), Ok(()));
                assert_eq!(citizen_id.agrees_with(None, gender), Ok(()));
                assert_eq!(citizen_id.agrees_with(born(year + 1), gender), Err(ValueFault::OtherBirthYear));
            }
            let opposite = if sex == Gender::Male { Gender::Female } else { Gender::Male };
            assert_eq!(citizen_id.agrees_with(born(year), Some(opposite)), Err(ValueFault::OtherGender));
        }
    }
}

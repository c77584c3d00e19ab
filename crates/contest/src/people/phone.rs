//! Vietnamese telephone numbers.

use super::{ValueFault, personal_text};
use crate::text;

personal_text! {
    /// A Vietnamese number in E.164, `+84912345678`: a mobile number, or a landline with its area
    /// code. Numbers of eleven digits from before 15/9/2018 are converted, so that an old list and
    /// a new registration name the same telephone.
    PhoneNumber
}

impl PhoneNumber {
    /// Reads `+84`, `84`, `0084` or `0` and the rest, with spaces, dots, hyphens and parentheses.
    ///
    /// # Errors
    /// [`ValueFault::Empty`] or [`NotAPhoneNumber`](ValueFault::NotAPhoneNumber).
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        let compact = text::clean(text).replace([' ', '.', '-', '\u{2010}', '\u{2011}', '–', '(', ')'], "");
        if compact.is_empty() {
            return Err(ValueFault::Empty);
        }
        let significant = significant_digits(&compact).ok_or(ValueFault::NotAPhoneNumber)?;
        let current = converted(significant);
        if is_assigned(&current) { Ok(Self(format!("+84{current}"))) } else { Err(ValueFault::NotAPhoneNumber) }
    }

    /// `+84912345678`.
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// As people write it: `0912 345 678`, a landline `0208 3855 123`.
    pub fn national(&self) -> String {
        let digits = self.national_digits();
        let (prefix, rest) = digits.split_at(4);
        let (middle, last) = rest.split_at(rest.len() - 3);
        format!("{prefix} {middle} {last}")
    }

    /// As others may see it: `09xx xxx 678`.
    pub fn masked(&self) -> String {
        text::mask_phone(&self.national_digits())
    }

    /// The last three digits.
    pub fn last3(&self) -> &str {
        &self.0[self.0.len() - 3..]
    }

    fn national_digits(&self) -> String {
        self.0.replacen("+84", "0", 1)
    }
}

/// The digits after country code or leading zero. `+84 (0)912…` has both.
fn significant_digits(compact: &str) -> Option<&str> {
    let international = ["+84", "0084", "84"].iter().find_map(|prefix| compact.strip_prefix(prefix));
    let significant = match international {
        Some(rest) => rest.strip_prefix('0').unwrap_or(rest),
        None => compact.strip_prefix('0')?,
    };
    significant.bytes().all(|b| b.is_ascii_digit()).then_some(significant)
}

/// Mobile prefixes of 15/9/2018 (Bộ Thông tin và Truyền thông), without the leading zero; all
/// other digits stayed.
const CONVERTED_PREFIXES: [(&str, &str); 21] = [
    ("120", "70"),
    ("121", "79"),
    ("122", "77"),
    ("126", "76"),
    ("128", "78"),
    ("123", "83"),
    ("124", "84"),
    ("125", "85"),
    ("127", "81"),
    ("129", "82"),
    ("162", "32"),
    ("163", "33"),
    ("164", "34"),
    ("165", "35"),
    ("166", "36"),
    ("167", "37"),
    ("168", "38"),
    ("169", "39"),
    ("186", "56"),
    ("188", "58"),
    ("199", "59"),
];

fn converted(significant: &str) -> String {
    match CONVERTED_PREFIXES.iter().find(|(old, _)| significant.starts_with(old)) {
        Some((old, new)) => significant.replacen(old, new, 1),
        None => significant.to_owned(),
    }
}

/// Mobile: 3, 5, 7, 8 or 9 and eight digits. Landline: 2 and eight or nine digits.
fn is_assigned(significant: &str) -> bool {
    match significant.as_bytes().first() {
        Some(b'3' | b'5' | b'7' | b'8' | b'9') => significant.len() == 9,
        Some(b'2') => matches!(significant.len(), 9 | 10),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(written: &str, e164: &str) {
        assert_eq!(PhoneNumber::parse(written).map(|phone| phone.0), Ok(e164.to_owned()), "{written}");
    }

    #[test]
    fn every_way_to_write_a_number_is_one_number() {
        for written in [
            "+84 912.345.678",
            "0084912345678",
            "0912345678",
            "84912345678",
            "(+84) 912-345-678",
            "+84 (0)912 345 678",
            " 0912\u{A0}345\u{202F}678\u{200B}",
        ] {
            check(written, "+84912345678");
        }
        check("0208 3855 123", "+842083855123");
        check("(024) 3825 1234", "+842438251234");
        check("020 8385 512", "+84208385512");
        check("0841234567", "+84841234567");
        check("84841234567", "+84841234567");
    }

    #[test]
    fn numbers_of_eleven_digits_become_ten() {
        check("01234567890", "+84834567890");
        check("+84 1234 567 890", "+84834567890");
        // DOMAIN.md 4.4, the whole table, as printed there.
        let table = "0120→070 0121→079 0122→077 0126→076 0128→078 0123→083 0124→084 \
                     0125→085 0127→081 0129→082 0162→032 0163→033 0164→034 0165→035 \
                     0166→036 0167→037 0168→038 0169→039 0186→056 0188→058 0199→059";
        let mut row_count = 0;
        for row in table.split(' ').filter(|row| !row.is_empty()) {
            let (old, new) = row.split_once('→').expect("an arrow");
            check(&format!("{old}1234567"), &format!("+84{}1234567", &new[1..]));
            row_count += 1;
        }
        assert_eq!(row_count, CONVERTED_PREFIXES.len());
    }

    #[test]
    fn other_numbers_are_refused() {
        for written in [
            "912345678",
            "091234567",
            "09123456789",
            "0412345678",
            "0612345678",
            "01112345678",
            "0112345678",
            "113",
            "19001234",
            "+1 202 555 0123",
            "+85512345678",
            "0912x45678",
            "++84912345678",
            "020838551234567",
            "٠٩١٢٣٤٥٦٧٨",
            "9.12E+08",
            "0",
            "+84",
            "không có",
        ] {
            let parsed = PhoneNumber::parse(written).map(|phone| phone.0);
            assert_eq!(parsed, Err(ValueFault::NotAPhoneNumber), "{written}");
        }
        assert_eq!(PhoneNumber::parse(" - "), Err(ValueFault::Empty));
    }

    #[test]
    fn numbers_are_shown_in_groups_or_masked() {
        for (written, national, masked, last3) in [
            ("0912345678", "0912 345 678", "09xx xxx 678", "678"),
            ("02083855123", "0208 3855 123", "02xx xxxx 123", "123"),
        ] {
            let phone = PhoneNumber::parse(written).expect("a number");
            assert_eq!((phone.national().as_str(), phone.masked().as_str(), phone.last3()), (national, masked, last3));
        }
    }

    proptest! {
        #[test]
        fn numbers_survive_every_form_they_are_written_in(significant in "[35789][0-9]{8}|2[0-9]{8,9}") {
            let phone = PhoneNumber::parse(&format!("0{significant}")).expect("an assigned number");
            prop_assert_eq!(phone.e164(), format!("+84{significant}"));
            for form in [phone.e164().to_owned(), phone.national(), format!("0084{significant}"), format!("84 {significant}")] {
                prop_assert_eq!(PhoneNumber::parse(&form).expect("the same number"), phone.clone());
            }
        }
    }
}

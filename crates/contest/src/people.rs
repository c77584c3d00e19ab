//! What people tell about themselves, parsed once where it enters: a value of one of these types
//! needs no second check.
//!
//! Their `Debug` forms show nothing of the person, so that no log line can.

use chrono::{Datelike, NaiveDate};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::text;
use crate::time::parse_date;
use crate::words::worded;

mod citizen_id;
mod identifier;
mod phone;

pub use citizen_id::CitizenId;
pub use identifier::{Findable, Identifier, IdentifierKind, identifiers};
pub use phone::PhoneNumber;

worded! {
    /// Why a field of a registration or a roster is refused. The words are the stable codes.
    pub enum ValueFault {
        /// Nothing is left after removing spaces.
        Empty = "empty",
        /// Fewer characters than the field needs.
        TooShort = "too_short",
        /// More characters than the field may have.
        TooLong = "too_long",
        /// Characters that do not belong into such a field.
        BadCharacters = "bad_characters",
        /// Typed with a TCVN3 or VNI font instead of Unicode.
        LegacyEncoding = "legacy_encoding",
        /// A full name of a single word.
        OneWord = "one_word",
        /// A full name with letters of two scripts, one of which looks like the other.
        MixedScripts = "mixed_scripts",
        /// No date, or none that exists.
        NotADate = "not_a_date",
        /// A birth date after today.
        InTheFuture = "in_the_future",
        /// A birth date before 1900.
        TooLongAgo = "too_long_ago",
        /// Not the twelve digits of a citizen id.
        NotTwelveDigits = "not_twelve_digits",
        /// The nine digits of the identity card (CMND) that the citizen id replaced.
        OldNineDigits = "old_nine_digits",
        /// A citizen id that begins with the code of no province.
        UnknownProvince = "unknown_province",
        /// A citizen id whose fourth digit stands for no century in which people live.
        UnknownCentury = "unknown_century",
        /// A citizen id of somebody born in another year than stated.
        OtherBirthYear = "other_birth_year",
        /// A citizen id of somebody of another gender than stated.
        OtherGender = "other_gender",
        /// No Vietnamese telephone number.
        NotAPhoneNumber = "not_a_phone_number",
        /// No e-mail address.
        NotAnEmail = "not_an_email",
    }
}

impl std::error::Error for ValueFault {}

worded! {
    /// Gender as the contestant states it.
    pub enum Gender {
        /// Nam.
        Male = "male",
        /// Nữ.
        Female = "female",
        /// Neither, or not said.
        Other = "other",
    }
}

/// Gives types of what is known about a person a `Debug` form that keeps it to itself, so that no log line can tell
/// it, at whatever level.
#[macro_export]
macro_rules! masked {
    ($($name:ty),+ $(,)?) => {$(
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(concat!(stringify!($name), "(..)"))
            }
        }
    )+};
}

/// Declares a checked text about a person, whose `Debug` form keeps it to itself.
macro_rules! personal_text {
    ($(#[$meta:meta])* $name:ident) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, Hash)]
        pub struct $name(String);

        impl $name {
            /// The checked text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        $crate::masked!($name);
    };
}
pub(crate) use personal_text;

personal_text! {
    /// A full name as its owner writes it, capitals included: 2 to 100 characters in at least two
    /// words, of letters of one script, spaces, hyphens, apostrophes and dots (`H'Hen Niê`).
    FullName
}

impl FullName {
    /// Longest full name, in characters: three times the longest met in Vietnam.
    pub const MAX_CHARS: usize = 100;

    /// Cleans and checks a name.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`LegacyEncoding`](ValueFault::LegacyEncoding),
    /// [`BadCharacters`](ValueFault::BadCharacters), [`TooShort`](ValueFault::TooShort),
    /// [`TooLong`](ValueFault::TooLong), [`OneWord`](ValueFault::OneWord) or
    /// [`MixedScripts`](ValueFault::MixedScripts).
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        let name = clean_within(text, 2, Self::MAX_CHARS)?;
        let is_letter = |c: char| c.is_alphabetic() && !c.is_numeric() || is_combining_mark(c);
        if !name.chars().all(|c| is_letter(c) || " -'’.".contains(c)) {
            return Err(ValueFault::BadCharacters);
        }
        match name.split(' ').filter(|word| word.contains(char::is_alphabetic)).count() {
            0 => Err(ValueFault::BadCharacters),
            1 => Err(ValueFault::OneWord),
            _ if !text::is_of_one_script(&name) => Err(ValueFault::MixedScripts),
            _ => Ok(Self(name)),
        }
    }
}

personal_text! {
    /// A line of free text that others read, such as an address, an occupation or the name of a unit:
    /// 1 to 200 characters, each of which has a shape.
    ShortText
}

impl ShortText {
    /// Longest line, in characters.
    pub const MAX_CHARS: usize = 200;

    /// Cleans and checks a line.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`LegacyEncoding`](ValueFault::LegacyEncoding),
    /// [`TooLong`](ValueFault::TooLong) or [`BadCharacters`](ValueFault::BadCharacters).
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        clean_within(text, 1, Self::MAX_CHARS).map(Self)
    }
}

personal_text! {
    /// An e-mail address in small letters, at most 254 characters (RFC 5321). Whether it reaches
    /// anyone only a message can tell; this keeps out what cannot be one.
    Email
}

impl Email {
    /// Cleans and checks an address.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`TooLong`](ValueFault::TooLong) or
    /// [`NotAnEmail`](ValueFault::NotAnEmail).
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        let address = clean_within(text, 1, 254)?.to_lowercase();
        let (mailbox, domain) = address.rsplit_once('@').ok_or(ValueFault::NotAnEmail)?;
        let is_valid = is_mailbox(mailbox) && is_domain(domain);
        if is_valid { Ok(Self(address)) } else { Err(ValueFault::NotAnEmail) }
    }
}

fn is_mailbox(text: &str) -> bool {
    let is_atom = |atom: &str| {
        !atom.is_empty() && atom.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
    };
    text.len() <= 64 && text.split('.').all(is_atom)
}

fn is_domain(text: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let top = text.rsplit('.').next().unwrap_or_default();
    text.contains('.') && text.split('.').all(is_label) && top.len() >= 2 && !top.bytes().all(|b| b.is_ascii_digit())
}

/// One a line, in small letters.
const COMMON_SECRETS: &str = include_str!("people/common_secrets.txt");

/// What a contestant signs in with: 8 to 128 characters of any kind, NFC, so that the same keys
/// pressed on another device give the same bytes. Spaces count and are kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Checks a secret by itself; [`Self::is_known_number`] against its owner.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`TooShort`](ValueFault::TooShort), [`TooLong`](ValueFault::TooLong)
    /// or, for control characters, [`BadCharacters`](ValueFault::BadCharacters).
    pub fn parse(text: &str) -> Result<Self, ValueFault> {
        let secret: String = text.nfc().collect();
        if secret.chars().all(char::is_whitespace) {
            return Err(ValueFault::Empty);
        }
        if secret.chars().any(char::is_control) {
            return Err(ValueFault::BadCharacters);
        }
        check_length(&secret, 8, 128)?;
        Ok(Self(secret))
    }

    /// Whether it is nothing but its owner's citizen id, phone or birthday, in whatever form: numbers that stand on
    /// lists, and of which one signs in.
    pub fn is_known_number(
        &self,
        citizen_id: Option<&CitizenId>,
        phone: Option<&PhoneNumber>,
        birth_date: Option<BirthDate>,
    ) -> bool {
        if self.0.chars().any(|sign| !sign.is_ascii_digit() && !" .-/+".contains(sign)) {
            return false;
        }
        let digits = |text: &str| -> String { text.chars().filter(char::is_ascii_digit).collect() };
        let mut known: Vec<String> = Vec::new();
        known.extend(citizen_id.map(|id| id.as_str().to_owned()));
        known.extend(phone.into_iter().flat_map(|phone| [digits(phone.e164()), digits(&phone.national())]));
        if let Some(birth_date) = birth_date {
            known.extend(["%d%m%Y", "%Y%m%d"].map(|form| birth_date.date().format(form).to_string()));
        }
        known.contains(&digits(&self.0))
    }

    /// Whether it is one of the secrets that are tried first, capitals or not (ASVS 6.2.4): the 4 000 most common of
    /// at least eight characters in the list of zxcvbn (Dropbox, MIT), which comes from leaked ones, and some that
    /// are common in Vietnam. Only for a secret that is chosen: anyone who has one already gets in with it.
    pub fn is_common(&self) -> bool {
        let lower = self.0.to_lowercase();
        COMMON_SECRETS.lines().any(|common| common == lower.trim())
    }

    /// The secret itself, for hashing and nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

masked!(Secret);

/// A day of birth between 1900 and the day on which it was stated.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct BirthDate(NaiveDate);

impl BirthDate {
    /// Reads a date in any form of [`parse_date`]. `today` is the day in the contest's time zone.
    ///
    /// # Errors
    /// [`ValueFault::Empty`], [`NotADate`](ValueFault::NotADate),
    /// [`InTheFuture`](ValueFault::InTheFuture) or [`TooLongAgo`](ValueFault::TooLongAgo).
    pub fn parse(text: &str, today: NaiveDate) -> Result<Self, ValueFault> {
        if text::clean(text).is_empty() {
            return Err(ValueFault::Empty);
        }
        let date = parse_date(text).ok_or(ValueFault::NotADate)?;
        if date > today {
            return Err(ValueFault::InTheFuture);
        }
        if date.year() < 1900 {
            return Err(ValueFault::TooLongAgo);
        }
        Ok(Self(date))
    }

    /// The day itself; its `Display` form is `2001-08-02`.
    pub const fn date(self) -> NaiveDate {
        self.0
    }

    /// Whole years of age on a day; 0 before birth. Who was born on 29 February comes of age on
    /// 1 March in common years.
    pub fn age_on(self, day: NaiveDate) -> u32 {
        day.years_since(self.0).unwrap_or(0)
    }
}

masked!(BirthDate);

/// Cleans a text and checks its length in characters.
fn clean_within(text: &str, least: usize, most: usize) -> Result<String, ValueFault> {
    let cleaned = text::clean(text);
    if cleaned.is_empty() {
        return Err(ValueFault::Empty);
    }
    if text::looks_legacy_encoded(text) {
        return Err(ValueFault::LegacyEncoding);
    }
    check_length(&cleaned, least, most)?;
    if text::is_legible(&cleaned) { Ok(cleaned) } else { Err(ValueFault::BadCharacters) }
}

fn check_length(text: &str, least: usize, most: usize) -> Result<(), ValueFault> {
    match text.chars().count() {
        count if count < least => Err(ValueFault::TooShort),
        count if count > most => Err(ValueFault::TooLong),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        parse_date(text).expect("a real date")
    }

    #[test]
    fn names_of_vietnam_are_accepted_and_kept_as_written() {
        for (written, kept) in [
            ("Nguyễn Văn A", "Nguyễn Văn A"),
            ("  ĐẶNG\u{A0}THỊ  ƠN ", "ĐẶNG THỊ ƠN"),
            ("Lê Hà", "Lê Hà"),
            ("H'Hen Niê", "H'Hen Niê"),
            ("Y Moan Êban", "Y Moan Êban"),
            ("Иван Петров", "Иван Петров"),
            ("José Müller", "José Müller"),
            ("K’ Brẻo", "K’ Brẻo"),
            ("Công Tằng Tôn Nữ Hỷ-Khương", "Công Tằng Tôn Nữ Hỷ-Khương"),
            ("Nguye\u{302}\u{303}n A\u{309}nh", "Nguyễn Ảnh"),
        ] {
            assert_eq!(FullName::parse(written).map(|name| name.0), Ok(kept.to_owned()));
        }
        assert!(FullName::parse(&format!("A {}", "b".repeat(98))).is_ok());
    }

    #[test]
    fn other_names_are_refused_by_reason() {
        for (written, fault) in [
            ("", ValueFault::Empty),
            (" \u{A0}\u{200B}", ValueFault::Empty),
            ("A", ValueFault::TooShort),
            ("Anh", ValueFault::OneWord),
            ("Anh -", ValueFault::OneWord),
            ("- .", ValueFault::BadCharacters),
            ("Nguyễn <b>A", ValueFault::BadCharacters),
            ("=HYPERLINK A", ValueFault::BadCharacters),
            ("Thí sinh 12", ValueFault::BadCharacters),
            ("Nguyễn Văn Ⅳ", ValueFault::BadCharacters),
            ("\u{3164} \u{3164}", ValueFault::BadCharacters),
            ("Nguyễn \u{E000}n", ValueFault::BadCharacters),
            ("Nguyễn V\u{430}n", ValueFault::MixedScripts),
            ("Αnna Nguyễn", ValueFault::MixedScripts),
            ("𝐍𝐠𝐮𝐲𝐞𝐧 𝐀𝐧", ValueFault::MixedScripts),
            ("A\u{301}\u{301}\u{301} Nguyễn", ValueFault::BadCharacters),
            ("NguyÔn V¨n An", ValueFault::LegacyEncoding),
            ("L\u{AD}u An", ValueFault::LegacyEncoding),
            ("Nguyeãn Vaên An", ValueFault::LegacyEncoding),
        ] {
            assert_eq!(FullName::parse(written), Err(fault), "{written}");
        }
        assert_eq!(FullName::parse(&format!("A {}", "b".repeat(99))), Err(ValueFault::TooLong));
    }

    #[test]
    fn birth_dates_lie_between_1900_and_today() {
        let parse = |text| BirthDate::parse(text, date("2021-12-13")).map(|birth| birth.date().to_string());
        assert_eq!(parse("02/8/2001"), Ok("2001-08-02".to_owned()));
        assert_eq!(parse("1900-01-01"), Ok("1900-01-01".to_owned()));
        assert_eq!(parse("2021-12-13"), Ok("2021-12-13".to_owned()));
        assert_eq!(parse("2021-12-14"), Err(ValueFault::InTheFuture));
        assert_eq!(parse("31/12/1899"), Err(ValueFault::TooLongAgo));
        assert_eq!(parse("30/02/2001"), Err(ValueFault::NotADate));
        assert_eq!(parse("2001"), Err(ValueFault::NotADate));
        assert_eq!(parse(" "), Err(ValueFault::Empty));
    }

    #[test]
    fn age_grows_on_the_birthday_and_leap_day_children_wait_for_march() {
        for (birth, day, age) in [
            ("2005-12-13", "2021-12-12", 15),
            ("2005-12-13", "2021-12-13", 16),
            ("2004-02-29", "2020-02-28", 15),
            ("2004-02-29", "2020-02-29", 16),
            ("2004-02-29", "2021-02-28", 16),
            ("2004-02-29", "2021-03-01", 17),
            ("2005-12-13", "2005-12-12", 0),
            ("2005-12-13", "2000-01-01", 0),
        ] {
            let birth_date = BirthDate::parse(birth, date("2021-12-31")).expect("a birth date");
            assert_eq!(birth_date.age_on(date(day)), age, "{birth} on {day}");
        }
    }

    #[test]
    fn e_mail_addresses_have_a_mailbox_and_a_domain() {
        for (written, kept) in [
            (" Nguyen.Van.A@Example.VN ", "nguyen.van.a@example.vn"),
            ("a+b@mail.thainguyen.gov.vn", "a+b@mail.thainguyen.gov.vn"),
        ] {
            assert_eq!(Email::parse(written).map(|email| email.0), Ok(kept.to_owned()));
        }
        for bad in [
            "a",
            "@example.vn",
            "a@",
            "a@vn",
            "a@@example.vn",
            "a b@example.vn",
            "a..b@example.vn",
            ".a@example.vn",
            "a@-example.vn",
            "a@example..vn",
            "a@example.v",
            "a@127.0.0.10",
            "ă@example.vn",
            "a@example.vn,b@example.vn",
        ] {
            assert_eq!(Email::parse(bad), Err(ValueFault::NotAnEmail), "{bad}");
        }
        assert_eq!(Email::parse(""), Err(ValueFault::Empty));
        let domain = format!("{}.vn", ["a".repeat(61), "b".repeat(61), "c".repeat(60)].join("."));
        let address = |mailbox: usize| Email::parse(&format!("{}@{domain}", "m".repeat(mailbox)));
        assert_eq!(address(64).map(|email| email.0.len()), Ok(252));
        assert_eq!(address(65), Err(ValueFault::NotAnEmail));
        assert_eq!(address(67), Err(ValueFault::TooLong));
    }

    #[test]
    fn a_secret_is_not_its_owners_number() {
        let today = NaiveDate::from_ymd_opt(2026, 3, 1).unwrap();
        let (id, phone) = (CitizenId::parse("001090000001").unwrap(), PhoneNumber::parse("0912345678").unwrap());
        let birth = BirthDate::parse("2/8/1990", today).unwrap();
        let known = |text: &str| Secret::parse(text).unwrap().is_known_number(Some(&id), Some(&phone), Some(birth));
        for number in ["001090000001", "001 090 000 001", "0912345678", "+84 912.345.678", "02/08/1990", "1990-08-02"] {
            assert!(known(number), "{number}");
        }
        for other in ["001090000002", "0912345678a", "08/02/1990", "mật khẩu 0912345678"] {
            assert!(!known(other), "{other}");
        }
        assert!(!Secret::parse("001090000001").unwrap().is_known_number(None, None, None));
    }

    #[test]
    fn secrets_are_long_enough_and_the_same_on_every_keyboard() {
        assert_eq!(Secret::parse("1234567"), Err(ValueFault::TooShort));
        assert!(Secret::parse("12345678").is_ok());
        assert!(Secret::parse(&"ơ".repeat(128)).is_ok());
        assert_eq!(Secret::parse(&"ơ".repeat(129)), Err(ValueFault::TooLong));
        assert_eq!(Secret::parse(""), Err(ValueFault::Empty));
        assert_eq!(Secret::parse("          "), Err(ValueFault::Empty));
        assert_eq!(Secret::parse("1234567\n"), Err(ValueFault::BadCharacters));
        assert_eq!(Secret::parse("mật khẩu tốt"), Secret::parse(&"mật khẩu tốt".nfd().collect::<String>()));
        assert_ne!(Secret::parse(" 12345678"), Secret::parse("12345678"));
    }

    #[test]
    fn common_secrets_are_known_in_any_case() {
        let common = |text: &str| Secret::parse(text).unwrap().is_common();
        for text in ["12345678", "password", "PassWord", "matkhau123", "11111111", "qwertyuiop"] {
            assert!(common(text), "{text}");
        }
        for text in ["mật khẩu thử", "mat-khau-dien-tap", "12345678 mưa", "password của tôi"] {
            assert!(!common(text), "{text}");
        }
        assert!(COMMON_SECRETS.lines().count() > 4_000);
        assert!(COMMON_SECRETS.lines().all(|line| Secret::parse(line).is_ok() && *line == line.to_lowercase()));
    }

    #[test]
    fn short_texts_are_lines_of_1_to_200_characters() {
        assert_eq!(ShortText::parse(" Tổ 5,\n phường ").map(|line| line.0), Ok("Tổ 5, phường".to_owned()));
        assert_eq!(ShortText::parse("\t"), Err(ValueFault::Empty));
        assert_eq!(ShortText::parse("\u{3164}"), Err(ValueFault::BadCharacters));
        assert!(ShortText::parse(&"ơ".repeat(200)).is_ok());
        assert_eq!(ShortText::parse(&"ơ".repeat(201)), Err(ValueFault::TooLong));
        assert_eq!(ShortText::parse("C¸n bé"), Err(ValueFault::LegacyEncoding));
    }

    #[test]
    fn debug_forms_show_nothing_of_the_person() {
        let name = FullName::parse("Nguyễn Văn A").expect("a name");
        let secret = Secret::parse("12345678").expect("a secret");
        let birth = BirthDate::parse("2001-08-02", date("2021-12-13")).expect("a birth date");
        let phone = PhoneNumber::parse("0912345678").expect("a phone");
        let citizen = CitizenId::parse("019201001234").expect("a citizen id");
        assert_eq!(
            format!("{name:?} {secret:?} {birth:?} {phone:?} {citizen:?}"),
            "FullName(..) Secret(..) BirthDate(..) PhoneNumber(..) CitizenId(..)"
        );
    }

    #[test]
    fn a_secret_is_what_was_entered_and_a_fault_has_its_word() {
        assert_eq!(Secret::parse("mật khẩu dài").unwrap().expose(), "mật khẩu dài");
        assert_eq!(ValueFault::NotAnEmail.as_str(), "not_an_email");
    }

    #[test]
    fn the_last_part_of_a_domain_is_no_number() {
        assert!(Email::parse("a@b.vn").is_ok() && Email::parse("a@1.vn").is_ok() && Email::parse("a@b.v1").is_ok());
        assert!(Email::parse("a@b.12").is_err());
        assert!(
            Email::parse("a@-b.vn").is_err() && Email::parse("a@b-.vn").is_err() && Email::parse("a@b_c.vn").is_err()
        );
    }
}

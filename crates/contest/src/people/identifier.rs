//! By what an account is found: the one list that registering, signing in, erasing, forgetting and importing share.

use crate::ids::ContestantId;
use crate::masked;
use crate::people::{CitizenId, Email, PhoneNumber};
use crate::plan::Field;
use crate::seal::ContestKeys;
use crate::text::clean;
use crate::words::worded;

worded! {
    /// A kind of value by which an account is found.
    pub enum IdentifierKind {
        /// The citizen id.
        CitizenId = "citizen_id",
        /// The telephone number.
        Phone = "phone",
        /// The e-mail address.
        Email = "email",
        /// The contestant code, which the contest gives.
        Code = "code",
        /// The code by which somebody brings in others, which the contest gives.
        Referral = "referral",
    }
}

impl IdentifierKind {
    /// The field of a registration in which it is stated, or `None` for what the contest gives.
    pub const fn field(self) -> Option<Field> {
        match self {
            Self::CitizenId => Some(Field::CitizenId),
            Self::Phone => Some(Field::Phone),
            Self::Email => Some(Field::Email),
            Self::Code | Self::Referral => None,
        }
    }

    /// A value in its one form, where what was typed can be one of this kind. Nobody names their own account by a
    /// referral code.
    pub fn read(self, typed: &str) -> Option<String> {
        match self {
            Self::CitizenId => CitizenId::parse(typed).ok().map(|id| id.as_str().to_owned()),
            Self::Phone => PhoneNumber::parse(typed).ok().map(|phone| phone.e164().to_owned()),
            Self::Email => Email::parse(typed).ok().map(|email| email.as_str().to_owned()),
            Self::Code => Some(typed.replace(' ', "").to_uppercase()),
            Self::Referral => None,
        }
    }

    /// What somebody means who types this to name an account: the first kind of which it can be a value, and the value.
    pub fn meant(typed: &str) -> (Self, String) {
        let typed = clean(typed);
        let read = Self::ALL.iter().find_map(|kind| Some((*kind, kind.read(&typed)?)));
        read.expect("anything can be a code")
    }

    /// Whether only one account may have a value: what the contest gives, and fields that the plan names in `unique`.
    pub fn is_unique(self, unique: &[Field]) -> bool {
        self.field().is_none_or(|field| unique.contains(&field))
    }

    /// The keyed hash under which a value in its one form is looked up (32 letters and digits).
    pub fn hash(self, keys: &ContestKeys, value: &str) -> String {
        keys.lookup(self.as_str(), value)
    }
}

/// A value by which an account is found.
#[derive(Clone, PartialEq, Eq)]
pub struct Identifier {
    /// What it is.
    pub kind: IdentifierKind,
    /// Keyed hash of the value.
    pub hash: String,
    /// Whether only one account may have it.
    pub unique: bool,
}

/// What is kept of an account that leads to it.
#[derive(Clone, Copy)]
pub struct Findable<'a> {
    /// The contestant code.
    pub code: &'a ContestantId,
    /// Keyed hash of the citizen id.
    pub citizen_id: Option<&'a str>,
    /// Keyed hash of the telephone number.
    pub phone: Option<&'a str>,
    /// The e-mail address itself.
    pub email: Option<&'a str>,
}

masked!(Identifier, Findable<'_>);

/// Everything by which an account is found, in the order of [`IdentifierKind::ALL`]. `unique` is the plan's. What need
/// not be unique is found too, so that people can sign in with a phone that a family shares.
pub fn identifiers(keys: &ContestKeys, unique: &[Field], account: Findable<'_>) -> Vec<Identifier> {
    let hash = |kind: IdentifierKind| match kind {
        IdentifierKind::CitizenId => account.citizen_id.map(str::to_owned),
        IdentifierKind::Phone => account.phone.map(str::to_owned),
        IdentifierKind::Email => account.email.map(|email| kind.hash(keys, email)),
        IdentifierKind::Code => Some(kind.hash(keys, account.code.as_str())),
        IdentifierKind::Referral => Some(kind.hash(keys, &keys.referral_code(account.code))),
    };
    let found = IdentifierKind::ALL.iter().map(|kind| (*kind, hash(*kind)));
    found.filter_map(|(kind, hash)| Some(Identifier { kind, hash: hash?, unique: kind.is_unique(unique) })).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(unique: &[Field]) -> Vec<Identifier> {
        let keys = ContestKeys::new(&[7; 32], &crate::ids::ContestId::parse("thi-thu").expect("an id"));
        let code = ContestantId::parse("NGUOI-001").expect("a code");
        let account = Findable { code: &code, citizen_id: Some("a"), phone: Some("b"), email: Some("an@example.vn") };
        identifiers(&keys, unique, account)
    }

    #[test]
    fn an_account_with_everything_is_found_by_every_kind() {
        let kinds: Vec<IdentifierKind> = of(&[]).iter().map(|found| found.kind).collect();
        assert_eq!(kinds, IdentifierKind::ALL);
    }

    #[test]
    fn what_is_typed_means_the_first_kind_that_it_can_be() {
        let meant = |typed| IdentifierKind::meant(typed);
        assert_eq!(meant(" 019190000017 "), (IdentifierKind::CitizenId, "019190000017".to_owned()));
        assert_eq!(meant("0912 345 678"), (IdentifierKind::Phone, "+84912345678".to_owned()));
        assert_eq!(meant("an@example.vn"), (IdentifierKind::Email, "an@example.vn".to_owned()));
        assert_eq!(meant("nguoi- 001"), (IdentifierKind::Code, "NGUOI-001".to_owned()));
        assert_eq!(meant(""), (IdentifierKind::Code, String::new()));
    }

    #[test]
    fn what_the_contest_gives_and_what_the_plan_names_is_unique() {
        let unique = |plan: &[Field]| -> Vec<IdentifierKind> {
            of(plan).into_iter().filter(|found| found.unique).map(|found| found.kind).collect()
        };
        use IdentifierKind::{CitizenId, Code, Email, Phone, Referral};
        assert_eq!(unique(&[]), [Code, Referral]);
        assert_eq!(unique(&[Field::Phone]), [Phone, Code, Referral]);
        assert_eq!(unique(&[Field::CitizenId, Field::Email]), [CitizenId, Email, Code, Referral]);
    }
}

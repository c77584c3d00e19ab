//! Identifiers: a type for each kind, so that a round can never be taken for a contest.

use std::fmt;

/// Why a text is no identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a valid {kind}")]
pub struct InvalidId {
    /// The kind of identifier that was expected, in English, for logs.
    pub kind: &'static str,
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $kind:literal, $valid:path) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(String);

        impl $name {
            /// Checks a text.
            ///
            /// # Errors
            /// [`InvalidId`] where the text does not have the form that the type describes.
            pub fn parse(text: &str) -> Result<Self, InvalidId> {
                if $valid(text) { Ok(Self(text.to_owned())) } else { Err(InvalidId { kind: $kind }) }
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

id! {
    /// A contest: `^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$`, part of keys in tables and buckets.
    ContestId, "contest id", is_slug
}
id! {
    /// A round of a contest: the same form as [`ContestId`].
    RoundId, "round id", is_slug
}
id! {
    /// A unit's code as the organizers write it: 1 to 64 characters without control characters or
    /// spaces at the ends. Never part of a key.
    UnitCode, "unit code", is_unit_code
}
id! {
    /// A contestant's own code ("mã dự thi"), issued at registration or printed on the roster:
    /// 4 to 32 capital ASCII letters, digits and hyphens. It is known to the contestant and the
    /// organizers; the public knows only the [`Pseudonym`].
    ContestantId, "contestant code", is_contestant_code
}
id! {
    /// The public name of a contestant: 80 keyed bits as 16 lower-case base32 characters.
    Pseudonym, "pseudonym", is_pseudonym
}
id! {
    /// A question of a bank: `^[a-z0-9]([a-z0-9-]{0,22}[a-z0-9])?$`.
    QuestionId, "question id", is_question_id
}

id! {
    /// A proposal of the console: 80 random bits as 16 lower-case base32 characters.
    ProposalId, "proposal id", is_pseudonym
}

impl RoundId {
    /// What stands where a round's files have its identifier, and in decisions about the contest as a whole: no round has it.
    pub fn overall() -> Self {
        Self(OVERALL.to_owned())
    }

    /// Whether it stands for the contest as a whole.
    pub fn is_overall(&self) -> bool {
        self.0 == OVERALL
    }
}

impl Pseudonym {
    /// Its sixteen bytes as a number, which compares as the text does, without a look at the text for each of the many
    /// comparisons among people.
    pub(crate) fn number(&self) -> u128 {
        u128::from_be_bytes(self.as_str().as_bytes().try_into().expect("a pseudonym has sixteen bytes"))
    }
}

/// See [`RoundId::overall`].
pub const OVERALL: &str = "overall";

fn is_slug_up_to(text: &str, longest: usize) -> bool {
    let bytes = text.as_bytes();
    let inner = |b: &u8| b.is_ascii_lowercase() || b.is_ascii_digit() || *b == b'-';
    !bytes.is_empty()
        && bytes.len() <= longest
        && bytes.iter().all(inner)
        && bytes.first() != Some(&b'-')
        && bytes.last() != Some(&b'-')
}

fn is_slug(text: &str) -> bool {
    is_slug_up_to(text, 48)
}

fn is_question_id(text: &str) -> bool {
    is_slug_up_to(text, 24)
}

fn is_unit_code(text: &str) -> bool {
    !text.is_empty() && text.chars().count() <= 64 && text.trim() == text && !text.chars().any(char::is_control)
}

fn is_contestant_code(text: &str) -> bool {
    (4..=32).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'-')
}

fn is_pseudonym(text: &str) -> bool {
    text.len() == 16 && text.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_follow_the_contract_expression() {
        for good in ["a", "0", "tuan-1", "thai-nguyen-2021", &"a".repeat(48)] {
            assert!(ContestId::parse(good).is_ok(), "{good}");
        }
        for bad in ["", "-", "a-", "-a", "A", "a_b", "a.b", "a/b", "..", "tuần", "a b", &"a".repeat(49)] {
            assert!(ContestId::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn codes_have_their_own_forms() {
        let question = |text: &str| QuestionId::parse(text).is_ok();
        assert!(question("q01") && question("1") && question(&"a".repeat(24)));
        assert!(!question("") && !question("Q1") && !question("q 1") && !question(&"a".repeat(25)));
        let unit = |text: &str| UnitCode::parse(text).is_ok();
        assert!(unit("Tổ dân phố 1") && unit(&"ơ".repeat(64)));
        assert!(!unit("") && !unit(" a") && !unit("a ") && !unit("a\nb") && !unit(&"ơ".repeat(65)));
        let contestant = |text: &str| ContestantId::parse(text).is_ok();
        assert!(contestant("A-01") && contestant(&"Z".repeat(32)));
        assert!(!contestant("A-1") && !contestant(&"Z".repeat(33)) && !contestant("a-01") && !contestant("A_01"));
        let pseudonym = |text: &str| Pseudonym::parse(text).is_ok();
        assert!(pseudonym("abcdefghijkl2347"));
        assert!(!pseudonym("abcdefghijkl234") && !pseudonym("abcdefghijkl23478") && !pseudonym("abcdefghijkl2348"));
    }
}
